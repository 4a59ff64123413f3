//! How much HTML is read at most: length and depth are bounded before anything is parsed.

use std::borrow::Cow;

/// More HTML than this in one text is not read.
pub(super) const LONGEST_HTML: usize = 256 * 1024;

/// Cuts HTML that is too long; pictures inside the text (`data:`) go first.
pub(super) fn shorten(html: &str) -> Cow<'_, str> {
    if html.len() <= LONGEST_HTML {
        return Cow::Borrowed(html);
    }
    let mut shorter = String::with_capacity(LONGEST_HTML);
    for (at, piece) in html.split(";base64,").enumerate() {
        let payload = if at == 0 {
            0
        } else {
            piece.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')).count()
        };
        let rest = &piece[payload..];
        let mut room = LONGEST_HTML.saturating_sub(shorter.len()).min(rest.len());
        while !rest.is_char_boundary(room) {
            room -= 1;
        }
        shorter.push_str(&rest[..room]);
    }
    Cow::Owned(shorter)
}

/// Cuts HTML where more than a hundred elements are open at once: building such a tree takes time that grows with the
/// square of its depth, and nobody writes one by hand.
pub(super) fn until_too_deep(html: &str) -> &str {
    const MOST_OPEN: usize = 100;
    // Elements that have no end, or end by themselves where the next one begins.
    const NO_END: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "rp", "rt",
    ];
    // Left open when their parent ends, these are opened again in whatever follows.
    const REOPENED: &[&str] =
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    let is_one_of = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    let bytes = html.as_bytes();
    let (mut open, mut reopened, mut at): (Vec<&str>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let ends = bytes.get(start + 1) == Some(&b'/');
        at = start + 1 + usize::from(ends);
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &html[at..at + length];
        if ends {
            if let Some(depth) = open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                reopened += open.drain(depth..).skip(1).filter(|name| is_one_of(REOPENED, name)).count();
            } else if is_one_of(REOPENED, name) {
                reopened = reopened.saturating_sub(1);
            }
        } else if !is_one_of(NO_END, name) {
            open.push(name);
        }
        if open.len() + reopened > MOST_OPEN {
            return &html[..start];
        }
    }
    html
}
