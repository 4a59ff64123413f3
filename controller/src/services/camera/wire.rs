//! The wire to a browser: its DevTools protocol over two pipes, so that there is no port that others could speak to.
//!
//! Messages are JSON, each ended by a zero byte; an answer bears the number of its question, all else is an event.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{ChildStdin, ChildStdout},
};

use super::Trouble;

/// Largest message: a picture, written as text.
const LARGEST: u64 = 48 << 20;
/// Most events that wait to be looked at.
const MOST_WAITING: usize = 10_000;

/// The wire.
pub(super) struct Wire {
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: u64,
    waiting: VecDeque<Value>,
}

fn broken(why: impl std::fmt::Display) -> Trouble {
    Trouble::Browser(why.to_string())
}

impl Wire {
    pub(super) fn new(to: ChildStdin, from: ChildStdout) -> Self {
        Self { to, from: BufReader::new(from), asked: 0, waiting: VecDeque::new() }
    }

    /// Sends a question without waiting for its answer; its number.
    async fn send(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<u64, Trouble> {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).await.map_err(broken)?;
        self.to.flush().await.map_err(broken)?;
        Ok(self.asked)
    }

    /// Asks, and waits for the answer.
    pub(super) async fn ask(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Trouble> {
        let number = self.send(session, method, params).await?;
        loop {
            let mut message = self.next().await?;
            if message["id"] == json!(number) {
                if let Some(error) = message.get("error") {
                    return Err(broken(format_args!("{method}: {}", error["message"])));
                }
                return Ok(message["result"].take());
            }
            if self.waiting.len() < MOST_WAITING {
                self.waiting.push_back(message);
            }
        }
    }

    /// The next event.
    pub(super) async fn event(&mut self) -> Result<Value, Trouble> {
        match self.waiting.pop_front() {
            Some(event) => Ok(event),
            None => self.next().await,
        }
    }

    /// The next message. A page that opens a dialog stands still until somebody answers: nobody will.
    async fn next(&mut self) -> Result<Value, Trouble> {
        let message = self.read().await?;
        if message["method"] == "Page.javascriptDialogOpening" {
            self.send(message["sessionId"].as_str(), "Page.handleJavaScriptDialog", json!({ "accept": false })).await?;
        }
        Ok(message)
    }

    async fn read(&mut self) -> Result<Value, Trouble> {
        let mut bytes = Vec::new();
        let read = (&mut self.from).take(LARGEST).read_until(0, &mut bytes).await.map_err(broken)?;
        if read == 0 || bytes.pop() != Some(0) {
            return Err(broken("it ended, or said too much"));
        }
        serde_json::from_slice(&bytes).map_err(broken)
    }
}
