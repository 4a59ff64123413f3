//! A drawing on its way to the glass: pictures first, then into textures, then ready.

use std::sync::Arc;

use bevy::{
    asset::{Assets, Handle, RenderAssetUsages},
    camera::{Camera, Camera2d, ClearColorConfig, RenderTarget},
    color::Color,
    ecs::{entity::Entity, system::Commands},
    image::Image,
    render::{
        render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages},
        view::Msaa,
    },
};

use super::{
    drawing::Drawing,
    film::Film,
    frame::Frame,
    frames::Showing,
    layers,
    live::{Live, Pan, Tape},
    paint::{self, Sheet},
    pictures::Pictures,
    sprite::Sprite,
};

/// Scenes are drawn before the display itself.
const ORDER: isize = -1;
/// A whole texture.
const WHOLE: Frame = Frame { x: 0.0, y: 0.0, w: 1.0, h: 1.0 };

/// Something that is shown, or will be.
pub struct Scene {
    /// What it shows.
    pub drawing: Arc<Drawing>,
    /// Number given by whoever asked for it.
    pub number: u64,
    step: Step,
}

enum Step {
    Waiting,
    /// Is drawn in one frame, `at`.
    Drawn {
        stands: Vec<Stand>,
        plies: Vec<Ply>,
        at: u64,
    },
    Ready(Vec<Ply>),
}

/// What stands before a camera while it is drawn.
struct Stand {
    camera: Entity,
    root: Entity,
}

/// A layer that has been drawn.
#[derive(Default)]
struct Ply {
    still: Option<(Handle<Image>, Frame)>,
    live: Vec<Moving>,
}

/// Something that moves, with its textures.
enum Moving {
    Tape(Tape, Vec<Handle<Image>>),
    Pan(Pan, Handle<Image>),
    Film(Film),
}

impl Scene {
    /// A scene of which nothing is there yet.
    pub fn new(drawing: Arc<Drawing>, number: u64) -> Self {
        Self { drawing, number, step: Step::Waiting }
    }

    /// Whether it can be shown.
    pub fn ready(&self) -> bool {
        matches!(self.step, Step::Ready(_))
    }

    /// Whether frames bring it forward (else it waits for pictures, or is ready).
    pub fn drawing_now(&self) -> bool {
        matches!(self.step, Step::Drawn { .. })
    }

    /// Whether anything in it moves with every frame; a film says itself when it does.
    pub fn moves(&self) -> bool {
        self.any_live(|live| !matches!(live, Moving::Film(_)))
    }

    /// Whether a film is in it.
    pub fn plays(&self) -> bool {
        self.any_live(|live| matches!(live, Moving::Film(_)))
    }

    fn any_live(&self, wanted: impl Fn(&Moving) -> bool) -> bool {
        matches!(&self.step, Step::Ready(plies) if plies.iter().flat_map(|ply| &ply.live).any(wanted))
    }

    /// What it looks like at an instant, back to front; nothing until it is ready.
    pub fn sprites(&self, at: f64) -> Vec<Sprite> {
        let Step::Ready(plies) = &self.step else { return Vec::new() };
        let mut sprites = Vec::new();
        for (index, ply) in plies.iter().enumerate() {
            let still = ply.still.iter().map(|(texture, to)| (texture, WHOLE, *to, index > 0));
            sprites.extend(still.map(sprite));
            for moving in &ply.live {
                match moving {
                    Moving::Tape(tape, textures) => {
                        let stretch = |(index, x): (usize, f32)| {
                            let to = Frame::new(x, tape.frame.y, tape.pieces[index].width, tape.frame.h);
                            sprite((textures.get(index)?, WHOLE, to, false)).within(tape.frame)
                        };
                        sprites.extend(tape.placed(at).into_iter().filter_map(stretch));
                    }
                    Moving::Pan(pan, texture) => sprites.push(sprite((texture, pan.window(at), pan.frame, false))),
                    Moving::Film(film) => {
                        let nothing = sprite((&Handle::default(), film.crop, film.frame, false));
                        sprites.push(Sprite { film: Some(film.run.clone()), ..nothing });
                    }
                }
            }
        }
        sprites
    }

    /// Goes a step further, once per frame.
    pub fn advance(
        &mut self,
        showing: &Showing,
        pictures: &mut Pictures,
        images: &mut Assets<Image>,
        commands: &mut Commands<'_, '_>,
    ) {
        match &mut self.step {
            Step::Waiting if pictures.ready(&self.drawing) => {
                let mut easel = Easel { pictures, images, commands, stands: Vec::new() };
                let plies = easel.put_up(&self.drawing);
                // What this frame would still lack, glyphs above all, the next one has.
                self.step = Step::Drawn { stands: easel.stands, plies, at: showing.frame + 1 };
            }
            Step::Drawn { stands, at, .. } if showing.frame == *at => open_eyes(stands, true, commands),
            Step::Drawn { stands, plies, at } => match showing.whole(*at) {
                Some(true) => {
                    take_away(stands, commands);
                    self.step = Step::Ready(std::mem::take(plies));
                }
                again => {
                    open_eyes(stands, false, commands);
                    if again.is_some() {
                        *at = showing.frame + 1;
                    }
                }
            },
            Step::Waiting | Step::Ready(_) => {}
        }
    }

