//! Hostile feeds in a real controller: each costs its own source a message that its owner understands, and nothing else.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use harness::{Controller, FeedServer, Owner, Post, within};

use super::{
    folder,
    hostile::{gzip, with_body},
    server::{Reply, Server, ok, status},
};

/// How long a hostile server may keep a source busy, and its turn to come again.
const PATIENCE: Duration = Duration::from_secs(90);
/// What all of it may cost in memory, whatever is sent.
const MOST_KIB: u64 = 160 * 1024;

/// A hostile feed: its path, what comes of it, and words of what its owner reads in German and English. Where the feed
/// is read all the same and nothing is missing there is nothing to say: then a post of it, by its title.
struct Hostile {
    path: &'static str,
    state: &'static str,
    german: &'static str,
    english: &'static str,
}

const fn hostile(path: &'static str, state: &'static str, german: &'static str, english: &'static str) -> Hostile {
    Hostile { path, state, german, english }
}

/// So many sources of a third account that never answer: more than are visited at the same time.
const CROWD: usize = 26;

const TOO_LARGE: (&str, &str) = ("größer als 5 MB", "larger than 5 MB");
const SLOW: (&str, &str) = ("20 Sekunden lang nicht geantwortet", "did not answer within 20 seconds");
const PRIVATE: (&str, &str) = ("führt in ein privates Netz", "leads into a private network");
const ENCODING: (&str, &str) = ("Einige Zeichen sind in der Kodierung", "Some characters cannot be read");
const BROKEN: (&str, &str) = ("ist abgebrochen", "broke off");
const MANY: (&str, &str) = ("viel zu viele Elemente", "far too many elements");

const ALL: &[Hostile] = &[
    hostile("/ten-gigabytes", "failing", TOO_LARGE.0, TOO_LARGE.1),
    hostile("/without-end", "failing", TOO_LARGE.0, TOO_LARGE.1),
    hostile("/gzip-bomb", "failing", TOO_LARGE.0, TOO_LARGE.1),
    hostile("/slow-body", "failing", SLOW.0, SLOW.1),
    hostile("/slow-head", "failing", SLOW.0, SLOW.1),
    hostile("/silence", "failing", SLOW.0, SLOW.1),
    hostile("/short", "failing", BROKEN.0, BROKEN.1),
    hostile("/to-loopback", "stopped", PRIVATE.0, PRIVATE.1),
    hostile("/to-private", "stopped", PRIVATE.0, PRIVATE.1),
    hostile("/to-cloud", "stopped", PRIVATE.0, PRIVATE.1),
    hostile("/to-file", "stopped", "mit http:// oder https:// beginnen", "begin with http:// or https://"),
    hostile("/to-itself", "failing", "immer weiter von einer Adresse", "from one address to the next"),
    hostile("/binary", "failing", "Das ist kein Feed", "This is not a feed"),
    hostile("/nothing", "failing", "Die Antwort ist leer", "The answer is empty"),
    hostile("/website", "failing", "nicht sagt, wo ihr Feed liegt", "does not say where its feed is"),
    hostile("/closed", "stopped", "endgültig geschlossen (410)", "closed this feed for good (410)"),
    hostile("/mixed-encodings", "working", ENCODING.0, ENCODING.1),
    hostile("/truncated", "working", "Der Feed bricht ab", "The feed breaks off"),
    hostile("/many-elements", "working", MANY.0, MANY.1),
    hostile("/nested", "working", "", "Vor der Tiefe"),
    hostile("/utf-16be", "working", "", "Grüße aus Köln"),
    hostile("/shift-jis", "working", "", "日本語の題名"),
    hostile("/external-entity", "working", "", "Entity &x;&y;"),
    hostile("/billion-laughs", "working", "", "Harmlos &lol9;"),
    hostile("/script", "working", "Bilder neuer Beiträge", "Pictures that could not be taken"),
];

fn rss(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>")
}

fn file(name: &str) -> Vec<u8> {
    with_body("", &std::fs::read(folder().join(name)).unwrap())
}

