//! Pages and documents that are the same for everybody: kept for a moment, packed, and not sent to who has them.

use std::{future::Future, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

use crate::app::{self, App, Error, LONGEST_MS, Result};

/// What was made.
pub(super) struct Fresh {
    /// Its type for HTTP.
    pub(super) content_type: &'static str,
    /// Its text.
    pub(super) text: String,
}

impl Fresh {
    /// A page, drawn.
    pub(super) fn page(template: &impl askama::Template) -> Result<Self> {
        let text = template.render().map_err(|error| Error::internal("draw a page", error))?;
        Ok(Self { content_type: "text/html; charset=utf-8", text })
    }
}

/// Gives what stands under a key among the public things of a stage, or has it made. The key names everything that it
/// depends on, save what is told as news of the stage: that makes it anew at once. A post whose time comes or is over does
/// so, too. Other headers (`vary`, links) are for whoever asks to add.
pub(super) async fn answer<F: Future<Output = Result<Fresh>>>(
    app: &App,
    headers: &HeaderMap,
    stage_id: &str,
    key: &str,
    make: impl FnOnce() -> F,
) -> std::result::Result<Response, Arc<Error>> {
    let now = app.clock.now();
    // Counted before anything is read: what is made of older rows is never found again.
    let key = full(app, stage_id, key);
    let make = async || {
        let turn = app.store.next_turn_of_stage(stage_id, now).await?;
        let Fresh { content_type, text } = make().await?;
        let until = turn.map_or(now + LONGEST_MS, |turn| turn.min(now + LONGEST_MS));
        Ok::<_, Error>(app::Body::new(content_type, text.into_bytes(), until))
    };
    let body = app.kept.get(&key, now, make).await?;
    Ok(respond(&body, headers))
}

/// The same, if it is there.
pub(super) async fn held(app: &App, headers: &HeaderMap, stage_id: &str, key: &str) -> Option<Response> {
    let body = app.kept.find(&full(app, stage_id, key), app.clock.now()).await?;
    Some(respond(&body, headers))
}

fn full(app: &App, stage_id: &str, key: &str) -> String {
    format!("{stage_id} {} {key}", app.news.face_number(stage_id))
}

/// Notes that an answer depends on the language of whoever asks, too.
pub(super) fn by_language(mut response: Response) -> Response {
    let on = HeaderValue::from_static("accept-encoding, accept-language, cookie");
    response.headers_mut().insert(header::VARY, on);
    response
}

/// The answer for one visitor: nothing where it is held already, packed where that is understood.
fn respond(body: &app::Body, asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    // With what every answer says there is room for all without moving house.
    response.headers_mut().reserve(16);
    let held = text(asked, &header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &body.tag));
    let headers = response.headers_mut();
    // Caches ask again each time: what was withdrawn must not come from one.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&body.tag) {
        headers.insert(header::ETAG, tag);
    }
    if held {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(body.content_type));
    let understood = text(asked, &header::ACCEPT_ENCODING).unwrap_or_default();
    let packed = [("br", app::Body::brotli as fn(&_) -> _), ("gzip", app::Body::gzip)]
        .into_iter()
        .filter(|(name, _)| understands(understood, name))
        .find_map(|(name, pack)| Some((name, pack(body)?)));
    let bytes = match packed {
        Some((name, bytes)) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            bytes
        }
        None => body.plain.clone(),
    };
    *response.body_mut() = Body::from(bytes);
    response
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether `If-None-Match` names a weak tag.
pub(super) fn names(tags: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    tags.trim() == "*" || tags.split(',').any(|one| bare(one) == bare(tag))
}

/// Whether `Accept-Encoding` names a packing without refusing it.
pub(super) fn understands(list: &str, name: &str) -> bool {
    list.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|one| one.eq_ignore_ascii_case(name));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
        named && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::{names, understands};

    #[test]
    fn only_packings_that_are_understood_are_used() {
        for (list, br, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("gzip;q=1.0, BR;q=0.5", true, true),
            ("br;q=0, gzip", false, true),
            ("br;q=0.000", false, false),
            ("identity", false, false),
            ("", false, false),
            ("brr, xgzip, br;q=high", false, false),
        ] {
            assert_eq!((understands(list, "br"), understands(list, "gzip")), (br, gzip), "{list}");
        }
    }

    #[test]
    fn a_held_copy_is_recognised_weakly() {
        for held in ["*", "W/\"a\"", "\"a\"", "\"b\", W/\"a\""] {
            assert!(names(held, "W/\"a\""), "{held}");
        }
        assert!(!names("W/\"b\"", "W/\"a\""));
    }
}
