//! Loading: just started, or just paired.

use super::message::{self, Message};
use crate::stage::canvas::Canvas;

/// Draws a calm screen that says what happens.
pub fn draw(paired: bool, canvas: &mut Canvas<'_>) {
    let words = canvas.setting.words;
    let (title, text) = if paired { ("loading-title", "loading-text") } else { ("starting-title", "starting-text") };
    let (title, text) = (words.say(title), words.say(text));
    message::draw(&Message { title, text, ..Message::default() }, canvas);
}
