//! Turns a drawing into what the drawing engine draws.

use bevy::{
    asset::Assets,
    color::Color,
    ecs::{
        entity::Entity,
        hierarchy::ChildOf,
        system::{Commands, EntityCommands},
    },
    image::Image,
    math::Rot2,
    text::{
        FontFeatureTag, FontFeatures, FontHinting, FontSize, FontWeight, Justify, LetterSpacing, LineBreak, LineHeight,
        TextColor, TextFont, TextLayout, TextSpan,
    },
    ui::{
        BackgroundColor, BackgroundGradient, BorderColor, BorderRadius, ColorStop, LinearGradient, Node, Overflow,
        PositionType, UiRect, UiTargetCamera, UiTransform, Val,
        widget::{ImageNode, NodeImageMode, Text},
    },
};

use super::{
    clean::tinted,
    colour::Colour,
    drawing::{Align, Area, Code, Part, Photo, Piece, Slope, Type, Words},
    fonts,
    frame::Frame,
    pictures::Pictures,
    qr,
};

/// Still pieces that are drawn into one texture.
#[derive(Clone, Copy)]
pub struct Sheet<'d> {
    /// What of the display it covers.
    pub frame: Frame,
    /// Behind everything, from the top left to the bottom right corner; clear without it.
    pub backdrop: Option<[Colour; 2]>,
    /// What is on it.
    pub parts: &'d [Part],
}

/// Puts a sheet before a camera; despawning the returned root takes all of it away.
pub fn spawn(
    sheet: Sheet<'_>,
    camera: Entity,
    pictures: &Pictures,
    images: &mut Assets<Image>,
    commands: &mut Commands<'_, '_>,
) -> Entity {
    let whole = place(Frame { x: 0.0, y: 0.0, ..sheet.frame });
    let mut root = commands.spawn((whole, UiTargetCamera(camera)));
    if let Some(backdrop) = sheet.backdrop {
        root.insert(ground(backdrop, Slope::Corner));
    }
    let root = root.id();
    for part in sheet.parts {
        let node = Node { overflow: Overflow::clip(), ..place(within(part.frame, (sheet.frame.x, sheet.frame.y))) };
        let owner = commands.spawn((node, ChildOf(root))).id();
        for piece in &part.pieces {
            let origin = (part.frame.x, part.frame.y);
            match piece {
                Piece::Area(area) => spawn_area(area, origin, owner, commands),
                Piece::Words(words) => spawn_words(words, origin, owner, commands),
                Piece::Photo(photo) => spawn_photo(photo, origin, owner, pictures, commands),
                Piece::Code(code) => spawn_code(code, origin, owner, images, commands),
                // It lies between the sheets.
                Piece::Live(_) => {}
            }
        }
    }
    root
}

/// A node that stands where a frame says.
pub fn place(frame: Frame) -> Node {
    Node {
        position_type: PositionType::Absolute,
        left: Val::Px(frame.x),
        top: Val::Px(frame.y),
        width: Val::Px(frame.w),
        height: Val::Px(frame.h),
        ..Node::default()
    }
}

fn within(frame: Frame, (x, y): (f32, f32)) -> Frame {
    Frame { x: frame.x - x, y: frame.y - y, ..frame }
}

fn ground([from, to]: [Colour; 2], slope: Slope) -> BackgroundGradient {
    let degrees = match slope {
        Slope::Corner => 125.0,
        Slope::Down => 180.0,
    };
    let stops = vec![ColorStop::percent(Color::from(from), 0.0), ColorStop::percent(Color::from(to), 100.0)];
    LinearGradient::new(Rot2::degrees(degrees).as_radians(), stops).into()
}

fn spawn_area(area: &Area, origin: (f32, f32), owner: Entity, commands: &mut Commands<'_, '_>) {
    let mut node = place(within(area.frame, origin));
    node.border_radius = BorderRadius::all(Val::Px(area.radius));
    if area.turn != 0.0 {
        let turned = UiTransform::from_rotation(Rot2::radians(area.turn));
        commands.spawn((node, BackgroundColor(area.colours[0].into()), turned, ChildOf(owner)));
    } else if area.outline > 0.0 {
        node.border = UiRect::all(Val::Px(area.outline));
        commands.spawn((node, BorderColor::all(area.colours[0]), ChildOf(owner)));
    } else if area.colours[0] == area.colours[1] {
        commands.spawn((node, BackgroundColor(area.colours[0].into()), ChildOf(owner)));
    } else {
        commands.spawn((node, ground(area.colours, area.slope), ChildOf(owner)));
    }
}

