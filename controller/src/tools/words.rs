//! Texts for people, in their language, from `assets/translations`.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    #[default]
    En,
}

impl Language {
    /// Every language, in the order the switch shows them.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The code in cookies, addresses and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// What the language calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::De => "Deutsch",
            Self::En => "English",
        }
    }

    /// Reads a code such as `de` or `en-GB`; `None` for a language we do not speak.
    pub fn find(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|l| primary.eq_ignore_ascii_case(l.code()))
    }

    /// Best match for an `Accept-Language` header (RFC 9110, section 12.5.4).
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0, Self::default());
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::find) else { continue };
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../assets/translations"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 2]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks around values would end up in attributes and mails.
    bundle.set_use_isolating(false);
    for path in Files::iter().filter(|path| path.starts_with(language.code())) {
        let Some(file) = Files::get(&path) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(good, errors)| {
            tracing::error!("translations {path}: {errors:?}");
            good
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!("translations {path}: {errors:?}");
        }
    }
    bundle
}

/// Says a text: `say(De, "topics.name.taken", &[])`. The key itself where no text is
/// known, which the tests do not allow to happen.
pub fn say(language: Language, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
    let bundle = &BUNDLES[Language::ALL.iter().position(|l| *l == language).unwrap_or(0)];
    let id: Cow<'_, str> = if key.contains('.') { key.replace('.', "-").into() } else { key.into() };
    let Some(pattern) = bundle.get_message(&id).and_then(|m| m.value()) else {
        tracing::error!("no text for {key} in {}", language.code());
        return key.to_owned();
    };
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, value.clone());
    }
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// A file of texts as it is written (`kiosk/de.ftl`); empty when there is none.
pub fn source(path: &str) -> String {
    Files::get(path).map_or_else(String::new, |file| String::from_utf8_lossy(&file.data).into_owned())
}

/// Whether there is a text for a key.
pub fn knows(language: Language, key: &str) -> bool {
    let bundle = &BUNDLES[Language::ALL.iter().position(|l| *l == language).unwrap_or(0)];
    bundle.has_message(&key.replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_best_accepted_language_is_spoken() {
        assert_eq!(Language::accepted("fr, en;q=0.5, de-AT;q=0.7"), Language::De);
        assert_eq!(Language::accepted("en-GB,en;q=0.9,de;q=0.8"), Language::En);
        assert_eq!(Language::accepted("tlh"), Language::En);
        assert_eq!(Language::accepted(""), Language::En);
    }
}
