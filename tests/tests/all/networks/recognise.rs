//! One field takes any address: the program finds the network, and where it is wrong, the owner chooses.

use controller::config::NetworkSettings;
use harness::{
    Owner, TestController,
    networks::{FakeBluesky, FakeFeed, FakeMastodon, FakeNetwork, FakePixelfed, FakePost, FakeYouTube, Kind},
};

/// A wall that may reach fakes of every network; only Bluesky and YouTube are told where theirs is.
struct Everything {
    wall: TestController,
    owner: Owner,
    mastodon: FakeNetwork,
    pixelfed: FakeNetwork,
    website: FakeNetwork,
    bluesky: FakeNetwork,
    _youtube: FakeNetwork,
}

impl Everything {
    async fn new() -> Self {
        let fake = async |kind: Box<dyn Kind>| {
            let fake = FakeNetwork::new(kind).await;
            fake.publish(FakePost::new(1, "Markt"));
            fake
        };
        let (bluesky, youtube) = (fake(Box::new(FakeBluesky)).await, fake(Box::new(FakeYouTube)).await);
        let at = |fake: &FakeNetwork| {
            let url: Option<url::Url> = fake.url().parse().ok();
            NetworkSettings { api_base: url.clone(), feed_base: url, ..NetworkSettings::default() }
        };
        let wall = TestController::with(|config| {
            config.allow.push("127.0.0.0/8".to_owned());
            config.networks.insert("bluesky".to_owned(), at(&bluesky));
            config.networks.insert("youtube".to_owned(), at(&youtube));
        })
        .await;
        let owner = Owner::new(wall.client(), "museum").await;
        Self {
            wall,
            owner,
            mastodon: fake(Box::new(FakeMastodon::default())).await,
            pixelfed: fake(Box::new(FakePixelfed)).await,
            website: fake(Box::new(FakeFeed)).await,
            bluesky,
            _youtube: youtube,
        }
    }

    /// Types something into the one field; the network and the address of what was linked.
    async fn link(&self, typed: &str) -> (String, String) {
        let fields = [("network", ""), ("address", typed)];
        let answer = self.owner.client.post(&self.owner.path("sources"), &fields).await;
        assert_eq!(answer.status, 303, "{typed}: {}", answer.text());
        let sources = self.wall.app.store.list_sources(&self.owner.stage_id).await.unwrap();
        let newest = sources.into_iter().max_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id))).unwrap();
        self.wall.wait_secs(1);
        (newest.network, newest.address)
    }
}

#[tokio::test]
async fn any_address_finds_its_network() {
    let all = Everything::new().await;
    let (mastodon, pixelfed, website) = (all.mastodon.url(), all.pixelfed.url(), all.website.url());
    let table = [
        (format!("{mastodon}/@beispielhausen"), "mastodon", format!("{mastodon}/@beispielhausen")),
        (format!("{pixelfed}/museum"), "pixelfed", format!("{pixelfed}/museum")),
        (format!("{website}/feed"), "feed", format!("{website}/feed")),
        (
            "https://bsky.app/profile/beispielhausen.de".to_owned(),
            "bluesky",
            "https://bsky.app/profile/did:plc:abc234def567ghi234jkl567".to_owned(),
        ),
        (
            "https://www.youtube.com/@beispielhausen".to_owned(),
            "youtube",
            "https://www.youtube.com/channel/UCbeispiel00000000000000".to_owned(),
        ),
    ];
    for (typed, network, address) in table {
        assert_eq!(all.link(&typed).await, (network.to_owned(), address), "{typed}");
    }
}

#[tokio::test]
async fn a_handle_is_asked_for_where_its_looks_do_not_say() {
    let all = Everything::new().await;

    let (network, _) = all.link("@beispielhausen.de").await;

    assert_eq!(network, "bluesky");
    assert!(all.bluesky.asked()[0].path.ends_with("resolveHandle"));
    // What looks clear is not asked about.
    let (network, _) = all.link(&format!("{}/@beispielhausen.rss", all.mastodon.url())).await;
    assert_eq!(network, "mastodon");
    assert_eq!(all.mastodon.asked()[0].path, "/.well-known/nodeinfo");
}

#[tokio::test]
async fn a_wrong_guess_is_corrected_by_choosing_the_network() {
    let all = Everything::new().await;
    let typed = format!("{}/@nobody", all.mastodon.url());
    let refused = all.owner.client.post(&all.owner.path("sources"), &[("network", ""), ("address", &typed)]).await;
    let page = refused.expect(422).text();
    assert!(page.contains("Wir halten das für:") && page.contains("<strong>Mastodon</strong>"), "{page}");
    assert!(
        page.contains("<option value=\"mastodon\" selected>") && page.contains(&format!("value=\"{typed}\"")),
        "{page}"
    );

    let feed = format!("{}/@beispielhausen.rss", all.mastodon.url());
    let fields = [("network", "feed"), ("address", feed.as_str())];
    all.owner.client.post(&all.owner.path("sources"), &fields).await.expect(303);

    let sources = all.wall.app.store.list_sources(&all.owner.stage_id).await.unwrap();
    assert_eq!((sources[0].network.as_str(), sources[0].address.as_str()), ("feed", feed.as_str()));
}

#[tokio::test]
async fn a_name_that_belongs_nowhere_is_told_in_words() {
    let all = Everything::new().await;
    for (language, words) in [("de", "kennen wir kein Netzwerk"), ("en", "We know no network")] {
        all.owner.client.speak(language);
        let fields = [("network", ""), ("address", "@nobody.example")];
        let page = all.owner.client.post(&all.owner.path("sources"), &fields).await.expect(422).text();
        assert!(page.contains(words), "{page}");
    }
}

#[tokio::test]
async fn networks_with_more_fields_have_a_form_of_their_own() {
    let all = Everything::new().await;

    let page = all.owner.client.get(&all.owner.path("sources?network=pixelfed")).await.expect(200).text();

    assert!(page.contains("name=\"token\"") && page.contains("type=\"password\""), "{page}");
    let plain = all.owner.client.get(&all.owner.path("sources?network=nothing")).await.expect(200).text();
    assert!(!plain.contains("name=\"token\"") && plain.contains("sources?network=mastodon"), "{plain}");
}
