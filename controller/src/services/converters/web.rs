//! Pictures as browsers like them best: AVIF and WebP, encoded by ffmpeg in the background.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    child::{Failed, Leash, Limits},
    workplace,
};

const FROM: &str = "picture.jpg";
const LONGEST_ANSWER: u64 = 64 << 10;

const ENCODING: Limits =
    Limits { time: Duration::from_secs(60), processor_secs: 60, memory_bytes: 3 << 29, file_bytes: 20 << 20 };

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// About half as long as WebP, and twice the work.
    Avif,
    /// For browsers that do not know AVIF.
    WebP,
}

impl Format {
    /// The best first.
    pub const ALL: [Self; 2] = [Self::Avif, Self::WebP];

    /// Its name in HTTP.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Avif => "picture.avif",
            Self::WebP => "picture.webp",
        }
    }

    /// How it is encoded. Colours are those of JPEG: BT.601 over the full range. The encoder of AVIF takes no odd number
    /// of rows or columns, so one is cut off; and with a thread for each core it would need more memory than it gets.
    fn encoding(self) -> &'static str {
        match self {
            Self::Avif => {
                "-vf crop=trunc(iw/2)*2:trunc(ih/2)*2,scale=in_range=pc:out_range=pc,format=yuv420p -c:v libsvtav1 \
                 -crf 34 -preset 8 -svtav1-params lp=1 -color_range pc -colorspace smpte170m -color_primaries bt709 \
                 -color_trc iec61966-2-1 -frames:v 1 -f avif"
            }
            Self::WebP => "-c:v libwebp -quality 76 -compression_level 4 -preset photo -frames:v 1 -f webp",
        }
    }
}

/// The program that encodes them.
#[derive(Clone, Debug)]
pub struct WebPictures {
    pub(super) leash: Leash,
    pub(super) ffmpeg: PathBuf,
}

impl WebPictures {
    /// Encodes a JPEG of ours anew, working below a folder; `None` where the program cannot.
    pub async fn encode(&self, jpeg: &[u8], format: Format, below: &Path) -> std::io::Result<Option<Vec<u8>>> {
        let (_folder, place) = workplace(below)?;
        tokio::fs::write(place.join(FROM), jpeg).await?;
        let start = "-nostdin -hide_banner -loglevel error -y -threads 1 -f jpeg_pipe -i";
        let (from, to) = (format!("file:{FROM}"), format!("file:{}", format.file()));
        let arguments: Vec<&OsStr> = start
            .split(' ')
            .chain([from.as_str()])
            .chain("-map_metadata -1".split(' '))
            .chain(format.encoding().split_whitespace())
            .chain([to.as_str()])
            .map(OsStr::new)
            .collect();
        match self.leash.output(&self.ffmpeg, &arguments, &ENCODING, &place, LONGEST_ANSWER).await {
            Ok(_) => Ok(Some(tokio::fs::read(place.join(format.file())).await?)),
            Err(Failed::Io(error)) => Err(error),
            Err(why) => {
                tracing::debug!("encode a picture as {}: {why:?}", format.content_type());
                Ok(None)
            }
        }
    }
}
