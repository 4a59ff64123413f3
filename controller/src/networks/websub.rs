//! WebSub (W3C Recommendation): what we ask of a hub, and what a hub says to us; and how we tell one of feeds of our own.
//!
//! What a hub delivers is only ever a hint that there is something new; the feed is then read at its own address. So
//! there is one way in which posts come in, with one memory and one set of checks, and the most that a hub, or whoever
//! got hold of a secret, can do is to make us look. That is also why SHA-1 is taken from hubs that have nothing better
//! (the largest one has not): a forged hint costs one conditional request. A hub that has signed with something better
//! once is held to that.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Method, header::USER_AGENT};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::{Class, Credential, Doors, Parcel, Trouble};
use crate::tools::http::Client;

/// How long we want to be told, in seconds.
pub const LEASE_SECS: i64 = 10 * 24 * 3600;
/// A hub may grant more than was asked for. One that would go on for longer than this, in seconds, is not confirmed.
pub const LONGEST_LEASE_SECS: i64 = 30 * 24 * 3600;
/// Longest challenge that is sent back.
const LONGEST_CHALLENGE: usize = 2_000;
/// Largest answer of a hub that is read, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// What is asked of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To be told of news, again or for the first time.
    Subscribe,
    /// To be told no more.
    Unsubscribe,
}

impl Wish {
    fn word(self) -> &'static str {
        match self {
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
        }
    }
}

/// What a subscription is about.
pub struct Subject<'a> {
    /// Who tells of news.
    pub hub: &'a str,
    /// Of what.
    pub topic: &'a str,
    /// Address of ours that it is told to.
    pub callback: &'a str,
    /// What it signs with.
    pub secret: &'a Credential,
}

/// Asks a hub; it then asks back at our address ([`Intent`]).
pub async fn ask(doors: &Doors<'_>, wish: Wish, subject: &Subject<'_>) -> Result<(), Trouble> {
    let lease = LEASE_SECS.to_string();
    let mut fields = vec![("hub.mode", wish.word()), ("hub.topic", subject.topic), ("hub.callback", subject.callback)];
    if wish == Wish::Subscribe {
        fields.extend([("hub.lease_seconds", lease.as_str()), ("hub.secret", subject.secret.reveal())]);
    }
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let instance = doors.settings.instance_url.as_deref().unwrap_or("self-hosted");
    let agent = format!("Litfass/{} (+{instance})", env!("CARGO_PKG_VERSION"));
    // A redirect with 307 or 308 leads to another hub, as the Recommendation has it.
    let request = doors.http.request(Method::POST, subject.hub).header(USER_AGENT, &agent).limit(LARGEST_ANSWER);
    let request = request.body("application/x-www-form-urlencoded", form.into_bytes());
    let answer = request.send().await?;
    match answer.status {
        200..=299 => Ok(()),
        status => Err(Trouble::new(Class::Transient, "sources.error.status", format!("a hub says {status}"))),
    }
}

/// Tells a hub that feeds of ours have something new; it then looks at them itself.
pub async fn publish(http: &Client, hub: &str, topics: &[String], instance: &str) -> Result<(), Trouble> {
    let fields = topics.iter().map(|topic| ("hub.url", topic.as_str()));
    let fields = std::iter::once(("hub.mode", "publish")).chain(fields);
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let agent = format!("Litfass/{} (+{instance})", env!("CARGO_PKG_VERSION"));
    let request = http.request(Method::POST, hub).header(USER_AGENT, &agent).limit(LARGEST_ANSWER);
    let answer = request.body("application/x-www-form-urlencoded", form.into_bytes()).send().await?;
    match answer.status {
        200..=299 => Ok(()),
        status => Err(Trouble::new(Class::Transient, "sources.error.status", format!("the hub says {status}"))),
    }
}

/// What a hub asks or tells at our address, by `GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Whether we want to be told, for so many seconds.
    Subscribe {
        /// Of what.
        topic: String,
        /// What to send back if so.
        challenge: String,
        /// For how long.
        lease_secs: i64,
    },
    /// Whether we want to be told no more.
    Unsubscribe {
        /// Of what.
        topic: String,
        /// What to send back if so.
        challenge: String,
    },
    /// That it does not tell us, or no longer.
    Denied {
        /// Of what.
        topic: String,
    },
}

