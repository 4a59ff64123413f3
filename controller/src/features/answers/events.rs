//! Asks calendars what is to come.

use shared::slides::{Event, Material, Picture, Want};

use super::{Asked, Kind, Reply, Trouble};
use crate::{
    app::App,
    services::calendar::{self, Memory, News},
    store::Answer,
};

/// A calendar is visited so often, in milliseconds.
const EVERY_MS: i64 = 15 * 60_000;

pub(super) const KIND: Kind = Kind { name: "events", most: 100, at_once: 12, at_once_of_one: 3, is_on: |_| true };

pub(super) fn is_wanted(want: &Want) -> bool {
    matches!(want, Want::Events { .. })
}

pub(super) async fn ask(app: &App, asked: &Asked<'_>) -> Result<Reply, Trouble> {
    let Want::Events { address, .. } = asked.want else { return Err(Trouble::new("answers.problem.unknown")) };
    let mut memory: Memory = serde_json::from_str(&asked.row.memory).unwrap_or_default();
    let left = still_to_come(asked.row, asked.now).len();
    let zone = &asked.stage.time_zone;
    let news = calendar::visit(&app.http, address, zone, &mut memory, left, asked.now).await;
    let answer = match news {
        Ok(News::Unchanged) => None,
        // Numbers and texts: nothing that JSON could not hold.
        Ok(News::Events(events)) => Some(serde_json::to_string(&events).unwrap_or_default()),
        Err(calendar::Trouble::Http(error)) => return Err(error.into()),
        Err(calendar::Trouble::NotACalendar) => return Err(Trouble::new("answers.problem.no_calendar")),
    };
    let memory = serde_json::to_string(&memory).unwrap_or_default();
    Ok(Reply { answer, memory, next_at: app.clock.now() + EVERY_MS, ..Reply::default() })
}

pub(super) fn material(row: &Answer, want: &Want, _: Option<Picture>, now: i64) -> Option<Material> {
    let Want::Events { count, .. } = want else { return None };
    let mut events = still_to_come(row, now);
    events.truncate(*count);
    Some(Material { events, ..Material::default() })
}

fn still_to_come(row: &Answer, now: i64) -> Vec<Event> {
    let mut events: Vec<Event> = serde_json::from_str(&row.answer).unwrap_or_default();
    events.retain(|event| event.until.max(event.from.saturating_add(1)) > now);
    events
}
