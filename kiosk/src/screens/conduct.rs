//! Conducts: hears the news, says what is to be shown now and next, and when to look again.

use std::{
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::{Duration, Instant},
};

use bevy::{
    app::{App, AppExit, Update},
    asset::Assets,
    ecs::{
        message::MessageWriter,
        resource::Resource,
        schedule::IntoScheduleConfigs,
        system::{Commands, Res, ResMut},
    },
    image::Image,
    math::UVec2,
};
use shared::{programme::TAKE_OVER_MILLIS, protocol::Fault};

use super::{
    compose::{Composed, Composer, Glass},
    proof::{Proof, Scene},
    state::{Told, Wish},
};
use crate::{
    link::News,
    stage::{
        Staging,
        capture::{Captures, View, jpeg},
        film::Films,
        look::Look,
        moment::Moment,
        pictures::Pictures,
        surface::Surface,
        wake::Pace,
    },
    tools::clock::Clock,
};

/// News as they come.
#[derive(Resource)]
pub struct Inbox(pub Mutex<mpsc::Receiver<News>>);

/// What is shown, and why.
#[derive(Resource)]
pub struct Conductor {
    /// What the display has been told.
    pub told: Told,
    /// Rotation from the flags; wins over what the owner says.
    pub rotation: Option<u16>,
    clock: Clock,
    composer: Composer,
    last: Option<Composed>,
    number: u64,
    fresh: bool,
    seen: (UVec2, usize, usize),
    /// Version of the programme whose films are played.
    films_of: u64,
    /// Instant of the next change, and what follows it once that has been prepared.
    due: i64,
    prepared: Option<Composed>,
}

impl Conductor {
    /// Starts with what is known before any news.
    pub fn new(told: Told, clock: Clock, language: &'static str, rotation: Option<u16>) -> Self {
        Self {
            told,
            rotation,
            clock,
            composer: Composer::new(language),
            last: None,
            number: 0,
            fresh: true,
            seen: (UVec2::ZERO, 0, 0),
            films_of: 0,
            due: 0,
            prepared: None,
        }
    }

    fn turn(&self) -> u16 {
        let owner = self.told.screen.as_ref().map_or(0, |screen| screen.rotation);
        self.rotation.unwrap_or(owner) % 360 / 90 * 90
    }

    /// The next instant at which anything looks different: another slide, the same slide by itself, or the minute.
    fn next_due(&self, at: i64) -> i64 {
        let minute = Moment::new(at, "").next_minute();
        let by_itself = self.last.as_ref().and_then(|last| last.next_look);
        let change = self.told.next_change(at).into_iter().chain(by_itself).min();
        change.map_or(minute, |change| change.clamp(at + 1, minute))
    }

    /// Whether what was prepared for its instant is still what is to be seen: a display may have been busy meanwhile.
    fn holds(&self, prepared: &Composed, at: i64) -> bool {
        let changes = self.told.next_change(self.due).into_iter().chain(prepared.next_look);
        changes.chain([Moment::new(self.due, "").next_minute()]).all(|change| change > at)
    }
}

/// Adds the conductor's systems; [`Conductor`], [`Proof`] and [`Inbox`] must be there.
pub fn plugin(app: &mut App) {
    app.add_systems(Update, hear.before(Staging));
    app.add_systems(Update, conduct.after(hear).before(Staging));
    app.add_systems(Update, wait.after(Staging));
}

fn hear(
    inbox: Option<Res<'_, Inbox>>,
    mut conductor: ResMut<'_, Conductor>,
    mut pictures: ResMut<'_, Pictures>,
    mut captures: ResMut<'_, Captures>,
    proof: Res<'_, Proof>,
    mut exit: MessageWriter<'_, AppExit>,
) {
    let Some(inbox) = inbox else { return };
    let inbox = inbox.0.lock().unwrap_or_else(PoisonError::into_inner);
    while let Ok(news) = inbox.try_recv() {
        match &news {
            News::Fault(fault) => proof.health().fault(fault.clone()),
            News::Cleared(name) => proof.health().cleared(name),
            _ => {}
        }
        // What is only to come changes nothing yet: drawing the present again would keep it waiting.
        let shown = conductor.told.player.is_some();
        let later = matches!(&news, News::Activate { .. })
            || matches!(&news, News::Programme(next) if shown && next.version != conductor.told.version());
        conductor.fresh |= !later;
        let wish = conductor.told.hear(news);
        if later {
            let at = conductor.clock.now();
            conductor.told.wait_until(at.saturating_add(2 * TAKE_OVER_MILLIS));
            (conductor.due, conductor.prepared) = (conductor.next_due(at), None);
        }
        match wish {
            Wish::Nothing => {}
            Wish::TryPicturesAgain => pictures.forgive(),
            Wish::Stop(code) => {
                exit.write(AppExit::from_code(code));
            }
            Wish::Picture => {
                let proof = proof.clone();
                let send = move |picture| match jpeg(&picture) {
                    Ok(bytes) => proof.picture(bytes),
                    Err(error) => tracing::warn!("pack a picture of the display: {error}"),
                };
                captures.want(View::Upright, Arc::new(send));
            }
        }
        proof.send();
    }
}

