//! Text measured before it is drawn: how large it may be, where it breaks, where it must end.

use parley::{
    FontContext, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty,
    layout::BreakReason,
};

use super::{drawing::Type, fonts, live::Stretch, syllables};

/// Measures with the same engine, fonts and settings that draw.
pub struct Measure {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    /// Whose syllables words have, as a BCP 47 tag.
    pub language: &'static str,
}

/// Text broken into lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// How it is set.
    pub set: Type,
    /// One after the other.
    pub paragraphs: Vec<Paragraph>,
    /// Together, with the gaps between them.
    pub height: f32,
}

/// A paragraph with its place reserved.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its text.
    pub text: String,
    /// Width its lines need.
    pub width: f32,
    /// Height its lines need.
    pub height: f32,
    /// How many lines.
    pub lines: usize,
    /// Whether a word had to be broken.
    pub broken: bool,
    /// Whether a word was parted between syllables.
    pub parted: bool,
    /// Whether it is read from the right.
    pub from_right: bool,
    /// How far below its top the letters of its first line stand.
    pub baseline: f32,
}

/// Gap between paragraphs, in times the size of the text.
const PARAGRAPH_GAP: f32 = 0.42;
/// Up to so many lines are evened out; longer paragraphs look right as they are.
const MOST_BALANCED: usize = 7;
/// Drawing may round up where measuring rounded down.
const SLACK: f32 = 2.0;
/// A word longer than this is broken rather than left out.
const LONGEST_WORD: usize = 28;
/// Longest stretch of running text, in pixels: every graphics adapter has textures this wide.
const WIDEST_STRETCH: f32 = 4_000.0;
/// Between two lines of a running text, and free space on both sides of it in times the size.
const POINT: &str = "•";
const RUNNING_GAP: f32 = 0.9;

impl Default for Measure {
    fn default() -> Self {
        let mut fonts = FontContext::new();
        fonts::register(&mut fonts);
        Self { fonts, layouts: LayoutContext::new(), language: "de" }
    }
}

impl Measure {
    /// Breaks a text into lines of at most this width.
    pub fn block(&mut self, text: &str, set: Type, width: f32) -> Block {
        let paragraphs = text.lines().map(|line| self.paragraph(line, set, width)).collect();
        Block::of(set, paragraphs)
    }

    /// Breaks a text into lines of at most this width and height, ending it with `…` after a whole word if need be.
    pub fn cut(&mut self, text: &str, set: Type, width: f32, height: f32) -> Block {
        let mut paragraphs = Vec::new();
        let mut left = height;
        for line in text.lines() {
            let whole = self.paragraph(line, set, width);
            let gap = if paragraphs.is_empty() { 0.0 } else { set.size * PARAGRAPH_GAP };
            if whole.height + gap <= left {
                left -= whole.height + gap;
                paragraphs.push(whole);
                continue;
            }
            let lines = ((left - gap) / (set.size * set.leading).round().max(1.0)).floor() as usize;
            if lines > 0 {
                paragraphs.push(self.shortened(line, set, width, lines));
            } else if let Some(last) = paragraphs.pop() {
                paragraphs.push(self.shortened(&format!("{} …", last.text), set, width, last.lines));
            }
            break;
        }
        Block::of(set, paragraphs)
    }

    /// Width of one line.
    pub fn width(&mut self, text: &str, set: Type) -> f32 {
        let mut layout = self.shape(text, set);
        layout.break_all_lines(None);
        layout.width().ceil() + SLACK
    }

