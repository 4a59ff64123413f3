//! X, API v2 with OAuth 2.0 and a proof key; either spelling of its fields.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    CLIENT_ID, CLIENT_SECRET, Inside,
    access::{self, Manner},
    request::{Asked, Reply},
};

const REFRESH_SECS: i64 = 180 * 24 * 3_600;
/// Pictures of X stay where they are.
const MEDIA_SECS: i64 = 10 * 365 * 24 * 3_600;
const USER: &str = "1111111111111111111";
const MANNER: Manner =
    Manner { client: "client_id", between: ' ', code_secs: 30, proof: true, denial: "error=access_denied", tail: "" };

pub(super) fn answer(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    match asked.line().as_str() {
        "GET /i/oauth2/authorize" => return access::authorise(inside, asked, &MANNER),
        "POST /2/oauth2/token" => return token(inside, asked),
        "POST /2/oauth2/revoke" => {
            inside.access.revoke_all();
            return Reply::json(200, &json!({"revoked": true}));
        }
        _ => {}
    }
    let bearer = asked.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if inside.access.open(bearer, now).is_none() {
        return Reply::json(
            401,
            &json!({"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}),
        );
    }
    let wrong = if inside.renamed { "tweet.fields" } else { "post.fields" };
    if asked.query.contains_key(wrong) {
        let detail = format!("The query parameter [{wrong}] is not one of the allowed ones");
        return Reply::json(
            400,
            &json!({"errors": [{"parameters": {wrong: [asked.query(wrong)]}, "message": detail}],
            "title": "Invalid Request", "detail": "One or more parameters to your request was invalid.",
            "type": "https://api.x.com/2/problems/invalid-request"}),
        );
    }
    let reply = match asked.line().as_str() {
        "GET /2/users/me" => Reply::json(200, &json!({"data": user()})),
        "GET /2/users/1111111111111111111/tweets" => timeline(inside, asked),
        "GET /2/tweets" => look_up(inside, asked),
        _ => Reply::json(404, &json!({"title": "Not Found", "type": "about:blank", "status": 404})),
    };
    reply
        .with("x-rate-limit-limit", 900)
        .with("x-rate-limit-remaining", 899)
        .with("x-rate-limit-reset", now / 1000 + 900)
}

fn user() -> Value {
    json!({"id": USER, "name": "Stadt Beispielhausen", "username": "beispielhausen", "protected": false, "verified": true,
        "profile_image_url": "https://pbs.twimg.com/profile_images/1/x_normal.jpg"})
}

fn token(inside: &mut Inside, asked: &Asked) -> Reply {
    let now = inside.now();
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if asked.headers.get("authorization") != Some(&basic) {
        return refused(401, "unauthorized_client", "Missing valid authorization header");
    }
    let (access, refresh, scope) = match asked.form("grant_type") {
        "authorization_code" => {
            let challenge =
                base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(asked.form("code_verifier")));
            let grant = inside.access.redeem(asked.form("code"), asked.form("redirect_uri"), now);
            let Some(grant) = grant.filter(|grant| grant.challenge == challenge) else {
                return refused(400, "invalid_request", "Value passed for the authorization code was invalid.");
            };
            let access = inside.access.give("access", &grant.scope, inside.access.lasts_secs, now);
            (access, inside.access.give_refresher(&grant.scope, REFRESH_SECS, now), grant.scope)
        }
        "refresh_token" => match inside.access.rotate(asked.form("refresh_token"), now) {
            Some(tokens) => tokens,
            None => return refused(400, "invalid_request", "Value passed for the token was invalid."),
        },
        _ => return refused(400, "unsupported_grant_type", "Unsupported"),
    };
    Reply::json(
        200,
        &json!({"token_type": "bearer", "expires_in": inside.access.lasts_secs, "access_token": access,
        "scope": scope.replace(',', " "), "refresh_token": refresh}),
    )
}

fn refused(status: u16, error: &str, description: &str) -> Reply {
    Reply::json(status, &json!({"error": error, "error_description": description}))
}

fn id(post: &Value) -> u64 {
    post["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// With its new names where the network has taken them on.
fn named(inside: &Inside, body: &Value) -> Value {
    if !inside.renamed {
        return body.clone();
    }
    let names = ["referenced_tweets", "edit_history_tweet_ids", "note_tweet", "\"tweets\""];
    let renamed = names.iter().fold(body.to_string(), |text, name| text.replace(name, &name.replace("tweet", "post")));
    serde_json::from_str(&renamed).expect("JSON")
}

/// Posts of the user; what is included lies in each under `includes`.
fn timeline(inside: &Inside, asked: &Asked) -> Reply {
    let size = asked.query("max_results").parse().unwrap_or(10);
    if !(5..=100).contains(&size) {
        return Reply::json(
            400,
            &json!({"title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request"}),
        );
    }
    let since = asked.query("since_id").parse().unwrap_or(0);
    let start: usize = asked.query("pagination_token").strip_prefix("7140dib").map_or(0, |at| at.parse().unwrap_or(0));
    let all: Vec<_> = inside.posts.iter().filter(|post| id(post) > since).collect();
    let here: Vec<_> = all.iter().skip(start).take(size.min(inside.page_size)).collect();
    if here.is_empty() {
        return Reply::json(200, &json!({"meta": {"result_count": 0}}));
    }
    let (mut data, mut includes) = (Vec::new(), json!({}));
    for post in &here {
        let mut post = inside.sent(post, MEDIA_SECS);
        if let Some(Value::Object(more)) = post.as_object_mut().and_then(|post| post.remove("includes")) {
            for (name, items) in more {
                let mut known = includes[&name].as_array().cloned().unwrap_or_default();
                known.extend(items.as_array().cloned().unwrap_or_default());
                includes[&name] = known.into();
            }
        }
        data.push(post);
    }
    if asked.query("expansions").split(',').any(|name| name == "author_id") {
        includes["users"] = json!([user()]);
    }
    let mut meta =
        json!({"result_count": data.len(), "newest_id": here[0]["id"], "oldest_id": here[here.len() - 1]["id"]});
    if start + here.len() < all.len() {
        meta["next_token"] = json!(format!("7140dib{}", start + here.len()));
    }
    Reply::json(200, &named(inside, &json!({"data": data, "includes": includes, "meta": meta})))
}

/// Those that are there as data, the others as errors beside it: status 200 all the same.
fn look_up(inside: &Inside, asked: &Asked) -> Reply {
    let ids: Vec<_> = asked.query("ids").split(',').filter(|id| !id.is_empty()).collect();
    if ids.is_empty() || ids.len() > 100 {
        return Reply::json(
            400,
            &json!({"title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request"}),
        );
    }
    let has = |post: &&Value, id: &str| {
        post["id"] == id || post["edit_history_tweet_ids"].as_array().is_some_and(|ids| ids.contains(&json!(id)))
    };
    let (mut data, mut errors) = (Vec::new(), Vec::new());
    for id in ids {
        match inside.posts.iter().find(|post| has(post, id)) {
            Some(post) => data.push(json!({"id": id, "text": post["text"]})),
            None => errors.push(json!({"resource_id": id, "resource_type": "tweet", "parameter": "ids", "value": id,
                "title": "Not Found Error", "detail": format!("Could not find tweet with ids: [{id}]."),
                "type": "https://api.x.com/2/problems/resource-not-found"})),
        }
    }
    let mut body = json!({});
    if !data.is_empty() {
        body["data"] = data.into();
    }
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    Reply::json(200, &body)
}
