//! Preparing a film: encoded anew, looked at, kept with its picture; or refused, and why.

use std::sync::atomic::{AtomicU8, Ordering};

use super::{delete_files, describe, hold::holding, upload};
use crate::{
    app::{App, Change, Error, Result},
    services::{
        converters::film::{Container, Converted, HEAD_BYTES, Refusal},
        storage::{self, FileName},
    },
    store::{Film, Media, Rendition},
    tools::pictures::{self, Limits},
};

/// How often a film is begun whose controllers fall silent.
const ATTEMPTS: i64 = 3;
/// How long a controller may be silent, in milliseconds, and how often it says how far it is.
const CLAIM_MILLIS: i64 = 120_000;
const BEAT: std::time::Duration = std::time::Duration::from_secs(1);

/// Why a film is not prepared.
enum Failure {
    /// Its owner is told this key, and from which second on.
    Told(&'static str, i64),
    /// It is gone.
    Gone,
    /// What holds the files does not answer; it is prepared once that does.
    Away(String),
    /// Only the operator can do anything.
    Internal(String),
}

impl From<crate::store::Error> for Failure {
    fn from(error: crate::store::Error) -> Self {
        // The database may be back in a minute, and what somebody sent is still here.
        Self::Away(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        storage::Error::from(error).into()
    }
}

impl From<storage::Error> for Failure {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Full => Self::Away("no room left for files".to_owned()),
            storage::Error::Away(why) => Self::Away(why),
            broken @ storage::Error::Broken(_) => Self::Internal(broken.to_string()),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match (film_key(&refusal), refusal) {
            (_, Refusal::Internal(why)) => Self::Internal(why),
            (key, Refusal::Flashes(hazard)) => Self::Told(key, i64::try_from(hazard.at_millis / 1_000).unwrap_or(0)),
            (key, _) => Self::Told(key, 0),
        }
    }
}

/// The translation key of the sentence that says why a film is not shown; `second` may stand in it.
pub fn film_key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Type => "media.film.type",
        Refusal::Broken => "media.film.broken",
        Refusal::Long => "media.film.long",
        Refusal::Pixels => "media.film.pixels",
        Refusal::Costly => "media.film.costly",
        Refusal::Flashes(hazard) if hazard.red => "media.film.red",
        Refusal::Flashes(_) => "media.film.flashes",
        Refusal::Internal(_) => "media.refused.internal",
    }
}

/// Prepares the film that has waited longest; `false` when none waits.
pub async fn prepare_next(app: &App) -> Result<bool> {
    if app.converters.films().is_none() {
        return Ok(false);
    }
    let now = app.clock.now();
    let Some(film) = app.store.claim_film(now, now + CLAIM_MILLIS).await? else { return Ok(false) };
    prepare(app, &film).await?;
    Ok(true)
}

/// Prepares a claimed film. A controller that is to stop lets go of it.
pub async fn prepare(app: &App, film: &Film) -> Result<()> {
    if film.attempts > ATTEMPTS {
        return refuse(app, film, "media.film.costly", 0).await;
    }
    let done = tokio::select! {
        () = app.stop.cancelled() => return Ok(app.store.release_film(&film.id).await?),
        done = work(app, film) => done,
    };
    match done {
        Ok(()) => {
            forget_original(app, film).await?;
            for programme_id in app.store.list_programmes_with_media(&film.id).await? {
                app.news.tell(Change::Settings { programme_id });
            }
            Ok(())
        }
        Err(Failure::Gone) => Ok(()),
        Err(Failure::Away(why)) => {
            app.store.release_film(&film.id).await?;
            Err(Error::internal(&format!("prepare film {}, again later", film.id), why))
        }
        Err(Failure::Told(key, second)) => refuse(app, film, key, second).await,
        Err(Failure::Internal(why)) => {
            refuse(app, film, "media.refused.internal", 0).await?;
            Err(Error::internal(&format!("prepare film {}", film.id), why))
        }
    }
}

