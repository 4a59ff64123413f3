//! What Meta tells of people who signed in: signed, done at once, and shown to whoever has the code.

use controller::{
    config::NetworkSettings,
    features::sources,
    store::{Erasure, Source, Taken, VisitResult},
};
use harness::{
    Answer, NOON, Owner, TestController,
    closed::{CLIENT_SECRET, FakeNetwork, Kind},
    stores,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::House;

fn post(kind: Kind, id: &str) -> Value {
    match kind {
        Kind::TikTok => super::rotation::film(1),
        Kind::Instagram => json!({"id": id, "caption": "Hallo", "media_type": "IMAGE", "media_url": "media:a.jpg",
            "username": "stadt.beispielhausen", "timestamp": "2026-05-01T10:00:00+0000"}),
        _ => {
            json!({"id": id, "message": "Hallo", "full_picture": "media:a.jpg", "created_time": "2026-05-01T10:00:00+0000",
            "from": {"id": "104455667788", "name": "Stadt Beispielhausen"}})
        }
    }
}

/// Somebody who has signed in, and whose post is here.
async fn linked(kind: Kind) -> Vec<House> {
    let houses = House::on_each(kind).await;
    for house in &houses {
        house.network.append(post(kind, "1"));
        house.sign_in().await;
        assert_eq!(house.visit().await.new, 1);
    }
    houses
}

/// What Meta sends, to this address of ours.
async fn told(house: &House, leaf: &str, body: String) -> Answer {
    let client = house.wall.client();
    let request = client.request(Method::POST, &format!("/hooks/{}.{leaf}", house.network.name()));
    client.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

async fn sources_of(house: &House) -> Vec<Source> {
    house.wall.app.store.list_sources(&house.owner.stage_id).await.unwrap()
}

#[tokio::test]
async fn a_permission_that_is_taken_back_ends_access_and_posts_and_can_be_given_again() {
    for kind in [Kind::Instagram, Kind::Facebook] {
        for house in linked(kind).await {
            house.wall.wait_secs(60);
            let body = house.network.signed_request(house.wall.app.clock.now(), CLIENT_SECRET);

            assert_eq!(told(&house, "deauthorise", body.clone()).await.status, 200, "{kind:?}");

            let source = house.source().await;
            assert_eq!((source.state.as_str(), source.problem.as_str()), ("stopped", "sources.error.withdrawn"));
            assert_eq!(house.wall.app.store.find_tokens(&source.id).await.unwrap(), None, "{kind:?}");
            assert!(house.posts().await.is_empty() && !house.owner.newsroom().await.contains("Hallo"), "{kind:?}");
            assert!(house.page().await.contains("hat die Erlaubnis beim Netzwerk zurückgenommen"));
            house.visit().await;
            assert_eq!(house.source().await.state, "stopped", "nobody asks any more");

            // Given again, the same posts come again; what was said before that does not count any more.
            house.wall.wait_secs(60);
            let back = house.network.allow(&house.leave(&[("source", &source.id)]).await).await;
            house.come_back(&back).await.expect(303);
            assert_eq!(house.visit().await.new, 1, "{kind:?}");
            assert_eq!(told(&house, "deauthorise", body).await.status, 200);
            assert_eq!((house.source().await.state.as_str(), house.posts().await.len()), ("working", 1), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn who_wants_to_be_forgotten_is_and_can_see_that() {
    for kind in [Kind::Instagram, Kind::Facebook] {
        for house in linked(kind).await {
            let body = house.network.signed_request(house.wall.app.clock.now(), CLIENT_SECRET);

            let answer: Value =
                serde_json::from_str(&told(&house, "deletion", body.clone()).await.expect(200).text()).unwrap();

            assert!(sources_of(&house).await.is_empty() && house.posts().await.is_empty(), "{kind:?}");
            let (url, code) = (answer["url"].as_str().unwrap(), answer["confirmation_code"].as_str().unwrap());
            assert_eq!(url, format!("{}/privacy/deletion/{code}", house.wall.url));
            let visitor = house.wall.client();
            let page = visitor.get(url).await.expect(200);
            assert!(
                page.text().contains("Das ist sofort geschehen") && visitor.cookie_names().is_empty(),
                "{}",
                page.text()
            );
            visitor.speak("en");
            assert!(visitor.get(url).await.expect(200).text().contains("That was done at once"));
            visitor.get("/privacy/deletion/0123456789abcdef0123456789abcdef").await.expect(404);

            // Once more: there is nothing left, which is an answer, too.
            let again: Value = serde_json::from_str(&told(&house, "deletion", body).await.expect(200).text()).unwrap();
            assert_ne!(again["confirmation_code"], answer["confirmation_code"]);
            assert!(visitor.get(again["url"].as_str().unwrap()).await.expect(200).text().contains("Nothing was left"));
            house.wall.wait_secs(366 * super::DAY_SECS);
            assert_eq!(sources::forget_erasures(&house.wall.app).await.unwrap(), 2);
            visitor.get(url).await.expect(404);
        }
    }
}

#[tokio::test]
async fn who_left_first_may_ask_for_the_rest_to_be_deleted() {
    for house in linked(Kind::Facebook).await {
        let body = || house.network.signed_request(house.wall.app.clock.now(), CLIENT_SECRET);
        told(&house, "deauthorise", body()).await.expect(200);
        assert_eq!(sources_of(&house).await.len(), 1, "its owner is asked to sign in again");

        let answer = told(&house, "deletion", body()).await.expect(200).json();

        assert!(sources_of(&house).await.is_empty());
        let page = house.wall.client().get(answer["url"].as_str().unwrap()).await.expect(200).text();
        assert!(page.contains("Das ist sofort geschehen"), "{page}");
    }
}

#[tokio::test]
async fn every_stage_is_meant_that_the_same_person_signed_in_for_and_nobody_else() {
    for house in linked(Kind::Instagram).await {
        let wall = &house.wall;
        let club = Owner::new(wall.client(), "club").await;
        let page = club.client.post(&club.path("sources/sign-in"), &[("network", "instagram")]).await.expect(200);
        let back = house.network.allow(page.header("refresh").strip_prefix("0; url=").unwrap()).await;
        club.client.get(back.strip_prefix(&wall.url).unwrap().split('#').next().unwrap()).await.expect(303);
        let mine = wall.app.store.list_sources(&club.stage_id).await.unwrap().remove(0);
        // As if somebody else had signed in for the club.
        wall.app.store.put_tokens(&mine.id, b"x", i64::MAX, ("somebody else", wall.app.clock.now())).await.unwrap();

        let body = house.network.signed_request(wall.app.clock.now(), CLIENT_SECRET);
        told(&house, "deletion", body).await.expect(200);

        assert!(sources_of(&house).await.is_empty());
        assert_eq!(wall.app.store.list_sources(&club.stage_id).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn nothing_is_done_that_meta_did_not_sign() {
    for house in linked(Kind::Facebook).await {
        let now = house.wall.app.clock.now();
        let good = house.network.signed_request(now, CLIENT_SECRET);
        let (signature, payload) = good.split_once('.').unwrap();
        let other = house.network.signed_request(now + 1_000, CLIENT_SECRET);
        let bodies = [
            String::new(),
            "signed_request=".to_owned(),
            format!("signed_request=.{payload}"),
            format!("{signature}.{}", other.split_once('.').unwrap().1),
            house.network.signed_request(now, "another secret"),
            house.network.signed_request(now, ""),
            good.replace("signed_request", "request"),
        ];
        for leaf in ["deauthorise", "deletion"] {
            for body in &bodies {
                assert_eq!(told(&house, leaf, body.clone()).await.status, 401, "{leaf} {body}");
            }
        }
        // Addresses that are none.
        let client = house.wall.client();
        for path in ["/hooks/facebook.other", "/hooks/x.deletion", "/hooks/feed.deletion", "/hooks/nobody.deletion"] {
            let request = client.request(Method::POST, path).body(good.clone());
            assert_eq!(client.send(request).await.status, 401, "{path}");
        }
        assert_eq!((house.source().await.state.as_str(), house.posts().await.len()), ("working", 1));
        let tokens = house.wall.app.store.find_tokens(&house.source().await.id).await.unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&tokens.sealed).contains("10158877665544332"));
    }
}

#[tokio::test]
async fn who_is_not_registered_is_told_which_addresses_to_register() {
    let network = FakeNetwork::new(Kind::Facebook).await;
    let wall = TestController::with(|config| {
        network.configure(config);
        config.networks.insert("facebook".to_owned(), NetworkSettings::default());
    })
    .await;
    let owner = Owner::new(wall.client(), "museum").await;

    let page = owner.client.get(&owner.path("sources")).await.expect(200).text();

    for leaf in ["deauthorise", "deletion"] {
        assert!(page.contains(&format!("{}/hooks/facebook.{leaf}", wall.url)), "{page}");
        let client = wall.client();
        let body = network.signed_request(wall.app.clock.now(), CLIENT_SECRET);
        let request = client.request(Method::POST, &format!("/hooks/facebook.{leaf}")).body(body);
        assert_eq!(client.send(request).await.status, 401, "without a registration nothing is signed");
    }
}

#[tokio::test]
async fn posts_go_a_month_after_access_was_lost_without_a_word_and_come_again_with_it() {
    for kind in [Kind::Instagram, Kind::Facebook, Kind::TikTok] {
        for house in linked(kind).await {
            house.network.access(harness::closed::Access::revoke_all);
            house.visit_next_day().await;
            let source = house.source().await;
            assert_eq!(source.state, "stopped", "{kind:?}");
            let later = async |days: i64| {
                house.wall.wait_secs(days * super::DAY_SECS);
                while sources::check_next(&house.wall.app).await.unwrap() {}
                house.posts().await.len()
            };

            assert_eq!((later(28).await, later(2).await), (1, 0), "{kind:?}");

            let fields = [("mail", "museum@owner.example"), ("password", "correct horse battery staple")];
            house.owner.client.post("/login", &fields).await.expect(303);
            let back = house.network.allow(&house.leave(&[("source", &source.id)]).await).await;
            house.come_back(&back).await.expect(303);
            assert_eq!(house.visit().await.new, 1, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn grants_and_erasures_are_kept_as_they_are_said() {
    for db in stores().await {
        super::rows::prepared(&db).await;
        let (store, kind) = (&db.store, db.kind);
        let granted = async |grantor: &str, until: i64| store.list_granted(grantor, until).await.unwrap().len();
        assert_eq!((granted("ada", NOON).await, granted("ada", NOON - 1).await), (1, 0), "{kind}");
        assert_eq!((granted("", NOON).await, granted("bob", NOON).await), (0, 0), "{kind}");

        let claimed = store.claim_due_sources(NOON + 4, NOON + 99, 9).await.unwrap();
        let visit = claimed.iter().find(|source| source.id == "s").expect("a visit is under way").clone();
        store.withdraw_source("s", "why", NOON + 5).await.unwrap();
        // What it still brings, and what it says at its end, counts no more.
        let late = crate::merging::post("late", "stage", "s", "Zu spät", NOON);
        assert_eq!(store.take_post(&late, &[]).await.unwrap(), Taken::Same, "{kind}");
        let result = VisitResult {
            address: visit.address.clone(),
            name: visit.name.clone(),
            memory: "{}".into(),
            state: "working",
            problem: String::new(),
            detail: "{}".into(),
            failures: 0,
            fetched_at: NOON + 6,
            succeeded_at: NOON + 6,
            next_at: NOON + 9,
        };
        store.note_visit(&visit, &result).await.unwrap();
        let source = store.find_source("stage", "s").await.unwrap().unwrap();
        assert_eq!(
            (source.state.as_str(), source.problem.as_str(), source.next_at),
            ("stopped", "why", i64::MAX),
            "{kind}"
        );
        assert_eq!(store.find_tokens("s").await.unwrap(), None, "{kind}");
        assert_eq!(
            (granted("ada", NOON).await, granted("ada", NOON - 1).await),
            (1, 0),
            "{kind}: what is left is hers"
        );
        store.put_tokens("s", b"x", i64::MAX, ("bob", NOON + 9)).await.unwrap();
        let now = NOON + 9;
        assert_eq!(
            (granted("ada", now).await, granted("bob", now).await),
            (0, 1),
            "{kind}: until somebody else signs in"
        );

        let erasure = Erasure { code: "c".into(), network: "instagram".into(), asked_at: NOON, sources: 2 };
        store.add_erasure(&erasure).await.unwrap();
        assert_eq!(store.find_erasure("c").await.unwrap().as_ref(), Some(&erasure), "{kind}");
        assert_eq!(store.find_erasure("d").await.unwrap(), None, "{kind}");
        assert_eq!(store.delete_old_erasures(NOON).await.unwrap(), 0, "{kind}");
        assert_eq!(store.delete_old_erasures(NOON + 1).await.unwrap(), 1, "{kind}");
    }
}
