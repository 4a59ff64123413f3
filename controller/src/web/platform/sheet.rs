//! What every page of the platform has: words, the way to other languages, and whether somebody is logged in here.

use std::future::Future;

use axum::{http::HeaderMap, response::Response};
use fluent_bundle::FluentValue;

use crate::{
    app::{App, Result},
    tools::words::{self, Language},
    web::{
        cookies::{self, Jar},
        errors,
        kept::{self, Fresh, by_language},
        statics,
    },
};

/// A page of the platform as one visitor asks for it.
#[derive(Clone, Debug)]
pub(in crate::web) struct Sheet {
    /// Language of the page.
    pub(in crate::web) language: Language,
    /// Whether the browser says that somebody has logged in with it. Nothing but the way to the dashboard depends on that.
    pub(in crate::web) member: bool,
    /// Path and query of the page.
    path: String,
    /// Whether the address says the language, as search engines are told to.
    by_address: bool,
    /// The domain of a stage under which the page is read; nothing else of the platform is there, and no cookie.
    under: Option<String>,
    base: String,
}

impl Sheet {
    /// Reads what a page depends on; `lang` is what the address says.
    pub(in crate::web) fn read(app: &App, headers: &HeaderMap, path: String, lang: Option<&str>) -> Self {
        let by_address = lang.and_then(Language::find);
        let language = by_address.or_else(|| cookies::wanted_language(headers)).unwrap_or_default();
        let member = Jar::read(headers).get("session").is_some_and(|token| !token.is_empty());
        let base = app.config.address("");
        Self { language, member, path, by_address: by_address.is_some(), under: None, base }
    }

    /// The same page under the domain of a stage.
    pub(in crate::web) fn under(self, host: Option<String>) -> Self {
        Self { under: host, ..self }
    }

    /// The domain of a stage under which it is read.
    pub(in crate::web) fn domain(&self) -> Option<&str> {
        self.under.as_deref()
    }

    /// The path of another page that is here, too. Under the domain of a stage no cookie keeps a language: it goes along.
    pub(in crate::web) fn way(&self, path: &str) -> String {
        let goes_along = self.under.is_some() && self.by_address;
        if goes_along { format!("{path}?lang={}", self.language.code()) } else { path.to_owned() }
    }

    /// What addresses of other pages of the platform begin with.
    pub(in crate::web) fn home(&self) -> &str {
        if self.under.is_some() { &self.base } else { "" }
    }

    /// Gives the page, or has it made: once for all who read that language.
    pub(in crate::web) async fn page<F: Future<Output = Result<Fresh>>>(
        &self,
        app: &App,
        headers: &HeaderMap,
        make: impl FnOnce() -> F,
    ) -> Response {
        let (language, under) = (self.language.code(), self.under.as_deref().unwrap_or_default());
        let key = format!("platform {language} {} {} {under} {}", self.by_address, self.member, self.path);
        match kept::answer(app, headers, "", &key, make).await {
            Ok(response) => by_language(response),
            Err(error) => errors::answer(self.language, &error),
        }
    }

    pub(in crate::web) fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    pub(in crate::web) fn t1<'a>(&self, key: &str, name: &str, value: impl Into<FluentValue<'a>>) -> String {
        words::say(self.language, key, &[(name, value.into())])
    }

    pub(in crate::web) fn lang(&self) -> &'static str {
        self.language.code()
    }

    pub(in crate::web) fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    pub(in crate::web) fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// Address that switches to a language and comes back here.
    pub(in crate::web) fn switch(&self, language: &Language) -> String {
        if self.under.is_some() {
            return self.said(language);
        }
        let then = url::form_urlencoded::byte_serialize(self.path.as_bytes()).collect::<String>();
        format!("/language?to={}&then={then}", language.code())
    }

    /// `page` where this page has that path, for `aria-current`.
    pub(in crate::web) fn is_at(&self, path: &str) -> bool {
        self.path.split('?').next() == Some(path)
    }

    /// The page's own address.
    pub(in crate::web) fn canonical(&self) -> String {
        if self.by_address { self.spoken(&self.language) } else { self.address(&self.path) }
    }

    /// The address of the page in a language.
    pub(in crate::web) fn spoken(&self, language: &Language) -> String {
        self.address(&self.said(language))
    }

    /// Path and query of the page that say the language.
    fn said(&self, language: &Language) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={}", self.path, language.code())
    }

    /// An address for other machines.
    pub(in crate::web) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Host and port, as people name this instance.
    pub(in crate::web) fn host(&self) -> &str {
        self.base.split("://").last().unwrap_or_default()
    }
}
