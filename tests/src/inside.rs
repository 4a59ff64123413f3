//! A controller inside the test: whole requests, a clock that the test moves, and every database.

use std::{net::SocketAddr, path::PathBuf};

use controller::{
    app::App,
    commands::open::open,
    config::{Config, Options},
    store::Store,
    tools::clock::Clock,
};
use reqwest::Method;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{Answer, TestClient, postgres_url};

/// Where tests begin: 2026-05-04, 12:00 UTC, a Monday.
pub const NOON: i64 = 1_777_896_000_000;

/// A controller that answers requests, without jobs; it ends with this value.
pub struct TestController {
    /// Its open doors.
    pub app: App,
    /// Its address, without a slash at the end.
    pub url: String,
    _data: TempDir,
}

impl TestController {
    /// Starts one on the embedded database, at [`NOON`].
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts one whose settings the test changes.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let listen = listener.local_addr().expect("an address");
        let options = Options { data: Some(data.path().to_owned()), listen: Some(listen), ..Options::default() };
        let mut config = Config::load(&options).expect("settings");
        // Nobody answers there: no test asks name servers of others.
        config.dns = Some(SocketAddr::from(([127, 0, 0, 1], 9)));
        change(&mut config);
        let app = open(config, Clock::at(NOON)).await.expect("open the doors");
        let site = controller::web::site(app.clone());
        let stop = app.stop.clone();
        let end = async move { stop.cancelled().await };
        tokio::spawn(async move { axum::serve(listener, site).with_graceful_shutdown(end).await });
        Self { url: format!("http://{listen}"), app, _data: data }
    }

    /// Starts one on each database that this machine has.
    pub async fn on_each() -> Vec<Self> {
        Self::on_each_with(|_| {}).await
    }

    /// Starts one on each database that this machine has, with settings that the test changes.
    pub async fn on_each_with(change: impl Fn(&mut Config)) -> Vec<Self> {
        let mut all = vec![Self::with(&change).await];
        if let Some(url) = postgres_url().await {
            let both = |config: &mut Config| {
                change(config);
                config.database = Some(url);
            };
            all.push(Self::with(both).await);
        }
        all
    }

    /// Makes a visitor.
    pub fn client(&self) -> TestClient {
        TestClient::new(&self.url)
    }

    /// Asks as a browser that unpacks nothing: the body is as it travelled.
    pub async fn raw(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let client = TestClient::raw(&self.url);
        let request = client.request(Method::GET, path);
        client.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    }

    /// Refuses to store posts whose id at their network begins so, as a database does that cannot take them.
    pub async fn refuse_posts(&self, start: &str) {
        match &self.app.config.database {
            Some(place) => {
                let check = format!("check (remote_id not like '{start}%')");
                run_sql(place, &format!("alter table posts add constraint refused {check} not valid")).await;
            }
            None => {
                let refusal = format!("when new.remote_id like '{start}%' begin select raise(abort, 'refused'); end");
                run_sql(&self.place(), &format!("create trigger refused before insert on posts {refusal}")).await;
            }
        }
    }

    /// Stores them again.
    pub async fn take_all_posts(&self) {
        match &self.app.config.database {
            Some(place) => run_sql(place, "alter table posts drop constraint refused").await,
            None => run_sql(&self.place(), "drop trigger refused").await,
        }
    }

    fn place(&self) -> String {
        format!("sqlite://{}", self.app.config.data.join("litfass.db").display())
    }

    /// Moves the clock on.
    pub fn wait_secs(&self, secs: i64) {
        self.app.clock.set(self.app.clock.now() + secs * 1000);
    }
}

impl Drop for TestController {
    fn drop(&mut self) {
        self.app.stop.cancel();
    }
}

/// An empty database of one kind.
pub struct TestStore {
    /// The open store.
    pub store: Store,
    /// `SQLite` or `PostgreSQL`, for messages.
    pub kind: &'static str,
    place: String,
    _folder: Option<TempDir>,
}

impl TestStore {
    /// Adds an account that other rows can belong to.
    pub async fn add_account(&self, id: &str) {
        run_sql(&self.place, &format!("insert into accounts values ('{id}', 'Museum', null, {NOON})")).await;
    }

