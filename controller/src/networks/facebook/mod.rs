//! Facebook: what Pages publish, by the Graph API.

mod login;
mod post;

use serde_json::Value;

use self::login::Login;
use super::{
    Class, Doors, Facts, Fed, Link, LinkedBy, MediaRule, Policy, PostRef, ReExport, Standing, Trouble,
    meta::{self, VERSION, next_cursor},
    oauth::{Listing, Memory, Profile, SignIn, Tokens, segment},
    value::{id, list},
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

static FACTS: Facts = Facts {
    name: "facebook",
    label: "networks.facebook",
    hint: "networks.facebook.hint",
    icon: "brands:facebook",
    linked_by: LinkedBy::SignIn { scopes: SCOPES },
    fed: Fed::Visited,
    quota: Some(&meta::QUOTA),
    form: &[],
    policy: Policy {
        // While its owner permits it; whoever took that back quietly is known by nothing being answered any more.
        keep_days: Some(30),
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: 15 * 60,
    },
};

impl Profile for Facebook {
    const HOSTS: &'static [&'static str] = &["facebook.com", "fb.com"];

    fn facts() -> &'static Facts {
        &FACTS
    }

    fn login(&self) -> &dyn SignIn {
        &Login
    }

    // Reads every page each time: posts come ranked, so that a known one says nothing about those behind it.
    async fn collect(
        doors: &Doors<'_>,
        link: &Link,
        _memory: &mut Memory,
        listing: &mut Listing,
    ) -> Result<(), Trouble> {
        let tokens = Tokens::of_link(link)?;
        let path = format!("/{}/{}/published_posts", version(doors), segment(&link.address));
        let mut cursor: Option<String> = None;
        loop {
            let mut parameters = vec![("fields", FIELDS), ("limit", PAGE), ("access_token", &tokens.access)];
            if let Some(cursor) = &cursor {
                parameters.push(("after", cursor));
            }
            let page = meta::get(doors, base(doors), &path, &parameters).await.map_err(meta::of_profile)?;
            for object in list(&page, "/data") {
                match id(object, "/id").filter(|_| is_withdrawn(object)) {
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

    // Looks each post up. One that is not there may also be one that we may no longer see: so the Page is asked for its posts,
    // which needs the same permission, before anything is called gone.
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
            let path = format!("/{}/{}/published_posts", version(doors), segment(&link.address));
            let question = [("fields", "id"), ("limit", "1"), ("access_token", tokens.access.as_str())];
            meta::get(doors, base(doors), &path, &question).await?;
        }
        Ok(standings)
    }
}

fn base<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("facebook.api_base", API)
}

fn version<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("facebook.version", VERSION)
}

/// Whether its owner has hidden a post, or taken it back.
fn is_withdrawn(object: &Value) -> bool {
    let says = |name: &str| object.get(name).and_then(Value::as_bool);
    says("is_hidden") == Some(true) || says("is_published") == Some(false)
}

async fn object(doors: &Doors<'_>, tokens: &Tokens, id: &str, fields: &str) -> Result<Value, Trouble> {
    let path = format!("/{}/{}", version(doors), segment(id));
    meta::get(doors, base(doors), &path, &[("fields", fields), ("access_token", &tokens.access)]).await
}
