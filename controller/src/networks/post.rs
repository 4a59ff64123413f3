//! What a network hands over: posts, facts about their source, and what went wrong on the way.

use serde::Serialize;

/// One post as imported. All text is clean: whoever holds one may show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportedPost {
    /// Id of the post at its network; stays when the post is edited.
    pub remote_id: String,
    /// Headline, plain text; social networks mostly have none.
    pub title: Option<String>,
    /// The words, plain: paragraphs are kept as blank lines, at most 10,000 characters.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// Permalink at the network.
    pub link: Option<String>,
    /// Who wrote it, as the network names them.
    pub author: Option<String>,
    /// BCP 47 language tag, when the source says.
    pub language: Option<String>,
    /// When it was published, in milliseconds since 1970; `None` when the source does not say.
    pub published_at: Option<i64>,
    /// When it was last edited, in milliseconds since 1970.
    pub updated_at: Option<i64>,
    /// Pictures, films and sounds, most important first.
    pub media: Vec<RemoteMedia>,
    /// Tags and categories, without `#`, in the order of the source.
    pub tags: Vec<String>,
    /// Why somebody should look at it before the public does (a content warning, a label), as the network says it; such
    /// a post waits until somebody shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// SHA-256 (hex) of everything above: another hash under the same id is an edit.
    pub content_hash: String,
}

/// A picture, film or sound that still lies at its network.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemoteMedia {
    /// Where to fetch it; http or https.
    pub url: String,
    /// What it is said to be.
    pub kind: MediaKind,
    /// Description for people who cannot see or hear it.
    pub alt: Option<String>,
    /// Width in pixels, as claimed.
    pub width: Option<u32>,
    /// Height in pixels, as claimed.
    pub height: Option<u32>,
    /// Media type, as claimed.
    pub mime: Option<String>,
}

/// What a medium is said to be; the bytes decide later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A still or animated picture.
    Picture,
    /// Moving pictures.
    Film,
    /// A podcast episode, music.
    Sound,
    /// A document or something unknown.
    Other,
}

/// What a source says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceFacts {
    /// Format it was read as, e.g. `rss 2.0`, `atom 1.0`, `json feed 1.1`.
    pub format: String,
    /// Its name.
    pub title: Option<String>,
    /// The page it belongs to.
    pub link: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Small square picture.
    pub icon: Option<String>,
    /// Larger picture.
    pub logo: Option<String>,
    /// How long an answer may be kept, in seconds (`ttl`, `syn:update…`).
    pub ttl_secs: Option<i64>,
    /// Hours in which nobody need ask, 0 to 23 in UTC (`skipHours`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_hours: Vec<u8>,
    /// Days on which nobody need ask, 0 is Monday, in UTC (`skipDays`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_days: Vec<u8>,
    /// WebSub hubs that announce changes.
    pub hubs: Vec<String>,
    /// The address it calls its own.
    pub self_url: Option<String>,
    /// Older posts.
    pub next_url: Option<String>,
    /// The source says that nothing will ever come again.
    pub expired: bool,
}

/// What one visit brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Batch {
    /// What the source says about itself.
    pub source: SourceFacts,
    /// Its posts, in the order of the source.
    pub posts: Vec<ImportedPost>,
    /// Ids of posts that the source withdraws (tombstones). Absence is never a withdrawal.
    pub withdrawn: Vec<String>,
    /// What could not be read; everything else was.
    pub problems: Vec<Problem>,
    /// It holds what is new or was changed: what is missing in it need not be gone.
    #[serde(skip)]
    pub is_partial: bool,
}

/// Something in a source that could not be read, or not as it was meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// Which post (counted from 1) it belongs to; `None` is the source itself.
    pub position: Option<usize>,
    /// Key of the sentence for people.
    pub key: &'static str,
    /// What exactly, for whoever runs the source; never longer than 200 characters.
    pub detail: String,
}
