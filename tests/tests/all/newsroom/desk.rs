//! What an owner says of a newsroom, and the page for the press.

use harness::{Owner, TestController};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{between, read, with_posts};

/// A picture as a camera gives it.
fn photo(shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::from_pixel(320, 200, Rgb([shade, 90, 140])));
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// Fills in everything; the entry of the library that the press may have.
pub(crate) async fn fill(owner: &Owner) -> String {
    owner.client.upload(&owner.path("media"), &[], "files", ("haus.jpg", photo(3))).await.expect(303);
    let media = owner.client.get(&owner.path("media")).await.expect(200).text();
    let entry = between(&media, "id=\"entry-", "\"").to_owned();
    let said = [
        ("name", "Das Haus"),
        ("alt", "Ein blaues Haus"),
        ("credit", "Ada Beispiel"),
        ("licence", "cc_by"),
        ("licence_words", ""),
        ("focus_x", "50"),
        ("focus_y", "50"),
    ];
    owner.client.post(&owner.path(&format!("media/{entry}")), &said).await.expect(303);
    let form = [
        ("profiles", "https://social.example/@museum\nwww.instagram.com/museum\nmuseum.example"),
        ("imprint", "https://museum.example/impressum"),
        ("privacy", "https://museum.example/datenschutz"),
        ("contact_name", "Ada Beispiel"),
        ("contact_role", "Pressestelle"),
        ("contact_mail", "presse@museum.example"),
        ("contact_phone", "+49 228 12 34-0"),
        ("file", entry.as_str()),
    ];
    let saved = owner.client.post(&owner.path("newsroom"), &form).await.expect(303);
    assert!(saved.location().ends_with("newsroom?done=newsroom_saved"), "{}", saved.location());
    entry
}

#[tokio::test]
async fn what_an_owner_says_is_in_the_newsroom_at_once_and_stays_in_the_form() {
    for wall in TestController::on_each().await {
        let (owner, _) = with_posts(&wall, "museum", &["Eins"]).await;
        let nobody = wall.client();
        assert!(!read(&nobody, "/@museum").await.contains("/@museum/press"));
        nobody.get("/@museum/press").await.expect(404);

        fill(&owner).await;

        let page = read(&nobody, "/@museum").await;
        assert!(page.contains("href=\"https://social.example/@museum\"") && page.contains("führt zu social.example"));
        assert!(page.contains("#mastodon\"") && page.contains("#instagram\"") && page.contains("#globe\""), "{page}");
        assert!(page.contains("href=\"https://museum.example/impressum\"") && page.contains("/@museum/press"));
        let press = read(&nobody, "/@museum/press").await;
        assert!(press.contains("mailto:presse@museum.example") && press.contains("tel:+4922812340"), "{press}");
        assert!(press.contains("Ada Beispiel · CC BY 4.0") && press.contains("alt=\"Ein blaues Haus\""), "{press}");
        let file = between(&press, "href=\"/media/", "\"");
        assert_eq!(nobody.get(&format!("/media/{file}")).await.expect(200).header("content-type"), "image/jpeg");
        let form = owner.client.get(&owner.path("newsroom")).await.expect(200).text();
        assert!(form.contains("https://social.example/@museum\nhttps://www.instagram.com/museum"), "{form}");
        assert!(form.contains("value=\"presse@museum.example\"") && form.contains(" checked>"), "{form}");
    }
}

#[tokio::test]
async fn a_file_that_is_deleted_or_no_longer_chosen_is_gone_for_everybody() {
    let wall = TestController::new().await;
    let (owner, _) = with_posts(&wall, "museum", &["Eins"]).await;
    let nobody = wall.client();
    let entry = fill(&owner).await;
    let file = between(&read(&nobody, "/@museum/press").await, "href=\"/media/", "\"").to_owned();
    let media = owner.client.get(&owner.path(&format!("media/{entry}"))).await.expect(200).text();
    assert!(media.contains(&owner.path("newsroom")), "its page says where it is used: {media}");

    let form = [("profiles", ""), ("contact_name", "Ada"), ("contact_mail", "a@museum.example")];
    owner.client.post(&owner.path("newsroom"), &form).await.expect(303);
    assert!(!read(&nobody, "/@museum/press").await.contains("/media/"));
    nobody.get(&format!("/media/{file}")).await.expect(404);

    let form = [("file", entry.as_str())];
    owner.client.post(&owner.path("newsroom"), &form).await.expect(303);
    nobody.get(&format!("/media/{file}")).await.expect(200);
    owner.client.post(&owner.path(&format!("media/{entry}/delete")), &[]).await.expect(303);
    nobody.get("/@museum/press").await.expect(404);
    nobody.get(&format!("/media/{file}")).await.expect(404);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_kept() {
    let wall = TestController::new().await;
    let (owner, _) = with_posts(&wall, "museum", &["Eins"]).await;
    let form = [
        ("profiles", "javascript:alert(1)"),
        ("imprint", "nirgends"),
        ("contact_name", "Ada"),
        ("contact_mail", "kein mail"),
    ];

    let answer = owner.client.post(&owner.path("newsroom"), &form).await.expect(422).text();

    assert!(answer.contains("in jeder Zeile eine vollständige Adresse"), "{answer}");
    assert!(answer.contains("prüfen Sie die E-Mail-Adressen") && answer.contains("value=\"kein mail\""), "{answer}");
    assert!(!read(&wall.client(), "/@museum").await.contains("javascript:"));
}

#[tokio::test]
async fn nobody_gives_the_press_what_belongs_to_somebody_else() {
    for wall in TestController::on_each().await {
        let (museum, _) = with_posts(&wall, "museum", &["Eins"]).await;
        let entry = fill(&museum).await;
        let club = Owner::new(wall.client(), "club-house").await;

        let form = [("file", entry.as_str()), ("profiles", "https://club.example/")];
        club.client.post(&club.path("newsroom"), &form).await.expect(303);

        wall.client().get("/@club-house/press").await.expect(404);
        assert!(!club.client.get(&club.path("newsroom")).await.text().contains("Das Haus"));
    }
}
