//! The way to more: a QR code on its card, a word and an address.

use super::{
    canvas::Canvas,
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
};

/// Where a QR code leads, and how that is said.
#[derive(Clone, Debug)]
pub struct Way {
    /// What the code carries.
    pub address: String,
    /// What is there (`Read on`).
    pub name: String,
    /// The address as people say it.
    pub said: String,
}

/// Colours of a way.
#[derive(Clone, Copy, Debug)]
pub struct Inks {
    /// Of the word.
    pub name: Colour,
    /// Of the address.
    pub said: Colour,
    /// Behind it.
    pub behind: Colour,
}

/// What a way takes off its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A column where reading ends: the words stand below the code.
    End,
    /// A strip at the bottom: the words stand beside the code.
    Below,
}

impl Canvas<'_> {
    /// Takes the place of a way off a room.
    pub fn cut_way(&self, way: &Way, side: Side, room: &mut Frame) -> Frame {
        let card = self.code_side(&way.address, self.unit() * Look::CODE);
        match side {
            Side::End => {
                let column = room.cut_right(card);
                room.cut_right(self.unit() * Look::GUTTER);
                column
            }
            Side::Below => {
                let strip = room.cut_bottom(card);
                room.cut_bottom(self.unit() * 4.4);
                strip
            }
        }
    }

    /// Draws a way into its place.
    pub fn way(&mut self, way: &Way, side: Side, mut place: Frame, inks: Inks) {
        let unit = self.unit();
        let card_side = self.code_side(&way.address, unit * Look::CODE);
        let (name_size, said_size) = Look::LABEL;
        let name = Type::new(self.size(name_size), Weight::SemiBold).line();
        let said = Type::new(self.size(said_size), Weight::Regular).line();
        match side {
            Side::End => {
                if self.width_of(&way.said, said) <= place.w {
                    let line = place.cut_bottom(said.size * 1.3);
                    self.line(line, &way.said, said, inks.said, Align::Lead);
                }
                let line = place.cut_bottom(name.size * 1.35);
                let name = self.narrowed(&way.name, name, line.w);
                self.line(line, &way.name, name, inks.name, Align::Lead);
                place.cut_bottom(unit * 1.4);
                let card = place.cut_bottom(card_side);
                self.code(card, &way.address, inks.behind);
            }
            Side::Below => {
                let card = place.cut_left(card_side);
                self.code(card, &way.address, inks.behind);
                place.cut_left(unit * 2.6);
                let height = name.size * 1.35 + said.size * 1.3;
                let mut lines = Frame { y: place.y + (place.h - height) / 2.0, h: height, ..place };
                let line = lines.cut_top(name.size * 1.35);
                self.line(line, &way.name, name, inks.name, Align::Lead);
                self.line(lines, &way.said, said, inks.said, Align::Lead);
            }
        }
    }
}
