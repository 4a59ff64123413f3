//! One film on a thread of its own: made ready, started on time, kept in step, and given up when it fails.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    Film, House,
    course::Course,
    picture::Picture,
    pipeline::{self, Event, Pipeline, Way},
};

/// A film that starts in its middle is made ready for this much later, in milliseconds.
const LEAD: f64 = 250.0;
/// What is late by more than this, in milliseconds, is left out.
const LATE: f64 = 60.0;
/// But a picture at least so often, where a machine is too slow for more.
const AT_LEAST: Duration = Duration::from_millis(120);
/// What is off by more than this, in milliseconds, jumps to where it should be.
const LOST: f64 = 1_000.0;
/// Jumps cost time themselves.
const BETWEEN_JUMPS: Duration = Duration::from_secs(5);
/// Pictures that end so much before the film does, in milliseconds, have been cut off.
const CUT_OFF: f64 = 2_500.0;
/// A decoder that gives nothing for so long will give nothing more.
const SILENT: Duration = Duration::from_millis(1_500);
/// A film gets its first picture within so long; a slow disk or a long way between whole pictures takes its time.
const PATIENCE: Duration = Duration::from_secs(3);
/// What has been read is decoded within so long.
const DECODING: Duration = Duration::from_millis(600);
/// The longest wait for one thing.
const NAP: Duration = Duration::from_millis(50);

/// A running film. Letting go of it ends it, without waiting.
pub(super) struct Reel {
    shared: Arc<Shared>,
    _running: Sender<()>,
}

struct Shared {
    inner: Mutex<Inner>,
}

struct Inner {
    picture: Option<Picture>,
    failure: Option<String>,
    alive_at: Instant,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody wants the film any more.
struct Stopped;

/// Why a film ends.
enum End {
    Stopped,
    Failed(String),
}

impl From<Stopped> for End {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<String> for End {
    fn from(reason: String) -> Self {
        Self::Failed(reason)
    }
}

impl Reel {
    /// Starts a film.
    pub(super) fn start(film: &Film, house: &House) -> Self {
        let inner = Inner { picture: None, failure: None, alive_at: Instant::now() };
        let shared = Arc::new(Shared { inner: Mutex::new(inner) });
        let (running, stop) = channel();
        let run = Run { film: film.clone(), house: house.clone(), shared: shared.clone(), stop };
        let begun = thread::Builder::new().name("film".to_owned()).spawn(move || run.run());
        if let Err(error) = begun {
            shared.lock().failure = Some(format!("start it: {error}"));
        }
        Self { shared, _running: running }
    }

    /// The newest picture, if there is a new one.
    pub(super) fn take_picture(&self) -> Option<Picture> {
        self.shared.lock().picture.take()
    }

    /// Why it ended, if it did.
    pub(super) fn failure(&self) -> Option<String> {
        self.shared.lock().failure.clone()
    }

    /// How long its thread has given no sign of life.
    pub(super) fn silent_for(&self) -> Duration {
        self.shared.lock().alive_at.elapsed()
    }
}

struct Run {
    film: Film,
    house: House,
    shared: Arc<Shared>,
    stop: Receiver<()>,
}

impl Run {
    fn run(self) {
        let sound = self.film.run.sound && self.house.runs;
        let mut shown = false;
        let mut end = self.play(Way { sound, software: false }, &mut shown);
        // A decoder of the graphics card or a sound card may refuse what the processor can do.
        if matches!(end, End::Failed(_)) && !shown {
            end = self.play(Way { sound: false, software: true }, &mut shown);
        }
        if let End::Failed(reason) = end {
            self.shared.lock().failure = Some(reason);
            self.house.wake.call();
        }
    }

    fn play(&self, way: Way, shown: &mut bool) -> End {
        let Err(end) = self.try_to_play(way, shown);
        end
    }

    fn try_to_play(&self, way: Way, shown: &mut bool) -> Result<std::convert::Infallible, End> {
        let path = (self.house.open)(&self.film.run.sha256).map_err(|error| format!("find it: {error}"))?;
        let pipeline = Pipeline::open(&path, way)?;
        self.arrive(&pipeline)?;
        let told = (self.film.millis > 0).then_some(self.film.millis as f64);
        let course = Course::new(self.film.anchor, self.film.since, told.or_else(|| pipeline.length()));
        let now = self.house.clock.now();
        let soon = now as f64 + if self.house.runs { LEAD } else { 0.0 };
        let (mut begun, mut position) = course.at(soon);
        pipeline.jump(position, course.length())?;
        let arrived = match self.arrive(&pipeline) {
            // Its sound may be longer than its pictures: then there are none near its end.
            Err(End::Failed(_)) if position + CUT_OFF > course.length() => {
                (begun, position) = (begun + course.length(), 0.0);
                pipeline.jump(position, course.length())?;
                self.arrive(&pipeline)
            }
            arrived => arrived,
        };
        let read = arrived?;
        let standing = pipeline.standing().ok_or_else(|| "no picture is in it".to_owned())?;
        self.publish(&standing, now)?;
        *shown = true;
        drop(standing);
        if !self.house.runs {
            return self.stand(&pipeline, course, now);
        }
        self.wait_until(begun + position)?;
        pipeline.play()?;
        self.run_on(&pipeline, course, begun, read)
    }

