//! The whole sign-in, through pages: allowed, denied, stolen, repeated, late, and with several profiles to choose from.

use controller::config::NetworkSettings;
use harness::{
    Owner, TestController,
    closed::{FakeNetwork, Kind},
};
use serde_json::json;

use super::House;

#[tokio::test]
async fn a_sign_in_links_a_source_and_leaves_no_secret_anywhere() {
    for house in House::on_each(Kind::Instagram).await {
        house
            .network
            .append(json!({"id": "1", "caption": "Hallo", "media_type": "IMAGE", "username": "stadt.beispielhausen"}));
        let page = house.page().await;
        assert!(page.contains("Bei Instagram anmelden"), "{page}");

        let away = house.leave(&[("held", "true")]).await;
        let back = house.network.allow(&away).await;
        let answer = house.come_back(&back).await.expect(303);

        assert!(answer.location().ends_with("/sources?done=source_linked"), "{}", answer.location());
        assert_eq!(house.owner.client.cookie_names(), ["session", "xsrf"], "and no other");
        let source = house.source().await;
        assert_eq!((source.network.as_str(), source.name.as_str()), ("instagram", "@stadt.beispielhausen"));
        assert_eq!(
            (source.address.as_str(), source.held, source.credential.is_none()),
            ("17841400000000001", true, true)
        );
        let row = house.wall.app.store.find_tokens(&source.id).await.unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&row.sealed).contains("IGAA"), "tokens are sealed");
        assert_eq!(house.visit().await.new, 1);
        let page = house.page().await;
        assert!(
            page.contains("@stadt.beispielhausen") && !page.contains("IGAA") && !page.contains("17841400000000001")
        );
        // The state that travelled through the browser is nowhere, only its hash was.
        let state = house.network.asked("/oauth/authorize")[0].query("state").to_owned();
        assert!(state.len() >= 43 && !format!("{source:?}").contains(&state));
    }
}

#[tokio::test]
async fn who_allows_nothing_is_told_kindly_and_can_try_again() {
    let house = House::new(Kind::Instagram).await;

    let back = house.network.deny(&house.leave(&[]).await).await;
    let page = house.come_back(&back).await.expect(422).text();

    assert!(page.contains("Es wurde nichts verbunden"), "{page}");
    house.come_back(&back).await.expect(404);
    house.sign_in().await;

    house.owner.client.speak("en");
    house.network.access(|access| access.withheld = vec!["instagram_business_basic".to_owned()]);
    let back = house.network.allow(&house.leave(&[]).await).await;
    let page = house.come_back(&back).await.expect(422).text();
    assert!(page.contains("a permission is missing"), "{page}");
}

#[tokio::test]
async fn a_state_is_good_once_for_its_own_session_and_for_a_quarter_of_an_hour() {
    for house in House::on_each(Kind::Instagram).await {
        let wall = &house.wall;
        let back = house.network.allow(&house.leave(&[]).await).await;
        let path = back.strip_prefix(&wall.url).unwrap().trim_end_matches("#_").to_owned();

        // Somebody else, with a session of their own; the owner in another browser; somebody without a session.
        let thief = Owner::new(wall.client(), "club").await;
        let told = thief.client.get(&path).await.expect(404).text();
        assert!(told.contains("Diese Anmeldung gibt es nicht mehr"), "{told}");
        let elsewhere = wall.client();
        let fields = [("mail", "museum@owner.example"), ("password", "correct horse battery staple")];
        elsewhere.post("/login", &fields).await.expect(303);
        elsewhere.get(&path).await.expect(404);
        assert!(wall.client().get(&path).await.expect(303).location().starts_with("/login"));
        // As if it came from another network.
        house.owner.client.get(&path.replace("/instagram", "/feed")).await.expect(404);
        assert!(house.network.asked("/oauth/access_token").is_empty(), "no code was redeemed");

        // The theft did not use it up: its owner comes back, once.
        house.owner.client.get(&path).await.expect(303);
        house.owner.client.get(&path).await.expect(404);
        assert_eq!(house.network.asked("/oauth/access_token").len(), 1, "the code was redeemed once");

        let late = house.network.allow(&house.leave(&[]).await).await;
        wall.wait_secs(15 * 60);
        house.come_back(&late).await.expect(404);
        assert_eq!(controller::features::sources::clean(&wall.app).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_code_that_was_used_already_links_nothing() {
    let house = House::new(Kind::Instagram).await;
    let first = house.network.allow(&house.leave(&[]).await).await;
    let second = house.network.allow(&house.leave(&[]).await).await;
    let code = |location: &str| location.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    house.come_back(&first).await.expect(303);

    let page = house.come_back(&second.replace(&code(&second), &code(&first))).await.expect(422).text();

    assert!(page.contains("role=\"alert\""), "{page}");
    assert_eq!(house.wall.app.store.list_sources(&house.owner.stage_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_is_not_registered_there_says_what_the_operator_has_to_do() {
    let network = FakeNetwork::new(Kind::Instagram).await;
    let wall = TestController::with(|config| {
        network.configure(config);
        config.networks.insert(
            "instagram".to_owned(),
            NetworkSettings { client_id: Some("1".to_owned()), ..NetworkSettings::default() },
        );
    })
    .await;
    let owner = Owner::new(wall.client(), "museum").await;

    let page = owner.client.get(&owner.path("sources")).await.expect(200).text();

    assert!(!page.contains("Bei Instagram anmelden"));
    let callback = format!("{}/dashboard/signed-in/instagram", wall.url);
    for words in ["developers.facebook.com/apps", "networks.instagram.client-secret", callback.as_str()] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let refused = owner.client.post(&owner.path("sources/sign-in"), &[("network", "instagram")]).await.expect(422);
    assert!(refused.text().contains("kann noch nicht verbunden werden"));
    owner.client.post(&owner.path("sources/sign-in"), &[("network", "feed")]).await.expect(404);
    assert!(network.asked("/").is_empty());
}
