//! The editor: what is built, kept, taken back, and shown on screens when it is published.

use std::time::Duration;

use harness::{NOON, Owner, TestController};
use shared::slides::Slide;

use super::{FETCH, ids, open, screen};

const SECOND: Duration = Duration::from_secs(1);

/// Where the pages of an owner's first programme lie.
fn place(owner: &Owner) -> String {
    owner.path(&format!("programmes/{}", owner.stage_id))
}

async fn act(owner: &Owner, what: &str, item: &str, expected: u16) -> String {
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", what), ("item", item)];
    owner.client.post(&format!("{}/do", place(owner)), &fields).await.expect(expected).text()
}

#[tokio::test]
async fn what_is_built_is_on_the_screens_once_it_is_published() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let (screen, paired) = screen(&wall, &owner, 1).await;
        let fetch = || async { open(&screen.get(FETCH).await.expect(200).bytes, &paired) };
        let item = format!("{}/item?plan=default&region=main&kind=announcement", place(&owner));
        let seen = owner.seen().await;
        let fields = [
            ("seen", seen.as_str()),
            ("headline", "Tag der <offenen> Tür"),
            ("text", "Samstag\r\n10 Uhr"),
            ("link", "museum.example/tag"),
            ("stays", "own"),
            ("seconds", "12"),
        ];

        owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);

        let editor = owner.client.get(&place(&owner)).await.expect(200).text();
        assert!(editor.contains("Noch nicht auf den Bildschirmen") && editor.contains("Tag der &#60;offenen&#62; Tür"));
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(ids(&fetch().await), ["welcome"]);
        act(&owner, "publish", "", 303).await;
        let document = harness::within(SECOND, "the announcement", || async {
            Some(fetch().await).filter(|document| ids(document) != ["welcome"])
        })
        .await;
        let entry = &document.plans[0].regions[0].playlist.entries[0];
        let Slide::Announcement(said) = &entry.slide else { panic!() };
        assert_eq!((said.text.as_str(), said.link.as_str()), ("Samstag\n10 Uhr", "https://museum.example/tag"));
        assert_eq!((entry.millis, said.design.as_str()), (12_000, "colour"));
        assert!(owner.client.get(&place(&owner)).await.text().contains("Auf den Bildschirmen"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let item = format!("{}/item?plan=default&region=main&kind=announcement", place(&owner));
    let (seen, long) = (owner.seen().await, "ü".repeat(121));
    let fields = [
        ("seen", seen.as_str()),
        ("headline", long.as_str()),
        ("link", "kein Link"),
        ("stays", "own"),
        ("seconds", "1"),
        ("times", "some"),
        ("t0_from", "8:70"),
        ("share", "95"),
    ];

    let answer = owner.client.upload(&item, &fields, "picture_file", ("a.jpg", b"no picture".to_vec())).await;

    let text = answer.expect(422).text();
    for words in [
        long.as_str(),
        "kein Link",
        "zu lang",
        "Internetadresse wie",
        "3 bis 3600 Sekunden",
        "Uhrzeiten wie 11:30",
        "Zahl von 0 bis 90",
        "kein Bild, das wir zeigen können",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(owner.seen().await, seen, "nothing was kept");
}

#[tokio::test]
async fn a_stale_edit_is_refused_and_nothing_is_lost() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let old = owner.seen().await;
    owner.announce("Von Kollegin", "").await;
    let item = format!("{}/item?plan=default&region=main&kind=announcement", place(&owner));
    let fields = [("seen", old.as_str()), ("headline", "Von mir")];

    let answer = owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(409).text();

    assert!(answer.contains("Jemand anderes hat das Programm inzwischen geändert") && answer.contains("Von mir"));
    assert!(answer.contains(&format!("name=\"seen\" value=\"{}\"", owner.seen().await)), "sent again it is kept");
    let fields = [("seen", old.as_str()), ("plan", "default"), ("what", "publish")];
    let answer = owner.client.post(&format!("{}/do", place(&owner)), &fields).await.expect(409).text();
    assert!(answer.contains("Jemand anderes") && answer.contains("Von Kollegin"));
}

#[tokio::test]
async fn edits_are_undone_done_again_and_restored() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let item = owner.announce("Heute zu", "").await;
    let titles = || async { owner.client.get(&place(&owner)).await.expect(200).text().contains("Heute zu") };

    act(&owner, "remove", &item, 303).await;
    assert!(!titles().await);
    act(&owner, "undo", "", 303).await;
    assert!(titles().await);
    act(&owner, "redo", "", 303).await;
    assert!(!titles().await);
    assert!(act(&owner, "redo", "", 422).await.contains("in dieser Richtung nicht"));

    let history = owner.client.get(&format!("{}/history", place(&owner))).await.expect(200).text();
    assert!(history.contains("Ada") && history.contains("Auf den Bildschirmen"), "{history}");
    for did in ["Neu: Heute zu", "Reihenfolge geändert: Alltag", "Entfernt: Heute zu"] {
        assert!(history.contains(did), "{did}: {history}");
    }
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("number", "2")];
    owner.client.post(&format!("{}/history", place(&owner)), &fields).await.expect(303);
    assert!(titles().await && owner.seen().await > seen);
}

