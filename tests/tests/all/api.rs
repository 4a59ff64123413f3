//! The API: what programs may read and do with tokens, what they are told, and that its description is true.

mod changes;
mod described;
mod fuzz;
mod reads;
mod rows;
mod tenants;
mod tokens;
mod walk;
mod webhooks;
mod writes;

use harness::{Owner, Program, TestController};

/// Every scope.
const ALL: [&str; 6] = ["read", "posts", "media", "moderation", "screens", "programmes"];

/// An institution and a program of it that may do everything.
async fn house(wall: &TestController, handle: &str) -> (Owner, Program) {
    let owner = Owner::new(wall.client(), handle).await;
    let program = Program::new(&owner, wall.client(), "Website", &ALL).await;
    (owner, program)
}

/// A picture as a camera gives it; another shade is another file.
fn photo(shade: u8) -> Vec<u8> {
    crate::media_command::jpeg(320, 200, shade)
}
