//! Social networks and feeds: what each can do, as data, and how posts are read from it.
//!
//! One more network is one file (or folder) here and one line in [`LIST`].

mod contract;
pub mod feed;
mod post;

pub use contract::{
    Answers, Candidate, Class, Credential, Doors, Facts, Field, Input, Link, LinkedBy, MediaRule, Network, News, Next,
    Policy, PostRef, ReExport, Settings, Standing, Trouble, Visit, Visited,
};
pub use post::{Batch, ImportedPost, MediaKind, Problem, RemoteMedia, SourceFacts};

/// Every network this program speaks, in the order in which the dashboard offers them.
pub const LIST: &[&dyn Network] = &[&feed::Feed];

/// Finds a network by its stable name.
pub fn find(name: &str) -> Option<&'static dyn Network> {
    LIST.iter().copied().find(|network| network.facts().name == name)
}
