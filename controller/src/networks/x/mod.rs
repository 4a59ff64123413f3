//! X: what an account posts itself, by the API v2. Each post that is read costs its operator money.

mod login;
mod post;
mod words;

use std::collections::HashSet;

use reqwest::header::AUTHORIZATION;
use serde_json::Value;

use self::login::Login;
use super::{
    Class, Doors, Facts, Fed, Grant, Link, LinkedBy, MediaRule, Policy, PostRef, Quota, ReExport, Span, Standing,
    Trouble, Unit,
    oauth::{Listing, Memory, Profile, Reply, SignIn, Tokens, address, ask, segment},
    value::{id, list, text},
};

/// X.
pub struct X;

const API: &str = "https://api.x.com";
const SCOPES: &[&str] = &["tweet.read", "users.read", "offline.access"];
/// Most that one page or one look-up holds.
const PAGE: usize = 100;
const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;
/// The two spellings of its fields, between which it is changing over.
const SPELLINGS: [&str; 2] = ["tweet.fields", "post.fields"];

static FACTS: Facts = Facts {
    name: "x",
    label: "networks.x",
    hint: "networks.x.hint",
    icon: "brands:x-twitter",
    linked_by: LinkedBy::SignIn { scopes: SCOPES },
    fed: Fed::Visited,
    quota: Some(&QUOTA),
    form: &[],
    policy: Policy {
        // What cannot be looked up any more must not stay: nobody knows whether it still stands.
        keep_days: Some(7),
        media: MediaRule::WhileKept,
        re_export: ReExport::IdOnly,
        verify_hours: Some(24),
        minimum_secs: 60,
    },
};

/// Requests of all users together, and posts that are handed out: an operator who pays for fewer sets that.
static QUOTA: Quota = Quota {
    grants: &[
        Grant {
            name: "requests",
            unit: Unit::Requests,
            units: Some(APP_REQUESTS),
            span: Span::Secs(900),
            per_visit: 1,
        },
        Grant { name: "posts", unit: Unit::Posts, units: Some(3_000_000), span: Span::Month, per_visit: 1 },
    ],
};
/// What one window grants to the instance; what it grants to a single user is less.
const APP_REQUESTS: i64 = 10_000;

