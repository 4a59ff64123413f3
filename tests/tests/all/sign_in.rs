//! Networks that one signs in to: the sign-in through pages, tokens that are renewed and never lost, and each adapter.

mod browser;
mod facebook;
mod instagram;
mod killed;
mod linkedin;
mod notices;
mod quotas;
mod rotation;
mod rows;
mod signin;
mod tiktok;
mod tokens;
mod x;

use controller::{
    features::sources::{self, Imported},
    store::{Below, Post, PostGroup, Source},
};
use harness::{
    Answer, Owner, TestController,
    closed::{FakeNetwork, Kind},
    postgres_url,
};

const DAY_SECS: i64 = 24 * 3_600;

/// An owner beside a network, who signs in to it.
struct House {
    wall: TestController,
    owner: Owner,
    network: FakeNetwork,
}

impl House {
    async fn new(kind: Kind) -> Self {
        Self::with(kind, None).await
    }

    /// One on each database that this machine has.
    async fn on_each(kind: Kind) -> Vec<Self> {
        let mut all = vec![Self::new(kind).await];
        if let Some(database) = postgres_url().await {
            all.push(Self::with(kind, Some(database)).await);
        }
        all
    }

    async fn with(kind: Kind, database: Option<String>) -> Self {
        let network = FakeNetwork::new(kind).await;
        let wall = TestController::with(|config| {
            network.configure(config);
            config.database = database;
        })
        .await;
        network.follow(&wall.app.clock);
        let owner = Owner::new(wall.client(), "museum").await;
        Self { wall, owner, network }
    }

    /// Presses the button; returns where the browser is sent.
    async fn leave(&self, fields: &[(&str, &str)]) -> String {
        let mut form = vec![("network", self.network.name())];
        form.extend_from_slice(fields);
        let page = self.owner.client.post(&self.owner.path("sources/sign-in"), &form).await.expect(200);
        let address = page.header("refresh").strip_prefix("0; url=").expect("the network's address").to_owned();
        let text = page.text().replace("&#38;", "&").replace("&amp;", "&");
        assert!(text.contains(&format!("href=\"{address}\"")), "a link for whom nothing happens: {text}");
        address
    }

    /// Comes back from the network.
    async fn come_back(&self, location: &str) -> Answer {
        let path = location.strip_prefix(&self.wall.url).expect("an address of ours");
        self.owner.client.get(path.split('#').next().unwrap()).await
    }

    /// Signs in and allows everything; the source is linked then.
    async fn sign_in(&self) {
        let back = self.network.allow(&self.leave(&[]).await).await;
        let answer = self.come_back(&back).await.expect(303);
        assert!(answer.location().ends_with("?done=source_linked"), "{}", answer.location());
    }

    /// Visits what is due, as the job does.
    async fn visit(&self) -> Imported {
        let now = self.wall.app.clock.now();
        let mut all = Imported::default();
        for source in self.wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            let one = sources::visit(&self.wall.app, &source).await.unwrap();
            all.new += one.new;
            all.changed += one.changed;
            all.without_picture += one.without_picture;
        }
        all
    }

    /// The same, a day later.
    async fn visit_next_day(&self) -> Imported {
        self.wall.wait_secs(DAY_SECS);
        self.visit().await
    }

    async fn source(&self) -> Source {
        let mut sources = self.wall.app.store.list_sources(&self.owner.stage_id).await.unwrap();
        assert_eq!(sources.len(), 1);
        sources.remove(0)
    }

    /// Posts, newest first.
    async fn posts(&self) -> Vec<Post> {
        self.wall
            .app
            .store
            .list_posts(&self.owner.stage_id, PostGroup::All, &Below::default(), self.wall.app.clock.now(), 500)
            .await
            .unwrap()
    }

    async fn post(&self, remote_id: &str) -> Post {
        let posts = self.posts().await;
        posts.into_iter().find(|post| post.remote_id == remote_id).unwrap_or_else(|| panic!("no post {remote_id}"))
    }

    /// Files and descriptions of the pictures of a post.
    async fn alts(&self, remote_id: &str) -> Vec<String> {
        let post = self.post(remote_id).await;
        let pictures = self.wall.app.store.list_post_pictures(&self.owner.stage_id, &[post.id]).await.unwrap();
        pictures.into_iter().map(|picture| picture.alt).collect()
    }

    async fn page(&self) -> String {
        self.owner.client.get(&self.owner.path("sources")).await.expect(200).text()
    }

    /// Has posts looked up that may be gone, as the daily job does.
    async fn look_up(&self) {
        let stage = self.wall.app.store.find_any_stage(&self.owner.stage_id).await.unwrap().unwrap();
        sources::follow_links(&self.wall.app, &stage, &self.source().await.id, true).await.unwrap();
        assert!(sources::check_next(&self.wall.app).await.unwrap());
    }
}
