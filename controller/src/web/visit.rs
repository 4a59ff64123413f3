//! Who asks, and in which language: found out once per request.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use crate::tools::words::Language;

/// A request by somebody, put there by [`super::guard`].
#[derive(Clone, Debug)]
pub struct Visit {
    /// Language of the answer.
    pub language: Language,
    /// Token that every form carries.
    pub xsrf: String,
    /// Who is logged in.
    pub member: Option<Owner>,
    /// Path asked for.
    pub path: String,
}

/// A logged-in member. As an extractor it sends everybody else to the log-in page.
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
        visit.member.ok_or_else(|| {
            let then = url::form_urlencoded::byte_serialize(visit.path.as_bytes()).collect::<String>();
            Redirect::to(&format!("/login?then={then}")).into_response()
        })
    }
}
