//! What people say about a post and a topic, on the page of the post.

use controller::features::topics::{self, TopicName};
use harness::TestController;

use super::{posts_of, sort_all, topic, with_posts, words};

#[tokio::test]
async fn a_choice_made_by_hand_survives_every_edit_of_the_rule() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Bad", "Bad am See", "Rat"]).await;
        let pools = topic(&wall, &stage, "Bäder", &words(&["Bad"])).await;
        sort_all(&wall).await;
        let said = |hand: &'static str| [(format!("topic-{pools}"), hand)];
        let page = owner.client.get(&owner.path("posts/p0/topics")).await.expect(200).text();
        assert!(page.contains("Wie die Regel sagt (gehört dazu)"), "{page}");

        for (post, hand) in [("p0", "out"), ("p2", "in")] {
            let fields = said(hand);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            let done = owner.client.post(&owner.path(&format!("posts/{post}/topics")), &fields).await.expect(303);
            assert!(done.location().ends_with(&format!("?done=post_sorted#post-{post}")), "{}", done.location());
        }

        assert_eq!(posts_of(&wall, &stage, &pools).await, ["p1", "p2"]);
        for rule in [words(&["Rat"]), words(&[]), words(&["Bad", "Rat"])] {
            topics::change(&wall.app, &stage, &pools, "", &TopicName::parse("Bäder").unwrap(), &rule).await.unwrap();
            sort_all(&wall).await;
            let held = posts_of(&wall, &stage, &pools).await;
            assert!(held.contains(&"p2".to_owned()) && !held.contains(&"p0".to_owned()), "{rule:?}: {held:?}");
        }
        let posts = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert_eq!(posts.matches("<span class=\"chip\" dir=\"auto\">Bäder</span>").count(), 2, "{posts}");
        owner.client.post(&owner.path("posts/p0/topics"), &[("topic-none", "in")]).await.expect(404);
        owner.client.post(&owner.path("posts/p9/topics"), &[]).await.expect(404);
    }
}

#[tokio::test]
async fn words_of_posts_chosen_by_hand_are_suggested() {
    let wall = TestController::new().await;
    let texts =
        ["Das Becken ist beheizt", "Neue Becken am See", "Rat tagt heute", "Heute Fest im Park", "Markt am See"];
    let (owner, stage) = with_posts(&wall, "museum", &texts).await;
    let pools = topic(&wall, &stage, "Bäder", &words(&["Freibad"])).await;
    let editor = owner.path(&format!("topics/{pools}"));
    assert!(!owner.client.get(&editor).await.expect(200).text().contains("word.Becken"));
    for post in ["p0", "p1"] {
        let field = format!("topic-{pools}");
        owner.client.post(&owner.path(&format!("posts/{post}/topics")), &[(&field, "in")]).await.expect(303);
    }

    let page = owner.client.get(&editor).await.expect(200).text();
    assert!(page.contains("value=\"word.Becken\""), "{page}");
    let fields = [("name", "Bäder"), ("at", "0.any"), ("is", "words"), ("text", "Freibad"), ("what", "word.Becken")];
    let page = owner.client.post(&editor, &fields).await.expect(200).text();

    assert!(page.contains("value=\"Freibad, Becken\""), "{page}");
    assert!(!page.contains("value=\"word.Becken\""), "the rule takes them now");
}
