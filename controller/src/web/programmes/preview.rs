//! The preview in the editor: what screens will show of the draft, at any time, on any display.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;

use super::{Desk, card::region_title, editor::plan_name, item_called};
use crate::{
    app::{App, Problem, Result},
    features::programmes::{
        self, FIRST_PLAN,
        preview::{self, Preview, Sight},
    },
    tools::zones,
    web::{
        Owner, Page, Visit,
        page::draw,
        previews::{self, Face},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes/{id}/preview", get(show))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/preview/picture", get(picture))
}

/// “Now” stays the same for so long, so that a page drawn twice is no new picture.
const NOW_MILLIS: i64 = 10_000;
const MINUTE: i64 = 60_000;

#[derive(Template)]
#[template(path = "programmes/preview_page.html")]
struct Whole {
    page: Page,
    name: String,
    place: String,
    panel: Panel,
    view: Shown,
}

#[derive(Template)]
#[template(path = "programmes/preview_face.html")]
struct Part {
    page: Page,
    panel: Panel,
    view: Shown,
}

/// The controls of a preview.
pub(super) struct Panel {
    /// Id of the plan that is edited.
    pub(super) plan: String,
    /// Date and time, as the control takes them.
    pub(super) at: String,
    /// The display that is chosen.
    pub(super) size: String,
    /// Displays to choose from.
    pub(super) sizes: Vec<(String, String)>,
    /// Whether the control for date and time has to change.
    pub(super) moved: bool,
    /// Id of the item that is to be seen alone; empty for whatever is on.
    pub(super) item: String,
}

/// What the preview shows.
struct Shown {
    face: Face,
    /// The instant, in words.
    when: String,
    /// What is on, part by part.
    parts: Vec<(String, String)>,
    /// The plan that is on; empty for a slide alone.
    plan: String,
    /// What is to be seen alone; empty for whatever is on.
    alone: String,
    /// The exact instant, and the minute in the control that it belongs to.
    moment: i64,
    /// Whether anything ever changes after it.
    goes_on: bool,
    /// Whether the plan that is edited never comes on.
    never: bool,
}

/// What is to be seen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) plan: String,
    /// Local date and time; empty for now, or for when the plan is on.
    at: String,
    /// A button: `now`, `morning`, `saturday`, `next`, `whole`.
    jump: String,
    size: String,
    pub(super) item: String,
    /// An instant to the millisecond, which counts while the control still says what it said then.
    moment: String,
    moment_at: String,
}

type Place = Path<(String, String)>;

/// A preview, and what its controls say.
struct Found {
    preview: Preview,
    panel: Panel,
    never: bool,
    wrong: bool,
}

