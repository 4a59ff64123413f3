//! A bucket that is slow, busy, cut off or lying: nobody takes a piece for the whole, and nothing that was sent is lost.

use std::time::{Duration, Instant};

use controller::features::{media, sources};
use harness::{Bucket, Fault, Faults, FeedServer, Owner, Part, Post, TestController, at_hand, postgres_url};
use reqwest::Method;

use super::{account, entries, house, photo, place, places, show};
use crate::{media_command::files, uploads::make};

/// More than is asked again.
const ALWAYS: usize = 1_000;

/// A controller with its owner, its bucket, and whoever stands between them.
struct House {
    wall: TestController,
    owner: Owner,
    bucket: Bucket,
    faults: Faults,
}

impl House {
    /// `None` where this machine has no S3 server.
    async fn new() -> Option<Self> {
        if !at_hand(Part::Bucket) {
            return None;
        }
        let bucket = Bucket::new().await;
        let faults = Faults::before(&bucket.url).await;
        let (wall, owner) = house(&faults.url).await;
        Some(Self { wall, owner, bucket, faults })
    }

    /// What a visitor gets: status and body, or nothing where the line breaks.
    async fn fetch(&self, path: &str) -> Option<(u16, Vec<u8>)> {
        let answer = self.owner.client.request(Method::GET, path).send().await.ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.bytes().await.ok()?.to_vec()))
    }

    /// Sends a picture as a form does; the status and the page.
    async fn send(&self, picture: Vec<u8>) -> (u16, String) {
        let path = self.owner.path("media");
        let answer = self.owner.client.upload(&path, &[], "files", ("Steg.jpg", picture)).await;
        (answer.status, answer.text())
    }

    async fn entries(&self) -> usize {
        entries(&self.wall, &self.owner).await.len()
    }

    fn uploads_left(&self) -> usize {
        files(&self.wall.app.config.data.join("uploads")).len()
    }
}

#[tokio::test]
async fn what_hiccups_is_asked_again_and_nobody_notices() {
    let Some(house) = House::new().await else { return };
    let kept = show(&house.wall, &house.owner, photo(1)).await;
    let largest = kept.renditions.last().unwrap();
    let path = format!("/media/{}", largest.sha256);
    let whole = house.bucket.content(&place(&largest.sha256)).await;

    for fault in [Fault::Status(500), Fault::Status(503), Fault::Slow(Duration::from_millis(700)), Fault::Cut] {
        house.faults.fail(Method::GET, fault.clone(), 2);
        assert!(house.fetch(&path).await == Some((200, whole.clone())), "{fault:?}");
        assert!(house.faults.mend() > 0, "{fault:?}");
    }
    house.faults.fail(Method::PUT, Fault::Status(503), 2);
    assert_eq!(house.send(photo(2)).await.0, 303);
    assert_eq!(house.faults.mend(), 2);
}

