//! Moderation: what waits or is hidden by itself, what people overrule, and the emergency stop.

mod imports;
mod migration;
mod pages;
mod properties;
mod rows;
mod sample;
mod stop;
mod terms;
mod walk;

use controller::{
    features::{
        moderation::{self, Rules},
        sources,
    },
    store::{Post, PostState, Stage},
};
use harness::{FeedServer, Owner, TestController};

/// A controller on each database that may fetch from this machine.
async fn walls() -> Vec<TestController> {
    TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await
}

/// An owner whose stage follows a feed.
async fn following(wall: &TestController, feed: &FeedServer) -> (Owner, Stage) {
    let owner = Owner::new(wall.client(), "museum").await;
    owner.link(&feed.url()).await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    (owner, stage)
}

/// Does what the job does with sources that are due, an hour later.
async fn visit(wall: &TestController) {
    wall.wait_secs(3_600);
    let now = wall.app.clock.now();
    for source in wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
        sources::visit(&wall.app, &source).await.unwrap();
    }
}

/// Gives a stage rules.
async fn rule(wall: &TestController, stage: &Stage, rules: &Rules) {
    let (_, seen) = moderation::read(&wall.app, &stage.id).await.unwrap();
    moderation::save(&wall.app, stage, rules, seen).await.unwrap();
}

/// Rules with words of the owner's own.
fn words(words: &[&str]) -> Rules {
    Rules { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Rules::default() }
}

/// The post whose headline this is.
async fn post(wall: &TestController, stage: &Stage, title: &str) -> Post {
    let all = wall.app.store.list_imported_posts(&stage.id, 999).await.unwrap();
    let found = all.into_iter().find(|post| post.title.as_deref() == Some(title));
    found.unwrap_or_else(|| panic!("no post {title}"))
}

/// Where that post is now.
async fn state(wall: &TestController, stage: &Stage, title: &str) -> PostState {
    post(wall, stage, title).await.state(wall.app.clock.now())
}

/// Applies rules as the job does, until nothing is left.
async fn apply_all(wall: &TestController) {
    while moderation::apply_next(&wall.app).await.unwrap() {}
}

/// A picture as a screen sends it.
fn photo() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(image::RgbImage::from_pixel(64, 36, image::Rgb([90, 60, 30])));
    picture.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}