impl Intent {
    /// Reads the query of a request; `None` for anything that is not of a hub.
    pub fn read(query: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
            values.next().map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
        };
        let topic = value("hub.topic")?;
        let challenge = || value("hub.challenge").filter(|challenge| challenge.len() <= LONGEST_CHALLENGE);
        match value("hub.mode")?.as_str() {
            "subscribe" => Some(Self::Subscribe {
                topic,
                challenge: challenge()?,
                lease_secs: value("hub.lease_seconds")?.parse().ok()?,
            }),
            "unsubscribe" => Some(Self::Unsubscribe { topic, challenge: challenge()? }),
            "denied" => Some(Self::Denied { topic }),
            _ => None,
        }
    }
}

/// How well a delivery is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// With SHA-1.
    Weak,
    /// With a member of the SHA-2 family.
    Strong,
}

/// Says how well a delivery is signed with a secret; `None` when it is not, or wrongly.
pub fn strength(parcel: &Parcel<'_>, secret: &Credential) -> Option<Strength> {
    let (method, signature) = parcel.header("x-hub-signature")?.split_once('=')?;
    let (is_good, strength) = match method.to_ascii_lowercase().as_str() {
        "sha1" => (is_signed::<Hmac<Sha1>, 20>(parcel, secret, signature), Strength::Weak),
        "sha256" => (is_signed::<Hmac<Sha256>, 32>(parcel, secret, signature), Strength::Strong),
        "sha384" => (is_signed::<Hmac<Sha384>, 48>(parcel, secret, signature), Strength::Strong),
        "sha512" => (is_signed::<Hmac<Sha512>, 64>(parcel, secret, signature), Strength::Strong),
        _ => return None,
    };
    is_good.then_some(strength)
}

/// Whether a signature of so many bytes is good; compared in constant time.
fn is_signed<M: Mac + KeyInit, const BYTES: usize>(parcel: &Parcel<'_>, secret: &Credential, signature: &str) -> bool {
    let Some(signature) = shared::hex::decode::<BYTES>(signature) else { return false };
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret.reveal().as_bytes()) else { return false };
    mac.update(parcel.body);
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::{Intent, Strength, strength};
    use crate::networks::{Credential, Parcel};

    #[test]
    fn every_registered_method_is_known_and_only_the_true_signature_is_good() {
        // Test case 2 of RFC 2202 and RFC 4231: key "Jefe".
        const BODY: &[u8] = b"what do ya want for nothing?";
        let sha256 = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let table = [
            ("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", Some(Strength::Weak)),
            (sha256, Some(Strength::Strong)),
            (
                "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
                Some(Strength::Strong),
            ),
            (
                "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdca\
                 eab1a34d4a6b4b636e070a38bce737",
                Some(Strength::Strong),
            ),
            ("sha256=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", None),
            ("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844", None),
            ("md5=750c783e6ab0b503eaa86e310a5db738", None),
            ("", None),
        ];
        let read = |signature: &str, body| {
            let headers: HeaderMap =
                [("x-hub-signature".parse().unwrap(), HeaderValue::from_str(signature).unwrap())].into_iter().collect();
            strength(&Parcel { headers: &headers, body, now: 0 }, &Credential::new("Jefe".to_owned()))
        };
        for (signature, expected) in table {
            assert_eq!(read(signature, BODY), expected, "{signature}");
        }
        assert_eq!(read(sha256, b"what do ya want for something?"), None);
    }

    #[test]
    fn what_a_hub_asks_is_read_whole_or_not_at_all() {
        let subscribe =
            "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ff&hub.challenge=c+c&hub.lease_seconds=60";
        let topic = "https://a.example/f".to_owned();
        let expected = Intent::Subscribe { topic: topic.clone(), challenge: "c c".to_owned(), lease_secs: 60 };
        assert_eq!(Intent::read(subscribe), Some(expected));
        let denied = "hub.mode=denied&hub.topic=https://a.example/f&hub.reason=no";
        assert_eq!(Intent::read(denied), Some(Intent::Denied { topic }));
        for wrong in [
            "",
            "hub.mode=subscribe&hub.topic=t&hub.challenge=c",
            "hub.mode=subscribe&hub.topic=t&hub.challenge=c&hub.lease_seconds=soon",
            "hub.mode=subscribe&hub.challenge=c&hub.lease_seconds=60",
            "hub.mode=unsubscribe&hub.topic=t&hub.challenge=",
            "hub.mode=publish&hub.topic=t&hub.challenge=c",
        ] {
            assert_eq!(Intent::read(wrong), None, "{wrong}");
        }
        assert_eq!(
            Intent::read(&format!("hub.mode=unsubscribe&hub.topic=t&hub.challenge={}", "c".repeat(2_001))),
            None
        );
    }
}
