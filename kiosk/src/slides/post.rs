//! Draws [`shared::slides::Post`]: who and when, what, its pictures, and the way to the rest.

use shared::slides::{Picture, Post};

use crate::stage::{
    canvas::{Canvas, by_loudness},
    clean::{clean, clean_line},
    drawing::{Align, Type, Weight},
    frame::Frame,
    look::{Look, short_address},
    mosaic,
};

/// How much of a single picture may be cut off to fill its place.
const MOST_CUT: f32 = 0.24;
/// The same for an upright picture above the text, which would else leave its sides empty.
const MOST_CUT_ABOVE: f32 = 0.36;
/// Wider than this, a picture stands above the text, not beside it.
const PANORAMA: f32 = 2.1;

pub(super) fn draw(post: &Post, canvas: &mut Canvas<'_>) {
    let text = Text::of(post);
    canvas.follow_direction_of(text.first());
    let mut room = canvas.content();
    let pictures = canvas.sound(&post.pictures);
    if !pictures.is_empty() {
        place_pictures(&pictures, text.letters, &mut room, canvas);
    }
    let beside = pictures.is_empty() && canvas.frame.landscape();
    let below_panorama = !pictures.is_empty() && room.landscape() && room.w > canvas.frame.w * 0.7;
    place_code(post, &mut room, beside || below_panorama, canvas);
    byline(post, &mut room, canvas);
    text.place(room, canvas);
}

/// Title and text, cleaned.
struct Text {
    title: String,
    body: String,
    letters: usize,
}

impl Text {
    fn of(post: &Post) -> Self {
        let title = post.title.as_deref().map(clean_line).unwrap_or_default();
        let body = clean(&post.text);
        // Feeds often repeat the title as the beginning of the text.
        let body = match body.strip_prefix(&title) {
            Some(rest) if !title.is_empty() => rest.trim_start_matches(['\n', ' ', '.', ':', '–', '-']).to_owned(),
            _ => body,
        };
        let letters = title.chars().count() + body.chars().count();
        Self { title, body, letters }
    }

    /// What decides the reading direction.
    fn first(&self) -> &str {
        if self.title.is_empty() { &self.body } else { &self.title }
    }

    fn place(&self, room: Frame, canvas: &mut Canvas<'_>) {
        let unit = canvas.unit();
        let (ink, tint) = (canvas.look().ink, canvas.look().accent_ink);
        if self.title.is_empty() || self.body.is_empty() {
            let whole = self.first();
            let block = canvas.fit_or_cut(whole, (Look::STEPS, Look::STEP_CUT), room, |size| by_loudness(size, unit));
            canvas.block(centred(room, block.height), &block, ink, tint, Align::Start);
            return;
        }
        let (title, body, gap) = self.pair(room, canvas);
        let place = centred(room, title.height + gap + body.height);
        canvas.block(place, &title, ink, ink, Align::Start);
        let below = Frame { y: place.y + title.height + gap, ..place };
        let reading = ink.towards(canvas.look().quiet, 0.35);
        canvas.block(below, &body, reading, tint, Align::Start);
    }

    /// The largest pair of sizes at which both fit; at the smallest the text is cut.
    fn pair(
        &self,
        room: Frame,
        canvas: &mut Canvas<'_>,
    ) -> (crate::stage::measure::Block, crate::stage::measure::Block, f32) {
        for (title, body) in Look::PAIRS {
            let head = Type::new(canvas.size(*title), Weight::Bold).tight();
            let title = canvas.measure(&self.title, head, room.w);
            let gap = head.size * 0.42;
            let left = room.h - title.height - gap;
            if title.broken() || title.lines() > 6 || left <= 0.0 {
                continue;
            }
            let run = Type::new(canvas.size(*body), Weight::Regular);
            let body = canvas.measure(&self.body, run, room.w.min(run.size * Look::MEASURE));
            if body.height <= left && !body.broken() {
                return (title, body, gap);
            }
        }
        let (title, body) = Look::PAIR_CUT;
        let head = Type::new(canvas.size(title), Weight::Bold).tight();
        let most = Frame { h: room.h * 0.5, ..room };
        let title = canvas.cut(&self.title, head, most);
        let gap = head.size * 0.42;
        let run = Type::new(canvas.size(body), Weight::Regular);
        let left = Frame::new(room.x, room.y, room.w.min(run.size * Look::MEASURE), room.h - title.height - gap);
        let body = canvas.cut(&self.body, run, left);
        (title, body, gap)
    }
}

/// A little above the middle, where the eye expects it; at the top when there is much of it.
fn centred(room: Frame, height: f32) -> Frame {
    let free = (room.h - height).max(0.0);
    Frame { y: room.y + (free * 0.42).round(), h: room.h - free * 0.42, ..room }
}

