//! Signing in at LinkedIn, and the organisations that somebody looks after.

use futures_util::future::BoxFuture;
use serde_json::Value;
use url::Url;

use super::{SCOPES, api::Api};
use crate::networks::{
    Candidate, Class, Doors, Link, Settings, Trouble,
    oauth::{Ask, Grant, Registration, SignIn, SignInFacts, Tokens, address, exchange, form, segment},
    value::{id, list, text},
};

const AUTH: &str = "https://www.linkedin.com";
/// Most organisations that are offered.
const MOST: usize = 50;

/// How one signs in there.
pub(super) struct Login;

static SIGN_IN: SignInFacts = SignInFacts {
    portal: "https://developer.linkedin.com",
    off_until_approved: Some("sources.linkedin.approval"),
    tells: false,
};

impl SignIn for Login {
    fn facts(&self) -> &'static SignInFacts {
        &SIGN_IN
    }

    fn authorise(&self, settings: &Settings, registration: &Registration, ask: &Ask<'_>) -> Option<Url> {
        let scope = SCOPES.join(" ");
        let parameters = [
            ("response_type", "code"),
            ("client_id", registration.client_id.as_str()),
            ("redirect_uri", ask.redirect),
            ("state", ask.state),
            ("scope", scope.as_str()),
        ];
        address(settings.base("linkedin.auth_base", AUTH), "/oauth/v2/authorization", &parameters)
    }

    fn redeem<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        registration: &'a Registration,
        grant: &'a Grant<'a>,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        Box::pin(async move {
            let fields = [("grant_type", "authorization_code"), ("code", grant.code), ("redirect_uri", grant.redirect)];
            let (tokens, answer) = token(doors, registration, &fields, None).await?;
            let given = text(&answer, "/scope").unwrap_or_default();
            if !given.is_empty() && !given.split([',', ' ']).any(|scope| scope == SCOPES[0]) {
                let class = Class::PermissionMissing { scope: Some(SCOPES[0]) };
                return Err(Trouble::new(class, "sources.sign_in.scope", "a permission was not given"));
            }
            organisations(&Api { doors, tokens: &tokens }).await
        })
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
            Ok(token(doors, registration, &fields, Some(refresh)).await?.0)
        })
    }
}

async fn token(
    doors: &Doors<'_>,
    registration: &Registration,
    fields: &[(&str, &str)],
    kept: Option<&str>,
) -> Result<(Tokens, Value), Trouble> {
    let us = [("client_id", registration.client_id.as_str()), ("client_secret", registration.client_secret.reveal())];
    let place = format!("{}/oauth/v2/accessToken", doors.settings.base("linkedin.token_base", AUTH));
    exchange(doors, form(doors, &place, &[fields, &us].concat()), kept).await
}

/// The organisations of which somebody is an administrator.
async fn organisations(api: &Api<'_>) -> Result<Vec<Candidate>, Trouble> {
    let query = "q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=50";
    let answer = api.get("/rest/organizationAcls", query, Some("FINDER")).await?;
    let mut candidates = Vec::new();
    for element in list(&answer, "/elements").iter().take(MOST) {
        let urn = text(element, "/organization").or_else(|| text(element, "/organizationalTarget"));
        let Some((urn, number)) = urn.and_then(|urn| Some((urn, urn.strip_prefix("urn:li:organization:")?))) else {
            continue;
        };
        // The name is for people; what counts is the number.
        let about = api.get(&format!("/rest/organizations/{}", segment(number)), "", None).await.unwrap_or_default();
        let vanity = id(&about, "/vanityName").unwrap_or_else(|| number.to_owned());
        candidates.push(Candidate {
            link: Link { address: urn.to_owned(), credential: Some(api.tokens.credential()) },
            title: text(&about, "/localizedName").map(str::to_owned),
            page: Some(format!("https://www.linkedin.com/company/{vanity}")),
            preview: None,
        });
    }
    Ok(candidates)
}
