//! LinkedIn's Posts API for organisations; refuses whatever lacks its headers.

use serde_json::{Value, json};

use super::{
    CLIENT_ID, CLIENT_SECRET, Inside,
    access::{self, Manner, Rotation},
    request::{Asked, Reply},
};

const DAY: i64 = 24 * 3_600;
const MEDIA_SECS: i64 = 30 * DAY;
const MANNER: Manner = Manner {
    client: "client_id",
    between: ' ',
    code_secs: 1_800,
    proof: false,
    denial: "error=user_cancelled_authorize&error_description=The+user+cancelled+the+authorization",
    tail: "",
};
const ORGANISATIONS: [(&str, &str, &str); 2] =
    [("2414183", "Beispiel AG", "beispiel-ag"), ("2414184", "Beispiel Stiftung", "beispiel-stiftung")];

pub(super) fn answer(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    match asked.line().as_str() {
        "GET /oauth/v2/authorization" => return access::authorise(inside, asked, &MANNER),
        "POST /oauth/v2/accessToken" => return token(inside, asked),
        _ => {}
    }
    let header = |name: &str| asked.headers.get(name).map_or("", String::as_str);
    if header("x-restli-protocol-version") != "2.0.0" {
        return error(400, 0, "ILLEGAL_ARGUMENT", "Syntax exception in path variables");
    }
    let version = header("linkedin-version");
    if version.len() != 6 || version < "202512" {
        return error(426, 0, "NONEXISTENT_VERSION", "Requested version is not active");
    }
    let Some(grant) = inside.access.open(asked.token(), now) else {
        return error(
            401,
            65_601,
            "REVOKED_ACCESS_TOKEN",
            "The token used in the request has been revoked by the user",
        );
    };
    if !grant.scope.contains("r_organization_social") {
        return error(
            403,
            100,
            "ACCESS_DENIED",
            "Not enough permissions to access: partnerApiPostsExternal.FINDER-author.20260601",
        );
    }
    let Some(path) = asked.path.strip_prefix("/rest/").filter(|_| asked.method == "GET") else {
        return error(404, 0, "NOT_FOUND", "");
    };
    match path.split_once('/') {
        None if path == "organizationAcls" => acls(inside, asked),
        None if path == "posts" => posts(inside, asked),
        None if path == "images" => images(inside, asked),
        Some(("organizations", id)) => match ORGANISATIONS.iter().find(|o| o.0 == id) {
            Some((id, name, vanity)) => Reply::json(
                200,
                &json!({"id": id.parse::<u64>().unwrap(), "localizedName": name, "vanityName": vanity}),
            ),
            None => error(404, 0, "NOT_FOUND", "Not found"),
        },
        Some(("posts", id)) => match inside.posts.iter().find(|post| post["id"] == id) {
            Some(post) => Reply::json(200, post),
            None => error(404, 0, "NOT_FOUND", "Post not found"),
        },
        Some(("videos", id)) => {
            let video = json!({"id": id, "owner": "urn:li:organization:2414183", "status": "AVAILABLE", "duration": 30000,
                "aspectRatioWidth": 16, "aspectRatioHeight": 9, "downloadUrl": format!("media:{}.mp4", name_of(id)),
                "downloadUrlExpiresAt": now + MEDIA_SECS * 1000, "thumbnail": format!("urn:li:image:STILL{}", name_of(id))});
            Reply::json(200, &inside.sent(&video, MEDIA_SECS))
        }
        _ => error(404, 0, "NOT_FOUND", "Not found"),
    }
}

fn name_of(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or_default()
}

fn error(status: u16, number: i64, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"status": status, "serviceErrorCode": number, "code": code, "message": message}))
}

