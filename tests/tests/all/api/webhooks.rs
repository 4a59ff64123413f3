//! Webhooks: signed, again after a refusal, in order, never twice, and nothing of a withdrawn post.

use std::sync::Arc;

use controller::{
    config::Config,
    features::webhooks::{AT_ONCE, next, note},
};
use harness::{Owner, Program, Receiver, TestController, eventually};
use serde_json::json;
use tokio::sync::Semaphore;

use super::house;

const POSTS: &str = "/api/v1/stages/museum/posts";

fn settings(config: &mut Config) {
    config.allow.push("127.0.0.1".to_owned());
}

/// An owner with a webhook: its page's path, and its secret.
async fn hook(owner: &Owner, address: &str, events: &[&str]) -> (String, String) {
    let mut fields = vec![("name", "Archiv"), ("address", address)];
    fields.extend(events.iter().map(|event| (*event, "true")));
    let page = owner.client.post(&owner.path("webhooks"), &fields).await.expect(200).text();
    let secret = page.split_once("id=\"the-secret\">").expect("a secret").1.split('<').next().unwrap().to_owned();
    let id = page.split("/webhooks/").filter_map(|rest| rest.split_once("/secret")).next().unwrap().0.to_owned();
    (owner.path(&format!("webhooks/{id}")), secret)
}

/// Does what the jobs do, to the end.
async fn work(wall: &TestController) {
    note(&wall.app, None).await.unwrap();
    let places = Arc::new(Semaphore::new(AT_ONCE));
    while next(&wall.app, &places).await.unwrap() {
        drop(places.acquire_many(u32::try_from(AT_ONCE).unwrap()).await.unwrap());
    }
}

