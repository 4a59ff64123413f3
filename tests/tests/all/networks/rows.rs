//! The table of adapters. One more is one row: the checks are the same for all.

use harness::networks::{FakeBluesky, FakeFeed, FakeMastodon, FakePixelfed, FakeYouTube, KEY, Kind, TOKEN};

/// One way of reading one network.
pub(super) struct Row {
    /// What the messages of a failure call it.
    pub(super) title: &'static str,
    /// Name of the adapter.
    pub(super) network: &'static str,
    /// Makes the fake of its network.
    pub(super) fake: fn() -> Box<dyn Kind>,
    /// What the owner types; `{fake}` stands for the address of the fake.
    pub(super) typed: &'static str,
    /// Token that the owner types too; empty for none.
    pub(super) token: &'static str,
    /// Key that the operator has; empty for none.
    pub(super) key: &'static str,
    /// How many posts a listing gives at most.
    pub(super) window: usize,
    /// Part of the path or query of a request that looks single posts up; empty where the network's policy wants none.
    pub(super) looks_up: &'static str,
    /// How many pictures of a post with three are stored.
    pub(super) pictures: usize,
    /// Whether alternative texts come along.
    pub(super) alts: bool,
    /// Whether texts are HTML there.
    pub(super) html: bool,
}

const PLAIN: Row = Row {
    title: "",
    network: "",
    fake: || Box::new(FakeFeed),
    typed: "",
    token: "",
    key: "",
    window: 200,
    looks_up: "",
    pictures: 3,
    alts: true,
    html: true,
};

/// Every adapter, in every way that it reads its network.
pub(super) const ROWS: &[Row] = &[
    Row {
        title: "Mastodon",
        network: "mastodon",
        fake: || Box::new(FakeMastodon::default()),
        typed: "https://social.example/@beispielhausen",
        looks_up: "/api/v1/statuses/",
        ..PLAIN
    },
    Row {
        title: "Mastodon with a token",
        network: "mastodon",
        fake: || Box::new(FakeMastodon { closed: true }),
        typed: "@beispielhausen@social.example",
        token: TOKEN,
        looks_up: "/api/v1/statuses/",
        ..PLAIN
    },
    Row {
        title: "Mastodon, closed to strangers",
        network: "mastodon",
        fake: || Box::new(FakeMastodon { closed: true }),
        typed: "https://social.example/@beispielhausen",
        window: 20,
        looks_up: "/@beispielhausen/",
        ..PLAIN
    },
    Row {
        title: "Pixelfed",
        network: "pixelfed",
        fake: || Box::new(FakePixelfed),
        typed: "https://pixelfed.example/museum",
        window: 10,
        looks_up: "/p/museum/",
        pictures: 1,
        alts: false,
        ..PLAIN
    },
    Row {
        title: "Pixelfed with a token",
        network: "pixelfed",
        fake: || Box::new(FakePixelfed),
        typed: "@museum@pixelfed.example",
        token: TOKEN,
        looks_up: "/api/v1/statuses/",
        ..PLAIN
    },
    Row {
        title: "Bluesky",
        network: "bluesky",
        fake: || Box::new(FakeBluesky),
        typed: "https://bsky.app/profile/beispielhausen.de",
        looks_up: "app.bsky.feed.getPosts",
        html: false,
        ..PLAIN
    },
    Row {
        title: "YouTube",
        network: "youtube",
        fake: || Box::new(FakeYouTube),
        typed: "https://www.youtube.com/@beispielhausen",
        window: 15,
        looks_up: "/oembed",
        pictures: 1,
        alts: false,
        html: false,
        ..PLAIN
    },
    Row {
        title: "YouTube with a key",
        network: "youtube",
        fake: || Box::new(FakeYouTube),
        typed: "https://www.youtube.com/channel/UCbeispiel00000000000000",
        key: KEY,
        looks_up: "/youtube/v3/videos",
        pictures: 1,
        alts: false,
        html: false,
        ..PLAIN
    },
    Row { title: "feed", network: "feed", typed: "{fake}/feed", window: 20, ..PLAIN },
];
