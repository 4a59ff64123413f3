//! Files that mean harm: each is refused with a word of advice, or comes out harmless, and leaves nothing behind.

use harness::{Controller, Owner, Part, TestController, at_hand};

use super::{entries, named, send};
use crate::media_command::{bomb, files, heif, heif_turned_by_exif, heif_turned_by_itself, jpeg};

/// A GIF of so many frames of one pixel.
fn gif(frames: usize) -> Vec<u8> {
    let mut file = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    (0..frames).for_each(|_| file.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"));
    file.push(b';');
    file
}

/// A film that says it is as large as nothing is.
fn absurd_film() -> Vec<u8> {
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.extend(b"\xff\xff\xff\xffmoov\0\0\0\x6cmvhd");
    film.extend([0xff; 500]);
    film
}

#[tokio::test]
async fn bad_files_are_refused_in_words_and_leave_nothing() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let picture = jpeg(640, 400, 1);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let zip = [b"PK\x03\x04".as_slice(), &[0; 400]].concat();
    let strip = {
        let mut png = std::io::Cursor::new(Vec::new());
        let image = image::RgbImage::new(2_000, 1);
        image::DynamicImage::from(image).write_to(&mut png, image::ImageFormat::Png).unwrap();
        png.into_inner()
    };

    for (name, content, words) in [
        ("leer.jpg", Vec::new(), "Diese Datei ist leer"),
        ("bombe.png", bomb(), "breiter oder höher als 16.384"),
        ("lang.gif", gif(10_000), "mehr als 1.000 Einzelbilder"),
        ("strich.png", strip, "sehr langer Streifen"),
        ("skript.svg", svg.clone(), "können wir nicht zeigen"),
        ("skript.jpg", svg, "können wir nicht zeigen"),
        ("seite.png", b"<!doctype html><script>alert(1)</script>".to_vec(), "können wir nicht zeigen"),
        ("archiv.jpg", zip, "können wir nicht zeigen"),
        ("programm.png", [b"\x7fELF".as_slice(), &[0; 400]].concat(), "können wir nicht zeigen"),
        ("halb.jpg", picture[..picture.len() / 2].to_vec(), "beschädigt oder unvollständig"),
        ("schwer.jpg", [picture.clone(), vec![0; 21 << 20]].concat(), "größer als 20 MB"),
        ("schwer.bin", vec![9; 21 << 20], "können wir nicht zeigen"),
    ] {
        let told = send(&owner, name, content).await.expect(422).text();
        assert!(told.contains(words) && told.contains(name), "{name}: {told}");
    }
    assert!(entries(&wall, &owner).await.is_empty());
    assert!(files(&wall.app.config.data.join("media")).is_empty());
    assert_eq!(files(&wall.app.config.data.join("uploads")).len(), 0);
}

#[tokio::test]
async fn a_polyglot_and_an_odd_name_come_out_as_a_picture_and_nothing_else() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let before = files(&wall.app.config.data);
    let hidden: &[u8] = b"<script>alert(document.cookie)</script>PK\x03\x04%PDF-1.7 ";
    let polyglot = [jpeg(64, 64, 1).as_slice(), hidden].concat();

    for (number, name) in [
        "../../../etc/cron.d/x",
        "..\\..\\web.config",
        "a.php;.jpg",
        "<img src=x onerror=alert(1)>.jpg",
        "CON",
        ".htaccess",
    ]
    .into_iter()
    .enumerate()
    {
        let file = [polyglot.as_slice(), &[number as u8]].concat();
        send(&owner, name, file).await.expect(303);
    }

    let all = entries(&wall, &owner).await;
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|entry| !entry.name.contains(['/', '\\', '\0'])), "{all:?}");
    let page = owner.client.get(&owner.path("media")).await.expect(200).text();
    assert!(!page.contains("<img src=x") && page.contains("onerror"), "{page}");
    for file in files(&wall.app.config.data).into_iter().filter(|file| !before.contains(file)) {
        let inside = file.strip_prefix(&wall.app.config.data).unwrap();
        if !inside.starts_with("media") {
            continue;
        }
        let name = inside.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", file.display());
        let content = std::fs::read(&file).unwrap();
        assert!(!content.windows(7).any(|window| window == b"<script"), "{}", file.display());
    }
}

#[tokio::test]
async fn a_file_without_an_end_is_left_and_leaves_nothing() {
    let wall = TestController::with(|config| config.film_megabytes = 1).await;
    let owner = Owner::new(wall.client(), "museum").await;
    let token = owner.client.cookie("xsrf").unwrap();
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"xsrf\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"files\"; filename=\"endlos.mp4\"\r\n\r\n"
    );
    let film = [b"\0\0\0\x18ftypmp42".as_slice(), &[0; 64 << 10]].concat();
    let endless = futures_util::stream::iter(std::iter::once(head.into_bytes()).chain(std::iter::repeat(film)));
    let endless = futures_util::StreamExt::map(endless, Ok::<_, std::io::Error>);
    let request = owner.client.request(reqwest::Method::POST, &owner.path("media"));
    let request = request.header("content-type", "multipart/form-data; boundary=x");

    let sent = request.body(reqwest::Body::wrap_stream(endless)).send();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(30), sent).await.expect("an end");

    // Whoever never stops talking may find the line cut before the answer is read.
    assert!(ended.is_err() || ended.is_ok_and(|answer| answer.status() == 422));
    assert!(entries(&wall, &owner).await.is_empty());
    assert_eq!(files(&wall.app.config.data.join("uploads")).len(), 0);
}

