//! The public view: profiles, feeds of accounts, single posts.

use serde_json::Value;

use super::post::{self, Kept};
use crate::networks::{
    Batch, Class, Doors, PostRef, SourceFacts, Standing, Trouble,
    ask::{self, Refusal, Told, ask},
    assemble::Assembly,
    pace::{self, Harvest, MOST_PAGES, Memory},
    value::{list, text},
};

/// Where the public view is, if the operator says nothing else.
const USUAL: &str = "https://public.api.bsky.app";
/// Name of that setting.
pub(super) const BASE: &str = "bluesky.api_base";
/// Posts of a page.
const PAGE: usize = 50;
/// Posts that are asked about at once; the most that are allowed.
const MOST_URIS: usize = 25;

/// Where the public view is.
pub(super) fn base(settings: &crate::networks::Settings) -> &str {
    settings.base(BASE, USUAL).trim_end_matches('/')
}

async fn call(doors: &Doors<'_>, method: &str, query: &[(&str, &str)]) -> Result<Told, Refusal> {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let address = format!("{}/xrpc/{method}?{query}", base(doors.settings));
    ask(doors, ask::get(doors, &address, None)).await.map_err(translate)
}

/// What a refusal means: the interface says it in a word, mostly with status 400.
fn translate(refusal: Refusal) -> Refusal {
    let word = text(&refusal.body, "/error").unwrap_or_default();
    let said = text(&refusal.body, "/message").unwrap_or_default().to_ascii_lowercase();
    let gone = matches!(word, "AccountTakedown" | "AccountDeactivated" | "RepoTakendown" | "RepoDeactivated")
        || (said.contains("not found") && (said.contains("profile") || said.contains("actor")))
        || said.contains("unable to resolve handle");
    match refusal.status {
        400 | 404 if gone => Refusal { trouble: pace::missing("the account is not there"), ..refusal },
        400 => {
            let trouble = Trouble::new(Class::BadRequest, "networks.error.not_understood", "status 400");
            Refusal { trouble, ..refusal }
        }
        401 | 403 => {
            let class = Class::PermissionMissing { scope: None };
            let trouble = Trouble::new(class, "networks.error.closed", "the public view wants to know who asks");
            Refusal { trouble, ..refusal }
        }
        _ => refusal,
    }
}

/// Returns the DID behind a handle.
pub(super) async fn resolve(doors: &Doors<'_>, handle: &str) -> Result<String, Refusal> {
    let told = call(doors, "com.atproto.identity.resolveHandle", &[("handle", handle)]).await;
    // It has nothing else to say of a name than whether it is there.
    let told = told.map_err(|refusal| match refusal.status {
        400 => Refusal { trouble: pace::missing("the handle is not there"), ..refusal },
        _ => refusal,
    })?;
    let did = text(&told.value, "/did").filter(|did| super::actor::is_did(did));
    did.map(str::to_owned).ok_or_else(|| ask::not_understood("a handle without a DID").into())
}

/// Returns the profile of an account.
pub(super) async fn profile(doors: &Doors<'_>, did: &str) -> Result<Value, Refusal> {
    Ok(call(doors, "app.bsky.actor.getProfile", &[("actor", did)]).await?.value)
}

