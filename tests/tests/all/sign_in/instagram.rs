//! Instagram, field by field.

use harness::closed::{Fault, Kind};
use serde_json::{Value, json};

use super::House;

/// What the documents show: a series with a described picture and a film, and a reel whose music is not ours.
fn documented() -> [Value; 2] {
    let reel = json!({"id": "17999888777666555", "media_type": "VIDEO", "media_product_type": "REELS",
        "thumbnail_url": "media:99.jpg", "permalink": "https://www.instagram.com/reel/DCgZzYyXxWw/",
        "shortcode": "DCgZzYyXxWw", "timestamp": "2026-04-18T17:02:11+0000", "username": "stadt.beispielhausen"});
    let series = json!({"id": "18001112223334445", "caption": "Winter market opens on 28 November ❄️ #wintermarket",
        "media_type": "CAROUSEL_ALBUM", "media_product_type": "FEED", "media_url": "media:111.jpg",
        "permalink": "https://www.instagram.com/p/DChAbCdEfGh/", "shortcode": "DChAbCdEfGh",
        "timestamp": "2026-04-20T09:15:00+0000", "username": "stadt.beispielhausen",
        "children": {"data": [
            {"id": "18001112223334446", "media_type": "IMAGE", "media_url": "media:112.jpg", "alt_text": "Wooden stalls at dusk"},
            {"id": "18001112223334447", "media_type": "VIDEO", "media_url": "media:113.mp4", "thumbnail_url": "media:113.jpg"}]}});
    [reel, series]
}

fn image(id: usize) -> Value {
    json!({"id": id.to_string(), "caption": format!("Nummer {id}"), "media_type": "IMAGE", "media_url": "media:1.jpg",
        "permalink": format!("https://www.instagram.com/p/{id}/"), "timestamp": "2026-04-01T09:15:00+0000",
        "username": "stadt.beispielhausen"})
}

#[tokio::test]
async fn posts_come_with_words_pictures_and_descriptions_and_go_when_they_are_gone() {
    for house in House::on_each(Kind::Instagram).await {
        documented().into_iter().for_each(|post| house.network.append(post));
        house.sign_in().await;

        let first = house.visit().await;
        assert_eq!((first.new, first.without_picture), (2, 0));
        assert_eq!(
            house.visit_next_day().await,
            super::Imported::default(),
            "a second look adds nothing, new signatures or not"
        );

        let series = house.post("18001112223334445").await;
        assert_eq!(series.text, "Winter market opens on 28 November ❄️ #wintermarket");
        assert_eq!(series.link.as_deref(), Some("https://www.instagram.com/p/DChAbCdEfGh/"));
        assert_eq!((series.author.as_deref(), series.published_at), (Some("stadt.beispielhausen"), 1_776_676_500_000));
        assert_eq!(
            house.alts("18001112223334445").await,
            ["Wooden stalls at dusk", ""],
            "a picture, and the film's still"
        );
        assert_eq!(house.alts("17999888777666555").await, [""], "the still stands for a film that has no address");

        house.network.edit("18001112223334445", |post| post["caption"] = json!("Opens on 29 November"));
        assert_eq!(house.visit_next_day().await.changed, 1);
        assert_eq!(house.post("18001112223334445").await.text, "Opens on 29 November");

        house.network.remove("17999888777666555");
        house.visit_next_day().await;
        assert_eq!(house.posts().await.len(), 2, "being absent is not being deleted");
        house.look_up().await;
        assert_eq!(house.posts().await.len(), 1, "looking it up says that it is gone");
    }
}

