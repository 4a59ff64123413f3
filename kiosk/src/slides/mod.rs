//! Slide types on the glass: one more is one file and one line, named as in `shared`.

use shared::slides::Slide;

use crate::stage::canvas::Canvas;

macro_rules! slides {
    ($($module:ident: $type:ident),* $(,)?) => {
        $(mod $module;)*

        /// Draws a slide; a type this version does not know draws nothing (the player never asks for one).
        pub fn draw(slide: &Slide, canvas: &mut Canvas<'_>) {
            match slide {
                $(Slide::$type(slide) => $module::draw(slide, canvas),)*
                Slide::Unknown => {}
            }
        }
    };
}

slides! {
    post: Post,
    announcement: Announcement,
    header: Header,
    clock: Clock,
}
