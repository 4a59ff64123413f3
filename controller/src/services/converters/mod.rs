//! The door to programs that know films, documents and HEIF: ffmpeg, poppler and libheif, as child processes on a short leash.

mod child;
pub mod document;
pub mod film;
pub mod picture;
mod probe;
mod recipe;
#[cfg(test)]
mod tests;
pub mod web;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use child::Leash;
use document::Documents;
use film::Films;
use picture::Pictures;
use web::WebPictures;

/// The converters of this machine; what is missing is not offered to anybody.
#[derive(Clone, Debug, Default)]
pub struct Converters {
    films: Option<Films>,
    documents: Option<Documents>,
    pictures: Option<Pictures>,
    web_pictures: Option<WebPictures>,
}

impl Converters {
    /// Looks for the programs in the folders of a `PATH`.
    pub fn find(path: &OsStr) -> Self {
        let found = |name: &str| {
            let places = std::env::split_paths(path).filter(|folder| folder.is_absolute());
            places.map(|folder| folder.join(name)).find(|place| is_program(place))
        };
        let leash = || Some(Leash { setpriv: found("setpriv")?, nice: found("nice")?, prlimit: found("prlimit")? });
        let films = || Some(Films { leash: leash()?, ffmpeg: found("ffmpeg")?, ffprobe: found("ffprobe")? });
        let documents =
            || Some(Documents { leash: leash()?, pdfinfo: found("pdfinfo")?, pdftoppm: found("pdftoppm")? });
        // Newer ones are called heif-dec, and may have the old name beside it.
        let heif = || found("heif-convert").or_else(|| found("heif-dec"));
        let pictures = || Some(Pictures { leash: leash()?, program: heif()? });
        let web_pictures = || Some(WebPictures { leash: leash()?, ffmpeg: found("ffmpeg")? });
        Self { films: films(), documents: documents(), pictures: pictures(), web_pictures: web_pictures() }
    }

    /// What prepares films, if it is installed.
    pub fn films(&self) -> Option<&Films> {
        self.films.as_ref()
    }

    /// What makes pictures of documents, if it is installed.
    pub fn documents(&self) -> Option<&Documents> {
        self.documents.as_ref()
    }

    /// What decodes HEIC and AVIF, if it is installed.
    pub fn pictures(&self) -> Option<&Pictures> {
        self.pictures.as_ref()
    }

    /// What encodes pictures for browsers, if it is installed.
    pub fn web_pictures(&self) -> Option<&WebPictures> {
        self.web_pictures.as_ref()
    }

    /// What an operator can install, for what is missing: a package, and what needs it.
    pub fn missing(&self) -> Vec<(&'static str, &'static str)> {
        let films = self.films.is_none().then_some(("ffmpeg", "films"));
        let documents = self.documents.is_none().then_some(("poppler-utils", "documents"));
        let pictures = self.pictures.is_none().then_some(("libheif-examples", "HEIC and AVIF pictures"));
        films.into_iter().chain(documents).chain(pictures).collect()
    }
}

fn is_program(place: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(place).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// A folder for a child to work in, which goes with this value.
fn workplace(below: &Path) -> std::io::Result<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::Builder::new().prefix("work-").tempdir_in(below)?;
    let path = folder.path().to_owned();
    Ok((folder, path))
}
