//! Webhooks of a stage: who is told of its posts, and what became of it.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::{App, Error, Problem, Result},
    features::webhooks::{self, EVENTS, LONGEST_ADDRESS, LONGEST_NAME, Told, Wish},
    store::{Stage, Webhook, WebhookDelivery},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/webhooks", get(index).post(create))
        .route("/dashboard/stages/{stage_id}/webhooks/{id}", get(open).post(change))
        .route("/dashboard/stages/{stage_id}/webhooks/{id}/secret", post(renew))
        .route("/dashboard/stages/{stage_id}/webhooks/{id}/resume", post(resume))
        .route("/dashboard/stages/{stage_id}/webhooks/{id}/delete", post(delete))
}

#[derive(Template)]
#[template(path = "webhooks/index.html")]
struct Index {
    page: Page,
    webhooks: Vec<Webhook>,
    form: Sheet,
    may_write: bool,
}

#[derive(Template)]
#[template(path = "webhooks/open.html")]
struct Open {
    page: Page,
    told: Told,
    form: Sheet,
    /// The secret that was just made; empty for none.
    secret: String,
    may_write: bool,
}

/// The form of a webhook.
struct Sheet {
    wish: Wish,
}

impl Sheet {
    /// What can be told, and whether it is chosen.
    fn events(&self) -> Vec<(&'static str, bool)> {
        EVENTS.map(|event| (event, self.wish.events.iter().any(|wanted| wanted == event))).to_vec()
    }

    fn longest_name(&self) -> usize {
        LONGEST_NAME
    }

    fn longest_address(&self) -> usize {
        LONGEST_ADDRESS
    }
}

impl Open {
    fn path(&self) -> String {
        format!("{}/webhooks/{}", self.page.stage_path(), self.told.webhook.id)
    }

    /// Why nothing is sent.
    fn why(&self) -> String {
        self.page.t(&format!("webhooks.pause.{}", self.told.webhook.pause))
    }

    /// What became of a delivery: kind of badge and text.
    fn badge(&self, delivery: &WebhookDelivery) -> (&'static str, String) {
        let (kind, key) = match (delivery.state.as_str(), delivery.failures) {
            ("done", _) => ("good", "webhooks.state.done"),
            ("dropped", _) => ("quiet", "webhooks.state.dropped"),
            (_, 0) => ("busy", "webhooks.state.waiting"),
            _ => ("bad", "webhooks.state.failing"),
        };
        (kind, key.to_owned())
    }

    /// The answer in a few words; empty where there was none yet.
    fn answer(&self, delivery: &WebhookDelivery) -> String {
        match (delivery.answer, delivery.trouble.as_str()) {
            (0, "") => String::new(),
            (0, _) => self.page.t("webhooks.unanswered"),
            (status, _) => status.to_string(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    address: String,
    published: bool,
    changed: bool,
    withdrawn: bool,
}

impl Typed {
    fn wish(self) -> Wish {
        let events = [("published", self.published), ("changed", self.changed), ("withdrawn", self.withdrawn)];
        let events = events.into_iter().filter(|(_, wanted)| *wanted).map(|(event, _)| event.to_owned()).collect();
        Wish { name: self.name, address: self.address, events }
    }
}

type Place = Path<(String, String)>;

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = Wish { events: EVENTS.map(str::to_owned).to_vec(), ..Wish::default() };
        Ok(draw(&list(&app, &stage, page, &owner, wish).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn list(app: &App, stage: &Stage, page: Page, owner: &Owner, wish: Wish) -> Result<Index> {
    let webhooks = webhooks::list(app, stage).await?;
    Ok(Index { page, webhooks, form: Sheet { wish }, may_write: owner.may_write() })
}

async fn create(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = typed.wish();
        match webhooks::create(&app, &stage, &wish).await {
            Ok((id, secret)) => Ok(draw(&one(&app, &stage, page, &owner, &id, secret).await?)),
            Err(Error::Invalid(problems)) => {
                let index = list(&app, &stage, page.with(problems), &owner, wish).await?;
                Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &index))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn one(app: &App, stage: &Stage, page: Page, owner: &Owner, id: &str, secret: String) -> Result<Open> {
    let told = webhooks::told(app, stage, id).await?;
    let Webhook { name, address, events, .. } = &told.webhook;
    let events = events.split(' ').map(str::to_owned).collect();
    let wish = Wish { name: name.clone(), address: address.clone(), events };
    Ok(Open { page, told, form: Sheet { wish }, secret, may_write: owner.may_write() })
}

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&one(&app, &stage, page, &owner, &id, String::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Place,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let wish = typed.wish();
        let problems: Vec<Problem> = match webhooks::change(&app, &stage, &id, &wish).await {
            Ok(()) => return Ok(go(&format!("{}/webhooks/{id}", page.stage_path()), "done.webhook_saved")),
            Err(Error::Invalid(problems)) => problems,
            Err(error) => return Err(error),
        };
        let open = one(&app, &stage, page.with(problems), &owner, &id, String::new()).await?;
        Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &Open { form: Sheet { wish }, ..open }))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn renew(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let secret = webhooks::renew_secret(&app, &stage, &id).await?;
        Ok(draw(&one(&app, &stage, page, &owner, &id, secret).await?))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn resume(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        webhooks::resume(&app, &stage, &id).await?;
        Ok(go(&format!("{}/webhooks/{id}", page.stage_path()), "done.webhook_resumed"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn delete(State(app): State<App>, visit: Visit, owner: Owner, Path((stage_id, id)): Place) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        webhooks::delete(&app, &stage, &id).await?;
        Ok(go(&format!("{}/webhooks", page.stage_path()), "done.webhook_removed"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
