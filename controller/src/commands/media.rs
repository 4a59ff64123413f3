//! `litfass media FILE…`: what an upload of each file would give. Nothing is stored.

use std::{fs::File, io::Read, path::Path, process::ExitCode};

use serde_json::{Value, json};

use crate::tools::{
    pictures::{self, Limits},
    words::{self, Language},
};

/// Prints one JSON object per file, in their order; a file that cannot be read makes the command fail at the end.
#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
pub(super) fn run(files: &[std::path::PathBuf]) -> ExitCode {
    let mut all_read = true;
    for path in files {
        let limits = Limits::default();
        let mut answer = match read(path, &limits) {
            Ok(bytes) => tell(&bytes, &limits),
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

fn refused(key: &str, values: &[(&str, fluent_bundle::FluentValue<'_>)]) -> Value {
    json!({ "refused": key, "message": words::say(Language::En, key, values) })
}
