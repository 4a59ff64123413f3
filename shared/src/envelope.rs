//! The signed envelope a programme travels in.

use serde::{Deserialize, Serialize};

/// A document and its signature. Nothing inside counts until the signature is
/// checked against the key pinned at pairing, over [`signed_bytes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The document, as JSON text: signed as it stands, byte for byte.
    pub document: String,
    /// Ed25519 public key of the account, hexadecimal (RFC 8032).
    pub key: String,
    /// Ed25519 signature over [`signed_bytes`], hexadecimal.
    pub signature: String,
}

/// Prefix that keeps a signature over a programme from standing for anything else.
pub const PROGRAMME: &str = "litfass programme 1";
/// The same for the requests a kiosk signs.
pub const REQUEST: &str = "litfass request 1";

/// What is signed: the purpose, a zero byte, the document.
pub fn signed_bytes(purpose: &str, document: &str) -> Vec<u8> {
    [purpose.as_bytes(), &[0], document.as_bytes()].concat()
}
