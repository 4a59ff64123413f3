//! Screens: paired displays, what they follow, and their last sign of life.

use shared::protocol;
use sqlx::FromRow;

use super::history::{happened, noted};
use super::{Result, Store};

/// A screen, with what is needed of its programme and stage.
#[derive(Clone, Debug, Default, FromRow, PartialEq, Eq)]
pub struct Screen {
    /// Id.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// The programme it follows.
    pub programme_id: String,
    /// Name the owner gave it.
    pub name: String,
    /// The kiosk's Ed25519 public key, 32 bytes.
    pub public_key: Vec<u8>,
    /// Degrees clockwise: 0, 90, 180, 270.
    pub rotation: i64,
    /// JSON, the last report; empty for none.
    pub report: String,
    /// Last sign of life; 0 for never.
    pub seen_at: i64,
    /// When the last picture came; 0 for never.
    pub picture_at: i64,
    /// When it was paired.
    pub paired_at: i64,
    /// When the owner removed it.
    pub revoked_at: Option<i64>,
    /// JSON list: what the owner calls it besides its name.
    pub tags: String,
    /// Name of the group it belongs to; empty for none.
    pub group_name: String,
    /// Newest version of its programme.
    pub version: i64,
    /// The stage it shows.
    pub stage_id: String,
    /// Name of the stage it shows.
    pub stage_name: String,
    /// Handle of that stage.
    pub handle: String,
    /// Language of that stage.
    pub language: String,
}

impl Screen {
    /// What the owner calls it besides its name.
    pub fn tags(&self) -> Vec<String> {
        serde_json::from_str(&self.tags).unwrap_or_default()
    }

    /// What alerts choose it by: its tags, and its group.
    pub fn marks(&self) -> Vec<String> {
        let mut marks = self.tags();
        if !self.group_name.is_empty() {
            marks.push(group_mark(&self.group_name));
        }
        marks
    }

    /// The small document that goes to the kiosk.
    pub fn document(&self) -> protocol::Screen {
        protocol::Screen {
            id: self.id.clone(),
            name: self.name.clone(),
            rotation: u16::try_from(self.rotation).unwrap_or(0),
            language: self.language.clone(),
            tags: self.marks(),
            programme: self.programme_id.clone(),
        }
    }
}

/// How alerts choose a group among tags.
pub fn group_mark(group: &str) -> String {
    format!("group:{group}")
}

/// What an owner says about a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenWish<'a> {
    /// Its name.
    pub name: &'a str,
    /// Degrees clockwise.
    pub rotation: i64,
    /// JSON list of words.
    pub tags: &'a str,
    /// Its group; empty for none.
    pub group: &'a str,
    /// The programme it is to follow.
    pub programme_id: &'a str,
}

/// A report that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// Which screen.
    pub screen_id: String,
    /// JSON; `None` leaves the one that is there.
    pub report: Option<String>,
    /// Last sign of life.
    pub seen_at: i64,
}

/// All columns of [`Screen`]; the caller goes on with `where screens.…`.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select screens.id, screens.account_id, screens.programme_id, screens.name, screens.public_key,
                    screens.rotation, screens.report, screens.seen_at, screens.picture_at, screens.paired_at,
                    screens.revoked_at, screens.tags, screens.group_name, programmes.version, programmes.stage_id, stages.name as stage_name, stages.handle, stages.language
               from screens
               join programmes on programmes.id = screens.programme_id
               join stages on stages.id = programmes.stage_id ",
            $rest
        )
    };
}

