//! Calendars, from their server to the screens.

use harness::{NOON, Owner, TestController, within};
use shared::slides::{Event, Slide};

use super::{
    SECOND, add, press, says,
    server::{Reply, Request, Service},
    shown, shows,
};

/// A calendar with these events, each a title and the day of May 2026, six in the evening in Berlin.
fn calendar(events: &[(&str, u32)]) -> String {
    let event = |(title, day): &(&str, u32)| {
        format!(
            "BEGIN:VEVENT\r\nUID:{title}\r\nDTSTART;TZID=Europe/Berlin:202605{day:02}T180000\r\nDURATION:PT2H\r\n\
             SUMMARY:{title}\r\nLOCATION:Rathaus\\, Saal 1\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Beispielhausen//DE\r\n{events}END:VCALENDAR\r\n")
}

fn events(slide: &Slide) -> Option<Vec<Event>> {
    let Slide::Events(events) = slide else { return None };
    Some(events.events.clone())
}

fn titles(slide: &Slide) -> Option<Vec<String>> {
    Some(events(slide)?.into_iter().map(|event| event.title).collect())
}

/// Serves a calendar with validators.
fn polite(text: String, tag: &'static str) -> impl Fn(&Request) -> Option<Reply> + Send + Sync {
    move |request| {
        let known = request.header("if-none-match") == tag;
        let reply = if known { Reply::status(304) } else { Reply::ok(text.clone()) };
        Some(reply.with("etag", tag).with("content-type", "text/calendar; charset=utf-8"))
    }
}

#[tokio::test]
async fn events_are_on_the_screens_a_moment_after_the_slide_is_and_follow_their_calendar() {
    let town = Service::new(polite(calendar(&[("Markt", 9), ("Konzert", 5), ("Gestern", 3)]), "\"1\"")).await;
    for wall in TestController::on_each_with(|config| config.allow = vec![town.address.clone()]).await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let before = town.asked("/").len();

        add(&owner, "events", &[("address", &town.url("/town.ics")), ("count", "5"), ("title", "Demnächst")]).await;
        within(2 * SECOND, "the calendar is asked for while the slide is a draft", || async {
            (town.asked("/").len() > before).then_some(())
        })
        .await;
        press(&owner, "publish", "").await;

        let found = shows(&wall, &owner, 2 * SECOND, "two events", events).await;
        let facts: Vec<_> = found.iter().map(|e| (e.title.as_str(), e.place.as_str(), e.from - NOON)).collect();
        let (hour, day) = (3_600_000, 86_400_000);
        assert_eq!(
            facts,
            [("Konzert", "Rathaus, Saal 1", day + 4 * hour), ("Markt", "Rathaus, Saal 1", 5 * day + 4 * hour)]
        );

        // Nothing new: asked with what was remembered, and not signed again.
        let version = wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap().version;
        wall.wait_secs(16 * 60);
        within(8 * SECOND, "it is asked again", || async {
            let last = town.asked("/").pop().unwrap();
            (last.header("if-none-match") == "\"1\"").then_some(())
        })
        .await;
        tokio::time::sleep(SECOND / 2).await;
        assert_eq!(wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap().version, version);

        town.turn(polite(calendar(&[("Markt", 9), ("Ersatzkonzert", 6)]), "\"2\""));
        wall.wait_secs(16 * 60);
        within(8 * SECOND, "the new calendar", || async {
            let titles = shown(&wall, &owner).await.iter().find_map(titles)?;
            (titles == ["Ersatzkonzert", "Markt"]).then_some(())
        })
        .await;
        town.turn(polite(calendar(&[("Markt", 9), ("Konzert", 5), ("Gestern", 3)]), "\"1\""));
    }
}

#[tokio::test]
async fn a_calendar_that_fails_says_so_and_keeps_its_last_events() {
    let town = Service::new(polite(calendar(&[("Konzert", 5)]), "\"1\"")).await;
    let wall = TestController::with(|config| config.allow = vec![town.address.clone()]).await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let item = add(&owner, "events", &[("address", &town.url("/town.ics")), ("count", "5")]).await;
    press(&owner, "publish", "").await;
    shows(&wall, &owner, 2 * SECOND, "an event", titles).await;

    town.turn(|_| Some(Reply::status(503).with("retry-after", "7200")));
    wall.wait_secs(16 * 60);
    let page = says(&owner, "überlastet").await;
    assert!(page.contains("Zuletzt gelungen: vor 16 Minuten"), "{page}");
    assert_eq!(shown(&wall, &owner).await.iter().find_map(titles).unwrap(), ["Konzert"]);
    let asked = town.asked("/").len();
    wall.wait_secs(3_600);
    tokio::time::sleep(6 * SECOND).await;
    assert_eq!(town.asked("/").len(), asked, "it asked to be left alone for two hours");

    town.turn(|_| Some(Reply::ok("<html>Anmelden</html>")));
    wall.wait_secs(3_700);
    says(&owner, "kein Kalender im Format iCalendar").await;

    // Nobody wants it any more: nothing is kept.
    press(&owner, "remove", &item).await;
    press(&owner, "publish", "").await;
    within(3 * SECOND, "what nobody wants goes", || async {
        wall.app.store.list_answers(&owner.stage_id).await.unwrap().is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn private_addresses_and_huge_calendars_are_refused_in_words() {
    let town = Service::new(|request| {
        Some(match request.path.as_str() {
            "/huge.ics" => Reply::ok(format!("BEGIN:VCALENDAR\nX:{}\n", "x".repeat(10_000_000))),
            _ => Reply::ok(calendar(&[("Geheim", 5)])),
        })
    })
    .await;
    let inside = Service::new(|_| Some(Reply::ok(calendar(&[("Geheim", 5)])))).await;
    let wall = TestController::with(|config| config.allow = vec![town.address.clone()]).await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;

    add(&owner, "events", &[("address", &town.url("/huge.ics")), ("count", "5")]).await;
    says(&owner, "zu groß").await;
    add(&owner, "events", &[("address", &inside.url("/secret.ics")), ("count", "5")]).await;
    says(&owner, "privates Netz").await;
    assert!(inside.asked("/").is_empty());
    add(&owner, "events", &[("address", &format!("webcal://{}/a.ics", town.address)), ("count", "5")]).await;
    // Calendars behind webcal are fetched with TLS, which this server does not speak.
    says(&owner, "nicht zu erreichen").await;
}
