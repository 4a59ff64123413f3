//! Keeps the programme up to date: fetches, checks, fetches what is missing, lets it play.

use std::time::Duration;

use reqwest::{
    Method, StatusCode,
    header::{ETAG, IF_NONE_MATCH},
};
use shared::programme::{Programme, TAKE_OVER_MILLIS};
use tokio::{
    sync::watch,
    time::{Instant, sleep, sleep_until, timeout},
};

use super::{News, failure::Failure, media, net::Net, pace};
use crate::{
    library::{LONGEST_ENVELOPE, Refusal, Verified},
    tools::jitter::{around, back_off, roll},
};

const PATH: &str = "screens/v1/programme";
/// So many hints are followed at once before they have to wait.
const HINTS_AT_ONCE: u32 = 4;

/// What was fetched last, as the controller names it.
#[derive(Default)]
struct Fetched {
    tag: Option<String>,
    /// Checked, but not all of its files are there.
    pending: Option<Verified>,
}

/// Keeps up for ever; returns when the screen was removed.
pub(super) async fn keep_up(net: &Net) {
    let mut fetched = Fetched::default();
    let mut allowance = Allowance::new(net.tempo.hint);
    let mut hints = net.hint.subscribe();
    let mut failures = 0;
    loop {
        let pause = match look(net, &mut fetched).await {
            Ok(()) => {
                failures = 0;
                net.clear(|name| !matches!(name, "push" | "clock")).await;
                let linked = *net.linked.borrow();
                around(if linked { net.tempo.poll } else { net.tempo.poll_unlinked }, roll())
            }
            Err(Failure::Revoked) => return,
            Err(failure) => {
                net.raise(&failure).await;
                let (first, longest) = net.tempo.back_off;
                let pause = back_off(failures, first, longest, roll());
                failures = failures.saturating_add(1);
                if let Failure::Later(wait) = failure { wait + pause } else { pause }
            }
        };
        let end = Instant::now() + pause;
        loop {
            tokio::select! {
                () = sleep_until(end) => break,
                changed = hints.changed() => {
                    let is_old = hints.borrow_and_update().as_ref().is_some_and(|hint| is_held(net, &fetched, hint));
                    if changed.is_err() || is_old {
                        continue;
                    }
                    allowance.take().await;
                    break;
                }
            }
        }
    }
}

/// Whether a version plays, or a newer one of the same programme: each counts from one. While one waits for its files any hint
/// is a reason to look again.
fn is_held(net: &Net, fetched: &Fetched, (id, version): &(String, u64)) -> bool {
    let plays = |programme: &Programme| programme.id == *id && programme.version >= *version;
    fetched.pending.is_none() && net.library.last().is_some_and(|(programme, _)| plays(&programme))
}

async fn look(net: &Net, fetched: &mut Fetched) -> Result<(), Failure> {
    let tag = fetched.tag.clone();
    let prepare = |request: reqwest::RequestBuilder| match &tag {
        Some(tag) => request.header(IF_NONE_MATCH, tag),
        None => request,
    };
    let response = net.client.signed(Method::GET, PATH, prepare).await?;
    if response.status() != StatusCode::NOT_MODIFIED {
        let tag = response.headers().get(ETAG).and_then(|tag| Some(tag.to_str().ok()?.to_owned()));
        let body = pace::body(PATH, response, LONGEST_ENVELOPE, net.tempo.slow).await?;
        let verified = verify(net, body).await?;
        *fetched = Fetched { tag, pending: Some(verified).filter(|verified| !net.library.plays(verified)) };
    }
    match fetched.pending.take() {
        Some(verified) => {
            let result = complete(net, &verified).await;
            if result.is_err() {
                fetched.pending = Some(verified);
            }
            result
        }
        None => repair(net).await,
    }
}

async fn verify(net: &Net, body: Vec<u8>) -> Result<Verified, Failure> {
    let library = net.library.clone();
    let checked = tokio::task::spawn_blocking(move || match library.verify(&body) {
        Err(Refusal::Format(_)) if body.trim_ascii_start().first() == Some(&b'<') => {
            Err(Failure::Portal(format!("{PATH}: a page instead of a programme")))
        }
        result => result.map_err(Failure::Bad),
    });
    checked.await.map_err(std::io::Error::other)?
}

