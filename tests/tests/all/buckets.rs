//! Media in a bucket of a real S3: stored, served, gone with their entry; and what becomes of them when it fails.

mod failing;

use controller::{
    features::media,
    store::{LibraryEntry, LibraryQuery, Media},
};
use harness::{Bucket, Controller, Owner, Part, TestController, at_hand};
use reqwest::Method;

use crate::{library, media_command::jpeg};

/// A photo that is kept in many sizes.
fn photo(seed: u32) -> Vec<u8> {
    library::photo(2_400, 1_500, seed)
}

/// A controller whose media lie in a bucket, which may be reached by way of somebody else; and its owner.
async fn house(url: &str) -> (TestController, Owner) {
    let settings = Bucket::settings(url);
    let wall = TestController::with(|config| {
        config.bucket = Some(settings);
        config.film_megabytes = 40;
    })
    .await;
    let owner = Owner::new(wall.client(), "museum").await;
    (wall, owner)
}

/// The account of an owner.
async fn account(wall: &TestController, owner: &Owner) -> String {
    wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id
}

/// All that is in the library.
async fn entries(wall: &TestController, owner: &Owner) -> Vec<LibraryEntry> {
    let all = LibraryQuery { limit: 99, ..LibraryQuery::default() };
    wall.app.store.list_library(&account(wall, owner).await, &all).await.unwrap()
}

/// Makes a picture the stage's logo, which everybody may see; its media.
async fn show(wall: &TestController, owner: &Owner, picture: Vec<u8>) -> Media {
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    let kept = media::library::take_picture(&wall.app, &stage.account_id, "b.jpg", picture).await.unwrap();
    let shown = controller::store::Stage { logo_id: Some(kept.id.clone()), ..stage };
    assert!(wall.app.store.change_stage(&shown).await.unwrap());
    kept
}

/// Where a file lies in the bucket.
fn place(sha256: &str) -> String {
    format!("{}/{}/{sha256}", &sha256[..2], &sha256[2..4])
}

fn places(media: &Media) -> Vec<String> {
    let mut places: Vec<_> = media.renditions.iter().map(|file| place(&file.sha256)).collect();
    places.sort();
    places
}

#[tokio::test]
async fn an_upload_lies_in_the_bucket_is_served_from_it_and_goes_with_its_entry() {
    if !at_hand(Part::Bucket) {
        return;
    }
    let bucket = Bucket::new().await;
    let (wall, owner) = house(&bucket.url).await;

    owner.client.upload(&owner.path("media"), &[], "files", ("Steg.jpg", photo(1))).await.expect(303);
    let entry = entries(&wall, &owner).await;
    let shown = show(&wall, &owner, photo(1)).await;

    assert_eq!(bucket.places().await, places(&shown), "the same picture, kept once");
    assert!(!wall.app.config.data.join("media").exists(), "nothing lies on this machine");
    assert!(shown.renditions.len() > 2);
    let visitor = wall.client();
    for file in &shown.renditions {
        let path = format!("/media/{}", file.sha256);
        let whole = visitor.get(&path).await.expect(200);
        assert_eq!(whole.bytes, bucket.content(&place(&file.sha256)).await);
        assert_eq!(controller::tools::pictures::sha256(&whole.bytes), file.sha256);
        let tag = format!("\"{}\"", file.sha256);
        for (header, value) in [
            ("content-type", "image/jpeg"),
            ("content-length", file.length.to_string().as_str()),
            ("etag", &tag),
            ("cache-control", "public, max-age=31536000, s-maxage=1, immutable"),
            ("x-content-type-options", "nosniff"),
            ("content-disposition", &format!("inline; filename=\"{}.jpg\"", &file.sha256[..12])),
            ("server", ""),
            ("x-amz-request-id", ""),
        ] {
            assert_eq!(whole.header(header), value, "{header}");
        }
        let ask =
            async |name: &str, value: &str| visitor.send(visitor.request(Method::GET, &path).header(name, value)).await;
        assert!(ask("if-none-match", &tag).await.expect(304).bytes.is_empty());
        // As a kiosk goes on with what broke off.
        let half = whole.bytes.len() / 2;
        let rest = ask("range", &format!("bytes={half}-")).await.expect(206);
        assert_eq!(rest.header("content-range"), format!("bytes {half}-{}/{}", file.length - 1, file.length));
        assert_eq!([&whole.bytes[..half], &rest.bytes].concat(), whole.bytes);
        assert_eq!(ask("range", "bytes=-5").await.expect(206).bytes, whole.bytes[whole.bytes.len() - 5..]);
        ask("range", &format!("bytes={}-", file.length)).await.expect(416);
    }

    let gone = owner.client.post(&owner.path(&format!("media/{}/delete", entry[0].id)), &[("sure", "true")]).await;
    gone.expect(303);

    assert_eq!(bucket.places().await, Vec::<String>::new());
    visitor.get(&format!("/media/{}", shown.renditions[0].sha256)).await.expect(404);
}

