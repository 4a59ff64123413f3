//! Feeds of our own: what is in them, what must not be, and that others can read them.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use controller::{
    config::Config,
    networks::{
        ImportedPost,
        feed::{Hints, read as read_feed},
    },
};
use harness::{NOON, Part, TestController, at_hand, python};

use super::{post, read, source, with_posts};

const KINDS: [(&str, &str); 3] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("json", "application/feed+json; charset=utf-8"),
];

/// What our own reader of feeds finds in one: posts, and how many problems.
fn understood(text: &str, content_type: &str) -> (Vec<ImportedPost>, usize) {
    let hints = Hints { content_type: Some(content_type), address: None, shared_ids: &[] };
    let reading = read_feed(text.as_bytes(), &hints).unwrap_or_else(|error| panic!("{error:?} in {text}"));
    (reading.batch.posts, reading.batch.problems.len())
}

/// A post without a title, with what XML cannot hold in its words.
fn odd(stage_id: &str) -> controller::store::Post {
    controller::store::Post {
        title: None,
        text: "Nur \u{b}Worte ]]> hier".to_owned(),
        html: "<p>Nur \u{b}Worte ]]&gt; hier</p>".to_owned(),
        ..post("odd", stage_id, "", NOON - 9)
    }
}

#[tokio::test]
async fn what_is_shown_is_read_from_each_feed_just_so() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Erste & zweite", "Geheim"]).await;
        owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
        wall.app.store.take_post(&odd(&stage.id), &[]).await.unwrap();
        crate::own_posts::write_with_picture(&owner, "Mit Bild").await;
        let nobody = wall.client();

        for (kind, content_type) in KINDS {
            let answer = nobody.get(&format!("/@museum/feed.{kind}")).await.expect(200);
            assert_eq!(answer.header("content-type"), content_type);
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            assert!(answer.headers.get("set-cookie").is_none() && answer.headers.get("link").is_none());
            let text = answer.text();
            assert!(!text.contains("Geheim") && !text.contains('\u{b}'), "{text}");
            let (posts, problems) = understood(&text, content_type);
            let titles: Vec<_> = posts.iter().filter_map(|post| post.title.as_deref()).collect();
            assert!(titles.contains(&"Erste & zweite") && titles.contains(&"Mit Bild"), "{kind}: {titles:?}");
            assert_eq!((posts.len(), problems), (3, 0), "{kind}: {text}");
            let pictured = posts.iter().filter(|post| post.media.iter().any(|medium| medium.url.contains("/media/")));
            assert_eq!(pictured.count(), 1, "{kind}: {text}");
            let request = nobody.request(reqwest::Method::GET, &format!("/@museum/feed.{kind}"));
            let again = nobody.send(request.header("if-none-match", answer.header("etag"))).await;
            assert_eq!(again.status, 304, "{kind}");
        }
    }
}

/// Reads a feed with feedparser, and says what it makes of it.
const FEEDPARSER: &str = "
import feedparser, json, sys
read = feedparser.parse(sys.stdin.buffer.read())
entries = [[entry.title, entry.id, entry.link, bool(entry.get('published_parsed')), len(entry.get('enclosures', []))] for entry in read.entries]
print(json.dumps({'complaint': str(read.get('bozo_exception', '')), 'version': read.version, 'title': read.feed.title, 'entries': entries}))";

