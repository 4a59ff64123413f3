//! What an operator types.

mod account;
mod config;
mod demo;
mod feed;
mod log;
mod media;
mod migrate;
pub mod open;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Options};

/// Exit code for settings that cannot be used (`EX_CONFIG` of sysexits.h).
const BAD_CONFIG: u8 = 78;

const MORE: &str = "Each setting can also stand in the settings file, under the name of its flag (data = \"…\"), or in the \
environment; a flag counts more than the environment, and that more than the file. LITFASS_LOG filters the log (info, \
debug, info,controller::jobs=debug).";

/// What was typed.
#[derive(Parser)]
#[command(name = "litfass", version, about, long_about = None, after_help = MORE)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages and screens (what happens without a command)
    Serve,
    /// Makes and lists accounts, and sets passwords
    #[command(subcommand)]
    Account(account::Deed),
    /// Prints the settings in force, without secrets
    Config,
    /// Serves an invented town with a feed of its own, to look around in; on this machine only
    Demo {
        /// Kiosk program to start beside it, paired by itself
        #[arg(long, value_name = "PATH")]
        kiosk: Option<std::path::PathBuf>,
    },
    /// Prints what feeds would give; stores nothing and needs no data folder
    #[command(long_about = feed::ABOUT)]
    Feed(feed::Args),
    /// Prints, as JSON, what an upload of each file would give, or why it is refused; stores nothing
    Media {
        /// Pictures, films, PDFs
        #[arg(required = true, value_name = "FILE")]
        files: Vec<std::path::PathBuf>,
    },
    /// Brings the database up to date and ends
    Migrate,
}

/// Runs the command line; errors are told on standard error.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let command = match cli.command {
        // Needs no settings of a server; relative addresses are completed with --base-url.
        Some(Command::Feed(args)) => {
            return block_on(feed::run(args, cli.options.base_url, &cli.options.allow));
        }
        command => command.unwrap_or(Command::Serve),
    };
    match Config::load(&cli.options) {
        Ok(settings) => dispatch(command, settings),
        Err(error) => fail(BAD_CONFIG, &error.to_string()),
    }
}

fn dispatch(command: Command, settings: Config) -> ExitCode {
    match command {
        Command::Feed(args) => block_on(feed::run(args, Some(settings.base_url), &settings.allow)),
        Command::Serve => block_on(serve::run(settings)),
        Command::Account(deed) => block_on(account::run(settings, deed)),
        Command::Config => config::run(&settings),
        Command::Demo { kiosk } => block_on(demo::run(settings, kiosk)),
        Command::Media { files } => block_on(media::run(&files)),
        Command::Migrate => block_on(migrate::run(settings)),
    }
}

fn block_on(work: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => fail(1, &format!("start worker threads: {error}")),
    }
}

#[expect(clippy::print_stderr, reason = "a command talks to a terminal")]
fn fail(code: u8, message: &str) -> ExitCode {
    eprintln!("litfass: {message}");
    ExitCode::from(code)
}