impl Panel {
    /// The controls of a page that has just been opened.
    pub(super) async fn fresh(app: &App, desk: &Desk, plan: &str, item: &str) -> Result<Self> {
        Ok(Self {
            plan: plan.to_owned(),
            at: String::new(),
            size: String::new(),
            sizes: previews::sizes(app, &desk.stage, &desk.page).await?,
            moved: false,
            item: desk.open.draft.item(item).map(|_| item.to_owned()).unwrap_or_default(),
        })
    }
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let found = find(&app, &desk, &asked).await?;
        let Some(view) = shown(&app, &owner, &desk, &found).await? else {
            // Somebody who asks again does not need this answer.
            return Ok(StatusCode::NO_CONTENT.into_response());
        };
        let (place, name) = (desk.place(), desk.open.programme.name.clone());
        let problems =
            if found.wrong { vec![Problem { field: "at", key: "slides.problem.moment" }] } else { Vec::new() };
        let page = desk.page.with(problems);
        let panel = found.panel;
        let answer = if headers.contains_key("hx-request") {
            draw(&Part { page, panel, view })
        } else {
            draw(&Whole { page, name, place, panel, view })
        };
        Ok(answer)
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn picture(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let found = find(&app, &desk, &asked).await?;
        previews::picture(&app, &owner, &found.preview, &headers).await
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Finds out what is asked for: which instant, of what, on which display.
async fn find(app: &App, desk: &Desk, asked: &Asked) -> Result<Found> {
    let now = app.clock.now();
    let zone = zones::table(&desk.stage.time_zone, now);
    let size = previews::size(app, &desk.stage, &asked.size).await?;
    let item = if asked.jump.is_empty() { asked.item.as_str() } else { "" };
    let item = desk.open.draft.item(item).map_or("", |_| item);
    let sight = if item.is_empty() { Sight::Screen } else { Sight::Item(item) };
    let rounded = now - now.rem_euclid(NOW_MILLIS);
    let exact = asked.moment.parse().ok().filter(|_| !asked.moment.is_empty() && asked.moment_at == asked.at);
    let typed = programmes::instant(asked.at.trim(), &zone);
    let wrong = typed.is_none() && !asked.at.trim().is_empty();
    let mut never = false;
    let usual = if sight == Sight::Screen && asked.jump.is_empty() && !asked.plan.is_empty() && asked.plan != FIRST_PLAN
    {
        let next = preview::next_of_plan(app, &desk.stage, &desk.open, &asked.plan).await?;
        never = next.is_none() && typed.is_none();
        next.map_or(rounded, |next| if next == now { rounded } else { next })
    } else {
        rounded
    };
    let here = exact.or(typed).unwrap_or(usual);
    let at_hour = |days: i32, hour: i64| zone.instant(zone.date(now).plus(days), hour * 60 * MINUTE);
    let at = match asked.jump.as_str() {
        "now" => rounded,
        "morning" => at_hour(1, 9),
        // The next one, not today.
        "saturday" => at_hour((5 - i32::from(zone.date(now).weekday())).rem_euclid(7).max(1), 12),
        "next" => {
            let preview = preview::of_draft(app, &desk.stage, &desk.open, sight, here, size).await?;
            preview.next_change().unwrap_or(here)
        }
        _ => here,
    };
    let preview = preview::of_draft(app, &desk.stage, &desk.open, sight, at, size).await?;
    let panel = Panel {
        plan: asked.plan.clone(),
        at: if asked.at.is_empty() && asked.jump.is_empty() { String::new() } else { zones::local(preview.at, &zone) },
        size: asked.size.clone(),
        sizes: previews::sizes(app, &desk.stage, &desk.page).await?,
        moved: !asked.jump.is_empty(),
        item: item.to_owned(),
    };
    Ok(Found { preview, panel, never, wrong })
}

async fn shown(app: &App, owner: &Owner, desk: &Desk, found: &Found) -> Result<Option<Shown>> {
    let Found { preview, panel, never, .. } = found;
    let page = &desk.page;
    let parts = parts(desk, preview);
    let when = page.when(&preview.at);
    let one =
        |(part, title): &(String, String)| if part.is_empty() { title.clone() } else { format!("{part}: {title}") };
    let said: Vec<_> = parts.iter().map(one).collect();
    let alt = if said.is_empty() { page.t("previews.nothing") } else { said.join("; ") };
    let alt = format!("{}: {alt}", page.t1("previews.of", "when", when.as_str()));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("moment", &preview.at.to_string())
        .append_pair("size", &panel.size)
        .append_pair("item", &panel.item)
        .finish();
    let address = format!("{}/preview/picture?{query}", desk.place());
    let Some(face) = Face::draw(app, owner, preview, &address, alt).await? else { return Ok(None) };
    let alone = desk.open.draft.item(&panel.item).map(|(_, _, item)| item_called(page, item)).unwrap_or_default();
    let plan = preview.plan().and_then(|id| desk.open.draft.plan(id)).filter(|_| alone.is_empty());
    Ok(Some(Shown {
        face,
        when,
        parts,
        plan: plan.map(|plan| plan_name(page, plan)).unwrap_or_default(),
        goes_on: preview.next_change().is_some(),
        moment: preview.at,
        never: *never,
        alone,
    }))
}

/// What is on, as pairs of a part of the display and a title; the part is left out where the title says it.
fn parts(desk: &Desk, preview: &Preview) -> Vec<(String, String)> {
    let page = &desk.page;
    let plan = preview.plan().and_then(|id| desk.open.draft.plan(id));
    let place = |name: &str| plan.and_then(|plan| plan.regions.iter().position(|region| region.name == name));
    let one = |shown: &shared::programme::Shown<'_>| {
        let part = region_title(page, shown.region, place(shown.region).unwrap_or(0));
        let id = shown.on.entry.id.split(['-', '.']).next().unwrap_or_default();
        let title = match desk.open.draft.item(id) {
            Some((_, _, item)) => item_called(page, item),
            None => previews::said(page, shown),
        };
        // A header in the header is said once.
        if part == title { (String::new(), title) } else { (part, title) }
    };
    preview.on().iter().map(one).collect()
}
