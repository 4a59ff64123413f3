//! Edits of a draft: each a small step, none with a way out of the draft's limits.

use shared::programme::{Area, Window};

use super::{
    draft::{Draft, DraftPlan, DraftRegion, FIRST_PLAN, Item},
    layouts::{self, FREE, MOST_PARTS},
};
use crate::app::{Error, Result};

/// Most plans of a programme.
pub const MOST_PLANS: usize = 24;
/// Most items of a playlist.
pub const MOST_ITEMS: usize = 100;
/// Priorities of a plan: usual, important, above everything.
pub const PRIORITIES: [i64; 3] = [1, 5, 9];

/// Where an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place to the front.
    Up,
    /// One place to the back.
    Down,
    /// To a place, counted from 0.
    To(usize),
}

/// What the owner says about a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanWish {
    /// Its name.
    pub name: String,
    /// When it is on.
    pub when: Vec<Window>,
    /// Which of two goes first.
    pub priority: i64,
}

impl Draft {
    /// Adds an item to the end of a region's playlist.
    pub fn add_item(&mut self, plan: &str, region: &str, item: Item) -> Result<()> {
        let region = self.region_mut(plan, region)?;
        if region.items.len() >= MOST_ITEMS {
            return Err(Error::invalid("", "programmes.problem.full"));
        }
        region.items.push(item);
        Ok(())
    }

    /// Puts an item in the place of the one with its id.
    pub fn set_item(&mut self, item: Item) -> Result<()> {
        let (region, place) = self.place_mut(&item.id)?;
        region.items[place] = item;
        Ok(())
    }

    /// Moves an item within its playlist; at an end it stays.
    pub fn move_item(&mut self, id: &str, to: Move) -> Result<()> {
        let (region, place) = self.place_mut(id)?;
        let last = region.items.len() - 1;
        let to = match to {
            Move::Up => place.saturating_sub(1),
            Move::Down => (place + 1).min(last),
            Move::To(to) => to.min(last),
        };
        let item = region.items.remove(place);
        region.items.insert(to, item);
        Ok(())
    }

    /// Adds the same again behind an item.
    pub fn copy_item(&mut self, id: &str, new_id: &str) -> Result<()> {
        let (region, place) = self.place_mut(id)?;
        if region.items.len() >= MOST_ITEMS {
            return Err(Error::invalid("", "programmes.problem.full"));
        }
        let copy = Item { id: new_id.to_owned(), ..region.items[place].clone() };
        region.items.insert(place + 1, copy);
        Ok(())
    }

    /// Takes an item out.
    pub fn remove_item(&mut self, id: &str) -> Result<()> {
        let (region, place) = self.place_mut(id)?;
        region.items.remove(place);
        Ok(())
    }

    /// Leaves an item out for the time being, or plays it again.
    pub fn pause_item(&mut self, id: &str) -> Result<()> {
        let (region, place) = self.place_mut(id)?;
        region.items[place].paused = !region.items[place].paused;
        Ok(())
    }

    /// Adds a plan for certain times, laid out like the first and empty but for what comes with the layout.
    pub fn add_plan(&mut self, id: &str, wish: PlanWish) -> Result<()> {
        if self.plans.len() >= MOST_PLANS {
            return Err(Error::invalid("", "programmes.problem.plans"));
        }
        let PlanWish { name, when, priority } = wish;
        let plan = DraftPlan { id: id.to_owned(), name, when, priority, ..DraftPlan::default() };
        let mut plan = layouts::lay(plan, layouts::FIRST);
        if let Some(main) = plan.regions.first_mut() {
            main.items.clear();
        }
        self.plans.push(plan);
        Ok(())
    }

