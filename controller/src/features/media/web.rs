//! Smaller files of the pictures in posts, for browsers: made ahead, in the background, one at a time.
//!
//! The address of a file is the hash of what is in it, so nobody can ask for one before it is made; until then, and for
//! browsers that know neither AVIF nor WebP, the JPEG is there.

use super::{Error, Result, delete_files, hold::holding, upload};
use crate::{
    app::App,
    services::{converters::web::Format, storage::FileName},
    store::{Media, Rendition},
    tools::pictures,
};

/// Widest picture that a newsroom shows, in pixels of the sharpest displays.
const WIDEST: i64 = 1_920;
/// How long a controller may take for one picture, in milliseconds.
const CLAIM_MILLIS: i64 = 300_000;

/// Encodes the picture that has waited longest; `false` when none waits.
pub async fn encode_next(app: &App) -> Result<bool> {
    let Some(encoder) = app.converters.web_pictures() else { return Ok(false) };
    let now = app.clock.now();
    let Some((account_id, id)) = app.store.claim_encoding(now, now + CLAIM_MILLIS).await? else { return Ok(false) };
    let Some(media) = app.store.find_media(&account_id, &id).await? else { return Ok(true) };
    let folder = upload::folder(app);
    tokio::fs::create_dir_all(&folder).await.map_err(upload::broken)?;
    let mut files = Vec::new();
    // Drawings and what is transparent stay as they are: PNG is small for them, and sharp.
    for size in media.renditions.iter().filter(|size| size.content_type == "image/jpeg" && size.width <= WIDEST) {
        let Some(jpeg) = read(app, size).await? else { continue };
        for format in Format::ALL {
            let encoded = encoder.encode(&jpeg, format, &folder).await.map_err(upload::broken)?;
            // A file that is no shorter helps nobody.
            files.extend(encoded.filter(|file| file.len() < jpeg.len()).map(|file| (size.clone(), format, file)));
        }
    }
    keep(app, &media, files).await?;
    Ok(true)
}

async fn read(app: &App, size: &Rendition) -> Result<Option<Vec<u8>>> {
    let name = FileName::parse(&size.sha256).ok_or_else(|| Error::Internal("name a file".to_owned()))?;
    Ok(app.storage.get(&name).await?)
}

async fn keep(app: &App, media: &Media, files: Vec<(Rendition, Format, Vec<u8>)>) -> Result<()> {
    let named = |(size, format, file): &(Rendition, Format, Vec<u8>)| Rendition {
        sha256: pictures::sha256(file),
        content_type: format.content_type().to_owned(),
        length: i64::try_from(file.len()).unwrap_or(i64::MAX),
        ..size.clone()
    };
    let renditions: Vec<_> = files.iter().map(named).collect();
    let names: Vec<_> = renditions.iter().map(|one| one.sha256.clone()).collect();
    let kept = holding(app, names.clone(), async {
        for (sha256, (.., file)) in names.iter().zip(files) {
            let name = FileName::parse(sha256).ok_or_else(|| Error::Internal("name a file".to_owned()))?;
            app.storage.put(&name, file).await?;
        }
        Ok::<_, Error>(app.store.finish_encoding(&media.id, &renditions).await?)
    });
    if !kept.await? {
        // It was deleted meanwhile.
        delete_files(app, &names).await?;
    }
    Ok(())
}
