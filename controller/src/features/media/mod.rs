//! Pictures, films and documents: taken from members and feeds, kept in renditions, and gone when nothing shows them.

pub mod arrivals;
mod document;
mod film;
mod heif;
mod hold;
pub mod library;
mod prepare;
mod remove;
mod room;
mod upload;
mod web;

pub use document::{LONGEST_DOCUMENT, document_key, keep_document};
pub use heif::heif_key;
use hold::holding;
pub use prepare::{film_key, prepare, prepare_next};
pub use remove::{delete_files, sweep, tidy};
pub use room::{Room, room};
use tokio::sync::Semaphore;
pub use upload::{AT_ONCE, FORGOTTEN, Upload, clear_uploads, place};
pub use web::encode_next;

use crate::{
    app::{self, App},
    services::storage::{self, FileName},
    store::{Media, MediaFile, Rendition},
    tools::{
        http::HttpError,
        ids,
        pictures::{self, Limits, Picture, Refusal},
    },
};

/// Largest picture that is fetched from elsewhere.
pub const LARGEST_FETCH: usize = 15 << 20;

/// Fetched pictures with a side below this are there to count readers, not to be looked at.
const TRACKING_SIDE: u32 = 3;

/// How long the picture behind an address is taken to be the same.
const SAME_FOR_MS: i64 = 24 * 3_600 * 1_000;

/// Pictures being worked on at once. One that takes much memory counts for all of them.
const WORKERS: u32 = 2;
const HEAVY: u64 = 128 << 20;
static WORKER: Semaphore = Semaphore::const_new(WORKERS as usize);

/// Pictures being fetched or waiting to be worked on, each of which is in memory.
static FETCHER: Semaphore = Semaphore::const_new(8);

/// Finds a file that everybody may see; read a moment ago at most, and anew when anything was told meanwhile.
pub async fn find_public(app: &App, name: &FileName) -> app::Result<Option<MediaFile>> {
    let now = app.clock.now();
    let read = async || {
        let found = app.store.find_public_file(name.as_str(), now).await?;
        // What is not there may be in the next moment, by the clock alone.
        let until = found.as_ref().map_or(now, |file| file.until.unwrap_or(i64::MAX));
        Ok((found, until))
    };
    app.files.get(name.as_str(), app.news.number(), now, read).await
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It cannot be fetched.
    #[error(transparent)]
    Unreachable(#[from] HttpError),
    /// It cannot be taken, for the reason this key says.
    #[error("refused: {0}")]
    Told(&'static str),
    /// There is no room for it.
    #[error("no room left for files")]
    Full,
    /// What holds the files does not answer; it may in a while.
    #[error("keep a picture: {0}")]
    Away(String),
    /// Something failed that nobody but the operator can mend.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// The translation key of the sentence that says so.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => pictures::key(*refusal),
            Self::Unreachable(error) => error.key(),
            Self::Told(key) => key,
            Self::Full => "media.refused.full",
            Self::Away(_) => "media.refused.away",
            Self::Internal(_) => "media.refused.internal",
        }
    }

    /// Whether the same may be taken a moment later; nothing that is here already is to be thrown away.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Internal(_) | Self::Full | Self::Away(_))
    }

    /// What whoever sent it is told; what only the operator can mend is an error, and what may pass is logged besides.
    pub fn for_sender(self) -> app::Result<Self> {
        match self {
            Self::Internal(why) => Err(app::Error::Internal(why)),
            Self::Away(why) => {
                tracing::error!("keep what was sent: {why}");
                Ok(Self::Away(why))
            }
            told => Ok(told),
        }
    }

    /// What stands in that sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreachable(error) => error.args(),
            _ => Vec::new(),
        }
    }
}

impl From<Error> for app::Error {
    fn from(error: Error) -> Self {
        error.for_sender().map_or_else(|error| error, |told| Self::invalid("picture", told.key()))
    }
}

impl From<crate::store::Error> for Error {
    fn from(error: crate::store::Error) -> Self {
        Self::Internal(format!("keep a picture: {error}"))
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Full => Self::Full,
            storage::Error::Away(why) => Self::Away(why),
            broken @ storage::Error::Broken(_) => Self::Internal(format!("keep a picture: {broken}")),
        }
    }
}

/// What keeping a picture gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Checks a picture, makes its renditions and keeps them; the same bytes sent twice give the same picture.
pub async fn keep(app: &App, account_id: &str, bytes: Vec<u8>) -> Result<Media> {
    if pictures::is_heif(&bytes) {
        return heif::keep(app, account_id, bytes).await;
    }
    keep_within(app, account_id, bytes, Limits::default()).await
}

