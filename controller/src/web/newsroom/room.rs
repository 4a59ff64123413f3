//! What every page of a newsroom has: its stage, and the visitor's language.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};

use super::super::{cookies, errors, pictures::Image, statics, times};
use crate::{
    app::{App, Error},
    features::posts::{self, Picture},
    store::{Post, Stage, Topic},
    tools::words::{self, Language},
};

/// A newsroom as one visitor sees it.
pub(super) struct Room {
    /// Whose it is.
    pub(super) stage: Stage,
    /// Language of what we say ourselves.
    pub(super) language: Language,
    /// The stage's logo in its sizes.
    pub(super) logo: Option<Picture>,
    /// Topics that have a shown post, in their order.
    pub(super) topics: Vec<Topic>,
    base: String,
    now: i64,
}

impl Room {
    /// Finds the newsroom of `@handle`; else the page that says there is none.
    pub(super) async fn find(app: &App, at_handle: &str, headers: &HeaderMap) -> Result<Self, Response> {
        let wanted = cookies::wanted_language(headers);
        let nothing = || errors::told(wanted.unwrap_or_default(), StatusCode::NOT_FOUND, "errors.not_found");
        let handle = at_handle.strip_prefix('@').ok_or_else(nothing)?;
        if handle.chars().any(char::is_uppercase) {
            return Err(Redirect::permanent(&format!("/@{}", handle.to_lowercase())).into_response());
        }
        let broken = |error: Error| errors::answer(wanted.unwrap_or_default(), &error);
        let found = app.store.find_stage_by_handle(handle).await.map_err(|e| broken(e.into()))?;
        let stage = found.ok_or_else(nothing)?;
        let logo = match &stage.logo_id {
            Some(id) => app.store.find_media(&stage.account_id, id).await.map_err(|e| broken(e.into()))?,
            None => None,
        };
        let topics = app.store.list_public_topics(&stage.id, app.clock.now()).await.map_err(|e| broken(e.into()))?;
        Ok(Self {
            topics,
            language: wanted.or_else(|| Language::find(&stage.language)).unwrap_or_default(),
            logo: logo.map(|media| Picture { alt: stage.name.clone(), media }),
            base: app.config.address(""),
            now: app.clock.now(),
            stage,
        })
    }

    /// `/@handle`.
    pub(super) fn path(&self) -> String {
        format!("/@{}", self.stage.handle)
    }

    /// `/@handle/topics/slug`.
    pub(super) fn topic_path(&self, topic: &Topic) -> String {
        format!("{}/topics/{}", self.path(), topic.slug)
    }

    /// The page's address for other machines.
    pub(super) fn address(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.base)
    }

    /// Where other websites ask how to show a page of this newsroom.
    pub(super) fn oembed(&self, path: &str, format: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("url", &self.address(path)).append_pair("format", format);
        self.address(format_args!("/oembed?{}", query.finish()))
    }

    /// Says that a post is gone, with the way back.
    pub(super) fn no_such_post(&self) -> Response {
        errors::told(self.language, StatusCode::NOT_FOUND, "newsroom.gone")
    }

    /// The logo for an `<img>`.
    pub(super) fn logo_image(&self) -> Option<Image> {
        self.logo.clone().map(|logo| Image::of(logo, "/media"))
    }

    pub(super) fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    pub(super) fn lang(&self) -> &'static str {
        self.language.code()
    }

    /// Who signs a post; empty where nobody does.
    pub(super) fn signed<'a>(&'a self, post: &'a Post) -> &'a str {
        posts::signed(post, None, &self.stage.name)
    }

    /// Whether a post stands out now.
    pub(super) fn is_featured(&self, post: &Post) -> bool {
        post.is_featured(self.now)
    }

    /// The stage's own language, for what the stage says.
    pub(super) fn own_lang(&self) -> &str {
        &self.stage.language
    }

    pub(super) fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    pub(super) fn ago(&self, millis: &i64) -> String {
        times::ago(self.language, *millis, self.now, &self.stage.time_zone)
    }

    pub(super) fn when(&self, millis: &i64) -> String {
        times::full(self.language, *millis, &self.stage.time_zone)
    }

    pub(super) fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }

    /// Address that switches to a language and comes back here.
    pub(super) fn switch(&self, language: &Language) -> String {
        let then = url::form_urlencoded::byte_serialize(self.path().as_bytes()).collect::<String>();
        format!("/language?to={}&then={then}", language.code())
    }

    pub(super) fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    /// Address of the style sheet with the stage's colours; changes with them.
    pub(super) fn look(&self) -> String {
        format!("{}/look.css?v={}", self.path(), self.stage.changed_at)
    }
}
