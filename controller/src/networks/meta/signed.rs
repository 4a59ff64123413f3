//! What Meta tells of people who signed in: `signed_request`, signed with the secret of our registration.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::networks::{
    Credential,
    oauth::Told,
    value::{id, text},
};

/// Reads a form with one; `None` unless Meta signed it.
pub(in crate::networks) fn told(body: &[u8], secret: &Credential) -> Option<Told> {
    let (_, request) = url::form_urlencoded::parse(body).find(|(name, _)| name == "signed_request")?;
    let (signature, payload) = request.split_once('.')?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).ok()?;
    mac.update(payload.as_bytes());
    // Compared in constant time.
    mac.verify_slice(&decoded(signature)?).ok()?;
    let said: Value = serde_json::from_slice(&decoded(payload)?).ok()?;
    let is_known = text(&said, "/algorithm").is_some_and(|name| name.eq_ignore_ascii_case("HMAC-SHA256"));
    let issued_at = said.get("issued_at").and_then(Value::as_i64);
    Some(Told {
        user: id(&said, "/user_id").filter(|_| is_known)?,
        // What does not say when means all there is.
        at: issued_at.map_or(i64::MAX, |secs| secs.saturating_mul(1_000)),
    })
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

#[cfg(test)]
mod tests {
    use super::{Told, told};
    use crate::networks::Credential;

    /// Made by hand, of the payload of Meta's documents and the secret `litfass-secret`.
    const PAYLOAD: &str = "eyJ1c2VyX2lkIjoiMjYxMTIyMzM0NDU1NjY3NzgiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc2MzkwMDAwMCwiZXhwaXJlcyI6MTc2MzkwMzYwMH0";
    const SIGNATURE: &str = "GWxQQshp2YA5w7AvDt8d4Tr5l1uC2D0KUyQxw6HnK1o";

    fn read(signature: &str, payload: &str, secret: &str) -> Option<Told> {
        let body = format!("signed_request={signature}.{payload}");
        told(body.as_bytes(), &Credential::new(secret.to_owned()))
    }

    #[test]
    fn only_what_is_signed_with_our_secret_counts() {
        let expected = Told { user: "26112233445566778".to_owned(), at: 1_763_900_000_000 };
        assert_eq!(read(SIGNATURE, PAYLOAD, "litfass-secret"), Some(expected.clone()));
        assert_eq!(read(&format!("{SIGNATURE}%3D"), PAYLOAD, "litfass-secret"), Some(expected), "padded");
        assert_eq!(read(SIGNATURE, PAYLOAD, "another"), None);
        assert_eq!(read(SIGNATURE, &PAYLOAD.replace('M', "N"), "litfass-secret"), None);
        assert_eq!(read("", PAYLOAD, "litfass-secret"), None);
        assert_eq!(read("AAAA", PAYLOAD, "litfass-secret"), None);
        for body in ["", "signed_request=", "signed_request=.", "other=1", "signed_request=a.b"] {
            assert_eq!(told(body.as_bytes(), &Credential::new("litfass-secret".to_owned())), None, "{body}");
        }
    }
}
