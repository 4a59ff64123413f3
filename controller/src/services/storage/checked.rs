//! Pieces that are counted and held against what was asked for before the last of them is passed on.

use std::pin::Pin;

use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio_util::bytes::Bytes;

use super::{Error, FileName, Result};

/// What is to come.
pub(super) struct Wanted {
    /// The file's name, where all of it is to come: it says what is in it.
    pub(super) name: Option<FileName>,
    /// So many bytes.
    pub(super) length: u64,
}

/// Pieces as they are passed on.
pub(super) type Checked = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

struct Coming<S> {
    pieces: S,
    hasher: Sha256,
    left: u64,
    wanted: Wanted,
}

/// Passes on what comes, but never a last piece of what is cut off, too long, or something else.
pub(super) fn checked<S>(pieces: S, wanted: Wanted) -> Checked
where
    S: Stream<Item = object_store::Result<Bytes>> + Send + Unpin + 'static,
{
    let coming = Coming { pieces, hasher: Sha256::new(), left: wanted.length, wanted };
    Box::pin(futures_util::stream::try_unfold(coming, next))
}

async fn next<S>(mut coming: Coming<S>) -> Result<Option<(Bytes, Coming<S>)>>
where
    S: Stream<Item = object_store::Result<Bytes>> + Send + Unpin,
{
    if coming.left == 0 {
        // What may follow was not asked for.
        return Ok(None);
    }
    let of =
        |wanted: &Wanted| wanted.name.as_ref().map_or_else(|| "a part".to_owned(), |name| name.as_str().to_owned());
    let Some(piece) = coming.pieces.next().await.transpose()? else {
        return Err(Error::Away(format!("{} ends {} bytes too early", of(&coming.wanted), coming.left)));
    };
    let Some(left) = coming.left.checked_sub(piece.len() as u64) else {
        return Err(Error::Away(format!("{} does not end where it should", of(&coming.wanted))));
    };
    coming.left = left;
    if let Some(name) = &coming.wanted.name {
        coming.hasher.update(&piece);
        if left == 0 && shared::hex::encode(&coming.hasher.finalize_reset()) != name.as_str() {
            return Err(Error::Away(format!("{} is not what it was when it was stored", name.as_str())));
        }
    }
    Ok(Some((piece, coming)))
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;

    fn name_of(content: &[u8]) -> FileName {
        FileName::parse(&crate::tools::pictures::sha256(content)).unwrap()
    }

    /// What is passed on of these pieces, and whether it ends well.
    async fn pass(pieces: &[&'static [u8]], name: Option<FileName>, length: u64) -> (Vec<u8>, bool) {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok(Bytes::from_static(piece))).collect();
        let mut coming = checked(futures_util::stream::iter(pieces), Wanted { name, length });
        let mut all = Vec::new();
        loop {
            match coming.try_next().await {
                Ok(Some(piece)) => all.extend_from_slice(&piece),
                end => return (all, end.is_ok()),
            }
        }
    }

    #[tokio::test]
    async fn nothing_that_is_not_whole_and_right_is_passed_on_to_its_end() {
        let name = name_of(b"abcdef");
        let whole = || Some(name.clone());

        assert_eq!(pass(&[b"abc", b"def"], whole(), 6).await, (b"abcdef".to_vec(), true));
        assert_eq!(pass(&[b"cd"], None, 2).await, (b"cd".to_vec(), true));

        assert_eq!(pass(&[b"abc", b"de"], whole(), 6).await, (b"abcde".to_vec(), false), "cut off");
        assert_eq!(pass(&[b"abc", b"dxf"], whole(), 6).await, (b"abc".to_vec(), false), "something else");
        assert_eq!(pass(&[b"abc", b"defg"], whole(), 6).await, (b"abc".to_vec(), false), "too long");
        assert_eq!(pass(&[b"c"], None, 2).await, (b"c".to_vec(), false), "a part cut off");
        assert_eq!(pass(&[], None, 2).await, (Vec::new(), false), "nothing came");
    }
}
