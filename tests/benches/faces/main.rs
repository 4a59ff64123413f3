//! `make bench`: what the public sees, beside nginx serving the same bytes from disk on the same machine. Counted are
//! answers for each second of the server's processor, and how long a visitor waits at 70 % of what the server can do.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a figure that cannot be measured must not be printed")]

mod load;
mod nginx;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use harness::{Controller, FeedServer, Owner, Post, processor_secs};
use load::Target;
use nginx::Nginx;

/// At least this share of what nginx does with a second of processor.
const LIMIT: f64 = 0.7;
/// So long each is asked, in turns, so that both meet what else the machine does; the middle counts.
const ASKED: Duration = Duration::from_secs(3);
const TIMES: usize = 7;
/// Share of a core that somebody uses who does nothing.
const IDLE: f64 = 0.02;
/// What is the same after so long counts as settled.
const QUIET: Duration = Duration::from_secs(5);
/// Most milliseconds that ninety-nine of a hundred wait.
const LONGEST: f64 = 5.0;

/// A thing that stays as it is, of a server that has nothing else to do: pictures get smaller files a while after their
/// posts came, and their pages say so.
async fn settled(address: SocketAddr, path: &str, process: u32) -> Target {
    let begun = Instant::now();
    let mut before = Target::new(address, path).await;
    loop {
        let spent = processor_secs(process);
        tokio::time::sleep(QUIET).await;
        let idle = processor_secs(process) - spent < IDLE * QUIET.as_secs_f64();
        let now = Target::new(address, path).await;
        if idle && now.body == before.body {
            return now;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{path} is another one each time");
        before = now;
    }
}

/// Answers for each second of processor, and answers a second.
async fn saturate(target: &Target, process: u32) -> (f64, f64) {
    let spent = processor_secs(process);
    let served = target.ask(ASKED, None).await;
    let spent = processor_secs(process) - spent;
    (served.count as f64 / spent.max(0.01), served.count as f64 / ASKED.as_secs_f64())
}

/// The one in the middle.
fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let feed = FeedServer::new().await;
    feed.serve_picture("/harbour.png", 1600, 1200, [40, 90, 160]);
    for number in 1..=30 {
        let text = "Von 7 bis 13 Uhr in der Halle am Fischertor, bei jedem Wetter und für alle. ".repeat(4);
        let post = Post::new(&number.to_string(), &format!("Beitrag {number} vom Hafen"), &format!("<p>{text}</p>"));
        feed.append(post.with_picture("/harbour.png"));
    }
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let mut controller = Controller::with_settings(&[("LITFASS_ALLOW", host.as_str())]).await;
    let owner = Owner::new(controller.client(), "lindenhafen").await;
    owner.link(&feed.url()).await;
    owner.newsroom_says("Beitrag 30 vom Hafen").await;
    let file = controller.find_text("select sha256 from renditions order by length desc").await.expect("a picture");
    let process = controller.process().id();
    let address = controller.url().trim_start_matches("http://").parse().expect("an address");

    println!("\nserved for each second of the server's processor, from memory and beside nginx from disk");
    println!(
        "{:<30}{:>9}{:>10}{:>10}{:>8}{:>8}{:>11}{:>8}",
        "", "bytes", "Litfass", "nginx", "ratio", "limit", "p99, ms", "limit"
    );
    let faces = [
        ("newsroom", "/@lindenhafen".to_owned()),
        ("JSON of the widget", "/api/v1/stages/lindenhafen/posts?count=12".to_owned()),
        ("picture", format!("/media/{file}")),
    ];
    for (name, path) in faces {
        let ours = settled(address, &path, process).await;
        let nginx = Nginx::start(&ours.body);
        let theirs = Target::new(nginx.address(), "/body").await;
        assert!(ours.body == theirs.body, "the same bytes");
        let (mut own, mut other, mut rates) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let (count, rate) = saturate(&ours, process).await;
            own.push(count);
            rates.push(rate);
            other.push(saturate(&theirs, nginx.process()).await.0);
        }
        let ratio = middle(own.iter().zip(&other).map(|(own, other)| own / other).collect());
        let (own, other, rate) = (middle(own), middle(other), middle(rates));
        let mut waited = Vec::new();
        for _ in 0..TIMES {
            waited.push(ours.ask(ASKED, Some(rate * 0.7)).await.percentile(99));
        }
        let waited = middle(waited);
        let bytes = ours.body.len();
        println!("{name:<30}{bytes:>9}{own:>10.0}{other:>10.0}{ratio:>8.2}{LIMIT:>8.1}{waited:>11.2}{LONGEST:>8.1}");
    }
}
