//! What networks tell of people who signed in there, at `/hooks/NETWORK.deauthorise` and `/hooks/NETWORK.deletion`: that
//! they took their permission back, or want to be forgotten. What we have through them goes at once.

use sha2::{Digest as _, Sha256};
use tracing::info;

use super::{Taken, settings, unlink};
use crate::{
    app::{App, Change, Error, Result},
    features::posts,
    networks::{self, Facts, Network, Parcel},
    store::Erasure,
    tools::ids,
};

/// Last part of the address for people who took their permission back.
const LEFT: &str = "deauthorise";
/// The same for people who want to be forgotten.
const ERASED: &str = "deletion";
/// What the owner of a source is told whose permission was taken back.
const WITHDRAWN: &str = "sources.error.withdrawn";
/// As long as this the page says what was deleted, in milliseconds.
pub const SHOWN_MILLIS: i64 = 365 * 24 * 3_600 * 1_000;

/// What somebody wishes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// That we read nothing any more.
    Leave,
    /// That we keep nothing, either.
    Erase,
}

/// What was deleted because somebody asked their network for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Name of the network, a translation key.
    pub label: &'static str,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Whether there was anything to delete.
    pub had_any: bool,
}

/// Addresses of ours that an operator registers at a network, by what it tells there: of who left, of who wants to be
/// forgotten.
pub(super) fn addresses(app: &App, facts: &Facts) -> [(&'static str, String); 2] {
    [("left", LEFT), ("erased", ERASED)]
        .map(|(name, leaf)| (name, app.config.address(&format!("/hooks/{}.{leaf}", facts.name))))
}

/// The network and the wish that an address of ours is for.
pub(super) fn of(token: &str) -> Option<(&'static dyn Network, Wish)> {
    let (name, leaf) = token.split_once('.')?;
    let wish = match leaf {
        LEFT => Wish::Leave,
        ERASED => Wish::Erase,
        _ => return None,
    };
    let network = networks::find(name)?;
    network.sign_in()?.facts().tells.then_some((network, wish))
}

/// Who signed in, as it is kept: nobody can read it back, and it is the same each time.
pub(super) fn grantor(app: &App, network: &str, user: &str) -> String {
    app.keys.mark("grantor", &format!("{network}\n{user}"))
}

/// Does what a network says that somebody wishes.
pub(super) async fn hear(app: &App, network: &dyn Network, wish: Wish, parcel: &Parcel<'_>) -> Result<Taken> {
    let name = network.facts().name;
    let settings = settings(app);
    let registration = settings.registrations.get(name);
    let told = network.sign_in().zip(registration).and_then(|(sign_in, us)| sign_in.hear(us, parcel.body));
    let Some(told) = told else { return Ok(Taken::Stranger) };
    let meant = app.store.list_granted(&grantor(app, name, &told.user), told.at).await?;
    for (source_id, stage_id) in &meant {
        let Some(stage) = app.store.find_any_stage(stage_id).await? else { continue };
        match wish {
            Wish::Leave => {
                app.store.withdraw_source(source_id, WITHDRAWN, parcel.now).await?;
                app.news.tell(Change::Source { stage_id: stage_id.clone() });
                posts::withdrawn(app, stage_id).await?;
            }
            // Somebody may have unlinked it a moment ago.
            Wish::Erase => match unlink(app, &stage, source_id).await {
                Ok(()) | Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            },
        }
        info!(source.id = %source_id, "the permission for source {source_id} was taken back at {name}");
    }
    if wish == Wish::Leave {
        return Ok(Taken::Heard);
    }
    let code = shared::hex::encode(&ids::random::<16>()?);
    let sources = i64::try_from(meant.len()).unwrap_or(i64::MAX);
    let row = Erasure { code: hashed(&code), network: name.to_owned(), asked_at: parcel.now, sources };
    app.store.add_erasure(&row).await?;
    Ok(Taken::Erased { page: app.config.address(&format!("/privacy/deletion/{code}")), code })
}

/// What was deleted, for whoever has the code that their network was given.
pub async fn erased(app: &App, code: &str) -> Result<Option<Erased>> {
    let row = app.store.find_erasure(&hashed(code)).await?;
    Ok(row.map(|row| Erased {
        label: networks::find(&row.network).map_or("sources.unknown", |network| network.facts().label),
        at: row.asked_at,
        had_any: row.sources > 0,
    }))
}

/// Forgets what was deleted long ago; returns how much.
pub async fn forget_erasures(app: &App) -> Result<u64> {
    Ok(app.store.delete_old_erasures(app.clock.now() - SHOWN_MILLIS).await?)
}

/// Of a code that travels only this is kept.
fn hashed(code: &str) -> String {
    shared::hex::encode(&Sha256::digest(code.as_bytes()))
}
