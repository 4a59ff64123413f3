//! `GET /screens/v1/programme`: the signed envelope, the same bytes for every screen.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{auth::Paired, refused::answer};
use crate::{app::App, features::programmes, tools::pictures::sha256};

pub(super) async fn fetch(State(app): State<App>, Paired(screen): Paired, asked: HeaderMap) -> Response {
    let envelope = match programmes::envelope(&app, &screen.programme_id).await {
        Ok(envelope) => envelope,
        Err(error) => return answer(&app, &error),
    };
    let tag = format!("\"{}\"", &sha256(envelope.as_bytes())[..32]);
    let held = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let same = held.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_TYPE, "application/json".to_owned()),
    ];
    if same { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, envelope).into_response() }
}
