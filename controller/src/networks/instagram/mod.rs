//! Instagram: posts of professional accounts, by the API with Instagram Login.

mod login;
mod post;

use self::login::Login;
use super::{
    Class, Doors, Facts, Fed, Link, LinkedBy, MediaRule, Policy, PostRef, ReExport, Standing, Trouble,
    meta::{self, VERSION, next_cursor},
    oauth::{Listing, Memory, Profile, SignIn, Tokens},
    value::{list, text},
};

/// Instagram.
pub struct Instagram;

const API: &str = "https://graph.instagram.com";
const FIELDS: &str = "id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,shortcode,timestamp,\
                      username,alt_text,children{id,media_type,media_url,thumbnail_url,alt_text}";
const PAGE: &str = "25";

static FACTS: Facts = Facts {
    name: "instagram",
    label: "networks.instagram",
    hint: "networks.instagram.hint",
    icon: "brands:instagram",
    linked_by: LinkedBy::SignIn { scopes: &["instagram_business_basic"] },
    fed: Fed::Visited,
    quota: Some(&meta::QUOTA),
    form: &[],
    policy: Policy {
        // While its owner permits it; whoever took that back quietly is known by nothing being answered any more.
        keep_days: Some(30),
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: Some(24),
        minimum_secs: 60,
    },
};

impl Profile for Instagram {
    const HOSTS: &'static [&'static str] = &["instagram.com"];

    fn facts() -> &'static Facts {
        &FACTS
    }

    fn login(&self) -> &dyn SignIn {
        &Login
    }

    async fn collect(
        doors: &Doors<'_>,
        link: &Link,
        memory: &mut Memory,
        listing: &mut Listing,
    ) -> Result<(), Trouble> {
        let tokens = Tokens::of_link(link)?;
        let path = format!("/{}/me/media", version(doors));
        let all = memory.wants_all(doors.now);
        let mut cursor: Option<String> = None;
        loop {
            let mut parameters = vec![("fields", FIELDS), ("limit", PAGE), ("access_token", &tokens.access)];
            if let Some(cursor) = &cursor {
                parameters.push(("after", cursor));
            }
            let page = meta::get(doors, base(doors), &path, &parameters).await.map_err(meta::of_profile)?;
            for object in list(&page, "/data") {
                if listing.title.is_none() {
                    listing.title = text(object, "/username").map(|name| format!("@{name}"));
                }
                listing.take(post::read(object));
            }
            cursor = listing.turn(next_cursor(&page));
            if cursor.is_none() {
                memory.whole_at = if all { doors.now } else { memory.whole_at };
                return Ok(());
            }
            if !all {
                return Ok(());
            }
        }
    }

    // Looks each post up. An object that is not there may also be one that we may no longer see: so the profile is asked
    // for before anything is called gone.
    async fn verify(doors: &Doors<'_>, link: &Link, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let tokens = Tokens::of_link(link)?;
        let parameters = [("fields", "id"), ("access_token", tokens.access.as_str())];
        let mut standings = Vec::with_capacity(posts.len());
        for post in posts {
            let path = format!("/{}/{}", version(doors), super::oauth::segment(&post.remote_id));
            standings.push(match meta::get(doors, base(doors), &path, &parameters).await {
                Ok(_) => Standing::Stands,
                Err(trouble) if meta::is_missing(&trouble) => Standing::Gone,
                Err(trouble) if matches!(trouble.class, Class::ReauthRequired | Class::RateLimited { .. }) => {
                    return Err(trouble);
                }
                Err(_) => Standing::Unknown,
            });
        }
        if standings.contains(&Standing::Gone) {
            meta::get(doors, base(doors), &format!("/{}/me", version(doors)), &parameters).await?;
        }
        Ok(standings)
    }
}

fn base<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("instagram.api_base", API)
}

fn version<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("instagram.version", VERSION)
}
