//! The thread of the link: pairs, follows, forgets, for as long as the kiosk runs.

use std::{sync::Arc, time::Duration};

use tokio::{
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
    time::sleep,
};

use super::{News, channel, net::Net, pairing, programme, reports};
use crate::tools::jitter::{around, roll};

/// Time for last words when the kiosk stops.
const FAREWELL: Duration = Duration::from_millis(500);
/// Time for what waits for a disk or a name server after that.
const LONGEST_STOP: Duration = Duration::from_millis(1_200);

/// Runs until the kiosk stops.
pub(super) fn run(runtime: Runtime, net: Net) {
    let net = Arc::new(net);
    let work = runtime.spawn(live(net.clone()));
    runtime.block_on(async {
        tokio::select! {
            end = work => {
                if let Err(error) = end {
                    tracing::error!("the link broke: {error}");
                    net.tell(News::Stop(1)).await;
                }
            }
            () = told_to_stop(&net) => {}
            () = async { net.stop.cancelled().await; sleep(FAREWELL).await; } => {}
        }
    });
    runtime.shutdown_timeout(LONGEST_STOP);
}

/// Passes on what the system asks for; the display ends the link in its own time.
async fn told_to_stop(net: &Net) {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::warn!("the system's signals cannot be heard");
        return std::future::pending().await;
    };
    loop {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        net.tell(News::Stop(0)).await;
    }
}

async fn live(net: Arc<Net>) {
    for (name, detail) in net.library.found_broken() {
        net.fault(name, detail).await;
    }
    if let Some((programme, _)) = net.library.last() {
        net.time.clock.not_before(programme.issued_at);
    }
    loop {
        let paired = match net.library.paired() {
            Some(paired) => paired,
            None => pairing::wait(&net).await,
        };
        if net.library.last().is_none() {
            net.tell(News::Paired(paired.screen)).await;
            net.tell(News::Loading).await;
        }
        follow(&net).await;
        if net.stop.is_cancelled() {
            return;
        }
        forget(&net).await;
    }
}

/// Follows the controller until the screen was removed, or the kiosk stops.
async fn follow(net: &Net) {
    tokio::select! {
        () = channel::hold(net) => {}
        () = programme::keep_up(net) => {}
        () = reports::send(net) => {}
    }
    net.linked.send_replace(false);
    net.hint.send_replace(None);
}

/// Wipes everything, and takes it off the glass even if the disk should refuse.
async fn forget(net: &Net) {
    net.tell(News::Unpaired).await;
    while let Err(failure) = net.on_disk(crate::library::Library::wipe).await {
        net.raise(&failure).await;
        sleep(around(net.tempo.pairing, roll())).await;
    }
    net.clear(|_| true).await;
}
