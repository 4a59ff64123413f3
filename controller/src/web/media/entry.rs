//! An entry of the library: what is said about it, where it is used, and its end.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::view::{Card, Place, cards, kind, places};
use crate::{
    app::{App, Error, Result},
    features::media::library::{self, LICENCES, LONGEST_ALT, LONGEST_NAME, Typed},
    store::{LibraryEntry, Media},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/media/{id}", get(open).post(change))
        .route("/dashboard/stages/{stage_id}/media/{id}/delete", get(sure).post(delete))
}

#[derive(Template)]
#[template(path = "media/entry.html")]
struct Open {
    page: Page,
    card: Card,
    typed: Typed,
    places: Vec<Place>,
    media: Option<Media>,
    /// Addresses of the pages of a document.
    pages: Vec<String>,
}

#[derive(Template)]
#[template(path = "media/delete.html")]
struct Sure {
    page: Page,
    card: Card,
    places: Vec<Place>,
}

impl Open {
    /// Licences to choose from: value and text.
    fn licences(&self) -> Vec<(String, String)> {
        let mut all = vec![(String::new(), self.page.t("media.licence.none"))];
        all.extend(LICENCES.iter().map(|name| ((*name).to_owned(), self.page.t(&format!("media.licence.{name}")))));
        all
    }

    fn kind(&self) -> String {
        kind(&self.card.entry)
    }

    /// Address of the film's file; empty until it is ready.
    fn film(&self) -> String {
        let file = self.card.film.as_ref().map(crate::web::programmes::FilmView::file).unwrap_or_default();
        if file.is_empty() { file } else { format!("/dashboard/media/{file}") }
    }

    /// Width and height in pixels; `None` for a film that is not ready.
    fn pixels(&self) -> Option<String> {
        let media = self.media.as_ref().filter(|media| media.width > 0)?;
        Some(format!("{} × {}", media.width, media.height))
    }

    fn longest(&self) -> (usize, usize) {
        (LONGEST_NAME, LONGEST_ALT)
    }
}

type Which = Path<(String, String)>;

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Which) -> Response {
    let drawn = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let entry = library::get(&app, &owner.account_id, &id).await?;
        let typed = Typed::from(&entry);
        Ok(draw(&page_of(&app, &owner, page, entry, typed).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn page_of(app: &App, owner: &Owner, page: Page, entry: LibraryEntry, typed: Typed) -> Result<Open> {
    let ids = app.store.list_library_media(&owner.account_id, &entry.id).await?;
    let mut held = app.store.list_media(&owner.account_id, &ids).await?;
    let address = |id: &String| {
        let file = crate::features::media::choose(held.get(id)?, 320)?;
        Some(format!("/dashboard/media/{}", file.sha256))
    };
    let pages = if entry.kind == "document" { ids.iter().filter_map(address).collect() } else { Vec::new() };
    let media = held.remove(&entry.media_id);
    let places = places(app, &owner.account_id, &page, &entry).await?;
    let card = cards(app, &owner.account_id, vec![entry]).await?.pop().ok_or(Error::NotFound("media"))?;
    Ok(Open { page, card, typed, places, media, pages })
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Which,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let entry = library::get(&app, &owner.account_id, &id).await?;
        match library::change(&app, &owner.account_id, entry.clone(), &typed).await {
            Ok(()) => Ok(go(&format!("{}/media/{id}", page.stage_path()), "done.media_saved")),
            Err(Error::Invalid(problems)) => {
                let page = page.with(problems);
                let open = page_of(&app, &owner, page, entry, typed).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &open))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn sure(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Which) -> Response {
    let drawn = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let entry = library::get(&app, &owner.account_id, &id).await?;
        let places = places(&app, &owner.account_id, &page, &entry).await?;
        let card = cards(&app, &owner.account_id, vec![entry]).await?.pop().ok_or(Error::NotFound("media"))?;
        Ok(draw(&Sure { page, card, places }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn delete(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Which) -> Response {
    let done = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        if !library::delete(&app, &owner.account_id, &id).await? {
            return Err(Error::NotFound("media"));
        }
        Ok(go(&format!("{}/media", page.stage_path()), "done.media_deleted"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
