//! `/@handle/screen`: the page, which is empty, and the document that its script plays.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};

use super::{find, refuse, refuse_page, script};
use crate::{
    app::{App, Error, Result},
    features::{
        infoscreen::{Infoscreen, Sight, document},
        programmes,
    },
    tools::words::{self, Language},
    web::{
        kept::{self, Fresh},
        page::draw,
        statics,
    },
};

/// Nothing but our own script, style, letters and files; pictures are held in memory.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self'; \
     connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}/screen", get(plain))
        .route("/{at_handle}/screen/programme", get(plain_programme))
        .route("/{at_handle}/screen/{secret}", get(secret))
        .route("/{at_handle}/screen/{secret}/programme", get(secret_programme))
}

#[derive(Template)]
#[template(path = "infoscreen/page.html")]
struct Screen {
    name: String,
    language: Language,
}

impl Screen {
    fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[("name", self.name.as_str().into())])
    }

    fn lang(&self) -> &'static str {
        self.language.code()
    }

    fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    fn script(&self) -> String {
        script::script()
    }

    fn style(&self) -> String {
        script::style()
    }
}

async fn plain(State(app): State<App>, Path(at_handle): Path<String>, asked: HeaderMap) -> Response {
    page(&app, &at_handle, None, &asked).await
}

async fn secret(
    State(app): State<App>,
    Path((at_handle, secret)): Path<(String, String)>,
    asked: HeaderMap,
) -> Response {
    page(&app, &at_handle, Some(&secret), &asked).await
}

async fn page(app: &App, at_handle: &str, secret: Option<&str>, asked: &HeaderMap) -> Response {
    let Infoscreen { stage, .. } = match find(app, at_handle, secret).await {
        Ok(found) => found,
        Err(error) => return refuse_page(&error, asked),
    };
    let language = Language::find(&stage.language).unwrap_or_default();
    let mut response = draw(&Screen { name: stage.name, language });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // The address may be a secret.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn plain_programme(State(app): State<App>, Path(at_handle): Path<String>, asked: HeaderMap) -> Response {
    programme(&app, &at_handle, None, &asked).await.unwrap_or_else(|error| refuse(&error))
}

async fn secret_programme(
    State(app): State<App>,
    Path((at_handle, secret)): Path<(String, String)>,
    asked: HeaderMap,
) -> Response {
    programme(&app, &at_handle, Some(&secret), &asked).await.unwrap_or_else(|error| refuse(&error))
}

async fn programme(app: &App, at_handle: &str, secret: Option<&str>, asked: &HeaderMap) -> Result<Response> {
    let Infoscreen { stage, programme } = find(app, at_handle, secret).await?;
    let key = match &programme {
        Some((programme, sight)) => format!("infoscreen {} {} {}", programme.id, programme.version, sight.name()),
        None => "infoscreen".to_owned(),
    };
    let now = app.clock.now();
    let make = async || {
        let (programme, sight) = match &programme {
            Some((programme, sight)) => (programmes::document(programme)?, *sight),
            None => (programmes::newest(app, &stage).await?, Sight::All),
        };
        let text = serde_json::to_string(&document(programme, sight, now));
        let text = text.map_err(|error| Error::internal("write a programme as JSON", error))?;
        Ok(Fresh { content_type: "application/json", text })
    };
    match kept::answer(app, asked, &stage.id, &key, make).await {
        Ok(response) => Ok(response),
        Err(error) => Ok(refuse(&error)),
    }
}
