//! What stands before every page that members use: language, session, XSRF.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use cookie::{Cookie, SameSite};

use super::{Visit, errors};
use crate::{
    app::App,
    tools::{ids, words::Language},
};

/// Largest form, with its files.
const LARGEST_FORM: usize = 25 * 1024 * 1024;

/// Finds out who asks, refuses forms that are not ours, and keeps the XSRF cookie.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let jar = Jar::read(request.headers());
    let language = language(request.headers(), &jar);
    let session = jar.get("session").map(str::to_owned);
    let bound = session.clone().unwrap_or_default();
    let held = jar.get("xsrf").filter(|token| is_token(&app, &bound, token)).map(str::to_owned);
    let fresh = held.is_none();
    let token = match held.map_or_else(|| new_token(&app, &bound), Ok) {
        Ok(token) => token,
        Err(error) => return errors::answer(language, &error.into()),
    };
    let visit = Visit { language, xsrf: token.clone(), member: None, path: request.uri().path().to_owned() };
    let mut request = if matches!(*request.method(), Method::GET | Method::HEAD) {
        request
    } else {
        if fresh || !same_origin(request.headers()) {
            return refuse(language);
        }
        match checked(request, &token).await {
            Ok(request) => request,
            Err(Refusal::Forged) => return refuse(language),
            Err(Refusal::TooLarge) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    };
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    if fresh {
        let cookie = cookie(&app, "xsrf", token);
        if let Ok(value) = cookie.to_string().parse() {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// A cookie of ours: whole site, no script, not from elsewhere, TLS only where there is TLS.
pub(super) fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(app.config.secure()).build()
}

struct Jar(Vec<Cookie<'static>>);

impl Jar {
    fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        Self(lines.flat_map(|line| Cookie::split_parse(line.to_owned())).flatten().collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|c| c.name() == name).map(Cookie::value)
    }
}

fn language(headers: &HeaderMap, jar: &Jar) -> Language {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
    jar.get("language").and_then(Language::find).or_else(accepted).unwrap_or_default()
}

fn new_token(app: &App, bound: &str) -> Result<String, getrandom::Error> {
    let nonce = shared::hex::encode(&ids::random::<16>()?);
    let mark = app.keys.mark("xsrf", &format!("{nonce}.{bound}"));
    Ok(format!("{nonce}.{mark}"))
}

fn is_token(app: &App, bound: &str, token: &str) -> bool {
    token.split_once('.').is_some_and(|(nonce, mark)| app.keys.is_mark("xsrf", &format!("{nonce}.{bound}"), mark))
}

/// Whether the browser says that the form stood on a page of ours (Fetch Metadata; Origin).
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
        _ => true,
    }
}

enum Refusal {
    Forged,
    TooLarge,
}

/// Reads the body, looks for the token in header `x-xsrf` or field `xsrf`, and gives the request back whole.
async fn checked(request: Request, token: &str) -> Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    if parts.headers.get("x-xsrf").is_some_and(|sent| sent.as_bytes() == token.as_bytes()) {
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = axum::body::to_bytes(body, LARGEST_FORM).await.map_err(|_| Refusal::TooLarge)?;
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let sent = if kind.starts_with("multipart/form-data") {
        field(kind, bytes.clone()).await
    } else {
        url::form_urlencoded::parse(&bytes).find(|(name, _)| name == "xsrf").map(|(_, value)| value.into_owned())
    };
    if sent.as_deref() == Some(token) {
        Ok(Request::from_parts(parts, Body::from(bytes)))
    } else {
        Err(Refusal::Forged)
    }
}

/// The field `xsrf` of a multipart form; it stands first, before any file.
async fn field(kind: &str, bytes: Bytes) -> Option<String> {
    let request = Request::builder().method("POST").header(header::CONTENT_TYPE, kind).body(Body::from(bytes)).ok()?;
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let first = form.next_field().await.ok()??;
    if first.name() == Some("xsrf") { first.text().await.ok() } else { None }
}

fn refuse(language: Language) -> Response {
    errors::told(language, StatusCode::FORBIDDEN, "errors.xsrf")
}
