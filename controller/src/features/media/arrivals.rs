//! Files that are sent in pieces: what is here stays here when a line breaks or the controller is killed, for a day.

use std::{
    collections::HashMap,
    io::SeekFrom,
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{Stream, StreamExt};
use tokio::{
    io::{AsyncSeekExt, AsyncWriteExt},
    sync::{OwnedMutexGuard, watch},
};
use tokio_util::bytes::Bytes;

use super::{
    Error, Result, library, room,
    upload::{self, Whole},
};
use crate::{
    app::{self, App},
    store::{self, Arrival},
    tools::{ids, pictures},
};

/// Files that one account may be sending at once.
const MOST: usize = 100;
/// A line that brings nothing for so long is left.
const SILENCE: Duration = Duration::from_secs(60);

/// A file that is to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its length in bytes.
    pub length: u64,
    /// What tells it from another one of that name and length, such as when it was changed.
    pub age: &'a str,
}

/// What came of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// So many bytes are here.
    Held(u64),
    /// All of it was here, and became this entry.
    Whole(String),
    /// It begins elsewhere than where the last piece ended.
    Elsewhere(u64),
}

/// Begins to take a file, or goes on with the one that was begun.
pub async fn begin(app: &App, account_id: &str, wish: &Wish<'_>) -> Result<Arrival> {
    if wish.length == 0 {
        return Err(Error::Told("media.refused.empty"));
    }
    if wish.length > app.config.film_megabytes * 1_000_000 {
        return Err(Error::Told("media.film.heavy"));
    }
    let now = app.clock.now();
    let mark = pictures::sha256(format!("{}\n{}\n{}", wish.name, wish.length, wish.age).as_bytes());
    if let Some(begun) = app.store.find_arrival_by_mark(account_id, &mark, now).await? {
        if begun.library_id.is_some() || held(app, &begun).await?.is_some() {
            return Ok(begun);
        }
        app.store.delete_arrival(account_id, &begun.id).await?;
    }
    if app.store.list_arrivals(account_id, now).await?.len() >= MOST {
        return Err(Error::Told("media.library.many"));
    }
    room::need(app, account_id, wish.length).await?;
    clean(app).await.map_err(|error| Error::Internal(error.to_string()))?;
    let arrival = Arrival {
        id: ids::secret().map_err(|error| Error::Internal(error.to_string()))?,
        account_id: account_id.to_owned(),
        name: library::file_name(wish.name),
        mark,
        length: i64::try_from(wish.length).unwrap_or(i64::MAX),
        library_id: None,
        created_at: now,
        expires_at: now + i64::try_from(upload::FORGOTTEN.as_millis()).unwrap_or(i64::MAX),
    };
    tokio::fs::create_dir_all(upload::folder(app)).await.map_err(upload::broken)?;
    tokio::fs::File::create_new(path(app, &arrival.id)).await.map_err(upload::broken)?;
    match app.store.add_arrival(&arrival).await {
        // Others that began at the same moment saw the same room.
        Ok(()) if room::room(app, account_id).await?.is_over() => {
            call_off(app, account_id, &arrival.id).await.map_err(|error| Error::Internal(error.to_string()))?;
            Err(Error::Told("media.library.full"))
        }
        Ok(()) => Ok(arrival),
        Err(store::Error::Taken) => {
            // Two windows send the same at the same time.
            forget_file(app, &arrival.id).await?;
            let begun = app.store.find_arrival_by_mark(account_id, &arrival.mark, now).await?;
            begun.ok_or(Error::Told("media.refused.internal"))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gets a file on its way, and how much of it is here.
pub async fn get(app: &App, account_id: &str, id: &str) -> app::Result<(Arrival, u64)> {
    let found = app.store.find_arrival(account_id, id, app.clock.now()).await?;
    let arrival = found.ok_or(app::Error::NotFound("upload"))?;
    if arrival.library_id.is_some() {
        let length = length(&arrival);
        return Ok((arrival, length));
    }
    let held = held(app, &arrival).await?.ok_or(app::Error::NotFound("upload"))?;
    Ok((arrival, held))
}

/// Lists files on their way, with how many percent of each are here.
pub async fn list(app: &App, account_id: &str) -> app::Result<Vec<(Arrival, u64)>> {
    let mut all = Vec::new();
    for arrival in app.store.list_arrivals(account_id, app.clock.now()).await? {
        if let Some(held) = held(app, &arrival).await? {
            let percent = held.saturating_mul(100) / length(&arrival).max(1);
            all.push((arrival, percent));
        }
    }
    Ok(all)
}

/// Takes the next piece, which begins at `offset`. Whoever still brings an earlier one lets go: its line is dead.
pub async fn append<E>(
    app: &App,
    account_id: &str,
    id: &str,
    offset: u64,
    pieces: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> app::Result<std::result::Result<Came, Error>> {
    get(app, account_id, id).await?;
    let mut turn = Turn::take(id).await;
    let (arrival, held) = get(app, account_id, id).await?;
    if let Some(entry) = arrival.library_id {
        return Ok(Ok(Came::Whole(entry)));
    }
    if held != offset {
        return Ok(Ok(Came::Elsewhere(held)));
    }
    let held = match write(app, &arrival, held, pieces, &mut turn).await {
        Ok(held) => held,
        Err(error) => return Ok(Err(error)),
    };
    if held < length(&arrival) {
        return Ok(Ok(Came::Held(held)));
    }
    // Whoever hangs up now must not stop it half-way.
    let (app, id) = (app.clone(), id.to_owned());
    let work = app.tasks.clone().spawn(async move {
        let came = finish(&app, &arrival).await;
        drop(turn);
        if !came.as_ref().is_err_and(Error::is_passing) {
            Turn::forget(&id);
        }
        came
    });
    let came = work.await.map_err(|error| app::Error::internal("take an upload", error))?;
    Ok(came.map(Came::Whole))
}

async fn write<E>(
    app: &App,
    arrival: &Arrival,
    mut held: u64,
    pieces: impl Stream<Item = std::result::Result<Bytes, E>>,
    turn: &mut Turn,
) -> Result<u64> {
    let file = tokio::fs::OpenOptions::new().write(true).open(path(app, &arrival.id)).await;
    let mut file = file.map_err(upload::broken)?;
    // Each byte has its place: what a dead line brings late stands where it belongs.
    file.seek(SeekFrom::Start(held)).await.map_err(upload::broken)?;
    let mut pieces = std::pin::pin!(pieces);
    loop {
        let next = tokio::select! {
            next = tokio::time::timeout(SILENCE, pieces.next()) => next,
            () = turn.is_wanted() => break,
            () = app.stop.cancelled() => break,
        };
        let Ok(Some(Ok(piece))) = next else { break };
        if held + piece.len() as u64 > length(arrival) {
            file.flush().await.map_err(upload::broken)?;
            return Err(Error::Told("media.library.longer"));
        }
        file.write_all(&piece).await.map_err(upload::broken)?;
        held += piece.len() as u64;
    }
    file.flush().await.map_err(upload::broken)?;
    file.sync_data().await.map_err(upload::broken)?;
    Ok(held)
}

/// Puts a file of which all is here into the library. What is refused goes; what failed may be tried again.
async fn finish(app: &App, arrival: &Arrival) -> Result<String> {
    let whole = Whole::of(path(app, &arrival.id)).await?;
    let taken = library::take_whole(app, &arrival.account_id, &arrival.name, &whole).await;
    match &taken {
        Ok(entry) => {
            if let Err(error) = app.store.finish_arrival(&arrival.account_id, &arrival.id, entry).await {
                let _ = whole.path.keep();
                return Err(error.into());
            }
        }
        Err(error) if error.is_passing() => {
            // It stays where it is.
            let _ = whole.path.keep();
        }
        Err(_) => {
            app.store.delete_arrival(&arrival.account_id, &arrival.id).await?;
        }
    }
    taken
}

/// Calls a file on its way off.
pub async fn call_off(app: &App, account_id: &str, id: &str) -> app::Result<()> {
    // Nobody stops what is somebody else's.
    if app.store.find_arrival(account_id, id, app.clock.now()).await?.is_none() {
        return Err(app::Error::NotFound("upload"));
    }
    let _turn = Turn::take(id).await;
    if !app.store.delete_arrival(account_id, id).await? {
        return Err(app::Error::NotFound("upload"));
    }
    Turn::forget(id);
    Ok(forget_file(app, id).await?)
}

/// Removes what was not sent to its end within a day; says how many.
pub async fn clean(app: &App) -> app::Result<u64> {
    let mut gone = 0;
    for id in app.store.delete_expired_arrivals(app.clock.now()).await? {
        Turn::forget(&id);
        forget_file(app, &id).await?;
        gone += 1;
    }
    Ok(gone)
}

async fn forget_file(app: &App, id: &str) -> Result<()> {
    match tokio::fs::remove_file(path(app, id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(upload::broken(error)),
        _ => Ok(()),
    }
}

/// How much of a file is here: as long as it is on the disk. `None` where another machine took it.
async fn held(app: &App, arrival: &Arrival) -> Result<Option<u64>> {
    match tokio::fs::metadata(path(app, &arrival.id)).await {
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(upload::broken(error)),
    }
}

fn length(arrival: &Arrival) -> u64 {
    u64::try_from(arrival.length).unwrap_or(0)
}

/// An id is made here, of hexadecimal digits: no path can be smuggled in.
fn path(app: &App, id: &str) -> PathBuf {
    upload::folder(app).join(format!("arrival-{id}"))
}

/// The right to write a file; one at a time has it, and hears when somebody else wants it.
struct Turn {
    wanted: watch::Receiver<u64>,
    _line: OwnedMutexGuard<()>,
}

#[derive(Clone)]
struct Line {
    wanted: Arc<watch::Sender<u64>>,
    one: Arc<tokio::sync::Mutex<()>>,
}

static LINES: LazyLock<Mutex<HashMap<String, Line>>> = LazyLock::new(Mutex::default);

impl Turn {
    async fn take(id: &str) -> Self {
        let (line, wanted) = {
            let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
            let fresh = || Line { wanted: Arc::new(watch::Sender::new(0)), one: Arc::default() };
            let line = lines.entry(id.to_owned()).or_insert_with(fresh).clone();
            line.wanted.send_modify(|count| *count += 1);
            // Of those who come while this one waits, it hears.
            let wanted = line.wanted.subscribe();
            (line, wanted)
        };
        let guard = line.one.lock_owned().await;
        Self { wanted, _line: guard }
    }

    /// Waits until somebody else wants to go on.
    async fn is_wanted(&mut self) {
        if self.wanted.changed().await.is_err() {
            // Nobody can want it any more.
            std::future::pending::<()>().await;
        }
    }

    fn forget(id: &str) {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}
