//! The desk: a stage's posts, to write, to hide and to show.

mod editor;
mod feature;
mod live;
mod origins;
pub(in crate::web) mod reasons;
mod remove;
mod sight;
mod state;
mod terms;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Page, Visit,
    page::{draw, go},
    pictures::Drawn,
    staged::staged,
};
use crate::{
    app::{App, Result},
    features::posts,
    store::{Below, PostCounts, PostGroup, PostTopic, Source, Stage},
};
pub(in crate::web) use state::Said;

/// Posts on one page.
const PER_PAGE: usize = 30;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/posts", get(index))
        .route("/dashboard/stages/{stage_id}/posts/{id}/hide", post(hide))
        .route("/dashboard/stages/{stage_id}/posts/{id}/show", post(show))
        .route("/dashboard/stages/{stage_id}/posts/{id}/pin", post(pin))
        .route("/dashboard/stages/{stage_id}/posts/{id}/unpin", post(unpin))
        .merge(editor::routes())
        .merge(feature::routes())
        .merge(live::routes())
        .merge(origins::routes())
        .merge(remove::routes())
}

/// Whether a form sent to a path may bring pictures, whose sizes the handler limits.
pub(super) fn may_bring_pictures(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    matches!(
        parts[..],
        ["", "dashboard", "stages", _, "posts", "new"] | ["", "dashboard", "stages", _, "posts", _, "edit"]
    )
}

#[derive(Deserialize)]
struct Which {
    filter: Option<String>,
    before: Option<String>,
    part: Option<String>,
}

/// What a list of posts needs, whole page or part.
struct Desk {
    posts: Vec<Drawn>,
    sources: Vec<Source>,
    group: PostGroup,
    counts: PostCounts,
    older: String,
    first: bool,
    /// Names of the topics that posts belong to, by the posts' ids.
    topics: HashMap<String, Vec<String>>,
    /// Whether the stage has any topic.
    has_topics: bool,
    /// What whoever asks may do.
    owner: Owner,
}

impl Desk {
    /// What the source of a post is called; nothing for an own one.
    fn source_of(&self, post: &Drawn) -> &str {
        let source = self.sources.iter().find(|s| post.post.source_id.as_ref() == Some(&s.id));
        source.map_or("", |source| source.name.as_str())
    }

    fn said(&self, page: &Page, post: &Drawn) -> Said {
        Said::of(page, &post.post)
    }

    /// What one click does about a pin: the last part of an address.
    fn pin_verb(&self, post: &Drawn) -> &'static str {
        if post.post.pinned_at > 0 { "unpin" } else { "pin" }
    }

    fn topics_of(&self, post: &Drawn) -> &[String] {
        self.topics.get(&post.post.id).map_or(&[], Vec::as_slice)
    }

    fn is_empty_stage(&self) -> bool {
        self.counts.all() == 0
    }

    /// Groups to choose from: address, text, how many.
    fn groups(&self) -> Vec<(PostGroup, &'static str, i64)> {
        let mut groups = vec![
            (PostGroup::All, "posts.filter.all", self.counts.all()),
            (PostGroup::Shown, "posts.filter.shown", self.counts.shown),
            (PostGroup::Queue, "posts.filter.queue", self.counts.queue),
            (PostGroup::Waiting, "posts.filter.waiting", self.counts.waiting),
            (PostGroup::Hidden, "posts.filter.hidden", self.counts.hidden),
        ];
        // Whoever writes nothing here need not know of drafts, nor of a queue whoever has none.
        let seldom = [PostGroup::Queue, PostGroup::Waiting];
        groups.retain(|(group, _, count)| !seldom.contains(group) || *count > 0 || self.group == *group);
        groups
    }
}

#[derive(Template)]
#[template(path = "posts/index.html")]
struct Index {
    page: Page,
    desk: Desk,
}

#[derive(Template)]
#[template(path = "posts/list.html")]
struct List {
    page: Page,
    desk: Desk,
}

#[derive(Template)]
#[template(path = "posts/row.html")]
struct Row {
    page: Page,
    desk: Desk,
    post: Drawn,
}