#[tokio::test]
async fn nobody_gets_a_piece_for_the_whole_or_something_else() {
    let Some(house) = House::new().await else { return };
    let kept = show(&house.wall, &house.owner, photo(1)).await;
    for file in [&kept.renditions[0], kept.renditions.last().unwrap()] {
        let (path, length) = (format!("/media/{}", file.sha256), usize::try_from(file.length).unwrap());
        let elsewhere = Fault::Elsewhere(format!("{}/media/{}", house.bucket.url, place(&file.sha256)));
        for fault in [Fault::Cut, Fault::Short, Fault::Wrong, Fault::Status(500), Fault::Status(503), elsewhere] {
            house.faults.fail(Method::GET, fault.clone(), ALWAYS);
            let begun = Instant::now();
            // Either words that say so, or a line that breaks before the end; never a good answer.
            match house.fetch(&path).await {
                Some((status, body)) => {
                    assert!(status == 503 && body.is_empty(), "{fault:?}: {status}, {} of {length}", body.len());
                }
                None => assert!(matches!(fault, Fault::Cut | Fault::Short | Fault::Wrong), "{fault:?}"),
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{fault:?} took {:?}", begun.elapsed());
            house.faults.mend();
        }
        assert_eq!(house.fetch(&path).await.map(|(status, body)| (status, body.len())), Some((200, length)));
    }
    // Another picture: a small one that was given once is held in memory for a while.
    let kept = show(&house.wall, &house.owner, photo(2)).await;
    let told = {
        house.faults.fail_all(Fault::Status(503));
        let path = format!("/media/{}", kept.renditions[0].sha256);
        house.owner.client.get(&path).await.expect(503)
    };
    assert_eq!((told.header("retry-after"), told.header("cache-control")), ("5", "no-store"));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left_after_a_while() {
    let Some(house) = House::new().await else { return };
    let kept = show(&house.wall, &house.owner, photo(1)).await;
    house.faults.fail_all(Fault::Slow(Duration::from_secs(60)));

    let begun = Instant::now();
    let (status, _) = house.fetch(&format!("/media/{}", kept.renditions[0].sha256)).await.unwrap();

    assert_eq!(status, 503);
    assert!(begun.elapsed() < Duration::from_secs(30), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_part_that_is_cut_off_is_not_taken_for_the_part() {
    let Some(house) = House::new().await else { return };
    let kept = show(&house.wall, &house.owner, photo(1)).await;
    let path = format!("/media/{}", kept.renditions.last().unwrap().sha256);
    for fault in [Fault::Short, Fault::Cut] {
        house.faults.fail(Method::GET, fault.clone(), ALWAYS);
        let request = house.owner.client.request(Method::GET, &path).header("range", "bytes=100-60099");
        let part = match request.send().await {
            Ok(answer) => answer.bytes().await.ok().map(|body| body.len()),
            Err(_) => None,
        };
        assert!(part.is_none_or(|length| length == 0), "{fault:?}: {part:?} bytes as if they were all");
        house.faults.mend();
    }
}

#[tokio::test]
async fn an_upload_while_it_fails_is_told_what_to_do_and_leaves_no_half() {
    let Some(house) = House::new().await else { return };

    for fault in [Fault::Status(500), Fault::Status(503), Fault::Cut] {
        house.faults.fail(Method::PUT, fault.clone(), ALWAYS);
        let (status, page) = house.send(photo(1)).await;
        assert_eq!(status, 422, "{fault:?}");
        assert!(page.contains("Steg.jpg") && page.contains("antwortet gerade nicht"), "{fault:?}: {page}");
        assert_eq!((house.entries().await, house.uploads_left()), (0, 0), "{fault:?}");
        house.faults.mend();
    }
    house.faults.fail_after(2, Method::PUT, Fault::Status(503));
    assert_eq!(house.send(photo(1)).await.0, 422);
    assert_eq!((house.entries().await, house.bucket.places().await.len()), (0, 2), "what got there is nobody's");
    house.faults.mend();
    assert_eq!(house.send(photo(1)).await.0, 303);
    let account = account(&house.wall, &house.owner).await;
    let entry = entries(&house.wall, &house.owner).await.remove(0);
    let media = house.wall.app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
    for file in &media.renditions {
        assert_eq!(house.bucket.content(&place(&file.sha256)).await.len(), usize::try_from(file.length).unwrap());
    }
    assert_eq!(house.entries().await, 1);
}

#[tokio::test]
async fn a_file_in_pieces_waits_until_it_can_be_stored() {
    let Some(house) = House::new().await else { return };
    let (client, picture) = (&house.owner.client, photo(3));
    let ask = async |method: &str, path: &str, headers: &[(&str, String)], body: Vec<u8>| {
        let mut request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
        request = request.header("tus-resumable", "1.0.0").header("x-xsrf", client.cookie("xsrf").unwrap_or_default());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        client.send(request.body(body)).await
    };
    let begun = ask("POST", "/dashboard/uploads", &[("upload-length", picture.len().to_string())], Vec::new()).await;
    let path = begun.expect(201).location().to_owned();
    let piece = |offset: usize| {
        let kind = "application/offset+octet-stream".to_owned();
        [("upload-offset", offset.to_string()), ("content-type", kind)]
    };

    house.faults.fail(Method::PUT, Fault::Status(503), ALWAYS);
    let told = ask("PATCH", &path, &piece(0), picture.clone()).await.expect(503).text();
    assert!(told.contains("antwortet gerade nicht"), "{told}");
    assert_eq!((house.entries().await, house.uploads_left()), (0, 1), "all of it is here");
    house.faults.mend();
    let done = ask("PATCH", &path, &piece(picture.len()), Vec::new()).await.expect(204);

    assert!(!done.header("litfass-media").is_empty());
    assert_eq!((house.entries().await, house.uploads_left()), (1, 0));
}

#[tokio::test]
async fn a_post_waits_for_the_bucket_with_its_picture() {
    let Some(house) = House::new().await else { return };
    let feed = FeedServer::new().await;
    feed.serve("/boat.jpg", "image/jpeg", photo(1));
    feed.append(Post::new("1", "Ein Boot", "<p>Text</p>").with_picture("/boat.jpg"));
    let settings = Bucket::settings(&house.faults.url);
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let wall = TestController::with(|config| {
        config.bucket = Some(settings);
        config.allow.push(host);
    })
    .await;
    let owner = Owner::new(wall.client(), "museum").await;
    owner.link(&feed.url()).await;
    let visit = async || {
        wall.wait_secs(24 * 3_600);
        let now = wall.app.clock.now();
        let source = wall.app.store.claim_due_sources(now, now + 60_000, 1).await.unwrap().remove(0);
        sources::visit(&wall.app, &source).await.unwrap()
    };

    house.faults.fail(Method::PUT, Fault::Status(503), ALWAYS);
    let first = visit().await;
    assert_eq!((first.new, first.failed), (0, 1));
    house.faults.mend();
    let second = visit().await;

    assert_eq!((second.new, second.failed, second.without_picture), (1, 0, 0));
    assert!(owner.newsroom().await.contains("/media/"), "with its picture");
}

#[tokio::test]
async fn what_cannot_be_removed_now_is_removed_later_and_seen_by_nobody() {
    let Some(house) = House::new().await else { return };
    let kept = show(&house.wall, &house.owner, photo(1)).await;
    let account = account(&house.wall, &house.owner).await;
    let path = format!("/media/{}", kept.renditions[0].sha256);
    assert_eq!(house.fetch(&path).await.unwrap().0, 200);

    house.faults.fail(Method::DELETE, Fault::Status(503), ALWAYS);
    let entry = house.wall.app.store.find_library_entry_by_hash(&account, &kept.sha256).await.unwrap().unwrap();
    assert!(media::library::delete(&house.wall.app, &account, &entry.id).await.unwrap(), "it is deleted all the same");
    assert_eq!(house.fetch(&path).await.unwrap().0, 404);
    assert_eq!(house.bucket.places().await.len(), kept.renditions.len());
    assert!(house.wall.app.storage.has_left_behind(), "the next sweep is due at once");

    house.faults.mend();
    let real = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    house.wall.app.clock.set(i64::try_from(real).unwrap() + 2 * 3_600_000);
    assert_eq!(media::sweep(&house.wall.app).await.unwrap(), kept.renditions.len());
    assert!(house.bucket.places().await.is_empty());
}

#[tokio::test]
async fn a_file_that_goes_at_one_controller_while_another_stores_it_is_there_in_the_end() {
    let (Some(database), true) = (postgres_url().await, at_hand(Part::Bucket)) else { return };
    let bucket = Bucket::new().await;
    let faults = Faults::before(&bucket.url).await;
    let settings = Bucket::settings(&faults.url);
    let one = TestController::with(|config| {
        config.bucket = Some(settings.clone());
        config.database = Some(database.clone());
    })
    .await;
    let other = TestController::with(|config| {
        config.bucket = Some(settings);
        config.database = Some(database);
    })
    .await;
    let owner = Owner::new(one.client(), "museum").await;
    let account = account(&one, &owner).await;
    let kept = media::library::take_picture(&one.app, &account, "a.jpg", photo(1)).await.unwrap();
    let entry = one.app.store.find_library_entry_by_hash(&account, &kept.sha256).await.unwrap().unwrap();

    faults.fail(Method::DELETE, Fault::Slow(Duration::from_millis(300)), ALWAYS);
    let again = async {
        // The row is gone by now, and the first file is on its way out.
        tokio::time::sleep(Duration::from_millis(150)).await;
        media::library::take_picture(&other.app, &account, "a.jpg", photo(1)).await.unwrap()
    };
    let (gone, again) = tokio::join!(media::library::delete(&one.app, &account, &entry.id), again);

    assert!(gone.unwrap());
    assert_eq!(bucket.places().await, places(&again));
}

#[tokio::test]
async fn a_film_in_a_bucket_is_prepared_once_the_bucket_gives_it() {
    if !at_hand(Part::Films) {
        return;
    }
    let Some(house) = House::new().await else { return };
    let film = make("film.mp4", "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -c:v libx264 -preset ultrafast");
    let path = house.owner.path("media");
    house.owner.client.upload(&path, &[], "files", ("Steg.mp4", film)).await.expect(303);
    let app = &house.wall.app;

    house.faults.fail(Method::GET, Fault::Cut, ALWAYS);
    assert!(media::prepare_next(app).await.is_err(), "it is tried again");
    house.faults.mend();
    house.faults.fail(Method::PUT, Fault::Status(503), ALWAYS);
    assert!(media::prepare_next(app).await.is_err());
    house.faults.mend();
    assert!(media::prepare_next(app).await.unwrap());

    let account = account(&house.wall, &house.owner).await;
    let entry = entries(&house.wall, &house.owner).await.remove(0);
    let poster = app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
    assert_eq!((poster.width, poster.height), (320, 180));
    let film = app.store.find_film(&account, &entry.media_id).await.unwrap().unwrap().sha256;
    let mut shown = [places(&poster), vec![place(&film)]].concat();
    shown.sort();
    assert_eq!(house.bucket.places().await, shown, "what was sent is gone, what is shown is there");
    let whole = house.bucket.content(&place(&film)).await;
    assert_eq!(controller::tools::pictures::sha256(&whole), film);
    assert_eq!(house.uploads_left(), 0);
}
