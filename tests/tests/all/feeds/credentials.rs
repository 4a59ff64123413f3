//! Feeds behind a log-in: name and password are sealed, sent to their own server, and shown to nobody.

use std::path::Path;

use harness::{Controller, Owner, within};

use super::server::{Reply, Server, ok, status};

const SECRET: &str = "S3kret:Wort";
/// The same, as it stands in an address, and as it travels.
const TYPED: &str = "S3kret%3AWort";
const BASIC: &str = "authorization: basic qwrholmza3jlddpxb3j0";

/// Every file below a folder that holds the secret in any form.
fn holders(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holders(&path, found);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        if [SECRET, TYPED, "S3kret", "QWRhOlMza3JldDpXb3J0"].iter().any(|word| holds(word)) {
            found.push(path.display().to_string());
        }
    }
}

#[tokio::test]
async fn a_password_in_an_address_works_and_is_never_seen_again() {
    let server = Server::new(|path, number| {
        let feed = "<rss version='2.0'><channel><title>Intern</title><item><guid>1</guid><title>Aus dem Intranet</title></item></channel></rss>";
        Reply::Bytes(match path {
            "/closed" => status(401, "WWW-Authenticate: Basic\r\n").into_bytes(),
            _ if number > 4 => status(500, "").into_bytes(),
            _ => ok("", feed).into_bytes(),
        })
    })
    .await;
    let place = server.address.to_string();
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", &place), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let with_secret = |path: &str| format!("http://Ada:{TYPED}@{place}{path}");

    for (language, words) in
        [("de", "Der Server verlangt Benutzernamen und Passwort"), ("en", "asks for a user name and a password")]
    {
        owner.client.speak(language);
        let fields = [("network", "feed"), ("address", &with_secret("/closed"))];
        let refused = owner.client.post(&owner.path("sources"), &fields).await.expect(422).text();
        assert!(refused.contains(words), "{refused}");
        assert!(
            refused.contains(&format!("value=\"http://{place}/closed\"")),
            "what was typed stays, but for the secret"
        );
        assert!(!refused.contains("S3kret"), "{refused}");
    }
    owner.link(&with_secret("/feed")).await;
    owner.newsroom_says("Aus dem Intranet").await;
    within(std::time::Duration::from_secs(30), "the server failing", || async {
        controller.find_text("select id from sources where state = 'failing'").await
    })
    .await;

    assert!(server.heads().iter().all(|head| head.contains(BASIC)), "{:?}", server.heads());
    assert_eq!(controller.find_text("select address from sources").await, Some(format!("http://{place}/feed")));
    for leaf in ["sources", "sources/list", "posts", "programmes"] {
        assert!(!owner.client.get(&owner.path(leaf)).await.expect(200).text().contains("S3kret"), "{leaf}");
    }
    assert!(!controller.log().contains("S3kret") && !controller.log().contains(TYPED), "{}", controller.log());
    assert!(controller.terminate().success());
    let mut found = Vec::new();
    holders(controller.data(), &mut found);
    assert!(found.is_empty(), "the secret is in {found:?}");
}
