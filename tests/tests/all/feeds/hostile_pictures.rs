//! Hostile pictures in a good feed: the post comes without that picture, and nothing else happens.

use std::time::Duration;

use harness::{Controller, Owner, within};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{
    hostile::{gzip, with_body},
    server::{Reply, Server, ok, status},
};
use crate::media_command::{bomb, jpeg};

/// Pictures that are none.
const BAD: &[&str] = &[
    "empty",
    "text",
    "website",
    "svg",
    "truncated-jpeg",
    "truncated-png",
    "only-a-header",
    "png-bomb",
    "png-of-4-gigabytes",
    "gif-bomb",
    "webp-bomb",
    "webp-lossless-bomb",
    "jpeg-bomb",
    "gzip-bomb",
    "ten-gigabytes",
    "without-end",
    "slow",
    "short",
    "missing",
    "broken-server",
    "to-loopback",
    "to-ipv6-loopback",
    "to-private",
    "to-cloud",
    "to-file",
    "in-a-circle",
];
/// Addresses that are never asked.
const FORBIDDEN: &[&str] =
    &["http://127.0.0.1:1/x.png", "http://[::1]/x.png", "http://10.0.0.1/x.png", "http://169.254.169.254/x.png"];
/// What all of it may cost in memory.
const MOST_KIB: u64 = 160 * 1024;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::from_pixel(width, height, Rgb([9, 90, 120])));
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// A PNG whose header says that it is so large.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut file = png(64, 64);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    file
}

/// A JPEG whose frame says that it is 65,500 pixels wide and high.
fn jpeg_bomb() -> Vec<u8> {
    let mut file = jpeg(64, 64, 7);
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    file
}

fn webp(chunk: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap().to_le_bytes();
    [b"RIFF", &length(12 + content.len())[..], b"WEBP", chunk, &length(content.len()), content].concat()
}

