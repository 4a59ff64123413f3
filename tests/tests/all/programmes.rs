//! Programmes: signed once, the same bytes for every screen, anew only when they show anything new.

use controller::{
    app::Change,
    store::{Error, Post, Programme, SigningKey, Source},
};
use ed25519_dalek::{Signature, VerifyingKey};
use harness::{NOON, Owner, TestController, TestScreen, plain_stage, stores, within};
use shared::{
    envelope::{Envelope, PROGRAMME, signed_bytes},
    hex,
    programme::Programme as Document,
    protocol::{Paired, PairingAnswer},
};

const FETCH: &str = "/screens/v1/programme";

fn programme(id: &str) -> Programme {
    Programme {
        id: id.into(),
        account_id: "a".into(),
        stage_id: "stage".into(),
        name: "main".into(),
        settings: "{}".into(),
        version: 0,
        envelope: String::new(),
        issued_at: 0,
    }
}

#[tokio::test]
async fn no_two_documents_ever_share_a_version() {
    for db in stores().await {
        db.add_account("a").await;
        db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
        let missing = db.store.list_stages_without_programme().await.unwrap();
        assert_eq!(missing, [("a".to_owned(), "stage".to_owned())], "{}", db.kind);
        assert!(db.store.insert_programme(&programme("p"), NOON).await.unwrap());
        assert!(!db.store.insert_programme(&programme("p"), NOON).await.unwrap(), "{}", db.kind);
        assert!(db.store.list_stages_without_programme().await.unwrap().is_empty());
        let orphan = Programme { stage_id: "none".into(), ..programme("q") };
        assert!(matches!(db.store.insert_programme(&orphan, NOON).await, Err(Error::Orphan)));

        assert!(db.store.publish_programme("p", 0, 1, "one", NOON).await.unwrap());
        assert!(!db.store.publish_programme("p", 0, 1, "other", NOON).await.unwrap(), "{}: too late", db.kind);

        let found = db.store.find_any_programme("p").await.unwrap().unwrap();
        assert_eq!((found.version, found.envelope.as_str(), found.issued_at), (1, "one", NOON), "{}", db.kind);
        let versions = db.store.list_programme_versions().await.unwrap();
        assert_eq!((versions.len(), versions[0].version), (1, 1));
    }
}

#[tokio::test]
async fn settings_and_keys_are_kept_for_their_account() {
    for db in stores().await {
        db.add_account("a").await;
        db.store.add_stage(&plain_stage("stage", "a")).await.unwrap();
        db.store.insert_programme(&programme("p"), NOON).await.unwrap();
        let key = |number: u8| SigningKey { public_key: vec![number; 32], sealed: vec![number; 60] };

        assert!(db.store.set_programme_settings("a", "p", "{\"posts\":3}").await.unwrap());
        assert!(!db.store.set_programme_settings("b", "p", "{}").await.unwrap(), "{}", db.kind);
        assert!(db.store.find_programme("b", "p").await.unwrap().is_none());
        assert_eq!(db.store.find_programme("a", "p").await.unwrap().unwrap().settings, "{\"posts\":3}");
        assert!(db.store.insert_key("a", "programme", &key(1), NOON).await.unwrap());
        assert!(!db.store.insert_key("a", "programme", &key(2), NOON).await.unwrap(), "{}: the first stays", db.kind);
        assert_eq!(db.store.find_key("a", "programme").await.unwrap(), Some(key(1)), "{}", db.kind);
        assert_eq!(db.store.find_key("a", "other").await.unwrap(), None);
    }
}

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
    let source = Source {
        id: "source".into(),
        stage_id: owner.stage_id.clone(),
        network: "feed".into(),
        address: "https://museum.example/feed".into(),
        name: "Museumsblog".into(),
        held: false,
        memory: String::new(),
        state: "working".into(),
        problem: String::new(),
        detail: "{}".into(),
        failures: 0,
        fetched_at: NOON,
        succeeded_at: NOON,
        next_at: i64::MAX,
        claimed_until: 0,
        created_at: NOON,
        credential: None,
        checks_links: false,
        links_due_at: 0,
    };
    wall.app.store.add_source(&source).await.unwrap();
    for (number, id) in (0..).zip(posts) {
        let post = Post {
            id: (*id).to_owned(),
            stage_id: owner.stage_id.clone(),
            source_id: "source".into(),
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
async fn what_the_owner_chooses_is_on_the_screens_and_in_the_form() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let (screen, paired) = screen(&wall, &owner, 1).await;
    let shows = owner.path("screens/shows");
    let fields = [
        ("posts", "3"),
        ("clock", "true"),
        ("headline", "Tag der <offenen> Tür"),
        ("text", "Samstag\r\n10 Uhr"),
        ("link", "museum.example/tag"),
    ];

    owner.client.post(&shows, &fields).await.expect(303);

    let document = within(std::time::Duration::from_secs(1), "the announcement", || async {
        let document = open(&screen.get(FETCH).await.expect(200).bytes, &paired);
        (ids(&document) == ["announcement-0"]).then_some(document)
    })
    .await;
    let names: Vec<_> = document.plans[0].regions.iter().map(|region| region.name.as_str()).collect();
    assert_eq!(names, ["main", "clock"]);
    let shared::slides::Slide::Announcement(said) = &document.plans[0].regions[0].playlist.entries[0].slide else {
        panic!()
    };
    assert_eq!((said.text.as_str(), said.link.as_str()), ("Samstag\n10 Uhr", "https://museum.example/tag"));
    let form = owner.client.get(&shows).await.expect(200).text();
    assert!(form.contains("Tag der &#60;offenen&#62; Tür") && form.contains("value=\"3\""), "{form}");

    let wrong = [("posts", "99"), ("text", "Ohne Überschrift"), ("link", "kein Link")];
    let answer = owner.client.post(&shows, &wrong).await.expect(422).text();
    for words in ["ganze Zahl", "braucht eine Überschrift", "Internetadresse wie", "Ohne Überschrift", "kein Link"] {
        assert!(answer.contains(words), "{words}\n{answer}");
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
