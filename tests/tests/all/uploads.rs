//! Films and documents: sent by owners, prepared by converters, shown on screens; hostile ones cost themselves alone.

mod documents;
mod films;
mod flashes;
mod forms;
mod rows;

pub(crate) use documents::pdf;

use std::{path::Path, process::Command};

use controller::{features::media, store::Film};
use harness::{Owner, TestController};
use tokio::net::TcpListener;

/// Makes a film with ffmpeg; `arguments` say of what, as in a shell, but spaces only separate.
pub(crate) fn make(name: &str, arguments: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    let done = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y"])
        .args(arguments.split_whitespace())
        .arg(&file)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(file).unwrap()
}

/// What ffprobe says of a film.
fn probe(film: &[u8], asked: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film.mp4");
    std::fs::write(&file, film).unwrap();
    let output = Command::new("ffprobe").args(["-v", "error"]).args(asked.split(' ')).arg(file).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The account of an owner.
async fn account(wall: &TestController, owner: &Owner) -> String {
    wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id
}

/// Sends a film as the form does, without the form.
async fn send(wall: &TestController, account_id: &str, film: &[u8]) -> media::Result<String> {
    let mut upload = media::Upload::start(&wall.app).await?;
    for piece in film.chunks(100_000) {
        upload.write(piece).await?;
    }
    media::library::take_film(&wall.app, account_id, "film.mp4", upload).await
}

/// Sends and prepares a film; what became of it.
async fn judge(wall: &TestController, account_id: &str, film: &[u8]) -> Film {
    let id = send(wall, account_id, film).await.unwrap();
    assert!(media::prepare_next(&wall.app).await.unwrap());
    wall.app.store.find_film(account_id, &id).await.unwrap().unwrap()
}

/// Files that are left where uploads wait.
fn left(wall: &TestController) -> usize {
    entries(&wall.app.config.data.join("uploads"))
}

fn entries(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// A port that nobody may knock at; says whether somebody did.
struct Trap(TcpListener);

impl Trap {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn address(&self) -> String {
        format!("http://{}/", self.0.local_addr().unwrap())
    }

    async fn is_quiet(&self) -> bool {
        tokio::time::timeout(std::time::Duration::from_millis(200), self.0.accept()).await.is_err()
    }
}

/// Where the form of a slide in an owner's first programme is sent.
fn item(owner: &Owner, kind: &str) -> String {
    owner.path(&format!("programmes/{}/item?plan=default&region=main&kind={kind}", owner.stage_id))
}
