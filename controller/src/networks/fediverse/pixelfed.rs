//! [`Pixelfed`] as one of the networks: the feed of a profile, or with a token all there is.

use futures_util::future::BoxFuture;

use super::{
    api::Server,
    fallback,
    handle::{self, Handle, Shape},
    mastodon::{no_account, token},
    software,
};
use crate::networks::{
    Answers, Candidate, Credential, Doors, Facts, Fed, Field, Input, Likeness, Link, LinkedBy, MediaRule, Network,
    Policy, PostRef, ReExport, Settings, Standing, Trouble, Visit, Visited,
    ask::Refusal,
    contract::host_of,
    pace::{Harvest, Memory},
    value::text,
};

/// Pixelfed. Strangers get the ten newest posts with one picture each; a token opens its interface.
pub struct Pixelfed;

/// Where all instances are asked instead, if the operator says so.
const BASE: &str = "pixelfed.api_base";

static FACTS: Facts = Facts {
    name: "pixelfed",
    label: "networks.pixelfed",
    hint: "networks.pixelfed.hint",
    icon: "brands:pixelfed",
    linked_by: LinkedBy::Form,
    fed: Fed::Visited,
    quota: None,
    form: &[
        Field {
            name: "address",
            label: "networks.pixelfed.address",
            hint: "networks.pixelfed.address.hint",
            input: Input::Address,
            required: true,
        },
        Field {
            name: "token",
            label: "networks.token",
            hint: "networks.pixelfed.token.hint",
            input: Input::Password,
            required: false,
        },
    ],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: 5 * 60,
    },
};

impl Network for Pixelfed {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        if handle::parse(typed).is_some() { Likeness::Perhaps } else { Likeness::No }
    }

    fn probe<'a>(&'a self, doors: &'a Doors<'a>, typed: &'a str) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Some(handle) = handle::parse(typed) else { return false };
            software::find(doors, BASE, &handle).await.as_deref() == Some("pixelfed")
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
            match server.token {
                Some(_) => server.verify(&handle.name, posts).await,
                None => fallback::verify(doors, &server.base, &feed(&server.base, &handle.name), posts).await,
            }
        })
    }
}

fn server<'a>(doors: &'a Doors<'a>, origin: &str, token: Option<&'a Credential>) -> Server<'a> {
    let base = software::base(doors, BASE, origin);
    Server { doors, base, token, only: "&only_media=1", format: "pixelfed" }
}

fn of(link: &Link) -> Result<Handle, Trouble> {
    handle::parse(&link.address).ok_or_else(no_account)
}

fn feed(base: &str, name: &str) -> String {
    format!("{base}/users/{name}.atom")
}

async fn connect(doors: &Doors<'_>, answers: &Answers) -> Result<Vec<Candidate>, Trouble> {
    let typed = answers.get("address").map(String::as_str).unwrap_or_default();
    let mut handle = handle::parse(typed).ok_or_else(no_account)?;
    let credential = token(answers);
    let mut title = name(doors, &handle, credential.as_ref()).await;
    if title.is_err()
        && handle.shape == Shape::Name
        && let Some(home) = software::home(doors, BASE, &handle).await
    {
        handle.origin = home;
        title = name(doors, &handle, credential.as_ref()).await;
    }
    let title = title.map_err(|refusal| refusal.trouble)?;
    let title = title.map(|title| crate::tools::text::line(&title, 200)).filter(|title| !title.is_empty());
    let title = title.or_else(|| Some(handle.full_name()));
    let address = format!("{}/{}", handle.origin, handle.name);
    Ok(vec![Candidate { page: Some(address.clone()), link: Link { address, credential }, title, preview: None }])
}

/// What an account calls itself.
async fn name(doors: &Doors<'_>, handle: &Handle, token: Option<&Credential>) -> Result<Option<String>, Refusal> {
    let server = server(doors, &handle.origin, token);
    if token.is_some() {
        let account = server.look_up(&handle.name).await?;
        return Ok(text(&account, "/display_name").or_else(|| text(&account, "/username")).map(str::to_owned));
    }
    let batch = fallback::read(doors, &feed(&server.base, &handle.name)).await.map_err(hidden)?;
    Ok(batch.source.title)
}

async fn fetch(doors: &Doors<'_>, link: &Link, memory: &mut Memory) -> Result<Harvest, Refusal> {
    let handle = of(link)?;
    let server = server(doors, &handle.origin, link.credential.as_ref());
    if server.token.is_some() {
        return server.list(&handle.name, memory).await;
    }
    let batch = fallback::read(doors, &feed(&server.base, &handle.name)).await.map_err(hidden)?;
    Ok(Harvest { batch, cut: None, pause: None })
}

/// A profile without a feed is missing, private, or its owner switched the feed off.
fn hidden(mut refusal: Refusal) -> Refusal {
    if refusal.status == 404 {
        refusal.trouble.key = "networks.pixelfed.no_feed";
    }
    refusal
}
