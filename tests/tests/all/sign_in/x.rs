//! X, field by field.

use harness::closed::{Fault, Kind};
use serde_json::{Value, json};

use super::House;

/// What the documents show: a short link, a link to the picture below, a hashtag, an edited post.
fn documented() -> Value {
    json!({"id": "2080761390344937796", "edit_history_tweet_ids": ["2080761390344937700", "2080761390344937796"],
        "author_id": "1111111111111111111", "created_at": "2026-04-20T09:05:48.000Z", "lang": "de", "possibly_sensitive": false,
        "text": "Neue Öffnungszeiten im Bürgerbüro: https://t.co/AbCdEf1234 #service https://t.co/PiC0000000",
        "entities": {"urls": [
            {"start": 35, "end": 58, "url": "https://t.co/AbCdEf1234", "expanded_url": "https://www.beispielhausen.de/buergerbuero",
             "display_url": "beispielhausen.de/buergerbuero", "title": "Bürgerbüro", "status": 200},
            {"start": 68, "end": 91, "url": "https://t.co/PiC0000000", "expanded_url": "https://x.com/beispielhausen/status/2080761390344937796/photo/1",
             "display_url": "pic.x.com/PiC0000000", "media_key": "3_2080761390000000001"}],
            "hashtags": [{"start": 59, "end": 67, "tag": "service"}]},
        "attachments": {"media_keys": ["3_2080761390000000001"]},
        "includes": {"media": [{"media_key": "3_2080761390000000001", "type": "photo", "url": "media:GxYz.jpg", "width": 1200,
            "height": 800, "alt_text": "Rathaus von vorn"}]}})
}

fn post(id: u64, text: &str) -> Value {
    json!({"id": id.to_string(), "edit_history_tweet_ids": [id.to_string()], "author_id": "1111111111111111111",
        "created_at": "2026-04-01T10:00:00.000Z", "lang": "und", "text": text})
}

