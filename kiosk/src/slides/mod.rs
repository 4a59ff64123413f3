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
    photo: Photo,
    film: Film,
    announcement: Announcement,
    events: Events,
    hours: Hours,
    countdown: Countdown,
    weather: Weather,
    wall: Wall,
    qr: Qr,
    page: Page,
    ticker: Ticker,
    clock: Clock,
    header: Header,
    test_card: TestCard,
}

/// When a slide looks different by itself, where that is not the next minute of the clock.
pub fn next_look(slide: &Slide, at: i64) -> Option<i64> {
    match slide {
        Slide::Ticker(ticker) => ticker::next_look(ticker, at),
        Slide::Countdown(countdown) => countdown::next_look(countdown, at),
        _ => None,
    }
}
