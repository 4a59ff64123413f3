//! Somebody's program that sends posts to an address of ours, signed as Standard Webhooks has it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use sha2::{Digest, Sha256};

use crate::{Answer, Owner, TestClient};

/// A program with an address of ours and its secret.
pub struct Sender {
    client: TestClient,
    /// Where it sends to.
    pub address: String,
    /// What it signs with.
    pub secret: String,
    /// The source at our side.
    pub source_id: String,
}

impl Sender {
    /// Links a webhook of this name, as its owner does, and copies what the page shows.
    pub async fn new(owner: &Owner, client: TestClient, name: &str) -> Self {
        let fields = [("network", "webhook"), ("own", "true"), ("address", name)];
        let page = owner.client.post(&owner.path("sources"), &fields).await.expect(200).text();
        Self::of_page(client, &page)
    }

    /// Copies address and secret from a page that shows a new one.
    pub fn of_page(client: TestClient, page: &str) -> Self {
        let code = |id: &str| {
            let rest = page.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("no {id} in {page}")).1;
            rest.split("</code>").next().unwrap_or_default().to_owned()
        };
        let source = page.split("/sources/").filter_map(|rest| rest.split_once("/secret")).next().expect("a form").0;
        Self { client, address: code("the-address"), secret: code("the-secret"), source_id: source.to_owned() }
    }

    /// A program whose owner was given an address and a secret.
    pub fn to(address: &str, secret: &str) -> Self {
        let (address, secret) = (address.to_owned(), secret.to_owned());
        Self { client: TestClient::new(&address), address, secret, source_id: String::new() }
    }

    /// The same program with another secret.
    pub fn with_secret(&self, client: TestClient, secret: &str) -> Self {
        Self { client, address: self.address.clone(), secret: secret.to_owned(), source_id: self.source_id.clone() }
    }

    /// The same program with another address.
    pub fn at(self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self }
    }

    /// What it signs a message with.
    pub fn sign(&self, id: &str, secs: i64, body: &str) -> String {
        let key = STANDARD.decode(self.secret.trim_start_matches("whsec_")).expect("a secret in Base64");
        format!("v1,{}", STANDARD.encode(hmac::<Sha256>(&key, format!("{id}.{secs}.{body}").as_bytes(), 64)))
    }

    /// Sends a message of this name, at this time (milliseconds since 1970).
    pub async fn send(&self, id: &str, now: i64, body: &str) -> Answer {
        let secs = now / 1_000;
        self.send_signed(id, &secs.to_string(), &self.sign(id, secs, body), body).await
    }

    /// Sends a message with headers made by hand.
    pub async fn send_signed(&self, id: &str, time: &str, signature: &str, body: &str) -> Answer {
        let request = self.client.request(Method::POST, &self.address);
        let request = request.header("webhook-id", id).header("webhook-timestamp", time);
        self.client.send(request.header("webhook-signature", signature).body(body.to_owned())).await
    }

    /// Says which language its programmer reads.
    pub fn speak(&self, language: &str) {
        self.client.speak(language);
    }
}

/// HMAC as RFC 2104 writes it, apart from the library that is tested; blocks of SHA-256 have 64 bytes, of SHA-512 128.
pub fn hmac<D: Digest>(key: &[u8], text: &[u8], block: usize) -> Vec<u8> {
    let mut padded = if key.len() > block { D::digest(key).to_vec() } else { key.to_vec() };
    padded.resize(block, 0);
    let pad = |with: u8| padded.iter().map(|byte| byte ^ with).collect::<Vec<_>>();
    let inner = D::digest([pad(0x36), text.to_vec()].concat());
    D::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}