#[tokio::test]
async fn posts_come_with_links_as_people_know_them_pictures_quotes_and_polls() {
    for house in House::on_each(Kind::X).await {
        house.network.append(documented());
        let mut film = post(2_080_761_390_344_937_800, "Film");
        film["attachments"] = json!({"media_keys": ["7_1"]});
        film["includes"] = json!({"media": [{"media_key": "7_1", "type": "video", "preview_image_url": "media:still.jpg", "duration_ms": 9,
            "variants": [{"bit_rate": 832_000, "content_type": "video/mp4", "url": "https://video.twimg.com/a.mp4"},
                         {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/a.m3u8"}]}]});
        house.network.append(film);
        let mut quote = post(2_080_761_390_344_937_801, "Dazu:");
        quote["referenced_tweets"] = json!([{"type": "quoted", "id": "5"}]);
        quote["includes"] = json!({"tweets": [{"id": "5", "text": "Das &amp; das"}]});
        house.network.append(quote);
        let mut poll = post(2_080_761_390_344_937_802, "Was meinen Sie?");
        poll["attachments"] = json!({"poll_ids": ["9"]});
        poll["includes"] = json!({"polls": [{"id": "9", "options": [{"position": 1, "label": "Ja", "votes": 3}, {"position": 2, "label": "Nein", "votes": 1}]}]});
        house.network.append(poll);
        let mut long = post(2_080_761_390_344_937_803, "Anfang …");
        long["note_tweet"] = json!({"text": "Anfang und Ende", "entities": {}});
        house.network.append(long);
        house.sign_in().await;

        assert_eq!(house.visit().await.new, 5);

        let first = house.post("2080761390344937700").await;
        assert_eq!(first.text, "Neue Öffnungszeiten im Bürgerbüro: beispielhausen.de/buergerbuero #service");
        assert!(first.html.contains("href=\"https://t.co/AbCdEf1234\""), "{}", first.html);
        assert_eq!(
            first.link.as_deref(),
            Some("https://x.com/beispielhausen/status/2080761390344937796"),
            "the newest version"
        );
        assert_eq!((first.author.as_deref(), first.language.as_deref()), (Some("beispielhausen"), Some("de")));
        assert_eq!(first.published_at, 1_776_675_948_000);
        assert_eq!(house.alts("2080761390344937700").await, ["Rathaus von vorn"]);
        assert_eq!(house.alts("2080761390344937800").await.len(), 1, "the still");
        assert_eq!(house.post("2080761390344937801").await.text, "Dazu:\n\n„Das & das“");
        assert_eq!(house.post("2080761390344937802").await.text, "Was meinen Sie?\n• Ja\n• Nein");
        assert_eq!(house.post("2080761390344937803").await.text, "Anfang und Ende");
        assert_eq!(house.post("2080761390344937803").await.language, None, "`und` is no language");
    }
}

#[tokio::test]
async fn only_what_came_since_is_read_because_everything_read_is_paid_for() {
    let house = House::new(Kind::X).await;
    (1..=30).for_each(|id| house.network.append(post(id, &format!("Nummer {id}"))));
    house.sign_in().await;
    assert_eq!(house.visit().await.new, 30);
    assert_eq!(house.visit_next_day().await, super::Imported::default());
    house.network.page_size(20);
    (31..=60).for_each(|id| house.network.append(post(id, &format!("Nummer {id}"))));
    assert_eq!(house.visit_next_day().await.new, 30);

    let asked = house.network.asked("/tweets");
    let said: Vec<_> = asked.iter().map(|a| (a.query("since_id"), a.query("pagination_token"))).collect();
    assert_eq!(said, [("", ""), ("30", ""), ("30", ""), ("30", "7140dib20")]);
    assert!(
        asked[0].query("expansions").contains("author_id") && !asked[1].query("expansions").contains("author_id"),
        "the name is known"
    );
    assert!(asked.iter().all(|a| a.query("exclude") == "replies,retweets" && a.query("max_results") == "100"));
}

#[tokio::test]
async fn an_edit_replaces_and_a_deletion_is_looked_up_in_one_question() {
    for house in House::on_each(Kind::X).await {
        [10, 11, 12].iter().for_each(|id| house.network.append(post(*id, "Alt")));
        house.sign_in().await;
        house.visit().await;

        // The edited post has a new number; the chain says whose version it is.
        house.network.remove("11");
        let mut edited = post(20, "Neu");
        edited["edit_history_tweet_ids"] = json!(["11", "20"]);
        house.network.append(edited);
        assert_eq!(house.visit_next_day().await.changed, 1);
        assert_eq!((house.posts().await.len(), house.post("11").await.text.as_str()), (3, "Neu"));

        house.network.remove("10");
        house.visit_next_day().await;
        house.look_up().await;
        assert_eq!(house.posts().await.len(), 2);
        house.post("11").await;
        assert_eq!(house.network.asked("/2/tweets").iter().filter(|a| a.path == "/2/tweets").count(), 1);
    }
}

#[tokio::test]
async fn fields_are_found_under_their_new_names_too() {
    let house = House::new(Kind::X).await;
    house.network.rename_fields();
    house.network.append(documented());
    house.sign_in().await;

    assert_eq!(house.visit().await.new, 1);
    house.post("2080761390344937700").await;
    house.visit_next_day().await;

    let asked = house.network.asked("/tweets");
    let names: Vec<_> = asked.iter().map(|a| a.query.contains_key("post.fields")).collect();
    assert_eq!(names, [false, true, true], "refused once, and remembered");

    house.network.remove("2080761390344937796");
    house.look_up().await;
    assert_eq!(house.posts().await.len(), 0, "a look-up asks in the other spelling, too");
}

#[tokio::test]
async fn what_cannot_be_looked_up_for_a_week_goes_and_comes_again() {
    for house in House::on_each(Kind::X).await {
        (1..=3).for_each(|id| house.network.append(post(id, &format!("Nummer {id}"))));
        house.sign_in().await;
        assert_eq!(house.visit().await.new, 3);
        for day in 1..=8 {
            house.wall.wait_secs(super::DAY_SECS);
            house.network.fail("/2/tweets", Fault::status(503, json!({})));
            house.look_up().await;
            assert_eq!(house.posts().await.len(), if day < 8 { 3 } else { 0 }, "day {day}");
        }
        assert_eq!(house.visit_next_day().await.new, 3, "what was read once is read again");
    }
}

#[tokio::test]
async fn limits_and_empty_purses_are_told_apart() {
    let house = House::new(Kind::X).await;
    house.sign_in().await;
    let now = house.wall.app.clock.now();
    let headers = vec![("x-rate-limit-reset", (now / 1000 + 700).to_string())];
    house.network.fail(
        "/tweets",
        Fault::Instead(429, headers, json!({"errors": [{"code": 88, "message": "Rate limit exceeded"}]})),
    );
    house.visit().await;
    let wait = house.source().await.next_at - now;
    assert!((700_000..731_000).contains(&wait), "{wait}");

    house.wall.wait_secs(740);
    let capped = json!({"title": "UsageCapExceeded", "type": "https://api.x.com/2/problems/usage-capped", "detail": "Usage cap exceeded"});
    house.network.fail("/tweets", Fault::status(403, capped));
    house.visit().await;
    let source = house.source().await;
    assert_eq!((source.state.as_str(), source.problem.as_str()), ("failing", "sources.error.credits"));
    assert!(source.next_at - house.wall.app.clock.now() >= 86_400_000);
    house.visit_next_day().await;
    house.wall.wait_secs(60);
    house.visit().await;
    assert_eq!(house.source().await.state, "working");
}

#[tokio::test]
async fn a_sign_in_proves_that_it_is_ours_and_a_protected_account_is_refused() {
    let house = House::new(Kind::X).await;
    let away = house.leave(&[]).await;
    assert!(away.contains("code_challenge_method=S256") && !away.contains("code_verifier"));
    let back = house.network.allow(&away).await;
    let protected = json!({"data": {"id": "1", "username": "museum", "protected": true}});
    house.network.fail("/2/users/me", Fault::status(200, protected));
    let page = house.come_back(&back).await.expect(422).text();
    assert!(page.contains("Dieses Konto ist geschützt"), "{page}");
    let asked = &house.network.asked("/2/oauth2/token")[0];
    assert!(
        (43..=128).contains(&asked.form("code_verifier").len()) && asked.headers["authorization"].starts_with("Basic ")
    );

    // A code lives for thirty seconds.
    let back = house.network.allow(&house.leave(&[]).await).await;
    house.wall.wait_secs(31);
    assert!(house.come_back(&back).await.expect(422).text().contains("nicht abgeschlossen"));
}