fn spawn_words(words: &Words, origin: (f32, f32), owner: Entity, commands: &mut Commands<'_, '_>) {
    let justify = match words.align {
        Align::Start | Align::Lead => Justify::Start,
        Align::Trail => Justify::End,
        Align::Centre => Justify::Center,
    };
    let mut runs = runs(&words.text).into_iter();
    let Some((first, first_tinted)) = runs.next() else { return };
    let colour = |tinted: bool| TextColor(if tinted { words.tint } else { words.colour }.into());
    let mut root: EntityCommands<'_> = commands.spawn((
        place(within(words.frame, origin)),
        Text::new(first),
        colour(first_tinted),
        setting(&words.set),
        TextLayout::new(justify, LineBreak::WordOrCharacter),
        FontHinting::Disabled,
        ChildOf(owner),
    ));
    root.with_children(|spans| {
        for (run, tinted) in runs {
            spans.spawn((TextSpan::new(run), colour(tinted), setting(&words.set)));
        }
    });
}

fn setting(set: &Type) -> (TextFont, LineHeight, LetterSpacing) {
    let mut font = TextFont {
        font: fonts::FAMILY.into(),
        font_size: FontSize::Px(set.size),
        weight: FontWeight(set.weight.number()),
        ..TextFont::default()
    };
    if set.digits {
        font.font_features = FontFeatures::from([FontFeatureTag::TABULAR_FIGURES]);
    }
    (font, LineHeight::RelativeToFont(set.leading), LetterSpacing::Px(set.tracking * set.size))
}

/// A text cut where its colour changes.
fn runs(text: &str) -> Vec<(String, bool)> {
    let mut runs: Vec<(String, bool)> = Vec::new();
    for piece in text.split_inclusive(' ') {
        let is_tinted = tinted(piece.trim_end().trim_end_matches(['.', ',', '!', '?', ':', ')']));
        match runs.last_mut() {
            Some((last, tinted)) if *tinted == is_tinted => last.push_str(piece),
            _ => runs.push((piece.to_owned(), is_tinted)),
        }
    }
    runs
}

fn spawn_photo(photo: &Photo, origin: (f32, f32), owner: Entity, pictures: &Pictures, commands: &mut Commands<'_, '_>) {
    let Some(image) = pictures.get(photo) else { return };
    let mut node = place(within(photo.frame, origin));
    node.border_radius = BorderRadius::all(Val::Px(photo.radius));
    commands.spawn((node, stretched(image), ChildOf(owner)));
}

fn spawn_code(
    code: &Code,
    origin: (f32, f32),
    owner: Entity,
    images: &mut Assets<Image>,
    commands: &mut Commands<'_, '_>,
) {
    let Some((image, frame)) = qr::image(&code.text, code.frame, code.colours) else { return };
    let mut card = place(within(code.frame, origin));
    card.border_radius = BorderRadius::all(Val::Px(code.radius));
    commands.spawn((card, BackgroundColor(code.colours[0].into()), ChildOf(owner)));
    commands.spawn((place(within(frame, origin)), stretched(images.add(image)), ChildOf(owner)));
}

fn stretched(image: bevy::asset::Handle<Image>) -> ImageNode {
    ImageNode { image_mode: NodeImageMode::Stretch, ..ImageNode::new(image) }
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn hashtags_and_links_are_runs_of_their_own() {
        let text = "Heute #Lichtkunst #Museum, mehr: museum.example/licht und mehr.";

        let runs = runs(text);

        let tinted: Vec<_> = runs.iter().filter(|(_, tinted)| *tinted).map(|(run, _)| run.as_str()).collect();
        assert_eq!(tinted, ["#Lichtkunst #Museum, ", "museum.example/licht "]);
        assert_eq!(runs.iter().map(|(run, _)| run.as_str()).collect::<String>(), text);
    }
}
