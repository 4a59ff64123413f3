//! What a network grants to the instance as a whole: counted, shared among accounts, and the same for every controller.

use controller::{
    features::sources::{self, Wait},
    store::Source,
};
use harness::{NOON, Owner, TestController, networks::FakeNetwork, plain_stage, postgres_url, stores};

use super::{ROWS, house::numbered};
use controller::config::{NetworkSettings, Secret};

/// 2026-05-05T07:00:00Z, midnight in California.
const MIDNIGHT: i64 = 1_777_964_400_000;
const CHANNEL: &str = "https://www.youtube.com/channel/UCbeispiel00000000000000";

/// A museum with one source of YouTube and a club with five, and so many units a day for both.
struct House {
    wall: TestController,
    fake: FakeNetwork,
    museum: Owner,
    club: Owner,
}

impl House {
    async fn new(units: i64, database: Option<String>) -> Self {
        let row = ROWS.iter().find(|row| row.title == "YouTube with a key").unwrap();
        let fake = FakeNetwork::new((row.fake)()).await;
        numbered(2).into_iter().for_each(|post| fake.publish(post));
        fake.set_now(NOON);
        let wall = Self::controller(&fake, units, database).await;
        let museum = Owner::new(wall.client(), "museum").await;
        let club = Owner::new(wall.client(), "club").await;
        let fields = [("network", "youtube"), ("address", CHANNEL)];
        museum.client.post(&museum.path("sources"), &fields).await.expect(303);
        club.client.post(&club.path("sources"), &fields).await.expect(303);
        for number in 2..=5 {
            let stage = [("name", "Klub"), ("handle", &format!("club-{number}")), ("time_zone", "Europe/Berlin")];
            let made = club.client.post("/dashboard/stages/new", &stage).await.expect(303);
            let id = made.location().split(['/', '?']).nth(3).unwrap().to_owned();
            club.client.post(&format!("/dashboard/stages/{id}/sources"), &fields).await.expect(303);
        }
        Self { wall, fake, museum, club }
    }

    async fn controller(fake: &FakeNetwork, units: i64, database: Option<String>) -> TestController {
        let url: Option<url::Url> = fake.url().parse().ok();
        TestController::with(|config| {
            config.allow.push("127.0.0.0/8".to_owned());
            let settings = NetworkSettings {
                key: Some(Secret::new(harness::networks::KEY.to_owned())),
                api_base: url.clone(),
                feed_base: url,
                quota: Some(units),
                ..NetworkSettings::default()
            };
            config.networks.insert("youtube".to_owned(), settings);
            config.database = database;
        })
        .await
    }

    /// Visits what is due and may be visited, as the job does; how many that were.
    async fn visit(&self) -> usize {
        let (app, now) = (&self.wall.app, self.wall.app.clock.now());
        let mut visits = 0;
        for source in app.store.claim_due_sources(now, now + 60_000, 99).await.unwrap() {
            if let Some(until) = sources::rests(app, &source).await.unwrap() {
                app.store.postpone_source(&source, until).await.unwrap();
            } else {
                sources::visit(app, &source).await.unwrap();
                visits += 1;
            }
        }
        visits
    }

    async fn source(&self, owner: &Owner) -> Source {
        self.wall.app.store.list_sources(&owner.stage_id).await.unwrap().pop().unwrap()
    }

    async fn account(&self, owner: &Owner) -> String {
        self.wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id
    }

    async fn wait(&self, owner: &Owner) -> Option<Wait> {
        sources::wait(&self.wall.app, "youtube", &self.account(owner).await).await.unwrap()
    }
}

#[tokio::test]
async fn every_question_counts_for_the_account_that_asked_it() {
    for database in [None, postgres_url().await] {
        let house = House::new(10_000, database).await;
        assert_eq!(house.visit().await, 6);

        let used = |account: &str, uses: &[(String, String, i64)]| {
            uses.iter().filter(|(_, by, _)| by == account).map(|(_, _, used)| *used).sum::<i64>()
        };
        let uses = house.wall.app.store.list_uses("youtube", NOON).await.unwrap();
        let (museum, club) = (house.account(&house.museum).await, house.account(&house.club).await);
        let asked = i64::try_from(house.fake.asked().len()).unwrap();
        assert_eq!(used(&museum, &uses) + used(&club, &uses), asked, "links and visits");
        assert_eq!(used(&museum, &uses) * 5, used(&club, &uses));
        assert!(house.wall.app.store.list_uses("youtube", MIDNIGHT).await.unwrap().is_empty(), "granted anew");
    }
}

#[tokio::test]
async fn who_has_many_sources_slows_down_alone() {
    let house = House::new(600, None).await;
    house.visit().await;

    let pause = async |owner: &Owner| (house.source(owner).await.next_at - house.wall.app.clock.now()) / 1_000;
    let (museum, club) = (pause(&house.museum).await, pause(&house.club).await);

    // 600 units: 192 that the museum needs, and 408 for the 960 of the club.
    assert!((900..=945).contains(&museum), "{museum}");
    assert!((2_118..=2_224).contains(&club), "{club}");
}

