//! Signing in at X: with a proof key, a code that is good for thirty seconds, and refresh tokens that rotate.

use futures_util::future::BoxFuture;
use serde_json::Value;
use url::Url;

use super::{SCOPES, base, get};
use crate::{
    networks::{
        Candidate, Class, Doors, Link, Settings, Trouble,
        oauth::{Ask, Grant, Registration, SignIn, SignInFacts, Tokens, address, ask, exchange, form},
        value::{id, text},
    },
    tools::http::Request,
};

const AUTH: &str = "https://x.com";

/// How one signs in there.
pub(super) struct Login;

static SIGN_IN: SignInFacts = SignInFacts { portal: "https://developer.x.com", off_until_approved: None, tells: false };

impl SignIn for Login {
    fn facts(&self) -> &'static SignInFacts {
        &SIGN_IN
    }

    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url> {
        let (scope, challenge) = (SCOPES.join(" "), ask.proof.challenge());
        let parameters = [
            ("response_type", "code"),
            ("client_id", registration.client_id.as_str()),
            ("redirect_uri", ask.redirect),
            ("scope", scope.as_str()),
            ("state", ask.state),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        address(settings.base("x.auth_base", AUTH), "/i/oauth2/authorize", &parameters)
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
        registration: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<Tokens, Trouble>> {
        Box::pin(async move {
            let refresh = tokens.refresh.as_deref().unwrap_or_default();
            let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
            Ok(exchange(doors, request(doors, registration, "token", &fields), Some(refresh)).await?.0)
        })
    }

    fn revoke<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            for token in [tokens.refresh.as_deref(), Some(&tokens.access)].into_iter().flatten() {
                let fields = [("token", token), ("client_id", registration.client_id.as_str())];
                // Nobody can do anything about a refusal.
                drop(ask(doors, request(doors, registration, "revoke", &fields)).await);
            }
        })
    }
}

fn request<'a>(doors: &Doors<'a>, registration: &Registration, what: &str, fields: &[(&str, &str)]) -> Request<'a> {
    let place = format!("{}/2/oauth2/{what}", doors.settings.base("x.token_base", base(doors)));
    form(doors, &place, fields).basic(&registration.client_id, registration.client_secret.reveal())
}

async fn redeem(doors: &Doors<'_>, registration: &Registration, grant: &Grant<'_>) -> Result<Vec<Candidate>, Trouble> {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", grant.code),
        ("redirect_uri", grant.redirect),
        ("code_verifier", grant.proof.verifier()),
    ];
    let (tokens, answer) = exchange(doors, request(doors, registration, "token", &fields), None).await?;
    let given = text(&answer, "/scope").unwrap_or_default();
    if !given.is_empty() && SCOPES.iter().any(|scope| !given.split([' ', ',']).any(|one| one == *scope)) {
        let class = Class::PermissionMissing { scope: None };
        return Err(Trouble::new(class, "sources.sign_in.scope", "a permission was not given"));
    }
    let fields = "name,username,profile_image_url,protected,verified";
    let user = get(doors, &tokens, "/2/users/me", &[("user.fields", fields)]).await?;
    let user = user.get("data").cloned().unwrap_or_default();
    if user.get("protected").and_then(Value::as_bool) == Some(true) {
        let class = Class::PermissionMissing { scope: None };
        return Err(Trouble::new(class, "sources.x.protected", "the account is protected"));
    }
    let missing = || Trouble::new(Class::ContractChanged, "sources.error.not_understood", "a profile without an id");
    let name = text(&user, "/username");
    Ok(vec![Candidate {
        link: Link { address: id(&user, "/id").ok_or_else(missing)?, credential: Some(tokens.credential()) },
        title: name.map(|name| format!("@{name}")),
        page: name.map(|name| format!("https://x.com/{name}")),
        preview: None,
    }])
}
