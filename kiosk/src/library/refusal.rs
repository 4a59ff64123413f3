//! Why something from outside is not kept, by the name of the attack it would be.

/// Why a programme or a file is refused. The name goes into the report; the detail is
/// for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not signed by the account's key.
    #[error("{0}")]
    Signature(String),
    /// Older than what was shown before.
    #[error("{0}")]
    Rollback(String),
    /// Signed, but for somebody else, or the same version with other content.
    #[error("{0}")]
    Mix(String),
    /// Longer or more than allowed or stated.
    #[error("{0}")]
    Oversized(String),
    /// Not what it should be.
    #[error("{0}")]
    Format(String),
    /// A file that is not what its name says.
    #[error("{0}")]
    Hash(String),
}

impl Refusal {
    /// Stable name of the fault it is reported as.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Signature(_) => "signature",
            Self::Rollback(_) => "rollback",
            Self::Mix(_) => "mix",
            Self::Oversized(_) => "oversized",
            Self::Format(_) => "format",
            Self::Hash(_) => "hash",
        }
    }
}
