//! `/api/v1/stages/{handle}/desk`: posts as members see them, shown or not, and what is decided about them.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Moderation, Read},
    input::{Asked, Sent},
    problem::{Answer, Refused},
};
use crate::{
    app::{App, Error, Result},
    features::{
        posts::{self, Full, PostShape},
        tokens::Scope,
        topics::{self, Hand},
    },
    store::{Below, PostGroup, PostState, Stage},
    web::times::iso,
};

/// Posts on one page.
const PER_PAGE: usize = 30;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_desk))
        .routes(routes!(get_desk_post))
        .routes(routes!(moderate_post))
        .routes(routes!(sort_post))
}

/// Where a post is between the first word and the last day.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Stand {
    /// Nobody has published it yet.
    Draft,
    /// It will be shown by itself.
    Planned,
    /// The public sees it.
    Shown,
    /// Its time is over.
    Over,
    /// It waits for somebody to show it.
    Waiting,
    /// A rule took it down.
    Ruled,
    /// The emergency stop took it down.
    Stopped,
    /// Somebody took it down.
    Hidden,
}

impl From<PostState> for Stand {
    fn from(state: PostState) -> Self {
        match state {
            PostState::Draft => Self::Draft,
            PostState::Planned => Self::Planned,
            PostState::Shown => Self::Shown,
            PostState::Over => Self::Over,
            PostState::Waiting => Self::Waiting,
            PostState::Ruled => Self::Ruled,
            PostState::Stopped => Self::Stopped,
            PostState::Hidden => Self::Hidden,
        }
    }
}

/// A post as members see it.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskPost {
    /// Where it is between the first word and the last day.
    state: Stand,
    /// Whether it was written here, and can be changed here.
    own: bool,
    /// Not shown before then, whatever its date (RFC 3339).
    #[schema(format = DateTime)]
    opens_at: Option<String>,
    /// Not shown from then on (RFC 3339).
    #[schema(format = DateTime)]
    until: Option<String>,
    /// What it says, as far as its network lets us give it on.
    post: PostShape,
}

/// A page of posts as members see them.
#[derive(Serialize, ToSchema)]
struct DeskPage {
    /// Pinned ones first, then the newest.
    posts: Vec<DeskPost>,
    /// Where the next page begins; null on the last.
    next: Option<String>,
}

/// Which posts are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// `all`, `shown`, `queue` (waits for somebody), `waiting` (planned, and drafts) or `hidden`.
    group: Option<String>,
    /// Where the page begins, as `next` of the page before says.
    before: Option<String>,
}

/// What is decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    act: Act,
    /// Whether it is meant for the same item from elsewhere on its card, too.
    #[serde(default)]
    card: bool,
}

/// What can be decided about a post.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Act {
    /// The public is to see it.
    Show,
    /// It is not.
    Hide,
    /// It is not, of a post that waits for somebody.
    Decline,
    /// It stands before all others.
    Pin,
    /// It does not.
    Unpin,
}

/// To which topics a post belongs, whatever their rules say. Of all others the rules decide.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Sorting {
    /// Slugs of topics that it belongs to.
    #[serde(default, rename = "in")]
    within: Vec<String>,
    /// Slugs of topics that it does not belong to.
    #[serde(default)]
    out: Vec<String>,
}

/// Posts as members see them
///
/// Those, too, that wait, are planned or hidden. Of posts whose network forbids to give them on there is an id and no more.
#[utoipa::path(get, path = "/api/v1/stages/{handle}/desk", tag = "moderation", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage."), Which),
    responses((status = 200, description = "Posts.", body = DeskPage)))]
async fn list_desk(
    State(app): State<App>,
    token: Bearer<Read>,
    Path(handle): Path<String>,
    Asked(which): Asked<Which>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let below = which.before.as_deref().filter(|before| !before.is_empty());
    let below = below.map(|before| Below::parse(before).ok_or_else(|| Error::invalid("before", "api.field.wrong")));
    let group = group(which.group.as_deref().unwrap_or_default())?;
    let part = posts::list(&app, &stage, group, &below.transpose()?.unwrap_or_default(), PER_PAGE).await?;
    let next = part.older.map(|older| older.to_string());
    Ok(Json(DeskPage { posts: shapes(&app, &stage, part.posts).await?, next }).into_response())
}

/// A post as members see it
#[utoipa::path(get, path = "/api/v1/stages/{handle}/desk/{post}", tag = "moderation", security(("token" = ["read"])),
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("post" = String, Path, description = "Id of the post.")),
    responses((status = 200, description = "The post.", body = DeskPost)))]
async fn get_desk_post(
    State(app): State<App>,
    token: Bearer<Read>,
    Path((handle, id)): Path<(String, String)>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    Ok(Json(shape(&app, &stage, &id).await?).into_response())
}

