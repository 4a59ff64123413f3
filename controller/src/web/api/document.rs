//! `/api/openapi.json`: what the API is, for programs (OpenAPI 3.1). Written out of the handlers themselves.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::{media, open_routes, problem::Problem, token_routes};
use crate::{
    app::App,
    web::kept::{names, text},
};

/// What is said of the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Litfass",
        version = "1",
        description = "Posts of a social wall for everybody, and what members do in the dashboard for their programs.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    servers((url = "/", description = "This instance")),
    tags(
        (name = "stages", description = "What an institution shows: its name, its links, its topics."),
        (name = "posts", description = "What everybody sees of a stage, and what of it has changed."),
        (name = "own posts", description = "Posts that are written here."),
        (name = "moderation", description = "What is seen of the posts that are there."),
        (name = "media", description = "Pictures, films and documents of the account."),
        (name = "screens", description = "Paired displays."),
        (name = "programmes", description = "What plays when, and what interrupts it."),
        (name = "hits", description = "How often pages were seen.")
    ),
    components(schemas(Problem))
)]
struct Whole;

/// The document, and its tag for HTTP.
pub(super) struct Document {
    pub(super) value: Value,
    text: String,
    tag: String,
}

/// The same for everybody, for as long as the program runs.
pub(super) static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let router = OpenApiRouter::<App>::with_openapi(Whole::openapi());
    let router = router.merge(open_routes()).merge(token_routes()).merge(media::file_routes());
    let mut value = serde_json::to_value(router.into_openapi()).unwrap_or_default();
    complete(&mut value);
    let text = value.to_string();
    let tag = format!("\"{}\"", shared::hex::encode(&Sha256::digest(&text)[..16]));
    Document { value, text, tag }
});

/// Refusals that every handler may give, and what they mean.
const ALWAYS: [(&str, &str); 7] = [
    ("400", "It cannot be read."),
    ("401", "There is no token where one is wanted, or it is not good."),
    ("404", "There is nothing here, or it is somebody else's."),
    ("422", "Something in it cannot be taken; the fields are named."),
    ("429", "Too often; `Retry-After` says when to come again."),
    ("500", "It failed here."),
    ("503", "Too busy; `Retry-After` says when to come again."),
];
/// Where a token is wanted.
const WITH_TOKEN: [(&str, &str); 1] = [("403", "The token may not do that; the scope that it lacks is named.")];
/// Where something is changed.
const WITH_BODY: [(&str, &str); 3] = [
    ("409", "Somebody else has changed it since."),
    ("413", "It is too large."),
    ("415", "It is of another type than is expected here."),
];

/// Adds what is the same for all handlers: tokens, and refusals.
fn complete(document: &mut Value) {
    let scheme = json!({
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "litfass_…",
        "description": "A token that a member makes in the dashboard.",
    });
    document["components"]["securitySchemes"] = json!({ "token": scheme });
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (path, item) in paths {
        let Some(operations) = item.as_object_mut() else { continue };
        for (method, operation) in operations {
            let mut more: Vec<_> = ALWAYS.to_vec();
            if operation.get("security").is_some() {
                more.extend(WITH_TOKEN);
            }
            if method != "get" {
                more.extend(WITH_BODY);
            }
            if path.ends_with("/posts") && method == "get" {
                more.push(("410", "Changes of so long ago are not known any more: read all posts anew."));
            }
            for (status, description) in more {
                operation["responses"][status] = json!({
                    "description": description,
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
                });
            }
        }
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/api/openapi.json", get(give))
}

async fn give(headers: HeaderMap) -> Response {
    let held = text(&headers, &header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &DOCUMENT.tag));
    let mut response = if held {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.text.as_str()).into_response()
    };
    let said = response.headers_mut();
    said.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&DOCUMENT.tag) {
        said.insert(header::ETAG, tag);
    }
    response
}