    /// Lines one after the other as one running text, in stretches short enough for a texture, with a point between two lines.
    pub fn stretches(&mut self, lines: &[String], set: Type) -> Vec<Stretch> {
        let gap = (set.size * RUNNING_GAP).round();
        let space = (set.size * 0.26).round();
        let mut stretches = Vec::new();
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            let mut layout = self.shape(line, set);
            layout.break_all_lines(Some(WIDEST_STRETCH));
            let pieces: Vec<_> = layout.lines().map(|piece| line[piece.text_range()].trim().to_owned()).collect();
            let last = pieces.len().saturating_sub(1);
            for (index, text) in pieces.into_iter().enumerate() {
                let after = if index == last { gap } else { space };
                stretches.push(Stretch { width: self.width(&text, set), text, after });
            }
            stretches.push(Stretch { text: POINT.to_owned(), width: self.width(POINT, set), after: gap });
        }
        stretches
    }

    fn paragraph(&mut self, text: &str, set: Type, width: f32) -> Paragraph {
        let mut layout = self.shape(text, set);
        let whole = measured(&mut layout, text, width);
        if !whole.broken {
            return whole;
        }
        let language = self.language;
        let Some(parted) = syllables::part(text, language, |piece| self.width(piece, set) <= width) else {
            return whole;
        };
        let mut layout = self.shape(&parted, set);
        Paragraph { parted: true, ..measured(&mut layout, &parted, width) }
    }

    /// The longest beginning that fits so many lines, ended by `…`.
    fn shortened(&mut self, text: &str, set: Type, width: f32, lines: usize) -> Paragraph {
        let mut layout = self.shape(text, set);
        layout.break_all_lines(Some(width));
        let end = layout.get(lines.saturating_sub(1)).map_or(text.len(), |line| line.text_range().end);
        let mut end = end.min(text.len());
        if end < text.len() {
            end = whole_words(text, end);
        }
        loop {
            let kept = text[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-…(„“\"'#@".contains(c));
            // Whole sentences are left out after a space, words without one.
            let space = if kept.ends_with(['.', '!', '?']) { " " } else { "" };
            let candidate = format!("{kept}{space}…");
            let fits = self.paragraph(&candidate, set, width);
            if fits.lines <= lines || kept.is_empty() {
                return fits;
            }
            let last = kept.char_indices().next_back().map_or(0, |(at, _)| at);
            end = whole_words(text, last);
        }
    }

    fn shape(&mut self, text: &str, set: Type) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, true);
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(fonts::FAMILY)));
        builder.push_default(StyleProperty::FontSize(set.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(set.leading)));
        builder.push_default(StyleProperty::LetterSpacing(set.tracking * set.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(f32::from(set.weight.number()))));
        if set.digits {
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::Source("\"tnum\"".into())));
        }
        builder.build(text)
    }
}

impl Block {
    fn of(set: Type, paragraphs: Vec<Paragraph>) -> Self {
        let gaps = paragraphs.len().saturating_sub(1) as f32 * set.size * PARAGRAPH_GAP;
        let height = paragraphs.iter().map(|p| p.height).sum::<f32>() + gaps;
        Self { set, paragraphs, height }
    }

    /// Whether any word had to be broken.
    pub fn broken(&self) -> bool {
        self.paragraphs.iter().any(|p| p.broken)
    }

    /// Whether any word was parted between syllables.
    pub fn parted(&self) -> bool {
        self.paragraphs.iter().any(|p| p.parted)
    }

    /// Whether it is read from the right.
    pub fn from_right(&self) -> bool {
        self.paragraphs.first().is_some_and(|p| p.from_right)
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.paragraphs.iter().map(|p| p.lines).sum()
    }

    /// Width of the widest paragraph.
    pub fn width(&self) -> f32 {
        self.paragraphs.iter().map(|p| p.width).fold(0.0, f32::max)
    }

    /// Paragraphs and how far below the top each stands.
    pub fn placed(&self) -> impl Iterator<Item = (f32, &Paragraph)> {
        let gap = self.set.size * PARAGRAPH_GAP;
        self.paragraphs.iter().scan(0.0, move |top, paragraph| {
            let here = *top;
            *top += paragraph.height + gap;
            Some((here, paragraph))
        })
    }
}