/// What a path says once it has turned hostile.
fn turned(path: &str, private: &str) -> Reply {
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n";
    let to = |target: &str| status(302, &format!("Location: {target}\r\n")).into_bytes();
    Reply::Bytes(match path {
        "/ten-gigabytes" => {
            return Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n".to_vec());
        }
        "/without-end" => return Reply::Endless(chunked.to_vec()),
        "/gzip-bomb" => with_body("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 200 << 20])),
        "/slow-body" => return Reply::Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".to_vec()),
        "/slow-head" => return Reply::Slow(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        silent if silent.starts_with("/silence") => return Reply::Silence,
        "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>".to_vec(),
        "/to-loopback" => to(private),
        "/to-private" => to("http://192.168.1.1/feed"),
        "/to-cloud" => to("http://169.254.169.254/latest/meta-data/"),
        "/to-file" => to("file:///etc/passwd"),
        "/to-itself" => to(path),
        "/binary" => file("binary.bin"),
        "/nothing" => with_body("", b""),
        "/website" => file("website-without-feed.html"),
        "/closed" => status(410, "").into_bytes(),
        "/mixed-encodings" => file("mixed-encodings.xml"),
        "/truncated" => file("truncated.xml"),
        "/utf-16be" => file("utf-16be.xml"),
        "/shift-jis" => file("shift-jis.xml"),
        "/billion-laughs" => file("billion-laughs.xml"),
        "/script" => file("script-everywhere.xml"),
        "/many-elements" => with_body("", rss(&"<x/>".repeat(1_200_000)).as_bytes()),
        "/nested" => with_body(
            "",
            rss(&format!("<item><title>Vor der Tiefe</title></item>{}", "<x>".repeat(1_600_000))).as_bytes(),
        ),
        "/external-entity" => {
            let entities = format!(
                "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM '{private}'>%p;\
                 <!ENTITY y SYSTEM '{private}'>]>"
            );
            let items = rss("<item><guid>1</guid><title>Entity &x;&y;</title></item>");
            with_body("", format!("<?xml version='1.0'?>{entities}{items}").as_bytes())
        }
        other => panic!("nobody asks for {other}"),
    })
}

/// The part of the sources page that tells of one source.
fn row(page: &str, address: &str) -> Option<String> {
    let end = format!("{address}</p>");
    page.split("<article").find(|row| row.contains(&end)).map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_feed_costs_its_own_source_a_message_and_nothing_else() {
    let private = Server::always(&ok("", &rss("<item><guid>1</guid><title>Aus dem Keller</title></item>"))).await;
    let hostile = Arc::new(AtomicBool::new(false));
    let (switch, inside) = (Arc::clone(&hostile), private.url("/feed"));
    let server = Server::new(move |path, _| {
        if switch.load(Ordering::Relaxed) {
            return turned(path, &inside);
        }
        let item = format!("<item><guid>{path}</guid><title>Bisher {path}</title></item>");
        Reply::Bytes(ok("", &rss(&item)).into_bytes())
    })
    .await;
    let (same_stage, neighbour) = (FeedServer::new().await, FeedServer::new().await);
    let places = [server.url(""), same_stage.url_of(""), neighbour.url_of("")];
    let allow = places.map(|place| place.trim_start_matches("http://").to_owned()).join(",");
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", &allow), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let club = Owner::new(controller.client(), "club").await;
    club.link(&neighbour.url()).await;
    let crowd = Owner::new(controller.client(), "crowd").await;
    for number in 0..CROWD {
        crowd.link(&server.url(&format!("/silence/{number}"))).await;
    }
    let museum = Owner::new(controller.client(), "museum").await;
    museum.link(&same_stage.url()).await;
    for Hostile { path, .. } in ALL {
        museum.link(&server.url(path)).await;
    }
    for Hostile { path, .. } in ALL {
        museum_says(&controller, &format!("Bisher {path}")).await;
    }
    let before = controller.process().most_resident_kib();

    hostile.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let began = Instant::now();
    neighbour.append(Post::new("new", "Beim Nachbarn", "<p>Text</p>"));
    club.newsroom_says("Beim Nachbarn").await;
    let neighbour_waited = began.elapsed();
    same_stage.append(Post::new("new", "Auf derselben Bühne", "<p>Text</p>"));

    let list = museum.path("sources/list");
    for Hostile { path, state, german, english } in ALL {
        let address = server.url(path);
        within(PATIENCE, &format!("{path} is {state} and says “{german}”"), || async {
            let stored = format!("select state from sources where address = '{address}'");
            let now = controller.find_text(&stored).await?;
            museum.client.speak("de");
            let german_row = row(&museum.client.get(&list).await.text(), &address)?;
            museum.client.speak("en");
            let english_row = row(&museum.client.get(&list).await.text(), &address)?;
            let told = if german.is_empty() {
                let post = format!("select title from posts where title = '{english}'");
                controller.find_text(&post).await.is_some() && !german_row.contains("circle-exclamation")
            } else {
                german_row.contains(german) && english_row.contains(english)
            };
            (now == *state && told).then_some(())
        })
        .await;
    }
    museum_says(&controller, "Auf derselben Bühne").await;
    let grown = controller.process().most_resident_kib() - before;
    println!("neighbour waited {neighbour_waited:?}, memory grew by {} MiB from {} MiB", grown >> 10, before >> 10);

    assert!(neighbour_waited < Duration::from_secs(6), "{neighbour_waited:?}");
    assert!(grown < MOST_KIB, "{grown} KiB");
    assert!(private.heads().is_empty(), "{:?}", private.heads());
    museum.client.speak("de");
    for page in [museum.newsroom().await, museum.client.get(&museum.path("posts")).await.text()] {
        let page = page.to_lowercase();
        for word in ["alert(", "onerror", "onclick", "javascript:", "iframe", "root:", "aus dem keller"] {
            assert!(!page.contains(word), "{word} in {page}");
        }
    }
    for word in ["panicked", server.address.to_string().as_str(), "museum", "alert("] {
        assert!(!controller.log().contains(word), "{word} in the log: {}", controller.log());
    }
}

/// Waits until a post of this title is in the database.
async fn museum_says(controller: &Controller, title: &str) {
    within(PATIENCE, &format!("“{title}” in the database"), || async {
        controller.find_text(&format!("select id from posts where title = '{title}'")).await
    })
    .await;
}

#[tokio::test]
async fn what_is_hostile_at_once_is_not_linked_and_says_why() {
    let private = Server::always(&ok("", &rss(""))).await;
    let inside = private.url("/feed");
    let server = Server::new(move |path, _| turned(path, &inside)).await;
    let wall = harness::TestController::with(|config| config.allow.push(server.address.to_string())).await;
    let owner = Owner::new(wall.client(), "museum").await;
    for Hostile { path, state, german, english } in ALL {
        if *state == "working" || german.contains("Sekunden") {
            continue;
        }
        for (language, words) in [("de", german), ("en", english)] {
            owner.client.speak(language);
            let fields = [("network", "feed"), ("address", &server.url(path)), ("held", "true")];
            let answer = owner.client.post(&owner.path("sources"), &fields).await.expect(422).text();
            assert!(answer.contains(words), "{path}: no “{words}” in {answer}");
            assert!(answer.contains(&format!("value=\"{}\"", server.url(path))), "what was typed stays");
        }
    }
    assert!(!owner.client.get(&owner.path("sources")).await.text().contains("<article"));
    assert!(private.heads().is_empty());
}

#[tokio::test]
async fn a_host_that_asks_for_rest_is_left_alone_with_all_its_sources() {
    let busy = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&busy);
    let server = Server::new(move |path, _| {
        let rest = switch.load(Ordering::Relaxed) && path == "/busy";
        let item = format!("<item><guid>{path}</guid><title>Von {path}</title></item>");
        Reply::Bytes(if rest { status(429, "Retry-After: 3600\r\n") } else { ok("", &rss(&item)) }.into_bytes())
    })
    .await;
    let controller =
        Controller::with_settings(&[("LITFASS_ALLOW", &server.address.to_string()), ("LITFASS_FEED_INTERVAL", "1")])
            .await;
    let owner = Owner::new(controller.client(), "museum").await;
    for path in ["/busy", "/calm"] {
        owner.link(&server.url(path)).await;
        museum_says(&controller, &format!("Von {path}")).await;
    }
    let asked = || server.heads().len();
    let before = asked();
    within(PATIENCE, "both being asked again", || async { (asked() > before + 3).then_some(()) }).await;

    busy.store(true, Ordering::Relaxed);
    let rests = "select count(*) from sources where next_at - fetched_at > 3000000 or next_at - created_at > 3000000";
    within(PATIENCE, "both resting", || async {
        (controller.find_text(rests).await.as_deref() == Some("2")).then_some(())
    })
    .await;
    let then = asked();
    tokio::time::sleep(Duration::from_secs(4)).await;

    assert_eq!(asked(), then, "{:?}", server.heads());
    let states = "select group_concat(state, ' ') from (select state from sources order by address)";
    assert_eq!(controller.find_text(states).await.as_deref(), Some("failing working"));
}
