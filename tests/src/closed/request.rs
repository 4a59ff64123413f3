//! What was asked, and what is answered.

use std::{collections::BTreeMap, path::Path};

use axum::{
    body::Body,
    http::{HeaderMap, Method, Uri, header},
    response::Response,
};
use serde_json::Value;

use crate::parts::photograph;

/// One request, as it was logged.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// What its query says.
    pub query: BTreeMap<String, String>,
    /// What its form says, if it brought one.
    pub form: BTreeMap<String, String>,
    /// Its body as JSON, if it brought that.
    pub json: Value,
    /// Its headers, with names in small letters.
    pub headers: BTreeMap<String, String>,
}

fn pairs(text: &[u8]) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// A path as it is meant: `urn%3Ali` is `urn:li`.
fn decoded(path: &str) -> String {
    let pair = format!("p={}", path.replace('+', "%2B"));
    pairs(pair.as_bytes()).remove("p").unwrap_or_default()
}

impl Asked {
    pub(super) fn new(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Self {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_form = kind == "application/x-www-form-urlencoded";
        let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            method: method.to_string(),
            path: decoded(uri.path()),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            form: if is_form { pairs(body) } else { BTreeMap::new() },
            json: serde_json::from_slice(body).unwrap_or_default(),
            headers: headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        }
    }

    /// A parameter of the query; empty when it is missing.
    pub fn query(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// A field of the form; empty when it is missing.
    pub fn form(&self, name: &str) -> &str {
        self.form.get(name).map_or("", String::as_str)
    }

    /// The token of `Authorization: Bearer`, else of the query.
    pub fn token(&self) -> &str {
        let header = self.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer "));
        header.unwrap_or_else(|| self.query("access_token"))
    }

    /// `GET /path`
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            kind: "application/json; charset=UTF-8",
            body: body.to_string().into_bytes(),
        }
    }

    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), kind: "text/plain", body: Vec::new() }
    }

    pub(super) fn page(body: String) -> Self {
        Self { status: 200, headers: Vec::new(), kind: "text/html; charset=utf-8", body: body.into_bytes() }
    }

    pub(super) fn redirect(to: &str) -> Self {
        Self { headers: vec![("location", to.to_owned())], ..Self::empty(302) }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(super) fn response(self) -> Response {
        let mut response = Response::builder().status(self.status).header(header::CONTENT_TYPE, self.kind);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).expect("an answer")
    }
}

/// A picture whose address ends some time: a photograph of the album, else a colour of its own for each name.
pub(super) fn medium(name: &str, asked: &Asked, now: i64, album: Option<&Path>) -> Reply {
    let ends = i64::from_str_radix(asked.query("oe"), 16).unwrap_or(0);
    if ends * 1000 <= now {
        return Reply::empty(403);
    }
    if let Some(photograph) = album.and_then(|album| photograph(album, name)) {
        return Reply { kind: "image/jpeg", body: photograph, ..Reply::empty(200) };
    }
    let sum = name.bytes().fold(7_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb([sum, 255 - sum, sum / 2]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("encode a picture");
    Reply { kind: "image/png", body: png.into_inner(), ..Reply::empty(200) }
}
