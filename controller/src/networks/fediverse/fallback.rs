//! Feeds of profiles, for servers that tell strangers nothing else.

use url::Url;

use crate::networks::{
    Batch, Class, Doors, PostRef, Standing, Trouble, ask::Refusal, assemble::content_hash, feed, pace,
};

/// Reads the feed of a profile; posts get the ids that the interface calls them by.
pub(super) async fn read(doors: &Doors<'_>, address: &str) -> Result<Batch, Refusal> {
    let answer = feed::request(doors, address, 1).send().await?;
    let pause = answer.url.host_str().filter(|_| matches!(answer.status, 429 | 503)).map(str::to_owned);
    let pause = pause.map(|host| (host, answer.retry_at(doors.now)));
    let status = answer.status;
    if matches!(status, 401 | 403) {
        let class = Class::PermissionMissing { scope: None };
        return Err(Trouble::new(class, "networks.error.closed", "the server answers members only").into());
    }
    if matches!(status, 404 | 410) {
        let trouble = pace::missing("the profile has no feed");
        return Err(Refusal { status, ..trouble.into() });
    }
    let answer = answer.success(doors.now).map_err(|error| Refusal { status, pause, ..error.into() })?;
    let reading = feed::read_apart(answer, Vec::new()).await;
    let reading = reading.map_err(|error| Trouble::new(Class::ContractChanged, error.key(), error.to_string()))?;
    let mut batch = reading.batch;
    for post in &mut batch.posts {
        if let Some(id) = post.link.as_deref().and_then(last_segment) {
            post.remote_id = id;
        }
        // A caption that is repeated as a headline is none.
        if post.title.as_deref().is_some_and(|title| starts_alike(&post.text, title)) {
            post.title = None;
        }
        post.content_hash = content_hash(post);
    }
    Ok(batch)
}

/// Asks for the pages of posts. Where the profile itself is not to be seen, a missing page says nothing.
pub(super) async fn verify(
    doors: &Doors<'_>,
    base: &str,
    profile: &str,
    posts: &[PostRef],
) -> Result<Vec<Standing>, Trouble> {
    let mut standings = Vec::with_capacity(posts.len());
    for post in posts {
        let path = post.link.as_deref().and_then(|link| Url::parse(link).ok()).map(|link| link.path().to_owned());
        let Some(path) = path else {
            standings.push(Standing::Unknown);
            continue;
        };
        let answer = feed::request(doors, &format!("{base}{path}"), 1).open().await;
        standings.push(match answer.as_ref().map(|answer| answer.status) {
            Ok(429) => {
                let until = answer.map_or(doors.now, |answer| answer.retry_at(doors.now));
                return Err(crate::tools::http::HttpError::RateLimited { until }.into());
            }
            Ok(200..=299) => Standing::Stands,
            Ok(404 | 410) => Standing::Gone,
            _ => Standing::Unknown,
        });
    }
    if standings.contains(&Standing::Gone) && read(doors, profile).await.is_err() {
        standings.iter_mut().filter(|standing| **standing == Standing::Gone).for_each(|s| *s = Standing::Unknown);
    }
    Ok(standings)
}

fn last_segment(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?.to_owned();
    last.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(last)
}

fn starts_alike(text: &str, title: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, title) = (words(text), words(title.trim_end_matches(['…', '.'])));
    text.starts_with(&title)
}
