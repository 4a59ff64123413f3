//! What was done to a programme, and going back to any of it.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    Desk,
    editor::{plan_name, told_wrong},
    item_called, seen,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::programmes::{self, Draft, Open, Step},
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
    rows: Vec<Row>,
}

/// A revision, and what it did to the one before.
struct Row {
    revision: Revision,
    steps: Vec<String>,
    /// Steps that are not listed.
    more: usize,
}

/// Steps of one revision that are listed.
const MOST_STEPS: usize = 3;

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
    let drafts: HashMap<_, _> = revisions.iter().map(|one| (one.number, Draft::read(&one.draft))).collect();
    let row = |revision: Revision| {
        let (before, after) = (drafts.get(&revision.parent), drafts.get(&revision.number));
        let steps = before.zip(after).map(|(before, after)| programmes::changes(before, after)).unwrap_or_default();
        let more = steps.len().saturating_sub(MOST_STEPS);
        Row { steps: steps.iter().take(MOST_STEPS).map(|step| said(&desk.page, step)).collect(), more, revision }
    };
    let rows = revisions.into_iter().map(row).collect();
    Ok(History { place: desk.place(), rows, page: desk.page.with(problems), open: desk.open })
}

/// What was done, in words.
fn said(page: &Page, step: &Step<'_>) -> String {
    let (key, name) = match step {
        Step::Added(item) => ("programmes.history.added", item_called(page, item)),
        Step::Removed(item) => ("programmes.history.removed", item_called(page, item)),
        Step::Changed(item) => ("programmes.history.changed", item_called(page, item)),
        Step::Paused(item) => ("programmes.history.paused", item_called(page, item)),
        Step::Resumed(item) => ("programmes.history.resumed", item_called(page, item)),
        Step::Ordered(plan) => ("programmes.history.ordered", plan_name(page, plan)),
        Step::Divided(plan) => ("programmes.history.divided", plan_name(page, plan)),
        Step::PlanAdded(plan) => ("programmes.history.plan_added", plan_name(page, plan)),
        Step::PlanRemoved(plan) => ("programmes.history.plan_removed", plan_name(page, plan)),
        Step::PlanChanged(plan) => ("programmes.history.plan_changed", plan_name(page, plan)),
    };
    page.t1(key, "name", name)
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
