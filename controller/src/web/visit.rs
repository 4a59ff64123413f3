//! Who asks, and in which language: found out once per request.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    extract::FromRequestParts,
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use super::{errors, rights};
use crate::{app::Error, tools::words::Language};

/// A request by somebody, put there by [`super::guard`].
#[derive(Clone, Debug)]
pub struct Visit {
    /// Language of the answer.
    pub language: Language,
    /// Token that every form carries.
    pub xsrf: Xsrf,
    /// Who is logged in.
    pub member: Option<Owner>,
    /// Path asked for; with its query where no form was sent.
    pub path: String,
    /// What was just done, as the last page says it (`done.saved`).
    pub done: Option<String>,
    /// Where the request comes from; shown to the member only, never logged.
    pub address: Option<IpAddr>,
    /// When it was asked, in milliseconds since 1970.
    pub now: i64,
}

/// The token of forms. Its cookie is only set where a page has a form.
#[derive(Clone, Debug, Default)]
pub struct Xsrf {
    token: String,
    used: Arc<AtomicBool>,
}

impl Xsrf {
    pub(super) fn new(token: String) -> Self {
        Self { token, used: Arc::default() }
    }

    /// The token, for the field `xsrf` or the header `x-xsrf`.
    pub fn token(&self) -> &str {
        self.used.store(true, Ordering::Relaxed);
        &self.token
    }

    pub(super) fn is_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }
}

/// A logged-in member. As an extractor it sends everybody else to the log-in page, and refuses what the role does not permit.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The member's id.
    pub member_id: String,
    /// The account everything asked for must belong to.
    pub account_id: String,
    /// The session of this request.
    pub session_id: String,
    /// Name for the greeting.
    pub first_name: String,
    /// Name of the institution.
    pub institution: String,
    /// What the member may do.
    pub role: String,
    /// Whether they own the account of whoever runs this instance.
    pub operator: bool,
}

impl Owner {
    /// Whether the member may write, and change what there is.
    pub fn may_write(&self) -> bool {
        matches!(self.role.as_str(), "owner" | "editor")
    }

    /// Whether the member may hide, show, pin and sort posts.
    pub fn may_moderate(&self) -> bool {
        self.may_write() || self.role == "moderator"
    }

    /// Refuses whoever may not write.
    pub fn must_write(&self) -> Result<(), Error> {
        if self.may_write() { Ok(()) } else { Err(Error::Forbidden) }
    }
}

impl Visit {
    /// Somebody of whom nothing is known but a language.
    pub fn stranger(language: Language) -> Self {
        Self { language, xsrf: Xsrf::default(), member: None, path: "/".to_owned(), done: None, address: None, now: 0 }
    }

    /// An error, as a page in the visitor's language.
    pub fn refuse(&self, error: &Error) -> Response {
        errors::answer(self.language, error)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        // Missing only where a route was put outside the guard.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await?;
        if visit.member.as_ref().is_some_and(|owner| !rights::permit(owner, &parts.method, parts.uri.path())) {
            return Err(visit.refuse(&Error::Forbidden));
        }
        visit.member.ok_or_else(|| {
            if !matches!(parts.method, Method::GET | Method::HEAD) {
                return Redirect::to("/login").into_response();
            }
            let then = url::form_urlencoded::byte_serialize(visit.path.as_bytes()).collect::<String>();
            Redirect::to(&format!("/login?then={then}")).into_response()
        })
    }
}
