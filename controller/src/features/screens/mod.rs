//! Screens: displays that belong to an account, and how they are.

mod groups;
mod pictures;
mod report;
mod state;

pub use groups::{Group, follow as group_follow, group, grouped, known as known_groups, rename as rename_group};
pub use pictures::{LARGEST as LARGEST_PICTURE, erase_orphans, keep as keep_picture, withdraw as withdraw_pictures};
use shared::protocol::{Down, Report};
pub use state::{Mood, Status};

use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Place, Thing},
    store::{ReportRow, Screen, ScreenWish, Stage, Store},
    tools::quotas::Quota,
};

/// Longest name of a screen.
pub const LONGEST_NAME: usize = 60;
/// Longest tag of a screen, and most of them.
const LONGEST_TAG: usize = 30;
const MOST_TAGS: usize = 20;
/// How a screen can be turned, in degrees clockwise.
pub const ROTATIONS: [i64; 4] = [0, 90, 180, 270];
/// How long a revoked screen is remembered when its kiosk never asks again: a display that was in a cupboard for a year must
/// still be told to forget.
pub const REVOKED_MILLIS: i64 = 365 * 24 * 60 * 60 * 1_000;
/// How often a report of one screen goes to the database.
const WRITE_EVERY: i64 = 30_000;
/// How long what was seen of a screen stays in memory once it is gone.
const REMEMBER: i64 = 10 * 60 * 1_000;
/// How often an owner may ask a screen for a picture.
const WANTED: Quota = Quota { name: "wanted pictures", times: 12, millis: 60_000 };

/// A screen's name: something a person can read.
pub fn name(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::invalid("name", "screens.name.missing"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("name", "screens.name.too_long"));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("name", "screens.name.invalid"));
    }
    Ok(name)
}

/// Lists the screens of a stage and how they are.
pub async fn list(app: &App, account_id: &str, stage_id: &str) -> Result<Vec<Status>> {
    let screens = app.store.list_screens(account_id, stage_id).await?;
    Ok(screens.into_iter().map(|screen| status(app, screen)).collect())
}

/// A screen of an account and how it is.
pub async fn get(app: &App, account_id: &str, id: &str) -> Result<Status> {
    Ok(status(app, find(app, account_id, id).await?))
}

/// The picture of a screen of an account.
pub async fn picture(app: &App, account_id: &str, id: &str) -> Result<Vec<u8>> {
    let screen = find(app, account_id, id).await?;
    pictures::read(app, &screen).await?.ok_or(Error::NotFound("picture"))
}

/// What an owner says about a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Its name, checked.
    pub name: &'a str,
    /// Degrees clockwise.
    pub rotation: i64,
    /// What the owner calls it besides its name, checked.
    pub tags: &'a [String],
    /// Its group, checked; empty for none.
    pub group: &'a str,
    /// The programme it is to follow: one of the account's.
    pub programme_id: &'a str,
}

/// Tags as they are typed: words between commas, each once.
pub fn tags(typed: &str) -> Result<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split([',', ';', '\n']) {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        if tag.chars().count() > LONGEST_TAG || tag.chars().any(char::is_control) {
            return Err(Error::invalid("tags", "screens.tags.too_long"));
        }
        if !tag.is_empty() && !tags.iter().any(|held| held.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag);
        }
    }
    if tags.len() > MOST_TAGS {
        return Err(Error::invalid("tags", "screens.tags.many"));
    }
    Ok(tags)
}

/// Every tag that screens of a stage have, in order.
pub async fn known_tags(app: &App, stage: &Stage) -> Result<Vec<String>> {
    let screens = app.store.list_screens(&stage.account_id, &stage.id).await?;
    let mut tags: Vec<_> = screens.iter().flat_map(Screen::tags).collect();
    tags.sort_by_key(|tag| tag.to_lowercase());
    tags.dedup();
    Ok(tags)
}

/// Renames and turns a screen, and has it follow a programme.
pub async fn set(app: &App, account_id: &str, id: &str, wish: &Wish<'_>) -> Result<()> {
    if !ROTATIONS.contains(&wish.rotation) {
        return Err(Error::invalid("rotation", "screens.rotation.invalid"));
    }
    let before = find(app, account_id, id).await?;
    let json = |why: serde_json::Error| Error::internal("write tags as JSON", why);
    let tags = serde_json::to_string(wish.tags).map_err(json)?;
    let Wish { name, rotation, programme_id, group, .. } = *wish;
    let store = noting(app, account_id, &before, Deed::ScreenChanged, name).await?;
    if !store.set_screen(account_id, id, &ScreenWish { name, rotation, tags: &tags, group, programme_id }).await? {
        return Err(Error::invalid("programme", "screens.programme.missing"));
    }
    let screen = find(app, account_id, id).await?;
    app.live.follow(id, programme_id);
    app.live.tell(id, Down::Screen(screen.document()));
    if before.programme_id != screen.programme_id && screen.version > 0 {
        app.live.tell(id, hint(&screen.programme_id, screen.version));
    }
    tell(app, account_id, id);
    Ok(())
}

