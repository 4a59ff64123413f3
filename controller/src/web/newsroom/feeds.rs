//! Feeds of our own, of a stage or of a topic: Atom, RSS and JSON Feed, with what its network lets us give on.

use std::ops::Deref;

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::Response,
    routing::get,
};
use serde_json::{Value, json};

use super::{
    super::{kept::Fresh, pictures::Image, times},
    front::{Front, lead_for_good},
    list::find_topic,
};
use crate::{
    app::{App, Result},
    features::{
        media,
        posts::{self, Given, Picture},
    },
    networks::ReExport,
    store::{Below, Topic},
    tools::text,
};

/// Posts in a feed.
const COUNT: usize = 30;
/// Longest title of a post that has none, in characters.
const LONGEST_TITLE: usize = 90;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}/feed.atom", get(of_stage))
        .route("/{at_handle}/feed.rss", get(of_stage))
        .route("/{at_handle}/feed.json", get(of_stage))
        .route("/{at_handle}/topics/{slug}/feed.atom", get(of_topic))
        .route("/{at_handle}/topics/{slug}/feed.rss", get(of_topic))
        .route("/{at_handle}/topics/{slug}/feed.json", get(of_topic))
}

#[derive(Clone, Copy)]
enum Kind {
    Atom,
    Rss,
    Json,
}

