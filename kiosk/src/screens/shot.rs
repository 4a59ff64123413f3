//! Frames as PNG: what the display shows at an instant, or at several one after the other.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use bevy::{
    app::{AppExit, Update},
    ecs::{
        message::MessageWriter,
        resource::Resource,
        schedule::IntoScheduleConfigs,
        system::{Res, ResMut},
    },
};
use image::RgbImage;
use shared::{
    programme::Programme,
    protocol::{Fault, Screen},
};

use super::{
    app::{self, Plan},
    conduct,
    conductor::Conductor,
    exit::Exit,
    proof::Proof,
    state::{Pairing, Told},
    trouble,
};
use crate::{
    health::Health,
    library::Library,
    player::Player,
    settings::{Before, Settings, Shot, Size},
    stage::{
        Staging,
        capture::{Captures, View},
        film::{Films, Opener},
        pictures::Loader,
        surface::Surface,
        wake::Wake,
    },
    tools::clock::Clock,
};

/// How long a code in a preview still lasts.
const CODE_LASTS_MILLIS: i64 = 9 * 60_000 + 30_000;

/// The time that the pictures show.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

/// Pictures one after the other, each of its own instant.
#[derive(Resource)]
struct Series {
    shot: Shot,
    hand: Hand,
    wake: Wake,
    taken: Arc<Mutex<Option<RgbImage>>>,
    asked: bool,
    done: u32,
}

/// Draws the pictures and writes them.
pub fn run(settings: &Settings, shot: &Shot) -> ExitCode {
    draw(settings, shot).err().unwrap_or(Exit::Done).into()
}

fn draw(settings: &Settings, shot: &Shot) -> Result<(), Exit> {
    let (told, load, open) = told(settings, shot)?;
    let hand = Hand(Arc::new(AtomicI64::new(shot.at.unwrap_or_else(|| Clock::system().now()))));
    let held = hand.clone();
    let clock = Clock::with_wall(move || held.0.load(Ordering::Acquire));
    let (mut app, wake) = app::build(Plan {
        size: Some(settings.window.unwrap_or(Size { width: 1920, height: 1080 })),
        headless: true,
        load,
        listener: Arc::new(|_| {}),
    })?;
    let rotation = settings.rotation.map(u16::from);
    let series = Series { shot: shot.clone(), hand, wake, taken: Arc::default(), asked: false, done: 0 };
    let films = Films::new(open, clock.clone(), series.wake.clone(), false);
    app.insert_resource(films)
        .insert_resource(Proof::new(Health::default(), clock.clone()))
        .insert_resource(Conductor::new(told, clock, settings.language.tag(), rotation))
        .insert_resource(series)
        .add_plugins(conduct::plugin)
        .add_systems(Update, take.after(Staging));
    app::get_ready(&mut app, settings.motion);
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(_) => Err(Exit::Broken),
    }
}

/// Asks for a picture once everything is on, writes it when it is there, and goes on to the next.
fn take(
    (surface, films): (Res<'_, Surface>, Res<'_, Films>),
    mut series: ResMut<'_, Series>,
    mut captures: ResMut<'_, Captures>,
    mut exit: MessageWriter<'_, AppExit>,
) {
    let series = &mut *series;
    if !series.asked {
        if surface.caught_up() && films.caught_up() {
            series.asked = true;
            let (slot, wake) = (series.taken.clone(), series.wake.clone());
            let receive = move |picture| {
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(picture);
                wake.call();
            };
            captures.want(View::AsDrawn, Arc::new(receive));
            series.wake.call();
        }
        return;
    }
    let taken = series.taken.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(picture) = taken else { return };
    if let Err(failed) = series.write(&picture) {
        exit.write(AppExit::from_code(failed as u8));
        return;
    }
    (series.asked, series.done) = (false, series.done + 1);
    series.hand.0.fetch_add(i64::from(series.shot.every), Ordering::AcqRel);
    series.wake.call();
    if series.done == series.shot.frames {
        exit.write(AppExit::Success);
    }
}

impl Series {
    fn write(&self, picture: &RgbImage) -> Result<(), Exit> {
        let out = &self.shot.out;
        let path = if self.shot.frames == 1 { out.clone() } else { numbered(out, self.done) };
        picture.save_with_format(&path, image::ImageFormat::Png).map_err(|error| {
            trouble::say(&format!("litfass-kiosk: write {}: {error}", path.display()));
            Exit::Broken
        })
    }
}

/// `wall.png` as `wall-0007.png`.
fn numbered(path: &Path, number: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number:04}.png"))
}

/// What is drawn: the cached programme, or what the flags say.
fn told(settings: &Settings, shot: &Shot) -> Result<(Told, Loader, Opener), Exit> {
    let media = shot.media.clone().unwrap_or_else(|| settings.data.join("media"));
    let load = app::load_from(media.clone());
    let open: Opener = Arc::new(move |sha256| Ok(media.join(sha256)));
    let at = shot.at.unwrap_or_default();
    if let Some((code, address)) = &shot.pairing {
        let (code, address) = (code.clone(), address.clone());
        let pairing = Pairing { code, address, expires_at: at.saturating_add(CODE_LASTS_MILLIS) };
        return Ok((Told { pairing: Some(pairing), ..Told::default() }, load, open));
    }
    if let Some(name) = &shot.fault {
        let fault = Fault { name: name.clone(), detail: String::new(), at };
        return Ok((Told { faults: vec![fault], ..Told::default() }, load, open));
    }
    if let Some(before) = shot.before {
        let language = settings.language.tag().to_owned();
        let (id, name, programme) = Default::default();
        let paired = Screen { id, name, rotation: 0, language, tags: Vec::new(), programme };
        return Ok((Told { screen: (before == Before::Loading).then_some(paired), ..Told::default() }, load, open));
    }
    if let Some(path) = &shot.programme {
        let unusable = |error: &dyn std::fmt::Display| {
            trouble::say(&format!("litfass-kiosk: read programme {}: {error}", path.display()));
            Exit::Usage
        };
        let text = fs::read(path).map_err(|error| unusable(&error))?;
        let programme: Programme = serde_json::from_slice(&text).map_err(|error| unusable(&error))?;
        let player = Some(Player::new(Arc::new(programme)));
        return Ok((Told { player, ..Told::default() }, load, open));
    }
    let library = Library::look(&settings.data).map_err(|error| {
        trouble::say(&format!("litfass-kiosk: {error}"));
        Exit::Broken
    })?;
    let last: Option<(Arc<Programme>, Screen)> = library.last();
    if last.is_none() {
        return Err(trouble::explain(Exit::Nothing));
    }
    let opener = library.clone();
    let open: Opener = Arc::new(move |sha256| Ok(opener.path(sha256)));
    Ok((Told::from_cache(last), Arc::new(move |sha256| library.load(sha256)), open))
}
