//! From bytes to posts: the front door of the reader. Never panics, never reads anything but the bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use url::Url;

use super::{
    assemble::Assembly,
    discover::{self, FoundFeed},
    encoding, json, xml,
};
use crate::networks::{Batch, Problem};

/// What is known about bytes besides the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// `Content-Type` of the answer.
    pub content_type: Option<&'a str>,
    /// Where they came from; relative addresses are completed with it.
    pub address: Option<&'a Url>,
    /// Ids that this feed is known to use for several posts (from an earlier [`Reading`]).
    pub shared_ids: &'a [String],
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Posts, facts and problems.
    pub batch: Batch,
    /// Name of the encoding the document was in.
    pub encoding: &'static str,
    /// Ids that this feed uses for several posts.
    pub shared_ids: Vec<String>,
}

/// Why there is nothing to read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or only white space.
    #[error("the document is empty")]
    Empty,
    /// Neither RSS, Atom nor JSON Feed.
    #[error("the document is neither RSS, Atom nor JSON Feed")]
    NotAFeed,
    /// A website; it may name feeds.
    #[error("the document is a web page that names {} feeds", feeds.len())]
    Website {
        /// The feeds it names.
        feeds: Vec<FoundFeed>,
    },
    /// JSON that breaks before the first post.
    #[error("the document is broken JSON: {0}")]
    BrokenJson(String),
    /// The reader itself failed.
    #[error("the reader failed on this document; please report it")]
    Failed,
}

impl ReadError {
    /// Returns the key of the sentence that says what happened and what to do.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "feeds.error.empty",
            Self::NotAFeed => "feeds.error.not_a_feed",
            Self::Website { feeds } if feeds.is_empty() => "feeds.error.website_without_feed",
            Self::Website { .. } => "feeds.error.website",
            Self::BrokenJson(_) => "feeds.error.broken_json",
            Self::Failed => "feeds.error.failed",
        }
    }
}

/// Reads a feed.
pub fn read(bytes: &[u8], hints: &Hints<'_>) -> Result<Reading, ReadError> {
    catch_unwind(AssertUnwindSafe(|| read_document(bytes, hints))).unwrap_or(Err(ReadError::Failed))
}

fn read_document(bytes: &[u8], hints: &Hints<'_>) -> Result<Reading, ReadError> {
    let decoded = encoding::decode(bytes, hints.content_type);
    let source = decoded.text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    if source.is_empty() {
        return Err(ReadError::Empty);
    }
    let assembly = Assembly::new(hints.shared_ids);
    let result = if source.starts_with(['{', '[']) {
        json::read(source, hints.address, assembly)
    } else {
        xml::read(source, hints.address, assembly)
    };
    let (mut batch, shared_ids) = match result {
        // A page may hold an element called `feed`; posts it has none.
        Ok((batch, _)) if batch.posts.is_empty() && discover::is_website(source) => return Err(website(source, hints)),
        Ok(read) => read,
        Err(ReadError::NotAFeed) if discover::is_website(source) => return Err(website(source, hints)),
        Err(error) => return Err(error),
    };
    if decoded.damaged {
        let detail = decoded.name.to_owned();
        batch.problems.insert(0, Problem { position: None, key: "feeds.problem.encoding", detail });
    }
    Ok(Reading { batch, encoding: decoded.name, shared_ids })
}

fn website(source: &str, hints: &Hints<'_>) -> ReadError {
    ReadError::Website { feeds: discover::feeds(source, hints.address) }
}
