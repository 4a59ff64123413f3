//! Playing: every region with its slide.

use shared::programme::Area;

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
    let part = |cue: &Cue<'_>| {
        let mut canvas = Canvas::new(setting, frame(cue.area, whole), measure);
        (canvas.since, canvas.began) = (cue.since, cue.began);
        canvas.place = format!("{}/{}", cue.region, cue.entry);
        slides::draw(cue.slide, &mut canvas);
        canvas.part()
    };
    cues.iter().map(part).collect()
}

/// Where an area lies on the display.
pub fn frame(area: Area, whole: Frame) -> Frame {
    let percent = |part: f32, of: f32| part / 100.0 * of;
    let (w, h) = (whole.w, whole.h);
    Frame::new(percent(area.left, w), percent(area.top, h), percent(area.width, w), percent(area.height, h)).snapped()
}
