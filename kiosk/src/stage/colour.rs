//! Colours and how well they can be told apart (WCAG 2.2 contrast).

use bevy::color::{Color, Srgba};

/// A colour in sRGB, each part from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red.
    pub red: f32,
    /// Green.
    pub green: f32,
    /// Blue.
    pub blue: f32,
    /// How much it covers what is behind it.
    pub alpha: f32,
}

impl Colour {
    /// Nothing is lighter.
    pub const WHITE: Self = Self::grey(1.0);
    /// Nothing is darker.
    pub const BLACK: Self = Self::grey(0.0);

    const fn grey(value: f32) -> Self {
        Self { red: value, green: value, blue: value, alpha: 1.0 }
    }

    /// Reads `#rrggbb` or `#rgb`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            _ => digits.to_owned(),
        };
        let [red, green, blue] = shared::hex::decode::<3>(&long)?.map(|part| f32::from(part) / 255.0);
        Some(Self { red, green, blue, alpha: 1.0 })
    }

    /// Goes a part of the way (0 to 1) to another colour.
    #[must_use]
    pub fn towards(self, other: Self, part: f32) -> Self {
        let step = |from: f32, to: f32| from + (to - from) * part;
        Self {
            red: step(self.red, other.red),
            green: step(self.green, other.green),
            blue: step(self.blue, other.blue),
            alpha: step(self.alpha, other.alpha),
        }
    }

    /// The same colour, covering less.
    #[must_use]
    pub fn faint(self, alpha: f32) -> Self {
        Self { alpha, ..self }
    }

    /// How far it is from grey, from 0 to 1.
    pub fn chroma(self) -> f32 {
        self.red.max(self.green).max(self.blue) - self.red.min(self.green).min(self.blue)
    }

    /// The same hue with more or less light.
    #[must_use]
    pub fn brightened(self, factor: f32) -> Self {
        let part = |part: f32| (part * factor).min(1.0);
        Self { red: part(self.red), green: part(self.green), blue: part(self.blue), alpha: self.alpha }
    }

    /// How light it is, from 0 to 1, as eyes see it.
    pub fn luminance(self) -> f32 {
        let linear = |part: f32| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast between two colours, from 1 (none) to 21 (black on white).
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// Moves as little as possible towards white or black until it stands out from `behind` by at least `contrast`.
    #[must_use]
    pub fn legible_on(self, behind: Self, contrast: f32) -> Self {
        let goal = behind.opposite();
        (0..=50)
            .map(|step| self.towards(goal, step as f32 / 50.0))
            .find(|colour| colour.contrast(behind) >= contrast)
            .unwrap_or(goal)
    }

    /// White or black, whichever stands out more.
    #[must_use]
    pub fn opposite(self) -> Self {
        if Self::WHITE.contrast(self) >= Self::BLACK.contrast(self) { Self::WHITE } else { Self::BLACK }
    }
}

impl From<Colour> for Color {
    fn from(colour: Colour) -> Self {
        Srgba::new(colour.red, colour.green, colour.blue, colour.alpha).into()
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 0.01);
        let grey = Colour::parse("#777777").unwrap();
        assert!((grey.contrast(Colour::WHITE) - 4.48).abs() < 0.01);
        assert_eq!(Colour::parse("#abc"), Colour::parse("#aabbcc"));
        assert_eq!(Colour::parse("red"), None);
    }

    #[test]
    fn every_colour_can_be_made_legible_on_every_other() {
        let parts = [0.0, 0.2, 0.45, 0.5, 0.55, 0.8, 1.0];
        let all: Vec<_> = parts
            .iter()
            .flat_map(|&red| parts.iter().map(move |&green| (red, green)))
            .flat_map(|(red, green)| parts.iter().map(move |&blue| Colour { red, green, blue, alpha: 1.0 }))
            .collect();

        for behind in &all {
            for colour in &all {
                assert!(colour.legible_on(*behind, 4.5).contrast(*behind) >= 4.5, "{colour:?} on {behind:?}");
            }
        }
    }
}
