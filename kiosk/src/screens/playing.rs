//! Playing: every region with its slide.

use crate::{
    player::Cue,
    slides,
    stage::{
        canvas::{Canvas, Setting},
        drawing::Part,
        frame::Frame,
        measure::Measure,
    },
};

/// Draws what is on, back to front.
pub fn draw(cues: &[Cue<'_>], whole: Frame, setting: &Setting<'_>, measure: &mut Measure) -> Vec<Part> {
    let percent = |part: f32, of: f32| part / 100.0 * of;
    let part = |cue: &Cue<'_>| {
        let (area, w, h) = (cue.area, whole.w, whole.h);
        let frame =
            Frame::new(percent(area.left, w), percent(area.top, h), percent(area.width, w), percent(area.height, h));
        let mut canvas = Canvas::new(setting, frame, measure);
        slides::draw(cue.slide, &mut canvas);
        canvas.part()
    };
    cues.iter().map(part).collect()
}
