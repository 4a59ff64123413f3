//! Forms as a browser sent them, whose fields depend on data.

use axum::extract::Multipart;

use crate::app::{Error, Result};

/// What stands in a form: fields in their order, and files.
#[derive(Debug, Default)]
pub(super) struct Sent {
    texts: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
}

impl Sent {
    /// A form without files.
    pub(super) fn of(texts: Vec<(String, String)>) -> Self {
        Self { texts, files: Vec::new() }
    }

    /// Reads a form with files; a browser sends an empty one where none was chosen.
    pub(super) async fn read(mut form: Multipart) -> Result<Self> {
        let mut sent = Self::default();
        let broken = |_| Error::invalid("", "errors.invalid");
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let is_file = field.file_name().is_some();
            let bytes = field.bytes().await.map_err(broken)?;
            if !is_file {
                sent.texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            } else if !bytes.is_empty() {
                sent.files.push((name, bytes.to_vec()));
            }
        }
        Ok(sent)
    }

    /// All that stands under a name.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.texts.iter().filter(|(held, _)| held == name).map(|(_, text)| text.clone()).collect()
    }

    /// What stands first under a name; empty for nothing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(held, _)| held == name).map_or("", |(_, text)| text)
    }

    /// Takes the files under a name out.
    pub(super) fn take_files(&mut self, name: &str) -> Vec<Vec<u8>> {
        let (taken, left) = std::mem::take(&mut self.files).into_iter().partition(|(held, _)| held == name);
        self.files = left;
        let taken: Vec<(String, Vec<u8>)> = taken;
        taken.into_iter().map(|(_, bytes)| bytes).collect()
    }

    /// Puts other texts under a name.
    pub(super) fn set(&mut self, name: &str, texts: Vec<String>) {
        self.texts.retain(|(held, _)| held != name);
        self.texts.extend(texts.into_iter().map(|text| (name.to_owned(), text)));
    }
}
