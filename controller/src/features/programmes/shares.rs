//! Campaigns: how often they come so that each gets its share of a playlist's time.

use shared::programme::Entry;

/// Most entries of one playlist: what is written out must stay small.
const MOST_ENTRIES: usize = 400;
/// A campaign that is so close to its share, as a part of it, is close enough.
const CLOSE: f64 = 0.05;
/// All campaigns together get at most so many percent; the rest is for everything else.
pub const MOST_SHARE: u32 = 90;

/// What one item of the owner's became: it plays as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group {
    /// Percent of the time; 0 for what simply takes its turn.
    pub(super) share: u8,
    /// Its slides.
    pub(super) entries: Vec<Entry>,
}

impl Group {
    fn millis(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no playlist is that long")]
        let millis = self.entries.iter().map(|entry| entry.millis).sum::<u64>().max(1) as f64;
        millis
    }
}

/// Writes a round out. What has no share takes turns in its order, repeated until every campaign comes at least once
/// without taking more than its share; campaigns are spread evenly over the round, each of them for its share of the
/// round's time to within the length of one of its slides. That holds while everything is on: what its schedule leaves
/// out gives its time to the others; and for rounds of fewer than [`MOST_ENTRIES`] entries, beyond which the rarest come
/// too often and the shortest too seldom.
pub(super) fn spread(groups: Vec<Group>) -> Vec<Entry> {
    let (mut campaigns, plain): (Vec<_>, Vec<_>) =
        groups.into_iter().filter(|group| !group.entries.is_empty()).partition(|group| group.share > 0);
    if plain.is_empty() {
        // They share the time among themselves, in turn.
        return campaigns.into_iter().flat_map(|group| group.entries).collect();
    }
    let sum: u32 = campaigns.iter().map(|group| u32::from(group.share)).sum();
    let part = |group: &Group| f64::from(group.share) / f64::from(sum.max(1)) * f64::from(sum.min(MOST_SHARE)) / 100.0;
    let shares: Vec<f64> = campaigns.iter().map(part).collect();
    let once: f64 = plain.iter().map(Group::millis).sum();
    let rest = 1.0 - shares.iter().sum::<f64>();
    let needed = |(group, share): (&Group, &f64)| group.millis() * rest / (share * once);
    let needed = whole(campaigns.iter().zip(&shares).map(needed).fold(1.0, f64::max).ceil());
    let length: usize = plain.iter().map(|group| group.entries.len()).sum();
    let most = (MOST_ENTRIES / length.max(1)).max(1);
    // A few more repeats, if they come closer to what was asked for.
    let mut tries = (needed.min(most)..=(needed * 20).min(most)).map(|repeats| {
        let (counts, off) = counts(&campaigns, &shares, once * index(repeats));
        (repeats, counts, off)
    });
    let mut best = tries.next().unwrap_or((1, vec![1; campaigns.len()], 0.0));
    while best.2 > CLOSE
        && let Some(next) = tries.next()
    {
        if next.2 < best.2 {
            best = next;
        }
    }
    let (repeats, counts, _) = best;
    let mut placed: Vec<(f64, Entry)> = Vec::new();
    let entries: Vec<_> = plain.into_iter().flat_map(|group| group.entries).collect();
    let all = index(repeats * entries.len());
    for turn in 0..repeats {
        for (place, entry) in entries.iter().enumerate() {
            placed.push((index(turn * entries.len() + place) / all, again(entry, turn)));
        }
    }
    for (group, count) in campaigns.iter_mut().zip(counts) {
        for turn in 0..count {
            let at = (index(turn) + 0.5) / index(count);
            placed.extend(group.entries.iter().map(|entry| (at, again(entry, turn))));
        }
    }
    placed.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    placed.into_iter().map(|(_, entry)| entry).collect()
}

