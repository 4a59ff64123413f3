//! Signing in at Facebook: a code, a token of the person, and from that one for each Page, which does not end by itself.

use futures_util::future::BoxFuture;
use serde_json::Value;
use url::Url;

use super::{FACTS, SCOPES, base, version};
use crate::networks::{
    Candidate, Class, Doors, Link, Settings, Trouble,
    meta::{self, VERSION, next_cursor},
    oauth::{Ask, Grant, Registration, SignIn, SignInFacts, Tokens, Told, address},
    value::{id, list, text},
};

const AUTH: &str = "https://www.facebook.com";
/// Without these nothing can be read; the third only adds what others wrote.
const NEEDED: &[&str] = &["pages_show_list", "pages_read_engagement"];
const MOST_PAGES: usize = 5;

/// How one signs in there.
pub(super) struct Login;

static SIGN_IN: SignInFacts =
    SignInFacts { portal: "https://developers.facebook.com/apps", off_until_approved: None, tells: true };

impl SignIn for Login {
    fn facts(&self) -> &'static SignInFacts {
        &SIGN_IN
    }

    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url> {
        let scope = SCOPES.join(",");
        let parameters = [
            ("client_id", registration.client_id.as_str()),
            ("redirect_uri", ask.redirect),
            ("state", ask.state),
            ("response_type", "code"),
            ("scope", scope.as_str()),
        ];
        let path = format!("/{}/dialog/oauth", settings.base("facebook.version", VERSION));
        address(settings.base("facebook.auth_base", AUTH), &path, &parameters)
    }

    fn hear(&self, registration: &Registration, body: &[u8]) -> Option<Told> {
        meta::told(body, &registration.client_secret)
    }

    fn redeem<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        grant: &'a Grant<'a>,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        Box::pin(redeem(doors, registration, grant))
    }

    /// Nothing to renew: the token of a Page lasts until somebody takes it back.
    fn renew<'a>(
        &'a self,
        _: &'a Doors<'a>,
        _: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<Tokens, Trouble>> {
        Box::pin(async { Ok(tokens.clone()) })
    }
}

async fn redeem(doors: &Doors<'_>, registration: &Registration, grant: &Grant<'_>) -> Result<Vec<Candidate>, Trouble> {
    let us = [("client_id", registration.client_id.as_str()), ("client_secret", registration.client_secret.reveal())];
    let token_base = doors.settings.base("facebook.token_base", base(doors));
    let path = format!("/{}/oauth/access_token", version(doors));
    let parameters = [&us[..], &[("redirect_uri", grant.redirect), ("code", grant.code)]].concat();
    let short = meta::get(doors, token_base, &path, &parameters).await?;
    let short = text(&short, "/access_token").ok_or_else(not_understood)?;
    let parameters = [&us[..], &[("grant_type", "fb_exchange_token"), ("fb_exchange_token", short)]].concat();
    let long = meta::get(doors, token_base, &path, &parameters).await?;
    let long = text(&long, "/access_token").ok_or_else(not_understood)?;
    check_permissions(doors, long).await?;
    let path = format!("/{}/me", version(doors));
    let person = meta::get(doors, base(doors), &path, &[("fields", "id"), ("access_token", long)]).await?;
    pages(doors, long, id(&person, "/id")).await
}

/// People may leave single boxes unticked.
async fn check_permissions(doors: &Doors<'_>, token: &str) -> Result<(), Trouble> {
    let path = format!("/{}/me/permissions", version(doors));
    let answer = meta::get(doors, base(doors), &path, &[("access_token", token)]).await?;
    let is_granted = |scope: &str| {
        list(&answer, "/data")
            .iter()
            .any(|p| text(p, "/permission") == Some(scope) && text(p, "/status") == Some("granted"))
    };
    match NEEDED.iter().find(|scope| !is_granted(scope)) {
        Some(scope) => {
            let class = Class::PermissionMissing { scope: Some(*scope) };
            Err(Trouble::new(class, "sources.sign_in.scope", format!("{scope} was not given")))
        }
        None => Ok(()),
    }
}

/// The Pages that the person looks after, each with a token of its own.
async fn pages(doors: &Doors<'_>, token: &str, user: Option<String>) -> Result<Vec<Candidate>, Trouble> {
    let path = format!("/{}/me/accounts", version(doors));
    let mut candidates = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let fields = "id,name,username,access_token,tasks,picture{url}";
        let mut parameters = vec![("fields", fields), ("limit", "100"), ("access_token", token)];
        if let Some(cursor) = &cursor {
            parameters.push(("after", cursor));
        }
        let answer = meta::get(doors, base(doors), &path, &parameters).await?;
        candidates.extend(list(&answer, "/data").iter().filter_map(|page| candidate(page, user.clone(), doors.now)));
        cursor = next_cursor(&answer);
        if cursor.is_none() {
            break;
        }
    }
    Ok(candidates)
}

/// A Page; `None` for one whose posts this person may not read for us.
fn candidate(page: &Value, user: Option<String>, now: i64) -> Option<Candidate> {
    let may = |task: &Value| task.as_str().is_some_and(|task| ["CREATE_CONTENT", "MANAGE", "MODERATE"].contains(&task));
    let tasks = list(page, "/tasks");
    if !tasks.is_empty() && !tasks.iter().any(may) {
        return None;
    }
    let access = text(page, "/access_token")?.to_owned();
    let tokens = Tokens { access, refresh: None, issued_at: now, expires_at: None, user };
    let address = id(page, "/id")?;
    let page_address = format!("https://www.facebook.com/{}", text(page, "/username").unwrap_or(&address));
    Some(Candidate {
        link: Link { address, credential: Some(tokens.credential()) },
        title: text(page, "/name").map(str::to_owned),
        page: Some(page_address),
        preview: None,
    })
}

fn not_understood() -> Trouble {
    Trouble::new(
        Class::ContractChanged,
        "sources.error.not_understood",
        format!("{}: a success that is not understood", FACTS.name),
    )
}