impl Profile for X {
    const HOSTS: &'static [&'static str] = &["x.com", "twitter.com"];

    fn facts() -> &'static Facts {
        &FACTS
    }

    fn login(&self) -> &dyn SignIn {
        &Login
    }

    // Asks for what came since the newest post: an account that says nothing costs nothing. Edits have new ids, and so
    // come too.
    async fn collect(
        doors: &Doors<'_>,
        link: &Link,
        memory: &mut Memory,
        listing: &mut Listing,
    ) -> Result<(), Trouble> {
        let tokens = Tokens::of_link(link)?;
        let set = doors.settings.base("x.fields_param", SPELLINGS[0]);
        let mut spelling = memory.spelling.clone().unwrap_or_else(|| set.to_owned());
        let since = memory.newest.clone();
        let mut newest = None;
        let mut cursor: Option<String> = None;
        loop {
            let page = match page(doors, link, &tokens, memory, &spelling, since.as_deref(), cursor.as_deref()).await {
                Err(trouble) if trouble.class == Class::BadRequest && memory.spelling.is_none() && cursor.is_none() => {
                    let other = other(&spelling);
                    let page =
                        page(doors, link, &tokens, memory, other, since.as_deref(), None).await.map_err(|_| trouble)?;
                    memory.spelling = Some(other.to_owned());
                    other.clone_into(&mut spelling);
                    page
                }
                page => page?,
            };
            if let Some(user) = page.get("includes").and_then(|includes| {
                list(includes, "/users").iter().find(|u| id(u, "/id").as_deref() == Some(&link.address))
            }) {
                memory.name = text(user, "/username").map(str::to_owned).or(memory.name.take());
            }
            if newest.is_none() {
                newest = page.get("meta").and_then(|meta| id(meta, "/newest_id"));
            }
            let includes = page.get("includes").cloned().unwrap_or_default();
            for object in list(&page, "/data") {
                listing.take(post::read(object, &includes, memory.name.as_deref()));
            }
            let next = page.get("meta").and_then(|meta| text(meta, "/next_token")).map(str::to_owned);
            // The first time one page is enough: everything that is read is paid for.
            cursor = listing.turn(next.filter(|_| since.is_some()));
            if cursor.is_none() {
                memory.newest = newest.or(since);
                listing.title = memory.name.as_ref().map(|name| format!("@{name}"));
                return Ok(());
            }
        }
    }

    // Asks for a hundred at a time. What is not there, or may no longer be seen (protected, suspended), is gone.
    async fn verify(doors: &Doors<'_>, link: &Link, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let tokens = Tokens::of_link(link)?;
        let mut spelling = doors.settings.base("x.fields_param", SPELLINGS[0]);
        let mut standings = Vec::with_capacity(posts.len());
        for posts in posts.chunks(PAGE) {
            let ids = posts.iter().map(|post| post.remote_id.as_str()).collect::<Vec<_>>().join(",");
            let answer = match look_up(doors, &tokens, &ids, spelling).await {
                Err(trouble) if trouble.class == Class::BadRequest => {
                    spelling = other(spelling);
                    look_up(doors, &tokens, &ids, spelling).await.map_err(|_| trouble)?
                }
                answer => answer?,
            };
            let is_there = |object: &&Value| object.get("withheld").is_none();
            let there: HashSet<_> =
                list(&answer, "/data").iter().filter(is_there).filter_map(|object| id(object, "/id")).collect();
            let withheld: HashSet<_> = list(&answer, "/data")
                .iter()
                .filter(|object| !is_there(object))
                .filter_map(|object| id(object, "/id"))
                .collect();
            let is_gone = |error: &&Value| {
                matches!(
                    problem(error).as_deref(),
                    Some("resource-not-found" | "resource-unavailable" | "not-authorized-for-resource")
                )
            };
            let name = |error: &Value| id(error, "/resource_id").or_else(|| id(error, "/value"));
            let gone: HashSet<_> = list(&answer, "/errors").iter().filter(is_gone).filter_map(name).collect();
            standings.extend(posts.iter().map(|post| {
                if there.contains(&post.remote_id) {
                    Standing::Stands
                } else if gone.contains(&post.remote_id) || withheld.contains(&post.remote_id) {
                    Standing::Gone
                } else {
                    Standing::Unknown
                }
            }));
        }
        Ok(standings)
    }
}

/// The spelling that one is not.
fn other(spelling: &str) -> &'static str {
    SPELLINGS[usize::from(spelling == SPELLINGS[0])]
}

async fn look_up(doors: &Doors<'_>, tokens: &Tokens, ids: &str, spelling: &str) -> Result<Value, Trouble> {
    get(doors, tokens, "/2/tweets", &[("ids", ids), (spelling, "withheld")]).await
}

fn base<'a>(doors: &'a Doors<'_>) -> &'a str {
    doors.settings.base("x.api_base", API)
}

async fn get(doors: &Doors<'_>, tokens: &Tokens, path: &str, parameters: &[(&str, &str)]) -> Result<Value, Trouble> {
    let address = address(base(doors), path, parameters)
        .ok_or_else(|| Trouble::new(Class::BadRequest, "sources.error.bad_base", "the base address cannot be read"))?;
    let request = doors.http.get(address.as_str()).header(AUTHORIZATION, &format!("Bearer {}", tokens.access));
    doors.meter.asked();
    let reply = ask(doors, request).await?;
    heed(doors, &reply);
    let body = read(reply, doors.now)?;
    doors.meter.read(list(&body, "/data").len());
    Ok(body)
}

/// Leaves X alone with all sources where an answer says that the instance has used up what it is granted. The limits of
/// a single user, which the same headers tell of, are that user's own.
fn heed(doors: &Doors<'_>, reply: &Reply) {
    let number = |name| reply.header(name).and_then(|number| number.parse::<i64>().ok());
    let of_user = number("x-rate-limit-limit").is_some_and(|limit| limit < APP_REQUESTS);
    let first = list(&reply.body, "/errors").first().unwrap_or(&reply.body);
    let kind = problem(&reply.body).or_else(|| problem(first)).unwrap_or_default();
    let reset = |name| number(name).map(|secs| secs.saturating_mul(1_000).min(doors.now + 7 * DAY_MILLIS));
    let until = if reply.status == 402 || matches!(kind.as_str(), "usage-capped" | "client-forbidden") {
        Some(doors.now + DAY_MILLIS)
    } else if number("x-app-limit-24hour-remaining") == Some(0) {
        reset("x-app-limit-24hour-reset")
    } else if !of_user && (reply.status == 429 || number("x-rate-limit-remaining") == Some(0)) {
        reset("x-rate-limit-reset").or(Some(reply.retry_at))
    } else {
        None
    };
    if let Some(until) = until {
        doors.meter.rest(until);
    }
}

