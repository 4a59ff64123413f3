//! Feeds whose hub tells of news: asked, confirmed, believed while it tells, renewed, doubted and left.

use controller::{
    features::sources::{self, Imported},
    store::Source,
};
use harness::{
    FakeHub, FeedServer, Format, HubPlace, Manner, Owner, Part, Post, Subscriber, TestController, at_hand, eventually,
};

const HOUR_SECS: i64 = 3_600;
const DAY_SECS: i64 = 24 * HOUR_SECS;

/// An owner whose feed names a hub.
struct House {
    wall: TestController,
    owner: Owner,
    feed: FeedServer,
    hub: FakeHub,
}

impl House {
    async fn on_each(format: Format, place: HubPlace) -> Vec<Self> {
        let mut all = Vec::new();
        for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
            let (feed, hub) = (FeedServer::with_format(format).await, FakeHub::new().await);
            feed.name_hub(&hub.url(), place);
            feed.append(Post::new("1", "Erster Beitrag", "<p>Text</p>"));
            let owner = Owner::new(wall.client(), "museum").await;
            owner.link(&feed.url()).await;
            let house = Self { wall, owner, feed, hub };
            house.visit().await;
            all.push(house);
        }
        all
    }

    /// The same, after the hub was asked and has asked back.
    async fn told_on_each() -> Vec<Self> {
        let all = Self::on_each(Format::Atom, HubPlace::Document).await;
        for house in &all {
            house.ask_hubs().await;
            assert_eq!(house.hub.asked_back(1).await, 200);
        }
        all
    }

    async fn ask_hubs(&self) -> usize {
        sources::ask_hubs(&self.wall.app).await.unwrap()
    }

    async fn visit(&self) -> Vec<Imported> {
        let now = self.wall.app.clock.now();
        let mut all = Vec::new();
        for source in self.wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            all.push(sources::visit(&self.wall.app, &source).await.unwrap());
        }
        all
    }

    async fn source(&self) -> Source {
        self.wall.app.store.list_sources(&self.owner.stage_id).await.unwrap().pop().unwrap()
    }

    /// In how many seconds it is visited next.
    async fn due_in(&self) -> i64 {
        (self.source().await.next_at - self.wall.app.clock.now()) / 1_000
    }

    async fn is_trusted(&self) -> bool {
        let id = self.source().await.id;
        self.wall.app.store.find_subscription(&id).await.unwrap().unwrap().trusted
    }

    /// The hub tells of something; what it was answered.
    async fn tell(&self, method: &str) -> u16 {
        self.hub.publish(&self.feed.url(), method, "<feed/>").await[0]
    }

    fn subscriber(&self) -> Subscriber {
        self.hub.subscribers().pop().expect("a subscriber")
    }
}

#[tokio::test]
async fn a_hub_is_found_wherever_a_feed_names_it_and_what_it_tells_is_seen_at_once() {
    for (format, place) in [
        (Format::Atom, HubPlace::Document),
        (Format::Rss, HubPlace::Document),
        (Format::Json, HubPlace::Document),
        (Format::Rss, HubPlace::Header),
    ] {
        for house in House::on_each(format, place).await {
            assert_eq!(house.ask_hubs().await, 1, "{format:?} {place:?}");
            assert_eq!(house.hub.asked_back(1).await, 200, "{format:?} {place:?}");
            let asked = &house.hub.requests()[0];
            assert_eq!((asked.field("hub.mode"), asked.field("hub.lease_seconds")), ("subscribe", "864000"));
            assert_eq!(asked.field("hub.topic"), house.feed.url());
            assert!(asked.field("hub.secret").len() >= 32 && asked.field("hub.callback").len() > 90);
            assert!(house.owner.client.get(&house.owner.path("sources")).await.text().contains("sofort gemeldet"));
            house.feed.append(Post::new("2", "Zweiter Beitrag", "<p>Text</p>"));
            house.wall.wait_secs(60);
            assert!(house.visit().await.is_empty(), "not due by itself");

            assert_eq!(house.tell("sha256").await, 202);

            assert_eq!(house.visit().await, [Imported { new: 1, ..Imported::default() }], "{format:?} {place:?}");
            assert!(house.owner.newsroom().await.contains("Zweiter Beitrag"));
            assert_eq!(house.ask_hubs().await, 0, "asked once");
        }
    }
}

