//! `/oembed`: whoever pastes the address of a newsroom or a post elsewhere gets a frame of it (oembed.com).

use askama::Template;
use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    SHARED,
    snippets::{self, USUAL_HEIGHT},
};
use crate::{
    app::{App, Error, Result},
    features::{domains::Home, media, posts, stages, widget::Setup},
    store::Stage,
    tools::words::{self, Language},
    web::pictures::called,
};

/// Width of a frame where nobody limits it, in pixels.
const WIDTH: u32 = 800;
/// Height of a frame with one post.
const HEIGHT_OF_ONE: u32 = 560;
/// Widest picture that announces a post.
const THUMBNAIL: i64 = 640;
/// How long whoever embeds a page may go on with an answer, in seconds; what is in the frame is always new.
const CACHE_SECS: u32 = 300;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/oembed", get(answer))
}

#[derive(Deserialize)]
struct Wish {
    url: Option<String>,
    format: Option<String>,
    maxwidth: Option<u32>,
    maxheight: Option<u32>,
}

/// The answer, in the words of the specification.
#[derive(Serialize, Template)]
#[template(path = "widget/oembed.xml")]
struct Embed {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    author_name: String,
    author_url: String,
    provider_name: &'static str,
    provider_url: String,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
}

#[derive(Serialize)]
struct Thumbnail {
    thumbnail_url: String,
    thumbnail_width: i64,
    thumbnail_height: i64,
}

async fn answer(State(app): State<App>, Query(wish): Query<Wish>) -> Response {
    let xml = match wish.format.as_deref() {
        None | Some("" | "json") => false,
        Some("xml") => true,
        Some(_) => return plainly(StatusCode::NOT_IMPLEMENTED),
    };
    let Some(address) = wish.url.as_deref() else { return plainly(StatusCode::BAD_REQUEST) };
    let embed = match find(&app, address, &wish).await {
        Ok(embed) => embed,
        Err(Error::NotFound(_)) => return plainly(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::error!("answer oembed: {error}");
            return plainly(StatusCode::INTERNAL_SERVER_ERROR);
        }
    };
    let cache = [(header::CACHE_CONTROL, "public, no-cache")];
    if !xml {
        return (SHARED, cache, Json(embed)).into_response();
    }
    match embed.render() {
        Ok(text) => {
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))];
            (SHARED, cache, kind, text).into_response()
        }
        Err(error) => {
            tracing::error!("write oembed: {error}");
            plainly(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn plainly(status: StatusCode) -> Response {
    (status, SHARED, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

async fn find(app: &App, address: &str, wish: &Wish) -> Result<Embed> {
    let nothing = || Error::NotFound("page");
    let url = Url::parse(address).map_err(|_| nothing())?;
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
    let mut parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    let domains = app.domains.known();
    let own = url.domain().and_then(|host| domains.of_host(host));
    let handle = match own {
        Some(domain) if url.port() == app.config.base_url.port() => domain.handle.as_str(),
        None if url.origin() == app.config.base_url.origin() && !parts.is_empty() => {
            parts.remove(0).strip_prefix('@').ok_or_else(nothing)?
        }
        _ => return Err(nothing()),
    };
    let stage = stages::get_public(app, handle).await?;
    match parts[..] {
        [] => Ok(wall(app, &stage, Setup::default(), stage.name.clone(), wish)),
        ["topics", slug] => {
            let topic = app.store.find_topic_by_slug(&stage.id, slug).await?.ok_or_else(nothing)?;
            let setup = Setup { topic: Some(topic.slug), ..Setup::default() };
            Ok(wall(app, &stage, setup, format!("{} – {}", topic.name, stage.name), wish))
        }
        ["p", slug] => one(app, &stage, slug, wish).await,
        _ => Err(nothing()),
    }
}

fn wall(app: &App, stage: &Stage, setup: Setup, title: String, wish: &Wish) -> Embed {
    let language = Language::find(&stage.language).unwrap_or_default();
    let named = words::say(language, "widget.wall", &[("name", stage.name.as_str().into())]);
    embed(app, stage, &setup, None, USUAL_HEIGHT, (title, &named), wish)
}

async fn one(app: &App, stage: &Stage, slug: &str, wish: &Wish) -> Result<Embed> {
    let given = posts::get_given(app, stage, slug).await?;
    let alts: Vec<_> = given.pictures.iter().map(|picture| picture.alt.as_str()).collect();
    let title = called(&given.post, &alts);
    let picture = given.pictures.first().and_then(|picture| media::choose(&picture.media, THUMBNAIL));
    let mut embed = embed(app, stage, &Setup::default(), Some(slug), HEIGHT_OF_ONE, (title.clone(), &title), wish);
    embed.thumbnail = picture.map(|file| Thumbnail {
        thumbnail_url: app.config.address(&format!("/media/{}", file.sha256)),
        thumbnail_width: file.width,
        thumbnail_height: file.height,
    });
    Ok(embed)
}

fn embed(
    app: &App,
    stage: &Stage,
    setup: &Setup,
    post: Option<&str>,
    height: u32,
    (title, named): (String, &str),
    wish: &Wish,
) -> Embed {
    let width = wish.maxwidth.unwrap_or(WIDTH).clamp(1, WIDTH);
    let height = wish.maxheight.unwrap_or(height).clamp(1, height);
    Embed {
        version: "1.0",
        kind: "rich",
        title,
        author_name: stage.name.clone(),
        author_url: Home::of(app, stage).address(),
        provider_name: "Litfass",
        provider_url: app.config.address("/"),
        cache_age: CACHE_SECS,
        html: snippets::frame(app, stage, setup, post, (Some(width), height), named),
        width,
        height,
        thumbnail: None,
    }
}