fn measured(layout: &mut Layout<()>, text: &str, width: f32) -> Paragraph {
    layout.break_all_lines(Some(width));
    let lines = layout.len();
    let broken = |layout: &Layout<()>| layout.lines().any(|line| line.break_reason() == BreakReason::Emergency);
    let is_broken = broken(layout);
    let mut best = layout.width();
    if (2..=MOST_BALANCED).contains(&lines) && !is_broken {
        // The narrowest width with as many lines makes them even.
        let (mut low, mut high) = (width / lines as f32 * 0.6, width);
        while high - low > 4.0 {
            let middle = f32::midpoint(low, high);
            layout.break_all_lines(Some(middle));
            if layout.len() <= lines && !broken(layout) { high = middle } else { low = middle }
        }
        layout.break_all_lines(Some(high));
        best = layout.width();
    }
    Paragraph {
        baseline: layout.get(0).map_or(0.0, |line| line.metrics().baseline),
        text: text.to_owned(),
        width: (best.ceil() + SLACK).min(width.max(best)),
        height: layout.height(),
        lines,
        broken: is_broken,
        parted: false,
        from_right: layout.is_rtl(),
    }
}

/// The last end of a word at or before a place; the place itself inside a very long word or a script without spaces.
fn whole_words(text: &str, end: usize) -> usize {
    let before = &text[..end];
    let after = text[end..].chars().next();
    if after.is_none_or(char::is_whitespace) || before.ends_with(char::is_whitespace) {
        return end;
    }
    match before.rfind(char::is_whitespace) {
        Some(space) if before[space..].chars().count() <= LONGEST_WORD => space,
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, Type};
    use crate::stage::drawing::Weight;

    fn set(size: f32) -> Type {
        Type::new(size, Weight::Regular)
    }

    #[test]
    fn lines_are_balanced() {
        let mut measure = Measure::default();

        let block = measure.block("Lange Nacht der Museen am Samstag ab sechs", set(60.0), 900.0);

        let one = measure.width("Lange Nacht der Museen am Samstag ab sechs", set(60.0));
        assert_eq!(block.lines(), 2);
        assert!(block.width() < one * 0.62, "{} of {one}", block.width());
    }

    #[test]
    fn a_text_that_is_too_long_ends_after_a_word() {
        let mut measure = Measure::default();
        let text = "Ein Satz mit einigen Wörtern darin. ".repeat(40);

        let block = measure.cut(&text, set(40.0), 800.0, 300.0);

        let last = &block.paragraphs[0].text;
        let kept = last.strip_suffix('…').unwrap().trim_end();
        assert!(text.starts_with(kept) && block.height <= 300.0, "{last}");
        assert!(text[kept.len()..].starts_with([' ', '.', ',']), "{last}");
        assert_eq!(last.ends_with(" …"), kept.ends_with('.'), "{last}");

        let all: Vec<_> =
            (200..300).map(|height| measure.cut(&text, set(40.0), 500.0 + height as f32, 100.0)).collect();
        assert!(all.iter().any(|block| block.paragraphs[0].text.ends_with("darin. …")));
        assert!(all.iter().all(|block| !block.paragraphs[0].text.contains(".…")));
    }

    #[test]
    fn a_word_wider_than_its_line_is_parted_between_syllables() {
        let mut measure = Measure::default();

        let block = measure.block("Die Rechtsschutzversicherungsgesellschaft zahlt", set(60.0), 700.0);

        assert!(block.parted() && !block.broken() && block.width() <= 700.0);
        assert_eq!(block.paragraphs[0].text, "Die Rechtsschutzversiche-rungsgesellschaft zahlt");
        assert!(!measure.block("Die Versicherung zahlt", set(60.0), 700.0).parted());
    }

    #[test]
    fn one_endless_word_is_broken_and_cut() {
        let mut measure = Measure::default();

        let block = measure.cut(&"Rrrrrrrrr7".repeat(60), set(40.0), 500.0, 200.0);

        assert!(block.broken() && block.height <= 200.0 && block.width() <= 502.0);
        assert!(block.paragraphs[0].text.ends_with('…'));
    }

    #[test]
    fn direction_is_seen() {
        let mut measure = Measure::default();

        let block = measure.block("مرحبا بكم في المتحف\nWillkommen\nברוכים הבאים", set(40.0), 900.0);

        let from_right: Vec<_> = block.paragraphs.iter().map(|p| p.from_right).collect();
        assert_eq!(from_right, [true, false, true]);
    }
}
