//! Which card a post belongs to: a pure function of what is around it.

use super::measure::{Said, are_equal, are_like, are_same};
use crate::store::Copy;

const HOUR: i64 = 60 * 60 * 1_000;
/// Posts of one card were published within this time.
const APART: i64 = 48 * HOUR;
/// Where a source says the same again and again, a copy of one of these is this near to it.
const APART_OF_REPEATED: i64 = 3 * HOUR;
/// So far around a post is looked for others that say the same, in milliseconds.
pub(super) const DAYS_AROUND: i64 = 8 * 24 * HOUR;

/// A post, and what it says.
pub(super) struct Candidate<'a> {
    pub(super) post: &'a Copy,
    pub(super) said: Said,
}

/// What becomes of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice<'a> {
    /// It is where it belongs.
    Stay,
    /// It says something else than the others on its card.
    Leave,
    /// These posts are one card.
    Join(Vec<&'a Copy>),
}

/// Chooses for the post at a place among others: those that say the same, and whatever is on a card with any of them.
pub(super) fn choose<'a>(
    all: &[Candidate<'a>],
    subject: usize,
    parted: &[(String, String)],
    most: usize,
) -> Choice<'a> {
    let Some(post) = all.get(subject) else { return Choice::Stay };
    let card_of = |one: &Candidate<'a>| -> Vec<&'a Copy> {
        let is_with = |other: &&Candidate<'a>| {
            other.post.id == one.post.id || (one.post.card_id.is_some() && other.post.card_id == one.post.card_id)
        };
        all.iter().filter(is_with).map(|other| other.post).collect()
    };
    let same: Vec<_> =
        all.iter().filter(|one| one.post.id != post.post.id && are_same(&one.said, &post.said)).collect();
    let mut card = card_of(post);
    let before = card.len();
    if before > 1 && !post.post.card_by_hand && !same.iter().any(|one| card.iter().any(|held| held.id == one.post.id)) {
        return Choice::Leave;
    }
    let mut near: Vec<_> = same.iter().filter(|one| one.post.source_id != post.post.source_id).collect();
    near.sort_by_key(|one| (apart(one.post, post.post), &one.post.id));
    for one in near {
        if card.iter().any(|held| held.id == one.post.id) {
            continue;
        }
        let of_either = |also: &&Candidate<'a>| {
            let is_other = also.post.id != one.post.id && also.post.id != post.post.id;
            is_other && (also.post.source_id == one.post.source_id || also.post.source_id == post.post.source_id)
        };
        // Said more than once by either of the two, it may be another one that is meant.
        let is_repeated = same.iter().any(of_either);
        if is_repeated && apart(one.post, post.post) > APART_OF_REPEATED {
            continue;
        }
        // Where either of the two fills the same mould again and again, only the very words will do.
        let is_moulded = all
            .iter()
            .filter(of_either)
            .any(|also| are_like(&also.said, &post.said) || are_like(&also.said, &one.said));
        if is_moulded && !are_equal(&one.said, &post.said) {
            continue;
        }
        let union: Vec<_> = card.iter().copied().chain(card_of(one)).collect();
        if union.len() <= most && may_be_one(&union, parted) {
            card = union;
        }
    }
    if card.len() > before { Choice::Join(card) } else { Choice::Stay }
}

fn apart(one: &Copy, other: &Copy) -> i64 {
    (one.published_at - other.published_at).abs()
}

/// Whether posts may be one card: of each source one, within two days, and nobody has parted any two of them. What
/// somebody put together counts as near.
fn may_be_one(posts: &[&Copy], parted: &[(String, String)]) -> bool {
    let mut pairs =
        posts.iter().enumerate().flat_map(|(at, one)| posts[at + 1..].iter().map(move |other| (one, other)));
    pairs.all(|(one, other)| {
        let is_parted =
            parted.iter().any(|(a, b)| (*a == one.id && *b == other.id) || (*a == other.id && *b == one.id));
        let is_near =
            apart(one, other) <= APART || (one.card_by_hand && other.card_by_hand && one.card_id == other.card_id);
        one.source_id != other.source_id && is_near && !is_parted
    })
}

#[cfg(test)]
mod tests;
