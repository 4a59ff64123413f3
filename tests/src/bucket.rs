//! A bucket in a real S3 server on the loopback address, and what lies in it.

use std::process::Command;

use controller::config::Secret;

use crate::{Process, TestClient, eventually, free_port, parts};

/// Who asks; the server looks no closer.
const KEY: &str =
    "AWS4-HMAC-SHA256 Credential=litfass/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/// A server with one bucket; both go with this value.
pub struct Bucket {
    /// The server's address, without a slash at the end.
    pub url: String,
    client: TestClient,
    _process: Process,
}

impl Bucket {
    /// Starts a server and makes the bucket `media`.
    pub async fn new() -> Self {
        let port = free_port();
        let server = parts::s3_server().expect("an S3 server; ask for Part::Bucket first");
        let mut command = Command::new(server);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        let process = Process::start("S3", &mut command);
        let url = format!("http://127.0.0.1:{port}");
        let client = TestClient::new(&url);
        let made = || async { client.ready(&format!("{url}/moto-api/data.json")).await.then_some(()) };
        eventually("an S3 server", made).await;
        client.send(client.request(reqwest::Method::PUT, "/media")).await.expect(200);
        Self { url, client, _process: process }
    }

    /// What a controller is told of it; `url` may lead to somebody in between.
    pub fn settings(url: &str) -> controller::config::Bucket {
        controller::config::Bucket {
            name: "media".to_owned(),
            endpoint: Some(url.parse().expect("an address")),
            region: "us-east-1".to_owned(),
            key_id: "litfass".to_owned(),
            secret: Secret::new("secret".to_owned()),
            secret_file: None,
            authority_file: None,
            authority_pem: None,
        }
    }

    /// The same for a program, by names in the environment.
    pub fn environment(url: &str) -> [(&'static str, &str); 4] {
        [
            ("LITFASS_S3_BUCKET", "media"),
            ("LITFASS_S3_ENDPOINT", url),
            ("LITFASS_S3_KEY_ID", "litfass"),
            ("LITFASS_S3_SECRET", "secret"),
        ]
    }

    /// Places of all that lies in it, sorted.
    pub async fn places(&self) -> Vec<String> {
        let listed = self.client.get("/media?list-type=2").await.expect(200).text();
        let places = listed.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
        let mut places: Vec<_> = places.map(str::to_owned).collect();
        places.sort();
        places
    }

    /// What lies at a place.
    pub async fn content(&self, place: &str) -> Vec<u8> {
        let request = self.client.request(reqwest::Method::GET, &format!("/media/{place}"));
        self.client.send(request.header("authorization", KEY)).await.expect(200).bytes
    }

    /// Puts something else there.
    pub async fn put(&self, place: &str, content: Vec<u8>) {
        let request = self.client.request(reqwest::Method::PUT, &format!("/media/{place}"));
        self.client.send(request.header("authorization", KEY).body(content)).await.expect(200);
    }
}
