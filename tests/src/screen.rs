//! A kiosk without a display: its key, its signed requests, its link.

use std::time::Duration;

use controller::store::{Source, Stage};
use ed25519_dalek::{Signer, SigningKey};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Method, header};
use shared::{
    envelope::{REQUEST, signed_bytes},
    hex,
    protocol::{Down, PairingAnswer, SCHEME, Up, request_document},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

use crate::{Answer, NOON, TestClient, TestController};

/// A kiosk as the controller sees it.
pub struct TestScreen {
    key: SigningKey,
    client: TestClient,
    url: String,
    app: controller::app::App,
}

impl TestScreen {
    /// A kiosk that has just made its key; the same number gives the same key.
    pub fn new(wall: &TestController, number: u8) -> Self {
        let key = SigningKey::from_bytes(&[number; 32]);
        Self { key, client: wall.client(), url: wall.url.clone(), app: wall.app.clone() }
    }

    /// Its public key, hexadecimal.
    pub fn public(&self) -> String {
        hex::encode(self.key.verifying_key().as_bytes())
    }

    /// Value of the header `authorization` for a request at a time.
    pub fn proof(&self, method: &str, path: &str, time: i64) -> String {
        let signature = self.key.sign(&signed_bytes(REQUEST, &request_document(method, path, time)));
        format!("{SCHEME} key={},time={time},signature={}", self.public(), hex::encode(&signature.to_bytes()))
    }

    /// Sends a request with a proof of any kind.
    pub async fn send_as(&self, method: Method, path: &str, proof: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.client.request(method, path).header(header::AUTHORIZATION, proof);
        self.client.send(request.header(header::CONTENT_TYPE, kind).body(body)).await
    }

    /// Sends a signed request.
    pub async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let proof = self.proof(method.as_str(), path, self.app.clock.now());
        self.send_as(method, path, &proof, kind, body).await
    }

    /// Fetches a page with a signed request.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "application/json", Vec::new()).await
    }

    /// The body of a pairing request.
    pub fn wish(&self) -> Vec<u8> {
        let wish = serde_json::json!({
            "public_key": self.public(), "width": 1920, "height": 1080, "version": "test",
        });
        wish.to_string().into_bytes()
    }

    /// Asks to be paired.
    pub async fn ask(&self) -> Answer {
        self.send(Method::POST, "/screens/v1/pairing", "application/json", self.wish()).await
    }

    /// Asks to be paired and returns the code to show.
    pub async fn code(&self) -> String {
        match serde_json::from_slice(&self.ask().await.expect(200).bytes).expect("an answer") {
            PairingAnswer::Waiting { code, .. } => code,
            other => panic!("no code: {other:?}"),
        }
    }

    /// Opens the link.
    pub async fn link(&self) -> Result<TestLink, tungstenite::Error> {
        let path = "/screens/v1/link";
        let mut request = format!("{}{path}", self.url.replacen("http", "ws", 1)).into_client_request()?;
        let proof = self.proof("GET", path, self.app.clock.now());
        request.headers_mut().insert(header::AUTHORIZATION, proof.parse().expect("a header"));
        Ok(TestLink(connect_async(request).await?.0))
    }
}

/// The kiosk's end of a link.
pub struct TestLink(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl TestLink {
    /// Says something.
    pub async fn say(&mut self, word: &Up) {
        let text = serde_json::to_string(word).expect("JSON");
        self.0.send(Message::text(text)).await.expect("the link is open");
    }

    /// Waits for the next word; `None` when the link is closed.
    pub async fn hear(&mut self) -> Option<Down> {
        let next = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).expect("a word")),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), next).await.expect("a word within ten seconds")
    }

    /// Waits for the word that is wanted; fails when the link closes first.
    pub async fn wait<T>(&mut self, what: &str, wanted: impl Fn(&Down) -> Option<T>) -> T {
        loop {
            let word = self.hear().await.unwrap_or_else(|| panic!("the link closed before {what}"));
            if let Some(found) = wanted(&word) {
                return found;
            }
        }
    }
}

/// A feed of a stage that works and is never visited.
pub fn plain_source(id: &str, stage_id: &str) -> Source {
    Source {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        network: "feed".to_owned(),
        address: format!("https://{id}.example/feed"),
        name: "Feed".to_owned(),
        held: false,
        memory: String::new(),
        state: "working".to_owned(),
        problem: String::new(),
        detail: "{}".to_owned(),
        failures: 0,
        fetched_at: 0,
        succeeded_at: 0,
        next_at: i64::MAX,
        claimed_until: 0,
        created_at: NOON,
        credential: None,
        checks_links: false,
        links_due_at: 0,
    }
}

/// A stage with ordinary looks.
pub fn plain_stage(id: &str, account_id: &str) -> Stage {
    Stage {
        id: id.to_owned(),
        account_id: account_id.to_owned(),
        handle: format!("handle-{id}"),
        likeness: format!("likeness{id}"),
        name: "Museum".to_owned(),
        description: String::new(),
        accent: "#0c7a6e".to_owned(),
        background: "#0c1b1e".to_owned(),
        logo_id: None,
        language: "de".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        created_at: NOON,
        changed_at: NOON,
    }
}
