//! The editor of a topic: its name, its rule in rows, and what the rule takes before it is saved.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use super::rows::{Choices, Rows, Way, Wish, choices};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        posts,
        topics::{self, Caught, TopicName, rule::Rule},
    },
    store::{Stage, Topic},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        pictures::Drawn,
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/topics/new", get(fresh))
        .route("/dashboard/stages/{stage_id}/topics/preview", post(preview))
        .route("/dashboard/stages/{stage_id}/topics/{id}", get(open).post(save))
}

#[derive(Template)]
#[template(path = "topics/editor.html")]
struct Editor {
    page: Page,
    /// The topic as it is; `None` for a new one.
    topic: Option<Topic>,
    /// Its name as it stands in the form.
    typed: String,
    /// A mark of the topic that the form was drawn from; empty for a new one.
    seen: String,
    ways: Vec<Way>,
    choices: Choices,
    trial: Trial,
    words: Vec<String>,
}

#[derive(Template)]
#[template(path = "topics/caught.html")]
struct CaughtPart {
    page: Page,
    trial: Trial,
}

/// What a rule takes of the posts that are there.
struct Trial {
    /// What is wrong with the rule, as a translation key; empty for nothing.
    problem: &'static str,
    /// Whether it asks for nothing at all.
    is_empty: bool,
    caught: Caught,
    /// The newest posts that it takes.
    posts: Vec<Drawn>,
}

impl Trial {
    async fn of(app: &App, stage: &Stage, rule: &Rule) -> Result<Self> {
        let (problem, is_empty) = (rule.problem().map_or("", |problem| problem.key), rule.takes_nothing());
        if !problem.is_empty() || is_empty {
            return Ok(Self { problem, is_empty, caught: Caught::default(), posts: Vec::new() });
        }
        let caught = topics::catch(app, stage, rule).await?;
        let mut found = Vec::new();
        for id in &caught.newest {
            match posts::get(app, stage, id).await {
                Ok(post) => found.push(Drawn::owned(post)),
                // It went just now.
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self { problem, is_empty, caught, posts: found })
    }
}

impl Editor {
    async fn of(
        app: &App,
        stage: &Stage,
        page: Page,
        topic: Option<Topic>,
        typed: String,
        rows: &Rows,
    ) -> Result<Self> {
        let sources = app.store.list_sources(&stage.id).await?;
        let words = match &topic {
            Some(topic) => topics::suggest(app, stage, topic, &rows.rule()).await?,
            None => Vec::new(),
        };
        let trial = Trial::of(app, stage, &rows.rule()).await?;
        let seen = topic.as_ref().map(topics::mark).unwrap_or_default();
        Ok(Self { choices: choices(&page, &sources), ways: rows.ways(), page, topic, typed, seen, trial, words })
    }

    /// Where the form is sent.
    fn address(&self) -> String {
        let place = format!("{}/topics", self.page.stage_path());
        self.topic.as_ref().map_or(place.clone(), |topic| format!("{place}/{}", topic.id))
    }

    /// Whether a source or something else that is asked for is no longer there.
    fn is_gone(&self, is: &str) -> bool {
        !is.is_empty() && !self.choices.iter().any(|(_, choices)| choices.iter().any(|(value, _)| value == is))
    }
}

type Sent = Form<Vec<(String, String)>>;

async fn fresh(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        Ok(draw(&Editor::of(&app, &stage, page, None, String::new(), &Rows::default()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn open(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let topic = topics::get(&app, &stage, &id).await?;
        let rows = Rows::of(&Rule::read(&topic.rule));
        let name = topic.name.clone();
        Ok(draw(&Editor::of(&app, &stage, page, Some(topic), name, &rows).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn preview(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(sent): Sent,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let trial = Trial::of(&app, &stage, &Rows::read(&sent).rule()).await?;
        Ok(draw(&CaughtPart { page, trial }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Makes a topic, or changes what stands in the form of a new one.
pub(super) async fn create(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(sent): Sent,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        keep(&app, &stage, page, None, &sent).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn save(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Form(sent): Sent,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let topic = topics::get(&app, &stage, &id).await?;
        keep(&app, &stage, page, Some(topic), &sent).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Saves what was sent, or draws the form anew with what a button asked for.
async fn keep(
    app: &App,
    stage: &Stage,
    page: Page,
    topic: Option<Topic>,
    sent: &[(String, String)],
) -> Result<Response> {
    let text = |name: &str| sent.iter().rfind(|(held, _)| held == name).map_or("", |(_, value)| value.as_str());
    let (typed, wish) = (text("name").to_owned(), Wish::parse(text("what")));
    let mut rows = Rows::read(sent);
    if wish != Wish::Save {
        rows.change(wish);
        // What was seen is what the form was drawn from first.
        let seen = text("seen").to_owned();
        return Ok(draw(&Editor { seen, ..Editor::of(app, stage, page, topic, typed, &rows).await? }));
    }
    let rule = rows.rule();
    let saved = async {
        let name = TopicName::parse(&typed)?;
        match &topic {
            Some(topic) => topics::change(app, stage, &topic.id, text("seen"), &name, &rule).await,
            None => topics::create(app, stage, &name, &rule).await.map(|_| ()),
        }
    };
    match saved.await {
        Ok(()) => Ok(go(&format!("{}/topics", page.stage_path()), "done.topic_saved")),
        Err(Error::Invalid(problems)) => {
            let page = page.with(whole(problems));
            Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &Editor::of(app, stage, page, topic, typed, &rows).await?))
        }
        // Saved once more, it is as they want it.
        Err(Error::Stale) => {
            let page = page.wrong("topics.stale");
            let topic = match &topic {
                Some(topic) => Some(topics::get(app, stage, &topic.id).await?),
                None => None,
            };
            Ok(draw_as(StatusCode::CONFLICT, &Editor::of(app, stage, page, topic, typed, &rows).await?))
        }
        Err(error) => Err(error),
    }
}

/// What is wrong with a rule belongs to no single field.
fn whole(problems: Vec<Problem>) -> Vec<Problem> {
    let of_rule = |problem: Problem| if problem.field == "rule" { Problem { field: "", ..problem } } else { problem };
    problems.into_iter().map(of_rule).collect()
}
