//! One request to an interface and its answer as JSON, read leniently: nothing unknown ever fails it.

use reqwest::{
    Method,
    header::{ACCEPT, HeaderName},
};
use serde_json::Value;

use crate::{
    networks::{Class, Doors, Trouble},
    tools::http::{Answer, HttpError, Request},
};

/// What an interface answered.
pub(in crate::networks) struct Reply {
    /// Status code.
    pub(in crate::networks) status: u16,
    /// The body; `Null` when it is no JSON.
    pub(in crate::networks) body: Value,
    /// When to come again, as `Retry-After` says, or in ten minutes.
    pub(in crate::networks) retry_at: i64,
    answer: Answer,
}

impl Reply {
    /// Whether the status is a success.
    pub(in crate::networks) fn is_good(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// A header as text.
    pub(in crate::networks) fn header(&self, name: &'static str) -> Option<String> {
        self.answer.header(&HeaderName::from_static(name))
    }

    /// What a status means where the body says nothing.
    pub(in crate::networks) fn by_status(&self) -> Trouble {
        let detail = format!("status {}", self.status);
        match self.status {
            200..=299 => {
                Trouble::new(Class::ContractChanged, "sources.error.not_understood", "a success that is not understood")
            }
            401 => Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail),
            403 => Trouble::new(Class::PermissionMissing { scope: None }, "sources.error.permission", detail),
            429 => Trouble::new(Class::RateLimited { until: self.retry_at }, "sources.error.rate_limited", detail),
            503 => Trouble::new(Class::RateLimited { until: self.retry_at }, "sources.error.unavailable", detail),
            500..=599 | 408 => {
                Trouble::new(Class::Transient, "sources.error.status", detail).with("status", self.status.to_string())
            }
            _ => Trouble::new(Class::BadRequest, "sources.error.refused_request", detail)
                .with("status", self.status.to_string()),
        }
    }
}

/// Sends a request, to this place only, and reads the answer, whatever its status.
pub(in crate::networks) async fn ask(doors: &Doors<'_>, request: Request<'_>) -> Result<Reply, Trouble> {
    let request = request.header(ACCEPT, "application/json").limit(doors.settings.limit_bytes).stay();
    let answer = request.send().await.map_err(|error| match error {
        // Nobody typed this address: it is the network's or the operator's, and may be back soon.
        HttpError::Gone | HttpError::Redirects => Trouble { class: Class::Transient, ..error.into() },
        error => error.into(),
    })?;
    let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    Ok(Reply { status: answer.status, body, retry_at: answer.retry_at(doors.now), answer })
}

/// A form to send, as OAuth has it.
pub(in crate::networks) fn form<'a>(doors: &Doors<'a>, address: &str, fields: &[(&str, &str)]) -> Request<'a> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    doors.http.request(Method::POST, address).body("application/x-www-form-urlencoded", body.into_bytes())
}
