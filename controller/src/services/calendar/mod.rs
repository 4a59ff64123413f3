//! Calendars (iCalendar, RFC 5545) at an address: fetched politely, read however broken, and what is to come in them.
//!
//! One broken line costs its event, never the calendar: that is why content lines are read here, by a reader that cannot
//! fail, and not by a parser that takes a calendar whole or not at all. Rules that repeat (`RRULE`) are what people get
//! wrong when they write it themselves, and left to the crate `rrule`.

mod clocks;
mod entry;
mod lines;
mod reading;
#[cfg(test)]
mod reading_tests;
mod repeat;
mod windows;

use std::panic::AssertUnwindSafe;

use reqwest::header::{ACCEPT, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use serde::{Deserialize, Serialize};
use shared::slides::Event;

pub use reading::{MOST_EVENTS, Upcoming};

use crate::tools::http::{Client, HttpError};

/// Largest calendar.
const LARGEST: usize = 5 << 20;

/// What is remembered of a calendar between two visits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    etag: Option<String>,
    modified: Option<String>,
    /// Time zone of the venue for which it was read.
    zone: String,
    /// Whether there was more to come than was kept.
    more: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It could not be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// What came is no calendar.
    #[error("no calendar")]
    NotACalendar,
}

/// What a visit brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The same calendar as before.
    Unchanged,
    /// What is to come, soonest first.
    Events(Vec<Event>),
}

/// Visits a calendar. `left` tells how many events that were kept are still to come: when they run out, an unchanged
/// calendar is read again.
pub async fn visit(
    http: &Client,
    address: &str,
    zone: &str,
    memory: &mut Memory,
    left: usize,
    now: i64,
) -> Result<News, Trouble> {
    let mut request = http.get(&address_of(address)).limit(LARGEST).header(ACCEPT, "text/calendar, */*;q=0.1");
    if memory.zone == zone && !(memory.more && left < MOST_EVENTS / 3) {
        if let Some(etag) = &memory.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &memory.modified {
            request = request.header(IF_MODIFIED_SINCE, modified);
        }
    }
    let answer = request.send().await?;
    if answer.status == 304 {
        return Ok(News::Unchanged);
    }
    let answer = answer.success(now)?;
    let fresh = Memory { etag: answer.header(&ETAG), modified: answer.header(&LAST_MODIFIED), ..Memory::default() };
    let venue = zone.to_owned();
    let read = move || std::panic::catch_unwind(AssertUnwindSafe(|| reading::read(&answer.body, &venue, now)));
    let upcoming = tokio::task::spawn_blocking(read).await;
    // A library that panics on a calendar cannot read it.
    let upcoming = upcoming.ok().and_then(Result::ok).flatten().ok_or(Trouble::NotACalendar)?;
    *memory = Memory { zone: zone.to_owned(), more: upcoming.more, ..fresh };
    Ok(News::Events(upcoming.events))
}

/// `webcal:` is what calendars are called in links that open a calendar program; they are fetched with https.
fn address_of(address: &str) -> String {
    let trimmed = address.trim();
    match trimmed.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") || scheme.eq_ignore_ascii_case("webcals") => {
            format!("https://{rest}")
        }
        _ => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn a_link_for_calendar_programs_is_fetched_with_https() {
        assert_eq!(address_of(" webcal://town.example/a.ics"), "https://town.example/a.ics");
        assert_eq!(address_of("WebCals://town.example/a.ics"), "https://town.example/a.ics");
        assert_eq!(address_of("http://town.example/a.ics"), "http://town.example/a.ics");
    }
}
