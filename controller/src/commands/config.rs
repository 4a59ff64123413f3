//! `litfass config`: the settings in force.

use std::process::ExitCode;

use url::Url;

use crate::config::{Bucket, Config, LogFormat};

/// Prints the settings as TOML, as a settings file takes them; a database address is named without its password.
#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
pub(super) fn run(config: &Config) -> ExitCode {
    println!("data = {:?}", config.data);
    println!("listen = \"{}\"", config.listen);
    println!("base-url = \"{}\"", config.base_url);
    match &config.database {
        Some(address) => println!("database = {:?} # its password is not shown", without_password(address)),
        None => println!("# database: SQLite in the data folder"),
    }
    println!("master-key = {:?}", config.master_key);
    println!("allow = {:?}", config.allow);
    println!("feed-interval = {}", config.feed_interval_secs);
    println!("weather-url = \"{}\"", config.weather_url);
    println!("places-url = \"{}\"", config.places_url);
    match &config.page_browser {
        Some(program) => println!("page-browser = {program:?}"),
        None => println!("# page-browser: none, so that nobody has pictures of web pages taken"),
    }
    println!("trusted-proxy = {:?}", config.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>());
    println!("registration = {}", config.registration);
    println!("film-megabytes = {}", config.film_megabytes);
    println!("media-megabytes = {}", config.media_megabytes);
    match &config.kiosk {
        Some(path) => println!("kiosk = {path:?}"),
        None => println!("# kiosk: beside this program, else in PATH"),
    }
    match &config.hub {
        Some(hub) => println!("hub = \"{hub}\""),
        None => println!("# hub: none, so that nobody is told of news in our own feeds"),
    }
    match &config.dns {
        Some(dns) => println!("dns = \"{dns}\""),
        None => println!("# dns: the name servers of the system"),
    }
    println!("log-format = \"{}\"", if config.log_format == LogFormat::Json { "json" } else { "text" });
    match &config.bucket {
        Some(bucket) => print_bucket(bucket),
        None => println!("# s3: media are in the data folder"),
    }
    for (name, settings) in &config.networks {
        println!("\n[networks.{name}]");
        match (&settings.key_file, &settings.key) {
            (Some(file), _) => println!("key-file = {file:?}"),
            (None, Some(_)) => println!("# key: set, but not shown"),
            (None, None) => {}
        }
        if let Some(id) = &settings.client_id {
            println!("client-id = {id:?}");
        }
        match (&settings.client_secret_file, &settings.client_secret) {
            (Some(file), _) => println!("client-secret-file = {file:?}"),
            (None, Some(_)) => println!("# client-secret: set, but not shown"),
            (None, None) => {}
        }
        println!("approved = {}", settings.approved);
        if let Some(quota) = settings.quota {
            println!("quota = {quota}");
        }
        for (key, value) in settings.others() {
            println!("{} = {value:?}", key.replace('_', "-"));
        }
    }
    ExitCode::SUCCESS
}

#[expect(clippy::print_stdout, reason = "a command talks to a terminal")]
fn print_bucket(bucket: &Bucket) {
    println!("\n[s3]\nbucket = {:?}", bucket.name);
    if let Some(endpoint) = &bucket.endpoint {
        println!("endpoint = \"{endpoint}\"");
    }
    println!("region = {:?}\nkey-id = {:?}", bucket.region, bucket.key_id);
    match &bucket.secret_file {
        Some(file) => println!("secret-file = {file:?}"),
        None => println!("# secret: set, but not shown"),
    }
    if let Some(file) = &bucket.authority_file {
        println!("authority-file = {file:?}");
    }
}

/// The address of a database without the password, which can stand in two places.
fn without_password(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return "…".to_owned() };
    // A URL without a host cannot carry a password there.
    let _ = url.set_password(None);
    if url.query().is_some() {
        let kept: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| name != "password").collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_shown_in_neither_place() {
        assert_eq!(without_password("postgres://u:secret@h/db"), "postgres://u@h/db");
        assert_eq!(without_password("postgres://u@h/db?password=secret"), "postgres://u@h/db");
        assert_eq!(
            without_password("postgres://u@h/db?sslmode=require&password=secret"),
            "postgres://u@h/db?sslmode=require"
        );
        assert_eq!(without_password("secret"), "…");
    }
}
