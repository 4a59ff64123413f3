//! What a post says, made comparable: without links, hashtags at its end, mentions, emoji and what networks add.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::tables::{ADDED, ADDED_ANYWHERE, DATED, LABELS, LIGHT, TURNING};

/// Most words that are compared.
const MOST: usize = 400;
/// Longest sentence that counts as one that a network added.
const LONGEST_ADDED: usize = 12;
/// Fewest letters that forms of a word share.
const SHORTEST_STEM: usize = 5;
/// Stands where a network named an account: it may be any few words elsewhere.
pub(super) const SOMEBODY: &str = "@";

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Small letters, umlauts spelled out: `strasse`.
    pub(super) plain: String,
    /// Which sentence it stands in.
    pub(super) sentence: usize,
    /// How many characters it has.
    length: usize,
    /// Whether a number is in it.
    pub(super) is_number: bool,
    /// Whether it turns a sentence round (“not”, “cancelled”), or names a day as seen from another (“today”).
    pub(super) is_turning: bool,
    /// Whether it names a day, a month or a place in a row.
    pub(super) is_dated: bool,
    /// Whether it says something by itself.
    pub(super) says_something: bool,
}

impl Word {
    fn new(plain: String, sentence: usize) -> Self {
        let length = plain.chars().count();
        let is_number = has_digit(&plain);
        Self {
            says_something: is_number || (length > 2 && !LIGHT.contains(&plain.as_str())),
            is_turning: is_turning(&plain),
            is_dated: DATED.contains(&plain.as_str()),
            is_number,
            length,
            sentence,
            plain,
        }
    }

    /// Whether texts that differ in it are about different things.
    pub(super) fn is_telling(&self) -> bool {
        self.is_number || self.is_turning || self.is_dated
    }

    /// Whether it is the same word as another one, in whatever form: `zeigen`, `zeigten`. Words that tell texts apart have one
    /// form only.
    pub(super) fn is_form_of(&self, other: &Self) -> bool {
        if self.plain == other.plain {
            return true;
        }
        let longest = self.length.max(other.length);
        if self.length.min(other.length) < SHORTEST_STEM || self.is_telling() || other.is_telling() {
            return false;
        }
        let shared = self.plain.bytes().zip(other.plain.bytes()).take_while(|(a, b)| a == b).count();
        shared >= SHORTEST_STEM && shared * 10 >= longest * 6
    }
}

/// Words of a text in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// The words.
    pub(super) words: Vec<Word>,
    /// Numbers in the hashtags at its end.
    pub(super) tag_numbers: BTreeSet<String>,
    /// Whether a network cut it off.
    pub(super) is_cut: bool,
}

/// A piece between spaces.
enum Piece {
    Words { words: Vec<String>, ends: bool },
    Tag(String),
    Somebody,
    Link,
    Break,
}

impl Text {
    /// Reads a text.
    pub(super) fn read(text: &str) -> Self {
        let (mut pieces, is_cut) = pieces(text);
        let tag_numbers = drop_tags_at_end(&mut pieces);
        let mut sentences: Vec<Vec<String>> = vec![Vec::new()];
        for piece in pieces {
            let sentence = sentences.last_mut();
            match (piece, sentence) {
                (Piece::Words { words, ends }, Some(sentence)) => {
                    sentence.extend(words);
                    if ends {
                        sentences.push(Vec::new());
                    }
                }
                (Piece::Tag(tag), Some(sentence)) => sentence.push(tag),
                (Piece::Somebody, Some(sentence)) => sentence.push(SOMEBODY.to_owned()),
                (Piece::Break, _) => sentences.push(Vec::new()),
                _ => {}
            }
        }
        let kept = sentences.into_iter().filter(|words| !is_added(words)).enumerate();
        let words = kept.flat_map(|(sentence, words)| words.into_iter().map(move |plain| Word::new(plain, sentence)));
        let words: Vec<_> = words.take(MOST).collect();
        Self { words, tag_numbers, is_cut }
    }

    /// The same with a headline before it, unless the text begins with that.
    pub(super) fn below(&self, title: &Self) -> Self {
        let begins = self.words.iter().map(|word| &word.plain).take(title.words.len());
        if begins.eq(title.words.iter().map(|word| &word.plain)) {
            return self.clone();
        }
        let after = title.words.last().map_or(0, |word| word.sentence + 1);
        let moved = self.words.iter().map(|word| Word { sentence: word.sentence + after, ..word.clone() });
        let words = title.words.iter().cloned().chain(moved).take(MOST).collect();
        Self { words, tag_numbers: self.tag_numbers.clone(), is_cut: self.is_cut }
    }

    /// How many words there are, people that are named left out.
    pub(super) fn len(&self) -> usize {
        self.words.iter().filter(|word| word.plain != SOMEBODY).count()
    }
}

