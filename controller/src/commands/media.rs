//! `litfass media FILE…`: what an upload of each file would give. Nothing is stored.

use std::{fs::File, io::Read, path::Path, process::ExitCode};

use serde_json::{Value, json};

use super::open::converters;
use crate::{
    features::media,
    services::converters::{
        Converters, document,
        film::{Container, Refusal},
    },
    tools::{
        pictures::{self, Limits},
        words::{self, Language},
    },
};

/// Prints one JSON object per file, in their order; a file that cannot be read makes the command fail at the end.
#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
pub(super) async fn run(files: &[std::path::PathBuf]) -> ExitCode {
    let (mut all_read, converters) = (true, converters());
    for path in files {
        let limits = Limits::default();
        let mut answer = match read(path, &limits) {
            Ok(bytes) if pictures::is_heif(&bytes) => tell_heif(&bytes, &limits, &converters).await,
            Ok(bytes) if document::is_pdf(&bytes) => tell_document(&bytes, &converters).await,
            Ok(bytes) => match Container::of(&bytes) {
                Some(container) => tell_film(path, container, &converters).await,
                None => tell(&bytes, &limits),
            },
            Err(error) => {
                all_read = false;
                refused("media.refused.unread", &[("why", error.to_string().into())])
            }
        };
        answer["file"] = path.to_string_lossy().into();
        println!("{answer}");
    }
    if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One byte more than permitted is enough to see that a file is too large.
fn read(path: &Path, limits: &Limits) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limits.bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(bytes: &[u8], limits: &Limits) -> Value {
    let picture = match pictures::render(bytes, limits) {
        Ok(picture) => picture,
        Err(refusal) => return refused(pictures::key(refusal), &[]),
    };
    let renditions = picture.renditions.iter().map(|rendition| {
        json!({
            "width": rendition.width,
            "height": rendition.height,
            "bytes": rendition.bytes.len(),
            "type": rendition.content_type,
            "sha256": rendition.sha256,
        })
    });
    json!({
        "type": picture.kind.content_type(),
        "bytes": bytes.len(),
        "sha256": picture.original_sha256,
        "width": picture.width,
        "height": picture.height,
        "frames": picture.frames,
        "colour": picture.colour,
        "renditions": renditions.collect::<Vec<_>>(),
    })
}

/// What a picture of a telephone becomes, decoded in a folder that goes again.
async fn tell_heif(bytes: &[u8], limits: &Limits, converters: &Converters) -> Value {
    if bytes.len() > limits.bytes {
        return refused(pictures::key(pictures::Refusal::Heavy), &[]);
    }
    let Some(decoder) = converters.pictures() else { return missing("libheif-examples") };
    let decoded = async {
        let folder = tempfile::tempdir()?;
        decoder.decode(bytes, folder.path()).await
    };
    match decoded.await {
        Ok(png) => {
            let mut told = tell(&png, &Limits { bytes: png.len(), ..*limits });
            if told.get("renditions").is_some() {
                told["type"] = "image/heif".into();
                told["bytes"] = bytes.len().into();
                told["sha256"] = pictures::sha256(bytes).into();
            }
            told
        }
        Err(refusal) => refused(media::heif_key(&refusal), &[]),
    }
}

/// What a film becomes, made in a folder that goes again.
async fn tell_film(path: &Path, container: Container, converters: &Converters) -> Value {
    let Some(films) = converters.films() else { return missing("ffmpeg") };
    let converted = async {
        let folder = tempfile::tempdir()?;
        films.convert(&std::path::absolute(path)?, container, folder.path(), |_| {}).await
    };
    match converted.await {
        Ok(film) => json!({
            "type": "video/mp4",
            "bytes": film.length,
            "sha256": film.sha256,
            "width": film.width,
            "height": film.height,
            "millis": film.millis,
        }),
        Err(refusal) => {
            let second = if let Refusal::Flashes(hazard) = &refusal { hazard.at_millis / 1_000 } else { 0 };
            refused(media::film_key(&refusal), &[("second", second.into())])
        }
    }
}

/// What the pages of a PDF become.
async fn tell_document(bytes: &[u8], converters: &Converters) -> Value {
    if bytes.len() > media::LONGEST_DOCUMENT {
        return refused("media.document.heavy", &[]);
    }
    let Some(documents) = converters.documents() else { return missing("poppler-utils") };
    let drawn = async {
        let folder = tempfile::tempdir()?;
        let document = documents.open(bytes, folder.path()).await?;
        let mut pages = Vec::new();
        for page in 1..=document.pages {
            let picture = document.page(page).await?;
            pages.push(tell(&picture, &Limits { bytes: picture.len(), ..Limits::default() }));
        }
        Ok(pages)
    };
    match drawn.await {
        Ok(pages) => json!({ "type": "application/pdf", "bytes": bytes.len(), "pages": pages }),
        Err(refusal) => refused(media::document_key(&refusal), &[]),
    }
}

/// That a package is needed to tell more.
fn missing(package: &str) -> Value {
    refused("media.refused.missing", &[("package", package.into())])
}

fn refused(key: &str, values: &[(&str, fluent_bundle::FluentValue<'_>)]) -> Value {
    json!({ "refused": key, "message": words::say(Language::En, key, values) })
}
