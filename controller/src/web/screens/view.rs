//! Screens as templates draw them.

use shared::protocol::Fault;

use super::Titles;
use crate::{
    app::{App, Result},
    features::{
        programmes,
        screens::{Mood, Status},
    },
    store::{Screen, Stage},
    tools::words,
    web::{Page, programmes::item_called},
};

/// A screen in the list and on its own page.
pub(super) struct Card {
    pub(super) status: Status,
    /// What is on, in words; empty if nothing is known.
    pub(super) on: String,
    /// What is wrong, in words, newest first.
    pub(super) faults: Vec<Wrong>,
}

/// Something wrong with a screen.
pub(super) struct Wrong {
    /// What it means and what to do.
    pub(super) text: String,
    /// What the kiosk says itself.
    pub(super) detail: String,
    /// When it happened.
    pub(super) at: i64,
}

impl Card {
    /// Screens with what is on them.
    pub(super) async fn all(app: &App, stage: &Stage, page: &Page, all: Vec<Status>) -> Result<Vec<Self>> {
        let mut titles = Titles::new();
        let mut cards = Vec::with_capacity(all.len());
        for status in all {
            let on = match status.on().filter(|_| status.online) {
                Some(entry) => match titles.get(entry) {
                    Some(title) => title.clone(),
                    None => {
                        let title = title(app, stage, page, &status.screen, entry).await?;
                        titles.insert(entry.to_owned(), title.clone());
                        title
                    }
                },
                None => String::new(),
            };
            let faults = status.faults().into_iter().map(|fault| Wrong::of(page, fault)).collect();
            cards.push(Self { status, on, faults });
        }
        Ok(cards)
    }

    /// Kind of badge for how it is.
    pub(super) fn badge(&self) -> &'static str {
        match self.status.mood {
            Mood::Playing => "good",
            Mood::Catching | Mood::New => "busy",
            Mood::Waiting => "quiet",
            Mood::Faulty | Mood::Lost => "bad",
            Mood::Away => "warn",
        }
    }

    /// How it is, a translation key.
    pub(super) fn mood(&self) -> String {
        format!("screens.mood.{}", self.status.mood.name())
    }

    /// What that means, a translation key.
    pub(super) fn advice(&self) -> String {
        format!("screens.mood.{}.text", self.status.mood.name())
    }

    /// Whether there is a picture of it.
    pub(super) fn has_picture(&self) -> bool {
        self.status.screen.picture_at > 0
    }

    /// Address of its last picture; another one for each picture.
    pub(super) fn picture(&self) -> String {
        format!("/dashboard/screens/{}/picture?at={}", self.status.screen.id, self.status.screen.picture_at)
    }

    /// A class for the shape of its display.
    pub(super) fn shape(&self) -> &'static str {
        match &self.status.report {
            Some(report) if report.height > report.width => "screen-face is-tall",
            _ => "screen-face",
        }
    }

    /// Size of the display, `1920 × 1080`; empty if unknown.
    pub(super) fn size(&self) -> String {
        match &self.status.report {
            Some(report) if report.width > 0 => format!("{} × {}", report.width, report.height),
            _ => String::new(),
        }
    }

    /// Name of the graphics adapter; empty if unknown.
    pub(super) fn adapter(&self) -> &str {
        self.status.report.as_ref().map_or("", |report| report.adapter.as_str())
    }

    /// Version of the kiosk; empty if unknown.
    pub(super) fn kiosk(&self) -> &str {
        self.status.report.as_ref().map_or("", |report| report.kiosk.as_str())
    }

    /// Version of the programme that it plays; 0 for none.
    pub(super) fn version(&self) -> u64 {
        self.status.report.as_ref().map_or(0, |report| report.version)
    }
}

impl Wrong {
    fn of(page: &Page, fault: &Fault) -> Self {
        let known = fault.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let key = format!("screens.fault.{}", fault.name);
        let known = known && words::knows(page.visit.language, &key);
        let text = if known { page.t(&key) } else { page.t("screens.fault.other") };
        Self { text, detail: fault.detail.clone(), at: fault.at }
    }
}

/// What an entry of the programme is called.
async fn title(app: &App, stage: &Stage, page: &Page, screen: &Screen, entry: &str) -> Result<String> {
    if entry == "welcome" {
        return Ok(page.t("screens.on.welcome"));
    }
    // What comes again in a round has a number behind its name.
    let name = entry.split('.').next().unwrap_or_default();
    if let Some(id) = name.strip_prefix("post-") {
        let post = app.store.find_post(&stage.id, id).await?;
        let Some(post) = post else { return Ok(page.t("screens.on.gone")) };
        let words = post.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&post.text);
        return Ok(words.split_whitespace().take(14).collect::<Vec<_>>().join(" "));
    }
    let item = programmes::find_published_item(app, &screen.programme_id, name).await?;
    Ok(item.map_or_else(|| page.t("screens.on.other"), |item| item_called(page, &item)))
}
