//! What a film is, before anything of it is believed: its container by its first bytes, the rest by ffprobe.

use serde_json::Value;

/// Bytes of a film that tell its container.
pub const HEAD_BYTES: usize = 1_024;

/// Containers that are taken. Each goes to its own demuxer and no other is asked, so that no playlist and no list of
/// other files can pass for a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// MP4, QuickTime.
    Mov,
    /// Matroska, WebM.
    Matroska,
    /// AVI.
    Avi,
    /// MPEG programme stream.
    Mpeg,
    /// MPEG transport stream.
    MpegTs,
}

impl Container {
    /// Tells it by the first bytes of a film.
    pub fn of(head: &[u8]) -> Option<Self> {
        let is_at = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
        let boxes: [&[u8]; 6] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"];
        if boxes.iter().any(|name| is_at(4, name)) {
            return Some(Self::Mov);
        }
        if is_at(0, b"\x1a\x45\xdf\xa3") {
            return Some(Self::Matroska);
        }
        if is_at(0, b"RIFF") && is_at(8, b"AVI ") {
            return Some(Self::Avi);
        }
        if is_at(0, b"\0\0\x01\xba") {
            return Some(Self::Mpeg);
        }
        let packets = |length: usize, first: usize| (0..4).all(|number| is_at(first + number * length, b"G"));
        (packets(188, 0) || packets(192, 4)).then_some(Self::MpegTs)
    }

    /// The demuxer that reads it.
    pub(super) fn demuxer(self) -> &'static str {
        match self {
            Self::Mov => "mov",
            Self::Matroska => "matroska",
            Self::Avi => "avi",
            Self::Mpeg => "mpeg",
            Self::MpegTs => "mpegts",
        }
    }
}

/// Codecs of pictures that cameras, phones and editing programs use; the many others only widen the door.
const PICTURES: &[&str] = &[
    "av1",
    "dnxhd",
    "dvvideo",
    "ffv1",
    "h263",
    "h264",
    "hevc",
    "mjpeg",
    "mpeg1video",
    "mpeg2video",
    "mpeg4",
    "prores",
    "theora",
    "vc1",
    "vp8",
    "vp9",
    "wmv3",
    "qtrle",
    "rawvideo",
    "msmpeg4v3",
];
/// Codecs of sound, the same way; a film with another is shown without sound.
const SOUNDS: &[&str] = &["aac", "ac3", "alac", "eac3", "flac", "mp2", "mp3", "opus", "vorbis", "wmav2"];

/// What ffprobe found out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    /// Stream with the picture.
    pub(super) picture: u64,
    /// Stream with the sound.
    pub(super) sound: Option<u64>,
    /// Width and height as a person sees them.
    pub(super) size: (u32, u32),
    /// Codec of the picture.
    pub(super) codec: String,
    /// How pixels are stored.
    pub(super) pixels: String,
    /// Frames a second, as a fraction; 0 where it is not known.
    pub(super) rate: (u32, u32),
    /// How long it runs, in seconds, where it says.
    pub(super) seconds: Option<f64>,
    /// Whether it needs to be brought into the range of an ordinary display.
    pub(super) high_range: bool,
}

impl Facts {
    /// Reads ffprobe's answer; `None` where there is no picture that can be read.
    pub(super) fn read(json: &[u8]) -> Option<Self> {
        let all: Value = serde_json::from_slice(json).ok()?;
        let streams = all["streams"].as_array()?;
        let of = |kind: &'static str| streams.iter().filter(move |stream| stream["codec_type"] == kind);
        // A cover is a picture, too, but no film.
        let picture = of("video").find(|stream| stream["disposition"]["attached_pic"] != 1)?;
        let codec = picture["codec_name"].as_str().filter(|name| PICTURES.contains(name))?.to_owned();
        let known = |stream: &&Value| {
            stream["codec_name"].as_str().is_some_and(|name| SOUNDS.contains(&name) || name.starts_with("pcm_"))
        };
        let transfer = picture["color_transfer"].as_str().unwrap_or_default();
        let seconds = |value: &Value| value.as_str()?.parse().ok().filter(|seconds: &f64| seconds.is_finite());
        Some(Self {
            picture: picture["index"].as_u64()?,
            sound: of("audio").find(known).and_then(|stream| stream["index"].as_u64()),
            size: size(picture)?,
            codec,
            pixels: picture["pix_fmt"].as_str().unwrap_or_default().to_owned(),
            rate: fraction(&picture["avg_frame_rate"], '/').unwrap_or_default(),
            seconds: seconds(&all["format"]["duration"]).or_else(|| seconds(&picture["duration"])),
            high_range: matches!(transfer, "smpte2084" | "arib-std-b67"),
        })
    }
}

