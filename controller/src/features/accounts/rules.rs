//! What may be typed about a person, an institution and a password.

use std::{collections::HashSet, sync::LazyLock};

use crate::app::Problem;

type Parsed<T> = Result<T, Problem>;

/// First or last name.
#[derive(Debug)]
pub struct PersonName(pub(super) String);

impl PersonName {
    /// One to 100 characters on one line.
    pub fn parse(field: &'static str, text: &str) -> Parsed<Self> {
        line(text, 100).map(Self).ok_or(Problem { field, key: "accounts.name.invalid" })
    }
}

/// Name of an institution.
#[derive(Debug)]
pub struct Institution(pub(super) String);

impl Institution {
    /// One to 120 characters on one line.
    pub fn parse(text: &str) -> Parsed<Self> {
        line(text, 120).map(Self).ok_or(Problem { field: "institution", key: "accounts.institution.invalid" })
    }
}

/// Telephone number, if any.
#[derive(Debug)]
pub struct Phone(pub(super) Option<String>);

impl Phone {
    /// Nothing, or 3 to 20 digits with what people write between them.
    pub fn parse(text: &str) -> Parsed<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self(None));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let fits = text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
        if fits && (3..=20).contains(&digits) && text.len() <= 40 {
            Ok(Self(Some(text.to_owned())))
        } else {
            Err(Problem { field: "phone", key: "accounts.phone.invalid" })
        }
    }
}

/// Mail address in lower case.
#[derive(Debug, PartialEq)]
pub struct Mail(pub(super) String);

impl Mail {
    /// Something, an `@`, and a host with a dot. Whether it exists only a mail can tell.
    pub fn parse(text: &str) -> Parsed<Self> {
        let mail = text.trim().to_lowercase();
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"@".contains(c);
        let fits = mail.rsplit_once('@').is_some_and(|(name, host)| {
            let labels = || host.split('.');
            (1..=64).contains(&name.len())
                && !name.contains(odd)
                && labels().count() > 1
                && labels().all(|label| {
                    (1..=63).contains(&label.len())
                        && !label.starts_with('-')
                        && !label.ends_with('-')
                        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                })
        });
        if fits && mail.len() <= 254 {
            Ok(Self(mail))
        } else {
            Err(Problem { field: "mail", key: "accounts.mail.invalid" })
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that may be chosen; cannot be printed.
pub struct Password(zeroize::Zeroizing<String>);

/// Fewest characters.
const SHORTEST: usize = 8;
/// Most characters; only there so that nobody makes us hash a book.
const LONGEST: usize = 1_000;

const LIST: &str = include_str!("common_passwords.txt");

/// Common in German, which the list is not.
const GERMAN: &[&str] = &[
    "passwort",
    "passwort1",
    "passwort123",
    "qwertzuiop",
    "qwertz123",
    "qwertzui",
    "hallo123",
    "hallo1234",
    "hallohallo",
    "schalke04",
    "dortmund",
    "borussia",
    "bayernmuenchen",
    "fcbayern",
    "schatzi1",
    "ichliebedich",
    "geheim123",
    "sonnenschein",
    "sommer123",
    "frankfurt",
    "hamburg1",
    "deutschland",
    "schmetterling",
    "test1234",
    "admin123",
    "willkommen",
    "willkommen1",
    "changeme",
    "litfass1",
    "litfass123",
];

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.starts_with('#')).chain(GERMAN.iter().copied()).collect());

impl Password {
    /// At least eight characters, not one that everybody tries, and not what everybody knows of its owner. It is
    /// taken exactly as typed.
    pub fn parse(field: &'static str, text: &str, own: &[&str]) -> Parsed<Self> {
        let refuse = |key| Err(Problem { field, key });
        let length = text.chars().count();
        if length < SHORTEST {
            return refuse("accounts.password.short");
        }
        if length > LONGEST {
            return refuse("accounts.password.long");
        }
        let low = text.to_lowercase();
        let one_letter = low.chars().all(|c| low.starts_with(c));
        if one_letter || COMMON.contains(low.as_str()) {
            return refuse("accounts.password.common");
        }
        if own.iter().map(|known| known.trim().to_lowercase()).any(|known| !known.is_empty() && known == low) {
            return refuse("accounts.password.own");
        }
        Ok(Self(zeroize::Zeroizing::new(text.to_owned())))
    }

    /// The password.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One line of text without what cannot be seen.
fn line(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let length = text.chars().count();
    ((1..=most).contains(&length) && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{COMMON, Mail, Password, PersonName, Phone};

    fn refusal(password: &str) -> &'static str {
        Password::parse("password", password, &["erika@museum.example", "Museum Entenhausen"])
            .map_or_else(|p| p.key, |_| "")
    }

    #[test]
    fn a_password_is_long_enough_uncommon_and_not_about_its_owner() {
        assert!(COMMON.len() >= 3_000);
        assert_eq!(refusal("1234567"), "accounts.password.short");
        assert_eq!(refusal("😀😀😀😀😀😀😀"), "accounts.password.short");
        for common in ["password", "PassWord", "passwort123", "aaaaaaaaaaaa", "        ", "1qaz2wsx"] {
            assert_eq!(refusal(common), "accounts.password.common", "{common}");
        }
        assert_eq!(refusal("Erika@Museum.example"), "accounts.password.own");
        assert_eq!(refusal("museum entenhausen"), "accounts.password.own");
        for fine in ["zwölf Enten", " blank in front", "correct horse battery staple", &"xy".repeat(64)] {
            assert_eq!(refusal(fine), "", "{fine}");
        }
        assert_eq!(refusal(&"xy".repeat(501)), "accounts.password.long");
    }

    #[test]
    fn a_mail_address_has_a_name_and_a_host() {
        assert_eq!(Mail::parse(" Erika@Museum.Example ").unwrap().as_str(), "erika@museum.example");
        assert!(Mail::parse("jörg+wand@käse.example").is_ok());
        for wrong in
            ["", "@", "a@", "@b.c", "a@b", "a b@c.de", "a@b@c.de", "a@-b.de", "a@b..de", "a\n@b.de", "<a@b.de>"]
        {
            assert_eq!(Mail::parse(wrong).unwrap_err().key, "accounts.mail.invalid", "{wrong}");
        }
    }

    #[test]
    fn names_and_numbers_are_taken_as_people_write_them() {
        assert!(PersonName::parse("first_name", "Nguyễn Thị").is_ok());
        assert!(PersonName::parse("first_name", "  ").is_err());
        assert!(PersonName::parse("first_name", "a\u{0}b").is_err());
        for number in ["", "+49 (0)30 / 123-45", "112"] {
            assert!(Phone::parse(number).is_ok(), "{number}");
        }
        for wrong in ["12", "ring me", "+49 30 1234567890123456789012"] {
            assert!(Phone::parse(wrong).is_err(), "{wrong}");
        }
    }
}
