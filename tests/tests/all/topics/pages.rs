//! Pages of topics: in the dashboard and in the newsroom.

use harness::TestController;

use super::{posts_of, sort_all, topic, with_posts, words};

/// A rule of one row in the form.
fn form<'a>(name: &'a str, is: &'a str, text: &'a str, what: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", name), ("at", "0.any"), ("is", is), ("text", text), ("what", what)]
}

#[tokio::test]
async fn a_topic_is_made_tried_and_filled() {
    for wall in TestController::on_each().await {
        let (owner, stage) =
            with_posts(&wall, "museum", &["Die Freibäder öffnen", "Rat <b>tagt</b>", "Ein Freibad"]).await;
        let page = owner.client.get(&owner.path("topics")).await.expect(200).text();
        assert!(page.contains("Noch keine Themen"));
        owner.client.get(&owner.path("topics/new")).await.expect(200);

        let tried = owner.client.post(&owner.path("topics/preview"), &form("", "words", "Freibad, Rat", "")).await;
        let tried = tried.expect(200).text();
        assert!(tried.contains("<strong>3</strong>") && tried.contains("von 3 werden gefunden"), "{tried}");
        assert!(tried.contains("Rat &#60;b&#62;tagt"), "{tried}");
        let tried =
            owner.client.post(&owner.path("topics"), &form("Bäder", "words", "Freibad", "try")).await.expect(200);
        assert!(tried.text().contains("<strong>2</strong>") && tried.text().contains("value=\"Bäder\""));
        assert!(wall.app.store.list_topics(&stage.id).await.unwrap().is_empty(), "nothing was kept");
        let more = owner.client.post(&owner.path("topics"), &form("Bäder", "words", "Freibad", "row.0.none")).await;
        assert_eq!(more.expect(200).text().matches("name=\"at\"").count(), 2);

        let done =
            owner.client.post(&owner.path("topics"), &form("Bäder", "words", "Freibad", "save")).await.expect(303);
        assert!(done.location().ends_with("/topics?done=topic_saved"));
        let waiting = owner.client.get(&owner.path("topics")).await.expect(200).text();
        assert!(waiting.contains("0 von 3 sind fertig") && waiting.contains("hx-trigger=\"every 1s\""), "{waiting}");
        sort_all(&wall).await;
        let page = owner.client.get(&owner.path("topics/list")).await.expect(200).text();
        assert!(page.contains("2 Beiträge") && !page.contains("every 1s"), "{page}");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_stays_in_the_form() {
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, "museum", &["Bad"]).await;
    let pools = topic(&wall, &stage, "Bäder", &words(&["Bad"])).await;
    topic(&wall, &stage, "Rat", &words(&["Rat"])).await;
    let send = async |path: String, fields: &[(&str, &str)]| owner.client.post(&path, fields).await.expect(422).text();

    let nameless = send(owner.path("topics"), &form(" ", "words", "Bad", "save")).await;
    assert!(nameless.contains("Bitte geben Sie dem Thema einen Namen") && nameless.contains("value=\"Bad\""));
    let taken = send(owner.path("topics"), &form("BAEDER", "words", "Bad", "save")).await;
    assert!(taken.contains("Ein anderes Thema heißt schon so"), "{taken}");
    let only_not = [("name", "Rest"), ("at", "0.none"), ("is", "words"), ("text", "Bad"), ("what", "save")];
    assert!(send(owner.path("topics"), &only_not).await.contains("allein findet nichts"));
    let long = "x".repeat(101);
    assert!(
        send(owner.path(&format!("topics/{pools}")), &form("Bäder", "tag", &long, "save"))
            .await
            .contains("höchstens 100 Zeichen")
    );
    let nobody = send(owner.path(&format!("topics/{pools}/merge")), &[("into", "nobody")]).await;
    assert!(nobody.contains("Bitte wählen Sie ein anderes Thema"));
    assert_eq!(wall.app.store.list_topics(&stage.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn topics_are_put_in_order_merged_and_removed() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Bad", "Rat"]).await;
        let pools = topic(&wall, &stage, "Bäder", &words(&["Bad"])).await;
        let council = topic(&wall, &stage, "Rat", &words(&["Rat"])).await;
        let feasts = topic(&wall, &stage, "Feste", &words(&[])).await;
        sort_all(&wall).await;
        let names = async || {
            let topics = wall.app.store.list_topics(&stage.id).await.unwrap();
            topics.into_iter().map(|topic| topic.name).collect::<Vec<_>>()
        };

        owner.client.post(&owner.path(&format!("topics/{feasts}/move")), &[("to", "up")]).await.expect(303);
        assert_eq!(names().await, ["Bäder", "Feste", "Rat"]);
        owner.client.post(&owner.path(&format!("topics/{council}/move")), &[("to", "down")]).await.expect(303);
        assert_eq!(names().await, ["Bäder", "Feste", "Rat"], "the last stays the last");

        owner.client.get(&owner.path(&format!("topics/{pools}/remove"))).await.expect(200);
        owner.client.post(&owner.path(&format!("topics/{pools}/merge")), &[("into", &council)]).await.expect(303);
        assert_eq!(names().await, ["Feste", "Rat"]);
        assert_eq!(posts_of(&wall, &stage, &council).await, ["p0", "p1"]);
        owner.client.post(&owner.path(&format!("topics/{feasts}/remove")), &[]).await.expect(303);
        owner.client.post(&owner.path(&format!("topics/{feasts}/remove")), &[]).await.expect(404);
        assert_eq!(names().await, ["Rat"]);
    }
}

#[tokio::test]
async fn the_newsroom_has_a_page_for_each_topic_and_old_addresses_lead_there() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Die Freibäder öffnen", "Rat tagt", "Freibad zu"]).await;
        let pools = topic(&wall, &stage, "Bäder & Seen", &words(&["Freibad"])).await;
        topic(&wall, &stage, "Leer", &words(&["Nirgends"])).await;
        sort_all(&wall).await;
        let nobody = wall.client();

        let front = nobody.get("/@museum").await.expect(200).text();
        assert!(front.contains("href=\"/@museum/topics/baeder-seen\"") && !front.contains("topics/leer"), "{front}");
        let page = nobody.get("/@museum/topics/baeder-seen").await.expect(200);
        let text = page.text();
        assert!(text.contains("Die Freibäder öffnen") && text.contains("Freibad zu") && !text.contains("Rat tagt"));
        assert!(
            text.contains("data-list=\"/@museum/topics/baeder-seen\"")
                && text.contains("<h1 lang=\"de\">Bäder &#38; Seen</h1>")
        );
        assert!(page.headers.get("set-cookie").is_none() && page.header("cache-control") == "no-cache");
        let part = nobody.get("/@museum/topics/baeder-seen?part=posts").await.expect(200).text();
        assert!(part.contains("Freibad zu") && !part.contains("<h1"));

        owner.client.post(&owner.path("posts/p0/hide"), &[]).await.expect(303);
        let after = nobody.get("/@museum/topics/baeder-seen").await.expect(200).text();
        assert!(!after.contains("Die Freibäder öffnen") && after.contains("Freibad zu"), "a hidden post has left");
        let renamed = form("Schwimmen", "words", "Freibad", "save");
        owner.client.post(&owner.path(&format!("topics/{pools}")), &renamed).await.expect(303);
        let moved = nobody.get("/@museum/topics/baeder-seen").await.expect(308);
        assert_eq!(moved.location(), "/@museum/topics/schwimmen");
        nobody.get("/@museum/topics/schwimmen").await.expect(200);
        owner.client.post(&owner.path(&format!("topics/{pools}/remove")), &[]).await.expect(303);
        for gone in ["schwimmen", "baeder-seen", "nie"] {
            let page = nobody.get(&format!("/@museum/topics/{gone}")).await.expect(404).text();
            assert!(page.contains("Dieses Thema gibt es hier nicht"), "{page}");
        }
    }
}

