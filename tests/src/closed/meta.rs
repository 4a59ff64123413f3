//! What both interfaces of Meta have in common: errors, pages, and what is signed.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Inside, request::Reply};
use crate::hmac;

/// An error as Meta writes it; the status is nearly always 400.
pub(super) fn error(code: i64, subcode: i64, message: &str) -> Reply {
    let kind = if code == 190 || code == 10 { "OAuthException" } else { "GraphMethodException" };
    let body = json!({"error": {
        "message": message, "type": kind, "code": code, "error_subcode": subcode, "is_transient": false,
        "fbtrace_id": "AbCdEf123",
    }});
    Reply::json(400, &body)
}

/// No such object.
pub(super) fn missing(id: &str) -> Reply {
    error(
        100,
        33,
        &format!(
            "Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
        ),
    )
}

/// One page of posts, with cursors that die when something is inserted before them.
pub(super) fn page(inside: &Inside, path: &str, after: &str, limit: &str, lasting_secs: i64) -> Reply {
    let size = limit.parse::<usize>().unwrap_or(25).min(inside.page_size);
    let start = match after {
        "" => 0,
        cursor => {
            match cursor.strip_prefix("QVFI").and_then(|id| inside.posts.iter().position(|post| post["id"] == id)) {
                Some(at) => at + 1,
                None => return error(100, 0, "Invalid cursors values"),
            }
        }
    };
    let posts: Vec<_> = inside.posts.iter().skip(start).take(size).collect();
    let cursor = |post: Option<&&Value>| post.and_then(|post| post["id"].as_str()).map(|id| format!("QVFI{id}"));
    let mut paging = json!({"cursors": {"before": cursor(posts.first()), "after": cursor(posts.last())}});
    if start + posts.len() < inside.posts.len() {
        // As the networks do: whole, with the token in it, and of a host of their own.
        paging["next"] = json!(format!("https://graph.example{path}?access_token=IGAA&limit={size}&after=x"));
    }
    let data: Vec<_> = posts.into_iter().map(|post| inside.sent(post, lasting_secs)).collect();
    Reply::json(200, &json!({"data": data, "paging": paging}))
        .with("X-App-Usage", r#"{"call_count":13,"total_cputime":0,"total_time":2}"#)
}

/// What is sent of somebody who takes a permission back, or wants to be forgotten.
pub(super) fn signed_request(user: &str, secs: i64, secret: &str) -> String {
    let said = json!({"user_id": user, "algorithm": "HMAC-SHA256", "issued_at": secs, "expires": secs + 3_600});
    let payload = URL_SAFE_NO_PAD.encode(said.to_string());
    let signature = URL_SAFE_NO_PAD.encode(hmac::<Sha256>(secret.as_bytes(), payload.as_bytes(), 64));
    format!("signed_request={signature}.{payload}")
}
