//! Whose newsroom is asked for, and in which language: all that is looked up before an answer that is kept is given.

use std::{future::Future, sync::Arc};

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use super::super::{
    cookies, errors,
    kept::{self, Fresh, by_language},
};
use crate::{
    app::{App, Error, Result},
    features::{domains::Home, stages},
    store::Stage,
    tools::words::Language,
};

/// A newsroom as one visitor asks for it.
pub(super) struct Front {
    /// Whose it is.
    pub(super) stage: Arc<Stage>,
    /// Where it is found.
    pub(super) home: Home,
    /// Language of what we say ourselves.
    pub(super) language: Language,
    /// Whether the address says the language (`?lang=en`), as search engines are told to; else the visitor's choice or
    /// browser does, or else the stage.
    pub(super) by_address: bool,
}

impl Front {
    /// Finds the newsroom of `@handle`; else the page that says there is none.
    pub(super) async fn find(
        app: &App,
        at_handle: &str,
        headers: &HeaderMap,
        lang: Option<&str>,
    ) -> std::result::Result<Self, Response> {
        let by_address = lang.and_then(Language::find);
        let wanted = by_address.or_else(|| cookies::wanted_language(headers));
        let nothing = || missing(wanted.unwrap_or_default(), "errors.not_found", START);
        let handle = at_handle.strip_prefix('@').ok_or_else(nothing)?;
        // However it is typed; what the page calls itself says how it is written.
        let stage = stages::get_public(app, handle).await.map_err(|error| match error {
            Error::NotFound(_) => nothing(),
            error => errors::answer(wanted.unwrap_or_default(), &error),
        })?;
        let language = wanted.or_else(|| Language::find(&stage.language)).unwrap_or_default();
        let home = Home::of(app, &stage);
        Ok(Self { stage, home, language, by_address: by_address.is_some() })
    }

    /// What its paths begin with: `/@handle`, or nothing under a domain of its own.
    pub(super) fn path(&self) -> &str {
        self.home.path()
    }

    /// Gives the page that stands under a key, or has it made.
    pub(super) async fn page<F: Future<Output = Result<Fresh>>>(
        &self,
        app: &App,
        headers: &HeaderMap,
        key: &str,
        make: impl FnOnce() -> F,
    ) -> Response {
        let key = format!("newsroom {} {} {} {key}", self.home.root(), self.language.code(), self.by_address);
        match kept::answer(app, headers, &self.stage.id, &key, make).await {
            Ok(response) => by_language(response),
            Err(error) => self.refuse(&error),
        }
    }

    /// Gives a document in the stage's own words, the same for every visitor.
    pub(super) async fn document<F: Future<Output = Result<Fresh>>>(
        &self,
        app: &App,
        headers: &HeaderMap,
        key: &str,
        make: impl FnOnce() -> F,
    ) -> Response {
        let key = format!("{} {key}", self.home.root());
        let answer: std::result::Result<_, Arc<Error>> = kept::answer(app, headers, &self.stage.id, &key, make).await;
        answer.unwrap_or_else(|error| self.refuse(&error))
    }

    /// An error as a page of the newsroom.
    pub(super) fn refuse(&self, error: &Error) -> Response {
        let here = (self.home.start(), "errors.newsroom");
        match error {
            Error::NotFound("post") => missing(self.language, "newsroom.gone", here),
            Error::NotFound("topic") => missing(self.language, "newsroom.no_topic", here),
            Error::NotFound(_) => missing(self.language, "errors.not_found", here),
            error => errors::answer(self.language, error),
        }
    }
}

/// The start of the instance, and what that is called.
const START: (&str, &str) = ("/", "errors.home");

/// Says that something is not there, now, not for ever; and where there is more.
fn missing(language: Language, key: &'static str, way: (&str, &'static str)) -> Response {
    let mut response = by_language(errors::led(language, StatusCode::NOT_FOUND, key, way));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Leads to the new name of something for good: search engines and feed readers are to learn it. Whoever keeps the answer
/// asks again each time, because something else may have the old name one day.
pub(super) fn lead_for_good(to: &str) -> Response {
    unkept(Redirect::permanent(to))
}

/// Leads to another address for now. Not for ever: what stands there may be something else one day.
pub(super) fn lead(to: &str) -> Response {
    unkept(Redirect::to(to))
}

fn unkept(to: Redirect) -> Response {
    let mut response = by_language(to.into_response());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
