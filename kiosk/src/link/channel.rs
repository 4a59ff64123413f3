//! The WebSocket: held for as long as it goes, and taken up again when it does not.

use std::{collections::VecDeque, time::Duration};

use futures_util::{SinkExt, StreamExt};
use reqwest::header::AUTHORIZATION;
use shared::protocol::{Down, Paired, Report, Up};
use tokio::{
    net::TcpStream,
    time::{Instant, interval_at, sleep, sleep_until, timeout},
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{Error as SocketError, Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

use super::{News, failure::Failure, net::Net};
use crate::tools::jitter::{back_off, roll};

const PATH: &str = "screens/v1/link";
const READ_BUFFER: usize = 8 * 1_024;
const WRITE_BUFFER: usize = 4 * 1_024;
const MOST_UNSENT: usize = 256 * 1_024;
const LARGEST_MESSAGE: usize = 64 * 1_024;
/// Longest time a controller can send a screen away for.
const LONGEST_ABSENCE: Duration = Duration::from_secs(600);
/// Between two reports however much changes.
const REPORTS_APART: Duration = Duration::from_millis(250);
/// How long a message, or the last word, may take to leave.
const LONGEST_SEND: Duration = Duration::from_secs(10);
const FAREWELL: Duration = Duration::from_millis(300);
/// After the first question for the time, the second and third come this soon.
const FIRST_QUESTIONS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How a link ended.
enum End {
    /// The controller said when to come back.
    Goodbye(Duration),
    /// The kiosk stops.
    Stop,
}

/// Holds the link for ever; returns when the screen was removed or the kiosk stops.
pub(super) async fn hold(net: &Net) {
    let (first, longest) = net.tempo.back_off;
    let mut failures = 0;
    loop {
        let end = match connect(net).await {
            Ok(socket) => {
                let began = Instant::now();
                net.linked.send_replace(true);
                net.clear(|name| name == "push").await;
                let end = Session::new(net, socket).talk().await;
                net.linked.send_replace(false);
                if began.elapsed() >= net.tempo.steady {
                    failures = 0;
                }
                end
            }
            Err(failure) => Err(failure),
        };
        let pause = match end {
            Ok(End::Stop) | Err(Failure::Revoked) => return,
            Ok(End::Goodbye(after)) => {
                failures = 0;
                after + first.mul_f64(roll())
            }
            Err(failure) => {
                let pause = back_off(failures, first, longest, roll());
                failures += 1;
                tracing::info!("link: {failure}");
                if failures > 1 {
                    net.fault("push", format!("no link: {failure}")).await;
                    // Without a link only looking helps, and looking knows why there is none.
                    net.hint.send_replace(None);
                }
                if let Failure::Later(wait) = failure { wait + pause } else { pause }
            }
        };
        sleep(pause).await;
    }
}

async fn connect(net: &Net) -> Result<Socket, Failure> {
    let mut corrected = false;
    loop {
        match timeout(net.tempo.connect, handshake(net)).await {
            Ok(Err(Failure::Clock(_))) if !corrected => corrected = true,
            Ok(result) => return result,
            Err(_) => {
                let seconds = net.tempo.connect.as_secs();
                return Err(Failure::Unreachable(format!("{PATH}: no answer in {seconds} s")));
            }
        }
    }
}

async fn handshake(net: &Net) -> Result<Socket, Failure> {
    let (url, tls) = net.client.link_address(PATH)?;
    let mut request = url.as_str().into_client_request().map_err(|e| Failure::of_connection(PATH, &e))?;
    let proof = net.client.proof("GET", PATH).parse().map_err(std::io::Error::other)?;
    request.headers_mut().insert(AUTHORIZATION, proof);
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_UNSENT)
        .max_message_size(Some(LARGEST_MESSAGE))
        .max_frame_size(Some(LARGEST_MESSAGE));
    match connect_async_tls_with_config(request, Some(config), true, Some(Connector::Rustls(tls))).await {
        Ok((socket, _)) => Ok(socket),
        Err(SocketError::Http(response)) => {
            let (parts, body) = response.into_parts();
            Err(net.client.refusal(PATH, parts.status.as_u16(), &parts.headers, &body.unwrap_or_default()))
        }
        Err(error) => Err(Failure::of_connection(PATH, &error)),
    }
}

/// One link while it holds.
struct Session<'a> {
    net: &'a Net,
    socket: Socket,
    /// When the last questions for the time were asked, in even time.
    asked: VecDeque<i64>,
    sent: Option<Report>,
    sent_at: Instant,
    heard: Instant,
}

impl<'a> Session<'a> {
    fn new(net: &'a Net, socket: Socket) -> Self {
        let now = Instant::now();
        Self { net, socket, asked: VecDeque::new(), sent: None, sent_at: now - REPORTS_APART, heard: now }
    }

