//! Signatures as Standard Webhooks has them (standardwebhooks.com, version 1): HMAC-SHA-256 over name, time and body.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::networks::{Credential, Parcel};

/// How far the clock of the sender may be from ours, in seconds.
const TOLERANCE_SECS: i64 = 5 * 60;
/// Longest name of a message.
const LONGEST_ID: usize = 256;
/// Signatures that are tried: while a sender changes its secret, it signs with both.
const MOST_SIGNATURES: usize = 8;
/// What a secret begins with, for people.
const PREFIX: &str = "whsec_";

/// Returns the name of a message that is signed with a secret, and was sent just now.
pub(super) fn verify<'a>(parcel: &Parcel<'a>, secret: &Credential) -> Option<&'a str> {
    let id = parcel.header("webhook-id").filter(|id| !id.is_empty() && id.len() <= LONGEST_ID)?;
    let time = parcel.header("webhook-timestamp")?;
    let at: i64 = time.parse().ok()?;
    if at.abs_diff(parcel.now.div_euclid(1_000)) > TOLERANCE_SECS.unsigned_abs() {
        return None;
    }
    let key = STANDARD.decode(secret.reveal().strip_prefix(PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    for part in [id.as_bytes(), b".", time.as_bytes(), b".", parcel.body] {
        mac.update(part);
    }
    let signatures = parcel.header("webhook-signature")?.split(' ').filter_map(|one| one.strip_prefix("v1,"));
    // Compared in constant time, and none is skipped because of another.
    let is_good = |one: &str| STANDARD.decode(one).is_ok_and(|one| mac.clone().verify_slice(&one).is_ok());
    let good = signatures.take(MOST_SIGNATURES).filter(|one| is_good(one)).count();
    (good > 0).then_some(id)
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::verify;
    use crate::networks::{Credential, Parcel};

    /// The example of the specification's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const TIME: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn name(signature: &str, now_secs: i64, body: &[u8], secret: &str) -> Option<String> {
        let time = TIME.to_string();
        let pairs = [("webhook-id", ID), ("webhook-timestamp", &time), ("webhook-signature", signature)];
        let pairs = pairs.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        let headers: HeaderMap = pairs.into_iter().collect();
        let parcel = Parcel { headers: &headers, body, now: now_secs * 1_000 };
        verify(&parcel, &Credential::new(secret.to_owned())).map(str::to_owned)
    }

    #[test]
    fn the_example_of_the_specification_is_good_and_nothing_else() {
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let both = format!("v1a,nothing v1,AAAA {SIGNATURE}");
        let table = [
            (SIGNATURE, TIME, BODY, SECRET, true),
            (SIGNATURE, TIME + 300, BODY, SECRET, true),
            (SIGNATURE, TIME - 300, BODY, SECRET, true),
            (&both, TIME, BODY, SECRET, true),
            (SIGNATURE, TIME + 301, BODY, SECRET, false),
            (SIGNATURE, TIME - 301, BODY, SECRET, false),
            (SIGNATURE, TIME, br#"{"test": 2432232315}"#.as_slice(), SECRET, false),
            (SIGNATURE, TIME, BODY, other, false),
            ("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", TIME, BODY, SECRET, false),
            ("v1,g0hM9SsE", TIME, BODY, SECRET, false),
            ("v1,", TIME, BODY, SECRET, false),
            ("", TIME, BODY, SECRET, false),
        ];
        for (signature, now, body, secret, good) in table {
            assert_eq!(name(signature, now, body, secret).is_some(), good, "{signature} at {now}");
        }
    }
}
