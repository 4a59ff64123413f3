//! Sprites: rectangles of textures, and how one set of them gives way to another.

use bevy::{asset::Handle, image::Image};
use shared::programme::Change;

use super::{film::Run, frame::Frame};

/// A part of a texture, somewhere on the display.
#[derive(Clone, Debug, PartialEq)]
pub struct Sprite {
    /// Which texture.
    pub texture: Handle<Image>,
    /// Which part of it, in parts of one.
    pub from: Frame,
    /// Where it stands, in pixels of the content.
    pub to: Frame,
    /// How much of it is seen, 0 to 1.
    pub seen: f32,
    /// Whether the texture is clear in places: its colours are then multiplied with its density.
    pub clear: bool,
    /// The film whose newest picture is seen, instead of a texture.
    pub film: Option<Run>,
}

impl Sprite {
    /// What of it lies in a window.
    pub fn within(&self, window: Frame) -> Option<Self> {
        let to = self.to.common(window)?;
        let scale = (self.from.w / self.to.w, self.from.h / self.to.h);
        let (x, y) = (self.from.x + (to.x - self.to.x) * scale.0, self.from.y + (to.y - self.to.y) * scale.1);
        let from = Frame::new(x, y, to.w * scale.0, to.h * scale.1);
        Some(Self { from, to, ..self.clone() })
    }

    fn moved(&self, by: f32) -> Self {
        Self { to: Frame { x: self.to.x + by, ..self.to }, ..self.clone() }
    }
}

/// A part of the display that changes, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Which part.
    pub frame: Frame,
    /// How.
    pub change: Change,
}

impl Turn {
    /// What lies over the old sprites when the change has come so far (0 to 1).
    pub fn over(&self, old: &[Sprite], new: &[Sprite], part: f32) -> Vec<Sprite> {
        let frame = self.frame;
        match self.change {
            Change::Fade => new
                .iter()
                .filter_map(|sprite| sprite.within(frame))
                .map(|sprite| Sprite { seen: sprite.seen * part, ..sprite })
                .collect(),
            Change::Slide => {
                let by = (frame.w * part).round();
                let push = |sprites: &[Sprite], by: f32| -> Vec<_> {
                    let inside = sprites.iter().filter_map(|sprite| sprite.within(frame));
                    inside.filter_map(|sprite| sprite.moved(by).within(frame)).collect()
                };
                [push(old, -by), push(new, frame.w - by)].concat()
            }
            Change::Wipe => {
                let window = Frame { w: frame.w * part, ..frame };
                new.iter().filter_map(|sprite| sprite.within(window)).collect()
            }
            Change::Cut => new.iter().filter_map(|sprite| sprite.within(frame)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use bevy::asset::Handle;
    use shared::programme::Change;

    use super::{Frame, Sprite, Turn};

    fn sprite(to: Frame) -> Sprite {
        Sprite {
            texture: Handle::default(),
            from: Frame::new(0.0, 0.0, 1.0, 1.0),
            to,
            seen: 1.0,
            clear: false,
            film: None,
        }
    }

    #[test]
    fn a_sprite_in_a_window_shows_the_same_place_of_its_texture() {
        let whole = sprite(Frame::new(0.0, 0.0, 200.0, 100.0));

        let part = whole.within(Frame::new(50.0, 25.0, 100.0, 500.0)).unwrap();

        assert_eq!(part.to, Frame::new(50.0, 25.0, 100.0, 75.0));
        assert_eq!(part.from, Frame::new(0.25, 0.25, 0.5, 0.75));
        assert_eq!(whole.within(Frame::new(200.0, 0.0, 10.0, 10.0)), None);
    }

    #[test]
    fn every_change_covers_its_part_from_beginning_to_end_and_nothing_else() {
        let (old, new) = ([sprite(Frame::new(0.0, 0.0, 200.0, 100.0))], [sprite(Frame::new(0.0, 0.0, 200.0, 100.0))]);
        let frame = Frame::new(40.0, 0.0, 120.0, 100.0);
        for change in [Change::Fade, Change::Slide, Change::Wipe, Change::Cut] {
            for step in 0..=10_u8 {
                let part = f32::from(step) / 10.0;
                let over = Turn { frame, change }.over(&old, &new, part);
                for sprite in &over {
                    let to = sprite.to;
                    assert!(to.x >= 40.0 && to.right() <= 160.0, "{change:?} {part}: {to:?}");
                }
                let wide: f32 = over.iter().map(|sprite| sprite.to.w).sum();
                match change {
                    Change::Wipe => assert!((wide - 120.0 * part).abs() < 0.01, "{part}: {wide}"),
                    _ => assert!((wide - 120.0).abs() < 0.01, "{change:?} {part}: {wide}"),
                }
            }
        }
    }
}
