//! Where a post's pictures stand: up to the edges of its part of the display, if their shapes allow.

use shared::slides::Picture;

use crate::stage::{canvas::Canvas, frame::Frame, look::Look, mosaic};

/// Up to so many letters may stand on a picture: in a wide part of the display, and in a high one.
const MOST_LETTERS_OVER: (usize, usize) = (90, 200);
/// Wider than this, a picture stands above the text, not beside it.
const PANORAMA: f32 = 2.1;
/// From here on a text is long.
const LONG: usize = 260;
/// How much of an upright picture above the text may be cut off, which would else leave its sides empty.
const MOST_CUT_ABOVE: f32 = 0.4;

/// What pictures leave for the words.
pub(super) enum Place {
    /// The pictures fill everything; words stand on them.
    Under,
    /// The words have a room of their own.
    Beside(Frame),
}

/// Draws the pictures and says what is left.
pub(super) fn place(pictures: &[&Picture], letters: usize, canvas: &mut Canvas<'_>) -> Place {
    let content = canvas.content();
    if pictures.is_empty() {
        return Place::Beside(content);
    }
    let shapes: Vec<f32> = pictures.iter().map(|p| p.width as f32 / p.height as f32).collect();
    let single = (pictures.len() == 1).then(|| shapes[0]);
    let (wide, high) = MOST_LETTERS_OVER;
    if let Some(shape) = single
        && letters <= if canvas.frame.landscape() { wide } else { high }
        && mosaic::cut_off(shape, canvas.frame) <= Look::MOST_CUT
    {
        canvas.photo(canvas.frame, pictures[0], 0.0);
        return Place::Under;
    }
    let gutter = canvas.unit() * Look::GUTTER;
    let panorama = single.is_some_and(|shape| shape > PANORAMA);
    let (area, room, most) = if canvas.frame.landscape() && !panorama {
        let mut rest = canvas.frame;
        let area = rest.cut_right(width(single, letters, canvas.frame));
        let room = Frame { w: area.x - gutter - content.x, ..content };
        (area, room, Look::MOST_CUT)
    } else {
        let mut rest = canvas.frame;
        let area = rest.cut_top(height(single, letters, canvas.frame));
        let top = area.bottom() + gutter * 0.8;
        let room = Frame { y: top, h: content.bottom() - top, ..content };
        (area, room, MOST_CUT_ABOVE)
    };
    let gap = canvas.unit() * Look::GAP;
    match single {
        // Too much of it would be lost at the edges: it stands within the margins.
        Some(shape) if mosaic::cut_off(shape, area) > most => {
            let frame = within(area, content, shape);
            canvas.photo(frame, pictures[0], canvas.unit() * Look::RADIUS);
        }
        _ => {
            for (frame, picture) in mosaic::arrange(area, &shapes, gap).into_iter().zip(pictures) {
                canvas.photo(frame, picture, 0.0);
            }
        }
    }
    Place::Beside(room)
}

/// The part of an area within the margins that a picture fills without losing too much of itself.
fn within(area: Frame, content: Frame, shape: f32) -> Frame {
    let (x, y) = (area.x.max(content.x), area.y.max(content.y));
    let inner = Frame::new(x, y, area.right().min(content.right()) - x, area.bottom().min(content.bottom()) - y);
    let least = 1.0 - Look::MOST_CUT;
    inner.holding((inner.w / inner.h).clamp(shape * least, shape / least))
}

/// The more there is to read, the less room there is for pictures.
fn share(letters: usize) -> f32 {
    match letters {
        0..=90 => 0.6,
        91..=LONG => 0.55,
        _ => 0.5,
    }
}

fn width(single: Option<f32>, letters: usize, frame: Frame) -> f32 {
    let most = frame.w * share(letters);
    single.map_or(most, |shape| (frame.h * shape).clamp(frame.w * 0.34, most)).round()
}

fn height(single: Option<f32>, letters: usize, frame: Frame) -> f32 {
    let more = if single.is_some_and(|shape| shape < 0.9) { 0.04 } else { 0.0 };
    // Upright, a long text has short lines, and many of them.
    let less = if letters > LONG && !frame.landscape() { 0.12 } else { 0.0 };
    let most = frame.h * (share(letters) + more - less);
    single.map_or(most, |shape| (frame.w / shape).clamp(frame.h * 0.3, most)).round()
}
