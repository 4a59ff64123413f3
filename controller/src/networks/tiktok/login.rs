//! Signing in at TikTok: `client_key` for `client_id`, tokens for hours, and refresh tokens that rotate.

use futures_util::future::BoxFuture;
use reqwest::header::AUTHORIZATION;
use url::Url;

use super::{SCOPES, base, read};
use crate::networks::{
    Candidate, Class, Doors, Link, Settings, Trouble,
    oauth::{Ask, Grant, Registration, SignIn, SignInFacts, Tokens, address, ask, exchange, form},
    value::{id, text},
};

const AUTH: &str = "https://www.tiktok.com";

/// How one signs in there.
pub(super) struct Login;

static SIGN_IN: SignInFacts =
    SignInFacts { portal: "https://developers.tiktok.com", off_until_approved: None, tells: false };

impl SignIn for Login {
    fn facts(&self) -> &'static SignInFacts {
        &SIGN_IN
    }

    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url> {
        let scope = SCOPES.join(",");
        let parameters = [
            ("client_key", registration.client_id.as_str()),
            ("scope", scope.as_str()),
            ("response_type", "code"),
            ("redirect_uri", ask.redirect),
            ("state", ask.state),
        ];
        address(settings.base("tiktok.auth_base", AUTH), "/v2/auth/authorize/", &parameters)
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
            let request = form(doors, &place(doors, "token"), &[&us(registration)[..], &fields].concat());
            Ok(exchange(doors, request, Some(refresh)).await?.0)
        })
    }

    fn revoke<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let fields = [&us(registration)[..], &[("token", tokens.access.as_str())]].concat();
            // Nobody can do anything about a refusal.
            drop(ask(doors, form(doors, &place(doors, "revoke"), &fields)).await);
        })
    }
}

fn place(doors: &Doors<'_>, what: &str) -> String {
    format!("{}/v2/oauth/{what}/", doors.settings.base("tiktok.token_base", base(doors)))
}

fn us(registration: &Registration) -> [(&'static str, &str); 2] {
    [("client_key", &registration.client_id), ("client_secret", registration.client_secret.reveal())]
}

async fn redeem(doors: &Doors<'_>, registration: &Registration, grant: &Grant<'_>) -> Result<Vec<Candidate>, Trouble> {
    let fields = [("code", grant.code), ("grant_type", "authorization_code"), ("redirect_uri", grant.redirect)];
    let request = form(doors, &place(doors, "token"), &[&us(registration)[..], &fields].concat());
    let (tokens, answer) = exchange(doors, request, None).await?;
    let given = text(&answer, "/scope").unwrap_or_default();
    if let Some(scope) = SCOPES.iter().find(|scope| !given.split([',', ' ']).any(|one| one == **scope)) {
        let class = Class::PermissionMissing { scope: Some(scope) };
        return Err(Trouble::new(class, "sources.sign_in.scope", format!("{scope} was not given")));
    }
    let address = format!("{}/v2/user/info/?fields=open_id,union_id,avatar_url,display_name", base(doors));
    let request = doors.http.get(&address).header(AUTHORIZATION, &format!("Bearer {}", tokens.access));
    let data = read(&ask(doors, request).await?)?;
    let user = data.get("user").cloned().unwrap_or_default();
    let open_id = id(&user, "/open_id").or_else(|| id(&answer, "/open_id"));
    let missing = || Trouble::new(Class::ContractChanged, "sources.error.not_understood", "a profile without an id");
    Ok(vec![Candidate {
        link: Link { address: open_id.ok_or_else(missing)?, credential: Some(tokens.credential()) },
        title: text(&user, "/display_name").map(str::to_owned),
        page: None,
        preview: None,
    }])
}
