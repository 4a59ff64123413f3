//! Sessions as their owner sees and ends them.

use std::{fs, path::Path};

use harness::{TestClient, TestController};
use reqwest::Method;

use super::{PASSWORD, register};

const DAY: i64 = 24 * 3_600;

/// Logs in with another browser.
async fn log_in(wall: &TestController, agent: &str) -> TestClient {
    let visitor = wall.client();
    visitor.get("/login").await;
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("mail", "erika@museum.example")
        .append_pair("password", PASSWORD)
        .append_pair("xsrf", &visitor.cookie("xsrf").unwrap())
        .finish();
    let request = visitor.request(Method::POST, "/login").header("content-type", "application/x-www-form-urlencoded");
    visitor.send(request.header("user-agent", agent).body(body)).await.expect(303);
    visitor
}

/// Id of the session that can be ended first on the page.
fn first_end(page: &str) -> String {
    let (_, rest) = page.split_once("action=\"/dashboard/sessions/0").expect("a session to end");
    format!("/dashboard/sessions/0{}", rest.split('"').next().unwrap_or_default())
}

#[tokio::test]
async fn a_member_sees_every_session_in_words_and_ends_one() {
    for wall in TestController::on_each().await {
        let erika = register(&wall, "erika@museum.example").await;
        let phone = log_in(&wall, "Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) AppleWebKit/6 Safari/6").await;

        let page = erika.get("/dashboard/sessions").await.expect(200).text();
        assert!(page.contains("Safari auf iPhone") && page.contains("127.0.0.1"), "{page}");
        assert_eq!(page.matches("Diese Sitzung").count(), 1);
        let end = first_end(&page);
        let emil = register(&wall, "emil@museum.example").await;
        emil.post(&end, &[]).await.expect(404);
        phone.get("/dashboard").await.expect(200);

        assert_eq!(erika.post(&end, &[]).await.expect(303).location(), "/dashboard/sessions?done=session_ended");

        phone.get("/dashboard").await.expect(303);
        erika.get("/dashboard").await.expect(200);
    }
}

#[tokio::test]
async fn all_others_end_and_this_one_stays() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let others = [log_in(&wall, "Firefox/1").await, log_in(&wall, "Firefox/2").await];

    erika.post("/dashboard/sessions/others", &[]).await.expect(303);

    for other in others {
        other.get("/dashboard").await.expect(303);
    }
    erika.get("/dashboard").await.expect(200);
}

#[tokio::test]
async fn a_new_password_is_asked_for_the_old_one_and_ends_everything_else() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let other = log_in(&wall, "Firefox/1").await;
    let old_token = erika.cookie("session").unwrap();
    let change = async |old: &str, new: &str| erika.post("/dashboard/password", &[("old", old), ("new", new)]).await;

    assert!(change("not it", "sieben rote Äpfel").await.expect(422).text().contains("nicht Ihr jetziges Passwort"));
    assert!(change(PASSWORD, "kurz").await.expect(422).text().contains("zu kurz"));
    other.get("/dashboard").await.expect(200);
    let done = change(PASSWORD, "sieben rote Äpfel").await.expect(303);

    assert_eq!(done.location(), "/dashboard/sessions?done=password_changed");
    erika.get("/dashboard").await.expect(200);
    other.get("/dashboard").await.expect(303);
    let old = wall.client().request(Method::GET, "/dashboard").header("cookie", format!("session={old_token}"));
    wall.client().send(old).await.expect(303);
    let fields = [("mail", "erika@museum.example"), ("password", PASSWORD)];
    wall.client().post("/login", &fields).await.expect(422);
}

#[tokio::test]
async fn a_session_ends_after_a_month_of_rest_or_a_quarter_of_work() {
    let wall = TestController::new().await;
    let rested = register(&wall, "erika@museum.example").await;
    wall.wait_secs(29 * DAY);
    rested.get("/dashboard").await.expect(200);
    wall.wait_secs(30 * DAY + 60);
    rested.get("/dashboard").await.expect(303);

    let worked = log_in(&wall, "Firefox/1").await;
    for _ in 0..89 {
        wall.wait_secs(DAY);
        worked.get("/dashboard").await.expect(200);
    }
    wall.wait_secs(DAY);
    worked.get("/dashboard").await.expect(303);
}

#[tokio::test]
async fn a_log_in_gives_a_new_token_and_ends_what_was_there() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let first = erika.cookie("session").unwrap();

    let fields = [("mail", "erika@museum.example"), ("password", PASSWORD)];
    erika.post("/login", &fields).await.expect(303);

    let second = erika.cookie("session").unwrap();
    assert_ne!(first, second);
    assert_eq!((first.len(), second.len()), (64, 64), "256 bits");
    erika.get("/dashboard").await.expect(200);
    let old = wall.client().request(Method::GET, "/dashboard").header("cookie", format!("session={first}"));
    wall.client().send(old).await.expect(303);
    let planted = wall.client().request(Method::GET, "/dashboard").header("cookie", "session=planted; xsrf=planted");
    wall.client().send(planted).await.expect(303);
}

#[tokio::test]
async fn an_address_is_taken_from_a_proxy_of_ours_only() {
    for (proxies, shown) in [(vec![], "127.0.0.1"), (vec!["127.0.0.1".parse().unwrap()], "198.51.100.9")] {
        let wall = TestController::with(|config| config.trusted_proxies = proxies).await;
        let erika = register(&wall, "erika@museum.example").await;
        wall.wait_secs(61);

        let asked =
            erika.request(Method::GET, "/dashboard/sessions").header("x-forwarded-for", "1.1.1.1, 198.51.100.9");
        let page = erika.send(asked).await.expect(200).text();

        assert!(page.contains(&format!("<span class=\"numbers\">{shown}</span>")), "{page}");
    }
}

#[tokio::test]
async fn neither_token_nor_password_is_written_down() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let token = erika.cookie("session").unwrap();

    let mut read = 0;
    for file in
        fs::read_dir(&wall.app.config.data).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = fs::read(&file).unwrap();
        read += bytes.len();
        for secret in [token.as_str(), PASSWORD] {
            assert!(!holds(&bytes, secret.as_bytes()), "{}", file.display());
        }
    }

    assert!(read > 10_000 && holds_mail(&wall.app.config.data), "the search would have found the mail address");
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn holds_mail(folder: &Path) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.into_iter().any(|file| holds(&fs::read(file).unwrap(), b"erika@museum.example"))
}
