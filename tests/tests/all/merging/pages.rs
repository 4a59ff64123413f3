//! Cards on the pages of the desk and of the newsroom, and on screens.

use harness::TestController;

use super::{four, listed, row};
use crate::own_posts::everybody_is;

#[tokio::test]
async fn a_card_says_where_else_it_is_and_can_be_taken_apart() {
    for wall in TestController::on_each().await {
        let (owner, stage) = four(&wall).await;

        let room = owner.newsroom().await;
        assert_eq!(room.matches("<article").count(), 2, "{room}");
        for link in ["https://insta.example/p-insta", "https://x.example/p-x", "https://face.example/p-face"] {
            assert!(room.contains(link), "{link}: {room}");
        }
        assert!(room.contains("Auch auf") || room.contains("Also on"), "{room}");
        let one = owner.client.get("/@museum/p/slug-p-feed").await.expect(200).text();
        assert!(one.contains("https://insta.example/p-insta"), "{one}");
        let same = owner.client.get("/@museum/p/slug-p-insta").await.expect(200).text();
        assert!(same.contains("Der Eintritt ist frei") && same.contains("/@museum/p/slug-p-feed\""), "{same}");

        let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert_eq!(desk.matches("<article class=\"post-row").count(), 2, "{desk}");
        assert!(desk.contains("posts/p-insta/split") && desk.contains("name=\"card\""), "{desk}");
        let page = owner.client.get(&owner.path("posts/p-feed/origins")).await.expect(200).text();
        assert!(page.contains("posts/p-feed/split") && page.contains("posts/p-x/split"), "{page}");

        let done = owner.client.post(&owner.path("posts/p-insta/split"), &[]).await.expect(303);
        assert!(done.location().contains("done=post_split"), "{}", done.location());
        owner.client.get("/@museum/p/slug-p-insta").await.expect(200);
        let page = owner.client.get(&owner.path("posts/p-insta/origins")).await.expect(200).text();
        assert!(page.contains("<option value=\"p-feed\"") && !page.contains("/split\""), "{page}");
        let wrong = owner.client.post(&owner.path("posts/p-rat/merge"), &[("into", "p-feed")]).await.expect(422);
        assert!(wrong.text().contains("derselben Quelle") || wrong.text().contains("same source"), "{}", wrong.text());
        owner.client.post(&owner.path("posts/p-insta/merge"), &[("into", "nobody")]).await.expect(422);
        owner.client.post(&owner.path("posts/nobody/merge"), &[("into", "p-feed")]).await.expect(404);
        owner.client.post(&owner.path("posts/p-insta/merge"), &[("into", "p-feed")]).await.expect(303);
        assert_eq!(listed(&wall, &stage).await[1], row("p-feed", &["p-face", "p-insta", "p-x"]));

        owner.client.post(&owner.path("posts/p-feed/hide"), &[("card", "true")]).await.expect(303);
        assert_eq!(listed(&wall, &stage).await, [row("p-rat", &[])], "the whole card");
        owner.client.post(&owner.path("posts/p-feed/show"), &[("card", "true")]).await.expect(303);
        assert_eq!(listed(&wall, &stage).await[1], row("p-feed", &["p-face", "p-insta", "p-x"]));
        everybody_is(&wall, "viewer").await;
        owner.client.post(&owner.path("posts/p-insta/split"), &[]).await.expect(403);
        let page = owner.client.get(&owner.path("posts/p-feed/origins")).await.expect(200).text();
        assert!(!page.contains("/split\""), "{page}");
    }
}

#[tokio::test]
async fn a_programme_shows_a_card_once() {
    for wall in TestController::on_each().await {
        let (owner, stage) = four(&wall).await;
        controller::features::programmes::start(&wall.app, &stage.account_id, &stage.id).await.unwrap();
        let shown = async || {
            controller::features::programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
            let programme = wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap();
            let envelope = programme.envelope;
            ["p-feed", "p-insta", "p-x", "p-face", "p-rat"].map(|id| envelope.contains(&format!("post-{id}")))
        };

        assert_eq!(shown().await, [true, false, false, false, true]);
        controller::features::posts::hide(&wall.app, &stage, "p-feed").await.unwrap();
        assert_eq!(shown().await, [false, true, false, false, true]);
    }
}
