//! `POST /screens/v1/pairing`: a kiosk asks for its code, or whose it is by now.

use std::net::IpAddr;

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
    let address = address.map(neighbourhood).unwrap_or_default();
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
    match pairings::ask(&app, &kiosk.key, &wish, &address).await {
        Ok(told) => ([(header::CACHE_CONTROL, "no-store")], Json(told)).into_response(),
        Err(error) => answer(&app, &error),
    }
}

/// The network an address is counted by: a whole IPv6 site has as many addresses as it likes.
fn neighbourhood(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::neighbourhood;

    #[test]
    fn a_site_is_one_neighbour() {
        let of = |text: &str| neighbourhood(text.parse().unwrap());

        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
    }
}
