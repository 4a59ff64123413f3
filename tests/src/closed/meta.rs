//! What both interfaces of Meta have in common: errors and pages.

use serde_json::{Value, json};

use super::{Inside, request::Reply};

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
