//! A plate: one picture that has a part of the display to itself, with a caption and a credit.

use shared::slides::{FilmFile, Picture};

use super::{
    canvas::Canvas,
    clean::clean_line,
    colour::Colour,
    copy::{self, Copy},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::Look,
    measure::Block,
    strip,
};

/// How a picture stands in its part of the display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Up to the edges, cut around what must stay in sight.
    Fill,
    /// All of it, on a calm ground.
    Whole,
}

/// A picture and the words about it; both texts may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Plate<'p> {
    /// The picture.
    pub picture: Option<&'p Picture>,
    /// How it stands.
    pub fit: Fit,
    /// What is to be seen.
    pub caption: &'p str,
    /// Who made it.
    pub credit: &'p str,
    /// Whether the picture is slowly approached.
    pub pan: bool,
    /// A film that plays in the place of the picture, and whether it is heard.
    pub film: Option<(&'p FilmFile, bool)>,
}

/// Sizes of a caption, largest first, in hundredths of the shorter side of a region.
const CAPTION: &[f32] = &[6.1, 5.4, 4.8, 4.3, 3.8];
/// Widest caption, in the same.
const WIDEST: f32 = 118.0;

/// Draws a plate; without a picture its caption stands alone.
pub fn draw(plate: &Plate<'_>, canvas: &mut Canvas<'_>) {
    let (caption, credit) = (clean_line(plate.caption), clean_line(plate.credit));
    canvas.follow_direction_of(&caption);
    let pictures: Vec<_> = plate.picture.into_iter().cloned().collect();
    let picture = canvas.sound(&pictures).first().copied();
    let film = plate.film.filter(|(file, _)| canvas.plays(file));
    let of_film = film.map(|(file, _)| (file.width, file.height));
    let size = of_film.or_else(|| picture.map(|picture| (picture.width, picture.height)));
    let Some((width, height)) = size else { return alone(&caption, canvas) };
    let shape = width as f32 / height as f32;
    let hang = |frame: Frame, canvas: &mut Canvas<'_>| match (picture, film) {
        (Some(picture), None) if plate.pan && plate.fit == Fit::Fill => canvas.approached(frame, picture),
        (picture, film) => {
            picture.into_iter().for_each(|picture| canvas.photo(frame, picture, 0.0));
            film.into_iter().for_each(|(file, sound)| canvas.film(frame, file, sound));
        }
    };
    let silent = caption.is_empty() && credit.is_empty();
    if plate.fit == Fit::Whole {
        let ground = calm(canvas.look());
        canvas.area(canvas.frame, ground, 0.0);
    }
    match plate.fit {
        Fit::Fill => {
            hang(canvas.frame, canvas);
            if !silent {
                over(&caption, &credit, canvas);
            }
        }
        Fit::Whole if silent || canvas.is_strip() => hang(canvas.frame.holding(shape), canvas),
        Fit::Whole if canvas.frame.landscape() && shape < 1.0 => {
            // Upright, it stands at the end of the words, as high as it can be.
            let mut frame = canvas.frame;
            let area = frame.cut_right((frame.h * shape).min(frame.w * 0.6));
            hang(area.holding(shape), canvas);
            let content = canvas.content();
            let room = Frame { w: area.x - canvas.unit() * Look::GUTTER - content.x, ..content };
            let lines = Lines::fit(&caption, &credit, room, canvas);
            let foot = Frame { y: room.bottom() - lines.height, h: lines.height, ..room };
            lines.draw(foot, quiet_inks(canvas), canvas);
        }
        Fit::Whole => {
            let room = canvas.content();
            let lines = Lines::fit(&caption, &credit, Frame { h: room.h * 0.3, ..room }, canvas);
            let foot = Frame { y: room.bottom() - lines.height, h: lines.height, ..room };
            let gap = canvas.unit() * 3.0;
            let area = Frame::new(canvas.frame.x, canvas.frame.y, canvas.frame.w, foot.y - gap - canvas.frame.y);
            hang(area.holding(shape), canvas);
            lines.draw(foot, quiet_inks(canvas), canvas);
        }
    }
}

/// Behind a picture that does not reach the edges: a shade away from the background.
fn calm(look: &Look) -> Colour {
    let dark = look.background.luminance() < 0.2;
    if dark { look.background.towards(Colour::BLACK, 0.4) } else { look.background.towards(look.ink, 0.05) }
}

fn quiet_inks(canvas: &Canvas<'_>) -> [Colour; 2] {
    let ground = calm(canvas.look());
    [canvas.look().ink, canvas.look().quiet].map(|ink| ink.legible_on(ground, 4.5))
}

/// What can be read when there is no picture: better than nothing at all.
fn alone(caption: &str, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let said = if caption.is_empty() { clean_line(&look.name) } else { caption.to_owned() };
    if canvas.is_strip() {
        return strip::draw((&said, ""), [look.ink, look.quiet], canvas);
    }
    let mut room = canvas.content();
    let fitted = canvas.fit_copy(Copy { headline: &said, text: "" }, room);
    room.cut_top(((room.h - fitted.height) * 0.42).max(0.0).round());
    canvas.copy(room, &fitted, copy::Inks { headline: look.ink, text: look.quiet, tint: look.accent_ink });
}

/// On a shadow at the foot of the picture.
fn over(caption: &str, credit: &str, canvas: &mut Canvas<'_>) {
    if canvas.is_strip() {
        canvas.area(canvas.frame, Colour::BLACK.faint(Look::SCRIM[0]), 0.0);
        return strip::draw((caption, credit), [Colour::WHITE; 2], canvas);
    }
    let room = canvas.content();
    let lines = Lines::fit(caption, credit, Frame { h: room.h * 0.5, ..room }, canvas);
    let top = room.bottom() - lines.height;
    let dense = top - canvas.unit() * 2.5;
    let mut shadow = canvas.frame;
    shadow.cut_top(dense - canvas.unit() * 22.0 - shadow.y);
    canvas.scrim(shadow, dense, Colour::BLACK);
    lines.draw(Frame { y: top, h: lines.height, ..room }, [Colour::WHITE; 2], canvas);
}

struct Lines {
    caption: Block,
    credit: String,
    set: Type,
    height: f32,
}

impl Lines {
    fn fit(caption: &str, credit: &str, room: Frame, canvas: &mut Canvas<'_>) -> Self {
        let set = Type::new(canvas.size(Look::LABEL.1), Weight::Regular).line();
        let below = if credit.is_empty() { 0.0 } else { set.size * 1.5 };
        let room = Frame::new(room.x, room.y, room.w.min(canvas.unit() * WIDEST), room.h - below);
        let type_of = |size| Type { leading: 1.24, tracking: -0.01, ..Type::new(size, Weight::SemiBold) };
        let caption = canvas.fit(caption, CAPTION, room, type_of);
        Self { height: caption.height + below, caption, credit: credit.to_owned(), set }
    }

    fn draw(&self, mut room: Frame, [loud, quiet]: [Colour; 2], canvas: &mut Canvas<'_>) {
        if !self.credit.is_empty() {
            let line = room.cut_bottom(self.set.size * 1.3);
            canvas.line(line, &self.credit, self.set, quiet, Align::Start);
        }
        canvas.block(room, &self.caption, loud, loud, Align::Start);
    }
}
