//! What a look at the records of a name means for its stage: a pure function.

use crate::store::Domain;

const MINUTE_MILLIS: i64 = 60 * 1_000;
const HOUR_MILLIS: i64 = 60 * MINUTE_MILLIS;
const DAY_MILLIS: i64 = 24 * HOUR_MILLIS;
/// How soon a domain that waits is looked up again while it is new.
const SOON_MILLIS: i64 = 3 * MINUTE_MILLIS;
/// How long it is new.
const NEW_MILLIS: i64 = 2 * DAY_MILLIS;
/// So long the record of a proven domain may be missing.
pub const PATIENCE_MILLIS: i64 = 3 * DAY_MILLIS;
/// Longest text of others that is kept, in characters.
const LONGEST_FOUND: usize = 200;

/// What name servers said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The texts of the proof; `None` where nobody answered.
    pub texts: Option<Vec<String>>,
    /// Whether the name leads to an address, or nobody answered that.
    pub resolves: bool,
    /// Whether another stage has proven the name, and its text is still there.
    pub taken: bool,
}

/// The domain after a look at it.
pub fn judge(before: &Domain, looked: &Looked, now: i64) -> Domain {
    let domain = Domain { checked_at: now, resolves: looked.resolves, found: String::new(), ..before.clone() };
    let texts = looked.texts.as_deref().unwrap_or_default();
    let is_there = texts.iter().any(|text| text.trim() == before.proof);
    // Nobody is led to a name that is nowhere yet: which record is set first does not matter.
    if is_there && !looked.taken && (looked.resolves || before.is_active()) {
        return Domain {
            state: "proven".to_owned(),
            proven_at: if before.is_active() { before.proven_at } else { now },
            failed_since: 0,
            trouble: String::new(),
            due_at: now + DAY_MILLIS,
            ..domain
        };
    }
    let trouble = match (&looked.texts, is_there) {
        (None, _) => "unanswered",
        (Some(_), true) if looked.taken => "taken",
        (Some(_), true) => "unresolved",
        (Some(texts), false) if texts.is_empty() => "missing",
        (Some(_), false) => "other",
    };
    let found = if is_there { String::new() } else { texts.join(" · ") };
    let found = found.chars().filter(|c| !c.is_control()).take(LONGEST_FOUND).collect();
    let domain = Domain { trouble: trouble.to_owned(), found, due_at: now + HOUR_MILLIS, ..domain };
    if before.is_active() {
        let failed_since = if before.failed_since == 0 { now } else { before.failed_since };
        if now - failed_since < PATIENCE_MILLIS {
            return Domain { failed_since, ..domain };
        }
        return Domain { state: "lost".to_owned(), failed_since, ..domain };
    }
    let is_new = before.state == "waiting" && now - before.added_at < NEW_MILLIS;
    Domain { due_at: now + if is_new { SOON_MILLIS } else { HOUR_MILLIS }, ..domain }
}

/// The domain of a stage whose text is gone, and that somebody else has proven.
pub fn taken(before: &Domain, now: i64) -> Domain {
    Domain {
        state: "lost".to_owned(),
        trouble: "taken".to_owned(),
        failed_since: if before.failed_since == 0 { now } else { before.failed_since },
        found: String::new(),
        checked_at: now,
        due_at: now + HOUR_MILLIS,
        ..before.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY_MILLIS, HOUR_MILLIS, Looked, NEW_MILLIS, SOON_MILLIS, judge};
    use crate::store::Domain;

    fn waiting() -> Domain {
        Domain { proof: "litfass=1".to_owned(), state: "waiting".to_owned(), added_at: 1, ..Domain::default() }
    }

    fn saw(texts: &[&str]) -> Looked {
        let texts = Some(texts.iter().map(|text| (*text).to_owned()).collect());
        Looked { texts, resolves: true, taken: false }
    }

    fn nobody() -> Looked {
        Looked { texts: None, resolves: false, taken: false }
    }

    #[test]
    fn a_domain_waits_for_its_own_text_among_others() {
        let domain = judge(&waiting(), &saw(&[]), 100);
        assert_eq!((domain.state.as_str(), domain.trouble.as_str()), ("waiting", "missing"));
        assert_eq!(domain.due_at, 100 + SOON_MILLIS);
        let domain = judge(&domain, &saw(&["v=spf1", "litfass=2"]), NEW_MILLIS + 1);
        assert_eq!((domain.trouble.as_str(), domain.found.as_str()), ("other", "v=spf1 · litfass=2"));
        assert_eq!(domain.due_at, NEW_MILLIS + 1 + HOUR_MILLIS);
        let domain = judge(&domain, &nobody(), 100);
        assert_eq!((domain.state.as_str(), domain.trouble.as_str()), ("waiting", "unanswered"));

        let domain = judge(&domain, &saw(&["v=spf1", "litfass=1"]), 7);

        assert!(domain.is_active() && domain.trouble.is_empty() && domain.found.is_empty());
        assert_eq!((domain.proven_at, domain.due_at), (7, 7 + DAY_MILLIS));
        assert_eq!(judge(&domain, &saw(&["litfass=1"]), 9).proven_at, 7, "proven since then");
    }

    #[test]
    fn a_domain_goes_once_its_text_was_missing_for_three_days_in_a_row() {
        let mut domain = judge(&waiting(), &saw(&["litfass=1"]), 0);
        for (day, looked, state) in [
            (1, saw(&[]), "proven"),
            (3, nobody(), "proven"),
            (4, saw(&["litfass=1"]), "proven"),
            (5, saw(&["other"]), "proven"),
            (7, saw(&[]), "proven"),
            (8, saw(&[]), "lost"),
            (9, saw(&[]), "lost"),
            (10, saw(&["litfass=1"]), "proven"),
        ] {
            domain = judge(&domain, &looked, day * DAY_MILLIS);
            assert_eq!(domain.state, state, "day {day}");
        }
        assert_eq!((domain.proven_at, domain.failed_since), (10 * DAY_MILLIS, 0));
    }

    #[test]
    fn a_domain_waits_until_its_name_leads_somewhere() {
        let nowhere = Looked { resolves: false, ..saw(&["litfass=1"]) };

        let domain = judge(&waiting(), &nowhere, 5);

        assert_eq!((domain.state.as_str(), domain.trouble.as_str()), ("waiting", "unresolved"));
        let domain = judge(&domain, &saw(&["litfass=1"]), 6);
        assert!(judge(&domain, &nowhere, 7).is_active(), "what was good once is not taken back for that");
    }

    #[test]
    fn who_comes_later_waits_while_the_text_of_the_other_is_there() {
        let taken = Looked { taken: true, ..saw(&["litfass=0", "litfass=1"]) };

        let domain = judge(&waiting(), &taken, 5);

        assert_eq!((domain.state.as_str(), domain.trouble.as_str()), ("waiting", "taken"));
        assert!(domain.found.is_empty(), "nothing of the other's is told");
    }
}