#[tokio::test]
async fn large_files_pass_in_parts_and_what_nobody_knows_is_swept_away() {
    if !at_hand(Part::Bucket) {
        return;
    }
    if !at_hand(Part::Films) {
        return;
    }
    let bucket = Bucket::new().await;
    let (wall, owner) = house(&bucket.url).await;
    let film = [b"\0\0\0\x18ftypmp42".as_slice(), &vec![7; 20 << 20]].concat();
    let sha256 = controller::tools::pictures::sha256(&film);

    owner.client.upload(&owner.path("media"), &[], "files", ("lang.mp4", film.clone())).await.expect(303);
    bucket.put("aa/bb/no-hash", b"not ours".to_vec()).await;
    let stray = jpeg(8, 8, 1);
    let stray_place = place(&controller::tools::pictures::sha256(&stray));
    bucket.put(&stray_place, stray).await;

    assert!(bucket.content(&place(&sha256)).await == film);
    let copy = tempfile::NamedTempFile::new().unwrap();
    let mut open = tokio::fs::File::create(copy.path()).await.unwrap();
    let name = controller::services::storage::FileName::parse(&sha256).unwrap();
    assert!(wall.app.storage.copy_to(&name, &mut open).await.unwrap());
    assert!(std::fs::read(copy.path()).unwrap() == film);
    let real = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    wall.app.clock.set(i64::try_from(real).unwrap() + 2 * 3_600_000);
    assert_eq!(media::sweep(&wall.app).await.unwrap(), 1);
    let left = bucket.places().await;
    assert!(!left.contains(&stray_place) && left.contains(&"aa/bb/no-hash".to_owned()), "{left:?}");
    assert!(left.contains(&place(&sha256)), "a row knows it");
}

#[tokio::test]
async fn the_program_keeps_media_in_a_bucket_and_says_what_is_wrong_with_its_settings() {
    if !at_hand(Part::Bucket) {
        return;
    }
    let bucket = Bucket::new().await;
    let mut controller = Controller::with_settings(&Bucket::environment(&bucket.url)).await;
    let owner = Owner::new(controller.client(), "museum").await;
    owner.client.upload(&owner.path("media"), &[], "files", ("Steg.jpg", photo(1))).await.expect(303);
    let places = bucket.places().await;
    assert!(places.len() > 2, "{places:?}");

    controller.start_again().await;

    let path = format!("/dashboard/media/{}", places[0].rsplit('/').next().unwrap());
    let served = owner.client.get(&path).await.expect(200);
    assert_eq!(served.bytes, bucket.content(&places[0]).await);
    let printed = String::from_utf8(controller.command(&["config"]).stdout).unwrap();
    assert!(printed.contains("[s3]\nbucket = \"media\"") && printed.contains("# secret: set"), "{printed}");
    assert!(!printed.contains("\"secret\""), "{printed}");
    for (settings, why) in [
        (&["--s3-bucket", "other"], "NoSuchBucket"),
        (&["--s3-endpoint", "ftp://127.0.0.1"], "must be http:// or https://"),
    ] {
        let output =
            controller.command(&[["serve", "--listen", "127.0.0.1:0"].as_slice(), settings.as_slice()].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("s3") && said.contains(why), "{said}");
    }
}
