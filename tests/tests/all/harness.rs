//! The harness itself: a test that cannot fail proves nothing, nor does a harness that cannot see.

use std::path::Path;

use harness::{
    Browser, Controller, Display, FeedServer, Looks, Part, Post, Postgres, TestClient, TestController, at_hand,
};
use sqlx::{Connection, PgConnection, Row};

#[tokio::test]
async fn every_test_has_a_postgres_database_of_its_own() {
    let (Some(one), Some(other)) = (Postgres::new().await, Postgres::new().await) else { return };
    let mut here = PgConnection::connect(&one.url).await.unwrap();
    sqlx::query("create table things (id text)").execute(&mut here).await.unwrap();

    let mut there = PgConnection::connect(&other.url).await.unwrap();
    let row = sqlx::query("select count(*) from pg_tables where tablename = 'things'").fetch_one(&mut there).await;

    assert_eq!(row.unwrap().get::<i64, _>(0), 0);
}

#[tokio::test]
async fn a_feed_says_when_nothing_changed() {
    let feed = FeedServer::new().await;
    feed.append(Post::new("1", "First & foremost", "<p>Text</p>"));
    let client = TestClient::new(&feed.url());

    let first = client.get(&feed.url()).await.expect(200);
    let again = client.request(reqwest::Method::GET, &feed.url()).header("if-none-match", first.header("etag"));
    let again = client.send(again).await;

    assert!(first.text().contains("First &amp; foremost"), "{}", first.text());
    assert_eq!((again.status, feed.asked(), feed.unchanged()), (304, 2, 1));
}

#[tokio::test]
async fn the_browser_sees_hosts_cookies_and_barriers() {
    if !at_hand(Part::Browser) {
        return;
    }
    let feed = FeedServer::new().await;
    let other = FeedServer::new().await;
    other.serve_picture("/picture.png", 8, 8, [200, 0, 0]);
    let page = format!(
        "<!doctype html><html lang=de><title>Seite</title><main><h1>Guten Tag</h1><img src={}></main>\
         <script>document.cookie = 'sweet=1'</script>",
        other.url_of("/picture.png")
    );
    feed.serve("/page", "text/html; charset=utf-8", page);
    let browser = Browser::new(&Looks::german().dark()).await;

    browser.open(&feed.url_of("/page")).await;
    let problems = browser.accessibility_problems().await;

    assert_eq!(browser.text("h1").await, "Guten Tag");
    assert!(problems.iter().any(|problem| problem.starts_with("image-alt")), "{problems:?}");
    let expected = [&feed, &other].map(|server| server.url_of("").trim_start_matches("http://").to_owned());
    assert_eq!(browser.hosts().await, expected.into_iter().collect());
    assert_eq!(browser.cookie_names().await, ["sweet".to_owned()].into());
    assert_eq!(browser.run("return matchMedia('(prefers-color-scheme: dark)').matches").await, true);
    assert_eq!(browser.run("return navigator.language").await, "de");
    assert!(browser.keep_picture("harness").await.exists());
}

#[test]
fn a_display_is_as_large_as_asked_and_black() {
    if !at_hand(Part::Display) {
        return;
    }
    let display = Display::new(640, 360);

    let picture = display.keep_picture(&harness::target().join("screenshots/display.png"));

    assert_eq!(picture.dimensions(), (640, 360));
    assert!(picture.pixels().all(|pixel| pixel.0 == [0, 0, 0, 255]));
}

#[test]
fn a_family_of_processes_ends_together() {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "sleep 300 & echo $!; wait"]);
    let mut family = harness::Process::start_family("family", &command);
    let child = family.wait_for_line("", std::time::Duration::from_secs(5));
    let folder = Path::new("/proc").join(&child);
    assert!(folder.exists());

    drop(family);
    std::thread::sleep(std::time::Duration::from_millis(200));

    let state = std::fs::read_to_string(folder.join("stat")).unwrap_or_default();
    assert!(state.is_empty() || state.contains(" Z "), "{child} lives on: {state}");
}

#[tokio::test]
async fn a_controller_inside_serves_on_each_database() {
    for wall in TestController::on_each().await {
        let answer = wall.client().get("/readyz").await.expect(200);
        assert_eq!(answer.text(), "ready\n");
        wall.wait_secs(60);
        assert_eq!(wall.app.clock.now(), harness::NOON + 60_000);
    }
    for test in harness::stores().await {
        test.store.ping().await.unwrap_or_else(|error| panic!("{}: {error}", test.kind));
    }
}

#[tokio::test]
async fn a_controller_as_a_process_starts_stops_and_starts_again() {
    let mut wall = Controller::new().await;
    assert!(wall.terminate().success(), "{}", wall.log());

    wall.start_again().await;

    wall.client().get("/healthz").await.expect(200);
}

#[tokio::test]
async fn a_controller_whose_log_nobody_reads_any_more_still_stops_in_good_order() {
    let data = tempfile::tempdir().unwrap();
    let port = harness::free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut command = std::process::Command::new(harness::program("litfass"));
    command.args(["serve", "--listen", &listen, "--data"]).arg(data.path());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let client = TestClient::new(&format!("http://{listen}"));
    let mut log = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("listening") {
        line.clear();
        assert_ne!(std::io::BufRead::read_line(&mut log, &mut line).unwrap(), 0, "it ended");
    }

    drop(log);
    client.get("/readyz").await.expect(200);
    let told = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    let ended = tokio::task::spawn_blocking(move || {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while child.try_wait().unwrap().is_none() && std::time::Instant::now() < end {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        // Nothing is left behind when it did not end by itself.
        drop(child.kill());
        child.wait().unwrap()
    });

    assert!(told.success() && ended.await.unwrap().success());
}
