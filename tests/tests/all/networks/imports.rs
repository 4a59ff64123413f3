//! The first import, another look, an edit, a deletion.

use harness::networks::{FakePost, Fault};

use super::{
    House, ROWS,
    house::{numbered, words},
};

#[tokio::test]
async fn the_first_import_takes_every_page_and_another_look_adds_nothing() {
    for row in ROWS {
        let house = House::new(row, numbered(130)).await;
        house.link().await;
        let first = house.visit().await;

        let expected = row.window.min(130);
        assert_eq!((first.new, first.changed, first.withdrawn), (expected, 0, 0), "{}", row.title);
        let said = house.words().await;
        assert_eq!(said[0], "Beitrag 130", "{}", row.title);
        assert_eq!(said[expected - 1], format!("Beitrag {}", 131 - expected), "{}", row.title);
        let source = house.source().await;
        assert_eq!((source.state.as_str(), source.problem.as_str()), ("working", ""), "{}", row.title);
        let before = house.fake.asked().len();
        for _ in 0..2 {
            let again = house.visit().await;
            assert_eq!((again.new, again.changed, again.withdrawn), (0, 0, 0), "{}", row.title);
        }
        let asked = house.fake.asked().len() - before;
        assert!(asked <= 2 * 2, "{}: {asked} requests to learn that nothing is new", row.title);
        assert_eq!(house.posts().await.len(), expected, "{}", row.title);
    }
}

#[tokio::test]
async fn many_new_posts_are_taken_without_a_gap() {
    for row in ROWS.iter().filter(|row| row.window > 100) {
        let house = House::linked(row, numbered(5)).await;
        for number in 6..=120 {
            house.fake.publish(FakePost::new(number, &format!("Beitrag {number}")));
        }

        let more = house.visit().await;

        assert_eq!((more.new, more.withdrawn), (115, 0), "{}", row.title);
    }
}

#[tokio::test]
async fn an_edit_updates_one_post() {
    for row in ROWS {
        let house = House::linked(row, numbered(6)).await;
        let before = house.posts().await;
        house.fake.edit(4, "Anders gesagt");

        let edited = house.visit().await;

        assert_eq!((edited.new, edited.changed, edited.withdrawn), (0, 1, 0), "{}", row.title);
        let after = house.posts().await;
        let changed: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
        assert_eq!(changed.len(), 1, "{}", row.title);
        assert_eq!((changed[0].0.id.as_str(), words(changed[0].1).as_str()), (after[2].id.as_str(), "Anders gesagt"));
    }
}

#[tokio::test]
async fn a_deletion_withdraws_one_post_and_only_after_a_look_up() {
    for row in ROWS {
        let house = House::linked(row, numbered(6)).await;
        house.fake.misbehave(Fault::EmptyListing);
        house.visit().await;
        assert_eq!((house.posts().await.len(), house.look_ups()), (6, 0), "{}: an empty listing", row.title);

        house.fake.misbehave(Fault::None);
        house.fake.delete(4);
        house.visit().await;
        house.look_up(1).await;

        let gone = usize::from(!row.looks_up.is_empty());
        assert_eq!(house.posts().await.len(), 6 - gone, "{}", row.title);
        assert_eq!(house.words().await.contains(&"Beitrag 4".to_owned()), gone == 0, "{}", row.title);
        assert_eq!(house.look_ups() > 0, gone > 0, "{}", row.title);
    }
}

#[tokio::test]
async fn a_deletion_is_found_also_where_listings_no_longer_reach() {
    for row in ROWS.iter().filter(|row| !row.looks_up.is_empty()) {
        let house = House::linked(row, numbered(6)).await;
        // From now on nothing is listed; the posts are there all the same, but for one.
        house.fake.misbehave(Fault::EmptyListing);
        house.fake.delete(2);
        house.look_up(12).await;
        assert_eq!((house.posts().await.len(), house.look_ups()), (6, 0), "{}: not due yet", row.title);

        house.look_up(14).await;

        assert!(house.look_ups() > 0, "{}", row.title);
        let said = house.words().await;
        assert!(said.len() == 5 && !said.contains(&"Beitrag 2".to_owned()), "{}: {said:?}", row.title);
        let before = house.look_ups();
        house.look_up(2).await;
        assert_eq!(house.look_ups(), before, "{}: once a day", row.title);
    }
}
