//! The same item on several networks: what is on a post's card, taken apart and put together by hand.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::Said;
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        merging,
        posts::{self, Full},
    },
    store::{Copy, OWN, Stage},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        pictures::{Drawn, OriginLink},
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/posts/{id}/origins", get(open))
        .route("/dashboard/stages/{stage_id}/posts/{id}/merge", post(merge))
        .route("/dashboard/stages/{stage_id}/posts/{id}/split", post(split))
}

#[derive(Template)]
#[template(path = "posts/origins.html")]
struct Origins {
    page: Page,
    post: Drawn,
    /// Everything on its card, the post itself first, with where it is.
    all: Vec<(OriginLink, Said)>,
    /// Posts that it could be put together with: id, and what they are called.
    others: Vec<(String, String)>,
    into: String,
    may_moderate: bool,
}

impl Origins {
    fn is_merged(&self) -> bool {
        self.all.len() > 1
    }
}

type Place = Path<(String, String)>;

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let full = posts::get(&app, &stage, &id).await?;
        Ok(draw(&origins(&app, &stage, page, &owner, full).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn origins(app: &App, stage: &Stage, page: Page, owner: &Owner, full: Full) -> Result<Origins> {
    let sources = app.store.list_sources(&stage.id).await?;
    let source_of = |id: &Option<String>| sources.iter().find(|source| id.as_ref() == Some(&source.id));
    let itself = posts::Origin {
        network: source_of(&full.post.source_id).map_or(OWN, |source| source.network.as_str()).to_owned(),
        source: source_of(&full.post.source_id).map_or_else(String::new, |source| source.name.clone()),
        post: full.post.clone(),
    };
    let all = [itself].into_iter().chain(full.origins.iter().cloned());
    let all = all.map(|origin| (OriginLink::of(&origin), Said::of(&page, &origin.post))).collect();
    let near = app.store.list_near_posts(&stage.id, &full.post.id, full.post.published_at, merging::OFFERED).await?;
    let other = |copy: Copy| {
        let from = source_of(&copy.source_id).map_or_else(|| page.t("posts.own"), |source| source.name.clone());
        let words = copy.title.filter(|title| !title.is_empty()).unwrap_or(copy.text);
        let words: String = words.lines().next().unwrap_or_default().chars().take(70).collect();
        (copy.id, format!("{words} – {from}, {}", page.when(&copy.published_at)))
    };
    Ok(Origins {
        others: near.into_iter().map(other).collect(),
        all,
        post: Drawn::owned(full),
        into: String::new(),
        may_moderate: owner.may_moderate(),
        page,
    })
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    into: String,
}

async fn merge(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(form): Form<Chosen>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let place = format!("{}/posts/{id}/origins", page.stage_path());
        let (status, problems) = match merging::merge(&app, &stage, &id, &form.into).await {
            Ok(()) => return Ok(go(&place, "done.post_merged")),
            Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
            Err(Error::Stale) => (StatusCode::CONFLICT, vec![Problem { field: "", key: "own_posts.stale" }]),
            Err(error) => return Err(error),
        };
        let full = posts::get(&app, &stage, &id).await?;
        Ok(draw_as(status, &origins(&app, &stage, page.with(problems), &owner, full).await?))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn split(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        merging::part(&app, &stage, &id).await?;
        Ok(go(&format!("{}/posts#post-{id}", page.stage_path()), "done.post_split"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
