//! `/api/v1/media`: the library of the account.

use std::{collections::HashMap, time::Duration};

use axum::{
    Json,
    body::{Body, BodyDataStream},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    bearer::{Bearer, Media, Read},
    input::{Asked, Sent},
    problem::{Answer, Refused},
};
use crate::{
    app::{App, Error, Result},
    features::{
        media::{
            self, Upload,
            library::{self, Typed},
        },
        posts::{MediumShape, Picture},
    },
    store::{self, LibraryEntry, LibraryQuery},
    web::times::iso,
};

/// Entries on one page.
const PER_PAGE: usize = 48;
/// Longest time in which nothing more of a file comes.
const PATIENCE: Duration = Duration::from_secs(30);
/// When to come again while files cannot be kept.
const AGAIN_SECS: u64 = 60;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_media)).routes(routes!(get_medium, describe_medium, delete_medium))
}

/// Where files are sent.
pub(super) fn file_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send_medium))
}

/// Something in the library.
#[derive(Serialize, ToSchema)]
struct LibraryMedium {
    /// Its id, by which posts name it.
    id: String,
    /// `picture`, `film` or `document`.
    kind: String,
    /// What it is called.
    name: String,
    /// What is to be seen; may be empty.
    alt: String,
    /// Who made it; may be empty.
    credit: String,
    /// Stable name of its licence; empty where nobody said.
    licence: String,
    /// The licence in own words.
    licence_words: String,
    /// What must stay in sight, in percent from the left edge.
    focus_x: i64,
    /// The same from the upper edge.
    focus_y: i64,
    /// Length of what was sent, in bytes; 0 where that is not known.
    length: i64,
    /// How many pages a document has; 1 for everything else.
    pages: i64,
    /// When it was sent (RFC 3339).
    #[schema(format = DateTime)]
    created_at: String,
    /// The picture, the still of the film or the first page; null for a film that is not ready.
    picture: Option<MediumShape>,
}

/// A page of the library.
#[derive(Serialize, ToSchema)]
struct Library {
    /// What was sent last comes first.
    media: Vec<LibraryMedium>,
    /// Where the next page begins; null on the last.
    next: Option<String>,
}

/// Which entries are wanted.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Which {
    /// `picture`, `film` or `document`.
    kind: Option<String>,
    /// Words in its name or description.
    q: Option<String>,
    /// Where the page begins, as `next` of the page before says.
    before: Option<String>,
}

/// What is sent.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct File {
    /// What the file is called.
    name: Option<String>,
}

/// What is said about an entry: all of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Description {
    /// What it is called.
    #[schema(max_length = 120)]
    name: String,
    /// What is to be seen.
    #[serde(default)]
    #[schema(max_length = 300)]
    alt: String,
    /// Who made it.
    #[serde(default)]
    #[schema(max_length = 120)]
    credit: String,
    /// Stable name of its licence: `cc_by`, `reserved`, `own` and others; empty for nothing said.
    #[serde(default)]
    licence: String,
    /// The licence in own words, where it is `own`.
    #[serde(default)]
    licence_words: String,
    /// What must stay in sight, in percent from the left edge.
    #[serde(default = "middle")]
    #[schema(minimum = 0, maximum = 100)]
    focus_x: i64,
    /// The same from the upper edge.
    #[serde(default = "middle")]
    #[schema(minimum = 0, maximum = 100)]
    focus_y: i64,
}

fn middle() -> i64 {
    50
}

/// The library
#[utoipa::path(get, path = "/api/v1/media", tag = "media", security(("token" = ["read"])), params(Which),
    responses((status = 200, description = "What is in it.", body = Library)))]
async fn list_media(State(app): State<App>, token: Bearer<Read>, Asked(which): Asked<Which>) -> Answer {
    let before = which.before.as_deref().filter(|before| !before.is_empty());
    let place = |before: &'_ str| {
        let (at, id) = before.split_once('.')?;
        Some((at.parse::<i64>().ok()?, id.to_owned()))
    };
    let below = before.map(|before| place(before).ok_or_else(|| Error::invalid("before", "api.field.wrong")));
    let below = below.transpose()?;
    let kind = which.kind.unwrap_or_default();
    if !["", "picture", "film", "document"].contains(&kind.as_str()) {
        return Err(Error::invalid("kind", "api.field.wrong").into());
    }
    let wanted = LibraryQuery {
        kind: &kind,
        words: which.q.as_deref().unwrap_or_default().trim(),
        undescribed: false,
        below: below.as_ref().map(|(at, id)| (*at, id.as_str())),
        limit: i64::try_from(PER_PAGE).unwrap_or(i64::MAX - 1) + 1,
    };
    let mut entries = app.store.list_library(&token.holder.account_id, &wanted).await.map_err(Error::from)?;
    let more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let next = entries.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at, last.id));
    Ok(Json(Library { media: shapes(&app, &token.holder.account_id, entries).await?, next }).into_response())
}

