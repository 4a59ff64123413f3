//! Until when a post stands out.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use crate::{
    app::{App, Error, Result},
    features::{posts, programmes::instant},
    store::Stage,
    tools::zones,
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        pictures::Drawn,
        staged::staged,
    },
};

/// What is offered at first: a week.
const USUAL_MILLIS: i64 = 7 * 86_400_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/posts/{id}/feature", get(open).post(save))
}

#[derive(Template)]
#[template(path = "posts/feature.html")]
struct Feature {
    page: Page,
    post: Drawn,
    until: String,
}

impl Feature {
    async fn of(app: &App, stage: &Stage, page: Page, id: &str, typed: Option<String>) -> Result<Self> {
        let post = Drawn::owned(posts::get(app, stage, id).await?);
        let now = page.visit.now;
        let zone = zones::table(&stage.time_zone, now);
        let held = post.post.featured_until.filter(|_| post.post.is_featured(now));
        let until = typed.unwrap_or_else(|| zones::local(held.unwrap_or(now + USUAL_MILLIS), &zone));
        Ok(Self { page, post, until })
    }

    fn is_featured(&self) -> bool {
        self.post.post.is_featured(self.page.visit.now)
    }
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    until: String,
    #[serde(default)]
    what: String,
}

async fn open(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&Feature::of(&app, &stage, page, &id, None).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn save(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let ends = typed.what == "end";
        let until = instant(&typed.until, &zones::table(&stage.time_zone, visit.now));
        let kept = match (ends, until) {
            (true, _) => posts::feature(&app, &stage, &id, None).await,
            (false, Some(until)) => posts::feature(&app, &stage, &id, Some(until)).await,
            (false, None) => Err(Error::invalid("until", "slides.problem.moment")),
        };
        match kept {
            Ok(()) => {
                let done = if ends { "done.post_unfeatured" } else { "done.post_featured" };
                Ok(go(&format!("{}/posts#post-{id}", page.stage_path()), done))
            }
            Err(Error::Invalid(problems)) => {
                let form = Feature::of(&app, &stage, page.with(problems), &id, Some(typed.until.clone())).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
