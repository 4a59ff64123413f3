//! Sends what is to be told, signed as Standard Webhooks has it (standardwebhooks.com), again and again for a day.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use sha2::Sha256;
use tokio::sync::Semaphore;

use super::purpose;
use crate::{
    app::{App, Change, Error, Result},
    features::posts::{self, PostShape},
    store::{Stage, Webhook, WebhookDelivery},
    tools::http::{Answer, header_name},
};

/// Deliveries that are under way at once: mostly waiting for somebody's server.
pub const AT_ONCE: usize = 64;
/// Longest time for one.
const LONGEST: Duration = Duration::from_secs(15);
/// A claim ends by itself after this long, in milliseconds: longer than a delivery takes.
const CLAIM_MILLIS: i64 = 60_000;
/// Of an answer nothing is read but its status.
const LARGEST_ANSWER: usize = 64 * 1024;
/// Pauses before what failed is sent again, in seconds: a day together, less an hour.
const AGAIN_SECS: [i64; 11] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 10_800, 14_400, 18_000, 25_200];

/// What is sent. Of a withdrawn post there is the id and no more.
#[derive(Serialize)]
struct Message<'a> {
    /// `post.published`, `post.changed`, `post.withdrawn`.
    #[serde(rename = "type")]
    kind: String,
    /// When it was noticed (RFC 3339).
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Post { stage: &'a str, post: Box<PostShape> },
    Withdrawn { stage: &'a str, post: Gone<'a> },
}

#[derive(Serialize)]
struct Gone<'a> {
    id: &'a str,
    withdrawn: bool,
}

/// Begins to send what is due, as far as there are places for it; whether there was anything. Each is on its own: whoever is
/// slow keeps nobody else waiting.
pub async fn next(app: &App, places: &Arc<Semaphore>) -> Result<bool> {
    let Ok(first) = Arc::clone(places).acquire_owned().await else { return Ok(false) };
    let mut free = vec![first];
    while let Ok(place) = Arc::clone(places).try_acquire_owned() {
        free.push(place);
    }
    let now = app.clock.now();
    let limit = i64::try_from(free.len()).unwrap_or(1);
    let due = app.store.claim_webhook_deliveries(now, now + CLAIM_MILLIS, limit).await?;
    let any = !due.is_empty();
    for (delivery, place) in due.into_iter().zip(free) {
        let app = app.clone();
        let tasks = app.tasks.clone();
        tasks.spawn(async move {
            let id = delivery.id.clone();
            match deliver(&app, delivery).await {
                // The next one to the same address may be sent now.
                Ok(()) => app.news.tell(Change::Webhooks),
                // The claim ends by itself; then it is sent again.
                Err(error) => tracing::error!("send delivery {id} to a webhook: {error}"),
            }
            drop(place);
        });
    }
    Ok(any)
}

async fn deliver(app: &App, delivery: WebhookDelivery) -> Result<()> {
    let Some(webhook) = app.store.find_any_webhook(&delivery.webhook_id).await? else { return Ok(()) };
    let Some(stage) = app.store.find_any_stage(&webhook.stage_id).await? else { return Ok(()) };
    let Some(body) = body(app, &stage, &delivery).await? else {
        // It went meanwhile: that is told by another delivery.
        app.store.settle_webhook_delivery(&delivery.id, "dropped", 0, app.clock.now()).await?;
        return Ok(());
    };
    let sent = send(app, &webhook, &delivery.id, body).await?;
    let now = app.clock.now();
    let (answer, trouble) = match sent {
        Ok(status) if (200..300).contains(&status) => {
            app.store.settle_webhook_delivery(&delivery.id, "done", i64::from(status), now).await?;
            return Ok(());
        }
        Ok(status) => (i64::from(status), String::new()),
        Err(key) => (0, key.to_owned()),
    };
    let pause = usize::try_from(delivery.failures).ok().and_then(|failures| AGAIN_SECS.get(failures));
    let failed = WebhookDelivery {
        failures: delivery.failures + 1,
        due_at: now + pause.map_or(0, |secs| secs * 1_000),
        answer,
        trouble,
        tried_at: now,
        ..delivery
    };
    app.store.fail_webhook_delivery(&failed).await?;
    // 410: whoever is there wants nothing any more.
    if answer == 410 || pause.is_none() {
        tracing::warn!(stage.id = %stage.id, "webhook {} of stage {} is paused", webhook.id, stage.id);
        app.store.pause_webhook(&webhook.id, if answer == 410 { "gone" } else { "failing" }, now).await?;
    }
    Ok(())
}

/// What is told of a post as it is now; `None` where that may be told to nobody any more.
async fn body(app: &App, stage: &Stage, delivery: &WebhookDelivery) -> Result<Option<Vec<u8>>> {
    let data = if delivery.what == "withdrawn" {
        Data::Withdrawn { stage: &stage.handle, post: Gone { id: &delivery.post_id, withdrawn: true } }
    } else {
        match posts::get_given_by_id(app, stage, &delivery.post_id).await {
            Ok(given) => Data::Post { stage: &stage.handle, post: Box::new(PostShape::new(app, stage, &given)) },
            Err(Error::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        }
    };
    let timestamp = jiff::Timestamp::from_millisecond(delivery.made_at).map(|at| at.to_string()).unwrap_or_default();
    let message = Message { kind: format!("post.{}", delivery.what), timestamp, data };
    serde_json::to_vec(&message).map(Some).map_err(|error| Error::internal("write a message as JSON", error))
}

/// Sends it; the status of the answer, or the key of why there was none.
async fn send(app: &App, webhook: &Webhook, id: &str, body: Vec<u8>) -> Result<std::result::Result<u16, &'static str>> {
    let secret = app.keys.open(&purpose(&webhook.id), &webhook.sealed);
    let secret =
        secret.map_err(|error| Error::internal(&format!("open the secret of webhook {}", webhook.id), error))?;
    let id = format!("msg_{id}");
    let time = app.clock.now().div_euclid(1_000).to_string();
    let Some(signature) = signature(&String::from_utf8_lossy(&secret), &id, &time, &body) else {
        return Err(Error::Internal(format!("webhook {}: its secret cannot be read", webhook.id)));
    };
    let request = app
        .http
        .post(&webhook.address)
        .header(header_name("webhook-id"), &id)
        .header(header_name("webhook-timestamp"), &time)
        .header(header_name("webhook-signature"), &signature)
        .body("application/json", body)
        // What is meant for this place is sent to no other.
        .stay()
        .limit(LARGEST_ANSWER)
        .total_timeout(LONGEST);
    // Where a redirect led, what was sent may not have come along: it is no 2xx, whatever was found there.
    let status = |answer: Answer| answer.hops.first().map_or(answer.status, |hop| hop.status);
    Ok(request.open().await.map(status).map_err(|error| error.key()))
}

/// The signature of a message: HMAC-SHA-256 over its id, its time and its body; `None` where the secret is none.
pub fn signature(secret: &str, id: &str, time: &str, body: &[u8]) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    for part in [id.as_bytes(), b".", time.as_bytes(), b".", body] {
        mac.update(part);
    }
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::{AGAIN_SECS, signature};

    #[test]
    fn the_example_of_the_specification_is_signed_alike() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", br#"{"test": 2432232314}"#);
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(signature("secret", "a", "1", b""), None);
    }

    #[test]
    fn it_is_tried_for_a_day() {
        let all: i64 = AGAIN_SECS.iter().sum();
        assert!((20 * 3_600..=24 * 3_600).contains(&all), "{all}");
        assert!(AGAIN_SECS.is_sorted());
    }
}
