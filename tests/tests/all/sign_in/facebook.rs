//! Facebook Pages, field by field.

use harness::closed::{Fault, Kind};
use serde_json::{Value, json};

use super::House;

/// What the documents show: an album of two pictures.
fn album() -> Value {
    let photo = |number: &str, file: &str| {
        json!({"media_type": "photo", "type": "photo", "url": format!("https://www.facebook.com/photo?fbid={number}"),
        "media": {"image": {"src": file, "height": 720, "width": 1080}}, "target": {"id": number, "url": "https://www.facebook.com/photo"}})
    };
    json!({"id": "104455667788_901234567890", "message": "Council meeting on Thursday, 18:00. #Rat",
        "created_time": "2026-04-19T16:20:31+0000", "updated_time": "2026-04-19T16:25:02+0000",
        "permalink_url": "https://www.facebook.com/104455667788/posts/901234567890/", "full_picture": "media:777_n.jpg",
        "status_type": "added_photos", "is_published": true, "is_hidden": false,
        "from": {"id": "104455667788", "name": "Stadt Beispielhausen"},
        "attachments": {"data": [{"media_type": "album", "type": "album", "url": "https://www.facebook.com/media/set/?set=pcb.1",
            "title": "Photos from Stadt Beispielhausen's post", "media": {"image": {"src": "media:777_n.jpg", "height": 720, "width": 1080}},
            "subattachments": {"data": [photo("1", "media:777_n.jpg"), photo("2", "media:778_n.jpg")]}}]}})
}

fn plain(id: &str, more: &Value) -> Value {
    let mut post = json!({"id": id, "message": format!("Beitrag {id}"), "created_time": "2026-04-01T10:00:00+0000",
        "permalink_url": format!("https://www.facebook.com/104455667788/posts/{id}/"), "is_published": true, "is_hidden": false,
        "from": {"id": "104455667788", "name": "Stadt Beispielhausen"}});
    for (name, value) in more.as_object().unwrap() {
        post[name] = value.clone();
    }
    post
}

#[tokio::test]
async fn posts_of_a_page_come_with_everything_in_them() {
    for house in House::on_each(Kind::Facebook).await {
        house.network.append(album());
        let film = json!({"attachments": {"data": [{"type": "video_inline", "media_type": "video",
            "media": {"image": {"src": "media:still.jpg", "height": 1, "width": 1}, "source": "media:film.mp4"}}]}});
        house.network.append(plain("1_film", &film));
        let share = json!({"attachments": {"data": [{"type": "share", "title": "Neue <Satzung>", "url": "https://l.facebook.com/l.php?u=x",
            "unshimmed_url": "https://ort.example/satzung"}]}});
        house.network.append(plain("1_share", &share));
        let poll = json!({"attachments": {"data": [{"type": "visual_poll", "title": "Welche Farbe?",
            "subattachments": {"data": [{"type": "option", "title": "Rot"}, {"type": "option", "title": "Blau"}]}}]}});
        house.network.append(plain("1_poll", &poll));
        house.network.append(plain(
            "1_story",
            &json!({"message": null, "story": "Stadt Beispielhausen hat das Titelbild geändert."}),
        ));
        house.network.append(plain("1_hidden", &json!({"is_hidden": true})));
        house.sign_in().await;

        assert_eq!(house.visit().await.new, 5, "all but the hidden one");

        let post = house.post("104455667788_901234567890").await;
        assert_eq!(post.text, "Council meeting on Thursday, 18:00. #Rat");
        assert_eq!(post.link.as_deref(), Some("https://www.facebook.com/104455667788/posts/901234567890/"));
        assert_eq!((post.author.as_deref(), post.published_at), (Some("Stadt Beispielhausen"), 1_776_615_631_000));
        assert_eq!(house.alts("104455667788_901234567890").await.len(), 2);
        assert_eq!(house.alts("1_film").await.len(), 1, "the still");
        let share = house.post("1_share").await;
        assert!(
            share.html.contains("href=\"https://ort.example/satzung\"") && share.html.contains("Neue &lt;Satzung&gt;"),
            "{}",
            share.html
        );
        assert!(house.post("1_poll").await.text.ends_with("Welche Farbe?\n• Rot\n• Blau"));
        assert!(house.post("1_story").await.text.contains("Titelbild"));
        assert_eq!(house.source().await.name, "Stadt Beispielhausen");
        let asked = house.network.asked("/published_posts");
        assert!(asked[0].path.starts_with("/v26.0/104455667788/") && asked[0].query("limit") == "100");
        assert!(asked[0].token().starts_with("EAAB-page"));
    }
}

