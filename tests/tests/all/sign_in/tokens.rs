//! Tokens that are renewed ahead of time, end, and are taken back.

use controller::features::sources;
use harness::closed::{Fault, Kind};
use serde_json::json;

use super::House;

const DAY_SECS: i64 = super::DAY_SECS;

fn post(id: &str) -> serde_json::Value {
    json!({"id": id, "caption": format!("Beitrag {id}"), "media_type": "IMAGE", "username": "museum"})
}

#[tokio::test]
async fn a_token_is_renewed_half_way_and_the_visits_use_the_new_one() {
    for house in House::on_each(Kind::Instagram).await {
        house.network.append(post("1"));
        house.sign_in().await;
        house.visit().await;
        let used = |house: &House| house.network.asked("/me/media").last().unwrap().token().to_owned();
        let old = used(&house);

        house.wall.wait_secs(26 * DAY_SECS);
        assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 0, "too early");
        house.wall.wait_secs(8 * DAY_SECS);
        assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 1);
        assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 0);

        house.visit().await;
        assert_ne!(used(&house), old);
        assert_eq!(house.network.asked("/refresh_access_token")[0].token(), old);
        house.wall.wait_secs(50 * DAY_SECS);
        house.visit().await;
        assert_eq!(house.source().await.state, "working", "long after the first one has ended");
    }
}

#[tokio::test]
async fn a_renewal_that_fails_is_tried_again_and_visits_go_on_meanwhile() {
    let house = House::new(Kind::Instagram).await;
    house.sign_in().await;
    house.wall.wait_secs(34 * DAY_SECS);
    let broken = json!({"error": {"message": "An unknown error occurred", "type": "OAuthException", "code": 1}});
    house.network.fail("/refresh_access_token", Fault::status(500, broken));
    house.network.fail("/refresh_access_token", Fault::Down);

    for (wait_secs, tried) in [(0, 1), (30, 0), (60, 1), (80, 0), (100, 1)] {
        house.wall.wait_secs(wait_secs);
        assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), tried, "after {wait_secs} s");
    }

    house.network.append(post("1"));
    assert_eq!(house.visit().await.new, 1);
    let row = house.wall.app.store.find_tokens(&house.source().await.id).await.unwrap().unwrap();
    assert_eq!((row.version, row.failures), (2, 0));
}

#[tokio::test]
async fn a_token_that_was_taken_back_asks_the_owner_and_one_click_reconnects() {
    for house in House::on_each(Kind::Instagram).await {
        house.network.append(post("1"));
        let back = house.network.allow(&house.leave(&[("held", "true")]).await).await;
        house.come_back(&back).await.expect(303);
        house.visit().await;
        let (source, posts) = (house.source().await, house.posts().await);
        house.network.access(harness::closed::Access::revoke_all);

        house.visit_next_day().await;

        let stopped = house.source().await;
        assert_eq!((stopped.state.as_str(), stopped.next_at), ("stopped", i64::MAX));
        let page = house.page().await;
        assert!(page.contains("Bitte melden Sie sich neu an") && page.contains("right-to-bracket"), "{page}");
        assert_eq!(house.posts().await, posts, "what is there stays");

        house.network.append(post("2"));
        let back = house.network.allow(&house.leave(&[("source", &source.id)]).await).await;
        let answer = house.come_back(&back).await.expect(303);
        assert!(answer.location().ends_with("done=source_reconnected"), "{}", answer.location());
        assert_eq!(house.visit().await.new, 1);
        let again = house.source().await;
        assert_eq!((again.id, again.held, again.state.as_str()), (source.id, true, "working"));
        assert_eq!(house.posts().await.len(), 2, "no post twice");
    }
}

#[tokio::test]
async fn nobody_reconnects_a_source_as_somebody_else() {
    let house = House::new(Kind::Instagram).await;
    house.sign_in().await;
    let source = house.source().await;
    let before = house.wall.app.store.find_tokens(&source.id).await.unwrap();
    let stranger = json!({"user_id": "17841499999999999", "username": "verein", "account_type": "BUSINESS"});
    let back = house.network.allow(&house.leave(&[("source", &source.id)]).await).await;
    house.network.fail("/v26.0/me", Fault::status(200, stranger));

    let page = house.come_back(&back).await.expect(422).text();

    assert!(page.contains("gehört zu einem anderen Profil") && page.contains("@stadt.beispielhausen"), "{page}");
    assert_eq!(house.wall.app.store.find_tokens(&source.id).await.unwrap(), before);
    // The same profile, linked once more, is the same source.
    let back = house.network.allow(&house.leave(&[]).await).await;
    assert!(house.come_back(&back).await.expect(303).location().ends_with("done=source_reconnected"));
    assert_eq!(house.source().await.id, source.id);
}

#[tokio::test]
async fn a_token_that_ended_while_nobody_was_here_asks_the_owner() {
    let house = House::new(Kind::Instagram).await;
    house.sign_in().await;
    house.wall.wait_secs(61 * DAY_SECS);

    assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 1);

    assert_eq!(house.source().await.state, "stopped");
    assert_eq!(sources::renew_due(&house.wall.app).await.unwrap(), 0, "nothing more is tried");
}

#[tokio::test]
async fn an_owner_is_told_why_a_token_cannot_be_renewed() {
    let house = House::new(Kind::TikTok).await;
    house.sign_in().await;
    house.wall.wait_secs(3 * 3_600);
    house.network.fail(
        "/oauth/token/",
        Fault::status(200, json!({"error": "invalid_client", "error_description": "Client secret is wrong"})),
    );

    house.visit().await;

    let source = house.source().await;
    assert_eq!((source.state.as_str(), source.problem.as_str()), ("failing", "sources.error.registration"));
    assert!(house.page().await.contains("nicht unter der eingestellten Registrierung"));
    house.wall.wait_secs(900);
    house.visit().await;
    assert_eq!(house.source().await.state, "working", "its operator has mended that");
}
