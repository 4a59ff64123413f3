//! Programmes of a stage: which there are, and the editor that builds them.

mod add;
mod calendar;
mod card;
mod control;
mod drawing;
mod editor;
mod files;
mod film;
mod history;
mod item;
mod layout;
mod list;
mod look;
mod plan;
mod preview;
mod sent;
mod times;

pub(in crate::web) use self::{
    control::Control,
    files::take_files,
    film::{FilmView, views as film_views},
    look::{brought, renewed},
    sent::Sent,
};

use axum::{
    Router,
    response::{IntoResponse, Redirect, Response},
};

use super::{Owner, Page, Visit, staged::staged};
use crate::{
    app::{App, Error, Result},
    features::programmes::{self, Editing, Item, Open},
    store::Stage,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(add::routes())
        .merge(list::routes())
        .merge(editor::routes())
        .merge(film::routes())
        .merge(item::routes())
        .merge(plan::routes())
        .merge(preview::routes())
        .merge(layout::routes())
        .merge(history::routes())
        .merge(calendar::routes())
}

/// Whether a form sent to a path may bring films, which are too large to be kept in memory.
pub(super) fn may_bring_films(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    matches!(parts[..], ["", "dashboard", "stages", _, "programmes", _, "item"])
}

/// What an item is called where there is room for one line: its words, or what kind of slide it is.
pub(super) fn item_called(page: &Page, item: &Item) -> String {
    let said = card::item_title(item);
    if said.is_empty() { card::kind_name(page, &item.kind) } else { said }
}

/// Where a programme's pages lie: `…/programmes/<id>`.
fn place(page: &Page, programme_id: &str) -> String {
    format!("{}/programmes/{programme_id}", page.stage_path())
}

/// A programme of the member's account that is open, and the page that names its stage.
struct Desk {
    stage: Stage,
    page: Page,
    open: Open,
}

impl Desk {
    async fn open(app: &App, visit: &Visit, owner: &Owner, stage_id: &str, programme_id: &str) -> Result<Self> {
        let (stage, page) = staged(app, visit, owner, stage_id).await?;
        let open = programmes::open(app, &owner.account_id, &stage.id, programme_id).await?;
        Ok(Self { stage, page, open })
    }

    /// Where the programme's pages lie.
    fn place(&self) -> String {
        place(&self.page, &self.open.programme.id)
    }

    /// Who edits it, having seen this revision.
    fn editing<'a>(&'a self, owner: &'a Owner, seen: i64) -> Editing<'a> {
        Editing {
            account_id: &owner.account_id,
            member_id: &owner.member_id,
            programme_id: &self.open.programme.id,
            seen,
        }
    }

    /// Goes to the editor, to a plan and perhaps to an item in it, and says what was done.
    fn back(&self, plan: &str, done: &str, item: &str) -> Response {
        let mark = if item.is_empty() { String::new() } else { format!("#item-{item}") };
        self.go(&format!("?plan={plan}"), done, &mark)
    }

    /// Goes to the editor, to an item whose preview is wanted, and says what was done.
    fn back_to_see(&self, plan: &str, done: &str, item: &str) -> Response {
        self.go(&format!("?plan={plan}&see={item}"), done, &format!("#item-{item}"))
    }

    fn go(&self, query: &str, done: &str, mark: &str) -> Response {
        let done = done.strip_prefix("done.").unwrap_or(done);
        Redirect::to(&format!("{}{query}&done={done}{mark}", self.place())).into_response()
    }
}

/// The number of the revision that a form was made for.
fn seen(typed: &str) -> Result<i64> {
    typed.parse().map_err(|_| Error::Stale)
}
