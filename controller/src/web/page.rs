//! What every page has: words, who is logged in, the token of its forms.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use fluent_bundle::FluentValue;

use super::{Visit, statics};
use crate::{
    app::Problem,
    tools::words::{self, Language},
};

/// The part of a template that is the same on every page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Who asks.
    pub visit: Visit,
    /// What is wrong with the form that was sent.
    pub problems: Vec<Problem>,
}

impl Page {
    /// A page for this visit.
    pub fn new(visit: Visit) -> Self {
        Self { visit, problems: Vec::new() }
    }

    /// The same page, with what was wrong.
    #[must_use]
    pub fn with(mut self, problems: Vec<Problem>) -> Self {
        self.problems = problems;
        self
    }

    /// A text.
    pub fn t(&self, key: &str) -> String {
        words::say(self.visit.language, key, &[])
    }

    /// A text with one value in it.
    pub fn t1<'a>(&self, key: &str, name: &str, value: impl Into<FluentValue<'a>>) -> String {
        words::say(self.visit.language, key, &[(name, value.into())])
    }

    /// What is wrong with a field, in words; empty if nothing is.
    pub fn problem(&self, field: &str) -> String {
        self.problems.iter().find(|p| p.field == field).map_or_else(String::new, |p| self.t(p.key))
    }

    /// Language code for `lang`.
    pub fn lang(&self) -> &'static str {
        self.visit.language.code()
    }

    /// Address of a built-in file.
    pub fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// The other languages, for the switch.
    pub fn languages(&self) -> [Language; 2] {
        Language::ALL
    }
}

/// Draws a page.
pub fn draw(template: &impl Template) -> Response {
    draw_as(StatusCode::OK, template)
}

/// Draws a page with a status of its own (422 for a form that cannot be taken).
pub fn draw_as(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!("draw a page: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
