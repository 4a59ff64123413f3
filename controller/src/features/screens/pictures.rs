//! The last picture of each screen: checked, made anew, one file, for its owner only.

use std::{io, path::PathBuf, sync::LazyLock, time::Duration};

use tokio::{fs, sync::Semaphore, task::spawn_blocking, time::sleep};

use crate::{
    app::{App, Change, Error, Result},
    store::Screen,
    tools::{
        ids,
        pictures::{self, Limits},
        quotas::Quota,
    },
};

/// Largest picture a kiosk may send, in bytes.
pub const LARGEST: usize = 2 * 1_024 * 1_024;
/// Width of the picture that is kept: enough to read what is on.
const WIDTH: u32 = 1_280;
/// How often a screen may send one.
const SENT: Quota = Quota { name: "screen pictures", times: 12, millis: 60_000 };
/// After so long no linked screen shows any more what was withdrawn.
const LEFT_THE_GLASS: Duration = Duration::from_secs(2);
/// Pictures that are worked on at the same time; decoding takes memory and a core.
static WORK: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Keeps what a kiosk sent as the picture of its screen.
pub async fn keep(app: &App, screen: &Screen, sent: Vec<u8>) -> Result<()> {
    let now = app.clock.now();
    app.quotas.take(&SENT, &screen.id, now).map_err(Error::TooMany)?;
    let Ok(_permit) = WORK.acquire().await else { return Err(Error::TooMany(5)) };
    let limits = Limits { bytes: LARGEST, side: 8_192, pixels: 35_000_000, frames: 1, ..Limits::default() };
    let made = spawn_blocking(move || pictures::render(&sent, &limits))
        .await
        .map_err(|e| Error::internal("make a picture anew", e))?
        .map_err(|refusal| Error::invalid("picture", pictures::key(refusal)))?;
    let fitting = made.renditions.iter().filter(|r| r.width <= WIDTH).max_by_key(|r| r.width);
    let Some(chosen) = fitting.or(made.renditions.first()) else {
        return Err(Error::internal("make a picture anew", "no size of it"));
    };
    write(app, &screen.id, &chosen.bytes)
        .await
        .map_err(|e| Error::internal(&format!("keep the picture of screen {}", screen.id), e))?;
    if !app.store.set_screen_picture(&screen.id, now).await? {
        // Removed while it was worked on: its picture must not stay behind.
        return erase(app, &screen.id).await;
    }
    app.news.tell(Change::Screen { account_id: screen.account_id.clone(), screen_id: screen.id.clone() });
    Ok(())
}

/// The picture of a screen, as JPEG or PNG; `None` while there is none.
pub async fn read(app: &App, screen: &Screen) -> Result<Option<Vec<u8>>> {
    if screen.picture_at == 0 {
        return Ok(None);
    }
    match fs::read(path(app, &screen.id)).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::internal(&format!("read the picture of screen {}", screen.id), error)),
    }
}

/// Removes the pictures of all screens that show a stage, because something they may show was withdrawn; screens that are
/// linked are asked for another once it has left the glass.
pub async fn withdraw(app: &App, stage_id: &str) -> Result<()> {
    for screen_id in app.store.forget_screen_pictures(stage_id).await? {
        erase(app, &screen_id).await?;
        let app = app.clone();
        app.tasks.clone().spawn(async move {
            tokio::select! {
                () = app.stop.cancelled() => {}
                () = sleep(LEFT_THE_GLASS) => app.news.tell(Change::PictureWanted { screen_id }),
            }
        });
    }
    Ok(())
}

/// Removes the picture of a screen.
pub async fn erase(app: &App, screen_id: &str) -> Result<()> {
    match fs::remove_file(path(app, screen_id)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::internal(&format!("erase the picture of screen {screen_id}"), error))
        }
        _ => Ok(()),
    }
}

/// Removes pictures of screens that are gone; says how many.
pub async fn erase_orphans(app: &App) -> Result<u64> {
    let failed = |e| Error::internal("look for pictures of screens that are gone", e);
    let held = app.store.list_screens_with_picture().await?;
    let mut gone = 0;
    let mut entries = match fs::read_dir(folder(app)).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failed(error)),
    };
    while let Some(entry) = entries.next_entry().await.map_err(failed)? {
        let name = entry.file_name();
        let known = name.to_str().is_some_and(|id| held.binary_search_by(|h| h.as_str().cmp(id)).is_ok());
        let old = entry.metadata().await.and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        // A young file may belong to a picture that is just being kept.
        if !known && old.is_some_and(|age| age.as_secs() > 60) {
            fs::remove_file(entry.path()).await.map_err(failed)?;
            gone += 1;
        }
    }
    Ok(gone)
}

async fn write(app: &App, screen_id: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder(app)).await?;
    let unique = shared::hex::encode(&ids::random::<8>().map_err(io::Error::other)?);
    let temporary = folder(app).join(format!("{screen_id}.{unique}"));
    let written = async {
        fs::write(&temporary, bytes).await?;
        fs::rename(&temporary, path(app, screen_id)).await
    };
    let done = written.await;
    if done.is_err() {
        // What went wrong is told already; the rest is found as an orphan.
        let _ = fs::remove_file(&temporary).await;
    }
    done
}

fn folder(app: &App) -> PathBuf {
    app.config.data.join("screens")
}

fn path(app: &App, screen_id: &str) -> PathBuf {
    // Ids are our own: 32 hexadecimal characters.
    folder(app).join(screen_id)
}
