//! A corpus of good, odd and hostile pictures, made here, and what becomes of each.

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use super::{Kind, Limits, Picture, Refusal, check, render};

const PLACE: &[u8] = b"GPS 53.5511N 9.9937E";

fn rendered(bytes: &[u8]) -> Result<Picture, Refusal> {
    render(bytes, &Limits::default())
}

fn refused(bytes: &[u8]) -> Refusal {
    rendered(bytes).expect_err("a bad picture was taken")
}

/// Reads a rendition back.
fn read(picture: &Picture, index: usize) -> DynamicImage {
    image::load_from_memory(&picture.renditions[index].bytes).unwrap()
}

fn near(seen: [u8; 3], wanted: [u8; 3]) -> bool {
    seen.iter().zip(wanted).all(|(seen, wanted)| seen.abs_diff(wanted) <= 12)
}

/// A photograph: too many colours for a drawing.
fn photo(width: u32, height: u32) -> RgbImage {
    let mut noise = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = u8::try_from(noise >> 28).unwrap();
        let shade = |value: u32| u8::try_from(value % 200).unwrap() + grain;
        Rgb([shade(x), shade(y), shade(x + y)])
    })
}

/// Red on top, blue below, with room between for JPEG's blocks.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| if y < height / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) })
}

fn jpeg(image: &RgbImage, exif: Option<Vec<u8>>, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 90);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder.encode_image(image).unwrap();
    file
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut file)).unwrap();
    file
}

/// EXIF with an orientation and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x25, 0x88, 2, 0, 20, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(PLACE);
    exif
}

/// A PNG that is only its header and a little data.
fn png_header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([depth, colour, 0, 0, 0]);
    for (name, data) in [(b"IHDR", header.as_slice()), (b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]), (b"IEND", &[])] {
        let mut chunk = name.to_vec();
        chunk.extend(data);
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend(&chunk);
        file.extend(crc(&chunk).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

fn gif(frames: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, 30);
    for shade in 0..frames {
        let colour = if shade == 0 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 0, 200, 255]) };
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(8, 8, colour))).unwrap();
    }
    drop(encoder);
    file
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photograph_gets_every_width_that_fits() {
    let picture = rendered(&jpeg(&photo(1500, 1000), None, None)).unwrap();

    let sizes: Vec<_> = picture.renditions.iter().map(|r| (r.width, r.height)).collect();
    assert_eq!(sizes, [(160, 107), (320, 213), (640, 427), (1280, 853), (1500, 1000)]);
    for (index, rendition) in picture.renditions.iter().enumerate() {
        assert_eq!(rendition.content_type, "image/jpeg");
        assert!(contains(&rendition.bytes, b"\xff\xc2"), "is progressive");
        assert_eq!(rendition.sha256, super::sha256(&rendition.bytes));
        let image = read(&picture, index);
        assert_eq!((image.width(), image.height()), (rendition.width, rendition.height));
    }
    assert_eq!((picture.width, picture.height, picture.frames), (1500, 1000, 1));
}

#[test]
fn the_same_bytes_give_the_same_files() {
    let file = jpeg(&photo(700, 400), None, None);

    let (first, second) = (rendered(&file).unwrap(), rendered(&file).unwrap());

    assert_eq!(first.original_sha256, second.original_sha256);
    for (first, second) in first.renditions.iter().zip(&second.renditions) {
        assert_eq!(first.sha256, second.sha256);
    }
}

#[test]
fn every_orientation_ends_upright_and_the_place_is_gone() {
    for orientation in 1..=8 {
        // Stored so that turning it as the number says gives red on top.
        let mut stored = DynamicImage::from(flag(96, 64));
        let turn = image::metadata::Orientation::from_exif(orientation).unwrap();
        let back = match orientation {
            6 => 8,
            8 => 6,
            own_inverse => own_inverse,
        };
        stored.apply_orientation(image::metadata::Orientation::from_exif(back).unwrap());
        let file = jpeg(&stored.to_rgb8(), Some(exif(orientation)), None);
        assert!(contains(&file, PLACE), "the test's own file has no place in it");

        let picture = rendered(&file).unwrap();

        assert_eq!((picture.width, picture.height), (96, 64), "{turn:?}");
        let image = read(&picture, 0).to_rgb8();
        assert!(near(image.get_pixel(48, 8).0, [200, 0, 0]), "{turn:?}: top is {:?}", image.get_pixel(48, 8));
        assert!(near(image.get_pixel(48, 56).0, [0, 0, 200]), "{turn:?}: bottom is {:?}", image.get_pixel(48, 56));
        for rendition in &picture.renditions {
            assert!(!contains(&rendition.bytes, PLACE) && !contains(&rendition.bytes, b"Exif"), "{turn:?}");
        }
    }
}

