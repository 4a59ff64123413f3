//! A drawing cut into layers: what keeps still is drawn once, what moves lies between.

use super::{
    drawing::{Drawing, Part, Piece},
    frame::Frame,
    live::Live,
};

/// Still pieces, and what moves above them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// What the still pieces need of the display; nothing where there are none.
    pub frame: Frame,
    /// Still pieces in their parts.
    pub parts: Vec<Part>,
    /// What moves, back to front.
    pub live: Vec<Live>,
}

/// More layers than this are laid together: each is a texture.
const MOST: usize = 4;

/// Cuts a drawing into layers, back to front; the first one is as large as the display.
pub fn of(drawing: &Drawing) -> Vec<Layer> {
    let whole = Frame::new(0.0, 0.0, drawing.width as f32, drawing.height as f32);
    let mut layers = vec![Layer { frame: whole, ..Layer::default() }];
    // Where something stands already, with the lowest layer that lies above it.
    let mut taken: Vec<(Frame, usize)> = Vec::new();
    for part in &drawing.parts {
        for piece in &part.pieces {
            let Some(frame) = room(piece).common(part.frame) else { continue };
            let above = taken.iter().filter(|(other, _)| other.common(frame).is_some()).map(|(_, layer)| *layer);
            let layer = above.max().unwrap_or(0).min(MOST - 1);
            if layers.len() <= layer {
                layers.resize_with(layer + 1, Layer::default);
            }
            let place = &mut layers[layer];
            if let Piece::Live(live) = piece {
                place.live.push(live.clone());
                taken.push((frame, layer + 1));
                continue;
            }
            if layer > 0 {
                place.frame = place.frame.around(frame.outwards()).common(whole).unwrap_or_default();
                taken.push((frame, layer));
            }
            match place.parts.last_mut() {
                Some(last) if last.frame == part.frame => last.pieces.push(piece.clone()),
                _ => place.parts.push(Part { frame: part.frame, pieces: vec![piece.clone()] }),
            }
        }
    }
    layers
}

/// What a piece may touch: letters with high or low accents leave their line.
fn room(piece: &Piece) -> Frame {
    match piece {
        Piece::Words(words) => words.frame.inset(-words.set.size * 0.3),
        // Turned, it stays in the circle around it.
        Piece::Area(area) if area.turn != 0.0 => {
            let (frame, side) = (area.frame, area.frame.w.max(area.frame.h));
            Frame::new(frame.x + (frame.w - side) / 2.0, frame.y + (frame.h - side) / 2.0, side, side)
        }
        other => other.frame(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            colour::Colour,
            drawing::{Area, Drawing, Part, Photo, Piece, Slope},
            frame::Frame,
            live::{Live, Pan},
        },
        of,
    };

    fn area(frame: Frame) -> Piece {
        let (colours, slope) = ([Colour::WHITE; 2], Slope::Corner);
        Piece::Area(Area { frame, colours, slope, radius: 0.0, outline: 0.0, turn: 0.0 })
    }

    fn pan(frame: Frame) -> Piece {
        let photo = Photo { frame, sha256: String::new(), focus: shared::slides::Focus { x: 50, y: 50 }, radius: 0.0 };
        Piece::Live(Live::Pan(Pan { frame, photo, since: 0 }))
    }

    fn drawing(parts: Vec<Part>) -> Drawing {
        Drawing { width: 100, height: 100, backdrop: [Colour::BLACK; 2], parts }
    }

    #[test]
    fn only_what_stands_over_something_moving_gets_a_layer_of_its_own() {
        let (left, right) = (Frame::new(0.0, 0.0, 50.0, 100.0), Frame::new(50.0, 0.0, 50.0, 100.0));
        let caption = Frame::new(5.0, 80.0, 20.0, 10.0);
        let drawing = drawing(vec![
            Part { frame: left, pieces: vec![area(left), pan(left), area(caption)] },
            Part { frame: right, pieces: vec![area(right), area(right)] },
        ]);

        let layers = of(&drawing);

        assert_eq!(layers.len(), 2);
        assert_eq!((layers[0].live.len(), layers[1].live.len()), (1, 0));
        assert_eq!(layers[0].parts.iter().map(|part| part.pieces.len()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(layers[1].frame, caption);
    }

    #[test]
    fn a_band_over_two_films_lies_over_both_and_what_keeps_still_is_one_layer() {
        let whole = Frame::new(0.0, 0.0, 100.0, 100.0);
        let band = Frame::new(0.0, 40.0, 100.0, 20.0);
        let part = |piece| Part { frame: whole, pieces: vec![piece] };

        let layers = of(&drawing(vec![part(pan(whole)), part(pan(whole)), part(area(band)), part(pan(band))]));

        assert_eq!(layers.iter().map(|layer| layer.live.len()).collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(layers[2].frame, band);
        assert_eq!(of(&drawing(vec![part(area(whole)), part(area(band))])).len(), 1);
    }
}