/// Takes what an answer holds. Errors beside data are about single posts; only alone they are about the question.
fn read(reply: Reply, now: i64) -> Result<Value, Trouble> {
    let holds = ["data", "meta", "includes"].iter().any(|name| reply.body.get(name).is_some());
    if reply.is_good() && (holds || reply.body.get("errors").is_some()) {
        return Ok(reply.body);
    }
    let first = list(&reply.body, "/errors").first().unwrap_or(&reply.body);
    let kind = problem(&reply.body).or_else(|| problem(first)).unwrap_or_default();
    let legacy = first.get("code").and_then(Value::as_i64).unwrap_or_default();
    let detail = format!("problem {}/{legacy}, status {}", crate::tools::text::line(&kind, 60), reply.status);
    let tomorrow = Class::RateLimited { until: now + DAY_MILLIS };
    Err(match (kind.as_str(), reply.status, legacy) {
        // What was paid for is used up, or the app may not do this: somebody has to act, and that takes a while.
        ("usage-capped" | "client-forbidden", ..) | (_, 402, _) => {
            Trouble::new(tomorrow, "sources.error.credits", detail)
        }
        ("rate-limit-exceeded", ..) | (_, 429, _) | (_, _, 88) => {
            let reset = reply.header("x-rate-limit-reset").and_then(|secs| secs.parse::<i64>().ok());
            let until = reset.map_or(reply.retry_at, |secs| secs.saturating_mul(1_000)).min(now + 7 * DAY_MILLIS);
            Trouble::new(Class::RateLimited { until }, "sources.error.rate_limited", detail)
        }
        (_, 401, _) | (_, _, 89) => Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail),
        ("invalid-request", ..) => Trouble::new(Class::BadRequest, "sources.error.refused_request", detail)
            .with("status", reply.status.to_string()),
        ("internal-error", ..) => Trouble::new(Class::Transient, "sources.error.network_down", detail),
        _ => reply.by_status(),
    })
}

/// The last part of the address that names a problem: `resource-not-found`.
fn problem(object: &Value) -> Option<String> {
    let name = text(object, "/type")?.rsplit('/').next()?;
    (name != "about:blank").then(|| name.to_owned())
}

async fn page(
    doors: &Doors<'_>,
    link: &Link,
    tokens: &Tokens,
    memory: &Memory,
    spelling: &str,
    since: Option<&str>,
    cursor: Option<&str>,
) -> Result<Value, Trouble> {
    // With the other spelling all names in it change.
    let word = |text: &str| if spelling == SPELLINGS[0] { text.to_owned() } else { text.replace("tweet", "post") };
    let fields = word(
        "created_at,author_id,entities,attachments,lang,possibly_sensitive,referenced_tweets,note_tweet,\
         edit_history_tweet_ids,edit_controls,withheld",
    );
    let mut expansions = word("attachments.media_keys,attachments.poll_ids,referenced_tweets.id");
    if memory.name.is_none() {
        // A user that is read is paid for too: so only until we know the name.
        expansions.push_str(",author_id");
    }
    let most = PAGE.to_string();
    let mut parameters = vec![
        ("max_results", most.as_str()),
        ("exclude", "replies,retweets"),
        (spelling, fields.as_str()),
        ("expansions", expansions.as_str()),
        // In two pieces, because no text for people is meant.
        (
            concat!("media", ".fields"),
            "media_key,type,url,preview_image_url,alt_text,width,height,duration_ms,variants",
        ),
        ("poll.fields", "id,options"),
        ("user.fields", "name,username,profile_image_url,verified"),
    ];
    parameters.extend(since.map(|id| ("since_id", id)));
    parameters.extend(cursor.map(|token| ("pagination_token", token)));
    get(doors, tokens, &format!("/2/users/{}/tweets", segment(&link.address)), &parameters).await
}
