//! GStreamer: from a file to decoded pictures, with as little as possible in between.

use std::{
    fs::File,
    io::Read,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use gstreamer::{self as gst, prelude::*};
use gstreamer_app::AppSink;

/// Decoded pictures that wait for their time: enough that a slow one does not show.
const PICTURES_AHEAD: u32 = 4;
/// Nothing a pipeline is asked for may take longer.
const LONGEST_ANSWER: Duration = Duration::from_secs(2);

/// What most films need.
const USUAL: &[&str] =
    &["qtdemux", "matroskademux", "decodebin", "h264parse", "avdec_h264", "vp9dec", "videoconvert", "videoflip"];

static READY: AtomicBool = AtomicBool::new(false);
static STARTING: Mutex<()> = Mutex::new(());

/// Starts GStreamer, once; at its first start it looks at everything that is installed.
pub(super) fn init() -> Result<(), String> {
    let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let started = gst::init().map_err(|error| format!("start GStreamer: {error}"));
    if started.is_ok() && !READY.load(Ordering::Acquire) {
        prefer_hardware();
        // From a slow disk this takes longer than a film may.
        for name in USUAL {
            let _ = gst::ElementFactory::find(name).and_then(|factory| factory.load().ok());
        }
    }
    READY.store(true, Ordering::Release);
    started
}

/// Whether it has been started, or will never be.
pub(super) fn is_ready() -> bool {
    READY.load(Ordering::Acquire)
}

/// GStreamer 1.22 knows the newer VA-API decoders, but does not take them by itself.
fn prefer_hardware() {
    for feature in gst::Registry::get().features_by_plugin("va") {
        let decoder = feature.downcast_ref::<gst::ElementFactory>().is_some_and(|factory| {
            factory.has_type(gst::ElementFactoryType::DECODER | gst::ElementFactoryType::MEDIA_VIDEO)
        });
        if decoder && feature.rank() < gst::Rank::PRIMARY {
            feature.set_rank(gst::Rank::PRIMARY + 1);
        }
    }
}

/// What a file is taken apart with, by its first bytes. Only these: other forms, lists of addresses above all, could make
/// a player fetch things.
fn demuxer(path: &Path) -> Result<&'static str, String> {
    let mut head = [0; 12];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.map_err(|error| format!("open it: {error}"))?;
    if head[4..8] == *b"ftyp" {
        Ok("qtdemux")
    } else if head[..4] == [0x1a, 0x45, 0xdf, 0xa3] {
        Ok("matroskademux")
    } else {
        Err("neither MP4 nor WebM".to_owned())
    }
}

/// How a file is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Whether it is heard; else no sound is even decoded.
    pub(super) sound: bool,
    /// Decoded by the processor, whatever else there is.
    pub(super) software: bool,
}

/// What has happened.
pub(super) enum Event {
    /// What was asked for is done: a picture is there.
    Arrived,
    /// The file has been read up to its end.
    Read,
    /// All of it has been shown.
    Ended,
}

/// A file on its way to pictures. It ends with this value.
pub(super) struct Pipeline {
    pipeline: gst::Pipeline,
    bus: gst::Bus,
    sink: AppSink,
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        if self.pipeline.set_state(gst::State::Null).is_err() {
            tracing::warn!("stop a film: it does not end");
        }
    }
}

fn make(name: &str) -> Result<gst::Element, String> {
    gst::ElementFactory::make(name).build().map_err(|_| format!("`{name}` of GStreamer is not installed"))
}

