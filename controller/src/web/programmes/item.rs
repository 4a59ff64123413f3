//! A slide of a programme: choosing what kind, and filling in its form.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use shared::{
    forms::Input,
    slides::{Shelf, Type},
};

use super::{
    Desk,
    card::{kind_icon, kind_name, region_title},
    control::{Control, texts},
    editor::told_wrong,
    files::take_files,
    seen,
    sent::Sent,
    times::Times,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::programmes::{self, Item, MOST_SHARE, SECONDS, form},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as},
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes/{id}/add", get(choose))
        .route("/dashboard/stages/{stage_id}/programmes/{id}/item", get(fresh).post(keep))
        // [`Sent`] limits each part as it comes.
        .layer(DefaultBodyLimit::disable())
}

#[derive(Template)]
#[template(path = "programmes/add.html")]
struct Add {
    page: Page,
    place: String,
    asked: Asked,
    region: String,
    shelves: Vec<(&'static str, Vec<Kind>)>,
}

/// A slide type to choose.
struct Kind {
    name: &'static str,
    icon: String,
}

#[derive(Template)]
#[template(path = "programmes/item.html")]
struct ItemForm {
    page: Page,
    place: String,
    /// The revision the form is made for.
    number: i64,
    asked: Asked,
    kind: String,
    icon: String,
    controls: Vec<Control>,
    /// How long it stays, as it was typed; empty for as long as it takes to read.
    seconds: String,
    times: Times,
    /// Share of time, as it was typed; empty for none.
    share: String,
}

impl ItemForm {
    /// Whether the parts that are rarely needed are open.
    fn has_more(&self) -> bool {
        !self.times.always || !self.share.is_empty() || self.page.is_wrong("when") || self.page.is_wrong("share")
    }

    /// What its slides are, in a few words.
    fn about(&self) -> String {
        self.page.known(&format!("slides.{}.about", self.asked.kind)).unwrap_or_default()
    }

    /// How long it stays by itself.
    fn stays(&self) -> &'static str {
        if self.asked.kind == "film" { "programmes.stays.film" } else { "programmes.stays.read" }
    }

    fn is_new(&self) -> bool {
        self.asked.item.is_empty()
    }
}

/// Which item: an old one by its id, or a new one of a kind for a region of a plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    plan: String,
    region: String,
    kind: String,
    item: String,
}

type Place = Path<(String, String)>;

const SHELVES: [(Shelf, &str); 5] = [
    (Shelf::Posts, "posts"),
    (Shelf::Media, "media"),
    (Shelf::Words, "words"),
    (Shelf::Live, "live"),
    (Shelf::Parts, "parts"),
];

