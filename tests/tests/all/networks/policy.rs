//! Rules of single networks: how long posts may be kept, who asks not to be shown, what is warned of, quotas.

use harness::{
    networks::{FakePost, Fault},
    postgres_url,
};

use super::{House, ROWS, house::numbered, rows::Row};

fn row(title: &str) -> &'static Row {
    ROWS.iter().find(|row| row.title == title).unwrap_or_else(|| panic!("no row {title}"))
}

#[tokio::test]
async fn posts_that_cannot_be_looked_up_go_when_their_time_is_over() {
    for (title, kept) in [("YouTube", 0), ("YouTube with a key", 0), ("Mastodon", 3)] {
        let house = House::linked(row(title), numbered(3)).await;
        house.fake.misbehave(Fault::Status(500));
        house.look_up(29 * 24).await;
        assert_eq!(house.posts().await.len(), 3, "{title}: within 30 days");

        house.look_up(2 * 24).await;

        assert_eq!(house.posts().await.len(), kept, "{title}");
    }
}

#[tokio::test]
async fn posts_that_stand_stay_though_all_are_due_at_once() {
    let house = House::linked(row("YouTube with a key"), numbered(45)).await;
    house.look_up(40 * 24).await;
    assert_eq!(house.posts().await.len(), 45, "thirty were looked up, and the others come next");
    house.look_up(1).await;
    assert_eq!(house.posts().await.len(), 45);
}

#[tokio::test]
async fn posts_that_are_looked_up_in_time_stay() {
    let house = House::linked(row("YouTube"), numbered(3)).await;
    house.fake.misbehave(Fault::EmptyListing);
    for _ in 0..40 {
        house.look_up(25).await;
    }
    assert_eq!(house.posts().await.len(), 3);
}

#[tokio::test]
async fn an_account_that_asks_not_to_be_shown_is_not_linked_and_its_posts_go() {
    let house = House::linked(row("Bluesky"), numbered(3)).await;
    house.fake.switch("labels", "!no-unauthenticated");

    let visit = house.visit().await;

    assert_eq!((visit.withdrawn, house.posts().await.len()), (3, 0));
    house.owner.client.speak("de");
    let words = "nur angemeldeten Menschen gezeigt zu werden";
    assert!(house.owner.client.get(&house.owner.path("sources")).await.text().contains(words));
    let fields = [("network", "bluesky"), ("address", "@beispielhausen.de")];
    let refused = house.owner.client.post(&house.owner.path("sources"), &fields).await.expect(422).text();
    assert!(refused.contains(words), "{refused}");

    house.fake.switch("labels", "something-else");
    assert_eq!(house.visit().await.new, 3, "it changed its mind");
}

#[tokio::test]
async fn a_post_that_carries_a_warning_waits_for_somebody() {
    let house = House::linked(row("Bluesky"), numbered(2)).await;
    assert!(house.posts().await.iter().all(|post| post.shown));
    house.fake.switch("labels", "graphic-media");
    house.fake.publish(FakePost::new(3, "Neu"));

    let visit = house.visit().await;

    assert_eq!((visit.new, visit.changed, visit.waiting), (1, 2, 1));
    assert!(house.posts().await.iter().all(|post| !post.shown), "also what was shown before it got the label");
    assert_eq!(house.source().await.problem, "sources.remark.waiting");
}

#[tokio::test]
async fn what_a_server_marks_as_sensitive_waits_too() {
    for title in ["Mastodon", "Mastodon, closed to strangers", "Pixelfed with a token"] {
        let picture = [("/media/a.png", "Stände")];
        let house = House::new(row(title), vec![FakePost::new(1, "Heikel").with_pictures(&picture)]).await;
        house.fake.switch("sensitive", "yes");
        house.link().await;

        let visit = house.visit().await;

        assert_eq!((visit.new, visit.waiting), (1, 1), "{title}");
        assert!(!house.owner.newsroom().await.contains("Heikel"), "{title}");
    }
}

#[tokio::test]
async fn a_quota_that_is_used_up_comes_back_at_midnight_in_california() {
    let house = House::linked(row("YouTube with a key"), numbered(2)).await;
    house.fake.switch("quota", "none");

    house.visit().await;

    // 2026-05-05, 07:00 UTC
    assert_eq!(house.source().await.next_at, 1_777_964_400_000);
    assert_eq!(house.source().await.problem, "networks.youtube.quota");
    let asked = house.fake.asked().len();
    house.wait(3);
    assert_eq!(house.try_visit().await, None);
    assert_eq!(house.fake.asked().len(), asked);
}

#[tokio::test]
async fn an_owner_cannot_switch_off_what_the_network_wants() {
    let house = House::linked(row("Mastodon"), numbered(2)).await;
    let source = house.source().await;
    let page = house.owner.client.get(&house.owner.path("sources")).await.expect(200).text();
    assert!(!page.contains(&format!("{}/follow", source.id)) && !page.contains(&format!("{}/unfollow", source.id)));

    house.owner.client.post(&house.owner.path(&format!("sources/{}/unfollow", source.id)), &[]).await.expect(303);

    assert!(house.source().await.checks_links);
}

#[tokio::test]
async fn the_rules_hold_on_postgresql_too() {
    let Some(database) = postgres_url().await else { return };
    let house = House::with_database(row("YouTube"), numbered(5), Some(database)).await;
    house.link().await;
    house.visit().await;

    house.fake.delete(4);
    assert_eq!(house.visit().await.withdrawn, 1, "missing in a listing, and looked up");
    house.fake.misbehave(Fault::EmptyListing);
    house.fake.delete(2);
    house.look_up(26).await;
    assert_eq!(house.words().await, ["Beitrag 5", "Beitrag 3", "Beitrag 1"], "looked up in its time");
    house.fake.misbehave(Fault::Status(500));
    house.look_up(31 * 24).await;
    assert!(house.posts().await.is_empty(), "kept no longer than is allowed");

    let Some(database) = postgres_url().await else { return };
    let house = House::with_database(row("Bluesky"), numbered(1), Some(database)).await;
    house.link().await;
    house.visit().await;
    house.fake.switch("labels", "porn");
    house.visit().await;
    assert!(house.posts().await.iter().all(|post| !post.shown));
}
