//! How everything looks: colours that can be read, sizes relative to the glass, durations.

use std::time::Duration;

use super::colour::Colour;

/// What drawings are made with; nobody else names a colour, a size or a duration.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The stage's name.
    pub name: String,
    /// Where to find it, short (`museum.example`).
    pub address: String,
    /// Its logo.
    pub logo: Option<shared::slides::Picture>,
    /// Behind everything.
    pub background: Colour,
    /// Text.
    pub ink: Colour,
    /// Text that may wait.
    pub quiet: Colour,
    /// Areas in the stage's colour, told apart from the background.
    pub accent: Colour,
    /// Text in the stage's colour.
    pub accent_ink: Colour,
    /// Text on an area in the stage's colour.
    pub on_accent: Colour,
    /// Lines that part.
    pub line: Colour,
    /// Tiles on the background.
    pub surface: Colour,
    /// Light modules of a QR code, and the card it stands on.
    pub paper: Colour,
    /// Dark modules of a QR code.
    pub print: Colour,
}

/// Least contrast of text: WCAG 2.2 (1.4.3) asks 4.5; the rest is for the shaded background.
const TEXT_CONTRAST: f32 = 5.2;
/// Least contrast of areas that carry meaning (WCAG 2.2, 1.4.11 asks 3; a stage's colour may be softer).
const AREA_CONTRAST: f32 = 1.6;

impl Look {
    /// Sizes of text in hundredths of the shorter side of a region, largest first: few,
    /// because each one keeps an atlas of its glyphs.
    pub const STEPS: &[f32] = &[26.0, 22.0, 18.0, 15.0, 13.0, 11.4, 10.0, 8.8, 7.8, 6.9, 6.1, 5.4, 4.8, 4.3, 3.8];
    /// Sizes of a headline and the text below it.
    pub const PAIRS: &[(f32, f32)] = &[
        (26.0, 8.8),
        (26.0, 6.9),
        (22.0, 7.8),
        (22.0, 6.1),
        (18.0, 6.9),
        (18.0, 5.4),
        (15.0, 6.1),
        (15.0, 5.4),
        (13.0, 6.1),
        (13.0, 5.4),
        (13.0, 4.8),
        (11.4, 5.4),
        (11.4, 4.8),
        (10.0, 5.4),
        (10.0, 4.8),
        (8.8, 4.8),
        (8.8, 4.3),
        (7.8, 4.8),
        (7.8, 4.3),
        (6.9, 4.3),
        (6.1, 4.3),
        (6.1, 3.8),
        (5.4, 3.8),
    ];
    /// The same for a text that is cut in any case: who wants the rest follows the QR code,
    /// so the beginning may as well be easy to read.
    pub const PAIR_CUT: (f32, f32) = (6.9, 4.8);
    /// Size of a text without a headline that is cut in any case.
    pub const STEP_CUT: f32 = 4.8;
    /// A text that would be smaller than this part of its size is set with a long word parted instead.
    pub const WORTH_PARTING: f32 = 0.5;
    /// From here on text is a headline: heavy, tight.
    pub const LOUD: f32 = 7.5;
    /// From here on it is a poster: tighter still.
    pub const POSTER: f32 = 12.5;
    /// More lines than this are no poster.
    pub const POSTER_LINES: usize = 3;
    /// Air that large letters carry on their left, in times their size.
    pub const BEARING: f32 = 0.045;
    /// Most lines of a headline above a text.
    pub const HEADLINE_LINES: usize = 6;
    /// How much smaller a line may be set before it is shortened.
    pub const SNUG: f32 = 0.62;
    /// Gap between a headline and its text, in times the size of the headline, and between these many
    /// hundredths of the shorter side of a region.
    pub const HEADLINE_GAP: (f32, f32, f32) = (0.4, 2.6, 5.0);
    /// Size of a line above a headline, in hundredths of the shorter side of a region.
    pub const EYEBROW: f32 = 3.4;
    /// Sizes of the two lines beside a QR code, in the same.
    pub const LABEL: (f32, f32) = (3.3, 2.7);
    /// How dense a shadow over a photo is where text begins, and at its end: there white can be read on white.
    pub const SCRIM: [f32; 2] = [0.74, 0.93];
    /// Largest glyphs in pixels: each of them costs an atlas of its own, four megabytes at most.
    pub const LARGEST_PIXELS: f32 = 1100.0;
    /// Longest line of running text, in times its size: about 65 characters.
    pub const MEASURE: f32 = 32.0;
    /// Margin, in parts of the shorter side of the display.
    pub const MARGIN: f32 = 0.055;
    /// Height of what stands in a header, at most, in parts of the shorter side of the display.
    pub const BAND: f32 = 0.085;
    /// How much of a header's height its band takes; sizes of what stands in it, in parts of the band.
    pub const BAND_PART: f32 = 0.56;
    /// The stage's name and the time.
    pub const BAND_TYPE: f32 = 0.62;
    /// Its address and the date.
    pub const BAND_SMALL: f32 = 0.38;
    /// Height of a capital letter or a digit, in times the size.
    pub const CAP: f32 = 0.727;
    /// Thickness of the line that says how far the day has come, in hundredths of the shorter side.
    pub const DAY_LINE: f32 = 0.9;
    /// Gap between pictures, in hundredths of the shorter side of a region.
    pub const GAP: f32 = 0.7;
    /// Gap between a picture and the text beside it, in the same.
    pub const GUTTER: f32 = 6.0;
    /// Rounding of corners, in the same.
    pub const RADIUS: f32 = 1.8;
    /// Side of a QR code, in the same.
    pub const CODE: f32 = 20.0;
    /// How much of a picture may be cut off so that it reaches the edges.
    pub const MOST_CUT: f32 = 0.33;
    /// How long a part of the display takes to give way to the next slide: longer than a third of a second, so that nothing flashes (WCAG 2.2, 2.3.1).
    pub const CHANGE: Duration = Duration::from_millis(600);
    /// How long before its time the next scene is made ready.
    pub const AHEAD: Duration = Duration::from_secs(4);

