//! The demo town's own website: a feed whose dates count from now, and its pictures.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::{SignedDuration, Timestamp};
use rust_embed::RustEmbed;
use serde::Deserialize;
use tokio::net::TcpListener;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/demo"]
struct Files;

/// What `stage.json` says about the town.
#[derive(Deserialize)]
pub(super) struct Town {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) institution: String,
    pub(super) description: Described,
    pub(super) colours: Colours,
    /// Its topics, each called as the category of its posts.
    pub(super) topics: Vec<String>,
    pub(super) announcements: Vec<Announced>,
    pub(super) press: Press,
}

/// What journalists find.
#[derive(Deserialize)]
pub(super) struct Press {
    pub(super) profiles: Vec<String>,
    pub(super) contacts: Vec<Contact>,
    pub(super) files: Vec<PressFile>,
}

#[derive(Deserialize)]
pub(super) struct Contact {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) mail: String,
    pub(super) phone: String,
}

#[derive(Deserialize)]
pub(super) struct PressFile {
    pub(super) file: String,
    pub(super) name: String,
    pub(super) alt: String,
    pub(super) credit: String,
}

#[derive(Deserialize)]
pub(super) struct Described {
    pub(super) de: String,
}

#[derive(Deserialize)]
pub(super) struct Colours {
    pub(super) accent: String,
    pub(super) dark: String,
}

#[derive(Deserialize)]
pub(super) struct Announced {
    pub(super) headline: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Later {
    after_seconds: i64,
    entry: String,
}

/// Reads the town.
pub(super) fn read() -> Result<Town, String> {
    let file = Files::get("stage.json").ok_or("demo content: no stage.json")?;
    serde_json::from_slice(&file.data).map_err(|e| format!("demo content, stage.json: {e}"))
}

/// The town's logo, a PNG.
pub(super) fn logo() -> Option<Vec<u8>> {
    file("logo.png")
}

/// One of the town's files.
pub(super) fn file(name: &str) -> Option<Vec<u8>> {
    Files::get(name).map(|file| file.data.into_owned())
}

/// Serves the town's website on loopback, on the wished port if it is free; ends with the process.
pub(super) async fn serve(wished: u16) -> std::io::Result<SocketAddr> {
    let listener = match TcpListener::bind(("127.0.0.1", wished)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await?,
    };
    let address = listener.local_addr()?;
    let start = Arc::new(Timestamp::now());
    let router = Router::new().route("/{*path}", get(give)).with_state(start);
    tokio::spawn(axum::serve(listener, router).into_future());
    Ok(address)
}

async fn give(State(start): State<Arc<Timestamp>>, Path(path): Path<String>) -> Response {
    let Some(found) = Files::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match path.rsplit('.').next() {
        Some("xml") => "application/atom+xml; charset=utf-8",
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    if path == "feed.xml" {
        let feed = feed(&String::from_utf8_lossy(&found.data), *start, Timestamp::now());
        return ([(header::CONTENT_TYPE, kind)], feed).into_response();
    }
    ([(header::CONTENT_TYPE, kind)], found.data.into_owned()).into_response()
}

/// The feed as it is `now`: what is kept back joins it in time, and is withdrawn until then,
/// so that it arrives anew each time the demo is started. Dates count from the start.
fn feed(template: &str, start: Timestamp, now: Timestamp) -> String {
    let later = Files::get("later.json")
        .and_then(|file| serde_json::from_slice::<Vec<Later>>(&file.data).ok())
        .unwrap_or_default();
    let due = |l: &Later| now.duration_since(start) >= SignedDuration::from_secs(l.after_seconds);
    let joined = later.iter().rev().map(|l| if due(l) { l.entry.clone() } else { tombstone(&l.entry) });
    let joined = joined.collect::<Vec<_>>().join("\n");
    dated(&template.replacen("<!--{{later}}-->", &joined, 1), start)
}

/// Takes back an entry that an earlier demo has shown.
fn tombstone(entry: &str) -> String {
    let id = entry.split_once("<id>").and_then(|(_, rest)| rest.split_once("</id>")).map_or("", |(id, _)| id);
    format!("<at:deleted-entry ref=\"{id}\" when=\"{{{{minus 1 seconds}}}}\"/>")
}

/// Replaces `{{minus 95 minutes}}` and the like by dates.
fn dated(text: &str, start: Timestamp) -> String {
    let mut parts = text.split("{{");
    let mut dated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((inside, rest)) = part.split_once("}}") else { continue };
        dated.push_str(&date(inside, start).unwrap_or_default());
        dated.push_str(rest);
    }
    dated
}

fn date(inside: &str, start: Timestamp) -> Option<String> {
    let mut words = inside.split_whitespace();
    let sign = if words.next()? == "minus" { -1 } else { 1 };
    let count: i64 = words.next()?.parse().ok()?;
    let seconds = match words.next()? {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3_600,
        _ => 86_400,
    };
    let at = start.checked_add(SignedDuration::from_secs(sign * count * seconds)).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Files, feed, read};

    #[test]
    fn every_date_is_set_and_what_is_kept_back_joins_in_time() {
        let template = String::from_utf8(Files::get("feed.xml").unwrap().data.into_owned()).unwrap();
        let start: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();

        let first = feed(&template, start, start);
        let later = feed(&template, start, "2026-11-23T12:01:00Z".parse().unwrap());

        assert!(!first.contains("{{"), "a placeholder is left");
        assert!(first.contains("2026-11-23T11:40:00Z"));
        assert_eq!(first.matches("<entry").count(), 20);
        assert_eq!(first.matches("<at:deleted-entry ref=\"tag:lindenhafen.example,2026:posts/").count(), 2);
        assert_eq!(later.matches("<entry").count(), 21);
        assert_eq!(later.matches("<at:deleted-entry").count(), 1, "the post that has arrived is withdrawn no more");
        assert_eq!(read().unwrap().handle, "lindenhafen");
    }
}
