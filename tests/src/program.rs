//! A program of a member, which uses the API with a token.

use reqwest::{Method, header};
use serde_json::Value;

use crate::{Answer, Owner, TestClient};

/// Sends requests with a token, and no cookie.
pub struct Program {
    client: TestClient,
    /// What it holds.
    pub token: String,
}

impl Program {
    /// Has an owner make a token with these scopes, and copies it from the page.
    pub async fn new(owner: &Owner, client: TestClient, name: &str, scopes: &[&str]) -> Self {
        let mut fields = vec![("name", name), ("days", "90")];
        fields.extend(scopes.iter().map(|scope| (*scope, "true")));
        let page = owner.client.post("/dashboard/tokens", &fields).await.expect(200).text();
        let rest = page.split_once("id=\"the-token\">").unwrap_or_else(|| panic!("no token in {page}")).1;
        Self::with(client, rest.split('<').next().unwrap_or_default())
    }

    /// A program that holds this.
    pub fn with(client: TestClient, token: &str) -> Self {
        client.speak("en");
        Self { client, token: token.to_owned() }
    }

    /// Reads something.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Sends JSON with a method: `POST`, `PUT`, `PATCH`, `DELETE`.
    pub async fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method.parse().expect("a method"), path, Some(("application/json", body.to_string().into_bytes())))
            .await
    }

    /// Removes something.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends whatever.
    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let mut request = self.client.request(method, path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if let Some((kind, bytes)) = body {
            request = request.header(header::CONTENT_TYPE, kind).body(bytes);
        }
        self.client.send(request).await
    }

    /// Sends JSON under a name that it gives it.
    pub async fn once(&self, path: &str, name: &str, body: &Value) -> Answer {
        let request = self.client.request(Method::POST, path).header("idempotency-key", name);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        self.client.send(request.header(header::CONTENT_TYPE, "application/json").body(body.to_string())).await
    }
}
