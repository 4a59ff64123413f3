//! Films: encoded anew for every screen, in parts, without what says where they were taken.

use std::time::Duration;

use controller::{features::media, services::storage::FileName};
use harness::{Owner, Part, TestController, TestScreen, at_hand, within};
use reqwest::Method;
use sha2::{Digest, Sha256};
use shared::{envelope::Envelope, programme::Programme, slides::Slide};

use super::{Trap, account, item, judge, left, make, probe, send};

const LONG: Duration = Duration::from_secs(90);

fn holiday() -> Vec<u8> {
    make(
        "film.mov",
        "-f lavfi -i color=black:size=1280x720:rate=50:duration=1 -f lavfi -i testsrc2=size=1280x720:rate=50:duration=2 \
         -f lavfi -i sine=duration=3 -filter_complex [0][1]concat=n=2[v] -map [v] -map 2 -c:v libx264 -g 250 \
         -preset ultrafast -pix_fmt yuv444p -c:a aac -metadata location=+48.1351+011.5820/ -metadata comment=Kamera",
    )
}

#[tokio::test]
async fn a_film_goes_from_the_form_to_the_screen() {
    if !at_hand(Part::Films) {
        return;
    }
    let sent = holiday();
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let screen = TestScreen::new(&wall, 1);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        let place = owner.path(&format!("programmes/{}", owner.stage_id));
        let seen = owner.seen().await;
        let fields = [("seen", seen.as_str()), ("caption", "Ein Tag am See"), ("fit", "whole")];

        let added = owner
            .client
            .upload(&item(&owner, "film"), &fields, "film_file", ("see.mov", sent.clone()))
            .await
            .expect(303);
        let seen = owner.seen().await;
        owner.client.post(&format!("{place}/do"), &[("seen", seen.as_str()), ("what", "publish")]).await.expect(303);
        let (_, slide) = added.location().split_once("#item-").unwrap();

        let film = within(LONG, "the film on the screens", || async {
            let envelope: Envelope = serde_json::from_slice(&screen.get("/screens/v1/programme").await.bytes).unwrap();
            let programme: Programme = serde_json::from_str(&envelope.document).unwrap();
            let entries = programme.plans[0].regions[0].playlist.entries.clone();
            entries.into_iter().find_map(|entry| match entry.slide {
                Slide::Film(film) => Some(film.film.unwrap()),
                _ => None,
            })
        })
        .await;

        assert_eq!((film.width, film.height), (1_280, 720));
        assert!((2_900..=3_200).contains(&film.millis), "{film:?}");
        let poster = film.poster.as_ref().unwrap();
        let picture = wall.client().get(&format!("/media/{}", poster.sha256)).await.expect(200).bytes;
        let middle = image::load_from_memory(&picture).unwrap().into_luma8();
        assert!(middle.pixels().any(|pixel| pixel.0[0] > 100), "the first picture that is not black");

        let path = format!("/media/{}", film.sha256);
        let whole = wall.client().get(&path).await.expect(200);
        assert_eq!((whole.header("content-type"), whole.bytes.len() as u64), ("video/mp4", film.length));
        assert_eq!(shared::hex::encode(&Sha256::digest(&whole.bytes)), film.sha256);
        let client = wall.client();
        let half = format!("bytes={}-", film.length / 2);
        let rest = client.send(client.request(Method::GET, &path).header("range", half)).await.expect(206);
        assert_eq!(rest.bytes, &whole.bytes[usize::try_from(film.length / 2).unwrap()..]);
        examine(&whole.bytes);

        let editor = owner.client.get(&place).await.expect(200).text();
        assert!(editor.contains("Ein Tag am See") && editor.contains("So lange, wie er läuft"), "{editor}");
        let form = owner.client.get(&format!("{place}/item?item={slide}")).await.expect(200).text();
        assert!(form.contains("Fertig") && form.contains("läuft 0:03 Minuten") && form.contains("video/quicktime"));
        forgotten(&wall, &owner, &sent, &path).await;
    }
}

