//! Which state the display is in, and the program around it.

mod app;
mod brand;
mod compose;
mod conduct;
mod conductor;
mod exit;
mod fault;
#[cfg(test)]
mod film_tests;
mod loading;
mod message;
mod pairing;
mod play;
mod playing;
mod proof;
mod shot;
mod state;
mod trouble;
mod waiting;

use std::process::ExitCode;

pub use exit::Exit;

use crate::{
    settings::{Action, Error, Settings},
    tools::memory,
};

/// Does what the flags, the environment and the settings file ask for.
pub fn run() -> ExitCode {
    memory::keep_nothing_large();
    let settings = match Settings::of_process() {
        Ok(settings) => settings,
        Err(Error::Usage(usage)) => usage.exit(),
        Err(error) => {
            trouble::say(&format!("litfass-kiosk: {error}"));
            return Exit::Usage.into();
        }
    };
    match settings.action.clone() {
        Action::Play => play::run(&settings),
        Action::Shot(shot) => shot::run(&settings, &shot),
    }
}
