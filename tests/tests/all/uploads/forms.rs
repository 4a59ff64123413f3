//! The form that films are sent with: streamed, guarded, and told apart by account.

use harness::{Owner, Part, TestController, at_hand};
use reqwest::{Method, multipart};

use super::{account, item, left, send};

/// What begins like a film; nothing else of it is looked at before it is prepared.
fn film(length: usize, filling: u8) -> Vec<u8> {
    let mut film = vec![filling; length];
    film[..12].copy_from_slice(b"\0\0\0\x18ftypmp42");
    film
}

#[tokio::test]
async fn a_film_may_be_larger_than_any_other_form_and_too_large_a_one_is_told_at_its_field() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::with(|config| config.film_megabytes = 40).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("caption", "Sommer")];

    let told = owner.client.upload(&item(&owner, "film"), &fields, "film_file", ("a.mp4", film(41_000_000, 1))).await;
    let told = told.expect(422).text();
    assert!(
        told.contains("Diese Datei ist zu groß") && told.contains("Sommer") && told.contains("bis 40 MB"),
        "{told}"
    );
    assert_eq!((owner.seen().await, left(&wall)), (seen.clone(), 0), "nothing was kept");

    owner.client.upload(&item(&owner, "film"), &fields, "film_file", ("a.mp4", film(35_000_000, 1))).await.expect(303);
    let editor = owner.client.get(&owner.path(&format!("programmes/{}", owner.stage_id))).await.expect(200).text();
    assert!(editor.contains("Wartet") && editor.contains("wird bald vorbereitet"), "{editor}");
    assert_eq!(left(&wall), 0);

    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str())];
    let photo =
        owner.client.upload(&item(&owner, "photo"), &fields, "picture_file", ("a.jpg", film(27_000_000, 1))).await;
    assert!(photo.expect(422).text().contains("ist zu groß"));
    let long = "x".repeat(26 << 20);
    let fields = [("seen", seen.as_str()), ("caption", long.as_str())];
    owner.client.upload(&item(&owner, "film"), &fields, "film_file", ("", Vec::new())).await.expect(422);
}

#[tokio::test]
async fn a_film_without_the_token_before_it_is_refused() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let token = owner.client.cookie("xsrf").unwrap();
    let part = || multipart::Part::bytes(film(100_000, 2)).file_name("a.mp4");
    let forms = [
        multipart::Form::new().part("film_file", part()),
        multipart::Form::new().text("xsrf", "forged").part("film_file", part()),
        multipart::Form::new().part("film_file", part()).text("xsrf", token.clone()),
        multipart::Form::new(),
    ];

    for (number, form) in forms.into_iter().enumerate() {
        let request = owner.client.request(Method::POST, &item(&owner, "film")).multipart(form);
        assert_eq!(owner.client.send(request).await.status, 403, "{number}");
    }
    let form = multipart::Form::new().text("xsrf", token).part("film_file", part());
    let stranger = wall.client();
    let request = stranger.request(Method::POST, &item(&owner, "film")).multipart(form);
    assert_eq!(stranger.send(request).await.status, 403);
    assert_eq!(left(&wall), 0);
}

#[tokio::test]
async fn a_film_of_another_account_is_not_taken_and_no_more_than_fifty_wait() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::new().await;
    let (museum, club) = (Owner::new(wall.client(), "museum").await, Owner::new(wall.client(), "club").await);
    let (account, other) = (account(&wall, &museum).await, account(&wall, &club).await);
    let id = send(&wall, &account, &film(1_000, 0)).await.unwrap();
    assert_eq!(send(&wall, &account, &film(1_000, 0)).await.unwrap(), id, "the same once more");
    let seen = club.seen().await;

    let fields = [("seen", seen.as_str()), ("film", id.as_str())];
    club.client.upload(&item(&club, "film"), &fields, "film_file", ("", Vec::new())).await.expect(422);

    let editor = club.client.get(&club.path(&format!("programmes/{}", club.stage_id))).await.expect(200).text();
    assert!(!editor.contains(&id) && !editor.contains("Wartet"), "{editor}");
    for filling in 1..50 {
        send(&wall, &account, &film(1_000, filling)).await.unwrap();
    }
    assert_eq!(send(&wall, &account, &film(1_000, 99)).await.unwrap_err().key(), "media.film.many");
    send(&wall, &other, &film(1_000, 99)).await.unwrap();
}
