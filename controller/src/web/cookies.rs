//! The three cookies: `language`, `session`, `xsrf`.

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use cookie::{Cookie, SameSite, time::Duration};

use crate::{
    app::{App, Result},
    features::sessions,
    tools::{ids, words::Language},
};

/// For so long a browser keeps the language that a visitor chose.
pub(super) const LANGUAGE_DAYS: i64 = 365;

/// The cookies of a request.
pub(super) struct Jar(Vec<Cookie<'static>>);

impl Jar {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        Self(lines.flat_map(|line| Cookie::split_parse(line.to_owned())).flatten().collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|c| c.name() == name).map(Cookie::value)
    }
}

/// The language a visitor chose, or whose browser asks for it; `None` when neither says anything.
pub(super) fn wanted_language(headers: &HeaderMap) -> Option<Language> {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Language::accepted);
    Jar::read(headers).get("language").and_then(Language::find).or_else(accepted)
}

/// Remembers a language, because somebody chose it.
pub(super) fn choose_language(app: &App, response: &mut Response, language: Language) {
    let mut cookie = cookie(app, "language", language.code().to_owned());
    cookie.set_max_age(Duration::days(LANGUAGE_DAYS));
    add(response, &cookie);
}

/// Begins a session in the browser, with a token for the forms of that session.
pub(super) fn begin_session(app: &App, response: &mut Response, token: String) -> Result<()> {
    let xsrf = new_xsrf(app, &token)?;
    let mut session = cookie(app, "session", token);
    session.set_max_age(Duration::seconds(sessions::LONGEST_SECS));
    add(response, &session);
    set_xsrf(app, response, xsrf);
    Ok(())
}

/// Ends it.
pub(super) fn end_session(app: &App, response: &mut Response) {
    for name in ["session", "xsrf"] {
        let mut gone = cookie(app, name, String::new());
        gone.set_max_age(Duration::ZERO);
        add(response, &gone);
    }
}

pub(super) fn set_xsrf(app: &App, response: &mut Response, token: String) {
    add(response, &cookie(app, "xsrf", token));
}

/// A new token for forms, good only together with this session (empty for none).
pub(super) fn new_xsrf(app: &App, session: &str) -> Result<String> {
    let nonce = shared::hex::encode(&ids::random::<16>()?);
    let mark = app.keys.mark("xsrf", &format!("{nonce}.{session}"));
    Ok(format!("{nonce}.{mark}"))
}

/// Whether a token is ours and belongs to this session.
pub(super) fn is_xsrf(app: &App, session: &str, token: &str) -> bool {
    token.split_once('.').is_some_and(|(nonce, mark)| app.keys.is_mark("xsrf", &format!("{nonce}.{session}"), mark))
}

/// Whole site, no script, not from elsewhere, TLS only where there is TLS.
fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(app.config.secure()).build()
}

fn add(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = cookie.to_string().parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
