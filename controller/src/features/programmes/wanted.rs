//! What the slides of a stage's programmes want to know, whether screens show them or somebody edits them.

use shared::{programme::Zone, slides::Want};

use super::{
    draft::{Draft, Item},
    entries::{self, Films, Pictures},
};
use crate::{
    app::{App, Result},
    features::answers,
};

/// What an item wants to know.
pub fn want(item: &Item) -> Option<Want> {
    entries::slide(item, &Pictures::new(), &Films::new(), &Zone::default())?.wants()
}

/// Takes down what all slides of a stage want to know, so that it is found out.
pub async fn keep_wanted(app: &App, account_id: &str, stage_id: &str) -> Result<()> {
    let drafts = app.store.list_live_drafts(stage_id, app.clock.now()).await?;
    let wants: Vec<Want> =
        drafts.iter().flat_map(|text| Draft::read(text).items().filter_map(want).collect::<Vec<_>>()).collect();
    answers::keep_wanted(app, account_id, stage_id, &wants).await
}

/// Asks again for what depends on a stage's time zone.
pub async fn ask_again(app: &App, stage_id: &str) -> Result<()> {
    app.store.ask_again(stage_id, "events", app.clock.now()).await?;
    app.news.tell(crate::app::Change::Answers { stage_id: stage_id.to_owned() });
    Ok(())
}
