//! A controller made of a few lines.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures_util::{SinkExt, StreamExt};
use shared::{
    envelope::REQUEST,
    protocol::{Down, Paired, PairingAnswer, Refused, Report, Up, request_document},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::broadcast,
};
use tokio_tungstenite::tungstenite::Message;

use super::{name_of, owner};
use crate::tools::keys;

/// How a request is answered.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Status, content type, body.
    Plain(u16, &'static str, Vec<u8>),
    /// These bytes as they stand, then the end.
    Raw(Vec<u8>),
    /// Status 200 without a length, and bytes for ever.
    Endless,
    /// Status 200, a length, and then a byte now and then.
    Trickle(usize),
    /// Status 200 without a length, these bytes, and then nothing for a long time.
    Unended(Vec<u8>),
    /// What was asked for of these bytes, but never more than so many before the connection breaks.
    Breaking(Vec<u8>, usize),
    /// Nothing at all.
    Silence,
}

/// A part of a file, as a server answers that breaks off.
fn breaking(text: &str, bytes: &[u8], most: usize) -> Answer {
    let range = header(text, "range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let from: usize = range.unwrap_or(0);
    let status = if range.is_some() { 206 } else { 200 };
    let rest = &bytes[from..];
    let mut raw = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", rest.len());
    raw.push_str(std::str::from_utf8(&rest[..rest.len().min(most)]).unwrap());
    Answer::Raw(raw.into_bytes())
}

/// What the controller does; a test changes it at any time.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) paired: Option<Paired>,
    pub(super) envelope: String,
    pub(super) files: HashMap<String, Answer>,
    /// Answers everything, the link too.
    pub(super) everything: Option<Answer>,
    /// Answers the programme.
    pub(super) programme: Option<Answer>,
    /// Answers the link.
    pub(super) link: Option<Answer>,
    /// Takes the link and says nothing on it.
    pub(super) mute: bool,
    /// Method and path of everything asked.
    pub(super) asked: Vec<String>,
    pub(super) keys: Vec<String>,
    pub(super) reports: Vec<Report>,
    /// Versions the kiosk said it has.
    pub(super) ready: Vec<u64>,
    pub(super) pictures: Vec<Vec<u8>>,
    pub(super) links: usize,
    pub(super) sent_endlessly: usize,
}

/// A controller, on a thread and a port of its own; it goes with this value.
pub(super) struct Fake {
    pub(super) url: String,
    plan: Arc<Mutex<Plan>>,
    down: broadcast::Sender<Down>,
    _runtime: tokio::runtime::Runtime,
}

impl Fake {
    pub(super) fn new() -> Self {
        Self::on("127.0.0.1:0")
    }

    pub(super) fn on(address: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind(address)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let plan = Arc::new(Mutex::new(Plan::default()));
        let (down, _) = broadcast::channel(2_048);
        let (shared, words) = (plan.clone(), down.clone());
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone(), words.clone()));
            }
        });
        Self { url, plan, down, _runtime: runtime }
    }

    pub(super) fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap()
    }

    pub(super) fn pair(&self) {
        self.plan().paired = Some(owner().pairing());
    }

    /// Puts a programme up and says nothing.
    pub(super) fn put(&self, envelope: String, files: &[&[u8]]) {
        let mut plan = self.plan();
        plan.envelope = envelope;
        for bytes in files {
            plan.files.insert(name_of(bytes), Answer::Plain(200, "image/jpeg", bytes.to_vec()));
        }
    }

    /// Puts a good programme up and says so.
    pub(super) fn publish(&self, version: u64, files: &[&[u8]]) {
        self.put(owner().envelope(&owner().programme(version, files)), files);
        self.hint(version);
    }

    pub(super) fn hint(&self, version: u64) {
        self.say(Down::Programme { id: "main".to_owned(), version });
    }

    pub(super) fn say(&self, word: Down) {
        // Nobody listening is no error: kiosks come and go.
        let _ = self.down.send(word);
    }

    /// How often a path was asked for.
    pub(super) fn count(&self, path: &str) -> usize {
        self.plan().asked.iter().filter(|asked| asked.ends_with(path)).count()
    }
}

pub(super) fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

