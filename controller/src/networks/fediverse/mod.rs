//! Mastodon, Pixelfed and other servers that speak Mastodon's interface.

mod api;
mod fallback;
mod handle;
mod mastodon;
mod pixelfed;
mod software;
mod status;

pub use mastodon::Mastodon;
pub use pixelfed::Pixelfed;
