//! A controller that is killed again and again while it imports posts with pictures: each comes once, and nothing is left
//! lying about.

use std::{collections::BTreeSet, path::Path, time::Duration};

use controller::{
    commands::open::open,
    config::{Config, Options},
    features::media,
    tools::clock::Clock,
};
use harness::{Controller, FeedServer, Owner, Post, eventually};

const POSTS: u8 = 40;
/// Milliseconds that the website takes for every answer.
const ANSWER_MILLIS: u64 = 8;

/// Names of all files below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_of_an_import_every_post_comes_once_and_no_file_is_left_over() {
    let feed = FeedServer::new().await;
    for number in 0..POSTS {
        let path = format!("/{number}.png");
        feed.serve_picture(&path, 200, 150, [number, 255 - number, 90]);
        let post = Post::new(&number.to_string(), &format!("Meldung {number}"), "<p>Text</p>").with_picture(&path);
        feed.append(post);
    }
    feed.slow_down(Duration::from_millis(ANSWER_MILLIS));
    let host = feed.url_of("").replace("http://", "");
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", host.as_str())]).await;
    let owner = Owner::new(controller.client(), "museum").await;
    let asked = feed.asked();
    owner.link(&feed.url()).await;
    let count = async |controller: &Controller, what: &str| {
        let text = controller.find_text(&format!("select count(*) from {what}")).await;
        text.expect("a count").parse::<usize>().expect("a number")
    };
    let mut seen = Vec::new();
    let mut asked = asked + 1;
    for round in 0..14_u64 {
        // The visit has begun; it is killed a little later each time.
        eventually("a visit", || async { (feed.asked() > asked).then_some(()) }).await;
        tokio::time::sleep(Duration::from_millis(9 + round * 13)).await;
        controller.kill();

        seen.push(count(&controller, "posts").await);
        assert_eq!(count(&controller, "(select distinct remote_id from posts)").await, *seen.last().unwrap());
        // What is there is whole: its picture, and the file of that.
        assert_eq!(count(&controller, "post_media").await, *seen.last().unwrap(), "round {round}");
        asked = feed.asked();
        controller.change("update sources set claimed_until = 0, next_at = 0").await;
        controller.start_again().await;
    }
    eventually("all posts", || async { (count(&controller, "posts").await == usize::from(POSTS)).then_some(()) }).await;
    assert!(
        seen.iter().filter(|count| (1..usize::from(POSTS)).contains(*count)).count() > 3,
        "in the middle: {seen:?}"
    );
    eventually("a good visit", || controller.find_text("select id from sources where state = 'working'")).await;
    assert_eq!(count(&controller, "(select distinct remote_id from posts)").await, usize::from(POSTS));
    assert_eq!(count(&controller, "post_media").await, usize::from(POSTS));
    assert!(controller.terminate().success());

    // What the daily job does, as if two hours had passed.
    let options = Options { data: Some(controller.data().to_owned()), ..Options::default() };
    let later = Clock::System.now() + 2 * 3_600_000;
    let app = open(Config::load(&options).expect("settings"), Clock::at(later)).await.expect("open the doors");
    media::tidy(&app).await.expect("tidy");
    app.storage.clear_unfinished(Duration::ZERO).await.expect("clear");
    media::sweep(&app).await.expect("sweep");
    let needed = count(&controller, "(select distinct sha256 from renditions)").await;
    let left = files(&controller.data().join("media"));
    assert_eq!(left.len(), needed, "every file has its row, and every row its file: {left:?}");
    for name in &left {
        assert!(app.store.is_file_needed(name, app.clock.now()).await.expect("ask"), "{name}");
    }
    assert_eq!(count(&controller, "media").await, usize::from(POSTS), "and no picture without a post");
}