fn has_digit(plain: &str) -> bool {
    plain.chars().any(char::is_numeric)
}

fn is_turning(plain: &str) -> bool {
    let is_letter = plain.chars().count() == 1 && !has_digit(plain) && !matches!(plain, "a" | "i" | "o" | SOMEBODY);
    is_letter || TURNING.contains(&plain)
}

fn is_telling(plain: &str) -> bool {
    has_digit(plain) || is_turning(plain) || DATED.contains(&plain)
}

/// Whether a sentence is one that networks and editors add for their readers there: “more on Instagram”.
fn is_added(words: &[String]) -> bool {
    let named = words.iter().all(|word| word == SOMEBODY);
    if words.is_empty() || named {
        return true;
    }
    let line = format!("{} ", words.join(" "));
    let begins = ADDED.iter().any(|phrase| line.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' ')));
    let says = ADDED_ANYWHERE.iter().any(|phrase| format!(" {line}").contains(&format!(" {phrase} ")));
    let names = matches!(words, [label] if LABELS.contains(&label.as_str()));
    names || (begins || says) && words.len() <= LONGEST_ADDED && !words.iter().any(|word| is_telling(word))
}

/// Takes a text apart, and says whether it was cut off.
fn pieces(text: &str) -> (Vec<Piece>, bool) {
    let mut pieces = Vec::new();
    let mut cut_at = None;
    for line in text.lines() {
        pieces.push(Piece::Break);
        for raw in line.split_whitespace() {
            let piece = piece(raw, &mut pieces);
            if matches!(&piece, Piece::Words { words, .. } if !words.is_empty()) {
                cut_at = None;
            }
            let is_end = ends_in_dots(raw) && !matches!(piece, Piece::Link);
            pieces.push(piece);
            if is_end {
                cut_at = Some((pieces.len() - 1, raw));
            }
        }
    }
    // What hangs on the dots may be half a word.
    if let Some((at, raw)) = cut_at
        && raw.trim_end_matches(['…', '.', ']', ')', '[', '(']).chars().last().is_some_and(char::is_alphanumeric)
        && let Some(Piece::Words { words, .. }) = pieces.get_mut(at)
    {
        words.pop();
    }
    (pieces, cut_at.is_some())
}

fn ends_in_dots(raw: &str) -> bool {
    let bare = raw.trim_end_matches([']', ')', '"', '“', '”']);
    bare.ends_with('…') || bare.ends_with("...")
}

fn piece(raw: &str, before: &mut [Piece]) -> Piece {
    let bare = raw.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '＃' | '@' | '/'));
    if is_link(bare) {
        return Piece::Link;
    }
    if bare.starts_with('@') && bare.len() > 1 {
        // “via @somebody” says where it came from, not what it is about.
        if let Some(Piece::Words { words, .. }) = before.last_mut()
            && words.last().is_some_and(|word| word == "via")
        {
            words.pop();
            return Piece::Link;
        }
        return Piece::Somebody;
    }
    if let Some(tag) = bare.strip_prefix(['#', '＃'])
        && !tag.contains(['#', '＃'])
    {
        return Piece::Tag(folded(tag).chars().filter(|c| c.is_alphanumeric()).collect());
    }
    let end = raw.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | ':' | '…' | '|'));
    // “3.” and “Dr.” end no sentence; too few sentences are better than too many.
    let ends = end.ends_with(['!', '?', ':', '…', '|'])
        || (end.ends_with('.') && bare.chars().count() > 3 && !bare.chars().any(char::is_numeric));
    // An emoji or a dash between words parts sentences as people read them.
    let words = words(raw);
    Piece::Words { ends: ends || words.is_empty(), words }
}

/// The words of a piece; the full hour loses its minutes: `19:00` is `19`.
fn words(raw: &str) -> Vec<String> {
    let text: String = folded(raw).chars().filter(|c| !matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}')).collect();
    let mut words: Vec<String> = Vec::new();
    let mut joint = ' ';
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let is_number = word.chars().all(|c| c.is_ascii_digit());
            let after_number = words.last().is_some_and(|last| last.chars().all(|c| c.is_ascii_digit()));
            let is_full_hour = word == "00" && after_number && matches!(joint, ':' | '.');
            if !is_full_hour {
                let bare = if is_number { word.trim_start_matches('0') } else { word.as_str() };
                words.push(if bare.is_empty() { "0".to_owned() } else { bare.to_owned() });
            }
            word.clear();
        }
        joint = c;
    }
    words
}