/// What every screen can decode, can begin anywhere, and tells nothing of whoever took it.
fn examine(film: &[u8]) {
    let streams = probe(film, "-show_streams -of default=noprint_wrappers=1");
    for told in [
        "codec_name=h264",
        "pix_fmt=yuv420p",
        "color_range=tv",
        "color_space=bt709",
        "color_primaries=bt709",
        "avg_frame_rate=25/1",
        "codec_name=aac",
        "channels=2",
    ] {
        assert!(streams.contains(told), "{told}: {streams}");
    }
    let keys = probe(film, "-select_streams v -skip_frame nokey -show_entries frame=pkt_dts_time -of csv");
    assert!(keys.lines().filter(|line| line.starts_with("frame")).count() >= 3, "{keys}");
    let at = |mark: &[u8]| film.windows(4).position(|window| window == mark).unwrap();
    assert!(at(b"moov") < at(b"mdat"), "it can be played before all of it is there");
    for secret in ["+48.1351", "Kamera"] {
        assert!(!film.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}

/// What was sent is not kept, and the film goes with its media.
async fn forgotten(wall: &TestController, owner: &Owner, sent: &[u8], path: &str) {
    let app = &wall.app;
    let original = FileName::parse(&shared::hex::encode(&Sha256::digest(sent))).unwrap();
    assert!(!app.storage.exists(&original).await.unwrap());
    assert_eq!(left(wall), 0);
    let account = account(wall, owner).await;
    let film = app.store.find_film_by_hash(&account, original.as_str()).await.unwrap().unwrap();

    assert_eq!(media::tidy(app).await.unwrap(), 0, "a programme shows it");
    let entry = app.store.find_library_entry_by_hash(&account, original.as_str()).await.unwrap().unwrap();
    assert!(!media::library::delete(app, "somebody else", &entry.id).await.unwrap());
    assert!(media::library::delete(app, &account, &entry.id).await.unwrap());

    wall.client().get(path).await.expect(404);
    assert!(!app.storage.exists(&FileName::parse(&film.sha256).unwrap()).await.unwrap());
    assert_eq!(app.store.find_film(&account, &film.id).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_no_film_is_refused_and_asks_nobody() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account = account(&wall, &owner).await;
    let trap = Trap::new().await;
    let playlist = format!("#EXTM3U\n#EXTINF:1,\n{}\n", trap.address()).into_bytes();
    let good =
        make("film.mp4", "-f lavfi -i testsrc2=size=320x180:rate=25:duration=9 -c:v libx264 -movflags +faststart");

    for (what, film, key) in [
        ("empty", Vec::new(), "media.refused.empty"),
        ("a playlist", playlist.clone(), "media.film.type"),
        ("a list", format!("ffconcat version 1.0\nfile {}\n", trap.address()).into_bytes(), "media.film.type"),
        ("text", b"hello".to_vec(), "media.film.type"),
    ] {
        let error = send(&wall, &account, &film).await.unwrap_err();
        assert_eq!(error.key(), key, "{what}");
    }
    let marked = [b"\0\0\0\x18ftypmp42".as_slice(), &playlist].concat();
    let sound = make("sound.mp4", "-f lavfi -i sine=duration=2 -c:a aac");
    let odd = make("odd.mkv", "-f lavfi -i testsrc2=size=64x36:rate=5:duration=1 -c:v huffyuv");
    for (what, film, key) in [
        ("a playlist with a film's mark", marked, "media.film.broken"),
        ("the first half of a film", good[..good.len() / 2].to_vec(), "media.film.broken"),
        ("a film without its head", [&good[..40], &good[good.len() / 2..]].concat(), "media.film.type"),
        ("sound alone", sound, "media.film.type"),
        ("an odd codec", odd, "media.film.type"),
    ] {
        let film = judge(&wall, &account, &film).await;
        assert_eq!((film.state.as_str(), film.problem.as_str()), ("refused", key), "{what}");
        assert!(!wall.app.storage.exists(&FileName::parse(&film.original).unwrap()).await.unwrap(), "{what}");
    }
    assert!(trap.is_quiet().await);
    assert_eq!(left(&wall), 0);
    // Sent once more, it is looked at once more: perhaps there was no room.
    let again = judge(&wall, &account, &good[..good.len() / 2]).await;
    assert_eq!((again.state.as_str(), again.attempts), ("refused", 1));
    assert!(judge(&wall, &account, &good).await.is_ready());
}

#[tokio::test]
async fn films_of_phones_stand_upright_and_in_ordinary_colours() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account = account(&wall, &owner).await;
    let lying = make(
        "film.mp4",
        "-f lavfi -i testsrc2=size=640x360:rate=30:duration=1 -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le \
         -x265-params log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc \
         -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc",
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lying.mp4");
    std::fs::write(&path, lying).unwrap();
    let turned = make("turned.mp4", &format!("-i {} -c copy -metadata:s:v:0 rotate=90", path.display()));

    let film = judge(&wall, &account, &turned).await;

    assert_eq!((film.problem.as_str(), film.width, film.height), ("", 360, 640));
    let file = wall.app.storage.get(&FileName::parse(&film.sha256).unwrap()).await.unwrap().unwrap();
    let streams = probe(&file, "-show_streams -of default=noprint_wrappers=1");
    assert!(streams.contains("color_transfer=bt709") && streams.contains("pix_fmt=yuv420p\n"), "{streams}");
    assert!(!streams.contains("rotation="), "{streams}");
}