#[tokio::test]
async fn a_source_is_looked_at_seldom_only_while_its_hub_tells() {
    for house in House::told_on_each().await {
        let usual = house.due_in().await;
        assert!(usual < HOUR_SECS, "confirmed, but it never told anything: {usual}");
        house.feed.append(Post::new("2", "Gemeldet", ""));
        house.wall.wait_secs(60);
        house.tell("sha512").await;
        house.visit().await;
        let seldom = house.due_in().await;
        assert!(seldom >= 6 * HOUR_SECS, "{seldom}");

        // News without a word: found by the look that is left, and then looked for as before.
        house.feed.append(Post::new("3", "Verschwiegen", ""));
        house.wall.wait_secs(7 * HOUR_SECS);
        assert_eq!(house.visit().await[0].new, 1);
        assert!(!house.is_trusted().await && house.due_in().await <= usual + 60, "{}", house.due_in().await);
        house.wall.wait_secs(HOUR_SECS);
        house.tell("sha384").await;
        assert!(house.is_trusted().await, "it tells again");
        house.visit().await;
        // A hint that led to nothing: a copy on the way may be old.
        assert_eq!(house.due_in().await, 60);
        house.wall.wait_secs(60);
        house.visit().await;
        assert!(house.due_in().await >= 6 * HOUR_SECS);
        // The lease ends, and nobody renews it.
        house.wall.wait_secs(11 * DAY_SECS);
        house.visit().await;
        assert!(house.due_in().await <= usual + 60);
    }
}

#[tokio::test]
async fn only_what_the_hub_signed_wakes_a_source_and_nothing_falls_behind_what_it_can() {
    if !at_hand(Part::Curl) {
        return;
    }
    for house in House::told_on_each().await {
        house.wall.wait_secs(60);
        for method in ["wrong", "md5", "sha1"] {
            assert_eq!(house.tell(method).await, 202, "{method}: thanked for, and forgotten");
            assert!(house.visit().await.is_empty() && !house.is_trusted().await, "{method}");
        }
        let to = house.subscriber();
        house.hub.deliver(&to, "", "<feed/>").await.expect(202);
        assert!(house.visit().await.is_empty());
        // True, and with SHA-1: taken from a hub that has nothing better, not from one that has.
        let weak = sha1_of(&to.secret);
        house.hub.deliver(&to, &weak, "").await.expect(202);
        assert_eq!(house.visit().await.len(), 1);
        house.wall.wait_secs(60);
        house.tell("sha256").await;
        house.visit().await;
        house.wall.wait_secs(30);
        house.hub.deliver(&to, &weak, "").await.expect(202);
        assert!(house.visit().await.is_empty());
    }
}

/// SHA-1 is not among our own libraries: openssl signs an empty body.
fn sha1_of(secret: &str) -> String {
    let arguments = ["dgst", "-sha1", "-mac", "HMAC", "-macopt", &format!("key:{secret}"), "/dev/null"];
    let done = std::process::Command::new("openssl").args(arguments).output().expect("run openssl");
    let said = String::from_utf8(done.stdout).unwrap();
    format!("sha1={}", said.rsplit("= ").next().unwrap().trim())
}

#[tokio::test]
async fn a_flood_of_hints_is_one_look_in_ten_seconds() {
    for house in House::told_on_each().await {
        house.wall.wait_secs(60);
        let before = house.feed.asked();
        for _ in 0..30 {
            assert_eq!(house.tell("sha256").await, 202);
            house.visit().await;
        }
        assert_eq!(house.feed.asked() - before, 1);
        house.wall.wait_secs(10);
        house.visit().await;
        assert_eq!(house.feed.asked() - before, 2);
    }
}

#[tokio::test]
async fn only_what_was_asked_for_is_confirmed() {
    for house in House::on_each(Format::Atom, HubPlace::Document).await {
        house.hub.behave(Manner::Silent);
        house.ask_hubs().await;
        let (callback, topic) = (house.hub.requests()[0].field("hub.callback").to_owned(), house.feed.url());
        let ask = async |mode: &str, topic: &str, lease: &str| {
            let query =
                [("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", "7f3a"), ("hub.lease_seconds", lease)];
            house.hub.ask_back(&callback, &query).await
        };
        ask("subscribe", "https://elsewhere.example/", "600").await.expect(404);
        ask("subscribe", &topic, "315360000").await.expect(404);
        ask("subscribe", &topic, "0").await.expect(404);
        ask("unsubscribe", &topic, "600").await.expect(404);
        ask("publish", &topic, "600").await.expect(404);
        let unknown = callback.replace("/hooks/", "/hooks/0");
        let query = [("hub.mode", "unsubscribe"), ("hub.topic", topic.as_str()), ("hub.challenge", "7f3a")];
        house.hub.ask_back(&unknown, &query).await.expect(404);
        let good = ask("subscribe", &topic, "600").await.expect(200);
        assert_eq!((good.text().as_str(), good.header("content-type")), ("7f3a", "text/plain; charset=utf-8"));
        assert_eq!(good.header("x-content-type-options"), "nosniff");
        ask("subscribe", &topic, "600").await.expect(404);
        house.wall.wait_secs(400);
        assert_eq!(house.ask_hubs().await, 1, "two thirds of what it granted are over");
    }
}

