//! A web server that misbehaves on purpose, byte for byte.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use controller::tools::http::{Client, HttpSettings, Permit};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the server does with a request.
pub(super) enum Reply {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Sends this head, then the same kilobyte for ever.
    Endless(Vec<u8>),
    /// Sends this head, then a byte every few milliseconds, for ever.
    Slow(Vec<u8>),
    /// Never answers.
    Silence,
}

/// A running server; it ends with the runtime of its test.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts one that answers each path as told.
    pub(super) async fn new(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), heads: Arc::default() };
        let answer = Arc::new(answer);
        let running = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, running) = (Arc::clone(&answer), running.clone());
                tokio::spawn(async move { running.serve(stream, &*answer).await });
            }
        });
        server
    }

    /// Starts one that answers everything the same way.
    pub(super) async fn always(reply: &str) -> Self {
        let reply = reply.to_owned();
        Self::new(move |_, _| Reply::Bytes(reply.clone().into_bytes())).await
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of all requests so far, in lower case.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// A client that may reach this server, and nothing else that is private.
    pub(super) fn client(&self) -> Client {
        client(&[&self.address.to_string()])
    }

    async fn serve(&self, mut stream: TcpStream, answer: &(impl Fn(&str, usize) -> Reply + Sync)) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split_ascii_whitespace().nth(1).unwrap_or_default().to_owned();
        let number = {
            let mut heads = self.heads.lock().unwrap();
            heads.push(head.to_lowercase());
            heads.len()
        };
        match answer(&path, number) {
            Reply::Bytes(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            }
            Reply::Endless(head) => {
                let mut going_on = stream.write_all(&head).await.is_ok();
                while going_on {
                    going_on = stream.write_all(&[b'x'; 1024]).await.is_ok();
                }
            }
            Reply::Slow(head) => {
                let mut going_on = stream.write_all(&head).await.is_ok();
                while going_on {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    going_on = stream.write_all(b" ").await.is_ok();
                }
            }
            Reply::Silence => std::future::pending().await,
        }
    }
}

/// A client with short patience that may reach these private places.
pub(super) fn client(permits: &[&str]) -> Client {
    let permits = permits.iter().map(|permit| Permit::parse(permit).unwrap()).collect();
    let total_timeout = Duration::from_secs(2);
    Client::new(HttpSettings { permits, total_timeout, ..HttpSettings::default() }).unwrap()
}

/// A whole answer.
pub(super) fn ok(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
}

/// An answer without a body.
pub(super) fn status(code: u16, headers: &str) -> String {
    format!("HTTP/1.1 {code} X\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n")
}
