//! `litfass demo`: an invented town with a feed of its own, and a kiosk window paired to it.

mod press;
mod screen;
mod stage;
mod town;

use std::{fs, path::PathBuf, process::ExitCode};

use super::{fail, log, open::open, serve};
use crate::{config::Config, tools::clock::Clock};

/// Log-in of the demo; it listens on this machine only.
pub(super) const MAIL: &str = "demo@lindenhafen.example";
const PASSWORD: &str = "Leuchtturm-an-der-Mole";

/// Serves the demo until told to stop.
pub(super) async fn run(mut config: Config, kiosk: Option<PathBuf>) -> ExitCode {
    log::start(config.log_format);
    if !config.listen.ip().is_loopback() {
        return fail(78, "the demo has a password that everybody knows; it listens on loopback only");
    }
    // Somebody is watching: a new post is to arrive while they are.
    config.feed_interval_secs = config.feed_interval_secs.min(5);
    let town = match town::read() {
        Ok(town) => town,
        Err(why) => return fail(1, &why),
    };
    if let Err(error) = fs::create_dir_all(&config.data) {
        return fail(1, &format!("data folder {}: {error}", config.data.display()));
    }
    let noted = config.data.join("feed-port");
    let wished = fs::read_to_string(&noted).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let website = match town::serve(wished).await {
        Ok(address) => address,
        Err(error) => return fail(1, &format!("serve the town's website: {error}")),
    };
    if let Err(error) = fs::write(&noted, website.port().to_string()) {
        return fail(1, &format!("{}: {error}", noted.display()));
    }
    config.allow.push(website.to_string());
    let app = match open(config, Clock::System).await {
        Ok(app) => app,
        Err(why) => return fail(1, &why),
    };
    let stage = match stage::prepare(&app, &town, website).await {
        Ok(stage) => stage,
        Err(error) => return fail(1, &format!("prepare the demo: {error}")),
    };
    let listener = match serve::listen(&app).await {
        Ok(listener) => listener,
        Err(code) => return code,
    };
    tell(&app.config, &stage.handle);
    if let Some(program) = kiosk {
        app.tasks.spawn(screen::run(app.clone(), stage, program));
    }
    serve::serve(app, listener).await
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
fn tell(config: &Config, handle: &str) {
    println!();
    println!("  Litfass demo");
    println!("  Newsroom   {}", config.address(&format!("/@{handle}")));
    println!("  Dashboard  {}", config.address("/dashboard"));
    println!("  Log-in     {MAIL}");
    println!("  Password   {PASSWORD}");
    println!();
    println!("  A new post arrives after one minute. Hide one in the dashboard and watch the screen.");
    println!("  Ctrl-C stops everything.");
    println!();
}
