//! `fake-networks FOLDER [FIRST-PORT]`: every network, played on this machine; the settings for a controller that may
//! reach them are written to the folder. `make run` starts it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to a terminal")]

use std::{path::PathBuf, process::ExitCode};

use harness::playground::Playground;

/// Where its ports begin.
const FIRST_PORT: u16 = 7100;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map(PathBuf::from);
    let first_port = arguments.next().map_or(Ok(FIRST_PORT), |text| text.parse());
    let (Some(folder), Ok(first_port)) = (folder, first_port) else {
        eprintln!("fake-networks FOLDER [FIRST-PORT]");
        return ExitCode::from(64);
    };
    let playground = Playground::new(&folder, first_port).await;
    let file = folder.join("settings.toml");
    // All at once, so that nobody reads half of it.
    let half = folder.join("settings.half");
    if let Err(error) = std::fs::write(&half, playground.settings()).and_then(|()| std::fs::rename(&half, &file)) {
        eprintln!("{}: {error}", file.display());
        return ExitCode::FAILURE;
    }
    println!("{}", playground.words());
    playground.live().await;
    ExitCode::SUCCESS
}
