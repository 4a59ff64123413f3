//! Forms as a browser sent them, whose fields depend on data.

use axum::extract::{
    Multipart,
    multipart::{Field as Part, MultipartError},
};
use shared::forms::{Field, Input};

use crate::{
    app::{App, Error, Result},
    features::media::Upload,
};

/// Longest a form may be with its pictures and documents, in bytes, without its films.
const LARGEST: usize = 25 * 1_024 * 1_024;

/// What stands in a form: fields in their order, and files.
#[derive(Default)]
pub(in crate::web) struct Sent {
    texts: Vec<(String, String)>,
    files: Vec<(String, File)>,
    films: Vec<(String, Film)>,
    /// Names of files that were left out, because all together are too long.
    heavy: Vec<String>,
}

/// A file that came with a form.
pub(in crate::web) struct File {
    /// What it is called.
    pub(in crate::web) called: String,
    pub(in crate::web) bytes: Vec<u8>,
}

/// A film that came with a form.
pub(in crate::web) struct Film {
    /// What its file is called.
    pub(in crate::web) called: String,
    pub(in crate::web) upload: Upload,
}

impl Sent {
    /// A form without files.
    pub(in crate::web) fn of(texts: Vec<(String, String)>) -> Self {
        Self { texts, ..Self::default() }
    }

    /// Reads a form with the files that a slide's form asks for; a browser sends an empty one where none was chosen.
    /// Films go to the disk as they come. What is too long is read to its end all the same: a browser listens to no
    /// answer before.
    pub(in crate::web) async fn read(app: &App, slide: &'static [Field], mut form: Multipart) -> Result<Self> {
        let mut sent = Self::default();
        let mut left = LARGEST;
        let mut patience = usize::try_from(app.config.film_megabytes * 2_000_000).unwrap_or(usize::MAX);
        while let Some(mut part) = form.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            let asked = slide.iter().find(|field| name.strip_suffix("_file") == Some(field.name));
            let is_film = asked.is_some_and(|field| field.input == Input::Film);
            let called = part.file_name().unwrap_or_default().to_owned();
            if is_film && !called.is_empty() {
                let mut upload = Upload::start(app).await?;
                while let Some(piece) = next(&mut part, &mut patience).await? {
                    upload.write(&piece).await?;
                }
                sent.films.push((name, Film { called, upload }));
                continue;
            }
            let is_file = part.file_name().is_some();
            let (mut bytes, mut fits) = (Vec::new(), true);
            while let Some(piece) = next(&mut part, &mut patience).await? {
                fits &= piece.len() <= left;
                if fits {
                    left -= piece.len();
                    bytes.extend_from_slice(&piece);
                }
            }
            match (is_file, fits) {
                (false, true) => sent.texts.push((name, String::from_utf8_lossy(&bytes).into_owned())),
                (false, false) => return Err(Error::invalid("", "errors.too_large.text")),
                (true, false) => sent.heavy.push(name),
                (true, true) if bytes.is_empty() => {}
                (true, true) => sent.files.push((name, File { called, bytes })),
            }
        }
        Ok(sent)
    }

    /// Ids of media in the controls of a form.
    pub(super) fn media(&self, form: &[Field]) -> Vec<String> {
        let fields = form.iter().filter(|field| matches!(field.input, Input::Picture | Input::Pictures));
        fields.flat_map(|field| self.all(field.name)).filter(|id| !id.is_empty()).collect()
    }

    /// Takes the film under a name out.
    pub(in crate::web) fn take_film(&mut self, name: &str) -> Option<Film> {
        let place = self.films.iter().position(|(held, _)| held == name)?;
        Some(self.films.remove(place).1)
    }

    /// Whether a file under a name was left out, because all together are too long.
    pub(in crate::web) fn is_heavy(&self, name: &str) -> bool {
        self.heavy.iter().any(|held| held == name)
    }

    /// Whether a file came under a name, taken or not.
    pub(in crate::web) fn brought(&self, name: &str) -> bool {
        let files = self.files.iter().map(|(held, _)| held).chain(self.films.iter().map(|(held, _)| held));
        files.chain(&self.heavy).any(|held| held == name)
    }

    /// All that stands under a name.
    pub(in crate::web) fn all(&self, name: &str) -> Vec<String> {
        self.texts.iter().filter(|(held, _)| held == name).map(|(_, text)| text.clone()).collect()
    }

    /// What stands first under a name; empty for nothing.
    pub(in crate::web) fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(held, _)| held == name).map_or("", |(_, text)| text)
    }

    /// Takes the files under a name out.
    pub(in crate::web) fn take_files(&mut self, name: &str) -> Vec<File> {
        let (taken, left) = std::mem::take(&mut self.files).into_iter().partition(|(held, _)| held == name);
        self.files = left;
        let taken: Vec<(String, File)> = taken;
        taken.into_iter().map(|(_, file)| file).collect()
    }

    /// Puts other texts under a name.
    pub(in crate::web) fn set(&mut self, name: &str, texts: Vec<String>) {
        self.texts.retain(|(held, _)| held != name);
        self.texts.extend(texts.into_iter().map(|text| (name.to_owned(), text)));
    }
}

/// The next piece of a part; the form has an end at some time.
async fn next(part: &mut Part<'_>, patience: &mut usize) -> Result<Option<axum::body::Bytes>> {
    let piece = part.chunk().await.map_err(broken)?;
    let length = piece.as_ref().map_or(0, axum::body::Bytes::len);
    *patience = patience.checked_sub(length).ok_or_else(|| Error::invalid("", "errors.too_large.text"))?;
    Ok(piece)
}

fn broken(_: MultipartError) -> Error {
    Error::invalid("", "errors.invalid")
}
