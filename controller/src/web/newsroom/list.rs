//! Lists of posts: all of a stage, of a topic, of a month; with pictures, with films, or neither.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{
    super::{hits::Seen, kept::Fresh, pictures::Drawn},
    front::{Front, lead, lead_for_good},
    head::Head,
    room::Room,
};
use crate::{
    app::{App, Error, Result},
    features::{
        hits::Place,
        newsroom::{self, Month, months},
        posts,
    },
    store::{Below, PublicKinds, PublicQuery, Topic},
};

/// Posts on one page.
const PER_PAGE: usize = 24;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}", get(index))
        .route("/{at_handle}/topics/{slug}", get(topic))
        .route("/{at_handle}/archive", get(archive))
        .route("/{at_handle}/archive/{month}", get(month))
}

/// What an address asks of a list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    /// Where the page begins: the place of the last post of the page before.
    before: Option<String>,
    /// Only posts with `pictures`, with `films`, or `texts` with neither.
    media: Option<String>,
    /// `posts`: only the list, for the script that keeps it up to date.
    part: Option<String>,
    /// Language.
    pub(super) lang: Option<String>,
}

impl Which {
    /// Kind of media as statements name it; `None` for one that there is not.
    fn medium(&self) -> Option<&'static str> {
        match self.media.as_deref() {
            None | Some("") => Some(""),
            Some("pictures") => Some("picture"),
            Some("films") => Some("film"),
            Some("texts") => Some("text"),
            Some(_) => None,
        }
    }
}

/// Of what it is a list.
enum Scope {
    All,
    Topic(Topic),
    Month(Month),
}

#[derive(Template)]
#[template(path = "newsroom/index.html")]
struct Index {
    room: Room,
    head: Head,
    scope: Scope,
    posts: Vec<Drawn>,
    kinds: PublicKinds,
    /// Where the list begins, with its choice of media.
    list: String,
    media: String,
    older: String,
    first: bool,
}

impl Index {
    /// Where the list begins, whatever is chosen of it.
    fn here(&self) -> String {
        here(&self.room, &self.scope)
    }

    /// What it is a list of.
    fn called(&self) -> &str {
        if self.is_all() { &self.room.stage.name } else { &self.head.title }
    }

    fn is_topic(&self, topic: &Topic) -> bool {
        matches!(&self.scope, Scope::Topic(here) if here.id == topic.id)
    }

    fn is_all(&self) -> bool {
        matches!(self.scope, Scope::All)
    }

    fn is_archive(&self) -> bool {
        matches!(self.scope, Scope::Month(_))
    }

    /// Name and choice of each kind of media that there is, and whether it is chosen; nothing where there is no choice.
    fn filters(&self) -> Vec<(&'static str, &'static str, String, bool)> {
        let kinds = [
            (self.kinds.pictures, "pictures", "images", "newsroom.pictures"),
            (self.kinds.films, "films", "film", "newsroom.films"),
            (self.kinds.texts, "texts", "align-left", "newsroom.texts"),
        ];
        let kinds: Vec<_> = kinds.into_iter().filter(|kind| kind.0).collect();
        if kinds.len() < 2 || self.is_archive() {
            return Vec::new();
        }
        let here = self.here();
        let one = |(_, name, icon, label): (bool, &'static str, &'static str, &'static str)| {
            (icon, label, format!("{here}?media={name}"), self.media == name)
        };
        std::iter::once(("newspaper", "newsroom.any", here.clone(), self.media.is_empty()))
            .chain(kinds.into_iter().map(one))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "newsroom/part.html")]
struct List {
    room: Room,
    posts: Vec<Drawn>,
    older: String,
}

#[derive(Template)]
#[template(path = "newsroom/archive.html")]
struct Archive {
    room: Room,
    head: Head,
    years: Vec<(i16, Vec<(Month, usize)>)>,
}

async fn index(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => {
            let answer = list(&app, &headers, &front, Scope::All, &which).await;
            seen.note(&app, &front.stage, (Place::Newsroom, None), answer)
        }
        Err(refusal) => refusal,
    }
}

async fn topic(
    State(app): State<App>,
    Path((at_handle, slug)): Path<(String, String)>,
    Query(which): Query<Which>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    match find_topic(&app, &front, &slug).await {
        // It had another name, or another topic has it now.
        Ok(topic) if topic.slug != slug => {
            lead_for_good(&front.home.to(&format!("{}/topics/{}", front.path(), topic.slug)))
        }
        Ok(topic) => {
            let answer = list(&app, &headers, &front, Scope::Topic(topic), &which).await;
            seen.note(&app, &front.stage, (Place::Topic, None), answer)
        }
        Err(error) => front.refuse(&error),
    }
}

