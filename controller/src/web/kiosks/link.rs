//! `GET /screens/v1/link`: the WebSocket between a screen and this process.
//!
//! Only hints and small documents travel here. Every buffer has a limit, and a screen
//! that does not read or does not answer is dropped: it comes back and is told anew.

use std::time::Duration;

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket, close_code},
    },
    response::Response,
};
use shared::protocol::{Down, State as Shows, Up};
use tokio::{
    sync::mpsc,
    time::{Instant, interval_at, timeout},
};

use super::auth::Paired;
use crate::{app::App, features::screens, store::Screen, tools::ids};

const READ_BUFFER: usize = 4 * 1_024;
const WRITE_BUFFER: usize = 4 * 1_024;
const MOST_UNSENT: usize = 64 * 1_024;
const LARGEST_MESSAGE: usize = 64 * 1_024;
/// How often a screen is asked whether it is there.
const PING: Duration = Duration::from_secs(15);
/// After so long without a word a screen is gone.
const DEAD: Duration = Duration::from_secs(45);
/// How long one message may take to leave.
const SLOW: Duration = Duration::from_secs(10);
/// How long a screen may take to say goodbye itself.
const FAREWELL: Duration = Duration::from_millis(500);
/// So many messages within so long are more than any kiosk sends.
const MOST_MESSAGES: u32 = 200;
const MESSAGES_WITHIN: Duration = Duration::from_secs(10);

pub(super) async fn open(State(app): State<App>, Paired(screen): Paired, upgrade: WebSocketUpgrade) -> Response {
    // Held until the link has ended, so that a stop waits for its goodbye.
    let token = app.tasks.token();
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_UNSENT)
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE)
        .on_upgrade(async move |socket| {
            serve(&app, &screen, socket).await;
            drop(token);
        })
}

async fn serve(app: &App, screen: &Screen, socket: WebSocket) {
    let (number, inbox) = app.live.join(&screen.id, &screen.programme_id, app.clock.now());
    screens::tell(app, &screen.account_id, &screen.id);
    let faceless = screen.picture_at == 0;
    let mut link = Link { app, screen, socket, window: Instant::now(), messages: 0, faceless };
    let end = link.talk(inbox).await;
    tracing::debug!(screen.id = %screen.id, "link of screen {} ended: {end:?}", screen.id);
    link.close(end).await;
    if app.live.leave(&screen.id, number) {
        screens::tell(app, &screen.account_id, &screen.id);
    }
}

/// Why a link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The screen went, or its connection broke.
    Gone,
    /// No word from it for too long, or it does not read.
    Silent,
    /// It said too much, or something we cannot read.
    Rude,
    /// It has a newer link, or could not keep up with what it was told.
    Replaced,
    /// It no longer belongs to its account.
    Revoked,
    /// We stop.
    Stop,
}

struct Link<'a> {
    app: &'a App,
    screen: &'a Screen,
    socket: WebSocket,
    window: Instant,
    messages: u32,
    /// Whether its owner has no picture of it yet.
    faceless: bool,
}

impl Link<'_> {
    async fn talk(&mut self, mut inbox: mpsc::Receiver<Down>) -> End {
        match self.greet().await {
            Ok(()) => {}
            Err(end) => return end,
        }
        let mut ping = interval_at(Instant::now() + PING, PING);
        let mut heard = Instant::now();
        loop {
            let done = tokio::select! {
                () = self.app.stop.cancelled() => self.say(&goodbye()).await.and(Err(End::Stop)),
                word = inbox.recv() => match word {
                    Some(Down::Revoked) => self.say(&Down::Revoked).await.and(Err(End::Revoked)),
                    Some(word) => self.say(&word).await,
                    None => Err(End::Replaced),
                },
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => {
                        heard = Instant::now();
                        self.hear(message).await
                    }
                    Some(Err(_)) | None => Err(End::Gone),
                },
                _ = ping.tick() => {
                    if heard.elapsed() >= DEAD { Err(End::Silent) } else { self.send(Message::Ping("".into())).await }
                }
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    /// Says how things stand, read after the link was made known so that no change is missed.
    async fn greet(&mut self) -> Result<(), End> {
        let key = <[u8; 32]>::try_from(self.screen.public_key.as_slice()).map_err(|_| End::Gone)?;
        let found = screens::find_by_key(self.app, &key).await.map_err(|error| {
            tracing::error!("greet screen {}: {error}", self.screen.id);
            End::Gone
        })?;
        let Some(screen) = found.filter(|screen| screen.revoked_at.is_none()) else {
            self.say(&Down::Revoked).await?;
            return Err(End::Revoked);
        };
        self.say(&Down::Screen(screen.document())).await?;
        if screen.version > 0 {
            self.say(&screens::hint(&screen.programme_id, screen.version)).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        if self.window.elapsed() > MESSAGES_WITHIN {
            (self.window, self.messages) = (Instant::now(), 0);
        }
        self.messages += 1;
        if self.messages > MOST_MESSAGES {
            return Err(End::Rude);
        }
        let now = self.app.clock.now();
        self.app.live.alive(&self.screen.id, now);
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(End::Gone),
            Message::Ping(_) | Message::Pong(_) | Message::Binary(_) => return Ok(()),
        };
        match serde_json::from_str(&text) {
            Ok(Up::Report(report)) => {
                let playing = report.state == Shows::Playing;
                screens::hear(self.app, &self.screen.account_id, &self.screen.id, report);
                if playing && self.faceless {
                    self.faceless = false;
                    self.say(&Down::Picture).await?;
                }
            }
            Ok(Up::Time { asked }) => self.say(&Down::Time { asked, now }).await?,
            Ok(Up::Ready { id, version }) => self.app.live.ready(&self.screen.id, &id, version, now),
            Ok(Up::Unknown) => {}
            Err(_) => return Err(End::Rude),
        }
        Ok(())
    }

    async fn say(&mut self, word: &Down) -> Result<(), End> {
        let text = serde_json::to_string(word).map_err(|_| End::Gone)?;
        self.send(Message::text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(SLOW, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(End::Silent),
        }
    }

    /// Says why, and waits a moment for the other side, so that the last words arrive.
    async fn close(&mut self, end: End) {
        let code = match end {
            End::Gone | End::Silent => return,
            End::Rude => close_code::POLICY,
            End::Replaced | End::Revoked => close_code::NORMAL,
            End::Stop => close_code::RESTART,
        };
        let farewell = async {
            let frame = CloseFrame { code, reason: "".into() };
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        // Whoever takes longer has lost nothing but a clean end.
        let _ = timeout(FAREWELL, farewell).await;
    }
}

/// Tells a screen to come back in one to five seconds, each at a time of its own.
fn goodbye() -> Down {
    let chance = ids::random::<2>().map_or(0, u16::from_be_bytes);
    Down::Goodbye { return_after: 1_000 + u64::from(chance) % 4_001 }
}
