//! The library: everything that was sent, to search and to add to.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::view::{Card, RoomView, cards};
use crate::{
    app::{App, Error, Problem, Result},
    features::media::{self, Upload, arrivals, library},
    store::{Arrival, LibraryQuery},
    tools::words::{self, Language},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        staged::staged,
    },
};

/// Entries on one page.
const PER_PAGE: usize = 48;
/// Most files of one form.
const MOST_FILES: usize = 100;
/// Longest search, in characters.
const LONGEST_SEARCH: usize = 80;
/// Kinds to choose from; the last are pictures that nobody has described.
const KINDS: [(&str, &str); 5] = [
    ("", "media.filter.all"),
    ("picture", "media.filter.picture"),
    ("film", "media.filter.film"),
    ("document", "media.filter.document"),
    ("undescribed", "media.filter.undescribed"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/media", get(index).post(send))
        .route("/dashboard/stages/{stage_id}/media/uploads/{id}/end", post(end))
        // Each file is limited as it comes.
        .layer(DefaultBodyLimit::disable())
}

/// Which entries are wanted.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Which {
    kind: String,
    q: String,
    before: String,
}

/// What is shown of the library.
struct Shelf {
    which: Which,
    cards: Vec<Card>,
    /// Address of what was sent earlier; empty where there is no more.
    older: String,
    /// Whether the library has nothing in it at all.
    is_bare: bool,
}

impl Shelf {
    /// Whether a film is still being prepared.
    fn is_unready(&self) -> bool {
        self.cards.iter().any(|card| card.film.as_ref().is_some_and(crate::web::programmes::FilmView::is_unready))
    }

    /// The address of this list below the page's.
    fn query(&self) -> String {
        self.which.query(&self.which.before)
    }
}

impl Which {
    /// The address of this list, from a place on.
    fn query(&self, before: &str) -> String {
        let all = [("kind", self.kind.as_str()), ("q", self.q.as_str()), ("before", before)];
        let said = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish())
    }
}

#[derive(Template)]
#[template(path = "media/index.html")]
struct Index {
    page: Page,
    shelf: Shelf,
    room: RoomView,
    /// Files of which only a part is here.
    arrivals: Vec<(Arrival, u64)>,
    /// Files that were refused: name and reason.
    refused: Vec<(String, String)>,
    megabytes: u64,
    /// Whether pictures of telephones can be read.
    takes_heif: bool,
}

impl Index {
    /// Lists to choose from: address, translation key, whether it is this one.
    fn filters(&self) -> Vec<(String, &'static str, bool)> {
        let which = &self.shelf.which;
        let one = |(kind, key): &(&str, &'static str)| {
            let address = Which { kind: (*kind).to_owned(), q: which.q.clone(), ..Which::default() }.query("");
            (address, *key, which.kind == *kind)
        };
        KINDS.iter().map(one).collect()
    }
}

async fn index(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    let drawn = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let shelf = shelf(&app, &owner, which).await?;
        Ok(draw(&whole(&app, &owner, page, shelf).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn whole(app: &App, owner: &Owner, page: Page, shelf: Shelf) -> Result<Index> {
    Ok(Index {
        page,
        shelf,
        room: RoomView::of(app, &owner.account_id).await?,
        arrivals: arrivals::list(app, &owner.account_id).await?,
        refused: Vec::new(),
        megabytes: app.config.film_megabytes,
        takes_heif: app.converters.pictures().is_some(),
    })
}

async fn shelf(app: &App, owner: &Owner, mut which: Which) -> Result<Shelf> {
    if !KINDS.iter().any(|(kind, _)| *kind == which.kind) {
        which.kind = String::new();
    }
    which.q = which.q.trim().chars().take(LONGEST_SEARCH).collect();
    let undescribed = which.kind == "undescribed";
    let wanted = LibraryQuery {
        kind: if undescribed { "" } else { &which.kind },
        words: &which.q,
        undescribed,
        below: which.before.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id))),
        limit: i64::try_from(PER_PAGE).unwrap_or(i64::MAX - 1) + 1,
    };
    let mut entries = app.store.list_library(&owner.account_id, &wanted).await?;
    let more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let older = entries.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at, last.id));
    let older = older.map_or_else(String::new, |before| which.query(&before));
    let is_bare = entries.is_empty() && app.store.count_library(&owner.account_id).await?.is_empty();
    Ok(Shelf { cards: cards(app, &owner.account_id, entries).await?, which, older, is_bare })
}

/// Files that a form brings, for browsers that do not send them in pieces.
async fn send(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    form: Multipart,
) -> Response {
    let done = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let here = format!("{}/media", page.stage_path());
        let (count, refused) = take(&app, &owner, &page, form).await?;
        if refused.is_empty() && count > 0 {
            return Ok(go(&here, "done.media_sent"));
        }
        let nothing = Problem { field: "files", key: "media.library.nothing" };
        let page = page.with(if refused.is_empty() { vec![nothing] } else { Vec::new() });
        let shelf = shelf(&app, &owner, Which::default()).await?;
        let index = Index { refused, ..whole(&app, &owner, page, shelf).await? };
        Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Takes each file of a form; how many were taken, and names and reasons of those that were not.
async fn take(app: &App, owner: &Owner, page: &Page, mut form: Multipart) -> Result<(usize, Vec<(String, String)>)> {
    let broken = |_| Error::invalid("", "errors.invalid");
    let (mut count, mut refused) = (0, Vec::new());
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        let name = part.file_name().unwrap_or_default().to_owned();
        if part.name() != Some("files") || name.is_empty() {
            continue;
        }
        if count + refused.len() >= MOST_FILES {
            return Err(Error::invalid("", "errors.too_large.text"));
        }
        let mut upload = Upload::start(app).await?;
        // What is too long is read to its end all the same, because a browser listens to no answer before; but there is
        // an end at some time.
        let mut patience = usize::try_from(app.config.film_megabytes * 2_000_000).unwrap_or(usize::MAX);
        while let Some(piece) = part.chunk().await.map_err(broken)? {
            patience = patience.checked_sub(piece.len()).ok_or_else(|| Error::invalid("", "errors.too_large.text"))?;
            upload.write(&piece).await?;
        }
        match library::take(app, &owner.account_id, &name, upload).await {
            Ok(_) => count += 1,
            Err(error) => refused.push((name, reason(page.visit.language, error)?)),
        }
    }
    Ok((count, refused))
}

/// Why a file is refused, in words; what only the operator can mend is an error.
pub(super) fn reason(language: Language, error: media::Error) -> Result<String> {
    Ok(words::say(language, error.for_sender()?.key(), &[]))
}

async fn end(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        arrivals::call_off(&app, &owner.account_id, &id).await?;
        Ok(go(&format!("{}/media", page.stage_path()), "done.upload_ended"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
