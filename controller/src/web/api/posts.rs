//! `/api/v1/stages/{handle}/posts`: what a stage shows, as JSON, and what of it has changed.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, Uri},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    get_stage,
    input::Asked,
    problem::{Answer, Refused},
    shapes::{ChangePage, ChangeShape, PostList, PostPage, StageShape, Withdrawn, topic_shapes},
    stages::{fresh, give, held},
};
use crate::{
    app::{App, Error, Result},
    features::{
        journal::{self, Changes, Entry, Since},
        posts::{self, PostShape, Query},
    },
    networks,
    store::{Below, GivenQuery, OWN, Stage},
    tools::dates,
    web::kept::Fresh,
};

/// Posts on one page where nobody says how many.
const USUAL: usize = 24;
/// Most posts on one page.
const MOST: usize = 100;
/// What there is none of where changes are not known any more.
const FORGOTTEN: &str = "change";
/// What a post can have in it.
const KINDS: [&str; 3] = ["picture", "film", "text"];

pub(super) fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_posts)).routes(routes!(get_post))
}

/// Which posts are wanted.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Wish {
    /// Slug of a topic.
    topic: Option<String>,
    /// Stable name of a network (`mastodon`, `feed`); `own` for what was written here.
    network: Option<String>,
    /// `picture`, `film`, or `text` for posts with neither.
    #[param(pattern = "^(picture|film|text)?$")]
    kind: Option<String>,
    /// Published at this instant or later (RFC 3339).
    since: Option<String>,
    /// Published before this instant (RFC 3339).
    until: Option<String>,
    /// Words to look for; goes with `count` and `before` only.
    q: Option<String>,
    /// How many posts, 24 where nothing is said.
    #[param(pattern = "^[0-9]{0,9}$")]
    count: Option<String>,
    /// Where the page begins, as `next` of the page before says.
    before: Option<String>,
    /// Changes instead of posts, withdrawals among them: empty for all there is, an instant (RFC 3339), or what `next`
    /// of the page before says. Goes with `count` only.
    changed_since: Option<String>,
}

/// A wish that can be fulfilled.
struct Wanted {
    topic: String,
    network: String,
    kind: String,
    since: i64,
    until: Option<i64>,
    query: Query,
    count: usize,
    below: Option<Below>,
}

fn wrong(field: &'static str) -> Error {
    Error::invalid(field, "api.field.wrong")
}

impl Wanted {
    fn parse(wish: &Wish) -> Result<Self> {
        let instant = |text: &Option<String>, field: &'static str| {
            let text = text.as_deref().unwrap_or_default().trim().replace(' ', "+");
            if text.is_empty() { Ok(None) } else { dates::parse(&text).map(Some).ok_or_else(|| wrong(field)) }
        };
        let below = wish.before.as_deref().filter(|before| !before.is_empty());
        let below = below.map(|before| Below::parse(before).ok_or_else(|| wrong("before"))).transpose()?;
        let known = |name: &str| name == OWN || networks::find(name).is_some();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let wanted = Self {
            topic: text(&wish.topic),
            network: text(&wish.network),
            kind: text(&wish.kind),
            since: instant(&wish.since, "since")?.unwrap_or(i64::MIN),
            until: instant(&wish.until, "until")?,
            query: Query::parse(wish.q.as_deref().unwrap_or_default()),
            count: count(wish)?,
            below,
        };
        if !wanted.network.is_empty() && !known(&wanted.network) {
            return Err(wrong("network"));
        }
        if !wanted.kind.is_empty() && !KINDS.contains(&wanted.kind.as_str()) {
            return Err(wrong("kind"));
        }
        let narrows = [&wish.topic, &wish.network, &wish.kind, &wish.since, &wish.until];
        let narrows = narrows.into_iter().flatten().any(|text| !text.is_empty());
        if narrows && wish.q.as_deref().is_some_and(|q| !q.trim().is_empty()) {
            return Err(wrong("q"));
        }
        Ok(wanted)
    }
}

fn count(wish: &Wish) -> Result<usize> {
    let count = match wish.count.as_deref().filter(|count| !count.is_empty()) {
        Some(count) => count.parse().map_err(|_| wrong("count"))?,
        None => USUAL,
    };
    Ok(count.clamp(1, MOST))
}

/// The posts of a stage
///
/// What everybody sees in its newsroom, a page at a time; with `changed_since`, what has changed instead. Whoever keeps
/// posts asks for changes, and removes what is withdrawn.
#[utoipa::path(get, path = "/api/v1/stages/{handle}/posts", tag = "posts",
    params(("handle" = String, Path, description = "Its handle, with or without `@`."), Wish),
    responses((status = 200, description = "Posts, or changes.", body = PostList),
              (status = 304, description = "Nothing is different from what `If-None-Match` names.")))]
