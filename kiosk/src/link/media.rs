//! Fetches pictures and films: each exactly as long as stated, hashed as it comes.

use futures_util::{StreamExt, stream};
use reqwest::StatusCode;
use shared::programme::Medium;

use super::{failure::Failure, net::Net, pace::Pace};
use crate::library::{Incoming, Refusal};

/// So many at once.
const AT_ONCE: usize = 4;

/// Fetches files. One that fails keeps none of the others from coming.
pub(super) async fn fetch(net: &Net, media: Vec<Medium>) -> Result<(), Failure> {
    let fetches = stream::iter(media).map(|medium| fetch_one(net, medium)).buffer_unordered(AT_ONCE);
    fetches.fold(Ok(()), async |all, one| all.and(one)).await
}

async fn fetch_one(net: &Net, medium: Medium) -> Result<(), Failure> {
    let path = format!("media/{}", medium.sha256);
    let mut incoming = net.library.receive(&medium)?;
    loop {
        let left = incoming.left();
        match fetch_rest(net, &path, &medium, &mut incoming).await {
            Ok(()) => break,
            // A long film need not come from its beginning again, as long as each try brings some of it.
            Err(Failure::Unreachable(_)) if incoming.left() < left => {}
            Err(failure) => return Err(failure),
        }
    }
    let kept = tokio::task::spawn_blocking(move || incoming.finish());
    Ok(kept.await.map_err(std::io::Error::other)??)
}

/// Fetches what is still to come of a file.
async fn fetch_rest(net: &Net, path: &str, medium: &Medium, incoming: &mut Incoming) -> Result<(), Failure> {
    let (from, left) = (medium.length - incoming.left(), incoming.left());
    let mut response = if from == 0 { net.client.open(path).await? } else { net.client.open_from(path, from).await? };
    if from > 0 && response.status() == StatusCode::OK {
        return Err(Failure::Unreachable(format!("{path}: broke off, and cannot go on from there")));
    }
    let wanted = if from == 0 { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
    if response.status() != wanted {
        return Err(Failure::Refused(format!("{path}: status {}", response.status().as_u16())));
    }
    match response.content_length() {
        Some(length) if length > left => {
            return Err(Refusal::Oversized(format!("{path}: {length} bytes instead of {left}")).into());
        }
        Some(length) if length < left => {
            return Err(Refusal::Hash(format!("{path}: {length} bytes instead of {left}")).into());
        }
        _ => {}
    }
    let mut pace = Pace::new(net.tempo.slow);
    // Not a byte is read beyond the stated length, however long the answer goes on.
    while incoming.left() > 0 {
        let Some(part) = pace.next(path, &mut response).await? else { break };
        incoming.write(&part)?;
    }
    Ok(())
}
