//! The widget: how a stage is shown on other people's pages, as its owner sets it up.

use crate::tools::words::Language;

/// Posts where nobody says how many.
pub const USUAL: usize = 12;
/// Most posts.
pub const MOST: usize = 60;
/// Heights of frames, in pixels.
const HEIGHTS: std::ops::RangeInclusive<u32> = 200..=4_000;

/// How the posts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Cards side by side, row by row.
    #[default]
    Grid,
    /// One below the other.
    List,
    /// A row to leaf through.
    Carousel,
    /// Cards as high as what is in them.
    Masonry,
}

impl Layout {
    /// Every layout, in the order in which it is offered.
    pub const ALL: [Self; 4] = [Self::Grid, Self::List, Self::Carousel, Self::Masonry];

    /// Its name in addresses and attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::List => "list",
            Self::Carousel => "carousel",
            Self::Masonry => "masonry",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the visitor's device wants it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in addresses and attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How a stage is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// How the posts stand.
    pub layout: Layout,
    /// Slug of the topic whose posts these are; `None` for all.
    pub topic: Option<String>,
    /// Most posts.
    pub count: usize,
    /// Light or dark.
    pub theme: Theme,
    /// Language of what it says itself; `None` for that of the page around it, else of the stage.
    pub language: Option<Language>,
    /// Height in pixels; `None` for as high as it gets.
    pub height: Option<u32>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            layout: Layout::default(),
            topic: None,
            count: USUAL,
            theme: Theme::default(),
            language: None,
            height: None,
        }
    }
}

impl Setup {
    /// Reads what stands in an address. What cannot be read is as if it were not there: the page that it stands on was
    /// written long ago, and shows posts all the same.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut setup = Self::default();
        for (name, value) in pairs {
            match name {
                "layout" => setup.layout = find(&Layout::ALL, Layout::name, value),
                "theme" => setup.theme = find(&Theme::ALL, Theme::name, value),
                "topic" => setup.topic = Some(value.to_owned()).filter(|slug| !slug.is_empty()),
                "count" => setup.count = value.parse().map_or(USUAL, |count: usize| count.clamp(1, MOST)),
                "language" => setup.language = Language::find(value),
                "height" => setup.height = value.parse().ok().filter(|height| HEIGHTS.contains(height)),
                _ => {}
            }
        }
        setup
    }

    /// What differs from the usual, by its names in addresses and attributes.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = vec![("layout", self.layout.name().to_owned())];
        pairs.extend(self.topic.clone().map(|slug| ("topic", slug)));
        if self.count != usual.count {
            pairs.push(("count", self.count.to_string()));
        }
        if self.theme != usual.theme {
            pairs.push(("theme", self.theme.name().to_owned()));
        }
        pairs.extend(self.language.map(|language| ("language", language.code().to_owned())));
        pairs.extend(self.height.map(|height| ("height", height.to_string())));
        pairs
    }
}

fn find<T: Copy + Default>(all: &[T], name: impl Fn(T) -> &'static str, wanted: &str) -> T {
    all.iter().copied().find(|one| name(*one) == wanted).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Layout, Setup, Theme};
    use crate::tools::words::Language;

    #[test]
    fn what_is_read_is_what_was_written() {
        let setup = Setup {
            layout: Layout::Carousel,
            topic: Some("baeder".into()),
            count: 7,
            theme: Theme::Dark,
            language: Some(Language::De),
            height: Some(640),
        };
        for setup in [setup, Setup::default()] {
            let pairs = setup.pairs();
            assert_eq!(Setup::read(pairs.iter().map(|(name, value)| (*name, value.as_str()))), setup);
        }
    }

    #[test]
    fn nonsense_is_as_good_as_nothing() {
        let odd = [
            ("layout", "spiral"),
            ("count", "many"),
            ("theme", "<"),
            ("language", "tlh"),
            ("height", "1e9"),
            ("x", ""),
        ];
        assert_eq!(Setup::read(odd), Setup::default());
        assert_eq!(Setup::read([("count", "0")]).count, 1);
        assert_eq!(Setup::read([("count", "100000")]).count, super::MOST);
        assert_eq!(Setup::read([("height", "5")]).height, None);
    }
}
