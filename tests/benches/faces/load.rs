//! Visitors: connections that stay open and ask for one thing again and again, as fast as it comes or at a pace.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Visitors at the same time.
const CONNECTIONS: u32 = 32;

/// One thing at one server.
#[derive(Clone)]
pub struct Target {
    address: SocketAddr,
    request: Vec<u8>,
    /// Of a whole answer, head and body; each is as long as the first.
    length: usize,
    /// The body of the first.
    pub body: Vec<u8>,
}

/// How it went.
pub struct Served {
    /// Answers.
    pub count: u64,
    /// From its turn to its end, of each, in order of size.
    pub times: Vec<Duration>,
}

impl Target {
    /// Asks once, as a browser does that understands Brotli.
    pub async fn new(address: SocketAddr, path: &str) -> Self {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip, br\r\n\r\n").into_bytes();
        let mut stream = connect(address).await;
        stream.write_all(&request).await.expect("ask");
        let mut answer = Vec::new();
        let head = loop {
            assert!(stream.read_buf(&mut answer).await.expect("listen") > 0, "{path}: no answer");
            if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = String::from_utf8_lossy(&answer[..head]).to_lowercase();
        assert!(text.starts_with("http/1.1 200"), "{path}: {text}");
        let line = text.lines().find_map(|line| line.strip_prefix("content-length:")).expect("a length");
        let length = head + line.trim().parse::<usize>().expect("a number");
        let body = whole(address, &request, length).await.split_off(head);
        Self { address, request, length, body }
    }

    /// Has all visitors ask for so long, so many times a second (`None`: without pause).
    pub async fn ask(&self, long: Duration, rate: Option<f64>) -> Served {
        let start = Instant::now() + Duration::from_millis(50);
        let visitors = (0..CONNECTIONS).map(|number| {
            let (target, pace) =
                (self.clone(), rate.map(|rate| Duration::from_secs_f64(f64::from(CONNECTIONS) / rate)));
            let first = start + pace.unwrap_or_default() * number / CONNECTIONS;
            tokio::spawn(async move { target.visit(first, start + long, pace).await })
        });
        let mut times = Vec::new();
        for visitor in visitors.collect::<Vec<_>>() {
            times.extend(visitor.await.expect("a visitor"));
        }
        times.sort_unstable();
        Served { count: times.len() as u64, times }
    }

    async fn visit(&self, first: Instant, until: Instant, pace: Option<Duration>) -> Vec<Duration> {
        let mut stream = connect(self.address).await;
        let (mut times, mut answer, mut turn) = (Vec::new(), vec![0; self.length], first);
        while turn < until {
            tokio::time::sleep_until(turn.into()).await;
            stream.write_all(&self.request).await.expect("ask");
            stream.read_exact(&mut answer).await.expect("a whole answer");
            assert!(answer.starts_with(b"HTTP/1.1 200"), "answers are the same each time");
            times.push(turn.elapsed());
            // Whoever is late is late for all that follow: nobody waits politely for a slow server.
            turn = pace.map_or_else(Instant::now, |pace| turn + pace);
        }
        times
    }
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream
}

async fn whole(address: SocketAddr, request: &[u8], length: usize) -> Vec<u8> {
    let mut stream = connect(address).await;
    stream.write_all(request).await.expect("ask");
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).await.expect("a whole answer");
    answer
}

impl Served {
    /// What all but so many of a hundred stay under, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}