    /// Adds a plan for certain times that is divided and filled like another one.
    pub fn copy_plan(&mut self, from: &str, id: &str, wish: PlanWish) -> Result<()> {
        let like = self.plan(from).cloned().ok_or(Error::NotFound("plan"))?;
        self.add_plan(id, wish)?;
        let plan = self.plan_mut(id)?;
        (plan.layout, plan.regions) = (like.layout, like.regions);
        for (number, item) in (0..).zip(plan.regions.iter_mut().flat_map(|region| &mut region.items)) {
            item.id = format!("{id}x{number}");
        }
        Ok(())
    }

    /// Changes what the owner says about a plan. The first is on whenever no other is, whatever is said.
    pub fn set_plan(&mut self, id: &str, wish: PlanWish) -> Result<()> {
        let plan = self.plan_mut(id)?;
        plan.name = wish.name;
        if id != FIRST_PLAN {
            (plan.when, plan.priority) = (wish.when, wish.priority);
        }
        Ok(())
    }

    /// Takes a plan out; the first stays.
    pub fn remove_plan(&mut self, id: &str) -> Result<()> {
        if id == FIRST_PLAN {
            return Err(Error::NotFound("plan"));
        }
        self.plan_mut(id)?;
        self.plans.retain(|plan| plan.id != id);
        Ok(())
    }

    /// Divides the display of a plan in another way.
    pub fn set_layout(&mut self, id: &str, name: &str) -> Result<()> {
        let plan = self.plan_mut(id)?;
        *plan = layouts::lay(plan.clone(), name);
        Ok(())
    }

    /// Puts the parts of a plan where the owner wants them; one more than there are is a new part, and one without a
    /// width or height goes, with what stands in it.
    pub fn set_areas(&mut self, id: &str, areas: &[Area]) -> Result<()> {
        let plan = self.plan_mut(id)?;
        let mut regions = Vec::new();
        for (place, area) in areas.iter().take(MOST_PARTS).enumerate() {
            let held = plan.regions.get(place).cloned();
            if area.width <= 0.0 || area.height <= 0.0 {
                continue;
            }
            let fresh = || DraftRegion {
                name: format!("part{}", place + 1),
                area: *area,
                change: shared::programme::Change::default(),
                items: Vec::new(),
            };
            regions.push(DraftRegion { area: *area, ..held.unwrap_or_else(fresh) });
        }
        if regions.is_empty() {
            return Err(Error::invalid("", "programmes.areas.none"));
        }
        (plan.layout, plan.regions) = (FREE.to_owned(), regions);
        Ok(())
    }

    /// Changes how one slide follows another in a region.
    pub fn set_change(&mut self, plan: &str, region: &str, change: shared::programme::Change) -> Result<()> {
        self.region_mut(plan, region)?.change = change;
        Ok(())
    }

    fn plan_mut(&mut self, id: &str) -> Result<&mut DraftPlan> {
        self.plans.iter_mut().find(|plan| plan.id == id).ok_or(Error::NotFound("plan"))
    }

    fn region_mut(&mut self, plan: &str, name: &str) -> Result<&mut DraftRegion> {
        let plan = self.plan_mut(plan)?;
        plan.regions.iter_mut().find(|region| region.name == name).ok_or(Error::NotFound("region"))
    }

    fn place_mut(&mut self, id: &str) -> Result<(&mut DraftRegion, usize)> {
        let regions = self.plans.iter_mut().flat_map(|plan| &mut plan.regions);
        let found = regions.filter_map(|region| {
            let place = region.items.iter().position(|item| item.id == id)?;
            Some((region, place))
        });
        found.into_iter().next().ok_or(Error::NotFound("item"))
    }
}

#[cfg(test)]
mod tests {
    use shared::programme::{Area, Window};

    use super::{Draft, Item, Move, PlanWish};

    fn draft(ids: &[&str]) -> Draft {
        let mut draft = Draft::start();
        draft.plans[0].regions[0].items = ids.iter().map(|id| Item::new(id, "clock")).collect();
        draft
    }

    fn ids(draft: &Draft) -> Vec<&str> {
        draft.plans[0].regions[0].items.iter().map(|item| item.id.as_str()).collect()
    }

