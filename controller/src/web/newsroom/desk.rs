//! What an owner says of a newsroom beside its posts: profiles, legal pages, press contacts and downloads.

use std::collections::HashSet;

use askama::Template;
use axum::{
    Router,
    extract::{Path, RawForm, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use crate::{
    app::{App, Error, Problem, Result},
    features::{
        media,
        newsroom::{self, MOST_CONTACTS, MOST_FILES, Typed},
    },
    store::{LibraryEntry, PressContact, Stage},
    web::{
        Owner, Visit,
        page::{Page, draw_as, go},
        staged::staged,
    },
};

/// Entries of the library that are offered beside those that are chosen.
const OFFERED: i64 = 48;
/// Rows for contacts that are there before any is filled in.
const ROWS: usize = 2;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/newsroom", get(show).post(change))
}

#[derive(Template)]
#[template(path = "stages/newsroom.html")]
struct Desk {
    page: Page,
    typed: Typed,
    choices: Vec<Choice>,
    /// `/@handle`.
    room: String,
}

/// Something of the library that the press may be given.
struct Choice {
    entry: LibraryEntry,
    thumb: String,
    chosen: bool,
}

impl Desk {
    /// What an entry is called.
    fn called(&self, choice: &Choice) -> String {
        let entry = &choice.entry;
        if entry.name.is_empty() { self.page.t(&format!("media.kind.{}", entry.kind)) } else { entry.name.clone() }
    }

    fn icon(&self, choice: &Choice) -> &'static str {
        match choice.entry.kind.as_str() {
            "film" => "film",
            "document" => "file-lines",
            _ => "image",
        }
    }

    /// The rows of contacts: those that are there, and one more.
    fn rows(&self) -> Vec<PressContact> {
        let mut rows = self.typed.contacts.clone();
        rows.push(PressContact::default());
        rows.resize(rows.len().clamp(ROWS, MOST_CONTACTS), PressContact::default());
        rows
    }
}

async fn show(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let typed = newsroom::typed(&app, &stage).await?;
        draw(&app, page, &stage, typed, Vec::new()).await
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    RawForm(form): RawForm,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let typed = read(&form);
        match newsroom::change(&app, &stage, &typed).await {
            Ok(()) => Ok(go(&format!("/dashboard/stages/{stage_id}/newsroom"), "done.newsroom_saved")),
            Err(Error::Invalid(problems)) => draw(&app, page, &stage, typed, problems).await,
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn draw(app: &App, page: Page, stage: &Stage, typed: Typed, problems: Vec<Problem>) -> Result<Response> {
    let entries = newsroom::choices(app, stage, OFFERED).await?;
    let ids: Vec<_> = entries.iter().map(|entry| entry.media_id.clone()).collect();
    let media = app.store.list_media(&stage.account_id, &ids).await?;
    let chosen: HashSet<_> = typed.files.iter().cloned().collect();
    let choice = |entry: LibraryEntry| {
        let file = media.get(&entry.media_id).and_then(|media| media::choose(media, 320));
        let thumb = file.map_or_else(String::new, |file| format!("/dashboard/media/{}", file.sha256));
        Choice { chosen: chosen.contains(&entry.id), thumb, entry }
    };
    let choices = entries.into_iter().map(choice).collect();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let room = format!("/@{}", stage.handle);
    Ok(draw_as(status, &Desk { page: page.with(problems), typed, choices, room }))
}

/// Reads the form; fields of contacts come again and again, in the order of the rows.
fn read(form: &[u8]) -> Typed {
    let mut typed = Typed::default();
    let mut columns: [Vec<String>; 4] = Default::default();
    for (name, value) in url::form_urlencoded::parse(form) {
        let value = value.into_owned();
        match name.as_ref() {
            "profiles" => typed.profiles = value,
            "imprint" => typed.imprint = value,
            "privacy" => typed.privacy = value,
            "file" if typed.files.len() <= MOST_FILES => typed.files.push(value),
            "contact_name" => columns[0].push(value),
            "contact_role" => columns[1].push(value),
            "contact_mail" => columns[2].push(value),
            "contact_phone" => columns[3].push(value),
            _ => {}
        }
    }
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0).min(MOST_CONTACTS + 1);
    typed.contacts = (0..rows)
        .map(|row| {
            let [name, role, mail, phone] = [0, 1, 2, 3].map(|at| columns[at].get(row).cloned().unwrap_or_default());
            PressContact { name, role, mail, phone }
        })
        .filter(|contact| *contact != PressContact::default())
        .collect();
    typed
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn rows_keep_together_and_empty_ones_are_left_out() {
        let form = b"profiles=a%0Ab&contact_name=&contact_role=&contact_mail=&contact_phone=&contact_name=Ada\
                     &contact_role=Presse&contact_mail=a%40b.example&contact_phone=&file=1&file=2";

        let typed = read(form);

        assert_eq!((typed.profiles.as_str(), typed.files), ("a\nb", vec!["1".to_owned(), "2".to_owned()]));
        assert_eq!(typed.contacts.len(), 1);
        assert_eq!((typed.contacts[0].name.as_str(), typed.contacts[0].mail.as_str()), ("Ada", "a@b.example"));
    }
}
