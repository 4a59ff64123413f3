//! What a stage shows where nobody built a programme for it: its newest posts, the same whenever it is asked for.

use sha2::{Digest, Sha256};
use shared::{programme::Programme, slides::Slide};

use super::{compile, draft::Draft, first, publish};
use crate::{
    app::{App, Error, Result},
    store::Stage,
};

/// The programme of a stage's newest posts, with what everybody may see of them anyway. It is not signed, and its version
/// names what is in it.
pub async fn newest(app: &App, stage: &Stage) -> Result<Programme> {
    let row = first(app, &stage.account_id, &stage.id).await?;
    let now = app.clock.now();
    let mut given = publish::given(app, &row, stage.clone(), Draft::start()).await?;
    given.alerts = Vec::new();
    let mut programme = compile(&given, None, now);
    (programme.version, programme.issued_at, programme.active_at) = (0, 0, 0);
    for region in programme.plans.iter_mut().flat_map(|plan| &mut plan.regions) {
        let posts = region.playlist.entries.iter().filter_map(|entry| match &entry.slide {
            Slide::Post(post) => Some(post.published_at),
            _ => None,
        });
        // The newest is shown when it comes, and rounds go on from there.
        region.playlist.anchor = posts.max().unwrap_or(0).min(now);
        region.playlist.anchored_at = region.playlist.anchor;
    }
    let json = serde_json::to_vec(&programme).map_err(|e| Error::internal("write a programme as JSON", e))?;
    let hash = Sha256::digest(&json);
    // No larger than what every browser can count to.
    programme.version = hash[..6].iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
    Ok(programme)
}
