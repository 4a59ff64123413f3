//! Whether two posts say the same: a pure function, and deliberately a strict one. Two cards of one item are a blemish; one
//! card of two items hides one of them.
//!
//! Texts are compared without links, hashtags at the end, mentions, emoji and what networks add (“more on Instagram”). The words
//! of one are laid upon those of the other, in order, forms of a word counting as the word. They are the same when
//!
//! * six words at least fit, five of them words that say something, and half of those that the shorter text has (or when both
//!   are the same word for word, and five words long),
//! * nowhere does one say something in the place where the other says something else,
//! * they do not differ merely in a word or two within a sentence, as announcements made from one mould do,
//! * numbers are the same, and so are words that turn a sentence round (“not”, “cancelled”) and “today” and “tomorrow”; days
//!   and months, too, unless one text leaves them out and numbers say when it is, and
//! * of a text that was cut off with “…”, all this holds for what comes before the cut.
//!
//! Without that, two posts are the same when one of them is the page that the other links to, and nothing that the other one
//! says is foreign to it: three fifths of its words, and all of its numbers and days, are there, too.

use std::collections::BTreeSet;

use super::{
    links::Links,
    words::{SOMEBODY, Text, Word},
};

/// Fewest words of two texts that are the same word for word.
const FEWEST: usize = 5;
/// Fewest words that fit, and fewest of these that say something.
const FEWEST_FIT: usize = 6;
const FEWEST_SAYING: usize = 5;
/// Of the words of the shorter text that say something, so many in a hundred must fit.
const FIT: usize = 50;
/// Of the words of the shorter one, so many in a hundred fit where two texts come from one mould.
const LIKE: usize = 60;
/// Most words that say something in the one place that a mould leaves open.
const SLOT: usize = 2;
/// Most words that stand for an account that is named elsewhere.
const LONGEST_NAME: usize = 4;
/// Fewest words of a headline that may stand for its text.
const FEWEST_OF_TITLE: usize = 6;
/// Of the words that say something, so many in a hundred must be on the page that is linked to.
const SHARED: usize = 60;

/// What a post says, made comparable.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Headline and text; text alone; headline alone: networks show one or the other.
    variants: Vec<Text>,
    /// Where it lies and what it links to.
    links: Links,
}

impl Said {
    /// Reads a post.
    pub(super) fn read(title: Option<&str>, text: &str, html: &str, link: Option<&str>) -> Self {
        let body = Text::read(text);
        let mut variants = Vec::new();
        if let Some(title) = title.map(Text::read).filter(|title| !title.words.is_empty()) {
            variants.push(body.below(&title));
            if title.len() >= FEWEST_OF_TITLE {
                variants.push(title);
            }
        }
        variants.push(body);
        variants.dedup();
        Self { variants, links: Links::read(text, html, link) }
    }

    /// All that it says.
    fn whole(&self) -> Option<&Text> {
        self.variants.iter().max_by_key(|text| text.words.len())
    }

    /// Runs of words and links by which copies are looked up.
    pub(super) fn marks(&self) -> BTreeSet<String> {
        super::marks::of(&self.variants)
            .into_iter()
            .chain(self.links.all().map(|link| format!("link {link}")))
            .collect()
    }
}

/// Whether two posts say the same.
pub(super) fn are_same(one: &Said, other: &Said) -> bool {
    let pairs = one.variants.iter().flat_map(|text| other.variants.iter().map(move |also| (text, also)));
    let mut pairs = pairs.filter(|(text, also)| fit(text, also));
    pairs.next().is_some() || is_page_of(one, other) || is_page_of(other, one)
}

/// Whether two posts are as if made from one mould: a series, a job, a day of every week.
pub(super) fn are_like(one: &Said, other: &Said) -> bool {
    let (Some(one), Some(other)) = (one.variants.last(), other.variants.last()) else { return false };
    let fitting = align(&one.words, &other.words).len();
    fitting >= FEWEST_FIT && fitting * 100 >= one.words.len().min(other.words.len()) * LIKE
}

