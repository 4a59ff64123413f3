//! The master key: seals what the database must not know, and marks what we gave out.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::ids;

/// One key that opens all others; cannot be printed.
#[derive(Clone)]
pub struct Master {
    key: Zeroizing<[u8; 32]>,
    id: [u8; 4],
}

/// What can be wrong with a key or a sealed value.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read or written.
    #[error("master key {path}: {source}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file holds something else.
    #[error("master key {0}: must hold 64 hexadecimal characters")]
    Malformed(String),
    /// Others can read the file.
    #[error("master key {0}: is readable by others; run `chmod 600` on it")]
    Open(String),
    /// The system gives no random bytes.
    #[error("no random bytes from the system")]
    Random,
    /// Sealed with another master key, or changed since.
    #[error("cannot open a sealed value: wrong master key, or it was changed")]
    Sealed,
}

/// Whether others can read a file with these owner and mode. One of root's may be readable
/// by its group: so systemd hands out credentials, whose list of readers shows there.
fn is_open(owner: u32, mode: u32) -> bool {
    let mine_alone = if owner == 0 { 0o037 } else { 0o077 };
    mode & mine_alone != 0
}

impl Master {
    /// Reads the key; makes it (mode 0600) when the file is not there.
    pub fn open_or_make(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let file = |source| Error::File { path: shown.clone(), source };
        match fs::read_to_string(path) {
            Ok(text) => {
                let metadata = fs::metadata(path).map_err(file)?;
                if is_open(metadata.uid(), metadata.permissions().mode()) {
                    return Err(Error::Open(shown));
                }
                let key = shared::hex::decode(text.trim()).ok_or(Error::Malformed(shown))?;
                Ok(Self::new(key))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key: [u8; 32] = ids::random().map_err(|_| Error::Random)?;
                let mut made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(file)?;
                writeln!(made, "{}", shared::hex::encode(&key)).map_err(file)?;
                made.sync_all().map_err(file)?;
                Ok(Self::new(key))
            }
            Err(error) => Err(file(error)),
        }
    }

    /// A key from its bytes.
    pub fn new(key: [u8; 32]) -> Self {
        let digest = Sha256::digest([b"litfass master key id".as_slice(), &key].concat());
        let id = [digest[0], digest[1], digest[2], digest[3]];
        Self { key: Zeroizing::new(key), id }
    }

    /// Seals a secret for one purpose (XChaCha20-Poly1305; key id, nonce, ciphertext).
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce: [u8; 24] = ids::random().map_err(|_| Error::Random)?;
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: purpose.as_bytes() })
            .map_err(|_| Error::Sealed)?;
        Ok([self.id.as_slice(), &nonce, &sealed].concat())
    }

    /// Opens what [`Master::seal`] made for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (id, rest) = sealed.split_at_checked(4).ok_or(Error::Sealed)?;
        let (nonce, text) = rest.split_at_checked(24).ok_or(Error::Sealed)?;
        if id != self.id {
            return Err(Error::Sealed);
        }
        let nonce = <[u8; 24]>::try_from(nonce).map_err(|_| Error::Sealed)?;
        self.cipher()
            .decrypt(&XNonce::from(nonce), Payload { msg: text, aad: purpose.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| Error::Sealed)
    }

    /// A mark that only this controller can make: HMAC-SHA-256, hexadecimal.
    pub fn mark(&self, purpose: &str, text: &str) -> String {
        shared::hex::encode(&self.mac(purpose, text).finalize().into_bytes())
    }

    /// Whether a mark is ours; takes the same time for any wrong one.
    pub fn is_mark(&self, purpose: &str, text: &str, mark: &str) -> bool {
        shared::hex::decode::<32>(mark).is_some_and(|mark| self.mac(purpose, text).verify_slice(&mark).is_ok())
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        // HMAC pads a short key with zeroes to its block (RFC 2104, section 2).
        let mut key = [0; 64];
        key[..32].copy_from_slice(&Sha256::digest([b"litfass mark".as_slice(), &self.key[..]].concat()));
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&key.into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.key).into())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::{Error, Master, is_open};

    #[test]
    fn a_sealed_value_opens_for_its_purpose_and_key_only() {
        let master = Master::new([7; 32]);
        let sealed = master.seal("token of source 1", b"secret").unwrap();

        assert_eq!(&**master.open("token of source 1", &sealed).unwrap(), b"secret");
        assert!(matches!(master.open("token of source 2", &sealed), Err(Error::Sealed)));
        assert!(matches!(Master::new([8; 32]).open("token of source 1", &sealed), Err(Error::Sealed)));
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(matches!(master.open("token of source 1", &changed), Err(Error::Sealed)));
    }

    #[test]
    fn the_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");

        let mark = Master::open_or_make(&path).unwrap().mark("x", "y");

        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(Master::open_or_make(&path).unwrap().is_mark("x", "y", &mark));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Master::open_or_make(&path), Err(Error::Open(_))));
    }

    #[test]
    fn a_key_from_systemd_is_taken_and_one_that_others_can_read_is_not() {
        assert!(!is_open(1_000, 0o100_600) && !is_open(0, 0o100_400));
        assert!(!is_open(0, 0o100_440), "a credential: root's, with a list of readers");
        assert!(is_open(1_000, 0o100_640) && is_open(0, 0o100_660) && is_open(0, 0o100_604));
    }
}
