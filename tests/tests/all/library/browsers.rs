//! Pictures for browsers: smaller files beside the JPEG, alike in colour, public as long as their picture is.

use std::process::Command;

use controller::{
    features::media,
    store::{Below, PostGroup},
};
use harness::{FeedServer, NOON, Owner, Part, Post, TestController, at_hand};
use image::{ImageFormat, Rgb, RgbImage};

/// How many sizes the picture of the post has.
const JPEGS: usize = 5;

/// A photo, more or less: soft shapes with some grain.
pub(crate) fn photo(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ seed).wrapping_mul(2_246_822_519) >> 28;
        let wave = |over: u32| (((x + seed) as f32 / over as f32).sin() * 60.0 + (y as f32 / 90.0).cos() * 50.0) as i32;
        let part = |base: i32, over: u32| (base + wave(over) + grain as i32).clamp(0, 255) as u8;
        Rgb([part(170, 130), part(110, 170), part(60, 90)])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// How far two pictures are apart, on average, of 255. AVIF lacks the last one of an odd number of rows.
fn distance(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.width(), other.width());
    assert!(one.height() - other.height() <= one.height() % 2);
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / other.as_raw().len() as f64
}

#[tokio::test]
async fn a_post_shows_smaller_files_and_its_jpeg_until_they_are_made() {
    if !at_hand(Part::Films) || !at_hand(Part::Heif) {
        return;
    }
    for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
        let feed = FeedServer::new().await;
        // 213, 427, 854 and 1067 rows: odd numbers, too.
        feed.serve("/steg.jpg", "image/jpeg", photo(1_600, 1_067, 1));
        feed.append(Post::new("1", "Am Wasser", "<p>Text</p>").with_picture("/steg.jpg"));
        let owner = Owner::new(wall.client(), "museum").await;
        owner.client.upload(&owner.path("media"), &[], "files", ("a.jpg", photo(700, 500, 9))).await.expect(303);
        owner.link(&feed.url()).await;
        for source in wall.app.store.claim_due_sources(NOON, NOON + 60_000, 9).await.unwrap() {
            controller::features::sources::visit(&wall.app, &source).await.unwrap();
        }
        let before = owner.newsroom().await;
        assert!(before.contains("<picture><img") && !before.contains("image/avif"), "{before}");

        assert!(media::encode_next(&wall.app).await.unwrap());
        assert!(!media::encode_next(&wall.app).await.unwrap(), "once; and what no post shows needs none");

        // Nobody tells of it: a page that is kept goes on for less than a second.
        owner.newsroom_says("image/avif").await;
        let room = owner.newsroom().await;
        let slug = room.split("/p/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = wall.client().get(&format!("/@museum/p/{slug}")).await.expect(200).text();
        for place in [&room, &page] {
            let avif = place.find("type=\"image/avif\"").unwrap();
            let webp = place.find("type=\"image/webp\"").unwrap();
            assert!(avif < webp && webp < place[avif..].find("<img").unwrap() + avif, "the best first: {place}");
        }
        let path = |kind: &str| {
            let sizes = room.split(&format!("type=\"{kind}\" srcset=\"")).nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(sizes.split(", ").count(), JPEGS, "{kind} in every size: {sizes}");
            let one = sizes.split(", ").find(|one| one.ends_with(" 640w")).unwrap_or_else(|| panic!("{sizes}"));
            one.split(' ').next().unwrap().to_owned()
        };
        let jpeg = room.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let jpeg = wall.client().get(&jpeg).await.expect(200);
        let original = image::load_from_memory(&jpeg.bytes).unwrap().to_rgb8();
        for kind in ["image/webp", "image/avif"] {
            let file = wall.client().get(&path(kind)).await.expect(200);
            assert_eq!(file.header("content-type"), kind);
            assert_eq!(file.header("cache-control"), "public, max-age=31536000, s-maxage=1, immutable");
            assert!(file.bytes.len() < jpeg.bytes.len(), "{kind}: {} of {}", file.bytes.len(), jpeg.bytes.len());
            let away = distance(&original, &decoded(kind, &file.bytes));
            assert!(away < 6.0, "{kind}: {away}");
        }
        owner.client.post(&owner.path(&format!("posts/{}/hide", post(&wall, &owner).await)), &[]).await.expect(303);
        wall.client().get(&path("image/avif")).await.expect(404);
    }
}

async fn post(wall: &TestController, owner: &Owner) -> String {
    let (app, below) = (&wall.app, Below::default());
    let posts = app.store.list_posts(&owner.stage_id, PostGroup::All, &below, app.clock.now(), 1).await;
    posts.unwrap().remove(0).id
}

fn decoded(kind: &str, bytes: &[u8]) -> RgbImage {
    if kind == "image/webp" {
        return image::load_from_memory(bytes).unwrap().to_rgb8();
    }
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("a.avif"), folder.path().join("a.png"));
    std::fs::write(&from, bytes).unwrap();
    let done = Command::new("heif-convert").arg(&from).arg(&to).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    image::open(to).unwrap().to_rgb8()
}
