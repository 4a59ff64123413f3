//! What the two interfaces of Meta have in common: errors, pages, how a post is found to be gone, and what it signs.

mod signed;

use serde_json::Value;

pub(super) use self::signed::told;

use super::{
    Class, Doors, Quota, Trouble,
    oauth::{Reply, ask},
    value::text,
};

/// Version of the interface, unless the operator sets another one.
pub(super) const VERSION: &str = "v26.0";
/// Pause when the network says that it was asked too often and not for how long.
const PAUSE_MILLIS: i64 = 3_600_000;

/// How much it grants changes with what happens at the profiles; what counts is what it says while it answers.
pub(super) static QUOTA: Quota = Quota { grants: &[] };
/// A share, in percent, of what it grants to an app that is as good as all of it.
const USED_UP: i64 = 100;

/// Asks for an object; anything but an object is a trouble.
pub(super) async fn get(
    doors: &Doors<'_>,
    base: &str,
    path: &str,
    parameters: &[(&str, &str)],
) -> Result<Value, Trouble> {
    let address = super::oauth::address(base, path, parameters)
        .ok_or_else(|| Trouble::new(Class::BadRequest, "sources.error.bad_base", "the base address cannot be read"))?;
    let reply = ask(doors, doors.http.get(address.as_str())).await?;
    heed(doors, &reply);
    read(reply, doors.now)
}

/// Leaves it alone with all sources where an answer says that the app as a whole has used up what it is granted; that a
/// single profile has concerns that profile alone.
fn heed(doors: &Doors<'_>, reply: &Reply) {
    let usage: Value =
        reply.header("x-app-usage").and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let shares = usage.as_object().into_iter().flat_map(|all| all.values()).filter_map(Value::as_i64);
    let of_app = reply.body.pointer("/error/code").and_then(Value::as_i64) == Some(4);
    if of_app {
        doors.meter.rest(regained_at(reply, doors.now));
    } else if shares.max().is_some_and(|share| share >= USED_UP) {
        doors.meter.rest(doors.now + PAUSE_MILLIS);
    }
}

/// Takes what an answer holds, or what is wrong. The status says little here: most errors have 400.
pub(super) fn read(reply: Reply, now: i64) -> Result<Value, Trouble> {
    match reply.body.get("error") {
        Some(error) => Err(trouble(error, &reply, now)),
        None if reply.is_good() && reply.body.is_object() => Ok(reply.body),
        None => Err(reply.by_status()),
    }
}

/// Whether an error says that there is no such object, or none that we may see.
pub(super) fn is_missing(trouble: &Trouble) -> bool {
    trouble.class == Class::Gone
}

fn trouble(error: &Value, reply: &Reply, now: i64) -> Trouble {
    let number = |name| error.get(name).and_then(Value::as_i64);
    let (code, subcode) = (number("code").unwrap_or_default(), number("error_subcode").unwrap_or_default());
    let transient = error.get("is_transient").and_then(Value::as_bool).unwrap_or_default();
    let detail = format!("error {code}/{subcode}, status {}", reply.status);
    match (code, subcode) {
        (190 | 102, _) => Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail),
        (10 | 200..=299, _) => {
            Trouble::new(Class::PermissionMissing { scope: None }, "sources.error.permission", detail)
        }
        (4 | 17 | 32 | 613 | 80_000..=80_014, _) => {
            Trouble::new(Class::RateLimited { until: regained_at(reply, now) }, "sources.error.rate_limited", detail)
        }
        (100, 33) | (24, _) => Trouble::new(Class::Gone, "sources.error.profile_gone", detail),
        (1 | 2 | -1 | -2, _) => Trouble::new(Class::Transient, "sources.error.network_down", detail),
        _ if transient || reply.status >= 500 => Trouble::new(Class::Transient, "sources.error.network_down", detail),
        _ if reply.status == 429 => {
            Trouble::new(Class::RateLimited { until: regained_at(reply, now) }, "sources.error.rate_limited", detail)
        }
        _ => Trouble::new(Class::BadRequest, "sources.error.refused_request", detail).with("status", code.to_string()),
    }
}

/// When we may ask again: the usage header says in how many minutes.
fn regained_at(reply: &Reply, now: i64) -> i64 {
    let header = reply.header("x-business-use-case-usage").unwrap_or_default();
    let usage: Value = serde_json::from_str(&header).unwrap_or_default();
    let entries = usage.as_object().into_iter().flat_map(|all| all.values()).filter_map(Value::as_array).flatten();
    let minutes = entries.filter_map(|entry| entry.get("estimated_time_to_regain_access")?.as_i64()).max();
    match minutes {
        Some(minutes @ 1..) => now.saturating_add(minutes.min(7 * 24 * 60) * 60_000),
        _ if reply.header("retry-after").is_some() => reply.retry_at,
        _ => now + PAUSE_MILLIS,
    }
}

/// The cursor of the next page, if there is one. Links of the answer are not followed: they lead to any host.
pub(super) fn next_cursor(page: &Value) -> Option<String> {
    let paging = page.get("paging")?;
    text(paging, "/next")?;
    text(paging, "/cursors/after").map(str::to_owned)
}

/// What a listing has none of is the profile itself: its owner has to look.
pub(super) fn of_profile(trouble: Trouble) -> Trouble {
    if is_missing(&trouble) { Trouble { class: Class::ReauthRequired, ..trouble } } else { trouble }
}
