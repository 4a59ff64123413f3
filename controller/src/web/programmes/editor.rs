//! The editor of a programme: its plans, what plays in each part, and what screens show of it.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Desk,
    card::{Known, RegionView, thumbs},
    drawing::Drawing,
    film,
    preview::Panel,
    seen, times,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        answers::Notes,
        programmes::{self, DraftPlan, FIRST_PLAN, LAYOUTS, Move, Open},
        topics,
    },
    tools::zones,
    web::{
        Owner, Page, Visit,
        infoscreen::Browsers,
        page::{draw, draw_as},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes/{id}", get(show))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/do", post(act))
}

#[derive(Template)]
#[template(path = "programmes/editor.html")]
struct Editor {
    page: Page,
    open: Open,
    place: String,
    tabs: Vec<Tab>,
    plan: Tab,
    drawing: Drawing,
    regions: Vec<RegionView>,
    panel: Panel,
    browsers: Browsers,
    /// When screens are to show it, as it was typed.
    at: String,
}

/// A plan in the row of plans.
#[derive(Clone)]
struct Tab {
    id: String,
    name: String,
    /// When it is on.
    when: String,
    current: bool,
    /// Whether it is the one that is on when no other is.
    first: bool,
}

impl Tab {
    fn of(page: &Page, plan: &DraftPlan, current: &str) -> Self {
        let first = plan.id == FIRST_PLAN;
        let when = times::said(page, &plan.when);
        Self {
            name: plan_name(page, plan),
            when: match (first, when.is_empty()) {
                (true, _) => page.t("programmes.plan.otherwise"),
                (false, true) => page.t("programmes.when.always"),
                (false, false) => when,
            },
            current: plan.id == current,
            first,
            id: plan.id.clone(),
        }
    }
}

/// What a plan is called.
pub(super) fn plan_name(page: &Page, plan: &DraftPlan) -> String {
    if plan.name.is_empty() { page.t("programmes.plan.first") } else { plan.name.clone() }
}

/// Whether a plan is laid out for a display that stands upright.
pub(super) fn is_upright(plan: &DraftPlan) -> bool {
    LAYOUTS.iter().any(|layout| layout.upright && layout.name == plan.layout)
}

type Place = Path<(String, String)>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    plan: String,
    /// Id of an item that the preview shows alone.
    see: String,
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        Ok(draw(&editor(&app, desk, &asked, Vec::new(), String::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn editor(app: &App, desk: Desk, asked: &Asked, problems: Vec<Problem>, at: String) -> Result<Editor> {
    let place = desk.place();
    let plan = desk.open.draft.plan(&asked.plan).or(desk.open.draft.plans.first()).ok_or(Error::NotFound("plan"))?;
    let panel = Panel::fresh(app, &desk, &plan.id, &asked.see).await?;
    let Desk { page, open, stage } = desk;
    let browsers = Browsers::of(app, &stage, &open.programme).await?;
    let page = page.with(problems);
    let plan = open.draft.plan(&panel.plan).ok_or(Error::NotFound("plan"))?;
    let known = Known {
        thumbs: thumbs(app, &stage.account_id, &open).await?,
        films: film::views(app, &stage.account_id, &open.draft.media()).await?,
        notes: Notes::find(app, &stage.account_id, &stage.id).await?,
        topics: topics::names(app, &stage.id).await?,
    };
    let regions = plan.regions.iter().enumerate();
    Ok(Editor {
        tabs: open.draft.plans.iter().map(|one| Tab::of(&page, one, &plan.id)).collect(),
        plan: Tab::of(&page, plan, &plan.id),
        drawing: Drawing::of_plan(plan, is_upright(plan)),
        regions: regions.map(|(number, region)| RegionView::of(&page, region, number, &known)).collect(),
        panel,
        browsers,
        place,
        at,
        page,
        open,
    })
}

/// What a button of the editor asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    seen: String,
    plan: String,
    /// What to do.
    what: String,
    /// With which item.
    item: String,
    /// Where it goes, counted from 0.
    to: String,
    /// When screens are to show it, local time.
    at: String,
}

async fn act(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let told = match seen(&typed.seen) {
            Ok(seen) => perform(&app, &desk, &owner, seen, &typed).await,
            Err(error) => Err(error),
        };
        match told {
            Ok(done) => Ok(desk.back(&typed.plan, done, if done == "done.item_removed" { "" } else { &typed.item })),
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
                let asked = Asked { plan: typed.plan, ..Asked::default() };
                Ok(draw_as(status, &editor(&app, desk, &asked, problems, typed.at).await?))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Status and problems of an edit that was not kept.
pub(super) fn told_wrong(error: Error) -> (StatusCode, Vec<Problem>) {
    match error {
        Error::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        _ => (StatusCode::CONFLICT, vec![Problem { field: "", key: "programmes.problem.stale" }]),
    }
}

async fn perform(app: &App, desk: &Desk, owner: &Owner, seen: i64, typed: &Typed) -> Result<&'static str> {
    let who = desk.editing(owner, seen);
    let item = typed.item.as_str();
    match typed.what.as_str() {
        "undo" => programmes::undo(app, &who).await.map(|()| "done.undone"),
        "redo" => programmes::redo(app, &who).await.map(|()| "done.redone"),
        "publish" => programmes::publish_at(app, &who, None).await.map(|()| "done.published"),
        "withdraw" => programmes::withdraw(app, &who).await.map(|()| "done.withdrawn"),
        "later" => {
            let zone = zones::table(&desk.stage.time_zone, app.clock.now());
            let at = programmes::instant(typed.at.trim(), &zone);
            let at = at.ok_or(Error::invalid("at", "slides.problem.moment"))?;
            programmes::publish_at(app, &who, Some(at)).await.map(|()| "done.publish_later")
        }
        "up" => programmes::edit(app, &who, |draft| draft.move_item(item, Move::Up)).await.map(|_| "done.item_moved"),
        "down" => {
            programmes::edit(app, &who, |draft| draft.move_item(item, Move::Down)).await.map(|_| "done.item_moved")
        }
        "to" => {
            let to = typed.to.parse().map_err(|_| Error::NotFound("place"))?;
            programmes::edit(app, &who, |draft| draft.move_item(item, Move::To(to))).await.map(|_| "done.item_moved")
        }
        "copy" => {
            let fresh = programmes::fresh_id(app.clock.now());
            programmes::edit(app, &who, |draft| draft.copy_item(item, &fresh)).await.map(|_| "done.item_copied")
        }
        "pause" => programmes::edit(app, &who, |draft| draft.pause_item(item)).await.map(|_| "done.item_paused"),
        "remove" => programmes::edit(app, &who, |draft| draft.remove_item(item)).await.map(|_| "done.item_removed"),
        "drop" => {
            programmes::edit(app, &who, |draft| draft.remove_plan(&typed.plan)).await.map(|_| "done.plan_removed")
        }
        _ => Err(Error::NotFound("button")),
    }
}