impl Pipeline {
    /// Puts a file at its beginning, standing still.
    pub(super) fn open(path: &Path, way: Way) -> Result<Self, String> {
        init()?;
        let demux = make(demuxer(path)?)?;
        let source = make("filesrc")?;
        source.set_property("location", path);
        let (queue, decode, convert) = (make("queue")?, make("decodebin")?, make("videoconvert")?);
        decode.set_property("force-sw-decoders", way.software);
        let caps = gst::Caps::builder("video/x-raw").field("format", gst::List::new(["I420", "NV12"])).build();
        // The programme's time decides when a picture is shown, not GStreamer's.
        let sink =
            AppSink::builder().caps(&caps).max_buffers(PICTURES_AHEAD).sync(false).enable_last_sample(false).build();
        let pipeline = gst::Pipeline::new();
        let wrong = |error: gst::glib::BoolError| format!("put it together: {error}");
        let mut chain = vec![convert];
        // A film from a telephone says which way is up.
        chain.extend(make("videoflip").inspect(|flip| flip.set_property_from_str("method", "automatic")));
        chain.push(sink.clone().upcast());
        pipeline.add_many([&source, &demux, &queue, &decode]).map_err(wrong)?;
        pipeline.add_many(&chain).map_err(wrong)?;
        source.link(&demux).map_err(wrong)?;
        queue.link(&decode).map_err(wrong)?;
        gst::Element::link_many(&chain).map_err(wrong)?;
        link_later(&decode, "video/x-raw", &chain[0]);
        link_later(&demux, "video/", &queue);
        trust_the_stream(&queue);
        if way.sound {
            let pipeline = pipeline.downgrade();
            demux.connect_pad_added(move |_, pad| {
                let heard = kind(pad).is_some_and(|kind| kind.starts_with("audio/"));
                if let Some(pipeline) = pipeline.upgrade().filter(|_| heard)
                    && let Err(error) = add_sound(&pipeline, pad)
                {
                    tracing::warn!("play the sound of a film: {error}");
                }
            });
        }
        // Not a sound card's clock: it has drifts of its own.
        pipeline.use_clock(Some(&gst::SystemClock::obtain()));
        let bus = pipeline.bus().ok_or("put it together: no bus")?;
        let this = Self { pipeline, bus, sink };
        this.set(gst::State::Paused)?;
        Ok(this)
    }

    fn set(&self, state: gst::State) -> Result<(), String> {
        let changed = self.pipeline.set_state(state);
        changed.map(|_| ()).map_err(|_| self.error().unwrap_or_else(|| "play it: refused".to_owned()))
    }

    fn error(&self) -> Option<String> {
        let message = self.bus.pop_filtered(&[gst::MessageType::Error])?;
        match message.view() {
            gst::MessageView::Error(error) => Some(error.error().to_string()),
            _ => None,
        }
    }

    /// Starts it.
    pub(super) fn play(&self) -> Result<(), String> {
        self.set(gst::State::Playing)
    }

    /// How long the file says it is, in milliseconds.
    pub(super) fn length(&self) -> Option<f64> {
        self.pipeline.query_duration::<gst::ClockTime>().map(millis).filter(|length| *length > 0.0)
    }

    /// Jumps to a position in milliseconds; the end is at a length. Afterwards [`Event::Arrived`] comes.
    pub(super) fn jump(&self, position: f64, length: f64) -> Result<(), String> {
        let flags = gst::SeekFlags::FLUSH | gst::SeekFlags::ACCURATE | gst::SeekFlags::SEGMENT;
        self.seek(flags, position, length)
    }

    /// Lets its beginning follow its end without a gap; after [`Event::Read`].
    pub(super) fn again(&self, length: f64) -> Result<(), String> {
        self.seek(gst::SeekFlags::SEGMENT, 0.0, length)
    }

    fn seek(&self, flags: gst::SeekFlags, position: f64, length: f64) -> Result<(), String> {
        let stop = length.is_finite().then(|| time(length));
        let kind = if stop.is_some() { gst::SeekType::Set } else { gst::SeekType::None };
        let done = self.pipeline.seek(1.0, flags, gst::SeekType::Set, Some(time(position)), kind, stop);
        done.map_err(|_| "find a position in it: refused".to_owned())
    }

    /// What has happened since; waits a little for it.
    pub(super) fn event(&self, wait: Duration) -> Result<Option<Event>, String> {
        use gst::MessageType as Type;
        let kinds = [Type::Error, Type::Eos, Type::AsyncDone, Type::SegmentDone];
        // Waiting for no time at all would look at nothing.
        let message = match gst::ClockTime::try_from(wait) {
            Ok(wait) if !wait.is_zero() => self.bus.timed_pop_filtered(wait, &kinds),
            _ => self.bus.pop_filtered(&kinds),
        };
        let Some(message) = message else { return Ok(None) };
        match message.view() {
            gst::MessageView::Error(error) => Err(error.error().to_string()),
            gst::MessageView::Eos(_) => Ok(Some(Event::Ended)),
            gst::MessageView::SegmentDone(_) => Ok(Some(Event::Read)),
            _ => Ok(Some(Event::Arrived)),
        }
    }

