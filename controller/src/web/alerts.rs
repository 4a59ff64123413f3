//! Alerts: saying something on all screens at once, and seeing that they show it.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use shared::programme::Shape;

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        alerts::{self, Told, Wish},
        screens,
    },
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/alerts", get(ask).post(send))
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
    tags: Vec<(String, bool)>,
    screens: usize,
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
        Ok(draw(&index(&app, &stage, page, &Wish::default(), String::new(), Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn index(
    app: &App,
    stage: &Stage,
    page: Page,
    wish: &Wish,
    minutes: String,
    problems: Vec<Problem>,
) -> Result<Index> {
    let tags = screens::known_tags(app, stage).await?;
    let chosen = |tag: String| {
        let chosen = wish.tags.contains(&tag);
        (tag, chosen)
    };
    Ok(Index {
        on: alerts::list(app, stage).await?,
        headline: wish.headline.clone(),
        text: wish.text.clone(),
        band: wish.shape == Shape::Band,
        tags: tags.into_iter().map(chosen).collect(),
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
        let text = |name: &str| typed.iter().find(|(held, _)| held == name).map_or("", |(_, text)| text.as_str());
        let known = screens::known_tags(&app, &stage).await?;
        let tags = typed.iter().filter(|(name, tag)| name == "tag" && known.contains(tag)).map(|(_, tag)| tag.clone());
        let minutes = text("minutes").trim().to_owned();
        let wish = Wish {
            headline: text("headline").to_owned(),
            text: text("text").to_owned(),
            shape: if text("shape") == "band" { Shape::Band } else { Shape::Full },
            tags: tags.collect(),
            // What is no number is refused as one that makes no sense.
            minutes: (!minutes.is_empty()).then(|| minutes.parse().unwrap_or(-1)),
        };
        match alerts::send(&app, &stage, &wish).await {
            Ok(id) => Ok(go(&format!("{}/alerts/{id}", page.stage_path()), "done.alert_sent")),
            Err(Error::Invalid(problems)) => {
                let index = index(&app, &stage, page, &wish, minutes, problems).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
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
