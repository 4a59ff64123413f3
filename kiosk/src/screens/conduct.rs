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
};
use shared::{programme::TAKE_OVER_MILLIS, protocol::Fault};

use super::{compose::Glass, conductor::Conductor, proof::Proof, state::Wish};
use crate::{
    link::News,
    stage::{
        Staging,
        capture::{Captures, View, jpeg},
        film::Films,
        look::Look,
        pictures::Pictures,
        punctual::Punctual,
        surface::Surface,
        wake::Pace,
    },
};

/// News as they come.
#[derive(Resource)]
pub struct Inbox(pub Mutex<mpsc::Receiver<News>>);

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
    mut punctual: Option<ResMut<'_, Punctual>>,
    mut commands: Commands<'_, '_>,
) {
    let conductor = &mut *conductor;
    let at = conductor.clock.now();
    surface.tick(at);
    if let Some(punctual) = &mut punctual {
        punctual.begin();
    }
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
    let at = conductor.hold(at, punctual.as_deref_mut(), &surface);
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
    // The clock was set back to before what is on began: nobody knows how long that stays.
    let set_back = at < conductor.since;
    if changed || taken_over || set_back || at >= conductor.due {
        let planned = Some(conductor.due).filter(|_| !changed || taken_over);
        // At its instant nothing is measured and set any more: screens that do it at different speeds would be out of step.
        let ready = conductor.prepared.take().filter(|prepared| !changed && conductor.holds(prepared, at));
        let composed = ready.unwrap_or_else(|| conductor.composer.compose(&conductor.told, at, glass));
        conductor.show(composed, planned, &mut surface, &proof, &mut commands);
        (conductor.fresh, conductor.seen, conductor.since) = (false, seen, at);
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

fn wait(
    mut conductor: ResMut<'_, Conductor>,
    surface: Res<'_, Surface>,
    proof: Res<'_, Proof>,
    punctual: Option<Res<'_, Punctual>>,
    mut pace: ResMut<'_, Pace>,
) {
    conductor.tell_drawn(&surface, &proof);
    let at = conductor.clock.now();
    let unprepared = conductor.prepared.is_none() && surface.settled();
    let early = match punctual {
        _ if unprepared => Look::AHEAD,
        Some(punctual) if conductor.cuts_early(&surface) => punctual.lead(),
        _ => Duration::ZERO,
    };
    let early = i64::try_from(early.as_millis()).unwrap_or(0);
    let next = if early > 0 { (conductor.due - early).max(at + 1) } else { conductor.due };
    let millis = u64::try_from(next - at).unwrap_or(0);
    pace.due = Some(Instant::now() + Duration::from_millis(millis));
}
