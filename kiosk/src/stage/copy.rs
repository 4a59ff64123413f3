//! Copy: a headline and the text below it, as large as they fit together.

use super::{
    canvas::{Canvas, by_loudness},
    colour::Colour,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    measure::Block,
};

/// What is to be read; either part may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'t> {
    /// Read first, and from afar.
    pub headline: &'t str,
    /// What it is about.
    pub text: &'t str,
}

/// Colours of a copy.
#[derive(Clone, Copy, Debug)]
pub struct Inks {
    /// Of the headline, or of a text that stands alone.
    pub headline: Colour,
    /// Of the text.
    pub text: Colour,
    /// Of hashtags and links.
    pub tint: Colour,
}

/// A copy in the sizes at which it fits.
#[derive(Clone, Debug)]
pub struct Fitted {
    headline: Option<Block>,
    text: Option<Block>,
    gap: f32,
    /// Height of all of it.
    pub height: f32,
}

impl Fitted {
    fn of(headline: Option<Block>, text: Option<Block>, gap: f32) -> Self {
        let height = headline.as_ref().map_or(0.0, |block| block.height) + gap;
        let height = height + text.as_ref().map_or(0.0, |block| block.height);
        Self { headline, text, gap, height }
    }

    /// How loud it is: sizes of its headline and its text, in pixels.
    pub fn sizes(&self) -> (f32, f32) {
        let size = |block: &Option<Block>| block.as_ref().map_or(0.0, |block| block.set.size);
        (size(&self.headline).max(size(&self.text)), size(&self.text))
    }
}

impl Canvas<'_> {
    /// The largest sizes at which a copy fits a room with its words whole, else with long ones parted between syllables; at the
    /// smallest the text is cut.
    pub fn fit_copy(&mut self, copy: Copy<'_>, room: Frame) -> Fitted {
        let unit = self.unit();
        if copy.headline.is_empty() || copy.text.is_empty() {
            let (whole, alone) = if copy.headline.is_empty() { (copy.text, false) } else { (copy.headline, true) };
            let steps = (Look::STEPS, Look::STEP_CUT);
            let block = self.fit_or_cut(whole, steps, room, |size| by_loudness(size, unit));
            return if alone { Fitted::of(Some(block), None, 0.0) } else { Fitted::of(None, Some(block), 0.0) };
        }
        if let Some(fitted) = [true, false].into_iter().find_map(|whole| self.fit_pair(copy, room, whole)) {
            return fitted;
        }
        let (headline, text) = Look::PAIR_CUT;
        let set = Type::new(self.size(headline), Weight::Bold).tight();
        let headline = self.cut(copy.headline, set, Frame { h: room.h * 0.5, ..room });
        let gap = gap(set, unit);
        let run = Type::new(self.size(text), Weight::Regular);
        let left = Frame::new(room.x, room.y, room.w.min(run.size * Look::MEASURE), room.h - headline.height - gap);
        let text = self.cut(copy.text, run, left);
        Fitted::of(Some(headline), Some(text), gap)
    }

    /// The largest sizes at which all of a headline and a text fit, with all words whole or else some of them parted.
    fn fit_pair(&mut self, copy: Copy<'_>, room: Frame, whole: bool) -> Option<Fitted> {
        let unit = self.unit();
        let unfit = |block: &Block| block.broken() || block.parted() && (whole || block.set.is_poster());
        for (headline, text) in Look::PAIRS {
            let set = by_loudness(self.size(*headline), unit).weighing(Weight::Bold);
            let headline = self.measure(copy.headline, set, room.w);
            let gap = gap(set, unit);
            let left = room.h - headline.height - gap;
            if unfit(&headline) || headline.lines() > most_lines(set) || left <= 0.0 {
                continue;
            }
            let run = Type::new(self.size(*text), Weight::Regular);
            let text = self.measure(copy.text, run, room.w.min(run.size * Look::MEASURE));
            if text.height <= left && !unfit(&text) {
                return Some(Fitted::of(Some(headline), Some(text), gap));
            }
        }
        None
    }

    /// Draws a copy from the top of a frame.
    pub fn copy(&mut self, frame: Frame, fitted: &Fitted, inks: Inks) {
        let mut place = frame;
        if let Some(headline) = &fitted.headline {
            self.block(place, headline, inks.headline, inks.headline, Align::Start);
            place.y += headline.height + fitted.gap;
        }
        if let Some(text) = &fitted.text {
            let ink = if fitted.headline.is_some() { inks.text } else { inks.headline };
            self.block(place, text, ink, inks.tint, Align::Start);
        }
    }
}

fn most_lines(headline: Type) -> usize {
    if headline.is_poster() { Look::POSTER_LINES } else { Look::HEADLINE_LINES }
}

fn gap(headline: Type, unit: f32) -> f32 {
    let (part, least, most) = Look::HEADLINE_GAP;
    (headline.size * part).clamp(unit * least, unit * most)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Copy, Frame, Look};
    use crate::stage::{
        canvas::{Canvas, Setting},
        measure::Measure,
        moment::Moment,
        words::Words,
    };

    #[test]
    fn the_less_there_is_to_read_the_larger_it_is_and_nothing_leaves_its_room() {
        let (look, broken) = (Look::house(), HashSet::new());
        let (words, moment) = (Words::of("de"), Moment::new(0, "UTC"));
        let setting = Setting {
            look: &look,
            words,
            moment,
            broken: &broken,
            display: (1920.0, 1080.0),
            moves: false,
            broken_films: &broken,
        };
        let mut measure = Measure::default();
        let mut canvas = Canvas::new(&setting, Frame::new(0.0, 130.0, 1920.0, 950.0), &mut measure);
        let room = Frame::new(60.0, 160.0, 1200.0, 700.0);
        let sentence = "Ein Satz mit einigen Wörtern darin. ";

        let fitted = [0, 1, 6, 400].map(|times| {
            let text = sentence.repeat(times);
            canvas.fit_copy(Copy { headline: "Der Impfbus kommt", text: &text }, room)
        });

        for pair in fitted.windows(2) {
            assert!(pair[0].sizes().0 >= pair[1].sizes().0, "{:?} {:?}", pair[0].sizes(), pair[1].sizes());
        }
        assert!(fitted[0].sizes().0 > fitted[2].sizes().0 && fitted[2].sizes().0 > fitted[3].sizes().0);
        assert!(fitted.iter().all(|fitted| fitted.height <= room.h));
    }
}
