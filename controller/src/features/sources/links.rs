//! Posts whose pages are gone: looked for only where the owner of the source wants it.

use std::time::Duration;

use tracing::info;

use super::{credential, doors, settings, told};
use crate::{
    app::{App, Change, Error, Result},
    features::{media, screens},
    networks::{self, Link, PostRef, Standing},
    store::Stage,
};

/// Time between two looks at the pages of a source, in milliseconds.
const EVERY_MILLIS: i64 = 24 * 3_600 * 1_000;
/// Posts that are looked at, newest first.
const MOST: i64 = 30;
/// Longest time one source may take; what was not answered by then is asked the next day.
const LONGEST: Duration = Duration::from_secs(60);

/// Sets whether posts go when their page is gone (404 or 410).
pub async fn follow_links(app: &App, stage: &Stage, id: &str, follows: bool) -> Result<()> {
    let found = app.store.check_source_links(&stage.id, id, follows, app.clock.now()).await?;
    told(app, stage, found)
}

/// Looks at the pages of the next source that is due; `false` when none is.
pub async fn check_next(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let Some(source) = app.store.claim_source_links(now, now + EVERY_MILLIS).await? else { return Ok(false) };
    let network = networks::find(&source.network).ok_or(Error::NotFound("network"))?;
    let posts: Vec<_> = app.store.list_post_links(&source.id, MOST).await?;
    let posts: Vec<_> = posts.into_iter().map(|(remote_id, link)| PostRef { remote_id, link: Some(link) }).collect();
    let settings = settings(app);
    let link = Link { address: source.address.clone(), credential: credential(app, &source)? };
    let doors = doors(app, &settings)?;
    let asked = tokio::time::timeout(LONGEST, network.verify(&doors, &link, &posts)).await;
    let Ok(Ok(standings)) = asked else { return Ok(true) };
    // Where no page answers, the website is broken, and nothing was deleted.
    if !standings.contains(&Standing::Stands) {
        return Ok(true);
    }
    let mut gone = 0;
    for (post, _) in posts.iter().zip(standings).filter(|(_, standing)| *standing == Standing::Gone) {
        gone += usize::from(app.store.delete_withdrawn_post(&source.id, &post.remote_id).await?);
    }
    if gone > 0 {
        info!(source.id = %source.id, gone, "pages of source {} are gone", source.id);
        app.news.tell(Change::Posts { stage_id: source.stage_id.clone() });
        screens::withdraw_pictures(app, &source.stage_id).await?;
        media::tidy(app).await?;
    }
    Ok(true)
}
