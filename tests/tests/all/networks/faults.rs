//! Networks that misbehave: nothing is lost, nobody is pestered, and it goes on by itself.

use harness::networks::{FakePost, Fault};

use super::{House, ROWS, house::numbered};

#[tokio::test]
async fn a_network_that_wants_rest_gets_it() {
    for row in ROWS {
        let house = House::linked(row, numbered(3)).await;
        let (asked, now) = (house.fake.asked().len(), house.now());
        house.fake.misbehave(Fault::Busy(5 * 3_600));
        house.visit().await;
        let source = house.source().await;
        assert_eq!(source.state, "failing", "{}", row.title);
        assert!(source.next_at >= now + 6 * 3_600_000, "{}: {}", row.title, source.next_at - now);
        assert_eq!(house.fake.asked().len(), asked + 1, "{}: asked once", row.title);

        // The owner cannot press it either, nor do look-ups ask.
        house.wait(3);
        let visit = format!("sources/{}/visit", source.id);
        house.owner.client.post(&house.owner.path(&visit), &[]).await.expect(303);
        assert_eq!(house.try_visit().await, None, "{}", row.title);
        house.look_up(1).await;
        assert_eq!(house.fake.asked().len(), asked + 1, "{}: before the time", row.title);

        house.fake.misbehave(Fault::None);
        house.fake.publish(FakePost::new(4, "Danach"));
        house.wait(2);
        assert_eq!(house.try_visit().await.map(|done| done.new), Some(1), "{}", row.title);
        assert_eq!(house.source().await.state, "working", "{}", row.title);
    }
}

#[tokio::test]
async fn who_has_used_up_what_is_granted_stops_and_leaves_no_gap() {
    let house = House::new(&ROWS[0], numbered(130)).await;
    house.fake.switch("left", "0");
    house.link().await;
    assert_eq!(house.visit().await.new, 40, "one page, then rest");
    let source = house.source().await;
    let rests = controller::features::sources::rests(&house.wall.app, &source).await.unwrap();
    assert_eq!(rests, Some(house.now() + 300_000));

    house.fake.switch("left", "299");

    assert_eq!(house.visit().await.new, 90);
}

#[tokio::test]
async fn broken_answers_lose_nothing_and_it_goes_on_by_itself() {
    for row in ROWS {
        let house = House::linked(row, numbered(8)).await;
        for fault in [Fault::Status(500), Fault::Status(502), Fault::Status(404), Fault::HalfBody] {
            house.fake.misbehave(fault);
            house.wait(30);
            house.try_visit().await;
            house.look_up(1).await;
            assert_eq!(house.posts().await.len(), 8, "{}: {fault:?}", row.title);
            let source = house.source().await;
            let told = source.state == "failing" || fault == Fault::HalfBody;
            assert!(told && source.next_at < i64::MAX, "{}: {fault:?}: {source:?}", row.title);
        }
        house.fake.misbehave(Fault::Slow(150));
        house.fake.publish(FakePost::new(9, "Wieder da"));
        house.wait(30);
        assert_eq!(house.try_visit().await.map(|done| done.new), Some(1), "{}", row.title);
        let source = house.source().await;
        assert_eq!((source.state.as_str(), source.failures), ("working", 0), "{}", row.title);
    }
}

#[tokio::test]
async fn what_nobody_knows_today_does_no_harm() {
    const PICTURES: &[(&str, &str)] = &[("/media/a.png", "Stände")];
    for row in ROWS {
        let house = House::new(row, vec![FakePost::new(1, "Ohne Bild")]).await;
        house.fake.publish(FakePost::new(2, "Mit Bild").with_pictures(PICTURES));
        house.fake.misbehave(Fault::FromTheFuture);
        house.link().await;

        let first = house.visit().await;

        assert_eq!(
            (first.new, house.words().await),
            (2, vec!["Mit Bild".to_owned(), "Ohne Bild".to_owned()]),
            "{}",
            row.title
        );
        assert_eq!(house.alts().await.len(), 1, "{}", row.title);
        assert_eq!(house.source().await.state, "working", "{}", row.title);
    }
}

#[tokio::test]
async fn one_broken_post_does_not_lose_its_page() {
    for row in ROWS {
        let house = House::new(row, numbered(5)).await;
        house.fake.misbehave(Fault::OddPost);
        house.link().await;

        let first = house.visit().await;

        assert_eq!(first.new, 5, "{}", row.title);
        let source = house.source().await;
        assert_eq!(
            (source.state.as_str(), source.problem.as_str()),
            ("working", "sources.remark.left_out"),
            "{}",
            row.title
        );
    }
}

#[tokio::test]
async fn an_account_that_is_missing_is_looked_for_two_weeks_and_then_left() {
    for row in ROWS {
        let house = House::linked(row, numbered(2)).await;
        house.fake.misbehave(Fault::NoAccount);
        house.visit().await;
        house.look_up(26).await;
        let source = house.source().await;
        assert!(source.state == "failing" && source.next_at < i64::MAX, "{}: {source:?}", row.title);

        house.wait(15 * 24);
        house.try_visit().await;

        let source = house.source().await;
        assert_eq!((source.state.as_str(), source.next_at), ("stopped", i64::MAX), "{}", row.title);
        assert!(house.posts().await.len() == 2, "{}: the owner decides", row.title);
        for language in ["de", "en"] {
            house.owner.client.speak(language);
            let page = house.owner.client.get(&house.owner.path("sources")).await.expect(200).text();
            let words = if language == "de" { "zwei Wochen lang" } else { "two weeks" };
            assert!(page.contains(words), "{}: no “{words}” in {page}", row.title);
        }
    }
}
