//! What every answer tells a browser about safety.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::app::App;

/// Everything from ourselves, nothing inline, no frame around us, forms to ourselves only.
/// Bootstrap's small icons are `data:` addresses.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; media-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri \
                      'none'; form-action 'self'";

const FEATURES: &str = "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(), display-capture=(), \
                        geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=(), \
                        xr-spatial-tracking=()";

static ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(FEATURES)),
    (HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY")),
];

/// One year, for TLS only; what sits below our host name is not ours to decide about.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds what a route has not said for itself. A route that may be framed (the
/// widget) sends a policy of its own and then gets no `X-Frame-Options` either.
pub(super) fn add(app: &App, headers: &mut HeaderMap) {
    headers.reserve(ALWAYS.len() + 1);
    let own_policy = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    for (name, value) in &ALWAYS {
        if own_policy && *name == header::X_FRAME_OPTIONS {
            continue;
        }
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if app.config.secure() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(STRICT);
    }
}
