//! Entries of the library as templates draw them.

use std::collections::HashMap;

use crate::{
    app::{App, Result},
    features::{
        media::{self, Room},
        programmes::{Draft, Item},
    },
    store::{LibraryEntry, LibraryUse, Media, Revision},
    web::{
        Page,
        programmes::{FilmView, film_views, item_called},
    },
};

/// An entry ready for a template.
pub(super) struct Card {
    pub(super) entry: LibraryEntry,
    /// Address of a small picture; empty for a film that is not ready.
    pub(super) thumb: String,
    /// Address of a picture to look at.
    pub(super) sight: String,
    /// The film, ready or not.
    pub(super) film: Option<FilmView>,
    /// In how many programmes, posts, logos and pages for the press it is.
    pub(super) uses: [usize; 4],
}

impl Card {
    /// Name of the symbol of its kind.
    pub(super) fn icon(&self) -> &'static str {
        match self.entry.kind.as_str() {
            "film" => "film",
            "document" => "file-lines",
            _ => "image",
        }
    }

    /// What it is called; its kind and day where it has no name.
    pub(super) fn called(&self, page: &Page) -> String {
        called(page, &self.entry)
    }

    /// Whether it is a picture that nobody has described.
    pub(super) fn is_undescribed(&self) -> bool {
        self.entry.kind == "picture" && self.entry.alt.is_empty()
    }

    /// Where it is used, in a few words.
    pub(super) fn used(&self, page: &Page) -> String {
        let [programmes, posts, logos, press] = self.uses;
        let some = |count: usize, key: &str| (count > 0).then(|| page.t1(key, "count", count));
        let all = [
            some(programmes, "media.used.programmes"),
            some(posts, "media.used.posts"),
            some(logos, "media.used.logos"),
            some(press, "media.used.press"),
        ];
        let all: Vec<_> = all.into_iter().flatten().collect();
        if all.is_empty() { page.t("media.used.nowhere") } else { all.join(", ") }
    }

    /// How large all of it is that is kept; as it was sent, while it is being prepared.
    pub(super) fn size(&self, page: &Page) -> String {
        let bytes = if self.entry.kept > 0 { self.entry.kept } else { self.entry.length };
        size(page, u64::try_from(bytes).unwrap_or(0))
    }
}

/// What an entry is called; its kind and day where it has no name.
pub(super) fn called(page: &Page, entry: &LibraryEntry) -> String {
    if !entry.name.is_empty() {
        return entry.name.clone();
    }
    page.t2("media.unnamed", "kind", page.t(&kind(entry)), "when", page.when(&entry.created_at))
}

/// Translation key of a kind.
pub(super) fn kind(entry: &LibraryEntry) -> String {
    format!("media.kind.{}", entry.kind)
}

/// A length in bytes as people say it.
pub(super) fn size(page: &Page, bytes: u64) -> String {
    let (key, tenths) = match bytes {
        0..1_000_000 => ("media.size.kb", bytes.div_ceil(1_000) * 10),
        1_000_000..1_000_000_000 => ("media.size.mb", bytes / 100_000),
        _ => ("media.size.gb", bytes / 100_000_000),
    };
    let text = match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}{}{part}", page.t("media.size.point")),
    };
    page.t1(key, "size", text)
}

/// How much room there is, as templates draw it.
pub(super) struct RoomView {
    room: Room,
}

impl RoomView {
    pub(super) async fn of(app: &App, account_id: &str) -> Result<Self> {
        Ok(Self { room: media::room(app, account_id).await? })
    }

    /// How much of how much is used.
    pub(super) fn said(&self, page: &Page) -> String {
        page.t2("media.room", "used", size(page, self.room.used), "most", size(page, self.room.most))
    }

    /// Percent that is used, at most 100.
    pub(super) fn percent(&self) -> u64 {
        self.room.percent().min(100)
    }

    /// Whether there is little left.
    pub(super) fn is_short(&self) -> bool {
        self.room.percent() >= 90
    }
}

/// Entries with their pictures, films and uses.
pub(super) async fn cards(app: &App, account_id: &str, entries: Vec<LibraryEntry>) -> Result<Vec<Card>> {
    let ids: Vec<_> = entries.iter().map(|entry| entry.media_id.clone()).collect();
    let held = app.store.list_media(account_id, &ids).await?;
    let films = film_views(app, account_id, &ids).await?;
    let only = if let [one] = entries.as_slice() { Some(one.id.as_str()) } else { None };
    let mut uses: HashMap<String, Vec<LibraryUse>> = HashMap::new();
    for one in app.store.list_library_uses(account_id, only, app.clock.now()).await? {
        uses.entry(one.library_id.clone()).or_default().push(one);
    }
    let address = |media: Option<&Media>, width: i64| {
        let file = media.and_then(|media| media::choose(media, width));
        file.map(|file| format!("/dashboard/media/{}", file.sha256)).unwrap_or_default()
    };
    let card = |entry: LibraryEntry| Card {
        thumb: address(held.get(&entry.media_id), 320),
        sight: address(held.get(&entry.media_id), 1_280),
        film: films.get(&entry.media_id).cloned(),
        uses: count(uses.get(&entry.id).map_or(&[], Vec::as_slice)),
        entry,
    };
    Ok(entries.into_iter().map(card).collect())
}

/// How many programmes, posts, logos and pages for the press there are in a list of uses.
fn count(uses: &[LibraryUse]) -> [usize; 4] {
    let of = |place: &str| {
        let mut ids: Vec<_> = uses.iter().filter(|one| one.place == place).map(|one| &one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    ["programme", "post", "logo", "press"].map(of)
}

/// A place where an entry is used, with the way there.
pub(super) struct Place {
    /// Name of the symbol.
    pub(super) icon: &'static str,
    /// What it is called.
    pub(super) name: String,
    /// Names of its slides that show the entry.
    pub(super) slides: Vec<String>,
    /// Where it is seen to.
    pub(super) address: String,
}

/// Every place where an entry is used.
pub(super) async fn places(app: &App, account_id: &str, page: &Page, entry: &LibraryEntry) -> Result<Vec<Place>> {
    let media = app.store.list_library_media(account_id, &entry.id).await?;
    let mut places: Vec<Place> = Vec::new();
    for one in app.store.list_library_uses(account_id, Some(&entry.id), app.clock.now()).await? {
        let stage = format!("/dashboard/stages/{}", one.stage_id);
        let (icon, address) = match one.place.as_str() {
            "programme" => ("clapperboard", format!("{stage}/programmes/{}", one.id)),
            "post" => ("rectangle-list", format!("{stage}/posts/{}/edit", one.id)),
            "press" => ("newspaper", format!("{stage}/newsroom")),
            _ => ("palette", format!("{stage}/look")),
        };
        let revision = match one.place.as_str() {
            "programme" => app.store.find_revision(&one.id, one.number).await?,
            _ => None,
        };
        let slides = revision.map_or_else(Vec::new, |revision| slides(page, &revision, &media));
        // Several versions of a programme are one place.
        match places.iter_mut().find(|place| place.address == address) {
            Some(place) => place.slides.extend(slides),
            None => places.push(Place { icon, name: one.name, slides, address }),
        }
    }
    for place in &mut places {
        place.slides.sort();
        place.slides.dedup();
    }
    Ok(places)
}

fn slides(page: &Page, revision: &Revision, media: &[String]) -> Vec<String> {
    let draft = Draft::read(&revision.draft);
    let shows = |item: &&Item| item.media().iter().any(|id| media.contains(id));
    draft.items().filter(shows).map(|item| item_called(page, item)).collect()
}