/// Gives the pictures their part of the room, and puts them there.
fn place_pictures(pictures: &[&Picture], letters: usize, room: &mut Frame, canvas: &mut Canvas<'_>) {
    let unit = canvas.unit();
    let (gap, radius, gutter) = (unit * Look::GAP, unit * Look::RADIUS, unit * 5.0);
    let shapes: Vec<f32> = pictures.iter().map(|p| p.width as f32 / p.height as f32).collect();
    let single = (pictures.len() == 1).then(|| shapes[0]);
    // The more there is to read, the less room there is for pictures.
    let share = match letters {
        0..=90 => 0.6,
        91..=260 => 0.54,
        _ => 0.47,
    };
    let panorama = single.is_some_and(|shape| shape > PANORAMA);
    let area = if canvas.frame.landscape() && !panorama {
        let ideal = single.map_or(room.w * share, |shape| room.h * shape);
        let area = room.cut_right(ideal.clamp(room.w * 0.32, room.w * share));
        room.cut_right(gutter);
        area
    } else {
        let share = if single.is_some_and(|shape| shape < 0.9) { share + 0.06 } else { share };
        let ideal = single.map_or(room.h * share, |shape| room.w / shape);
        let area = room.cut_top(ideal.clamp(room.h * 0.28, room.h * share));
        room.cut_top(gutter * 0.9);
        area
    };
    let most = if canvas.frame.landscape() { MOST_CUT } else { MOST_CUT_ABOVE };
    let area = single.map_or(area, |shape| hardly_cut(area, shape, most));
    for (frame, picture) in mosaic::arrange(area, &shapes, gap).into_iter().zip(pictures) {
        canvas.photo(frame, picture, radius);
    }
}

/// As much of an area as a picture of this shape fills without losing too much of itself.
fn hardly_cut(area: Frame, shape: f32, most: f32) -> Frame {
    let least = 1.0 - most;
    area.holding((area.w / area.h).clamp(shape * least, shape / least))
}

/// A small disc with the author's initial, the name, and when it was.
fn byline(post: &Post, room: &mut Frame, canvas: &mut Canvas<'_>) {
    let unit = canvas.unit();
    let look = canvas.look();
    let mut strip = room.cut_top(unit * 7.6);
    room.cut_top(unit * 4.0);
    let disc = strip.cut_left(unit * 7.6);
    strip.cut_left(unit * 2.2);
    let author = clean_line(&post.author);
    canvas.disc((disc.x + disc.w / 2.0, disc.y + disc.h / 2.0), disc.h / 2.0, look.accent, 0.0);
    if let Some(initial) = author.chars().find(|c| c.is_alphanumeric()) {
        let set = Type::new(canvas.size(3.8), Weight::Bold).line();
        canvas.line(disc, &initial.to_uppercase().to_string(), set, look.on_accent, Align::Centre);
    }
    let when = canvas.setting.moment.said(post.published_at, canvas.setting.words);
    let name = strip.cut_top(strip.h * 0.53);
    let set = Type::new(canvas.size(3.3), Weight::SemiBold).line();
    canvas.line(name, &author, set, look.ink, Align::Lead);
    let set = Type::new(canvas.size(2.7), Weight::Regular).line();
    canvas.line(strip, &when, set, look.quiet, Align::Lead);
}

/// The way to the rest: a QR code with a word and an address, beside the text or below it.
fn place_code(post: &Post, room: &mut Frame, beside: bool, canvas: &mut Canvas<'_>) {
    if post.permalink.is_empty() {
        return;
    }
    let unit = canvas.unit();
    let side = canvas.code_side(&post.permalink, unit * Look::CODE * if beside { 1.0 } else { 0.86 });
    let (name, address) = (canvas.setting.words.say("read-on"), host(&post.permalink));
    let (loud, low) = label_types(canvas);
    if beside {
        let mut column = room.cut_right(side);
        room.cut_right(unit * 6.0);
        if canvas.width_of(&address, low) <= side {
            let label = column.cut_bottom(low.size * 1.3);
            canvas.line(label, &address, low, canvas.look().quiet, Align::Lead);
        }
        let label = column.cut_bottom(loud.size * 1.35);
        canvas.line(label, &name, loud, canvas.look().ink, Align::Lead);
        column.cut_bottom(unit * 1.6);
        let card = column.cut_bottom(side);
        canvas.code(card, &post.permalink, canvas.look().background);
    } else {
        let mut strip = room.cut_bottom(side);
        room.cut_bottom(unit * 4.0);
        let card = strip.cut_left(side);
        strip.cut_left(unit * 3.0);
        canvas.code(card, &post.permalink, canvas.look().background);
        strip.cut_bottom(unit * 0.6);
        let label = strip.cut_bottom(low.size * 1.3);
        canvas.line(label, &address, low, canvas.look().quiet, Align::Lead);
        let label = strip.cut_bottom(loud.size * 1.35);
        canvas.line(label, &name, loud, canvas.look().ink, Align::Lead);
    }
}

fn label_types(canvas: &Canvas<'_>) -> (Type, Type) {
    (Type::new(canvas.size(2.9), Weight::SemiBold).line(), Type::new(canvas.size(2.3), Weight::Regular).line())
}

fn host(address: &str) -> String {
    let short = short_address(address);
    short.split('/').next().unwrap_or_default().to_owned()
}
