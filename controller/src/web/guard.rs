//! What stands before every page that members use: language, session, XSRF.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use cookie::{Cookie, SameSite};

use super::{Visit, client, errors, visit::Xsrf};
use crate::{
    app::App,
    tools::{
        ids,
        words::{self, Language},
    },
};

/// Largest form of a member, with its files.
const LARGEST_FORM: usize = 25 * 1024 * 1024;

/// Largest form of anybody else: a log-in or a registration.
const LARGEST_FORM_OF_STRANGERS: usize = 64 * 1024;

/// Finds out who asks, refuses forms that are not ours, and keeps the XSRF cookie.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let jar = Jar::read(request.headers());
    let language = language(request.headers(), &jar);
    let bound = jar.get("session").unwrap_or_default().to_owned();
    let held = jar.get("xsrf").filter(|token| is_token(&app, &bound, token)).map(str::to_owned);
    let fresh = held.is_none();
    let token = match held.map_or_else(|| new_token(&app, &bound), Ok) {
        Ok(token) => token,
        Err(error) => return errors::answer(language, &error.into()),
    };
    let visit = visit(&app, &request, language, &token);
    let xsrf = visit.xsrf.clone();
    let mut request = if matches!(*request.method(), Method::GET | Method::HEAD) {
        request
    } else {
        if fresh || !same_origin(request.headers()) {
            return refuse(language);
        }
        let largest = if visit.member.is_some() { LARGEST_FORM } else { LARGEST_FORM_OF_STRANGERS };
        match checked(request, &token, largest).await {
            Ok(request) => request,
            Err(Refusal::Forged) => return refuse(language),
            Err(Refusal::TooLarge) => return errors::told(language, StatusCode::PAYLOAD_TOO_LARGE, "errors.too_large"),
        }
    };
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // What a member saw must not come back from a browser's memory after log-out.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if fresh && xsrf.is_used() {
        add_cookie(&mut response, &cookie(&app, "xsrf", token));
    }
    response
}

fn visit(app: &App, request: &Request, language: Language, token: &str) -> Visit {
    let uri = request.uri();
    let address = client::address(request.extensions(), request.headers(), &app.config.trusted_proxies);
    let now = app.clock.now();
    let path = if *request.method() == Method::GET {
        uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string)
    } else {
        "/".to_owned()
    };
    let done = uri
        .query()
        .and_then(|query| url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done"))
        .map(|(_, key)| format!("done.{key}"))
        .filter(|key| words::knows(language, key));
    Visit { language, xsrf: Xsrf::new(token.to_owned()), member: None, path, done, address, now }
}

/// Adds a cookie to an answer.
pub(super) fn add_cookie(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = cookie.to_string().parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The language of somebody who asks outside the guard.
pub(super) fn spoken(headers: &HeaderMap) -> Language {
    language(headers, &Jar::read(headers))
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

/// The language a visitor chose or whose browser asks for it; `None` when neither says anything.
pub(super) fn wanted_language(headers: &HeaderMap) -> Option<Language> {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
    Jar::read(headers).get("language").and_then(Language::find).or_else(accepted)
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
async fn checked(request: Request, token: &str, largest: usize) -> Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    if parts.headers.get("x-xsrf").is_some_and(|sent| sent.as_bytes() == token.as_bytes()) {
        // Extractors limit what they read themselves.
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = axum::body::to_bytes(body, largest).await.map_err(|_| Refusal::TooLarge)?;
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
