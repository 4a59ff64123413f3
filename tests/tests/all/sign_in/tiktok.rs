//! TikTok, field by field.

use harness::{
    Owner,
    closed::{Fault, Kind},
    eventually,
};
use serde_json::{Value, json};

use super::House;

/// What the documents show.
fn film(id: i64) -> Value {
    json!({"id": id.to_string(), "create_time": 1_776_000_000 + id, "cover_image_url": format!("media:cover{id}.jpeg"),
        "share_url": format!("https://www.tiktok.com/@beispielhausen/video/{id}?utm_campaign=tt4d_open_api&utm_source=awabc"),
        "title": "Behind the scenes", "video_description": "Behind the scenes of the town band #musik", "duration": 31,
        "height": 1024, "width": 576, "embed_link": format!("https://www.tiktok.com/player/v1/{id}"), "is_aigc": false})
}

#[tokio::test]
async fn films_come_as_cover_words_and_link() {
    for house in House::on_each(Kind::TikTok).await {
        house.network.append(film(1));
        house.network.append(film(2));
        house.network.edit("2", |film| film["is_aigc"] = json!(true));
        house.network.append(json!({"create_time": 7}));
        house.sign_in().await;

        let first = house.visit().await;

        assert_eq!((first.new, first.without_picture), (2, 0));
        let post = house.post("1").await;
        assert_eq!(post.text, "Behind the scenes of the town band #musik");
        assert_eq!(post.link.as_deref(), Some("https://www.tiktok.com/@beispielhausen/video/1"));
        assert_eq!((post.author.as_deref(), post.published_at), (Some("@beispielhausen"), 1_776_000_001_000));
        assert_eq!(house.alts("1").await.len(), 1, "the cover is kept: its address ends after six hours");
        assert!(house.post("2").await.text.ends_with("(TikTok: AI-generated)"));
        assert_eq!(house.source().await.name, "Stadt Beispielhausen");
        let asked = &house.network.asked("/v2/video/list/")[0];
        assert_eq!(
            (asked.json["max_count"].as_i64(), asked.headers["content-type"].as_str()),
            (Some(20), "application/json")
        );

        // Another signature is no edit; other words are.
        assert_eq!(house.visit_next_day().await, super::Imported::default());
        house.network.edit("1", |film| film["video_description"] = json!("Anders"));
        assert_eq!(house.visit_next_day().await.changed, 1);
        house.network.remove("1");
        house.visit_next_day().await;
        assert_eq!(house.posts().await.len(), 2);
        house.look_up().await;
        assert_eq!(house.posts().await.len(), 1);
        assert_eq!(house.network.asked("/v2/video/query/").len(), 1, "twenty in one question");
    }
}

#[tokio::test]
async fn pages_follow_the_time_of_the_last_film() {
    let house = House::new(Kind::TikTok).await;
    (1..=45).for_each(|id| house.network.append(film(id)));
    house.sign_in().await;

    assert_eq!(house.visit().await.new, 45);

    let cursors: Vec<_> =
        house.network.asked("/v2/video/list/").iter().map(|asked| asked.json["cursor"].as_i64()).collect();
    assert_eq!(cursors, [None, Some(1_776_000_026_000), Some(1_776_000_006_000)]);
}

#[tokio::test]
async fn errors_are_told_apart() {
    let house = House::new(Kind::TikTok).await;
    house.network.append(film(1));
    house.network.access(|access| access.withheld = vec!["video.list".to_owned()]);
    let back = house.network.allow(&house.leave(&[]).await).await;
    assert!(house.come_back(&back).await.expect(422).text().contains("eine Erlaubnis fehlt"));
    house.network.access(|access| access.withheld.clear());
    house.sign_in().await;
    let error = |code: &str| json!({"data": {}, "error": {"code": code, "message": "", "log_id": "1"}});

    let headers = vec![("retry-after", "120".to_owned())];
    house.network.fail("/v2/video/list/", Fault::Instead(429, headers, error("rate_limit_exceeded")));
    house.visit().await;
    let wait = house.source().await.next_at - house.wall.app.clock.now();
    assert!((120_000..151_000).contains(&wait), "{wait}");
    house.wall.wait_secs(160);
    house.network.fail("/v2/video/list/", Fault::status(500, error("internal_error")));
    house.visit().await;
    assert_eq!(house.source().await.problem, "sources.error.network_down");
    house.wall.wait_secs(3_600);
    house.visit().await;
    assert_eq!((house.source().await.state.as_str(), house.posts().await.len()), ("working", 1));
    house.wall.wait_secs(600);
    house.network.fail("/v2/video/list/", Fault::status(401, error("scope_not_authorized")));
    house.visit().await;
    let stopped = house.source().await;
    assert_eq!((stopped.state.as_str(), stopped.problem.as_str()), ("stopped", "sources.error.permission"));
    assert!(house.page().await.contains("Zum Lesen fehlt eine Erlaubnis"));
}

#[tokio::test]
async fn unlinking_tells_the_network() {
    let house = House::new(Kind::TikTok).await;
    house.sign_in().await;
    let again = Owner::new(house.wall.client(), "club").await;
    let page = again.client.post(&again.path("sources/sign-in"), &[("network", "tiktok")]).await.expect(200);
    let back = house.network.allow(page.header("refresh").strip_prefix("0; url=").unwrap()).await;
    again.client.get(back.strip_prefix(&house.wall.url).unwrap()).await.expect(303);

    // The club follows the same profile: what the museum gives back would be taken from it.
    let other = house.wall.app.store.list_sources(&again.stage_id).await.unwrap().remove(0);
    again.client.post(&again.path(&format!("sources/{}/unlink", other.id)), &[]).await.expect(303);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(house.network.asked("/v2/oauth/revoke/").is_empty());
    let unlink = house.owner.path(&format!("sources/{}/unlink", house.source().await.id));
    house.owner.client.post(&unlink, &[]).await.expect(303);

    let asked = eventually("a token given back", || async {
        Some(house.network.asked("/v2/oauth/revoke/")).filter(|all| !all.is_empty())
    })
    .await;
    assert!(asked[0].form("token").starts_with("act-") && asked[0].form("client_key") == "litfass-client");
    assert!(house.wall.app.store.list_sources(&house.owner.stage_id).await.unwrap().is_empty());
}
