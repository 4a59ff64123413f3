//! Content lines (RFC 5545, 3.1): unfolded, split into name, parameters and value. Cannot fail.

/// Longest line that is kept; what is longer is cut there.
const LONGEST: usize = 16 * 1_024;
/// Most parameters of a line.
const MOST_PARAMETERS: usize = 20;

/// One content line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Upper case.
    pub(super) name: String,
    /// Names upper case, values without quotes.
    parameters: Vec<(String, String)>,
    /// As it stands there.
    pub(super) value: String,
}

impl Line {
    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Reads an unfolded line; `None` where there is no name or no value.
    fn parse(text: &str) -> Option<Self> {
        let end = text.find([';', ':'])?;
        let name = text[..end].trim().to_ascii_uppercase();
        let mut parameters = Vec::new();
        let mut rest = &text[end..];
        while let Some(after) = rest.strip_prefix(';') {
            // A colon or semicolon in quotes belongs to the value.
            let mut quoted = false;
            let end = after.find(|c: char| {
                quoted ^= c == '"';
                !quoted && matches!(c, ';' | ':')
            })?;
            if parameters.len() < MOST_PARAMETERS
                && let Some((name, value)) = after[..end].split_once('=')
            {
                parameters.push((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()));
            }
            rest = &after[end..];
        }
        let value = rest.strip_prefix(':')?.to_owned();
        (!name.is_empty()).then_some(Self { name, parameters, value })
    }
}

/// The lines of a calendar, unfolded; what is no line is left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut rows = text.split('\n').map(|row| row.strip_suffix('\r').unwrap_or(row)).peekable();
    std::iter::from_fn(move || {
        loop {
            let mut whole = cut(rows.next()?, LONGEST).to_owned();
            while let Some(more) = rows.next_if(|row| row.starts_with([' ', '\t'])) {
                whole.push_str(cut(&more[1..], LONGEST.saturating_sub(whole.len())));
            }
            if let Some(line) = Line::parse(&whole) {
                return Some(line);
            }
        }
    })
}

/// The first so many bytes, at a character.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// A text without its escapes.
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match (c, if c == '\\' { characters.next() } else { None }) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(escaped)) => text.push(escaped),
            ('\\', None) => {}
            (plain, _) => text.push(plain),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, lines, unescape};

    #[test]
    fn lines_are_unfolded_and_split_and_nonsense_is_left_out() {
        let text =
            "summary;Language=de;ALTREP=\"cid:a;b\":Gro\r\n ßes\r\n\t Fest: heute\r\nnonsense\r\n:\r\nX;y\r\nA;B=C:\n";

        let read: Vec<_> = lines(text).collect();

        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!((read[0].name.as_str(), read[0].value.as_str()), ("SUMMARY", "Großes Fest: heute"));
        assert_eq!((read[0].parameter("LANGUAGE"), read[0].parameter("ALTREP")), (Some("de"), Some("cid:a;b")));
        assert_eq!((read[1].name.as_str(), read[1].parameter("B"), read[1].value.as_str()), ("A", Some("C"), ""));
    }

    #[test]
    fn a_line_of_ten_megabytes_is_cut() {
        let folded = format!("SUMMARY:{}\r\n", "ä\r\n ".repeat(2_000_000));
        let whole = format!("SUMMARY:{}\r\nLOCATION:x", "ä".repeat(5_000_000));

        assert!(lines(&folded).next().unwrap().value.len() <= LONGEST);
        let read: Vec<_> = lines(&whole).collect();
        assert!(read[0].value.len() <= LONGEST && read[1].value == "x");
    }

    #[test]
    fn escapes_are_resolved_once() {
        assert_eq!(unescape(r"a\, b\; c\\n\nd\"), "a, b; c\\n\nd");
    }
}
