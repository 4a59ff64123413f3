//! The display: the scene that is on, the one that takes its place, and the one after that.

use std::sync::Arc;

use bevy::{
    asset::Assets,
    ecs::{
        query::With,
        resource::Resource,
        system::{Commands, Res, ResMut, Single},
    },
    image::Image,
    math::{UVec2, Vec2Swizzles},
    window::{PrimaryWindow, Window},
};

use super::{
    colour::Colour,
    drawing::Drawing,
    film::Films,
    frames::Showing,
    look::Look,
    pictures::Pictures,
    scene::Scene,
    sprite::{Sprite, Turn},
    steady::Steady,
};

/// What the display is asked to show. The old scene stays until the new one is ready.
#[derive(Resource)]
pub struct Surface {
    /// Size of the display in pixels, before it is turned; nothing until it is known.
    pub glass: UVec2,
    /// How the content is turned, in degrees clockwise.
    pub rotation: u16,
    /// Whether things may move.
    pub moves: bool,
    /// Behind everything before there is a first scene.
    pub ground: Colour,
    at: f64,
    steady: Steady,
    on: Option<Scene>,
    coming: Option<Coming>,
    next: Option<Next>,
    ahead: Option<Scene>,
}

const CHANGE_MILLIS: f64 = Look::CHANGE.as_millis() as f64;

/// A scene that is to be shown as soon as it is ready.
struct Next {
    scene: Scene,
    turns: Vec<Turn>,
    planned: Option<f64>,
}

impl Next {
    /// When its change began: at the planned instant, so that all screens are equally far, unless that is over.
    fn since(&self, at: f64) -> f64 {
        self.planned.filter(|planned| (*planned..planned + CHANGE_MILLIS).contains(&at)).unwrap_or(at)
    }
}

/// A scene that takes the place of the one that is on.
struct Coming {
    scene: Scene,
    turns: Vec<Turn>,
    since: f64,
}

impl Coming {
    /// How far it has come, 0 to 1: slow at both ends.
    fn part(&self, at: f64) -> f32 {
        let part = ((at - self.since) / CHANGE_MILLIS).clamp(0.0, 1.0) as f32;
        part * part * (3.0 - 2.0 * part)
    }
}

impl Surface {
    /// A display that is dark yet.
    pub fn new(ground: Colour) -> Self {
        Self {
            glass: UVec2::ZERO,
            rotation: 0,
            moves: false,
            ground,
            at: 0.0,
            steady: Steady::default(),
            on: None,
            coming: None,
            next: None,
            ahead: None,
        }
    }

    /// Size of the content in pixels, as a viewer sees it; `None` until the display is known.
    pub fn content(&self) -> Option<UVec2> {
        let upright = self.rotation.is_multiple_of(180);
        let size = if upright { self.glass } else { self.glass.yx() };
        (size.min_element() > 0).then_some(size)
    }

    /// Says what time it is, in milliseconds since 1970; once for each frame.
    pub fn tick(&mut self, clock: i64) {
        self.at = self.steady.frame(clock as f64);
    }

    /// Shows a drawing as soon as it is ready, changing these parts of the display in their ways; at once without any.
    /// `planned` is the instant at which that was to be, in milliseconds since 1970.
    pub fn show(
        &mut self,
        drawing: Drawing,
        (number, planned): (u64, Option<i64>),
        turns: Vec<Turn>,
        commands: &mut Commands<'_, '_>,
    ) {
        if let Some(newest) = self.newest().filter(|scene| *scene.drawing == drawing) {
            newest.number = number;
            return;
        }
        let scene = match self.ahead.take() {
            Some(mut ahead) if *ahead.drawing == drawing => {
                ahead.number = number;
                ahead
            }
            other => {
                self.ahead = other;
                Scene::new(Arc::new(drawing), number)
            }
        };
        let planned = planned.map(|planned| planned as f64);
        if let Some(old) = self.next.replace(Next { scene, turns, planned }) {
            old.scene.strike(commands);
        }
    }

    /// Makes a drawing ready that will soon be shown.
    pub fn prepare(&mut self, drawing: Drawing, commands: &mut Commands<'_, '_>) {
        if self.ahead.as_ref().is_some_and(|ahead| *ahead.drawing == drawing) {
            return;
        }
        // What is on already is not drawn a second time: a playlist of one slide goes round without a frame.
        let is_on = self.newest().is_some_and(|scene| *scene.drawing == drawing);
        let next = (!is_on).then(|| Scene::new(Arc::new(drawing), 0));
        if let Some(old) = std::mem::replace(&mut self.ahead, next) {
            old.strike(commands);
        }
    }

    /// Number of the scene that is on, or is appearing.
    pub fn number(&self) -> Option<u64> {
        let coming = self.coming.as_ref().map(|coming| &coming.scene);
        coming.or(self.on.as_ref()).map(|scene| scene.number)
    }

    /// Whether the newest drawing is on, and nothing is under way.
    pub fn settled(&self) -> bool {
        self.on.is_some() && self.coming.is_none() && self.next.is_none()
    }

    /// Whether everything that is to be seen by now is: what takes its place is on its way.
    pub fn caught_up(&self) -> bool {
        self.on.is_some() && (self.next.is_none() || self.coming.is_some())
    }

