//! `/dashboard/stages/{stage_id}/widget`: the widget set up, looked at, and copied.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};

use super::snippets::Snippets;
use crate::{
    app::{App, Result},
    features::{
        sources,
        widget::{Layout, MOST, Setup, Theme},
    },
    networks::{self, ReExport},
    store::{Source, Stage, Topic},
    tools::words::Language,
    web::{Owner, Page, Visit, page::draw, staged::staged},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/widget", get(show))
}

/// What follows from what was chosen.
struct Face {
    stage: Stage,
    setup: Setup,
    snippets: Snippets,
}

#[derive(Template)]
#[template(path = "widget/index.html")]
struct Index {
    page: Page,
    face: Face,
    topics: Vec<(String, String)>,
    /// What networks forbid to show elsewhere.
    limited: Vec<String>,
}

#[derive(Template)]
#[template(path = "widget/face.html")]
struct Part {
    page: Page,
    face: Face,
}

impl Face {
    /// Settings that the preview shares with the snippets.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        self.setup.pairs()
    }

    /// The snippets: id, title, what it is good for, itself.
    fn list(&self) -> [(&'static str, &'static str, &'static str, &str); 4] {
        let all = &self.snippets;
        [
            ("plain", "widget.plain", "widget.plain.text", &all.plain),
            ("pinned", "widget.pinned", "widget.pinned.text", &all.pinned),
            ("element", "widget.element", "widget.element.text", &all.element),
            ("frame", "widget.frame", "widget.frame.text", &all.frame),
        ]
    }
}

impl Index {
    fn layouts(&self) -> Vec<(String, String)> {
        Layout::ALL.map(|layout| self.choice(layout.name(), &format!("widget.layout.{}", layout.name()))).to_vec()
    }

    fn themes(&self) -> Vec<(String, String)> {
        Theme::ALL.map(|theme| self.choice(theme.name(), &format!("widget.theme.{}", theme.name()))).to_vec()
    }

    fn languages(&self) -> Vec<(String, String)> {
        let spoken = Language::ALL.map(|language| (language.code().to_owned(), language.name().to_owned()));
        std::iter::once(self.choice("", "widget.language.page")).chain(spoken).collect()
    }

    fn topics(&self) -> Vec<(String, String)> {
        std::iter::once(self.choice("", "widget.topic.all")).chain(self.topics.iter().cloned()).collect()
    }

    fn choice(&self, value: &str, key: &str) -> (String, String) {
        (value.to_owned(), self.page.t(key))
    }

    fn topic(&self) -> String {
        self.face.setup.topic.clone().unwrap_or_default()
    }

    fn language(&self) -> String {
        self.face.setup.language.map_or_else(String::new, |language| language.code().to_owned())
    }

    fn height(&self) -> String {
        self.face.setup.height.map_or_else(String::new, |height| height.to_string())
    }

    fn most(&self) -> usize {
        MOST
    }
}

async fn show(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let topics = app.store.list_topics(&stage.id).await?;
        let mut setup = Setup::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        setup.topic = setup.topic.filter(|slug| topics.iter().any(|topic| topic.slug == *slug));
        let limited = limited(&page, &app.store.list_sources(&stage.id).await?);
        let title = page.t1("widget.wall", "name", stage.name.as_str());
        let face = Face { snippets: Snippets::of(&app, &stage, &setup, &title), stage, setup };
        if headers.contains_key("hx-request") {
            return Result::Ok(draw(&Part { page, face }));
        }
        let topics = topics.into_iter().map(|Topic { slug, name, .. }| (slug, name)).collect();
        Ok(draw(&Index { page, face, topics, limited }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// What the stage's networks forbid to show elsewhere, in sentences.
fn limited(page: &Page, all: &[Source]) -> Vec<String> {
    let mut names = [Vec::new(), Vec::new()];
    for source in all {
        let list = match sources::re_export(Some(&source.network)) {
            ReExport::Full => continue,
            ReExport::LinkOnly => &mut names[0],
            ReExport::IdOnly | ReExport::No => &mut names[1],
        };
        let label = networks::find(&source.network).map_or_else(|| source.network.clone(), |n| page.t(n.facts().label));
        if !list.contains(&label) {
            list.push(label);
        }
    }
    let keys = ["widget.limited.link", "widget.limited.nothing"];
    let said = keys.into_iter().zip(names).filter(|(_, names)| !names.is_empty());
    said.map(|(key, names)| page.t1(key, "networks", names.join(", "))).collect()
}
