//! Letters made comparable, whatever somebody did to hide a word from those who look for it.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest piece of a text, between two spaces, that is looked at for hidden words, in characters.
const LONGEST_PIECE: usize = 60;

/// Letters that look like a Latin one: the other one, and the Latin one.
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("асеорхуіѕјкмтпгв", "aceopxyisjkmtnrb"), // Cyrillic
    ("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY"),
    ("οαεικνρτυχ", "oaeikvptux"), // Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
];

/// Signs and digits that stand for letters.
const SIGNS: &[(char, char)] = &[
    ('0', 'o'),
    ('1', 'i'),
    ('3', 'e'),
    ('4', 'a'),
    ('5', 's'),
    ('7', 't'),
    ('8', 'b'),
    ('@', 'a'),
    ('$', 's'),
    ('!', 'i'),
    ('|', 'l'),
    ('€', 'e'),
    ('+', 't'),
];

/// A text without what cannot be seen, in the usual shapes of letters: wide, bold and circled ones become plain, Latin words
/// lose Cyrillic and Greek letters that only look Latin.
pub(super) fn clear(text: &str) -> String {
    let mut clear = String::with_capacity(text.len());
    for piece in text.nfkc().filter(|c| !is_unseen(*c)).collect::<String>().split_inclusive(char::is_whitespace) {
        clear.push_str(&unmixed(piece));
    }
    clear
}

/// What is in a text and nobody sees: zero width, direction, soft hyphens, variants, and the Arabic stroke that only
/// stretches a word.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// A piece in one script where letters of two are mixed that look the same.
fn unmixed(piece: &str) -> String {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let is_other = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    if !piece.chars().any(is_other) || !piece.chars().any(is_latin) {
        return piece.to_owned();
    }
    let latin = |c: char| look_alike(c, |other, latin| (other, latin));
    // Small ones suffice, cases are folded later.
    let cyrillic = |c: char| {
        let small = c.to_ascii_lowercase();
        let (others, latins) = LOOK_ALIKES[0];
        let at = latins.chars().position(|held| held == small)?;
        others.chars().nth(at)
    };
    let others = piece.chars().filter(|c| is_other(*c)).count();
    let latins = piece.chars().filter(|c| is_latin(*c)).count();
    let may_be_latin = piece.chars().filter(|c| is_other(*c)).all(|c| latin(c).is_some());
    let may_be_cyrillic = piece.chars().filter(|c| is_latin(*c)).all(|c| cyrillic(c).is_some());
    // Where it may be either, it is what most of its letters are.
    if may_be_latin && (latins >= others || !may_be_cyrillic) {
        return piece.chars().map(|c| latin(c).unwrap_or(c)).collect();
    }
    if may_be_cyrillic {
        return piece.chars().map(|c| if is_latin(c) { cyrillic(c).unwrap_or(c) } else { c }).collect();
    }
    piece.to_owned()
}

fn look_alike(c: char, order: impl Fn(char, char) -> (char, char)) -> Option<char> {
    let pairs = LOOK_ALIKES.iter().flat_map(|(others, latins)| others.chars().zip(latins.chars()));
    pairs.map(|(other, latin)| order(other, latin)).find(|(from, _)| *from == c).map(|(_, to)| to)
}

/// Letters of a word or phrase that topics do not fold: in Turkish a dotless i, in Arabic endings that are written either way.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ı' | 'İ' => 'i',
            'ى' => 'ي',
            'ة' => 'ه',
            c => c,
        })
        .collect()
}

/// A word in small letters with its marks, for what is to be found just so.
pub(super) fn exact(word: &str) -> String {
    word.nfc().flat_map(char::to_lowercase).filter(|c| *c != '\u{307}').collect()
}

/// What else a piece of a text may say, by signs for letters or letters said again and again: `sch3isse`, `f@ck`,
/// `neeeein`. Empty where it can only say what it says.
pub(super) fn guises(piece: &str) -> Vec<String> {
    let core = piece.trim_start_matches('#').trim_end_matches(|c: char| !c.is_alphanumeric() && c != '$' && c != '@');
    let core = core.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '$');
    if core.chars().count() > LONGEST_PIECE || !core.chars().any(char::is_alphabetic) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    let read = decoded(core);
    for text in std::iter::once(core.to_owned()).chain(read.iter().cloned()) {
        found.extend([1, 2].into_iter().filter_map(|most| squeezed(&text, most)));
    }
    found.extend(read);
    found.remove(core);
    found.into_iter().collect()
}

