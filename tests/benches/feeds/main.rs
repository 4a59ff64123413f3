//! `make bench`: feeds read by us and by Python's feedparser, which is what most programs of this kind use. The same bytes,
//! read again and again in one process each, starts not counted; both clean the HTML. Compared is processor time.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a figure that cannot be measured must not be printed"
)]

use std::{fmt::Write as _, hint::black_box, path::Path, process::Command};

use controller::networks::feed::{Hints, read};
use harness::{processor_secs, root};

/// We are at least so many times as fast.
const LIMIT: f64 = 10.0;
/// So many seconds of processor are spent on each side at least.
const ENOUGH_SECS: f64 = 2.0;
/// Posts of the long feed.
const POSTS: usize = 50;

/// Reads all files of a folder over and over, and prints how many seconds one round took.
const PEER: &str = "
import sys, time, pathlib, feedparser
files = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).iterdir()) if path.is_file()]
rounds, begun = 0, time.process_time()
while time.process_time() - begun < float(sys.argv[2]) or rounds == 0:
    for file in files:
        try:
            feedparser.parse(file)
        except Exception:
            pass
    rounds += 1
print((time.process_time() - begun) / rounds, feedparser.__version__)
";

fn main() {
    // `cargo test --benches` and clippy only want to know that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("long.xml"), long()).expect("write a feed");
    println!("\n{:<44}{:>12}{:>12}{:>8}{:>8}", "feeds, processor in ms", "Litfass", "feedparser", "faster", "limit");
    row("the collection of the tests, once", &root().join("tests/feeds"));
    row(&format!("a feed of {POSTS} posts with HTML, {} KB", long().len() / 1_000), folder.path());
}

fn row(what: &str, folder: &Path) {
    let (ours, (theirs, version)) = (with_us(folder), with_feedparser(folder));
    let (name, ours_ms, theirs_ms) = (format!("{what} ({version})"), ours * 1e3, theirs * 1e3);
    println!("{name:<44}{ours_ms:>12.2}{theirs_ms:>12.2}{:>8.1}{LIMIT:>8.1}", theirs / ours);
}

/// Seconds that one round takes us.
fn with_us(folder: &Path) -> f64 {
    let entries = std::fs::read_dir(folder).expect("feeds").map(|entry| entry.expect("a feed").path());
    let files: Vec<_> =
        entries.filter(|path| path.is_file()).map(|path| std::fs::read(path).expect("a feed")).collect();
    let (mut rounds, begun) = (0.0, processor_secs(std::process::id()));
    loop {
        for file in &files {
            // What cannot be read takes its time, too.
            drop(black_box(read(black_box(file), &Hints::default())));
        }
        rounds += 1.0;
        let spent = processor_secs(std::process::id()) - begun;
        if spent >= ENOUGH_SECS {
            return spent / rounds;
        }
    }
}

/// Seconds that one round takes the peer, and its version.
fn with_feedparser(folder: &Path) -> (f64, String) {
    let mut command = Command::new("/usr/bin/python3");
    let output = command.args(["-W", "ignore", "-c", PEER]).arg(folder).arg(ENOUGH_SECS.to_string()).output();
    let output = output.expect("run Python");
    let said = String::from_utf8_lossy(&output.stdout);
    let (seconds, version) = said.trim().split_once(' ').unwrap_or_else(|| {
        panic!("feedparser is not here (`make bench` installs it): {}", String::from_utf8_lossy(&output.stderr))
    });
    (seconds.parse().expect("seconds"), version.to_owned())
}

/// A feed as a press office has it: headlines, marked-up texts, a picture and two tags for each post.
fn long() -> String {
    let mut feed =
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' \
                    xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Presse der Stadt</title>\
                    <link>https://stadt.example/</link><description>Neues aus dem Rathaus</description>"
            .to_owned();
    for number in 0..POSTS {
        let words = "Am Montag um sechs Uhr rollen die ersten Räder &uuml;ber die Br&uuml;cke. ".repeat(6);
        let _ = write!(
            feed,
            "<item><title>Meldung {number} &amp; mehr</title><guid>https://stadt.example/{number}</guid>\
             <link>https://stadt.example/{number}</link><pubDate>Mon, 04 May 2026 10:{:02}:00 GMT</pubDate>\
             <category>Verkehr</category><category>Innenstadt</category>\
             <media:content url='https://stadt.example/{number}.jpg' medium='image' width='1200' height='800'/>\
             <content:encoded><![CDATA[<p>{words}<a href='/mehr/{number}' onclick='go()'>Mehr</a></p><script>x()</script>\
             <ul><li><strong>Ort</strong>: Fischertor</li><li>Zeit: 7 bis 13 Uhr</li></ul>\
             <img src='/bild/{number}.jpg' alt='Die Br&uuml;cke'>]]></content:encoded></item>",
            number % 60
        );
    }
    feed.push_str("</channel></rss>");
    feed
}
