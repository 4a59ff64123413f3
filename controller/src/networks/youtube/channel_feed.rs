//! The feed of a channel: no key, no quota, the fifteen newest films.

use url::Url;

use super::address::Place;
use crate::{
    networks::{
        Batch, Class, Doors, MediaKind, PostRef, Standing, Trouble, ask::Refusal, assemble::content_hash, feed, pace,
    },
    tools::http::HttpError,
};

/// Where pages and feeds are, if the operator says nothing else.
const USUAL: &str = "https://www.youtube.com";
/// Name of that setting.
const BASE: &str = "youtube.feed_base";

/// Where pages and feeds are.
pub(super) fn base(settings: &crate::networks::Settings) -> &str {
    settings.base(BASE, USUAL).trim_end_matches('/')
}

/// Asks for something beside the interface.
async fn get(doors: &Doors<'_>, path: &str) -> Result<crate::tools::http::Answer, Refusal> {
    let answer = feed::request(doors, &format!("{}{path}", base(doors.settings)), 1).send().await?;
    let status = answer.status;
    let pause = answer.url.host_str().filter(|_| matches!(status, 429 | 503)).map(str::to_owned);
    let pause = pause.map(|host| (host, answer.retry_at(doors.now)));
    if matches!(status, 404 | 410) {
        return Err(Refusal { status, ..pace::missing("the channel is not there").into() });
    }
    answer.success(doors.now).map_err(|error| Refusal { status, pause, ..error.into() })
}

/// Finds out the id behind the page of a channel.
pub(super) async fn find_channel(doors: &Doors<'_>, page: &str) -> Result<Place, Refusal> {
    let answer = get(doors, &format!("/{page}")).await?;
    let found = super::address::find_channel(&String::from_utf8_lossy(&answer.body));
    let unknown = || Trouble::new(Class::BadRequest, "networks.youtube.no_channel_id", "the page names no channel");
    Ok(Place::Channel(found.ok_or_else(unknown)?))
}

/// Reads the feed.
pub(super) async fn read(doors: &Doors<'_>, place: &Place) -> Result<Batch, Refusal> {
    let query = place.feed_query().ok_or(HttpError::BadAddress)?;
    let answer = get(doors, &format!("/feeds/videos.xml?{query}")).await?;
    let reading = feed::read_apart(answer, Vec::new()).await;
    let reading = reading.map_err(|error| Trouble::new(Class::ContractChanged, error.key(), error.to_string()))?;
    let mut batch = reading.batch;
    for post in &mut batch.posts {
        if let Some(id) = post.remote_id.strip_prefix("yt:video:") {
            post.remote_id = id.to_owned();
        }
        // What it names as a film is a dead Flash player.
        post.media.retain(|medium| medium.kind == MediaKind::Picture);
        // It changes whenever somebody looks at the film.
        post.updated_at = None;
        post.content_hash = content_hash(post);
    }
    batch.withdrawn.iter_mut().for_each(|id| *id = id.trim_start_matches("yt:video:").to_owned());
    Ok(batch)
}

/// Asks for the small description that every public film has. Where the channel itself is not to be seen, a missing
/// film says nothing.
pub(super) async fn verify(doors: &Doors<'_>, place: &Place, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
    let mut standings = Vec::with_capacity(posts.len());
    for post in posts {
        let mut address = Url::parse("https://www.youtube.com/watch").map_err(|_| HttpError::BadAddress)?;
        address.query_pairs_mut().append_pair("v", &post.remote_id);
        let query: String = url::form_urlencoded::byte_serialize(address.as_str().as_bytes()).collect();
        standings.push(match get(doors, &format!("/oembed?format=json&url={query}")).await {
            Ok(_) => Standing::Stands,
            Err(refusal) if refusal.status == 404 => Standing::Gone,
            Err(refusal) if matches!(refusal.trouble.class, Class::RateLimited { .. }) => return Err(refusal.trouble),
            Err(_) => Standing::Unknown,
        });
    }
    if standings.contains(&Standing::Gone) && read(doors, place).await.is_err() {
        standings.iter_mut().filter(|standing| **standing == Standing::Gone).for_each(|s| *s = Standing::Unknown);
    }
    Ok(standings)
}
