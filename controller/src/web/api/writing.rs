//! Own posts, written by programs: the same post that the editor makes.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Posts},
    desk::{DeskPost, shape},
    input::Sent,
    problem::Answer,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        own_posts::{self, Sheet, Typed, TypedTimes, Wish},
        posts, topics,
    },
    store::{Post, Stage},
    tools::dates,
    web::topics::LANGUAGES,
};

/// Longest name that a program may give to what it sends.
const LONGEST_KEY: usize = 200;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create_post)).routes(routes!(change_post, delete_post))
}

/// What a post is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct PostWish {
    /// Its headline.
    #[schema(max_length = 200)]
    title: String,
    /// The words, plain; an empty line parts paragraphs.
    #[schema(max_length = 10000)]
    text: String,
    /// A page that tells more.
    link: String,
    /// Language it is written in; that of the stage where nothing is said.
    language: String,
    /// Its pictures, in order.
    pictures: Vec<PictureWish>,
    /// From when on it is shown (RFC 3339); at once where nothing is said.
    publish_at: Option<String>,
    /// Until when it is shown (RFC 3339); for ever where nothing is said.
    until: Option<String>,
    /// Whether nobody is to see it for now.
    draft: bool,
    /// Slugs of topics that it belongs to whatever their rules say.
    topics: Vec<String>,
    /// `updated_at` of the post as it was read: where somebody has changed it since, nothing is changed.
    seen: Option<String>,
}

/// A picture of the library.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PictureWish {
    /// Its id in the library.
    id: String,
    /// What is to be seen; as the library says it where nothing is said.
    #[serde(default)]
    alt: Option<String>,
}

/// Writes a post
///
/// It is shown at once, from `publish_at` on, or kept as a draft. Whoever sends an `Idempotency-Key` may send it again without
/// writing it twice, for as long as the post is there.
#[utoipa::path(post, path = "/api/v1/stages/{handle}/posts", tag = "own posts", security(("token" = ["posts"])),
    request_body = PostWish,
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("idempotency-key" = Option<String>, Header, description = "A name that the program gives it.",
            max_length = 200, pattern = "^[ -~]*$")),
    responses((status = 201, description = "The post.", body = DeskPost),
              (status = 200, description = "It was sent before: the post as it is now.", body = DeskPost)))]
async fn create_post(
    State(app): State<App>,
    token: Bearer<Posts>,
    Path(handle): Path<String>,
    headers: HeaderMap,
    Sent(wish): Sent<PostWish>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let sheet = sheet(&app, &stage, wish).await?;
    let (post, is_new) = match key(&headers)? {
        Some(key) => own_posts::create_once(&app, &stage, &sheet, &key).await.map_err(renamed)?,
        None => (own_posts::create(&app, &stage, &sheet).await.map_err(renamed)?, true),
    };
    let place = app.config.address(&format!("/api/v1/stages/{}/desk/{}", stage.handle, post.id));
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, [(header::LOCATION, place)], Json(shape(&app, &stage, &post.id).await?)).into_response())
}

/// Changes a post
///
/// All of it: what is not said is empty from then on. Its address stays.
#[utoipa::path(put, path = "/api/v1/stages/{handle}/posts/{post}", tag = "own posts", security(("token" = ["posts"])),
    request_body = PostWish,
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("post" = String, Path, description = "Id of the post.")),
    responses((status = 200, description = "The post as it is now.", body = DeskPost)))]
async fn change_post(
    State(app): State<App>,
    token: Bearer<Posts>,
    Path((handle, id)): Path<(String, String)>,
    Sent(wish): Sent<PostWish>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    let old = own(&app, &stage, &id).await?;
    let seen = match wish.seen.as_deref().filter(|seen| !seen.is_empty()) {
        Some(seen) => dates::parse(seen).ok_or_else(|| Error::invalid("seen", "api.field.wrong"))?,
        None => old.changed_at,
    };
    let sheet = sheet(&app, &stage, wish).await?;
    own_posts::change(&app, &stage, &old, seen, &sheet).await.map_err(renamed)?;
    Ok(Json(shape(&app, &stage, &id).await?).into_response())
}

/// Deletes a post
///
/// For good, from every face: newsroom, widgets, screens.
#[utoipa::path(delete, path = "/api/v1/stages/{handle}/posts/{post}", tag = "own posts", security(("token" = ["posts"])),
    params(("handle" = String, Path, description = "Handle of the stage."),
           ("post" = String, Path, description = "Id of the post.")),
    responses((status = 204, description = "It is gone.")))]
async fn delete_post(
    State(app): State<App>,
    token: Bearer<Posts>,
    Path((handle, id)): Path<(String, String)>,
) -> Answer {
    let stage = token.stage(&app, &handle).await?;
    own(&app, &stage, &id).await?;
    own_posts::delete(&app, &stage, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A post that was written here: what came from elsewhere is changed there.
async fn own(app: &App, stage: &Stage, id: &str) -> Result<Post> {
    let post = posts::get(app, stage, id).await?.post;
    if post.is_own() { Ok(post) } else { Err(Error::Forbidden) }
}

/// The name that a program gives to what it sends.
fn key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| key.len() <= LONGEST_KEY);
    let key = key.ok_or_else(|| Error::invalid("idempotency-key", "api.field.wrong"))?;
    Ok(Some(key.to_owned()).filter(|key| !key.is_empty()))
}

/// The form of the editor, filled in.
async fn sheet(app: &App, stage: &Stage, wish: PostWish) -> Result<Sheet> {
    if !wish.language.is_empty() && !LANGUAGES.contains(&wish.language.as_str()) {
        return Err(Error::invalid("language", "api.field.language"));
    }
    let known = topics::list(app, stage).await?;
    let ids =
        wish.topics.iter().map(|slug| known.iter().find(|topic| topic.slug == *slug).map(|topic| topic.id.clone()));
    let ids: Option<Vec<_>> = ids.collect();
    Ok(Sheet {
        topics: ids.ok_or_else(|| Error::invalid("topics", "api.field.topic"))?,
        held: None,
        words: Typed {
            title: wish.title,
            text: wish.text,
            link: wish.link,
            language: wish.language,
            pictures: pictures(app, stage, wish.pictures).await?,
        },
        times: TypedTimes { publish: wish.publish_at.unwrap_or_default(), until: wish.until.unwrap_or_default() },
        wish: if wish.draft { Wish::Draft } else { Wish::Publish },
    })
}

/// Pictures of the account's library; what is somebody else's is not there.
async fn pictures(app: &App, stage: &Stage, wishes: Vec<PictureWish>) -> Result<Vec<(String, String)>> {
    let mut pictures = Vec::new();
    // One too many is enough to be told so.
    for wish in wishes.into_iter().take(own_posts::MOST_PICTURES + 1) {
        let entry = app.store.find_library_entry(&stage.account_id, &wish.id).await?;
        let entry = entry.filter(|entry| entry.kind == "picture");
        let entry = entry.ok_or_else(|| Error::invalid("pictures", "api.field.picture"))?;
        pictures.push((entry.media_id, wish.alt.unwrap_or(entry.alt)));
    }
    Ok(pictures)
}

/// Problems under the names that fields have here.
fn renamed(error: Error) -> Error {
    let name = |problem: Problem| match problem.field {
        "publish" => Problem { field: "publish_at", ..problem },
        _ => problem,
    };
    match error {
        Error::Invalid(problems) => Error::Invalid(problems.into_iter().map(name).collect()),
        error => error,
    }
}