/// Signs and digits read as letters. A digit must have a letter behind it: `A55` is a motorway.
fn decoded(core: &str) -> Vec<String> {
    let last_letter = core.chars().rev().position(char::is_alphabetic).map_or(0, |back| core.chars().count() - back);
    let stands = |at: usize, c: char| {
        let is_sign = SIGNS.iter().any(|(sign, _)| *sign == c);
        is_sign && (!c.is_ascii_digit() || at < last_letter)
    };
    if !core.chars().enumerate().any(|(at, c)| stands(at, c)) {
        return Vec::new();
    }
    // 1 is an i or an l.
    let read = |one: char| {
        let letter = |(at, c): (usize, char)| match c {
            '1' if stands(at, c) => one,
            c if stands(at, c) => SIGNS.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, letter)| *letter),
            c => c,
        };
        core.chars().enumerate().map(letter).collect::<String>()
    };
    if core.contains('1') { vec![read('i'), read('l')] } else { vec![read('i')] }
}

/// With at most so many of the same letter in a row, where there are three or more; `None` where there are not.
fn squeezed(text: &str, most: usize) -> Option<String> {
    let small: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    if !small.windows(3).any(|three| three[0] == three[1] && three[1] == three[2] && three[0].is_alphabetic()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < small.len() {
        let run = small[at..].iter().take_while(|c| **c == small[at]).count();
        let kept = if run >= 3 && small[at].is_alphabetic() { most } else { run };
        out.extend(std::iter::repeat_n(small[at], kept));
        at += run;
    }
    Some(out)
}

/// A piece with stars in the place of letters, as people write what they do not want to have written: `f**k`. At least two
/// letters must be left, the first among them.
pub(super) fn starred(piece: &str) -> Option<Vec<Option<char>>> {
    let core = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '*').trim_matches('"');
    let spelled =
        folded(core).to_lowercase().replace('ß', "ss").replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    let letters: Vec<char> = spelled.chars().collect();
    let stars = letters.iter().filter(|c| **c == '*').count();
    let fits = letters.len() >= 4
        && letters.len() <= LONGEST_PIECE
        && stars >= 1
        && letters.len() - stars >= 2
        && letters.first().is_some_and(|c| c.is_alphabetic())
        && letters.iter().all(|c| *c == '*' || c.is_alphabetic() || is_combining_mark(*c))
        // A star at the end stands for the rest of a word, or for a note.
        && letters.last() != Some(&'*');
    fits.then(|| letters.into_iter().map(|c| Some(c).filter(|c| *c != '*')).collect())
}

#[cfg(test)]
mod tests {
    use super::{clear, exact, folded, guises, starred};

    #[test]
    fn what_cannot_be_seen_goes_and_shapes_become_plain() {
        assert_eq!(clear("Hu\u{200b}ren\u{ad}so\u{2060}hn"), "Hurensohn");
        assert_eq!(clear("𝐀𝐫𝐬𝐜𝐡 ｆｕｃｋ ⓢⓗⓘⓣ"), "Arsch fuck shit");
        assert_eq!(clear("сunt Аss"), "cunt Ass", "Cyrillic letters in a Latin word");
        assert_eq!(clear("cука"), "сука", "Latin letters in a Cyrillic word");
        assert_eq!(clear("Привет, world"), "Привет, world");
        assert_eq!(clear("كـــلب"), "كلب");
    }

    #[test]
    fn letters_of_other_tongues_are_folded_where_people_do() {
        assert_eq!(folded("AMINA ısırık مدرسة"), "AMINA isirik مدرسه");
        assert_eq!(exact("SİK"), "sik");
        assert_ne!(exact("sık"), exact("sik"));
    }

    #[test]
    fn signs_for_letters_are_read_and_roads_are_left_alone() {
        assert!(guises("sch3isse").contains(&"scheisse".to_owned()));
        assert!(guises("b1tch").contains(&"bitch".to_owned()) && guises("arsch1och").contains(&"arschloch".to_owned()));
        assert!(guises("a$$hole!").contains(&"asshole".to_owned()));
        assert!(guises("Scheeeiße").contains(&"scheiße".to_owned()));
        assert!(guises("Mississsippi").contains(&"mississippi".to_owned()));
        for plain in ["A55", "Haus", "2026", "3", "@stadt", "", "B2B-Messe"] {
            assert!(!guises(plain).iter().any(|guise| ["ass", "haus", "stadt"].contains(&guise.as_str())), "{plain}");
        }
    }

    #[test]
    fn stars_stand_for_letters_but_not_for_everybody() {
        let word = |piece: &str| starred(piece).map(|letters| letters.len());
        assert_eq!((word("f**k!"), word("sch**sse"), word("f***")), (Some(4), Some(8), None));
        assert_eq!((word("***"), word("a*"), word("Haus"), word("Preis*")), (None, None, None, None));
        assert_eq!(word("Bürger*innen"), Some(13), "no word of a list has these letters");
    }
}
