//! Refresh tokens that rotate: whatever is killed when, no token is lost that could be kept, and no post comes twice.

use std::{sync::Arc, time::Duration};

use controller::features::sources;
use harness::{
    Controller, Owner,
    closed::{Access, FakeNetwork, Fault, Kind, Rotation},
    eventually,
};
use serde_json::json;
use tokio::sync::Notify;

use super::House;

const HOUR_SECS: i64 = 3_600;

pub(super) fn film(id: i64) -> serde_json::Value {
    json!({"id": id.to_string(), "create_time": 1_777_000_000 + id, "video_description": format!("Film Nummer {id}."),
        "share_url": format!("https://www.tiktok.com/@museum/video/{id}")})
}

/// Somebody who has signed in, an hour later: the token is due.
async fn due(kind: Kind, rotation: Rotation) -> Vec<House> {
    let houses = House::on_each(kind).await;
    for house in &houses {
        house.network.access(|access| access.rotation = rotation);
        if kind == Kind::TikTok {
            house.network.append(film(1));
        }
        house.sign_in().await;
        house.visit().await;
        house.wall.wait_secs(HOUR_SECS + 600);
    }
    houses
}

async fn version(house: &House) -> (i64, bool) {
    let row = house.wall.app.store.find_tokens(&house.source().await.id).await.unwrap().unwrap();
    (row.version, row.previous.is_some())
}

/// Begins a renewal, lets the network do its part, and kills ours before the answer has come.
async fn killed_in_between(house: &House) {
    let (come, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    house.network.fail("/token", Fault::Held(Arc::clone(&come), go));
    let app = house.wall.app.clone();
    let renewal = tokio::spawn(async move { sources::renew_due(&app).await });
    come.notified().await;
    renewal.abort();
    assert!(renewal.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn tokens_rotate_and_the_ones_before_are_kept_until_the_new_ones_have_been_used() {
    for kind in [Kind::TikTok, Kind::X] {
        for house in due(kind, Rotation::Strict).await {
            for round in 1..=5 {
                assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 1, "{kind:?}, round {round}");
                assert_eq!(version(&house).await, (1 + round, true), "{kind:?}: stored before anything uses them");
                house.visit().await;
                assert_eq!(version(&house).await, (1 + round, false), "{kind:?}: used");
                assert_eq!(house.network.access(|access| access.refreshers()), 1);
                house.wall.wait_secs(HOUR_SECS + 600);
            }
            assert_eq!(house.source().await.state, "working");
        }
    }
}

#[tokio::test]
async fn two_controllers_renew_a_token_once() {
    for house in due(Kind::TikTok, Rotation::Strict).await {
        let app = &house.wall.app;
        let (one, two, three) = tokio::join!(sources::renew_due(app), sources::renew_due(app), sources::renew_due(app));

        assert_eq!(one.unwrap() + two.unwrap() + three.unwrap(), 1);
        assert_eq!(house.network.asked("/oauth/token/").len(), 2, "the code, and one renewal");
        house.network.append(film(2));
        assert_eq!(house.visit().await.new, 1);
    }
}

#[tokio::test]
async fn a_visit_that_meets_a_renewal_waits_for_it_and_asks_nobody() {
    for house in due(Kind::TikTok, Rotation::Strict).await {
        house.wall.wait_secs(HOUR_SECS);
        let now = house.wall.app.clock.now();
        let claimed = house.wall.app.store.claim_due_tokens(now, now + 120_000, 9).await.unwrap();
        assert_eq!(claimed.len(), 1);

        house.visit().await;

        let source = house.source().await;
        assert_eq!((source.state.as_str(), source.problem.as_str()), ("failing", "sources.error.renewing"));
        assert_eq!(house.network.asked("/oauth/token/").len(), 1, "only the code");
        // Whoever claimed it died: the claim ends by itself.
        house.wall.wait_secs(121);
        assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 1);
        house.visit().await;
        assert_eq!(house.source().await.state, "working");
        assert_eq!(house.posts().await.len(), 1);
    }
}

#[tokio::test]
async fn killed_before_the_answer_the_old_token_is_used_once_more() {
    for kind in [Kind::TikTok, Kind::X] {
        for house in due(kind, Rotation::Lenient).await {
            killed_in_between(&house).await;
            assert_eq!(version(&house).await.0, 1);
            house.visit().await;
            assert_eq!(house.source().await.state, "working", "{kind:?}: what is there opens the profile still");

            house.wall.wait_secs(121);
            assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 1);
            assert_eq!(version(&house).await.0, 2, "{kind:?}");
            house.wall.wait_secs(HOUR_SECS);
            house.visit().await;
            assert_eq!(house.source().await.state, "working", "{kind:?}");
        }
    }
}

