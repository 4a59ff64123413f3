//! A man in the middle: passes bytes on and replaces some by others of the same length.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What it looks for, and what it puts in its place.
type Swap = Arc<Mutex<Option<(Vec<u8>, Vec<u8>)>>>;

/// A listener before a controller; it ends with this value.
pub struct Meddler {
    /// Its address, without a slash at the end.
    pub url: String,
    swap: Swap,
    swapped: Arc<AtomicUsize>,
    _end: DropGuard,
}

impl Meddler {
    /// Stands before a controller.
    pub async fn before(url: &str) -> Self {
        let target = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (swap, swapped, end) = (Swap::default(), Arc::new(AtomicUsize::new(0)), CancellationToken::new());
        let (seen, counted, stop) = (Arc::clone(&swap), Arc::clone(&swapped), end.clone());
        tokio::spawn(async move {
            while let Some(Ok((inner, _))) = stop.run_until_cancelled(listener.accept()).await {
                let Ok(outer) = TcpStream::connect(&target).await else { continue };
                let (inner_read, inner_write) = inner.into_split();
                let (outer_read, outer_write) = outer.into_split();
                tokio::spawn(pass(inner_read, outer_write, Swap::default(), Arc::default()));
                tokio::spawn(pass(outer_read, inner_write, Arc::clone(&seen), Arc::clone(&counted)));
            }
        });
        Self { url, swap, swapped, _end: end.drop_guard() }
    }

    /// From now on replaces the first bytes by the second in what the controller answers.
    pub fn swap(&self, from: &[u8], to: &[u8]) {
        assert_eq!(from.len(), to.len(), "lengths are stated before the bytes");
        *self.swap.lock().expect("the swap's lock") = Some((from.to_vec(), to.to_vec()));
    }

    /// Passes everything on as it is.
    pub fn leave_alone(&self) {
        *self.swap.lock().expect("the swap's lock") = None;
    }

    /// How often something was replaced.
    pub fn swapped(&self) -> usize {
        self.swapped.load(Ordering::SeqCst)
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    swap: Swap,
    swapped: Arc<AtomicUsize>,
) {
    let mut buffer = vec![0; 256 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let bytes = &mut buffer[..length];
        if let Some((old, new)) = &*swap.lock().expect("the swap's lock") {
            while let Some(at) = bytes.windows(old.len()).position(|window| window == old.as_slice()) {
                bytes[at..at + old.len()].copy_from_slice(new);
                swapped.fetch_add(1, Ordering::SeqCst);
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
