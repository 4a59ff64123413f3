//! What a visit does to the posts and the state of a source, on both databases.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use controller::{
    features::sources,
    store::{Below, PostGroup, Source},
};
use harness::{Owner, TestController};

use super::server::{Reply, Server, ok, status};

const DAY_SECS: i64 = 24 * 3_600;

/// An owner with sources at a server that says something else at each step.
struct House {
    wall: TestController,
    owner: Owner,
    step: Arc<AtomicUsize>,
    server: Server,
}

impl House {
    async fn on_each(answer: fn(&str, usize) -> String) -> Vec<Self> {
        let mut all = Vec::new();
        for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
            let step = Arc::new(AtomicUsize::new(0));
            let at = Arc::clone(&step);
            let server =
                Server::new(move |path, _| Reply::Bytes(answer(path, at.load(Ordering::Relaxed)).into_bytes())).await;
            let owner = Owner::new(wall.client(), "museum").await;
            all.push(Self { wall, owner, step, server });
        }
        all
    }

    /// Goes on to a step, a day later, and visits whatever is due.
    async fn visit(&self, step: usize) {
        self.step.store(step, Ordering::Relaxed);
        self.wall.wait_secs(DAY_SECS);
        let now = self.wall.app.clock.now();
        for source in self.wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            sources::visit(&self.wall.app, &source).await.unwrap();
        }
    }

    async fn source(&self, path: &str) -> Source {
        let sources = self.wall.app.store.list_sources(&self.owner.stage_id).await.unwrap();
        sources.into_iter().find(|source| source.address.ends_with(path)).unwrap_or_else(|| panic!("no {path}"))
    }

    async fn page(&self, leaf: &str) -> String {
        self.owner.client.get(&self.owner.path(leaf)).await.expect(200).text()
    }
}

fn atom(entries: &str) -> String {
    ok(
        "",
        &format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>\
             <title>Feed</title>{entries}</feed>"
        ),
    )
}

fn entry(id: &str, title: &str) -> String {
    format!("<entry><id>{id}</id><title>{title}</title><updated>2026-05-01T10:00:00Z</updated></entry>")
}

