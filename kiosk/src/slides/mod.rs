//! Slide types on the glass: one more is one file and one line, named as in `shared`.

use shared::slides::Slide;

use crate::stage::canvas::Canvas;

macro_rules! slides {
    ($($module:ident: $type:ident),* $(,)?) => {
        $(mod $module;)*

        /// Draws a slide. What the controller turns into other slides, and what this version does not know, draws nothing; the
        /// player never asks for it.
        pub fn draw(slide: &Slide, canvas: &mut Canvas<'_>) {
            match slide {
                $(Slide::$type(slide) => $module::draw(slide, canvas),)*
                _ => {}
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
