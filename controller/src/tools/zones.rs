//! Time zones as tables, for programmes that play without a data base of time zones.

use jiff::{Timestamp, tz::TimeZone};
use shared::programme::{Offset, Zone};

/// How far before an instant a table begins, and how far behind it ends, in milliseconds: half a year back, for what was
/// published then, and twelve years on, for screens that nobody has reached since.
const BEFORE: i64 = 183 * 86_400_000;
const BEHIND: i64 = 12 * 366 * 86_400_000;

/// The table of a zone by its IANA name, around an instant; UTC where nobody knows it. It changes once a year, so that
/// programmes are not signed anew for it.
pub fn table(name: &str, at: i64) -> Zone {
    let known = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let year = Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(TimeZone::UTC).year();
    let begin =
        jiff::civil::date(year, 1, 1).to_zoned_datetime(TimeZone::UTC).map_or(at, |z| z.timestamp().as_millisecond());
    let start = Timestamp::from_millisecond(begin - BEFORE).unwrap_or_default();
    let first = Offset(start.as_millisecond(), known.to_offset(start).seconds());
    let later = known.following(start).map(|next| Offset(next.timestamp().as_millisecond(), next.offset().seconds()));
    let later = later.take_while(|offset| offset.0 < begin + BEHIND);
    Zone { name: name.to_owned(), offsets: std::iter::once(first).chain(later).collect() }
}

/// An instant as clocks of a zone show it, for a control that asks for one: `2026-12-24T18:00`.
pub fn local(at: i64, zone: &Zone) -> String {
    let minutes = (at + zone.ahead(at)).rem_euclid(86_400_000) / 60_000;
    format!("{}T{:02}:{:02}", zone.date(at), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::{local, table};

    #[test]
    fn a_table_holds_what_is_to_come_and_stays_the_same_for_a_year() {
        let noon = 1_777_896_000_000; // 2026-05-04, 12:00 UTC
        let berlin = table("Europe/Berlin", noon);

        assert_eq!((berlin.ahead(noon), berlin.ahead(noon + 200 * 86_400_000)), (7_200_000, 3_600_000));
        assert_eq!(berlin, table("Europe/Berlin", noon + 100 * 86_400_000));
        assert!((20..40).contains(&berlin.offsets.len()), "{}", berlin.offsets.len());
        assert_eq!(table("Mars/Base", noon).ahead(noon), 0);
        assert_eq!(
            (local(noon + 61_000, &berlin).as_str(), local(noon, &table("UTC", noon)).as_str()),
            ("2026-05-04T14:01", "2026-05-04T12:00")
        );
        assert_eq!(local(1_777_932_000_000, &berlin), "2026-05-05T00:00");
    }
}
