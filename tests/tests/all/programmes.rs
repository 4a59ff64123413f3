//! Programmes: signed once, the same bytes for every screen, anew only when they show anything new.

mod alerts;
mod editor;
mod list;
mod look;
mod pictures;
mod preview;
mod rows;
mod topics;

use controller::{
    app::Change,
    store::{Post, Source},
};
use ed25519_dalek::{Signature, VerifyingKey};
use harness::{NOON, Owner, TestController, TestScreen, plain_source, within};
use shared::{
    envelope::{Envelope, PROGRAMME, signed_bytes},
    hex,
    programme::Programme as Document,
    protocol::{Paired, PairingAnswer},
};

const FETCH: &str = "/screens/v1/programme";

/// A screen of the owner, and what it keeps from its pairing.
async fn screen(wall: &TestController, owner: &Owner, number: u8) -> (TestScreen, Paired) {
    let screen = TestScreen::new(wall, number);
    let code = screen.code().await;
    let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
    owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
    match serde_json::from_slice(&screen.ask().await.expect(200).bytes).unwrap() {
        PairingAnswer::Paired(paired) => (screen, paired),
        other => panic!("not paired: {other:?}"),
    }
}

/// Reads an envelope as a kiosk does: nothing counts before the signature does.
fn open(bytes: &[u8], paired: &Paired) -> Document {
    let envelope: Envelope = serde_json::from_slice(bytes).unwrap();
    assert_eq!(envelope.key, paired.account_key);
    let key = VerifyingKey::from_bytes(&hex::decode(&envelope.key).unwrap()).unwrap();
    let signature = Signature::from_bytes(&hex::decode(&envelope.signature).unwrap());
    key.verify_strict(&signed_bytes(PROGRAMME, &envelope.document), &signature).expect("signed by the account");
    assert!(key.verify_strict(&signed_bytes("litfass request 1", &envelope.document), &signature).is_err());
    let document: Document = serde_json::from_str(&envelope.document).unwrap();
    assert_eq!((&document.account, &document.id), (&paired.account, &paired.programme));
    document
}

fn ids(document: &Document) -> Vec<String> {
    document.plans[0].regions[0].playlist.entries.iter().map(|entry| entry.id.clone()).collect()
}

async fn add_posts(wall: &TestController, owner: &Owner, posts: &[&str]) {
    let source = Source { name: "Museumsblog".into(), ..plain_source("source", &owner.stage_id) };
    wall.app.store.add_source(&source).await.unwrap();
    for (number, id) in (0..).zip(posts) {
        let post = Post {
            id: (*id).to_owned(),
            stage_id: owner.stage_id.clone(),
            source_id: Some("source".into()),
            remote_id: (*id).to_owned(),
            slug: format!("slug-{id}"),
            title: None,
            text: format!("Beitrag {id}"),
            html: String::new(),
            link: None,
            author: None,
            language: None,
            content_hash: "1".into(),
            published_at: NOON - number,
            imported_at: NOON,
            changed_at: NOON,
            shown: true,
            facts: "{}".into(),
            ..Post::default()
        };
        wall.app.store.take_post(&post, &[]).await.unwrap();
    }
    wall.app.news.tell(Change::Posts { stage_id: owner.stage_id.clone() });
}

#[tokio::test]
async fn all_screens_of_a_programme_get_the_same_signed_bytes() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        add_posts(&wall, &owner, &["b", "a"]).await;
        let (one, paired) = screen(&wall, &owner, 1).await;
        let (two, _) = screen(&wall, &owner, 2).await;

        let first = one.get(FETCH).await.expect(200);
        let second = two.get(FETCH).await.expect(200);

        assert_eq!(first.bytes, second.bytes);
        assert_eq!(first.header("cache-control"), "no-store");
        let document = open(&first.bytes, &paired);
        assert_eq!(ids(&document), ["post-b", "post-a"]);
        assert_eq!((document.version, document.look.name.as_str()), (1, "museum"));
        let shared::slides::Slide::Post(post) = &document.plans[0].regions[0].playlist.entries[0].slide else {
            panic!()
        };
        assert_eq!((post.author.as_str(), post.network.as_str()), ("Museumsblog", "feed"));
        assert_eq!(post.permalink, format!("{}/@museum/p/slug-b", wall.url));
    }
}

#[tokio::test]
async fn who_has_the_newest_programme_is_told_so_without_it() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let (screen, _) = screen(&wall, &owner, 1).await;
    let tag = screen.get(FETCH).await.expect(200).header("etag").to_owned();
    let proof = screen.proof("GET", FETCH, wall.app.clock.now());
    let ask = |tag: &str| {
        let request = wall.client().request(reqwest::Method::GET, FETCH).header("authorization", &proof);
        request.header("if-none-match", tag)
    };

    let same = wall.client().send(ask(&tag)).await.expect(304);
    let other = wall.client().send(ask("\"0\"")).await.expect(200);

    assert!(same.bytes.is_empty() && same.header("etag") == tag);
    assert_eq!(other.header("etag"), tag);
}

#[tokio::test]
async fn a_version_rises_with_what_is_shown_and_a_hidden_post_is_gone_within_a_second() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        add_posts(&wall, &owner, &["b", "a"]).await;
        let (screen, paired) = screen(&wall, &owner, 1).await;
        let fetch = || async { open(&screen.get(FETCH).await.expect(200).bytes, &paired) };
        let second = std::time::Duration::from_secs(1);
        let before = within(second, "both posts", || async {
            Some(fetch().await).filter(|document| ids(document) == ["post-b", "post-a"])
        })
        .await;

        // Nothing that a screen would show has changed.
        wall.app.news.tell(Change::Posts { stage_id: owner.stage_id.clone() });
        wall.app.news.tell(Change::Stage { stage_id: owner.stage_id.clone() });
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert_eq!(fetch().await, before);

        owner.client.post(&owner.path("posts/b/hide"), &[]).await.expect(303);
        let after = within(second, "the hidden post is gone", || async {
            Some(fetch().await).filter(|document| ids(document) == ["post-a"])
        })
        .await;
        assert_eq!(after.version, before.version + 1);
    }
}

#[tokio::test]
async fn the_secret_half_of_the_key_is_in_no_answer_and_not_in_the_open() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let (_, paired) = screen(&wall, &owner, 1).await;
    let held = wall.app.store.find_key(&paired.account, "programme").await.unwrap().unwrap();
    let purpose = format!("programme key of {}", paired.account);
    let seed = wall.app.keys.open(&purpose, &held.sealed).unwrap();

    assert!(!held.sealed.windows(32).any(|bytes| bytes == seed.as_slice()));
    assert!(wall.app.keys.open("programme key of another", &held.sealed).is_err());
    let key = ed25519_dalek::SigningKey::from_bytes(&seed.as_slice().try_into().unwrap());
    assert_eq!(hex::encode(key.verifying_key().as_bytes()), paired.account_key);
}