/// Fetches what a new programme needs, lets it play, and only then tidies up.
async fn complete(net: &Net, verified: &Verified) -> Result<(), Failure> {
    media::fetch(net, net.library.missing(verified.programme())).await?;
    let kept = verified.clone();
    let programme = net.on_disk(move |library| library.commit(&kept)).await?;
    let (version, active_at) = (programme.version, programme.active_at);
    // From here on, so that an answer to what is said next is not missed.
    let (hints, active) = (net.hint.subscribe(), net.active.subscribe());
    let ready = (programme.id.clone(), version);
    net.tell(News::Programme(programme)).await;
    // Screens that say so before they have drawn it would be late at the instant that all are told.
    let mut drawn = net.drawn.clone();
    let _ = timeout(net.tempo.drawing, drawn.wait_for(|drawn| *drawn >= version)).await;
    net.ready.send_replace(Some(ready.clone()));
    shown(net, &ready, active_at, hints, active).await;
    net.on_disk(crate::library::Library::settle).await
}

/// Waits until a version has taken over, or the next one is on its way: until then files of the one before are needed.
async fn shown(
    net: &Net,
    (id, version): &(String, u64),
    active_at: i64,
    mut hints: watch::Receiver<Option<(String, u64)>>,
    mut active: watch::Receiver<Option<(u64, i64)>>,
) {
    let wait = |at: i64| {
        let left = at.saturating_sub(net.time.clock.now()).clamp(0, 2 * TAKE_OVER_MILLIS);
        Duration::from_millis(left.unsigned_abs())
    };
    let end = Instant::now() + wait(active_at);
    loop {
        tokio::select! {
            () = sleep_until(end) => return,
            _ = hints.changed() => {
                let is_next = |(of, newest): &(String, u64)| of != id || newest > version;
                if hints.borrow_and_update().as_ref().is_some_and(is_next) {
                    return;
                }
            }
            _ = active.changed() => {
                let word = *active.borrow_and_update();
                if let Some((_, at)) = word.filter(|(active, _)| active == version) {
                    return sleep(wait(at)).await;
                }
            }
        }
    }
}

/// Fetches files of the programme that plays, when some were found broken.
async fn repair(net: &Net) -> Result<(), Failure> {
    let Some((programme, _)) = net.library.last() else { return Ok(()) };
    let missing = net.library.missing(&programme);
    if missing.is_empty() {
        return Ok(());
    }
    media::fetch(net, missing).await?;
    net.on_disk(crate::library::Library::settle).await?;
    net.tell(News::Programme(programme)).await;
    Ok(())
}

/// A few at once, then one in a while.
struct Allowance {
    every: Duration,
    left: u32,
    since: Instant,
}

impl Allowance {
    fn new(every: Duration) -> Self {
        Self { every, left: HINTS_AT_ONCE, since: Instant::now() }
    }

    async fn take(&mut self) {
        while self.since.elapsed() >= self.every && self.left < HINTS_AT_ONCE {
            self.since += self.every;
            self.left += 1;
        }
        if self.left == HINTS_AT_ONCE {
            self.since = Instant::now();
        }
        if self.left == 0 {
            sleep(self.every.saturating_sub(self.since.elapsed())).await;
            self.since = Instant::now();
            return;
        }
        self.left -= 1;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Allowance, HINTS_AT_ONCE};

    #[tokio::test]
    async fn a_flood_of_hints_is_followed_slowly() {
        let every = Duration::from_millis(40);
        let mut allowance = Allowance::new(every);
        let start = Instant::now();

        for _ in 0..HINTS_AT_ONCE {
            allowance.take().await;
        }
        assert!(start.elapsed() < every, "the first ones at once: {:?}", start.elapsed());
        for _ in 0..5 {
            allowance.take().await;
        }

        assert!(start.elapsed() >= every * 4, "{:?}", start.elapsed());
    }
}
