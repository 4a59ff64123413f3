//! The code a kiosk shows: eight letters and digits that nobody confuses.

use crate::tools::ids;

/// No 0 and O, no 1, I and L, and no U, which is heard as V.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters and digits.
const LENGTH: usize = 8;

/// A code, without its hyphen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A new code from the system's chance: one of 30⁸.
    pub fn make() -> Result<Self, getrandom::Error> {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            for byte in ids::random::<16>()? {
                // Bytes of the last, incomplete round of the alphabet would make some letters likelier.
                let fair = usize::from(byte) < 256 / ALPHABET.len() * ALPHABET.len();
                if fair && code.len() < LENGTH {
                    code.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
                }
            }
        }
        Ok(Self(code))
    }

    /// Reads what a person typed, in any case, with or without hyphens and spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‐' | '‑' | '.' | '_'));
        let code: String = letters.map(|c| c.to_ascii_uppercase()).collect();
        let known = |byte| ALPHABET.contains(&byte);
        (code.len() == LENGTH && code.bytes().all(known)).then_some(Self(code))
    }

    /// A code as the database keeps it.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As the database keeps it.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// As people read it: `ABCD-2345`.
    pub fn shown(&self) -> String {
        let (head, tail) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        format!("{head}-{tail}")
    }
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, Code};

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let code = Code::parse("ABCD-2345").unwrap();

        for typed in ["abcd2345", " abcd 2345 ", "AbCd–2345", "ab-cd-23-45"] {
            assert_eq!(Code::parse(typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(code.shown(), "ABCD-2345");
        for typed in ["", "ABCD-234", "ABCD-23456", "ABCO-2345", "ÄBCD-2345"] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_use_the_whole_alphabet_and_differ() {
        let codes: Vec<_> = (0..200).map(|_| Code::make().unwrap()).collect();

        let used: std::collections::BTreeSet<_> = codes.iter().flat_map(|c| c.plain().bytes()).collect();
        assert_eq!(used.len(), ALPHABET.len());
        assert!(codes.iter().all(|c| Code::parse(&c.shown()) == Some(c.clone())));
        assert!((1..codes.len()).all(|at| codes[at] != codes[at - 1]));
    }
}
