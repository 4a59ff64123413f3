//! `POST /screens/v1/pairing`: a kiosk asks for its code, or whose it is by now.

use axum::{
    Json,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::{hex, protocol::PairingRequest};

use super::{
    LARGEST_WORDS,
    auth::Kiosk,
    refused::{answer, refused},
};
use crate::{app::App, features::pairings, web::client};

pub(super) async fn ask(State(app): State<App>, kiosk: Kiosk, request: Request) -> Response {
    let address = client::address(request.extensions(), request.headers(), &app.config.trusted_proxies);
    let Ok(body) = axum::body::to_bytes(request.into_body(), LARGEST_WORDS).await else {
        return refused(&app, StatusCode::PAYLOAD_TOO_LARGE, "malformed");
    };
    let Ok(wish) = serde_json::from_slice::<PairingRequest>(&body) else {
        return refused(&app, StatusCode::BAD_REQUEST, "malformed");
    };
    // Whoever signs must be who asks to be paired.
    if hex::decode(&wish.public_key) != Some(kiosk.key) {
        return refused(&app, StatusCode::UNAUTHORIZED, "signature");
    }
    match pairings::ask(&app, &kiosk.key, &wish, &client::group(address)).await {
        Ok(told) => ([(header::CACHE_CONTROL, "no-store")], Json(told)).into_response(),
        Err(error) => answer(&app, &error),
    }
}
