//! Draws [`shared::slides::Wall`]: pictures side by side up to the edges, and what they are about.

use shared::slides::Wall;

use crate::stage::{
    canvas::Canvas,
    clean::clean_line,
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    mosaic,
};

/// Most pictures on a wall.
const MOST: usize = 12;

pub(super) fn draw(wall: &Wall, canvas: &mut Canvas<'_>) {
    let title = clean_line(&wall.title);
    canvas.follow_direction_of(&title);
    let (look, unit) = (canvas.look(), canvas.unit());
    let pictures = canvas.sound_up_to(MOST, &wall.pictures);
    let mut area = canvas.frame;
    if !title.is_empty() && !canvas.is_strip() {
        let content = canvas.content();
        let part = Frame { h: content.h * 0.2, ..content };
        let block = canvas.fit(&title, &[7.8, 6.9, 6.1, 5.4, 4.8], part, |size| Type::new(size, Weight::Bold).tight());
        canvas.block(content, &block, look.ink, look.ink, Align::Start);
        area.cut_top(content.y - area.y + block.height + unit * 3.4);
    }
    let shapes: Vec<_> = pictures.iter().map(|p| (p.width as f32 / p.height as f32).clamp(0.5, 2.4)).collect();
    for (frame, picture) in mosaic::rows(area, &shapes, unit * Look::GAP).into_iter().zip(pictures) {
        canvas.photo(frame, picture, 0.0);
    }
}