    #[test]
    fn items_are_moved_copied_paused_and_removed() {
        let mut draft = draft(&["a", "b", "c"]);

        draft.move_item("c", Move::Up).unwrap();
        draft.move_item("a", Move::Up).unwrap();
        assert_eq!(ids(&draft), ["a", "c", "b"]);
        draft.move_item("a", Move::To(9)).unwrap();
        draft.move_item("c", Move::Down).unwrap();
        assert_eq!(ids(&draft), ["b", "c", "a"]);
        draft.copy_item("b", "d").unwrap();
        draft.pause_item("d").unwrap();
        draft.remove_item("c").unwrap();
        assert_eq!(ids(&draft), ["b", "d", "a"]);
        assert!(draft.item("d").unwrap().2.paused && !draft.item("b").unwrap().2.paused);
        assert!(draft.move_item("c", Move::Up).is_err());
    }

    #[test]
    fn a_playlist_has_an_end() {
        let mut draft = draft(&["a"; super::MOST_ITEMS]);

        assert!(draft.add_item("default", "main", Item::new("b", "clock")).is_err());
        assert!(draft.add_item("default", "clock", Item::new("b", "clock")).is_ok());
        assert!(draft.add_item("default", "cellar", Item::new("b", "clock")).is_err());
    }

    #[test]
    fn the_first_plan_is_always_there_and_always_on() {
        let mut draft = draft(&[]);
        let wish = PlanWish { name: "Mittag".into(), when: vec![Window::default()], priority: 5 };

        draft.add_plan("noon", wish.clone()).unwrap();
        draft.set_plan("default", wish).unwrap();

        assert_eq!(
            (draft.plans[0].name.as_str(), draft.plans[0].when.len(), draft.plans[0].priority),
            ("Mittag", 0, 0)
        );
        assert_eq!((draft.plans[1].when.len(), draft.plans[1].priority), (1, 5));
        assert!(draft.remove_plan("default").is_err() && draft.remove_plan("noon").is_ok());
        assert_eq!(draft.plans.len(), 1);
    }

    #[test]
    fn a_plan_is_copied_with_its_playlists_and_every_item_is_one_of_its_own() {
        let mut draft = draft(&["a", "b"]);
        draft.set_layout("default", "ticker").unwrap();
        let wish = PlanWish { name: "Mittag".into(), when: vec![Window::default()], priority: 5 };

        draft.copy_plan("default", "noon", wish.clone()).unwrap();

        let kinds = |plan: usize| -> Vec<_> {
            let regions = &draft.plans[plan].regions;
            regions
                .iter()
                .map(|r| (r.name.clone(), r.items.iter().map(|i| i.kind.clone()).collect::<Vec<_>>()))
                .collect()
        };
        assert_eq!((kinds(0), draft.plans[1].layout.as_str()), (kinds(1), "ticker"));
        let mut ids: Vec<_> = draft.items().map(|item| item.id.clone()).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), draft.plans[1].name.as_str(), draft.plans[1].when.len()), (all, "Mittag", 1));
        assert!(draft.copy_plan("nowhere", "x", wish).is_err());
    }

    #[test]
    fn parts_are_put_anywhere_and_one_without_size_goes() {
        let mut draft = draft(&["a"]);
        let area = |left: f32, width: f32| Area { left, top: 0.0, width, height: 100.0 };

        draft.set_areas("default", &[area(0.0, 50.0), area(0.0, 0.0), area(50.0, 25.0), area(75.0, 25.0)]).unwrap();

        let names: Vec<_> = draft.plans[0].regions.iter().map(|r| (r.name.as_str(), r.area.left)).collect();
        assert_eq!(names, [("main", 0.0), ("clock", 50.0), ("part4", 75.0)]);
        assert_eq!((ids(&draft), draft.plans[0].layout.as_str()), (vec!["a"], "free"));
        assert!(draft.set_areas("default", &[]).is_err());
    }
}
