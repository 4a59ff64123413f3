//! Waiting for something to become true, with a limit and a name.

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

/// Asks again and again until there is an answer; fails after thirty seconds.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, ask: impl FnMut() -> F) -> T {
    within(Duration::from_secs(30), what, ask).await
}

/// Asks every 20 ms until there is an answer; fails with the name when the time is over.
pub async fn within<T, F: Future<Output = Option<T>>>(limit: Duration, what: &str, mut ask: impl FnMut() -> F) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(start.elapsed() < limit, "{what}: not within {limit:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Asks without a runtime, for what only blocks.
pub(crate) fn wait_blocking<T, E: Debug>(limit: Duration, what: &str, mut ask: impl FnMut() -> Result<T, E>) -> T {
    let start = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(error) => assert!(start.elapsed() < limit, "{what}: not within {limit:?}, last {error:?}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