#[tokio::test]
async fn a_post_goes_with_its_tombstone_and_not_by_being_absent() {
    let houses = House::on_each(|_, step| match step {
        0 | 1 => atom(&(entry("a", "Bleibt") + &entry("b", "Wird gelöscht"))),
        2 => atom(&entry("c", "Kam dazu")),
        3 => atom(&(entry("c", "Kam dazu, geändert") + "<at:deleted-entry ref='b' when='2026-05-03T00:00:00Z'/>")),
        _ => atom(""),
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/feed")).await;
        house.visit(1).await;
        house.visit(2).await;
        let page = house.owner.newsroom().await;
        assert!(["Bleibt", "Wird gelöscht", "Kam dazu"].iter().all(|title| page.contains(title)), "{page}");

        house.visit(3).await;

        let page = house.owner.newsroom().await;
        assert!(page.contains("Bleibt") && page.contains("Kam dazu, geändert") && !page.contains("Wird gelöscht"));
        house.visit(4).await;
        assert!(house.owner.newsroom().await.contains("Bleibt"), "an empty feed is an outage");
    }
}

#[tokio::test]
async fn a_feed_that_ended_rests_and_its_owner_is_told() {
    let houses = House::on_each(|_, step| {
        let json = format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","title":"T","expired":{},"items":[{{"id":"{step}","content_text":"Text {step}"}}]}}"#,
            step > 1
        );
        ok("", &json)
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/feed")).await;
        house.visit(1).await;
        assert_eq!(house.source("/feed").await.state, "working");

        house.visit(2).await;

        let source = house.source("/feed").await;
        assert_eq!((source.state.as_str(), source.next_at), ("stopped", i64::MAX));
        assert!(house.owner.newsroom().await.contains("Text 2"), "its last posts come all the same");
        house.owner.client.speak("de");
        assert!(house.page("sources").await.contains("dass hier nichts Neues mehr kommt"));
        house.owner.client.speak("en");
        assert!(house.page("sources").await.contains("nothing new will come here"));
    }
}

#[tokio::test]
async fn a_source_that_moves_to_where_another_is_stays_where_it_was() {
    let houses = House::on_each(|path, step| match path {
        "/old" if step > 0 => status(301, "Location: /new\r\n"),
        _ => atom(&entry(path, &format!("Post von {path}"))),
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/old")).await;
        house.owner.link(&house.server.url("/new")).await;
        for step in 1..=3 {
            house.visit(step).await;
        }
        let old = house.source("/old").await;
        assert_eq!((old.state.as_str(), old.claimed_until, old.fetched_at), ("working", 0, house.wall.app.clock.now()));
    }
}

#[tokio::test]
async fn what_was_odd_stays_told_while_nothing_changes_and_goes_with_it() {
    let houses = House::on_each(|_, step| match step {
        0..=2 => ok("", "<rss><channel><item><guid>1</guid><title>Eins</title></item><item><guid>2</gu"),
        3 => status(500, ""),
        _ => ok("", "<rss><channel><item><guid>1</guid><title>Eins</title></item></channel></rss>"),
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/feed")).await;
        for (step, words) in [(1, "Der Feed bricht ab"), (2, "Der Feed bricht ab"), (3, "mit dem Fehler 500"), (4, "")]
        {
            house.visit(step).await;
            let page = house.page("sources/list").await;
            let said = page.contains("circle-exclamation");
            assert!(page.contains(words) && said != words.is_empty(), "step {step}: {page}");
            assert_eq!(page.contains("class=\"wrong\""), step == 3, "step {step}: {page}");
        }
    }
}

#[tokio::test]
async fn all_pages_are_looked_at_in_turn_and_old_ones_seldom() {
    let houses = House::on_each(|path, step| {
        let number = path.rsplit('/').next().and_then(|name| name.parse::<usize>().ok());
        match number {
            None => {
                let entry = |number: usize| {
                    format!(
                        "<entry><id>{number}</id><title>Post {number}</title><link href='/pages/{number}'/>\
                         <updated>2020-01-01T00:00:{number:02}Z</updated></entry>"
                    )
                };
                atom(&(1..=40).map(entry).collect::<String>())
            }
            // A whole section was put away.
            Some(..=35) => status(404, ""),
            Some(36) if step == 5 => status(410, ""),
            Some(_) => ok("", "<p>Seite</p>"),
        }
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/feed")).await;
        house.visit(1).await;
        let id = house.source("/feed").await.id;
        house.owner.client.post(&house.owner.path(&format!("sources/{id}/follow")), &[]).await.expect(303);
        let (store, stage) = (&house.wall.app.store, house.owner.stage_id.as_str());
        let count = async || {
            let now = house.wall.app.clock.now();
            store.list_posts(stage, PostGroup::All, &Below::default(), now, 99).await.unwrap().len()
        };

        assert!(sources::check_next(&house.wall.app).await.unwrap());
        assert_eq!(count().await, 15, "of the thirty newest five stand");
        assert!(!sources::check_next(&house.wall.app).await.unwrap(), "not all at once");
        house.wall.wait_secs(61);
        assert!(sources::check_next(&house.wall.app).await.unwrap());
        assert_eq!(count().await, 5, "though none of these pages stands");

        house.step.store(5, Ordering::Relaxed);
        house.wall.wait_secs(DAY_SECS + 61);
        assert!(sources::check_next(&house.wall.app).await.unwrap());
        assert_eq!(count().await, 5, "what is years old seldom goes");
        house.wall.wait_secs(6 * DAY_SECS);
        assert!(sources::check_next(&house.wall.app).await.unwrap());
        assert_eq!(count().await, 4);
    }
}

#[tokio::test]
async fn a_post_whose_page_is_gone_goes_too_where_its_owner_wants_it() {
    let houses = House::on_each(|path, step| match (path, step) {
        ("/feed", _) => {
            let entry =
                |id: &str| format!("<entry><id>{id}</id><title>Post {id}</title><link href='/pages/{id}'/></entry>");
            atom(&["stands", "404", "410", "500"].map(entry).concat())
        }
        // Later the whole website is broken.
        (_, 9) => status(404, ""),
        ("/pages/404", _) => status(404, ""),
        ("/pages/410", _) => status(410, ""),
        ("/pages/500", _) => status(500, ""),
        _ => ok("", "<p>Seite</p>"),
    });
    for house in houses.await {
        house.owner.link(&house.server.url("/feed")).await;
        house.visit(1).await;
        let shown = async || {
            let page = house.owner.newsroom().await;
            ["stands", "404", "410", "500"].map(|id| page.contains(&format!("Post {id}")))
        };
        assert!(!sources::check_next(&house.wall.app).await.unwrap(), "nobody asked for it");
        let id = house.source("/feed").await.id;

        house.owner.client.post(&house.owner.path(&format!("sources/{id}/follow")), &[]).await.expect(303);
        house.step.store(9, Ordering::Relaxed);
        assert!(sources::check_next(&house.wall.app).await.unwrap());
        assert_eq!(shown().await, [true; 4], "no page stands: an outage");
        assert!(!sources::check_next(&house.wall.app).await.unwrap(), "once a day");
        house.wall.wait_secs(DAY_SECS);
        house.step.store(1, Ordering::Relaxed);
        assert!(sources::check_next(&house.wall.app).await.unwrap());

        assert_eq!(shown().await, [true, false, false, true]);
        house.owner.client.post(&house.owner.path(&format!("sources/{id}/unfollow")), &[]).await.expect(303);
        house.wall.wait_secs(DAY_SECS);
        assert!(!sources::check_next(&house.wall.app).await.unwrap());
    }
}
