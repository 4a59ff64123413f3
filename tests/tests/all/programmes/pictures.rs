//! Pictures in slides: sent as a browser sends them, put in order, described, taken back, and in the published programme.

use std::time::Duration;

use harness::{Owner, TestController, within};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use shared::slides::{Focus, Photo, Slide};

use super::{FETCH, open, screen};

fn place(owner: &Owner) -> String {
    owner.path(&format!("programmes/{}", owner.stage_id))
}

/// A photo of one colour.
fn jpeg(colour: [u8; 3]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(640, 400, Rgb(colour))).write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// Fills in the form of an item that is there, with everything its page would send.
async fn save(owner: &Owner, item: &str, fields: &[(&str, &str)], file: (&str, Vec<u8>)) {
    let seen = owner.seen().await;
    let mut all = vec![("seen", seen.as_str())];
    all.extend(fields);
    owner.client.upload(&format!("{}/item?item={item}", place(owner)), &all, "pictures_file", file).await.expect(303);
}

async fn act(owner: &Owner, what: &str) {
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", what)];
    owner.client.post(&format!("{}/do", place(owner)), &fields).await.expect(303);
}

/// Ids of the pictures in the form of an item, in their order.
async fn chosen(owner: &Owner, item: &str) -> Vec<String> {
    let form = owner.client.get(&format!("{}/item?item={item}", place(owner))).await.expect(200).text();
    let ids = form.split("name=\"pictures_place_").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn photos_are_sent_put_in_order_described_and_shown() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let (kiosk, paired) = screen(&wall, &owner, 1).await;
        let photos = async || -> Vec<Photo> {
            let document = open(&kiosk.get(FETCH).await.expect(200).bytes, &paired);
            let entries = document.plans[0].regions[0].playlist.entries.clone();
            let photo = |slide: Slide| if let Slide::Photo(photo) = slide { Some(photo) } else { None };
            entries.into_iter().filter_map(|entry| photo(entry.slide)).collect()
        };
        let seen = owner.seen().await;
        let new = format!("{}/item?plan=default&region=main&kind=photos", place(&owner));
        let fields = [("seen", seen.as_str()), ("credit", "Foto: Ada")];

        let red = ("rot.jpg", jpeg([200, 0, 0]));
        let added = owner.client.upload(&new, &fields, "pictures_file", red).await.expect(303);
        let item = added.location().split_once("#item-").unwrap().1.to_owned();
        let first = chosen(&owner, &item).await.remove(0);
        save(&owner, &item, &[("pictures", &first)], ("blau.jpg", jpeg([0, 0, 200]))).await;
        let both = chosen(&owner, &item).await;
        assert_eq!((both.len(), &both[0]), (2, &first), "the newer one comes last");

        // The other way round, with words and a place that must stay in sight.
        let (one, other) = (format!("pictures_place_{}", both[0]), format!("pictures_place_{}", both[1]));
        let (alt, focus) = (format!("pictures_alt_{}", both[1]), format!("pictures_focus_{}", both[1]));
        let turned = [
            ("pictures", both[0].as_str()),
            ("pictures", &both[1]),
            (&one, "2"),
            (&other, "1"),
            (&alt, "Der  Hafen"),
            (&focus, "15,85"),
        ];
        save(&owner, &item, &turned, ("", Vec::new())).await;
        assert_eq!(chosen(&owner, &item).await, [both[1].clone(), both[0].clone()]);
        act(&owner, "publish").await;
        let shown = within(Duration::from_secs(2), "two photos", async || {
            Some(photos().await).filter(|photos| photos.len() == 2)
        })
        .await;
        let pictures: Vec<_> = shown.iter().map(|photo| photo.picture.clone().unwrap()).collect();
        assert_eq!((pictures[0].alt.as_str(), pictures[0].focus), ("Der Hafen", Focus { x: 15, y: 85 }));
        assert_eq!((pictures[1].alt.as_str(), pictures[1].focus), ("", Focus::default()));
        for picture in &pictures {
            let file = kiosk.get(&format!("/media/{}", picture.sha256)).await.expect(200);
            assert_eq!(file.bytes.len() as u64, picture.length);
        }
        let blue = image::load_from_memory(&kiosk.get(&format!("/media/{}", pictures[0].sha256)).await.bytes).unwrap();
        assert!(blue.to_rgb8().get_pixel(9, 9).0[2] > 150, "the blue one comes first");

        // Each of these is taken back.
        act(&owner, "undo").await;
        assert_eq!(chosen(&owner, &item).await, both);
        act(&owner, "undo").await;
        assert_eq!(chosen(&owner, &item).await, [first]);
    }
}