/// Lists what an account said since the last visit, and once a day all of it.
pub(super) async fn list_posts(doors: &Doors<'_>, did: &str, memory: &mut Memory) -> Result<Harvest, Refusal> {
    let all = memory.wants_all(doors.now);
    let mut assembly = Assembly::new(&[]);
    let mut opted_out = false;
    if all {
        let profile = profile(doors, did).await?;
        memory.title = text(&profile, "/displayName").or(text(&profile, "/handle")).map(str::to_owned);
        opted_out = post::opted_out(&profile);
    }
    let (mut cut, mut pause, mut newest, mut uris) = (None, None, None::<String>, Vec::new());
    let (mut cursor, mut position, mut whole, limit) = (None::<String>, 0, true, PAGE.to_string());
    for page in 0..MOST_PAGES {
        let mut query =
            vec![("actor", did), ("limit", &limit), ("filter", "posts_no_replies"), ("includePins", "false")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let told = match call(doors, "app.bsky.feed.getAuthorFeed", &query).await {
            Ok(told) if told.value.get("feed").is_some_and(Value::is_array) => told,
            Ok(_) if page == 0 => return Err(ask::not_understood("a page without a feed").into()),
            Ok(_) => {
                cut = Some(ask::not_understood("a page without a feed").into());
                break;
            }
            Err(refusal) if page == 0 => return Err(refusal),
            Err(refusal) => {
                cut = Some(refusal);
                break;
            }
        };
        let mut met_known = false;
        for item in list(&told.value, "/feed") {
            position += 1;
            match post::read(item, did, position) {
                Kept::Post(draft) => {
                    opted_out |= post::opted_out(&item["post"]["author"]);
                    let uri = draft.id.as_deref().unwrap_or_default().to_owned();
                    met_known |= memory.newest.as_deref() == Some(uri.as_str());
                    newest.get_or_insert_with(|| uri.clone());
                    uris.push(uri);
                    assembly.add(*draft);
                }
                Kept::No => {}
                Kept::Broken => assembly.problem(Some(position), "feeds.problem.json_without_id", ""),
            }
        }
        pause = ask::used_up(&told.answer, doors.now);
        let next = text(&told.value, "/cursor").map(str::to_owned);
        if next.is_none() || next == cursor || (met_known && !all) {
            break;
        }
        if pause.is_some() {
            // What lies behind is read when the host may be asked again.
            whole = false;
            break;
        }
        cursor = next;
    }
    if cut.is_none() && whole {
        memory.note_read(newest, all, doors.now);
    }
    let source =
        SourceFacts { format: "at protocol".to_owned(), title: memory.title.clone(), ..SourceFacts::default() };
    let mut batch = Batch { source, ..Batch::default() };
    if opted_out {
        // Look at the profile again at every visit from now on.
        memory.full_at = 0;
        assembly.problem(None, "networks.problem.opted_out", "");
        batch.withdrawn = uris;
        batch.problems = assembly.finish().1;
    } else {
        (batch.posts, batch.problems, _) = assembly.finish();
    }
    Ok(Harvest { batch, cut, pause })
}

/// Asks whether posts are still there. Where the account itself is not to be seen, a missing post says nothing; where it
/// does not want to be seen by the public, all its posts go.
pub(super) async fn verify(doors: &Doors<'_>, did: &str, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
    let profile = match profile(doors, did).await {
        Ok(profile) => profile,
        Err(refusal) if matches!(refusal.trouble.class, Class::RateLimited { .. }) => return Err(refusal.trouble),
        Err(_) => return Ok(vec![Standing::Unknown; posts.len()]),
    };
    if post::opted_out(&profile) {
        return Ok(vec![Standing::Gone; posts.len()]);
    }
    let mut standings = Vec::with_capacity(posts.len());
    for some in posts.chunks(MOST_URIS) {
        let query: Vec<_> = some.iter().map(|post| ("uris", post.remote_id.as_str())).collect();
        let told = match call(doors, "app.bsky.feed.getPosts", &query).await {
            Ok(told) if told.value.get("posts").is_some_and(Value::is_array) => told,
            Err(refusal) if matches!(refusal.trouble.class, Class::RateLimited { .. }) => return Err(refusal.trouble),
            _ => {
                standings.extend(some.iter().map(|_| Standing::Unknown));
                continue;
            }
        };
        let there: Vec<_> = list(&told.value, "/posts").iter().filter_map(|post| text(post, "/uri")).collect();
        let standing = |post: &PostRef| {
            if there.contains(&post.remote_id.as_str()) { Standing::Stands } else { Standing::Gone }
        };
        standings.extend(some.iter().map(standing));
    }
    Ok(standings)
}
