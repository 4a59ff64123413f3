//! Server-sent events: what changed, told to open pages, bursts as one.

use std::{convert::Infallible, time::Duration};

use axum::response::sse::Event;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_stream::wrappers::ReceiverStream;

use crate::app::{App, Change};

/// Changes within this time are told as one.
const BURST: Duration = Duration::from_millis(150);

/// An event with nothing to say but its name. A browser passes over one without data.
pub(super) fn named(name: &'static str) -> Result<Event, Infallible> {
    Ok(Event::default().event(name).data(name))
}

/// Says `name` whenever a change is wanted; ends when the app stops.
pub(super) fn stream(
    app: &App,
    name: &'static str,
    wanted: impl Fn(&Change) -> bool + Send + 'static,
) -> ReceiverStream<&'static str> {
    hear(app, app.news.listen(), name, wanted)
}

/// The same of sources.
pub(super) fn stream_of_sources(
    app: &App,
    name: &'static str,
    wanted: impl Fn(&Change) -> bool + Send + 'static,
) -> ReceiverStream<&'static str> {
    hear(app, app.news.listen_to_sources(), name, wanted)
}

fn hear(
    app: &App,
    mut news: Receiver<Change>,
    name: &'static str,
    wanted: impl Fn(&Change) -> bool + Send + 'static,
) -> ReceiverStream<&'static str> {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let stop = app.stop.clone();
    tokio::spawn(async move {
        loop {
            let change = tokio::select! {
                () = stop.cancelled() => return,
                () = sender.closed() => return,
                change = news.recv() => change,
            };
            match change {
                Ok(change) if wanted(&change) => {}
                // Something was missed: say so, it costs one look.
                Err(RecvError::Lagged(_)) => {}
                Ok(_) => continue,
                Err(RecvError::Closed) => return,
            }
            if sender.send(name).await.is_err() {
                return;
            }
            tokio::time::sleep(BURST).await;
        }
    });
    ReceiverStream::new(receiver)
}
