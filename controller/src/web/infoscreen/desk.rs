//! The addresses of a programme for browsers: copied, renewed and switched off on the programme's page.

use axum::{
    Form, Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use serde::Deserialize;

use crate::{
    app::{App, Error, Result},
    features::infoscreen::{self, Shows},
    store::{Programme, Stage},
    web::{Owner, Page, Visit, page::go, staged::staged},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/programmes/{id}/browsers", post(change))
        .route("/dashboard/stages/{stage_id}/infoscreen", post(plain))
}

/// Where browsers show a programme, as its page says it.
pub(in crate::web) struct Browsers {
    /// The secret address; empty where there is none.
    pub(in crate::web) secret: String,
    /// When it was made.
    pub(in crate::web) made_at: i64,
    /// The plain address of the stage.
    pub(in crate::web) plain: String,
    /// What the plain address shows.
    pub(in crate::web) shows: Shows,
    /// Whether the plain address may show this programme: the stage's first.
    pub(in crate::web) is_first: bool,
}

impl Browsers {
    /// Finds out where browsers show a programme.
    pub(in crate::web) async fn of(app: &App, stage: &Stage, programme: &Programme) -> Result<Self> {
        let (secret, made_at) = infoscreen::secret_address(app, stage, &programme.id).await?.unwrap_or_default();
        Ok(Self {
            secret,
            made_at,
            plain: app.config.address(&format!("/@{}/screen", stage.handle)),
            shows: infoscreen::shows(app, stage).await?,
            is_first: programme.id == stage.id,
        })
    }

    /// What the plain address may show, for a choice: value and text.
    pub(in crate::web) fn choices(&self, page: &Page) -> Vec<(String, String)> {
        let one = |shows: Shows| (shows.name().to_owned(), page.t(&format!("infoscreen.shows.{}", shows.name())));
        Shows::ALL.map(one).to_vec()
    }

    /// What is chosen.
    pub(in crate::web) fn chosen(&self) -> String {
        self.shows.name().to_owned()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// `renew` or `close`.
    what: String,
    /// What the plain address shows.
    shows: String,
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let programme = app.store.find_programme(&owner.account_id, &id).await?;
        let programme = programme.filter(|programme| programme.stage_id == stage.id);
        let programme = programme.ok_or(Error::NotFound("programme"))?;
        let done = match typed.what.as_str() {
            "renew" => infoscreen::renew(&app, &stage, &programme).await.map(|()| "done.infoscreen_made"),
            "close" => infoscreen::close(&app, &stage, &programme).await.map(|()| "done.infoscreen_closed"),
            _ => Err(Error::NotFound("button")),
        }?;
        Ok(go(&format!("{}/programmes/{id}#browsers", page.stage_path()), done))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn plain(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        infoscreen::show(&app, &stage, &typed.shows).await?;
        // The stage's first programme has the stage's id.
        Ok(go(&format!("{}/programmes/{}#browsers", page.stage_path(), stage.id), "done.infoscreen_shows"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
