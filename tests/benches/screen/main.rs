//! `make bench`: the kiosk beside Chromium in kiosk mode, the same content on displays of one size, one after the other in
//! one run, on whatever machine this is. It prints figures and ratios; it judges nobody.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a figure that cannot be measured must not be printed"
)]

mod chromium;
mod cost;
mod crowded;

use std::{
    io::Read,
    os::unix::net::UnixStream,
    path::Path,
    process::Command,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use chromium::Chromium;
use cost::Cost;
use harness::{Controller, Display, FeedServer, Kiosk, Owner, Post, eventually, program, root, target};
use shared::{envelope::Envelope, protocol::Report};

/// What is shown: a headline, a text and a picture of the demo's.
pub const POSTS: [(&str, &str, &str); 4] = [
    ("Blaue Stunde am Alten Hafen", "Kein Filter. Nur 14 Minuten Geduld und kalte Finger.", "harbour"),
    ("Die Orangen sind da", "Von 7 bis 13 Uhr in der Halle am Fischertor.", "oranges"),
    ("Die Brücke wird wieder aufgemacht", "Am Montag um 6 Uhr rollen die ersten Räder.", "bridge"),
    ("Erster Schnee", "Fotografiert um sechs Uhr früh auf dem Rathausplatz.", "snow"),
];
const SIZE: (u32, u32) = (1920, 1080);
/// So many starts; the middle one counts.
const STARTS: usize = 5;
/// Over so long a time processors are watched.
const WATCHED: Duration = Duration::from_secs(60);
/// Changes of slides in the long run.
const CHANGES: usize = 3_000;

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

fn middle(mut times: Vec<i64>) -> i64 {
    times.sort_unstable();
    times[times.len() / 2]
}

fn probe(kiosk: &Kiosk) -> Option<Report> {
    let mut line = String::new();
    UnixStream::connect(kiosk.data().join("probe.sock")).ok()?.read_to_string(&mut line).ok()?;
    serde_json::from_str(&line).ok()
}

/// When a post was first presented since the last start.
async fn presented(kiosk: &Kiosk) -> i64 {
    eventually("a post on the glass", || async {
        let on = probe(kiosk)?.on.into_iter().find(|on| on.entry.starts_with("post-"))?;
        Some(on.presented_at)
    })
    .await
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let (feed, controller) = town().await;
    let owner = Owner::new(controller.client(), "lindenhafen").await;
    owner.link(&feed.url()).await;
    owner.newsroom_says(POSTS[0].0).await;

    let display = Display::new(SIZE.0, SIZE.1);
    let mut kiosk = Kiosk::on(&display, &controller.url());
    owner.pair(&controller, "Foyer").await;
    presented(&kiosk).await;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let begun = now();
        kiosk.start_again();
        starts.push(presented(&kiosk).await - begun);
    }
    let ours = (middle(starts), Cost::of(kiosk.process().id(), WATCHED));
    display.keep_picture(&target().join("bench/kiosk.png"));
    let envelope = controller.find_text("select envelope from programmes").await.expect("a programme");
    let envelope: Envelope = serde_json::from_str(&envelope).expect("a signed programme");
    // Those that are hidden now leave the kiosk with their pictures.
    let media = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(kiosk.data().join("media")).expect("pictures of the kiosk").flatten() {
        std::fs::copy(file.path(), media.path().join(file.file_name())).expect("copy a picture");
    }
    let still = still(&owner, &controller, &mut kiosk).await;
    crowded::fill(&owner, &controller).await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    let crowded = Cost::of(kiosk.process().id(), WATCHED);
    display.keep_picture(&target().join("bench/crowded.png"));
    let adapter = probe(&kiosk).map(|report| report.adapter).unwrap_or_default();
    kiosk.kill();

    let other_display = Display::new(SIZE.0, SIZE.1);
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        starts.push(Chromium::start(&other_display).await.painted_after().await);
    }
    let peer = Chromium::start(&other_display).await;
    starts.push(peer.painted_after().await);
    let theirs = (middle(starts), Cost::of(peer.id(), WATCHED));
    other_display.keep_picture(&target().join("bench/chromium.png"));
    drop(peer);

    let ratio = |ours: f64, theirs: f64| if theirs > 0.0 { ours / theirs } else { f64::INFINITY };
    println!("\n{}x{} on {adapter}", SIZE.0, SIZE.1);
    println!("{:<44}{:>12}{:>12}{:>8}", "", "kiosk", "Chromium", "ratio");
    let row = |what: &str, ours: f64, theirs: f64| {
        println!("{what:<44}{ours:>12.1}{theirs:>12.1}{:>8.2}", ratio(ours, theirs));
    };
    row("start to the first slide or paint, ms", ours.0 as f64, theirs.0 as f64);
    row("memory (PSS) while slides change, MiB", ours.1.pss_mib, theirs.1.pss_mib);
    row("processor while slides change, % of a core", ours.1.percent, theirs.1.percent);
    println!("a still slide: {:.1} frames a minute, {:.2} % of a core", still.0, still.1);
    println!("three parts, ticker and clock: {:.1} % of a core, {:.1} MiB", crowded.percent, crowded.pss_mib);
    // Takes longest, so it comes last.
    let grown = long_run(media.path(), &envelope.document);
    println!("{CHANGES} changes of slides: {grown:+.3} MiB in a hundred changes after the first twenty");
}

