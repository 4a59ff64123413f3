//! Telling a hub of news in feeds of our own. Only where the operator has set one: it is somebody else.

use crate::{
    app::{App, Error, Result},
    features::domains::Home,
    networks::websub,
};

/// Feeds that are told of in one request.
const AT_ONCE: usize = 60;

/// Tells the hub that the feeds of a stage and of its topics may have something new; nothing where no hub is set.
pub async fn tell_hub(app: &App, stage_id: &str) -> Result<()> {
    let Some(hub) = &app.config.hub else { return Ok(()) };
    let Some(stage) = app.store.find_any_stage(stage_id).await? else { return Ok(()) };
    let home = Home::of(app, &stage);
    // Whoever reads them where they were before a domain came goes on being told.
    let usual = app.config.address(&format!("/@{}", stage.handle));
    let roots = std::iter::once(usual).chain(home.is_own().then(|| home.root()));
    let topics = app.store.list_topics(stage_id).await?;
    let below = |root: String| {
        let pages: Vec<_> = topics.iter().map(|topic| format!("{root}/topics/{}", topic.slug)).collect();
        std::iter::once(root).chain(pages)
    };
    let feeds = |page: String| ["atom", "rss", "json"].map(|kind| format!("{page}/feed.{kind}"));
    let feeds: Vec<_> = roots.flat_map(below).flat_map(feeds).collect();
    for some in feeds.chunks(AT_ONCE) {
        let told = websub::publish(&app.http, hub.as_str(), some, app.config.base_url.as_str()).await;
        told.map_err(|trouble| Error::internal("tell the hub", trouble.detail))?;
    }
    Ok(())
}
