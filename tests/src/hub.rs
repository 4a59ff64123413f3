//! A WebSub hub on the loopback address, faithful to the Recommendation, unless it is told to misbehave.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sha2::{Sha256, Sha384, Sha512};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{Answer, TestClient, eventually, sender::hmac};

/// How a hub behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// As the Recommendation has it.
    #[default]
    Good,
    /// Says that it will not tell.
    Denies,
    /// Takes the request with 202 and never asks back.
    Silent,
    /// Refuses requests with this status.
    Refuses(u16),
    /// Asks back about another topic.
    AnotherTopic,
    /// Grants this many seconds.
    Grants(i64),
    /// Asks back before it answers.
    Hasty,
}

/// A subscription as a hub keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Where it delivers to.
    pub callback: String,
    /// Of what.
    pub topic: String,
    /// What it signs with; empty for nothing.
    pub secret: String,
    /// For how many seconds.
    pub lease_secs: i64,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct HubRequest {
    fields: Vec<(String, String)>,
}

impl HubRequest {
    /// A field of the form; empty where it is missing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

#[derive(Default)]
struct Inside {
    url: String,
    manner: Manner,
    subscribers: Vec<Subscriber>,
    requests: Vec<HubRequest>,
    /// Times that it asked back, and what it was answered.
    asked_back: Vec<u16>,
}

/// A running hub; it ends with this value.
pub struct FakeHub {
    inside: Arc<Mutex<Inside>>,
    _end: DropGuard,
}

impl FakeHub {
    /// Starts one that behaves.
    pub async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hub", listener.local_addr().expect("an address"));
        let inside = Arc::new(Mutex::new(Inside { url, ..Inside::default() }));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inside));
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Self { inside, _end: end.drop_guard() }
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.lock().url.clone()
    }

    /// Behaves so from now on.
    pub fn behave(&self, manner: Manner) {
        self.lock().manner = manner;
    }

    /// Everybody who is told.
    pub fn subscribers(&self) -> Vec<Subscriber> {
        self.lock().subscribers.clone()
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<HubRequest> {
        self.lock().requests.clone()
    }

    /// Waits until it asked back so often; what it was answered the last time.
    pub async fn asked_back(&self, times: usize) -> u16 {
        eventually("the hub to ask back", || async {
            let asked = self.lock().asked_back.clone();
            (asked.len() >= times).then(|| asked[times - 1])
        })
        .await
    }

    /// Delivers to everybody who is told of a topic, signed with this method; the statuses of the answers. Who answers
    /// with 410 is told no more.
    pub async fn publish(&self, topic: &str, method: &str, content: &str) -> Vec<u16> {
        let mut statuses = Vec::new();
        for subscriber in self.subscribers().into_iter().filter(|subscriber| subscriber.topic == topic) {
            let signature = sign(method, &subscriber.secret, content);
            let status = self.deliver(&subscriber, &signature, content).await.status;
            if status == 410 {
                self.lock().subscribers.retain(|other| *other != subscriber);
            }
            statuses.push(status);
        }
        statuses
    }

    /// Delivers to one with this signature.
    pub async fn deliver(&self, to: &Subscriber, signature: &str, content: &str) -> Answer {
        let client = TestClient::new(&self.url());
        let links = format!("<{}>; rel=\"hub\", <{}>; rel=\"self\"", self.url(), to.topic);
        let request = client.request(reqwest::Method::POST, &to.callback).header("link", links);
        let request = request.header("content-type", "application/atom+xml").header("x-hub-signature", signature);
        client.send(request.body(content.to_owned())).await
    }

    /// Asks back by hand.
    pub async fn ask_back(&self, callback: &str, query: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        TestClient::new(&self.url()).get(&format!("{callback}?{query}")).await
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("the hub's lock")
    }
}

/// A signature as `X-Hub-Signature` has it; `wrong` for one that is not true.
fn sign(method: &str, secret: &str, content: &str) -> String {
    let (key, text) = (secret.as_bytes(), content.as_bytes());
    let (method, bytes) = match method {
        "sha512" => (method, hmac::<Sha512>(key, text, 128)),
        "sha384" => (method, hmac::<Sha384>(key, text, 128)),
        "wrong" => ("sha256", hmac::<Sha256>(b"another", text, 64)),
        _ => (method, hmac::<Sha256>(key, text, 64)),
    };
    format!("{method}={}", shared::hex::encode(&bytes))
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, body: Bytes) -> Response {
    let fields: Vec<_> = url::form_urlencoded::parse(&body).into_owned().collect();
    let request = HubRequest { fields };
    let manner = {
        let mut inside = inside.lock().expect("the hub's lock");
        inside.requests.push(request.clone());
        inside.manner
    };
    let mode = request.field("hub.mode").to_owned();
    let whole = ["hub.callback", "hub.topic"].iter().all(|name| !request.field(name).is_empty())
        && ["subscribe", "unsubscribe"].contains(&mode.as_str())
        && request.field("hub.secret").len() < 200;
    if !whole {
        return (StatusCode::BAD_REQUEST, "hub.callback, hub.mode and hub.topic are needed").into_response();
    }
    match manner {
        Manner::Refuses(status) => {
            return StatusCode::from_u16(status).expect("a status").into_response();
        }
        Manner::Silent => {}
        Manner::Hasty => verify(&inside, &request, manner).await,
        _ => drop(tokio::spawn(async move { verify(&inside, &request, manner).await })),
    }
    StatusCode::ACCEPTED.into_response()
}

/// Asks the subscriber whether it meant it (section 5.3), and keeps or forgets it accordingly.
async fn verify(inside: &Mutex<Inside>, request: &HubRequest, manner: Manner) {
    let (callback, mode) = (request.field("hub.callback"), request.field("hub.mode"));
    let topic =
        if manner == Manner::AnotherTopic { "https://elsewhere.example/feed" } else { request.field("hub.topic") };
    let lease_secs = match manner {
        Manner::Grants(secs) => secs,
        _ => request.field("hub.lease_seconds").parse().unwrap_or(864_000),
    };
    let (challenge, lease) = ("challenge 7f3a+/=&<b>", lease_secs.to_string());
    let query = match (manner, mode) {
        (Manner::Denies, _) => vec![("hub.mode", "denied"), ("hub.topic", topic), ("hub.reason", "not here")],
        (_, "subscribe") => vec![
            ("hub.mode", mode),
            ("hub.topic", topic),
            ("hub.challenge", challenge),
            ("hub.lease_seconds", lease.as_str()),
        ],
        _ => vec![("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", challenge)],
    };
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    // A callback may have a query of its own, which has to stay.
    let mark = if callback.contains('?') { '&' } else { '?' };
    let answer = TestClient::new(callback).get(&format!("{callback}{mark}{query}")).await;
    let mut inside = inside.lock().expect("the hub's lock");
    inside.asked_back.push(answer.status);
    let confirmed = (200..300).contains(&answer.status) && answer.text() == challenge && manner != Manner::Denies;
    if confirmed {
        inside.subscribers.retain(|known| known.callback != callback);
    }
    if confirmed && mode == "subscribe" {
        inside.subscribers.push(Subscriber {
            callback: callback.to_owned(),
            topic: topic.to_owned(),
            secret: request.field("hub.secret").to_owned(),
            lease_secs,
        });
    }
}
