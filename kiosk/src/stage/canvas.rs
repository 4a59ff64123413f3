//! What a slide draws on: its part of the display, the means to measure, and the pieces so far.

use std::collections::HashSet;

use shared::slides::{FilmFile, Picture};

use super::{
    colour::Colour,
    drawing::{Align, Area, Code, Part, Photo, Piece, Slope, Type, Weight, Words as Text},
    film::{Film, Run},
    frame::Frame,
    live::{Live, Pan, Tape},
    look::Look,
    measure::{Block, Measure},
    moment::Moment,
    words::Words,
};

/// Everything a drawing depends on, beside the slide itself.
pub struct Setting<'a> {
    /// Colours.
    pub look: &'a Look,
    /// Language.
    pub words: &'static Words,
    /// Time.
    pub moment: Moment,
    /// Files that turned out not to be pictures: they are left out.
    pub broken: &'a HashSet<String>,
    /// Width and height of the display in pixels.
    pub display: (f32, f32),
    /// Whether things may move.
    pub moves: bool,
    /// Files that turned out not to be films.
    pub broken_films: &'a HashSet<String>,
}

/// A part of the display while it is being drawn.
pub struct Canvas<'a> {
    /// What the drawing depends on.
    pub setting: &'a Setting<'a>,
    /// The whole part.
    pub frame: Frame,
    /// Since when its slide is on, in milliseconds since 1970.
    pub since: i64,
    /// Since when with nothing else in between, in the same.
    pub began: i64,
    /// Region and entry of its slide, if it is one.
    pub place: String,
    measure: &'a mut Measure,
    pieces: Vec<Piece>,
    mirrored: bool,
}

impl<'a> Canvas<'a> {
    /// An empty part of the display.
    pub fn new(setting: &'a Setting<'a>, frame: Frame, measure: &'a mut Measure) -> Self {
        measure.language = setting.words.language;
        Self {
            setting,
            frame: frame.snapped(),
            since: setting.moment.at(),
            began: setting.moment.at(),
            place: String::new(),
            measure,
            pieces: Vec::new(),
            mirrored: false,
        }
    }

    /// What has been drawn.
    pub fn part(self) -> Part {
        let part = Part { frame: self.frame, pieces: self.pieces };
        if self.mirrored { part.mirrored() } else { part }
    }

    /// Draws everything as in a mirror when a text is read from the right; asked before the first piece.
    pub fn follow_direction_of(&mut self, text: &str) {
        self.mirrored = self.is_from_right(text);
    }

    /// The same of most of several texts.
    pub fn follow_direction_of_most(&mut self, texts: &[String]) {
        let count = texts.iter().filter(|text| self.is_from_right(text)).count();
        self.mirrored = count * 2 > texts.len();
    }

    fn is_from_right(&mut self, text: &str) -> bool {
        self.measure.block(text, Type::new(16.0, Weight::Regular), f32::MAX).from_right()
    }

