//! A backlog: worked off one piece after the other, and looked at again when news ask for it.

use std::{fmt::Display, time::Duration};

use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::app::{App, Change};

/// What a job works off.
#[derive(Clone, Copy)]
pub(super) struct Backlog {
    /// What it does, for the log: `sort posts under topics`.
    pub(super) what: &'static str,
    /// Longest sleep, so that what another controller left is seen.
    pub(super) pause: Duration,
    /// Sleep after something failed, whatever news say.
    pub(super) after_failure: Duration,
    /// Sleep after news, for those that come in swarms.
    pub(super) after_news: Duration,
    /// Which news make it look again.
    pub(super) asks: fn(&Change) -> bool,
}

impl Backlog {
    /// A backlog that is looked at as soon as news ask for it.
    pub(super) const fn new(what: &'static str, pause: Duration, asks: fn(&Change) -> bool) -> Self {
        Self { what, pause, after_failure: Duration::ZERO, after_news: Duration::ZERO, asks }
    }

    /// Works it off until the app is told to stop; `next` does one piece, and says whether there was one.
    pub(super) fn start<F, E>(self, app: &App, next: impl Fn(App) -> F + Send + 'static)
    where
        F: Future<Output = Result<bool, E>> + Send,
        E: Display + Send,
    {
        let app = app.clone();
        app.tasks.clone().spawn(async move {
            let mut news = app.news.listen();
            while !app.stop.is_cancelled() {
                let rest = match next(app.clone()).await {
                    Ok(true) => {
                        // Whoever waits for the database goes first.
                        tokio::task::yield_now().await;
                        continue;
                    }
                    Ok(false) => Duration::ZERO,
                    Err(error) => {
                        tracing::error!("{}: {error}", self.what);
                        self.after_failure
                    }
                };
                tokio::select! {
                    () = app.stop.cancelled() => return,
                    () = self.sleep(&mut news, rest) => {}
                }
            }
        });
    }

    async fn sleep(self, news: &mut Receiver<Change>, rest: Duration) {
        tokio::time::sleep(rest).await;
        tokio::select! {
            () = tokio::time::sleep(self.pause.saturating_sub(rest)) => {}
            () = asked(news, self.asks) => tokio::time::sleep(self.after_news).await,
        }
    }
}

/// Waits for news that ask for a look; also when some were missed.
async fn asked(news: &mut Receiver<Change>, asks: fn(&Change) -> bool) {
    loop {
        match news.recv().await {
            Ok(change) if !asks(&change) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::asked;
    use crate::app::Change;

    #[tokio::test]
    async fn only_what_it_is_about_wakes_it_and_what_was_missed() {
        let (tell, mut news) = broadcast::channel(2);
        let is_film = |change: &Change| matches!(change, Change::Film);
        let posts = || Change::Posts { stage_id: "s".into() };
        let soon = async |news: &mut broadcast::Receiver<Change>| {
            tokio::time::timeout(std::time::Duration::from_millis(50), asked(news, is_film)).await.is_ok()
        };

        tell.send(posts()).unwrap();
        assert!(!soon(&mut news).await);
        tell.send(Change::Film).unwrap();
        assert!(soon(&mut news).await);
        for _ in 0..5 {
            tell.send(posts()).unwrap();
        }
        assert!(soon(&mut news).await, "some may have been about it");
    }
}
