//! Screens: pairing, links, pictures, and whose they are.

mod groups;
mod link;
mod pages;
mod pairing;
mod rows;

use harness::{Owner, TestController, TestScreen};

/// An owner with a stage, at a controller whose jobs run.
async fn owner(wall: &TestController, handle: &str) -> Owner {
    Owner::new(wall.client(), handle).await
}

/// Types a screen's code and returns the address of the screen's page.
async fn pair(owner: &Owner, screen: &TestScreen, name: &str) -> String {
    let code = screen.code().await;
    let fields = [("code", code.as_str()), ("name", name), ("programme", owner.stage_id.as_str())];
    let answer = owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
    answer.location().split('?').next().unwrap().to_owned()
}

/// Last part of a screen's page: its id.
fn id(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}
