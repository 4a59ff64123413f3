//! How a plan divides the display, and how slides follow one another.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use shared::programme::{Area, Change};

use super::{
    Desk,
    card::region_title,
    drawing::Drawing,
    editor::{is_upright, told_wrong},
    seen,
    sent::Sent,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::programmes::{self, FREE, LAYOUTS, MOST_PARTS},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/programmes/{id}/layout", get(show).post(keep))
}

#[derive(Template)]
#[template(path = "programmes/divide.html")]
struct LayoutPage {
    page: Page,
    place: String,
    number: i64,
    plan: String,
    choices: Vec<Choice>,
    /// The display as it is divided now.
    drawing: Drawing,
    parts: Vec<Part>,
    changes: Vec<(String, String)>,
    free: bool,
}

/// A layout to choose.
struct Choice {
    name: &'static str,
    drawing: Drawing,
    current: bool,
}

/// A part of the display, as it was typed.
struct Part {
    /// Name of the region; empty for a new one.
    name: String,
    title: String,
    /// Left, top, width, height.
    area: [String; 4],
    change: String,
}

const SIDES: [&str; 4] = ["left", "top", "width", "height"];
const CHANGES: [(Change, &str); 4] =
    [(Change::Fade, "fade"), (Change::Slide, "slide"), (Change::Wipe, "wipe"), (Change::Cut, "cut")];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    plan: String,
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
        Ok(draw(&layout(desk, &asked.plan, None, Vec::new())?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

fn layout(desk: Desk, plan_id: &str, typed: Option<&Sent>, problems: Vec<Problem>) -> Result<LayoutPage> {
    let place = desk.place();
    let Desk { page, open, .. } = desk;
    let page = page.with(problems);
    let plan = open.draft.plan(plan_id).ok_or(Error::NotFound("plan"))?;
    let part = |number: usize| {
        let region = plan.regions.get(number);
        let area = region.map_or([String::new(), String::new(), String::new(), String::new()], |region| {
            let Area { left, top, width, height } = region.area;
            [left, top, width, height].map(|side| side.to_string())
        });
        let name = region.map_or_else(String::new, |region| region.name.clone());
        let change = region.map_or(Change::default(), |region| region.change);
        let change = CHANGES.iter().find(|(held, _)| *held == change).map_or("fade", |(_, name)| name);
        Part {
            title: match region {
                Some(region) => region_title(&page, &region.name, number),
                None => page.t("programmes.region.new"),
            },
            area: match typed {
                Some(sent) => SIDES.map(|side| sent.text(&format!("p{number}_{side}")).to_owned()),
                None => area,
            },
            change: change.to_owned(),
            name,
        }
    };
    let choice = |layout: &programmes::Layout| Choice {
        name: layout.name,
        drawing: Drawing::of_layout(layout),
        current: layout.name == plan.layout,
    };
    Ok(LayoutPage {
        choices: LAYOUTS.iter().map(choice).collect(),
        drawing: Drawing::of_plan(plan, is_upright(plan)),
        parts: (0..(plan.regions.len() + 1).min(MOST_PARTS)).map(part).collect(),
        changes: CHANGES.map(|(_, name)| (name.to_owned(), page.t(&format!("programmes.change.{name}")))).to_vec(),
        free: plan.layout == FREE,
        number: open.revision.number,
        plan: plan.id.clone(),
        place,
        page,
    })
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
        let sent = Sent::of(typed);
        let told = async {
            let who = desk.editing(&owner, seen(sent.text("seen"))?);
            let plan = asked.plan.as_str();
            match sent.text("what") {
                "areas" => {
                    let areas = areas(&sent)?;
                    programmes::edit(&app, &who, |draft| draft.set_areas(plan, &areas)).await
                }
                "changes" => {
                    programmes::edit(&app, &who, |draft| {
                        let named = |region: &str| sent.text(&format!("change_{region}")).to_owned();
                        let held = draft.plan(plan).ok_or(Error::NotFound("plan"))?;
                        let names: Vec<_> = held.regions.iter().map(|region| region.name.clone()).collect();
                        for region in names {
                            let wanted = named(&region);
                            if let Some((change, _)) = CHANGES.iter().find(|(_, name)| *name == wanted) {
                                draft.set_change(plan, &region, *change)?;
                            }
                        }
                        Ok(())
                    })
                    .await
                }
                _ => programmes::edit(&app, &who, |draft| draft.set_layout(plan, sent.text("layout"))).await,
            }
        };
        match told.await {
            Ok(_) => Ok(desk.back(&asked.plan, "done.layout_saved", "")),
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                let typed = Some(&sent).filter(|sent| sent.text("what") == "areas");
                Ok(draw_as(status, &layout(desk, &asked.plan, typed, problems)?))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The rectangles that were typed; an empty line is no part.
fn areas(sent: &Sent) -> Result<Vec<Area>> {
    let mut areas = Vec::new();
    for number in 0..MOST_PARTS {
        let texts = SIDES.map(|side| sent.text(&format!("p{number}_{side}")).trim().replace(',', "."));
        let numbers = texts.each_ref().map(|text| if text.is_empty() { Some(0.0) } else { text.parse::<f32>().ok() });
        let [Some(left), Some(top), Some(width), Some(height)] = numbers else {
            return Err(Error::invalid("areas", "programmes.areas.invalid"));
        };
        let inside = |from: f32, length: f32| from >= 0.0 && length >= 0.0 && from + length <= 100.0;
        if !inside(left, width) || !inside(top, height) {
            return Err(Error::invalid("areas", "programmes.areas.invalid"));
        }
        areas.push(Area { left, top, width, height });
    }
    Ok(areas)
}

#[cfg(test)]
mod tests {
    use super::{Sent, areas};

    fn sent(fields: &[(&str, &str)]) -> Sent {
        Sent::of(fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn rectangles_must_lie_on_the_display() {
        let half = [("p0_left", "0"), ("p0_top", "0"), ("p0_width", "62,5"), ("p0_height", "100")];
        assert_eq!(areas(&sent(&half)).unwrap()[0].width.to_bits(), 62.5_f32.to_bits());
        for wrong in [("p0_left", "50"), ("p0_left", "-1"), ("p0_width", "x"), ("p0_top", "NaN")] {
            let fields: Vec<_> = half.iter().map(|field| if field.0 == wrong.0 { wrong } else { *field }).collect();
            assert!(areas(&sent(&fields)).is_err(), "{wrong:?}");
        }
    }
}
