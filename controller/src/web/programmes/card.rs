//! Items of a playlist as cards.

use std::collections::HashMap;

use shared::forms::Input;

use super::{
    film::{FilmView, FilmViews},
    times,
};
use crate::{
    app::{App, Result},
    features::{
        answers::{Notes, note},
        media,
        programmes::{DraftRegion, Item, Open, says_nothing, want},
    },
    store::Topic,
    tools::words,
    web::Page,
};

/// Addresses of small pictures, by the id of their media.
pub(super) type Thumbs = HashMap<String, String>;

/// What cards show of their items beside what stands in them.
pub(super) struct Known {
    /// Small pictures.
    pub(super) thumbs: Thumbs,
    /// Films, by the id of their media.
    pub(super) films: FilmViews,
    /// What could not be found out.
    pub(super) notes: Notes,
    /// Topics by their ids.
    pub(super) topics: HashMap<String, Topic>,
}

/// A part of the display with its playlist.
pub(super) struct RegionView {
    /// Stable name.
    pub(super) name: String,
    /// What it is called.
    pub(super) title: String,
    /// What it plays.
    pub(super) cards: Vec<Card>,
}

/// An item of a playlist.
pub(super) struct Card {
    pub(super) item: Item,
    /// Name of its symbol.
    pub(super) icon: String,
    /// What kind of slide it is.
    pub(super) kind: String,
    /// What it says; the kind where it says nothing.
    pub(super) title: String,
    /// A small picture.
    pub(super) thumb: Option<String>,
    /// The film in it, where it is not ready.
    pub(super) film: Option<FilmView>,
    /// How long it stays.
    pub(super) stays: String,
    /// When it is on; empty for always.
    pub(super) when: String,
    /// Whether nothing of it is to be seen, for want of content.
    pub(super) empty: bool,
    /// Share of time; empty for none.
    pub(super) share: String,
    /// What keeps it from knowing what it wants to know; empty for nothing.
    pub(super) trouble: String,
    /// When it last worked, or that it is just being found out; empty for neither.
    pub(super) since: String,
}

impl RegionView {
    /// A region with the number it has in its plan.
    pub(super) fn of(page: &Page, region: &DraftRegion, place: usize, known: &Known) -> Self {
        let cards = region.items.iter().map(|item| Card::of(page, item, known)).collect();
        Self { name: region.name.clone(), title: region_title(page, &region.name, place), cards }
    }
}

/// What a part of the display is called.
pub(super) fn region_title(page: &Page, name: &str, place: usize) -> String {
    if name.starts_with("part") {
        return page.t1("programmes.region.part", "number", place + 1);
    }
    page.t(&format!("programmes.region.{name}"))
}

impl Card {
    /// An item as a card.
    pub(super) fn of(page: &Page, item: &Item, known: &Known) -> Self {
        let (mut trouble, since) = trouble(page, item, &known.notes);
        let topic = item.values.get("topic").and_then(serde_json::Value::as_str).filter(|id| !id.is_empty());
        let named = topic.and_then(|id| known.topics.get(id));
        if topic.is_some() && named.is_none() {
            trouble = page.t("slides.topic.deleted.card");
        }
        let kind = kind_name(page, &item.kind);
        let said = item_title(item);
        Self {
            icon: kind_icon(page, &item.kind),
            title: match named {
                _ if !said.is_empty() => said,
                Some(topic) => format!("{kind}: {}", topic.name),
                None => kind.clone(),
            },
            kind,
            thumb: item.media().iter().find_map(|id| known.thumbs.get(id)).cloned(),
            film: item.media().iter().find_map(|id| known.films.get(id)).filter(|film| film.tone() != "good").cloned(),
            stays: match item.seconds {
                Some(seconds) => page.t1("programmes.stays.seconds", "count", seconds),
                None if item.kind == "film" => page.t("programmes.stays.film"),
                None => page.t("programmes.stays.read"),
            },
            when: times::said(page, &item.when),
            share: if item.share > 0 { page.t1("programmes.share.said", "percent", item.share) } else { String::new() },
            empty: says_nothing(item),
            trouble,
            since,
            item: item.clone(),
        }
    }
}

/// What keeps an item from knowing what it wants to know, and when that last worked.
fn trouble(page: &Page, item: &Item, notes: &Notes) -> (String, String) {
    let Some(note) = want(item).and_then(|want| note(notes, &want)) else { return Default::default() };
    if note.key == "answers.asking" {
        return (String::new(), page.t("answers.asking"));
    }
    let args: Vec<_> = note.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
    let since = if note.answered_at > 0 {
        page.t1("answers.since", "when", page.ago(&note.answered_at))
    } else {
        String::new()
    };
    (words::say(page.visit.language, &note.key, &args), since)
}

/// What a slide type is called; its own name where this version does not know it.
pub(super) fn kind_name(page: &Page, kind: &str) -> String {
    page.known(&format!("slides.{kind}.name")).unwrap_or_else(|| kind.to_owned())
}

/// Name of the symbol of a slide type.
pub(super) fn kind_icon(page: &Page, kind: &str) -> String {
    page.known(&format!("slides.{kind}.icon")).unwrap_or_else(|| "square".to_owned())
}

/// The first words an item says; empty where it says none.
pub(crate) fn item_title(item: &Item) -> String {
    let form = item.slide_type().map_or(&[][..], |kind| kind.form);
    let words = form.iter().filter(|field| matches!(field.input, Input::Line(_) | Input::Text(_)));
    let texts = words.filter_map(|field| item.values.get(field.name)?.as_str());
    let text = texts.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 90 {
        format!("{}…", line.chars().take(90).collect::<String>())
    } else {
        line.to_owned()
    }
}

/// Small pictures of everything in a draft.
pub(super) async fn thumbs(app: &App, account_id: &str, open: &Open) -> Result<Thumbs> {
    thumbs_of(app, account_id, &open.draft.media()).await
}

/// Small pictures of these media.
pub(super) async fn thumbs_of(app: &App, account_id: &str, ids: &[String]) -> Result<Thumbs> {
    let held = app.store.list_media(account_id, ids).await?;
    let small = |(id, media): (String, crate::store::Media)| {
        let file = media::choose(&media, 320)?;
        Some((id, format!("/dashboard/media/{}", file.sha256)))
    };
    Ok(held.into_iter().filter_map(small).collect())
}
