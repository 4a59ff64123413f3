//! QR codes as small images, one pixel block per module.

use bevy::{
    asset::RenderAssetUsages,
    image::{Image, ImageSampler},
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use qrcode::{Color as Module, EcLevel, QrCode};

use super::{colour::Colour, frame::Frame};

/// Light modules that must surround a code.
const QUIET: usize = 4;
/// A display is neither torn nor dirty.
const LEVEL: EcLevel = EcLevel::M;

/// Side of a card, near to the wished one, that a code fills with whole pixels per module.
pub fn side(text: &str, wish: f32) -> f32 {
    let Ok(code) = QrCode::with_error_correction_level(text.as_bytes(), LEVEL) else { return wish };
    let modules = (code.width() + 2 * QUIET) as f32;
    (wish / modules).round().max(2.0) * modules
}

/// A code drawn as large as whole pixels per module allow, and where it stands on its card;
/// `None` for a text that is too long for a code or a card that is too small.
pub fn image(text: &str, card: Frame, [light, dark]: [Colour; 2]) -> Option<(Image, Frame)> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), LEVEL).ok()?;
    let modules = code.width();
    let pixels = (card.w.min(card.h) / (modules + 2 * QUIET) as f32).floor() as usize;
    if pixels == 0 {
        return None;
    }
    let colours = code.to_colors();
    let side = modules * pixels;
    let [light, dark] = [light, dark].map(bytes);
    let mut data = Vec::with_capacity(side * side * 4);
    for y in 0..side {
        for x in 0..side {
            let is_dark = colours[y / pixels * modules + x / pixels] == Module::Dark;
            data.extend(if is_dark { dark } else { light });
        }
    }
    let side_pixels = u32::try_from(side).ok()?;
    let mut image = Image::new(
        Extent3d { width: side_pixels, height: side_pixels, depth_or_array_layers: 1 },
        TextureDimension::D2,
        data,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.sampler = ImageSampler::nearest();
    let side = side as f32;
    let (left, top) = ((card.w - side) / 2.0, (card.h - side) / 2.0);
    Some((image, Frame::new((card.x + left).floor(), (card.y + top).floor(), side, side)))
}

fn bytes(colour: Colour) -> [u8; 4] {
    [colour.red, colour.green, colour.blue, 1.0].map(|part| (part * 255.0).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::{Colour, Frame, image};

    #[test]
    fn a_code_keeps_its_quiet_zone_and_whole_pixels() {
        let card = Frame::new(10.0, 20.0, 200.0, 200.0);

        let (image, frame) = image("https://museum.example/@x/p/y", card, [Colour::WHITE, Colour::BLACK]).unwrap();

        let pixels = image.width() as f32 / 29.0;
        assert_eq!(pixels.fract(), 0.0);
        assert_eq!(frame.w, image.width() as f32);
        assert!(frame.x - card.x >= pixels * 4.0 - 1.0 && frame.y - card.y >= pixels * 4.0 - 1.0);
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        let colours = [Colour::WHITE, Colour::BLACK];
        assert!(image(&"x".repeat(5_000), Frame::new(0.0, 0.0, 900.0, 900.0), colours).is_none());
        assert!(image("x", Frame::new(0.0, 0.0, 5.0, 5.0), colours).is_none());
    }
}
