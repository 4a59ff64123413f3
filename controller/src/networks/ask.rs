//! Asking interfaces that answer in JSON, and what their refusals mean.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderName, RETRY_AFTER, USER_AGENT};
use serde_json::Value;

use super::{Class, Credential, Doors, Trouble};
use crate::tools::{
    dates,
    http::{Answer, HttpError, Request},
};

/// Nobody makes us wait for longer than a day by a limit on requests.
const LONGEST_WAIT_MS: i64 = 24 * 3600 * 1000;

/// What was said.
pub(super) struct Told {
    /// The answer as JSON.
    pub(super) value: Value,
    /// Headers and where it came from.
    pub(super) answer: Answer,
}

/// Why nothing was said.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What to do about it, and what to tell.
    pub(super) trouble: Trouble,
    /// The status; 0 where there was no answer.
    pub(super) status: u16,
    /// The answer as JSON; null where it is none.
    pub(super) body: Value,
    /// The host wants rest until then.
    pub(super) pause: Option<(String, i64)>,
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, status: 0, body: Value::Null, pause: None }
    }
}

impl From<HttpError> for Refusal {
    fn from(error: HttpError) -> Self {
        Trouble::from(error).into()
    }
}

/// Prepares a question to an interface.
pub(super) fn get<'a>(doors: &Doors<'a>, address: &str, token: Option<&Credential>) -> Request<'a> {
    let instance = doors.settings.instance_url.as_deref().unwrap_or("self-hosted");
    let agent = format!("Litfass/{} (+{instance})", env!("CARGO_PKG_VERSION"));
    let request = doors.http.get(address).header(ACCEPT, "application/json").header(USER_AGENT, &agent);
    let request = request.limit(doors.settings.limit_bytes);
    match token {
        Some(token) => request.header(AUTHORIZATION, &format!("Bearer {}", token.reveal())),
        None => request,
    }
}

/// Sends a question and reads the answer as JSON.
pub(super) async fn ask(doors: &Doors<'_>, request: Request<'_>) -> Result<Told, Refusal> {
    let answer = request.send().await?;
    let (status, now) = (answer.status, doors.now);
    let read = serde_json::from_slice::<Value>(&answer.body);
    if (200..300).contains(&status) {
        let value = read.map_err(|error| not_understood(&error.to_string()))?;
        return Ok(Told { value, answer });
    }
    let body = read.unwrap_or_default();
    let until = wait_until(&answer, now);
    let pause = answer.url.host_str().filter(|_| matches!(status, 429 | 503)).map(|host| (host.to_owned(), until));
    let error = match status {
        429 => HttpError::RateLimited { until },
        503 => HttpError::Unavailable { until },
        _ => answer.success(now).err().unwrap_or(HttpError::Status(status)),
    };
    Err(Refusal { trouble: error.into(), status, body, pause })
}

/// An answer that makes no sense to us.
pub(super) fn not_understood(detail: &str) -> Trouble {
    Trouble::new(Class::ContractChanged, "networks.error.not_understood", detail)
}

/// When the host may be asked again after an answer that used up what it grants; `None` while some is left.
pub(super) fn used_up(answer: &Answer, now: i64) -> Option<(String, i64)> {
    let left = ["x-ratelimit-remaining", "ratelimit-remaining"].into_iter().find_map(|name| header(answer, name))?;
    if left.parse::<i64>().ok()? > 0 {
        return None;
    }
    Some((answer.url.host_str()?.to_owned(), reset_at(answer, now)?))
}

fn header(answer: &Answer, name: &'static str) -> Option<String> {
    answer.header(&HeaderName::from_static(name))
}

fn wait_until(answer: &Answer, now: i64) -> i64 {
    if answer.header(&RETRY_AFTER).is_some() {
        return answer.retry_at(now);
    }
    reset_at(answer, now).unwrap_or_else(|| answer.retry_at(now))
}

fn reset_at(answer: &Answer, now: i64) -> Option<i64> {
    let reset = ["x-ratelimit-reset", "ratelimit-reset"].into_iter().find_map(|name| header(answer, name))?;
    read_reset(&reset, now)
}

/// A time as a date, as seconds since 1970, or as seconds from now.
fn read_reset(text: &str, now: i64) -> Option<i64> {
    let at = match text.trim().parse::<i64>() {
        Ok(secs) if secs > 1_000_000_000 => secs.saturating_mul(1000),
        Ok(secs) => now.saturating_add(secs.saturating_mul(1000)),
        Err(_) => dates::parse(text)?,
    };
    Some(at.clamp(now + 1000, now + LONGEST_WAIT_MS))
}

#[cfg(test)]
mod tests {
    use super::read_reset;

    #[test]
    fn every_style_of_reset_is_read() {
        const NOW: i64 = 1_800_000_000_000;
        let table = [
            ("2027-01-15T08:02:00.000Z", Some(NOW + 120_000)),
            ("1800000120", Some(NOW + 120_000)),
            ("120", Some(NOW + 120_000)),
            ("0", Some(NOW + 1000)),
            ("2020-01-01T00:00:00Z", Some(NOW + 1000)),
            ("99999999999", Some(NOW + 86_400_000)),
            ("soon", None),
        ];
        for (text, expected) in table {
            assert_eq!(read_reset(text, NOW), expected, "{text}");
        }
    }
}
