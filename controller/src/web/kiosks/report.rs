//! `POST /screens/v1/report`: how a screen is, or a picture of what is on.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    LARGEST_WORDS,
    auth::Paired,
    refused::{answer, refused},
};
use crate::{app::App, features::screens};

pub(super) async fn take(State(app): State<App>, Paired(screen): Paired, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().map(str::trim) {
        Some("application/json") if body.len() <= LARGEST_WORDS => match serde_json::from_slice(&body) {
            Ok(report) => {
                screens::hear(&app, &screen.account_id, &screen.id, report);
                StatusCode::NO_CONTENT.into_response()
            }
            Err(_) => refused(&app, StatusCode::BAD_REQUEST, "malformed"),
        },
        Some("application/json") => refused(&app, StatusCode::PAYLOAD_TOO_LARGE, "malformed"),
        Some("image/jpeg") => match screens::keep_picture(&app, &screen, body.to_vec()).await {
            Ok(()) => StatusCode::NO_CONTENT.into_response(),
            Err(error) => answer(&app, &error),
        },
        _ => refused(&app, StatusCode::UNSUPPORTED_MEDIA_TYPE, "malformed"),
    }
}
