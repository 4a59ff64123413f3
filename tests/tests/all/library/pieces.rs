//! Files in pieces: the protocol, lines that break, a controller that is killed, leftovers that go.

use harness::{Answer, Controller, NOON, Owner, Part, TestClient, TestController, at_hand};
use reqwest::Method;
use sha2::{Digest, Sha256};

use super::{entries, send};
use crate::{media_command::jpeg, uploads::make};

const PIECE: &str = "application/offset+octet-stream";

/// A request of the protocol, with the token.
async fn ask(client: &TestClient, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let mut request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    request = request.header("tus-resumable", "1.0.0").header("x-xsrf", client.cookie("xsrf").unwrap_or_default());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(body)).await
}

/// Begins to send a file; its address.
async fn begin(client: &TestClient, length: usize, words: &str) -> Answer {
    let length = length.to_string();
    ask(client, "POST", "/dashboard/uploads", &[("upload-length", &length), ("upload-metadata", words)], Vec::new())
        .await
}

async fn append(client: &TestClient, path: &str, offset: usize, piece: &[u8]) -> Answer {
    let offset = offset.to_string();
    ask(client, "PATCH", path, &[("upload-offset", &offset), ("content-type", PIECE)], piece.to_vec()).await
}

async fn held(client: &TestClient, path: &str) -> usize {
    let told = ask(client, "HEAD", path, &[], Vec::new()).await.expect(200);
    assert_eq!(told.header("cache-control"), "no-store");
    told.header("upload-offset").parse().unwrap()
}

/// Files that are left where uploads wait.
fn left(data: &std::path::Path) -> usize {
    std::fs::read_dir(data.join("uploads")).map_or(0, Iterator::count)
}

/// `Steg.jpg`, changed at second 5.
const WORDS: &str = "filename U3RlZy5qcGc=,modified NQ==";

#[tokio::test]
async fn a_file_comes_in_pieces_and_goes_on_where_it_stopped() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let (client, file) = (&owner.client, jpeg(900, 600, 3));

        let able = client.send(client.request(Method::OPTIONS, "/dashboard/uploads")).await.expect(204);
        assert_eq!(able.header("tus-version"), "1.0.0");
        assert_eq!(able.header("tus-extension"), "creation,expiration,termination");
        assert_eq!(able.header("tus-max-size"), "500000000");
        let begun = begin(client, file.len(), WORDS).await.expect(201);
        let path = begun.location().to_owned();
        assert_eq!(begun.header("upload-expires"), "Tue, 05 May 2026 12:00:00 GMT");
        assert_eq!(held(client, &path).await, 0);

        let half = file.len() / 2;
        let told = append(client, &path, 0, &file[..half]).await.expect(204);
        assert_eq!((told.header("upload-offset"), told.header("tus-resumable")), (half.to_string().as_str(), "1.0.0"));
        append(client, &path, 0, &file[..half]).await.expect(409);
        append(client, &path, half + 1, &file[half + 1..]).await.expect(409);
        assert_eq!(held(client, &path).await, half, "what begins elsewhere is not taken");
        let page = client.get(&owner.path("media")).await.expect(200).text();
        assert!(page.contains("Steg.jpg") && page.contains("% sind da"), "{page}");
        let again = begin(client, file.len(), WORDS).await.expect(201);
        assert_eq!(again.location(), path, "the same file, chosen again");
        let other = begin(client, file.len(), "filename U3RlZy5qcGc=,modified Ng==").await.expect(201);
        assert_ne!(other.location(), path, "another one of the same name and length");
        ask(client, "DELETE", other.location(), &[], Vec::new()).await.expect(204);
        ask(client, "HEAD", other.location(), &[], Vec::new()).await.expect(404);

        let done = append(client, &path, half, &file[half..]).await.expect(204);
        let all = entries(&wall, &owner).await;
        assert_eq!((all.len(), all[0].name.as_str()), (1, "Steg.jpg"));
        assert_eq!(all[0].sha256, shared::hex::encode(&Sha256::digest(&file)));
        assert_eq!(done.header("litfass-media"), all[0].id);
        // Whoever did not hear that it arrived asks again.
        let told = ask(client, "HEAD", &path, &[], Vec::new()).await.expect(200);
        assert_eq!((told.header("litfass-media"), held(client, &path).await), (all[0].id.as_str(), file.len()));
        append(client, &path, file.len(), &[]).await.expect(204);
        assert_eq!(begin(client, file.len(), WORDS).await.expect(201).location(), path);
        assert_eq!((entries(&wall, &owner).await.len(), left(&wall.app.config.data)), (1, 0));
    }
}