fn token(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    if asked.form("client_id") != CLIENT_ID || asked.form("client_secret") != CLIENT_SECRET {
        return Reply::json(
            401,
            &json!({"error": "invalid_client", "error_description": "Client authentication failed"}),
        );
    }
    let lasts = 60 * DAY - 1;
    inside.access.lasts_secs = lasts;
    inside.access.rotation = Rotation::Never;
    let (access, refresh, scope) = match asked.form("grant_type") {
        "authorization_code" => match inside.access.redeem(asked.form("code"), asked.form("redirect_uri"), now) {
            Some(grant) => {
                let access = inside.access.give("AQX", &grant.scope, lasts, now);
                (access, inside.access.give_refresher(&grant.scope, 365 * DAY, now), grant.scope)
            }
            None => {
                return Reply::json(
                    400,
                    &json!({"error": "invalid_request", "error_description": "Unable to retrieve access token"}),
                );
            }
        },
        _ => match inside.access.rotate(asked.form("refresh_token"), now) {
            Some(tokens) => tokens,
            None => {
                return Reply::json(
                    400,
                    &json!({"error": "invalid_request", "error_description": "The provided refresh token is invalid"}),
                );
            }
        },
    };
    Reply::json(
        200,
        &json!({"access_token": access, "expires_in": lasts, "refresh_token": refresh,
        "refresh_token_expires_in": 365 * DAY - 1, "scope": scope}),
    )
}

fn acls(inside: &Inside, asked: &Asked) -> Reply {
    if asked.query("q") != "roleAssignee" {
        return error(400, 0, "ILLEGAL_ARGUMENT", "No such finder");
    }
    let all = if inside.access.several { &ORGANISATIONS[..] } else { &ORGANISATIONS[..1] };
    let element = |o: &(&str, &str, &str)| {
        json!({"role": "ADMINISTRATOR", "state": "APPROVED",
        "organization": format!("urn:li:organization:{}", o.0), "roleAssignee": "urn:li:person:A8xe03Qt10"})
    };
    Reply::json(
        200,
        &json!({"elements": all.iter().map(element).collect::<Vec<_>>(), "paging": {"start": 0, "count": 10, "links": []}}),
    )
}

/// By the last change, newest first.
fn posts(inside: &Inside, asked: &Asked) -> Reply {
    if asked.query("q") != "author" || asked.query("sortBy") != "LAST_MODIFIED" {
        return error(400, 0, "ILLEGAL_ARGUMENT", "No such finder");
    }
    let number = |name: &str, usual: usize| asked.query(name).parse().unwrap_or(usual);
    let (start, count) = (number("start", 0), number("count", 10));
    if count > 100 {
        return error(400, 0, "ILLEGAL_ARGUMENT", "count is too large");
    }
    let mut all: Vec<&Value> = inside.posts.iter().filter(|post| post["author"] == asked.query("author")).collect();
    all.sort_by_key(|post| -post["lastModifiedAt"].as_i64().unwrap_or_default());
    let size = count.min(inside.page_size);
    let elements: Vec<_> = all.iter().skip(start).take(size).collect();
    let mut links = Vec::new();
    if start + size < all.len() {
        links.push(
            json!({"type": "application/json", "rel": "next", "href": format!("/rest/posts?start={}", start + size)}),
        );
    }
    Reply::json(200, &json!({"paging": {"start": start, "count": count, "links": links}, "elements": elements}))
}

/// Where pictures lie; those whose name begins with `WAIT` are still being prepared.
fn images(inside: &Inside, asked: &Asked) -> Reply {
    let ids = asked.query("ids").strip_prefix("List(").and_then(|ids| ids.strip_suffix(')'));
    let Some(ids) = ids.filter(|_| asked.headers.get("x-restli-method").map(String::as_str) == Some("BATCH_GET"))
    else {
        return error(400, 0, "ILLEGAL_ARGUMENT", "Not a batch");
    };
    let mut results = json!({});
    for id in ids.split(',') {
        let waits = name_of(id).starts_with("WAIT");
        results[id] = if waits {
            json!({"id": id, "status": "PROCESSING"})
        } else {
            json!({"id": id, "status": "AVAILABLE", "downloadUrl": format!("media:{}.jpg", name_of(id))})
        };
    }
    Reply::json(200, &json!({"results": inside.sent(&results, MEDIA_SECS), "statuses": {}, "errors": {}}))
}
