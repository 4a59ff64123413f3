//! From when to when an own post is shown: a pure function of what was typed, what was there, and the clock.

use jiff::Timestamp;
use shared::programme::Zone;

use crate::{
    app::Problem,
    features::programmes::instant,
    store::{Post, Span},
    tools::zones,
};

/// What the button that was clicked wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Publish what is new or a draft; leave everything else as public as it is.
    #[default]
    Publish,
    /// Show it to nobody for now.
    Draft,
}

/// Local times as they were typed; empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedTimes {
    /// From when on.
    pub publish: String,
    /// Until when.
    pub until: String,
}

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// From then on.
    pub published_at: i64,
    /// Not from then on; `None` for for ever.
    pub expires_at: Option<i64>,
    /// Whether people want the public to see it.
    pub shown: bool,
    /// Whether nobody has published it yet.
    pub draft: bool,
}

impl TypedTimes {
    /// What stands in the form of a post.
    pub fn of(post: &Post, zone: &Zone, now: i64) -> Self {
        // A draft that was not planned has no time yet.
        let planned = !post.draft || post.published_at > now;
        Self {
            publish: if planned { zones::local(post.published_at, zone) } else { String::new() },
            until: post.expires_at.map(|at| zones::local(at, zone)).unwrap_or_default(),
        }
    }
}

/// Finds out from when to when a post is shown: a new one, or an old one that is edited.
pub fn resolve(
    typed: &TypedTimes,
    wish: Wish,
    old: Option<&Post>,
    zone: &Zone,
    now: i64,
) -> Result<Times, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = |field: &'static str, text: &str, held: Option<i64>| {
        let read = read(text, held, zone);
        read.unwrap_or_else(|key| {
            problems.push(Problem { field, key });
            None
        })
    };
    let planned = read("publish", &typed.publish, old.map(|old| old.published_at));
    let until = read("until", &typed.until, old.and_then(|old| old.expires_at));
    let out = old.filter(|old| !old.draft && old.published_at <= now);
    let published_at = match (planned, out) {
        // What has been published keeps its day, or gets the one that is typed.
        (planned, Some(out)) => planned.unwrap_or(out.published_at),
        // What has not begins now at the earliest.
        (planned, None) => planned.map_or(now, |at| at.max(now)),
    };
    if problems.is_empty() && until.is_some_and(|until| until <= published_at) {
        problems.push(Problem { field: "until", key: "own_posts.until.order" });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let draft = wish == Wish::Draft;
    let shown = !draft && old.is_none_or(|old| old.draft || old.shown);
    Ok(Times { published_at, expires_at: until, shown, draft })
}

/// From when to when a post from elsewhere is shown.
pub fn span(typed: &TypedTimes, old: &Post, zone: &Zone) -> Result<Span, Vec<Problem>> {
    let wrong = |field| move |key| vec![Problem { field, key }];
    let opens_at = read(&typed.publish, old.opens_at, zone).map_err(wrong("publish"))?;
    let expires_at = read(&typed.until, old.expires_at, zone).map_err(wrong("until"))?;
    let begins_at = old.published_at.max(opens_at.unwrap_or(i64::MIN));
    if expires_at.is_some_and(|until| until <= begins_at) {
        return Err(wrong("until")("own_posts.until.order"));
    }
    Ok(Span { opens_at, expires_at })
}

/// Reads a local time; one that says the same as what is held is that instant, to the millisecond.
fn read(text: &str, held: Option<i64>, zone: &Zone) -> Result<Option<i64>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Programs say an instant with its offset; people say what their clock shows.
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(Some(at.as_millisecond()));
    }
    let same = held.filter(|at| zones::local(*at, zone) == text);
    same.or_else(|| instant(text, zone)).map(Some).ok_or("slides.problem.moment")
}

#[cfg(test)]
mod tests {
    use super::{Times, TypedTimes, Wish, resolve, span};
    use crate::{
        store::Post,
        tools::zones::{local, table},
    };

    /// 2026-05-04, 12:00 UTC: 14:00 in Berlin.
    const NOON: i64 = 1_777_896_000_000;
    const HOUR: i64 = 3_600_000;

    fn typed(publish: &str, until: &str) -> TypedTimes {
        TypedTimes { publish: publish.to_owned(), until: until.to_owned() }
    }

