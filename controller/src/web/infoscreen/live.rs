//! What an open infoscreen is told at once: that there is something else to play, and from when on; and what time it is.

use std::{
    convert::Infallible,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use shared::protocol::Down;
use tokio::sync::{Semaphore, broadcast::error::RecvError, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::{find, refuse};
use crate::{
    app::{App, Change},
    features::infoscreen::Infoscreen,
};

/// Most pages that are told; the others ask now and then.
const MOST: usize = 5_000;
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST)));
/// How many words may wait for a page.
const WAITING: usize = 8;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{at_handle}/screen/live", get(plain))
        .route("/{at_handle}/screen/{secret}/live", get(secret))
        .route("/screen/time", get(time))
}

/// The controller's clock, in milliseconds since 1970.
async fn time(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], app.clock.now().to_string()).into_response()
}

async fn plain(State(app): State<App>, Path(at_handle): Path<String>) -> Response {
    live(app, &at_handle, None).await
}

async fn secret(State(app): State<App>, Path((at_handle, secret)): Path<(String, String)>) -> Response {
    live(app, &at_handle, Some(&secret)).await
}

async fn live(app: App, at_handle: &str, secret: Option<&str>) -> Response {
    let found = match find(&app, at_handle, secret).await {
        Ok(found) => found,
        Err(error) => return refuse(&error),
    };
    let Ok(place) = Arc::clone(&PLACES).try_acquire_owned() else {
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    let address = (at_handle.to_owned(), secret.map(str::to_owned));
    tokio::spawn(async move {
        // The place is given back when the stream ends.
        let _held = place;
        tell(&app, &found, &address, sender).await;
    });
    let stream = ReceiverStream::new(receiver);
    let mut response = Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response();
    // nginx and its like hold back what they are not told to pass on.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

type Said = Result<Event, Infallible>;

async fn tell(app: &App, found: &Infoscreen, address: &(String, Option<String>), sender: mpsc::Sender<Said>) {
    let (mut news, mut words) = (app.news.listen(), app.live.overhear());
    let stage_id = found.stage.id.as_str();
    let programme_id = found.programme.as_ref().map(|(programme, _)| programme.id.as_str());
    loop {
        let mut is_ended = false;
        let event = tokio::select! {
            () = app.stop.cancelled() => return,
            () = sender.closed() => return,
            change = news.recv() => match change {
                Ok(change) => {
                    // Another address may lead there now, or to something else: whoever listens asks again.
                    is_ended = matches!(&change, Change::Infoscreen { stage_id: id } if id == stage_id)
                        && !leads_there(app, address, programme_id).await;
                    of_change(&change, stage_id, programme_id)
                }
                // Something was missed: say so, it costs one look.
                Err(RecvError::Lagged(_)) => Some(programme()),
                Err(RecvError::Closed) => return,
            },
            word = words.recv() => match word {
                Ok((id, word)) if Some(id.as_str()) == programme_id => of_word(&word),
                Ok(_) => None,
                Err(RecvError::Lagged(_)) => Some(programme()),
                Err(RecvError::Closed) => return,
            },
        };
        if let Some(event) = event
            && sender.send(Ok(event)).await.is_err()
        {
            return;
        }
        if is_ended {
            return;
        }
    }
}

/// Whether an address still leads to a programme.
async fn leads_there(app: &App, (at_handle, secret): &(String, Option<String>), programme_id: Option<&str>) -> bool {
    find(app, at_handle, secret.as_deref())
        .await
        .is_ok_and(|found| found.programme.as_ref().map(|(programme, _)| programme.id.as_str()) == programme_id)
}

/// Ask for the document.
fn programme() -> Event {
    Event::default().event("programme").data("{}")
}

fn of_change(change: &Change, stage_id: &str, programme_id: Option<&str>) -> Option<Event> {
    let wanted = match change {
        Change::Infoscreen { stage_id: id } => id == stage_id,
        // Without a programme it shows what the newsroom does.
        Change::Posts { stage_id: id } | Change::Topics { stage_id: id } | Change::Stage { stage_id: id } => {
            programme_id.is_none() && id == stage_id
        }
        _ => false,
    };
    wanted.then(programme)
}

fn of_word(word: &Down) -> Option<Event> {
    match word {
        Down::Programme { .. } => Some(programme()),
        Down::Activate { version, at, .. } => {
            let said = serde_json::json!({ "version": version, "at": at });
            Some(Event::default().event("activate").data(said.to_string()))
        }
        _ => None,
    }
}
