//! A slide of a programme and its form.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use serde::Deserialize;
use shared::forms::{Field, Input};

use super::{
    Desk,
    card::{kind_icon, kind_name},
    control::{Control, Words, texts, words},
    editor::told_wrong,
    files::take_files,
    look::{self, Sight},
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
        previews,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes/{id}/item", get(fresh).post(keep))
        // [`Sent`] limits each part as it comes.
        .layer(DefaultBodyLimit::disable())
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
    /// What is to be seen of it.
    sight: Sight,
    /// Displays to choose from, and the chosen one.
    sizes: Vec<(String, String)>,
    size: String,
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
pub(super) struct Asked {
    pub(super) plan: String,
    pub(super) region: String,
    pub(super) kind: String,
    pub(super) item: String,
}

type Place = Path<(String, String)>;

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

/// What this slide says about a picture, where a control asks for that and the slide says other than the library.
fn about_text(item: &Item, name: &str) -> Option<Vec<String>> {
    if let Some((_, id)) = name.split_once("_alt_") {
        return Some(vec![item.about.get(id)?.alt.clone()]);
    }
    let (_, id) = name.split_once("_focus_")?;
    let focus = item.about.get(id)?.focus;
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
        Some(kind) => Control::all(app, &desk.stage, kind, value).await?,
        None => Vec::new(),
    };
    let (place, sight, size) = (desk.place(), Sight::default(), String::new());
    let sizes = previews::sizes(app, &desk.stage, &desk.page).await?;
    let page = desk.page.with(problems);
    let (kind, icon) = (kind_name(&page, &item.kind), kind_icon(&page, &item.kind));
    Ok(ItemForm { page, place, number, asked, kind, icon, controls, sight, sizes, size, seconds, times, share })
}

async fn keep(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let done = async {
        let desk = Desk::open(&app, &visit, &owner, &stage_id, &id).await?;
        let (asked, old) = find(&app, &desk, asked)?;
        let fields = old.slide_type().ok_or(Error::NotFound("slide type"))?.form;
        let mut sent = Sent::read(&app, fields, form).await?;
        let brought = look::brought(fields, &sent);
        let files = take_files(&app, &owner.account_id, fields, &mut sent).await?;
        let words = words(&app, &owner.account_id, &sent.media(fields)).await?;
        let typed = Typed::read(fields, &sent, &words, old);
        if sent.text("what") == "look" {
            let size = sent.text("size").to_owned();
            let sight = look::sight(&app, &owner, &desk, &asked, &typed.item, &size).await?;
            let mut form = typed.form(&app, desk, asked, &sent, files).await?;
            if headers.contains_key("hx-request") {
                return Ok(look::answer(form.page, sight, form.controls, &sent, &brought));
            }
            // Without JavaScript the button of the preview sends the form.
            (form.sight, form.size) = (sight.unwrap_or_default(), size);
            return Ok(draw(&form));
        }
        let problems = typed.problems(&files);
        let told = if problems.is_empty() {
            store(&app, &desk, &owner, &asked, &sent, typed.item.clone()).await
        } else {
            Err(Error::Invalid(problems))
        };
        match told {
            Ok(id) => {
                let done = if typed.item.id.is_empty() { "done.item_added" } else { "done.item_saved" };
                Ok(desk.back_to_see(&asked.plan, done, &id))
            }
            Err(error @ (Error::Stale | Error::Invalid(_))) => {
                let (status, problems) = told_wrong(error);
                Ok(draw_as(status, &typed.form(&app, desk, asked, &sent, problems).await?))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Puts an item into the draft, in its old place or at the end; its id.
async fn store(app: &App, desk: &Desk, owner: &Owner, asked: &Asked, sent: &Sent, mut item: Item) -> Result<String> {
    let fresh = item.id.is_empty();
    if fresh {
        item.id = programmes::fresh_id(app.clock.now());
    }
    let id = item.id.clone();
    programmes::edit(app, &desk.editing(owner, seen(sent.text("seen"))?), |draft| {
        if fresh { draft.add_item(&asked.plan, &asked.region, item) } else { draft.set_item(item) }
    })
    .await?;
    Ok(id)
}

/// What was typed, and what is wrong with it.
struct Typed {
    item: Item,
    times: Times,
    wrong: Vec<Problem>,
}

impl Typed {
    /// Reads the form of an item, whose files have been taken.
    fn read(fields: &'static [Field], sent: &Sent, words: &Words, old: Item) -> Self {
        let (values, mut wrong) = form::read(fields, |name| sent.all(name));
        let (times, when) = Times::read(sent);
        let mut take = |field: &'static str, key: &'static str| wrong.push(Problem { field, key });
        let when = when.map_err(|key| take("when", key)).unwrap_or_default();
        let seconds = seconds(sent).map_err(|key| take("seconds", key)).unwrap_or_default();
        let share = share(sent).map_err(|key| take("share", key)).unwrap_or_default();
        let usual = |id: &str| words.get(id).cloned().unwrap_or_default();
        let about = form::read_about(fields, &values, |name| sent.all(name).into_iter().next(), usual);
        Self { item: Item { values, seconds, when, share, about, ..old }, times, wrong }
    }

    /// What has to be put right before it can be kept; of each field what is wrong with its file comes first.
    fn problems(&self, files: &[Problem]) -> Vec<Problem> {
        let mut problems = files.to_vec();
        problems.extend(self.wrong.iter().filter(|one| !files.iter().any(|file| file.field == one.field)).cloned());
        if problems.is_empty() { programmes::missing(&self.item) } else { problems }
    }

    /// The form with everything that was typed still in it.
    async fn form(&self, app: &App, desk: Desk, asked: Asked, sent: &Sent, problems: Vec<Problem>) -> Result<ItemForm> {
        let seconds = if sent.text("stays") == "own" { sent.text("seconds").to_owned() } else { String::new() };
        let rest = (seconds, self.times.clone(), sent.text("share").to_owned());
        let number = desk.open.revision.number;
        item_form(app, desk, number, asked, &self.item, |name| sent.all(name), rest, problems).await
    }
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
