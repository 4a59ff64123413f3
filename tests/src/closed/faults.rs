//! What can befall one request.

use std::{sync::Arc, time::Duration};

use axum::{body::Body, response::Response};
use serde_json::Value;
use tokio::sync::Notify;

use super::request::Reply;

/// What befalls one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This answer instead; nothing is done.
    Instead(u16, Vec<(&'static str, String)>, Value),
    /// This text instead, as JSON.
    Text(String),
    /// Nothing is done, and the connection breaks.
    Down,
    /// It is done, and the answer is lost on the way.
    Lost,
    /// It is done, and the answer comes after this time.
    Slow(Duration),
    /// It is done, and the answer waits until the test lets it go; the first notifies that it has come so far.
    Held(Arc<Notify>, Arc<Notify>),
}

impl Fault {
    /// An answer with this status and body instead.
    pub fn status(status: u16, body: Value) -> Self {
        Self::Instead(status, Vec::new(), body)
    }

    /// Whether it befalls the request before anything is done.
    pub(super) fn comes_first(&self) -> bool {
        matches!(self, Self::Instead(..) | Self::Text(_) | Self::Down)
    }

    pub(super) async fn befall(self, reply: Reply) -> Response {
        match self {
            Self::Instead(status, headers, body) => {
                Reply { status, headers, body: body.to_string().into_bytes(), kind: "application/json" }.response()
            }
            Self::Text(text) => Reply { body: text.into_bytes(), ..Reply::json(200, &Value::Null) }.response(),
            Self::Down | Self::Lost => {
                let broken = std::io::Error::other("the connection breaks");
                Response::new(Body::from_stream(futures_util::stream::iter([Err::<Vec<u8>, _>(broken)])))
            }
            Self::Slow(wait) => {
                tokio::time::sleep(wait).await;
                reply.response()
            }
            Self::Held(come, go) => {
                come.notify_one();
                go.notified().await;
                reply.response()
            }
        }
    }
}
