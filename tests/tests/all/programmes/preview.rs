//! The preview: drawn by the real kiosk, of the draft, at any instant, and told in words where nothing can draw it.

use harness::{Answer, NOON, Owner, Part, TestController, at_hand, program};
use image::GenericImageView;
use reqwest::Method;

fn place(owner: &Owner) -> String {
    owner.path(&format!("programmes/{}", owner.stage_id))
}

/// A controller that draws with the kiosk that was built beside the tests.
async fn drawing() -> TestController {
    TestController::with(|config| config.kiosk = Some(program("litfass-kiosk"))).await
}

/// The part of a page that htmx asks for.
async fn part(owner: &Owner, path: &str) -> String {
    let request = owner.client.request(Method::GET, path).header("hx-request", "true");
    owner.client.send(request).await.expect(200).text()
}

/// Address of the picture that a page shows.
#[track_caller]
fn picture_in(page: &str) -> String {
    let rest = page.split_once("<img src=\"").unwrap_or_else(|| panic!("no picture in {page}")).1;
    rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

fn size(picture: &Answer) -> (u32, u32) {
    image::load_from_memory(&picture.bytes).expect("a picture").dimensions()
}

#[tokio::test]
async fn the_kiosk_draws_what_is_edited_at_the_instant_that_was_asked_for() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let wall = drawing().await;
    let owner = Owner::new(wall.client(), "museum").await;
    owner.announce("Heute geöffnet", "Bis 18 Uhr").await;
    // Another slide, which no screen shows yet.
    let item = format!("{}/item?plan=default&region=main&kind=announcement", place(&owner));
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("headline", "Morgen geschlossen"), ("stays", "own"), ("seconds", "20")];
    let added = owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);
    let item = added.location().split_once("#item-").unwrap().1.to_owned();
    assert!(added.location().contains(&format!("see={item}")), "the editor shows it at once");
    let preview = format!("{}/preview", place(&owner));

    // The first slide stays eight seconds, then comes the other one.
    let first = part(&owner, &format!("{preview}?moment={NOON}")).await;
    let next = part(&owner, &format!("{preview}?moment={NOON}&jump=next")).await;
    let one = owner.client.get(&picture_in(&first)).await.expect(200);
    let other = owner.client.get(&picture_in(&next)).await.expect(200);

    assert!(first.contains("Hauptbereich: Heute geöffnet"), "{first}");
    assert!(next.contains("Hauptbereich: Morgen geschlossen"), "{next}");
    assert_eq!((size(&one), size(&other)), ((1920, 1080), (1920, 1080)));
    assert_ne!(one.bytes, other.bytes, "other slides are other pictures");
    assert_eq!((one.header("content-type"), one.header("cache-control")), ("image/png", "private, no-cache"));
    // Who has it is told so.
    let request = owner.client.request(Method::GET, &picture_in(&first)).header("if-none-match", one.header("etag"));
    assert!(owner.client.send(request).await.expect(304).bytes.is_empty());

    // A whole page without JavaScript, the slide alone, upright.
    let page = owner.client.get(&format!("{preview}?item={item}&size=portrait")).await.expect(200).text();
    assert!(page.contains("<html") && page.contains("Nur diese Folie: Morgen geschlossen"), "{page}");
    let alone = owner.client.get(&picture_in(&page)).await.expect(200);
    assert_eq!(size(&alone), (1080, 1920));
}

