//! Posts that stand out until an instant, and imported ones that open at one.

use controller::store::PostState;
use harness::{FeedServer, NOON, Post};

use super::{following, post, state, visit, walls};

#[tokio::test]
async fn a_post_stands_out_until_its_end() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        feed.append(Post::new("1", "Sommerfest", "<p>Am Kai.</p>"));
        let (owner, stage) = following(&wall, &feed).await;
        visit(&wall).await;
        let id = post(&wall, &stage, "Sommerfest").await.id;
        let place = owner.path(&format!("posts/{id}/feature"));
        owner.client.get(&place).await.expect(200);
        let past = owner.client.post(&place, &[("until", "2020-01-01T00:00")]).await.expect(422).text();
        assert!(past.contains("der noch kommt"), "{past}");
        owner.client.post(&place, &[("until", "bald")]).await.expect(422);
        assert!(!owner.newsroom().await.contains("is-featured"));

        // 18:00 in Berlin.
        owner.client.post(&place, &[("until", "2026-05-04T18:00")]).await.expect(303);

        assert!(owner.newsroom().await.contains("<article class=\"post is-featured\""));
        let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert!(desk.contains("Hervorgehoben bis"), "{desk}");
        wall.app.clock.set(NOON + 4 * 3_600_000);
        assert!(!owner.newsroom().await.contains("is-featured"), "its end has come");
        wall.app.clock.set(NOON + 3_600_000);
        owner.client.post(&place, &[("what", "end")]).await.expect(303);
        assert!(!owner.newsroom().await.contains("is-featured"));
    }
}

#[tokio::test]
async fn an_imported_post_is_not_seen_before_it_opens() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        feed.append(Post::new("1", "Urteil", "<p>Sperrfrist.</p>"));
        let (owner, stage) = following(&wall, &feed).await;
        visit(&wall).await;
        let held = post(&wall, &stage, "Urteil").await;
        let place = owner.path(&format!("posts/{}/edit", held.id));
        let page = owner.client.get(&place).await.expect(200).text();
        assert!(page.contains("Erst zeigen ab"), "{page}");
        let send = async |seen: i64, publish: &str, until: &str| {
            let seen = seen.to_string();
            let fields = [("seen", seen.as_str()), ("publish", publish), ("until", until)];
            owner.client.upload(&place, &fields, "none", ("", Vec::new())).await
        };
        send(held.changed_at, "2026-05-04T18:00", "2026-05-04T17:00").await.expect(422);
        send(held.changed_at, "2026-05-04T18:00", "2026-05-04T20:00").await.expect(303);

        assert_eq!(state(&wall, &stage, "Urteil").await, PostState::Planned);
        assert!(!owner.newsroom().await.contains("Urteil"));
        // Its source may edit it as it likes.
        feed.edit("1", |post| post.html = "<p>Noch immer Sperrfrist.</p>".into());
        visit(&wall).await;
        assert!(!owner.newsroom().await.contains("Urteil"));
        let desk = owner.client.get(&owner.path("posts?filter=waiting")).await.expect(200).text();
        assert!(desk.contains("Geplant für den 4. Mai 2026, 18:00 Uhr"), "{desk}");

        wall.app.clock.set(NOON + 4 * 3_600_000);
        assert!(owner.newsroom().await.contains("Noch immer Sperrfrist"));
        wall.app.clock.set(NOON + 6 * 3_600_000);
        assert!(!owner.newsroom().await.contains("Urteil"), "and until its end only");
    }
}
