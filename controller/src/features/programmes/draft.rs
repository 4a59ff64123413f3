//! Drafts: what an owner builds, and the programmes are made of. Kept as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{
    forms::Input,
    programme::{Area, Change, Window},
    slides::{Focus, TYPES, Type},
};

use super::layouts;

/// Id of the plan that is on when no other is.
pub const FIRST_PLAN: &str = "default";

/// Everything an owner has built.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The first is on whenever no other is.
    pub plans: Vec<DraftPlan>,
}

/// A layout with its playlists, for certain times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftPlan {
    /// Stable id.
    pub id: String,
    /// What the owner calls it; empty for the first.
    pub name: String,
    /// Name of its layout.
    pub layout: String,
    /// When it is on; empty for always.
    pub when: Vec<Window>,
    /// Of two plans that may be on, the one with the higher number is.
    pub priority: i64,
    /// Parts of the display, back to front; the first is the main one.
    pub regions: Vec<DraftRegion>,
}

/// A part of the display with its playlist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftRegion {
    /// Stable name.
    pub name: String,
    /// Where it stands.
    pub area: Area,
    /// How one slide follows another.
    #[serde(default)]
    pub change: Change,
    /// What it plays.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// Something in a playlist, as its form was filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Stable id, of letters and digits.
    pub id: String,
    /// Name of its slide type.
    pub kind: String,
    /// What its form says; pictures and films as ids of media, moments as local time.
    pub values: Map<String, Value>,
    /// How long each of its slides stays; `None` for as long as it takes to read.
    pub seconds: Option<u64>,
    /// When it may be on; empty for always.
    pub when: Vec<Window>,
    /// Percent of the playlist's time, as a campaign; 0 for an ordinary one.
    pub share: u8,
    /// Left out for the time being.
    pub paused: bool,
    /// What is said about its pictures, by the ids of their media.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub about: BTreeMap<String, About>,
}

/// What is said about a picture in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// What is to be seen, in words; may be empty.
    pub alt: String,
    /// What must stay in sight when it is cropped.
    pub focus: Focus,
}

impl Item {
    /// One of a type, as a new slide is.
    pub fn new(id: &str, kind: &str) -> Self {
        Self { id: id.to_owned(), kind: kind.to_owned(), ..Self::default() }
    }

    /// Its slide type; `None` when this version does not know it.
    pub fn slide_type(&self) -> Option<&'static Type> {
        TYPES.iter().find(|known| known.name == self.kind)
    }

    /// Ids of the pictures and films in it.
    pub fn media(&self) -> Vec<String> {
        let form = self.slide_type().map_or(&[][..], |known| known.form);
        let is_file = |input: Input| matches!(input, Input::Picture | Input::Pictures | Input::Film | Input::Document);
        let files = form.iter().filter(|field| is_file(field.input));
        let ids = files.filter_map(|field| self.values.get(field.name)).flat_map(|value| match value {
            Value::String(id) => vec![id.clone()],
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        });
        ids.collect()
    }
}

impl Draft {
    /// What a new stage shows: its header, the time, and its posts.
    pub fn start() -> Self {
        let plan = DraftPlan { id: FIRST_PLAN.to_owned(), ..DraftPlan::default() };
        Self { plans: vec![layouts::lay(plan, layouts::FIRST)] }
    }

    /// Reads a draft as it is stored; the one of a new stage where it makes no sense.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).ok().filter(|draft: &Self| !draft.plans.is_empty()).unwrap_or_else(Self::start)
    }

    /// The draft as it is stored.
    pub fn write(&self) -> String {
        // Numbers, switches and texts: nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The plan of an id.
    pub fn plan(&self, id: &str) -> Option<&DraftPlan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// The item of an id, with the plan and the region it stands in.
    pub fn item(&self, id: &str) -> Option<(&DraftPlan, &DraftRegion, &Item)> {
        self.plans.iter().find_map(|plan| {
            plan.regions.iter().find_map(|region| {
                let item = region.items.iter().find(|item| item.id == id)?;
                Some((plan, region, item))
            })
        })
    }

    /// Every item.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.plans.iter().flat_map(|plan| &plan.regions).flat_map(|region| &region.items)
    }

    /// Every item, to change it.
    pub(super) fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.plans.iter_mut().flat_map(|plan| &mut plan.regions).flat_map(|region| &mut region.items)
    }

    /// Ids of all pictures in it, each once.
    pub fn media(&self) -> Vec<String> {
        let mut media: Vec<_> = self.items().flat_map(Item::media).collect();
        media.sort();
        media.dedup();
        media
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Draft, Item};

    #[test]
    fn a_draft_is_read_back_and_what_makes_no_sense_is_a_new_one() {
        let mut draft = Draft::start();
        draft.plans[0].regions[0].items[0].share = 20;

        assert_eq!(Draft::read(&draft.write()), draft);
        for nonsense in ["", "{", "{\"posts\":4}", "{\"plans\":[]}"] {
            assert_eq!(Draft::read(nonsense), Draft::start(), "{nonsense}");
        }
    }

    #[test]
    fn a_new_stage_shows_header_time_and_posts() {
        let draft = Draft::start();
        let shown: Vec<_> =
            draft.plans[0].regions.iter().map(|r| (r.name.as_str(), r.items[0].kind.as_str(), r.area.top)).collect();

        assert_eq!(shown, [("main", "posts", 12.0), ("header", "header", 0.0), ("clock", "clock", 0.0)]);
        assert_eq!(draft.plans[0].regions[2].items[0].values["date"], true);
    }

    #[test]
    fn pictures_are_found_where_forms_ask_for_them() {
        let mut photo = Item::new("a", "photo");
        photo.values.insert("picture".into(), json!("m1"));
        photo.values.insert("caption".into(), json!("m9"));
        let mut series = Item::new("b", "photos");
        series.values.insert("pictures".into(), json!(["m2", "m1"]));
        let mut draft = Draft::start();
        let mut film = Item::new("d", "film");
        film.values.insert("film".into(), json!("m4"));
        let mut document = Item::new("e", "document");
        document.values.insert("pages".into(), json!(["m3"]));
        draft.plans[0].regions[0].items = vec![photo, series, Item::new("c", "hologram"), film, document];

        assert_eq!(draft.media(), ["m1", "m2", "m3", "m4"]);
    }
}