    /// Shows one picture, and another one when the time is another.
    fn stand(&self, pipeline: &Pipeline, course: Course, mut now: i64) -> Result<std::convert::Infallible, End> {
        loop {
            self.nap(NAP)?;
            if self.house.clock.now() != now {
                now = self.house.clock.now();
                pipeline.jump(course.at(now as f64).1, course.length())?;
                self.arrive(pipeline)?;
                let standing = pipeline.standing().ok_or_else(|| "no picture is in it".to_owned())?;
                self.publish(&standing, now)?;
            }
        }
    }

    /// Shows picture after picture, each at its time; `read` when the file has been read to its end already.
    fn run_on(
        &self,
        pipeline: &Pipeline,
        course: Course,
        mut begun: f64,
        mut read: bool,
    ) -> Result<std::convert::Infallible, End> {
        let round = course.length();
        let (mut last, mut came, mut shown, mut jumped) = (None::<f64>, Instant::now(), Instant::now(), Instant::now());
        let mut drained = false;
        loop {
            self.nap(Duration::ZERO)?;
            match pipeline.event(Duration::ZERO)? {
                Some(Event::Read) => read = true,
                Some(Event::Ended) => drained = true,
                Some(Event::Arrived) | None => {}
            }
            if std::mem::take(&mut read) {
                // Where its form knows no way from the end to the beginning, it jumps there when all has been shown.
                drained = !round.is_finite() || pipeline.again(round).is_err();
            }
            let Some(sample) = pipeline.next(NAP) else {
                if drained && round.is_finite() {
                    self.whole(last, course)?;
                    pipeline.jump(0.0, round)?;
                    (begun, last, drained, came) = (begun + round, None, false, Instant::now());
                } else if !drained && came.elapsed() > SILENT {
                    return Err(End::Failed("pictures stopped coming".to_owned()));
                } else {
                    self.nap(NAP)?;
                }
                continue;
            };
            came = Instant::now();
            let Some(position) = pipeline::position(&sample) else { continue };
            if last.is_some_and(|last| position < last) {
                self.whole(last, course)?;
                begun += round;
            }
            last = Some(position);
            if position >= round {
                continue;
            }
            let late = self.now() - (begun + position);
            let lost = if late < 0.0 && round.is_finite() { LOST + round - position } else { LOST };
            if late.abs() > lost && jumped.elapsed() > BETWEEN_JUMPS {
                let (start, position) = course.at(self.now() + LEAD);
                (begun, last, jumped) = (start, None, Instant::now());
                pipeline.jump(position, round)?;
                continue;
            }
            if late > LATE && shown.elapsed() < AT_LEAST {
                continue;
            }
            self.wait_until(begun + position)?;
            self.publish(&sample, self.house.clock.now())?;
            (shown, came) = (Instant::now(), Instant::now());
        }
    }

    /// Whether the last picture stood near the end.
    fn whole(&self, last: Option<f64>, course: Course) -> Result<(), String> {
        let last = last.unwrap_or_default();
        let cut_off = course.length().is_finite() && last + CUT_OFF < course.length();
        if cut_off { Err(format!("it stops after {last:.0} of {:.0} ms", course.length())) } else { Ok(()) }
    }

    fn now(&self) -> f64 {
        self.house.clock.now() as f64
    }

    fn publish(&self, sample: &gstreamer::Sample, at: i64) -> Result<(), String> {
        let picture = Picture::of(sample, at).ok_or("its pictures have a strange form")?;
        self.shared.lock().picture = Some(picture);
        self.house.wake.call();
        Ok(())
    }

    /// Waits until a jump is done; says whether the file has been read to its end by then.
    fn arrive(&self, pipeline: &Pipeline) -> Result<bool, End> {
        let (begun, mut read) = (Instant::now(), None::<Instant>);
        loop {
            self.nap(Duration::ZERO)?;
            match pipeline.event(NAP)? {
                Some(Event::Arrived) => return Ok(read.is_some()),
                Some(Event::Ended) => return Err(End::Failed("no picture is in it".to_owned())),
                Some(Event::Read) => read = Some(Instant::now()),
                None => {}
            }
            if (self.house.runs && begun.elapsed() > PATIENCE) || read.is_some_and(|read| read.elapsed() > DECODING) {
                return Err(End::Failed("no picture came".to_owned()));
            }
        }
    }

    fn wait_until(&self, at: f64) -> Result<(), Stopped> {
        loop {
            let rest = at - self.now();
            if rest <= 0.0 {
                return Ok(());
            }
            self.nap(Duration::from_secs_f64(rest / 1e3).min(NAP))?;
        }
    }

    /// Rests, alive; a film that nobody wants any more ends here.
    fn nap(&self, long: Duration) -> Result<(), Stopped> {
        self.shared.lock().alive_at = Instant::now();
        match self.stop.recv_timeout(long) {
            Err(RecvTimeoutError::Disconnected) => Err(Stopped),
            Ok(()) | Err(RecvTimeoutError::Timeout) => Ok(()),
        }
    }
}
