//! Alerts: saying something on all screens at once, and seeing that they show it.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use shared::programme::Shape;

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    previews::{self, Face},
    staged::staged,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        alerts::{self, Told, Wish},
        programmes::preview,
        screens,
    },
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/alerts", get(ask).post(send))
        .route("/dashboard/stages/{stage_id}/alerts/preview", get(preview))
        .route("/dashboard/stages/{stage_id}/alerts/preview/picture", get(picture))
        .route("/dashboard/stages/{stage_id}/alerts/{id}", get(open))
        .route("/dashboard/stages/{stage_id}/alerts/{id}/now", get(now))
        .route("/dashboard/stages/{stage_id}/alerts/{id}/end", post(end))
}

#[derive(Template)]
#[template(path = "alerts/index.html")]
struct Index {
    page: Page,
    on: Vec<Told>,
    headline: String,
    text: String,
    band: bool,
    minutes: String,
    groups: Vec<(String, bool)>,
    tags: Vec<(String, bool)>,
    screens: usize,
    /// Displays to look at it on.
    sizes: Vec<(String, String)>,
    sight: Sight,
}

/// What it would look like.
#[derive(Template)]
#[template(path = "alerts/preview.html")]
struct Preview {
    page: Page,
    sight: Sight,
}

/// What it would look like, once there is something to say.
#[derive(Default)]
struct Sight {
    /// The picture, drawn or not; `None` while there is nothing to draw.
    face: Option<Face>,
}

#[derive(Template)]
#[template(path = "alerts/open.html")]
struct Open {
    page: Page,
    alert: Told,
}

#[derive(Template)]
#[template(path = "alerts/now.html")]
struct Now {
    page: Page,
    alert: Told,
}

impl Told {
    /// `shown on 3 of 4 screens`.
    pub(crate) fn count(&self, page: &Page) -> String {
        let values = [("showing", self.showing.into()), ("wanted", self.wanted.into())];
        crate::tools::words::say(page.visit.language, "alerts.count", &values)
    }

    /// Kind of badge for that.
    fn badge(&self) -> &'static str {
        match (self.over, self.showing == self.wanted) {
            (true, _) => "quiet",
            (false, true) => "good",
            (false, false) => "busy",
        }
    }
}

type Place = Path<(String, String)>;

async fn ask(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&index(&app, &stage, page, &Wish::default(), String::new(), Sight::default(), Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn index(
    app: &App,
    stage: &Stage,
    page: Page,
    wish: &Wish,
    minutes: String,
    sight: Sight,
    problems: Vec<Problem>,
) -> Result<Index> {
    let marked = |names: Vec<String>, chosen: &[String]| {
        let one = |name: String| (chosen.contains(&name), name);
        names.into_iter().map(one).map(|(chosen, name)| (name, chosen)).collect()
    };
    Ok(Index {
        on: alerts::list(app, stage).await?,
        headline: wish.headline.clone(),
        text: wish.text.clone(),
        band: wish.shape == Shape::Band,
        groups: marked(screens::known_groups(app, stage).await?, &wish.groups),
        tags: marked(screens::known_tags(app, stage).await?, &wish.tags),
        sizes: previews::sizes(app, stage, &page).await?,
        sight,
        screens: screens::list(app, &stage.account_id, &stage.id).await?.len(),
        minutes,
        page: page.with(problems),
    })
}

async fn send(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = wish(&app, &stage, &typed).await?;
        let minutes = text(&typed, "minutes").trim().to_owned();
        if text(&typed, "what") == "preview" {
            // Without JavaScript the button of the preview sends the form.
            let sight = sight(&app, &owner, &stage, &page, &wish, text(&typed, "size")).await?.unwrap_or_default();
            return Ok(draw(&index(&app, &stage, page, &wish, minutes, sight, Vec::new()).await?));
        }
        match alerts::send(&app, &stage, &wish).await {
            Ok(id) => Ok(go(&format!("{}/alerts/{id}", page.stage_path()), "done.alert_sent")),
            Err(Error::Invalid(problems)) => {
                let index = index(&app, &stage, page, &wish, minutes, Sight::default(), problems).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

fn text<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(held, _)| held == name).map_or("", |(_, text)| text.as_str())
}

/// What was typed; tags and groups that no screen has are left out.
async fn wish(app: &App, stage: &Stage, typed: &[(String, String)]) -> Result<Wish> {
    let known = |kind: &str, known: Vec<String>| {
        let ticked = typed.iter().filter(|(name, mark)| name == kind && known.contains(mark));
        ticked.map(|(_, mark)| mark.clone()).collect()
    };
    let minutes = text(typed, "minutes").trim();
    Ok(Wish {
        headline: text(typed, "headline").to_owned(),
        text: text(typed, "text").to_owned(),
        shape: if text(typed, "shape") == "band" { Shape::Band } else { Shape::Full },
        tags: known("tag", screens::known_tags(app, stage).await?),
        groups: known("group", screens::known_groups(app, stage).await?),
        // What is no number is refused as one that makes no sense.
        minutes: (!minutes.is_empty()).then(|| minutes.parse().unwrap_or(-1)),
    })
}

/// Has it drawn; `None` when its owner has asked for another picture since.
async fn sight(app: &App, owner: &Owner, stage: &Stage, page: &Page, wish: &Wish, size: &str) -> Result<Option<Sight>> {
    let now = app.clock.now();
    // The same for a minute, so that nothing is drawn twice.
    let from = now - now.rem_euclid(60_000);
    let Some(trial) = wish.trial(from) else { return Ok(Some(Sight::default())) };
    let preview = preview::of_alert(app, stage, trial, previews::size(app, stage, size).await?).await?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("headline", &wish.headline)
        .append_pair("text", &wish.text)
        .append_pair("shape", if wish.shape == Shape::Band { "band" } else { "full" })
        .append_pair("size", size)
        .append_pair("moment", &from.to_string())
        .finish();
    let address = format!("{}/alerts/preview/picture?{query}", page.stage_path());
    let alt = page.t1("previews.alert.of", "headline", wish.headline.as_str());
    let face = Face::draw(app, owner, &preview, &address, alt).await?;
    Ok(face.map(|face| Sight { face: Some(face) }))
}

async fn preview(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Vec<(String, String)>>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = wish(&app, &stage, &typed).await?;
        match sight(&app, &owner, &stage, &page, &wish, text(&typed, "size")).await? {
            Some(sight) => Ok(draw(&Preview { page, sight })),
            // Somebody who asks again does not need this answer.
            None => Ok(StatusCode::NO_CONTENT.into_response()),
        }
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn picture(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let drawn = async {
        let (stage, _) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = wish(&app, &stage, &typed).await?;
        let now = app.clock.now();
        let from = text(&typed, "moment").parse().unwrap_or(now).clamp(0, now);
        let trial = wish.trial(from).ok_or(Error::NotFound("alert"))?;
        let size = previews::size(&app, &stage, text(&typed, "size")).await?;
        let preview = preview::of_alert(&app, &stage, trial, size).await?;
        previews::picture(&app, &owner, &preview, &headers).await
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&Open { page, alert: alerts::get(&app, &stage, &id).await? }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// The part of the page that changes by itself.
async fn now(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&Now { page, alert: alerts::get(&app, &stage, &id).await? }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn end(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        alerts::end(&app, &stage, &id).await?;
        Ok(go(&format!("{}/alerts", page.stage_path()), "done.alert_ended"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
