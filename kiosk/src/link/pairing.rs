//! Before a screen belongs to somebody: asks for a code until the owner has typed it.

use reqwest::{Method, header::CONTENT_TYPE};
use shared::protocol::{Paired, PairingAnswer, PairingRequest};
use tokio::time::sleep;

use super::{News, failure::Failure, net::Net, pace};
use crate::tools::jitter::{around, back_off, roll};

const PATH: &str = "screens/v1/pairing";
/// Longest answer that is read.
const LONGEST_ANSWER: usize = 64 * 1_024;

/// Asks until paired, and keeps it.
pub(super) async fn wait(net: &Net) -> Paired {
    let mut shown = None;
    let mut failures = 0;
    loop {
        let pause = match ask(net).await {
            Ok(PairingAnswer::Paired(paired)) => match keep(net, paired).await {
                Ok(paired) => {
                    net.clear(|_| true).await;
                    return paired;
                }
                Err(failure) => pause(net, &failure, &mut failures).await,
            },
            Ok(PairingAnswer::Waiting { code, expires_at, address }) => {
                failures = 0;
                net.clear(|name| name != "cache").await;
                if shown.as_ref() != Some(&(code.clone(), expires_at)) {
                    shown = Some((code.clone(), expires_at));
                    net.tell(News::Pairing { code, address, expires_at }).await;
                }
                around(net.tempo.pairing, roll())
            }
            Ok(PairingAnswer::Unknown) => {
                let failure = Failure::Refused(format!("{PATH}: an answer this version does not know"));
                pause(net, &failure, &mut failures).await
            }
            // The key stands for a screen that was removed: only a new one can be paired.
            Err(Failure::Revoked) => match net.on_disk(crate::library::Library::wipe).await {
                Ok(()) => around(net.tempo.pairing, roll()),
                Err(failure) => pause(net, &failure, &mut failures).await,
            },
            Err(failure) => pause(net, &failure, &mut failures).await,
        };
        sleep(pause).await;
    }
}

async fn ask(net: &Net) -> Result<PairingAnswer, Failure> {
    let (width, height) = match net.report.borrow().as_ref() {
        Some(report) if report.width > 0 && report.height > 0 => (report.width, report.height),
        _ => net.size,
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let request = PairingRequest { public_key: net.library.key().public(), width, height, version };
    let body = serde_json::to_vec(&request).map_err(std::io::Error::other)?;
    let prepare = |r: reqwest::RequestBuilder| r.header(CONTENT_TYPE, "application/json").body(body.clone());
    let response = net.client.signed(Method::POST, PATH, prepare).await?;
    let answer = pace::body(PATH, response, LONGEST_ANSWER, net.tempo.slow).await?;
    serde_json::from_slice(&answer).map_err(|e| Failure::Portal(format!("{PATH}: {e}")))
}

async fn keep(net: &Net, paired: Paired) -> Result<Paired, Failure> {
    let kept = paired.clone();
    net.on_disk(move |library| library.adopt(kept)).await?;
    Ok(paired)
}

async fn pause(net: &Net, failure: &Failure, failures: &mut u32) -> std::time::Duration {
    net.raise(failure).await;
    let (first, longest) = net.tempo.back_off;
    let pause = back_off(*failures, first, longest, roll());
    *failures = failures.saturating_add(1);
    match failure {
        Failure::Later(wait) => *wait + pause,
        _ => pause,
    }
}
