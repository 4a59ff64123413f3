//! Slide types: what can stand in a region. One more is one file and one line.

use serde::{Deserialize, Serialize};

use crate::forms::Field;

/// What a slide type tells the editor and the programme.
pub trait SlideType {
    /// Stable name in the database, on the wire and in the translations.
    const NAME: &'static str;
    /// The form an editor fills in; empty when there is nothing to choose.
    const FORM: &'static [Field];
    /// Every picture and film the slide needs before it can be shown.
    fn media(&self) -> Vec<&Picture> {
        Vec::new()
    }
    /// How long a passer-by needs to take it in, in milliseconds.
    fn reading_millis(&self) -> u64;
}

/// One picture, named by what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// SHA-256 of the file, hexadecimal; also its address, `/media/<sha256>`.
    pub sha256: String,
    /// Length of the file in bytes.
    pub length: u64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is to be seen, in words; empty when nobody said.
    #[serde(default)]
    pub alt: String,
}

macro_rules! slides {
    ($($module:ident: $type:ident),* $(,)?) => {
        $(mod $module;)*
        $(pub use $module::$type;)*

        /// Any slide.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Slide {
            $(#[doc = concat!("See [`", stringify!($type), "`].")] $type($type),)*
            /// A type this version does not know; the slide before it stays on.
            #[serde(other)]
            Unknown,
        }

        impl Slide {
            /// Every picture and film the slide needs before it can be shown.
            pub fn media(&self) -> Vec<&Picture> {
                match self {
                    $(Self::$type(slide) => slide.media(),)*
                    Self::Unknown => Vec::new(),
                }
            }

            /// How long a passer-by needs to take it in, in milliseconds.
            pub fn reading_millis(&self) -> u64 {
                match self {
                    $(Self::$type(slide) => slide.reading_millis(),)*
                    Self::Unknown => 0,
                }
            }
        }

        /// Name and form of every slide type, in the editor's order.
        pub const TYPES: &[(&str, &[Field])] = &[$((<$type as SlideType>::NAME, <$type as SlideType>::FORM)),*];
    };
}

slides! {
    post: Post,
    announcement: Announcement,
    header: Header,
    clock: Clock,
}

/// Time to read a text of so many characters at an easy pace: people read about
/// 15 characters a second from afar, and need 4 seconds to notice and settle.
pub(crate) fn millis_to_read(characters: usize) -> u64 {
    (4_000 + characters as u64 * 1_000 / 15).clamp(8_000, 40_000)
}

#[cfg(test)]
mod tests {
    use super::{Slide, TYPES};

    #[test]
    fn an_old_player_skips_a_new_type() {
        let slide: Slide = serde_json::from_str(r#"{"kind":"hologram","depth":3}"#).unwrap();

        assert_eq!(slide, Slide::Unknown);
    }

    #[test]
    fn names_are_what_the_wire_says() {
        for (name, _) in TYPES {
            let text = format!(r#"{{"kind":"{name}"}}"#);
            assert_ne!(serde_json::from_str::<Slide>(&text).ok(), Some(Slide::Unknown), "{name}");
        }
    }
}
