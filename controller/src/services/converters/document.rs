//! Documents: the pages of a PDF as pictures, drawn by poppler.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    child::{Failed, Leash, Limits},
    workplace,
};
use crate::tools::pictures;

/// Most pages: more are a book, which nobody reads on a screen.
pub const MOST_PAGES: u32 = 50;
/// Longer side of a page, in pixels: as wide as the largest displays.
const LONGER_SIDE: &str = "3840";
/// Longest picture of a page.
const LONGEST_PICTURE: u64 = 40 << 20;
const LONGEST_ANSWER: u64 = 64 << 10;
/// What a PDF is called while it is drawn.
const FILE: &str = "document.pdf";

const LOOKING: Limits =
    Limits { time: Duration::from_secs(10), processor_secs: 10, memory_bytes: 1 << 30, file_bytes: 1 << 20 };
const DRAWING: Limits =
    Limits { time: Duration::from_secs(30), processor_secs: 30, memory_bytes: 3 << 29, file_bytes: 1 << 20 };

/// Why a document is not shown.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("broken")]
    Broken,
    /// It opens with a password only.
    #[error("encrypted")]
    Encrypted,
    /// More than [`MOST_PAGES`].
    #[error("too many pages")]
    Pages,
    /// A page takes more time or memory than there is.
    #[error("too much work")]
    Costly,
    /// Something failed that only the operator can mend.
    #[error("{0}")]
    Internal(String),
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(format!("draw a document: {error}"))
    }
}

impl From<Failed> for Refusal {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Io(error) => error.into(),
            Failed::Slow | Failed::Heavy => Self::Costly,
            Failed::GaveUp(said) if said.contains("Incorrect password") => Self::Encrypted,
            // Who is at the end of its memory says so, or is ended.
            Failed::GaveUp(said) if said.contains("memory") || said.starts_with("signal") => Self::Costly,
            Failed::GaveUp(said) => {
                tracing::debug!("a converter gave up: {said}");
                Self::Broken
            }
        }
    }
}

/// Whether it is a PDF. Some programs write a few bytes before its mark; a picture that says so further down is none.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1_024)];
    !pictures::is_known(head) && head.windows(5).any(|window| window == b"%PDF-")
}

/// The programs that draw documents.
#[derive(Clone, Debug)]
pub struct Documents {
    pub(super) leash: Leash,
    pub(super) pdfinfo: PathBuf,
    pub(super) pdftoppm: PathBuf,
}

/// A PDF that can be opened; what it needs on the disk goes with this value.
pub struct Opened<'a> {
    documents: &'a Documents,
    folder: tempfile::TempDir,
    /// How many pages it has.
    pub pages: u32,
}

impl Opened<'_> {
    /// Draws a page, counted from 1, as PNG.
    pub async fn page(&self, page: u32) -> Result<Vec<u8>, Refusal> {
        let folder = self.folder.path();
        self.documents.page(&folder.join(FILE), page, folder).await
    }
}

impl Documents {
    /// Opens a PDF, working below a folder.
    pub async fn open(&self, document: &[u8], below: &Path) -> Result<Opened<'_>, Refusal> {
        let (folder, place) = workplace(below)?;
        let file = place.join(FILE);
        tokio::fs::write(&file, document).await?;
        let pages = self.count(&file, &place).await?;
        Ok(Opened { documents: self, folder, pages })
    }

    async fn count(&self, file: &Path, folder: &Path) -> Result<u32, Refusal> {
        let arguments = [OsStr::new("-enc"), OsStr::new("UTF-8"), file.as_os_str()];
        let told = self.leash.output(&self.pdfinfo, &arguments, &LOOKING, folder, LONGEST_ANSWER).await?;
        let told = String::from_utf8_lossy(&told);
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
        match pages {
            Some(0) | None => Err(Refusal::Broken),
            Some(pages) if pages > MOST_PAGES => Err(Refusal::Pages),
            Some(pages) => Ok(pages),
        }
    }

    async fn page(&self, file: &Path, page: u32, folder: &Path) -> Result<Vec<u8>, Refusal> {
        let number = page.to_string();
        let mut arguments: Vec<&OsStr> =
            ["-png", "-cropbox", "-singlefile", "-scale-to", LONGER_SIDE, "-f", &number, "-l", &number]
                .map(OsStr::new)
                .to_vec();
        arguments.push(file.as_os_str());
        let picture = self.leash.output(&self.pdftoppm, &arguments, &DRAWING, folder, LONGEST_PICTURE).await?;
        // It goes on after what it cannot read, and ends well even with nothing drawn.
        if picture.is_empty() { Err(Refusal::Broken) } else { Ok(picture) }
    }
}
