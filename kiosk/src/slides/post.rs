//! Draws [`shared::slides::Post`]: who and when, what, its pictures, and the way to the rest.

mod pictures;

use shared::slides::Post;

use self::pictures::Place;
use crate::stage::{
    canvas::Canvas,
    clean::{clean, clean_line},
    colour::Colour,
    copy::{self, Copy, Fitted},
    eyebrow,
    frame::Frame,
    look::{Look, short_address},
    way::{self, Side, Way},
};

pub(super) fn draw(post: &Post, canvas: &mut Canvas<'_>) {
    let words = Words::of(post, canvas);
    canvas.follow_direction_of(words.first());
    let pictures = canvas.sound(&post.pictures);
    let inks = Inks::on_background(canvas.look());
    match pictures::place(&pictures, words.letters(), canvas) {
        Place::Under => over_picture(&words, canvas),
        Place::Beside(room) => {
            let setting = words.best_setting(room, canvas);
            words.draw(setting, Down::FromTop, &inks, canvas);
        }
    }
}

/// Text on a shadow at the foot of a picture that fills everything.
fn over_picture(words: &Words, canvas: &mut Canvas<'_>) {
    let content = canvas.content();
    let inks = Inks::on_photo(canvas.look());
    let part = if canvas.frame.landscape() { 0.62 } else { 0.5 };
    let mut room = content;
    room.cut_top(content.h * (1.0 - part));
    let setting = words.best_setting(room, canvas);
    let top = setting.room.bottom() - setting.fitted.height - setting.eyebrow;
    let dense = top - canvas.unit() * 4.0;
    let mut shadow = canvas.frame;
    shadow.cut_top(dense - canvas.unit() * 24.0 - shadow.y);
    canvas.scrim(shadow, dense, Colour::BLACK);
    words.draw(setting, Down::ToFoot, &inks, canvas);
}

/// Whether words stand at the top of their room or at its foot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Down {
    FromTop,
    ToFoot,
}

/// Colours of everything that is written.
struct Inks {
    eyebrow: [Colour; 2],
    copy: copy::Inks,
    way: way::Inks,
}

impl Inks {
    fn on_background(look: &Look) -> Self {
        Self {
            eyebrow: [look.accent_ink, look.quiet],
            copy: copy::Inks { headline: look.ink, text: look.ink.towards(look.quiet, 0.35), tint: look.accent_ink },
            way: way::Inks { name: look.ink, said: look.quiet, behind: look.background },
        }
    }

    fn on_photo(look: &Look) -> Self {
        let white = Colour::WHITE;
        let tint = look.accent.legible_on(Colour::BLACK, 9.0);
        Self {
            eyebrow: [tint, white],
            copy: copy::Inks { headline: white, text: white, tint },
            way: way::Inks { name: white, said: white, behind: Colour::BLACK },
        }
    }
}

/// Everything that is written, cleaned.
struct Words {
    author: String,
    when: String,
    title: String,
    body: String,
    way: Option<Way>,
}

/// How the words stand in their room.
struct Setting {
    room: Frame,
    eyebrow: f32,
    fitted: Fitted,
    way: Option<(Side, Frame)>,
}

impl Words {
    fn of(post: &Post, canvas: &Canvas<'_>) -> Self {
        let title = post.title.as_deref().map(clean_line).unwrap_or_default();
        let body = clean(&post.text);
        // Feeds often repeat the title as the beginning of the text.
        let body = match body.strip_prefix(&title) {
            Some(rest) if !title.is_empty() => {
                rest.trim_start_matches(['\n', ' ', '\u{a0}', '.', ':', '–', '-']).to_owned()
            }
            _ => body,
        };
        let words = canvas.setting.words;
        let short = short_address(&post.permalink);
        let way = (!post.permalink.is_empty()).then(|| Way {
            address: post.permalink.clone(),
            name: words.say("read-on"),
            said: short.split('/').next().unwrap_or_default().to_owned(),
        });
        let when = canvas.setting.moment.said(post.published_at, words);
        Self { author: clean_line(&post.author), when, title, body, way }
    }

    fn letters(&self) -> usize {
        self.title.chars().count() + self.body.chars().count()
    }

    /// What decides the reading direction.
    fn first(&self) -> &str {
        if self.title.is_empty() { &self.body } else { &self.title }
    }

    /// With the way beside the text or below it, whichever leaves larger letters.
    fn best_setting(&self, room: Frame, canvas: &mut Canvas<'_>) -> Setting {
        let Some(way) = &self.way else { return self.setting(room, None, canvas) };
        let below = self.setting(room, Some((way, Side::Below)), canvas);
        // Between a text and a picture beside it, a code belongs to neither; upright, lines are short already.
        if room.w < canvas.frame.w * 0.7 || !canvas.frame.landscape() {
            return below;
        }
        let beside = self.setting(room, Some((way, Side::End)), canvas);
        if beside.fitted.sizes() >= below.fitted.sizes() { beside } else { below }
    }

    fn setting(&self, mut room: Frame, way: Option<(&Way, Side)>, canvas: &mut Canvas<'_>) -> Setting {
        let way = way.map(|(way, side)| (side, canvas.cut_way(way, side, &mut room)));
        let eyebrow = eyebrow::height(self.eyebrow(), room.w, canvas);
        let below = Frame { h: room.h - eyebrow, ..room };
        let fitted = canvas.fit_copy(Copy { headline: &self.title, text: &self.body }, below);
        Setting { room, eyebrow, fitted, way }
    }

    fn eyebrow(&self) -> (&str, &str) {
        (&self.author, &self.when)
    }

    fn draw(&self, setting: Setting, down: Down, inks: &Inks, canvas: &mut Canvas<'_>) {
        let mut room = setting.room;
        if down == Down::ToFoot {
            room.cut_top(room.h - setting.eyebrow - setting.fitted.height);
        }
        eyebrow::draw(self.eyebrow(), &mut room, inks.eyebrow, canvas);
        canvas.copy(room, &setting.fitted, inks.copy);
        if let (Some(way), Some((side, place))) = (&self.way, setting.way) {
            canvas.way(way, side, place, inks.way);
        }
    }
}
