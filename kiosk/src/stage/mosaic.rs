//! Pictures put together: which arrangement cuts off least.

use super::frame::Frame;

/// How much of each picture an arrangement cuts off may differ; the first counts double.
const FIRST_COUNTS: f32 = 2.0;
/// Where a picture beside several others may end.
const SPLITS: &[f32] = &[0.5, 0.58, 0.66];

/// Frames for one to four pictures of the given shapes (width by height), with gaps between them.
pub fn arrange(area: Frame, shapes: &[f32], gap: f32) -> Vec<Frame> {
    let candidates = match shapes.len() {
        0 => return Vec::new(),
        1 => return vec![area],
        2 => vec![row(area, shapes, gap), column(area, shapes, gap), even_row(area, 2, gap), even_column(area, 2, gap)],
        3 => [row(area, shapes, gap), column(area, shapes, gap)]
            .into_iter()
            .chain(SPLITS.iter().map(|split| beside(area, *split, 2, gap)))
            .chain(SPLITS.iter().map(|split| above(area, *split, 2, gap)))
            .collect(),
        _ => [grid(area, gap)]
            .into_iter()
            .chain(SPLITS.iter().map(|split| beside(area, *split, 3, gap)))
            .chain(SPLITS.iter().map(|split| above(area, *split, 3, gap)))
            .collect(),
    };
    let best = candidates.into_iter().min_by(|one, two| loss(one, shapes).total_cmp(&loss(two, shapes)));
    best.unwrap_or_default()
}

/// Frames for any number of pictures in rows that fill an area, each picture nearly as wide as its shape asks.
pub fn rows(area: Frame, shapes: &[f32], gap: f32) -> Vec<Frame> {
    let in_rows = |count: usize| {
        let rows: Vec<&[f32]> = (0..count).map(|row| share(shapes, row, count)).collect();
        // As high as they would be uncut, then all stretched or pressed alike.
        let natural = |row: &[f32]| (area.w - gap * (row.len() - 1) as f32).max(1.0) / row.iter().sum::<f32>();
        let all: f32 = rows.iter().map(|row| natural(row)).sum();
        let factor = (area.h - gap * (count - 1) as f32).max(1.0) / all;
        let mut rest = area;
        let frames: Vec<_> = rows
            .iter()
            .flat_map(|shapes| row(take_top(&mut rest, natural(shapes) * factor, gap), shapes, gap))
            .collect();
        (factor.ln().abs(), frames)
    };
    let all = (1..=shapes.len()).map(in_rows);
    all.min_by(|one, two| one.0.total_cmp(&two.0)).map(|(_, frames)| frames).unwrap_or_default()
}

/// The pictures of a row, when they are shared out evenly.
fn share(shapes: &[f32], row: usize, rows: usize) -> &[f32] {
    let start = |row: usize| row * shapes.len() / rows;
    &shapes[start(row)..start(row + 1)]
}

/// How much of a picture of one shape is cut off to fill a frame of another, from 0 to 1.
pub fn cut_off(shape: f32, frame: Frame) -> f32 {
    let frame_shape = frame.w / frame.h.max(1.0);
    1.0 - (shape / frame_shape).min(frame_shape / shape)
}

fn loss(frames: &[Frame], shapes: &[f32]) -> f32 {
    let each = frames.iter().zip(shapes).enumerate();
    // Squares: one picture cut badly is worse than all cut a little.
    each.map(|(place, (frame, shape))| cut_off(*shape, *frame).powi(2) * if place == 0 { FIRST_COUNTS } else { 1.0 })
        .sum()
}

/// Side by side, as wide as their shapes ask.
fn row(area: Frame, shapes: &[f32], gap: f32) -> Vec<Frame> {
    let all: f32 = shapes.iter().sum();
    let room = area.w - gap * (shapes.len() - 1) as f32;
    let mut rest = area;
    shapes.iter().map(|shape| take_left(&mut rest, room * shape / all, gap)).collect()
}

/// One above the other, as high as their shapes ask.
fn column(area: Frame, shapes: &[f32], gap: f32) -> Vec<Frame> {
    let all: f32 = shapes.iter().map(|shape| 1.0 / shape).sum();
    let room = area.h - gap * (shapes.len() - 1) as f32;
    let mut rest = area;
    shapes.iter().map(|shape| take_top(&mut rest, room / shape / all, gap)).collect()
}

