//! Proof that whoever redeems a code is whoever asked for it (PKCE, RFC 7636).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// A secret of which only the hash travels through the browser. Cannot be printed.
#[derive(Clone)]
pub struct Proof(Zeroizing<String>);

impl Proof {
    /// Takes a secret of 43 to 128 unreserved characters.
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// The secret, for the request that redeems the code (`code_verifier`).
    pub fn verifier(&self) -> &str {
        &self.0
    }

    /// Its hash, for the browser (`code_challenge`, method `S256`).
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Proof;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B
        let proof = Proof::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        assert_eq!(proof.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
