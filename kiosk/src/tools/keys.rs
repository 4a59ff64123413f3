//! The kiosk's own key, and what it signs.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use shared::{
    envelope::{REQUEST, signed_bytes},
    hex,
    protocol::{SCHEME, request_document},
};

/// An Ed25519 key pair; its secret half is never printed.
#[derive(Clone)]
pub struct Key(SigningKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.public())
    }
}

impl Key {
    /// Makes a new key from the system's chance.
    pub fn make() -> std::io::Result<Self> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(std::io::Error::other)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a key as [`Key::secret`] wrote it.
    pub fn read(secret: &str) -> Option<Self> {
        Some(Self(SigningKey::from_bytes(&hex::decode(secret)?)))
    }

    /// The secret half, to be kept in a file of mode 0600.
    pub fn secret(&self) -> String {
        hex::encode(self.0.as_bytes())
    }

    /// The public half, hexadecimal.
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }

    /// Value of the `authorization` header for one request.
    pub fn authorization(&self, method: &str, path: &str, time: i64) -> String {
        let signature = self.0.sign(&signed_bytes(REQUEST, &request_document(method, path, time)));
        format!("{SCHEME} key={},time={time},signature={}", self.public(), hex::encode(&signature.to_bytes()))
    }
}

/// Whether a signature over a document is the key's; everything hexadecimal.
pub fn is_signed_by(key: &str, purpose: &str, document: &str, signature: &str) -> bool {
    let check = || {
        let key = VerifyingKey::from_bytes(&hex::decode(key)?).ok()?;
        let signature = Signature::from_bytes(&hex::decode(signature)?);
        key.verify_strict(&signed_bytes(purpose, document), &signature).ok()
    };
    check().is_some()
}

#[cfg(test)]
mod tests {
    use shared::{envelope::REQUEST, protocol::request_document};

    use super::{Key, is_signed_by};

    #[test]
    fn a_request_is_proven_for_its_path_and_time_only() {
        let key = Key::make().unwrap();

        let header = key.authorization("GET", "/screens/v1/link", 5);

        let signature = header.rsplit_once("signature=").unwrap().1;
        let holds = |path, time| is_signed_by(&key.public(), REQUEST, &request_document("GET", path, time), signature);
        assert!(holds("/screens/v1/link", 5));
        assert!(!holds("/screens/v1/link", 6) && !holds("/screens/v1/programme", 5));
        assert!(header.starts_with(&format!("Litfass key={},time=5,", key.public())));
    }

    #[test]
    fn a_key_is_read_back_and_never_printed() {
        let key = Key::make().unwrap();

        assert_eq!(Key::read(&key.secret()).unwrap().public(), key.public());
        assert!(Key::read("no key").is_none());
        assert!(!format!("{key:?}").contains(&key.secret()));
    }
}