#[tokio::test]
async fn what_is_no_request_of_the_protocol_is_told_so_and_a_bad_file_goes() {
    let wall = TestController::with(|config| (config.film_megabytes, config.media_megabytes) = (2, 3)).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let client = &owner.client;
    let path = begin(client, 100, WORDS).await.expect(201).location().to_owned();

    let old = client.request(Method::HEAD, &path).header("tus-resumable", "0.2.2");
    assert_eq!(client.send(old).await.expect(412).header("tus-version"), "1.0.0");
    ask(client, "PATCH", &path, &[("upload-offset", "0"), ("content-type", "text/plain")], vec![1]).await.expect(415);
    for offset in ["", "-1", "1.5", "+1", "99999999999999999999999"] {
        let headers = [("upload-offset", offset), ("content-type", PIECE)];
        ask(client, "PATCH", &path, &headers, vec![1]).await.expect(400);
    }
    ask(client, "POST", "/dashboard/uploads", &[("upload-defer-length", "1")], Vec::new()).await.expect(400);
    let told = begin(client, 2_000_001, WORDS).await.expect(413).text();
    assert!(told.contains("zu groß"), "{told}");
    begin(client, 0, WORDS).await.expect(413);
    begin(client, 1_900_000, "filename YQ==").await.expect(201);
    let told = begin(client, 1_900_000, "filename Yg==").await.expect(413).text();
    assert!(told.contains("reicht der Platz Ihres Kontos nicht"), "what is on its way is counted: {told}");
    for odd in ["..%2f..%2fetc%2fpasswd", "%2e%2e", "x"] {
        ask(client, "HEAD", &format!("/dashboard/uploads/{odd}"), &[], Vec::new()).await.expect(404);
    }

    let told = append(client, &path, 0, &[7; 101]).await.expect(422).text();
    assert!(told.contains("mehr an, als angekündigt"), "{told}");
    let (length, told) = (held(client, &path).await, append(client, &path, held(client, &path).await, &[7; 100]).await);
    assert!(length <= 100, "{length}");
    assert_eq!(told.status, 422, "it is no picture");
    assert!(told.text().contains("Diese Datei können wir nicht zeigen"), "{}", told.text());
    ask(client, "HEAD", &path, &[], Vec::new()).await.expect(404);
    assert!(entries(&wall, &owner).await.is_empty());
    // Without the token nobody begins, goes on or ends anything.
    let stranger = client.request(Method::POST, "/dashboard/uploads").header("tus-resumable", "1.0.0");
    client.send(stranger.header("upload-length", "9")).await.expect(403);
    let nobody = wall.client();
    nobody.get("/login").await;
    begin(&nobody, 9, WORDS).await.expect(303);
}

