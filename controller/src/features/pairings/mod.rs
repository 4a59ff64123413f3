//! Pairing: a kiosk shows a code, its owner types it once, and they belong together.

mod code;

pub use code::Code;
use shared::{
    hex,
    protocol::{Paired, PairingAnswer, PairingRequest},
};

use crate::{
    app::{App, Change, Error, Result},
    features::history::{self, Deed, Place, Thing},
    store::{self, Pairing, Screen},
    tools::{ids, quotas::Quota},
};

/// How long a code is good.
pub const CODE_MILLIS: i64 = 10 * 60 * 1_000;
/// How many codes may wait in all; more than this is an attack.
const MOST_WAITING: i64 = 1_000;
/// Questions from one address: forty kiosks behind one router that ask every three seconds.
const ASKS: Quota = Quota { name: "pairing asks", times: 800, millis: 60_000 };
/// New codes for one address.
const CODES: Quota = Quota { name: "pairing codes", times: 60, millis: 10 * 60 * 1_000 };
/// Wrong codes one member may type.
const WRONG: Quota = Quota { name: "wrong pairing codes", times: 10, millis: 10 * 60 * 1_000 };
/// Tries to find a code that nobody has; the second is already unlikely.
const TRIES: usize = 4;

/// Answers a kiosk that wants to be paired: the code to show, always the same while it
/// is good, or whose it is. `address` is where the kiosk asks from, kept in memory only.
pub async fn ask(app: &App, key: &[u8; 32], request: &PairingRequest, address: &str) -> Result<PairingAnswer> {
    let now = app.clock.now();
    app.quotas.take(&ASKS, address, now).map_err(Error::TooMany)?;
    match app.store.find_screen_by_key(key).await? {
        Some(screen) if screen.revoked_at.is_none() => return Ok(PairingAnswer::Paired(paired(app, &screen).await?)),
        // It asks for a new code, so it knows that it was revoked.
        Some(screen) => app.store.delete_revoked_screen(&screen.id).await?,
        None => {}
    }
    for _ in 0..TRIES {
        if let Some(held) = app.store.find_pairing(key).await?.filter(|held| held.expires_at > now) {
            return Ok(waiting(app, held));
        }
        if let Some(seconds) = app.quotas.wait(&CODES, address, now) {
            return Err(Error::TooMany(seconds));
        }
        if app.store.count_pairings(now).await? >= MOST_WAITING {
            tracing::warn!("{MOST_WAITING} kiosks wait to be paired: no more codes for now");
            return Err(Error::TooMany(60));
        }
        app.quotas.note(&CODES, address, now);
        let fresh = Pairing {
            public_key: key.to_vec(),
            code: Code::make()?.plain().to_owned(),
            width: request.width.min(32_768).into(),
            height: request.height.min(32_768).into(),
            expires_at: now + CODE_MILLIS,
        };
        match app.store.insert_pairing(&fresh, now).await {
            Ok(()) | Err(store::Error::Taken) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::internal("find a code that nobody has", "none in several tries"))
}

/// What a paired kiosk keeps for ever.
async fn paired(app: &App, screen: &Screen) -> Result<Paired> {
    let key = app.store.find_key(&screen.account_id, "programme").await?;
    let key = key.ok_or_else(|| Error::internal("pair a screen", "its account has no key"))?;
    Ok(Paired {
        account: screen.account_id.clone(),
        account_key: hex::encode(&key.public_key),
        programme: screen.programme_id.clone(),
        screen: screen.document(),
    })
}

fn waiting(app: &App, pairing: Pairing) -> PairingAnswer {
    let code = Code::stored(pairing.code).shown();
    let address = app.config.address(&format!("/dashboard/screens/pair?code={code}"));
    PairingAnswer::Waiting { code, expires_at: pairing.expires_at, address }
}

/// What a member says when typing a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The member's account.
    pub account_id: &'a str,
    /// Who types; wrong codes are counted per member.
    pub member_id: &'a str,
    /// What was typed as the code.
    pub code: &'a str,
    /// What the screen is to be called, checked.
    pub name: &'a str,
    /// The programme it is to follow.
    pub programme_id: &'a str,
}

/// Pairs the kiosk that shows a code with an account; the new screen's id.
pub async fn claim(app: &App, claim: &Claim<'_>) -> Result<String> {
    let Some(programme) = app.store.find_programme(claim.account_id, claim.programme_id).await? else {
        return Err(Error::invalid("programme", "screens.programme.missing"));
    };
    let now = app.clock.now();
    let member = claim.member_id;
    if let Some(seconds) = app.quotas.wait(&WRONG, member, now) {
        return Err(Error::TooMany(seconds));
    }
    let Some(code) = Code::parse(claim.code) else {
        // Not even a guess: a slip of the finger costs nothing.
        return Err(Error::invalid("code", "screens.code.malformed"));
    };
    let screen = Screen {
        id: ids::new(now),
        account_id: claim.account_id.to_owned(),
        programme_id: programme.id.clone(),
        name: claim.name.to_owned(),
        ..Screen::default()
    };
    let place = Place::new(claim.account_id, &programme.stage_id);
    let thing = Thing { id: &screen.id, name: claim.name, other: "" };
    let store = history::noting(app, place, Deed::ScreenPaired, thing);
    match store.pair_screen(code.plain(), &screen, now).await? {
        Some(()) => {
            tracing::info!(screen.id = %screen.id, "paired screen {}", screen.id);
            app.news.tell(Change::Screen { account_id: screen.account_id, screen_id: screen.id.clone() });
            Ok(screen.id)
        }
        None => {
            app.quotas.note(&WRONG, member, now);
            Err(Error::invalid("code", "screens.code.unknown"))
        }
    }
}

/// Removes codes that have ended; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_ended_pairings(app.clock.now()).await?)
}
