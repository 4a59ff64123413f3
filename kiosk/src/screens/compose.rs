//! The whole display at an instant, whatever state it is in.

use std::collections::HashSet;

use bevy::math::UVec2;
use shared::{programme::Change, protocol::State, slides::Slide};

use super::{fault, loading, pairing, playing, proof::Entry, state::Told, waiting};
use crate::player::{Cue, Player};
use crate::slides;
use crate::stage::{
    canvas::{Canvas, Setting},
    drawing::{Drawing, Part},
    frame::Frame,
    look::Look,
    measure::Measure,
    moment::Moment,
    sprite::Turn,
    words::Words,
};

/// A display at an instant, and what of it counts for reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// What is drawn.
    pub drawing: Drawing,
    /// Which state that is.
    pub state: State,
    /// What is on.
    pub on: Vec<Placed>,
    /// When a slide on it looks different by itself, where that is not the next minute of the clock.
    pub next_look: Option<i64>,
}

/// Something that is on, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Region, entry and start.
    pub entry: Entry,
    /// Where it stands.
    pub frame: Frame,
    /// How it takes its place.
    pub change: Change,
}

impl Composed {
    /// Which parts of the display change after what was there before, and how.
    pub fn turns_from(&self, before: &Self) -> Vec<Turn> {
        let whole = Frame::new(0.0, 0.0, self.drawing.width as f32, self.drawing.height as f32);
        if self.state != before.state {
            return vec![Turn { frame: whole, change: Change::Fade }];
        }
        let same = |one: &Placed, other: &Placed| (&one.entry, one.frame) == (&other.entry, other.frame);
        let gone = before
            .on
            .iter()
            .filter(|old| !self.on.iter().any(|new| new.entry.0 == old.entry.0 && new.frame == old.frame));
        let come = self.on.iter().filter(|new| !before.on.iter().any(|old| same(new, old)));
        let gone = gone.map(|old| Turn { frame: old.frame, change: Change::Fade });
        gone.chain(come.map(|new| Turn { frame: new.frame, change: new.change })).collect()
    }
}

/// What the display is like.
#[derive(Clone, Copy, Debug)]
pub struct Glass<'b> {
    /// Size of the content in pixels.
    pub size: UVec2,
    /// Whether things may move.
    pub moves: bool,
    /// Files that turned out not to be pictures.
    pub broken: &'b HashSet<String>,
    /// Files that turned out not to be films.
    pub broken_films: &'b HashSet<String>,
}

impl Glass<'_> {
    /// Whether a slide is better left out: a film that fails, where films are played.
    fn spoils(&self, slide: &Slide) -> bool {
        let Slide::Film(film) = slide else { return false };
        self.moves && film.film.as_ref().is_some_and(|file| self.broken_films.contains(&file.sha256))
    }
}

/// Composes displays.
pub struct Composer {
    measure: Measure,
    /// Language until somebody names one.
    pub language: &'static str,
}

impl Composer {
    /// With all fonts at hand.
    pub fn new(language: &'static str) -> Self {
        Self { measure: Measure::default(), language }
    }

    /// The display at an instant.
    pub fn compose(&mut self, told: &Told, at: i64, glass: Glass<'_>) -> Composed {
        let Glass { size, moves, broken, broken_films } = glass;
        let programme = told.player.as_ref().map(Player::programme);
        let look = programme.map_or_else(Look::house, |programme| Look::of(&programme.look));
        let spoken = told.screen.as_ref().map_or(self.language, |screen| screen.language.as_str());
        let language = programme.map_or(spoken, |programme| programme.language.as_str());
        let zone = programme.map_or("", |programme| programme.zone.name.as_str());
        let display = size.as_vec2();
        let setting = Setting {
            look: &look,
            words: Words::of(language),
            moment: Moment::new(at, zone),
            broken,
            display: display.into(),
            moves,
            broken_films,
        };
        let whole = Frame::new(0.0, 0.0, display.x, display.y);
        let state = told.state(at);
        let (mut on, mut next_look) = (Vec::new(), None);
        let parts = match (state, &told.player, &told.pairing) {
            (State::Playing, Some(player), _) => {
                let cues = player.on_without(at, told.tags(), |slide| glass.spoils(slide));
                let placed = |cue: &Cue<'_>| {
                    let entry = (cue.region.to_owned(), cue.entry.to_owned(), cue.since);
                    Placed { entry, frame: playing::frame(cue.area, whole), change: cue.change }
                };
                on = cues.iter().map(placed).collect();
                next_look = cues.iter().filter_map(|cue| slides::next_look(cue.slide, at)).min();
                playing::draw(&cues, whole, &setting, &mut self.measure)
            }
            (State::Waiting, ..) => self.single(whole, &setting, waiting::draw),
            (State::Pairing, _, Some(code)) => {
                self.single(whole, &setting, |canvas| pairing::draw(code, at, &told.faults, canvas))
            }
            (State::Fault, ..) => self.single(whole, &setting, |canvas| fault::draw(&told.faults, canvas)),
            _ => self.single(whole, &setting, |canvas| loading::draw(told.screen.is_some(), canvas)),
        };
        let drawing = Drawing { width: size.x, height: size.y, backdrop: look.backdrop(), parts };
        Composed { drawing, state, on, next_look }
    }

    fn single(&mut self, whole: Frame, setting: &Setting<'_>, draw: impl FnOnce(&mut Canvas<'_>)) -> Vec<Part> {
        let mut canvas = Canvas::new(setting, whole, &mut self.measure);
        draw(&mut canvas);
        vec![canvas.part()]
    }
}
