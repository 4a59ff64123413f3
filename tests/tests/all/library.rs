//! The library: what members sent, kept once, said something about, used many times, and gone everywhere at once.

mod browsers;
mod editor;
mod gone;
mod hostile;
mod pages;
mod pieces;
mod rows;
mod walk;

pub(crate) use browsers::photo;
use controller::store::{LibraryEntry, LibraryQuery};
use harness::{Owner, TestController};

/// The account of an owner.
async fn account(wall: &TestController, owner: &Owner) -> String {
    wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id
}

/// All that is in the library of an owner, newest first.
async fn entries(wall: &TestController, owner: &Owner) -> Vec<LibraryEntry> {
    let account = account(wall, owner).await;
    wall.app.store.list_library(&account, &LibraryQuery { limit: 99, ..LibraryQuery::default() }).await.unwrap()
}

/// The entry of a name.
async fn named(wall: &TestController, owner: &Owner, name: &str) -> LibraryEntry {
    let all = entries(wall, owner).await;
    all.into_iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no {name} in the library"))
}

/// Sends a file by the plain form of the library; the answer.
async fn send(owner: &Owner, name: &str, content: Vec<u8>) -> harness::Answer {
    owner.client.upload(&owner.path("media"), &[], "files", (name, content)).await
}