#[tokio::test]
async fn an_absurd_film_is_refused_once_it_is_looked_at() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;

    send(&owner, "absurd.mp4", absurd_film()).await.expect(303);
    assert!(controller::features::media::prepare_next(&wall.app).await.unwrap());

    let page = owner.client.get(&owner.path("media")).await.expect(200).text();
    assert!(page.contains("Nicht angenommen"), "{page}");
    let all = entries(&wall, &owner).await;
    let entry = owner.client.get(&owner.path(&format!("media/{}", all[0].id))).await.expect(200).text();
    assert!(entry.contains("kein Film, den wir lesen können") || entry.contains("beschädigt"), "{entry}");
    assert!(files(&wall.app.config.data.join("media")).is_empty());
}

#[tokio::test]
async fn pictures_of_telephones_are_read_and_broken_ones_refused() {
    if !at_hand(Part::Heif) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let folder = tempfile::tempdir().unwrap();
    for name in ["IMG_1.heic", "IMG_2.avif"] {
        let file = heif(name, folder.path());

        send(&owner, name, file.clone()).await.expect(303);
        send(&owner, name, file.clone()).await.expect(303);

        let entry = named(&wall, &owner, name).await;
        assert_eq!(entry.kind, "picture");
        let account = super::account(&wall, &owner).await;
        let media = wall.app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
        assert_eq!((media.width, media.height), (320, 160));
        let path = format!("/dashboard/media/{}", media.renditions.last().unwrap().sha256);
        let picture = image::load_from_memory(&owner.client.get(&path).await.expect(200).bytes).unwrap().to_rgb8();
        let (left, right) = (picture.get_pixel(40, 80).0, picture.get_pixel(280, 80).0);
        assert!(left[0] > 150 && left[2] < 60 && right[2] > 150 && right[0] < 60, "{left:?} {right:?}");
        let told = send(&owner, "halb.heic", file[..file.len() / 2].to_vec()).await.expect(422).text();
        assert!(told.contains("beschädigt"), "{told}");
    }
    assert_eq!(entries(&wall, &owner).await.len(), 2);
    // Cameras say twice that a picture is to be turned; what counts for HEIF is its own word, which libheif has heeded.
    send(&owner, "IMG_3.heic", heif_turned_by_exif(folder.path())).await.expect(303);
    let entry = named(&wall, &owner, "IMG_3.heic").await;
    let account = super::account(&wall, &owner).await;
    let media = wall.app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
    assert_eq!((media.width, media.height), (128, 32));
    send(&owner, "IMG_4.heic", heif_turned_by_itself(folder.path())).await.expect(303);
    let entry = named(&wall, &owner, "IMG_4.heic").await;
    let media = wall.app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
    assert_eq!((media.width, media.height), (160, 320));
    let path = format!("/dashboard/media/{}", media.renditions[0].sha256);
    let picture = image::load_from_memory(&owner.client.get(&path).await.expect(200).bytes).unwrap().to_rgb8();
    let (top, bottom) = (picture.get_pixel(80, 40).0, picture.get_pixel(80, 280).0);
    assert!(bottom[0] > 150 && bottom[2] < 60 && top[2] > 150 && top[0] < 60, "{top:?} {bottom:?}");
    let mut wide = heif("wide.heic", folder.path());
    let at = wide.windows(4).position(|window| window == b"ispe").unwrap();
    wide[at + 8..at + 16].copy_from_slice(&[0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00]);
    send(&owner, "bombe.heic", wide).await.expect(422);
    assert_eq!(files(&wall.app.config.data.join("uploads")).len(), 0);
}

/// What a controller may grow by while it refuses files, in KiB.
const GROWTH_KIB: u64 = 30 << 10;

#[tokio::test]
async fn bad_files_again_and_again_leave_memory_and_disk_as_they_were() {
    let mut controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let picture = jpeg(2_000, 1_500, 1);
    let bad = [
        ("bombe.png", bomb()),
        ("lang.gif", gif(10_000)),
        ("halb.jpg", picture[..picture.len() / 2].to_vec()),
        ("schwer.jpg", [picture, vec![0; 21 << 20]].concat()),
        ("schwer.bin", vec![9; 21 << 20]),
    ];
    let send_all = async |rounds: usize| {
        for (name, content) in std::iter::repeat_n(&bad, rounds).flatten() {
            send(&owner, name, content.clone()).await.expect(422);
        }
    };

    send_all(4).await;
    let before = controller.process().most_resident_kib();
    send_all(16).await;
    let grown = controller.process().most_resident_kib() - before;

    assert!(grown < GROWTH_KIB, "grew from {before} KiB by {grown} KiB");
    assert!(files(&controller.data().join("media")).is_empty());
    assert!(files(&controller.data().join("uploads")).is_empty());
}
