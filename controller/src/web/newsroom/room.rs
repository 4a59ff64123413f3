//! What every page of a newsroom has: its stage, its links, and the visitor's language.

use std::sync::Arc;

use super::{
    super::{pictures::Image, statics, times},
    front::Front,
    head::Head,
};
use crate::{
    app::{App, Result},
    features::{
        domains::Home,
        newsroom::{self, Held, Month},
        posts::{self, Picture},
    },
    store::{Post, Stage, Topic},
    tools::words::{self, Language},
};

/// A newsroom as one visitor sees it.
pub(super) struct Room {
    /// Whose it is.
    pub(super) stage: Arc<Stage>,
    /// Language of what we say ourselves.
    pub(super) language: Language,
    /// The stage's logo in its sizes.
    pub(super) logo: Option<Picture>,
    /// Topics that have a shown post, in their order.
    pub(super) topics: Vec<Topic>,
    /// What it holds beside its posts.
    pub(super) held: Held,
    by_address: bool,
    home: Home,
    /// Where the instance is reached.
    instance: String,
    now: i64,
}

impl Room {
    /// Looks up what its pages have in common.
    pub(super) async fn open(app: &App, front: &Front) -> Result<Self> {
        let stage = Arc::clone(&front.stage);
        let logo = match &stage.logo_id {
            Some(id) => app.store.find_media(&stage.account_id, id).await?,
            None => None,
        };
        Ok(Self {
            topics: app.store.list_public_topics(&stage.id, app.clock.now()).await?,
            held: newsroom::held(app, &stage).await?,
            logo: logo.map(|media| Picture { alt: stage.name.clone(), media }),
            language: front.language,
            by_address: front.by_address,
            home: front.home.clone(),
            instance: app.config.address(""),
            now: app.clock.now(),
            stage,
        })
    }

    /// What its paths begin with: `/@handle`, or nothing under a domain of its own.
    pub(super) fn path(&self) -> &str {
        self.home.path()
    }

    /// Path of its first page.
    pub(super) fn start(&self) -> &str {
        self.home.start()
    }

    /// Path of a topic.
    pub(super) fn topic_path(&self, topic: &Topic) -> String {
        format!("{}/topics/{}", self.path(), topic.slug)
    }

    /// Path of a post.
    pub(super) fn post_path(&self, post: &Post) -> String {
        format!("{}/p/{}", self.path(), post.slug)
    }

    /// The page's address for other machines.
    pub(super) fn address(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.home.origin())
    }

    /// Where other websites ask how to show a page of this newsroom.
    pub(super) fn oembed(&self, path: &str, format: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("url", &self.address(path)).append_pair("format", format);
        format!("{}/oembed?{}", self.instance, query.finish())
    }

    /// The one address of a page among those under which it is found.
    pub(super) fn canonical(&self, head: &Head) -> String {
        if self.by_address { self.spoken(head, &self.language) } else { self.address(&head.path) }
    }

    /// The address of a page in a language.
    pub(super) fn spoken(&self, head: &Head, language: &Language) -> String {
        let mark = if head.path.contains('?') { '&' } else { '?' };
        self.address(format_args!("{}{mark}lang={}", head.path, language.code()))
    }

    /// The logo for an `<img>`.
    pub(super) fn logo_image(&self) -> Option<Image> {
        self.logo.clone().map(|logo| Image::of(logo, "/media"))
    }

    pub(super) fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    pub(super) fn t1(&self, key: &str, name: &str, value: impl Into<fluent_bundle::FluentValue<'static>>) -> String {
        words::say(self.language, key, &[(name, value.into())])
    }

    pub(super) fn lang(&self) -> &'static str {
        self.language.code()
    }

    /// The language as Open Graph names it.
    pub(super) fn locale(&self) -> &'static str {
        match self.language {
            Language::De => "de_DE",
            Language::En => "en_GB",
        }
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

    /// The day of an instant: a page that is kept cannot say how long ago that was.
    pub(super) fn day(&self, millis: &i64) -> String {
        times::day(self.language, *millis, &self.stage.time_zone)
    }

    pub(super) fn when(&self, millis: &i64) -> String {
        times::full(self.language, *millis, &self.stage.time_zone)
    }

    pub(super) fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }

    /// A month in words.
    pub(super) fn month(&self, month: &Month) -> String {
        let values = [("month", month.month.into()), ("year", month.year.to_string().into())];
        words::say(self.language, "times.month", &values)
    }

    /// Address that switches to a language and comes back to a page; under a domain of its own the same page in that
    /// language, because no cookie is set there.
    pub(super) fn switch(&self, language: &Language, head: &Head) -> String {
        if self.home.is_own() {
            return self.spoken(head, language);
        }
        let then = url::form_urlencoded::byte_serialize(head.path.as_bytes()).collect::<String>();
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
