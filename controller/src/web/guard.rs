//! What stands before every page that members use: language, session, XSRF.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use futures_util::StreamExt;

use super::{
    Owner, Visit, client,
    cookies::{self, Jar},
    errors, media, posts, programmes,
    visit::Xsrf,
};
use crate::{
    app::{App, Result, acting},
    features::sessions,
    tools::words,
};

/// Largest form of a member, with its files.
const LARGEST_FORM: usize = 25 * 1024 * 1024;

/// Largest form of anybody else: a log-in or a registration.
const LARGEST_FORM_OF_STRANGERS: usize = 64 * 1024;

/// Most that is read of a form with films to find its token, which stands first.
const LARGEST_START: usize = 16 * 1024;

/// Finds out who asks, refuses forms that are not ours, and keeps the XSRF cookie.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = Asked::read(&app, &request);
    let language = asked.visit.language;
    match pass(&app, asked, request, next).await {
        Ok(response) => response,
        Err(Refusal::Forged) => errors::told(language, StatusCode::FORBIDDEN, "errors.xsrf"),
        Err(Refusal::TooLarge) => errors::told(language, StatusCode::PAYLOAD_TOO_LARGE, "errors.too_large"),
        Err(Refusal::Failed(error)) => errors::answer(language, &error),
    }
}

enum Refusal {
    Forged,
    TooLarge,
    Failed(crate::app::Error),
}

impl From<crate::app::Error> for Refusal {
    fn from(error: crate::app::Error) -> Self {
        Self::Failed(error)
    }
}

async fn pass(app: &App, asked: Asked, request: Request, next: Next) -> std::result::Result<Response, Refusal> {
    let Asked { mut visit, session, xsrf } = asked;
    visit.member = member(app, &session, &visit).await?;
    let fresh = xsrf.is_none();
    let token = xsrf.map_or_else(|| cookies::new_xsrf(app, &session), Ok)?;
    visit.xsrf = Xsrf::new(token.clone());
    let used = visit.xsrf.clone();
    let mut request = if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        request
    } else if fresh || !same_origin(request.headers()) {
        return Err(Refusal::Forged);
    } else {
        let streamed = visit.member.is_some() && may_bring_files(request.uri().path());
        let largest = if visit.member.is_some() { LARGEST_FORM } else { LARGEST_FORM_OF_STRANGERS };
        if streamed && kind_of(request.headers()).starts_with("multipart/form-data") {
            checked_at_start(request, &token).await?
        } else {
            checked(request, &token, largest).await?
        }
    };
    let member_id = visit.member.as_ref().map(|owner| owner.member_id.clone());
    request.extensions_mut().insert(visit);
    let mut response = match member_id {
        Some(id) => acting::as_member(&id, next.run(request)).await,
        None => next.run(request).await,
    };
    // What a member saw must not come back from a browser's memory after log-out.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if fresh && used.is_used() {
        cookies::set_xsrf(app, &mut response, token);
    }
    Ok(response)
}

/// What a request says of itself.
struct Asked {
    visit: Visit,
    session: String,
    xsrf: Option<String>,
}

impl Asked {
    fn read(app: &App, request: &Request) -> Self {
        let (uri, headers) = (request.uri(), request.headers());
        let jar = Jar::read(headers);
        let mut visit = Visit::stranger(cookies::wanted_language(headers).unwrap_or_default());
        visit.address = client::address(request.extensions(), headers, &app.config.trusted_proxies);
        visit.now = app.clock.now();
        visit.path = match (request.method(), uri.path_and_query()) {
            (&Method::GET, Some(all)) => all.to_string(),
            _ => uri.path().to_owned(),
        };
        visit.done = uri
            .query()
            .and_then(|query| url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done"))
            .map(|(_, key)| format!("done.{key}"))
            .filter(|key| words::knows(visit.language, key));
        let session = jar.get("session").unwrap_or_default().to_owned();
        let xsrf = jar.get("xsrf").filter(|token| cookies::is_xsrf(app, &session, token)).map(str::to_owned);
        Self { visit, session, xsrf }
    }
}

async fn member(app: &App, session: &str, visit: &Visit) -> Result<Option<Owner>> {
    let visitor = sessions::find(app, session, visit.address).await?;
    Ok(visitor.map(|visitor| Owner {
        member_id: visitor.member_id,
        account_id: visitor.account_id,
        session_id: visitor.session_id,
        first_name: visitor.first_name,
        institution: visitor.institution,
        operator: visitor.operator && visitor.role == "owner",
        role: visitor.role,
    }))
}

/// Whether a form may bring files that its handler limits as they come.
fn may_bring_files(path: &str) -> bool {
    programmes::may_bring_films(path) || posts::may_bring_pictures(path) || media::may_bring_files(path)
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

/// Type of a body.
fn kind_of(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether a token came in the header.
fn is_in_header(headers: &HeaderMap, token: &str) -> bool {
    headers.get("x-xsrf").is_some_and(|sent| sent.as_bytes() == token.as_bytes())
}

/// Reads a body up to its token and gives the request back whole: files are too large to be read here. The handler
/// limits the rest as it comes.
async fn checked_at_start(request: Request, token: &str) -> std::result::Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    if is_in_header(&parts.headers, token) {
        return Ok(Request::from_parts(parts, body));
    }
    let kind = kind_of(&parts.headers).to_owned();
    let mut rest = body.into_data_stream();
    let mut start = Vec::new();
    let sent = loop {
        if let Some(sent) = field(&kind, Bytes::copy_from_slice(&start)).await {
            break sent;
        }
        if start.len() > LARGEST_START {
            return Err(Refusal::Forged);
        }
        let piece = rest.next().await.ok_or(Refusal::Forged)?;
        start.extend_from_slice(&piece.map_err(|_| Refusal::Forged)?);
    };
    if sent != token {
        return Err(Refusal::Forged);
    }
    let start = futures_util::stream::iter([Ok(Bytes::from(start))]);
    Ok(Request::from_parts(parts, Body::from_stream(start.chain(rest))))
}

/// Reads the body, looks for the token in header `x-xsrf` or field `xsrf`, and gives the request back whole.
async fn checked(request: Request, token: &str, largest: usize) -> std::result::Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    if is_in_header(&parts.headers, token) {
        // Extractors limit what they read themselves.
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = axum::body::to_bytes(body, largest).await.map_err(|_| Refusal::TooLarge)?;
    let kind = kind_of(&parts.headers);
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
