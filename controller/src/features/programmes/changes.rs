//! What an edit did, told by the drafts before and after it.

use super::draft::{Draft, DraftPlan, Item};

/// One thing that an edit did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// A slide came.
    Added(&'a Item),
    /// A slide went.
    Removed(&'a Item),
    /// What a slide says, or when and how long it does, is different.
    Changed(&'a Item),
    /// A slide is held back.
    Paused(&'a Item),
    /// A slide is no longer held back.
    Resumed(&'a Item),
    /// The slides of a plan stand in another order, or in other parts.
    Ordered(&'a DraftPlan),
    /// A plan divides the display in another way, or changes its slides in another.
    Divided(&'a DraftPlan),
    /// A plan came.
    PlanAdded(&'a DraftPlan),
    /// A plan went, with all its slides.
    PlanRemoved(&'a DraftPlan),
    /// A plan has another name or other times.
    PlanChanged(&'a DraftPlan),
}

/// What is different, plan by plan.
pub fn changes<'a>(before: &'a Draft, after: &'a Draft) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for plan in &after.plans {
        match before.plan(&plan.id) {
            Some(old) => compare(old, plan, &mut steps),
            None => steps.push(Step::PlanAdded(plan)),
        }
    }
    steps.extend(before.plans.iter().filter(|old| after.plan(&old.id).is_none()).map(Step::PlanRemoved));
    steps
}

fn compare<'a>(old: &'a DraftPlan, plan: &'a DraftPlan, steps: &mut Vec<Step<'a>>) {
    let find = |plan: &'a DraftPlan, id: &str| items(plan).find(|item| item.id == id);
    if (&old.name, &old.when, old.priority) != (&plan.name, &plan.when, plan.priority) {
        steps.push(Step::PlanChanged(plan));
    }
    let frame =
        |plan: &'a DraftPlan| plan.regions.iter().map(|one| (&one.name, one.area, one.change)).collect::<Vec<_>>();
    let divided = frame(old) != frame(plan);
    if divided {
        steps.push(Step::Divided(plan));
    }
    let count = steps.len();
    for item in items(plan) {
        match find(old, &item.id) {
            None => steps.push(Step::Added(item)),
            Some(old) if old == item => {}
            Some(old) if old.paused != item.paused => {
                steps.push(if item.paused { Step::Paused(item) } else { Step::Resumed(item) });
            }
            Some(_) => steps.push(Step::Changed(item)),
        }
    }
    steps.extend(items(old).filter(|item| find(plan, &item.id).is_none()).map(Step::Removed));
    // What came or went moves the others along.
    if !divided && count == steps.len() && order(old) != order(plan) {
        steps.push(Step::Ordered(plan));
    }
}

fn items(plan: &DraftPlan) -> impl Iterator<Item = &Item> {
    plan.regions.iter().flat_map(|region| &region.items)
}

fn order(plan: &DraftPlan) -> Vec<(&str, &str)> {
    let mut order = Vec::new();
    for region in &plan.regions {
        order.extend(region.items.iter().map(|item| (region.name.as_str(), item.id.as_str())));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Step, changes};
    use crate::features::programmes::draft::{Draft, DraftPlan, Item};

    fn start() -> Draft {
        let mut draft = Draft::start();
        draft.plans[0].regions[0].items = ["a", "b", "c"].map(|id| Item::new(id, "qr")).to_vec();
        draft
    }

    #[test]
    fn an_edit_is_told_by_what_it_left_behind() {
        let before = start();
        let told = |edit: fn(&mut Vec<Item>)| {
            let mut after = start();
            edit(&mut after.plans[0].regions[0].items);
            let name = |item: &Item| item.id.clone();
            let one = |step: &Step<'_>| match step {
                Step::Added(item) => format!("added {}", name(item)),
                Step::Removed(item) => format!("removed {}", name(item)),
                Step::Changed(item) => format!("changed {}", name(item)),
                Step::Paused(item) => format!("paused {}", name(item)),
                Step::Ordered(_) => "ordered".to_owned(),
                other => panic!("{other:?}"),
            };
            changes(&before, &after).iter().map(one).collect::<Vec<_>>().join(", ")
        };

        assert_eq!(told(|_| {}), "");
        assert_eq!(told(|items| items.push(Item::new("d", "qr"))), "added d");
        assert_eq!(told(|items| drop(items.remove(0))), "removed a");
        assert_eq!(told(|items| items.swap(0, 2)), "ordered");
        assert_eq!(told(|items| items[1].paused = true), "paused b");
        assert_eq!(told(|items| items[1].seconds = Some(9)), "changed b");
        assert_eq!(told(|items| items[0] = Item::new("e", "qr")), "added e, removed a");
    }

    #[test]
    fn plans_come_go_and_are_divided_anew() {
        let before = start();
        let mut after = start();
        after.plans[0].regions[0].area.width = 50.0;
        after.plans.push(DraftPlan { id: "noon".to_owned(), ..DraftPlan::default() });

        assert!(matches!(changes(&before, &after)[..], [Step::Divided(_), Step::PlanAdded(_)]));
        assert!(matches!(changes(&after, &before)[..], [Step::Divided(_), Step::PlanRemoved(_)]));
        let mut named = start();
        named.plans[0].name = "Alltag".to_owned();
        assert!(matches!(changes(&before, &named)[..], [Step::PlanChanged(_)]));
    }
}