#[tokio::test]
async fn where_a_network_forgets_at_once_what_it_replaced_the_owner_is_asked_and_nothing_else_is_lost() {
    for house in due(Kind::TikTok, Rotation::Strict).await {
        killed_in_between(&house).await;
        house.wall.wait_secs(121);

        sources::renew_due(&house.wall.app).await.unwrap();
        house.visit().await;
        assert_eq!(house.source().await.state, "working", "as long as there is time, nobody is asked");
        house.wall.wait_secs(HOUR_SECS);
        house.visit().await;

        assert_eq!(house.source().await.state, "stopped");
        let source = house.source().await;
        let back = house.network.allow(&house.leave(&[("source", &source.id)]).await).await;
        house.come_back(&back).await.expect(303);
        house.network.append(film(2));
        assert_eq!(house.visit().await.new, 1);
        assert_eq!((house.source().await.id, house.posts().await.len()), (source.id, 2));
    }
}

#[tokio::test]
async fn a_network_that_forgot_its_newest_token_is_shown_the_one_before() {
    for kind in [Kind::TikTok, Kind::X] {
        for house in due(kind, Rotation::Strict).await {
            let before: Access = house.network.access(|access| access.clone());
            sources::renew_due(&house.wall.app).await.unwrap();
            // It breaks down and comes back from a copy that is an hour old.
            house.network.access(|access| *access = before);
            house.network.access(Access::end_access);
            house.wall.wait_secs(2 * HOUR_SECS);

            house.visit().await;

            assert_eq!(house.source().await.state, "working", "{kind:?}");
            assert_eq!(version(&house).await, (3, false), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_by_the_visit_and_one_that_is_refused_is_renewed_once() {
    for house in due(Kind::TikTok, Rotation::Strict).await {
        house.wall.wait_secs(5 * HOUR_SECS);
        house.network.append(film(2));
        assert_eq!(house.visit().await.new, 1);
        assert_eq!(version(&house).await, (2, false));

        house.network.access(Access::end_access);
        house.network.append(film(3));
        house.wall.wait_secs(600);
        assert_eq!(house.visit().await.new, 1, "refused before its time, renewed, and asked again");

        house.network.access(Access::revoke_all);
        house.wall.wait_secs(600);
        house.visit().await;
        assert_eq!((house.source().await.state.as_str(), house.posts().await.len()), ("stopped", 3));
        assert!(house.page().await.contains("Bitte melden Sie sich neu an"));
    }
}

/// A controller as its operator runs it, beside a network whose tokens last for so many seconds.
pub(super) async fn running(rotation: Rotation, lasts_secs: i64) -> (FakeNetwork, Controller, Owner) {
    let network = FakeNetwork::new(Kind::TikTok).await;
    network.append(film(1));
    network.access(|access| {
        access.lasts_secs = lasts_secs;
        access.rotation = rotation;
    });
    let settings = [("LITFASS_NETWORK", network.environment()), ("LITFASS_ALLOW", "127.0.0.0/8".to_owned())];
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let controller = Controller::with_settings(&settings).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let page = owner.client.post(&owner.path("sources/sign-in"), &[("network", "tiktok")]).await.expect(200);
    let back = network.allow(page.header("refresh").strip_prefix("0; url=").unwrap()).await;
    owner.client.get(back.strip_prefix(&controller.url()).unwrap()).await.expect(303);
    owner.newsroom_says("Film Nummer 1.").await;
    (network, controller, owner)
}

/// Has the source visited, and looks for the film.
pub(super) async fn brings(owner: &Owner, controller: &Controller, words: &str) {
    let id = controller.find_text("select id from sources").await.unwrap();
    owner.client.post(&owner.path(&format!("sources/{id}/visit")), &[]).await.expect(303);
    owner.newsroom_says(words).await;
}

#[tokio::test]
async fn a_controller_killed_while_it_renews_goes_on_with_what_it_kept() {
    let (network, mut controller, owner) = running(Rotation::Lenient, 10).await;
    let (come, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    network.fail("/oauth/token/", Fault::Held(Arc::clone(&come), go));
    come.notified().await;

    controller.kill();

    // Two minutes later: the claim of the dead one has ended by itself.
    controller.change("update source_tokens set claimed_until = 0").await;
    controller.start_again().await;
    eventually("renewed tokens", || controller.find_text("select source_id from source_tokens where version > 1"))
        .await;
    network.append(film(2));
    brings(&owner, &controller, "Film Nummer 2.").await;
    assert_eq!(controller.find_text("select count(*) from posts").await.as_deref(), Some("2"), "no post twice");
    assert_eq!(controller.find_text("select state from sources").await.as_deref(), Some("working"));
    assert!(!controller.log().contains("refresh-0") && !controller.log().contains("act-0"), "no token in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_controller_that_is_told_to_stop_finishes_what_it_renews() {
    let (network, mut controller, owner) = running(Rotation::Strict, 10).await;
    let (come, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    network.fail("/oauth/token/", Fault::Held(Arc::clone(&come), Arc::clone(&go)));
    come.notified().await;
    let version = controller.find_text("select version from source_tokens").await;

    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        go.notify_one();
    });
    assert!(tokio::task::block_in_place(|| controller.terminate()).success());

    assert_ne!(controller.find_text("select version from source_tokens").await, version, "the answer was waited for");
    controller.start_again().await;
    network.append(film(2));
    brings(&owner, &controller, "Film Nummer 2.").await;
}