async fn index(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let below = which.before.as_deref().and_then(Below::parse);
        let desk = desk(&app, &stage, owner, group(which.filter.as_deref()), below).await?;
        Ok(if which.part.as_deref() == Some("list") { draw(&List { page, desk }) } else { draw(&Index { page, desk }) })
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

type Place = Path<(String, String)>;

/// What is meant.
#[derive(Deserialize)]
struct Meant {
    /// The whole card.
    #[serde(default)]
    card: bool,
    /// The post as it was then; nothing said means as it is.
    seen: Option<i64>,
}

impl Meant {
    /// Whether somebody, or its source, has changed the post since: nobody has decided about what it says now.
    async fn is_stale(&self, app: &App, stage: &Stage, id: &str) -> Result<bool> {
        let Some(seen) = self.seen else { return Ok(false) };
        Ok(posts::get(app, stage, id).await?.post.changed_at != seen)
    }
}

async fn hide(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    headers: HeaderMap,
    Form(meant): Form<Meant>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        if meant.is_stale(&app, &stage, &id).await? {
            return answer(&app, stage, page.wrong("posts.stale"), owner, &id, &headers, "done.post_stale").await;
        }
        if meant.card {
            posts::hide_card(&app, &stage, &id).await?;
        } else {
            posts::hide(&app, &stage, &id).await?;
        }
        answer(&app, stage, page, owner, &id, &headers, "done.post_hidden").await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    headers: HeaderMap,
    Form(meant): Form<Meant>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        // To publish what somebody still writes is more than to moderate.
        if posts::get(&app, &stage, &id).await?.post.draft {
            owner.must_write()?;
        }
        if meant.is_stale(&app, &stage, &id).await? {
            return answer(&app, stage, page.wrong("posts.stale"), owner, &id, &headers, "done.post_stale").await;
        }
        if meant.card {
            posts::show_card(&app, &stage, &id).await?;
        } else {
            posts::show(&app, &stage, &id).await?;
        }
        let is_later = posts::get(&app, &stage, &id).await?.post.begins_at() > app.clock.now();
        let done = if is_later { "done.post_planned" } else { "done.post_shown" };
        answer(&app, stage, page, owner, &id, &headers, done).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn pin(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        posts::pin(&app, &stage, &id).await?;
        Ok(go(&format!("{}/posts#post-{id}", page.stage_path()), "done.post_pinned"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn unpin(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        posts::unpin(&app, &stage, &id).await?;
        Ok(go(&format!("{}/posts#post-{id}", page.stage_path()), "done.post_unpinned"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The row alone for htmx, else back to the list.
async fn answer(
    app: &App,
    stage: Stage,
    mut page: Page,
    owner: Owner,
    id: &str,
    headers: &HeaderMap,
    done: &str,
) -> Result<Response> {
    if !headers.contains_key("hx-request") {
        return Ok(go(&format!("{}/posts", page.stage_path()), done).into_response());
    }
    // What was shown a moment ago is shown now.
    page.visit.now = app.clock.now();
    let post = Drawn::owned(posts::get(app, &stage, id).await?);
    let (topics, has_topics) = topics(app, &stage, &[id.to_owned()]).await?;
    let desk = Desk {
        posts: Vec::new(),
        sources: app.store.list_sources(&stage.id).await?,
        group: PostGroup::All,
        counts: PostCounts::default(),
        older: String::new(),
        first: true,
        topics,
        has_topics,
        owner,
    };
    Ok(draw(&Row { page, desk, post }))
}

async fn desk(app: &App, stage: &Stage, owner: Owner, group: PostGroup, below: Option<Below>) -> Result<Desk> {
    let first = below.is_none();
    let part = posts::list(app, stage, group, &below.unwrap_or_default(), PER_PAGE).await?;
    let older = part.older.map_or_else(String::new, |b| format!("?filter={}&before={b}", group.name()));
    let ids: Vec<_> = part.posts.iter().map(|full| full.post.id.clone()).collect();
    let (topics, has_topics) = topics(app, stage, &ids).await?;
    Ok(Desk {
        posts: part.posts.into_iter().map(Drawn::owned).collect(),
        sources: app.store.list_sources(&stage.id).await?,
        group,
        counts: app.store.count_posts(&stage.id, app.clock.now()).await?,
        older,
        first,
        topics,
        has_topics,
        owner,
    })
}

/// Names of the topics that posts belong to, and whether the stage has any.
async fn topics(app: &App, stage: &Stage, ids: &[String]) -> Result<(HashMap<String, Vec<String>>, bool)> {
    let names = app.store.list_topics(&stage.id).await?;
    let mut topics: HashMap<_, Vec<_>> = HashMap::new();
    for one in app.store.list_post_topics(&stage.id, ids).await?.into_iter().filter(PostTopic::belongs) {
        if let Some(topic) = names.iter().find(|topic| topic.id == one.topic_id) {
            topics.entry(one.post_id).or_default().push(topic.name.clone());
        }
    }
    Ok((topics, !names.is_empty()))
}

fn group(text: Option<&str>) -> PostGroup {
    let named = |group: &PostGroup| Some(group.name()) == text;
    [PostGroup::Shown, PostGroup::Queue, PostGroup::Waiting, PostGroup::Hidden]
        .into_iter()
        .find(named)
        .unwrap_or_default()
}
