//! What becomes of posts as they are imported, edited and imported again.

use controller::{
    features::moderation::{Does, Limit, Reason, Rules},
    store::{Below, HistoryQuery, PostGroup, PostState},
};
use harness::{FeedServer, Post};

use super::{following, post, rule, state, visit, walls, words};

#[tokio::test]
async fn posts_of_a_source_that_is_checked_wait_until_somebody_shows_them() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        feed.append(Post::new("1", "Sommerfest", "<p>Am Kai.</p>"));
        let (owner, stage) = following(&wall, &feed).await;
        let source = wall.app.store.list_sources(&stage.id).await.unwrap().remove(0);
        owner.client.post(&owner.path(&format!("sources/{}/hold", source.id)), &[]).await.expect(303);
        visit(&wall).await;
        assert_eq!(state(&wall, &stage, "Sommerfest").await, PostState::Waiting);
        assert!(!owner.newsroom().await.contains("Sommerfest"));

        let desk = owner.client.get(&owner.path("posts?filter=queue")).await.expect(200).text();
        assert!(desk.contains("Wartet auf Sie") && desk.contains("werden erst geprüft"), "{desk}");
        assert_eq!(wall.app.store.count_posts(&stage.id, wall.app.clock.now()).await.unwrap().queue, 1);
        // An edit at its source shows nothing by itself.
        feed.edit("1", |post| post.html = "<p>Am Hafen.</p>".into());
        visit(&wall).await;
        assert_eq!(state(&wall, &stage, "Sommerfest").await, PostState::Waiting);
        let id = post(&wall, &stage, "Sommerfest").await.id;
        owner.client.post(&owner.path(&format!("posts/{id}/show")), &[]).await.expect(303);
        assert!(owner.newsroom().await.contains("Am Hafen"));
        // Declined is something else than waiting.
        owner.client.post(&owner.path(&format!("posts/{id}/hide")), &[]).await.expect(303);
        assert_eq!(state(&wall, &stage, "Sommerfest").await, PostState::Hidden);
    }
}

#[tokio::test]
async fn rules_hold_or_hide_and_the_reason_is_said() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = following(&wall, &feed).await;
        let rules = Rules {
            languages: vec!["de".into()],
            domains: vec!["casino.example".into()],
            domains_do: Does::Hide,
            ..words(&["Knöllchen"])
        };
        rule(&wall, &stage, &rules).await;
        feed.append(Post::new("1", "Knöllchen verteilt", "<p>Heute.</p>"));
        feed.append(Post::new("2", "Post", "<p>Ihr Arschlöcher!</p>"));
        feed.append(Post::new("3", "Gewinn", "<p><a href=\"https://www.casino.example/\">hier</a></p>"));
        feed.append(Post::new("4", "Guten Morgen", "<p>Die Sonne scheint.</p>"));
        visit(&wall).await;

        let states = ["Knöllchen verteilt", "Post", "Gewinn", "Guten Morgen"];
        let mut found = Vec::new();
        for title in states {
            found.push(state(&wall, &stage, title).await);
        }
        use PostState::{Ruled, Shown, Waiting};
        assert_eq!(found, [Waiting, Waiting, Ruled, Shown]);
        let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
        for words in [
            "Wort „Knöllchen“ steht auf Ihrer Sperrliste.",
            "Wort „Arschlöcher“ steht auf der mitgelieferten Sperrliste (Deutsch).",
            "Er verlinkt auf casino.example; diese Website steht auf Ihrer Sperrliste.",
            "Durch eine Regel verborgen",
        ] {
            assert!(desk.contains(words), "{words}: {desk}");
        }
        let query = HistoryQuery { limit: 50, ..HistoryQuery::default() };
        let told = wall.app.store.list_happenings(&stage.id, &query).await.unwrap();
        let by_rules = told.iter().filter(|one| one.happening.reason == "history.because.rules");
        let mut deeds: Vec<_> = by_rules.map(|one| one.happening.deed.as_str()).collect();
        deeds.sort_unstable();
        assert_eq!(deeds, ["post.held", "post.held", "post.hidden"], "what rules decide stands in the history");
        let hidden = owner.client.get(&owner.path("posts?filter=hidden")).await.expect(200).text();
        assert!(hidden.contains("Gewinn") && !hidden.contains("Knöllchen verteilt"));
    }
}

