//! Bluesky (AT Protocol), by its public view: no sign-in, no key.

mod actor;
mod api;
mod embed;
mod network;
mod post;
mod richtext;

pub use network::Bluesky;
