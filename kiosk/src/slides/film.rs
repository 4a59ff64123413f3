//! Draws [`shared::slides::Film`]: its first picture, and the film over it where things may move.

use shared::slides::Film;

use crate::stage::{
    canvas::Canvas,
    plate::{self, Fit, Plate},
};

pub(super) fn draw(film: &Film, canvas: &mut Canvas<'_>) {
    let fit = if film.fit == "fill" { Fit::Fill } else { Fit::Whole };
    let picture = film.film.as_ref().and_then(|film| film.poster.as_ref());
    let plays = film.film.as_ref().map(|file| (file, film.sound));
    plate::draw(&Plate { picture, fit, caption: &film.caption, credit: "", pan: false, film: plays }, canvas);
}
