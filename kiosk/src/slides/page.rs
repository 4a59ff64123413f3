//! Draws [`shared::slides::Page`]: up to the edges where little of it is lost, else all of it.

use shared::slides::Page;

use crate::stage::{
    canvas::Canvas,
    look::{Look, short_address},
    mosaic,
    plate::{self, Fit, Plate},
};

pub(super) fn draw(page: &Page, canvas: &mut Canvas<'_>) {
    let picture = page.picture.as_ref();
    let shape = picture.map_or(1.0, |picture| picture.width as f32 / picture.height.max(1) as f32);
    let fit = if mosaic::cut_off(shape, canvas.frame) <= Look::MOST_CUT * 0.5 { Fit::Fill } else { Fit::Whole };
    let missing = picture.is_none_or(|picture| canvas.sound(std::slice::from_ref(picture)).is_empty());
    // Only where there is nothing to see, its address says what should be there.
    let caption = if missing { short_address(&page.address) } else { String::new() };
    plate::draw(&Plate { picture, fit, caption: &caption, credit: "", pan: false, film: None }, canvas);
}
