//! Playing for years: the display, the link and the library together.

use std::{process::ExitCode, sync::Arc, sync::Mutex};

use bevy::app::{App, AppExit};

use super::{
    app::{self, Plan},
    conduct::{self, Inbox},
    conductor::Conductor,
    exit::Exit,
    proof::Proof,
    state::Told,
    trouble,
};
use crate::{health::Health, library::Library, link::Link, settings::Settings, stage::film::Films};

/// Plays until told to stop.
pub fn run(settings: &Settings) -> ExitCode {
    match start(settings) {
        Ok((mut app, link)) => {
            let ended = app.run();
            drop(link);
            match ended {
                AppExit::Success => Exit::Done.into(),
                AppExit::Error(code) => code.get().into(),
            }
        }
        Err(exit) => exit.into(),
    }
}

fn start(settings: &Settings) -> Result<(App, Arc<Link>), Exit> {
    let broken = |what: &dyn std::fmt::Display| {
        trouble::say(&format!("litfass-kiosk: {what}"));
        Exit::Broken
    };
    let library = Library::open(&settings.data).map_err(|error| broken(&error))?;
    let health = Health::start(&settings.data);
    // The link's clock is only known once it has started, and it starts once it can wake the display.
    let proof_slot: Arc<Mutex<Option<Proof>>> = Arc::default();
    let hearing = proof_slot.clone();
    let (loader, opener) = (library.clone(), library.clone());
    let (mut app, wake) = app::build(Plan {
        size: settings.window,
        headless: settings.headless,
        load: Arc::new(move |sha256| loader.load(sha256)),
        listener: Arc::new(move |frame| {
            let proof = hearing.lock().ok().and_then(|slot| slot.clone());
            if let Some(proof) = proof {
                proof.presented(frame);
            }
        }),
    })?;
    let told = Told::from_cache(library.last());
    let film_wake = wake.clone();
    let (link, inbox) = Link::start(settings, library, move || wake.call()).map_err(|error| broken(&error))?;
    let link = Arc::new(link);
    let films = Films::new(Arc::new(move |sha256| Ok(opener.path(sha256))), link.clock(), film_wake, true);
    app.insert_resource(films);
    let proof = Proof::new(health.clone(), link.clock());
    proof.report_to(link.clone());
    if let Ok(mut slot) = proof_slot.lock() {
        *slot = Some(proof.clone());
    }
    let rotation = settings.rotation.map(u16::from);
    app.insert_resource(Conductor::new(told, link.clock(), settings.language.tag(), rotation));
    app.insert_resource(Inbox(Mutex::new(inbox)));
    app.insert_resource(proof);
    app.add_plugins(conduct::plugin);
    let (adapter, still) = app::get_ready(&mut app, settings.motion);
    health.change(|report| (report.adapter, report.still) = (adapter.name, still));
    if !still {
        app.world().resource::<Films>().get_ready();
    }
    Ok((app, link))
}
