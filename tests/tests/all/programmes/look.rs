//! A slide that is being filled in: looked at before it is kept, its files already sent, and nothing kept that shows nothing.

use harness::{Answer, Owner, Part, TestController, at_hand, program};
use image::{DynamicImage, ImageFormat, RgbImage};
use reqwest::{Method, multipart};

fn form(owner: &Owner, kind: &str) -> String {
    owner.path(&format!("programmes/{}/item?plan=default&region=main&kind={kind}", owner.stage_id))
}

fn png() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(64, 48)).write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Looks as the page does while somebody types.
async fn look(owner: &Owner, path: &str, fields: &[(&str, &str)], file: Option<Vec<u8>>) -> Answer {
    let mut form = multipart::Form::new().text("xsrf", owner.client.cookie("xsrf").unwrap()).text("what", "look");
    for (name, value) in fields {
        form = form.text((*name).to_owned(), (*value).to_owned());
    }
    if let Some(bytes) = file {
        form = form.part("picture_file", multipart::Part::bytes(bytes).file_name("a.png"));
    }
    let request = owner.client.request(Method::POST, path).header("hx-request", "true").multipart(form);
    owner.client.send(request).await.expect(200)
}

#[tokio::test]
async fn what_is_typed_is_drawn_and_nothing_of_it_is_kept() {
    if !at_hand(Part::Vulkan) {
        return;
    }
    let wall = TestController::with(|config| config.kiosk = Some(program("litfass-kiosk"))).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let (seen, path) = (owner.seen().await, form(&owner, "announcement"));
    let fields = [("headline", "Heute offen"), ("design", "colour"), ("link", "kein Link"), ("size", "portrait")];

    let drawn = look(&owner, &path, &fields, None).await.text();
    let empty = look(&owner, &path, &[("headline", " ")], None).await.text();
    let fields: Vec<_> = fields.into_iter().chain([("what", "look"), ("seen", seen.as_str())]).collect();
    let page = owner.client.upload(&path, &fields, "picture_file", ("", Vec::new())).await.expect(200).text();

    assert!(drawn.contains("src=\"data:image/png;base64,") && drawn.contains("So sieht die Folie aus: Heute offen"));
    assert!(drawn.contains("width=\"1080\" height=\"1920\"") && !drawn.contains("<html"), "for an upright display");
    assert!(empty.contains("Füllen Sie die Folie aus") && !empty.contains("<img"), "{empty}");
    // Without JavaScript it is a page with the form as it was, and nobody is blamed for what is not finished.
    assert!(page.contains("data:image/png") && page.contains("value=\"kein Link\"") && !page.contains("link-wrong"));
    assert_eq!(owner.seen().await, seen, "nothing was kept");
}

#[tokio::test]
async fn a_file_that_was_chosen_can_be_described_before_the_slide_is_kept() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let path = form(&owner, "photo");

    let sent = look(&owner, &path, &[("picture_shown", "")], Some(png())).await.text();

    assert!(sent.contains("id=\"control-picture\" hx-swap-oob=\"true\""), "{sent}");
    let id = sent.split_once("name=\"picture_alt_").expect("words about it").1.split('"').next().unwrap().to_owned();
    assert!(sent.contains(&format!("name=\"picture_shown\" value=\"{id}\"")), "{sent}");
    // The page knows of it: while somebody writes about it, the control is left alone.
    let alt = format!("picture_alt_{id}");
    let known = [("picture", id.as_str()), ("picture_shown", id.as_str()), (alt.as_str(), "Ein Steg")];
    assert!(!look(&owner, &path, &known, None).await.text().contains("control-picture"));
    let other = [("picture", ""), ("picture_shown", id.as_str())];
    assert!(look(&owner, &path, &other, None).await.text().contains("control-picture"), "no picture any more");
    let refused = look(&owner, &path, &known, Some(b"only words".to_vec())).await.text();
    assert!(refused.contains("kein Bild, das wir zeigen können") && refused.contains("aria-invalid=\"true\""));
    assert!(refused.contains("value=\"Ein Steg\""), "what was written stays");
}

#[tokio::test]
async fn a_slide_that_would_show_nothing_is_not_kept_and_its_form_says_what_is_missing() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let seen = owner.seen().await;
    let wanted = [
        ("announcement", "Noch ist nichts darauf zu sehen", "headline-wrong"),
        ("photo", "laden Sie ein Bild hoch", "picture-wrong"),
        ("countdown", "Tag und Uhrzeit", "until-wrong"),
        ("qr", "Internetadresse wie", "link-wrong"),
        ("weather", "dieses Feld aus", "place-wrong"),
    ];

    for (kind, words, field) in wanted {
        let fields = [("seen", seen.as_str()), ("text", ""), ("stays", "read")];
        let page =
            owner.client.upload(&form(&owner, kind), &fields, "x_file", ("", Vec::new())).await.expect(422).text();
        assert!(page.contains(words) && page.contains(&format!("id=\"{field}\"")), "{kind}: {page}");
    }
    assert_eq!(owner.seen().await, seen);
}
