//! Questions to LinkedIn: the headers that every one of them needs, and what its errors mean.

use reqwest::header::{AUTHORIZATION, HeaderName};
use serde_json::Value;

use crate::networks::{
    Class, Doors, Trouble,
    oauth::{Reply, Tokens, ask},
    value::text,
};

const API: &str = "https://api.linkedin.com";
/// A version lives for about a year; the operator can set a newer one.
const VERSION: &str = "202606";
const VERSION_HEADER: HeaderName = HeaderName::from_static("linkedin-version");
const PROTOCOL_HEADER: HeaderName = HeaderName::from_static("x-restli-protocol-version");
const METHOD_HEADER: HeaderName = HeaderName::from_static("x-restli-method");

/// The interface, opened with tokens.
pub(super) struct Api<'a> {
    pub(super) doors: &'a Doors<'a>,
    pub(super) tokens: &'a Tokens,
}

impl Api<'_> {
    /// Asks for something; names in the query are encoded already, because its lists have brackets of their own.
    pub(super) async fn get(&self, path: &str, query: &str, method: Option<&str>) -> Result<Value, Trouble> {
        let settings = self.doors.settings;
        let mark = if query.is_empty() { "" } else { "?" };
        let address = format!("{}{path}{mark}{query}", settings.base("linkedin.api_base", API));
        let mut request = self
            .doors
            .http
            .get(&address)
            .header(AUTHORIZATION, &format!("Bearer {}", self.tokens.access))
            .header(VERSION_HEADER, settings.base("linkedin.version", VERSION))
            .header(PROTOCOL_HEADER, "2.0.0");
        if let Some(method) = method {
            request = request.header(METHOD_HEADER, method);
        }
        self.doors.meter.asked();
        let reply = ask(self.doors, request).await?;
        // It says whose limit it was: that of one member with this app concerns that member alone.
        let of_member = text(&reply.body, "/message").is_some_and(|message| message.contains("MEMBER"));
        let is_busy = reply.status == 429 && !of_member;
        let answer = read(reply, self.doors.now);
        if let (true, Err(Trouble { class: Class::RateLimited { until }, .. })) = (is_busy, &answer) {
            self.doors.meter.rest(*until);
        }
        answer
    }
}

fn read(reply: Reply, now: i64) -> Result<Value, Trouble> {
    if reply.is_good() && reply.body.is_object() {
        return Ok(reply.body);
    }
    let number = reply.body.get("serviceErrorCode").and_then(Value::as_i64).unwrap_or_default();
    let code = text(&reply.body, "/code").unwrap_or_default();
    let detail = format!("{} ({number}), status {}", crate::tools::text::line(code, 60), reply.status);
    Err(match (reply.status, number) {
        (401, _) | (_, 65_600..=65_602) => Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail),
        (403, _) => Trouble::new(Class::PermissionMissing { scope: None }, "sources.error.permission", detail),
        (404, _) => Trouble::new(Class::Gone, "sources.error.profile_gone", detail),
        (426, _) => Trouble::new(Class::ContractChanged, "sources.linkedin.version", detail),
        (429, _) => {
            // Counted per day, until midnight in Greenwich, unless it says something else.
            let midnight = (now / 86_400_000 + 1) * 86_400_000;
            let until = if reply.header("retry-after").is_some() { reply.retry_at } else { midnight };
            Trouble::new(Class::RateLimited { until }, "sources.error.rate_limited", detail)
        }
        _ => Trouble { detail, ..reply.by_status() },
    })
}