#[tokio::test]
async fn hubs_that_misbehave_cost_nothing_but_their_news() {
    for manner in [
        Manner::Denies,
        Manner::Silent,
        Manner::Refuses(403),
        Manner::Refuses(500),
        Manner::AnotherTopic,
        Manner::Grants(90 * DAY_SECS),
    ] {
        for house in House::on_each(Format::Atom, HubPlace::Document).await {
            house.hub.behave(manner);
            house.ask_hubs().await;
            if matches!(manner, Manner::Denies | Manner::AnotherTopic | Manner::Grants(_)) {
                house.hub.asked_back(1).await;
            }
            assert!(house.hub.subscribers().is_empty(), "{manner:?}");
            let page = house.owner.client.get(&house.owner.path("sources")).await.text();
            assert!(page.contains("Läuft") && !page.contains("sofort gemeldet"), "{manner:?}");
            house.wall.wait_secs(60);
            assert_eq!(house.ask_hubs().await, 0, "{manner:?}: not at once again");
            house.feed.append(Post::new("2", "Trotzdem", ""));
            house.wall.wait_secs(HOUR_SECS);
            assert_eq!(house.visit().await[0].new, 1, "{manner:?}");
            // It mends its ways.
            house.hub.behave(Manner::Hasty);
            house.wall.wait_secs(8 * DAY_SECS);
            assert_eq!(house.ask_hubs().await, 1, "{manner:?}");
            assert_eq!(house.hub.subscribers().len(), 1, "{manner:?}");
        }
    }
}

#[tokio::test]
async fn a_lease_is_renewed_ahead_of_time_at_the_same_address() {
    for house in House::told_on_each().await {
        let first = house.subscriber();
        house.wall.wait_secs(6 * DAY_SECS);
        assert_eq!(house.ask_hubs().await, 0);
        house.wall.wait_secs(DAY_SECS);
        assert_eq!(house.ask_hubs().await, 1);
        assert_eq!(house.hub.asked_back(2).await, 200);
        assert_eq!(house.subscriber(), first);
    }
}

#[tokio::test]
async fn a_hub_is_left_with_its_source_and_forgets_us() {
    for house in House::told_on_each().await {
        let (to, id) = (house.subscriber(), house.source().await.id);

        let unlink = house.owner.path(&format!("sources/{id}/unlink"));
        house.owner.client.post(&unlink, &[]).await.expect(303);

        eventually("the hub to forget us", || async { house.hub.subscribers().is_empty().then_some(()) }).await;
        assert_eq!(house.hub.requests().last().unwrap().field("hub.mode"), "unsubscribe");
        house.hub.deliver(&to, "sha256=00", "").await.expect(410);
        let other = [("hub.mode", "unsubscribe"), ("hub.topic", "https://x.example/"), ("hub.challenge", "7f3a")];
        house.hub.ask_back(&to.callback, &other).await.expect(404);
    }
}

#[tokio::test]
async fn another_hub_takes_the_place_of_the_first() {
    for house in House::told_on_each().await {
        let second = FakeHub::new().await;
        house.feed.name_hub(&second.url(), HubPlace::Header);
        house.feed.append(Post::new("2", "Umgezogen", ""));
        house.wall.wait_secs(HOUR_SECS);
        house.visit().await;
        house.ask_hubs().await;

        assert_eq!(second.asked_back(1).await, 200);
        eventually("the first hub to forget us", || async { house.hub.subscribers().is_empty().then_some(()) }).await;
        assert_eq!(second.subscribers().len(), 1);
    }
}

#[tokio::test]
async fn no_hub_is_asked_where_it_could_be_overheard_or_is_private_or_the_feed_is() {
    let wall = |base: &'static str, allow: &'static str| async move {
        let wall = TestController::with(|config| {
            config.allow.push(allow.to_owned());
            if !base.is_empty() {
                config.base_url = base.parse().unwrap();
            }
        })
        .await;
        let owner = Owner::new(wall.client(), "museum").await;
        (wall, owner)
    };
    let (feed, hub) = (FeedServer::new().await, FakeHub::new().await);
    feed.append(Post::new("1", "Erster Beitrag", "<p>Text</p>"));
    for (base, hub_url, secret, asked) in [
        ("", hub.url(), "", 1),
        ("http://wall.example", hub.url(), "", 0),
        ("", hub.url(), "ada:geheim@", 0),
        ("", "http://10.0.0.1/hub".to_owned(), "", 1),
    ] {
        feed.name_hub(&hub_url, HubPlace::Header);
        let (wall, owner) = wall(base, "127.0.0.0/8").await;
        owner.link(&feed.url().replace("http://", &format!("http://{secret}"))).await;
        let now = wall.app.clock.now();
        for source in wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            sources::visit(&wall.app, &source).await.unwrap();
        }
        assert_eq!(sources::ask_hubs(&wall.app).await.unwrap(), asked, "{base} {hub_url} {secret}");
    }
    assert_eq!(hub.requests().len(), 1, "and what is private was never reached");
}
