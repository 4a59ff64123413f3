//! What came back: status, headers and a body that ends at its limit.

use std::error::Error;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, RETRY_AFTER};
use tokio::time::Instant;
use url::Url;

use super::{
    HttpError,
    dns::{NoAddress, NotPublic},
};

/// Wait after 429 and 503 when the server does not say how long.
const DEFAULT_WAIT_MS: i64 = 10 * 60 * 1000;
/// Nobody makes us wait for longer than a week.
const LONGEST_WAIT_MS: i64 = 7 * 24 * 3600 * 1000;

/// One redirect that was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The address that redirected.
    pub from: Url,
    /// Its status: 301, 302, 303, 307 or 308.
    pub status: u16,
}

/// How much and how long may be read.
pub(super) struct Bounds {
    pub(super) limit_bytes: usize,
    pub(super) deadline: Instant,
    pub(super) secs: u64,
}

/// An answer.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Where the answer came from in the end.
    pub url: Url,
    /// Redirects on the way.
    pub hops: Vec<Hop>,
    /// What was read of the body by [`super::Request::send`].
    pub body: Vec<u8>,
    response: reqwest::Response,
    bounds: Bounds,
    read_bytes: usize,
}

impl Answer {
    pub(super) fn new(mut response: reqwest::Response, url: Url, hops: Vec<Hop>, bounds: Bounds) -> Self {
        let headers = std::mem::take(response.headers_mut());
        let status = response.status().as_u16();
        Self { status, headers, url, hops, body: Vec::new(), response, bounds, read_bytes: 0 }
    }

    /// Reads the next piece of the body; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, HttpError> {
        let Bounds { limit_bytes, deadline, secs } = self.bounds;
        let piece = tokio::time::timeout_at(deadline, self.response.chunk())
            .await
            .map_err(|_| HttpError::Timeout { secs })?
            .map_err(|error| translate(&error))?;
        self.read_bytes += piece.as_ref().map_or(0, |piece| piece.as_ref().len());
        if self.read_bytes > limit_bytes {
            return Err(HttpError::TooLarge { limit_bytes });
        }
        Ok(piece)
    }

    pub(super) async fn read(&mut self) -> Result<(), HttpError> {
        while let Some(piece) = self.chunk().await? {
            self.body.extend_from_slice(piece.as_ref());
        }
        Ok(())
    }

    /// Returns a header as text; bytes that are no UTF-8 are replaced.
    pub fn header(&self, name: &HeaderName) -> Option<String> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
    }

    /// Returns the `Content-Type`.
    pub fn content_type(&self) -> Option<String> {
        self.header(&CONTENT_TYPE)
    }

    /// Returns the answer when its status is a success, else what the status means.
    pub fn success(self, now: i64) -> Result<Self, HttpError> {
        match self.status {
            200..=299 => Ok(self),
            401 => Err(HttpError::Unauthorised),
            403 => Err(HttpError::Denied),
            404 => Err(HttpError::NotFound),
            410 => Err(HttpError::Gone),
            429 => Err(HttpError::RateLimited { until: self.retry_at(now) }),
            503 => Err(HttpError::Unavailable { until: self.retry_at(now) }),
            other => Err(HttpError::Status(other)),
        }
    }

    /// Returns when the server wants to be asked again, in milliseconds since 1970; ten minutes from now when it does
    /// not say.
    pub fn retry_at(&self, now: i64) -> i64 {
        self.header(&RETRY_AFTER).and_then(|text| parse_retry_after(&text, now)).unwrap_or(now + DEFAULT_WAIT_MS)
    }

    /// Returns the address that this one moved to for good: every redirect on the way was permanent and none left https.
    pub fn moved_to(&self) -> Option<&Url> {
        is_move(&self.hops, &self.url).then_some(&self.url)
    }
}

fn is_move(hops: &[Hop], target: &Url) -> bool {
    let Some(first) = hops.first() else { return false };
    let permanent = hops.iter().all(|hop| matches!(hop.status, 301 | 308));
    let downgraded = first.from.scheme() == "https"
        && (target.scheme() != "https" || hops.iter().any(|hop| hop.from.scheme() != "https"));
    permanent && !downgraded
}

/// Reads `Retry-After`: seconds or a date. The result lies between now and a week from now.
fn parse_retry_after(text: &str, now: i64) -> Option<i64> {
    let until = match text.trim().parse::<u64>() {
        Ok(secs) => now.saturating_add(i64::try_from(secs).unwrap_or(i64::MAX).saturating_mul(1000)),
        Err(_) => crate::tools::dates::parse(text)?,
    };
    Some(until.clamp(now, now + LONGEST_WAIT_MS))
}

/// Finds out why a request failed. Nothing of the address gets into the result.
pub(super) fn translate(error: &reqwest::Error) -> HttpError {
    let mut inner: Option<&(dyn Error + 'static)> = Some(error);
    let mut deepest = String::new();
    while let Some(cause) = inner {
        if cause.is::<NotPublic>() {
            return HttpError::ForbiddenAddress;
        }
        if cause.is::<NoAddress>() {
            return HttpError::Dns;
        }
        if let Some(tls) = find_tls(cause) {
            return HttpError::Tls(tls.to_string());
        }
        deepest = cause.to_string();
        inner = cause.source();
    }
    if error.is_timeout() {
        HttpError::Timeout { secs: super::CONNECT_TIMEOUT.as_secs() }
    } else if error.is_connect() {
        HttpError::Refused
    } else if error.is_builder() {
        HttpError::BadAddress
    } else {
        HttpError::Broken(deepest)
    }
}

/// Errors of TLS hide inside errors of input and output, which hide inside each other.
fn find_tls<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut cause = cause;
    while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        cause = inner;
    }
    cause.downcast_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    #[test]
    fn no_move_leads_out_of_https() {
        type Case = (&'static [(&'static str, u16)], &'static str, bool);
        let table: [Case; 7] = [
            (&[], "https://new.example/", false),
            (&[("https://old.example/", 301)], "https://new.example/", true),
            (&[("http://old.example/", 308)], "https://new.example/", true),
            (&[("http://old.example/", 301)], "http://new.example/", true),
            (&[("https://old.example/", 301)], "http://new.example/", false),
            (&[("https://old.example/", 301), ("http://between.example/", 301)], "https://new.example/", false),
            (&[("https://old.example/", 301), ("https://between.example/", 302)], "https://new.example/", false),
        ];
        for (hops, target, expected) in table {
            let hop = |(from, status): &(&str, u16)| Hop { from: Url::parse(from).unwrap(), status: *status };
            let hops: Vec<_> = hops.iter().map(hop).collect();
            assert_eq!(is_move(&hops, &Url::parse(target).unwrap()), expected, "{hops:?}");
        }
    }

    #[test]
    fn retry_after_takes_seconds_and_dates() {
        assert_eq!(parse_retry_after("120", NOW), Some(NOW + 120_000));
        assert_eq!(parse_retry_after("Fri, 15 Jan 2027 08:10:00 GMT", NOW), Some(NOW + 600_000));
        assert_eq!(parse_retry_after("Fri, 15 Jan 2021 08:10:00 GMT", NOW), Some(NOW));
        assert_eq!(parse_retry_after("999999999999999999", NOW), Some(NOW + LONGEST_WAIT_MS));
        assert_eq!(parse_retry_after("soon", NOW), None);
    }
}
