//! What a display says by itself, in the languages of the house.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// One language.
pub struct Words {
    /// Its short name (`de`).
    pub language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::read("en", include_str!("../../../assets/translations/kiosk/en.ftl")));
static GERMAN: LazyLock<Words> =
    LazyLock::new(|| Words::read("de", include_str!("../../../assets/translations/kiosk/de.ftl")));

impl Words {
    /// The words of a language (`de`, `de-AT`); English for one that is not spoken here.
    pub fn of(language: &str) -> &'static Self {
        match language.split(['-', '_']).next() {
            Some("de") => &GERMAN,
            _ => &ENGLISH,
        }
    }

    /// Says something; the key itself if there is no word for it.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Says something with values in it.
    pub fn say_with(&self, key: &str, values: &[(&str, FluentValue<'static>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs = values.iter().cloned().collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Whether there is a word for a key.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn read(language: &'static str, text: &str) -> Self {
        let locale: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolation marks are for plain text; here every paragraph finds its own direction.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, errors)| {
            tracing::error!("read words of {language}: {} entries are wrong", errors.len());
            partial
        });
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }
}

#[cfg(test)]
mod tests {
    use fluent_bundle::FluentResource;

    use super::Words;

    fn keys(text: &str) -> Vec<String> {
        let resource = FluentResource::try_new(text.to_owned()).unwrap();
        assert!(resource.entries().count() > 0);
        let lines =
            text.lines().filter_map(|line| line.split_once(" =").filter(|(key, _)| !key.starts_with([' ', '#'])));
        lines.map(|(key, _)| key.to_owned()).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let english = keys(include_str!("../../../assets/translations/kiosk/en.ftl"));
        let german = keys(include_str!("../../../assets/translations/kiosk/de.ftl"));

        assert_eq!(english, german);
        for key in english {
            assert!(Words::of("de").knows(&key) && Words::of("en").knows(&key), "{key}");
        }
    }

    #[test]
    fn numbers_take_their_plural() {
        let german = Words::of("de-AT");

        assert_eq!(german.say_with("minutes-ago", &[("minutes", 1.into())]), "vor 1 Minute");
        assert_eq!(german.say_with("minutes-ago", &[("minutes", 5.into())]), "vor 5 Minuten");
        assert_eq!(Words::of("fr").language, "en");
        assert_eq!(german.say("no-such-word"), "no-such-word");
    }
}
