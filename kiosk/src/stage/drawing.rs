//! What is to be drawn, as data: it can be compared, tested, and made ready ahead of time.

use super::{colour::Colour, frame::Frame, live::Live};

/// A whole display.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width of the content in pixels.
    pub width: u32,
    /// Height of the content in pixels.
    pub height: u32,
    /// Behind everything, from the top left to the bottom right corner.
    pub backdrop: [Colour; 2],
    /// Parts of it, back to front, each cut at its frame.
    pub parts: Vec<Part>,
}

/// A part that nothing in it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where it stands.
    pub frame: Frame,
    /// What is in it, back to front.
    pub pieces: Vec<Piece>,
}

impl Part {
    /// The same, as in a mirror: for what is read from the right.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        let (left, right) = (self.frame.x, self.frame.right());
        for piece in &mut self.pieces {
            if let Piece::Area(area) = piece {
                area.turn = -area.turn;
            }
            let frame = piece.frame_mut();
            frame.x = left + right - frame.right();
        }
        self
    }
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// An area of colour.
    Area(Area),
    /// A paragraph.
    Words(Words),
    /// A picture.
    Photo(Photo),
    /// A QR code.
    Code(Code),
    /// Something that moves.
    Live(Live),
}

impl Piece {
    /// Where it stands.
    pub fn frame(&self) -> Frame {
        match self {
            Self::Area(area) => area.frame,
            Self::Words(words) => words.frame,
            Self::Photo(photo) => photo.frame,
            Self::Code(code) => code.frame,
            Self::Live(live) => live.frame(),
        }
    }

    fn frame_mut(&mut self) -> &mut Frame {
        match self {
            Self::Area(area) => &mut area.frame,
            Self::Words(words) => &mut words.frame,
            Self::Photo(photo) => &mut photo.frame,
            Self::Code(code) => &mut code.frame,
            Self::Live(live) => live.frame_mut(),
        }
    }
}

/// An area of colour, or a ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Where it stands.
    pub frame: Frame,
    /// Its colour where the slope begins and where it ends.
    pub colours: [Colour; 2],
    /// Which way it goes from one colour to the other.
    pub slope: Slope,
    /// Rounding of its corners in pixels.
    pub radius: f32,
    /// Only an outline of this width in pixels; 0 for a filled area.
    pub outline: f32,
    /// How far it is turned around its middle, clockwise, in radians.
    pub turn: f32,
}

/// Which way an area goes from one colour to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slope {
    /// From the top left to the bottom right corner.
    #[default]
    Corner,
    /// From top to bottom.
    Down,
}

/// Heaviness of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For names.
    SemiBold,
    /// For headlines.
    Bold,
}

impl Weight {
    /// As font files say it.
    pub fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
            Self::Bold => 700,
        }
    }
}

/// Where lines stand in their frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where reading starts: left, or right for Arabic and Hebrew.
    Start,
    /// On the side where the layout starts, whatever the script.
    Lead,
    /// In the middle.
    Centre,
    /// On the side where the layout ends, whatever the script.
    Trail,
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Size in pixels.
    pub size: f32,
    /// Heaviness.
    pub weight: Weight,
    /// Height of a line, in times the size.
    pub leading: f32,
    /// Space between letters, in times the size.
    pub tracking: f32,
    /// Whether all digits are equally wide.
    pub digits: bool,
}

impl Type {
    /// Letters of a size: the larger, the tighter.
    pub fn new(size: f32, weight: Weight) -> Self {
        Self { size, weight, leading: 1.34, tracking: 0.0, digits: false }
    }

    /// The same in another size.
    #[must_use]
    pub fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// The same in another heaviness.
    #[must_use]
    pub fn weighing(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// As a headline: tight.
    #[must_use]
    pub fn tight(self) -> Self {
        Self { leading: 1.12, tracking: -0.022, ..self }
    }

    /// As a poster: letters so large that the air between them shows.
    #[must_use]
    pub fn poster(self) -> Self {
        Self { leading: 1.04, tracking: -0.032, ..self }
    }

    /// Whether it is set as a poster.
    pub fn is_poster(&self) -> bool {
        self.leading < 1.06
    }

    /// One line that needs no room for others.
    #[must_use]
    pub fn line(self) -> Self {
        Self { leading: 1.2, ..self }
    }
}

/// A paragraph, set so that it fits its frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where it stands; as wide as its lines may be.
    pub frame: Frame,
    /// The text.
    pub text: String,
    /// How it is set.
    pub set: Type,
    /// Its colour.
    pub colour: Colour,
    /// Colour of hashtags and links.
    pub tint: Colour,
    /// Where its lines stand.
    pub align: Align,
}

/// A picture that fills its frame; what does not fit is cut off, furthest from its focus first.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// Where it stands.
    pub frame: Frame,
    /// Which file.
    pub sha256: String,
    /// What must stay in sight.
    pub focus: shared::slides::Focus,
    /// Rounding of its corners in pixels.
    pub radius: f32,
}

/// A QR code on its card.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Where the card stands.
    pub frame: Frame,
    /// What it says.
    pub text: String,
    /// Light and dark modules.
    pub colours: [Colour; 2],
    /// Rounding of the card's corners in pixels.
    pub radius: f32,
}
