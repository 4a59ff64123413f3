//! Slide types: what can stand in a region. One more is one file and one line.

mod files;
mod material;

pub use files::{FilmFile, Focus, Picture};
pub use material::{Day, Event, Material, Outlook, Sky, Want};
use serde::{Deserialize, Serialize};

use crate::{forms::Field, programme::Medium};

/// What a slide type tells the editor and the programme.
pub trait SlideType: Sized {
    /// Stable name in the database, on the wire and in the translations.
    const NAME: &'static str;
    /// The form an editor fills in; empty when there is nothing to choose.
    const FORM: &'static [Field];
    /// Where an editor finds it; `None` for what only other slides turn into.
    const SHELF: Option<Shelf>;
    /// Every file the slide needs before it can be shown.
    fn media(&self) -> Vec<Medium> {
        Vec::new()
    }
    /// How long a passer-by needs to take it in, in milliseconds.
    fn reading_millis(&self) -> u64;
    /// From when on there is nothing of it to show any more, in milliseconds since 1970: a playlist leaves it out then.
    fn ends_at(&self) -> Option<i64> {
        None
    }
    /// Addresses that are drawn as QR codes, for displays that cannot make them.
    fn codes(&self) -> Vec<&str> {
        Vec::new()
    }
    /// What the controller must find out before the slide can be shown.
    fn wants(&self) -> Option<Want> {
        None
    }
    /// What it becomes with what was found out, each with a key of its own where there are several; nothing when there
    /// is nothing to show.
    fn filled(self, _material: &Material) -> Vec<(String, Slide)> {
        alone(self.into_slide())
    }
    /// The same as any slide.
    fn into_slide(self) -> Slide;
}

/// Where an editor finds a slide type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What was published.
    Posts,
    /// Pictures, films, documents.
    Media,
    /// What somebody says.
    Words,
    /// What is found out by itself.
    Live,
    /// Parts of a layout and tools.
    Parts,
}

/// A slide that becomes itself alone.
pub(crate) fn alone(slide: Slide) -> Vec<(String, Slide)> {
    vec![(String::new(), slide)]
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
            /// Every file the slide needs before it can be shown.
            pub fn media(&self) -> Vec<Medium> {
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

            /// From when on there is nothing of it to show any more, in milliseconds since 1970.
            pub fn ends_at(&self) -> Option<i64> {
                match self {
                    $(Self::$type(slide) => slide.ends_at(),)*
                    Self::Unknown => None,
                }
            }

            /// Addresses that are drawn as QR codes.
            pub fn codes(&self) -> Vec<&str> {
                match self {
                    $(Self::$type(slide) => slide.codes(),)*
                    Self::Unknown => Vec::new(),
                }
            }

            /// What the controller must find out before the slide can be shown.
            pub fn wants(&self) -> Option<Want> {
                match self {
                    $(Self::$type(slide) => slide.wants(),)*
                    Self::Unknown => None,
                }
            }

            /// What it becomes with what was found out, see [`SlideType::filled`].
            pub fn filled(self, material: &Material) -> Vec<(String, Slide)> {
                match self {
                    $(Self::$type(slide) => slide.filled(material),)*
                    Self::Unknown => Vec::new(),
                }
            }

            /// Stable name of its type.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$type(_) => $type::NAME,)*
                    Self::Unknown => "unknown",
                }
            }
        }

        /// Every slide type, in the editor's order.
        pub const TYPES: &[Type] = &[$(Type { name: $type::NAME, form: $type::FORM, shelf: $type::SHELF }),*];
    };
}

/// A slide type, as an editor sees it.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Stable name.
    pub name: &'static str,
    /// Its form.
    pub form: &'static [Field],
    /// Where it is found, if it can be chosen.
    pub shelf: Option<Shelf>,
}

slides! {
    posts: Posts,
    post: Post,
    photo: Photo,
    photos: Photos,
    film: Film,
    document: Document,
    announcement: Announcement,
    events: Events,
    hours: Hours,
    countdown: Countdown,
    weather: Weather,
    wall: Wall,
    qr: Qr,
    page: Page,
    ticker: Ticker,
    clock: Clock,
    header: Header,
    test_card: TestCard,
}

/// Time to read a text of so many characters at an easy pace: people read about
/// 15 characters a second from afar, and need 4 seconds to notice and settle.
pub(crate) fn millis_to_read(characters: usize) -> u64 {
    (4_000 + characters as u64 * 1_000 / 15).clamp(8_000, 40_000)
}

/// How many characters some texts have.
pub(crate) fn characters<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(|text| text.chars().count()).sum()
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
        for kind in TYPES {
            let text = format!(r#"{{"kind":"{}"}}"#, kind.name);
            assert_ne!(serde_json::from_str::<Slide>(&text).ok(), Some(Slide::Unknown), "{}", kind.name);
        }
    }

    #[test]
    fn what_can_be_chosen_needs_no_more_than_its_name() {
        for kind in TYPES.iter().filter(|kind| kind.shelf.is_some()) {
            let slide: Slide = serde_json::from_str(&format!(r#"{{"kind":"{}"}}"#, kind.name)).unwrap();
            assert_eq!(slide.name(), kind.name);
        }
    }
}