/// Whether two posts are the same word for word, apart from what one of them leaves off at its end.
pub(super) fn are_equal(one: &Said, other: &Said) -> bool {
    let mut pairs = one.variants.iter().flat_map(|text| other.variants.iter().map(move |also| (text, also)));
    pairs.any(|(text, also)| fit(text, also) && (begins(text, also) || begins(also, text)))
}

/// Whether a text is the beginning of another one, or all of it.
fn begins(start: &Text, whole: &Text) -> bool {
    let is_all = start.words.len() == whole.words.len();
    (is_all || start.is_cut) && start.words.iter().zip(&whole.words).all(|(a, b)| a.plain == b.plain)
}

/// Whether two texts are the same.
fn fit(one: &Text, other: &Text) -> bool {
    // The one that was cut off, if any, comes first.
    if other.is_cut && !one.is_cut {
        return fit(other, one);
    }
    if differ(&one.tag_numbers, &other.tag_numbers) {
        return false;
    }
    if one.words.len() >= FEWEST && !one.is_cut && one.len() == other.len() && begins(one, other) {
        return true;
    }
    // What is surely another item need not be laid upon it.
    if !one.is_cut && !agree(&one.words, &other.words, &other.words, false) {
        return false;
    }
    let pairs = align(&one.words, &other.words);
    let Some((last, also_last)) = pairs.last().copied().filter(|_| pairs.len() >= FEWEST_FIT) else { return false };
    // Of what was cut off nobody knows how it went on.
    let whole = &other.words[..];
    let here = if one.is_cut && other.is_cut { &one.words[..=last] } else { &one.words[..] };
    let there = if one.is_cut { &whole[..=also_last] } else { whole };
    agree(here, there, whole, one.is_cut) && say_nothing_else(&pairs, (here, &one.words), (there, whole)) && {
        let saying = |words: &[Word]| words.iter().filter(|word| word.says_something).count();
        let fitting = pairs.iter().filter(|(at, _)| one.words[*at].says_something).count();
        fitting >= FEWEST_SAYING && fitting * 100 >= saying(here).min(saying(there)) * FIT
    }
}

fn differ(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
}

/// Whether what tells texts apart is the same in both.
fn agree(here: &[Word], there: &[Word], whole: &[Word], is_cut: bool) -> bool {
    let chosen = |words: &[Word], by: fn(&Word) -> bool| -> BTreeSet<String> {
        words.iter().filter(|word| by(word)).map(|word| word.plain.clone()).collect()
    };
    let kinds: [fn(&Word) -> bool; 3] = [|word| word.is_number, |word| word.is_turning, |word| word.is_dated];
    if is_cut {
        return kinds.into_iter().all(|kind| chosen(here, kind).is_subset(&chosen(whole, kind)));
    }
    let [numbers, turning, dated] = kinds.map(|kind| (chosen(here, kind), chosen(there, kind)));
    let dates_fit =
        dated.0 == dated.1 || (!numbers.0.is_empty() && (dated.0.is_subset(&dated.1) || dated.1.is_subset(&dated.0)));
    numbers.0 == numbers.1 && turning.0 == turning.1 && dates_fit
}