    async fn talk(mut self) -> Result<End, Failure> {
        let mut reports = self.net.report.clone();
        let mut ready = self.net.ready.subscribe();
        let start = Instant::now();
        let mut questions = FIRST_QUESTIONS.map(|after| start + after).into_iter();
        let mut next_question = questions.next();
        let mut ping = interval_at(start + self.net.tempo.ping, self.net.tempo.ping);
        self.ask().await?;
        let mut report_at = Some(start);
        loop {
            tokio::select! {
                () = self.net.stop.cancelled() => {
                    let _ = timeout(FAREWELL, self.socket.close(None)).await;
                    return Ok(End::Stop);
                }
                message = self.socket.next() => {
                    let message = message.ok_or_else(|| Failure::Unreachable(format!("{PATH}: closed")))?;
                    self.heard = Instant::now();
                    let message = message.map_err(|e| Failure::of_connection(PATH, &e))?;
                    if let Some(end) = self.hear(message).await? {
                        return Ok(end);
                    }
                }
                changed = reports.changed() => {
                    if changed.is_err() {
                        return Ok(End::Stop);
                    }
                    if self.news(reports.borrow_and_update().as_ref()) {
                        let soonest = self.sent_at + REPORTS_APART;
                        report_at = Some(report_at.map_or(soonest, |at| at.min(soonest)));
                    }
                }
                changed = ready.changed() => {
                    let here = ready.borrow_and_update().clone();
                    if let Some((id, version)) = here.filter(|_| changed.is_ok()) {
                        self.send(&Up::Ready { id, version }).await?;
                    }
                }
                () = until(report_at) => {
                    let report = reports.borrow_and_update().clone();
                    if let Some(report) = report {
                        self.send(&Up::Report(report.clone())).await?;
                        self.sent = Some(report);
                        self.sent_at = Instant::now();
                    }
                    report_at = Some(Instant::now() + self.net.tempo.report);
                }
                () = until(next_question) => {
                    next_question = questions.next();
                    self.ask().await?;
                }
                _ = ping.tick() => {
                    let silence = self.heard.elapsed();
                    if silence >= self.net.tempo.dead {
                        return Err(Failure::Unreachable(format!("{PATH}: silent for {} s", silence.as_secs())));
                    }
                    self.ask().await?;
                }
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<Option<End>, Failure> {
        let text = match &message {
            Message::Text(text) => text.as_str(),
            Message::Close(_) => return Err(Failure::Unreachable(format!("{PATH}: closed by the controller"))),
            _ => return Ok(None),
        };
        let Ok(word) = serde_json::from_str(text) else {
            return Err(Failure::Unreachable(format!("{PATH}: not the controller's words")));
        };
        match word {
            Down::Programme { id, version } => {
                let ours = |paired: Paired| [&paired.programme, &paired.screen.programme].contains(&&id);
                if self.net.library.paired().is_some_and(ours) {
                    self.net.hint.send_replace(Some((id, version)));
                }
            }
            Down::Screen(screen) => {
                let kept = screen.clone();
                match self.net.on_disk(move |library| library.set_screen(&kept)).await {
                    Ok(true) => {
                        self.net.tell(News::Screen(screen)).await;
                        // It may follow another programme now, whose versions count from one.
                        self.net.hint.send_replace(None);
                    }
                    Ok(false) => {}
                    Err(failure) => {
                        self.net.raise(&failure).await;
                        self.net.tell(News::Screen(screen)).await;
                    }
                }
            }
            Down::Picture => self.net.tell(News::PictureWanted).await,
            Down::Revoked => return Err(Failure::Revoked),
            Down::Goodbye { return_after } => {
                return Ok(Some(End::Goodbye(Duration::from_millis(return_after).min(LONGEST_ABSENCE))));
            }
            Down::Time { asked, now } => self.answered(asked, now).await,
            Down::Activate { id, version, at } => {
                if self.net.library.paired().is_some_and(|paired| paired.programme == id) {
                    self.net.active.send_replace(Some((version, at)));
                    self.net.tell(News::Activate { version, at }).await;
                }
            }
            Down::Unknown => {}
        }
        Ok(None)
    }

    /// Takes an answer to a question of ours, each once.
    async fn answered(&mut self, asked: i64, now: i64) {
        if let Some(at) = self.asked.iter().position(|known| *known == asked) {
            self.asked.drain(..=at);
            self.net.time.answered(asked, now);
            match self.net.time.wrong_by() {
                Some(off) => {
                    let detail = format!("the machine's clock is off by {} s; the controller's counts", off / 1_000);
                    self.net.fault("clock", detail).await;
                }
                None => self.net.clear(|name| name == "clock").await,
            }
        }
    }

    /// Asks for the time, which is also how both sides know that the other is there.
    async fn ask(&mut self) -> Result<(), Failure> {
        let asked = self.net.time.clock.even();
        self.asked.truncate(8);
        self.asked.push_back(asked);
        self.send(&Up::Time { asked }).await
    }

    async fn send(&mut self, word: &Up) -> Result<(), Failure> {
        let text = serde_json::to_string(word).map_err(std::io::Error::other)?;
        match timeout(LONGEST_SEND, self.socket.send(Message::text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Failure::of_connection(PATH, &error)),
            Err(_) => Err(Failure::Unreachable(format!("{PATH}: takes nothing"))),
        }
    }

    /// Whether a report says more than that frames went by.
    fn news(&self, report: Option<&Report>) -> bool {
        let Some(report) = report else { return false };
        let Some(sent) = &self.sent else { return true };
        let still = Report { frames: sent.frames, presented_at: sent.presented_at, ..report.clone() };
        still != *sent
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
