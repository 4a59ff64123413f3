//! Somebody's program that is told of posts: keeps what comes, and answers as a test wants.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::Sha256;

use crate::hmac;

/// Something that came.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is called.
    pub id: String,
    /// When it was sent, in seconds since 1970.
    pub time: String,
    /// What it is signed with.
    pub signature: String,
    /// All of it.
    pub body: String,
}

impl Message {
    /// What it says.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Whether somebody who holds this secret signed it: reckoned here, by nothing of the controller.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("a secret in Base64");
        let text = format!("{}.{}.{}", self.id, self.time, self.body);
        self.signature == format!("v1,{}", STANDARD.encode(hmac::<Sha256>(&key, text.as_bytes(), 64)))
    }
}

#[derive(Default)]
struct Kept {
    messages: Vec<Message>,
    answers: VecDeque<u16>,
}

/// A listener on the loopback address.
pub struct Receiver {
    /// Its address.
    pub url: String,
    kept: Arc<Mutex<Kept>>,
}

impl Receiver {
    /// Begins to listen.
    pub async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook?key=1", listener.local_addr().expect("an address"));
        let kept = Arc::new(Mutex::new(Kept::default()));
        let router = Router::new().route("/hook", post(take)).with_state(Arc::clone(&kept));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, kept }
    }

    /// Answers the next messages with these; 200 afterwards.
    pub fn answer(&self, statuses: &[u16]) {
        self.kept.lock().unwrap().answers.extend(statuses);
    }

    /// What came, in its order.
    pub fn messages(&self) -> Vec<Message> {
        self.kept.lock().unwrap().messages.clone()
    }
}

async fn take(State(kept): State<Arc<Mutex<Kept>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let message = Message {
        id: text("webhook-id"),
        time: text("webhook-timestamp"),
        signature: text("webhook-signature"),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let mut kept = kept.lock().unwrap();
    kept.messages.push(message);
    let status = kept.answers.pop_front().unwrap_or(200);
    StatusCode::from_u16(status).unwrap_or(StatusCode::OK)
}
