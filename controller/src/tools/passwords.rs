//! Passwords as argon2id hashes: made and checked on threads of their own, two at once.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};
use tokio::sync::Semaphore;

/// Memory in KiB, rounds and lanes, as OWASP advises; about 50 ms of one core.
const COST: (u32, u32, u32) = (19 * 1_024, 2, 1);

/// Each holds 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Being worked on or waiting; whoever comes then is sent away for a moment.
const IN_LINE: usize = 32;

static WORKERS: Semaphore = Semaphore::const_new(AT_ONCE);
static LINE: Semaphore = Semaphore::const_new(IN_LINE);

/// Hash of a password that nobody has, for members who do not exist.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmUuLg$6LSr5qHFtj9uIfBiPHy+aRdwbPSGpMfZgM+RJFtoj7E";

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many wait already.
    #[error("too many passwords to check at once")]
    Busy,
    /// The library or the thread failed.
    #[error("password: {0}")]
    Broken(String),
}

/// Hashes a password, exactly as it was typed.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = zeroize::Zeroizing::new(password.to_owned());
    work(move || argon()?.hash_password(password.as_bytes()).map(|hash: PasswordHash| hash.to_string())).await
}

/// Whether a password fits a hash. Without a hash it never does, and takes the same time.
pub async fn fits(password: &str, hash: Option<&str>) -> Result<bool, Error> {
    let password = zeroize::Zeroizing::new(password.to_owned());
    let known = hash.is_some();
    let hash = hash.unwrap_or(NOBODY).to_owned();
    work(move || match argon()?.verify_password(password.as_bytes(), hash.as_str()) {
        Ok(()) => Ok(known),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(error),
    })
    .await
}

fn argon() -> password_hash::Result<Argon2<'static>> {
    let (memory, rounds, lanes) = COST;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, rounds, lanes, None)?))
}

async fn work<T: Send + 'static>(work: impl FnOnce() -> password_hash::Result<T> + Send + 'static) -> Result<T, Error> {
    let _place = LINE.try_acquire().map_err(|_| Error::Busy)?;
    let _worker = WORKERS.acquire().await.map_err(|error| Error::Broken(error.to_string()))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Broken(error.to_string()))?
        .map_err(|error| Error::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Error, IN_LINE, fits, hash};

    // One test: both use the one line there is.
    #[tokio::test]
    async fn a_password_fits_its_own_hash_only_and_a_long_line_is_not_made_longer() {
        let hash = hash(" Pass wörd 😀 ").await.unwrap();

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits(" Pass wörd 😀 ", Some(&hash)).await.unwrap());
        for wrong in ["Pass wörd 😀", " pass wörd 😀 ", ""] {
            assert!(!fits(wrong, Some(&hash)).await.unwrap(), "{wrong}");
        }
        assert!(!fits("anything", None).await.unwrap());

        let all = (0..=IN_LINE).map(|_| tokio::spawn(fits("x", None)));
        let mut busy = 0;
        for one in all.collect::<Vec<_>>() {
            busy += usize::from(matches!(one.await.unwrap(), Err(Error::Busy)));
        }
        assert_eq!(busy, 1);
    }
}
