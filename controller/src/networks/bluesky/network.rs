//! [`Bluesky`] as one of the networks: its form, its rules, and the questions.

use futures_util::future::BoxFuture;

use super::{actor, api, post};
use crate::{
    networks::{
        Answers, Candidate, Class, Doors, Facts, Fed, Field, Input, Likeness, Link, LinkedBy, MediaRule, Network,
        Policy, PostRef, ReExport, Settings, Standing, Trouble, Visit, Visited, contract::host_of, pace::Memory,
        value::text,
    },
    tools::text::line,
};

/// Bluesky, and accounts that live elsewhere in the AT Protocol.
pub struct Bluesky;

static FACTS: Facts = Facts {
    name: "bluesky",
    label: "networks.bluesky",
    hint: "networks.bluesky.hint",
    icon: "brands:bluesky",
    linked_by: LinkedBy::Form,
    fed: Fed::Visited,
    quota: None,
    form: &[Field {
        name: "address",
        label: "networks.bluesky.address",
        hint: "networks.bluesky.address.hint",
        input: Input::Address,
        required: true,
    }],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: 60,
    },
};

impl Network for Bluesky {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        actor::parse(typed).map_or(Likeness::No, |(_, likeness)| likeness)
    }

    fn probe<'a>(&'a self, doors: &'a Doors<'a>, typed: &'a str) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let Some((handle, _)) = actor::parse(typed) else { return false };
            api::resolve(doors, &handle).await.is_ok()
        })
    }

    fn host(&self, settings: &Settings, _link: &Link) -> Option<String> {
        host_of(api::base(settings))
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
            let harvest = match did(visit.link) {
                Ok(did) => api::list_posts(doors, &did, &mut memory).await,
                Err(trouble) => Err(trouble.into()),
            };
            memory.end(doors, visit, harvest)
        })
    }

    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        Box::pin(async move { api::verify(doors, &did(link)?, posts).await })
    }
}

fn no_account() -> Trouble {
    Trouble::new(Class::BadRequest, "networks.error.no_account", "no name of an account")
}

/// The DID of a linked account.
fn did(link: &Link) -> Result<String, Trouble> {
    actor::parse(&link.address).map(|(did, _)| did).filter(|did| actor::is_did(did)).ok_or_else(no_account)
}

async fn connect(doors: &Doors<'_>, answers: &Answers) -> Result<Vec<Candidate>, Trouble> {
    let typed = answers.get("address").map(String::as_str).unwrap_or_default();
    let (actor, _) = actor::parse(typed).ok_or_else(no_account)?;
    let did = if actor::is_did(&actor) {
        actor
    } else {
        api::resolve(doors, &actor).await.map_err(|refusal| refusal.trouble)?
    };
    let profile = api::profile(doors, &did).await.map_err(|refusal| refusal.trouble)?;
    if post::opted_out(&profile) {
        let class = Class::PermissionMissing { scope: None };
        return Err(Trouble::new(class, "networks.problem.opted_out", "the account opted out"));
    }
    let title = text(&profile, "/displayName").or_else(|| text(&profile, "/handle")).map(|title| line(title, 200));
    let address = actor::address(&did);
    let page = Some(text(&profile, "/handle").map_or_else(|| address.clone(), actor::address));
    Ok(vec![Candidate { link: Link { address, credential: None }, title, page, preview: None }])
}