async fn serve(mut stream: TcpStream, plan: Arc<Mutex<Plan>>, down: broadcast::Sender<Down>) {
    let mut head = vec![0; 8_192];
    let length = loop {
        let Ok(count) = stream.peek(&mut head).await else { return };
        if count == 0 {
            return;
        }
        if let Some(end) = head[..count].windows(4).position(|w| w == b"\r\n\r\n") {
            break end + 4;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    let text = String::from_utf8_lossy(&head[..length]).into_owned();
    let answer = decide(&text, &plan);
    if let Some(answer) = answer {
        let mut read = vec![0; length];
        if stream.read_exact(&mut read).await.is_err() {
            return;
        }
        let body_length = header(&text, "content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
        let mut body = vec![0; body_length];
        if stream.read_exact(&mut body).await.is_err() {
            return;
        }
        take(&text, &body, &plan);
        let _ = write(stream, answer, &plan).await;
    } else {
        link(stream, plan, down).await;
    }
}

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The answer, or `None` to take up the link.
fn decide(text: &str, plan: &Mutex<Plan>) -> Option<Answer> {
    let mut words = text.split_whitespace();
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let mut plan = plan.lock().unwrap();
    plan.asked.push(format!("{method} {path}"));
    if let Some(answer) = &plan.everything {
        return Some(answer.clone());
    }
    if let Some(name) = path.strip_prefix("/media/") {
        if let Some(Answer::Breaking(bytes, most)) = plan.files.get(name) {
            return Some(breaking(text, bytes, *most));
        }
        return Some(plan.files.get(name).cloned().unwrap_or(Answer::Plain(404, "text/plain", vec![])));
    }
    let refuse = |status, reason: &str| {
        let body = serde_json::to_vec(&Refused { reason: reason.to_owned(), now: now() }).unwrap();
        Some(Answer::Plain(status, "application/json", body))
    };
    let proof = header(text, "authorization").unwrap().strip_prefix("Litfass ").unwrap();
    let parts: HashMap<_, _> = proof.split(',').map(|part| part.split_once('=').unwrap()).collect();
    let time: i64 = parts["time"].parse().unwrap();
    if time.abs_diff(now()) > 60_000 {
        return refuse(401, "time");
    }
    let document = request_document(method, path, time);
    assert!(keys::is_signed_by(parts["key"], REQUEST, &document, parts["signature"]), "{text}");
    plan.keys.push(parts["key"].to_owned());
    let json = |value: &PairingAnswer| Answer::Plain(200, "application/json", serde_json::to_vec(value).unwrap());
    match path {
        "/screens/v1/pairing" => Some(match &plan.paired {
            Some(paired) => json(&PairingAnswer::Paired(paired.clone())),
            None => json(&PairingAnswer::Waiting {
                code: format!("CODE-{}", &parts["key"][..4]),
                expires_at: now() / 600_000 * 600_000,
                address: "https://wall.example/dashboard/screens".to_owned(),
            }),
        }),
        _ if plan.paired.is_none() => refuse(403, "revoked"),
        "/screens/v1/programme" if plan.programme.is_some() => plan.programme.clone(),
        "/screens/v1/programme" => {
            let tag = format!("\"{}\"", &name_of(plan.envelope.as_bytes())[..32]);
            if header(text, "if-none-match") == Some(&tag) {
                return Some(Answer::Raw(b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_vec()));
            }
            let mut raw = format!(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\netag: {tag}\r\ncontent-length: {}\r\n\r\n",
                plan.envelope.len()
            );
            raw.push_str(&plan.envelope);
            Some(Answer::Raw(raw.into_bytes()))
        }
        "/screens/v1/report" => Some(Answer::Plain(204, "text/plain", vec![])),
        "/screens/v1/link" => plan.link.clone(),
        _ => Some(Answer::Plain(404, "text/plain", vec![])),
    }
}

fn take(text: &str, body: &[u8], plan: &Mutex<Plan>) {
    if text.starts_with("POST /screens/v1/report") {
        let mut plan = plan.lock().unwrap();
        if header(text, "content-type") == Some("image/jpeg") {
            plan.pictures.push(body.to_vec());
        } else {
            plan.reports.push(serde_json::from_slice(body).unwrap());
        }
    }
}

async fn write(mut stream: TcpStream, answer: Answer, plan: &Mutex<Plan>) -> std::io::Result<()> {
    match answer {
        Answer::Plain(status, kind, body) => {
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-type: {kind}\r\n");
            stream.write_all(format!("{head}content-length: {length}\r\n\r\n").as_bytes()).await?;
            stream.write_all(&body).await?;
        }
        Answer::Raw(bytes) => stream.write_all(&bytes).await?,
        Answer::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await?;
            loop {
                let written = stream.write(&[7; 4_096]).await?;
                plan.lock().unwrap().sent_endlessly += written;
            }
        }
        Answer::Trickle(length) => {
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(b"f").await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Answer::Unended(bytes) => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await?;
            stream.write_all(&bytes).await?;
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        // Made to raw bytes where the question was read.
        Answer::Breaking(..) => {}
        Answer::Silence => tokio::time::sleep(Duration::from_secs(60)).await,
    }
    stream.shutdown().await
}

async fn link(stream: TcpStream, plan: Arc<Mutex<Plan>>, down: broadcast::Sender<Down>) {
    let mut words = down.subscribe();
    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let mute = {
        let mut plan = plan.lock().unwrap();
        plan.links += 1;
        plan.mute
    };
    if mute {
        return tokio::time::sleep(Duration::from_secs(60)).await;
    }
    loop {
        let word = tokio::select! {
            word = words.recv() => word.ok(),
            heard = socket.next() => match heard {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text).unwrap() {
                    Up::Time { asked } => Some(Down::Time { asked, now: now() }),
                    Up::Report(report) => {
                        plan.lock().unwrap().reports.push(report);
                        None
                    }
                    Up::Ready { version, .. } => {
                        plan.lock().unwrap().ready.push(version);
                        None
                    }
                    Up::Unknown => None,
                },
                Some(Ok(_)) => None,
                Some(Err(_)) | None => return,
            }
        };
        if let Some(word) = word {
            let text = serde_json::to_string(&word).unwrap();
            if socket.send(Message::text(text)).await.is_err() || matches!(word, Down::Goodbye { .. }) {
                return;
            }
        }
    }
}