/// Whether a piece is an address of a web page, written with or without `https://`.
fn is_link(bare: &str) -> bool {
    if bare.contains("://") || bare.starts_with("www.") {
        return true;
    }
    let host = bare.split('/').next().unwrap_or_default();
    let Some((name, end)) = host.rsplit_once('.') else { return false };
    let is_end = end.len() >= 2 && end.chars().all(|c| c.is_ascii_lowercase());
    let is_name = name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    is_end && is_name && (bare.contains('/') || DOMAINS.contains(&end))
}

/// Ends of addresses that people write without anything after them.
const DOMAINS: &[&str] = &[
    "de", "at", "ch", "com", "org", "net", "eu", "info", "example", "social", "museum", "berlin", "hamburg", "koeln",
    "bayern", "link", "io", "ly", "me", "tv", "app", "fm",
];

/// Drops hashtags that end a text or fill a line; the numbers in them.
fn drop_tags_at_end(pieces: &mut Vec<Piece>) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    let is_beside = |piece: &Piece| match piece {
        Piece::Tag(_) | Piece::Somebody | Piece::Link | Piece::Break => true,
        Piece::Words { words, .. } => words.is_empty(),
    };
    let end = pieces.iter().rposition(|piece| !is_beside(piece)).map_or(0, |at| at + 1);
    let mut kept = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    let mut flush = |line: &mut Vec<Piece>, kept: &mut Vec<Piece>| {
        let only_tags = line.iter().all(is_beside);
        for piece in line.drain(..) {
            match piece {
                Piece::Tag(tag) if only_tags => numbers.extend(digits(&tag)),
                piece => kept.push(piece),
            }
        }
    };
    for (at, piece) in pieces.drain(..).enumerate() {
        match piece {
            Piece::Break => {
                flush(&mut line, &mut kept);
                kept.push(Piece::Break);
            }
            Piece::Tag(tag) if at >= end => {
                flush(&mut line, &mut kept);
                line.push(Piece::Tag(tag));
                flush(&mut line, &mut kept);
            }
            Piece::Somebody if at >= end => {}
            piece => line.push(piece),
        }
    }
    flush(&mut line, &mut kept);
    *pieces = kept;
    numbers
}

fn digits(tag: &str) -> Vec<String> {
    let runs = tag.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(str::to_owned).collect()
}

/// Small letters without marks, umlauts and ß spelled out.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c if c.is_ascii() => folded.push(c),
            c => folded.extend(std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c))),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::Text;

    fn plain(text: &str) -> String {
        Text::read(text).words.into_iter().map(|word| word.plain).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_networks_add_is_left_out() {
        for text in [
            "Das Freibad öffnet am Samstag. https://bad.example/start #Freibad #Sommer",
            "Das Freibad öffnet am Samstag! 🏊‍♀️☀️ www.bad.example",
            "Das Freibad öffnet am Samstag.\n\nLink in Bio!\n#freibad @stadt",
            "Das Freibad öffnet am Samstag. Mehr auf Instagram: instagram.com/bad",
            "Das Freibad öffnet am Samstag via @stadt_bad",
            "Das Freibad öffnet am Samstag | bad.example",
        ] {
            assert_eq!(plain(text), "das freibad oeffnet am samstag", "{text}");
        }
    }

    #[test]
    fn times_are_written_in_one_way() {
        assert_eq!(plain("am 05.06. um 19:00 Uhr"), "am 5 6 um 19 uhr");
        assert_eq!(plain("am 5.6. um 19 Uhr"), "am 5 6 um 19 uhr");
        assert_eq!(plain("um 19.30 Uhr"), "um 19 30 uhr");
        assert_eq!(plain("Noch 3️⃣ Tage"), "noch 3 tage");
    }

    #[test]
    fn a_text_that_was_cut_off_loses_half_a_word() {
        let cut = Text::read("Heute eröffnet die Ausstel… https://t.example/x1");
        assert!(cut.is_cut);
        assert_eq!(cut.words.last().unwrap().plain, "die");
        let whole = Text::read("Heute eröffnet die Ausstellung … [...]");
        assert!(whole.is_cut);
        assert_eq!(whole.words.last().unwrap().plain, "ausstellung");
        assert!(!Text::read("Also ... wir öffnen wieder.").is_cut);
    }

    #[test]
    fn hashtags_within_a_sentence_are_words_and_numbers_of_others_are_remembered() {
        let text = Text::read("Heute #Stadtfest im Park\n#Bonn #Stadtfest2026");
        let words: Vec<_> = text.words.iter().map(|word| word.plain.as_str()).collect();
        assert_eq!(words, ["heute", "stadtfest", "im", "park"]);
        assert_eq!(text.tag_numbers.into_iter().collect::<Vec<_>>(), ["2026"]);
        assert_eq!(plain("Mit @museum_bonn im Park"), "mit @ im park");
    }
}
