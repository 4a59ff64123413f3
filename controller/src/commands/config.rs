//! `litfass config`: the settings in force.

use std::process::ExitCode;

use crate::config::Config;

/// Prints the settings as TOML; a database address is named without its password.
#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
pub(super) fn run(config: &Config) -> ExitCode {
    let database = config.database.as_deref().map_or_else(String::new, |address| {
        let mut url = url::Url::parse(address).ok();
        if let Some(url) = &mut url {
            // A URL without a host cannot carry a password either.
            let _ = url.set_password(None);
        }
        url.map_or_else(|| "set".to_owned(), String::from)
    });
    println!("data = {:?}", config.data);
    println!("listen = \"{}\"", config.listen);
    println!("base-url = \"{}\"", config.base_url);
    println!("database = {database:?} # empty: SQLite in the data folder");
    println!("master-key = {:?}", config.master_key);
    println!("allow = {:?}", config.allow);
    println!("feed-interval = {}", config.feed_interval_secs);
    println!("trusted-proxy = {:?}", config.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>());
    println!("registration = {}", config.registration);
    println!("log-format = \"{}\"", if config.log_format == crate::config::LogFormat::Json { "json" } else { "text" });
    ExitCode::SUCCESS
}