/// How often each campaign comes while the others take so long, so that all shares are true at once; and how far the
/// worst is off, as a part of its share.
fn counts(campaigns: &[Group], shares: &[f64], plain: f64) -> (Vec<usize>, f64) {
    let nearest = |round: f64| -> Vec<usize> {
        let one = |(group, share): (&Group, &f64)| {
            let most = MOST_ENTRIES / group.entries.len().max(1);
            whole((share * round / group.millis()).round()).clamp(1, most.max(1))
        };
        campaigns.iter().zip(shares).map(one).collect()
    };
    let length = |counts: &[usize]| {
        plain + campaigns.iter().zip(counts).map(|(group, count)| group.millis() * index(*count)).sum::<f64>()
    };
    let mut counts = nearest(plain / (1.0 - shares.iter().sum::<f64>()));
    // Settles within a few steps.
    for _ in 0..50 {
        let next = nearest(length(&counts));
        if next == counts {
            break;
        }
        counts = next;
    }
    let round = length(&counts);
    let off = |((group, share), count): ((&Group, &f64), &usize)| {
        (group.millis() * index(*count) / (share * round) - 1.0).abs()
    };
    let off = campaigns.iter().zip(shares).zip(&counts).map(off).fold(0.0, f64::max);
    (counts, off)
}

/// The same entry, later in the round: under a name of its own.
fn again(entry: &Entry, turn: usize) -> Entry {
    let id = if turn == 0 { entry.id.clone() } else { format!("{}.{turn}", entry.id) };
    Entry { id, ..entry.clone() }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred")]
fn index(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
fn whole(number: f64) -> usize {
    number.clamp(0.0, 100_000.0) as usize
}

#[cfg(test)]
mod tests {
    use shared::{
        programme::{Entry, Schedule},
        slides::{Clock, Slide},
    };

    use super::{Group, MOST_ENTRIES, spread};

    fn group(name: &str, share: u8, seconds: &[u64]) -> Group {
        let entry = |(place, seconds): (usize, &u64)| Entry {
            id: format!("{name}{place}"),
            millis: seconds * 1_000,
            when: Schedule::default(),
            slide: Slide::Clock(Clock::default()),
        };
        Group { share, entries: seconds.iter().enumerate().map(entry).collect() }
    }

    fn ids(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.id.as_str()).collect()
    }

    #[test]
    fn without_campaigns_everything_takes_its_turn() {
        let round = spread(vec![group("a", 0, &[8, 9]), group("b", 0, &[]), group("c", 0, &[10])]);

        assert_eq!(ids(&round), ["a0", "a1", "c0"]);
    }

    #[test]
    fn a_campaign_comes_evenly_and_what_is_short_is_repeated_for_it() {
        let round = spread(vec![group("a", 0, &[10, 10, 10, 10]), group("c", 50, &[10])]);
        assert_eq!(ids(&round), ["a0", "c0", "a1", "c0.1", "a2", "c0.2", "a3", "c0.3"]);

        let round = spread(vec![group("a", 0, &[10]), group("c", 20, &[10])]);
        assert_eq!(ids(&round), ["a0", "a0.1", "a0.2", "c0", "a0.3"]);
    }

    #[test]
    fn over_a_round_each_campaign_gets_its_share_to_within_one_slide() {
        let seconds = [3, 5, 8, 10, 12, 20, 40, 90];
        let mut checked = 0;
        for one in 1..=44_u8 {
            for step in 0..seconds.len() {
                let other = 46 - one;
                let (first, second) = (seconds[step], seconds[(step + usize::from(one)) % seconds.len()]);
                let round = spread(vec![
                    group("a", 0, &[8, 12, 9, 31]),
                    group("x", one, &[first]),
                    group("y", other, &[second]),
                ]);
                let time = |name: &str| -> f64 {
                    round.iter().filter(|entry| entry.id.starts_with(name)).map(|entry| entry.millis as f64).sum()
                };
                if round.len() >= MOST_ENTRIES {
                    continue;
                }
                checked += 1;
                let all = time("");
                for (name, share, length) in [("x", one, first), ("y", other, second)] {
                    let off = (time(name) - all * f64::from(share) / 100.0).abs();
                    assert!(
                        off <= length as f64 * 1_000.0,
                        "{name} {one} % {first} s {second} s: off by {off} of {all}"
                    );
                }
                let mut names = ids(&round);
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), round.len(), "each once");
                assert_eq!(round[0].id, "a0");
            }
        }
        assert!(checked > 280, "{checked} of 352");
    }

    #[test]
    fn campaigns_alone_take_turns_and_greedy_ones_leave_a_tenth() {
        assert_eq!(ids(&spread(vec![group("x", 30, &[5]), group("y", 10, &[5, 6])])), ["x0", "y0", "y1"]);

        let round = spread(vec![group("a", 0, &[10]), group("x", 100, &[10]), group("y", 100, &[10])]);
        let own = round.iter().filter(|entry| entry.id.starts_with('a')).count();
        assert_eq!((own, round.len()), (1, 11));
    }
}