fn picture(path: &str, private: &str) -> Reply {
    let to = |target: &str| status(302, &format!("Location: {target}\r\n")).into_bytes();
    let image = |bytes: &[u8]| with_body("Content-Type: image/png\r\n", bytes);
    Reply::Bytes(match path.trim_start_matches('/') {
        "empty" => image(b""),
        "text" => image(b"Hier ist kein Bild."),
        "website" => with_body("Content-Type: text/html\r\n", b"<!doctype html><script>alert(1)</script>"),
        "svg" => image(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        "truncated-jpeg" => image(&jpeg(800, 600, 3)[..2_000]),
        "truncated-png" => image(&png(800, 600)[..200]),
        "only-a-header" => image(b"\x89PNG\r\n\x1a\n"),
        "png-bomb" => image(&bomb()),
        "png-of-4-gigabytes" => image(&png_of(16_384, 65_536)),
        "gif-bomb" => {
            image(b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0;")
        }
        "webp-bomb" => image(&webp(b"VP8X", &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
        "webp-lossless-bomb" => image(&webp(b"VP8L", &[0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0])),
        "jpeg-bomb" => image(&jpeg_bomb()),
        "gzip-bomb" => with_body("Content-Encoding: gzip\r\n", &gzip(&vec![0; 200 << 20])),
        "ten-gigabytes" => {
            return Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n".to_vec());
        }
        "without-end" => return Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".to_vec()),
        "slow" => return Reply::Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".to_vec()),
        "short" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n\x89PNG".to_vec(),
        "broken-server" => status(500, "").into_bytes(),
        "to-loopback" => to(private),
        "to-ipv6-loopback" => to("http://[::1]/x.png"),
        "to-private" => to("http://192.168.1.1/x.png"),
        "to-cloud" => to("http://169.254.169.254/x.png"),
        "to-file" => to("file:///etc/passwd"),
        "in-a-circle" => to(path),
        "good" => image(&png(640, 360)),
        "good-called-html" => with_body("Content-Type: text/html\r\n", &jpeg(640, 360, 1)),
        "pixel" => image(&png(1, 1)),
        _ => status(404, "").into_bytes(),
    })
}

/// A post for each of these, with a picture each, and a good one as its second picture.
fn feed(addresses: &[(String, String)]) -> String {
    let item = |(name, url): &(String, String)| {
        format!(
            "<item><guid isPermaLink='false'>{name}</guid><title>Bild {name}</title>\
             <description>Worte zu {name}.</description><enclosure url='{url}' type='image/png' length='1'/></item>"
        )
    };
    let items: String = addresses.iter().map(item).collect();
    format!("<rss version='2.0'><channel><title>Bilder</title>{items}</channel></rss>")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_picture_costs_its_post_that_picture_and_nothing_else() {
    let private = Server::new(|_, _| Reply::Bytes(with_body("", &png(640, 361)))).await;
    let inside = private.url("/inside.png");
    let server = Server::new(move |path, _| picture(path, &inside)).await;
    let mut posts: Vec<_> = BAD.iter().map(|name| ((*name).to_owned(), server.url(&format!("/{name}")))).collect();
    posts.extend(FORBIDDEN.iter().map(|url| (format!("forbidden {}", &url[7..]), (*url).to_owned())));
    let bad = posts.len();
    for name in ["good", "good-called-html", "pixel"] {
        posts.insert(posts.len() / 2, (name.to_owned(), server.url(&format!("/{name}"))));
    }
    let text = feed(&posts);
    let feeds = Server::new(move |path, _| {
        let body = if path == "/feed" {
            text.as_str()
        } else {
            "<rss version='2.0'><channel><title>Leer</title></channel></rss>"
        };
        Reply::Bytes(ok("", body).into_bytes())
    })
    .await;
    let neighbour = harness::FeedServer::new().await;
    let places = [server.url(""), feeds.url(""), neighbour.url_of("")];
    let allow = places.map(|place| place.trim_start_matches("http://").to_owned()).join(",");
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", &allow), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    owner.link(&neighbour.url()).await;
    let before = controller.process().most_resident_kib();

    owner.link(&feeds.url("/feed")).await;
    within(Duration::from_secs(20), "pictures being fetched", || async {
        server.heads().iter().any(|head| head.starts_with("get /slow ")).then_some(())
    })
    .await;
    neighbour.append(harness::Post::new("new", "Nebenan", "<p>Text</p>"));
    owner.newsroom_says("Nebenan").await;
    let list = owner.path("sources/list");
    let said = |words: &str| format!("{words}: {bad};");
    for (language, words) in [
        ("de", "Bilder neuer Beiträge, die nicht übernommen werden konnten"),
        ("en", "Pictures that could not be taken from new posts"),
    ] {
        owner.client.speak(language);
        within(Duration::from_secs(90), words, || async {
            owner.client.get(&list).await.text().contains(&said(words)).then_some(())
        })
        .await;
    }
    let grown = controller.process().most_resident_kib() - before;
    println!("memory grew by {} MiB from {} MiB", grown >> 10, before >> 10);

    for (name, _) in &posts {
        let find = |what: &str| format!("select {what} from posts where title = 'Bild {name}'");
        assert_eq!(controller.find_text(&find("text")).await, Some(format!("Worte zu {name}.")), "{name}");
        let pictures = find("(select count(*) from post_media where post_id = posts.id)");
        let expected = if name.starts_with("good") { "1" } else { "0" };
        assert_eq!(controller.find_text(&pictures).await.as_deref(), Some(expected), "{name}");
    }
    assert_eq!(
        controller.find_text("select count(*) from sources where state = 'working'").await.as_deref(),
        Some("2")
    );
    assert!(private.heads().is_empty(), "{:?}", private.heads());
    assert!(grown < MOST_KIB, "{grown} KiB");
    assert!(!controller.log().contains("panicked"), "{}", controller.log());
}