impl Kind {
    /// What the address ends with.
    fn of(uri: &Uri) -> Self {
        match uri.path().rsplit('.').next() {
            Some("rss") => Self::Rss,
            Some("json") => Self::Json,
            _ => Self::Atom,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// A feed, whatever it is written as.
struct Parts {
    id: String,
    title: String,
    description: String,
    /// Name and home of the stage.
    name: String,
    home: String,
    /// Address of the page that shows the same.
    page: String,
    /// Its own address.
    own: String,
    hub: String,
    logo: String,
    base: String,
    language: String,
    updated: i64,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    /// Whether its author gave it that title.
    titled: bool,
    link: String,
    /// Where it came from.
    original: Option<String>,
    published: i64,
    updated: i64,
    author: String,
    language: Option<String>,
    topics: Vec<String>,
    html: String,
    pictures: Vec<Attached>,
}

/// A picture of an entry.
struct Attached {
    address: String,
    content_type: String,
    length: i64,
    width: i64,
    height: i64,
    alt: String,
}

#[derive(Template)]
#[template(path = "newsroom/atom.xml")]
struct Atom(Parts);

#[derive(Template)]
#[template(path = "newsroom/rss.xml")]
struct Rss(Parts);

impl Deref for Atom {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Deref for Rss {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

#[derive(Template)]
#[template(path = "newsroom/entry.html")]
struct Words<'a> {
    html: &'a str,
    pictures: &'a [Attached],
}

async fn of_stage(State(app): State<App>, Path(at_handle): Path<String>, headers: HeaderMap, uri: Uri) -> Response {
    match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => give(&app, &headers, &front, None, Kind::of(&uri)).await,
        Err(refusal) => refusal,
    }
}

async fn of_topic(
    State(app): State<App>,
    Path((at_handle, slug)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let kind = Kind::of(&uri);
    let front = match Front::find(&app, &at_handle, &headers, None).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    match find_topic(&app, &front, &slug).await {
        Ok(topic) if topic.slug != slug => {
            let path = format!("{}/topics/{}/feed.{}", front.path(), topic.slug, kind.ending());
            lead_for_good(&front.home.to(&path))
        }
        Ok(topic) => give(&app, &headers, &front, Some(topic), kind).await,
        Err(error) => front.refuse(&error),
    }
}

async fn give(app: &App, headers: &HeaderMap, front: &Front, topic: Option<Topic>, kind: Kind) -> Response {
    let root = front.home.root();
    let below = topic.as_ref().map(|topic| format!("{root}/topics/{}", topic.slug));
    let own = format!("{}/feed.{}", below.as_ref().unwrap_or(&root), kind.ending());
    let page = below.unwrap_or_else(|| front.home.address());
    let key = format!("feed {} {page}", kind.ending());
    let make = async || {
        let parts = parts(app, front, topic.as_ref(), &page, &own).await?;
        let text = match kind {
            Kind::Atom => xml(&Atom(parts))?,
            Kind::Rss => xml(&Rss(parts))?,
            Kind::Json => json(&parts).to_string(),
        };
        Ok(Fresh { content_type: kind.content_type(), text })
    };
    let mut response = front.document(app, headers, &key, make).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        return response;
    }
    // Pages of others may read it: it is meant to be given on.
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Some(hub) = &app.config.hub
        && let Ok(links) = HeaderValue::from_str(&format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\""))
    {
        response.headers_mut().insert(header::LINK, links);
    }
    response
}

async fn parts(app: &App, front: &Front, topic: Option<&Topic>, page: &str, own: &str) -> Result<Parts> {
    let stage = &front.stage;
    let given = posts::list_given(app, stage, topic, &Below::default(), COUNT).await?;
    let base = front.home.origin().to_owned();
    let root = front.home.root();
    let mut entries = Vec::new();
    for one in given.posts {
        entries.extend(entry(one, &base, &root)?);
    }
    // A pin is for the page.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.published));
    let logo = match &stage.logo_id {
        Some(id) => app.store.find_media(&stage.account_id, id).await?,
        None => None,
    };
    let logo = logo.map(|media| Image::of(Picture { alt: String::new(), media }, "/media"));
    Ok(Parts {
        id: format!("urn:litfass:{}{}", stage.id, topic.map_or_else(String::new, |topic| format!(":{}", topic.id))),
        title: topic.map_or_else(|| stage.name.clone(), |topic| format!("{} – {}", topic.name, stage.name)),
        description: text::line(&stage.description, 500),
        name: stage.name.clone(),
        page: page.to_owned(),
        own: own.to_owned(),
        hub: app.config.hub.as_ref().map_or_else(String::new, ToString::to_string),
        logo: logo.map_or_else(String::new, |logo| format!("{base}{}", logo.src)),
        language: stage.language.clone(),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(stage.created_at),
        entries,
        base,
        home: front.home.address(),
    })
}

/// A post as an entry; `None` where not even a link may be given on.
fn entry(given: Given, base: &str, root: &str) -> Result<Option<Entry>> {
    let Given { post, pictures, extent, author, topics, .. } = given;
    let permalink = (!post.slug.is_empty()).then(|| format!("{root}/p/{}", post.slug));
    let link = match extent {
        ReExport::Full => permalink,
        ReExport::LinkOnly => post.link.clone().or(permalink),
        ReExport::IdOnly | ReExport::No => None,
    };
    let Some(link) = link else { return Ok(None) };
    let alt = pictures.iter().map(|picture| picture.alt.as_str()).find(|alt| !alt.is_empty());
    let words = post.title.as_deref().into_iter().chain([post.text.as_str()]).chain(alt).chain([link.as_str()]);
    let title = words.map(|words| text::line(words, LONGEST_TITLE)).find(|words| !words.is_empty());
    let pictures: Vec<_> = pictures.iter().filter_map(|picture| attached(picture, base)).collect();
    let words = Words { html: &post.html, pictures: &pictures };
    let html = words.render().map_err(|error| crate::app::Error::internal("draw a post", error))?;
    Ok(Some(Entry {
        id: urn(&post.id),
        title: title.unwrap_or_default(),
        titled: post.title.is_some(),
        original: post.link.filter(|original| *original != link),
        link,
        published: post.published_at,
        updated: post.changed_at.max(post.published_at),
        author,
        language: post.language,
        topics: topics.into_iter().map(|topic| topic.name).collect(),
        html: html.trim().to_owned(),
        pictures,
    }))
}

/// A picture in a size that readers show.
fn attached(picture: &Picture, base: &str) -> Option<Attached> {
    let file = media::choose(&picture.media, 1_280)?;
    Some(Attached {
        address: format!("{base}/media/{}", file.sha256),
        content_type: file.content_type.clone(),
        length: file.length,
        width: file.width,
        height: file.height,
        alt: picture.alt.clone(),
    })
}

/// The id of a post as a URI that stays the same wherever the post is found.
fn urn(id: &str) -> String {
    let parts = [id.get(..8), id.get(8..12), id.get(12..16), id.get(16..20), id.get(20..)];
    match parts {
        [Some(a), Some(b), Some(c), Some(d), Some(e)] if id.len() == 32 => format!("urn:uuid:{a}-{b}-{c}-{d}-{e}"),
        _ => format!("urn:litfass:{id}"),
    }
}

impl Parts {
    fn iso(&self, millis: &i64) -> String {
        times::iso(*millis)
    }

    /// A date as mail has it.
    fn mail_date(&self, millis: &i64) -> String {
        times::http(*millis)
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// Draws it, without the characters that XML cannot hold.
fn xml(template: &impl Template) -> Result<String> {
    let mut text = Fresh::page(template)?.text;
    text.retain(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..));
    Ok(text)
}

/// JSON Feed 1.1.
fn json(parts: &Parts) -> Value {
    let items: Vec<_> = parts.entries.iter().map(item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": parts.title,
        "home_page_url": parts.page,
        "feed_url": parts.own,
        "language": parts.language,
        "authors": [{ "name": parts.name, "url": parts.home }],
        "items": items,
    });
    let Some(all) = feed.as_object_mut() else { return feed };
    for (name, text) in [("description", &parts.description), ("icon", &parts.logo)] {
        if !text.is_empty() {
            all.insert(name.to_owned(), text.as_str().into());
        }
    }
    if !parts.hub.is_empty() {
        all.insert("hubs".to_owned(), json!([{ "type": "WebSub", "url": parts.hub }]));
    }
    feed
}

fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.link,
        "date_published": times::iso(entry.published),
        "date_modified": times::iso(entry.updated),
    });
    let Some(all) = item.as_object_mut() else { return item };
    let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
    // One of the two has to be there.
    if entry.html.is_empty() {
        put("content_text", entry.title.as_str().into());
    } else {
        put("content_html", entry.html.as_str().into());
    }
    if entry.titled {
        put("title", entry.title.as_str().into());
    }
    if let Some(original) = &entry.original {
        put("external_url", original.as_str().into());
    }
    if !entry.author.is_empty() {
        put("authors", json!([{ "name": entry.author }]));
    }
    if let Some(language) = &entry.language {
        put("language", language.as_str().into());
    }
    if !entry.topics.is_empty() {
        put("tags", entry.topics.clone().into());
    }
    if let Some(first) = entry.pictures.first() {
        put("image", first.address.as_str().into());
        let attached = |picture: &Attached| json!({ "url": picture.address, "mime_type": picture.content_type, "size_in_bytes": picture.length });
        put("attachments", entry.pictures.iter().map(attached).collect::<Vec<_>>().into());
    }
    item
}

#[cfg(test)]
mod tests {
    use super::urn;

    #[test]
    fn an_id_is_a_uri() {
        assert_eq!(urn("0196a1b2c3d47e5f8a9b0c1d2e3f4a5b"), "urn:uuid:0196a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
        assert_eq!(urn("p1"), "urn:litfass:p1");
    }
}
