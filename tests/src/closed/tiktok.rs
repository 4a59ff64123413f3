//! TikTok's Display API v2, as changed in November 2026: access for two hours, refresh tokens that rotate.

use serde_json::{Value, json};

use super::{
    CLIENT_ID, CLIENT_SECRET, Inside,
    access::{self, Manner},
    request::{Asked, Reply},
};

/// Addresses of covers are good for six hours.
const MEDIA_SECS: i64 = 6 * 3_600;
const REFRESH_SECS: i64 = 180 * 24 * 3_600;
const OPEN_ID: &str = "723f24d7-e717-40f8-a2b6-cb8464cd23b4";
const MANNER: Manner = Manner {
    client: "client_key",
    between: ',',
    code_secs: 600,
    proof: false,
    denial: "error=access_denied&error_type=access_denied&error_description=User+denied",
    tail: "",
};

pub(super) fn answer(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    match asked.line().as_str() {
        "GET /v2/auth/authorize/" => return access::authorise(inside, asked, &MANNER),
        "POST /v2/oauth/token/" => return token(inside, asked),
        "POST /v2/oauth/revoke/" => {
            inside.access.revoke_all();
            return Reply::json(200, &json!({}));
        }
        _ => {}
    }
    let bearer = asked.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    let Some(grant) = inside.access.open(bearer, now) else {
        return error(401, "access_token_invalid", "The access token is invalid or not found in the request.");
    };
    if asked.query("fields").is_empty() {
        return error(400, "invalid_params", "Fields is required");
    }
    match asked.line().as_str() {
        "GET /v2/user/info/" => ok(&json!({"user": {"open_id": OPEN_ID, "union_id": "u", "avatar_url": "media:a.jpg",
            "display_name": "Stadt Beispielhausen"}})),
        _ if !grant.scope.contains("video.list") => {
            error(401, "scope_not_authorized", "The user did not authorize the scope")
        }
        "POST /v2/video/list/" => list(inside, asked),
        "POST /v2/video/query/" => query(inside, asked),
        _ => error(404, "invalid_params", "Not found"),
    }
}

fn token(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    if asked.form("client_key") != CLIENT_ID || asked.form("client_secret") != CLIENT_SECRET {
        return refused("invalid_client", "Client key or secret is incorrect.");
    }
    let (access, refresh, scope) = match asked.form("grant_type") {
        "authorization_code" => {
            let Some(grant) = inside.access.redeem(asked.form("code"), asked.form("redirect_uri"), now) else {
                return refused("invalid_grant", "Authorization code is expired.");
            };
            let access = inside.access.give("act", &grant.scope, inside.access.lasts_secs, now);
            let refresh = inside.access.give_refresher(&grant.scope, REFRESH_SECS, now);
            (access, refresh, grant.scope)
        }
        "refresh_token" => match inside.access.rotate(asked.form("refresh_token"), now) {
            Some(tokens) => tokens,
            None => return refused("invalid_grant", "Refresh token is invalid or expired."),
        },
        _ => return refused("unsupported_grant_type", "Unsupported"),
    };
    Reply::json(
        200,
        &json!({"access_token": access, "expires_in": inside.access.lasts_secs, "open_id": OPEN_ID,
        "refresh_expires_in": REFRESH_SECS, "refresh_token": refresh, "scope": scope, "token_type": "Bearer"}),
    )
}

/// Errors of the token request are of their own kind, and come with status 200.
fn refused(error: &str, description: &str) -> Reply {
    Reply::json(200, &json!({"error": error, "error_description": description, "log_id": "2026112009154201"}))
}

fn ok(data: &Value) -> Reply {
    Reply::json(200, &json!({"data": data, "error": {"code": "ok", "message": "", "log_id": "202611200915420100AB"}}))
}

fn error(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(
        status,
        &json!({"data": {}, "error": {"code": code, "message": message, "log_id": "202611200915420100AB"}}),
    )
}

/// Twenty at most; the cursor is the time of the last one, in milliseconds.
fn list(inside: &Inside, asked: &Asked) -> Reply {
    let size = asked.json["max_count"].as_u64().unwrap_or(10);
    if size > 20 {
        return error(400, "invalid_params", "max_count exceeds the limit");
    }
    let size = usize::try_from(size).unwrap_or(10).min(inside.page_size);
    let millis = |post: &Value| post["create_time"].as_i64().unwrap_or_default() * 1_000;
    let before = asked.json["cursor"].as_i64().unwrap_or(i64::MAX);
    let all: Vec<_> = inside.posts.iter().filter(|post| millis(post) < before).collect();
    let videos: Vec<_> = all.iter().take(size).map(|post| inside.sent(post, MEDIA_SECS)).collect();
    let cursor = all.iter().take(size).next_back().map_or(0, |post| millis(post));
    ok(&json!({"videos": videos, "cursor": cursor, "has_more": all.len() > size}))
}

/// Only those that still exist.
fn query(inside: &Inside, asked: &Asked) -> Reply {
    let ids = asked.json["filters"]["video_ids"].as_array().cloned().unwrap_or_default();
    if ids.is_empty() || ids.len() > 20 {
        return error(400, "invalid_params", "The number of video ids is wrong");
    }
    let videos = inside.posts.iter().filter(|post| ids.contains(&post["id"])).map(|post| inside.sent(post, MEDIA_SECS));
    ok(&json!({"videos": videos.collect::<Vec<_>>()}))
}
