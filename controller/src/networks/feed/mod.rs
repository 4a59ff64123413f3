//! Feeds: RSS, Atom and JSON Feed, as people really serve them.

mod discover;
mod encoding;
mod fetch;
mod json;
mod links;
mod memory;
mod network;
mod read;
mod tree;
mod xml;

use super::{assemble, cadence};
pub use discover::FoundFeed;
pub(in crate::networks) use fetch::{read_apart, request};
pub use network::Feed;

pub use read::{Hints, ReadError, Reading, read};