/// A controller that has the posts.
async fn town() -> (FeedServer, Controller) {
    let feed = FeedServer::new().await;
    for (number, (title, text, picture)) in POSTS.iter().enumerate() {
        let path = format!("/{picture}.jpg");
        feed.serve(&path, "image/jpeg", photo(picture));
        feed.append(Post::new(&number.to_string(), title, &format!("<p>{text}</p>")).with_picture(&path));
    }
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    (feed, controller)
}

/// A picture of the demo.
pub fn photo(name: &str) -> Vec<u8> {
    let path = root().join(format!("assets/demo/pictures/{name}.jpg"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Frames a minute and percent of a core while one post stays on; what remains is the clock's minute and the watchdog.
async fn still(owner: &Owner, controller: &Controller, kiosk: &mut Kiosk) -> (f64, f64) {
    for (title, ..) in &POSTS[1..] {
        let sql = format!("select id from posts where title = '{title}'");
        let post = controller.find_text(&sql).await.expect("a post");
        owner.client.post(&owner.path(&format!("posts/{post}/hide")), &[]).await.expect(303);
    }
    // Pictures for the dashboard and the last fades are over by then.
    tokio::time::sleep(Duration::from_secs(30)).await;
    let frames = |kiosk: &Kiosk| probe(kiosk).map_or(0, |report| report.frames);
    let (before, begun) = (frames(kiosk), Instant::now());
    let cost = Cost::of(kiosk.process().id(), WATCHED);
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    ((frames(kiosk) - before) as f64 / minutes, cost.percent)
}

/// How much memory grows in a hundred changes of slides, in MiB, on a clock that is turned by hand.
fn long_run(media: &Path, programme: &str) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("programme.json");
    std::fs::write(&file, programme).expect("write the programme");
    let mut command = Command::new(program("litfass-kiosk"));
    let out = folder.path().join("change.png");
    command.args(["shot", "--window", "1280x720", "--every", "7000", "--at", &now().to_string()]);
    command.args(["--frames", &CHANGES.to_string(), "--out"]).arg(&out).arg("--programme").arg(&file);
    command.arg("--media").arg(media).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let mut child = command.spawn().expect("run litfass-kiosk shot");
    let (mut seen, mut next) = (Vec::new(), 0);
    while next < CHANGES {
        if child.try_wait().expect("ask for its end").is_some_and(|ended| !ended.success()) {
            break;
        }
        let file = folder.path().join(format!("change-{next:04}.png"));
        if !file.exists() {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        // The one before is whole, and nobody needs it.
        drop(std::fs::remove_file(folder.path().join(format!("change-{:04}.png", next.saturating_sub(1)))));
        if next >= 20 && next % 20 == 0 {
            seen.push((next as f64 / 100.0, cost::pss_mib(child.id())));
        }
        next += 1;
    }
    drop(child.wait());
    slope(&seen)
}

/// The slope of the line nearest to all points.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let both: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let wide: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    if wide > 0.0 { both / wide } else { 0.0 }
}
