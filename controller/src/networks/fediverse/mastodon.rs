//! [`Mastodon`] as one of the networks, with other servers that speak its interface.

use futures_util::future::BoxFuture;

use super::{
    api::Server,
    fallback,
    handle::{self, Handle, Shape},
    software,
};
use crate::networks::{
    Answers, Candidate, Class, Credential, Doors, Facts, Fed, Field, Input, Likeness, Link, LinkedBy, MediaRule,
    Network, Policy, PostRef, ReExport, Settings, Standing, Trouble, Visit, Visited,
    ask::Refusal,
    contract::host_of,
    pace::{Harvest, Memory},
    value::text,
};

/// Mastodon, GoToSocial, Pleroma, Friendica and whatever else speaks Mastodon's interface.
pub struct Mastodon;

/// Where all instances are asked instead, if the operator says so.
const BASE: &str = "mastodon.api_base";

/// Servers whose interface is Mastodon's.
const SOFTWARE: &[&str] =
    &["mastodon", "hometown", "fedibird", "pleroma", "akkoma", "gotosocial", "friendica", "mitra", "takahe", "snac"];

static FACTS: Facts = Facts {
    name: "mastodon",
    label: "networks.mastodon",
    hint: "networks.mastodon.hint",
    icon: "brands:mastodon",
    linked_by: LinkedBy::Form,
    fed: Fed::Visited,
    quota: None,
    form: &[
        Field {
            name: "address",
            label: "networks.mastodon.address",
            hint: "networks.mastodon.address.hint",
            input: Input::Address,
            required: true,
        },
        Field {
            name: "token",
            label: "networks.token",
            hint: "networks.token.hint",
            input: Input::Password,
            required: false,
        },
    ],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: 60,
    },
};

impl Network for Mastodon {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        match handle::parse(typed) {
            Some(Handle { shape: Shape::Name | Shape::Profile, .. }) => Likeness::Perhaps,
            _ => Likeness::No,
        }
    }

    fn probe<'a>(&'a self, doors: &'a Doors<'a>, typed: &'a str) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Some(handle) = handle::parse(typed) else { return false };
            software::find(doors, BASE, &handle).await.is_some_and(|name| SOFTWARE.contains(&name.as_str()))
        })
    }

    fn host(&self, settings: &Settings, link: &Link) -> Option<String> {
        host_of(settings.base(BASE, &link.address))
    }

    fn connect<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        answers: &'a Answers,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        Box::pin(connect(doors, answers))
    }

    fn fetch<'a>(&'a self, doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited> {
        Box::pin(async move {
            let mut memory = Memory::read(visit.memory);
            let harvest = fetch(doors, visit.link, &mut memory).await;
            memory.end(doors, visit, harvest)
        })
    }

    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        Box::pin(async move {
            let handle = of(link)?;
            let server = server(doors, &handle.origin, link.credential.as_ref());
            match server.verify(&handle.name, posts).await {
                Err(Trouble { class: Class::PermissionMissing { .. }, .. }) => {
                    fallback::verify(doors, &server.base, &feed(&server.base, &handle.name), posts).await
                }
                said => said,
            }
        })
    }
}

fn server<'a>(doors: &'a Doors<'a>, origin: &str, token: Option<&'a Credential>) -> Server<'a> {
    let base = software::base(doors, BASE, origin);
    Server { doors, base, token, only: "&exclude_replies=true&exclude_reblogs=true", format: "mastodon" }
}

fn of(link: &Link) -> Result<Handle, Trouble> {
    handle::parse(&link.address).ok_or_else(no_account)
}

/// What was typed is no account.
pub(super) fn no_account() -> Trouble {
    Trouble::new(Class::BadRequest, "networks.error.no_account", "no name of an account")
}

/// The token that an owner typed, if any.
pub(super) fn token(answers: &Answers) -> Option<Credential> {
    let typed = answers.get("token").map(|token| token.trim()).filter(|token| !token.is_empty())?;
    Some(Credential::new(typed.to_owned()))
}

async fn connect(doors: &Doors<'_>, answers: &Answers) -> Result<Vec<Candidate>, Trouble> {
    let typed = answers.get("address").map(String::as_str).unwrap_or_default();
    let mut handle = handle::parse(typed).ok_or_else(no_account)?;
    let credential = token(answers);
    let mut found = server(doors, &handle.origin, credential.as_ref()).look_up(&handle.name).await;
    if found.is_err()
        && handle.shape == Shape::Name
        && let Some(home) = software::home(doors, BASE, &handle).await
    {
        handle.origin = home;
        found = server(doors, &handle.origin, credential.as_ref()).look_up(&handle.name).await;
    }
    let title = match found {
        Ok(account) => {
            let moved = text(&account, "/moved/acct").or_else(|| text(&account, "/moved/url"));
            if let Some(to) = moved {
                let trouble = Trouble::new(Class::BadRequest, "networks.error.moved", "the account has moved");
                return Err(trouble.with("account", crate::tools::text::line(to, 200)));
            }
            text(&account, "/display_name").or_else(|| text(&account, "/username")).map(str::to_owned)
        }
        Err(refusal) if is_closed(&refusal) && credential.is_none() => {
            let base = software::base(doors, BASE, &handle.origin);
            let batch = fallback::read(doors, &feed(&base, &handle.name)).await.map_err(|refusal| refusal.trouble)?;
            batch.source.title
        }
        Err(refusal) => return Err(refusal.trouble),
    };
    let address = format!("{}/@{}", handle.origin, handle.name);
    let title = title.map(|title| crate::tools::text::line(&title, 200)).filter(|title| !title.is_empty());
    let title = title.or_else(|| Some(handle.full_name()));
    Ok(vec![Candidate { page: Some(address.clone()), link: Link { address, credential }, title, preview: None }])
}

async fn fetch(doors: &Doors<'_>, link: &Link, memory: &mut Memory) -> Result<Harvest, Refusal> {
    let handle = of(link)?;
    let server = server(doors, &handle.origin, link.credential.as_ref());
    match server.list(&handle.name, memory).await {
        Err(refusal) if is_closed(&refusal) && link.credential.is_none() => {
            let batch = fallback::read(doors, &feed(&server.base, &handle.name)).await?;
            Ok(Harvest { batch, cut: None, pause: None })
        }
        harvest => harvest,
    }
}

/// Whether the server tells strangers nothing (`DISALLOW_UNAUTHENTICATED_API_ACCESS`).
fn is_closed(refusal: &Refusal) -> bool {
    matches!(refusal.status, 401 | 403)
}

fn feed(base: &str, name: &str) -> String {
    format!("{base}/@{name}.rss")
}
