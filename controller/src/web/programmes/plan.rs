//! A plan of a programme: its name, its times, and which goes first.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    Desk,
    editor::{plan_name, told_wrong},
    seen,
    sent::Sent,
    times::Times,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::programmes::{self, DraftPlan, FIRST_PLAN, PRIORITIES, PlanWish},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/programmes/{id}/plan", get(show).post(keep))
}

#[derive(Template)]
#[template(path = "programmes/plan.html")]
struct PlanForm {
    page: Page,
    place: String,
    number: i64,
    /// Which plan; empty for a new one.
    plan: String,
    /// Whether it is the one that is on when no other is.
    first: bool,
    called: String,
    times: Times,
    priority: String,
    priorities: Vec<(String, String)>,
    /// What a new plan begins with: id of a plan, empty for nothing.
    from: String,
    /// Plans it can begin with.
    likes: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    plan: String,
    /// What a new one begins with.
    from: String,
}

type Place = Path<(String, String)>;

fn form(desk: Desk, asked: Asked, called: String, times: Times, priority: String, problems: Vec<Problem>) -> PlanForm {
    let (place, number) = (desk.place(), desk.open.revision.number);
    let page = desk.page.with(problems);
    let words = |number: &i64| (number.to_string(), page.t(&format!("programmes.priority.{number}")));
    let priorities = PRIORITIES.iter().map(words).collect();
    let like = |plan: &DraftPlan| (plan.id.clone(), page.t1("programmes.plan.like", "name", plan_name(&page, plan)));
    let nothing = std::iter::once((String::new(), page.t("programmes.plan.like.none")));
    let likes = nothing.chain(desk.open.draft.plans.iter().map(like)).collect();
    let Asked { plan, from } = asked;
    PlanForm { first: plan == FIRST_PLAN, page, place, number, plan, called, times, priority, priorities, from, likes }
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
        let plan = find(&desk, &asked.plan)?;
        let mut times = Times::of(&plan.when, visit.language);
        times.always = false;
        Ok(draw(&form(desk, asked, plan.name, times, plan.priority.to_string(), Vec::new())))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The plan of an id, or what a new one says by itself.
fn find(desk: &Desk, id: &str) -> Result<DraftPlan> {
    if id.is_empty() {
        return Ok(DraftPlan { priority: PRIORITIES[0], ..DraftPlan::default() });
    }
    desk.open.draft.plan(id).cloned().ok_or(Error::NotFound("plan"))
}

async fn keep(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let done = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        find(&desk, &asked.plan)?;
        let mut sent = Sent::of(typed);
        sent.set("times", vec!["some".to_owned()]);
        let (times, when) = Times::read(&sent);
        let fresh = programmes::fresh_id(app.clock.now());
        let plan = if asked.plan.is_empty() { fresh.as_str() } else { asked.plan.as_str() };
        let told = async {
            let wish = wish(&sent, when, plan == FIRST_PLAN)?;
            let who = desk.editing(&owner, seen(sent.text("seen"))?);
            programmes::edit(&app, &who, |draft| match (asked.plan.as_str(), sent.text("from")) {
                ("", "") => draft.add_plan(plan, wish),
                ("", from) => draft.copy_plan(from, plan, wish),
                _ => draft.set_plan(plan, wish),
            })
            .await
        };
        match told.await {
            Ok(_) if asked.plan.is_empty() => Ok(desk.back(plan, "done.plan_added", "")),
            Ok(_) => Ok(desk.back(plan, "done.plan_saved", "")),
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                let asked = Asked { from: sent.text("from").to_owned(), ..asked };
                let (name, priority) = (sent.text("name").to_owned(), sent.text("priority").to_owned());
                Ok(draw_as(status, &form(desk, asked, name, times, priority, problems)))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// What was typed, with everything that is wrong with it. The first plan has no times.
fn wish(
    sent: &Sent,
    when: std::result::Result<Vec<shared::programme::Window>, &'static str>,
    first: bool,
) -> Result<PlanWish> {
    let mut problems = Vec::new();
    let name = match programmes::name(sent.text("name")) {
        Ok(name) => name,
        Err(Error::Invalid(wrong)) => {
            problems.extend(wrong);
            String::new()
        }
        Err(error) => return Err(error),
    };
    let when = match when {
        Ok(when) => when,
        Err(_) if first => Vec::new(),
        Err(key) => {
            problems.push(Problem { field: "when", key });
            Vec::new()
        }
    };
    let priority = sent.text("priority").parse().unwrap_or(PRIORITIES[0]);
    let priority = if PRIORITIES.contains(&priority) { priority } else { PRIORITIES[0] };
    if problems.is_empty() { Ok(PlanWish { name, when, priority }) } else { Err(Error::Invalid(problems)) }
}
