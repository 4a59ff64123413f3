//! An open desk is told what came and what changed, and keeps its place meanwhile.

use std::{collections::HashSet, time::Duration};

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::get,
};
use tokio_stream::StreamExt;

use super::{Pairs, filter_of, options::Options, row::Row, value, values};
use crate::{
    app::{App, Change},
    features::{desk, stages},
    store::Below,
    web::{Owner, Page, Visit, events, page::draw},
};

/// Most rows that are looked at again.
const MOST: usize = 120;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/desk/live", get(live)).route("/dashboard/desk/news", get(news))
}

/// Events `posts` of all stages of an account.
async fn live(State(app): State<App>, visit: Visit, owner: Owner) -> Response {
    let stages = match stages::list(&app, &owner.account_id).await {
        Ok(stages) => stages,
        Err(error) => return visit.refuse(&error),
    };
    let ids: HashSet<_> = stages.into_iter().map(|stage| stage.id).collect();
    let posts = events::stream(
        &app,
        "posts",
        move |change| matches!(change, Change::Posts { stage_id } | Change::Topics { stage_id } if ids.contains(stage_id)),
    );
    let told = posts.map(events::named);
    Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}

#[derive(Template)]
#[template(path = "desk/news.html")]
struct News {
    page: Page,
    owner: Owner,
    /// How many came, in words; empty for none.
    fresh: String,
    /// Rows that show something else now, or those that came.
    rows: Vec<Row>,
    /// Ids of posts that are gone.
    gone: Vec<String>,
}

/// What is new to a page that shows the posts `held`: rows that are not true any more, and how many came; with
/// `part=new` those that came.
async fn news(State(app): State<App>, visit: Visit, owner: Owner, Query(pairs): Query<Pairs>) -> Response {
    let drawn = async {
        let (account_id, page) = (owner.account_id.as_str(), Page::new(visit.clone()));
        let stages = stages::list(&app, account_id).await?;
        let filter = filter_of(&pairs);
        let held: Vec<_> = values(&pairs, "held").take(MOST).collect();
        let id_of = |mark: &&str| mark.split('~').next().unwrap_or_default().to_owned();
        let ids: Vec<_> = held.iter().map(id_of).collect();
        let last = Below::parse(value(&pairs, "last"));
        let options = Options::of(&app, account_id, &page, &stages, &filter).await?;
        // A page of older ones hears of nothing that came.
        let came = match value(&pairs, "before") {
            "" => desk::news(&app, account_id, &stages, &filter, &ids, last.as_ref()).await?.posts,
            _ => Vec::new(),
        };
        if value(&pairs, "part") == "new" {
            let rows = options.rows(&app, &owner, &page, &stages, &filter, came).await?;
            return Ok(draw(&News { page, owner, fresh: String::new(), rows, gone: Vec::new() }));
        }
        let fresh = if came.is_empty() { String::new() } else { page.t1("desk.news", "count", came.len()) };
        let now = desk::find(&app, account_id, &ids).await?.posts;
        let there: HashSet<_> = now.iter().map(|full| full.post.id.clone()).collect();
        let gone = ids.into_iter().filter(|id| !there.contains(id)).collect();
        let mut rows = options.rows(&app, &owner, &page, &stages, &filter, now).await?;
        rows.retain(|row| !held.contains(&row.mark.as_str()));
        Ok(draw(&News { page, owner, fresh, rows, gone }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}
