//! HEIC and AVIF: decoded by a child process, then kept as any other picture.

use super::{Error, Result, keep_within, upload};
use crate::{
    app::App,
    services::converters::picture::Refusal,
    store::Media,
    tools::pictures::{self, Limits},
};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Internal(why) => Self::Internal(why),
            told => Self::Told(heif_key(&told)),
        }
    }
}

/// The translation key of the sentence that says why such a picture is not taken.
pub fn heif_key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Broken => "media.refused.broken",
        Refusal::Costly => "media.heif.costly",
        Refusal::Internal(_) => "media.refused.internal",
    }
}

pub(super) async fn keep(app: &App, account_id: &str, bytes: Vec<u8>) -> Result<Media> {
    if bytes.len() > Limits::default().bytes {
        return Err(Error::Refused(pictures::Refusal::Heavy));
    }
    let decoder = app.converters.pictures().ok_or(Error::Told("media.heif.type"))?;
    let folder = upload::folder(app);
    tokio::fs::create_dir_all(&folder).await.map_err(upload::broken)?;
    let png = {
        // One takes as much memory as all that is worked on otherwise.
        let _place = super::WORKER.acquire_many(super::WORKERS).await;
        decoder.decode(&bytes, &folder).await?
    };
    let limits = Limits { bytes: png.len(), ..Limits::default() };
    keep_within(app, account_id, png, limits).await
}
