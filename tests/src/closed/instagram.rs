//! Instagram with Instagram Login, as documented in June 2026.

use serde_json::json;

use super::{
    CLIENT_ID, CLIENT_SECRET, Inside,
    access::{self, Manner},
    meta::{error, missing, page},
    request::{Asked, Reply},
};

const DAY: i64 = 24 * 3_600;
/// Addresses of pictures are good for about six days.
const MEDIA_SECS: i64 = 6 * DAY;
/// Whoever signs in, as Instagram calls them for this app.
pub(super) const PERSON: &str = "26112233445566778";
const MANNER: Manner = Manner {
    client: "client_id",
    between: ',',
    code_secs: 3_600,
    proof: false,
    denial: "error=access_denied&error_reason=user_denied&error_description=The+user+denied+your+request",
    tail: "#_",
};

pub(super) fn answer(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    match asked.line().as_str() {
        "GET /oauth/authorize" => return access::authorise(inside, asked, &MANNER),
        "POST /oauth/access_token" => return redeem(inside, asked),
        "GET /access_token" => return exchange(inside, asked),
        "GET /refresh_access_token" => return refresh(inside, asked),
        _ => {}
    }
    let Some(path) = asked.path.strip_prefix("/v26.0/").filter(|_| asked.method == "GET") else {
        return Reply::empty(404);
    };
    if inside.access.open(asked.token(), now).is_none() {
        return error(
            190,
            463,
            "Error validating access token: Session has expired on Friday, 20-Nov-26 08:00:00 PST.",
        );
    }
    match path {
        "me" => Reply::json(
            200,
            &json!({
                "id": PERSON, "user_id": "17841400000000001", "username": "stadt.beispielhausen",
                "name": "Stadt Beispielhausen", "account_type": "BUSINESS", "followers_count": 1200, "media_count": inside.posts.len(),
            }),
        ),
        "me/media" | "17841400000000001/media" => {
            page(inside, &asked.path, asked.query("after"), asked.query("limit"), MEDIA_SECS)
        }
        id => match inside.posts.iter().find(|post| post["id"] == id) {
            Some(post) => Reply::json(200, &inside.sent(post, MEDIA_SECS)),
            None => missing(id),
        },
    }
}

fn redeem(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let known = asked.form("client_id") == CLIENT_ID && asked.form("client_secret") == CLIENT_SECRET;
    let grant = inside.access.redeem(asked.form("code"), asked.form("redirect_uri"), now);
    let Some(grant) = grant.filter(|_| known && asked.form("grant_type") == "authorization_code") else {
        let body = json!({"error_type": "OAuthException", "code": 400, "error_message": "This authorization code has been used"});
        return Reply::json(400, &body);
    };
    let token = inside.access.give("IGAA-short", &grant.scope, 3_600, now);
    let body = json!({"access_token": token, "user_id": PERSON, "permissions": grant.scope});
    // Wrapped, as the documents have it; flat, as it is seen: by turns.
    if inside.access.given.is_multiple_of(2) {
        Reply::json(200, &json!({"data": [body]}))
    } else {
        Reply::json(200, &body)
    }
}

fn exchange(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let short =
        inside.access.open(asked.query("access_token"), now).filter(|_| asked.query("access_token").contains("short"));
    let fine = asked.query("grant_type") == "ig_exchange_token" && asked.query("client_secret") == CLIENT_SECRET;
    match short.filter(|_| fine) {
        Some(grant) => long(inside, &grant.scope, now),
        None => error(190, 467, "Error validating access token"),
    }
}

/// Only for a token that is a day old and has not ended; the old one stays good until its end.
fn refresh(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let fine = asked.query("grant_type") == "ig_refresh_token";
    match inside.access.open(asked.query("access_token"), now).filter(|_| fine) {
        Some(grant) if now - grant.given_at < DAY * 1000 => error(10, 0, "The token is not old enough to be refreshed"),
        Some(grant) => long(inside, &grant.scope, now),
        None => error(190, 463, "Error validating access token: Session has expired"),
    }
}

fn long(inside: &mut Inside, scope: &str, now: i64) -> Reply {
    let lasts = 60 * DAY - 57;
    let token = inside.access.give("IGAA-long", scope, lasts, now);
    Reply::json(200, &json!({"access_token": token, "token_type": "bearer", "expires_in": lasts, "permissions": scope}))
}
