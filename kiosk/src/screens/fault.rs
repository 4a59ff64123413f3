//! Fault: what is wrong and what to do, when there is nothing good to play.

use shared::protocol::Fault;

use super::message::{self, Message};
use crate::stage::{canvas::Canvas, words::Words};

/// Draws the newest fault.
pub fn draw(faults: &[Fault], canvas: &mut Canvas<'_>) {
    let Some(fault) = faults.last() else { return };
    let words = canvas.setting.words;
    let (title, text) = said(fault, words);
    let detail = [fault.name.as_str(), fault.detail.as_str()];
    let detail = detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let detail = words.say_with("fault-detail", &[("detail", detail.into())]);
    message::draw(&Message { eyebrow: words.say("fault-title"), title, text, detail }, canvas);
}

/// What is wrong, and what to do, in words for people.
pub fn said(fault: &Fault, words: &Words) -> (String, String) {
    let key = format!("fault-{}", fault.name);
    let key = if words.knows(&key) { key } else { "fault-other".to_owned() };
    (words.say(&key), words.say(&format!("{key}-todo")))
}