async fn write(program: &Program, text: &str) -> String {
    let post = program.json("POST", POSTS, &json!({ "text": text })).await.expect(201).json();
    post["post"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_happens_to_posts_is_told_signed_and_in_its_order() {
    for wall in TestController::on_each_with(settings).await {
        let (owner, program) = house(&wall, "museum").await;
        let receiver = Receiver::new().await;
        write(&program, "Von früher").await;
        let (_, secret) = hook(&owner, &receiver.url, &["published", "changed", "withdrawn"]).await;
        work(&wall).await;
        assert!(receiver.messages().is_empty(), "what is there already is no news");

        let id = write(&program, "Sommerfest").await;
        work(&wall).await;
        wall.wait_secs(1);
        program.json("PUT", &format!("{POSTS}/{id}"), &json!({ "text": "Herbstfest" })).await.expect(200);
        work(&wall).await;
        program.delete(&format!("{POSTS}/{id}")).await.expect(204);
        work(&wall).await;
        work(&wall).await;

        let told = receiver.messages();
        let kinds: Vec<_> = told.iter().map(|one| one.json()["type"].as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, ["post.published", "post.changed", "post.withdrawn"]);
        assert!(told.iter().all(|one| one.is_signed_with(&secret)), "{told:?}");
        assert!(told.iter().all(|one| !one.is_signed_with("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
        assert_eq!(told[0].json()["data"]["post"]["text"], "Sommerfest");
        assert_eq!(told[0].json()["data"]["stage"], "museum");
        assert_eq!(told[1].json()["data"]["post"]["text"], "Herbstfest");
        assert_eq!(told[2].json()["data"], json!({ "stage": "museum", "post": { "id": id, "withdrawn": true } }));
        let same = wall.client().get(&format!("{POSTS}?count=1")).await.expect(200).json();
        let own = told[0].json()["data"]["post"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            own,
            same["posts"][0].as_object().unwrap().keys().cloned().collect::<Vec<_>>(),
            "the API's own JSON"
        );
    }
}

#[tokio::test]
async fn what_is_refused_is_sent_again_and_what_is_taken_never() {
    for wall in TestController::on_each_with(settings).await {
        let (owner, program) = house(&wall, "museum").await;
        let receiver = Receiver::new().await;
        let (page, _) = hook(&owner, &receiver.url, &["published", "changed", "withdrawn"]).await;
        receiver.answer(&[500, 302]);
        let id = write(&program, "Sommerfest").await;
        work(&wall).await;
        let other = write(&program, "Anderes").await;
        wall.wait_secs(1);
        program.json("PUT", &format!("{POSTS}/{id}"), &json!({ "text": "Herbstfest" })).await.expect(200);
        work(&wall).await;

        let count = || receiver.messages().len();
        assert_eq!(count(), 2, "the change waits for the first word of that post; the other post does not");
        assert!(receiver.messages()[1].body.contains(&other));
        let shown = owner.client.get(&page).await.expect(200).text();
        assert!(shown.contains("500") && shown.contains("nicht angenommen") && !shown.contains("fest"), "{shown}");
        wall.wait_secs(4);
        work(&wall).await;
        assert_eq!(count(), 4, "{:?}", receiver.messages());
        // The other one was answered with 302, a second later: that is no 2xx either.
        wall.wait_secs(1);
        work(&wall).await;
        assert_eq!(count(), 5);
        let told = receiver.messages();
        assert_eq!(
            told[0].id,
            told.iter().skip(1).find(|one| one.body.contains(&id)).unwrap().id,
            "one message, one id"
        );
        assert!(told[3].body.contains("post.changed") && told[3].body.contains("Herbstfest"));
        wall.wait_secs(86_400);
        work(&wall).await;
        assert_eq!(count(), 5, "what was taken is never sent again");

        // Withdrawn before it was taken: nothing of it is told, and nothing of it is in the table.
        receiver.answer(&[503]);
        let gone = write(&program, "Irrtum").await;
        work(&wall).await;
        program.delete(&format!("{POSTS}/{gone}")).await.expect(204);
        work(&wall).await;
        wall.wait_secs(60);
        work(&wall).await;
        let told: Vec<_> = receiver.messages().into_iter().skip(6).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].json()["type"], "post.withdrawn");
        assert!(!told[0].body.contains("Irrtum"));
    }
}

#[tokio::test]
async fn after_a_day_in_vain_it_is_paused_until_somebody_sends_again() {
    let wall = TestController::with(settings).await;
    let (owner, program) = house(&wall, "museum").await;
    let receiver = Receiver::new().await;
    let (page, secret) = hook(&owner, &receiver.url, &["published"]).await;
    receiver.answer(&[500; 12]);
    write(&program, "Sommerfest").await;
    for _ in 0..12 {
        work(&wall).await;
        wall.wait_secs(25_200);
    }
    assert_eq!(receiver.messages().len(), 12);
    write(&program, "Noch eins").await;
    work(&wall).await;
    assert_eq!(receiver.messages().len(), 12, "nothing is sent any more");
    let shown = owner.client.get(&page).await.expect(200).text();
    assert!(shown.contains("Einen Tag lang") && shown.contains("2 Nachrichten warten"), "{shown}");
    assert!(owner.client.get(&owner.path("webhooks")).await.expect(200).text().contains("angehalten"));

    owner.client.post(&format!("{page}/resume"), &[]).await.expect(303);
    work(&wall).await;
    assert_eq!(receiver.messages().len(), 14);
    assert!(receiver.messages().iter().all(|one| one.is_signed_with(&secret)));
    assert!(!owner.client.get(&page).await.expect(200).text().contains(&secret), "shown once");
    let renewed = owner.client.post(&format!("{page}/secret"), &[]).await.expect(200).text();
    assert!(renewed.contains("the-secret"));
    receiver.answer(&[410]);
    write(&program, "Drei").await;
    work(&wall).await;
    assert!(!receiver.messages()[14].is_signed_with(&secret));
    assert!(owner.client.get(&page).await.expect(200).text().contains("410"), "paused at once");
}

#[tokio::test]
async fn whoever_says_nothing_keeps_nobody_else_waiting() {
    for wall in TestController::on_each_with(settings).await {
        let (slow, program) = house(&wall, "museum").await;
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", silent.local_addr().unwrap());
        for _ in 0..2 {
            hook(&slow, &address, &["published"]).await;
        }
        for number in 0..AT_ONCE {
            write(&program, &format!("Meldung {number}")).await;
        }
        note(&wall.app, None).await.unwrap();
        let (quick, other) = house(&wall, "verein").await;
        let receiver = Receiver::new().await;
        hook(&quick, &receiver.url, &["published"]).await;
        other.json("POST", "/api/v1/stages/verein/posts", &json!({ "text": "Fest" })).await.expect(201);
        note(&wall.app, None).await.unwrap();

        let places = Arc::new(Semaphore::new(AT_ONCE));
        while next(&wall.app, &places).await.unwrap() {}

        eventually("the other one's message", || async { (receiver.messages().len() == 1).then_some(()) }).await;
        eventually("two of each that says nothing, and no more", || async {
            (places.available_permits() == AT_ONCE - 4).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn only_addresses_that_may_be_reached_are_taken() {
    let wall = TestController::new().await;
    let (owner, _) = house(&wall, "museum").await;
    for (address, words) in [
        ("http://museum.example/hook", "https://"),
        ("https://10.0.0.1/hook", "privaten Netz"),
        ("https://127.0.0.1/hook", "privaten Netz"),
        ("http://127.0.0.1:8123/hook", "privaten Netz"),
        ("https://museum.example:22/", "privaten Netz"),
        ("https://user:password@museum.example/", "privaten Netz"),
        ("museum", "keine Adresse"),
        ("", "keine Adresse"),
    ] {
        let fields = [("name", "x"), ("address", address), ("published", "true")];
        let page = owner.client.post(&owner.path("webhooks"), &fields).await.expect(422).text();
        let wrong = page.split_once("id=\"address-wrong\"").unwrap_or_else(|| panic!("{address}")).1;
        assert!(wrong.split("</p>").next().unwrap().contains(words), "{address}: {wrong}");
    }
    let fields = [("name", "x"), ("address", "https://museum.example/hook")];
    assert!(owner.client.post(&owner.path("webhooks"), &fields).await.expect(422).text().contains("events-wrong"));
}
