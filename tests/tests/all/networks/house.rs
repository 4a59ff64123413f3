//! A controller, an owner, and a fake network that the owner's source leads to.

use controller::{
    config::{NetworkSettings, Secret},
    features::sources::{self, Imported},
    store::{Below, Post, PostGroup, Source},
};
use harness::{
    Owner, TestController,
    networks::{FakeNetwork, FakePost},
};

use super::rows::Row;

const HOUR_SECS: i64 = 3_600;

/// A controller, an owner, and a fake network.
pub(super) struct House {
    pub(super) row: &'static Row,
    pub(super) wall: TestController,
    pub(super) owner: Owner,
    pub(super) fake: FakeNetwork,
}

impl House {
    /// One whose network has posts, before the owner links it.
    pub(super) async fn new(row: &'static Row, posts: Vec<FakePost>) -> Self {
        Self::with_database(row, posts, None).await
    }

    /// The same on a database of one's own.
    pub(super) async fn with_database(row: &'static Row, posts: Vec<FakePost>, database: Option<String>) -> Self {
        let fake = FakeNetwork::new((row.fake)()).await;
        let url: url::Url = fake.url().parse().unwrap();
        let wall = TestController::with(|config| {
            config.allow.push("127.0.0.0/8".to_owned());
            let settings = NetworkSettings {
                key: Some(row.key).filter(|key| !key.is_empty()).map(|key| Secret::new(key.to_owned())),
                api_base: Some(url.clone()),
                feed_base: Some(url),
                ..NetworkSettings::default()
            };
            config.networks.insert(row.network.to_owned(), settings);
            config.database = database;
        })
        .await;
        posts.into_iter().for_each(|post| fake.publish(post));
        let owner = Owner::new(wall.client(), "museum").await;
        let house = Self { row, wall, owner, fake };
        house.fake.set_now(house.now());
        house
    }

    /// One whose owner has linked the source, and that has been visited once.
    pub(super) async fn linked(row: &'static Row, posts: Vec<FakePost>) -> Self {
        let house = Self::new(row, posts).await;
        house.link().await;
        house.visit().await;
        house
    }

    /// Links the source as its owner does.
    pub(super) async fn link(&self) {
        let typed = self.row.typed.replace("{fake}", &self.fake.url());
        let fields = [("network", self.row.network), ("address", typed.as_str()), ("token", self.row.token)];
        let answer = self.owner.client.post(&self.owner.path("sources"), &fields).await;
        assert_eq!(answer.status, 303, "{}: {}", self.row.title, answer.text());
    }

    pub(super) fn now(&self) -> i64 {
        self.wall.app.clock.now()
    }

    /// Goes on by some hours.
    pub(super) fn wait(&self, hours: i64) {
        self.wall.wait_secs(hours * HOUR_SECS);
        self.fake.set_now(self.now());
    }

    /// Visits the source if it is due, as the job does; `None` when it is not.
    pub(super) async fn try_visit(&self) -> Option<Imported> {
        let now = self.now();
        let source = self.wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap().pop()?;
        if let Some(until) = sources::rests(&self.wall.app, &source).await.unwrap() {
            self.wall.app.store.postpone_source(&source, until).await.unwrap();
            return None;
        }
        Some(sources::visit(&self.wall.app, &source).await.unwrap())
    }

    /// Visits the source, an hour later.
    pub(super) async fn visit(&self) -> Imported {
        self.wait(1);
        self.try_visit().await.unwrap_or_else(|| panic!("{}: not due", self.row.title))
    }

    /// Goes on by some hours and lets whatever is due be looked up.
    pub(super) async fn look_up(&self, hours: i64) {
        self.wait(hours);
        while sources::check_next(&self.wall.app).await.unwrap() {}
    }

    pub(super) async fn source(&self) -> Source {
        self.wall.app.store.list_sources(&self.owner.stage_id).await.unwrap().pop().unwrap()
    }

    /// All posts, newest first.
    pub(super) async fn posts(&self) -> Vec<Post> {
        self.wall
            .app
            .store
            .list_posts(&self.owner.stage_id, PostGroup::All, &Below::default(), self.wall.app.clock.now(), 500)
            .await
            .unwrap()
    }

    /// What the posts say, newest first.
    pub(super) async fn words(&self) -> Vec<String> {
        self.posts().await.into_iter().map(|post| words(&post)).collect()
    }

    /// Alternative texts of all pictures, in order.
    pub(super) async fn alts(&self) -> Vec<String> {
        let ids: Vec<_> = self.posts().await.into_iter().map(|post| post.id).collect();
        let pictures = self.wall.app.store.list_post_pictures(&self.owner.stage_id, &ids).await.unwrap();
        pictures.into_iter().map(|picture| picture.alt).collect()
    }

    /// How many requests looked single posts up.
    pub(super) fn look_ups(&self) -> usize {
        let part = self.row.looks_up;
        self.fake.asked().iter().filter(|asked| !part.is_empty() && asked.path.contains(part)).count()
    }
}

/// What a post says: networks of films say it in the title.
pub(super) fn words(post: &Post) -> String {
    post.title.clone().unwrap_or_else(|| post.text.clone())
}

/// Posts `Beitrag 1` to `Beitrag N`.
pub(super) fn numbered(count: u64) -> Vec<FakePost> {
    (1..=count).map(|number| FakePost::new(number, &format!("Beitrag {number}"))).collect()
}
