//! Feeds broken at random: the reader never fails by itself, and what it gives is clean whatever came in.

use controller::networks::{
    ImportedPost,
    feed::{Hints, ReadError, read},
};

use super::collection;

/// Small, the same everywhere, good enough to break things (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }
}

const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"\"",
    b"'",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?",
    b"?>",
    b"</item>",
    b"<item>",
    b"<entry>",
    b"<title>",
    b"</title>",
    b"<description>",
    b"<script>",
    b"<a href=\"javascript:x\">",
    b"<img src=x onerror=y>",
    b"&#x202e;",
    b"&#0;",
    b"&amp;",
    b"&lt;script&gt;",
    b"\xff",
    b"\xfe\xff",
    b"\0",
    b"\xcc\xb8",
    b"\xe2\x80\xae",
    b"\\ud800",
    b"[",
    b"{",
    b"}",
    b"xmlns:media='x'",
    b"xml:base='javascript:'",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"type=\"xhtml\"",
    b"\xed\xa0\x80",
    b"/>",
];

fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    let length = dice.below(40).min(bytes.len() - at);
    match dice.below(7) {
        0 => bytes.truncate(at),
        1 => bytes[at] ^= 1 << dice.below(8),
        2 => drop(bytes.drain(at..at + length)),
        3 => {
            let copy = bytes[at..at + length].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        4 => {
            let from = dice.below(other.len());
            let until = (from + dice.below(400)).min(other.len());
            bytes.splice(at..at, other[from..until].iter().copied());
        }
        _ => {
            let piece = PIECES[dice.below(PIECES.len())];
            bytes.splice(at..at, piece.iter().copied());
        }
    }
    if bytes.is_empty() {
        bytes.push(b'<');
    }
}

fn hidden(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn check(post: &ImportedPost) {
    let ImportedPost { remote_id, title, text, html, link, author, language, media, tags, content_hash, .. } = post;
    let shown = [title.as_deref(), Some(text), author.as_deref(), language.as_deref()].into_iter().flatten();
    for words in shown.chain(tags.iter().map(String::as_str)).chain([remote_id.as_str()]) {
        assert!(!words.chars().any(hidden), "{words:?}");
        assert!(words.chars().count() <= 10_000);
    }
    assert!(!remote_id.is_empty() && content_hash.len() == 64);
    assert!(!html.chars().any(|c| hidden(c) && c != '\t'), "{html:?}");
    for tag in html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(
            !["script", "style", "img", "iframe", "svg", "form", "input", "object", "base", "meta", "link"]
                .contains(&&*name),
            "{html}"
        );
        // Only what stands in a tag leads anywhere; words may look like an attribute.
        for address in tag.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)), "{html}");
        }
        let keys: String = tag.split('"').step_by(2).collect();
        assert!(!keys.to_lowercase().contains(" on") && !keys.contains("style") && !keys.contains("srcdoc"), "{html}");
    }
    for url in media.iter().map(|medium| &medium.url).chain(link) {
        assert!(url.starts_with("http://") || url.starts_with("https://"), "{url}");
    }
}

#[test]
fn feeds_broken_at_random_never_break_the_reader() {
    let rounds = std::env::var("LITFASS_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let feeds: Vec<Vec<u8>> = collection().iter().map(|file| std::fs::read(file).unwrap()).collect();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let (mut read_well, mut posts) = (0, 0);
    for round in 0..rounds {
        for (number, feed) in feeds.iter().enumerate() {
            let mut bytes = feed.clone();
            let other = &feeds[dice.below(feeds.len())];
            for _ in 0..=dice.below(6) {
                mutate(&mut bytes, other, &mut dice);
            }
            match read(&bytes, &Hints::default()) {
                Ok(reading) => {
                    read_well += 1;
                    posts += reading.batch.posts.len();
                    reading.batch.posts.iter().for_each(check);
                    let source = &reading.batch.source;
                    for url in [&source.link, &source.icon, &source.logo, &source.self_url].into_iter().flatten() {
                        assert!(url.starts_with("http"), "{url}");
                    }
                }
                Err(ReadError::Failed) => {
                    let file = std::env::temp_dir().join(format!("litfass-fuzz-{round}-{number}"));
                    std::fs::write(&file, &bytes).unwrap();
                    panic!("the reader failed on {}", file.display());
                }
                Err(_) => {}
            }
        }
    }
    assert!(
        read_well > rounds * 30 && posts > read_well / 2,
        "{read_well} read, {posts} posts: too little to say anything"
    );
}
