//! Draws [`shared::slides::Photo`]: up to the edges, or all of it.

use shared::slides::Photo;

use crate::stage::{
    canvas::Canvas,
    plate::{self, Fit, Plate},
};

pub(super) fn draw(photo: &Photo, canvas: &mut Canvas<'_>) {
    let fit = if photo.fit == "whole" { Fit::Whole } else { Fit::Fill };
    plate::draw(
        &Plate {
            picture: photo.picture.as_ref(),
            fit,
            caption: &photo.caption,
            credit: &photo.credit,
            pan: photo.pan,
            film: None,
        },
        canvas,
    );
}
