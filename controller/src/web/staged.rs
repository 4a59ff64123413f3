//! Pages inside a stage: the stage, if it is the member's, and the page that names it.

use super::{Owner, Page, Place, Visit};
use crate::{
    app::{App, Error, Result},
    store::Stage,
};

/// Gets a stage of the member's account and a page inside it; anybody else's is not there.
pub(super) async fn staged(app: &App, visit: &Visit, owner: &Owner, stage_id: &str) -> Result<(Stage, Page)> {
    let stage = app.store.find_stage(&owner.account_id, stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let page = Page::new(visit.clone()).at(place(app, &stage).await?);
    Ok((stage, page))
}

/// A stage as its pages name it, and whether its emergency stop is pulled: every page of it says so.
pub(super) async fn place(app: &App, stage: &Stage) -> Result<Place> {
    let stop = app.store.find_stop(&stage.id).await?;
    Ok(Place { stopped_at: stop.map_or(0, |stop| stop.began_at), ..Place::from(stage) })
}
