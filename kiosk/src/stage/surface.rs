//! The display: the scene that is on, the one that takes its place, and the one after that.

use std::{sync::Arc, time::Instant};

use bevy::{
    asset::{Assets, Handle},
    camera::{Camera, Camera2d, ClearColorConfig, RenderTarget},
    color::{Alpha, Color},
    ecs::{
        component::Component,
        hierarchy::ChildOf,
        query::With,
        resource::Resource,
        system::{Commands, Query, Res, ResMut, Single},
    },
    image::Image,
    math::{Rot2, UVec2, Vec2Swizzles},
    render::view::Msaa,
    ui::{
        LayoutConfig, Node, PositionType, UiTargetCamera, UiTransform, Val,
        widget::{ImageNode, NodeImageMode},
    },
    window::{PrimaryWindow, Window},
};

use super::{
    colour::Colour, drawing::Drawing, frames::Showing, look::Look, pictures::Pictures, scene::Scene, wake::Pace,
};

/// How one scene gives way to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// At once.
    Cut,
    /// The new one appears over the old one.
    Fade,
}

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
    on: Option<Scene>,
    fading: Option<(Scene, Instant)>,
    next: Option<(Scene, Change)>,
    ahead: Option<Scene>,
}

impl Surface {
    /// A display that is dark yet.
    pub fn new(ground: Colour) -> Self {
        Self { glass: UVec2::ZERO, rotation: 0, moves: false, ground, on: None, fading: None, next: None, ahead: None }
    }

    /// Size of the content in pixels, as a viewer sees it; `None` until the display is known.
    pub fn content(&self) -> Option<UVec2> {
        let upright = self.rotation.is_multiple_of(180);
        let size = if upright { self.glass } else { self.glass.yx() };
        (size.min_element() > 0).then_some(size)
    }

