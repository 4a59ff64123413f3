//! The only way out for a browser: a proxy on the loopback address that connects under the rules of the guarded client.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};
use tokio_util::task::AbortOnDropHandle;
use url::Url;

use crate::tools::http::{Client, HttpError};

/// Most that one page may load, in bytes.
const MOST_BYTES: i64 = 64 << 20;
/// Most connections at a time.
const MOST_CONNECTIONS: usize = 64;
/// Longest head of a request.
const LONGEST_HEAD: usize = 64 << 10;
/// Longest wait for a head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);

/// The proxy; it ends with this value, and its connections with it.
pub(super) struct Proxy {
    address: SocketAddr,
    _task: AbortOnDropHandle<()>,
}

impl Proxy {
    /// Opens one.
    pub(super) async fn open(http: Client) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok(Self { address, _task: AbortOnDropHandle::new(tokio::spawn(serve(listener, http))) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

async fn serve(listener: TcpListener, http: Client) {
    let (left, places) = (Arc::new(AtomicI64::new(MOST_BYTES)), Arc::new(Semaphore::new(MOST_CONNECTIONS)));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (http, left) = (http.clone(), Arc::clone(&left));
                connections.spawn(async move {
                    // A connection that breaks is the page's own affair.
                    let _ = pass(stream, &http, &left).await;
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// What a browser asks of its proxy.
struct Head {
    method: String,
    target: String,
    /// Headers that are passed on.
    headers: Vec<String>,
    /// Bytes of a body that follow.
    length: u64,
    /// Whether the length of the body is not known beforehand.
    is_open: bool,
}

impl Head {
    fn parse(text: &str) -> Option<Self> {
        let mut rows = text.split("\r\n");
        let mut words = rows.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut head = Self { method, target, headers: Vec::new(), length: 0, is_open: false };
        for row in rows.filter(|row| !row.is_empty()) {
            let (name, value) = row.split_once(':')?;
            match name.trim().to_ascii_lowercase().as_str() {
                "connection" | "keep-alive" | "upgrade" => continue,
                name if name.starts_with("proxy-") => continue,
                "content-length" => head.length = value.trim().parse().ok()?,
                "transfer-encoding" => head.is_open = true,
                _ => {}
            }
            head.headers.push(row.to_owned());
        }
        Some(head)
    }
}

async fn pass(mut browser: TcpStream, http: &Client, left: &AtomicI64) -> io::Result<()> {
    let read = timeout(HEAD_TIMEOUT, read_head(&mut browser)).await.map_err(|_| io::ErrorKind::TimedOut)?;
    let (head, rest) = read?;
    let Some(head) = Head::parse(&head) else { return refuse(&mut browser, "400 Bad Request").await };
    if head.method == "CONNECT" {
        let Some((host, port)) = head.target.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)))
        else {
            return refuse(&mut browser, "400 Bad Request").await;
        };
        let mut server = match http.connect(host, port).await {
            Ok(server) => server,
            Err(error) => return refuse(&mut browser, status(&error)).await,
        };
        browser.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        server.write_all(&rest).await?;
        let (mut from_browser, mut to_browser) = browser.split();
        let (mut from_server, mut to_server) = server.split();
        tokio::try_join!(
            pour(&mut from_browser, &mut to_server, u64::MAX, left),
            pour(&mut from_server, &mut to_browser, u64::MAX, left)
        )?;
        return Ok(());
    }
    let Some(url) = Url::parse(&head.target).ok().filter(|url| url.scheme() == "http" && !head.is_open) else {
        return refuse(&mut browser, "400 Bad Request").await;
    };
    let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(80));
    let mut server = match http.connect(host, port).await {
        Ok(server) => server,
        Err(error) => return refuse(&mut browser, status(&error)).await,
    };
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    // One request to a connection: the next may be for another place, which has to be checked.
    let mut first = format!("{} {}{query} HTTP/1.1\r\n", head.method, url.path());
    for row in &head.headers {
        first.push_str(row);
        first.push_str("\r\n");
    }
    first.push_str("Connection: close\r\n\r\n");
    server.write_all(first.as_bytes()).await?;
    let known = usize::try_from(head.length).unwrap_or(usize::MAX).min(rest.len());
    server.write_all(&rest[..known]).await?;
    let (mut from_browser, mut to_browser) = browser.split();
    let (mut from_server, mut to_server) = server.split();
    let body = head.length - known as u64;
    if body > 0 {
        pour(&mut from_browser, &mut to_server, body, left).await?;
    }
    pour(&mut from_server, &mut to_browser, u64::MAX, left).await
}

async fn read_head(browser: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            let head = String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
            return Ok((head, rest));
        }
        if bytes.len() > LONGEST_HEAD || browser.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

/// Passes on up to so many bytes, while there are any left for the page.
async fn pour(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    most: u64,
    left: &AtomicI64,
) -> io::Result<()> {
    let mut piece = vec![0; 16 << 10];
    let mut passed = 0_u64;
    while passed < most {
        let room = usize::try_from(most - passed).unwrap_or(piece.len()).min(piece.len());
        let count = from.read(&mut piece[..room]).await?;
        if count == 0 {
            return to.shutdown().await;
        }
        let size = i64::try_from(count).unwrap_or(i64::MAX);
        if left.fetch_sub(size, Ordering::Relaxed) < size {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        to.write_all(&piece[..count]).await?;
        passed += count as u64;
    }
    Ok(())
}

fn status(error: &HttpError) -> &'static str {
    match error {
        HttpError::ForbiddenAddress | HttpError::ForbiddenPort { .. } => "403 Forbidden",
        HttpError::Timeout { .. } => "504 Gateway Timeout",
        _ => "502 Bad Gateway",
    }
}

async fn refuse(browser: &mut TcpStream, status: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    browser.write_all(answer.as_bytes()).await?;
    browser.shutdown().await
}
