//! Fetches pictures and films: each exactly as long as stated, hashed as it comes.

use futures_util::{StreamExt, stream};
use reqwest::StatusCode;
use shared::programme::Medium;

use super::{failure::Failure, net::Net, pace::Pace};
use crate::library::Refusal;

/// So many at once.
const AT_ONCE: usize = 4;

/// Fetches files. One that fails keeps none of the others from coming.
pub(super) async fn fetch(net: &Net, media: Vec<Medium>) -> Result<(), Failure> {
    let fetches = stream::iter(media).map(|medium| fetch_one(net, medium)).buffer_unordered(AT_ONCE);
    fetches.fold(Ok(()), async |all, one| all.and(one)).await
}

async fn fetch_one(net: &Net, medium: Medium) -> Result<(), Failure> {
    let path = format!("media/{}", medium.sha256);
    let mut response = net.client.open(&path).await?;
    if response.status() != StatusCode::OK {
        return Err(Failure::Refused(format!("{path}: status {}", response.status().as_u16())));
    }
    match response.content_length() {
        Some(length) if length > medium.length => {
            return Err(Refusal::Oversized(format!("{path}: {length} bytes instead of {}", medium.length)).into());
        }
        Some(length) if length < medium.length => {
            return Err(Refusal::Hash(format!("{path}: {length} bytes instead of {}", medium.length)).into());
        }
        _ => {}
    }
    let mut incoming = net.library.receive(&medium)?;
    let mut pace = Pace::new(net.tempo.slow);
    // Not a byte is read beyond the stated length, however long the answer goes on.
    while incoming.left() > 0 {
        let Some(part) = pace.next(&path, &mut response).await? else { break };
        incoming.write(&part)?;
    }
    let kept = tokio::task::spawn_blocking(move || incoming.finish());
    Ok(kept.await.map_err(std::io::Error::other)??)
}
