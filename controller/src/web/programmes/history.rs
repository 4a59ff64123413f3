//! What was done to a programme, and going back to any of it.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{Desk, editor::told_wrong, seen};
use crate::{
    app::{App, Error, Problem, Result},
    features::programmes::{self, Open},
    store::Revision,
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/programmes/{id}/history", get(show).post(restore))
}

#[derive(Template)]
#[template(path = "programmes/history.html")]
struct History {
    page: Page,
    place: String,
    open: Open,
    revisions: Vec<Revision>,
}

impl History {
    fn is_current(&self, revision: &Revision) -> bool {
        revision.number == self.open.revision.number
    }

    fn is_shown(&self, revision: &Revision) -> bool {
        self.open.published.as_ref().is_some_and(|shown| shown.number == revision.number)
    }

    fn is_planned(&self, revision: &Revision) -> bool {
        self.open.planned.is_some_and(|(number, _)| number == revision.number)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    seen: String,
    number: i64,
}

type Place = Path<(String, String)>;

async fn show(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        Ok(draw(&history(&app, desk, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn history(app: &App, desk: Desk, problems: Vec<Problem>) -> Result<History> {
    let revisions = programmes::history(app, &desk.open.programme.id).await?;
    Ok(History { place: desk.place(), page: desk.page.with(problems), open: desk.open, revisions })
}

async fn restore(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let told = match seen(&typed.seen) {
            Ok(seen) => programmes::restore(&app, &desk.editing(&owner, seen), typed.number).await,
            Err(error) => Err(error),
        };
        match told {
            Ok(_) => Ok(desk.back("", "done.restored", "")),
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                Ok(draw_as(status, &history(&app, desk, problems).await?))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
