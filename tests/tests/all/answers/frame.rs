//! What holds for everything that slides want to know: none waits for another, and owners know their own only.

use controller::app::Change;
use harness::{Owner, TestController, within};
use shared::slides::Slide;

use super::{
    SECOND, add, place, press, says,
    server::{Reply, Service},
    shows,
};

const CALENDAR: &str =
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Fest\nDTSTART:20260601T180000Z\nEND:VEVENT\nEND:VCALENDAR\n";

fn title(slide: &Slide) -> Option<String> {
    let Slide::Events(events) = slide else { return None };
    Some(events.events[0].title.clone())
}

#[tokio::test]
async fn calendars_that_never_answer_hold_up_neither_neighbours_nor_other_kinds() {
    let silent = Service::new(|_| None).await;
    let town = Service::new(|_| Some(Reply::ok(CALENDAR))).await;
    let allow = vec![silent.address.clone(), town.address.clone()];
    let wall = TestController::with(|config| config.allow = allow).await;
    controller::jobs::start(&wall.app);
    let slow = Owner::new(wall.client(), "slow").await;
    for number in 0..20 {
        add(&slow, "events", &[("address", &silent.url(&format!("/{number}.ics"))), ("count", "5")]).await;
    }
    within(5 * SECOND, "some are asked for", || async { (silent.asked("/").len() >= 3).then_some(()) }).await;
    tokio::time::sleep(SECOND).await;
    assert_eq!(silent.asked("/").len(), 3, "of one account only so many at once");

    let owner = Owner::new(wall.client(), "museum").await;
    add(&owner, "events", &[("address", &town.url("/a.ics")), ("count", "5")]).await;
    press(&owner, "publish", "").await;

    assert_eq!(shows(&wall, &owner, 2 * SECOND, "the neighbour's event", title).await, "Fest");
}

#[tokio::test]
async fn nobody_learns_what_others_want_to_know() {
    let town = Service::new(|_| Some(Reply::status(404))).await;
    let wall = TestController::with(|config| config.allow = vec![town.address.clone()]).await;
    controller::jobs::start(&wall.app);
    let (owner, other) = (Owner::new(wall.client(), "museum").await, Owner::new(wall.client(), "theatre").await);
    add(&owner, "events", &[("address", &town.url("/secret.ics")), ("count", "5")]).await;
    says(&owner, "ist nichts (mehr)").await;

    let theirs = other.client.get(&place(&other)).await.expect(200).text();
    assert!(!theirs.contains("secret.ics") && !theirs.contains("ist nichts (mehr)"));
    other.client.get(&place(&owner)).await.expect(404);
}

#[tokio::test]
async fn an_undone_slide_is_forgotten_and_one_that_comes_later_is_asked_for() {
    let town = Service::new(|_| Some(Reply::ok(CALENDAR))).await;
    let wall = TestController::with(|config| config.allow = vec![town.address.clone()]).await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let wanted = || async { wall.app.store.list_answers(&owner.stage_id).await.unwrap().len() };
    add(&owner, "events", &[("address", &town.url("/a.ics")), ("count", "5")]).await;
    within(2 * SECOND, "wanted", || async { (wanted().await == 1).then_some(()) }).await;

    press(&owner, "undo", "").await;
    within(2 * SECOND, "forgotten", || async { (wanted().await == 0).then_some(()) }).await;
    press(&owner, "redo", "").await;
    within(2 * SECOND, "wanted again", || async { (wanted().await == 1).then_some(()) }).await;

    // Another time zone is another calendar, where nothing else is said.
    let asked = town.asked("/").len();
    wall.app.news.tell(Change::Stage { stage_id: owner.stage_id.clone() });
    within(3 * SECOND, "asked again", || async { (town.asked("/").len() > asked).then_some(()) }).await;
}
