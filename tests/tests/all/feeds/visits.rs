//! Visits over the wire: what is asked, what is remembered, and when to come again.

use controller::networks::{self, Answers, Class, Link, News, Next, PostRef, Settings, Standing, Visit, Visited};

use super::{
    NOW, doors,
    server::{Reply, Server, ok, status},
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const FEED: &str =
    "<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>Eins</title></item></channel></rss>";

/// A source that is visited again and again.
struct Source {
    server: Server,
    link: Link,
    memory: Option<String>,
    settings: Settings,
}

impl Source {
    async fn new(answer: impl Fn(&str, usize) -> String + Send + Sync + 'static) -> Self {
        let server = Server::new(move |path, number| Reply::Bytes(answer(path, number).into_bytes())).await;
        let link = Link { address: server.url("/feed"), credential: None };
        let settings = Settings {
            minimum_secs: 900,
            instance_url: Some("https://wall.example".to_owned()),
            ..Settings::default()
        };
        Self { server, link, memory: None, settings }
    }

    async fn visit(&mut self, now: i64) -> Visited {
        let client = self.server.client();
        let visit =
            Visit { link: &self.link, memory: self.memory.as_deref(), every_secs: 60, subscribers: 3, sent: &[] };
        let network = networks::find("feed").unwrap();
        let visited = network.fetch(&doors(&client, &self.settings, now), &visit).await;
        self.memory = Some(visited.memory.clone());
        visited
    }

    fn last_head(&self) -> String {
        self.server.heads().pop().unwrap()
    }
}

fn posts(visited: &Visited) -> Option<usize> {
    match visited.outcome.as_ref().unwrap() {
        News::Batch(batch) => Some(batch.posts.len()),
        News::Unchanged => None,
    }
}

fn class(visited: &Visited) -> Class {
    visited.outcome.as_ref().err().unwrap().class.clone()
}

#[tokio::test]
async fn only_what_changed_is_asked_for() {
    let headers = "ETag: W/\"odd tag\"\r\nLast-Modified: yesterday, perhaps\r\n";
    let mut source = Source::new(move |_, number| match number {
        2 | 4 => status(304, "Last-Modified: newly sent\r\n"),
        _ => ok(headers, FEED),
    })
    .await;

    let first = source.visit(NOW).await;
    let head = source.last_head();
    assert_eq!(posts(&first), Some(1));
    assert!(!head.contains("if-none-match") && !head.contains("if-modified-since"), "{head}");
    assert!(
        head.contains("\r\nuser-agent: litfass/") && head.contains(" (+https://wall.example; 3 subscribers)\r\n"),
        "{head}"
    );
    assert!(head.contains("\r\naccept: application/atom+xml, application/rss+xml, "), "{head}");
    assert!(head.contains("\r\naccept-encoding: gzip,br\r\n"), "{head}");

    let second = source.visit(NOW + HOUR).await;
    let head = source.last_head();
    assert_eq!(posts(&second), None);
    assert!(head.contains("\r\nif-none-match: w/\"odd tag\"\r\n"), "{head}");
    assert!(head.contains("\r\nif-modified-since: yesterday, perhaps\r\n"), "{head}");

    let third = source.visit(NOW + 2 * HOUR).await;
    assert_eq!(posts(&third), None, "the same tag is the same feed");
    assert!(source.last_head().contains("\r\nif-modified-since: newly sent\r\n"));

    let fourth = source.visit(NOW + 8 * DAY).await;
    let head = source.last_head();
    assert_eq!(posts(&fourth), None);
    assert!(!head.contains("if-none-match") && !head.contains("if-modified-since"), "after eight days: {head}");
}

#[tokio::test]
async fn the_same_bytes_are_no_news() {
    let mut source =
        Source::new(|_, number| ok("", &FEED.replace("Eins", if number < 3 { "Eins" } else { "Zwei" }))).await;

    assert_eq!(posts(&source.visit(NOW).await), Some(1));
    assert_eq!(posts(&source.visit(NOW).await), None);
    assert_eq!(posts(&source.visit(NOW).await), Some(1));
}

#[tokio::test]
async fn the_same_date_is_no_news_where_there_is_no_tag() {
    let mut source = Source::new(|_, number| {
        let date = if number < 3 { "Thu, 14 Jan 2027 08:00:00 GMT" } else { "Fri, 15 Jan 2027 08:00:00 GMT" };
        ok(&format!("Last-Modified: {date}\r\n"), &FEED.replace("Eins", &format!("Nummer {number}")))
    })
    .await;

    assert_eq!(posts(&source.visit(NOW).await), Some(1));
    assert_eq!(posts(&source.visit(NOW + HOUR).await), None, "the server sends it whole all the same");
    assert_eq!(posts(&source.visit(NOW + 2 * HOUR).await), Some(1));
}

#[tokio::test]
async fn quiet_hours_and_days_of_a_feed_are_respected() {
    let quiet = "<skipHours><hour>8</hour><hour> 9 </hour><hour>never</hour></skipHours>\
                 <skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>";
    let body = FEED.replace("<item>", &format!("{quiet}<item>"));
    let mut source = Source::new(move |_, number| match number {
        2 => status(304, ""),
        _ => ok("ETag: \"a\"\r\n", &body),
    })
    .await;

    // NOW is a Friday, 08:00; the pause and its drift are 922 seconds.
    assert_eq!(source.visit(NOW).await.next, Next::At(NOW + 2 * HOUR + 922_000));
    let late = NOW + 15 * HOUR + HOUR / 2 + HOUR / 4;
    assert_eq!(source.visit(late).await.next, Next::At(late + 2 * DAY + 922_000), "also when nothing changed");
}

#[tokio::test]
async fn a_secret_goes_to_its_own_place_only_and_does_not_move() {
    let other = Server::always(&ok("", FEED)).await;
    let target = other.url("/feed");
    let mut source = Source::new(move |_, _| status(301, &format!("Location: {target}\r\n"))).await;
    source.link.credential = Some(networks::Credential::new("ada:secret".to_owned()));
    let client = super::server::client(&[&source.server.address.to_string(), &other.address.to_string()]);
    let network = networks::find("feed").unwrap();

    for day in [0, 1, 2] {
        let visit =
            Visit { link: &source.link, memory: source.memory.as_deref(), every_secs: 60, subscribers: 1, sent: &[] };
        let visited = network.fetch(&doors(&client, &source.settings, NOW + day * DAY), &visit).await;
        assert!(visited.outcome.is_ok() && visited.moved_to.is_none(), "day {day}: {visited:?}");
        source.memory = Some(visited.memory);
    }

    let basic = "\r\nauthorization: basic ywrhonnly3jlda==\r\n";
    assert!(source.server.heads().iter().all(|head| head.contains(basic)), "{:?}", source.server.heads());
    assert!(!other.heads().is_empty() && other.heads().iter().all(|head| !head.contains("authorization")));
}

#[tokio::test]
async fn publishers_say_when_to_come_again() {
    let table = [
        ("", "", 900),
        ("Cache-Control: max-age=7200\r\n", "", 7200),
        ("Cache-Control: max-age=99999999\r\n", "", 5 * 3600),
        ("Expires: Fri, 15 Jan 2027 10:00:00 GMT\r\n", "", 7200),
        ("Expires: 0\r\n", "<ttl>120</ttl>", 7200),
        ("", "<ttl>1000</ttl>", 60_000),
    ];
    for (headers, ttl, expected) in table {
        let body = FEED.replace("<item>", &format!("{ttl}<item>"));
        let mut source = Source::new(move |_, _| ok(headers, &body)).await;
        let visited = source.visit(NOW).await;
        let Next::At(next) = visited.next else { panic!("switched off") };
        // Half of the twentieth by which sources drift apart.
        let expected = NOW + expected * 1025;
        assert!((next - expected).abs() <= 1000, "{headers}{ttl}: {next} instead of {expected}");
    }
}

#[tokio::test]
async fn an_owner_hears_about_every_failure_and_the_feed_is_left_alone() {
    let table = [
        (410, "", Class::Gone, Next::Never, "sources.error.gone"),
        (404, "", Class::Transient, Next::At(NOW + 900_000), "sources.error.not_found"),
        (403, "", Class::Transient, Next::At(NOW + 900_000), "sources.error.denied"),
        (418, "", Class::BadRequest, Next::At(NOW + DAY), "sources.error.status"),
        (500, "", Class::Transient, Next::At(NOW + 900_000), "sources.error.status"),
        (
            429,
            "Retry-After: 7200\r\n",
            Class::RateLimited { until: NOW + 2 * HOUR },
            Next::At(NOW + 2 * HOUR),
            "sources.error.rate_limited",
        ),
        (503, "", Class::Transient, Next::At(NOW + 900_000), "sources.error.unavailable"),
    ];
    for (code, headers, expected, next, key) in table {
        let mut source = Source::new(move |_, _| status(code, headers)).await;
        let visited = source.visit(NOW).await;
        assert_eq!((class(&visited), visited.next), (expected, next), "{code}");
        assert_eq!(visited.outcome.as_ref().err().unwrap().key, key);
        let paused = visited.host_pause.map(|(host, until)| (host, until - NOW));
        let pause = match code {
            429 => Some(2 * HOUR),
            503 => Some(600_000),
            _ => None,
        };
        assert_eq!(paused, pause.map(|pause| ("127.0.0.1".to_owned(), pause)), "{code}");
    }
}

#[tokio::test]
async fn failures_in_a_row_stretch_the_pause_and_a_success_ends_them() {
    let mut source = Source::new(|_, number| if number == 4 { ok("", FEED) } else { status(502, "") }).await;
    let mut pauses = Vec::new();
    for _ in 0..5 {
        let Next::At(next) = source.visit(NOW).await.next else { panic!("switched off") };
        pauses.push((next - NOW) / 1000);
    }
    assert_eq!(pauses, [900, 1800, 3600, 922, 900]);
}

#[tokio::test]
async fn what_is_no_feed_is_said_and_tried_again() {
    let page = "<!doctype html><html><body>Wartung</body></html>";
    let mut source = Source::new(move |_, number| ok("", if number == 1 { FEED } else { page })).await;
    source.visit(NOW).await;

    let visited = source.visit(NOW + HOUR).await;

    assert_eq!(class(&visited), Class::ContractChanged);
    assert_eq!(visited.next, Next::At(NOW + HOUR + 900_000));
    assert_eq!(visited.outcome.err().unwrap().key, "feeds.error.website_without_feed");
}

#[tokio::test]
async fn a_source_that_moved_for_good_is_stored_after_a_day() {
    let mut source = Source::new(|path, _| match path {
        "/feed" => status(301, "Location: /new\r\n"),
        _ => ok("", FEED),
    })
    .await;
    let new = source.server.url("/new");

    assert_eq!(source.visit(NOW).await.moved_to, None);
    assert_eq!(source.visit(NOW + 2 * HOUR).await.moved_to, None);
    assert_eq!(source.visit(NOW + DAY).await.moved_to, Some(new));
}

#[tokio::test]
async fn a_feed_that_says_it_ended_is_not_visited_again() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","expired":true,"items":[{"id":"1","content_text":"x"}]}"#;
    let mut source = Source::new(move |_, _| ok("Content-Type: application/feed+json\r\n", feed)).await;
    let visited = source.visit(NOW).await;
    assert_eq!((posts(&visited), visited.next), (Some(1), Next::Never));
}

