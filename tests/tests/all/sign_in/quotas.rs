//! What networks say while they answer: of the app as a whole it holds every account, of one user that user alone.

use controller::features::sources::{self, Wait};
use harness::closed::{Fault, Kind};
use serde_json::{Value, json};

use super::House;

const HOUR: i64 = 3_600_000;

/// Until when all accounts wait after a network has answered a request like this, in milliseconds from now.
async fn rest_after(kind: Kind, path: &str, fault: Fault) -> Option<i64> {
    let house = House::new(kind).await;
    house.sign_in().await;
    house.network.fail(path, fault);
    house.visit().await;
    let stranger = harness::Owner::new(house.wall.client(), "club").await;
    let account = house.wall.app.store.find_any_stage(&stranger.stage_id).await.unwrap().unwrap().account_id;
    match sources::wait(&house.wall.app, house.network.name(), &account).await.unwrap() {
        Some(Wait::All(until)) => Some(until - house.wall.app.clock.now()),
        Some(Wait::Share(_)) => panic!("a share"),
        None => None,
    }
}

fn busy(headers: &[(&'static str, String)], body: Value) -> Fault {
    Fault::Instead(429, headers.to_vec(), body)
}

#[tokio::test]
async fn x_holds_everybody_for_the_app_and_nobody_for_a_user() {
    let now = harness::NOON;
    let reset = || ("x-rate-limit-reset", (now / 1_000 + 700).to_string());
    let limited = || json!({"title": "Too Many Requests", "type": "about:blank", "status": 429});
    let capped = json!({"title": "UsageCapExceeded", "type": "https://api.x.com/2/problems/usage-capped"});
    let app = [("x-rate-limit-limit", "10000".to_owned()), reset()];
    let user = [("x-rate-limit-limit", "900".to_owned()), reset()];
    let daily = [
        ("x-rate-limit-limit", "900".to_owned()),
        ("x-app-limit-24hour-remaining", "0".to_owned()),
        ("x-app-limit-24hour-reset", (now / 1_000 + 9_000).to_string()),
    ];
    let retry = [("retry-after", "120".to_owned())];
    for (fault, expected) in [
        (busy(&app, limited()), Some(700_000)),
        (busy(&user, limited()), None),
        (busy(&daily, limited()), Some(9_000_000)),
        (busy(&retry, limited()), Some(120_000)),
        (Fault::status(403, capped), Some(24 * HOUR)),
        (Fault::status(402, json!({"title": "Payment Required"})), Some(24 * HOUR)),
        (Fault::status(500, json!({})), None),
    ] {
        let said = format!("{fault:?}");
        assert_eq!(rest_after(Kind::X, "/tweets", fault).await, expected, "{said}");
    }
}

#[tokio::test]
async fn meta_holds_everybody_for_the_app_and_nobody_for_a_page() {
    let error = |code: i64| json!({"error": {"code": code, "message": "limit", "type": "OAuthException"}});
    let usage =
        |share: i64| ("x-app-usage", json!({"call_count": share, "total_cputime": 3, "total_time": 2}).to_string());
    let instead = |share, body| Fault::Instead(200, vec![usage(share)], body);
    for kind in [Kind::Instagram, Kind::Facebook] {
        let path = if kind == Kind::Instagram { "/me/media" } else { "/published_posts" };
        for (fault, expected) in [
            (Fault::status(400, error(4)), Some(HOUR)),
            (Fault::status(400, error(32)), None),
            (instead(100, json!({"data": []})), Some(HOUR)),
            (instead(99, json!({"data": []})), None),
        ] {
            let said = format!("{kind:?} {fault:?}");
            assert_eq!(rest_after(kind, path, fault).await, expected, "{said}");
        }
    }
}

#[tokio::test]
async fn linkedin_and_tiktok_hold_everybody_unless_it_is_about_one_member() {
    let throttled = |who: &str| {
        let message = format!("Resource level throttle {who} DAY limit for calls to this resource is reached.");
        busy(&[], json!({"status": 429, "serviceErrorCode": 101, "code": "TOO_MANY_REQUESTS", "message": message}))
    };
    // 2026-05-04, 12:00 UTC: midnight in Greenwich is twelve hours away.
    assert_eq!(rest_after(Kind::LinkedIn, "/rest/posts", throttled("APPLICATION")).await, Some(12 * HOUR));
    assert_eq!(rest_after(Kind::LinkedIn, "/rest/posts", throttled("APPLICATION_AND_MEMBER")).await, None);
    let limited = json!({"error": {"code": "rate_limit_exceeded", "message": "", "log_id": "1"}});
    let fault = busy(&[("retry-after", "60".to_owned())], limited);
    assert_eq!(rest_after(Kind::TikTok, "/v2/video/list", fault).await, Some(60_000));
}

#[tokio::test]
async fn while_a_network_wants_rest_nobody_is_sent_there_and_no_code_is_redeemed() {
    for house in House::on_each(Kind::TikTok).await {
        let back = house.network.allow(&house.leave(&[]).await).await;
        house.wall.app.store.rest_network("tiktok", harness::NOON + HOUR).await.unwrap();

        let told = house.come_back(&back).await.expect(422).text();
        assert!(told.contains("Jetzt noch nicht: TikTok gewährt"), "{told}");
        let place = house.owner.path("sources/sign-in");
        let told = house.owner.client.post(&place, &[("network", "tiktok")]).await.expect(422).text();
        assert!(told.contains("Jetzt noch nicht: TikTok gewährt"), "{told}");
        assert!(house.network.asked("/oauth/token/").is_empty());

        house.wall.wait_secs(3_600);
        house.sign_in().await;
    }
}

#[tokio::test]
async fn posts_that_x_hands_out_are_counted_by_the_month() {
    for house in House::on_each(Kind::X).await {
        for id in 1..=3 {
            house.network.append(json!({
                "id": id.to_string(), "text": format!("Text {id}"), "author_id": "1", "created_at": "2026-05-04T10:00:00.000Z",
            }));
        }
        house.sign_in().await;
        house.visit().await;

        let uses = house.wall.app.store.list_uses("x", harness::NOON).await.unwrap();
        let posts: Vec<_> = uses.iter().filter(|(grant, _, _)| grant == "posts").map(|(_, _, used)| *used).collect();
        assert_eq!(posts, [3], "{uses:?}");
        // 2026-06-01
        assert!(house.wall.app.store.list_uses("x", 1_780_272_000_000 - 1).await.unwrap().len() == 1);
        assert!(house.wall.app.store.list_uses("x", 1_780_272_000_000).await.unwrap().is_empty());
    }
}