/// Shows, hides, declines, pins a post
///
/// What people decide is never undone by a rule or an import.
#[utoipa::path(post, path = "/api/v1/stages/{handle}/posts/{post}/moderation", tag = "moderation",
    security(("token" = ["moderation"])), request_body = Decision,
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("post" = String, Path, description = "Id of the post.")),
    responses((status = 200, description = "The post as it is now.", body = DeskPost)))]
async fn moderate_post(
    State(app): State<App>,
    token: Bearer<Moderation>,
    Path((handle, id)): Path<(String, String)>,
    Sent(decision): Sent<Decision>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let post = posts::get(&app, &stage, &id).await?.post;
    // To publish what somebody still writes is more than to moderate.
    if post.draft && matches!(decision.act, Act::Show) && !token.holder.may(Scope::Posts) {
        return Err(Refused::Scope(Scope::Posts));
    }
    match (decision.act, decision.card) {
        (Act::Show, false) => posts::show(&app, &stage, &id).await?,
        (Act::Show, true) => posts::show_card(&app, &stage, &id).await?,
        // Somebody has decided already.
        (Act::Decline, _) if post.state(app.clock.now()) != PostState::Waiting => return Err(Error::Stale.into()),
        (Act::Hide | Act::Decline, false) => posts::hide(&app, &stage, &id).await?,
        (Act::Hide | Act::Decline, true) => posts::hide_card(&app, &stage, &id).await?,
        (Act::Pin, _) => posts::pin(&app, &stage, &id).await?,
        (Act::Unpin, _) => posts::unpin(&app, &stage, &id).await?,
    }
    Ok(Json(shape(&app, &stage, &id).await?).into_response())
}

/// Puts a post under topics
#[utoipa::path(put, path = "/api/v1/stages/{handle}/posts/{post}/topics", tag = "moderation",
    security(("token" = ["moderation"])), request_body = Sorting,
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("post" = String, Path, description = "Id of the post.")),
    responses((status = 200, description = "The post as it is now.", body = DeskPost)))]
async fn sort_post(
    State(app): State<App>,
    token: Bearer<Moderation>,
    Path((handle, id)): Path<(String, String)>,
    Sent(sorting): Sent<Sorting>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    posts::get(&app, &stage, &id).await?;
    let known = topics::list(&app, &stage).await?;
    let unknown = |slug: &String| !known.iter().any(|topic| topic.slug == *slug);
    for (field, slugs) in [("in", &sorting.within), ("out", &sorting.out)] {
        if slugs.iter().any(unknown) {
            return Err(Error::invalid(field, "api.field.topic").into());
        }
    }
    let held = app.store.list_post_topics(&stage.id, std::slice::from_ref(&id)).await.map_err(Error::from)?;
    let held: HashMap<_, _> = held.into_iter().map(|one| (one.topic_id, one.by_hand)).collect();
    let wanted = known.into_iter().filter_map(|topic| {
        let hand = match (sorting.within.contains(&topic.slug), sorting.out.contains(&topic.slug)) {
            (true, _) => Hand::In,
            (false, true) => Hand::Out,
            (false, false) => Hand::Rule,
        };
        let is_so = held.get(&topic.id).map_or("", String::as_str) == hand.name();
        (!is_so).then_some((topic.id, hand))
    });
    let wanted: Vec<_> = wanted.collect();
    if !wanted.is_empty() {
        topics::put(&app, &stage, &id, &wanted).await?;
    }
    Ok((StatusCode::OK, Json(shape(&app, &stage, &id).await?)).into_response())
}

fn group(name: &str) -> Result<PostGroup> {
    let all = [PostGroup::All, PostGroup::Shown, PostGroup::Queue, PostGroup::Waiting, PostGroup::Hidden];
    let found = all.into_iter().find(|group| group.name() == name || (name.is_empty() && *group == PostGroup::All));
    found.ok_or_else(|| Error::invalid("group", "api.field.wrong"))
}

/// A post of the desk as it is now.
pub(super) async fn shape(app: &App, stage: &Stage, id: &str) -> Result<DeskPost> {
    let full = posts::get(app, stage, id).await?;
    shapes(app, stage, vec![full]).await?.pop().ok_or(Error::NotFound("post"))
}

async fn shapes(app: &App, stage: &Stage, posts: Vec<Full>) -> Result<Vec<DeskPost>> {
    let one = |(state, given): (PostState, posts::Given)| DeskPost {
        state: state.into(),
        own: given.post.is_own(),
        opens_at: given.post.opens_at.map(iso),
        until: given.post.expires_at.map(iso),
        post: PostShape::new(app, stage, &given),
    };
    Ok(posts::give_of_desk(app, stage, posts).await?.into_iter().map(one).collect())
}
