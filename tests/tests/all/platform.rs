//! The platform: the directory of stages, and a visitor's own wall.

mod looks;
mod pages;
mod rows;
mod walk;

use harness::{Answer, Owner, TestController};

/// What the form of a stage's name and look holds.
fn look(name: &str, description: &str) -> Vec<(&'static str, String)> {
    let colours =
        [("accent", "#0c7a6e"), ("background", "#0c1b1e"), ("language", "de"), ("time_zone", "Europe/Berlin")];
    let words = [("name", name.to_owned()), ("description", description.to_owned())];
    words.into_iter().chain(colours.map(|(field, value)| (field, value.to_owned()))).collect()
}

/// Sends that form; with `listed` in it the stage wants to be found.
async fn choose(owner: &Owner, name: &str, description: &str, more: &[(&str, &str)], logo: Vec<u8>) -> Answer {
    let look = look(name, description);
    let fields: Vec<_> =
        look.iter().map(|(field, value)| (*field, value.as_str())).chain(more.iter().copied()).collect();
    owner.client.upload(&owner.path("look"), &fields, "logo", ("logo.jpg", logo)).await
}

/// An owner whose stage stands in the directory.
pub(crate) async fn listed(wall: &TestController, handle: &str, name: &str, description: &str) -> Owner {
    let owner = Owner::new(wall.client(), handle).await;
    choose(&owner, name, description, &[("listed", "true")], Vec::new()).await.expect(303);
    owner
}