#[tokio::test]
async fn an_address_lives_on_through_renames_and_merges_until_another_topic_takes_it() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Freibad auf", "Hallenbad zu"]).await;
        let pools = topic(&wall, &stage, "Freibäder", &words(&["Freibad"])).await;
        let halls = topic(&wall, &stage, "Hallenbäder", &words(&["Hallenbad"])).await;
        sort_all(&wall).await;
        let renamed = form("Draußen", "words", "Freibad", "save");
        owner.client.post(&owner.path(&format!("topics/{pools}")), &renamed).await.expect(303);
        owner.client.post(&owner.path(&format!("topics/{pools}/merge")), &[("into", &halls)]).await.expect(303);
        let renamed = form("Bäder", "words", "bad*", "save");
        owner.client.post(&owner.path(&format!("topics/{halls}")), &renamed).await.expect(303);

        let nobody = wall.client();
        for old in ["freibaeder", "draussen", "hallenbaeder"] {
            let moved = nobody.get(&format!("/@museum/topics/{old}")).await.expect(308);
            assert_eq!(moved.location(), "/@museum/topics/baeder", "{old}");
            assert_eq!(moved.header("cache-control"), "no-cache", "not for ever in any cache");
        }
        topic(&wall, &stage, "Draußen", &words(&["Park"])).await;
        nobody.get("/@museum/topics/draussen").await.expect(200);
        nobody.get("/@museum/topics/freibaeder").await.expect(308);
    }
}

#[tokio::test]
async fn long_topics_have_pages_that_meet() {
    let wall = TestController::new().await;
    let texts: Vec<_> = (0..60).map(|n| format!("{} Nummer {n}.", if n % 2 == 0 { "Bad" } else { "Rat" })).collect();
    let (_, stage) = with_posts(&wall, "museum", &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    topic(&wall, &stage, "Bäder", &words(&["Bad"])).await;
    sort_all(&wall).await;
    let first = wall.client().get("/@museum/topics/baeder").await.expect(200).text();
    assert_eq!(first.matches("<article").count(), 24);

    let older =
        first.split("class=\"older\" rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let second = wall.client().get(older).await.expect(200).text();

    assert_eq!(second.matches("<article").count(), 6);
    assert!(
        second.contains("Bad Nummer 48.") && !second.contains("Bad Nummer 46.") && first.contains("Bad Nummer 46.")
    );
    let odd = wall.client().get("/@museum/topics/baeder?before=nonsense").await.expect(303);
    assert_eq!(odd.location(), "/@museum/topics/baeder");
}