fn conduct(
    mut conductor: ResMut<'_, Conductor>,
    mut surface: ResMut<'_, Surface>,
    (mut pictures, mut films): (ResMut<'_, Pictures>, ResMut<'_, Films>),
    mut images: ResMut<'_, Assets<Image>>,
    proof: Res<'_, Proof>,
    mut commands: Commands<'_, '_>,
) {
    let conductor = &mut *conductor;
    let at = conductor.clock.now();
    surface.tick(at);
    for (sha256, error) in films.collect() {
        tracing::warn!("play film {sha256}: {error}");
        proof.health().fault(Fault { name: "film".into(), detail: format!("play {sha256}: {error}"), at });
        proof.send();
    }
    for (sha256, error) in pictures.collect(&mut images) {
        tracing::warn!("draw picture {sha256}: {error}");
        proof.health().fault(Fault { name: "picture".into(), detail: format!("draw {sha256}: {error}"), at });
        proof.send();
    }
    let turn = conductor.turn();
    if surface.rotation != turn {
        surface.rotation = turn;
    }
    let Some(size) = surface.content() else { return };
    let taken_over = conductor.told.take_over(at);
    if conductor.films_of != conductor.told.version() {
        conductor.films_of = conductor.told.version();
        films.forgive();
        proof.health().cleared("film");
    }
    let seen = (size, pictures.broken().len(), films.broken().len());
    let changed = conductor.fresh || conductor.seen != seen;
    if conductor.seen.0 != size {
        proof.health().change(|report| (report.width, report.height) = (size.x, size.y));
    }
    let moves = surface.moves;
    let glass = Glass { size, moves, broken: pictures.broken(), broken_films: films.broken() };
    if changed || taken_over || at >= conductor.due {
        let planned = Some(conductor.due).filter(|_| !changed || taken_over);
        // At its instant nothing is measured and set any more: screens that do it at different speeds would be out of step.
        let ready = conductor.prepared.take().filter(|prepared| !changed && conductor.holds(prepared, at));
        let composed = ready.unwrap_or_else(|| conductor.composer.compose(&conductor.told, at, glass));
        conductor.show(composed, planned, &mut surface, &proof, &mut commands);
        (conductor.fresh, conductor.seen) = (false, seen);
        conductor.due = conductor.next_due(at);
    }
    let ahead = i64::try_from(Look::AHEAD.as_millis()).unwrap_or(0);
    if conductor.prepared.is_none() && conductor.due - at <= ahead && surface.settled() {
        let told = conductor.told.ahead(conductor.due);
        let next = conductor.composer.compose(&told, conductor.due, glass);
        surface.prepare(next.drawing.clone(), &mut commands);
        conductor.prepared = Some(next);
    }
}

impl Conductor {
    fn show(
        &mut self,
        composed: Composed,
        planned: Option<i64>,
        surface: &mut Surface,
        proof: &Proof,
        commands: &mut Commands<'_, '_>,
    ) {
        // When only the time of day goes on, nothing should seem to happen.
        let turns = self.last.as_ref().map(|last| composed.turns_from(last)).unwrap_or_default();
        self.number += 1;
        let on = composed.on.iter().map(|placed| placed.entry.clone()).collect();
        let (state, version) = (composed.state, self.told.version());
        proof.note(self.number, Scene { state, version, on, planned });
        surface.show(composed.drawing.clone(), self.number, turns, commands);
        self.last = Some(composed);
    }
}

fn wait(conductor: Res<'_, Conductor>, surface: Res<'_, Surface>, mut pace: ResMut<'_, Pace>) {
    let at = conductor.clock.now();
    let ahead = i64::try_from(Look::AHEAD.as_millis()).unwrap_or(0);
    let unprepared = conductor.prepared.is_none() && surface.settled();
    let next = if unprepared { (conductor.due - ahead).max(at + 1) } else { conductor.due };
    let millis = u64::try_from(next - at).unwrap_or(0);
    pace.due = Some(Instant::now() + Duration::from_millis(millis));
}
