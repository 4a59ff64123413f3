//! `/api`: the same document for people, drawn here, with nothing from anybody else.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use serde_json::Value;
use tower_http::compression::CompressionLayer;

use super::{document::DOCUMENT, problem::NAMES};
use crate::{
    app::App,
    features::tokens::Scope,
    web::{
        Visit,
        page::{Page, draw},
    },
};

/// Methods in the order in which a path lists them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) fn routes() -> Router<App> {
    // No secret stands in it, so that its length betrays none.
    Router::new().route("/api", get(show)).layer(CompressionLayer::new().br(true).gzip(true))
}

#[derive(Template)]
#[template(path = "api/reference.html")]
struct Reference {
    page: Page,
    rooms: Vec<Room>,
    shapes: Vec<ShapeView>,
    problems: [&'static str; NAMES.len()],
    scopes: [&'static str; Scope::ALL.len()],
}

impl Reference {
    /// Text in pieces, and whether each is code: what stands between two backticks.
    fn pieces<'a>(&self, text: &'a str) -> Vec<(bool, &'a str)> {
        text.split('`').enumerate().map(|(at, piece)| (at % 2 == 1, piece)).collect()
    }
}

/// Handlers that belong together.
struct Room {
    name: String,
    text: String,
    routes: Vec<Route>,
}

impl Room {
    fn id(&self) -> String {
        format!("room-{}", self.name.replace(' ', "-"))
    }
}

/// A handler.
struct Route {
    id: String,
    method: String,
    path: String,
    title: String,
    text: String,
    /// The scope that its token needs; empty for no token.
    scope: String,
    parameters: Vec<Field>,
    /// What is sent.
    body: Option<Kind>,
    /// What comes back where all is well: status, what it means, what it is.
    answers: Vec<(String, String, Option<Kind>)>,
}

/// A part of something.
struct Field {
    name: String,
    /// Where a parameter stands: `path`, `query`, `header`.
    place: String,
    kind: Kind,
    required: bool,
    text: String,
}

/// What something is.
#[derive(Default)]
struct Kind {
    /// In words: `string`, `integer or null`.
    words: String,
    /// The shape that it is, or is a list of.
    shapes: Vec<String>,
}

/// Something that is sent or comes back.
struct ShapeView {
    name: String,
    text: String,
    fields: Vec<Field>,
    kind: Kind,
}

async fn show(visit: Visit) -> Response {
    let document = &DOCUMENT.value;
    draw(&Reference {
        page: Page::new(visit),
        rooms: rooms(document),
        shapes: shapes(document),
        problems: NAMES,
        scopes: Scope::ALL.map(Scope::name),
    })
}

fn rooms(document: &Value) -> Vec<Room> {
    let mut rooms: Vec<_> = list(&document["tags"])
        .map(|tag| Room { name: text(&tag["name"]), text: text(&tag["description"]), routes: Vec::new() })
        .collect();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            let operation = &item[method];
            let room = text(&operation["tags"][0]);
            if let Some(room) = rooms.iter_mut().find(|held| held.name == room) {
                room.routes.push(route(path, method, operation));
            }
        }
    }
    rooms
}

fn route(path: &str, method: &str, operation: &Value) -> Route {
    let parameters = list(&operation["parameters"]).map(|parameter| Field {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        kind: Kind::of(&parameter["schema"]),
        required: parameter["required"] == true,
        text: text(&parameter["description"]),
    });
    let answers = operation["responses"].as_object().into_iter().flatten();
    let answers = answers
        .filter(|(status, _)| !status.starts_with(['4', '5']))
        .map(|(status, answer)| (status.clone(), text(&answer["description"]), content(&answer["content"])));
    Route {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: text(&operation["summary"]),
        text: text(&operation["description"]),
        scope: text(&operation["security"][0]["token"][0]),
        parameters: parameters.collect(),
        body: content(&operation["requestBody"]["content"]),
        answers: answers.collect(),
    }
}

/// What a body is, whatever its type.
fn content(content: &Value) -> Option<Kind> {
    let (kind, content) = content.as_object()?.iter().next()?;
    if kind == "application/json" {
        return Some(Kind::of(&content["schema"]));
    }
    Some(Kind { words: kind.clone(), shapes: Vec::new() })
}

fn shapes(document: &Value) -> Vec<ShapeView> {
    let all = document["components"]["schemas"].as_object().into_iter().flatten();
    let shape = |(name, schema): (&String, &Value)| ShapeView {
        name: name.clone(),
        text: text(&schema["description"]),
        fields: fields(schema),
        kind: Kind::of(schema),
    };
    all.map(shape).collect()
}

/// The fields of a shape, and of shapes that it takes over.
fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<_> = list(&schema["required"]).filter_map(Value::as_str).collect();
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, property)| Field {
        name: name.clone(),
        place: String::new(),
        kind: Kind::of(property),
        required: required.contains(&name.as_str()),
        text: text(&property["description"]),
    });
    let more = list(&schema["allOf"]).flat_map(fields);
    own.chain(more).collect()
}

impl Kind {
    fn of(schema: &Value) -> Self {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            return Self { words: String::new(), shapes: vec![name.to_owned()] };
        }
        let several = ["oneOf", "anyOf", "allOf"].into_iter().find(|how| schema[how].is_array());
        if let Some(how) = several {
            let mut all = Self::default();
            for one in list(&schema[how]).map(Self::of) {
                all.shapes.extend(one.shapes);
                if !one.words.is_empty() && one.words != "object" {
                    all.words = one.words;
                }
            }
            return all;
        }
        if schema["type"] == "array" {
            let inner = Self::of(&schema["items"]);
            let words = if inner.words.is_empty() { "[…]".to_owned() } else { format!("[{}]", inner.words) };
            return Self { words, ..inner };
        }
        let words = match &schema["type"] {
            Value::String(name) => name.clone(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
            _ => String::new(),
        };
        let values: Vec<_> = list(&schema["enum"]).filter_map(Value::as_str).collect();
        if values.is_empty() {
            return Self { words, shapes: Vec::new() };
        }
        Self { words: values.join(" | "), shapes: Vec::new() }
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