async fn list_posts(State(app): State<App>, Path(handle): Path<String>, address: Uri, headers: HeaderMap) -> Answer {
    let stage = get_stage(&app, &handle).await?;
    // What was answered a moment ago in the same words need not be understood again.
    let key = format!("posts as JSON\n{}", address.query().unwrap_or_default());
    if let Some(answer) = held(&app, &headers, &stage, &key).await {
        return Ok(answer);
    }
    let Asked(wish) = Asked::<Wish>::of(&address)?;
    if let Some(since) = &wish.changed_since {
        return list_changes(&app, &stage, &wish, since, &headers).await;
    }
    let wanted = Wanted::parse(&wish)?;
    give(&app, &headers, &stage, &key, || make(&app, &stage, &wanted, &wish)).await
}

async fn make(app: &App, stage: &Stage, wanted: &Wanted, wish: &Wish) -> Result<Fresh> {
    let topic = match wanted.topic.as_str() {
        "" => None,
        slug => Some(app.store.find_topic_by_slug(&stage.id, slug).await?.ok_or(Error::NotFound("topic"))?),
    };
    let below = wanted.below.clone().unwrap_or_default();
    let part = if wish.q.as_deref().is_some_and(|q| !q.trim().is_empty()) {
        posts::search_given(app, stage, &wanted.query, &below, wanted.count).await?
    } else {
        let query = GivenQuery {
            topic_id: topic.as_ref().map(|topic| topic.id.as_str()),
            medium: &wanted.kind,
            from: wanted.since,
            until: wanted.until,
            below,
            ..GivenQuery::default()
        };
        posts::list_given_of(app, stage, &wanted.network, query, wanted.count).await?
    };
    let page = PostPage {
        stage: StageShape::new(app, stage),
        topic: topic.and_then(|topic| topic_shapes(app, stage, &[topic]).pop()),
        posts: part.posts.iter().map(|given| PostShape::new(app, stage, given)).collect(),
        next: part.older.map(|older| next(app, stage, wish, wanted.count, ("before", &older.to_string()))),
    };
    fresh(&PostList::Posts(page))
}

/// The address of the next page: the same wishes, from another place on.
fn next(app: &App, stage: &Stage, wish: &Wish, count: usize, place: (&str, &str)) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let said = [
        ("topic", &wish.topic),
        ("network", &wish.network),
        ("kind", &wish.kind),
        ("since", &wish.since),
        ("until", &wish.until),
        ("q", &wish.q),
    ];
    for (name, value) in said {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            query.append_pair(name, value);
        }
    }
    query.append_pair("count", &count.to_string()).append_pair(place.0, place.1);
    app.config.address(&format!("/api/v1/stages/{}/posts?{}", stage.handle, query.finish()))
}

async fn list_changes(app: &App, stage: &Stage, wish: &Wish, since: &str, headers: &HeaderMap) -> Answer {
    let others = [&wish.topic, &wish.network, &wish.kind, &wish.since, &wish.until, &wish.q, &wish.before];
    let place = Since::parse(since).filter(|_| others.into_iter().all(Option::is_none));
    let place = place.ok_or_else(|| wrong("changed_since"))?;
    let count = count(wish)?;
    let make = async || {
        let changes = journal::list(app, stage, place, count).await?.ok_or(Error::NotFound(FORGOTTEN))?;
        fresh(&PostList::Changes(change_page(app, stage, count, changes)))
    };
    let given = give(app, headers, stage, &format!("changes as JSON\n{place:?}\n{count}"), make).await;
    given.map_err(|refused| match &refused {
        Refused::Failed(error) if matches!(**error, Error::NotFound(FORGOTTEN)) => Refused::Forgotten,
        _ => refused,
    })
}

fn change_page(app: &App, stage: &Stage, count: usize, changes: Changes) -> ChangePage {
    let one = |entry| match entry {
        Entry::Post(given) => ChangeShape::Post(Box::new(PostShape::new(app, stage, &given))),
        Entry::Withdrawn(id) => ChangeShape::Withdrawn(Withdrawn { id, withdrawn: true }),
    };
    ChangePage {
        stage: StageShape::new(app, stage),
        next: next(app, stage, &Wish::default(), count, ("changed_since", &changes.next)),
        more: changes.more,
        changes: changes.entries.into_iter().map(one).collect(),
    }
}

/// A post
///
/// By its id, or by its name in the addresses of the newsroom.
#[utoipa::path(get, path = "/api/v1/stages/{handle}/posts/{post}", tag = "posts",
    params(("handle" = String, Path, description = "Handle of its stage."),
           ("post" = String, Path, description = "Its id, or its name in addresses.")),
    responses((status = 200, description = "The post.", body = PostShape)))]
async fn get_post(State(app): State<App>, Path((handle, post)): Path<(String, String)>, headers: HeaderMap) -> Answer {
    let stage = get_stage(&app, &handle).await?;
    let make = async || {
        let given = match posts::get_given_by_id(&app, &stage, &post).await {
            Err(Error::NotFound(_)) => posts::get_given(&app, &stage, &post).await?,
            found => found?,
        };
        fresh(&PostShape::new(&app, &stage, &given))
    };
    give(&app, &headers, &stage, &format!("post as JSON\n{post}"), make).await
}
