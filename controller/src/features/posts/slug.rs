//! Names of posts in addresses.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Longest readable part of a slug, in characters.
const LONGEST: usize = 60;

/// A name that says something, never changes for the same remote post, and is unique on its stage:
/// words of the title or text, then eight characters of a hash.
pub fn slug(words: &str, source_id: &str, remote_id: &str) -> String {
    let hash = Sha256::digest(format!("{source_id}\n{remote_id}"));
    let tail = shared::hex::encode(&hash[..4]);
    let readable = readable(words);
    if readable.is_empty() { tail } else { format!("{readable}-{tail}") }
}

/// Words as they stand in an address: `grosse-strassen`; empty where no letter can.
pub fn readable(words: &str) -> String {
    let mut slug = String::new();
    for word in latin(words).split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if slug.len() + word.len() + 1 > LONGEST {
            if slug.is_empty() {
                slug = word[..LONGEST].to_owned();
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// Lower-case ASCII: German letters as they are spelled out, others without their marks.
fn latin(words: &str) -> String {
    let mut text = String::new();
    for c in words.chars().take(400).flat_map(char::to_lowercase) {
        match c {
            'ä' => text.push_str("ae"),
            'ö' => text.push_str("oe"),
            'ü' => text.push_str("ue"),
            'ß' => text.push_str("ss"),
            'ı' => text.push('i'),
            '’' | '\'' => {}
            c => text.extend(std::iter::once(c).nfd().filter(|c| c.is_ascii() || c.is_alphanumeric())),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_is_readable_stable_and_unique() {
        let one = slug("Größer, schöner: die Straßenbahn fährt wieder!", "s", "1");

        assert!(one.starts_with("groesser-schoener-die-strassenbahn-faehrt-wieder-"), "{one}");
        assert_eq!(one, slug("Größer, schöner: die Straßenbahn fährt wieder!", "s", "1"));
        assert_ne!(one, slug("Größer, schöner: die Straßenbahn fährt wieder!", "s", "2"));
    }

    #[test]
    fn other_scripts_and_long_words_still_give_an_address() {
        assert_eq!(slug("مرحبا", "s", "1").len(), 8);
        assert_eq!(slug(&"x".repeat(500), "s", "1").len(), 60 + 1 + 8);
        assert!(slug("Café à l’été", "s", "1").starts_with("cafe-a-lete-"));
    }
}
