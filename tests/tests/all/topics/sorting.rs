//! Sorting: new posts at once, old ones in the background, and both through a restart.

use controller::{
    features::{
        sources,
        topics::{
            self, Progress, TopicName,
            rule::{Condition, Rule},
        },
    },
    store::Sorted,
};
use harness::{FeedServer, NOON, Owner, Post, TestController, eventually};

use super::{post, posts_of, sort_all, topic, with_posts, words};

#[tokio::test]
async fn a_new_post_is_under_its_topics_as_soon_as_it_is_there() {
    for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
        let feed = FeedServer::new().await;
        feed.append(Post::new("1", "Die Freibäder öffnen", "<p>Ab Mai. #Sommer</p>"));
        feed.append(Post::new("2", "Rat tagt", "<p>Heute.</p>"));
        let owner = Owner::new(wall.client(), "museum").await;
        let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
        let pools = topic(&wall, &stage, "Bäder", &words(&["Freibad"])).await;
        let mut tagged = words(&[]);
        tagged.parts[0].any.push(Condition::Tag("sommer".into()));
        let summer = topic(&wall, &stage, "Sommer", &tagged).await;
        owner.link(&feed.url()).await;

        for source in wall.app.store.claim_due_sources(NOON, NOON + 60_000, 9).await.unwrap() {
            sources::visit(&wall.app, &source).await.unwrap();
        }

        assert_eq!((posts_of(&wall, &stage, &pools).await.len(), posts_of(&wall, &stage, &summer).await.len()), (1, 1));
        assert!(topics::progress(&wall.app, &stage).await.unwrap().is_done(), "nothing is left for the background");
        // Edited at its source, it leaves what no longer fits.
        feed.edit("1", |post| post.title = "Die Hallen öffnen".into());
        wall.wait_secs(3_600);
        let now = wall.app.clock.now();
        for source in wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            sources::visit(&wall.app, &source).await.unwrap();
        }
        assert!(posts_of(&wall, &stage, &pools).await.is_empty());
    }
}

#[tokio::test]
async fn old_posts_are_sorted_by_the_job_and_a_restart_goes_on_where_it_was() {
    for wall in TestController::on_each().await {
        let texts: Vec<String> = (0..450).map(|n| format!("Beitrag {n} {}", ["Rat", "Bad", "Fest"][n % 3])).collect();
        let (_, stage) = with_posts(&wall, "museum", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
        assert!(!topics::sort_next(&wall.app).await.unwrap(), "without topics there is nothing to do");
        let council = topic(&wall, &stage, "Rat", &words(&["Rat"])).await;
        assert_eq!(topics::progress(&wall.app, &stage).await.unwrap(), Progress { done: 0, all: 450 });

        assert!(topics::sort_next(&wall.app).await.unwrap());
        let half = topics::progress(&wall.app, &stage).await.unwrap();
        assert_eq!((half, half.percent()), (Progress { done: 200, all: 450 }, 44));
        // A rule that is edited meanwhile begins anew; a controller that died has let go of nothing but its claim.
        let name = TopicName::parse("Rat").unwrap();
        topics::change(&wall.app, &stage, &council, "", &name, &words(&["Rat", "Fest"])).await.unwrap();
        let now = wall.app.clock.now();
        wall.app.store.claim_sorting(now, now + 60_000).await.unwrap().unwrap();
        assert!(!topics::sort_next(&wall.app).await.unwrap(), "somebody else is at it");
        wall.wait_secs(61);
        controller::jobs::start(&wall.app);

        eventually("all are sorted", || async {
            topics::progress(&wall.app, &stage).await.unwrap().is_done().then_some(())
        })
        .await;
        let count = topics::count(&wall.app, &stage).await.unwrap()[&council];
        assert_eq!((count.posts, count.by_hand), (300, 0));
    }
}

#[tokio::test]
async fn a_post_that_comes_while_rules_change_is_sorted_by_the_newest() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &["Bad"]).await;
    let pools = topic(&wall, &stage, "Bäder", &words(&["Freibad"])).await;
    sort_all(&wall).await;
    // What one controller read before an edit, it notes after it: the number tells.
    let number = wall.app.store.rules_number(&stage.id).await.unwrap();
    let late = post("late", &stage.id, "Bad", NOON + 1);
    wall.app.store.take_post(&late, &[]).await.unwrap();
    wall.wait_secs(1);
    topics::change(&wall.app, &stage, &pools, "", &TopicName::parse("Bäder").unwrap(), &words(&["Bad"])).await.unwrap();
    let facts = wall.app.store.find_post_facts(&stage.id, "late").await.unwrap().unwrap();
    let stale = Sorted { post_id: facts.id, content_hash: facts.content_hash, topics: Vec::new() };
    wall.app.store.note_sorted(number, &[stale]).await.unwrap();

    assert!(sort_all(&wall).await > 0);

    assert_eq!(posts_of(&wall, &stage, &pools).await, ["late", "p0"]);
}

#[tokio::test]
async fn a_merged_rule_sorts_to_the_same_posts_that_the_merge_left() {
    for wall in TestController::on_each().await {
        let (_, stage) = with_posts(&wall, "museum", &["Bad", "Rat", "Fest", "Bad und Fest"]).await;
        let pools = topic(&wall, &stage, "Bäder", &words(&["Bad"])).await;
        let feasts = topic(&wall, &stage, "Feste", &words(&["Fest"])).await;
        sort_all(&wall).await;

        topics::merge(&wall.app, &stage, &pools, &feasts).await.unwrap();

        let at_once = posts_of(&wall, &stage, &feasts).await;
        sort_all(&wall).await;
        assert_eq!(
            (at_once.clone(), at_once),
            (posts_of(&wall, &stage, &feasts).await, vec!["p0".into(), "p2".into(), "p3".into()])
        );
        let held = topics::get(&wall.app, &stage, &feasts).await.unwrap();
        assert_eq!(Rule::read(&held.rule), words(&["Fest", "Bad"]));
        assert!(topics::merge(&wall.app, &stage, &feasts, &feasts).await.is_err(), "with itself");
    }
}
