//! Colours and whether one can be read on another (WCAG 2.2, section 1.4.3).

use std::fmt;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Least contrast for text.
pub const READABLE: f64 = 4.5;

const WHITE: Colour = Colour::new(255, 255, 255);
/// Pure black: with anything lighter there are colours on which neither it nor white reaches [`READABLE`].
const INK: Colour = Colour::new(0, 0, 0);

impl Colour {
    /// A colour of its parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#rrggbb`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let [red, green, blue] = shared::hex::decode::<3>(text.strip_prefix('#')?)?;
        Some(Self::new(red, green, blue))
    }

    /// Reads what a person typed: `#rrggbb`, `rrggbb` or `#rgb`.
    pub fn typed(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches('#');
        if digits.chars().count() != 3 {
            return Self::parse(&format!("#{digits}"));
        }
        Self::parse(&digits.chars().fold("#".to_owned(), |long, digit| format!("{long}{digit}{digit}")))
    }

    /// Contrast with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > two { one / two } else { two / one }
    }

    /// White or black, whichever reads better on this colour; one of them always does.
    pub fn ink(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(INK) { WHITE } else { INK }
    }

    /// This colour, made darker or lighter until it can be read on another.
    pub fn readable_on(self, ground: Self) -> Self {
        let towards = ground.ink();
        let steps = (0..=20).map(|step| self.mixed(towards, f64::from(step) / 20.0));
        steps.into_iter().find(|c| c.contrast(ground) >= READABLE).unwrap_or(towards)
    }

    fn mixed(self, other: Self, share: f64) -> Self {
        // A mix of two bytes is a byte.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between the two")]
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self::new(mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue))
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, INK, READABLE, WHITE};

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((WHITE.contrast(Colour::new(0, 0, 0)) - 21.0).abs() < 0.01);
        assert!((WHITE.contrast(Colour::new(0x76, 0x76, 0x76)) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_colour_gets_ink_that_can_be_read_and_becomes_readable_itself() {
        for step in 0..=u8::MAX {
            let colour = Colour::new(step, step.wrapping_mul(7), step.wrapping_mul(31));
            assert!(colour.ink().contrast(colour) >= READABLE, "{colour}");
            assert!(colour.readable_on(WHITE).contrast(WHITE) >= READABLE, "{colour}");
            assert!(colour.readable_on(INK).contrast(INK) >= READABLE, "{colour}");
        }
    }

    #[test]
    fn people_may_leave_something_out() {
        let typed = |text| Colour::typed(text).map(|colour| colour.to_string()).unwrap_or_default();
        for (text, colour) in [(" #AbC ", "#aabbcc"), ("d43d1a", "#d43d1a"), ("#D43D1A", "#d43d1a")] {
            assert_eq!(typed(text), colour, "{text}");
        }
        for wrong in ["", "#", "red", "#12345", "#1234567", "#ggg", "#é1e", "ééé"] {
            assert_eq!(typed(wrong), "", "{wrong}");
        }
    }

    #[test]
    fn only_whole_colours_are_read() {
        assert_eq!(Colour::parse("#1f4FBF").unwrap().to_string(), "#1f4fbf");
        assert!(["1f4fbf", "#fff", "#1f4fbg", "red", "#1f4fbf;}"].iter().all(|t| Colour::parse(t).is_none()));
    }
}
