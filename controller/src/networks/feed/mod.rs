//! Feeds: RSS, Atom and JSON Feed, as people really serve them.

mod assemble;
mod cadence;
mod discover;
mod encoding;
mod fetch;
mod json;
mod memory;
mod network;
mod read;
mod tree;
mod xml;

pub use discover::FoundFeed;
pub use network::Feed;
pub use read::{Hints, ReadError, Reading, read};
