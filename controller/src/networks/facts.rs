//! What a network is, as data: names, forms, and what may be done with what it gives.

use std::collections::BTreeMap;

use super::Quota;

/// What the rest of the program knows about a network.
#[derive(Debug)]
pub struct Facts {
    /// Stable name in the database, in addresses and in settings.
    pub name: &'static str,
    /// Key of its name for people.
    pub label: &'static str,
    /// Key of one sentence that says what it is for.
    pub hint: &'static str,
    /// Font Awesome icon; a trade mark begins with `brands:`.
    pub icon: &'static str,
    /// How an owner links a source.
    pub linked_by: LinkedBy,
    /// How posts come here.
    pub fed: Fed,
    /// What it grants to all sources of this instance together; `None` where it looks at each alone.
    pub quota: Option<&'static Quota>,
    /// What the owner types.
    pub form: &'static [Field],
    /// What we may do with what it gives.
    pub policy: Policy,
}

/// How an owner links a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkedBy {
    /// Types an address or a name.
    Form,
    /// Signs in at the network (OAuth) with these scopes.
    SignIn {
        /// What is asked for, in the network's own words.
        scopes: &'static [&'static str],
    },
}

/// How posts come here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fed {
    /// We look for them whenever the source is due.
    Visited,
    /// Whoever has them sends them to an address of ours; what came is taken at the next visit.
    Sent,
}

/// One field of the form with which a source is linked.
#[derive(Debug)]
pub struct Field {
    /// Key in [`Answers`].
    pub name: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// Key of the sentence that says what to type.
    pub hint: &'static str,
    /// Which control the form shows.
    pub input: Input,
    /// Whether it may stay empty.
    pub required: bool,
}

/// Controls a form can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// An address on the web.
    Address,
    /// One line of text of at most this many characters.
    Line(usize),
    /// A password; never shown again, never kept in a form.
    Password,
}

/// What an owner typed, by field name.
pub type Answers = BTreeMap<String, String>;

/// What we may do with what a network gives.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Days after which a post must be deleted or fetched anew.
    pub keep_days: Option<u16>,
    /// What may be done with media.
    pub media: MediaRule,
    /// What may be given on in feeds, API and widget of our own.
    pub re_export: ReExport,
    /// Hours between two checks whether a post still stands; `None`: only when the owner asks for it.
    pub verify_hours: Option<u16>,
    /// Shortest time between two visits in seconds, whatever the owner wishes.
    pub minimum_secs: i64,
}

/// What may be done with media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaRule {
    /// Pictures and films are stored.
    Store,
    /// Stored for as long as the post is kept.
    WhileKept,
    /// Only the preview picture is stored.
    PreviewOnly,
    /// Nothing is stored.
    Never,
}

/// What may be given on in feeds, API and widget of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReExport {
    /// Everything.
    Full,
    /// The link and what it is called.
    LinkOnly,
    /// Nothing but the id.
    IdOnly,
    /// Nothing.
    No,
}
