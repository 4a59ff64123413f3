//! Signing in at Instagram: a code, a token for an hour, a token for sixty days, and that one renewed.

use futures_util::future::BoxFuture;
use serde_json::Value;
use url::Url;

use super::{FACTS, base, version};
use crate::networks::{
    Candidate, Class, Doors, Link, Settings, Trouble, meta,
    oauth::{Ask, Grant, Registration, SignIn, SignInFacts, Tokens, Told, address, ask, form},
    value::{id, list, text},
};

const AUTH: &str = "https://www.instagram.com";
const TOKEN: &str = "https://api.instagram.com";
const SCOPE: &str = "instagram_business_basic";

/// How one signs in there.
pub(super) struct Login;

static SIGN_IN: SignInFacts =
    SignInFacts { portal: "https://developers.facebook.com/apps", off_until_approved: None, tells: true };

impl SignIn for Login {
    fn facts(&self) -> &'static SignInFacts {
        &SIGN_IN
    }

    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url> {
        let parameters = [
            ("client_id", registration.client_id.as_str()),
            ("redirect_uri", ask.redirect),
            ("response_type", "code"),
            ("scope", SCOPE),
            ("state", ask.state),
            ("enable_fb_login", "0"),
        ];
        address(settings.base("instagram.auth_base", AUTH), "/oauth/authorize", &parameters)
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

    fn renew<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        _: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<Tokens, Trouble>> {
        Box::pin(async move {
            let parameters = [("grant_type", "ig_refresh_token"), ("access_token", tokens.access.as_str())];
            let answer = meta::get(doors, base(doors), "/refresh_access_token", &parameters).await?;
            long_lived(&answer, doors.now)
        })
    }
}

async fn redeem(doors: &Doors<'_>, registration: &Registration, grant: &Grant<'_>) -> Result<Vec<Candidate>, Trouble> {
    let fields = [
        ("client_id", registration.client_id.as_str()),
        ("client_secret", registration.client_secret.reveal()),
        ("grant_type", "authorization_code"),
        ("redirect_uri", grant.redirect),
        ("code", grant.code),
    ];
    let place = format!("{}/oauth/access_token", doors.settings.base("instagram.token_base", TOKEN));
    let answer = meta::read(ask(doors, form(doors, &place, &fields)).await?, doors.now)?;
    // The documented answer is wrapped in a list; flat ones are seen as well.
    let answer = list(&answer, "/data").first().unwrap_or(&answer);
    let short = text(answer, "/access_token").ok_or_else(not_understood)?;
    if !grants_scope(answer) {
        let class = Class::PermissionMissing { scope: Some(SCOPE) };
        return Err(Trouble::new(class, "sources.sign_in.scope", "a permission was not given"));
    }
    let parameters = [
        ("grant_type", "ig_exchange_token"),
        ("client_secret", registration.client_secret.reveal()),
        ("access_token", short),
    ];
    let long = long_lived(&meta::get(doors, base(doors), "/access_token", &parameters).await?, doors.now)?;
    let fields = "id,user_id,username,name,account_type,profile_picture_url,followers_count,media_count";
    let parameters = [("fields", fields), ("access_token", long.access.as_str())];
    let profile = meta::get(doors, base(doors), &format!("/{}/me", version(doors)), &parameters).await?;
    let address = id(&profile, "/user_id").or_else(|| id(&profile, "/id")).ok_or_else(not_understood)?;
    let name = text(&profile, "/username");
    // As Meta calls whoever signed in when it tells of them.
    let long = Tokens { user: id(&profile, "/id"), ..long };
    Ok(vec![Candidate {
        link: Link { address, credential: Some(long.credential()) },
        title: name.map(|name| format!("@{name}")),
        page: name.map(|name| format!("https://www.instagram.com/{name}/")),
        preview: None,
    }])
}

/// Whether the answer, if it says what was granted, names what we need.
fn grants_scope(answer: &Value) -> bool {
    match answer.get("permissions") {
        Some(Value::String(all)) => all.split([',', ' ']).any(|one| one == SCOPE),
        Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(SCOPE)),
        _ => true,
    }
}

/// A token for sixty days, which renews itself.
fn long_lived(answer: &Value, now: i64) -> Result<Tokens, Trouble> {
    let tokens = Tokens::read(answer, None, now).ok_or_else(not_understood)?;
    Ok(Tokens { refresh: Some(tokens.access.clone()), ..tokens })
}

fn not_understood() -> Trouble {
    Trouble::new(
        Class::ContractChanged,
        "sources.error.not_understood",
        format!("{}: a success that is not understood", FACTS.name),
    )
}
