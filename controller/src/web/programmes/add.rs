//! Choosing what kind of slide to add.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use shared::slides::{Shelf, Type};

use super::{
    Desk,
    card::{kind_icon, region_title},
    item::Asked,
};
use crate::{
    app::{App, Error},
    features::programmes,
    web::{Owner, Page, Visit, page::draw},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/programmes/{id}/add", get(choose))
}

#[derive(Template)]
#[template(path = "programmes/add.html")]
struct Add {
    page: Page,
    place: String,
    asked: Asked,
    region: String,
    shelves: Vec<(&'static str, Vec<Kind>)>,
}

/// A slide type to choose.
struct Kind {
    name: &'static str,
    icon: String,
}

type Place = Path<(String, String)>;

/// What a newcomer looks for comes first.
const SHELVES: [(Shelf, &str); 5] = [
    (Shelf::Words, "words"),
    (Shelf::Media, "media"),
    (Shelf::Posts, "posts"),
    (Shelf::Live, "live"),
    (Shelf::Parts, "parts"),
];

async fn choose(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let plan = desk.open.draft.plan(&asked.plan).ok_or(Error::NotFound("plan"))?;
        let number = plan.regions.iter().position(|region| region.name == asked.region);
        let region = region_title(&desk.page, &asked.region, number.ok_or(Error::NotFound("region"))?);
        let kind = |kind: &Type| Kind { name: kind.name, icon: kind_icon(&desk.page, kind.name) };
        let shelf = |(shelf, name)| {
            let kinds: Vec<_> = programmes::offered(&app.config, &app.converters)
                .filter(|kind| kind.shelf == Some(shelf))
                .map(kind)
                .collect();
            (name, kinds)
        };
        let shelves = SHELVES.into_iter().map(shelf).filter(|(_, kinds)| !kinds.is_empty()).collect();
        Ok(draw(&Add { place: desk.place(), page: desk.page, asked, region, shelves }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}
