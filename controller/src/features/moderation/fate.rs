//! What becomes of a post that is imported: what its source, its network, the rules and the emergency stop say together, and
//! what people said before.

use super::judge::{Action, Reason, Verdict};
use crate::{
    features::history::Deed,
    store::{Post, Standing, Stopped},
};

/// Whether a post is shown, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Whether it is shown.
    pub shown: bool,
    /// Who decided that.
    pub standing: Standing,
    /// Why it is kept back.
    pub reasons: Vec<Reason>,
    /// What the emergency stop does to it.
    pub stopped: Stopped,
}

impl Fate {
    /// What the history is to know of it: that rules kept back what was not kept back before. A source whose posts all wait
    /// is no decision over this one.
    pub fn deed(&self, old: Option<&Post>) -> Option<Deed> {
        let before = old.map_or(Standing::Open, |old| old.standing);
        match self.standing {
            _ if self.standing == before => None,
            Standing::Ruled => Some(Deed::PostHidden),
            Standing::Waiting if self.reasons.iter().any(Reason::is_of_rules) => Some(Deed::PostHeld),
            _ => None,
        }
    }

    /// Of a post that was not here before. `held` says why it waits whatever stands in it.
    pub fn of_new(held: Vec<Reason>, verdict: Verdict, is_stopped: bool) -> Self {
        let mut reasons = held;
        reasons.extend(verdict.reasons);
        let standing = standing(verdict.action, &reasons);
        if standing == Standing::Open && is_stopped {
            return Self {
                shown: false,
                standing: Standing::Waiting,
                reasons: vec![Reason::Stop],
                stopped: Stopped::Came,
            };
        }
        Self { shown: standing == Standing::Open, standing, reasons, stopped: Stopped::No }
    }

    /// Of a post that was edited at its source. What people decided stays; what kept it back whatever stood in it goes on
    /// keeping it back; the rest is judged anew. `held` says why it waits from now on.
    pub fn of_edit(old: &Post, held: Vec<Reason>, verdict: Verdict, is_stopped: bool) -> Self {
        if old.standing.is_by_hand() {
            let reasons = Reason::read(&old.reasons);
            return Self { shown: old.shown, standing: old.standing, reasons, stopped: old.stopped };
        }
        let mut reasons = held;
        if old.standing == Standing::Waiting {
            let stay = Reason::read(&old.reasons).into_iter().filter(|reason| !reason.is_of_content());
            reasons.extend(stay.filter(|reason| *reason != Reason::Warning));
        }
        reasons.extend(verdict.reasons);
        let standing = standing(verdict.action, &reasons);
        let stopped = match standing {
            // It comes back with what the stop took.
            Standing::Open if is_stopped || old.stopped == Stopped::Taken => Stopped::Taken,
            Standing::Waiting if old.stopped == Stopped::Came && reasons == [Reason::Stop] => Stopped::Came,
            _ => Stopped::No,
        };
        Self { shown: standing == Standing::Open && stopped == Stopped::No, standing, reasons, stopped }
    }
}

fn standing(action: Action, reasons: &[Reason]) -> Standing {
    match action {
        Action::Hide => Standing::Ruled,
        _ if !reasons.is_empty() => Standing::Waiting,
        _ => Standing::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::Fate;
    use crate::{
        features::moderation::judge::{Action, Reason, Verdict},
        store::{Post, Standing, Stopped},
    };

    fn word() -> Reason {
        Reason::Word { found: "x".into(), entry: "x".into(), list: String::new() }
    }

    fn queue() -> Verdict {
        Verdict { action: Action::Queue, reasons: vec![word()] }
    }

    fn old(standing: Standing, reasons: &[Reason]) -> Post {
        let shown = matches!(standing, Standing::Open | Standing::Published);
        Post { standing, shown, reasons: Reason::write(reasons), ..Post::default() }
    }

    fn edit(old: &Post, verdict: Verdict) -> Fate {
        Fate::of_edit(old, Vec::new(), verdict, false)
    }

    #[test]
    fn a_new_post_is_shown_waits_or_is_hidden() {
        let shown = Fate::of_new(Vec::new(), Verdict::default(), false);
        assert!(shown.shown && shown.standing == Standing::Open && shown.stopped == Stopped::No);
        let held = Fate::of_new(vec![Reason::Queue], queue(), false);
        assert_eq!((held.shown, held.standing, held.reasons), (false, Standing::Waiting, vec![Reason::Queue, word()]));
        let hide = Verdict { action: Action::Hide, ..queue() };
        assert_eq!(Fate::of_new(Vec::new(), hide, true).standing, Standing::Ruled);
        let came = Fate::of_new(Vec::new(), Verdict::default(), true);
        assert_eq!((came.shown, came.standing, came.stopped), (false, Standing::Waiting, Stopped::Came));
        let both = Fate::of_new(vec![Reason::Queue], Verdict::default(), true);
        assert_eq!(both.stopped, Stopped::No, "it would have waited in any case");
    }

    #[test]
    fn people_have_the_last_word_over_every_edit() {
        for standing in [Standing::Hidden, Standing::Published] {
            let held = edit(&old(standing, &[word()]), queue());
            assert_eq!((held.standing, held.shown), (standing, standing == Standing::Published));
        }
    }

    #[test]
    fn an_edit_is_judged_anew() {
        assert!(edit(&old(Standing::Waiting, &[word()]), Verdict::default()).shown, "the word is gone");
        assert!(edit(&old(Standing::Ruled, &[word()]), Verdict::default()).shown);
        assert_eq!(edit(&old(Standing::Open, &[]), queue()).standing, Standing::Waiting, "the word came");
        for stays in [Reason::Queue, Reason::Flood { posts: 1, minutes: 1 }, Reason::Stop] {
            let held = edit(&old(Standing::Waiting, &[stays.clone(), word()]), Verdict::default());
            assert_eq!((held.standing, held.reasons), (Standing::Waiting, vec![stays]));
        }
        let warned = old(Standing::Waiting, &[Reason::Warning]);
        assert!(edit(&warned, Verdict::default()).shown, "its network warns no more");
        assert_eq!(Fate::of_edit(&warned, vec![Reason::Warning], Verdict::default(), false).reasons, [Reason::Warning]);
    }

    #[test]
    fn the_emergency_stop_holds_edits_and_gives_them_back() {
        let stopped = |old: &Post, verdict| Fate::of_edit(old, Vec::new(), verdict, true);
        let open = old(Standing::Open, &[]);
        assert_eq!(
            (stopped(&open, Verdict::default()).shown, stopped(&open, Verdict::default()).stopped),
            (false, Stopped::Taken)
        );
        let taken = Post { shown: false, stopped: Stopped::Taken, ..open };
        assert_eq!(stopped(&taken, Verdict::default()).stopped, Stopped::Taken);
        assert_eq!(stopped(&taken, queue()).stopped, Stopped::No, "it would not come back by itself");
        let came = Post { stopped: Stopped::Came, ..old(Standing::Waiting, &[Reason::Stop]) };
        assert_eq!(stopped(&came, Verdict::default()).stopped, Stopped::Came);
    }
}