fn size(picture: &Value) -> Option<(u32, u32)> {
    let side = |name: &str| u32::try_from(picture[name].as_u64()?).ok().filter(|side| *side > 0);
    let (width, height) = (side("width")?, side("height")?);
    // Pixels need not be square.
    let wide = match fraction(&picture["sample_aspect_ratio"], ':') {
        Some((over, under)) if over > 0 && under > 0 => f64::from(width) * f64::from(over) / f64::from(under),
        _ => f64::from(width),
    };
    let wide = (wide.round() as u32).clamp(1, 100_000);
    let turned = picture["side_data_list"].as_array().into_iter().flatten().find_map(|data| data["rotation"].as_i64());
    let lying = turned.is_some_and(|degrees| degrees.rem_euclid(180) == 90);
    Some(if lying { (height, wide) } else { (wide, height) })
}

fn fraction(value: &Value, between: char) -> Option<(u32, u32)> {
    let (over, under) = value.as_str()?.split_once(between)?;
    let (over, under) = (over.parse().ok()?, under.parse().ok()?);
    (under > 0).then_some((over, under))
}

#[cfg(test)]
mod tests {
    use super::{Container, Facts};

    #[test]
    fn a_container_is_told_by_its_first_bytes_and_a_playlist_is_none() {
        let mut packets = vec![0; 188 * 4];
        (0..4).for_each(|number| packets[number * 188] = b'G');
        for (head, container) in [
            (&b"\0\0\0\x18ftypmp42"[..], Some(Container::Mov)),
            (b"\0\0\0\x08wide\0\0\0\0mdat", Some(Container::Mov)),
            (b"\x1a\x45\xdf\xa3", Some(Container::Matroska)),
            (b"RIFF\0\0\0\0AVI LIST", Some(Container::Avi)),
            (b"\0\0\x01\xba\x44", Some(Container::Mpeg)),
            (&packets, Some(Container::MpegTs)),
            (b"#EXTM3U\nhttp://10.0.0.1/", None),
            (b"ffconcat version 1.0\nfile x", None),
            (b"<MPD xmlns", None),
            (b"GIF89a", None),
            (b"RIFF\0\0\0\0WEBP", None),
            (b"", None),
        ] {
            assert_eq!(Container::of(head), container, "{head:?}");
        }
    }

    #[test]
    fn a_film_is_as_wide_as_a_person_sees_it_and_a_cover_is_none() {
        let film = |more: &str| {
            let text = format!(
                r#"{{"streams":[
                    {{"index":0,"codec_type":"video","codec_name":"mjpeg","width":9,"height":9,"disposition":{{"attached_pic":1}}}},
                    {{"index":1,"codec_type":"audio","codec_name":"cook"}},
                    {{"index":2,"codec_type":"video","codec_name":"h264","width":720,"height":576,"pix_fmt":"yuv420p",
                      "avg_frame_rate":"30000/1001"{more}}},
                    {{"index":3,"codec_type":"audio","codec_name":"pcm_s16le"}}],
                   "format":{{"duration":"12.5"}}}}"#
            );
            Facts::read(text.as_bytes())
        };

        let plain = film("").unwrap();
        assert_eq!((plain.picture, plain.sound, plain.size), (2, Some(3), (720, 576)));
        assert_eq!((plain.rate, plain.seconds, plain.high_range), ((30_000, 1_001), Some(12.5), false));
        assert_eq!(film(r#","sample_aspect_ratio":"16:15""#).unwrap().size, (768, 576));
        assert_eq!(film(r#","side_data_list":[{"rotation":-90}]"#).unwrap().size, (576, 720));
        assert!(film(r#","color_transfer":"arib-std-b67""#).unwrap().high_range);
        assert_eq!(film("").map(|facts| facts.codec), Some("h264".to_owned()));
        assert_eq!(Facts::read(b"{}"), None);
        assert_eq!(Facts::read(br#"{"streams":[{"index":0,"codec_type":"video","codec_name":"ansi"}]}"#), None);
    }
}
