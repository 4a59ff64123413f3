//! People who sign in, codes, and tokens that end, are renewed, rotate and are revoked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    CLIENT_ID, Inside, page,
    request::{Asked, Reply},
};

/// What happens to a refresh token that is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rotation {
    /// It stays.
    Never,
    /// A new one is given, and the old one is refused from then on.
    #[default]
    Strict,
    /// A new one is given; the old one is good until the new access token has been used.
    Lenient,
}

/// What a token stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Grant {
    pub(super) scope: String,
    /// When it ends, in milliseconds since 1970.
    pub(super) ends_at: i64,
    /// Codes only: where it was sent to, and the hash of the proof key.
    pub(super) redirect: String,
    pub(super) challenge: String,
    /// When it was given.
    pub(super) given_at: i64,
}

/// What the network knows of people and tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Access {
    /// How long an access token lasts, in seconds.
    pub lasts_secs: i64,
    /// What happens to refresh tokens.
    pub rotation: Rotation,
    /// Scopes that the person does not give, whatever is asked for.
    pub withheld: Vec<String>,
    /// The person has several profiles.
    pub several: bool,
    pub(super) codes: BTreeMap<String, Grant>,
    pub(super) tokens: BTreeMap<String, Grant>,
    pub(super) refreshers: BTreeMap<String, Grant>,
    /// Refresh tokens that end when this access token is first used.
    replaced: BTreeMap<String, String>,
    /// Tokens given so far.
    pub given: u32,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            lasts_secs: 7_200,
            rotation: Rotation::default(),
            withheld: Vec::new(),
            several: false,
            codes: BTreeMap::new(),
            tokens: BTreeMap::new(),
            refreshers: BTreeMap::new(),
            replaced: BTreeMap::new(),
            given: 0,
        }
    }
}

impl Access {
    /// Ends every token, as when the person takes the permission back.
    pub fn revoke_all(&mut self) {
        self.tokens.clear();
        self.refreshers.clear();
    }

    /// Ends every access token; they can be renewed.
    pub fn end_access(&mut self) {
        self.tokens.clear();
    }

    /// How many refresh tokens are good.
    pub fn refreshers(&self) -> usize {
        self.refreshers.len()
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.given += 1;
        format!("{prefix}-{:04}", self.given)
    }

    /// Gives an access token.
    pub(super) fn give(&mut self, prefix: &str, scope: &str, lasts_secs: i64, now: i64) -> String {
        let token = self.fresh(prefix);
        self.tokens.insert(token.clone(), Grant::new(scope, lasts_secs, now));
        token
    }

    /// Gives a refresh token.
    pub(super) fn give_refresher(&mut self, scope: &str, lasts_secs: i64, now: i64) -> String {
        let token = self.fresh("refresh");
        self.refreshers.insert(token.clone(), Grant::new(scope, lasts_secs, now));
        token
    }

    /// Takes a refresh token and gives an access token and the next refresh token.
    pub(super) fn rotate(&mut self, refresher: &str, now: i64) -> Option<(String, String, String)> {
        let grant = self.refreshers.get(refresher).filter(|grant| grant.ends_at > now)?.clone();
        let access = self.give("access", &grant.scope, self.lasts_secs, now);
        if self.rotation == Rotation::Never {
            return Some((access, refresher.to_owned(), grant.scope));
        }
        match self.rotation {
            Rotation::Strict => drop(self.refreshers.remove(refresher)),
            _ => drop(self.replaced.insert(access.clone(), refresher.to_owned())),
        }
        let next = self.fresh("refresh");
        self.refreshers.insert(next.clone(), grant.clone());
        Some((access, next, grant.scope))
    }

    /// What a token opens; nothing when it has ended.
    pub(super) fn open(&mut self, token: &str, now: i64) -> Option<Grant> {
        let grant = self.tokens.get(token).filter(|grant| grant.ends_at > now)?.clone();
        if let Some(old) = self.replaced.remove(token) {
            self.refreshers.remove(&old);
        }
        Some(grant)
    }

    /// Uses a code up.
    pub(super) fn redeem(&mut self, code: &str, redirect: &str, now: i64) -> Option<Grant> {
        self.codes.remove(code).filter(|grant| grant.ends_at > now && grant.redirect == redirect)
    }
}

impl Grant {
    fn new(scope: &str, lasts_secs: i64, now: i64) -> Self {
        Self {
            scope: scope.to_owned(),
            ends_at: now + lasts_secs * 1000,
            redirect: String::new(),
            challenge: String::new(),
            given_at: now,
        }
    }
}

/// How a network's page for signing in differs from the others'.
pub(super) struct Manner {
    /// What it calls our name: `client_id` or `client_key`.
    pub(super) client: &'static str,
    /// What stands between scopes.
    pub(super) between: char,
    /// How long a code is good, in seconds.
    pub(super) code_secs: i64,
    /// Whether it wants a proof key (PKCE).
    pub(super) proof: bool,
    /// What it says when nothing is allowed.
    pub(super) denial: &'static str,
    /// What it puts behind the address that it sends people back to.
    pub(super) tail: &'static str,
}

/// The page where one signs in, and what its two links do.
pub(super) fn authorise(inside: &mut Inside, asked: &Asked, manner: &Manner) -> Reply {
    let redirect = asked.query("redirect_uri");
    let proof = asked.query("code_challenge_method") == "S256" && asked.query("code_challenge").len() == 43;
    let fine = asked.query(manner.client) == CLIENT_ID
        && redirect.starts_with("http://127.0.0.1:")
        && asked.query("response_type") == "code"
        && (1..=500).contains(&asked.query("state").len())
        && (proof || !manner.proof);
    if !fine {
        return Reply { status: 400, ..Reply::page(format!("<p>Invalid request: {:?}</p>", asked.query)) };
    }
    let state: String = url::form_urlencoded::byte_serialize(asked.query("state").as_bytes()).collect();
    match asked.query("decision") {
        "allow" => {
            let now = inside.now();
            let scopes = asked
                .query("scope")
                .split(manner.between)
                .filter(|scope| !inside.access.withheld.contains(&(*scope).to_owned()));
            let scope = scopes.collect::<Vec<_>>().join(",");
            let code = inside.access.fresh("code");
            let grant = Grant {
                redirect: redirect.to_owned(),
                challenge: asked.query("code_challenge").to_owned(),
                ..Grant::new(&scope, manner.code_secs, now)
            };
            inside.access.codes.insert(code.clone(), grant);
            Reply::redirect(&format!("{redirect}?code={code}&state={state}{}", manner.tail))
        }
        "deny" => Reply::redirect(&format!("{redirect}?{}&state={state}", manner.denial)),
        _ => {
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&asked.query).finish();
            let link = |decision| {
                format!("{}{}?{}&amp;decision={decision}", inside.url, asked.path, query.replace('&', "&amp;"))
            };
            let content = format!(
                "<h1>Litfass wants to read your posts</h1><p>Nobody signs in here, and nothing leaves this machine.</p>\
                 <p><a id=\"allow\" class=\"button\" href=\"{}\">Allow</a> <a id=\"deny\" href=\"{}\">Refuse</a></p>",
                link("allow"),
                link("deny"),
            );
            Reply::page(page(inside.kind, &content))
        }
    }
}