#[tokio::test]
async fn what_somebody_shows_by_hand_stays_whatever_its_source_and_rules_do() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = following(&wall, &feed).await;
        rule(&wall, &stage, &words(&["Knöllchen"])).await;
        feed.append(Post::new("1", "Knöllchen verteilt", "<p>Heute.</p>"));
        visit(&wall).await;
        let id = post(&wall, &stage, "Knöllchen verteilt").await.id;
        owner.client.post(&owner.path(&format!("posts/{id}/show")), &[]).await.expect(303);

        feed.edit("1", |post| post.html = "<p>Noch mehr Knöllchen, Blitzer!</p>".into());
        visit(&wall).await;
        rule(&wall, &stage, &words(&["Knöllchen", "Blitzer"])).await;
        owner.client.post(&owner.path("rules/apply"), &[]).await.expect(303);
        super::apply_all(&wall).await;
        visit(&wall).await;

        assert_eq!(state(&wall, &stage, "Knöllchen verteilt").await, PostState::Shown);
        assert!(owner.newsroom().await.contains("Noch mehr Knöllchen"));
        let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert!(desk.contains("Von Hand gezeigt. Überstimmt: Wort „Knöllchen“"), "{desk}");
    }
}

#[tokio::test]
async fn an_edit_at_the_source_is_judged_anew() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = following(&wall, &feed).await;
        rule(&wall, &stage, &words(&["Knöllchen"])).await;
        feed.append(Post::new("1", "Eins", "<p>Knöllchen</p>"));
        feed.append(Post::new("2", "Zwei", "<p>Brav</p>"));
        visit(&wall).await;
        assert_eq!(state(&wall, &stage, "Eins").await, PostState::Waiting);

        feed.edit("1", |post| post.html = "<p>Brav geworden</p>".into());
        feed.edit("2", |post| post.html = "<p>Doch ein Knöllchen</p>".into());
        visit(&wall).await;

        let newsroom = owner.newsroom().await;
        assert!(newsroom.contains("Brav geworden") && !newsroom.contains("Doch ein"), "{newsroom}");
        assert_eq!(state(&wall, &stage, "Zwei").await, PostState::Waiting);
        let (below, now) = (Below::default(), wall.app.clock.now());
        let shown = wall.app.store.list_posts(&stage.id, PostGroup::Shown, &below, now, 9).await.unwrap();
        assert_eq!(shown.len(), 1);
    }
}

#[tokio::test]
async fn of_a_flood_the_rest_waits_but_not_what_a_source_brings_at_first() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let minute = |id: u32, title: &str, minute: u32| {
            Post::new(&id.to_string(), title, "<p>x</p>").published(&format!("2026-05-04T12:{minute:02}:00Z"))
        };
        let (_, stage) = following(&wall, &feed).await;
        let limit = Some(Limit { posts: 2, minutes: 10 });
        rule(&wall, &stage, &Rules { limit, ..Rules::default() }).await;
        for id in 0..5 {
            feed.append(minute(id, &format!("Alt {id}"), id));
        }
        visit(&wall).await;
        assert_eq!(state(&wall, &stage, "Alt 4").await, PostState::Shown, "written over years");

        for (id, at) in [(10, 30), (11, 31), (12, 32), (13, 33), (14, 50)] {
            feed.append(minute(id, &format!("Neu {id}"), at));
        }
        visit(&wall).await;

        use PostState::{Shown, Waiting};
        let mut found = Vec::new();
        for id in 10..15 {
            found.push(state(&wall, &stage, &format!("Neu {id}")).await);
        }
        assert_eq!(found, [Shown, Shown, Waiting, Waiting, Shown]);
        let held = post(&wall, &stage, "Neu 12").await;
        assert_eq!(Reason::read(&held.reasons), [Reason::Flood { posts: 2, minutes: 10 }]);
    }
}
