//! What moves by itself on a slide: it is drawn anew in every frame, everything around it only once.

use super::{
    colour::Colour,
    drawing::{Align, Area, Part, Photo, Piece, Slope, Type, Words},
    film::Film,
    frame::Frame,
};

/// A piece that moves.
#[derive(Clone, Debug, PartialEq)]
pub enum Live {
    /// Text that runs through its frame.
    Tape(Tape),
    /// A photo that is slowly approached.
    Pan(Pan),
    /// A film.
    Film(Film),
}

impl Live {
    /// Where it stands.
    pub fn frame(&self) -> Frame {
        match self {
            Self::Tape(tape) => tape.frame,
            Self::Pan(pan) => pan.frame,
            Self::Film(film) => film.frame,
        }
    }

    /// Where it stands, to be changed.
    pub fn frame_mut(&mut self) -> &mut Frame {
        match self {
            Self::Tape(tape) => &mut tape.frame,
            Self::Pan(pan) => &mut pan.frame,
            Self::Film(film) => &mut film.frame,
        }
    }
}

/// Text that runs through its frame at one speed, the same on all displays.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// Where it stands.
    pub frame: Frame,
    /// What runs, in this order.
    pub pieces: Vec<Stretch>,
    /// How it is set.
    pub set: Type,
    /// Colours of letters and of the ground.
    pub colours: [Colour; 2],
    /// Pixels in a second.
    pub speed: f32,
    /// Whether it is read from the right, and so runs to the right.
    pub from_right: bool,
}

/// A stretch of running text that fits one texture.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Text on one line.
    pub text: String,
    /// Its width in pixels, whole.
    pub width: f32,
    /// Free space after it, in pixels.
    pub after: f32,
}

impl Tape {
    /// Where each stretch stands at an instant, in milliseconds since 1970; stretches out of sight are left out.
    pub fn placed(&self, at: f64) -> Vec<(usize, f32)> {
        let round: f32 = self.pieces.iter().map(|stretch| stretch.width + stretch.after).sum();
        if round < 1.0 {
            return Vec::new();
        }
        // Counted from 1970, so that displays which started at different times agree.
        let run = (at / 1_000.0 * f64::from(self.speed)).rem_euclid(f64::from(round)) as f32;
        let (mut placed, mut start) = (Vec::new(), -run);
        while start < self.frame.w {
            for (index, stretch) in self.pieces.iter().enumerate() {
                if start + stretch.width > 0.0 && start < self.frame.w {
                    let left = if self.from_right { self.frame.w - start - stretch.width } else { start };
                    placed.push((index, self.frame.x + left));
                }
                start += stretch.width + stretch.after;
            }
        }
        placed
    }

    /// A stretch as it is drawn once.
    pub fn part(&self, stretch: &Stretch) -> Part {
        let [ink, ground] = self.colours;
        let frame = Frame::new(0.0, 0.0, stretch.width, self.frame.h);
        let line = (self.set.size * self.set.leading).round();
        let words = Words {
            // A pixel more, so that rounding never breaks the line.
            frame: Frame::new(0.0, ((frame.h - line) / 2.0).round(), frame.w + 1.0, line),
            text: stretch.text.clone(),
            set: self.set,
            colour: ink,
            tint: ink,
            align: Align::Lead,
        };
        let (colours, slope) = ([ground; 2], Slope::Corner);
        let ground = Area { frame, colours, slope, radius: 0.0, outline: 0.0, turn: 0.0 };
        Part { frame, pieces: vec![Piece::Area(ground), Piece::Words(words)] }
    }
}

/// A photo that is slowly approached while it is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Pan {
    /// Where it stands.
    pub frame: Frame,
    /// The picture, made ready larger than the frame by [`Pan::MOST`].
    pub photo: Photo,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

impl Pan {
    /// How much larger the photo is in the end than in the beginning.
    pub const MOST: f32 = 0.14;
    /// In how many seconds it gets there.
    const SECONDS: f64 = 24.0;

    /// Which part of the picture fills the frame at an instant, both in parts of one.
    pub fn window(&self, at: f64) -> Frame {
        let part = ((at - self.since as f64) / 1_000.0 / Self::SECONDS).clamp(0.0, 1.0) as f32;
        let side = 1.0 / (1.0 + Self::MOST * part);
        let focus = |percent: u8| f32::from(percent.min(100)) / 100.0 * (1.0 - side);
        Frame::new(focus(self.photo.focus.x), focus(self.photo.focus.y), side, side)
    }
}

#[cfg(test)]
mod tests {
    use shared::slides::Focus;

    use super::{
        super::{
            colour::Colour,
            drawing::{Photo, Type, Weight},
            frame::Frame,
        },
        Pan, Stretch, Tape,
    };

    fn tape(widths: &[f32], from_right: bool) -> Tape {
        Tape {
            frame: Frame::new(100.0, 0.0, 1000.0, 80.0),
            pieces: widths.iter().map(|width| Stretch { text: "x".into(), width: *width, after: 50.0 }).collect(),
            set: Type::new(40.0, Weight::SemiBold),
            colours: [Colour::WHITE, Colour::BLACK],
            speed: 100.0,
            from_right,
        }
    }

    #[test]
    fn a_tape_moves_at_one_speed_and_never_leaves_a_hole() {
        for from_right in [false, true] {
            let tape = tape(&[300.0, 700.0], from_right);
            let mut before = tape.placed(1_773_320_700_000.0);
            for frame in 1..900 {
                let now = tape.placed(1_773_320_700_000.0 + f64::from(frame) * 100.0 / 6.0);
                let mut ends: Vec<_> = now.iter().map(|(i, x)| (*x, x + tape.pieces[*i].width)).collect();
                ends.sort_by(|a, b| a.0.total_cmp(&b.0));
                assert!(ends.first().unwrap().0 <= 150.1, "{ends:?}");
                assert!(ends.last().unwrap().1 >= 1_049.9, "{ends:?}");
                assert!(ends.windows(2).all(|pair| (pair[1].0 - pair[0].1 - 50.0).abs() < 0.1), "{ends:?}");
                let moved =
                    now.iter().flat_map(|(i, x)| before.iter().filter(move |(b, _)| b == i).map(move |b| x - b.1));
                let step = if from_right { 100.0 / 60.0 } else { -100.0 / 60.0 };
                assert!(moved.into_iter().any(|by| (by - step).abs() < 0.05), "frame {frame}");
                before = now;
            }
        }
    }

    #[test]
    fn short_news_come_round_again_and_none_are_nothing() {
        assert!(tape(&[60.0], false).placed(5.0).len() >= 9);
        assert!(tape(&[], false).placed(5.0).is_empty());
    }

    #[test]
    fn a_photo_is_approached_slowly_and_stays_whole() {
        let photo =
            Photo { frame: Frame::default(), sha256: String::new(), focus: Focus { x: 90, y: 10 }, radius: 0.0 };
        let pan = Pan { frame: Frame::new(0.0, 0.0, 100.0, 100.0), photo, since: 1_000 };
        let mut last = pan.window(0.0);
        assert_eq!(last, Frame::new(0.0, 0.0, 1.0, 1.0));
        for at in (1_000..60_000).step_by(16) {
            let now = pan.window(f64::from(at));
            assert!(now.w <= last.w && last.w - now.w < 0.000_2, "{now:?}");
            assert!(now.x >= 0.0 && now.y >= 0.0 && now.right() <= 1.000_1 && now.bottom() <= 1.000_1, "{now:?}");
            last = now;
        }
        assert!((last.w - 1.0 / (1.0 + Pan::MOST)).abs() < 0.001);
    }
}
