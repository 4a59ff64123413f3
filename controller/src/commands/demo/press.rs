//! The demo's press page: whom to ask, and what may be printed.

use super::town::{self, Contact, PressFile, Town};
use crate::{
    app::{App, Error, Result},
    features::{
        media::library,
        newsroom::{self, Typed},
    },
    store::{PressContact, Stage},
};

/// The demo's pictures are everybody's.
const LICENCE: &str = "cc0";

/// Makes the press page of a new stage.
pub(super) async fn prepare(app: &App, town: &Town, stage: &Stage) -> Result<()> {
    let mut files = Vec::new();
    for file in &town.press.files {
        files.push(keep(app, stage, file).await?);
    }
    let contact = |one: &Contact| PressContact {
        name: one.name.clone(),
        role: one.role.clone(),
        mail: one.mail.clone(),
        phone: one.phone.clone(),
    };
    let contacts = town.press.contacts.iter().map(contact).collect();
    let typed = Typed { profiles: town.press.profiles.join("\n"), contacts, files, ..Typed::default() };
    newsroom::change(app, stage, &typed).await
}

/// Puts a file into the library, described; its entry's id.
async fn keep(app: &App, stage: &Stage, file: &PressFile) -> Result<String> {
    let broken = |why: &dyn std::fmt::Display| Error::internal("keep a press picture of the demo", why);
    let bytes = town::file(&file.file).ok_or_else(|| broken(&file.file))?;
    let kept = library::take_picture(app, &stage.account_id, &file.file, bytes).await;
    let kept = kept.map_err(|error| broken(&error))?;
    let entry = app.store.find_library_entry_by_hash(&stage.account_id, &kept.sha256).await?;
    let entry = entry.ok_or(Error::NotFound("media"))?;
    let typed = library::Typed {
        name: file.name.clone(),
        alt: file.alt.clone(),
        credit: file.credit.clone(),
        licence: LICENCE.to_owned(),
        focus_x: "50".to_owned(),
        focus_y: "50".to_owned(),
        ..library::Typed::default()
    };
    let id = entry.id.clone();
    library::change(app, &stage.account_id, entry, &typed).await?;
    Ok(id)
}
