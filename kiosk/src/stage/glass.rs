//! The glass: lays the sprites of a frame over one another on the display.

use bevy::{
    app::App,
    asset::{Asset, Assets, Handle, uuid_handle},
    camera::{Camera, Camera2d, ClearColor, ClearColorConfig, RenderTarget},
    color::{Alpha, Color},
    ecs::{
        component::Component,
        entity::Entity,
        hierarchy::ChildOf,
        query::With,
        resource::Resource,
        system::{Commands, Local, Res, ResMut, Single},
    },
    image::Image,
    math::{Rect, Rot2, Vec4},
    reflect::TypePath,
    render::{render_resource::AsBindGroup, view::Msaa},
    shader::{Shader, ShaderRef},
    ui::{
        LayoutConfig, Node, UiTargetCamera, UiTransform, Val, ZIndex,
        widget::{ImageNode, NodeImageMode},
    },
    ui_render::prelude::{MaterialNode, UiMaterial},
};

use super::{
    film::{Films, Paint},
    frame::Frame,
    paint::place,
    redraw::Redraw,
    shaders,
    sprite::Sprite,
    surface::Surface,
};

/// The texture a display without a window is drawn into.
#[derive(Resource)]
pub struct Canvas(pub Handle<Image>);

/// A texture that is clear in places, whose colours have been multiplied with their density.
#[derive(Asset, AsBindGroup, Clone, Debug, PartialEq, TypePath)]
pub(super) struct Clear {
    /// Left, top, width and height of what is seen, in parts of one.
    #[uniform(0)]
    window: Vec4,
    #[uniform(1)]
    seen: Vec4,
    #[texture(2)]
    #[sampler(3)]
    texture: Handle<Image>,
}

const SHADER: Handle<Shader> = uuid_handle!("0f4f3c1e-62b0-4b5b-9d0c-6f2b8c1d7a35");

impl UiMaterial for Clear {
    fn fragment_shader() -> ShaderRef {
        SHADER.into()
    }
}

/// Everything that shows sprites, turned together.
#[derive(Component)]
pub(super) struct Content;

#[derive(Component)]
pub(super) struct Eye;

/// What the display needs before anything is put up.
pub(super) fn plugin(app: &mut App) {
    shaders::add::<Clear>(app, &SHADER, include_str!("clear.wgsl"), "clear.wgsl");
}

/// Puts up the camera and the content.
pub(super) fn set_up(mut commands: Commands<'_, '_>, surface: Res<'_, Surface>, canvas: Option<Res<'_, Canvas>>) {
    commands.insert_resource(ClearColor(surface.ground.into()));
    let clear_color = ClearColorConfig::Custom(surface.ground.into());
    let eye = Camera { clear_color, is_active: false, ..Camera::default() };
    let camera = commands.spawn((Camera2d, eye, Msaa::Off, Eye)).id();
    if let Some(canvas) = canvas {
        commands.entity(camera).insert(RenderTarget::from(canvas.0.clone()));
    }
    let whole = Node { width: Val::Percent(100.0), height: Val::Percent(100.0), ..Node::default() };
    let root = commands.spawn((whole, UiTargetCamera(camera))).id();
    commands.spawn((Node::default(), UiTransform::IDENTITY, Content, ChildOf(root)));
}

/// Shows the sprites of this frame.
pub(super) fn compose(
    surface: Res<'_, Surface>,
    content: Single<'_, '_, (Entity, &mut Node, &mut UiTransform), With<Content>>,
    mut panes: Local<'_, Vec<Pane>>,
    mut clear: ResMut<'_, Assets<Clear>>,
    (images, films, mut paints): (Res<'_, Assets<Image>>, Res<'_, Films>, ResMut<'_, Assets<Paint>>),
    mut redraw: ResMut<'_, Redraw>,
    mut commands: Commands<'_, '_>,
) {
    let (content, mut node, mut transform) = content.into_inner();
    let placed = placed(&surface);
    if *node != placed {
        *node = placed;
        redraw.changed(1);
    }
    let turned = UiTransform::from_rotation(Rot2::degrees(f32::from(surface.rotation)));
    if *transform != turned {
        *transform = turned;
        redraw.changed(1);
    }
    let sprites = surface.sprites();
    while panes.len() > sprites.len()
        && let Some(pane) = panes.pop()
    {
        commands.entity(pane.entity).despawn();
        redraw.changed(1);
    }
    for (index, sprite) in sprites.into_iter().enumerate() {
        let paint = films.paint(&sprite);
        if panes.get(index).is_some_and(|pane| pane.sprite == sprite && pane.paint == paint) {
            continue;
        }
        redraw.changed(if sprite.clear || sprite.film.is_some() { 2 } else { 1 });
        if panes.len() <= index {
            let layer = ZIndex(i32::try_from(index).unwrap_or(i32::MAX));
            let entity = commands.spawn((layer, LayoutConfig { use_rounding: false }, ChildOf(content))).id();
            panes.push(Pane { entity, sprite: sprite.clone(), paint: None });
        }
        let entity = panes[index].entity;
        let mut pane = commands.entity(entity);
        if let Some(paint) = paint.clone().filter(|_| sprite.film.is_some()) {
            pane.remove::<(ImageNode, MaterialNode<Clear>)>();
            pane.insert((place(sprite.to), MaterialNode(paints.add(paint))));
        } else if sprite.film.is_some() {
            // It has no picture yet; what stands below it is its first one.
            pane.remove::<(ImageNode, MaterialNode<Clear>, MaterialNode<Paint>)>();
        } else {
            pane.remove::<MaterialNode<Paint>>();
            show(&sprite, entity, &mut clear, &images, &mut commands);
        }
        panes[index] = Pane { entity, sprite, paint };
    }
}

/// What shows a sprite, and which one it was in the last frame.
pub(super) struct Pane {
    entity: Entity,
    sprite: Sprite,
    paint: Option<Paint>,
}

fn show(
    sprite: &Sprite,
    entity: Entity,
    clear: &mut Assets<Clear>,
    images: &Assets<Image>,
    commands: &mut Commands<'_, '_>,
) {
    let from = sprite.from;
    let mut pane = commands.entity(entity);
    pane.insert(place(sprite.to));
    if sprite.clear {
        let window = Vec4::new(from.x, from.y, from.w, from.h);
        let material = Clear { window, seen: Vec4::splat(sprite.seen), texture: sprite.texture.clone() };
        pane.remove::<ImageNode>().insert(MaterialNode(clear.add(material)));
        return;
    }
    let size = images.get(&sprite.texture).map(Image::size_f32).unwrap_or_default();
    let rect = Rect::new(from.x * size.x, from.y * size.y, from.right() * size.x, from.bottom() * size.y);
    let whole = from == Frame::new(0.0, 0.0, 1.0, 1.0);
    let image = ImageNode {
        image_mode: NodeImageMode::Stretch,
        rect: (!whole).then_some(rect),
        color: Color::WHITE.with_alpha(sprite.seen),
        ..ImageNode::new(sprite.texture.clone())
    };
    pane.remove::<MaterialNode<Clear>>().insert(image);
}

/// Content stands in the middle of the glass, and is turned there.
fn placed(surface: &Surface) -> Node {
    let glass = surface.glass.as_vec2();
    let content = surface.content().unwrap_or(surface.glass).as_vec2();
    place(Frame::new((glass.x - content.x) / 2.0, (glass.y - content.y) / 2.0, content.x, content.y))
}
