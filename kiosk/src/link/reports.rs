//! What goes up by request: pictures of what is on, and reports while there is no link.

use reqwest::{Method, header::CONTENT_TYPE};
use tokio::time::{sleep, timeout};

use super::{failure::Failure, net::Net};
use crate::tools::jitter::{around, back_off, roll};

const PATH: &str = "screens/v1/report";
/// A picture is tried so many times; the next one is newer anyway.
const TRIES: u32 = 3;
/// How long one may take.
const LONGEST_SEND: std::time::Duration = std::time::Duration::from_secs(30);

/// Sends for ever; returns when the screen was removed.
pub(super) async fn send(net: &Net) {
    let mut pictures = net.picture.clone();
    pictures.mark_unchanged();
    loop {
        let sent = tokio::select! {
            changed = pictures.changed() => {
                if changed.is_err() {
                    return std::future::pending().await;
                }
                let picture = pictures.borrow_and_update().clone();
                match picture {
                    Some(jpeg) => post(net, "image/jpeg", &jpeg).await,
                    None => Ok(()),
                }
            }
            () = sleep(around(net.tempo.poll_unlinked, roll())), if !*net.linked.borrow() => {
                let report = net.report.borrow().clone();
                match report {
                    Some(report) => {
                        let words = serde_json::to_vec(&report).map_err(|e| Failure::Disk(e.into()));
                        match words {
                            Ok(words) => post(net, "application/json", &words).await,
                            Err(failure) => Err(failure),
                        }
                    }
                    None => Ok(()),
                }
            }
            () = linked_changes(net) => Ok(()),
        };
        match sent {
            Ok(()) => {}
            Err(Failure::Revoked) => return,
            Err(failure) => tracing::info!("report: {failure}"),
        }
    }
}

async fn linked_changes(net: &Net) {
    // The sender lives as long as the link; an end of it is no change.
    if net.linked.subscribe().changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn post(net: &Net, kind: &str, body: &[u8]) -> Result<(), Failure> {
    let prepare = |request: reqwest::RequestBuilder| request.header(CONTENT_TYPE, kind).body(body.to_vec());
    let mut tries = 0;
    loop {
        let late = || Failure::Unreachable(format!("{PATH}: takes nothing"));
        let sent = timeout(LONGEST_SEND, net.client.signed(Method::POST, PATH, prepare)).await;
        match sent.map_err(|_| late()).and_then(|sent| sent) {
            Ok(_) => return Ok(()),
            Err(Failure::Revoked) => return Err(Failure::Revoked),
            Err(failure) if tries + 1 == TRIES => return Err(failure),
            Err(_) => {
                let (first, longest) = net.tempo.back_off;
                sleep(back_off(tries, first, longest, roll())).await;
                tries += 1;
            }
        }
    }
}
