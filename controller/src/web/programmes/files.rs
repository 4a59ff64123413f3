//! Files that come with a slide's form: pictures, films, documents.

use shared::forms::{Field, Input};

use super::sent::Sent;
use crate::{
    app::{App, Problem, Result},
    features::media::{self, library},
};

/// Keeps what came with a form and puts it where it belongs, in the order that was asked for; what belongs to others is
/// left out.
pub(in crate::web) async fn take_files(
    app: &App,
    account_id: &str,
    form: &'static [Field],
    sent: &mut Sent,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for field in form {
        let taken = match field.input {
            Input::Picture | Input::Pictures => take_pictures(app, account_id, field, sent).await?,
            Input::Film => take_film(app, account_id, field, sent).await?,
            Input::Document => take_document(app, account_id, field, sent).await?,
            _ => continue,
        };
        problems.extend(taken.into_iter().map(|key| Problem { field: field.name, key }));
        if sent.is_heavy(&name_of(field)) {
            problems.push(Problem { field: field.name, key: "errors.too_large.text" });
        }
    }
    Ok(problems)
}

/// What the control for a file is called.
pub(super) fn name_of(field: &Field) -> String {
    format!("{}_file", field.name)
}

/// What the control is called that chooses a document of the library.
pub(super) fn entry_of(field: &Field) -> String {
    format!("{}_entry", field.name)
}

type Keys = Vec<&'static str>;

async fn take_pictures(app: &App, account_id: &str, field: &Field, sent: &mut Sent) -> Result<Keys> {
    let mut problems = Vec::new();
    let mut ids = held(app, account_id, field, sent).await?;
    for file in sent.take_files(&name_of(field)) {
        match library::take_picture(app, account_id, &file.called, file.bytes).await {
            Ok(media) if field.input == Input::Picture => ids = vec![media.id],
            Ok(media) if ids.contains(&media.id) => {}
            Ok(media) => ids.push(media.id),
            Err(error) => problems.push(told(error)?),
        }
    }
    sent.set(field.name, ids);
    Ok(problems)
}

async fn take_film(app: &App, account_id: &str, field: &Field, sent: &mut Sent) -> Result<Keys> {
    let mut problems = Vec::new();
    let mut ids = sent.all(field.name);
    let films = app.store.list_films(account_id, &ids).await?;
    ids.retain(|id| films.iter().any(|film| film.id == *id));
    if let Some(film) = sent.take_film(&name_of(field)) {
        match library::take_film(app, account_id, &film.called, film.upload).await {
            Ok(id) => ids = vec![id],
            Err(error) => problems.push(told(error)?),
        }
    }
    sent.set(field.name, ids);
    Ok(problems)
}

async fn take_document(app: &App, account_id: &str, field: &Field, sent: &mut Sent) -> Result<Keys> {
    let mut problems = Vec::new();
    let mut ids = held(app, account_id, field, sent).await?;
    // One of the library, in the place of what is there.
    let chosen = sent.text(&entry_of(field)).to_owned();
    if !chosen.is_empty() {
        let pages = app.store.list_library_media(account_id, &chosen).await?;
        if !pages.is_empty() {
            ids = pages;
        }
        sent.set(&entry_of(field), Vec::new());
    }
    if let Some(file) = sent.take_files(&name_of(field)).pop() {
        match library::take_document(app, account_id, &file.called, file.bytes).await {
            Ok(pages) => ids = pages,
            Err(error) => problems.push(told(error)?),
        }
    }
    sent.set(field.name, ids);
    Ok(problems)
}

/// The account's pictures that were chosen, in their order.
async fn held(app: &App, account_id: &str, field: &Field, sent: &Sent) -> Result<Vec<String>> {
    let mut ids = sent.all(field.name);
    let place = |id: &String| sent.text(&format!("{}_place_{id}", field.name)).trim().parse().unwrap_or(u32::MAX);
    ids.sort_by_key(place);
    let held = app.store.list_media(account_id, &ids).await?;
    ids.retain(|id| held.contains_key(id));
    ids.dedup();
    Ok(ids)
}

/// The key of what is wrong with a file, unless nobody but the operator can do anything about it.
fn told(error: media::Error) -> Result<&'static str> {
    Ok(error.for_sender()?.key())
}