    /// Adds a member of an account with a session.
    pub async fn add_session(&self, account_id: &str, id: &str) {
        let member = format!("'member of {id}', '{account_id}', '', '', '{id}', '', 'owner', 'de', {NOON}");
        run_sql(&self.place, &format!("insert into members values ({member})")).await;
        let hash: String = id.bytes().map(|byte| format!("{byte:02x}")).collect();
        let hash = if self.kind == "SQLite" { format!("x'{hash}'") } else { format!("'\\x{hash}'") };
        let session = format!("'{id}', 'member of {id}', {hash}, '', '', {NOON}, {NOON}, {NOON}");
        run_sql(&self.place, &format!("insert into sessions values ({session})")).await;
    }

    /// Erases an account, as its operator does.
    pub async fn erase_account(&self, id: &str) {
        run_sql(&self.place, &format!("delete from accounts where id = '{id}'")).await;
    }

    /// Adds a picture of an account, without its files.
    pub async fn add_picture(&self, account_id: &str, id: &str) {
        let values = format!("'{id}', '{account_id}', 'hash of {id}', 8, 8, '#808080', {NOON}");
        let columns = "id, account_id, sha256, width, height, colour, created_at";
        run_sql(&self.place, &format!("insert into media ({columns}) values ({values})")).await;
    }
}

impl TestStore {
    /// Adds a screen of a stage, by way of a programme of its own.
    pub async fn add_screen(&self, account_id: &str, stage_id: &str, id: &str) {
        let programme = format!("'programme of {id}', '{account_id}', '{stage_id}', '', 1, 0, '', 0, 0");
        let columns = "id, account_id, stage_id, name, revision, version, envelope, issued_at, created_at";
        run_sql(&self.place, &format!("insert into programmes ({columns}) values ({programme})")).await;
        let screen = format!("'{id}', '{account_id}', 'programme of {id}', '', '{id}', 0, '', 0, 0, 0");
        let columns =
            "id, account_id, programme_id, name, public_key, rotation, report, seen_at, picture_at, paired_at";
        run_sql(&self.place, &format!("insert into screens ({columns}) values ({screen})")).await;
    }
}

impl TestStore {
    /// Adds so many shown posts of a source at once, published before [`NOON`].
    pub async fn add_posts(&self, stage_id: &str, source_id: &str, count: u32) {
        let columns = "id, stage_id, source_id, remote_id, slug, text, html, content_hash, published_at, imported_at,
                       changed_at, shown";
        let name = "'many-' || number";
        let values = format!(
            "{name}, '{stage_id}', '{source_id}', {name}, {name}, 'Text', '<p>Text</p>', '1', {NOON} - number,
             {NOON} - number, {NOON} - number, true"
        );
        let numbers = format!(
            "with recursive numbers (number) as (select 1 union all select number + 1 from numbers where number < {count})"
        );
        run_sql(&self.place, &format!("{numbers} insert into posts ({columns}) select {values} from numbers")).await;
    }
}

/// Runs a statement beside the store, for rows whose own rooms a test does not want to walk through.
async fn run_sql(place: &str, statement: &str) {
    let statement = AssertSqlSafe(statement.to_owned());
    if place.starts_with("postgres:") {
        let mut database = PgConnection::connect(place).await.expect("connect to PostgreSQL");
        database.execute(statement).await.expect("run a statement");
    } else {
        let mut database = SqliteConnection::connect(place).await.expect("open SQLite");
        database.execute(statement).await.expect("run a statement");
    }
}

/// Opens an empty store on each database that this machine has: every statement is tested on both.
pub async fn stores() -> Vec<TestStore> {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("test.db");
    let store = Store::open_file(&file).await.expect("open SQLite");
    let place = format!("sqlite://{}", file.display());
    let mut all = vec![TestStore { store, kind: "SQLite", place, _folder: Some(folder) }];
    if let Some(url) = postgres_url().await {
        let store = Store::open_address(&url).await.expect("open PostgreSQL");
        all.push(TestStore { store, kind: "PostgreSQL", place: url, _folder: None });
    }
    all
}