/// Whether neither text says something in the place where the other says something else, and more is different than one
/// word or two within a sentence. Of each text: the part that is compared, and all of it.
fn say_nothing_else(pairs: &[(usize, usize)], one: (&[Word], &[Word]), other: (&[Word], &[Word])) -> bool {
    let own = |part: &[Word], all: &[Word]| {
        let is_own = |word: &&Word| word.says_something && !all.iter().any(|there| there.is_form_of(word));
        part.iter().filter(is_own).count()
    };
    let (mut places, mut moulded) = (0, 0);
    let (mut here, mut there) = (0, 0);
    let end = (one.0.len(), other.0.len());
    for (at, also) in pairs.iter().copied().chain([end]) {
        let gaps = (&one.0[here..at], &other.0[there..also]);
        let (begins, next) = ((here, there), (at + 1, also + 1));
        (here, there) = next;
        if is_name(gaps.0, gaps.1) || is_name(gaps.1, gaps.0) {
            continue;
        }
        let (owns, others) = (own(gaps.0, other.1), own(gaps.1, one.1));
        if owns > 0 && others > 0 {
            return false;
        }
        if owns + others > 0 {
            let within = if owns > 0 { is_within(one.1, begins.0, at) } else { is_within(other.1, begins.1, also) };
            (places, moulded) = (places + 1, moulded + usize::from(within && owns + others <= SLOT));
        }
    }
    !(places == 1 && moulded == 1)
}

/// Whether one text names an account where the other one names somebody in words.
fn is_name(accounts: &[Word], words: &[Word]) -> bool {
    let is_account = |word: &Word| word.plain == SOMEBODY;
    !accounts.is_empty()
        && accounts.iter().all(is_account)
        && words.len() <= LONGEST_NAME
        && !words.iter().any(Word::is_telling)
}

/// Whether words are part of a sentence of which the other text has the rest.
fn is_within(all: &[Word], from: usize, until: usize) -> bool {
    let same =
        |left: usize, right: usize| all.get(left).zip(all.get(right)).is_some_and(|(a, b)| a.sentence == b.sentence);
    from.checked_sub(1).is_some_and(|before| same(before, from)) || (until > 0 && same(until - 1, until))
}

/// The longest row of words that both texts have in the same order: pairs of places.
fn align(one: &[Word], other: &[Word]) -> Vec<(usize, usize)> {
    // What both begin and end with need not be searched.
    let same = |(a, b): &(&Word, &Word)| a.plain == b.plain;
    let head = one.iter().zip(other).take_while(same).count();
    let (one_left, other_left) = (&one[head..], &other[head..]);
    let tail = one_left.iter().rev().zip(other_left.iter().rev()).take_while(same).count();
    let (rows, columns) = (one_left.len() - tail, other_left.len() - tail);
    let mut longest = vec![0_u16; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[at(row, column)] = if one_left[row].is_form_of(&other_left[column]) {
                longest[at(row + 1, column + 1)] + 1
            } else {
                longest[at(row + 1, column)].max(longest[at(row, column + 1)])
            };
        }
    }
    let mut pairs: Vec<_> = (0..head).map(|at| (at, at)).collect();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let is_best = longest[at(row, column)] == longest[at(row + 1, column + 1)] + 1;
        if is_best && one_left[row].is_form_of(&other_left[column]) {
            pairs.push((head + row, head + column));
            (row, column) = (row + 1, column + 1);
        } else if longest[at(row + 1, column)] >= longest[at(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs.extend((0..tail).map(|at| (head + rows + at, head + columns + at)));
    pairs
}

/// Whether one post is the page that another links to, and tells of.
fn is_page_of(page: &Said, teller: &Said) -> bool {
    let Some(own) = page.links.own.as_ref().filter(|_| page.links.is_deep()) else { return false };
    let (Some(told), Some(whole)) = (teller.whole(), page.whole()) else { return false };
    // Who links to several pages tells of more than one.
    if teller.links.out.len() != 1 || !teller.links.out.contains(own) {
        return false;
    }
    let is_there = |word: &&Word| whole.words.iter().any(|there| there.is_form_of(word));
    let telling = |word: &&Word| word.is_telling();
    let saying: Vec<_> = told.words.iter().filter(|word| word.says_something).collect();
    let found = saying.iter().copied().filter(is_there).count();
    saying.len() >= 3
        && found * 100 >= saying.len() * SHARED
        && told.words.iter().filter(telling).all(|word| is_there(&word))
        && !differ(&told.tag_numbers, &whole.tag_numbers)
}

#[cfg(test)]
mod tests;
