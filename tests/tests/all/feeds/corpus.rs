//! The collection: what `litfass feed` prints about each of its feeds. `LITFASS_BLESS=1` writes anew what is expected.

use std::process::{Command, Output};

use controller::networks::feed::{Hints, ReadError, Reading, read};
use serde_json::{Map, Value, json};

use super::{collection, folder};

fn litfass(arguments: &[&str]) -> Output {
    let mut command = Command::new(harness::program("litfass"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LITFASS_")) {
        command.env_remove(name);
    }
    command.arg("feed").args(["--base-url", "https://feeds.example/dir/feed.xml"]).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Leaves out what is empty and what only repeats the rest, so that a person can read what is left.
fn essence(value: Value) -> Value {
    let nothing =
        |value: &Value| matches!(value, Value::Null | Value::Bool(false)) || *value == json!([]) || *value == json!("");
    match value {
        Value::Object(fields) => {
            let kept =
                fields.into_iter().filter(|(name, _)| name != "content_hash" && name != "message" && name != "input");
            kept.map(|(name, value)| (name, essence(value)))
                .filter(|(_, value)| !nothing(value))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.into_iter().map(essence).collect(),
        other => other,
    }
}

#[test]
fn every_feed_of_the_collection_gives_what_is_expected() {
    let files: Vec<_> = collection().iter().map(|file| file.to_str().unwrap().to_owned()).collect();
    let output = litfass(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let printed = lines(&output);

    assert_eq!(printed.len(), files.len());
    assert_eq!(output.status.code(), Some(1), "some of them are no feeds");
    let mut wrong = Vec::new();
    for (file, value) in files.iter().zip(printed) {
        assert_eq!(value["input"], **file);
        assert_eq!(value.get("error").is_some(), value.get("posts").is_none(), "{file}");
        let name = file.rsplit('/').next().unwrap();
        let path = folder().join("expected").join(format!("{name}.json"));
        let found = essence(value);
        if std::env::var_os("LITFASS_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, format!("{found:#}\n")).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if serde_json::from_str::<Value>(&expected).ok().as_ref() != Some(&found) {
            wrong.push(format!("{name}: found {found:#}\nbut expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_bad_input_never_stops_the_others() {
    let good = folder().join("rss-2.0.xml");
    let good = good.to_str().unwrap();

    let output = litfass(&[good, "/nowhere/at/all.xml", "http://127.0.0.1/", "ftp://x", good]);
    let printed = lines(&output);

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        printed.iter().map(|line| line.get("posts").is_some()).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert_eq!(printed[1]["key"], "feeds.error.unread");
    assert_eq!(printed[2]["key"], "sources.error.forbidden_address");
    assert!(printed[1]["error"].as_str().unwrap().contains("No such file"), "{}", printed[1]);
    assert_eq!(litfass(&[good]).status.code(), Some(0));
}

fn reading(name: &str, content_type: &str) -> Reading {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    read(&bytes, &Hints { content_type: Some(content_type), ..Hints::default() }).unwrap()
}

#[test]
fn a_wrong_header_does_no_harm() {
    for name in ["latin1.xml", "utf-16be.xml", "utf-16be-bom.xml", "utf-32le-bom.xml", "utf-8-bom.xml", "rss-2.0.xml"] {
        for charset in ["utf-8", "iso-8859-1", "us-ascii", "nonsense", ""] {
            let reading = reading(name, &format!("text/xml; charset=\"{charset}\""));
            let title = reading.batch.posts[0].title.as_deref().unwrap();
            assert!(["Grüße aus Köln", "Markt & Musik"].contains(&title), "{name} as {charset}: {title}");
        }
    }
}

#[test]
fn a_changed_title_makes_no_new_post() {
    for name in ["rss-2.0.xml", "rss-1.0-rdf.xml", "atom-1.0.xml", "atom-0.3.xml", "json-1.1.json", "mastodon.xml"] {
        let before = reading(name, "");
        let mut text = std::fs::read_to_string(folder().join(name)).unwrap();
        for (from, to) in [("Markt", "Messe"), ("Das Buch", "Ein Buch"), ("Neue", "Alte"), ("Hello", "Bye")] {
            text = text.replace(from, to);
        }
        let after = read(text.as_bytes(), &Hints::default()).unwrap();

        let ids = |reading: &Reading| reading.batch.posts.iter().map(|post| post.remote_id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&before), ids(&after), "{name}");
        assert_ne!(before.batch.posts[0].content_hash, after.batch.posts[0].content_hash, "{name}");
        assert_eq!(before, reading(name, ""), "the same bytes give the same posts");
    }
}

#[test]
fn an_id_that_was_shared_once_stays_shared() {
    let item = |link: &str| {
        format!(
            "<item><guid isPermaLink='false'>same</guid><link>https://x.example/{link}</link><title>{link}</title></item>"
        )
    };
    let feed = |items: &str| format!("<rss><channel>{items}</channel></rss>");

    let first = read(feed(&[item("b"), item("a")].concat()).as_bytes(), &Hints::default()).unwrap();
    let second =
        read(feed(&item("b")).as_bytes(), &Hints { shared_ids: &first.shared_ids, ..Hints::default() }).unwrap();

    assert_eq!(first.batch.posts[0].remote_id, second.batch.posts[0].remote_id);
    assert_ne!(first.batch.posts[0].remote_id, first.batch.posts[1].remote_id);
}

#[test]
fn a_huge_feed_costs_its_own_posts_only() {
    let title = "Ä".repeat(5 * 1024 * 1024);
    let bomb = format!(
        "<rss><channel><item><guid>1</guid><title>{title}</title><description>{title}</description></item><item><guid>2</guid><title>x</title></item></channel></rss>"
    );
    let posts = read(bomb.as_bytes(), &Hints::default()).unwrap().batch.posts;
    assert_eq!(posts[0].title.as_ref().unwrap().chars().count(), 300);
    assert_eq!(posts[0].text.chars().count(), 10_000);
    assert_eq!(posts[1].remote_id, "2");

    let many = format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(100_000));
    let reading = read(many.as_bytes(), &Hints::default()).unwrap();
    assert!(reading.batch.posts.len() <= 500 && reading.batch.problems.len() <= 100);

    let deep = format!("<rss><channel><item><title>a</title>{}", "<x>".repeat(1_000_000));
    assert!(read(deep.as_bytes(), &Hints::default()).is_ok());
    let json = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(1_000_000));
    assert!(matches!(read(json.as_bytes(), &Hints::default()), Err(ReadError::BrokenJson(_))));
}
