//! Slides of a topic: what they show, what a rename, a merge and a removal do to them.

use std::time::Duration;

use controller::{
    features::topics::{
        self, TopicName,
        rule::{Condition, Part, Rule},
    },
    store::Stage,
};
use harness::{Owner, TestController, TestScreen, within};
use shared::{protocol::Paired, slides::Slide};

use super::{FETCH, add_posts, ids, open, screen};

const SECOND: Duration = Duration::from_secs(2);

fn rule(word: &str) -> Rule {
    let any = vec![Condition::Words(word.to_owned())];
    Rule { parts: vec![Part { any, ..Part::default() }] }
}

async fn topic(wall: &TestController, stage: &Stage, name: &str, word: &str) -> String {
    topics::create(&wall.app, stage, &TopicName::parse(name).unwrap(), &rule(word)).await.unwrap()
}

/// The one slide of a stage's posts, set to a topic and published.
async fn show_topic(owner: &Owner, id: &str) -> String {
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    let page = owner.client.get(&place).await.expect(200).text();
    let item = page.split("id=\"item-").skip(1).filter_map(|rest| rest.split('"').next());
    let mut found = String::new();
    for item in item {
        let form = owner.client.get(&format!("{place}/item?item={item}")).await.expect(200).text();
        if form.contains("name=\"pictured\"") {
            item.clone_into(&mut found);
        }
    }
    assert!(!found.is_empty(), "{page}");
    let (seen, address) = (owner.seen().await, format!("{place}/item?item={found}"));
    let fields = [("seen", seen.as_str()), ("topic", id), ("count", "10"), ("days", "0"), ("order", "newest")];
    owner.client.upload(&address, &fields, "unused", ("", Vec::new())).await.expect(303);
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", "publish"), ("item", "")];
    owner.client.post(&format!("{place}/do"), &fields).await.expect(303);
    address
}

async fn shows(screen: &TestScreen, paired: &Paired, expected: &[&str]) {
    within(SECOND, &format!("{expected:?} on the screen"), || async {
        let document = open(&screen.get(FETCH).await.expect(200).bytes, paired);
        (ids(&document) == expected).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_slide_of_a_topic_shows_its_posts_and_nothing_by_accident() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
        add_posts(&wall, &owner, &["rot", "gelb", "blau"]).await;
        let (screen, paired) = screen(&wall, &owner, 1).await;
        shows(&screen, &paired, &["post-rot", "post-gelb", "post-blau"]).await;
        let yellow = topic(&wall, &stage, "Gelb", "gelb").await;

        let form = show_topic(&owner, &yellow).await;

        shows(&screen, &paired, &["post-gelb"]).await;
        let page = owner.client.get(&form).await.expect(200).text();
        assert!(page.contains(&format!("<option value=\"{yellow}\" selected>Gelb</option>")), "{page}");
        // By hand, by rule, and hidden: what the topic has is what is shown.
        let said = [("blau".to_owned(), topics::Hand::In), ("rot".to_owned(), topics::Hand::Out)];
        for (post, hand) in said {
            topics::put(&wall.app, &stage, &post, &[(yellow.clone(), hand)]).await.unwrap();
        }
        shows(&screen, &paired, &["post-gelb", "post-blau"]).await;
        owner.client.post(&owner.path("posts/gelb/hide"), &[]).await.expect(303);
        shows(&screen, &paired, &["post-blau"]).await;
        // Merged with another one, the slide follows.
        let red = topic(&wall, &stage, "Rot", "rot").await;
        topics::merge(&wall.app, &stage, &yellow, &red).await.unwrap();
        shows(&screen, &paired, &["post-blau"]).await;
        topics::put(&wall.app, &stage, "rot", &[(red.clone(), topics::Hand::In)]).await.unwrap();
        shows(&screen, &paired, &["post-rot", "post-blau"]).await;
        let page = owner.client.get(&form).await.expect(200).text();
        assert!(page.contains(&format!("<option value=\"{red}\" selected>Rot</option>")), "{page}");
        // Removed, it shows none of them, not all of them.
        topics::delete(&wall.app, &stage, &red).await.unwrap();
        shows(&screen, &paired, &["welcome"]).await;
        let page = owner.client.get(&form).await.expect(200).text();
        assert!(page.contains("selected>Gelöschtes Thema"), "{page}");
        let editor = owner.client.get(&owner.path(&format!("programmes/{}", owner.stage_id))).await.expect(200).text();
        assert!(editor.contains("Das Thema dieser Folie gibt es nicht mehr"), "{editor}");
        show_topic(&owner, "").await;
        shows(&screen, &paired, &["post-rot", "post-blau"]).await;
    }
}

#[tokio::test]
async fn a_wall_and_a_ticker_keep_to_their_topic_however_old_its_posts_are() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    let names: Vec<_> = (0..400).map(|n| if n == 399 { "selten".to_owned() } else { format!("n{n}") }).collect();
    add_posts(&wall, &owner, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let rare = topic(&wall, &stage, "Selten", "selten").await;
    while topics::sort_next(&wall.app).await.unwrap() {}
    let (screen, paired) = screen(&wall, &owner, 1).await;
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("topic", &rare), ("count", "5"), ("text", ""), ("speed", "medium")];
    let ticker = format!("{place}/item?plan=default&region=main&kind=ticker");
    owner.client.upload(&ticker, &fields, "unused", ("", Vec::new())).await.expect(303);
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", "publish"), ("item", "")];
    owner.client.post(&format!("{place}/do"), &fields).await.expect(303);

    controller::features::programmes::publish(&wall.app, &owner.stage_id).await.unwrap();

    let document = open(&screen.get(FETCH).await.expect(200).bytes, &paired);
    let entries = &document.plans[0].regions.iter().find(|region| region.name == "main").unwrap().playlist.entries;
    let ticker =
        entries.iter().find_map(|entry| if let Slide::Ticker(ticker) = &entry.slide { Some(ticker) } else { None });
    assert_eq!(ticker.unwrap().lines, ["Beitrag selten"]);
}
