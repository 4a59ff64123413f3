//! Who a kiosk is: proven by its signature over this very request.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::Response,
};
use ed25519_dalek::{Signature, VerifyingKey};
use shared::{
    envelope::{REQUEST, signed_bytes},
    hex,
    protocol::{REQUEST_WINDOW_MILLIS, SCHEME, request_document},
};

use super::refused::{answer, refused};
use crate::{app::App, features::screens, store::Screen};

/// A kiosk that holds the secret half of a key; paired or not.
pub(super) struct Kiosk {
    /// Its public key.
    pub(super) key: [u8; 32],
}

/// The screen of a kiosk that is paired and was not revoked.
pub(super) struct Paired(pub(super) Screen);

impl FromRequestParts<App> for Kiosk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let unknown = || refused(app, StatusCode::UNAUTHORIZED, "signature");
        let proof = Proof::read(&parts.headers).ok_or_else(unknown)?;
        if proof.time.abs_diff(app.clock.now()) > REQUEST_WINDOW_MILLIS.unsigned_abs() {
            return Err(refused(app, StatusCode::UNAUTHORIZED, "time"));
        }
        let document = request_document(parts.method.as_str(), parts.uri.path(), proof.time);
        let key = VerifyingKey::from_bytes(&proof.key).map_err(|_| unknown())?;
        key.verify_strict(&signed_bytes(REQUEST, &document), &proof.signature).map_err(|_| unknown())?;
        Ok(Self { key: proof.key })
    }
}

impl FromRequestParts<App> for Paired {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let kiosk = Kiosk::from_request_parts(parts, app).await?;
        match screens::find_by_key(app, &kiosk.key).await {
            Ok(Some(screen)) if screen.revoked_at.is_none() => Ok(Self(screen)),
            Ok(Some(_)) => Err(refused(app, StatusCode::FORBIDDEN, "revoked")),
            Ok(None) => Err(refused(app, StatusCode::NOT_FOUND, "unknown_screen")),
            Err(error) => Err(answer(app, &error)),
        }
    }
}

/// What stands in the header `authorization`.
struct Proof {
    key: [u8; 32],
    time: i64,
    signature: Signature,
}

impl Proof {
    fn read(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let rest = text.strip_prefix(SCHEME)?.strip_prefix(' ')?;
        let part = |name: &str| {
            let mut parts = rest.split(',').filter_map(|part| part.trim().split_once('='));
            parts.find(|(found, _)| *found == name).map(|(_, value)| value)
        };
        Some(Self {
            key: hex::decode(part("key")?)?,
            time: part("time")?.parse().ok()?,
            signature: Signature::from_bytes(&hex::decode(part("signature")?)?),
        })
    }
}
