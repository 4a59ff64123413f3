//! LinkedIn, field by field.

use harness::{
    Owner, TestController,
    closed::{FakeNetwork, Fault, Kind},
};
use serde_json::{Value, json};

use super::House;

const US: &str = "urn:li:organization:2414183";

/// What the documents show: two pictures of which one is described, a mention, a hashtag, escapes.
fn documented() -> Value {
    json!({"id": "urn:li:share:7399000000000000001", "author": US,
        "commentary": "We are hiring in Karlsruhe! {hashtag|\\#|jobs} Thanks @[Musterverein](urn:li:organization:998877) \\(until 30 Nov\\)",
        "visibility": "PUBLIC", "lifecycleState": "PUBLISHED", "lifecycleStateInfo": {"isEditedByAuthor": false}, "isReshareDisabledByAuthor": false,
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "content": {"multiImage": {"images": [{"id": "urn:li:image:C4E10AQFoyyAjHPMQuQ", "altText": "Team photo"}, {"id": "urn:li:image:C4E10AQFoyyAjHPMQuR", "altText": ""}]}},
        "createdAt": 1_776_550_000_000_i64, "publishedAt": 1_776_550_001_000_i64, "lastModifiedAt": 1_776_553_600_000_i64})
}

fn post(number: i64, more: &Value) -> Value {
    let mut post = json!({"id": format!("urn:li:share:{number}"), "author": US, "commentary": format!("Nummer {number}"), "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED", "distribution": {"feedDistribution": "MAIN_FEED"}, "publishedAt": 1_776_000_000_000_i64 + number,
        "lastModifiedAt": 1_776_000_000_000_i64 + number});
    for (name, value) in more.as_object().unwrap() {
        post[name] = value.clone();
    }
    post
}

#[tokio::test]
async fn posts_of_an_organisation_come_with_everything_in_them() {
    for house in House::on_each(Kind::LinkedIn).await {
        house.network.append(documented());
        house
            .network
            .append(post(2, &json!({"content": {"media": {"id": "urn:li:video:V1", "title": "Launch video"}}})));
        house.network.append(post(3, &json!({"content": {"article": {"source": "https://ort.example/a", "title": "Bericht", "thumbnail": "urn:li:image:T1"}}})));
        house.network.append(post(
            4,
            &json!({"content": {"poll": {"question": "Wann?", "options": [{"text": "Heute"}, {"text": "Morgen"}]}}}),
        ));
        house.network.append(post(5, &json!({"content": {"celebration": {"something": "new"}}})));
        // Not for everybody, not published, an advertisement, somebody else's words.
        house.network.append(post(6, &json!({"visibility": "CONNECTIONS"})));
        house.network.append(post(7, &json!({"lifecycleState": "DRAFT"})));
        house.network.append(post(8, &json!({"distribution": {"feedDistribution": "NONE"}})));
        house
            .network
            .append(post(9, &json!({"reshareContext": {"parent": "urn:li:share:1", "root": "urn:li:share:1"}})));
        house.sign_in().await;

        assert_eq!(house.visit().await.new, 5);

        let first = house.post("urn:li:share:7399000000000000001").await;
        assert_eq!(first.text, "We are hiring in Karlsruhe! #jobs Thanks Musterverein (until 30 Nov)");
        assert!(first.html.contains("https://www.linkedin.com/company/998877"));
        assert_eq!(
            first.link.as_deref(),
            Some("https://www.linkedin.com/feed/update/urn:li:share:7399000000000000001/")
        );
        assert_eq!(first.published_at, 1_776_550_001_000);
        assert_eq!(house.alts("urn:li:share:7399000000000000001").await, ["Team photo", ""]);
        assert_eq!(house.alts("urn:li:share:2").await.len(), 1, "the still, which is named like a picture");
        assert!(house.post("urn:li:share:3").await.html.contains("href=\"https://ort.example/a\""));
        assert_eq!(house.alts("urn:li:share:3").await.len(), 1);
        assert_eq!(house.post("urn:li:share:4").await.text, "Nummer 4\nWann?\n• Heute\n• Morgen");
        assert_eq!(house.source().await.name, "Beispiel AG");
        let asked = house.network.asked("/rest/posts");
        assert_eq!(
            (asked[0].query("author"), asked[0].query("count"), asked[0].query("viewContext")),
            (US, "50", "READER")
        );
        assert!(asked[0].headers["linkedin-version"].len() == 6 && asked[0].headers["x-restli-method"] == "FINDER");
    }
}

