//! Feeds: what is read from them, how they are fetched, and what hostile ones achieve (nothing).

mod corpus;
mod credentials;
mod fuzz;
mod guard;
mod hostile;
mod hostile_pictures;
mod imports;
mod killed;
mod neighbours;
mod server;
mod visits;

use std::path::PathBuf;

use controller::networks::{Doors, Meter, Settings};

/// 2027-01-15T08:00:00Z
const NOW: i64 = 1_800_000_000_000;

fn folder() -> PathBuf {
    harness::root().join("tests/feeds")
}

/// Every feed of the collection, by name.
fn collection() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    assert!(files.len() > 50, "the collection is in {}", folder().display());
    files
}

fn doors<'a>(http: &'a controller::tools::http::Client, settings: &'a Settings, now: i64) -> Doors<'a> {
    Doors { http, settings, now, chance: 0.5, meter: Meter::default() }
}
