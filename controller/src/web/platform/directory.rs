//! `/`: what this is, on one screen, and below it the stages that chose to be found.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::Sheet;
use crate::{
    app::{App, Result},
    features::{
        platform::{self, LONGEST_QUERY},
        posts::Picture,
    },
    store::{Listed, Stage},
    tools::{colour::Colour, text},
    web::{kept::Fresh, newsroom::Accent, pictures::Image, times},
};

/// Longest line about a stage, in characters.
const LONGEST_ABOUT: usize = 140;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    /// What is searched for.
    q: String,
    /// Which page, counted from 1.
    page: String,
    /// Language by address.
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "platform/landing.html")]
struct Landing {
    sheet: Sheet,
    typed: String,
    number: i64,
    cards: Vec<Card>,
    more: bool,
    /// Whether anybody may register.
    open: bool,
}

/// A stage in the directory.
struct Card {
    listed: Listed,
    logo: Option<Image>,
    accent: Colour,
    on_accent: Colour,
}

impl Landing {
    /// Whether this is the first page of all, which says what the whole is.
    fn is_front(&self) -> bool {
        self.typed.is_empty() && self.number == 1
    }

    /// Level of the headings of stages, below that of the directory.
    fn level(&self) -> u8 {
        if self.is_front() { 3 } else { 2 }
    }

    /// Address of another page of the same search.
    fn place(&self, number: i64) -> String {
        let place = path(&self.typed, number);
        if number == 1 && self.typed.is_empty() { format!("{place}#stages") } else { place }
    }

    fn last_post(&self, card: &Card) -> Option<(String, String)> {
        let at = card.listed.last_post_at?;
        let day = times::day(self.sheet.language, at, &card.listed.stage.time_zone);
        // A day stays in one line.
        let day = day.replace(' ', "\u{a0}");
        Some((times::iso(at), self.sheet.t1("platform.last_post", "day", day)))
    }
}

impl Card {
    fn stage(&self) -> &Stage {
        &self.listed.stage
    }

    fn about(&self) -> String {
        text::line(&self.listed.stage.description, LONGEST_ABOUT)
    }

    fn letter(&self) -> String {
        let letter = self.listed.stage.name.chars().find(|c| c.is_alphanumeric());
        letter.map_or_else(|| "@".to_owned(), |letter| letter.to_uppercase().to_string())
    }
}

/// Path and query of a page of the directory.
fn path(typed: &str, number: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !typed.is_empty() {
        query.append_pair("q", typed);
    }
    if number > 1 {
        query.append_pair("page", &number.to_string());
    }
    let query = query.finish();
    if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
}

async fn show(State(app): State<App>, Query(wish): Query<Wish>, headers: HeaderMap) -> Response {
    let typed = text::line(&wish.q, LONGEST_QUERY);
    let number = wish.page.parse().unwrap_or(1_i64).max(1);
    let sheet = Sheet::read(&app, &headers, path(&typed, number), wish.lang.as_deref());
    sheet.page(&app, &headers, || make(&app, &sheet, typed, number)).await
}

async fn make(app: &App, sheet: &Sheet, typed: String, number: i64) -> Result<Fresh> {
    let found = platform::find(app, &typed, number).await?;
    let mut cards = Vec::with_capacity(found.stages.len());
    for listed in found.stages {
        let stage = &listed.stage;
        let logo = match &stage.logo_id {
            Some(id) => app.store.find_media(&stage.account_id, id).await?,
            None => None,
        };
        let Accent { accent, on_accent, .. } = Accent::of(&stage.accent);
        let logo = logo.map(|media| Image::of(Picture { alt: String::new(), media }, "/media"));
        cards.push(Card { logo, accent, on_accent, listed });
    }
    let open = app.config.registration;
    Fresh::page(&Landing { sheet: sheet.clone(), typed, number, cards, more: found.more, open })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_page_has_one_address() {
        assert_eq!(path("", 1), "/");
        assert_eq!(path("Rat & Tat", 1), "/?q=Rat+%26+Tat");
        assert_eq!(path("", 2), "/?page=2");
        assert_eq!(path("x", 3), "/?q=x&page=3");
    }
}
