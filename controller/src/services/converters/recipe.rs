//! How a film is encoded anew: H.264 that every screen decodes in hardware, quick to seek, and small frames to look at.

use super::probe::Facts;
use crate::tools::pictures::flash::{HEIGHT, WIDTH};

/// Longer and shorter side of a film on a screen.
const BOX: (u32, u32) = (1_920, 1_080);
/// Most frames a second.
const MOST_FRAMES: f64 = 30.0;
/// Fewest: slower films are often a few pictures with long pauses.
const FEWEST_FRAMES: f64 = 5.0;

/// Frames a second of the new film, as a fraction. Of a quick film every second frame is left out.
pub(super) fn rate((over, under): (u32, u32)) -> (u32, u32) {
    let frames = f64::from(over) / f64::from(under.max(1));
    if over == 0 || under == 0 || frames < FEWEST_FRAMES {
        return (25, 1);
    }
    // Phones say 29.98 of what they took at 30.
    if frames <= MOST_FRAMES + 0.1 {
        return if (frames - frames.round()).abs() < 0.02 { (frames.round() as u32, 1) } else { (over, under) };
    }
    if frames <= 2.0 * MOST_FRAMES + 0.2 { rate((over, under.saturating_mul(2))) } else { (30, 1) }
}

/// Width and height of the new film: as large as fits, never enlarged, both even.
pub(super) fn size((width, height): (u32, u32)) -> (u32, u32) {
    let fits = if height > width { (BOX.1, BOX.0) } else { BOX };
    let part = (f64::from(fits.0) / f64::from(width)).min(f64::from(fits.1) / f64::from(height)).min(1.0);
    let even = |side: u32| (((f64::from(side) * part) / 2.0).round() as u32 * 2).max(16);
    (even(width), even(height))
}

/// What is done to the pictures: `[film]` is kept, `[small]` is looked at.
pub(super) fn filters(facts: &Facts) -> String {
    let (over, under) = rate(facts.rate);
    let (width, height) = size(facts.size);
    let range = if facts.high_range {
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,\
         zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
    } else {
        ""
    };
    format!(
        "[0:{picture}]yadif=deint=interlaced,fps={over}/{under},{range}\
         scale=w={width}:h={height}:flags=bicubic:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,\
         setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,split=2[film][look];\
         [look]scale=w={WIDTH}:h={HEIGHT}:flags=area:in_color_matrix=bt709:in_range=tv,format=rgb24[small]",
        picture = facts.picture,
    )
}

/// How the new film is encoded.
pub(super) fn encoding(facts: &Facts) -> Vec<String> {
    let (over, under) = rate(facts.rate);
    // A picture that needs no other, once a second at the latest: from there on a screen can join in.
    let group = (f64::from(over) / f64::from(under)).floor().max(1.0) as u32;
    let mut all: Vec<String> = ["-map", "[film]"].map(str::to_owned).to_vec();
    if let Some(sound) = facts.sound {
        all.extend(["-map".to_owned(), format!("0:{sound}")]);
        all.extend(["-c:a", "aac", "-b:a", "160k", "-ac", "2", "-ar", "48000"].map(str::to_owned));
    }
    let text = format!(
        "-c:v libx264 -preset veryfast -profile:v high -level:v 4.1 -pix_fmt yuv420p -crf 21 -maxrate 6M -bufsize 9M \
         -g {group} -flags:v +cgop+bitexact -flags:a +bitexact -fflags +bitexact -x264-params open-gop=0 \
         -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
         -map_metadata -1 -map_chapters -1 -sn -dn -movflags +faststart -f mp4"
    );
    all.extend(text.split_whitespace().map(str::to_owned));
    all
}

#[cfg(test)]
mod tests {
    use super::{rate, size};

    #[test]
    fn quick_films_lose_every_second_frame_and_slow_ones_keep_theirs() {
        for (from, to) in [
            ((25, 1), (25, 1)),
            ((30_000, 1_001), (30_000, 1_001)),
            ((24, 1), (24, 1)),
            ((50, 1), (25, 1)),
            ((60_000, 1_001), (60_000, 2_002)),
            ((60, 1), (30, 1)),
            ((240, 1), (30, 1)),
            ((2_998, 100), (30, 1)),
            ((1, 10), (25, 1)),
            ((0, 0), (25, 1)),
        ] {
            assert_eq!(rate(from), to, "{from:?}");
        }
    }

    #[test]
    fn films_are_made_smaller_only_and_their_sides_are_even() {
        assert_eq!(size((3_840, 2_160)), (1_920, 1_080));
        assert_eq!(size((2_160, 3_840)), (1_080, 1_920));
        assert_eq!(size((641, 359)), (642, 360));
        assert_eq!(size((4_096, 1_716)), (1_920, 804));
        assert_eq!(size((1, 1)), (16, 16));
    }
}
