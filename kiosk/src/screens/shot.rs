//! One frame as PNG: what the display shows at an instant.

use std::{
    fs,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
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
    conduct::{self, Conductor},
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
        pictures::Loader,
        surface::Surface,
        wake::Wake,
    },
    tools::clock::Clock,
};

/// How long a code in a preview still lasts.
const CODE_LASTS_MILLIS: i64 = 9 * 60_000 + 30_000;

/// The picture, once it is taken.
#[derive(Clone, Default, Resource)]
struct Taken(Arc<Mutex<Option<RgbImage>>>);

#[derive(Resource)]
struct Asked(bool, Wake);

/// Draws the picture and writes it.
pub fn run(settings: &Settings, shot: &Shot) -> ExitCode {
    draw(settings, shot).err().unwrap_or(Exit::Done).into()
}

fn draw(settings: &Settings, shot: &Shot) -> Result<(), Exit> {
    let (told, load) = told(settings, shot)?;
    let clock = match shot.at {
        Some(at) => Clock::with_wall(move || at),
        None => Clock::system(),
    };
    let adapter = app::adapter(settings.motion)?;
    let (mut app, wake) = app::build(Plan {
        size: Some(settings.window.unwrap_or(Size { width: 1920, height: 1080 })),
        headless: true,
        adapter,
        load,
        listener: Arc::new(|_| {}),
    })?;
    let taken = Taken::default();
    let rotation = settings.rotation.map(u16::from);
    app.insert_resource(Proof::new(Health::default(), clock.clone()))
        .insert_resource(Conductor::new(told, clock, settings.language.tag(), rotation))
        .insert_resource(taken.clone())
        .insert_resource(Asked(false, wake))
        .add_plugins(conduct::plugin)
        .add_systems(Update, take.after(Staging));
    app.world_mut().resource_mut::<Surface>().moves = false;
    app.run();
    let picture = taken.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(Exit::Broken)?;
    picture.save_with_format(&shot.out, image::ImageFormat::Png).map_err(|error| {
        trouble::say(&format!("litfass-kiosk: write {}: {error}", shot.out.display()));
        Exit::Broken
    })
}

/// Asks for the picture once everything is on, and ends when it is there.
fn take(
    surface: Res<'_, Surface>,
    mut asked: ResMut<'_, Asked>,
    mut captures: ResMut<'_, Captures>,
    taken: Res<'_, Taken>,
    mut exit: MessageWriter<'_, AppExit>,
) {
    if asked.0 {
        if taken.0.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            exit.write(AppExit::Success);
        }
    } else if surface.settled() {
        asked.0 = true;
        let (slot, wake) = (taken.0.clone(), asked.1.clone());
        let receive = move |picture| {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(picture);
            wake.call();
        };
        captures.want(View::AsDrawn, Arc::new(receive));
        asked.1.call();
    }
}

/// What is drawn: the cached programme, or what the flags say.
fn told(settings: &Settings, shot: &Shot) -> Result<(Told, Loader), Exit> {
    let media = shot.media.clone().unwrap_or_else(|| settings.data.join("media"));
    let load = app::load_from(media);
    let at = shot.at.unwrap_or_default();
    if let Some((code, address)) = &shot.pairing {
        let (code, address) = (code.clone(), address.clone());
        let pairing = Pairing { code, address, expires_at: at.saturating_add(CODE_LASTS_MILLIS) };
        return Ok((Told { pairing: Some(pairing), ..Told::default() }, load));
    }
    if let Some(name) = &shot.fault {
        let fault = Fault { name: name.clone(), detail: String::new(), at };
        return Ok((Told { faults: vec![fault], ..Told::default() }, load));
    }
    if let Some(before) = shot.before {
        let language = settings.language.tag().to_owned();
        let (id, name, programme) = Default::default();
        let paired = Screen { id, name, rotation: 0, language, tags: Vec::new(), programme };
        return Ok((Told { screen: (before == Before::Loading).then_some(paired), ..Told::default() }, load));
    }
    if let Some(path) = &shot.programme {
        let unusable = |error: &dyn std::fmt::Display| {
            trouble::say(&format!("litfass-kiosk: read programme {}: {error}", path.display()));
            Exit::Usage
        };
        let text = fs::read(path).map_err(|error| unusable(&error))?;
        let programme: Programme = serde_json::from_slice(&text).map_err(|error| unusable(&error))?;
        let player = Some(Player::new(Arc::new(programme)));
        return Ok((Told { player, ..Told::default() }, load));
    }
    let library = Library::look(&settings.data).map_err(|error| {
        trouble::say(&format!("litfass-kiosk: {error}"));
        Exit::Broken
    })?;
    let last: Option<(Arc<Programme>, Screen)> = library.last();
    if last.is_none() {
        return Err(trouble::explain(Exit::Nothing));
    }
    Ok((Told::from_cache(last), Arc::new(move |sha256| library.load(sha256))))
}