/// Fetches a picture and keeps it, unless it was fetched within a day.
pub async fn fetch_and_keep(app: &App, account_id: &str, address: &str) -> Result<Media> {
    let (now, [hash, bare]) = (app.clock.now(), names_of(address));
    if let Some(media) = app.store.find_media_by_address(account_id, &hash, now - SAME_FOR_MS).await? {
        app.store.touch_media(account_id, &media.id, now).await?;
        return Ok(media);
    }
    let _turn = FETCHER.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
    let answer = app.http.get(address).limit(LARGEST_FETCH).send().await?.success(now)?;
    let limits = Limits { bytes: LARGEST_FETCH, smallest_side: TRACKING_SIDE, ..Limits::default() };
    let media = keep_within(app, account_id, answer.body, limits).await?;
    for hash in [hash, bare] {
        app.store.remember_media_address(account_id, &hash, &media.id, now).await?;
    }
    Ok(media)
}

/// Finds what an address gave whenever it was fetched last; what follows its `?`, which networks sign anew each time, may
/// have been another.
pub async fn find_fetched(app: &App, account_id: &str, address: &str) -> Result<Vec<Media>> {
    let mut found = Vec::new();
    for hash in names_of(address) {
        found.extend(app.store.find_media_by_address(account_id, &hash, i64::MIN).await?);
    }
    Ok(found)
}

/// By what an address is known: as it is, and without what follows its `?`.
fn names_of(address: &str) -> [String; 2] {
    let bare = address.split_once('?').map_or(address, |(bare, _)| bare);
    [pictures::sha256(address.as_bytes()), pictures::sha256(format!("{bare} without").as_bytes())]
}

async fn keep_within(app: &App, account_id: &str, bytes: Vec<u8>, limits: Limits) -> Result<Media> {
    let facts = pictures::check(&bytes, &limits)?;
    if let Some(media) = known(app, account_id, &pictures::sha256(&bytes)).await? {
        return Ok(media);
    }
    let picture = {
        let share = if facts.memory > HEAVY { WORKERS } else { 1 };
        let _place = WORKER.acquire_many(share).await.map_err(|error| Error::Internal(error.to_string()))?;
        tokio::task::spawn_blocking(move || pictures::render(&bytes, &limits))
            .await
            .map_err(|error| Error::Internal(format!("render a picture: {error}")))??
    };
    let media = describe(&picture, app.clock.now());
    let is_new = holding(app, names_of_files(&media), async {
        for rendition in picture.renditions {
            let name = FileName::parse(&rendition.sha256).ok_or_else(|| Error::Internal("name a file".to_owned()))?;
            app.storage.put(&name, rendition.bytes).await?;
        }
        Ok::<_, Error>(app.store.add_media(account_id, &media).await?)
    });
    if is_new.await? {
        return Ok(media);
    }
    // Somebody sent the same a moment ago.
    let first = known(app, account_id, &media.sha256).await?;
    first.ok_or_else(|| Error::Internal("keep a picture: it came and went".to_owned()))
}

/// The account's picture of these bytes; asking for it keeps it from being tidied away for an hour.
async fn known(app: &App, account_id: &str, sha256: &str) -> Result<Option<Media>> {
    let media = app.store.find_media_by_hash(account_id, sha256).await?;
    if let Some(media) = &media {
        app.store.touch_media(account_id, &media.id, app.clock.now()).await?;
    }
    Ok(media)
}

fn names_of_files(media: &Media) -> Vec<String> {
    media.renditions.iter().map(|rendition| rendition.sha256.clone()).collect()
}

fn describe(picture: &Picture, now: i64) -> Media {
    let renditions = picture.renditions.iter().map(|rendition| Rendition {
        sha256: rendition.sha256.clone(),
        content_type: rendition.content_type.to_owned(),
        width: rendition.width.into(),
        height: rendition.height.into(),
        length: i64::try_from(rendition.bytes.len()).unwrap_or(i64::MAX),
    });
    Media {
        id: ids::new(now),
        sha256: picture.original_sha256.clone(),
        width: picture.width.into(),
        height: picture.height.into(),
        colour: picture.colour.clone(),
        created_at: now,
        renditions: renditions.collect(),
        web: Vec::new(),
    }
}

/// The smallest rendition that is at least this wide, or else the largest there is.
pub fn choose(media: &Media, width: i64) -> Option<&Rendition> {
    media.renditions.iter().find(|rendition| rendition.width >= width).or(media.renditions.last())
}
