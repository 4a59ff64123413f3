//! Handles: the names of stages in addresses.

use unicode_normalization::UnicodeNormalization;

use crate::app::Problem;

/// Fewest and most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=30;

/// Words that would look like a part of the house, or like its owner.
const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "agb",
    "anmelden",
    "api",
    "app",
    "assets",
    "billing",
    "blog",
    "contact",
    "controller",
    "css",
    "dashboard",
    "datenschutz",
    "demo-stage",
    "docs",
    "download",
    "embed",
    "error",
    "favicon",
    "feed",
    "feeds",
    "fonts",
    "gdpr",
    "healthz",
    "help",
    "hilfe",
    "home",
    "host",
    "hostmaster",
    "icons",
    "images",
    "impressum",
    "imprint",
    "index",
    "info",
    "js",
    "kiosk",
    "kontakt",
    "language",
    "legal",
    "litfass",
    "login",
    "logout",
    "mail",
    "mailer-daemon",
    "media",
    "me",
    "metrics",
    "moderator",
    "mqtt",
    "newsroom",
    "noreply",
    "nobody",
    "null",
    "oauth",
    "oembed",
    "official",
    "offiziell",
    "operator",
    "pages",
    "pair",
    "pairing",
    "platform",
    "postmaster",
    "presse",
    "press",
    "privacy",
    "public",
    "readyz",
    "register",
    "registrieren",
    "report",
    "robots",
    "root",
    "screen",
    "screens",
    "search",
    "security",
    "session",
    "sessions",
    "settings",
    "setup",
    "signup",
    "sitemap",
    "stage",
    "stages",
    "static",
    "status",
    "suche",
    "support",
    "system",
    "team",
    "terms",
    "test",
    "undefined",
    "user",
    "users",
    "webmaster",
    "widget",
    "widgets",
    "wellknown",
    "www",
];

/// A handle that can be used: 3 to 30 letters, digits and single hyphens, reserved by nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle(String);

impl Handle {
    /// Reads what somebody typed, with or without the `@`, in capitals or not.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let refuse = |key| Err(Problem { field: "handle", key });
        let text = text.trim();
        let handle = text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase();
        if !handle.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return refuse("stages.handle.letters");
        }
        if !LENGTH.contains(&handle.len()) {
            return refuse("stages.handle.length");
        }
        if handle.starts_with('-') || handle.ends_with('-') || handle.contains("--") {
            return refuse("stages.handle.hyphens");
        }
        let likeness = fold(&handle);
        if RESERVED.iter().any(|word| fold(word) == likeness) {
            return refuse("stages.handle.reserved");
        }
        Ok(Self(handle))
    }

    /// The handle, without `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What all handles that look like this one have in common.
    pub fn likeness(&self) -> String {
        fold(&self.0)
    }
}

/// A handle made of a name, not yet known to be free.
pub struct Suggestion(String);

impl Suggestion {
    /// The first is as it is, the others end in a number.
    pub fn numbered(&self, number: usize) -> String {
        if number < 2 {
            return self.0.clone();
        }
        let ending = format!("-{number}");
        let room = LENGTH.end() - ending.len();
        format!("{}{ending}", self.0.chars().take(room).collect::<String>().trim_end_matches('-'))
    }
}

/// Makes a handle of a name: `Museum für Käse` gives `museum-fuer-kaese`.
pub fn suggest(name: &str) -> Option<Suggestion> {
    let mut handle = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' => handle.push_str("ae"),
            'ö' => handle.push_str("oe"),
            'ü' => handle.push_str("ue"),
            'ß' => handle.push_str("ss"),
            'æ' => handle.push_str("ae"),
            'ø' => handle.push_str("oe"),
            '\'' | '’' => {}
            other => {
                // An accent falls away, any other character ends the word.
                let plain = other.nfd().next().filter(char::is_ascii_alphanumeric);
                match plain {
                    Some(plain) => handle.push(plain),
                    None if handle.ends_with('-') || handle.is_empty() => {}
                    None => handle.push('-'),
                }
            }
        }
    }
    let cut: String = handle.chars().take(*LENGTH.end()).collect();
    // Rather whole words than a cut one.
    let whole = if handle.len() > cut.len() && !handle[cut.len()..].starts_with('-') {
        cut.rsplit_once('-').map_or(cut.as_str(), |(words, _)| words)
    } else {
        &cut
    };
    let whole = if LENGTH.contains(&whole.trim_matches('-').len()) { whole } else { &cut };
    let whole = whole.trim_matches('-');
    LENGTH.contains(&whole.len()).then(|| Suggestion(whole.to_owned()))
}

/// Folds what the eye confuses: `mu5eum-0` and `museumo` give the same.
fn fold(handle: &str) -> String {
    let plain = handle.replace('-', "").replace("rn", "m").replace("vv", "w");
    plain
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | 'i' => 'l',
            '2' => 'z',
            '5' => 's',
            '8' => 'b',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Handle, suggest};

    fn refusal(handle: &str) -> &'static str {
        Handle::parse(handle).map_or_else(|problem| problem.key, |_| "")
    }

    #[test]
    fn a_handle_is_short_plain_and_nobody_elses_word() {
        for fine in ["museum", "@Museum", "a-b", "stadt-entenhausen-2", "123", &"a".repeat(30)] {
            assert_eq!(refusal(fine), "", "{fine}");
        }
        for (wrong, key) in [
            ("", "length"),
            ("ab", "length"),
            (&*"a".repeat(31), "length"),
            ("müller", "letters"),
            ("a b c", "letters"),
            ("a_b", "letters"),
            ("muѕeum", "letters"), // a Cyrillic letter
            ("-abc", "hyphens"),
            ("abc-", "hyphens"),
            ("a--b", "hyphens"),
            ("login", "reserved"),
            ("adm1n", "reserved"),
            ("1itfa5s", "reserved"),
            ("dash-board", "reserved"),
        ] {
            assert_eq!(refusal(wrong), format!("stages.handle.{key}"), "{wrong}");
        }
    }

    #[test]
    fn look_alikes_are_one() {
        let likeness = |handle| Handle::parse(handle).unwrap().likeness();
        for (one, other) in [("museum", "mu5eum"), ("bernau", "bemau"), ("wolke", "vvo1ke"), ("hall-o", "ha110")] {
            assert_eq!(likeness(one), likeness(other), "{one} {other}");
        }
        assert_ne!(likeness("museum"), likeness("museen"));
    }

    #[test]
    fn a_name_gives_a_handle_that_can_be_used() {
        let made = |name| suggest(name).map(|suggestion| suggestion.numbered(1)).unwrap_or_default();
        for (name, handle) in [
            ("Museum für Käse", "museum-fuer-kaese"),
            ("Crème brûlée & Söhne", "creme-brulee-soehne"),
            ("L'Été", "lete"),
            ("  Straße  --  2 ", "strasse-2"),
            ("Freiwillige Feuerwehr der Gemeinde Entenhausen am See", "freiwillige-feuerwehr-der"),
            ("Donaudampfschifffahrtsgesellschaftskapitän", "donaudampfschifffahrtsgesellsc"),
            ("日本", ""),
            ("ab", ""),
        ] {
            assert_eq!(made(name), handle, "{name}");
        }
        let long = suggest("Donaudampfschifffahrtsgesellschaftskapitän").unwrap().numbered(2);
        assert_eq!(long, "donaudampfschifffahrtsgesell-2");
        assert!(Handle::parse(&long).is_ok());
    }
}
