//! Draws [`shared::slides::Film`]: its first picture.

use shared::slides::Film;

use crate::stage::{
    canvas::Canvas,
    plate::{self, Fit, Plate},
};

pub(super) fn draw(film: &Film, canvas: &mut Canvas<'_>) {
    let fit = if film.fit == "fill" { Fit::Fill } else { Fit::Whole };
    let picture = film.film.as_ref().and_then(|film| film.poster.as_ref());
    plate::draw(&Plate { picture, fit, caption: &film.caption, credit: "", pan: false }, canvas);
}
