//! `/media/<sha256>`: pictures and films that are shown, for everybody and for ever; and a member's own, shown or not.

use std::ops::Range;

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    app::App,
    features::media,
    services::storage::{self, FileName},
    store::MediaFile,
    web::Owner,
};

/// What everybody may ask for; no cookie is looked at.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/media/{sha256}", get(public))
}

/// What members may ask for.
pub(super) fn dashboard_routes() -> Router<App> {
    Router::new().route("/dashboard/media/{sha256}", get(own))
}

/// Who may keep and embed an answer.
struct Terms {
    cache: &'static str,
    policy: &'static str,
    origin: Option<&'static str>,
}

/// The widget shows pictures on other people's pages, a screen keeps them as long as it likes. A cache that answers many
/// (a proxy, a network of them) asks again after a second whether it may: what was withdrawn is gone there, too
/// (`s-maxage`, RFC 9111, section 5.2.2.10).
const PUBLIC: Terms = Terms { cache: PUBLIC_CACHE, policy: "cross-origin", origin: Some("*") };
const PUBLIC_CACHE: &str = "public, max-age=31536000, s-maxage=1, immutable";

/// When what does not come may be asked for again.
const AGAIN_SECS: &str = "5";

/// What is hidden must not outlive the log-in on a shared computer.
const OWN: Terms = Terms { cache: "private, no-cache", policy: "same-origin", origin: None };

async fn public(State(app): State<App>, Path(sha256): Path<String>, headers: HeaderMap) -> Response {
    let Some(name) = FileName::parse(&sha256) else { return missing() };
    match media::find_public(&app, &name).await {
        Ok(Some(file)) => serve(&app, &name, &file, &headers, &PUBLIC).await,
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

async fn own(State(app): State<App>, owner: Owner, Path(sha256): Path<String>, headers: HeaderMap) -> Response {
    let Some(name) = FileName::parse(&sha256) else { return missing() };
    match app.store.find_file_of_account(&owner.account_id, name.as_str()).await {
        Ok(Some(file)) => serve(&app, &name, &file, &headers, &OWN).await,
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

/// Not to be kept: the picture may be shown again.
fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

fn failed(why: &dyn std::fmt::Display) -> Response {
    tracing::error!("serve a picture: {why}");
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// It is somewhere else, and does not come at the moment.
fn away(why: &str) -> Response {
    tracing::error!("serve a picture: {why}");
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::RETRY_AFTER, AGAIN_SECS)];
    (StatusCode::SERVICE_UNAVAILABLE, headers).into_response()
}

async fn serve(app: &App, name: &FileName, file: &MediaFile, asked: &HeaderMap, terms: &Terms) -> Response {
    let Ok(length) = u64::try_from(file.length) else { return failed(&"a negative length") };
    let tag = format!("\"{}\"", name.as_str());
    let mut headers = HeaderMap::new();
    let fixed = [
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, terms.cache),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), terms.policy),
    ];
    headers.extend(fixed.map(|(header, value)| (header, HeaderValue::from_static(value))));
    if let Some(origin) = terms.origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(origin));
    }
    set(&mut headers, header::ETAG, &tag);
    if text(asked, &header::IF_NONE_MATCH).is_some_and(|tags| matches(tags, &tag)) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let wanted = text(asked, &header::RANGE).filter(|_| text(asked, &header::IF_RANGE).is_none_or(|held| held == tag));
    let (status, part) = match wanted.map_or(Wanted::All, |range| wanted_part(range, length)) {
        Wanted::All => (StatusCode::OK, 0..length),
        Wanted::Part(part) => {
            set(&mut headers, header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", part.start, part.end - 1));
            (StatusCode::PARTIAL_CONTENT, part)
        }
        Wanted::Impossible => {
            set(&mut headers, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
    };
    let (disposition, ending) = match file.content_type.as_str() {
        "image/jpeg" => ("inline", "jpg"),
        "image/png" => ("inline", "png"),
        "image/avif" => ("inline", "avif"),
        "image/webp" => ("inline", "webp"),
        "video/mp4" => ("inline", "mp4"),
        _ => ("attachment", "bin"),
    };
    let named = format!("{disposition}; filename=\"{}.{ending}\"", &name.as_str()[..12]);
    set(&mut headers, header::CONTENT_DISPOSITION, &named);
    set(&mut headers, header::CONTENT_TYPE, &file.content_type);
    set(&mut headers, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
    match body(app, name, part, length).await {
        Ok(Some(body)) => (status, headers, body).into_response(),
        Ok(None) => {
            tracing::error!("serve a picture: file {} is missing from the storage", name.as_str());
            missing()
        }
        Err(storage::Error::Away(why)) => away(&why),
        Err(error) => failed(&error),
    }
}

/// A part of a file of this length.
async fn body(app: &App, name: &FileName, part: Range<u64>, length: u64) -> storage::Result<Option<Body>> {
    if let Some(whole) = app.storage.small(name, length).await? {
        let place = |at: u64| usize::try_from(at).map_or(whole.len(), |at| at.min(whole.len()));
        return Ok(Some(Body::from(whole.slice(place(part.start)..place(part.end)))));
    }
    Ok(app.storage.open(name, part, length).await?.map(Body::from_stream))
}

fn set(headers: &mut HeaderMap, header: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(header, value);
    }
}

fn text<'a>(headers: &'a HeaderMap, header: &HeaderName) -> Option<&'a str> {
    headers.get(header)?.to_str().ok()
}

