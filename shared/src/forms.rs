//! The form an editor fills in for a slide, as data.

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Key in the stored slide and in the translations (`slides.announcement.headline`).
    pub name: &'static str,
    /// Which control the form shows.
    pub input: Input,
}

/// Controls a form can show, and what each puts into the slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text of at most this many characters.
    Line(usize),
    /// Several lines of text of at most this many characters.
    Text(usize),
    /// A web address; becomes text, empty or with `https://` or `http://` before it.
    Address,
    /// A whole number between two bounds, both included.
    Number(i64, i64),
    /// Yes or no.
    Switch,
    /// One of some stable names; the first is chosen for a new slide.
    Choice(&'static [&'static str]),
    /// A date and a time in the venue's time zone; becomes milliseconds since 1970, 0 for none.
    Moment,
    /// Opening times of a week: seven texts, Monday first, as `09:00–12:30, 14:00–18:00`, empty for closed.
    Week,
    /// A topic of the stage; becomes its id, empty for all posts.
    Topic,
    /// A picture; becomes a [`crate::slides::Picture`] or null.
    Picture,
    /// Pictures in an order; becomes a list of them.
    Pictures,
    /// A film; becomes a [`crate::slides::Film`]'s file or null.
    Film,
    /// A PDF; becomes a list of pictures of its pages.
    Document,
}
