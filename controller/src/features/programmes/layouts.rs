//! Layouts: how the display is divided. Only data; a plan keeps its own copy.

use serde_json::{Map, Value, json};
use shared::programme::{Area, Change};

use super::draft::{DraftPlan, DraftRegion, Item};

/// A way to divide the display.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Stable name, also of its text (`programmes.layout.headed`).
    pub name: &'static str,
    /// For displays that stand upright.
    pub upright: bool,
    /// Its parts, back to front; the first is the main one.
    pub parts: &'static [Part],
}

/// A part of a layout.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Stable name, also of its text (`programmes.region.main`).
    pub name: &'static str,
    /// Left, top, width and height in percent of the display.
    pub area: [f32; 4],
    /// What stands in it at first; nothing for what the owner fills.
    pub kind: Option<&'static str>,
}

/// The layout of a new stage.
pub const FIRST: &str = "headed";
/// The layout whose parts are moved by hand.
pub const FREE: &str = "free";
/// Most parts of a free layout.
pub const MOST_PARTS: usize = 8;

const fn part(name: &'static str, area: [f32; 4]) -> Part {
    Part { name, area, kind: None }
}

const fn with(name: &'static str, area: [f32; 4], kind: &'static str) -> Part {
    Part { name, area, kind: Some(kind) }
}

/// Every layout, in the order of the choice.
pub const LAYOUTS: &[Layout] = &[
    Layout {
        name: FIRST,
        upright: false,
        parts: &[
            with("main", [0.0, 12.0, 100.0, 88.0], "posts"),
            with("header", [0.0, 0.0, 76.0, 12.0], "header"),
            with("clock", [76.0, 0.0, 24.0, 12.0], "clock"),
        ],
    },
    Layout { name: "full", upright: false, parts: &[part("main", [0.0, 0.0, 100.0, 100.0])] },
    Layout {
        name: "sidebar",
        upright: false,
        parts: &[part("main", [0.0, 0.0, 70.0, 100.0]), part("side", [70.0, 0.0, 30.0, 100.0])],
    },
    Layout {
        name: "ticker",
        upright: false,
        parts: &[part("main", [0.0, 0.0, 100.0, 90.0]), with("ticker", [0.0, 90.0, 100.0, 10.0], "ticker")],
    },
    Layout {
        name: "three",
        upright: false,
        parts: &[
            part("main", [0.0, 0.0, 70.0, 90.0]),
            part("side", [70.0, 0.0, 30.0, 90.0]),
            with("ticker", [0.0, 90.0, 100.0, 10.0], "ticker"),
        ],
    },
    Layout {
        name: "stacked",
        upright: true,
        parts: &[part("main", [0.0, 0.0, 100.0, 64.0]), part("side", [0.0, 64.0, 100.0, 36.0])],
    },
    Layout {
        name: "tower",
        upright: true,
        parts: &[
            part("main", [0.0, 8.0, 100.0, 56.0]),
            with("header", [0.0, 0.0, 70.0, 8.0], "header"),
            with("clock", [70.0, 0.0, 30.0, 8.0], "clock"),
            part("side", [0.0, 64.0, 100.0, 29.0]),
            with("ticker", [0.0, 93.0, 100.0, 7.0], "ticker"),
        ],
    },
];

/// A rectangle of these four numbers.
pub fn area([left, top, width, height]: [f32; 4]) -> Area {
    Area { left, top, width, height }
}

/// What stands in a part at first, as the owner would have chosen it.
fn values(kind: &str) -> Map<String, Value> {
    let chosen = match kind {
        "clock" => json!({ "face": "digits", "date": true }),
        _ => json!({}),
    };
    chosen.as_object().cloned().unwrap_or_default()
}

/// Lays a plan out anew. What stands in a part that both layouts have stays there; what the owner put into one that is
/// gone moves to the end of the main part; what came with it goes with it. `free` leaves all parts where they are.
pub fn lay(plan: DraftPlan, name: &str) -> DraftPlan {
    let Some(layout) = LAYOUTS.iter().find(|layout| layout.name == name) else {
        return DraftPlan { layout: FREE.to_owned(), ..plan };
    };
    let DraftPlan { regions: old, .. } = &plan;
    let mut regions: Vec<_> = layout.parts.iter().map(|part| fill(part, old, &plan.id)).collect();
    let gone = old.iter().filter(|region| !layout.parts.iter().any(|part| part.name == region.name));
    let own = gone.filter(|region| !comes_filled(&region.name));
    let left: Vec<_> = own.flat_map(|region| region.items.clone()).collect();
    if let Some(main) = regions.first_mut() {
        main.items.extend(left);
    }
    DraftPlan { layout: layout.name.to_owned(), regions, ..plan }
}

fn fill(part: &Part, old: &[DraftRegion], plan_id: &str) -> DraftRegion {
    let same = old.iter().find(|region| region.name == part.name);
    let first = part.kind.filter(|_| same.is_none()).map(|kind| Item {
        values: values(kind),
        ..Item::new(&format!("{}{kind}", plan_id.replace(|c: char| !c.is_ascii_alphanumeric(), "")), kind)
    });
    let items = same.map_or_else(|| first.into_iter().collect(), |region| region.items.clone());
    let change = same.map_or(Change::default(), |region| region.change);
    DraftRegion { name: part.name.to_owned(), area: area(part.area), change, items }
}

/// Whether a part of this name comes with something in it that is no slide of the owner's.
fn comes_filled(name: &str) -> bool {
    name != "main" && LAYOUTS.iter().flat_map(|l| l.parts).any(|part| part.name == name && part.kind.is_some())
}

#[cfg(test)]
mod tests {
    use super::{DraftPlan, FIRST, FREE, Item, LAYOUTS, lay};
    use crate::features::programmes::draft::Draft;

    fn names(plan: &DraftPlan) -> Vec<&str> {
        plan.regions.iter().map(|region| region.name.as_str()).collect()
    }

    #[test]
    fn every_layout_lies_on_the_display_and_its_main_part_is_first_and_largest() {
        for layout in LAYOUTS {
            let size = |area: [f32; 4]| area[2] * area[3];
            assert_eq!(layout.parts[0].name, "main", "{}", layout.name);
            for part in layout.parts {
                let [left, top, width, height] = part.area;
                assert!(left >= 0.0 && top >= 0.0 && left + width <= 100.0 && top + height <= 100.0);
                assert!(size(part.area) <= size(layout.parts[0].area), "{} {}", layout.name, part.name);
            }
            let covered: f32 = layout.parts.iter().map(|part| size(part.area)).sum();
            assert!((covered - 10_000.0).abs() < 1.0, "{}: {covered}", layout.name);
        }
    }

    #[test]
    fn what_the_owner_chose_stays_when_the_layout_changes() {
        let mut plan = lay(Draft::start().plans[0].clone(), "three");
        assert_eq!((names(&plan), plan.regions[2].items[0].kind.as_str()), (vec!["main", "side", "ticker"], "ticker"));
        plan.regions[1].items.push(Item::new("own", "photo"));

        let plan = lay(plan, "full");

        let ids: Vec<_> = plan.regions[0].items.iter().map(|item| item.kind.as_str()).collect();
        assert_eq!((names(&plan), ids), (vec!["main"], vec!["posts", "photo"]));
        let free = lay(lay(plan, FIRST), FREE);
        assert_eq!((free.layout.as_str(), free.regions.len()), (FREE, 3));
    }
}