impl Store {
    /// Uses up a code and adds the screen it stood for, all or nothing: `None` when the
    /// code is unknown, used or ended. `screen.public_key` is not looked at.
    pub async fn pair_screen(&self, code: &str, screen: &Screen, now: i64) -> Result<Option<()>> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let used: Option<(Vec<u8>,)> = sqlx::query_as(
                "delete from pairings
                  where code = $1 and expires_at > $2
              returning public_key",
            )
            .bind(code)
            .bind(now)
            .fetch_optional(&mut *work)
            .await?;
            let Some((public_key,)) = used else { return Ok(None) };
            sqlx::query(
                "insert into screens
                    (id, account_id, programme_id, name, public_key, rotation, report, seen_at, picture_at, paired_at)
                 values ($1, $2, $3, $4, $5, $6, '', 0, 0, $7)",
            )
            .bind(&screen.id)
            .bind(&screen.account_id)
            .bind(&screen.programme_id)
            .bind(&screen.name)
            .bind(public_key)
            .bind(screen.rotation)
            .bind(now)
            .execute(&mut *work)
            .await?;
            happened!(self, work);
            work.commit().await?;
            Ok(Some(()))
        })
    }

    /// Lists the screens of a stage by name.
    pub async fn list_screens(&self, account_id: &str, stage_id: &str) -> Result<Vec<Screen>> {
        let screens = on!(self, |db| sqlx::query_as(select!(
            "where screens.account_id = $1 and programmes.stage_id = $2 and screens.revoked_at is null
             order by lower(screens.name), screens.paired_at, screens.id"
        ))
        .bind(account_id)
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(screens)
    }

    /// Finds a screen of an account.
    pub async fn find_screen(&self, account_id: &str, id: &str) -> Result<Option<Screen>> {
        let screen = on!(self, |db| sqlx::query_as(select!(
            "where screens.account_id = $1 and screens.id = $2 and screens.revoked_at is null"
        ))
        .bind(account_id)
        .bind(id)
        .fetch_optional(db)
        .await)?;
        Ok(screen)
    }

    /// Finds the screen that has a key, also a revoked one.
    pub async fn find_screen_by_key(&self, public_key: &[u8]) -> Result<Option<Screen>> {
        let screen = on!(self, |db| sqlx::query_as(select!("where screens.public_key = $1"))
            .bind(public_key)
            .fetch_optional(db)
            .await)?;
        Ok(screen)
    }

    /// Changes what the owner says about a screen; `false` when the account has no such screen.
    /// Its programme may be any of the account's.
    pub async fn set_screen(&self, account_id: &str, id: &str, wish: &ScreenWish<'_>) -> Result<bool> {
        let changed = noted!(
            self,
            sqlx::query(
                "update screens
                set name = $3, rotation = $4, tags = $5, programme_id = $6, group_name = $7
              where account_id = $1 and id = $2 and revoked_at is null
                and exists (select 1 from programmes where account_id = $1 and id = $6)",
            )
            .bind(account_id)
            .bind(id)
            .bind(wish.name)
            .bind(wish.rotation)
            .bind(wish.tags)
            .bind(wish.programme_id)
            .bind(wish.group)
        );
        Ok(changed == 1)
    }

    /// Gives a group of a stage's screens another name; says how many screens are in it.
    pub async fn rename_screen_group(&self, account_id: &str, stage_id: &str, old: &str, new: &str) -> Result<u64> {
        let renamed = on!(self, |db| sqlx::query(
            "update screens
                set group_name = $4
              where account_id = $1 and group_name = $3 and revoked_at is null
                and programme_id in (select id from programmes where stage_id = $2)",
        )
        .bind(account_id)
        .bind(stage_id)
        .bind(old)
        .bind(new)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(renamed)
    }

    /// Takes a screen away from its account; `false` when the account has no such screen.
    /// What it reported goes at once, the rest when the kiosk knows.
    pub async fn revoke_screen(&self, account_id: &str, id: &str, now: i64) -> Result<bool> {
        let changed = noted!(
            self,
            sqlx::query(
                "update screens
                set revoked_at = $3, report = '', picture_at = 0
              where account_id = $1 and id = $2 and revoked_at is null",
            )
            .bind(account_id)
            .bind(id)
            .bind(now)
        );
        Ok(changed == 1)
    }

    /// Lists the ids of screens that were revoked and are still there.
    pub async fn list_revoked_screens(&self) -> Result<Vec<String>> {
        let ids: Vec<(String,)> =
            on!(self, |db| sqlx::query_as("select id from screens where revoked_at is not null order by id")
                .fetch_all(db)
                .await)?;
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// Lists the ids of all screens that belong to somebody.
    pub async fn list_screen_ids(&self) -> Result<Vec<String>> {
        let ids: Vec<(String,)> =
            on!(self, |db| sqlx::query_as("select id from screens where revoked_at is null").fetch_all(db).await)?;
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// Removes a revoked screen whose kiosk knows about it.
    pub async fn delete_revoked_screen(&self, id: &str) -> Result<()> {
        on!(self, |db| sqlx::query("delete from screens where id = $1 and revoked_at is not null")
            .bind(id)
            .execute(db)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Removes screens that were revoked before an instant; says how many.
    pub async fn delete_screens_revoked_before(&self, before: i64) -> Result<u64> {
        let gone = on!(self, |db| sqlx::query("delete from screens where revoked_at < $1")
            .bind(before)
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(gone)
    }

    /// Lists the ids of all screens that have a picture.
    pub async fn list_screens_with_picture(&self) -> Result<Vec<String>> {
        let ids: Vec<(String,)> = on!(self, |db| sqlx::query_as(
            "select id from screens where picture_at > 0 and revoked_at is null order by id"
        )
        .fetch_all(db)
        .await)?;
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// Writes reports and signs of life of many screens in one go.
    pub async fn write_reports(&self, reports: &[ReportRow]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for row in reports {
                sqlx::query(
                    "update screens
                        set report = coalesce($2, report), seen_at = $3
                      where id = $1 and revoked_at is null and seen_at <= $3",
                )
                .bind(&row.screen_id)
                .bind(&row.report)
                .bind(row.seen_at)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Notes that no screen that shows a stage has a picture any more; the ids of those that had one.
    pub async fn forget_screen_pictures(&self, stage_id: &str) -> Result<Vec<String>> {
        let ids: Vec<(String,)> = on!(self, |db| sqlx::query_as(
            "update screens
                set picture_at = 0
              where picture_at > 0 and programme_id in (select id from programmes where stage_id = $1)
          returning id",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(ids.into_iter().map(|(id,)| id).collect())
    }

    /// Notes when the last picture came; `false` when the screen is gone or revoked.
    pub async fn set_screen_picture(&self, id: &str, now: i64) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update screens
                set picture_at = $2
              where id = $1 and revoked_at is null",
        )
        .bind(id)
        .bind(now)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }
}
