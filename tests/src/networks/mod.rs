//! Fake networks: one small server for each, in the shapes that the networks document, with invented values. A test
//! publishes, edits and deletes posts there, and has the server misbehave.

mod atom;
mod bluesky;
mod mastodon;
mod pixelfed;
mod server;
mod shapes;
mod youtube;

pub use atom::FakeFeed;
pub use bluesky::FakeBluesky;
pub use mastodon::FakeMastodon;
pub use pixelfed::FakePixelfed;
pub use server::{Asked, FakeNetwork, Fault, Kind, Reply, World};
pub use shapes::FakePost;
pub use youtube::{FakeYouTube, KEY};

/// The token that closed servers let in.
pub const TOKEN: &str = "ZA-invented-token";
