//! `/imprint` and `/privacy`: who answers for this instance, and what becomes of personal data here.

use askama::Template;
use axum::{
    Extension, Router,
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::facts::{self, Chapter};
use crate::{
    app::App,
    features::operator::{self, Leaf, Said},
    web::{hosts::Under, kept::Fresh, platform::Sheet},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/imprint", get(imprint)).route("/privacy", get(privacy))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "operator/legal.html")]
struct Legal {
    sheet: Sheet,
    leaf: Leaf,
    said: Said,
    /// What the program says by itself.
    chapters: Vec<Chapter>,
}

impl Legal {
    fn title(&self) -> String {
        self.sheet.t(&format!("operator.{}", self.leaf.name()))
    }

    fn is_privacy(&self) -> bool {
        self.leaf == Leaf::Privacy
    }
}

/// The domain of a stage, where it is asked.
type Domain = Option<Extension<Under>>;

async fn imprint(app: State<App>, wish: Query<Wish>, headers: HeaderMap, domain: Domain) -> Response {
    show(app, wish, headers, domain, Leaf::Imprint).await
}

async fn privacy(app: State<App>, wish: Query<Wish>, headers: HeaderMap, domain: Domain) -> Response {
    show(app, wish, headers, domain, Leaf::Privacy).await
}

async fn show(
    State(app): State<App>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    domain: Domain,
    leaf: Leaf,
) -> Response {
    let sheet = Sheet::read(&app, &headers, format!("/{}", leaf.name()), wish.lang.as_deref());
    let sheet = sheet.under(domain.map(|Extension(Under(host))| host));
    let make = async || {
        let said = operator::said(&app, leaf, sheet.language).await?;
        let own = leaf == Leaf::Privacy && !said.alone;
        let chapters = if own { facts::chapters(&app, sheet.language, sheet.domain()) } else { Vec::new() };
        Fresh::page(&Legal { sheet: sheet.clone(), leaf, said, chapters })
    };
    sheet.page(&app, &headers, make).await
}
