//! Facebook: what Pages publish, by the Graph API.

mod login;
mod post;

use futures_util::future::BoxFuture;
use serde_json::Value;

use self::login::Login;
use super::{
    Class, Doors, Facts, Likeness, Link, LinkedBy, MediaRule, Network, Policy, PostRef, ReExport, Settings, Standing,
    Trouble, Visit, Visited,
    meta::{self, VERSION, next_cursor},
    oauth::{self, Listing, Memory, SignIn, Tokens, id, list, segment},
};

/// Facebook Pages.
pub struct Facebook;

const API: &str = "https://graph.facebook.com";
const SCOPES: &[&str] = &["pages_show_list", "pages_read_engagement", "pages_read_user_content"];
const FIELDS: &str = "id,message,story,created_time,updated_time,permalink_url,full_picture,status_type,is_published,\
                      is_hidden,from{id,name},message_tags,attachments{media_type,type,url,unshimmed_url,title,\
                      description,media{image{src,height,width},source},target{id,url},subattachments{media_type,type,\
                      url,media{image{src,height,width},source},target{id,url}}}";
/// Most that one page holds; more is an error.
const PAGE: &str = "100";
/// A small Page has a small budget.
const MINIMUM_SECS: i64 = 15 * 60;

static FACTS: Facts = Facts {
    name: "facebook",
    label: "networks.facebook",
    hint: "networks.facebook.hint",
    icon: "brands:facebook",
    linked_by: LinkedBy::SignIn { scopes: SCOPES },
    form: &[],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: MINIMUM_SECS,
    },
};

impl Network for Facebook {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        oauth::at_host(typed, &["facebook.com", "fb.com"])
    }

    fn fetch<'a>(&'a self, doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited> {
        Box::pin(async move {
            let memory = Memory::read(visit);
            let mut listing = Listing::default();
            let trouble = collect(doors, visit.link, &mut listing).await.err();
            memory.finish(doors, visit, MINIMUM_SECS, listing, trouble)
        })
    }

    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        Box::pin(verify(doors, link, posts))
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(&Login)
    }
}

fn base<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("facebook.api_base", API)
}

fn version<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("facebook.version", VERSION)
}

/// Reads every page each time: posts come ranked, so that a known one says nothing about those behind it.
async fn collect(doors: &Doors<'_>, link: &Link, listing: &mut Listing) -> Result<(), Trouble> {
    let tokens = Tokens::of_link(link)?;
    let path = format!("/{}/{}/published_posts", version(doors), segment(&link.address));
    let mut cursor: Option<String> = None;
    loop {
        let mut parameters = vec![("fields", FIELDS), ("limit", PAGE), ("access_token", &tokens.access)];
        if let Some(cursor) = &cursor {
            parameters.push(("after", cursor));
        }
        let page = meta::get(doors, base(doors), &path, &parameters).await.map_err(of_page)?;
        for object in list(&page, "data") {
            match id(object, "id").filter(|_| is_withdrawn(object)) {
                Some(id) => listing.withdraw(id),
                None => listing.take(post::read(object)),
            }
            if let Some(name) = post::author(object, &link.address) {
                listing.title.get_or_insert_with(|| name.to_owned());
            }
        }
        cursor = listing.turn(next_cursor(&page));
        if cursor.is_none() {
            return Ok(());
        }
    }
}

/// Whether its owner has hidden a post, or taken it back.
fn is_withdrawn(object: &Value) -> bool {
    let says = |name: &str| object.get(name).and_then(Value::as_bool);
    says("is_hidden") == Some(true) || says("is_published") == Some(false)
}

/// What a listing has none of is the Page itself: its owner has to look.
fn of_page(trouble: Trouble) -> Trouble {
    if meta::is_missing(&trouble) { Trouble { class: Class::ReauthRequired, ..trouble } } else { trouble }
}

/// Looks each post up. One that is not there may also be one that we may no longer see: so the Page is asked for before
/// anything is called gone.
async fn verify(doors: &Doors<'_>, link: &Link, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
    let tokens = Tokens::of_link(link)?;
    let mut standings = Vec::with_capacity(posts.len());
    for post in posts {
        standings.push(match object(doors, &tokens, &post.remote_id, "id,is_published,is_hidden").await {
            Ok(object) if is_withdrawn(&object) => Standing::Gone,
            Ok(_) => Standing::Stands,
            Err(trouble) => match trouble.class {
                Class::Gone | Class::PermissionMissing { .. } => Standing::Gone,
                Class::ReauthRequired | Class::RateLimited { .. } => return Err(trouble),
                _ => Standing::Unknown,
            },
        });
    }
    if standings.contains(&Standing::Gone) {
        object(doors, &tokens, &link.address, "id").await?;
    }
    Ok(standings)
}

async fn object(doors: &Doors<'_>, tokens: &Tokens, id: &str, fields: &str) -> Result<Value, Trouble> {
    let path = format!("/{}/{}", version(doors), segment(id));
    meta::get(doors, base(doors), &path, &[("fields", fields), ("access_token", &tokens.access)]).await
}
