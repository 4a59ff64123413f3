//! The form an editor fills in for a slide, as data.

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Key in the stored slide and in the translations (`slides.announcement.headline`).
    pub name: &'static str,
    /// Which control the form shows.
    pub input: Input,
}

/// Controls a form can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text of at most this many characters.
    Line(usize),
    /// Several lines of text of at most this many characters.
    Text(usize),
    /// A whole number between two bounds, both included.
    Number(i64, i64),
    /// Yes or no.
    Switch,
    /// One of some stable names.
    Choice(&'static [&'static str]),
    /// A picture or a film from the media library.
    Media,
}
