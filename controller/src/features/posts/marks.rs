//! What was found in a text, marked in harmless HTML.

use std::ops::Range;

use super::search::{Part, Query};
use crate::tools::stems::{Tongue, Word, atoms};

/// Length of an excerpt, in characters.
const LONGEST: usize = 240;

/// So many characters stand before the first mark of an excerpt.
const BEFORE: usize = 60;

/// Finds what a query looks for.
pub(super) struct Marker<'a>(&'a Query);

impl<'a> Marker<'a> {
    pub(super) fn new(query: &'a Query) -> Self {
        Self(query)
    }

    /// A headline, whole.
    pub(super) fn title(&self, text: &str, language: Option<&str>) -> String {
        marked(text, 0..text.len(), &self.places(text, language))
    }

    /// A part of a text around the first place.
    pub(super) fn excerpt(&self, text: &str, language: Option<&str>) -> String {
        let places = self.places(text, language);
        let first = places.first().map_or(0, |place| place.start);
        let start = word_start(text, before(text, first, BEFORE), first);
        let end = after(text, start, LONGEST);
        let end = if end < text.len() { word_end(text, start, end) } else { end };
        let (head, tail) = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
        format!("{head}{}{tail}", marked(text, start..end, &places))
    }

    /// The places of a text that were looked for, in their order, none within another.
    fn places(&self, text: &str, language: Option<&str>) -> Vec<Range<usize>> {
        let (tongue, atoms) = (Tongue::of(language), atoms(text));
        let mut places: Vec<Range<usize>> = Vec::new();
        for part in self.0.parts() {
            for row in atoms.windows(part.words.len()) {
                if fits(part, row, tongue)
                    && let (Some((first, _)), Some((last, _))) = (row.first(), row.last())
                {
                    places.push(first.start..last.end);
                }
            }
        }
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for place in places {
            match apart.last_mut().filter(|last| place.start < last.end) {
                Some(last) => last.end = last.end.max(place.end),
                None => apart.push(place),
            }
        }
        apart
    }
}

/// Whether a part of a query is found in words that stand in a row.
fn fits(part: &Part, row: &[(Range<usize>, Word)], tongue: Tongue) -> bool {
    let last = part.words.len().saturating_sub(1);
    let as_typed = part.words.iter().zip(row).enumerate().all(|(at, (sought, (_, word)))| {
        word.loose == sought.loose || (part.begins && at == last && word.loose.starts_with(&sought.loose))
    });
    let bent = |(sought, (_, word)): (&Word, &(Range<usize>, Word))| match tongue {
        Tongue::German => word.german == sought.german,
        Tongue::English => word.english == sought.english,
        Tongue::Unknown => word.german == sought.german || word.english == sought.english,
        Tongue::Other => false,
    };
    as_typed || (!part.is_phrase && part.words.iter().zip(row).all(bent))
}

/// A part of a text as HTML, with marks.
fn marked(text: &str, part: Range<usize>, places: &[Range<usize>]) -> String {
    let mut html = String::new();
    let mut at = part.start;
    for place in places.iter().filter(|place| place.start >= part.start && place.end <= part.end) {
        push(&mut html, &text[at..place.start]);
        html.push_str("<mark>");
        push(&mut html, &text[place.clone()]);
        html.push_str("</mark>");
        at = place.end;
    }
    push(&mut html, &text[at..part.end]);
    html
}

fn push(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

/// So many characters back from a place.
fn before(text: &str, at: usize, count: usize) -> usize {
    text[..at].char_indices().rev().take(count).last().map_or(at, |(start, _)| start)
}

/// So many characters on from a place.
fn after(text: &str, at: usize, count: usize) -> usize {
    text[at..].char_indices().nth(count).map_or(text.len(), |(end, _)| at + end)
}

/// Where the first whole word begins that stands between two places.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    if from == 0 {
        return 0;
    }
    text[from..to].find(char::is_whitespace).map_or(from, |at| {
        let rest = &text[from + at..to];
        to - rest.trim_start().len()
    })
}

/// Where the last whole word ends that stands between two places.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    let cut = text[from..to].rfind(char::is_whitespace).map_or(to, |at| from + at);
    // A word that is longer than all the room is cut.
    if cut <= from { to } else { from + text[from..cut].trim_end().len() }
}

#[cfg(test)]
mod tests {
    use super::Marker;
    use crate::features::posts::Query;

    fn title(query: &str, text: &str, language: &str) -> String {
        Marker::new(&Query::parse(query)).title(text, Some(language))
    }

    #[test]
    fn what_was_found_is_marked_as_it_is_written() {
        assert_eq!(title("bad ", "Neue Bäder", "de"), "Neue <mark>Bäder</mark>");
        assert_eq!(title("bad", "Neue Bäder", "en"), "Neue <mark>Bäder</mark>", "its beginning");
        assert_eq!(title("Schwimm", "Schwimmbad: zu", "de"), "<mark>Schwimmbad</mark>: zu");
        assert_eq!(title("\"neue bäder\"", "Neue Bäder, neue Becken", "de"), "<mark>Neue Bäder</mark>, neue Becken");
        assert_eq!(title("美術", "市立美術館", "ja"), "市立<mark>美術</mark>館");
        assert_eq!(title("nichts ", "Neue Bäder", "de"), "Neue Bäder");
    }

    #[test]
    fn markup_of_others_stays_text() {
        let hostile = "<script>alert('bad')</script> & \"bad\"";
        assert_eq!(
            title("bad ", hostile, "de"),
            "&lt;script&gt;alert(&#39;<mark>bad</mark>&#39;)&lt;/script&gt; &amp; &quot;<mark>bad</mark>&quot;"
        );
    }

    #[test]
    fn an_excerpt_shows_the_first_place_in_whole_words() {
        let text = format!("{}Freibad öffnet {}", "Vorher steht viel. ".repeat(20), "Danach auch. ".repeat(40));
        let query = Query::parse("freibad ");
        let excerpt = Marker::new(&query).excerpt(&text, Some("de"));

        assert!(excerpt.starts_with("… ") && excerpt.ends_with(" …"), "{excerpt}");
        assert!(excerpt.contains("<mark>Freibad</mark> öffnet Danach"), "{excerpt}");
        assert!(excerpt.chars().count() < 300);
        assert_eq!(Marker::new(&query).excerpt("Kurz.", None), "Kurz.");
        let long = "ä".repeat(900);
        assert_eq!(Marker::new(&query).excerpt(&long, None), format!("{} …", "ä".repeat(240)));
    }
}