    fn fresh(publish: &str, until: &str, wish: Wish) -> Result<Times, &'static str> {
        let berlin = table("Europe/Berlin", NOON);
        resolve(&typed(publish, until), wish, None, &berlin, NOON).map_err(|problems| problems[0].key)
    }

    #[test]
    fn a_new_post_is_published_now_or_later_and_never_in_the_past() {
        let now = Times { published_at: NOON, expires_at: None, shown: true, draft: false };
        assert_eq!(fresh("", "", Wish::Publish), Ok(now));
        assert_eq!(fresh("2020-01-01T00:00", "", Wish::Publish), Ok(now));
        let later = Times { published_at: NOON + HOUR, expires_at: Some(NOON + 2 * HOUR), ..now };
        assert_eq!(fresh("2026-05-04T15:00", "2026-05-04T16:00", Wish::Publish), Ok(later));
        assert_eq!(
            fresh("2026-05-04T15:00", "", Wish::Draft).map(|times| (times.shown, times.draft)),
            Ok((false, true))
        );
    }

    #[test]
    fn an_end_before_the_beginning_is_refused() {
        assert_eq!(fresh("", "2026-05-04T14:00", Wish::Publish), Err("own_posts.until.order"));
        assert_eq!(fresh("2026-05-04T15:00", "2026-05-04T15:00", Wish::Publish), Err("own_posts.until.order"));
        assert_eq!(fresh("Weihnachten", "", Wish::Publish), Err("slides.problem.moment"));
        let old = Post { published_at: NOON, ..Post::default() };
        let berlin = table("Europe/Berlin", NOON);
        let until = |text: &str| span(&typed("", text), &old, &berlin).map(|span| span.expires_at);
        assert!(until("2026-05-04T13:59").is_err());
        assert_eq!(until("2026-05-04T14:01"), Ok(Some(NOON + 60_000)));
        assert_eq!(until(" "), Ok(None));
        let both = |from: &str, until: &str| span(&typed(from, until), &old, &berlin);
        assert_eq!(both("2026-05-04T15:00", "2026-05-04T16:00").unwrap().opens_at, Some(NOON + HOUR));
        assert!(both("2026-05-04T15:00", "2026-05-04T15:00").is_err(), "it would go before it comes");
        assert_eq!(both("Weihnachten", "").unwrap_err()[0].field, "publish");
    }

    #[test]
    fn clocks_that_are_set_are_followed() {
        let berlin = table("Europe/Berlin", NOON);
        let at = |text: &str| resolve(&typed(text, ""), Wish::Publish, None, &berlin, NOON).unwrap().published_at;

        // 25 October 2026: from 3:00 back to 2:00, so that 2:30 is twice; the first counts.
        assert_eq!(at("2026-10-25T03:00") - at("2026-10-25T02:30"), HOUR + HOUR / 2);
        // 28 March 2027: from 2:00 to 3:00, so that 2:30 is never; then is when the clock jumps over it.
        assert_eq!(at("2027-03-28T02:30"), at("2027-03-28T03:00"));
        assert_eq!(at("2027-03-28T03:00") - at("2027-03-28T01:59"), 60_000);
        assert_eq!(local(at("2026-12-24T18:00"), &berlin), "2026-12-24T18:00");
    }

    #[test]
    fn an_old_post_keeps_what_nobody_changed() {
        let berlin = table("Europe/Berlin", NOON);
        let out = Post { published_at: NOON - 61_234, shown: true, expires_at: Some(NOON - 7), ..Post::default() };
        let form = TypedTimes::of(&out, &berlin, NOON);
        let again = |typed: &TypedTimes, old: &Post| resolve(typed, Wish::Publish, Some(old), &berlin, NOON).unwrap();

        let kept = again(&form, &out);
        assert_eq!((kept.published_at, kept.expires_at), (out.published_at, out.expires_at), "to the millisecond");
        assert_eq!(again(&typed("", ""), &out).published_at, out.published_at, "an emptied field is no wish");
        assert_eq!(
            again(&typed("2026-05-01T10:00", ""), &out).published_at,
            NOON - 76 * HOUR,
            "another day of the past"
        );
        assert!(!again(&form, &Post { shown: false, ..out.clone() }).shown, "what is hidden stays hidden");
        let planned = Post { published_at: NOON + HOUR, ..out.clone() };
        assert_eq!(again(&typed("", ""), &planned).published_at, NOON, "now instead of later");
    }

    #[test]
    fn a_draft_has_a_time_only_once_it_is_planned() {
        let berlin = table("Europe/Berlin", NOON);
        let draft = Post { published_at: NOON - HOUR, draft: true, ..Post::default() };
        let form = TypedTimes::of(&draft, &berlin, NOON);
        assert_eq!(form, TypedTimes::default());
        let out = resolve(&form, Wish::Publish, Some(&draft), &berlin, NOON).unwrap();
        assert_eq!(out, Times { published_at: NOON, expires_at: None, shown: true, draft: false });
        let planned = Post { published_at: NOON + HOUR, ..draft };
        assert_eq!(TypedTimes::of(&planned, &berlin, NOON).publish, "2026-05-04T15:00");
    }
}
