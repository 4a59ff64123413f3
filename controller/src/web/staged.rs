//! Pages inside a stage: the stage, if it is the member's, and the page that names it.

use super::{Owner, Page, Place, Visit};
use crate::{
    app::{App, Error, Result},
    store::Stage,
};

/// Gets a stage of the member's account and a page inside it; anybody else's is not there.
pub(super) async fn staged(app: &App, visit: &Visit, owner: &Owner, stage_id: &str) -> Result<(Stage, Page)> {
    let stage = app.store.find_stage(&owner.account_id, stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let page = Page::new(visit.clone()).at(Place::from(&stage));
    Ok((stage, page))
}
