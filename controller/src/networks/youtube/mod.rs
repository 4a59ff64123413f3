//! YouTube: the feed of a channel for everybody, or its interface where the operator has a key. Never a film, only the
//! picture that stands for it.

mod address;
mod api;
mod channel_feed;
mod network;

pub use network::YouTube;