#[tokio::test]
async fn edits_come_first_pictures_come_later_and_what_is_gone_is_looked_up() {
    for house in House::on_each(Kind::LinkedIn).await {
        house.network.page_size(2);
        (1..=5).for_each(|number| house.network.append(post(number, &json!({}))));
        house.network.append(post(6, &json!({"content": {"multiImage": {"images": [{"id": "urn:li:image:WAIT"}]}}})));
        house.sign_in().await;
        assert_eq!(house.visit().await.new, 6, "three pages");
        assert!(house.alts("urn:li:share:6").await.is_empty(), "the words at once, the picture when it is ready");

        let asked = house.network.asked("/rest/posts").len();
        house.network.edit("urn:li:share:1", |post| {
            post["commentary"] = json!("Neu");
            post["lastModifiedAt"] = json!(1_776_000_009_000_i64);
        });
        house.wall.wait_secs(2_000);
        assert_eq!(house.visit().await.changed, 1);
        assert_eq!(house.network.asked("/rest/posts").len(), asked + 1, "one page: the rest is known");
        house.network.edit("urn:li:share:6", |post| {
            post["content"]["multiImage"]["images"][0]["id"] = json!("urn:li:image:READY");
        });
        house.visit_next_day().await;
        assert_eq!(house.alts("urn:li:share:6").await.len(), 1);

        house.network.edit("urn:li:share:2", |post| post["visibility"] = json!("CONNECTIONS"));
        house.network.remove("urn:li:share:3");
        house.look_up().await;
        assert_eq!(house.posts().await.len(), 4);
    }
}

#[tokio::test]
async fn it_is_off_until_its_operator_says_that_it_was_approved() {
    let network = FakeNetwork::new(Kind::LinkedIn).await;
    let wall = TestController::with(|config| {
        network.configure(config);
        config.networks.get_mut("linkedin").unwrap().approved = false;
    })
    .await;
    let owner = Owner::new(wall.client(), "museum").await;

    owner.client.speak("en");
    let page = owner.client.get(&owner.path("sources")).await.expect(200).text();

    assert!(
        page.contains("networks.linkedin.approved = true")
            && page.contains("Switched off")
            && !page.contains("Sign in at LinkedIn")
    );
    owner.client.post(&owner.path("sources/sign-in"), &[("network", "linkedin")]).await.expect(422);
}

#[tokio::test]
async fn errors_are_told_apart() {
    let house = House::new(Kind::LinkedIn).await;
    house.network.append(post(1, &json!({})));
    house.sign_in().await;
    let error = |status: u16, code: &str| {
        Fault::status(status, json!({"status": status, "serviceErrorCode": 0, "code": code, "message": "m"}))
    };
    for (fault, state, problem) in [
        (error(429, "TOO_MANY_REQUESTS"), "failing", "sources.error.rate_limited"),
        (error(426, "NONEXISTENT_VERSION"), "failing", "sources.linkedin.version"),
        (error(500, "INTERNAL"), "failing", "sources.error.status"),
    ] {
        house.network.fail("/rest/posts", fault);
        house.visit().await;
        let source = house.source().await;
        assert_eq!((source.state.as_str(), source.problem.as_str()), (state, problem));
        house.wall.wait_secs(2 * super::DAY_SECS);
    }
    house.network.fail("/rest/posts", error(403, "ACCESS_DENIED"));
    house.visit().await;
    assert_eq!(
        (house.source().await.state.as_str(), house.source().await.problem.as_str()),
        ("stopped", "sources.error.permission")
    );

    let back = house.network.deny(&house.leave(&[]).await).await;
    assert!(house.come_back(&back).await.expect(422).text().contains("Es wurde nichts verbunden"));
}

#[tokio::test]
async fn one_of_several_organisations_is_chosen() {
    let house = House::new(Kind::LinkedIn).await;
    house.network.access(|access| access.several = true);
    let back = house.network.allow(&house.leave(&[]).await).await;
    let choice = house.come_back(&back).await.expect(303).location().to_owned();
    let page = house.owner.client.get(&choice).await.expect(200).text();
    assert!(
        page.contains("Beispiel Stiftung") && page.contains("https://www.linkedin.com/company/beispiel-ag"),
        "{page}"
    );
}