#[tokio::test]
async fn what_is_published_later_comes_when_its_time_has_come() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let (screen, paired) = screen(&wall, &owner, 1).await;
    let fetch = || async { open(&screen.get(FETCH).await.expect(200).bytes, &paired) };
    owner.announce("Erst dies", "").await;
    let before = harness::within(SECOND, "the first", || async {
        Some(fetch().await).filter(|document| ids(document) != ["welcome"])
    })
    .await;
    act(&owner, "copy", &ids(&before)[0], 303).await;
    let seen = owner.seen().await;
    let later = |at: &'static str| {
        let fields = [("seen", seen.clone()), ("what", "later".to_owned()), ("at", at.to_owned())];
        let client = &owner.client;
        let path = format!("{}/do", place(&owner));
        async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.post(&path, &fields).await
        }
    };

    assert!(later("2026-05-04T13:59").await.expect(422).text().contains("schon vorbei"));
    assert!(later("morgen").await.expect(422).text().contains("Tag und Uhrzeit"));
    // NOON is two in the afternoon in Berlin: a minute later.
    later("2026-05-04T14:01").await.expect(303);
    assert!(owner.client.get(&place(&owner)).await.text().contains("14:01"));
    wall.app.clock.set(NOON + 59_999);
    wall.app.news.tell(controller::app::Change::Settings { programme_id: owner.stage_id.clone() });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(ids(&fetch().await).len(), 1);
    wall.app.clock.set(NOON + 60_000);
    let after = harness::within(Duration::from_secs(2), "both", || async {
        Some(fetch().await).filter(|document| ids(document).len() == 2)
    })
    .await;
    assert_eq!(after.version, before.version + 1);

    // From a page that does not know that it is on the screens already.
    later("2026-05-04T15:00").await.expect(303);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(ids(&fetch().await).len(), 2, "what was shown before does not come back");
}

#[tokio::test]
async fn a_plan_is_on_at_its_times_and_divided_in_its_own_way() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let plan = format!("{}/plan", place(&owner));
    let seen = owner.seen().await;
    let wrong = owner.client.post(&plan, &[("seen", seen.as_str()), ("name", "")]).await.expect(422).text();
    assert!(wrong.contains("geben Sie einen Namen ein") && wrong.contains("mindestens einen Wochentag"), "{wrong}");
    let fields = [
        ("seen", seen.as_str()),
        ("name", "Mittagstisch"),
        ("priority", "5"),
        ("t0_day", "0"),
        ("t0_day", "1"),
        ("t0_day", "2"),
        ("t0_from", "11:30"),
        ("t0_to", "14:00"),
    ];

    let made = owner.client.post(&plan, &fields).await.expect(303);

    let id = made.location().split_once("plan=").unwrap().1.split('&').next().unwrap().to_owned();
    let editor = owner.client.get(&format!("{}?plan={id}", place(&owner))).await.expect(200).text();
    assert!(editor.contains("Mo–Mi 11:30–14:00") && editor.contains("Mittagstisch"), "{editor}");
    let seen = owner.seen().await;
    let layout = format!("{}/layout?plan={id}", place(&owner));
    owner.client.post(&layout, &[("seen", seen.as_str()), ("layout", "three")]).await.expect(303);
    let editor = owner.client.get(&format!("{}?plan={id}", place(&owner))).await.text();
    assert!(editor.contains("region-side") && editor.contains("region-ticker"), "{editor}");
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("what", "areas"), ("p0_width", "120"), ("p0_height", "10")];
    let wrong = owner.client.post(&layout, &fields).await.expect(422).text();
    assert!(wrong.contains("Zahlen von 0 bis 100") && wrong.contains("value=\"120\""), "{wrong}");
    let calendar = owner.client.get(&format!("{}/calendar?week=2026-05-04", place(&owner))).await.expect(200).text();
    assert!(calendar.contains("Mittagstisch 11:30–14:00, Montag") && calendar.contains("Alltag"), "{calendar}");
}

#[tokio::test]
async fn a_programme_is_there_for_its_own_account_only() {
    let wall = TestController::new().await;
    let (museum, club) = (Owner::new(wall.client(), "museum").await, Owner::new(wall.client(), "club").await);
    let item = museum.announce("Nur für uns", "").await;
    let own = club.path(&format!("programmes/{}", museum.stage_id));

    for place in [place(&museum), own] {
        for leaf in [
            "",
            "/add?plan=default&region=main",
            &format!("/item?item={item}"),
            "/plan?plan=default",
            "/layout?plan=default",
            "/history",
            "/calendar",
            "/name",
            "/delete",
        ] {
            assert_eq!(club.client.get(&format!("{place}{leaf}")).await.status, 404, "GET {place}{leaf}");
            assert_eq!(wall.client().get(&format!("{place}{leaf}")).await.status, 303, "GET {place}{leaf}");
        }
        let seen = museum.seen().await;
        let fields = [("seen", seen.as_str()), ("what", "remove"), ("item", item.as_str()), ("name", "Mine")];
        for leaf in ["/do", "/plan?plan=default", "/layout?plan=default", "/history", "/name", "/copy", "/delete"] {
            assert_eq!(club.client.post(&format!("{place}{leaf}"), &fields).await.status, 404, "POST {place}{leaf}");
        }
        let answer = club.client.upload(&format!("{place}/item?item={item}"), &fields, "f", ("", Vec::new())).await;
        assert_eq!(answer.status, 404);
    }
    assert!(museum.client.get(&place(&museum)).await.text().contains("Nur für uns"));
}