#[tokio::test]
async fn a_share_that_is_used_up_is_waited_for_and_nobody_elses_is_touched() {
    for database in [None, postgres_url().await] {
        let house = House::new(600, database.clone()).await;
        house.visit().await;
        let club = house.account(&house.club).await;
        house.wall.app.store.note_use("youtube", "units", &club, MIDNIGHT, 400).await.unwrap();
        house.wall.wait_secs(3_600);

        assert_eq!(house.wait(&house.club).await, Some(Wait::Share(MIDNIGHT)));
        assert_eq!((house.wait(&house.museum).await, house.visit().await), (None, 1), "the museum goes on");
        assert_eq!(house.source(&house.club).await.next_at, MIDNIGHT);
        let page = async |owner: &Owner| owner.client.get(&owner.path("sources")).await.expect(200).text();
        let words = page(&house.club).await;
        assert!(words.contains("der Anteil dieses Kontos ist verbraucht") && words.contains("5. Mai 2026"), "{words}");
        assert!(!page(&house.museum).await.contains("Anteil"));
        // Clicks on "look now" do not help either.
        let now = house.club.path(&format!("sources/{}/visit", house.source(&house.club).await.id));
        house.club.client.post(&now, &[]).await.expect(303);
        assert_eq!(house.visit().await, 0);
        // Another controller, or this one after a restart, knows it too.
        if let Some(database) = database {
            let other = House::controller(&house.fake, 600, Some(database)).await;
            assert_eq!(sources::wait(&other.app, "youtube", &club).await.unwrap(), Some(Wait::Share(MIDNIGHT)));
        }
        house.wall.app.clock.set(MIDNIGHT);
        assert_eq!((house.wait(&house.club).await, house.visit().await), (None, 6));
    }
}

#[tokio::test]
async fn who_has_used_up_their_share_cannot_spend_more_of_it_by_linking() {
    for database in [None, postgres_url().await] {
        let house = House::new(600, database).await;
        house.visit().await;
        let club = house.account(&house.club).await;
        house.wall.app.store.note_use("youtube", "units", &club, MIDNIGHT, 400).await.unwrap();
        let asked = house.fake.asked().len();
        let another = [("network", "youtube"), ("address", "https://www.youtube.com/@beispielhausen")];

        let told = house.club.client.post(&house.club.path("sources"), &another).await.expect(422).text();
        assert!(told.contains("Jetzt noch nicht: YouTube gewährt") && told.contains("5. Mai 2026"), "{told}");
        assert_eq!(house.fake.asked().len(), asked, "nobody was asked");

        // The same channel under another name: it was looked up, which only the museum may.
        house.museum.client.post(&house.museum.path("sources"), &another).await.expect(422);
        assert!(house.fake.asked().len() > asked);
    }
}

#[tokio::test]
async fn when_all_is_used_up_or_the_network_says_so_everybody_waits() {
    let house = House::new(600, None).await;
    house.visit().await;
    let museum = house.account(&house.museum).await;
    house.wall.app.store.note_use("youtube", "units", &museum, MIDNIGHT, 600).await.unwrap();
    assert_eq!(house.wait(&house.club).await, Some(Wait::All(MIDNIGHT)));
    house.club.client.speak("en");
    let page = house.club.client.get(&house.club.path("sources")).await.text();
    assert!(page.contains("Waits until 5 May 2026") && page.contains("YouTube grants"), "{page}");

    house.wall.app.clock.set(MIDNIGHT);
    house.fake.switch("quota", "none");
    let asked = house.fake.asked().len();
    house.visit().await;

    assert_eq!(house.fake.asked().len(), asked + 1, "one is told, and nobody else asks");
    assert_eq!(house.wait(&house.museum).await, Some(Wait::All(MIDNIGHT + 86_400_000)));
}

#[tokio::test]
async fn uses_and_rests_are_kept_as_they_are_counted() {
    for db in stores().await {
        let (store, kind) = (&db.store, db.kind);
        for account in ["a", "b"] {
            db.add_account(account).await;
            store.add_stage(&plain_stage(&format!("stage of {account}"), account)).await.unwrap();
        }
        for (grant, account, ends_at, used) in [
            ("day", "a", NOON + 9, 3),
            ("day", "a", NOON + 9, 4),
            ("day", "b", NOON + 9, 1),
            ("month", "a", NOON + 99, 5),
        ] {
            store.note_use("x", grant, account, ends_at, used).await.unwrap();
        }
        let list = async |now| {
            let uses = store.list_uses("x", now).await.unwrap();
            uses.into_iter().map(|(grant, account, used)| format!("{grant} {account} {used}")).collect::<Vec<_>>()
        };
        assert_eq!(list(NOON + 8).await, ["day a 7", "day b 1", "month a 5"], "{kind}");
        assert_eq!(list(NOON + 9).await, ["month a 5"], "{kind}");
        store.note_use("x", "day", "a", NOON + 19, 2).await.unwrap();
        assert_eq!(list(NOON + 9).await, ["day a 2", "month a 5"], "{kind}: from nothing again");
        assert!(store.list_uses("tiktok", NOON).await.unwrap().is_empty(), "{kind}");

        assert_eq!(store.find_network_rest("x").await.unwrap(), None);
        for (until, expected) in [(NOON + 5, NOON + 5), (NOON + 3, NOON + 5), (NOON + 7, NOON + 7)] {
            store.rest_network("x", until).await.unwrap();
            assert_eq!(store.find_network_rest("x").await.unwrap(), Some(expected), "{kind}");
        }
        assert!(store.count_visited("x").await.unwrap().is_empty(), "{kind}");
        db.erase_account("a").await;
        assert_eq!(list(NOON).await, ["day b 1"], "{kind}");
        assert_eq!(
            (store.delete_old_uses(NOON + 8).await.unwrap(), store.delete_old_uses(NOON + 9).await.unwrap()),
            (0, 1)
        );
    }
}