    /// Whether what was prepared can be put on with a single frame: nothing moves, and it is drawn.
    pub fn has_cut_ahead(&self) -> bool {
        self.settled() && !self.moves && self.ahead.as_ref().is_some_and(Scene::ready)
    }

    /// Whether what was prepared is drawn, or on already.
    pub fn is_prepared(&self) -> bool {
        self.settled() && self.ahead.as_ref().is_none_or(Scene::ready)
    }

    /// Whether something on the display moves.
    pub(super) fn in_motion(&self) -> bool {
        self.coming.is_some() || self.moves && self.on.as_ref().is_some_and(Scene::moves)
    }

    /// Whether a scene is being drawn.
    pub(super) fn drawing_now(&self) -> bool {
        let preparing = self.next.as_ref().map(|next| &next.scene).or(self.ahead.as_ref());
        preparing.is_some_and(Scene::drawing_now)
    }

    /// Whether a film is to be seen.
    pub(super) fn plays(&self) -> bool {
        self.on.iter().chain(self.coming.as_ref().map(|coming| &coming.scene)).any(Scene::plays)
    }

    /// Whether a scene is ready and not on yet.
    pub(super) fn has_ready(&self, films: &Films, showing: &Showing) -> bool {
        self.next.as_ref().is_some_and(|next| next.scene.ready() && films.ready(&next.scene.drawing, showing))
    }

    /// What is to be seen in this frame, back to front.
    pub(super) fn sprites(&self) -> Vec<Sprite> {
        let old = self.on.as_ref().map(|scene| scene.sprites(self.at)).unwrap_or_default();
        let Some(coming) = &self.coming else { return old };
        let (new, part) = (coming.scene.sprites(self.at), coming.part(self.at));
        let over: Vec<_> = coming.turns.iter().flat_map(|turn| turn.over(&old, &new, part)).collect();
        [old, over].concat()
    }

    fn newest(&mut self) -> Option<&mut Scene> {
        let next = self.next.as_mut().map(|next| &mut next.scene);
        next.or(self.coming.as_mut().map(|coming| &mut coming.scene)).or(self.on.as_mut())
    }

    fn scenes(&self) -> impl Iterator<Item = &Scene> {
        let scenes = [
            self.on.as_ref(),
            self.coming.as_ref().map(|coming| &coming.scene),
            self.next.as_ref().map(|next| &next.scene),
            self.ahead.as_ref(),
        ];
        scenes.into_iter().flatten()
    }

    pub(super) fn drawings(&self) -> impl Iterator<Item = &Drawing> {
        self.scenes().map(|scene| &*scene.drawing)
    }

    /// Scenes that are drawn have their pictures in them.
    fn undrawn(&self) -> impl Iterator<Item = &Drawing> {
        self.scenes().filter(|scene| !scene.ready()).map(|scene| &*scene.drawing)
    }
}

/// Follows the window's size.
pub(super) fn follow_window(
    mut surface: ResMut<'_, Surface>,
    window: Option<Single<'_, '_, &Window, With<PrimaryWindow>>>,
) {
    if let Some(window) = window {
        let size = window.physical_size();
        if surface.glass != size {
            surface.glass = size;
        }
    }
}

/// Brings every scene forward, and the ready one onto the display.
pub(super) fn advance(
    mut surface: ResMut<'_, Surface>,
    mut pictures: ResMut<'_, Pictures>,
    mut images: ResMut<'_, Assets<Image>>,
    (showing, films): (Res<'_, Showing>, Res<'_, Films>),
    mut commands: Commands<'_, '_>,
) {
    let surface = &mut *surface;
    if let Some(next) = &mut surface.next {
        next.scene.advance(&showing, &mut pictures, &mut images, &mut commands);
    }
    // What is needed now comes first: the one ahead waits.
    if surface.next.is_none()
        && let Some(ahead) = &mut surface.ahead
    {
        ahead.advance(&showing, &mut pictures, &mut images, &mut commands);
    }
    // Over also when the clock was set back to before it began.
    let is_over = |coming: &Coming| !(coming.since..coming.since + CHANGE_MILLIS).contains(&surface.at);
    let there = surface.coming.as_ref().is_some_and(is_over);
    if there && let Some(coming) = surface.coming.take() {
        surface.on = Some(coming.scene);
    }
    if surface.has_ready(&films, &showing)
        && surface.coming.is_none()
        && let Some(next) = surface.next.take()
    {
        let since = next.since(surface.at);
        let Next { scene, turns, .. } = next;
        let size = |scene: &Scene| (scene.drawing.width, scene.drawing.height);
        let same_size = surface.on.as_ref().is_some_and(|on| size(on) == size(&scene));
        if surface.moves && same_size && !turns.is_empty() {
            surface.coming = Some(Coming { scene, turns, since });
        } else {
            surface.on = Some(scene);
        }
    }
    pictures.keep_only(surface.undrawn());
}

/// Keeps glyphs of sizes that were used once from filling the memory: textures keep what is drawn.
pub(super) fn sweep(
    surface: Res<'_, Surface>,
    mut atlases: ResMut<'_, bevy::text::FontAtlasSet>,
    images: Res<'_, Assets<Image>>,
) {
    const MOST_BYTES: u64 = 6 << 20;
    let drawing = surface.next.iter().map(|next| &next.scene).chain(&surface.ahead).any(Scene::drawing_now);
    if !drawing && atlases.total_bytes(&images) > MOST_BYTES {
        atlases.clear();
    }
}