async fn refuse(app: &App, film: &Film, key: &str, second: i64) -> Result<()> {
    // Where another controller has it by now, it is not ours to refuse.
    if app.store.refuse_film(&film.id, key, second).await? {
        forget_original(app, film).await?;
    }
    Ok(())
}

/// What was sent is needed no more.
async fn forget_original(app: &App, film: &Film) -> Result<()> {
    delete_files(app, std::slice::from_ref(&film.original)).await?;
    Ok(())
}

async fn work(app: &App, film: &Film) -> std::result::Result<(), Failure> {
    let films = app.converters.films().ok_or_else(|| Failure::Internal("ffmpeg is gone".to_owned()))?;
    let folder = upload::folder(app);
    tokio::fs::create_dir_all(&folder).await?;
    let (file, path) = tempfile::NamedTempFile::new_in(&folder)?.into_parts();
    let name = FileName::parse(&film.original).ok_or_else(|| Failure::Internal("name a film".to_owned()))?;
    if !app.storage.copy_to(&name, &mut tokio::fs::File::from_std(file)).await? {
        return Err(Failure::Internal("what was sent is gone".to_owned()));
    }
    let mut head = vec![0; HEAD_BYTES];
    let length = std::io::Read::read(&mut std::fs::File::open(&path)?, &mut head)?;
    let container = Container::of(&head[..length]).ok_or(Refusal::Type)?;
    let percent = AtomicU8::new(0);
    let converted = tokio::select! {
        failure = beat(app, film, &percent) => return Err(failure),
        done = films.convert(&path, container, &folder, |now| percent.store(now, Ordering::Relaxed)) => done?,
    };
    keep(app, film, converted).await
}

/// Says how far it is, until the film is gone.
async fn beat(app: &App, film: &Film, percent: &AtomicU8) -> Failure {
    loop {
        tokio::time::sleep(BEAT).await;
        let progress = i64::from(percent.load(Ordering::Relaxed));
        match app.store.note_film_progress(&film.id, progress, app.clock.now() + CLAIM_MILLIS).await {
            Ok(true) => {}
            Ok(false) => return Failure::Gone,
            Err(error) => return error.into(),
        }
    }
}

async fn keep(app: &App, film: &Film, mut converted: Converted) -> std::result::Result<(), Failure> {
    let poster = std::mem::take(&mut converted.poster);
    let limits = Limits { bytes: poster.len(), ..Limits::default() };
    let rendered = tokio::task::spawn_blocking(move || pictures::render(&poster, &limits)).await;
    let picture = rendered.map_err(|error| Failure::Internal(error.to_string()))?;
    let picture = picture.map_err(|_| Refusal::Broken)?;
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let file = Rendition {
        sha256: converted.sha256.clone(),
        content_type: "video/mp4".to_owned(),
        width: converted.width.into(),
        height: converted.height.into(),
        length: number(converted.length),
    };
    let media = Media { id: film.id.clone(), ..describe(&picture, app.clock.now()) };
    let unnamed = || Failure::Internal("name a file".to_owned());
    let names: Vec<_> = media.renditions.iter().chain([&file]).map(|one| one.sha256.clone()).collect();
    let kept = holding(app, names.clone(), async {
        for rendition in picture.renditions {
            app.storage.put(&FileName::parse(&rendition.sha256).ok_or_else(unnamed)?, rendition.bytes).await?;
        }
        app.storage.put_file(&FileName::parse(&file.sha256).ok_or_else(unnamed)?, &converted.file).await?;
        Ok::<_, Failure>(app.store.finish_film(&media, &file, number(converted.millis)).await?)
    });
    if !kept.await? {
        delete_files(app, &names).await.map_err(|error| Failure::Internal(error.to_string()))?;
        return Err(Failure::Gone);
    }
    Ok(())
}