#[tokio::test]
async fn what_nobody_goes_on_with_goes_after_a_day_and_can_be_thrown_away_before() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let path = begin(&owner.client, 1_000, WORDS).await.expect(201).location().to_owned();
    append(&owner.client, &path, 0, &[1; 400]).await.expect(204);
    let other = begin(&owner.client, 1_001, WORDS).await.expect(201).location().to_owned();
    let id = other.rsplit('/').next().unwrap();

    owner.client.post(&owner.path(&format!("media/uploads/{id}/end")), &[]).await.expect(303);
    assert_eq!(left(&wall.app.config.data), 1);

    wall.wait_secs(24 * 3_600 - 1);
    assert_eq!(controller::features::media::arrivals::clean(&wall.app).await.unwrap(), 0);
    assert_eq!(held(&owner.client, &path).await, 400);
    wall.wait_secs(1);
    ask(&owner.client, "HEAD", &path, &[], Vec::new()).await.expect(404);
    assert_eq!(controller::features::media::arrivals::clean(&wall.app).await.unwrap(), 1);
    assert_eq!(left(&wall.app.config.data), 0);
    assert!(wall.app.clock.now() > NOON);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_survives_a_killed_controller_and_a_broken_line() {
    if !at_hand(Part::Films) {
        return;
    }
    let mut wall = Controller::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let film = make(
        "film.mp4",
        "-f lavfi -i testsrc2=size=640x360:rate=25:duration=4 -c:v libx264 -preset ultrafast -crf 8 -movflags +faststart",
    );
    assert!(film.len() > 1_000_000, "{}", film.len());
    let path = begin(&owner.client, film.len(), "filename U2VlLm1wNA==").await.expect(201).location().to_owned();

    // A line that breaks in the middle: half of what was announced comes, then nothing, then the end.
    let (third, rest) = (film.len() / 3, film.clone());
    let (sender, receiver) = tokio::sync::mpsc::channel::<std::io::Result<Vec<u8>>>(1);
    let stream =
        futures_util::stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) });
    let request = owner.client.request(Method::PATCH, &path).header("tus-resumable", "1.0.0");
    let request = request.header("x-xsrf", owner.client.cookie("xsrf").unwrap()).header("content-type", PIECE);
    let request = request.header("upload-offset", "0").body(reqwest::Body::wrap_stream(stream));
    let sending = tokio::spawn(request.send());
    sender.send(Ok(rest[..third].to_vec())).await.unwrap();
    harness::eventually("a third is there", || async { (held(&owner.client, &path).await == third).then_some(()) })
        .await;

    // The same browser on a new line: the old one, which still hangs, lets go.
    append(&owner.client, &path, third, &film[third..third + 1_000]).await.expect(204);
    drop(sender);
    let _ = sending.await;
    wall.kill();
    wall.start_again().await;
    let at = held(&owner.client, &path).await;
    assert_eq!(at, third + 1_000, "nothing that was acknowledged is lost");
    let done = append(&owner.client, &path, at, &film[at..]).await.expect(204);

    let entry = done.header("litfass-media").to_owned();
    let sha256 = wall.find_text(&format!("select sha256 from library where id = '{entry}'")).await.unwrap();
    assert_eq!(sha256, shared::hex::encode(&Sha256::digest(&film)), "each byte once, in its place");
    harness::within(std::time::Duration::from_secs(90), "the film is ready", || async {
        let state = wall.find_text("select state from films").await;
        (state.as_deref() == Some("ready")).then_some(())
    })
    .await;
    let page = owner.client.get(&owner.path(&format!("media/{entry}"))).await.expect(200).text();
    assert!(page.contains("See.mp4") && page.contains("<video"), "{page}");
}

#[tokio::test]
async fn a_form_without_scripts_takes_large_films_too() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::with(|config| config.film_megabytes = 40).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let film = |length: usize| {
        let mut film = vec![3; length];
        film[..12].copy_from_slice(b"\0\0\0\x18ftypmp42");
        film
    };

    send(&owner, "lang.mp4", film(35_000_000)).await.expect(303);
    let told = send(&owner, "zu lang.mp4", film(41_000_000)).await.expect(422).text();

    assert!(told.contains("zu lang.mp4") && told.contains("zu groß"), "{told}");
    assert_eq!((entries(&wall, &owner).await.len(), left(&wall.app.config.data)), (1, 0));
    let forged = owner.client.request(Method::POST, &owner.path("media"));
    let part = reqwest::multipart::Part::bytes(jpeg(64, 64, 1)).file_name("a.jpg");
    let form = reqwest::multipart::Form::new().text("xsrf", "forged").part("files", part);
    owner.client.send(forged.multipart(form)).await.expect(403);
}
