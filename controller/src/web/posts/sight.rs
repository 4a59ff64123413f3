//! A post as the newsroom would show it, of what is typed and not kept yet.

use shared::slides::{self, Slide};

use crate::{
    app::{App, Result},
    features::{
        own_posts::{Typed, Words},
        posts::Picture,
    },
    store::Stage,
    web::{Page, pictures::Image},
};

/// Characters that fit on a screen; what is longer is cut there, and a code leads on.
const ON_SCREEN: usize = 600;

/// What the page of a post shows of it.
pub(super) struct Sight {
    /// The card; `None` while there is nothing to show.
    pub(super) card: Option<Card>,
    /// Why there is none.
    pub(super) blank: String,
    /// How it reads on a screen.
    pub(super) reading: String,
}

/// A card of the newsroom.
pub(super) struct Card {
    pub(super) author: String,
    pub(super) title: Option<String>,
    pub(super) html: String,
    pub(super) language: String,
    pub(super) pictures: Vec<Image>,
}

impl Card {
    /// How many pictures the card leaves out.
    pub(super) fn more(&self) -> usize {
        self.pictures.len().saturating_sub(4)
    }
}

impl Sight {
    /// Draws what is typed. A link that is only half typed does not count, nor do words that a picture still lacks.
    pub(super) async fn of(app: &App, stage: &Stage, page: &Page, typed: &Typed) -> Result<Self> {
        let mut typed = Typed { link: String::new(), ..typed.clone() };
        if let Some((_, alt)) = typed.pictures.first_mut().filter(|(_, alt)| alt.trim().is_empty()) {
            "…".clone_into(alt);
        }
        let words = match Words::parse(&typed) {
            Ok(words) => words,
            Err(problems) => {
                let key = problems.first().map(|problem| problem.key).filter(|key| *key != "own_posts.text.missing");
                let blank = page.t(key.unwrap_or("own_posts.sight.empty"));
                return Ok(Self { card: None, blank, reading: String::new() });
            }
        };
        let ids: Vec<_> = words.pictures.iter().map(|(id, _)| id.clone()).collect();
        let media = app.store.list_media(&stage.account_id, &ids).await?;
        let image = |(id, alt): &(String, String)| {
            let media = media.get(id)?.clone();
            Some(Image::of(Picture { alt: alt.clone(), media }, "/dashboard/media"))
        };
        let reading = reading(page, &words);
        let card = Card {
            author: stage.name.clone(),
            language: words.language.clone().unwrap_or_else(|| stage.language.clone()),
            pictures: words.pictures.iter().filter_map(image).collect(),
            title: words.title,
            html: words.html,
        };
        Ok(Self { card: Some(card), blank: String::new(), reading })
    }
}

fn reading(page: &Page, words: &Words) -> String {
    let post = slides::Post {
        id: String::new(),
        author: String::new(),
        network: String::new(),
        published_at: 0,
        title: words.title.clone(),
        text: words.text.clone(),
        pictures: Vec::new(),
        permalink: String::new(),
        until: None,
    };
    let length = words.title.iter().map(|title| title.chars().count()).sum::<usize>() + words.text.chars().count();
    let seconds = Slide::Post(post).reading_millis().div_ceil(1_000);
    let key = if length > ON_SCREEN { "own_posts.reading.long" } else { "own_posts.reading" };
    page.t2(key, "seconds", seconds, "count", length)
}