fn feedparser(text: &str) -> serde_json::Value {
    let mut command = Command::new(python().unwrap());
    let mut child =
        command.args(["-c", FEEDPARSER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let answer = child.wait_with_output().unwrap();
    serde_json::from_slice(&answer.stdout).unwrap_or_else(|error| panic!("{error} for {text}"))
}

#[tokio::test]
async fn what_most_programs_read_feeds_with_has_no_complaint() {
    if !at_hand(Part::Feedparser) {
        return;
    }
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, "museum", &["Erste & <zweite>", "تحديث 🎉"]).await;
    wall.app.store.take_post(&odd(&stage.id), &[]).await.unwrap();
    crate::own_posts::write_with_picture(&owner, "Mit Bild").await;

    for (kind, version) in [("atom", "atom10"), ("rss", "rss20")] {
        let text = read(&wall.client(), &format!("/@museum/feed.{kind}")).await;
        let found = feedparser(&text);
        assert_eq!((&found["complaint"], &found["version"]), (&"".into(), &version.into()), "{found} {text}");
        let entries = found["entries"].as_array().unwrap();
        let titles: Vec<_> = entries.iter().map(|entry| entry[0].as_str().unwrap()).collect();
        assert!(titles.contains(&"Erste & <zweite>") && titles.contains(&"تحديث 🎉"), "{titles:?}");
        for entry in entries {
            assert!(entry[1].as_str().is_some_and(|id| id.contains(':')), "an id for ever: {entry}");
            assert!(entry[2].as_str().is_some_and(|link| link.starts_with(&wall.url)), "{entry}");
            assert_eq!(entry[3], true, "a date that is understood: {entry}");
        }
        assert_eq!(entries.iter().filter(|entry| entry[4] == 1).count(), 1, "its picture is found: {found}");
    }
}

#[tokio::test]
async fn no_more_is_given_on_than_a_network_permits() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &[]).await;
    for network in ["x", "linkedin", "youtube"] {
        wall.app.store.add_source(&source(network, &stage.id)).await.unwrap();
        let one = controller::store::Post {
            source_id: Some(network.to_owned()),
            ..post(&format!("of-{network}"), &stage.id, &format!("Titel {network}"), NOON)
        };
        wall.app.store.take_post(&one, &[]).await.unwrap();
    }

    for (kind, _) in KINDS {
        let feed = read(&wall.client(), &format!("/@museum/feed.{kind}")).await;
        assert!(!feed.contains("Titel x") && !feed.contains("Titel linkedin"), "{feed}");
        assert!(feed.contains("Titel youtube") && feed.contains("https://www.social.example/of-youtube"), "{feed}");
        assert!(!feed.contains("Worte zu"), "{feed}");
    }
}

#[tokio::test]
async fn a_topic_has_feeds_and_the_names_it_had_lead_there() {
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, "museum", &["Der Rat tagt", "Freibad"]).await;
    let form =
        |name: &'static str| [("name", name), ("at", "0.any"), ("is", "words"), ("text", "Rat"), ("what", "save")];
    owner.client.post(&owner.path("topics"), &form("Rathaus")).await.expect(303);
    while controller::features::topics::sort_next(&wall.app).await.unwrap() {}
    let nobody = wall.client();

    for (kind, _) in KINDS {
        let feed = read(&nobody, &format!("/@museum/topics/rathaus/feed.{kind}")).await;
        assert!(feed.contains("Der Rat tagt") && !feed.contains("Freibad"), "{feed}");
        nobody.get(&format!("/@museum/topics/none/feed.{kind}")).await.expect(404);
    }
    assert!(read(&nobody, "/@museum/topics/rathaus").await.contains("href=\"/@museum/topics/rathaus/feed.atom\""));
    let topic = wall.app.store.find_topic_by_slug(&stage.id, "rathaus").await.unwrap().unwrap();
    owner.client.post(&owner.path(&format!("topics/{}", topic.id)), &form("Stadtrat")).await.expect(303);
    let moved = nobody.get("/@museum/topics/rathaus/feed.rss").await.expect(308);
    assert_eq!(moved.location(), "/@museum/topics/stadtrat/feed.rss");
}

#[tokio::test]
async fn a_hub_is_named_and_told_where_the_operator_has_set_one_and_only_there() {
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel::<String>();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().route(
        "/hub",
        axum::routing::post(move |body: String| {
            told.send(body).unwrap();
            std::future::ready(reqwest::StatusCode::NO_CONTENT)
        }),
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    let hub = format!("http://{address}/hub");
    let with_hub = |config: &mut Config| {
        config.hub = Some(hub.parse().unwrap());
        config.allow = vec![address.to_string()];
    };
    let wall = TestController::with(with_hub).await;
    controller::jobs::start(&wall.app);
    let (owner, _) = with_posts(&wall, "museum", &["Eins", "Zwei"]).await;

    for (kind, _) in KINDS {
        let feed = wall.client().get(&format!("/@museum/feed.{kind}")).await.expect(200);
        let own = format!("{}/@museum/feed.{kind}", wall.url);
        assert_eq!(feed.header("link"), format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\""));
        assert!(feed.text().contains(&hub), "{kind}");
    }
    owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
    let body = tokio::time::timeout(std::time::Duration::from_secs(60), heard.recv()).await.unwrap().unwrap();

    let fields: Vec<_> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    assert_eq!(fields[0], ("hub.mode".to_owned(), "publish".to_owned()));
    let topics: Vec<_> = fields.iter().filter(|(name, _)| name == "hub.url").map(|(_, url)| url.as_str()).collect();
    for (kind, _) in KINDS {
        assert!(topics.contains(&format!("{}/@museum/feed.{kind}", wall.url).as_str()), "{topics:?}");
    }
}