/// Something in the library
#[utoipa::path(get, path = "/api/v1/media/{medium}", tag = "media", security(("token" = ["read"])),
    params(("medium" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The entry.", body = LibraryMedium)))]
async fn get_medium(State(app): State<App>, token: Bearer<Read>, Path(id): Path<String>) -> Answer {
    Ok(Json(shape(&app, &token.holder.account_id, &id).await?).into_response())
}

/// Sends a file
///
/// The body is the file: a picture, a film or a PDF, whatever its type says. The same bytes sent twice are kept once.
#[utoipa::path(post, path = "/api/v1/media", tag = "media", security(("token" = ["media"])), params(File),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file."),
    responses((status = 201, description = "Its entry in the library.", body = LibraryMedium)))]
async fn send_medium(
    State(app): State<App>,
    token: Bearer<Media>,
    Asked(file): Asked<File>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let length = length.unwrap_or(0);
    if length > app.config.film_megabytes * 1_000_000 {
        return Err(Refused::Unread(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let _place = media::place(&app, &token.holder.account_id, length).await.map_err(refused)?;
    let mut upload = Upload::start(&app).await.map_err(refused)?;
    let mut pieces = body.into_data_stream();
    let next = async |pieces: &mut BodyDataStream| tokio::time::timeout(PATIENCE, pieces.next()).await;
    while let Some(piece) = next(&mut pieces).await.map_err(|_| Refused::Unread(StatusCode::BAD_REQUEST))? {
        let piece = piece.map_err(|_| Refused::Unread(StatusCode::BAD_REQUEST))?;
        upload.write(&piece).await.map_err(refused)?;
        if upload.is_too_long() {
            return Err(Refused::Unread(StatusCode::PAYLOAD_TOO_LARGE));
        }
    }
    let (account, name) = (&token.holder.account_id, file.name.unwrap_or_default());
    let id = library::take(&app, account, &name, upload).await.map_err(refused)?;
    let place = app.config.address(&format!("/api/v1/media/{id}"));
    let shape = shape(&app, account, &id).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(shape)).into_response())
}

/// Describes something in the library
///
/// What a picture shows, who made it, and under which licence. Slides and pages for the press take it over.
#[utoipa::path(put, path = "/api/v1/media/{medium}", tag = "media", security(("token" = ["media"])),
    request_body = Description, params(("medium" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The entry as it is now.", body = LibraryMedium)))]
async fn describe_medium(
    State(app): State<App>,
    token: Bearer<Media>,
    Path(id): Path<String>,
    Sent(said): Sent<Description>,
) -> Answer {
    let account = &token.holder.account_id;
    let entry = library::get(&app, account, &id).await?;
    let typed = Typed {
        name: said.name,
        alt: said.alt,
        credit: said.credit,
        licence: said.licence,
        licence_words: said.licence_words,
        focus_x: said.focus_x.to_string(),
        focus_y: said.focus_y.to_string(),
    };
    library::change(&app, account, entry, &typed).await?;
    Ok(Json(shape(&app, account, &id).await?).into_response())
}

/// Deletes something from the library
///
/// It leaves every slide, post and screen that shows it.
#[utoipa::path(delete, path = "/api/v1/media/{medium}", tag = "media", security(("token" = ["media"])),
    params(("medium" = String, Path, description = "Its id.")),
    responses((status = 204, description = "It is gone.")))]
async fn delete_medium(State(app): State<App>, token: Bearer<Media>, Path(id): Path<String>) -> Answer {
    if library::delete(&app, &token.holder.account_id, &id).await? {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Err(Error::NotFound("media").into())
}

/// Why a file is not taken; what may pass is to be tried again.
fn refused(error: media::Error) -> Refused {
    let is_passing = matches!(error, media::Error::Full | media::Error::Away(_));
    match error.for_sender() {
        Err(error) => error.into(),
        Ok(_) if is_passing => Error::Busy(AGAIN_SECS).into(),
        Ok(told) => Error::invalid("file", told.key()).into(),
    }
}

async fn shape(app: &App, account_id: &str, id: &str) -> Result<LibraryMedium> {
    let entry = library::get(app, account_id, id).await?;
    shapes(app, account_id, vec![entry]).await?.pop().ok_or(Error::NotFound("media"))
}

async fn shapes(app: &App, account_id: &str, entries: Vec<LibraryEntry>) -> Result<Vec<LibraryMedium>> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.media_id.clone()).collect();
    let mut media: HashMap<String, store::Media> = app.store.list_media(account_id, &ids).await?;
    let one = |entry: LibraryEntry| {
        let media = media.remove(&entry.media_id).filter(|media| !media.renditions.is_empty());
        let picture = media.map(|media| MediumShape::new(app, &Picture { alt: entry.alt.clone(), media }));
        LibraryMedium {
            id: entry.id,
            kind: entry.kind,
            name: entry.name,
            alt: entry.alt,
            credit: entry.credit,
            licence: entry.licence,
            licence_words: entry.licence_words,
            focus_x: entry.focus_x,
            focus_y: entry.focus_y,
            length: entry.length,
            pages: entry.pages,
            created_at: iso(entry.created_at),
            picture,
        }
    };
    Ok(entries.into_iter().map(one).collect())
}
