//! Facebook Pages, Graph API v26.0.

use serde_json::{Value, json};

use super::{
    CLIENT_ID, CLIENT_SECRET, Inside,
    access::{self, Manner},
    meta::{error, missing, page},
    request::{Asked, Reply},
};

const DAY: i64 = 24 * 3_600;
const MEDIA_SECS: i64 = 6 * DAY;
const MANNER: Manner = Manner {
    client: "client_id",
    between: ',',
    code_secs: 600,
    proof: false,
    denial: "error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied",
    tail: "#_=_",
};
/// Whoever signs in, as Facebook calls them for this app.
pub(super) const PERSON: &str = "10158877665544332";
/// The Page that everybody looks after, and the second one of those who have several.
const PAGES: [(&str, &str, &str); 2] =
    [("104455667788", "Stadt Beispielhausen", "beispielhausen"), ("104455667799", "Museum Beispielhausen", "museum")];

pub(super) fn answer(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let Some(path) = asked.path.strip_prefix("/v26.0/").filter(|_| asked.method == "GET") else {
        return Reply::empty(404);
    };
    match path {
        "dialog/oauth" => return access::authorise(inside, asked, &MANNER),
        "oauth/access_token" => return token(inside, asked),
        _ => {}
    }
    let Some(grant) = inside.access.open(asked.token(), now) else {
        return error(
            190,
            460,
            "Error validating access token: The session has been invalidated because the user changed their password",
        );
    };
    let limit = asked.query("limit");
    if limit.parse::<u32>().is_ok_and(|limit| limit > 100) {
        return error(100, 0, "(#100) limit must be at most 100");
    }
    match path {
        "me/permissions" => {
            let asked_for = ["pages_show_list", "pages_read_engagement", "pages_read_user_content"];
            let status = |scope: &str| if grant.scope.contains(scope) { "granted" } else { "declined" };
            let data: Vec<_> = asked_for.iter().map(|s| json!({"permission": s, "status": status(s)})).collect();
            Reply::json(200, &json!({"data": data}))
        }
        "me" => Reply::json(200, &json!({"id": PERSON})),
        "me/accounts" => accounts(inside, &grant.scope, now),
        path => match path.strip_suffix("/published_posts").or(path.strip_suffix("/posts")) {
            Some(id) if PAGES.iter().any(|page| page.0 == id) && grant.scope == format!("page {id}") => {
                page(inside, &asked.path, asked.query("after"), limit, MEDIA_SECS)
            }
            Some(id) => missing(id),
            None => match inside.posts.iter().find(|post| post["id"] == path) {
                Some(post) => Reply::json(200, &inside.sent(post, MEDIA_SECS)),
                None if PAGES.iter().any(|page| page.0 == path) => Reply::json(200, &json!({"id": path})),
                None => missing(path),
            },
        },
    }
}

fn token(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let known = asked.query("client_id") == CLIENT_ID && asked.query("client_secret") == CLIENT_SECRET;
    if !known {
        return error(101, 0, "Error validating application. Invalid application ID.");
    }
    let (grant, lasts) = if asked.query("grant_type") == "fb_exchange_token" {
        (inside.access.open(asked.query("fb_exchange_token"), now), 60 * DAY)
    } else {
        (inside.access.redeem(asked.query("code"), asked.query("redirect_uri"), now), 3_600)
    };
    let Some(grant) = grant else { return error(100, 36_009, "This authorization code has been used.") };
    let token = inside.access.give(if lasts > DAY { "EAAB-long" } else { "EAAB-short" }, &grant.scope, lasts, now);
    Reply::json(200, &json!({"access_token": token, "token_type": "bearer", "expires_in": lasts}))
}

/// Each Page with a token that lasts until somebody takes it back.
fn accounts(inside: &mut Inside, scope: &str, now: i64) -> Reply {
    if !scope.contains("pages_show_list") {
        return error(200, 0, "(#200) Requires pages_show_list permission");
    }
    let pages = if inside.access.several { &PAGES[..] } else { &PAGES[..1] };
    let mut data: Vec<Value> = Vec::new();
    for (id, name, username) in pages {
        let token = inside.access.give("EAAB-page", &format!("page {id}"), 100 * 365 * DAY, now);
        data.push(json!({"id": id, "name": name, "username": username, "access_token": token,
            "tasks": ["ANALYZE", "MODERATE", "CREATE_CONTENT", "MANAGE"], "picture": {"data": {"url": "media:p.jpg"}}}));
    }
    data.push(json!({"id": "1", "name": "Nur gelesen", "access_token": "EAAB-analyst", "tasks": ["ANALYZE"]}));
    Reply::json(200, &json!({"data": data, "paging": {"cursors": {"before": "QVA", "after": "QVB"}}}))
}