fn even_row(area: Frame, count: usize, gap: f32) -> Vec<Frame> {
    row(area, &vec![1.0; count], gap)
}

fn even_column(area: Frame, count: usize, gap: f32) -> Vec<Frame> {
    column(area, &vec![1.0; count], gap)
}

/// One on the left, the others in a column beside it.
fn beside(mut area: Frame, split: f32, others: usize, gap: f32) -> Vec<Frame> {
    let width = (area.w - gap) * split;
    let first = take_left(&mut area, width, gap);
    std::iter::once(first).chain(even_column(area, others, gap)).collect()
}

/// One on top, the others in a row below it.
fn above(mut area: Frame, split: f32, others: usize, gap: f32) -> Vec<Frame> {
    let height = (area.h - gap) * split;
    let first = take_top(&mut area, height, gap);
    std::iter::once(first).chain(even_row(area, others, gap)).collect()
}

fn grid(mut area: Frame, gap: f32) -> Vec<Frame> {
    let height = (area.h - gap) / 2.0;
    let top = take_top(&mut area, height, gap);
    [even_row(top, 2, gap), even_row(area, 2, gap)].concat()
}

fn take_left(rest: &mut Frame, width: f32, gap: f32) -> Frame {
    let taken = rest.cut_left(width);
    rest.cut_left(gap);
    taken
}

fn take_top(rest: &mut Frame, height: f32, gap: f32) -> Frame {
    let taken = rest.cut_top(height);
    rest.cut_top(gap);
    taken
}

#[cfg(test)]
mod tests {
    use super::{Frame, arrange, cut_off, rows};

    const AREA: Frame = Frame { x: 100.0, y: 50.0, w: 900.0, h: 700.0 };

    #[test]
    fn frames_stay_inside_and_apart() {
        let shapes = [1.5, 0.66, 1.0, 3.2];
        for count in 1..=4 {
            for turn in 0..4 {
                let shapes: Vec<_> = (0..count).map(|i| shapes[(i + turn) % 4]).collect();

                let frames = arrange(AREA, &shapes, 10.0);

                assert_eq!(frames.len(), count);
                for (i, one) in frames.iter().enumerate() {
                    assert!(one.x >= AREA.x - 0.1 && one.right() <= AREA.right() + 0.1, "{one:?}");
                    assert!(
                        one.y >= AREA.y - 0.1 && one.bottom() <= AREA.bottom() + 0.1 && one.w > 50.0 && one.h > 50.0
                    );
                    for two in &frames[i + 1..] {
                        let apart = one.right() + 9.0 <= two.x
                            || two.right() + 9.0 <= one.x
                            || one.bottom() + 9.0 <= two.y
                            || two.bottom() + 9.0 <= one.y;
                        assert!(apart, "{one:?} {two:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn rows_fill_an_area_and_cut_off_little() {
        let shapes = [1.5, 0.66, 1.0, 1.78, 1.5, 0.75, 1.33, 1.5, 1.0, 1.5, 0.66, 1.2];
        for count in 1..=12 {
            let frames = rows(AREA, &shapes[..count], 10.0);

            assert_eq!(frames.len(), count);
            let right = frames.iter().map(Frame::right).fold(0.0, f32::max);
            let bottom = frames.iter().map(Frame::bottom).fold(0.0, f32::max);
            assert!((right - AREA.right()).abs() < 0.5 && (bottom - AREA.bottom()).abs() < 0.5, "{count}: {frames:?}");
            let worst = frames.iter().zip(shapes).map(|(frame, shape)| cut_off(shape, *frame)).fold(0.0, f32::max);
            assert!(count < 3 || worst < 0.5, "{count}: {worst}");
        }
    }

    #[test]
    fn two_upright_pictures_stand_side_by_side_and_two_wide_ones_lie_on_each_other() {
        let upright = arrange(AREA, &[0.66, 0.66], 10.0);
        let wide = arrange(AREA, &[2.4, 2.4], 10.0);

        assert_eq!((upright[0].y, wide[0].x), (upright[1].y, wide[1].x));
        assert!(upright.iter().all(|f| cut_off(0.66, *f) < 0.1) && wide.iter().all(|f| cut_off(2.4, *f) < 0.1));
    }
}