    /// Colours.
    pub fn look(&self) -> &'a Look {
        self.setting.look
    }

    /// A hundredth of the shorter side: the unit of all sizes in a part.
    pub fn unit(&self) -> f32 {
        self.frame.w.min(self.frame.h) / 100.0
    }

    /// The strip in which headers and clocks stand: a little towards the middle of the display,
    /// where the part lies at its edge.
    pub fn band(&self, height: f32) -> Frame {
        let (width, display) = self.setting.display;
        let frame = self.frame;
        let part = match (frame.y <= 1.0, frame.bottom() >= display - 1.0) {
            (true, false) => 0.56,
            (false, true) => 0.44,
            _ => 0.5,
        };
        let height = height.min(width.min(display) * Look::BAND).min(frame.h);
        let content = self.content();
        Frame::new(content.x, frame.y + (frame.h - height) * part, content.w, height)
    }

    /// Where the large letters of a band stand, so that header and clock stand level.
    pub fn band_baseline(&self, band: Frame) -> f32 {
        (band.y + (band.h + band.h * Look::BAND_TYPE * Look::CAP) / 2.0).round()
    }

    /// A size of letters in pixels, on whole pixels so that few sizes are in use.
    pub fn size(&self, units: f32) -> f32 {
        (units * self.unit()).round().clamp(1.0, Look::LARGEST_PIXELS)
    }

    /// The part without its margins: whole ones towards the edges of the display, narrower ones towards other parts.
    pub fn content(&self) -> Frame {
        let (width, height) = self.setting.display;
        let outer = width.min(height) * Look::MARGIN;
        let inner = outer * 0.6;
        let side = |at_edge: bool| if at_edge { outer } else { inner };
        let mut content = self.frame;
        content.cut_left(side(self.frame.x <= 1.0));
        content.cut_right(side(self.frame.right() >= width - 1.0));
        content.cut_top(side(self.frame.y <= 1.0).min(self.frame.h * 0.12));
        content.cut_bottom(side(self.frame.bottom() >= height - 1.0).min(self.frame.h * 0.12));
        content
    }

    /// Pictures that can be drawn, four at most.
    pub fn sound<'p>(&self, pictures: &'p [Picture]) -> Vec<&'p Picture> {
        self.sound_up_to(4, pictures)
    }

    /// Pictures that can be drawn, so many at most.
    pub fn sound_up_to<'p>(&self, most: usize, pictures: &'p [Picture]) -> Vec<&'p Picture> {
        let sound = |p: &&Picture| p.width > 0 && p.height > 0 && !self.setting.broken.contains(&p.sha256);
        pictures.iter().filter(sound).take(most).collect()
    }

    /// An area of one colour with rounded corners.
    pub fn area(&mut self, frame: Frame, colour: Colour, radius: f32) {
        self.shaded(frame, [colour, colour], radius);
    }

    /// An area that goes from one colour to another.
    pub fn shaded(&mut self, frame: Frame, colours: [Colour; 2], radius: f32) {
        self.slope(frame, colours, radius, Slope::Corner);
    }

    fn slope(&mut self, frame: Frame, colours: [Colour; 2], radius: f32, slope: Slope) {
        self.pieces.push(Piece::Area(Area { frame, colours, slope, radius, outline: 0.0, turn: 0.0 }));
    }

    /// A shadow over the lower part of a photo, dense enough from `dense` downwards for white
    /// text on any picture, and gone where the frame begins.
    pub fn scrim(&mut self, frame: Frame, dense: f32, colour: Colour) {
        let mut rest = frame.snapped();
        let above = rest.cut_top((dense - rest.y).round());
        let [clear, half, full] = [0.0, Look::SCRIM[0], Look::SCRIM[1]].map(|alpha| colour.faint(alpha));
        self.slope(above, [clear, half], 0.0, Slope::Down);
        self.slope(rest, [half, full], 0.0, Slope::Down);
    }

    /// A ring or a disc around a point.
    pub fn disc(&mut self, (x, y): (f32, f32), radius: f32, colour: Colour, outline: f32) {
        let frame = Frame::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius);
        let (colours, slope) = ([colour, colour], Slope::Corner);
        self.pieces.push(Piece::Area(Area { frame, colours, slope, radius, outline, turn: 0.0 }));
    }

    /// A line with round ends from one point to another.
    pub fn stroke(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (length, middle) = (dx.hypot(dy) + width, (f32::midpoint(from.0, to.0), f32::midpoint(from.1, to.1)));
        let frame = Frame::new(middle.0 - length / 2.0, middle.1 - width / 2.0, length, width);
        let (colours, slope, radius) = ([colour, colour], Slope::Corner, width / 2.0);
        self.pieces.push(Piece::Area(Area { frame, colours, slope, radius, outline: 0.0, turn: dy.atan2(dx) }));
    }

    /// A rectangle of lines.
    pub fn outline(&mut self, frame: Frame, colour: Colour, width: f32, radius: f32) {
        let (colours, slope, outline) = ([colour, colour], Slope::Corner, width);
        self.pieces.push(Piece::Area(Area { frame, colours, slope, radius, outline, turn: 0.0 }));
    }

    /// A picture that fills a frame.
    pub fn photo(&mut self, frame: Frame, picture: &Picture, radius: f32) {
        let (frame, sha256) = (frame.snapped(), picture.sha256.clone());
        self.pieces.push(Piece::Photo(Photo { frame, sha256, focus: picture.focus, radius }));
    }

    /// A picture that fills a frame and is slowly approached, where things may move.
    pub fn approached(&mut self, frame: Frame, picture: &Picture) {
        if !self.setting.moves {
            return self.photo(frame, picture, 0.0);
        }
        let (frame, sha256, focus) = (frame.snapped(), picture.sha256.clone(), picture.focus);
        let larger = Frame { w: frame.w * (1.0 + Pan::MOST), h: frame.h * (1.0 + Pan::MOST), ..frame }.snapped();
        let photo = Photo { frame: larger, sha256, focus, radius: 0.0 };
        self.pieces.push(Piece::Live(Live::Pan(Pan { frame, photo, since: self.since })));
    }

    /// Whether a film can be played.
    pub fn plays(&self, file: &FilmFile) -> bool {
        let sound = file.width > 0 && file.height > 0 && !self.setting.broken_films.contains(&file.sha256);
        self.setting.moves && sound
    }

    /// A film that fills a frame; what does not fit is cut off evenly.
    pub fn film(&mut self, frame: Frame, file: &FilmFile, sound: bool) {
        let frame = frame.snapped();
        let shape = (file.width as f32 / file.height as f32) / (frame.w / frame.h);
        let (w, h) = if shape > 1.0 { (1.0 / shape, 1.0) } else { (1.0, shape) };
        let crop = Frame::new((1.0 - w) / 2.0, (1.0 - h) / 2.0, w, h);
        let round = i64::try_from(file.millis).ok().filter(|millis| *millis > 0);
        let phase = round.map_or(self.began, |round| self.began.rem_euclid(round));
        let run = Run { place: self.place.clone(), sha256: file.sha256.clone(), phase, sound };
        let (anchor, since, millis) = (self.began, self.since, file.millis);
        if self.plays(file) && frame.w >= 1.0 && frame.h >= 1.0 {
            self.pieces.push(Piece::Live(Live::Film(Film { frame, crop, run, anchor, since, millis })));
        }
    }

    /// Lines that run through a frame one after the other, at so many hundredths of the display's shorter side in a second.
    pub fn tape(&mut self, frame: Frame, lines: &[String], set: Type, colours: [Colour; 2], speed: f32) {
        let frame = frame.snapped();
        let (width, height) = self.setting.display;
        let speed = (width.min(height) / 100.0 * speed).round().max(1.0);
        let pieces = self.measure.stretches(lines, set);
        let from_right = self.mirrored;
        self.pieces.push(Piece::Live(Live::Tape(Tape { frame, pieces, set, colours, speed, from_right })));
    }

    /// Side of the card of a QR code, as near to this as whole pixels per module allow.
    pub fn code_side(&self, text: &str, side: f32) -> f32 {
        super::qr::side(text, side)
    }

    /// A QR code on its card, which gets a fine line around it where it would not be seen.
    pub fn code(&mut self, frame: Frame, text: &str, behind: Colour) {
        let colours = [self.look().paper, self.look().print];
        let radius = self.unit() * Look::RADIUS;
        let frame = frame.snapped();
        let alike = self.look().paper.contrast(behind) < 1.1;
        if alike {
            let frame = frame.inset(-1.0 - unit_line(self.unit()));
            let (colours, outline) = ([self.look().line; 2], unit_line(self.unit()));
            self.pieces.push(Piece::Area(Area { frame, colours, slope: Slope::Corner, radius, outline, turn: 0.0 }));
        }
        self.pieces.push(Piece::Code(Code { frame, text: text.to_owned(), colours, radius }));
    }

    /// One line, shortened to the width of the frame, in the middle of its height.
    pub fn line(&mut self, frame: Frame, text: &str, set: Type, colour: Colour, align: Align) {
        let block = self.measure.cut(&super::clean::clean_line(text), set, frame.w, set.size * set.leading * 1.1);
        let top = (frame.h - block.height).max(0.0) / 2.0;
        self.block(Frame { y: frame.y + top, ..frame }, &block, colour, colour, align);
    }

    /// One line, set smaller where it would be too long, and shortened where it would become too small.
    pub fn snug(&mut self, frame: Frame, text: &str, set: Type, colour: Colour, align: Align) {
        let text = super::clean::clean_line(text);
        let narrowed = self.narrowed(&text, set, frame.w);
        let set = narrowed.sized(narrowed.size.max((set.size * Look::SNUG).round()));
        self.line(frame, &text, set, colour, align);
    }

    /// One line whose letters stand on a baseline, so that lines of several sizes stand level.
    pub fn line_on(&mut self, baseline: f32, frame: Frame, text: &str, set: Type, colour: Colour, align: Align) {
        let text = super::clean::clean_line(text);
        let block = self.measure.cut(&text, set, frame.w, set.size * set.leading * 1.1);
        let above = block.paragraphs.first().map_or(0.0, |line| line.baseline);
        self.block(Frame { y: baseline - above, ..frame }, &block, colour, colour, align);
    }

    /// Draws a measured text from the top of a frame.
    pub fn block(&mut self, frame: Frame, block: &Block, colour: Colour, tint: Colour, align: Align) {
        for (top, paragraph) in block.placed() {
            let free = (frame.w - paragraph.width).max(0.0);
            let left = match align {
                Align::Start if paragraph.from_right != self.mirrored => free,
                // Large letters carry air on their left, which would set them off from the small ones above.
                Align::Start | Align::Lead if !paragraph.from_right && block.set.size > self.unit() * Look::LOUD => {
                    -block.set.size * Look::BEARING
                }
                Align::Start | Align::Lead => 0.0,
                Align::Centre => free / 2.0,
                Align::Trail => free,
            };
            let x = (frame.x + left).round();
            let y = (frame.y + top).round();
            self.pieces.push(Piece::Words(Text {
                frame: Frame::new(x, y, paragraph.width.ceil(), paragraph.height.ceil()),
                text: paragraph.text.clone(),
                set: block.set,
                colour,
                tint,
                align,
            }));
        }
    }

    /// Breaks a text into lines.
    pub fn measure(&mut self, text: &str, set: Type, width: f32) -> Block {
        self.measure.block(text, set, width)
    }

    /// Width of a text on one line.
    pub fn width_of(&mut self, text: &str, set: Type) -> f32 {
        self.measure.width(text, set)
    }

    /// A size not larger than this one, at which a text stands on one line of this width.
    pub fn narrowed(&mut self, text: &str, set: Type, width: f32) -> Type {
        let wide = self.width_of(text, set);
        if wide <= width { set } else { set.sized((set.size * width / wide).floor().max(1.0)) }
    }

    /// Breaks a text into lines and ends it where the room ends.
    pub fn cut(&mut self, text: &str, set: Type, room: Frame) -> Block {
        self.measure.cut(text, set, room.w, room.h)
    }

    /// The same, cut at the smallest size.
    pub fn fit(&mut self, text: &str, steps: &[f32], room: Frame, set: impl Fn(f32) -> Type) -> Block {
        self.fit_or_cut(text, (steps, steps.last().copied().unwrap_or(4.0)), room, set)
    }

    /// The largest step at which a text fits with its words whole, or with a word parted between syllables where it would be
    /// much smaller without; cut at another size if none does.
    pub fn fit_or_cut(
        &mut self,
        text: &str,
        (steps, cut): (&[f32], f32),
        room: Frame,
        set: impl Fn(f32) -> Type,
    ) -> Block {
        let (mut parted, mut broken): (Option<Block>, Option<Block>) = (None, None);
        for step in steps {
            let set = set(self.size(*step));
            let width = room.w.min(longest_line(set));
            let block = self.measure.block(text, set, width);
            let few = !set.is_poster() || block.lines() <= Look::POSTER_LINES;
            if few && block.height <= room.h {
                if block.broken() {
                    broken.get_or_insert(block);
                } else if block.parted() && !set.is_poster() {
                    parted.get_or_insert(block);
                } else if !block.parted() {
                    return parted
                        .filter(|parted| block.set.size < parted.set.size * Look::WORTH_PARTING)
                        .unwrap_or(block);
                }
            }
        }
        // Words that are broken at every size are broken at a large one.
        if let Some(block) = parted.or(broken) {
            return block;
        }
        let set = set(self.size(cut));
        let width = room.w.min(longest_line(set));
        self.measure.cut(text, set, width, room.h)
    }
}

/// Width of a fine line.
fn unit_line(unit: f32) -> f32 {
    (unit * 0.2).round().max(1.0)
}

/// Running text is easiest to read in lines of about 65 letters; headlines may be as wide as they like.
fn longest_line(set: Type) -> f32 {
    if set.leading < 1.3 { f32::INFINITY } else { set.size * Look::MEASURE }
}

/// Letters of a text that stands alone: the larger, the heavier and tighter.
pub fn by_loudness(size: f32, unit: f32) -> Type {
    if size >= unit * Look::POSTER {
        Type::new(size, Weight::Bold).poster()
    } else if size >= unit * Look::LOUD {
        Type::new(size, Weight::Bold).tight()
    } else if size >= unit * Look::LOUD * 0.75 {
        Type { leading: 1.26, tracking: -0.012, ..Type::new(size, Weight::SemiBold) }
    } else {
        Type::new(size, Weight::Regular)
    }
}
