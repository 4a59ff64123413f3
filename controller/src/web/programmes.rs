//! What the screens of a stage show besides and around its posts.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use shared::{
    forms::{Field, Input},
    slides::{Announcement, SlideType},
};

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    staged::staged,
};
use crate::{
    app::App,
    features::programmes::{self, POSTS, Settings},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/screens/shows", get(show).post(change))
}

#[derive(Template)]
#[template(path = "programmes/shows.html")]
struct Shows {
    page: Page,
    settings: Settings,
    /// How many posts, as it was typed.
    posts: String,
    announcement: Vec<Control>,
}

/// A control of a slide's form, whatever the slide.
struct Control {
    field: Field,
    label: String,
    hint: String,
    value: String,
}

impl Control {
    /// The controls of a slide type's form, filled in.
    fn all<S: SlideType>(value: impl Fn(&str) -> String) -> Vec<Self> {
        let of = |field: &Field| Self {
            field: *field,
            label: format!("slides.{}.{}", S::NAME, field.name),
            hint: format!("slides.{}.{}.hint", S::NAME, field.name),
            value: value(field.name),
        };
        S::FORM.iter().map(of).collect()
    }

    /// Choices of a select: value and text.
    fn choices(&self, page: &Page, names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), page.t(&format!("{}.{name}", self.label)))).collect()
    }
}

/// Fewest and most posts.
fn bounds() -> (i64, i64) {
    match POSTS {
        Input::Number(least, most) => (least, most),
        _ => (1, 50),
    }
}

impl Shows {
    fn least(&self) -> i64 {
        bounds().0
    }

    fn most(&self) -> i64 {
        bounds().1
    }
}

async fn show(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let (_, settings) = programmes::get(&app, &owner.account_id, &stage.id).await?;
        let said = serde_json::to_value(&settings.announcement).unwrap_or_default();
        let text = |name: &str| said.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let announcement = Control::all::<Announcement>(text);
        Ok(draw(&Shows { page, posts: settings.posts.to_string(), settings, announcement }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(typed): Form<BTreeMap<String, String>>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let (programme, _) = programmes::get(&app, &owner.account_id, &stage.id).await?;
        let sent = |name: &str| typed.get(name).map(String::as_str);
        let (settings, problems) = programmes::read_form(sent);
        if problems.is_empty() {
            programmes::set(&app, &owner.account_id, &programme.id, &settings).await?;
            return Ok(go(&format!("{}/screens/shows", page.stage_path()), "done.programme_saved"));
        }
        let text = |name: &str| sent(name).unwrap_or_default().to_owned();
        let announcement = Control::all::<Announcement>(text);
        let page = page.with(problems);
        Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &Shows { page, posts: text("posts"), settings, announcement }))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
