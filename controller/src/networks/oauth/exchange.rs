//! Token requests as RFC 6749 has them, and what their errors mean.

use serde_json::Value;

use super::{
    Tokens,
    reply::{Reply, ask},
};
use crate::{
    networks::{Class, Doors, Trouble, value::text},
    tools::http::Request,
};

/// Sends a token request; returns the tokens and the whole answer. A refresh token that is not sent anew stays.
pub(in crate::networks) async fn exchange(
    doors: &Doors<'_>,
    request: Request<'_>,
    kept: Option<&str>,
) -> Result<(Tokens, Value), Trouble> {
    let reply = ask(doors, request).await?;
    // Some networks say what is wrong with status 200.
    if let Some(trouble) = trouble(&reply) {
        return Err(trouble);
    }
    match Tokens::read(&reply.body, kept, doors.now) {
        Some(tokens) if reply.is_good() => Ok((tokens, reply.body)),
        _ => Err(reply.by_status()),
    }
}

fn trouble(reply: &Reply) -> Option<Trouble> {
    let error = text(&reply.body, "/error")?;
    let detail = format!("token request: {}, status {}", crate::tools::text::line(error, 60), reply.status);
    Some(match error {
        // Not all say `invalid_grant` of a refresh token that has been used or taken back.
        "invalid_grant" | "invalid_token" | "invalid_request" | "access_denied" => {
            Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", detail)
        }
        "invalid_client" | "unauthorized_client" => {
            Trouble::new(Class::BadRequest, "sources.error.registration", detail)
        }
        "invalid_scope" => Trouble::new(Class::PermissionMissing { scope: None }, "sources.error.permission", detail),
        "server_error" | "temporarily_unavailable" | "internal_error" => {
            Trouble::new(Class::Transient, "sources.error.network_down", detail)
        }
        "rate_limit_exceeded" | "slow_down" => {
            Trouble::new(Class::RateLimited { until: reply.retry_at }, "sources.error.rate_limited", detail)
        }
        _ => Trouble { detail, ..reply.by_status() },
    })
}
