//! What is sent to an address of ours: how it came, and what a network makes of it before it is kept.

use reqwest::header::HeaderMap;

/// Something that was sent to the address of a source.
pub struct Parcel<'a> {
    /// The headers it came with.
    pub headers: &'a HeaderMap,
    /// Its body, byte for byte.
    pub body: &'a [u8],
    /// When it came, in milliseconds since 1970.
    pub now: i64,
}

impl<'a> Parcel<'a> {
    /// A header as text; `None` where it is missing, odd, or there twice.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        let mut values = self.headers.get_all(name).iter();
        let first = values.next()?;
        values.next().is_none().then(|| first.to_str().ok())?
    }
}

/// What is to be kept of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The name that its sender gave it: the same name is the same thing, sent again.
    pub message: String,
    /// Id of the post that it is about, as the visit will call it.
    pub subject: String,
    /// What the next visit of the source reads.
    pub body: String,
}

/// Why a parcel is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwelcome {
    /// Nothing shows that it comes from whom we gave the secret to.
    Stranger,
    /// It does, and cannot be taken: what has to be mended.
    Flawed(Vec<Flaw>),
}

/// Something that is wrong with a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where (RFC 6901); empty for the whole.
    pub pointer: String,
    /// Key of the sentence that says what to do.
    pub key: &'static str,
    /// What stands in the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Flaw {
    /// Something wrong at a place.
    pub(super) fn at(pointer: impl Into<String>, key: &'static str) -> Self {
        Self { pointer: pointer.into(), key, args: Vec::new() }
    }

    /// The same, with something that stands in the sentence.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}
