//! What features answer when they cannot do what was asked.

use crate::store;

/// An error says what the caller can do about it; everything else is internal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is somebody else's.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// What was typed cannot be taken: which field, and why.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Problem>),
    /// Too often; try again after so many seconds.
    #[error("too many; again in {0} s")]
    TooMany(u64),
    /// Too much to do at once; try again after so many seconds.
    #[error("busy; again in {0} s")]
    Busy(u64),
    /// Somebody else has changed it since it was looked at; nothing was kept.
    #[error("changed by somebody else")]
    Stale,
    /// The member's role does not allow it.
    #[error("not allowed")]
    Forbidden,
    /// Something failed that the caller can do nothing about.
    #[error("{0}")]
    Internal(String),
}

/// One thing that is wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field; empty for the whole form.
    pub field: &'static str,
    /// Translation key that says what to do.
    pub key: &'static str,
}

/// What features return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// One field is wrong.
    pub fn invalid(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![Problem { field, key }])
    }

    /// Something failed: what was tried, and why it failed.
    pub fn internal(tried: &str, why: impl std::fmt::Display) -> Self {
        Self::Internal(format!("{tried}: {why}"))
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::internal("random bytes", error)
    }
}
