//! Signing in at a network (OAuth 2): what each network brings, and what they have in common.
//!
//! Three of the five networks that one signs in to differ from RFC 6749 in their requests or their answers, so each
//! says itself what it sends; proof keys, tokens and the reading of answers are common and stand here.

mod exchange;
mod pace;
mod profile;
mod proof;
mod reply;
mod tokens;

use futures_util::future::BoxFuture;
use url::Url;

pub(super) use self::{
    exchange::exchange,
    pace::{Listing, Memory},
    profile::Profile,
    reply::{Reply, ask, form},
};
pub use self::{proof::Proof, tokens::Tokens};
use super::{Candidate, Class, Credential, Doors, Likeness, Settings, Trouble};

/// Whether something typed is an address at one of these hosts, or below one.
pub(super) fn at_host(typed: &str, hosts: &[&str]) -> Likeness {
    let typed = typed.trim();
    let address = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let host = Url::parse(&address).ok().and_then(|url| url.host_str().map(str::to_owned));
    let is_at = |known: &&str| host.as_deref().is_some_and(|h| h == *known || h.ends_with(&format!(".{known}")));
    if hosts.iter().any(is_at) { Likeness::Surely } else { Likeness::No }
}

/// What an owner is told who types an address of a network that one signs in to.
pub(super) fn only_signed_in() -> Trouble {
    Trouble::new(Class::BadRequest, "sources.error.sign_in_there", "an address of a network that one signs in to")
}

/// How this instance is registered at a network.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Name of the registration (client id, client key, app id).
    pub client_id: String,
    /// Its secret.
    pub client_secret: Credential,
    /// Whether the network has approved what we do.
    pub approved: bool,
}

/// What the rest of the program knows about signing in at a network.
#[derive(Debug)]
pub struct SignInFacts {
    /// Where an operator registers this instance.
    pub portal: &'static str,
    /// Key of the reason why it is off until the operator says that the network approves; `None`: needs no approval.
    pub off_until_approved: Option<&'static str>,
    /// Whether it tells us, at addresses of ours, of people who take their permission back or want to be forgotten.
    pub tells: bool,
}

/// What is said when somebody is sent there.
pub struct Ask<'a> {
    /// Where the network sends them back to.
    pub redirect: &'a str,
    /// What it has to bring back.
    pub state: &'a str,
    /// Proof that it is us who redeem the code.
    pub proof: &'a Proof,
}

/// What came back with them.
pub struct Grant<'a> {
    /// The code to redeem, once.
    pub code: &'a str,
    /// Where they were sent back to, byte for byte.
    pub redirect: &'a str,
    /// Proof that it is us.
    pub proof: &'a Proof,
}

/// Somebody of whom a network tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who signed in there, as the network calls them for us.
    pub user: String,
    /// When it was said, in milliseconds since 1970: whatever came later is not meant.
    pub at: i64,
}

/// A network that owners sign in to.
pub trait SignIn: Send + Sync {
    /// Returns what the rest of the program knows about it.
    fn facts(&self) -> &'static SignInFacts;

    /// Returns where the owner's browser goes; `None` when the operator's settings make no address.
    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url>;

    /// Redeems a code; returns the profiles that can be linked, each with [`Tokens`] as its credential.
    fn redeem<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        grant: &'a Grant<'a>,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>>;

    /// Renews tokens that are renewable.
    fn renew<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<Tokens, Trouble>>;

    /// Reads of whom the network tells; nobody where it did not sign what came.
    fn hear(&self, _registration: &Registration, _body: &[u8]) -> Option<Told> {
        None
    }

    /// Tells the network that the tokens are no longer needed, where it wants to know.
    fn revoke<'a>(
        &'a self,
        _doors: &'a Doors<'a>,
        _registration: &'a Registration,
        _tokens: &'a Tokens,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

/// An address below a base with these parameters.
pub(super) fn address(base: &str, path: &str, parameters: &[(&str, &str)]) -> Option<Url> {
    let mut url = Url::parse(&format!("{}{path}", base.trim_end_matches('/'))).ok()?;
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    Some(url)
}

/// An id as one part of a path.
pub(super) fn segment(id: &str) -> String {
    const ODD: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(id, ODD).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Likeness, at_host};

    #[test]
    fn addresses_are_known_by_their_host_and_by_nothing_else() {
        for typed in ["https://www.instagram.com/stadt/", "instagram.com/stadt", " m.instagram.com "] {
            assert_eq!(at_host(typed, &["instagram.com"]), Likeness::Surely, "{typed}");
        }
        for typed in ["https://notinstagram.com/", "https://museum.example/instagram.com", "@stadt@ort.example", ""] {
            assert_eq!(at_host(typed, &["instagram.com"]), Likeness::No, "{typed}");
        }
    }
}