#[test]
fn transparency_stays_and_an_alpha_channel_without_meaning_goes() {
    let clear = RgbaImage::from_fn(64, 64, |x, _| Rgba([10, 200, 30, if x < 32 { 0 } else { 255 }]));
    let picture = rendered(&png(&clear.into())).unwrap();
    assert_eq!(picture.renditions[0].content_type, "image/png");
    let image = read(&picture, 0).to_rgba8();
    assert_eq!((image.get_pixel(4, 4).0[3], image.get_pixel(60, 4).0), (0, [10, 200, 30, 255]));
    assert_eq!(picture.colour, "#0ac81e", "what cannot be seen does not colour the placeholder");

    let opaque = DynamicImage::from(photo(400, 300)).to_rgba8();
    let picture = rendered(&png(&opaque.into())).unwrap();
    assert!(picture.renditions.iter().all(|r| r.content_type == "image/jpeg"));
}

#[test]
fn a_drawing_stays_sharp() {
    let picture = rendered(&png(&flag(800, 500).into())).unwrap();

    assert!(picture.renditions.iter().all(|r| r.content_type == "image/png"));
    assert_eq!(read(&picture, 3).to_rgb8(), flag(800, 500));
}

#[test]
fn sixteen_bits_grey_and_webp_are_read() {
    let deep = ImageBuffer::<Rgb<u16>, _>::from_pixel(40, 30, Rgb([0xc8c8, 0, 0x6464]));
    let picture = rendered(&png(&deep.into())).unwrap();
    assert_eq!(read(&picture, 0).to_rgb8().get_pixel(20, 15).0, [200, 0, 100]);

    let grey = DynamicImage::from(flag(40, 30)).to_luma8();
    let mut file = Vec::new();
    JpegEncoder::new(&mut file).encode_image(&grey).unwrap();
    assert_eq!(rendered(&file).unwrap().kind, Kind::Jpeg);

    let mut file = Vec::new();
    WebPEncoder::new_lossless(&mut file).encode(&flag(40, 30), 40, 30, image::ExtendedColorType::Rgb8).unwrap();
    let picture = rendered(&file).unwrap();
    assert_eq!((picture.kind, picture.width, picture.height), (Kind::WebP, 40, 30));
}

#[test]
fn print_colours_are_read() {
    // Full cyan is what no red is on a screen.
    let ink = [255_u8, 0, 0, 0].repeat(32 * 32);
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, 90).encode(&ink, 32, 32, jpeg_encoder::ColorType::Cmyk).unwrap();

    let picture = rendered(&file).unwrap();

    let seen = read(&picture, 0).to_rgb8().get_pixel(16, 16).0;
    assert!(near(seen, [0, 255, 255]), "{seen:?}");
}

#[test]
fn wide_colours_become_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let plain = RgbImage::from_pixel(32, 32, Rgb([100, 180, 90]));

    let picture = rendered(&jpeg(&plain, None, Some(profile))).unwrap();

    let seen = read(&picture, 0).to_rgb8().get_pixel(16, 16).0;
    assert!(seen[0] < 95 && seen[1] >= 178, "P3 green is greener than sRGB's: {seen:?}");
    assert!(!contains(&picture.renditions[0].bytes, b"ICC_PROFILE"));
    assert!(rendered(&jpeg(&plain, None, Some(b"no profile at all".to_vec()))).is_ok());
}

#[test]
fn of_an_animation_the_first_frame_is_shown() {
    let picture = rendered(&gif(30)).unwrap();
    assert_eq!((picture.kind, picture.frames), (Kind::Gif, 30));
    assert_eq!(read(&picture, 0).to_rgb8().get_pixel(4, 4).0, [200, 0, 0]);

    assert_eq!(refused(&gif(10_000)), Refusal::Frames);
}

