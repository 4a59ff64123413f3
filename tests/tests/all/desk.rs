//! The one desk: all posts of an account, what is done with them, and what others do meanwhile.

mod acts;
mod lists;
mod pages;
mod walk;

use controller::{
    config::Config,
    store::{Post, Stage, Store},
};
use harness::{NOON, Owner, TestClient, TestController};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use crate::search;

const PASSWORD: &str = "correct horse battery staple";

/// Runs a statement beside a controller.
pub(crate) async fn run_sql(config: &Config, sql: String) {
    let sql = AssertSqlSafe(sql);
    if let Some(url) = &config.database {
        PgConnection::connect(url).await.unwrap().execute(sql).await.unwrap();
    } else {
        let file = format!("sqlite://{}", config.data.join("litfass.db").display());
        SqliteConnection::connect(&file).await.unwrap().execute(sql).await.unwrap();
    }
}

/// The statement that adds a colleague to the account of an owner, with the same password.
fn colleague(handle: &str, name: &str, role: &str) -> String {
    let low = name.to_lowercase();
    format!(
        "insert into members (id, account_id, first_name, last_name, mail, password, role, language, created_at)
              select '{low} of {handle}', account_id, '{name}', 'Beispiel', '{low}@{handle}.example', password, '{role}', 'de',
                     created_at
                from members where mail = '{handle}@owner.example'"
    )
}

/// Adds a colleague to an owner's account, and logs them in.
async fn with_colleague(wall: &TestController, owner: &Owner, name: &str, role: &str) -> TestClient {
    run_sql(&wall.app.config, colleague(&owner.handle, name, role)).await;
    let client = wall.client();
    let mail = format!("{}@{}.example", name.to_lowercase(), owner.handle);
    client.post("/login", &[("mail", &mail), ("password", PASSWORD)]).await.expect(303);
    client
}

async fn stage_of(wall: &TestController, owner: &Owner) -> Stage {
    wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap()
}

/// An imported post of a stage; the higher its number, the newer.
fn post(stage_id: &str, source: &str, number: i64, title: &str) -> Post {
    let post = search::post(&format!("{source}{number:04}"), "de", title, "Mehr dazu morgen.");
    Post {
        stage_id: stage_id.to_owned(),
        source_id: Some(source.to_owned()),
        published_at: NOON - 100_000 + number,
        ..post
    }
}

/// Links a source that is never visited, and has it bring posts.
async fn fill(store: &Store, stage_id: &str, source: &str, titles: &[&str]) {
    store.add_source(&search::source(source, stage_id)).await.unwrap();
    for (number, title) in (0..).zip(titles) {
        store.take_post(&post(stage_id, source, number, title), &[]).await.unwrap();
    }
}

/// The marks of the posts on a page, in their order: what forms send.
fn marks(page: &str) -> Vec<String> {
    page.split("data-mark=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Ids of the posts on a page, in their order.
fn ids(page: &str) -> Vec<String> {
    marks(page).iter().filter_map(|mark| Some(mark.split_once('~')?.0.to_owned())).collect()
}

/// The mark of one post on a page.
#[track_caller]
fn mark(page: &str, id: &str) -> String {
    let found = marks(page).into_iter().find(|mark| mark.starts_with(&format!("{id}~")));
    found.unwrap_or_else(|| panic!("{id} is not on {page}"))
}
