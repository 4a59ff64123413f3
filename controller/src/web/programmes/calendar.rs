//! What plays when: a week of a programme.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use shared::programme::{Date, Plan, Programme, Schedule, Zone};

use super::{Desk, editor::plan_name};
use crate::{
    app::App,
    features::programmes::{Draft, FIRST_PLAN, FREE},
    tools::zones,
    web::{Owner, Page, Visit, page::draw},
};

/// Height of a day in the drawing.
const HEIGHT: f64 = 480.0;
const DAY: i64 = 86_400_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/programmes/{id}/calendar", get(show))
}

#[derive(Template)]
#[template(path = "programmes/calendar.html")]
struct Calendar {
    page: Page,
    place: String,
    name: String,
    days: Vec<Day>,
    /// First days of the weeks around this one.
    before: Date,
    after: Date,
    hours: Vec<(u32, u32)>,
}

/// A day and what is on.
struct Day {
    /// Where it stands in the drawing.
    x: usize,
    name: String,
    date: String,
    today: bool,
    blocks: Vec<Block>,
}

/// A plan for a while.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    plan: String,
    name: String,
    first: bool,
    from: String,
    to: String,
    /// Which of a few colours.
    tone: usize,
    y: f64,
    height: f64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    week: String,
}

type Place = Path<(String, String)>;

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let now = app.clock.now();
        let zone = zones::table(&desk.stage.time_zone, now);
        let today = zone.date(now);
        let wanted = asked.week.parse().unwrap_or(today);
        let monday = wanted.plus(-i32::from(wanted.weekday()));
        let plans = plans(&desk.open.draft);
        let name = |plan: &Plan| {
            let found = desk.open.draft.plan(&plan.id);
            found.map_or_else(String::new, |plan| plan_name(&desk.page, plan))
        };
        let day = |offset: usize| {
            let date = monday.plus(i32::try_from(offset).unwrap_or(0));
            Day {
                x: 44 + offset * 130,
                name: desk.page.t(&format!("programmes.weekday.{offset}")),
                date: desk.page.date(date),
                today: date == today,
                blocks: blocks(&plans, date, &zone, name),
            }
        };
        let hours = (0..=24).step_by(3).map(|hour| (hour, hour * 20)).collect();
        let days = (0..7).map(day).collect();
        let place = desk.place();
        let (before, after) = (monday.plus(-7), monday.plus(7));
        let name = desk.open.programme.name.clone();
        Ok(draw(&Calendar { page: desk.page, place, name, days, before, after, hours }))
    };
    drawn.await.unwrap_or_else(|error: crate::app::Error| visit.refuse(&error))
}

/// The plans of a draft without what they play.
fn plans(draft: &Draft) -> Programme {
    let plan = |plan: &crate::features::programmes::DraftPlan| Plan {
        id: plan.id.clone(),
        when: Schedule(plan.when.clone()),
        priority: plan.priority,
        regions: Vec::new(),
    };
    Programme {
        account: String::new(),
        id: FREE.to_owned(),
        version: 0,
        issued_at: 0,
        active_at: 0,
        zone: Zone::default(),
        language: String::new(),
        look: shared::programme::Look {
            name: String::new(),
            handle: String::new(),
            address: String::new(),
            accent: String::new(),
            background: String::new(),
            logo: None,
        },
        plans: draft.plans.iter().map(plan).collect(),
        alerts: Vec::new(),
        media: Vec::new(),
    }
}

/// What is on during a day, from one change to the next.
fn blocks(programme: &Programme, date: Date, zone: &Zone, name: impl Fn(&Plan) -> String) -> Vec<Block> {
    let programme = Programme { zone: zone.clone(), ..programme.clone() };
    let (start, end) = (zone.instant(date, 0), zone.instant(date.plus(1), 0));
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = start;
    // A day has few changes; a schedule that changes oftener is not drawn to its end.
    for _ in 0..200 {
        let none: [&str; 0] = [];
        let next = programme.next_change(at, &none).map_or(end, |next| next.min(end));
        if let Some((plan, _)) = programme.plan(at) {
            let block = block(&programme, plan, name(plan), (at, next), (start, end), zone);
            match blocks.last_mut().filter(|last| last.plan == block.plan) {
                Some(last) => {
                    last.height += block.height;
                    last.to = block.to;
                }
                None => blocks.push(block),
            }
        }
        at = next;
        if at >= end {
            break;
        }
    }
    blocks
}

fn block(
    programme: &Programme,
    plan: &Plan,
    name: String,
    (from, to): (i64, i64),
    (start, end): (i64, i64),
    zone: &Zone,
) -> Block {
    #[expect(clippy::cast_precision_loss, reason = "a day has few milliseconds")]
    let down = |at: i64| (at - start) as f64 / (end - start) as f64 * HEIGHT;
    let clock = |at: i64| {
        let minutes = (at + zone.ahead(at)).rem_euclid(DAY) / 60_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    let number = programme.plans.iter().position(|held| held.id == plan.id).unwrap_or(0);
    Block {
        plan: plan.id.clone(),
        name,
        first: plan.id == FIRST_PLAN,
        from: clock(from),
        to: if to == end { "24:00".to_owned() } else { clock(to) },
        tone: if number == 0 { 0 } else { (number - 1) % 5 + 1 },
        y: down(from),
        height: down(to) - down(from),
    }
}

#[cfg(test)]
mod tests {
    use shared::programme::Window;

    use super::{Draft, blocks, plans};
    use crate::{features::programmes::PlanWish, tools::zones};

    #[test]
    fn a_day_is_cut_where_plans_change_also_when_clocks_are_set_back() {
        let zone = zones::table("Europe/Berlin", 1_777_896_000_000);
        let mut draft = Draft::start();
        let lunch = Window { from: 690, to: 840, ..Window::default() };
        let night = Window { from: 1_320, to: 240, ..Window::default() };
        for (id, when) in [("lunch", lunch), ("night", night)] {
            draft.add_plan(id, PlanWish { name: id.into(), when: vec![when], priority: 1 }).unwrap();
        }
        let day = |date: &str| -> Vec<(String, String, String)> {
            let blocks = blocks(&plans(&draft), date.parse().unwrap(), &zone, |plan| plan.id.clone());
            let sum: f64 = blocks.iter().map(|block| block.height).sum();
            assert!((sum - super::HEIGHT).abs() < 0.01, "{sum}");
            blocks.into_iter().map(|block| (block.plan, block.from, block.to)).collect()
        };
        let wanted = [
            ("night", "00:00", "04:00"),
            ("default", "04:00", "11:30"),
            ("lunch", "11:30", "14:00"),
            ("default", "14:00", "22:00"),
            ("night", "22:00", "24:00"),
        ];
        let wanted: Vec<_> = wanted.map(|(plan, from, to)| (plan.into(), from.into(), to.into())).to_vec();

        assert_eq!(day("2026-05-04"), wanted);
        assert_eq!(day("2026-10-25"), wanted);
    }
}