#[tokio::test]
async fn linking_tries_the_address_and_finds_the_feeds_of_a_website() {
    let server = Server::new(|path, _| {
        let one = "<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>";
        let two = "<html><head><link rel=alternate type=application/rss+xml href=/a title=A><link rel=alternate type=application/atom+xml href=/b></head></html>";
        Reply::Bytes(match path {
            "/one" => ok("", one),
            "/two" => ok("", two),
            "/none" => ok("", "<html></html>"),
            "/gone" => status(410, ""),
            _ => ok("", FEED),
        }
        .into_bytes())
    })
    .await;
    let (client, settings) = (server.client(), Settings::default());
    let doors = doors(&client, &settings, NOW);
    let network = networks::find("feed").unwrap();
    let connect = async |path: &str| {
        let answers = Answers::from([("address".to_owned(), server.url(path))]);
        network.connect(&doors, &answers).await
    };

    for path in ["/feed", "/one"] {
        let candidates = connect(path).await.unwrap();
        assert_eq!(candidates.len(), 1);
        assert_eq!(candidates[0].link.address, server.url("/feed"));
        assert_eq!(candidates[0].title.as_deref(), Some("T"));
        assert_eq!(candidates[0].preview.as_ref().unwrap().posts.len(), 1);
    }
    let several = connect("/two").await.unwrap();
    let found: Vec<_> = several.iter().map(|c| (c.link.address.clone(), c.title.as_deref())).collect();
    assert_eq!(found, [(server.url("/a"), Some("A")), (server.url("/b"), None)]);
    assert_eq!(connect("/none").await.unwrap_err().key, "feeds.error.website_without_feed");
    assert_eq!(connect("/gone").await.unwrap_err().key, "sources.error.gone");
    let nonsense = Answers::from([("address".to_owned(), "two words".to_owned())]);
    assert_eq!(network.connect(&doors, &nonsense).await.unwrap_err().key, "sources.error.bad_address");
    assert_eq!(network.connect(&doors, &Answers::new()).await.unwrap_err().key, "sources.error.bad_address");
}

#[tokio::test]
async fn posts_are_asked_about_one_by_one() {
    let server = Server::new(|path, _| {
        let code = path.trim_start_matches('/').parse().unwrap();
        Reply::Bytes(status(code, "").into_bytes())
    })
    .await;
    let (client, settings) = (server.client(), Settings::default());
    let doors = doors(&client, &settings, NOW);
    let link = Link { address: server.url("/"), credential: None };
    let post = |link: Option<String>| PostRef { remote_id: "x".to_owned(), link };
    let posts: Vec<_> = ["/200", "/404", "/410", "/500", "/403"].map(|path| post(Some(server.url(path)))).into();

    let standings = networks::find("feed").unwrap().verify(&doors, &link, &posts).await.unwrap();
    let unknown = networks::find("feed").unwrap().verify(&doors, &link, &[post(None)]).await.unwrap();

    use Standing::{Gone, Stands, Unknown};
    assert_eq!(standings, [Stands, Gone, Gone, Unknown, Unknown]);
    assert_eq!(unknown, [Unknown]);
}