#[tokio::test]
async fn hidden_edited_and_deleted_posts_are_followed() {
    for house in House::on_each(Kind::Facebook).await {
        ["a", "b", "c"].iter().for_each(|id| house.network.append(plain(id, &json!({}))));
        house.sign_in().await;
        house.visit().await;

        // A comment changes the time of a post, and nothing else.
        house.network.edit("a", |post| post["updated_time"] = json!("2026-04-02T10:00:00+0000"));
        assert_eq!(house.visit_next_day().await, super::Imported::default());
        house.network.edit("a", |post| post["message"] = json!("Geändert"));
        house.network.edit("b", |post| post["is_hidden"] = json!(true));
        assert_eq!(house.visit_next_day().await.changed, 1);
        assert_eq!(house.posts().await.len(), 2, "what is said to be hidden goes at once");

        house.network.remove("c");
        house.visit_next_day().await;
        assert_eq!(house.posts().await.len(), 2);
        house.look_up().await;
        let posts = house.posts().await;
        assert_eq!((posts.len(), posts[0].text.as_str()), (1, "Geändert"));
    }
}

#[tokio::test]
async fn all_pages_are_read_and_a_page_that_fails_keeps_those_before_it() {
    let house = House::new(Kind::Facebook).await;
    house.network.page_size(10);
    (0..35).for_each(|id| house.network.append(plain(&format!("p{id}"), &json!({}))));
    house.sign_in().await;
    assert_eq!(house.visit().await.new, 35);
    assert_eq!(house.network.asked("/published_posts").len(), 4);
    assert!(
        house.network.asked("/published_posts").iter().all(|asked| asked.headers["host"] == house.network.url[7..]),
        "no link was followed"
    );

    // A later page is refused after one came through: what that one brought stays, and the pause is kept.
    house.network.append(plain("new", &json!({})));
    house.wall.wait_secs(1_000);
    let limit = json!({"error": {"message": "(#32) Page request limit reached", "type": "OAuthException", "code": 32}});
    house.network.fail_after("/published_posts", 1, Fault::status(400, limit));
    assert_eq!(house.visit().await.new, 1);
    let wait = house.source().await.next_at - house.wall.app.clock.now();
    assert!((3_600_000..3_700_000).contains(&wait), "{wait}");
}

#[tokio::test]
async fn one_sign_in_for_several_pages_lets_the_owner_choose() {
    for house in House::on_each(Kind::Facebook).await {
        house.network.access(|access| access.several = true);
        let back = house.network.allow(&house.leave(&[("held", "true")]).await).await;

        let choice = house.come_back(&back).await.expect(303).location().to_owned();

        let page = house.owner.client.get(&choice).await.expect(200).text();
        assert!(
            page.contains("Museum Beispielhausen")
                && page.contains("Stadt Beispielhausen")
                && !page.contains("Nur gelesen")
        );
        assert!(!page.contains("EAAB"), "no token is on the page");
        let id = choice.split_once("id=").unwrap().1.to_owned();
        // Nobody else sees the choice, or makes it.
        let thief = harness::Owner::new(house.wall.client(), "club").await;
        thief.client.get(&thief.path(&format!("sources/choice?id={id}"))).await.expect(303);
        thief.client.post(&thief.path("sources/choice"), &[("id", &id), ("profile", "104455667799")]).await.expect(422);
        for (profile, status) in [("1", 422), ("104455667799", 303), ("104455667788", 303)] {
            let fields = [("id", id.as_str()), ("profile", profile)];
            house.owner.client.post(&house.owner.path("sources/choice"), &fields).await.expect(status);
        }
        let linked = house.wall.app.store.list_sources(&house.owner.stage_id).await.unwrap();
        let mut linked: Vec<_> = linked.iter().map(|source| (source.address.as_str(), source.held)).collect();
        linked.sort_unstable();
        assert_eq!(linked, [("104455667788", true), ("104455667799", true)]);
        house.visit().await;
        let tokens: std::collections::BTreeSet<_> =
            house.network.asked("/published_posts").iter().map(|a| a.token().to_owned()).collect();
        assert_eq!(tokens.len(), 2, "each Page has a token of its own");
        house.wall.wait_secs(15 * 60);
        house
            .owner
            .client
            .post(&house.owner.path("sources/choice"), &[("id", &id), ("profile", "104455667788")])
            .await
            .expect(422);
    }
}

#[tokio::test]
async fn a_box_left_unticked_is_told_and_a_dead_page_token_asks_the_owner() {
    let house = House::new(Kind::Facebook).await;
    house.network.access(|access| access.withheld = vec!["pages_read_engagement".to_owned()]);
    let back = house.network.allow(&house.leave(&[]).await).await;
    let page = house.come_back(&back).await.expect(422).text();
    assert!(page.contains("eine Erlaubnis fehlt"), "{page}");

    house.network.access(|access| access.withheld.clear());
    house.sign_in().await;
    house.network.access(harness::closed::Access::revoke_all);
    house.visit().await;
    assert_eq!(house.source().await.problem, "sources.error.sign_in_again");
}
