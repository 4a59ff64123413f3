//! One post, under its own address.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use url::Url;

use super::{
    super::{hits::Seen, kept::Fresh, pictures::Drawn},
    front::Front,
    head::Head,
    list::Which,
    room::Room,
    share::{self, Share},
};
use crate::{
    app::{App, Result},
    features::{hits::Place, media::library::byline, posts},
    store::Topic,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/p/{slug}", get(one))
}

#[derive(Template)]
#[template(path = "newsroom/post.html")]
struct One {
    room: Room,
    head: Head,
    post: Drawn,
    /// Who made each picture, and what is allowed; empty where nobody said.
    credits: Vec<String>,
    topics: Vec<Topic>,
    /// Host of the original.
    host: String,
    shares: Vec<Share>,
}

async fn one(
    State(app): State<App>,
    Path((at_handle, slug)): Path<(String, String)>,
    Query(which): Query<Which>,
    seen: Seen,
    headers: HeaderMap,
) -> Response {
    match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => {
            let answer = front.page(&app, &headers, &format!("post {slug}"), || draw(&app, &front, &slug)).await;
            seen.note(&app, &front.stage, (Place::Post, Some(&slug)), answer)
        }
        Err(refusal) => refusal,
    }
}

async fn draw(app: &App, front: &Front, slug: &str) -> Result<Fresh> {
    let asked = posts::get_shown(app, &front.stage, slug).await?;
    // The same item under another name: what stands for it is drawn, and says where it really is.
    let full = match posts::find_standing(app, &front.stage, &asked.post).await? {
        Some(face) => posts::get_shown(app, &front.stage, &face.slug).await?,
        None => asked,
    };
    let room = Room::open(app, front).await?;
    let ids: Vec<_> = full.pictures.iter().map(|picture| picture.media.id.clone()).collect();
    let words = app.store.list_media_words(&room.stage.account_id, &ids).await?;
    let credit = |id: &String| {
        let words = words.iter().find(|words| words.media_id == *id);
        words.map_or_else(String::new, |words| byline(&words.credit, &words.licence, &words.licence_words))
    };
    let credits = ids.iter().map(credit).collect();
    let belongs = app.store.list_post_topics(&room.stage.id, std::slice::from_ref(&full.post.id)).await?;
    let is_in = |topic: &&Topic| belongs.iter().any(|link| link.belongs() && link.topic_id == topic.id);
    let topics = room.topics.iter().filter(is_in).cloned().collect();
    let post = Drawn::public(full);
    let called = post.called();
    let head = Head::of_post(&room, &called, &post.post, &post.pictures);
    let shares = share::ways(&called, &room.address(&head.path));
    let host = post.post.link.as_deref().and_then(|link| Url::parse(link).ok()?.host_str().map(str::to_owned));
    let host = host.map_or_else(String::new, |host| host.trim_start_matches("www.").to_owned());
    Fresh::page(&One { room, head, post, credits, topics, host, shares })
}