    /// Takes away what has been put up for it.
    pub fn strike(self, commands: &mut Commands<'_, '_>) {
        if let Step::Drawn { stands, .. } = self.step {
            take_away(&stands, commands);
        }
    }
}

fn sprite((texture, from, to, clear): (&Handle<Image>, Frame, Frame, bool)) -> Sprite {
    Sprite { texture: texture.clone(), from, to, seen: 1.0, clear, film: None }
}

/// Each texture is drawn once: on a machine without a graphics processor every frame costs as much as a picture on the glass.
fn open_eyes(stands: &[Stand], open: bool, commands: &mut Commands<'_, '_>) {
    for stand in stands {
        commands.entity(stand.camera).entry::<Camera>().and_modify(move |mut camera| camera.is_active = open);
    }
}

fn take_away(stands: &[Stand], commands: &mut Commands<'_, '_>) {
    for stand in stands {
        commands.entity(stand.root).despawn();
        commands.entity(stand.camera).despawn();
    }
}

/// Puts sheets before cameras.
struct Easel<'a, 'w, 's> {
    pictures: &'a Pictures,
    images: &'a mut Assets<Image>,
    commands: &'a mut Commands<'w, 's>,
    stands: Vec<Stand>,
}

impl Easel<'_, '_, '_> {
    fn put_up(&mut self, drawing: &Drawing) -> Vec<Ply> {
        let layers = layers::of(drawing);
        let mut plies = Vec::with_capacity(layers.len());
        for (index, layer) in layers.into_iter().enumerate() {
            let backdrop = (index == 0).then_some(drawing.backdrop);
            let sheet = Sheet { frame: layer.frame, backdrop, parts: &layer.parts };
            let empty = backdrop.is_none() && layer.parts.is_empty();
            let still = (!empty).then(|| (self.draw(sheet), layer.frame));
            let live = layer.live.into_iter().filter_map(|live| self.moving(live)).collect();
            plies.push(Ply { still, live });
        }
        plies
    }

    fn moving(&mut self, live: Live) -> Option<Moving> {
        match live {
            Live::Tape(tape) => {
                let mut textures: Vec<Handle<Image>> = Vec::with_capacity(tape.pieces.len());
                for (at, stretch) in tape.pieces.iter().enumerate() {
                    // The points between lines are all the same.
                    let known = tape.pieces[..at].iter().position(|drawn| drawn.text == stretch.text);
                    let texture = match known {
                        Some(known) => textures[known].clone(),
                        None => {
                            let part = tape.part(stretch);
                            let backdrop = Some([tape.colours[1]; 2]);
                            self.draw(Sheet { frame: part.frame, backdrop, parts: &[part] })
                        }
                    };
                    textures.push(texture);
                }
                Some(Moving::Tape(tape, textures))
            }
            Live::Pan(pan) => self.pictures.get(&pan.photo).map(|texture| Moving::Pan(pan, texture)),
            Live::Film(film) => Some(Moving::Film(film)),
        }
    }

    fn draw(&mut self, sheet: Sheet<'_>) -> Handle<Image> {
        let target = self.images.add(target(sheet.frame.w as u32, sheet.frame.h as u32));
        let clear = sheet.backdrop.map_or(Color::NONE, |[first, _]| first.into());
        let clear_color = ClearColorConfig::Custom(clear);
        let eye = Camera { order: ORDER, clear_color, is_active: false, ..Camera::default() };
        let camera = self.commands.spawn((Camera2d, eye, RenderTarget::from(target.clone()), Msaa::Off)).id();
        let root = paint::spawn(sheet, camera, self.pictures, self.images, self.commands);
        self.stands.push(Stand { camera, root });
        target
    }
}

/// A texture that can be drawn into; nothing of it is kept in main memory.
pub fn target(width: u32, height: u32) -> Image {
    let size = Extent3d { width: width.max(1), height: height.max(1), depth_or_array_layers: 1 };
    let usage = RenderAssetUsages::MAIN_WORLD | RenderAssetUsages::RENDER_WORLD;
    let mut image = Image::new_uninit(size, TextureDimension::D2, TextureFormat::Rgba8UnormSrgb, usage);
    image.texture_descriptor.usage |= TextureUsages::RENDER_ATTACHMENT;
    image
}
