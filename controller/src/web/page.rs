//! What every page has: words, who is logged in, the token of its forms, where we are.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use fluent_bundle::FluentValue;

use super::{Visit, statics, times};
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
    /// The stage this page is about, for the navigation.
    pub stage: Option<Place>,
}

/// The stage a page is about.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its handle.
    pub handle: String,
    /// Its time zone, for dates.
    pub time_zone: String,
    /// Since when its emergency stop is pulled, in milliseconds since 1970; 0 for not.
    pub stopped_at: i64,
}

impl Page {
    /// A page for this visit.
    pub fn new(visit: Visit) -> Self {
        Self { visit, problems: Vec::new(), stage: None }
    }

    /// The same page, with what was wrong.
    #[must_use]
    pub fn with(mut self, problems: Vec<Problem>) -> Self {
        self.problems = problems;
        self
    }

    /// The same page, with something wrong that belongs to no field.
    #[must_use]
    pub fn wrong(self, key: &'static str) -> Self {
        self.with(vec![Problem { field: "", key }])
    }

    /// The same page, inside a stage.
    #[must_use]
    pub fn at(mut self, stage: Place) -> Self {
        self.stage = Some(stage);
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

    /// A text with two values in it.
    pub fn t2<'a>(
        &self,
        key: &str,
        one: &str,
        value: impl Into<FluentValue<'a>>,
        other: &str,
        second: impl Into<FluentValue<'a>>,
    ) -> String {
        words::say(self.visit.language, key, &[(one, value.into()), (other, second.into())])
    }

    /// A text that need not exist.
    pub fn known(&self, key: &str) -> Option<String> {
        words::knows(self.visit.language, key).then(|| self.t(key))
    }

    /// A date in words.
    pub fn date(&self, date: shared::programme::Date) -> String {
        times::date(self.visit.language, date)
    }

    /// What is wrong with a field, in words; empty if nothing is.
    pub fn problem(&self, field: &str) -> String {
        self.problems.iter().find(|p| p.field == field).map_or_else(String::new, |p| self.t(p.key))
    }

    /// Whether something is wrong with a field.
    pub fn is_wrong(&self, field: &str) -> bool {
        self.problems.iter().any(|p| p.field == field)
    }

    /// Language code for `lang`.
    pub fn lang(&self) -> &'static str {
        self.visit.language.code()
    }

    /// Address of a built-in file.
    pub fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// All languages, for the switch.
    pub fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    /// Address that switches to a language and comes back here.
    pub fn switch(&self, language: &Language) -> String {
        let then = url::form_urlencoded::byte_serialize(self.visit.path.as_bytes()).collect::<String>();
        format!("/language?to={}&then={then}", language.code())
    }

    /// Whether the page asked for is this one or lies below it.
    pub fn is_at(&self, path: &str) -> bool {
        let here = self.visit.path.split('?').next().unwrap_or_default();
        here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// `page` where the page asked for is exactly this one, for `aria-current`.
    pub fn is_exactly(&self, path: &str) -> bool {
        self.visit.path.split('?').next() == Some(path)
    }

    /// Path of the stage's pages; empty outside a stage.
    pub fn stage_path(&self) -> String {
        self.stage.as_ref().map_or_else(String::new, |stage| format!("/dashboard/stages/{}", stage.id))
    }

    /// Token of forms. Draw it with the macro `ui::xsrf`; it sets the cookie.
    pub fn xsrf(&self) -> &str {
        self.visit.xsrf.token()
    }

    /// What was just done, in words; empty if nothing was.
    pub fn done(&self) -> String {
        self.visit.done.as_deref().map_or_else(String::new, |key| self.t(key))
    }

    /// Whether whoever asks may hide and show posts.
    pub fn may_moderate(&self) -> bool {
        self.visit.member.as_ref().is_some_and(super::Owner::may_moderate)
    }

    /// How long ago, in words: “5 minutes ago”; the date once it is more than a week.
    pub fn ago(&self, millis: &i64) -> String {
        times::ago(self.visit.language, *millis, self.visit.now, self.zone())
    }

    /// Day and time of day in words: “3 November 2026, 14:05”.
    pub fn when(&self, millis: &i64) -> String {
        times::full(self.visit.language, *millis, self.zone())
    }

    /// The day of an instant in words: “3 November 2026”.
    pub fn day(&self, millis: &i64) -> String {
        times::day(self.visit.language, *millis, self.zone())
    }

    /// For the attribute `datetime`.
    pub fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }

    fn zone(&self) -> &str {
        self.stage.as_ref().map_or("UTC", |stage| &stage.time_zone)
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

/// Goes to a page after a form was taken, and says there what was done (`done.stage_saved`).
pub fn go(path: &str, done: &str) -> Response {
    let key = done.strip_prefix("done.").unwrap_or(done);
    // A place in the page stands last in an address.
    let (path, place) = path.split_at(path.find('#').unwrap_or(path.len()));
    let mark = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{mark}done={key}{place}")).into_response()
}