/// Asks a screen for a picture of what is on; `false` when it is not connected here.
pub async fn want_picture(app: &App, account_id: &str, id: &str) -> Result<bool> {
    find(app, account_id, id).await?;
    app.quotas.take(&WANTED, id, app.clock.now()).map_err(Error::TooMany)?;
    app.news.tell(Change::PictureWanted { screen_id: id.to_owned() });
    Ok(app.live.is_linked(id))
}

/// Takes a screen away from its account: it forgets everything, at once if it is connected.
pub async fn revoke(app: &App, account_id: &str, id: &str) -> Result<()> {
    let screen = find(app, account_id, id).await?;
    let store = noting(app, account_id, &screen, Deed::ScreenRevoked, "").await?;
    if !store.revoke_screen(account_id, id, app.clock.now()).await? {
        return Err(Error::NotFound("screen"));
    }
    tracing::info!(screen.id = %id, "revoked screen {id}");
    app.news.tell(Change::Revoked { screen_id: id.to_owned() });
    tell(app, account_id, id);
    pictures::erase(app, id).await
}

/// The database, which notes what is done to a screen in the history of the stage whose programme it follows.
async fn noting(app: &App, account_id: &str, screen: &Screen, deed: Deed, other: &str) -> Result<Store> {
    let programme = app.store.find_any_programme(&screen.programme_id).await?.ok_or(Error::NotFound("programme"))?;
    let other = if other == screen.name { "" } else { other };
    let thing = Thing { id: &screen.id, name: &screen.name, other };
    Ok(history::noting(app, Place::new(account_id, &programme.stage_id), deed, thing))
}

/// Finds the screen that has a key, also a revoked one.
pub async fn find_by_key(app: &App, key: &[u8; 32]) -> Result<Option<Screen>> {
    Ok(app.store.find_screen_by_key(key).await?)
}

/// Takes a report of a screen; its owner's pages hear of it when it says anything new.
pub fn hear(app: &App, account_id: &str, screen_id: &str, said: Report) {
    if app.live.heard(screen_id, report::trimmed(said), app.clock.now()) {
        tell(app, account_id, screen_id);
    }
}

/// Tells the owner's pages that a screen came or went.
pub fn tell(app: &App, account_id: &str, screen_id: &str) {
    app.news.tell(Change::Screen { account_id: account_id.to_owned(), screen_id: screen_id.to_owned() });
}

/// There is this version of this programme.
pub fn hint(programme_id: &str, version: i64) -> Down {
    Down::Programme { id: programme_id.to_owned(), version: u64::try_from(version).unwrap_or(0) }
}

/// Writes reports to the database, of each screen twice a minute at most.
pub async fn write_due(app: &App) -> Result<()> {
    let now = app.clock.now();
    write(app, now.saturating_sub(WRITE_EVERY), now).await?;
    app.live.forget_before(now.saturating_sub(REMEMBER));
    Ok(())
}

/// Writes all reports to the database, before a stop.
pub async fn write_all(app: &App) -> Result<()> {
    write(app, i64::MAX, app.clock.now()).await
}

/// Removes screens that were revoked long ago; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    let before = app.clock.now().saturating_sub(REVOKED_MILLIS);
    Ok(app.store.delete_screens_revoked_before(before).await?)
}

async fn write(app: &App, written_before: i64, now: i64) -> Result<()> {
    let unwritten = app.live.take_unwritten(written_before, now);
    if unwritten.is_empty() {
        return Ok(());
    }
    let json = |report: &Report| serde_json::to_string(report).ok();
    let rows: Vec<_> = unwritten
        .into_iter()
        .map(|seen| ReportRow {
            report: seen.report.as_ref().and_then(json),
            screen_id: seen.screen_id,
            seen_at: seen.at,
        })
        .collect();
    Ok(app.store.write_reports(&rows).await?)
}

async fn find(app: &App, account_id: &str, id: &str) -> Result<Screen> {
    app.store.find_screen(account_id, id).await?.ok_or(Error::NotFound("screen"))
}

fn status(app: &App, screen: Screen) -> Status {
    let seen = app.live.seen(&screen.id);
    let linked = app.live.is_linked(&screen.id);
    Status::new(screen, linked, seen, app.clock.now())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, name, tags};

    #[test]
    fn tags_are_words_between_commas_each_once() {
        assert_eq!(tags(" Foyer,, erster  Stock ;foyer\nKasse").unwrap(), ["Foyer", "erster Stock", "Kasse"]);
        assert!(tags("").unwrap().is_empty());
        assert!(tags(&"x".repeat(31)).is_err() && tags("a\u{7}").is_err());
        let many: Vec<_> = (0..21).map(|number| number.to_string()).collect();
        assert!(tags(&many.join(",")).is_err());
    }

    #[test]
    fn a_name_is_tidied_and_must_be_one() {
        assert_eq!(name("  Foyer \t links ").unwrap(), "Foyer links");
        assert!(name(" \u{a0} ").is_err() && name("a\u{7}b").is_err());
        assert!(name(&"ü".repeat(LONGEST_NAME)).is_ok() && name(&"ü".repeat(LONGEST_NAME + 1)).is_err());
    }
}
