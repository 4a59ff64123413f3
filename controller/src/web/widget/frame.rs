//! `/embed/@handle`: the wall as a page for a frame on somebody else's page. No script is needed, and no cookie is looked at.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};

use super::SHARED;
use crate::{
    app::{App, Error, Result},
    features::{
        domains::Home,
        posts::{self, Given},
        stages,
        widget::{Setup, Theme},
    },
    networks::ReExport,
    store::{Below, Stage},
    tools::words::{self, Language},
    web::{errors, page::draw, pictures::Image, statics, times},
};

/// The one page that may be framed; it can do nothing but be read.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors *",
);

/// More characters than a card as narrow as a telephone shows.
const LONG: usize = 280;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/embed/{at_handle}", get(show))
}

#[derive(Template)]
#[template(path = "widget/frame.html")]
struct Frame {
    stage: Arc<Stage>,
    setup: Setup,
    language: Language,
    home: Home,
    now: i64,
    cards: Vec<Card>,
}

/// A post as a card.
struct Card {
    given: Given,
    pictures: Vec<Image>,
}

impl Frame {
    fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[("name", self.stage.name.as_str().into())])
    }

    fn lang(&self) -> &'static str {
        self.language.code()
    }

    fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// The newsroom.
    fn room(&self) -> String {
        self.home.address()
    }

    fn look(&self) -> String {
        format!("/@{}/look.css?v={}", self.stage.handle, self.stage.changed_at)
    }

    fn theme(&self) -> Option<&'static str> {
        Some(self.setup.theme).filter(|theme| *theme != Theme::Auto).map(Theme::name)
    }

    fn ago(&self, millis: &i64) -> String {
        times::ago(self.language, *millis, self.now, &self.stage.time_zone)
    }

    fn when(&self, millis: &i64) -> String {
        times::full(self.language, *millis, &self.stage.time_zone)
    }

    fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }

    /// Language of a post's words.
    fn lang_of<'a>(&'a self, card: &'a Card) -> &'a str {
        card.given.post.language.as_deref().unwrap_or(&self.stage.language)
    }

    /// Where a card leads; empty for nowhere.
    fn link(&self, card: &Card) -> String {
        match card.given.post.slug.as_str() {
            "" => card.given.post.link.clone().filter(|link| link.starts_with("http")).unwrap_or_default(),
            slug => format!("{}/p/{slug}", self.home.root()),
        }
    }

    /// What a card is called; empty for nothing.
    fn title(&self, card: &Card) -> String {
        match &card.given.post.title {
            Some(title) => title.clone(),
            None if card.given.extent == ReExport::LinkOnly => {
                words::say(self.language, "widget.original", &[("host", card.host().into())])
            }
            None => String::new(),
        }
    }
}

impl Card {
    /// Host of where it was published first; empty for what was written here.
    fn host(&self) -> String {
        let link = self.given.post.link.as_deref().and_then(|link| url::Url::parse(link).ok());
        link.as_ref().and_then(url::Url::host_str).unwrap_or_default().trim_start_matches("www.").to_owned()
    }

    fn is_whole(&self) -> bool {
        self.given.extent == ReExport::Full
    }

    fn is_long(&self) -> bool {
        self.given.post.text.chars().count() > LONG
    }

    fn shown(&self) -> usize {
        self.pictures.len().min(4)
    }

    fn more(&self) -> usize {
        self.pictures.len().saturating_sub(4)
    }
}

async fn show(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accepted.map(Language::accepted).unwrap_or_default();
    let nothing = || framed(errors::told(language, StatusCode::NOT_FOUND, "errors.not_found"));
    let Some(handle) = at_handle.strip_prefix('@') else { return nothing() };
    let setup = Setup::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let slug = pairs.iter().find(|(name, _)| name == "post").map(|(_, slug)| slug.as_str());
    match make(&app, handle, setup, slug).await {
        Ok(frame) => framed(draw(&frame)),
        Err(Error::NotFound(_)) => nothing(),
        Err(error) => framed(errors::answer(language, &error)),
    }
}

async fn make(app: &App, handle: &str, setup: Setup, slug: Option<&str>) -> Result<Frame> {
    let stage = stages::get_public(app, handle).await?;
    let given = match slug {
        Some(slug) => vec![posts::get_given(app, &stage, slug).await?],
        None => {
            let topic = match &setup.topic {
                Some(slug) => {
                    Some(app.store.find_topic_by_slug(&stage.id, slug).await?.ok_or(Error::NotFound("topic"))?)
                }
                None => None,
            };
            posts::list_given(app, &stage, topic.as_ref(), &Below::default(), setup.count).await?.posts
        }
    };
    let card = |mut given: Given| {
        let pictures = std::mem::take(&mut given.pictures).into_iter().map(|p| Image::of(p, "/media")).collect();
        Card { given, pictures }
    };
    Ok(Frame {
        cards: given.into_iter().filter(|given| given.extent != ReExport::IdOnly).map(card).collect(),
        language: setup.language.or_else(|| Language::find(&stage.language)).unwrap_or_default(),
        home: Home::of(app, &stage),
        now: app.clock.now(),
        setup,
        stage,
    })
}

/// May stand in a frame, and whoever keeps it asks each time whether it still holds.
fn framed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.extend(SHARED);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("unsafe-none"));
    response
}