#[test]
fn bombs_are_refused_by_their_headers() {
    assert_eq!(check(&png_header(50_000, 50_000, 8, 6), &Limits::default()), Err(Refusal::Side));
    assert_eq!(check(&png_header(65_535, 1, 8, 2), &Limits::default()), Err(Refusal::Side));
    assert_eq!(check(&png_header(16_000, 16_000, 8, 2), &Limits::default()), Err(Refusal::Pixels));
    assert_eq!(check(&png_header(10_000, 1, 8, 2), &Limits::default()), Err(Refusal::Aspect));
    assert_eq!(check(&png_header(u32::MAX, u32::MAX, 16, 6), &Limits::default()), Err(Refusal::Side));
    assert_eq!(check(&png_header(0, 10, 8, 2), &Limits::default()), Err(Refusal::Broken));
    let small = Limits { memory: 1_000_000, ..Limits::default() };
    assert_eq!(check(&png_header(1_000, 500, 16, 6), &small), Err(Refusal::Pixels), "deep pixels cost more");
    assert_eq!(check(&gif(1), &Limits { smallest_side: 9, ..Limits::default() }), Err(Refusal::Tiny));
    assert_eq!(check(&vec![0xff; (20 << 20) + 1], &Limits::default()), Err(Refusal::Heavy));
}

#[test]
fn a_gif_frame_larger_than_its_screen_is_counted() {
    let mut file = gif(1);
    let at = file.iter().position(|byte| *byte == 0x2c).unwrap();
    file[at + 5..at + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);

    assert_eq!(check(&file, &Limits::default()), Err(Refusal::Pixels));
}

#[test]
fn thousands_of_scans_are_refused() {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 80);
    encoder.set_progressive(true);
    encoder.encode(photo(64, 64).as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    assert!(rendered(&file).is_ok());
    let from = file.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let scan = file[from..file.len() - 2].to_vec();
    file.truncate(file.len() - 2);
    (0..1000).for_each(|_| file.extend(&scan));
    file.extend([0xff, 0xd9]);

    assert_eq!(check(&file, &Limits::default()), Err(Refusal::Broken));
}

#[test]
fn what_is_no_picture_is_refused_by_type() {
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assert_eq!(refused(b""), Refusal::Empty);
    assert_eq!(refused(script), Refusal::Type);
    assert_eq!(refused(b"<!doctype html><script>alert(1)</script>"), Refusal::Type);
    assert_eq!(refused(b"%PDF-1.7\n"), Refusal::Type);
    assert_eq!(refused(b"BM\x46\0\0\0\0\0\0\0"), Refusal::Type);
    assert_eq!(refused(b"\0\0\0\x20ftypavif"), Refusal::Type);
    assert_eq!(refused(b"\xff\xd8"), Refusal::Type);
}

#[test]
fn what_hides_behind_a_picture_does_not_travel_on() {
    let hidden: &[u8] = b"<script>alert(document.cookie)</script>PK\x03\x04";
    for file in [jpeg(&photo(64, 64), None, None), png(&photo(64, 64).into()), gif(2)] {
        let file = [&file, hidden].concat();

        let picture = rendered(&file).unwrap();

        assert!(picture.renditions.iter().all(|r| !contains(&r.bytes, b"<script>")));
    }
}

#[test]
fn a_picture_cut_off_anywhere_never_panics_and_is_refused() {
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(&photo(40, 40), 40, 40, image::ExtendedColorType::Rgb8).unwrap();
    let files = [jpeg(&photo(40, 40), Some(exif(6)), None), png(&photo(40, 40).into()), webp, gif(1)];
    for file in files {
        // The very last bytes of a PNG or GIF only say that it ends.
        for length in (1..file.len() - 16).step_by(7) {
            let answer = rendered(&file[..length]);
            assert!(answer.is_err(), "{length} of {} bytes of {:?} were taken", file.len(), Kind::sniff(&file));
        }
    }
}

#[test]
fn flipped_bytes_never_panic() {
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(&photo(30, 30), 30, 30, image::ExtendedColorType::Rgb8).unwrap();
    let files = [jpeg(&photo(30, 30), Some(exif(3)), None), png(&photo(30, 30).into()), webp, gif(3)];
    for file in files {
        for at in 0..file.len().min(700) {
            let mut broken = file.clone();
            broken[at] ^= 0xff;
            let _ = render(&broken, &Limits { pixels: 1_000_000, ..Limits::default() });
        }
    }
}