#[tokio::test]
async fn an_edit_keeps_the_pictures_that_do_not_come_again() {
    for house in House::on_each(Kind::Instagram).await {
        let mut series = documented()[1].clone();
        house.network.append(series.clone());
        house.sign_in().await;
        house.visit().await;
        let both = house.alts("18001112223334445").await;
        assert_eq!(both, ["Wooden stalls at dusk", ""]);

        // Its address is signed anew each time, and nobody has fetched it today.
        house.wall.wait_secs(2 * super::DAY_SECS);
        house.network.edit("18001112223334445", |post| post["caption"] = json!("Opens on 29 November"));
        house.network.fail("/media/112.jpg", Fault::status(503, json!({})));
        let visited = house.visit().await;
        assert_eq!((visited.changed, visited.without_picture), (1, 0));
        assert_eq!(house.alts("18001112223334445").await, both);

        // What is not in the post any more is not in it here, whatever else goes wrong.
        house.wall.wait_secs(2 * super::DAY_SECS);
        series["children"]["data"].as_array_mut().unwrap().remove(0);
        series["caption"] = json!("Opens on 30 November");
        house.network.edit("18001112223334445", |post| *post = series.clone());
        house.network.fail("/media/113.jpg", Fault::status(503, json!({})));
        house.visit().await;
        assert_eq!(house.alts("18001112223334445").await, [""]);
    }
}

#[tokio::test]
async fn all_pages_are_read_at_first_and_once_a_day() {
    let house = House::new(Kind::Instagram).await;
    (0..60).for_each(|id| house.network.append(image(id)));
    house.sign_in().await;

    assert_eq!(house.visit().await.new, 60);
    let asked = house.network.asked("/me/media");
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|asked| asked.query("limit") == "25" && asked.query("fields").contains("children{id,")));
    house.wall.wait_secs(600);
    house.visit().await;
    assert_eq!(house.network.asked("/me/media").len(), 4, "only the first page in between");
    house.network.edit("0", |post| post["caption"] = json!("Alt und neu"));
    assert_eq!(house.visit_next_day().await.changed, 1);
}

#[tokio::test]
async fn what_is_new_or_broken_costs_itself_only() {
    let house = House::new(Kind::Instagram).await;
    house.network.append(image(1));
    house.network.append(json!({"caption": "ohne Nummer"}));
    house.network.append(json!({"id": "h", "media_type": "HOLOGRAM", "media_url": 7, "caption": "Neu", "extra": {"a": []}, "timestamp": "gestern"}));
    house.network.append(json!("kein Objekt"));
    house.sign_in().await;

    assert_eq!(house.visit().await.new, 2);
    assert_eq!(house.post("h").await.text, "Neu");

    // The second page breaks: the first is kept, and the rest comes later.
    (10..40).for_each(|id| house.network.append(image(id)));
    house.wall.wait_secs(86_400);
    house.network.fail("/me/media", Fault::Text("{\"data\":[".to_owned()));
    assert_eq!(house.visit().await.new, 0);
    assert_eq!(house.source().await.state, "failing");
    assert_eq!(house.visit_next_day().await.new, 30);
    assert_eq!(house.source().await.state, "working");
}

#[tokio::test]
async fn a_limit_is_kept_as_long_as_the_network_says() {
    let house = House::new(Kind::Instagram).await;
    house.network.append(image(1));
    house.sign_in().await;
    let usage =
        json!({"17841400000000001": [{"type": "instagram", "call_count": 100, "estimated_time_to_regain_access": 42}]});
    let body = json!({"error": {"message": "(#80002) There have been too many calls", "type": "OAuthException", "code": 80002}});
    let headers = vec![("x-business-use-case-usage", usage.to_string())];
    house.network.fail("/me/media", Fault::Instead(400, headers, body));

    house.visit().await;

    let wait = house.source().await.next_at - house.wall.app.clock.now();
    assert!((42 * 60_000..43 * 60_000).contains(&wait), "{wait}");
    house.wall.wait_secs(41 * 60);
    assert_eq!((house.visit().await.new, house.network.asked("/me/media").len()), (0, 1));
    house.wall.wait_secs(120);
    assert_eq!(house.visit().await.new, 1);
}

#[tokio::test]
async fn nothing_is_called_gone_while_the_profile_itself_cannot_be_seen() {
    let house = House::new(Kind::Instagram).await;
    [1, 2].map(image).into_iter().for_each(|post| house.network.append(post));
    house.sign_in().await;
    house.visit().await;
    house.network.remove("1");
    let lost = json!({"error": {"message": "Permissions error", "type": "OAuthException", "code": 10}});
    house.network.fail("/v26.0/me", Fault::status(400, lost));

    house.look_up().await;

    assert_eq!(house.posts().await.len(), 2);
}
