//! Posts that are sent: each once, cleaned, with their pictures, edited and taken back.

use controller::{
    features::sources::Imported,
    store::{Below, PostGroup},
};
use harness::{Controller, FeedServer, Owner, Sender};

use super::House;

#[tokio::test]
async fn a_signed_post_arrives_clean_with_its_picture_and_is_edited_and_taken_back() {
    let files = FeedServer::new().await;
    files.serve_picture("/stall.png", 64, 48, [200, 30, 30]);
    let picture = files.url_of("/stall.png");
    for house in House::on_each().await {
        assert!(house.visit().await.is_empty(), "nothing is due before something is sent");
        assert!(house.page("sources").await.contains("Wartet auf Beiträge"));
        let first = format!(
            r##"{{"id":"117","title":"Winter<b>markt</b>","html":"<p onclick=x()>Ab <b>Freitag</b>.</p><script>x()</script>",
                "published":"2026-05-01T10:00:00+02:00","tags":["#Markt"],"pictures":[{{"url":"{picture}","alt":"Ein Stand"}}]}}"##
        );

        assert_eq!(house.send("m1", &first).await, 202);
        assert_eq!(house.visit().await, [Imported { new: 1, ..Imported::default() }]);

        let room = house.owner.newsroom().await;
        assert!(room.contains("Ab <b>Freitag</b>.") || room.contains("Ab Freitag."), "{room}");
        assert!(room.contains("alt=\"Ein Stand\"") && !room.contains("onclick") && !room.contains("x()"), "{room}");
        assert!(house.page("sources").await.contains("Läuft"));
        // Another word about the same post: one post, where it was, though this time it bears no date.
        assert_eq!(
            house.send("m2", r#"{"id":"117","title":"Wintermarkt abgesagt","text":"Zu viel Schnee."}"#).await,
            202
        );
        assert_eq!(house.visit().await, [Imported { changed: 1, ..Imported::default() }]);
        let (app, stage) = (&house.wall.app, &house.owner.stage_id);
        let posts = app.store.list_posts(stage, PostGroup::All, &Below::default(), app.clock.now(), 9).await.unwrap();
        assert_eq!((posts.len(), posts[0].title.as_deref()), (1, Some("Wintermarkt abgesagt")));
        assert_eq!(posts[0].published_at, 1_777_622_400_000);
        // The same delivery again, as senders do that heard no answer, or somebody who listened in.
        assert_eq!(house.send("m1", &first).await, 200);
        assert!(house.visit().await.is_empty());
        assert!(house.owner.newsroom().await.contains("Wintermarkt abgesagt"));

        assert_eq!(house.send("m3", r#"{"id":"117","withdrawn":true}"#).await, 202);
        assert_eq!(house.visit().await, [Imported { withdrawn: 1, ..Imported::default() }]);
        assert!(!house.owner.newsroom().await.contains("Wintermarkt"));
    }
}

#[tokio::test]
async fn many_at_once_are_taken_in_their_order_by_as_many_visits_as_it_takes() {
    for house in House::on_each().await {
        for number in 0..110 {
            let body = format!(r#"{{"id":"{}","title":"Fassung {number}"}}"#, number % 105);
            assert_eq!(house.send(&format!("m{number}"), &body).await, 202, "{number}");
        }

        assert_eq!(house.visit().await, [Imported { new: 100, ..Imported::default() }]);
        house.wall.wait_secs(1);
        assert_eq!(house.visit().await, [Imported { new: 5, changed: 5, ..Imported::default() }]);

        house.wall.wait_secs(1);
        assert!(house.visit().await.is_empty());
        let store = &house.wall.app.store;
        assert_eq!(store.count_deliveries(&house.sender.source_id).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_post_that_cannot_be_stored_costs_itself_only() {
    for house in House::on_each().await {
        let store = house.wall.app.store.clone();
        let waiting = async || store.count_deliveries(&house.sender.source_id).await.unwrap();
        house.wall.refuse_posts("bad").await;
        for (message, id) in [("m1", "1"), ("m2", "bad"), ("m3", "3")] {
            let body = format!(r#"{{"id":"{id}","title":"Meldung {id}"}}"#);
            assert_eq!(house.send(message, &body).await, 202);
        }

        assert_eq!(house.visit().await, [Imported { new: 2, failed: 1, ..Imported::default() }]);
        assert_eq!(waiting().await, 1, "the others are settled");
        assert!(house.visit().await.is_empty(), "it has its pause");
        house.send("m4", r#"{"id":"4","title":"Meldung 4"}"#).await;
        assert_eq!(house.visit().await, [Imported { new: 1, failed: 1, ..Imported::default() }]);
        assert_eq!(waiting().await, 1);
        // The pause doubles.
        house.wall.wait_secs(60);
        assert!(house.visit().await.is_empty());
        house.wall.wait_secs(60);
        assert_eq!(house.visit().await, [Imported { failed: 1, ..Imported::default() }]);

        house.wall.take_all_posts().await;
        house.wall.wait_secs(240);
        assert_eq!(house.visit().await, [Imported { new: 1, ..Imported::default() }]);
        assert_eq!(waiting().await, 0);
        assert!(house.owner.newsroom().await.contains("Meldung bad"));
    }
}

#[tokio::test]
async fn a_whole_line_of_posts_that_cannot_be_stored_keeps_nobody_waiting() {
    for house in House::on_each().await {
        house.wall.refuse_posts("bad").await;
        for number in 0..100 {
            let body = format!(r#"{{"id":"bad {number}","title":"Meldung"}}"#);
            assert_eq!(house.send(&format!("m{number}"), &body).await, 202);
        }
        house.send("last", r#"{"id":"good","title":"Die gute"}"#).await;

        assert_eq!(house.visit().await, [Imported { failed: 100, ..Imported::default() }]);
        house.wall.wait_secs(1);
        assert_eq!(house.visit().await, [Imported { new: 1, failed: 99, ..Imported::default() }]);

        // Nothing but what failed before is left: now it has its pause.
        house.wall.wait_secs(1);
        assert_eq!(house.visit().await, [Imported { failed: 100, ..Imported::default() }]);
        house.wall.wait_secs(1);
        assert!(house.visit().await.is_empty());
        assert!(house.owner.newsroom().await.contains("Die gute"));
    }
}

#[tokio::test]
async fn the_owners_wishes_count_for_posts_that_are_sent_too() {
    for house in House::on_each().await {
        let hold = house.owner.path(&format!("sources/{}/hold", house.sender.source_id));
        house.owner.client.post(&hold, &[]).await.expect(303);

        house.send("m1", r#"{"id":"1","title":"Erst prüfen"}"#).await;
        house.visit().await;

        assert!(!house.owner.newsroom().await.contains("Erst prüfen"));
        assert!(house.page("posts").await.contains("Erst prüfen"));
        let unlink = house.owner.path(&format!("sources/{}/unlink", house.sender.source_id));
        house.owner.client.post(&unlink, &[]).await.expect(303);
        assert_eq!(house.send("m2", r#"{"id":"2","title":"Zu spät"}"#).await, 401, "the address went with its source");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_power_cut() {
    let mut controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let sender = Sender::new(&owner, controller.client(), "Rathaus").await;
    let now = || i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();

    for number in 0..5 {
        let body = format!(r#"{{"id":"{number}","title":"Meldung Nummer {number}"}}"#);
        sender.send(&format!("m{number}"), now(), &body).await.expect(202);
    }
    controller.kill();
    controller.start_again().await;

    for number in 0..5 {
        let body = format!(r#"{{"id":"{number}","title":"Meldung Nummer {number}"}}"#);
        sender.send(&format!("m{number}"), now(), &body).await.expect(200);
    }
    // The claim of a visit that was cut off ends by itself, in ten minutes; here nobody waits for that. Each delivery
    // is there still, or was taken and is a post.
    let waiting = "select count(*) from deliveries where body <> ''";
    let posts = "select count(*) from posts";
    let count = async |sql| controller.find_text(sql).await.unwrap().parse::<i64>().unwrap();
    assert_eq!(count("select count(*) from deliveries").await, 5);
    assert!(count(waiting).await + count(posts).await >= 5);
}
