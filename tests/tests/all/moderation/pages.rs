//! The page of rules, as whole requests: what is typed, tried, saved and applied.

use controller::features::moderation;
use harness::{FeedServer, Post, TestController};

use super::{apply_all, following, rule, visit, walls, words};
use crate::own_posts::everybody_is;

async fn prepared(wall: &TestController, feed: &FeedServer) -> (harness::Owner, controller::store::Stage) {
    for (id, title) in [("1", "Knöllchen verteilt"), ("2", "Guten Morgen"), ("3", "Noch ein Knöllchen")] {
        feed.append(Post::new(id, title, "<p>Mehr <b>dazu</b> morgen.</p>"));
    }
    let made = following(wall, feed).await;
    visit(wall).await;
    made
}

#[tokio::test]
async fn rules_are_tried_saved_and_applied() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = prepared(&wall, &feed).await;
        let page = owner.client.get(&owner.path("rules")).await.expect(200).text();
        assert!(
            page.contains("Diese Regeln halten nichts zurück.") && page.contains("name=\"seen\" value=\"0\""),
            "{page}"
        );

        let tried = owner.client.post(&owner.path("rules/preview"), &[("words", "knöllchen")]).await.expect(200).text();
        assert!(tried.contains("<strong>2</strong> Beiträge von den letzten 3."), "{tried}");
        assert!(tried.contains("Wort „Knöllchen“ steht auf Ihrer Sperrliste.") && tried.contains("würde warten"));
        let fields = [("words", "knöllchen"), ("words_do", "hide"), ("what", "try")];
        let tried = owner.client.post(&owner.path("rules"), &fields).await.expect(200).text();
        assert!(tried.contains("würde verborgen"), "without JavaScript");
        assert!(wall.app.store.find_moderation(&stage.id).await.unwrap().is_none(), "nothing was kept");

        let fields = [
            ("seen", "0"),
            ("language", "de"),
            ("language", "en"),
            ("words", "knöllchen\n\n"),
            ("allowed_words", "Noch ein Knöllchen"),
            ("limit_posts", "5"),
            ("limit_minutes", "10"),
            ("what", "save"),
        ];
        let saved = owner.client.post(&owner.path("rules"), &fields).await.expect(303);
        assert!(saved.location().ends_with("/rules?done=rules_saved"));
        let (rules, seen) = moderation::read(&wall.app, &stage.id).await.unwrap();
        assert_eq!((rules.languages.len(), rules.words.len(), seen), (2, 1, 1));
        assert!(
            owner.newsroom().await.contains("Knöllchen verteilt"),
            "what is shown stays, until somebody applies them"
        );
        let page = owner.client.get(&owner.path("rules")).await.expect(200).text();
        assert!(page.contains("ist einer zu sehen") && page.contains("rules/apply"), "{page}");

        owner.client.post(&owner.path("rules/apply"), &[]).await.expect(303);
        let page = owner.client.get(&owner.path("rules")).await.expect(200).text();
        assert!(page.contains("werden gerade auf die sichtbaren") && !page.contains("rules/apply"), "{page}");
        apply_all(&wall).await;

        let newsroom = owner.newsroom().await;
        assert!(!newsroom.contains("Knöllchen verteilt") && newsroom.contains("Noch ein Knöllchen"), "{newsroom}");
        let desk = owner.client.get(&owner.path("posts?filter=queue")).await.expect(200).text();
        assert!(desk.contains("Knöllchen verteilt") && desk.contains("Ablehnen"), "{desk}");
        let page = owner.client.get(&owner.path("rules")).await.expect(200).text();
        assert!(!page.contains("rules/apply") && !page.contains("werden gerade"), "nothing is left to apply them to");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_line_and_stays_in_the_form() {
    let wall = walls().await.remove(0);
    let feed = FeedServer::new().await;
    let (owner, stage) = prepared(&wall, &feed).await;

    let fields = [("words", "gut\n…\n*a*"), ("domains", "kein <b>Name</b>"), ("limit_posts", "3")];
    let page = owner.client.post(&owner.path("rules"), &fields).await.expect(422).text();

    for words in [
        "Einige Zeilen stimmen noch nicht.",
        "Zeile 2 („…“): Hier steht kein Wort",
        "Zeile 3 („*a*“): Mit so wenigen Buchstaben",
        "Zeile 1 („kein &#60;b&#62;Name&#60;/b&#62;“): Das ist keine Website.",
        "Bitte geben Sie beides an",
        "gut\n…\n*a*</textarea>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(wall.app.store.find_moderation(&stage.id).await.unwrap().is_none());
    let page = owner.client.post(&owner.path("rules/preview"), &fields).await.expect(200).text();
    assert!(page.contains("Erst wenn alle Zeilen stimmen"), "{page}");
}

#[tokio::test]
async fn two_who_edit_at_once_lose_nothing() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = prepared(&wall, &feed).await;
        rule(&wall, &stage, &words(&["eins"])).await;

        let late =
            owner.client.post(&owner.path("rules"), &[("seen", "0"), ("words", "zwei")]).await.expect(409).text();

        assert!(late.contains("Jemand anders hat die Regeln") && late.contains("zwei</textarea>"), "{late}");
        assert!(late.contains("name=\"seen\" value=\"1\""));
        owner.client.post(&owner.path("rules"), &[("seen", "1"), ("words", "zwei")]).await.expect(303);
        assert_eq!(moderation::read(&wall.app, &stage.id).await.unwrap().0, words(&["zwei"]));
    }
}

#[tokio::test]
async fn who_moderates_pulls_the_stop_and_who_looks_does_not() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, stage) = prepared(&wall, &feed).await;
        let id = super::post(&wall, &stage, "Guten Morgen").await.id;
        let feature = owner.path(&format!("posts/{id}/feature"));
        for (role, status) in [("viewer", 403), ("moderator", 303)] {
            everybody_is(&wall, role).await;
            owner.client.post(&owner.path("stop"), &[("take", "nothing")]).await.expect(status);
            owner.client.post(&owner.path("stop/release"), &[]).await.expect(status);
            owner.client.post(&feature, &[("until", "2026-06-01T12:00")]).await.expect(status);
            owner.client.post(&owner.path("rules"), &[("seen", "0")]).await.expect(403);
            owner.client.post(&owner.path("rules/apply"), &[]).await.expect(403);
            let page = owner.client.get(&owner.path("rules")).await.expect(200).text();
            assert!(!page.contains("value=\"save\""), "{role} is offered nothing to save");
            let page = owner.client.get(&owner.path("stop")).await.expect(200).text();
            assert_eq!(page.contains("btn-danger"), role == "moderator", "{role}");
        }
    }
}
