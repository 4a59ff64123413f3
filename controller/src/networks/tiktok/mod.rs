//! TikTok: the public films of an account, each as its cover, its words and its link, by the Display API.

mod login;
mod post;

use reqwest::{Method, header::AUTHORIZATION};
use serde_json::{Value, json};

use self::login::Login;
use super::{
    Class, Doors, Facts, Fed, Grant, Link, LinkedBy, MediaRule, Policy, PostRef, Quota, ReExport, Span, Standing,
    Trouble, Unit,
    oauth::{Listing, Memory, Profile, Reply, SignIn, Tokens, ask},
    value::{id, list, text},
};

/// TikTok.
pub struct TikTok;

const API: &str = "https://open.tiktokapis.com";
const SCOPES: &[&str] = &["user.info.basic", "video.list"];
const FIELDS: &str = "id,create_time,cover_image_url,share_url,video_description,duration,height,width,title,embed_html,\
                      embed_link,like_count,comment_count,share_count,view_count,is_aigc";
/// Most that one page or one look-up holds.
const PAGE: usize = 20;

static FACTS: Facts = Facts {
    name: "tiktok",
    label: "networks.tiktok",
    hint: "networks.tiktok.hint",
    icon: "brands:tiktok",
    linked_by: LinkedBy::SignIn { scopes: SCOPES },
    fed: Fed::Visited,
    quota: Some(&QUOTA),
    form: &[],
    policy: Policy {
        // While its owner permits it; whoever took that back quietly is known by nothing being answered any more.
        keep_days: Some(30),
        media: MediaRule::PreviewOnly,
        re_export: ReExport::LinkOnly,
        verify_hours: Some(24),
        minimum_secs: 60,
    },
};

/// Of each endpoint; a visit asks one.
static QUOTA: Quota = Quota {
    grants: &[Grant { name: "requests", unit: Unit::Requests, units: Some(600), span: Span::Secs(60), per_visit: 1 }],
};

impl Profile for TikTok {
    const HOSTS: &'static [&'static str] = &["tiktok.com"];

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
        let all = memory.wants_all(doors.now);
        let mut cursor: Option<String> = None;
        loop {
            let mut body = json!({"max_count": PAGE});
            if let Some(millis) = cursor.as_deref().and_then(|cursor| cursor.parse::<i64>().ok()) {
                body["cursor"] = json!(millis);
            }
            let page = post_json(doors, &tokens, "/v2/video/list/", &body).await?;
            list(&page, "/videos").iter().for_each(|object| listing.take(post::read(object)));
            let more = page.get("has_more").and_then(Value::as_bool).unwrap_or_default();
            cursor = listing.turn(id(&page, "/cursor").filter(|_| more));
            if cursor.is_none() || !all {
                memory.whole_at = if all { doors.now } else { memory.whole_at };
                return Ok(());
            }
        }
    }

    // Asks for twenty at a time: what is not named in the answer is gone.
    async fn verify(doors: &Doors<'_>, link: &Link, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let tokens = Tokens::of_link(link)?;
        let mut standings = Vec::with_capacity(posts.len());
        for posts in posts.chunks(PAGE) {
            let ids: Vec<_> = posts.iter().map(|post| post.remote_id.as_str()).collect();
            let answer = post_json(doors, &tokens, "/v2/video/query/", &json!({"filters": {"video_ids": ids}})).await?;
            let Some(videos) = answer.get("videos").and_then(Value::as_array) else {
                standings.extend(posts.iter().map(|_| Standing::Unknown));
                continue;
            };
            let there: Vec<_> = videos.iter().filter_map(|video| id(video, "/id")).collect();
            let standing =
                |post: &PostRef| if there.contains(&post.remote_id) { Standing::Stands } else { Standing::Gone };
            standings.extend(posts.iter().map(standing));
        }
        Ok(standings)
    }
}

fn base<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("tiktok.api_base", API)
}

async fn post_json(doors: &Doors<'_>, tokens: &Tokens, path: &str, body: &Value) -> Result<Value, Trouble> {
    let address = format!("{}{path}?fields={FIELDS}", base(doors));
    let request =
        doors.http.request(Method::POST, &address).header(AUTHORIZATION, &format!("Bearer {}", tokens.access));
    doors.meter.asked();
    let reply = ask(doors, request.body("application/json", body.to_string().into_bytes())).await?;
    let answer = read(&reply);
    if let Err(Trouble { class: Class::RateLimited { until }, .. }) = &answer {
        doors.meter.rest(*until);
    }
    answer
}

/// Takes what an answer holds; success is what says `ok` of itself.
fn read(reply: &Reply) -> Result<Value, Trouble> {
    let error = reply.body.get("error");
    let code = error.and_then(|error| text(error, "/code")).unwrap_or_default();
    let detail = format!("error {}, status {}", crate::tools::text::line(code, 60), reply.status);
    match code {
        "ok" if reply.is_good() => Ok(reply.body.get("data").cloned().unwrap_or_default()),
        "access_token_invalid" => Err(Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail)),
        "scope_not_authorized" | "scope_permission_missed" => Err(Trouble::new(
            Class::PermissionMissing { scope: Some("video.list") },
            "sources.error.permission",
            detail,
        )),
        "rate_limit_exceeded" => {
            let until = reply.retry_at;
            Err(Trouble::new(Class::RateLimited { until }, "sources.error.rate_limited", detail))
        }
        "internal_error" => Err(Trouble::new(Class::Transient, "sources.error.network_down", detail)),
        "invalid_params" => {
            let trouble = Trouble::new(Class::BadRequest, "sources.error.refused_request", detail);
            Err(trouble.with("status", reply.status.to_string()))
        }
        _ => Err(reply.by_status()),
    }
}
