//! What slides want to know: asked for at once, kept, shown, and never a reason for others to wait.

mod calendars;
mod frame;
mod pages;
mod rows;
mod server;
mod weather;

use std::time::Duration;

use harness::{Owner, TestController, within};
use shared::{envelope::Envelope, programme::Programme, slides::Slide};

const SECOND: Duration = Duration::from_secs(1);

/// Where the pages of an owner's first programme lie.
fn place(owner: &Owner) -> String {
    owner.path(&format!("programmes/{}", owner.stage_id))
}

/// Adds a slide as the editor's form does; its id.
async fn add(owner: &Owner, kind: &str, fields: &[(&str, &str)]) -> String {
    let seen = owner.seen().await;
    let fields: Vec<_> = fields.iter().copied().chain([("seen", seen.as_str())]).collect();
    let item = format!("{}/item?plan=default&region=main&kind={kind}", place(owner));
    let added = owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);
    added.location().split_once("#item-").expect("the new item").1.to_owned()
}

/// Presses a button of the editor.
async fn press(owner: &Owner, what: &str, item: &str) {
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", what), ("item", item)];
    owner.client.post(&format!("{}/do", place(owner)), &fields).await.expect(303);
}

/// What screens of the owner's first programme show in the main region.
async fn shown(wall: &TestController, owner: &Owner) -> Vec<Slide> {
    let Some(row) = wall.app.store.find_any_programme(&owner.stage_id).await.unwrap() else { return Vec::new() };
    let Ok(envelope) = serde_json::from_str::<Envelope>(&row.envelope) else { return Vec::new() };
    let document: Programme = serde_json::from_str(&envelope.document).unwrap();
    document.plans[0].regions[0].playlist.entries.iter().map(|entry| entry.slide.clone()).collect()
}

/// Waits until screens show a slide for which there is an answer.
async fn shows<T>(
    wall: &TestController,
    owner: &Owner,
    limit: Duration,
    what: &str,
    pick: impl Fn(&Slide) -> Option<T>,
) -> T {
    within(limit, what, || async { shown(wall, owner).await.iter().find_map(&pick) }).await
}

/// Waits until the editor says this.
async fn says(owner: &Owner, words: &str) -> String {
    within(10 * SECOND, words, || async {
        let page = owner.client.get(&place(owner)).await.expect(200).text();
        page.contains(words).then_some(page)
    })
    .await
}
