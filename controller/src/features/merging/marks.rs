//! Marks by which copies are found: a few runs of three words, chosen by what they say and not by where they stand.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::words::{SOMEBODY, Text};

/// Words of a run.
const RUN: usize = 3;
/// Runs of a whole text that are kept.
const OF_WHOLE: usize = 8;
/// Runs of its beginning that are kept: whoever cuts a text off leaves that.
const OF_START: usize = 3;
/// Words that count as its beginning.
const START: usize = 12;

/// The marks of what a post says. Two texts that share most of their runs share one of these, as good as always: each keeps
/// the runs whose hashes are the smallest.
pub(super) fn of(variants: &[Text]) -> BTreeSet<String> {
    let mut marks = BTreeSet::new();
    for text in variants {
        let words: Vec<_> =
            text.words.iter().map(|word| word.plain.as_str()).filter(|word| *word != SOMEBODY).collect();
        marks.extend(smallest(&words, OF_WHOLE));
        marks.extend(smallest(&words[..words.len().min(START)], OF_START));
    }
    marks
}

fn smallest(words: &[&str], count: usize) -> Vec<String> {
    let mut runs: Vec<_> = words.windows(RUN).map(|run| run.join(" ")).map(|run| (number("", &run), run)).collect();
    runs.sort();
    runs.dedup();
    runs.into_iter().take(count).map(|(_, run)| run).collect()
}

/// A mark as it is stored: the same words of another stage are another number.
pub(super) fn number(stage_id: &str, mark: &str) -> i64 {
    let hash = Sha256::digest(format!("{stage_id}\n{mark}"));
    i64::from_be_bytes(std::array::from_fn(|at| hash[at]))
}
