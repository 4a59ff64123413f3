//! [`YouTube`] as one of the networks: its form, its rules, and the questions.

use futures_util::future::BoxFuture;

use super::{
    address::{self, Place},
    api::{self, Api},
    channel_feed,
};
use crate::{
    networks::{
        Answers, Candidate, Class, Doors, Facts, Fed, Field, Grant, Input, Likeness, Link, LinkedBy, MediaRule,
        Network, Policy, PostRef, Quota, ReExport, Settings, Standing, Trouble, Unit, Visit, Visited,
        ask::Refusal,
        contract::host_of,
        pace::{Harvest, Memory},
    },
    tools::text::line,
};

/// Channels and playlists of YouTube.
pub struct YouTube;

static FACTS: Facts = Facts {
    name: "youtube",
    label: "networks.youtube",
    hint: "networks.youtube.hint",
    icon: "brands:youtube",
    linked_by: LinkedBy::Form,
    fed: Fed::Visited,
    quota: Some(&QUOTA),
    form: &[Field {
        name: "address",
        label: "networks.youtube.address",
        hint: "networks.youtube.address.hint",
        input: Input::Address,
        required: true,
    }],
    // Developer Policies III.E: 30 days, then deleted or fetched anew; films are never stored.
    policy: Policy {
        keep_days: Some(30),
        media: MediaRule::PreviewOnly,
        re_export: ReExport::LinkOnly,
        verify_hours: Some(24),
        minimum_secs: 15 * 60,
    },
};

/// A question costs one unit, whatever it is. Most visits ask one; once a day all pages are read and films looked up.
static QUOTA: Quota = Quota {
    grants: &[Grant { name: "units", unit: Unit::Requests, units: Some(10_000), span: api::DAY, per_visit: 2 }],
};

impl Network for YouTube {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    // Feeds cost nothing.
    fn quota(&self, settings: &Settings) -> Option<&'static Quota> {
        settings.keys.contains_key(FACTS.name).then_some(&QUOTA)
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        if address::parse(typed).is_some() { Likeness::Surely } else { Likeness::No }
    }

    fn host(&self, settings: &Settings, _link: &Link) -> Option<String> {
        host(settings)
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
            match api(doors) {
                Some(api) => api.verify(posts).await,
                None => {
                    let place = address::parse(&link.address).ok_or_else(no_account)?;
                    channel_feed::verify(doors, &place, posts).await
                }
            }
        })
    }
}

/// The interface, where the operator has a key.
fn api<'a>(doors: &'a Doors<'a>) -> Option<Api<'a>> {
    doors.settings.keys.get(FACTS.name).map(|key| Api { doors, key })
}

/// The host that is asked.
pub(super) fn host(settings: &Settings) -> Option<String> {
    let with_key = settings.keys.contains_key(FACTS.name);
    host_of(if with_key { api::base(settings) } else { channel_feed::base(settings) })
}

fn no_account() -> Trouble {
    Trouble::new(Class::BadRequest, "networks.error.no_account", "no channel")
}

async fn connect(doors: &Doors<'_>, answers: &Answers) -> Result<Vec<Candidate>, Trouble> {
    let typed = answers.get("address").map(String::as_str).unwrap_or_default();
    // Who has chosen YouTube by hand may type the name alone.
    let name = typed.trim().strip_prefix('@').filter(|name| !name.is_empty() && !name.contains(['@', '/']));
    let place = address::parse(typed).or_else(|| name.map(|name| Place::Page(format!("@{name}"))));
    let place = place.ok_or_else(no_account)?;
    let (place, title) = find(doors, place).await.map_err(|refusal| refusal.trouble)?;
    let address = place.address();
    let title = title.map(|title| line(&title, 200)).filter(|title| !title.is_empty());
    Ok(vec![Candidate { page: Some(address.clone()), link: Link { address, credential: None }, title, preview: None }])
}

/// Finds out which channel is meant and what it calls itself.
async fn find(doors: &Doors<'_>, place: Place) -> Result<(Place, Option<String>), Refusal> {
    let key = api(doors);
    let place = match place {
        // The interface knows no custom names (`/c/name`).
        Place::Page(page) if key.is_none() || page.starts_with("c/") => {
            channel_feed::find_channel(doors, &page).await?
        }
        known => known,
    };
    if let Some(api) = key {
        return api.channel(&place).await;
    }
    let batch = channel_feed::read(doors, &place).await?;
    Ok((place, batch.source.title))
}

async fn fetch(doors: &Doors<'_>, link: &Link, memory: &mut Memory) -> Result<Harvest, Refusal> {
    let place = address::parse(&link.address).ok_or_else(no_account)?;
    match api(doors) {
        Some(api) => api.list(&place, memory).await,
        None => Ok(Harvest { batch: channel_feed::read(doors, &place).await?, cut: None, pause: None }),
    }
}
