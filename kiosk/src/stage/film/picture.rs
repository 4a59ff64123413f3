//! One picture of a film as decoders give it, brightness and colour apart, and how colours come out of it.

use gstreamer as gst;
use gstreamer_video as video;
use video::{VideoColorMatrix, VideoColorRange, VideoFormat, VideoFrameExt, VideoFrameRef, VideoInfo};

/// One picture.
pub(super) struct Picture {
    /// Brightness; then both colours in one plane, or one after the other.
    pub(super) planes: Vec<Plane>,
    /// How red, green and blue come out of brightness and colours: three factors and what is added, for each.
    pub(super) colours: [[f32; 4]; 3],
    /// What time it was when it was taken, in milliseconds since 1970.
    pub(super) at: i64,
}

/// Rows without gaps.
pub(super) struct Plane {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bytes of one point: 1, or 2 where both colours lie side by side.
    pub(super) depth: u32,
    pub(super) bytes: Vec<u8>,
}

impl Picture {
    /// Copies a decoded picture; `None` where it is in no form that is asked for.
    pub(super) fn of(sample: &gst::Sample, at: i64) -> Option<Self> {
        let info = VideoInfo::from_caps(sample.caps()?).ok()?;
        let frame = VideoFrameRef::from_buffer_ref_readable(sample.buffer()?, &info).ok()?;
        let depths: &[u32] = match info.format() {
            VideoFormat::I420 => &[1, 1, 1],
            VideoFormat::Nv12 => &[1, 2],
            _ => return None,
        };
        let mut planes = Vec::new();
        for (number, depth) in (0_u8..).zip(depths) {
            let (width, height) = (info.comp_width(number), info.comp_height(number));
            let stride = usize::try_from(*frame.plane_stride().get(usize::from(number))?).ok()?;
            let (data, row) = (frame.plane_data(u32::from(number)).ok()?, (width * depth) as usize);
            let mut bytes = Vec::with_capacity(row * height as usize);
            for line in data.chunks(stride.max(1)).take(height as usize) {
                bytes.extend_from_slice(line.get(..row)?);
            }
            if bytes.len() != row * height as usize || bytes.is_empty() {
                return None;
            }
            planes.push(Plane { width, height, depth: *depth, bytes });
        }
        let colorimetry = info.colorimetry();
        Some(Self { planes, colours: colours(colorimetry.matrix(), colorimetry.range(), info.height()), at })
    }
}

/// The rows of the conversion, for brightness and colours from 0 to 1.
fn colours(matrix: VideoColorMatrix, range: VideoColorRange, height: u32) -> [[f32; 4]; 3] {
    // How much red and blue weigh in brightness.
    let (red, blue) = match matrix {
        VideoColorMatrix::Bt709 => (0.2126, 0.0722),
        VideoColorMatrix::Bt2020 => (0.2627, 0.0593),
        VideoColorMatrix::Smpte240m => (0.212, 0.087),
        VideoColorMatrix::Fcc => (0.30, 0.11),
        VideoColorMatrix::Bt601 => (0.299, 0.114),
        // Nobody says: what is usual for its size.
        _ if height > 576 => (0.2126, 0.0722),
        _ => (0.299, 0.114),
    };
    let green = 1.0 - red - blue;
    let (black, light, colour) = if range == VideoColorRange::Range0_255 {
        (0.0, 1.0, 1.0)
    } else {
        (16.0 / 255.0, 255.0 / 219.0, 255.0 / 224.0)
    };
    let grey = 128.0 / 255.0;
    let row = |of_blue: f32, of_red: f32| {
        let (of_blue, of_red) = (of_blue * colour, of_red * colour);
        [light, of_blue, of_red, -black * light - grey * (of_blue + of_red)]
    };
    [
        row(0.0, 2.0 * (1.0 - red)),
        row(-2.0 * (1.0 - blue) * blue / green, -2.0 * (1.0 - red) * red / green),
        row(2.0 * (1.0 - blue), 0.0),
    ]
}

#[cfg(test)]
mod tests {
    use gstreamer_video::{VideoColorMatrix, VideoColorRange};

    use super::colours;

    #[test]
    fn colours_come_out_as_standards_say() {
        // Pure red in BT.601 and BT.709, limited range; white in full range.
        for (matrix, range, coded, expected) in [
            (VideoColorMatrix::Bt601, VideoColorRange::Range16_235, [81.5, 90.2, 240.0], [255.0, 0.0, 0.0]),
            (VideoColorMatrix::Bt709, VideoColorRange::Range16_235, [62.6, 102.3, 240.0], [255.0, 0.0, 0.0]),
            (VideoColorMatrix::Bt2020, VideoColorRange::Range0_255, [255.0, 128.0, 128.0], [255.0, 255.0, 255.0]),
            (VideoColorMatrix::Unknown, VideoColorRange::Unknown, [16.0, 128.0, 128.0], [0.0, 0.0, 0.0]),
        ] {
            let rows = colours(matrix, range, 1080);
            for (row, expected) in rows.into_iter().zip(expected) {
                let value: f32 = row.iter().zip(coded).map(|(factor, part): (&f32, f32)| factor * part).sum();
                assert!((value + row[3] * 255.0 - expected).abs() < 1.0, "{matrix:?} {range:?}: {rows:?}");
            }
        }
    }
}
