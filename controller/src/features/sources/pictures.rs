//! Pictures of imported posts: fetched while there is patience. One that cannot be had is left out, unless the post has it.

use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

use crate::{
    app::{App, Error, Result},
    features::media,
    networks::{ImportedPost, MediaKind, RemoteMedia},
    store::{PostPicture, Source, Stage},
    tools::pictures::Refusal,
};

/// Most pictures of a post that are tried: a list of a thousand bad ones is no reason to try them all.
const MOST_TRIED: usize = 20;
/// Longest time that one visit spends on pictures; far below the time after which its claim ends.
const LONGEST: Duration = Duration::from_secs(240);
/// Longest time that one visit loses on pictures that do not come: a server that answers slowly on purpose must not
/// keep a place that others wait for.
const LONGEST_LOST: Duration = Duration::from_secs(60);

/// What one visit may still spend on pictures.
pub(super) struct Patience {
    until: Instant,
    lost: Duration,
    /// Pictures that could not be had.
    pub(super) missed: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self { until: Instant::now() + LONGEST, lost: Duration::ZERO, missed: 0 }
    }
}

impl Patience {
    fn is_left(&self) -> bool {
        self.lost < LONGEST_LOST && Instant::now() < self.until
    }
}

/// Fetches as many pictures of a post as may be stored. Of one that cannot be had the post keeps what it showed of the same
/// address before; else it is left out. Where nothing can be stored at the moment, that is no reason to take the post
/// without: it is an error, and the post is tried again.
pub(super) async fn fetch(
    app: &App,
    stage: &Stage,
    source: &Source,
    post_id: &str,
    post: &ImportedPost,
    most: usize,
    patience: &mut Patience,
) -> Result<Vec<PostPicture>> {
    let mut kept: Vec<PostPicture> = Vec::new();
    for remote in post.media.iter().filter(|m| m.kind == MediaKind::Picture).take(MOST_TRIED) {
        if kept.len() >= most {
            break;
        }
        let found = match fetch_one(app, stage, source, remote, patience).await? {
            Fetched::Had(id) => id,
            Fetched::Refused => continue,
            Fetched::Missed => match shown_before(app, stage, source, post, remote).await? {
                Some(id) => id,
                None => {
                    patience.missed += 1;
                    continue;
                }
            },
        };
        if !kept.iter().any(|k| k.media_id == found) {
            let alt = remote.alt.clone().unwrap_or_default();
            kept.push(PostPicture { post_id: post_id.to_owned(), media_id: found, alt });
        }
    }
    Ok(kept)
}

/// What became of one picture.
enum Fetched {
    /// Its id.
    Had(String),
    /// It is none that is shown.
    Refused,
    /// It did not come.
    Missed,
}

async fn fetch_one(
    app: &App,
    stage: &Stage,
    source: &Source,
    remote: &RemoteMedia,
    patience: &mut Patience,
) -> Result<Fetched> {
    if !patience.is_left() {
        return Ok(Fetched::Missed);
    }
    let began = Instant::now();
    match media::fetch_and_keep(app, &stage.account_id, &remote.url).await {
        Ok(found) => Ok(Fetched::Had(found.id)),
        // Made to count readers; nobody misses it.
        Err(media::Error::Refused(Refusal::Tiny)) => Ok(Fetched::Refused),
        Err(media::Error::Away(why)) => Err(Error::internal("keep a picture of a post", why)),
        Err(error) => {
            patience.lost += began.elapsed();
            warn!(source.id = %source.id, "leave a picture of source {} out: {error}", source.id);
            if !matches!(error, media::Error::Refused(_)) {
                return Ok(Fetched::Missed);
            }
            patience.missed += 1;
            Ok(Fetched::Refused)
        }
    }
}

/// What a post that is here shows of an address already.
async fn shown_before(
    app: &App,
    stage: &Stage,
    source: &Source,
    post: &ImportedPost,
    remote: &RemoteMedia,
) -> Result<Option<String>> {
    let Some(id) = app.store.find_post_of(&source.id, &post.remote_id).await? else { return Ok(None) };
    let shown = app.store.list_post_pictures(&stage.id, &[id]).await?;
    let fetched = media::find_fetched(app, &stage.account_id, &remote.url).await;
    let fetched = fetched.map_err(|error| Error::internal("find a picture of a post", error))?;
    let found = fetched.into_iter().find(|found| shown.iter().any(|picture| picture.media_id == found.id));
    Ok(found.map(|found| found.id))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{LONGEST_LOST, Patience};

    #[test]
    fn patience_ends_with_lost_time_and_with_time() {
        let fresh = Patience::default();
        assert!(fresh.is_left());
        assert!(!Patience { lost: LONGEST_LOST, ..Patience::default() }.is_left());
        assert!(Patience { lost: LONGEST_LOST - Duration::from_millis(1), ..fresh }.is_left());
        assert!(!Patience { until: Instant::now(), ..Patience::default() }.is_left());
    }
}
