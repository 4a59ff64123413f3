//! Social networks and feeds: what each can do, as data, and how posts are read from it.
//!
//! One more network is one file (or folder) here and one line in [`LIST`].

mod ask;
mod assemble;
mod bluesky;
mod cadence;
mod contract;
mod delivery;
mod draft;
mod facebook;
mod facts;
mod fediverse;
pub mod feed;
mod instagram;
mod linkedin;
mod meta;
pub mod oauth;
mod pace;
mod post;
mod quota;
mod tiktok;
mod value;
mod webhook;
pub mod websub;
mod x;
mod youtube;

pub use contract::{
    Candidate, Class, Credential, Doors, Likeness, Link, Network, News, Next, PostRef, Settings, Standing, Trouble,
    Visit, Visited,
};
pub use delivery::{Flaw, Parcel, Receipt, Unwelcome};
pub use facts::{Answers, Facts, Fed, Field, Input, LinkedBy, MediaRule, Policy, ReExport};
pub use post::{Batch, ImportedPost, MediaKind, Problem, RemoteMedia, SourceFacts};
pub use quota::{Grant, Meter, Quota, Span, Unit};

/// Every network this program speaks, in the order in which the dashboard offers them. What no other recognises may be a
/// website with feeds, so that comes last.
pub const LIST: &[&dyn Network] = &[
    &fediverse::Mastodon,
    &bluesky::Bluesky,
    &fediverse::Pixelfed,
    &youtube::YouTube,
    &instagram::Instagram,
    &facebook::Facebook,
    &tiktok::TikTok,
    &x::X,
    &linkedin::LinkedIn,
    &webhook::Webhook,
    &feed::Feed,
];

/// Finds a network by its stable name.
pub fn find(name: &str) -> Option<&'static dyn Network> {
    LIST.iter().copied().find(|network| network.facts().name == name)
}

/// Finds the network that an address or a name belongs to: by its looks where that is enough, else by asking the server
/// there. `None` for what can belong to none.
pub async fn recognise(doors: &Doors<'_>, typed: &str) -> Option<&'static dyn Network> {
    let by_looks = |likeness: Likeness| {
        LIST.iter().copied().filter(move |network| network.recognise(doors.settings, typed) == likeness)
    };
    if let Some(network) = by_looks(Likeness::Surely).next() {
        return Some(network);
    }
    for network in by_looks(Likeness::Perhaps) {
        if network.probe(doors, typed).await {
            return Some(network);
        }
    }
    None
}
