//! How often public pages were seen: what counts as seen, and the page on which a member reads it.

use std::convert::Infallible;

use askama::Template;
use axum::{
    Router,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, Method, StatusCode, request::Parts},
    response::Response,
    routing::get,
};

use super::{Owner, Page, Visit, page::draw, pictures::Drawn, staged::staged};
use crate::{
    app::{App, Error, Result},
    features::{
        hits::{self, Chart, Overview, Place, SIZE},
        posts,
    },
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/hits", get(index))
}

/// Whether a request shows somebody a page. Nothing else of it is looked at, and nothing of it is kept.
pub(super) struct Seen(bool);

impl Seen {
    fn of(method: &Method, headers: &HeaderMap, query: &str) -> Self {
        // Browsers fetch some pages ahead that nobody may ever look at.
        let ahead = ["sec-purpose", "purpose", "x-moz"]
            .into_iter()
            .any(|name| headers.get(name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch")));
        // A page that keeps itself up to date is not looked at anew.
        let again = query.split('&').any(|pair| pair.starts_with("part="));
        Self(*method == Method::GET && !ahead && !again)
    }

    /// Counts a page, and the post where it is one's, if it is there.
    pub(super) fn note(
        &self,
        app: &App,
        stage: &Stage,
        (place, slug): (Place, Option<&str>),
        answer: Response,
    ) -> Response {
        // Who has the page already is told so, and looks at it all the same.
        if self.0 && (answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED) {
            app.hits.note(&stage.id, place, slug);
        }
        answer
    }
}

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Infallible> {
        Ok(Self::of(&parts.method, &parts.headers, parts.uri.query().unwrap_or_default()))
    }
}

#[derive(Template)]
#[template(path = "hits/index.html")]
struct Index {
    page: Page,
    handle: String,
    days: i32,
    chart: Chart,
    before: i64,
    places: Vec<(Place, i64)>,
    posts: Vec<(Drawn, i64)>,
    /// Whether anything was ever seen in the time that is shown.
    any: bool,
}

impl Index {
    fn size(&self) -> (i64, i64) {
        SIZE
    }

    /// Translation key of the name of a page.
    fn key(&self, place: &Place) -> String {
        format!("hits.place.{}", place.name())
    }

    /// How it went on since the days before; empty where nothing can be said.
    fn trend(&self) -> String {
        if self.before == 0 {
            return String::new();
        }
        let percent = (self.chart.sum - self.before) * 100 / self.before;
        match percent {
            0 => self.page.t("hits.trend.same"),
            1.. => self.page.t1("hits.trend.more", "percent", percent),
            _ => self.page.t1("hits.trend.less", "percent", -percent),
        }
    }
}

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    match page(&app, &visit, &owner, &stage_id).await {
        Ok(index) => draw(&index),
        Err(error) => visit.refuse(&error),
    }
}

async fn page(app: &App, visit: &Visit, owner: &Owner, stage_id: &str) -> Result<Index> {
    let (stage, page) = staged(app, visit, owner, stage_id).await?;
    let Overview { chart, before, places, most } = hits::overview(app, &stage).await?;
    let mut seen = Vec::new();
    for (id, count) in most {
        match posts::get(app, &stage, &id).await {
            Ok(post) => seen.push((Drawn::owned(post), count)),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let any = chart.sum + before > 0;
    Ok(Index { page, handle: stage.handle, days: hits::DAYS, chart, before, places, posts: seen, any })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::Seen;

    #[test]
    fn only_what_somebody_looks_at_counts() {
        let none = HeaderMap::new();
        let mut ahead = HeaderMap::new();
        ahead.insert("sec-purpose", HeaderValue::from_static("prefetch;prerender"));

        assert!(Seen::of(&Method::GET, &none, "before=1.a").0);
        assert!(!Seen::of(&Method::HEAD, &none, "").0);
        assert!(!Seen::of(&Method::GET, &ahead, "").0);
        assert!(!Seen::of(&Method::GET, &none, "before=1.a&part=posts").0);
    }
}