#[tokio::test]
async fn an_alert_is_looked_at_before_it_is_sent() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let wall = drawing().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let alerts = owner.path("alerts");

    let nothing = part(&owner, &format!("{alerts}/preview?headline=%20")).await;
    let full = part(&owner, &format!("{alerts}/preview?headline=Bitte+gehen&shape=full")).await;
    let band = part(&owner, &format!("{alerts}/preview?headline=Bitte+gehen&shape=band")).await;

    assert!(nothing.contains("Geben Sie eine Überschrift ein") && !nothing.contains("<img"), "{nothing}");
    assert!(full.contains("Noch ist nichts gesendet"), "{full}");
    let full = owner.client.get(&picture_in(&full)).await.expect(200);
    let band = owner.client.get(&picture_in(&band)).await.expect(200);
    assert_eq!((size(&full), size(&band)), ((1920, 1080), (1920, 1080)));
    assert_ne!(full.bytes, band.bytes);
    assert!(wall.app.store.list_alerts(&owner.stage_id, NOON).await.unwrap().is_empty(), "nothing was sent");
    // Without JavaScript the same form does it, and what was typed stays.
    let fields = [("headline", "Bitte gehen"), ("what", "preview"), ("shape", "band"), ("minutes", "5")];
    let page = owner.client.post(&alerts, &fields).await.expect(200).text();
    assert!(page.contains("<html") && page.contains("value=\"Bitte gehen\"") && page.contains("value=\"5\""), "{page}");
    assert_eq!(owner.client.get(&picture_in(&page)).await.expect(200).bytes, band.bytes);
    assert!(wall.app.store.list_alerts(&owner.stage_id, NOON).await.unwrap().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn where_nothing_can_draw_the_preview_says_so_and_everything_else_works() {
    let folder = tempfile::tempdir().unwrap();
    let driverless = folder.path().join("litfass-kiosk");
    std::fs::write(&driverless, "#!/bin/sh\nexit 3\n").unwrap();
    std::fs::set_permissions(&driverless, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    for (kiosk, words) in
        [("/nowhere/litfass-kiosk".into(), "fehlt das Programm"), (driverless, "fehlt ein Grafiktreiber")]
    {
        let wall = TestController::with(|config| config.kiosk = Some(kiosk)).await;
        let owner = Owner::new(wall.client(), "museum").await;
        owner.announce("Heute geöffnet", "").await;

        let told = part(&owner, &format!("{}/preview", place(&owner))).await;

        assert!(told.contains(words) && !told.contains("<img"), "{told}");
        assert!(told.contains("Heute geöffnet"), "what is on is told all the same: {told}");
        owner.client.get(&format!("{}/preview/picture", place(&owner))).await.expect(501);
        owner.client.get(&place(&owner)).await.expect(200);
        let alert = part(&owner, &format!("{}/preview?headline=Hallo", owner.path("alerts"))).await;
        assert!(alert.contains(words), "{alert}");
    }
}

#[tokio::test]
async fn instants_are_chosen_in_the_zone_of_the_venue() {
    let wall = TestController::with(|config| config.kiosk = Some("/nowhere/litfass-kiosk".into())).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let at = async |query: &str| part(&owner, &format!("{}/preview?{query}", place(&owner))).await;

    // It is a Monday, two in the afternoon in Berlin.
    for (query, when, control) in [
        ("", "4. Mai 2026, 14:00 Uhr", ""),
        ("at=2026-12-24T18:00", "24. Dezember 2026, 18:00 Uhr", ""),
        ("jump=now", "4. Mai 2026, 14:00 Uhr", "value=\"2026-05-04T14:00\""),
        ("jump=morning", "5. Mai 2026, 09:00 Uhr", "value=\"2026-05-05T09:00\""),
        ("jump=saturday", "9. Mai 2026, 12:00 Uhr", "value=\"2026-05-09T12:00\""),
        ("at=2026-05-04T14:00&moment_at=2026-05-04T14:00&moment=1777896061000", "14:01 Uhr", ""),
        ("at=2026-12-24T18:00&moment_at=2026-05-04T14:00&moment=1777896061000", "24. Dezember 2026, 18:00 Uhr", ""),
        ("at=gestern", "Tag und Uhrzeit", ""),
    ] {
        let text = at(query).await;
        assert!(text.contains(when) && text.contains(control), "{query}: {text}");
    }
    // A plan is shown when it is on.
    let fields = [
        ("seen", owner.seen().await),
        ("name", "Mittag".to_owned()),
        ("from", "default".to_owned()),
        ("t0_day", "2".to_owned()),
        ("t0_from", "11:30".to_owned()),
        ("t0_to", "14:00".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = owner.client.post(&format!("{}/plan", place(&owner)), &fields).await.expect(303);
    let plan = made.location().split_once("plan=").unwrap().1.split('&').next().unwrap().to_owned();
    let text = at(&format!("plan={plan}")).await;
    assert!(text.contains("6. Mai 2026, 11:30 Uhr") && text.contains("Mittag"), "{text}");
}
