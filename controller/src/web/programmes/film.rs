//! A film in the editor: being prepared, ready, or refused and why.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};

use super::{
    card::thumbs_of,
    control::{Choice, offered},
};
use crate::{
    app::{App, Error, Result},
    store::Film,
    web::{Owner, Page, Visit, page::draw, staged::staged},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/films/{id}", get(now))
}

/// How a film is.
#[derive(Clone)]
pub(in crate::web) struct FilmView {
    film: Film,
}

/// Films by the id of their media.
pub(in crate::web) type FilmViews = HashMap<String, FilmView>;

impl FilmView {
    /// Where it changes by itself.
    pub(in crate::web) fn place(&self, page: &Page) -> String {
        format!("{}/films/{}", page.stage_path(), self.film.id)
    }

    /// Whether it is still to be prepared.
    pub(in crate::web) fn is_unready(&self) -> bool {
        self.film.is_unready()
    }

    /// How a badge looks that tells of it.
    pub(in crate::web) fn tone(&self) -> &'static str {
        match self.film.state.as_str() {
            "ready" => "good",
            "refused" => "bad",
            _ => "busy",
        }
    }

    /// What the badge says.
    pub(in crate::web) fn badge(&self) -> &'static str {
        match self.film.state.as_str() {
            "ready" => "programmes.film.ready",
            "refused" => "programmes.film.refused",
            "working" => "programmes.film.working",
            _ => "programmes.film.waiting",
        }
    }

    /// SHA-256 of the file that screens get; empty until it is ready.
    pub(in crate::web) fn file(&self) -> String {
        self.film.sha256.clone()
    }

    /// How it is, in a sentence.
    pub(in crate::web) fn said(&self, page: &Page) -> String {
        match self.film.state.as_str() {
            "ready" => page.t1("programmes.film.ready.text", "runs", runs(&self.film)),
            "refused" => page.t1(&self.film.problem, "second", self.film.second),
            "working" => page.t1("programmes.film.working.text", "percent", self.film.progress),
            _ => page.t("programmes.film.waiting.text"),
        }
    }
}

/// Minutes and seconds.
fn runs(film: &Film) -> String {
    let seconds = (film.millis + 500) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The film that stands in a control.
pub(in crate::web) async fn find(app: &App, account_id: &str, ids: &[String]) -> Result<Option<FilmView>> {
    Ok(views(app, account_id, ids).await?.into_values().next())
}

/// Films by their ids; what is none is left out.
pub(in crate::web) async fn views(app: &App, account_id: &str, ids: &[String]) -> Result<FilmViews> {
    let films = app.store.list_films(account_id, ids).await?;
    Ok(films.into_iter().map(|film| (film.id.clone(), FilmView { film })).collect())
}

/// Films to choose from: the chosen one, ready or not, and those of the library that are ready.
pub(in crate::web) async fn choices(
    app: &App,
    account_id: &str,
    chosen: &[String],
    search: &str,
) -> Result<Vec<Choice>> {
    let mut films = app.store.list_films(account_id, chosen).await?;
    let entries = offered(app, account_id, "film", search).await?;
    let called: HashMap<_, _> = entries.iter().map(|one| (one.media_id.clone(), one.name.clone())).collect();
    let ids: Vec<_> = entries.into_iter().map(|entry| entry.media_id).filter(|id| !chosen.contains(id)).collect();
    let mut others = app.store.list_films(account_id, &ids).await?;
    others.retain(Film::is_ready);
    others.sort_by_key(|film| ids.iter().position(|id| *id == film.id));
    films.extend(others);
    let ids: Vec<_> = films.iter().map(|film| film.id.clone()).collect();
    let thumbs = thumbs_of(app, account_id, &ids).await?;
    let choice = |film: Film| Choice {
        src: thumbs.get(&film.id).cloned().unwrap_or_default(),
        called: called.get(&film.id).cloned().unwrap_or_default(),
        chosen: chosen.contains(&film.id),
        place: 0,
        runs: if film.is_ready() { runs(&film) } else { String::new() },
        id: film.id,
        ..Choice::default()
    };
    Ok(films.into_iter().map(choice).collect())
}

#[derive(Template)]
#[template(path = "programmes/film.html")]
struct Now {
    page: Page,
    film: FilmView,
}

/// The part of the page that changes by itself.
async fn now(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (_, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let film = app.store.find_film(&owner.account_id, &id).await?.ok_or(Error::NotFound("film"))?;
        Ok(draw(&Now { page, film: FilmView { film } }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}