async fn choose(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let plan = desk.open.draft.plan(&asked.plan).ok_or(Error::NotFound("plan"))?;
        let number = plan.regions.iter().position(|region| region.name == asked.region);
        let region = region_title(&desk.page, &asked.region, number.ok_or(Error::NotFound("region"))?);
        let kind = |kind: &Type| Kind { name: kind.name, icon: kind_icon(&desk.page, kind.name) };
        let shelf = |(shelf, name)| {
            let kinds: Vec<_> = programmes::offered(&app.config, &app.converters)
                .filter(|kind| kind.shelf == Some(shelf))
                .map(kind)
                .collect();
            (name, kinds)
        };
        let shelves = SHELVES.into_iter().map(shelf).filter(|(_, kinds)| !kinds.is_empty()).collect();
        Ok(draw(&Add { place: desk.place(), page: desk.page, asked, region, shelves }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn fresh(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let (asked, item) = find(&app, &desk, asked)?;
        let defaults = slide_defaults(&item);
        let value = |name: &str| {
            about_text(&item, name).unwrap_or_else(|| texts(item.values.get(name).or_else(|| defaults.get(name))))
        };
        let times = Times::of(&item.when, visit.language);
        let seconds = item.seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
        let share = if item.share > 0 { item.share.to_string() } else { String::new() };
        let number = desk.open.revision.number;
        Ok(draw(&item_form(&app, desk, number, asked, &item, value, (seconds, times, share), Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// What is said about a picture, where a control asks for that.
fn about_text(item: &Item, name: &str) -> Option<Vec<String>> {
    let about = |id: &str| item.about.get(id).cloned().unwrap_or_default();
    if let Some((_, id)) = name.split_once("_alt_") {
        return Some(vec![about(id).alt]);
    }
    let (_, id) = name.split_once("_focus_")?;
    let focus = about(id).focus;
    Some(vec![format!("{},{}", focus.x, focus.y)])
}

/// What a new slide of a type says by itself.
fn slide_defaults(item: &Item) -> serde_json::Map<String, serde_json::Value> {
    let bare = serde_json::json!({ "kind": item.kind });
    let slide = serde_json::from_value::<shared::slides::Slide>(bare).ok();
    let value = slide.and_then(|slide| serde_json::to_value(slide).ok());
    let mut values = value.and_then(|value| value.as_object().cloned()).unwrap_or_default();
    // An instant is kept as local time, and there is none yet.
    let form = item.slide_type().map_or(&[][..], |kind| kind.form);
    for field in form.iter().filter(|field| field.input == Input::Moment) {
        values.remove(field.name);
    }
    values
}

/// The item a request is about; a new one must be of a kind that is offered.
fn find(app: &App, desk: &Desk, asked: Asked) -> Result<(Asked, Item)> {
    if !asked.item.is_empty() {
        let (plan, region, item) = desk.open.draft.item(&asked.item).ok_or(Error::NotFound("item"))?;
        let asked =
            Asked { plan: plan.id.clone(), region: region.name.clone(), kind: item.kind.clone(), item: asked.item };
        return Ok((asked, item.clone()));
    }
    let kind = programmes::offered(&app.config, &app.converters).find(|kind| kind.name == asked.kind);
    let kind = kind.ok_or(Error::NotFound("slide type"))?;
    let plan = desk.open.draft.plan(&asked.plan).ok_or(Error::NotFound("plan"))?;
    plan.regions.iter().find(|region| region.name == asked.region).ok_or(Error::NotFound("region"))?;
    let item = Item::new("", kind.name);
    Ok((asked, item))
}

#[expect(clippy::too_many_arguments, reason = "all that a form is drawn from")]
async fn item_form(
    app: &App,
    desk: Desk,
    number: i64,
    asked: Asked,
    item: &Item,
    value: impl Fn(&str) -> Vec<String>,
    (seconds, times, share): (String, Times, String),
    problems: Vec<Problem>,
) -> Result<ItemForm> {
    let controls = match item.slide_type() {
        Some(kind) => Control::all(app, &desk.stage.account_id, kind, value).await?,
        None => Vec::new(),
    };
    let place = desk.place();
    let page = desk.page.with(problems);
    let (kind, icon) = (kind_name(&page, &item.kind), kind_icon(&page, &item.kind));
    Ok(ItemForm { page, place, number, asked, kind, icon, controls, seconds, times, share })
}

async fn keep(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
    form: Multipart,
) -> Response {
    let done = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let (asked, old) = find(&app, &desk, asked)?;
        let fields = old.slide_type().ok_or(Error::NotFound("slide type"))?.form;
        let mut sent = Sent::read(&app, fields, form).await?;
        let mut problems = take_files(&app, &owner.account_id, fields, &mut sent).await?;
        let (values, wrong) = form::read(fields, |name| sent.all(name));
        problems.extend(
            wrong.into_iter().filter(|one| !problems.iter().any(|held| held.field == one.field)).collect::<Vec<_>>(),
        );
        let (times, when) = Times::read(&sent);
        let mut take = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
        let when = when.map_err(|key| take("when", key)).unwrap_or_default();
        let seconds = seconds(&sent).map_err(|key| take("seconds", key)).unwrap_or_default();
        let share = share(&sent).map_err(|key| take("share", key)).unwrap_or_default();
        let fresh = old.id.is_empty();
        let about = form::read_about(fields, &values, |name| sent.all(name).into_iter().next());
        let mut item = Item { values, seconds, when, share, about, ..old };
        let told = if problems.is_empty() {
            if fresh {
                item.id = programmes::fresh_id(app.clock.now());
            }
            let number = seen(sent.text("seen"));
            let edit = async {
                programmes::edit(&app, &desk.editing(&owner, number?), |draft| {
                    if fresh {
                        draft.add_item(&asked.plan, &asked.region, item.clone())
                    } else {
                        draft.set_item(item.clone())
                    }
                })
                .await
            };
            edit.await
        } else {
            Err(Error::Invalid(problems))
        };
        match told {
            Ok(_) => {
                let done = if fresh { "done.item_added" } else { "done.item_saved" };
                Ok(desk.back_to_see(&asked.plan, done, &item.id))
            }
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                let chosen = sent.text("stays") == "own";
                let seconds = if chosen { sent.text("seconds").to_owned() } else { String::new() };
                let rest = (seconds, times, sent.text("share").to_owned());
                let number = desk.open.revision.number;
                let value = |name: &str| sent.all(name);
                let form = item_form(&app, desk, number, asked, &item, value, rest, problems).await?;
                Ok(draw_as(status, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// How long it stays: `None` for as long as it takes to read.
fn seconds(sent: &Sent) -> std::result::Result<Option<u64>, &'static str> {
    if sent.text("stays") != "own" {
        return Ok(None);
    }
    let seconds = sent.text("seconds").trim().parse().ok();
    seconds.filter(|seconds| (SECONDS.0..=SECONDS.1).contains(seconds)).map(Some).ok_or("programmes.stays.invalid")
}

/// Share of time in percent; 0 for none.
fn share(sent: &Sent) -> std::result::Result<u8, &'static str> {
    match sent.text("share").trim() {
        "" => Ok(0),
        text => text.parse().ok().filter(|share| u32::from(*share) <= MOST_SHARE).ok_or("programmes.share.invalid"),
    }
}