    /// The look a stage asks for, made legible.
    pub fn of(wish: &shared::programme::Look) -> Self {
        let background = Colour::parse(&wish.background).unwrap_or(HOUSE_BACKGROUND);
        let accent = Colour::parse(&wish.accent).unwrap_or(HOUSE_ACCENT);
        let mut look = Self::from_colours(background, accent);
        look.name = wish.name.clone();
        look.address = short_address(&wish.address);
        look.logo = wish.logo.clone();
        look
    }

    /// What is behind everything, from the top left to the bottom right corner: a breath of
    /// the stage's colour, if all text stays legible on it.
    pub fn backdrop(&self) -> [Colour; 2] {
        // Mixed into a colour that is one already, the accent would turn it grey.
        let tinted = match self.background.chroma() {
            0.03.. => self.background.brightened(if self.background.luminance() < 0.2 { 1.45 } else { 0.965 }),
            _ => self.background.towards(self.accent, 0.06),
        };
        let legible = [self.ink, self.quiet, self.accent_ink].iter().all(|ink| ink.contrast(tinted) >= 4.5);
        [self.background, if legible { tinted } else { self.background }]
    }

    /// The look of a kiosk that belongs to nobody yet.
    pub fn house() -> Self {
        Self::from_colours(HOUSE_BACKGROUND, HOUSE_ACCENT)
    }

    fn from_colours(background: Colour, accent: Colour) -> Self {
        let far = background.opposite();
        // A touch of the background in the ink is easier on the eye than pure black and white.
        let ink = far.towards(background, 0.06).legible_on(background, TEXT_CONTRAST);
        let accent_area = accent.legible_on(background, AREA_CONTRAST);
        let best = accent_area.opposite();
        // White is the livelier choice on a strong colour, as long as it can be read.
        let on_accent = if Colour::WHITE.contrast(accent_area) >= 4.5 { Colour::WHITE } else { best };
        Self {
            name: String::new(),
            address: String::new(),
            logo: None,
            background,
            ink,
            quiet: ink.towards(background, 0.36).legible_on(background, TEXT_CONTRAST),
            accent: accent_area,
            accent_ink: accent.legible_on(background, TEXT_CONTRAST),
            on_accent: on_accent.legible_on(accent_area, 4.5),
            line: background.towards(ink, 0.16),
            surface: background.towards(ink, 0.1),
            paper: Colour::WHITE,
            print: Colour::BLACK,
        }
    }
}

const HOUSE_BACKGROUND: Colour = Colour { red: 0.055, green: 0.075, blue: 0.125, alpha: 1.0 };
const HOUSE_ACCENT: Colour = Colour { red: 1.0, green: 0.76, blue: 0.24, alpha: 1.0 };

/// An address as people say it: no scheme, no `www.`, no trailing slash.
pub fn short_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Colour, Look, short_address};

    #[test]
    fn text_can_be_read_whatever_the_stage_wishes() {
        let colours = ["#ffffff", "#000000", "#777777", "#ff0000", "#ffee00", "#0047ab", "#0e1320", "#f4efe6", "x"];
        for background in colours {
            for accent in colours {
                let wish = shared::programme::Look {
                    name: String::new(),
                    handle: String::new(),
                    address: String::new(),
                    accent: accent.into(),
                    background: background.into(),
                    logo: None,
                };

                let look = Look::of(&wish);

                for behind in look.backdrop() {
                    let on = [look.ink, look.quiet, look.accent_ink].map(|ink| ink.contrast(behind));
                    assert!(on.iter().all(|contrast| *contrast >= 4.5), "{accent} on {background}: {on:?}");
                }
                assert!(look.on_accent.contrast(look.accent) >= 4.5, "on {accent}");
            }
        }
        assert_eq!(Look::house().paper, Colour::WHITE);
    }

    #[test]
    fn addresses_are_short() {
        assert_eq!(short_address("https://www.museum.example/@lw/?a=b"), "museum.example/@lw");
        assert_eq!(short_address("museum.example"), "museum.example");
    }
}