    /// Shows a drawing as soon as it is ready.
    pub fn show(&mut self, drawing: Drawing, number: u64, change: Change, commands: &mut Commands<'_, '_>) {
        let newest =
            [self.next.as_ref().map(|(scene, _)| scene), self.fading.as_ref().map(|(s, _)| s), self.on.as_ref()];
        if newest.into_iter().flatten().next().is_some_and(|scene| *scene.drawing == drawing) {
            if let Some(Scene { number: known, .. }) = self.newest() {
                *known = number;
            }
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
        if let Some((old, _)) = self.next.replace((scene, change)) {
            old.strike(commands);
        }
    }

    /// Makes a drawing ready that will soon be shown.
    pub fn prepare(&mut self, drawing: Drawing, commands: &mut Commands<'_, '_>) {
        if self.ahead.as_ref().is_some_and(|ahead| *ahead.drawing == drawing) {
            return;
        }
        if let Some(old) = self.ahead.replace(Scene::new(Arc::new(drawing), 0)) {
            old.strike(commands);
        }
    }

    /// Number of the scene that is on, or is appearing.
    pub fn number(&self) -> Option<u64> {
        self.fading.as_ref().map(|(scene, _)| scene).or(self.on.as_ref()).map(|scene| scene.number)
    }

    /// Whether the newest drawing is on, and nothing is under way.
    pub fn settled(&self) -> bool {
        self.on.is_some() && self.fading.is_none() && self.next.is_none()
    }

    fn newest(&mut self) -> Option<&mut Scene> {
        let next = self.next.as_mut().map(|(scene, _)| scene);
        next.or(self.fading.as_mut().map(|(scene, _)| scene)).or(self.on.as_mut())
    }

    fn drawings(&self) -> impl Iterator<Item = &Drawing> {
        let scenes = [
            self.on.as_ref(),
            self.fading.as_ref().map(|(scene, _)| scene),
            self.next.as_ref().map(|(scene, _)| scene),
            self.ahead.as_ref(),
        ];
        scenes.into_iter().flatten().map(|scene| &*scene.drawing)
    }
}

/// The texture a display without a window is drawn into.
#[derive(Resource)]
pub struct Canvas(pub Handle<Image>);

/// The two layers: what is on, and what appears over it.
#[derive(Component)]
pub(super) enum Layer {
    Below,
    Above,
}

#[derive(Component)]
pub(super) struct Eye;

/// Puts up the camera and the layers.
pub(super) fn set_up(mut commands: Commands<'_, '_>, surface: Res<'_, Surface>, canvas: Option<Res<'_, Canvas>>) {
    let camera = commands
        .spawn((
            Camera2d,
            Camera { clear_color: ClearColorConfig::Custom(surface.ground.into()), ..Camera::default() },
            Msaa::Off,
            Eye,
        ))
        .id();
    if let Some(canvas) = canvas {
        commands.entity(camera).insert(RenderTarget::from(canvas.0.clone()));
    }
    let whole = Node { width: Val::Percent(100.0), height: Val::Percent(100.0), ..Node::default() };
    let root = commands.spawn((whole, UiTargetCamera(camera))).id();
    for layer in [Layer::Below, Layer::Above] {
        let node = Node { position_type: PositionType::Absolute, ..Node::default() };
        let image = ImageNode { image_mode: NodeImageMode::Stretch, ..ImageNode::default() };
        commands.spawn((
            node,
            image,
            UiTransform::IDENTITY,
            LayoutConfig { use_rounding: false },
            layer,
            ChildOf(root),
        ));
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
    showing: Res<'_, Showing>,
    mut commands: Commands<'_, '_>,
) {
    let surface = &mut *surface;
    if let Some((next, _)) = &mut surface.next {
        next.advance(&showing, &mut pictures, &mut images, &mut commands);
    }
    // What is needed now comes first: the one ahead waits.
    if surface.next.is_none()
        && let Some(ahead) = &mut surface.ahead
    {
        ahead.advance(&showing, &mut pictures, &mut images, &mut commands);
    }
    let faded = surface.fading.as_ref().is_some_and(|(_, since)| since.elapsed() >= Look::FADE);
    if faded && let Some((scene, _)) = surface.fading.take() {
        surface.on = Some(scene);
        pictures.keep_only(surface.drawings());
    }
    let ready = surface.next.as_ref().is_some_and(|(scene, _)| scene.texture().is_some());
    if ready
        && surface.fading.is_none()
        && let Some((scene, change)) = surface.next.take()
    {
        let same_size = surface
            .on
            .as_ref()
            .is_some_and(|on| (on.drawing.width, on.drawing.height) == (scene.drawing.width, scene.drawing.height));
        if change == Change::Fade && surface.moves && same_size {
            surface.fading = Some((scene, Instant::now()));
        } else {
            surface.on = Some(scene);
            pictures.keep_only(surface.drawings());
        }
    }
}

/// Places the layers and sets how much of the upper one is seen.
pub(super) fn compose(
    surface: Res<'_, Surface>,
    mut layers: Query<'_, '_, (&Layer, &mut Node, &mut ImageNode, &mut UiTransform)>,
    eye: Single<'_, '_, &mut Camera, With<Eye>>,
    mut showing: ResMut<'_, Showing>,
    mut pace: ResMut<'_, Pace>,
) {
    for (layer, mut node, mut image, mut transform) in &mut layers {
        let (scene, seen) = match layer {
            Layer::Below => (surface.on.as_ref(), 1.0),
            Layer::Above => match &surface.fading {
                Some((scene, since)) => (Some(scene), eased(since.elapsed().as_secs_f32() / Look::FADE.as_secs_f32())),
                None => (None, 0.0),
            },
        };
        let texture = scene.and_then(Scene::texture).cloned();
        let colour = Color::WHITE.with_alpha(if texture.is_some() { seen } else { 0.0 });
        let texture = texture.unwrap_or_else(|| ImageNode::default().image);
        if image.image != texture || image.color != colour {
            image.image = texture;
            image.color = colour;
        }
        let placed = placed(&surface);
        if *node != placed {
            *node = placed;
        }
        let turned = UiTransform::from_rotation(Rot2::degrees(f32::from(surface.rotation)));
        if *transform != turned {
            *transform = turned;
        }
    }
    let preparing = surface.next.as_ref().map(|(scene, _)| scene).or(surface.ahead.as_ref());
    let drawing = preparing.is_some_and(Scene::drawing_now);
    let waiting_ready = surface.next.as_ref().is_some_and(|(scene, _)| scene.texture().is_some());
    showing.number = surface.number();
    pace.busy = drawing || surface.fading.is_some() || waiting_ready || !showing.presented();
    // While only a texture is drawn, the display keeps what it has: a frame less to pay for.
    let idle_glass = drawing && surface.fading.is_none() && surface.on.is_some() && showing.presented();
    let mut eye = eye.into_inner();
    if eye.is_active == idle_glass {
        eye.is_active = !idle_glass;
    }
    showing.presents = !idle_glass;
}

/// Content stands in the middle of the glass, and is turned there.
fn placed(surface: &Surface) -> Node {
    let glass = surface.glass.as_vec2();
    let content = surface.content().unwrap_or(surface.glass).as_vec2();
    Node {
        position_type: PositionType::Absolute,
        left: Val::Px((glass.x - content.x) / 2.0),
        top: Val::Px((glass.y - content.y) / 2.0),
        width: Val::Px(content.x),
        height: Val::Px(content.y),
        ..Node::default()
    }
}

/// Slow at both ends.
fn eased(part: f32) -> f32 {
    let part = part.clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

/// Keeps glyphs of sizes that were used once from filling the memory: textures keep what is drawn.
pub(super) fn sweep(
    surface: Res<'_, Surface>,
    mut atlases: ResMut<'_, bevy::text::FontAtlasSet>,
    images: Res<'_, Assets<Image>>,
) {
    const MOST_BYTES: u64 = 48 << 20;
    let drawing = surface.next.iter().map(|(scene, _)| scene).chain(&surface.ahead).any(Scene::drawing_now);
    if !drawing && atlases.total_bytes(&images) > MOST_BYTES {
        atlases.clear();
    }
}
