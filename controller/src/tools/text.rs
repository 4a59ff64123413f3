//! Clean characters: composed, visible, and unable to reorder or overgrow what stands around them.

use std::borrow::Cow;

use unicode_normalization::{
    IsNormalized, UnicodeNormalization as _,
    char::{canonical_combining_class, is_combining_mark},
    is_nfc_quick,
};

/// Marks above and below each other that a reader can still tell apart.
const MOST_STACKED: usize = 2;
/// Marks of any kind on one letter; scripts of India and Hebrew need up to four.
const MOST_MARKS: usize = 4;
/// Combining classes from here on stack above and below without end (zalgo); lower ones belong to a script.
const FIRST_STACKING_CLASS: u8 = 200;
/// Strokes through letters.
const OVERLAY_CLASS: u8 = 1;

/// Returns the text in NFC, with at most two stacked marks in a row and without control characters (line breaks and
/// tabs stay), overrides of direction, soft hyphens and characters that are none.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    if is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.chars().any(|c| is_unwanted(c) || is_combining_mark(c))
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(filter(text))
}

fn filter(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut stacked, mut marks, mut in_flag) = (0, 0, false);
    for c in text.chars().filter_map(replace).nfc() {
        // Flags of regions are spelt with invisible letters after a black flag; elsewhere those letters hide words.
        let tag_letter = ('\u{e0000}'..='\u{e007f}').contains(&c);
        if tag_letter && !in_flag {
            continue;
        }
        in_flag = c == '\u{1f3f4}' || tag_letter;
        if is_combining_mark(c) {
            let class = canonical_combining_class(c);
            let stacks = class == OVERLAY_CLASS || class >= FIRST_STACKING_CLASS || c == '\u{34f}';
            marks += 1;
            stacked += usize::from(stacks);
            if marks > MOST_MARKS || (stacks && stacked > MOST_STACKED) {
                continue;
            }
        } else {
            (stacked, marks) = (0, 0);
        }
        clean.push(c);
    }
    clean
}

fn is_unwanted(c: char) -> bool {
    replace(c) != Some(c) || ('\u{e0000}'..='\u{e007f}').contains(&c)
}

/// What a character becomes before it is composed with its neighbours.
fn replace(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{fdd0}'..='\u{fdef}' => None,
        c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
        c => Some(c),
    }
}

/// Returns one clean line: white space of any kind is one blank, cut to a number of characters.
pub fn line(text: &str, most_chars: usize) -> String {
    let text = clean(head(text, most_chars));
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    cut(&mut line, most_chars);
    line
}

/// Returns clean paragraphs: blanks are single, an empty line stands between paragraphs, nothing around.
pub fn paragraphs(text: &str, most_chars: usize) -> String {
    let text = clean(head(text, most_chars));
    let mut result = String::with_capacity(text.len());
    let mut breaks = 0;
    for row in text.split(['\n', '\r']) {
        let mut words = row.split([' ', '\t', '\u{b}', '\u{c}']).filter(|word| !word.is_empty()).peekable();
        let blank = words.peek().is_none() || row.trim().is_empty();
        if !blank {
            for _ in 0..breaks {
                result.push('\n');
            }
            breaks = 0;
            for (at, word) in words.enumerate() {
                if at > 0 {
                    result.push(' ');
                }
                result.push_str(word);
            }
        }
        breaks = if result.is_empty() { 0 } else { (breaks + 1).min(2) };
    }
    let trimmed = result.trim().len();
    if trimmed < result.len() {
        result = result.trim().to_owned();
    }
    cut(&mut result, most_chars);
    result
}

/// Cuts to a number of characters, at a word if one ends near, and says so with an ellipsis.
pub fn cut(text: &mut String, most_chars: usize) {
    let Some((end, _)) = text.char_indices().nth(most_chars) else { return };
    let room = text.char_indices().nth(most_chars.saturating_sub(1)).map_or(0, |(at, _)| at);
    let near = room.saturating_sub(80);
    let word_end = text[..end].rfind(char::is_whitespace).filter(|at| *at >= near && *at <= room);
    text.truncate(word_end.unwrap_or(room));
    // A mark or joiner at the cut would combine with the ellipsis.
    while text.ends_with(|c: char| is_combining_mark(c) || c == '\u{200d}' || c.is_whitespace()) {
        text.pop();
    }
    text.push('…');
}

/// The start of a text that is certainly enough: nobody normalises ten megabytes to show three hundred characters.
fn head(text: &str, most_chars: usize) -> &str {
    let most_bytes = most_chars.saturating_mul(8).saturating_add(4096);
    if text.len() <= most_bytes {
        return text;
    }
    let mut end = most_bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_in_text_that_is_clean() {
        for text in ["plain\ntext", "Grüße 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "שָׁלוֹם", "नमस्ते", "ที่นี่", "مرحبا", "2️⃣", "Tiếng Việt"]
        {
            let composed: String = text.nfc().collect();
            assert_eq!(clean(&composed), composed, "{text}");
        }
    }

    #[test]
    fn what_reorders_or_hides_is_gone() {
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{0}d\u{1b}[31me\u{ad}f\u{feff}g"), "abcd[31mefg");
        assert_eq!(clean("hidden\u{e0041}\u{e0042} tags"), "hidden tags");
        assert_eq!(clean("e\u{301}"), "é");
    }

    #[test]
    fn marks_stack_at_most_twice() {
        let zalgo = format!("Z{}a{}!", "\u{300}".repeat(40), "\u{338}\u{34f}".repeat(40));
        let cleaned = clean(&zalgo).into_owned();

        assert_eq!(cleaned.chars().filter(|c| is_combining_mark(*c)).count(), 4);
        assert!(cleaned.starts_with('Z') && cleaned.ends_with('!'));
    }

    #[test]
    fn paragraphs_stay_and_everything_else_is_single() {
        assert_eq!(paragraphs("  a \t b\r\n\n\n\n c\nd \u{a0}\n\u{a0}\n", 100), "a b\n\nc\nd");
        assert_eq!(line(" a\n\tb \u{2003} c ", 100), "a b c");
        assert_eq!(paragraphs("\n \n", 100), "");
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        let mut text = "word ".repeat(30);
        cut(&mut text, 32);
        assert_eq!(text, "word word word word word word…");

        let mut solid = "x".repeat(300);
        cut(&mut solid, 200);
        assert_eq!(solid.chars().count(), 200);
        assert!(line(&"é".repeat(1_000_000), 300).chars().count() == 300);
    }
}