/// Whether `If-None-Match` names the tag, weakly or not.
fn matches(tags: &str, tag: &str) -> bool {
    tags.trim() == "*" || tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

#[derive(Debug, PartialEq)]
enum Wanted {
    All,
    Part(Range<u64>),
    Impossible,
}

/// Reads `Range` (RFC 9110, section 14): one part. Several at once, and what cannot be read, get the whole.
fn wanted_part(range: &str, length: u64) -> Wanted {
    let Some(part) = range.trim().strip_prefix("bytes=") else { return Wanted::All };
    let Some((first, last)) = part.split_once('-') else { return Wanted::All };
    let number = |digits: &str| -> Option<Option<u64>> {
        let digits = digits.trim();
        match digits.parse() {
            Ok(number) if digits.starts_with(|c: char| c.is_ascii_digit()) => Some(Some(number)),
            _ => digits.is_empty().then_some(None),
        }
    };
    let (start, end) = match (number(first), number(last)) {
        (Some(Some(first)), Some(None)) => (first, length),
        (Some(Some(first)), Some(Some(last))) if first <= last => (first, length.min(last.saturating_add(1))),
        (Some(None), Some(Some(0))) => return Wanted::Impossible,
        (Some(None), Some(Some(final_bytes))) => (length.saturating_sub(final_bytes), length),
        _ => return Wanted::All,
    };
    if start < end { Wanted::Part(start..end) } else { Wanted::Impossible }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, matches, wanted_part};

    #[test]
    fn one_part_is_cut_and_anything_odd_gets_the_whole() {
        assert_eq!(wanted_part("bytes=0-0", 10), Wanted::Part(0..1));
        assert_eq!(wanted_part("bytes=4-", 10), Wanted::Part(4..10));
        assert_eq!(wanted_part("bytes=4-99", 10), Wanted::Part(4..10));
        assert_eq!(wanted_part("bytes=-3", 10), Wanted::Part(7..10));
        assert_eq!(wanted_part("bytes=-99", 10), Wanted::Part(0..10));
        assert_eq!(wanted_part("bytes=0-18446744073709551615", 10), Wanted::Part(0..10));
        for impossible in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99-100"] {
            assert_eq!(wanted_part(impossible, 10), Wanted::Impossible, "{impossible}");
        }
        for odd in ["bytes=5-4", "bytes=0-1,3-4", "bytes=-", "bytes=a-b", "bytes=+1-2", "lines=1-2", "bytes=", ""] {
            assert_eq!(wanted_part(odd, 10), Wanted::All, "{odd}");
        }
    }

    #[test]
    fn a_held_copy_is_recognised_in_every_form() {
        for held in ["*", "\"a\"", "W/\"a\"", "\"b\", \"a\""] {
            assert!(matches(held, "\"a\""), "{held}");
        }
        assert!(!matches("\"b\"", "\"a\""));
    }
}
