//! The one desk: the posts of all stages of an account, to look through and to decide on.

mod acting;
mod live;
mod options;
mod row;

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};

use super::{Owner, Page, Visit, page::draw};
use crate::{
    app::{App, Result},
    features::{
        desk::{self, Filter, MOST_AT_ONCE},
        stages,
    },
    store::{Below, Stage},
};
use acting::Told;
use options::Options;
use row::Row;

/// Where it stands.
const PLACE: &str = "/dashboard/desk";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/desk", get(index)).merge(acting::routes()).merge(live::routes())
}

/// Names and values, as they stand in an address or a form.
type Pairs = Vec<(String, String)>;

/// What a name says first; empty for nothing.
fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(held, _)| held == name).map_or("", |(_, value)| value.as_str())
}

/// All that a name says.
fn values<'a>(pairs: &'a Pairs, name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
}

fn filter_of(pairs: &Pairs) -> Filter {
    Filter::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The address of a desk with this filter, perhaps behind a place.
fn address(filter: &Filter, below: Option<&Below>) -> String {
    let below = below.map(ToString::to_string);
    let mut pairs = filter.pairs();
    pairs.extend(below.as_deref().map(|below| ("before", below)));
    if pairs.is_empty() {
        return PLACE.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{PLACE}?{query}")
}

#[derive(Template)]
#[template(path = "desk/index.html")]
struct Index {
    page: Page,
    owner: Owner,
    filter: Filter,
    options: Options,
    rows: Vec<Row>,
    /// How many fit the filter.
    total: i64,
    /// Where these rows begin, where that is not the top.
    below: Option<Below>,
    /// Where older ones begin.
    older: Option<Below>,
    /// What was just done.
    told: Option<Told>,
}

impl Index {
    /// Where this page stands, for forms that come back here.
    fn here(&self) -> String {
        address(&self.filter, self.below.as_ref()).trim_start_matches(PLACE).trim_start_matches('?').to_owned()
    }

    fn older(&self) -> Option<String> {
        self.older.as_ref().map(|below| address(&self.filter, Some(below)))
    }

    /// The place of the last row, where others stand below it.
    fn last(&self) -> String {
        self.older.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn first(&self) -> String {
        address(&self.filter, None)
    }

    /// How many posts fit, in words.
    fn count(&self) -> String {
        if self.total > MOST_AT_ONCE {
            return self.page.t1("desk.count.more", "count", MOST_AT_ONCE);
        }
        self.page.t1("desk.count", "count", self.total)
    }

    /// Whether something can be done with all that fit at once.
    fn may_take_all(&self) -> bool {
        self.total <= MOST_AT_ONCE && self.total > i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }

    /// Keys and what they do, in the order of use.
    fn keys(&self) -> Vec<(Vec<&'static str>, &'static str)> {
        let mut keys = vec![(vec!["J", "↓"], "desk.key.next"), (vec!["K", "↑"], "desk.key.previous")];
        if self.owner.may_moderate() {
            keys.extend([
                (vec!["P"], "desk.key.show"),
                (vec!["H"], "desk.key.hide"),
                (vec!["I"], "desk.key.pin"),
                (vec!["T"], "desk.key.topics"),
                (vec!["U", "Z"], "desk.key.undo"),
                (vec!["X"], "desk.key.choose"),
                (vec!["⇧ J", "⇧ K"], "desk.key.more"),
            ]);
        }
        if self.owner.may_write() {
            keys.push((vec!["E"], "desk.key.edit"));
        }
        keys.extend([
            (vec!["N"], "desk.key.news"),
            (vec!["/"], "desk.key.search"),
            (vec!["Esc"], "desk.key.leave"),
            (vec!["?"], "desk.key.help"),
        ]);
        keys
    }

    fn is_new_account(&self) -> bool {
        self.rows.is_empty() && !self.filter.asks()
    }
}

async fn index(State(app): State<App>, visit: Visit, owner: Owner, Query(pairs): Query<Pairs>) -> Response {
    let drawn = async {
        let stages = stages::list(&app, &owner.account_id).await?;
        let filter = filter_of(&pairs);
        let below = Below::parse(value(&pairs, "before"));
        let page = Page::new(visit.clone());
        let top = below.clone().unwrap_or_default();
        let part = desk::list(&app, &owner.account_id, &stages, &filter, &top).await?;
        let total = desk::count(&app, &owner.account_id, &stages, &filter).await?;
        let options = Options::of(&app, &owner.account_id, &page, &stages, &filter).await?;
        let rows = options.rows(&app, &owner, &page, &stages, &filter, part.posts).await?;
        let told = told(&app, &owner, &page, &stages, &pairs).await?;
        Ok(draw(&Index { page, owner, filter, options, rows, total, below, older: part.older, told }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// What was just done, where the address names it.
async fn told(app: &App, owner: &Owner, page: &Page, stages: &[Stage], pairs: &Pairs) -> Result<Option<Told>> {
    let acted = value(pairs, "acted");
    if acted.is_empty() {
        return Ok(None);
    }
    match desk::find_done(app, &owner.account_id, &owner.member_id, acted).await {
        Ok(done) => Told::of(app, owner, page, stages, done).await.map(Some),
        // A bookmark of yesterday says nothing any more.
        Err(crate::app::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
