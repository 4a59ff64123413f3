//! An owner at work: what a person does in the dashboard, as whole requests.

use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{Controller, TestClient, eventually};

/// A logged-in owner with one stage.
pub struct Owner {
    /// The visitor.
    pub client: TestClient,
    /// The stage.
    pub stage_id: String,
    /// Its handle.
    pub handle: String,
}

impl Owner {
    /// Registers an institution of this name and makes its stage.
    pub async fn new(client: TestClient, handle: &str) -> Self {
        let mail = format!("{handle}@owner.example");
        let fields = [
            ("first_name", "Ada"),
            ("last_name", "Beispiel"),
            ("institution", handle),
            ("phone", ""),
            ("mail", mail.as_str()),
            ("password", "correct horse battery staple"),
        ];
        client.post("/register", &fields).await.expect(303);
        let stage = [("name", handle), ("handle", handle), ("time_zone", "Europe/Berlin")];
        let made = client.post("/dashboard/stages/new", &stage).await.expect(303);
        let stage_id =
            made.location().split('/').nth(3).expect("the stage's page").split('?').next().unwrap_or_default();
        Self { stage_id: stage_id.to_owned(), handle: handle.to_owned(), client }
    }

    /// A page of the stage: `sources`.
    pub fn path(&self, leaf: &str) -> String {
        format!("/dashboard/stages/{}/{leaf}", self.stage_id)
    }

    /// Adds an announcement to the stage's first programme and publishes it, as the editor's forms do; its id.
    pub async fn announce(&self, headline: &str, text: &str) -> String {
        let place = self.path(&format!("programmes/{}", self.stage_id));
        let fields = [("seen", self.seen().await), ("headline", headline.to_owned()), ("text", text.to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let item = format!("{place}/item?plan=default&region=main&kind=announcement");
        let added = self.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);
        let id = added.location().split_once("#item-").expect("the new item").1.to_owned();
        for (what, to) in [("to", "0"), ("publish", "")] {
            let seen = self.seen().await;
            let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", what), ("item", &id), ("to", to)];
            self.client.post(&format!("{place}/do"), &fields).await.expect(303);
        }
        id
    }

    /// The number of the revision that the editor of the stage's first programme shows.
    pub async fn seen(&self) -> String {
        let place = self.path(&format!("programmes/{}", self.stage_id));
        let page = self.client.get(&place).await.expect(200).text();
        let rest = page.split_once("name=\"seen\" value=\"").expect("a form in the editor").1;
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Links a feed.
    pub async fn link(&self, address: &str) {
        self.client.post(&self.path("sources"), &[("network", "feed"), ("address", address)]).await.expect(303);
    }

    /// The public page as it is now.
    pub async fn newsroom(&self) -> String {
        self.client.get(&format!("/@{}", self.handle)).await.text()
    }

    /// Waits until the public page holds these words.
    pub async fn newsroom_says(&self, words: &str) {
        eventually(&format!("“{words}” in the newsroom"), || async {
            self.newsroom().await.contains(words).then_some(())
        })
        .await;
    }

    /// Types the code that the one waiting kiosk shows.
    pub async fn pair(&self, controller: &Controller, name: &str) {
        let code = eventually("a kiosk that shows a code", || async {
            controller.find_text("select code from pairings").await
        })
        .await;
        let programme = controller
            .find_text(&format!("select id from programmes where stage_id = '{}'", self.stage_id))
            .await
            .expect("the stage's programme");
        let fields = [("code", code.as_str()), ("name", name), ("programme", programme.as_str())];
        self.client.post("/dashboard/screens/pair", &fields).await.expect(303);
    }
}

impl Controller {
    /// Changes the embedded database of one that does not run: what time alone would change.
    pub async fn change(&self, sql: &str) {
        let options = SqliteConnectOptions::new().filename(self.data().join("litfass.db"));
        let mut database = SqliteConnection::connect_with(&options).await.expect("open the database");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut database).await.expect("change the database");
        database.close().await.expect("close the database");
    }

    /// Looks into the embedded database: the first column of the first row.
    pub async fn find_text(&self, sql: &str) -> Option<String> {
        let options = SqliteConnectOptions::new().filename(self.data().join("litfass.db")).read_only(true);
        let mut database = SqliteConnection::connect_with(&options).await.ok()?;
        let row = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).fetch_optional(&mut database).await.ok()??;
        row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string())).ok()
    }
}
