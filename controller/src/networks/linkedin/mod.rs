//! LinkedIn: what organisations publish, by the Posts API. Off until the operator says that LinkedIn approved it.

mod api;
mod little;
mod login;
mod media;
mod post;

use serde_json::Value;

use self::{api::Api, login::Login};
use super::{
    Class, Doors, Facts, Fed, Grant, Link, LinkedBy, MediaRule, Policy, PostRef, Quota, ReExport, Span, Standing,
    Trouble, Unit,
    oauth::{Listing, Memory, Profile, SignIn, Tokens, segment},
    value::{id, list, text},
};

/// LinkedIn.
pub struct LinkedIn;

const SCOPES: &[&str] = &["r_organization_social", "r_organization_admin"];
const PAGE: usize = 50;

static FACTS: Facts = Facts {
    name: "linkedin",
    label: "networks.linkedin",
    hint: "networks.linkedin.hint",
    icon: "brands:linkedin",
    linked_by: LinkedBy::SignIn { scopes: SCOPES },
    fed: Fed::Visited,
    quota: Some(&QUOTA),
    form: &[],
    policy: Policy {
        keep_days: Some(42),
        media: MediaRule::WhileKept,
        re_export: ReExport::No,
        verify_hours: Some(24),
        // Its quota is counted per day, and nobody but the operator knows it.
        minimum_secs: 30 * 60,
    },
};

/// Counted per day in Greenwich; how many, only the operator knows (from the developer portal).
static QUOTA: Quota = Quota {
    grants: &[Grant { name: "requests", unit: Unit::Requests, units: None, span: Span::Day("UTC"), per_visit: 2 }],
};

impl Profile for LinkedIn {
    const HOSTS: &'static [&'static str] = &["linkedin.com"];

    fn facts() -> &'static Facts {
        &FACTS
    }

    fn login(&self) -> &dyn SignIn {
        &Login
    }

    // Reads what was changed since the last visit, newest change first; once a day everything.
    async fn collect(
        doors: &Doors<'_>,
        link: &Link,
        memory: &mut Memory,
        listing: &mut Listing,
    ) -> Result<(), Trouble> {
        let tokens = Tokens::of_link(link)?;
        let api = Api { doors, tokens: &tokens };
        let all = memory.wants_all(doors.now);
        let known: i64 = memory.newest.as_deref().and_then(|millis| millis.parse().ok()).unwrap_or_default();
        let (mut newest, mut start) = (known, 0);
        let author = segment(&link.address);
        loop {
            let query =
                format!("author={author}&q=author&count={PAGE}&start={start}&sortBy=LAST_MODIFIED&viewContext=READER");
            let page = api.get("/rest/posts", &query, Some("FINDER")).await.map_err(of_profile)?;
            let elements = list(&page, "/elements");
            let changed_at =
                |element: &Value| element.get("lastModifiedAt").and_then(Value::as_i64).unwrap_or(i64::MAX);
            let fresh: Vec<_> = elements.iter().filter(|element| all || changed_at(element) > known).collect();
            newest = elements.iter().map(changed_at).filter(|at| *at < i64::MAX).fold(newest, i64::max);
            let found = media::resolve(&api, &fresh).await?;
            for element in &fresh {
                match id(element, "/id").filter(|_| !post::is_public(element, &link.address)) {
                    Some(id) => listing.withdraw(id),
                    None => listing.take(post::read(element, &found)),
                }
            }
            start += elements.len();
            let more = page
                .get("paging")
                .is_some_and(|paging| list(paging, "/links").iter().any(|l| text(l, "/rel") == Some("next")));
            let next =
                Some(start.to_string()).filter(|_| more && !elements.is_empty() && fresh.len() == elements.len());
            if listing.turn(next).is_none() {
                memory.newest = Some(newest.to_string());
                memory.whole_at = if all { doors.now } else { memory.whole_at };
                return Ok(());
            }
        }
    }

    // Looks each post up: 404 is gone, and so is what is no longer public.
    async fn verify(doors: &Doors<'_>, link: &Link, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let tokens = Tokens::of_link(link)?;
        let api = Api { doors, tokens: &tokens };
        let mut standings = Vec::with_capacity(posts.len());
        for post in posts {
            let path = format!("/rest/posts/{}", segment(&post.remote_id));
            standings.push(match api.get(&path, "viewContext=READER", None).await {
                Ok(element) if post::is_public(&element, &link.address) => Standing::Stands,
                Ok(_) => Standing::Gone,
                Err(trouble) => match trouble.class {
                    Class::Gone => Standing::Gone,
                    Class::ReauthRequired | Class::RateLimited { .. } | Class::PermissionMissing { .. } => {
                        return Err(trouble);
                    }
                    _ => Standing::Unknown,
                },
            });
        }
        Ok(standings)
    }
}

/// A listing that is not there means that the organisation is not, or not for us.
fn of_profile(trouble: Trouble) -> Trouble {
    if trouble.class == Class::Gone { Trouble { class: Class::ReauthRequired, ..trouble } } else { trouble }
}