/// Finds a topic by its name in addresses, be it one that it had before.
pub(super) async fn find_topic(app: &App, front: &Front, slug: &str) -> Result<Topic> {
    app.store.find_topic_by_slug(&front.stage.id, slug).await?.ok_or(Error::NotFound("topic"))
}

async fn month(
    State(app): State<App>,
    Path((at_handle, month)): Path<(String, String)>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    match Month::parse(&month) {
        Some(month) => list(&app, &headers, &front, Scope::Month(month), &which).await,
        None => front.refuse(&Error::NotFound("month")),
    }
}

/// Path of a list.
fn here(room: &Room, scope: &Scope) -> String {
    match scope {
        Scope::All => room.start().to_owned(),
        Scope::Topic(topic) => room.topic_path(topic),
        Scope::Month(month) => format!("{}/archive/{month}", room.path()),
    }
}

async fn list(app: &App, headers: &HeaderMap, front: &Front, scope: Scope, which: &Which) -> Response {
    let before = which.before.as_deref().map(Below::parse);
    let path = match &scope {
        Scope::All => front.home.start().to_owned(),
        Scope::Topic(topic) => format!("{}/topics/{}", front.path(), topic.slug),
        Scope::Month(month) => format!("{}/archive/{month}", front.path()),
    };
    let (Some(medium), false) = (which.medium(), before == Some(None)) else { return lead(&front.home.to(&path)) };
    let below = before.flatten();
    let only_list = which.part.as_deref() == Some("posts");
    let place = below.as_ref().map_or_else(String::new, ToString::to_string);
    let key = format!("list {path} {medium} {place} {only_list}");
    front.page(app, headers, &key, || draw(app, front, scope, which, medium, below, only_list)).await
}

async fn draw(
    app: &App,
    front: &Front,
    scope: Scope,
    which: &Which,
    medium: &str,
    below: Option<Below>,
    only_list: bool,
) -> Result<Fresh> {
    let room = Room::open(app, front).await?;
    let zone = TimeZone::get(&room.stage.time_zone).unwrap_or(TimeZone::UTC);
    let span = match &scope {
        Scope::Month(month) => Some(month.span(&zone).ok_or(Error::NotFound("month"))?),
        _ => None,
    };
    let first = below.is_none();
    let place = below.as_ref().map(ToString::to_string);
    let wanted = PublicQuery {
        topic_id: if let Scope::Topic(topic) = &scope { &topic.id } else { "" },
        medium,
        from: span.map_or(i64::MIN, |span| span.0),
        until: span.map(|span| span.1),
        below: below.unwrap_or_default(),
        ..PublicQuery::default()
    };
    let part = posts::list_public(app, &room.stage, wanted, PER_PAGE).await?;
    let media = which.media.clone().unwrap_or_default();
    let here = here(&room, &scope);
    let list = if media.is_empty() { here.clone() } else { format!("{here}?media={media}") };
    let mark = if media.is_empty() { '?' } else { '&' };
    let older = part.older.map_or_else(String::new, |below| format!("{list}{mark}before={below}"));
    let posts = part.posts.into_iter().map(Drawn::public).collect();
    if only_list {
        return Fresh::page(&List { room, posts, older });
    }
    let title = match &scope {
        Scope::All => String::new(),
        Scope::Topic(topic) => topic.name.clone(),
        Scope::Month(month) => room.month(month),
    };
    let path = place.map_or_else(|| list.clone(), |place| format!("{list}{mark}before={place}"));
    let mut head = Head::of_list(&room, &title, path);
    if let Scope::Topic(_) = scope {
        head.feed = format!("{here}/feed");
    }
    // A choice of what stands elsewhere, too.
    if !first || !media.is_empty() {
        head = head.unlisted();
    }
    let kinds = newsroom::kinds(app, &room.stage.id).await?;
    Fresh::page(&Index { room, head, scope, posts, kinds, list, media, older, first })
}

async fn archive(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    let front = match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => front,
        Err(refusal) => return refusal,
    };
    let make = async || {
        let room = Room::open(&app, &front).await?;
        let mut years: Vec<(i16, Vec<(Month, usize)>)> = Vec::new();
        for (month, count) in months(&app, &room.stage).await? {
            match years.last_mut() {
                Some((year, months)) if *year == month.year => months.push((month, count)),
                _ => years.push((month.year, vec![(month, count)])),
            }
        }
        let head = Head::of_list(&room, &room.t("newsroom.archive"), format!("{}/archive", room.path()));
        Fresh::page(&Archive { room, head, years })
    };
    front.page(&app, &headers, "archive", make).await
}
