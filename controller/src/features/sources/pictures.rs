//! Pictures of imported posts: fetched while there is patience, left out when they cannot be had.

use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

use crate::{
    app::{App, Error, Result},
    features::media,
    networks::{ImportedPost, MediaKind},
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

/// Fetches as many pictures of a post as may be stored; one that cannot be had is left out. Where nothing can be stored
/// at the moment, that is no reason to take the post without: it is an error, and the post is tried again.
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
        if !patience.is_left() {
            patience.missed += 1;
            continue;
        }
        let began = Instant::now();
        match media::fetch_and_keep(app, &stage.account_id, &remote.url).await {
            Ok(found) if kept.iter().any(|k| k.media_id == found.id) => {}
            Ok(found) => kept.push(PostPicture {
                post_id: post_id.to_owned(),
                media_id: found.id,
                alt: remote.alt.clone().unwrap_or_default(),
            }),
            // Made to count readers; nobody misses it.
            Err(media::Error::Refused(Refusal::Tiny)) => {}
            Err(media::Error::Away(why)) => return Err(Error::internal("keep a picture of a post", why)),
            Err(error) => {
                patience.missed += 1;
                patience.lost += began.elapsed();
                warn!(source.id = %source.id, "leave a picture of source {} out: {error}", source.id);
            }
        }
    }
    Ok(kept)
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