    /// The picture it stands still at.
    pub(super) fn standing(&self) -> Option<gst::Sample> {
        self.sink.try_pull_preroll(gst::ClockTime::try_from(LONGEST_ANSWER).ok())
    }

    /// The next picture, if it comes soon.
    pub(super) fn next(&self, wait: Duration) -> Option<gst::Sample> {
        self.sink.try_pull_sample(gst::ClockTime::try_from(wait).ok())
    }
}

/// Where in the file a picture stands, in milliseconds.
pub(super) fn position(sample: &gst::Sample) -> Option<f64> {
    let pts = sample.buffer()?.pts()?;
    let segment = sample.segment()?.downcast_ref::<gst::ClockTime>()?;
    segment.to_stream_time(pts).map(millis)
}

fn millis(time: gst::ClockTime) -> f64 {
    time.nseconds() as f64 / 1e6
}

fn time(millis: f64) -> gst::ClockTime {
    gst::ClockTime::from_nseconds((millis.max(0.0) * 1e6) as u64)
}

fn kind(pad: &gst::Pad) -> Option<String> {
    let caps = pad.current_caps().unwrap_or_else(|| pad.query_caps(None));
    Some(caps.structure(0)?.name().to_string())
}

/// Links the first pad of a kind as soon as it is there.
fn link_later(from: &gst::Element, wanted: &'static str, to: &gst::Element) {
    let to = to.downgrade();
    from.connect_pad_added(move |_, pad| {
        let entry = to.upgrade().and_then(|to| to.static_pad("sink"));
        let Some(entry) = entry.filter(|entry| !entry.is_linked()) else { return };
        if kind(pad).is_some_and(|kind| kind.starts_with(wanted))
            && let Err(error) = pad.link(&entry)
        {
            tracing::warn!("play a film: {error}");
        }
    });
}

/// GStreamer 1.22 takes what an MP4 file says of colours for the truth, and reads it wrongly (never the whole range); the
/// stream inside says it too.
fn trust_the_stream(entry: &gst::Element) {
    let Some(pad) = entry.static_pad("sink") else { return };
    pad.add_probe(gst::PadProbeType::EVENT_DOWNSTREAM, |_, info| {
        if let Some(gst::PadProbeData::Event(event)) = &mut info.data
            && let gst::EventView::Caps(caps) = event.view()
        {
            let mut caps = caps.caps_owned();
            let says_so = |kind: &str| matches!(kind, "video/x-h264" | "video/x-h265");
            if caps.structure(0).is_some_and(|format| says_so(format.name())) {
                for format in caps.make_mut().iter_mut() {
                    format.remove_field("colorimetry");
                }
                *event = gst::event::Caps::new(&caps);
            }
        }
        gst::PadProbeReturn::Ok
    });
}

/// Lets a sound be heard.
fn add_sound(pipeline: &gst::Pipeline, pad: &gst::Pad) -> Result<(), String> {
    let names = ["queue", "decodebin", "audioconvert", "audioresample", "autoaudiosink"];
    let parts = names.into_iter().map(make).collect::<Result<Vec<_>, _>>()?;
    let wrong = |error: gst::glib::BoolError| error.to_string();
    pipeline.add_many(&parts).map_err(wrong)?;
    parts[0].link(&parts[1]).map_err(wrong)?;
    gst::Element::link_many(&parts[2..]).map_err(wrong)?;
    link_later(&parts[1], "audio/x-raw", &parts[2]);
    for part in parts.iter().rev() {
        part.sync_state_with_parent().map_err(wrong)?;
    }
    let entry = parts[0].static_pad("sink").ok_or("no way in")?;
    pad.link(&entry).map(|_| ()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn only_films_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let of = |bytes: &[u8]| {
            let path = folder.path().join("file");
            fs::write(&path, bytes).unwrap();
            super::demuxer(&path)
        };

        assert_eq!(of(b"\0\0\0\x20ftypisom0000"), Ok("qtdemux"));
        assert_eq!(of(b"\x1a\x45\xdf\xa3 and so on"), Ok("matroskademux"));
        for bytes in [&b""[..], b"#EXTM3U\nhttp://intranet/", b"GIF89a and so on", &[0; 999]] {
            assert!(of(bytes).is_err(), "{bytes:?}");
        }
    }
}
