//! Dates as people and programs write them: RFC 822 in all its variants, ISO 8601, asctime.

/// Reads a date into milliseconds since 1970; without a zone it is UTC. `None` when it is no date, or does not exist.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    iso(text.as_bytes()).or_else(|| written(text))
}

/// Year, month, day and milliseconds into the day, minus the zone.
fn assemble(year: i64, month: i64, day: i64, day_ms: i64, offset_mins: i64) -> Option<i64> {
    if !(1900..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let longest = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Days since 1970 of a civil date (Howard Hinnant): years begin in March, so that the leap day comes last.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(days * 86_400_000 + day_ms - offset_mins * 60_000)
}

/// Takes digits off the front, at least `least` and at most `most`.
fn digits(text: &[u8], least: usize, most: usize) -> Option<(i64, &[u8])> {
    let count = text.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    if count < least {
        return None;
    }
    let (number, rest) = text.split_at(count);
    Some((number.iter().fold(0, |sum, b| sum * 10 + i64::from(b - b'0')), rest))
}

fn skip<'a>(text: &'a [u8], any_of: &[u8]) -> Option<&'a [u8]> {
    let (first, rest) = text.split_first()?;
    any_of.contains(first).then_some(rest)
}

/// `2026-11-20T09:15:00.123+01:00` and everything shorter, also without dashes and colons.
fn iso(text: &[u8]) -> Option<i64> {
    let (year, rest) = digits(text, 4, 4)?;
    let Some((month, rest)) = digits(skip(rest, b"-/.").unwrap_or(rest), 2, 2) else {
        return if rest.is_empty() { assemble(year, 1, 1, 0, 0) } else { None };
    };
    let Some((day, rest)) = digits(skip(rest, b"-/.").unwrap_or(rest), 2, 2) else {
        return if rest.is_empty() && text.len() == 7 { assemble(year, month, 1, 0, 0) } else { None };
    };
    let rest = rest.trim_ascii();
    if rest.is_empty() {
        return assemble(year, month, day, 0, 0);
    }
    let (day_ms, rest) = clock(skip(rest, b"Tt").unwrap_or(rest).trim_ascii_start())?;
    let offset = zone(std::str::from_utf8(rest).ok()?.trim())?;
    assemble(year, month, day, day_ms, offset)
}

/// `09:15`, `9:15:00`, `09:15:00.123`, `091500`, with what follows.
fn clock(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, rest) = digits(text, 1, 2)?;
    let (minute, rest) = digits(skip(rest, b":.").unwrap_or(rest), 2, 2)?;
    let (second, mut rest) = match digits(skip(rest, b":.").unwrap_or(rest), 2, 2) {
        Some(found) => found,
        None => (0, rest),
    };
    let mut millis = 0;
    if let Some((fraction, after)) = skip(rest, b".,").and_then(|r| digits(r, 1, 12).map(|(_, after)| (r, after))) {
        let shown = &fraction[..fraction.len() - after.len()];
        millis = (0..3).fold(0, |sum, at| sum * 10 + shown.get(at).map_or(0, |b| i64::from(b - b'0')));
        rest = after;
    }
    if hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0) {
        return None;
    }
    Some((((hour * 60 + minute) * 60 + second.min(59)) * 1000 + millis, rest))
}

/// Minutes east of Greenwich: `+0100`, `+01:00`, `-5`, `GMT+1`, `CET`; nothing and unknown names are UTC.
fn zone(text: &str) -> Option<i64> {
    let name_len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(name_len);
    let rest = rest.trim_start();
    let Some(sign) = rest.bytes().next().filter(|b| matches!(b, b'+' | b'-')) else {
        return Some(named_zone(name));
    };
    let number = &rest.as_bytes()[1..];
    let (hours, after) = digits(number, 1, 2)?;
    let minutes = digits(skip(after, b":").unwrap_or(after), 2, 2).map_or(0, |(minutes, _)| minutes);
    if hours > 18 || minutes > 59 {
        return None;
    }
    let offset = hours * 60 + minutes;
    Some(if sign == b'-' { -offset } else { offset })
}

fn named_zone(name: &str) -> i64 {
    const HOURS: &[(&str, i64)] = &[
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("AKST", -9),
        ("AKDT", -8),
        ("HST", -10),
        ("AST", -4),
        ("ADT", -3),
        ("BRT", -3),
        ("ART", -3),
        ("BST", 1),
        ("WEST", 1),
        ("CET", 1),
        ("MEZ", 1),
        ("CEST", 2),
        ("MESZ", 2),
        ("EET", 2),
        ("EEST", 3),
        ("MSK", 3),
        ("TRT", 3),
        ("GST", 4),
        ("PKT", 5),
        ("WIB", 7),
        ("ICT", 7),
        ("SGT", 8),
        ("HKT", 8),
        ("AWST", 8),
        ("JST", 9),
        ("KST", 9),
        ("AEST", 10),
        ("AEDT", 11),
        ("NZST", 12),
        ("NZDT", 13),
    ];
    if name.eq_ignore_ascii_case("IST") {
        return 5 * 60 + 30;
    }
    HOURS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map_or(0, |(_, hours)| hours * 60)
}

/// Words in any order that makes sense: `Fri, 20 Nov 2026 09:15:00 +0100`, `Nov 20, 2026`, `Fri Nov 20 09:15:00 2026`.
fn written(text: &str) -> Option<i64> {
    let (mut day, mut month, mut year, mut time, mut offset) = (None, None, None, None, None);
    let text = text.split('(').next()?;
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let bytes = word.as_bytes();
        if time.is_none() && bytes[0].is_ascii_digit() && word.contains(':') {
            let (mut day_ms, rest) = clock(bytes)?;
            let mut half = std::str::from_utf8(rest).ok()?;
            if half.is_empty()
                && let Some(next) = words.next_if(|w| w.eq_ignore_ascii_case("am") || w.eq_ignore_ascii_case("pm"))
            {
                half = next;
            }
            match half.to_ascii_lowercase().as_str() {
                "am" if day_ms >= 12 * 3_600_000 => day_ms -= 12 * 3_600_000,
                "pm" if day_ms < 12 * 3_600_000 => day_ms += 12 * 3_600_000,
                "" | "am" | "pm" => {}
                zoned => offset = Some(zone(zoned)?),
            }
            time = Some(day_ms);
        } else if let Some(found) = month_of(word) {
            month = Some(found);
        } else if bytes[0].is_ascii_digit() {
            // `20`, `20.`, `2026`, `20-Nov-26`
            for part in word.split(['-', '.', '/']).filter(|part| !part.is_empty()) {
                if let Some(found) = month_of(part) {
                    month = Some(found);
                    continue;
                }
                let ordinal = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let number: i64 = if ordinal.len() <= 4 { ordinal.parse().ok()? } else { return None };
                if day.is_none() && ordinal.len() <= 2 && number <= 31 {
                    day = Some(number);
                } else if year.is_none() {
                    year = Some(match (ordinal.len(), number) {
                        (..=2, 0..=49) => number + 2000,
                        (..=3, _) => number + 1900,
                        _ => number,
                    });
                } else {
                    return None;
                }
            }
        } else if time.is_some() && offset.is_none() {
            offset = Some(zone(word)?);
        }
    }
    assemble(year?, month?, day?, time.unwrap_or(0), offset.unwrap_or(0))
}

/// English and German names, long and short.
fn month_of(word: &str) -> Option<i64> {
    const STARTS: &[(&str, i64)] = &[
        ("jan", 1),
        ("jän", 1),
        ("feb", 2),
        ("mar", 3),
        ("mär", 3),
        ("mrz", 3),
        ("apr", 4),
        ("may", 5),
        ("mai", 5),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sep", 9),
        ("oct", 10),
        ("okt", 10),
        ("nov", 11),
        ("dec", 12),
        ("dez", 12),
    ];
    let lower = word.to_lowercase();
    STARTS.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_read() {
        let noon: i64 = 1_795_176_000_000; // 2026-11-20T12:00:00Z
        let table = [
            ("Fri, 20 Nov 2026 12:00:00 GMT", noon),
            ("Fri, 20 Nov 2026 13:00:00 +0100", noon),
            ("20 Nov 2026 12:00 UT", noon),
            ("Fri, 20 Nov 26 12:00:00 Z", noon),
            ("Fri,20 Nov 2026 07:00:00 EST", noon),
            ("Fr, 20 November 2026 13:00:00 MEZ", noon),
            ("Friday, 20-Nov-26 12:00:00 GMT", noon),
            ("Fri Nov 20 12:00:00 2026", noon),
            ("Fri Nov 20 13:00:00 CET 2026", noon),
            ("Nov 20, 2026 12:00 PM", noon),
            ("November 20th, 2026 12:00", noon),
            ("Fri, 20 Nov 2026 12:00:00 +0000 (UTC)", noon),
            ("Fri, 20 Nov 2026 14:00:00 GMT+2", noon),
            ("2026-11-20T12:00:00Z", noon),
            ("2026-11-20T13:00:00+01:00", noon),
            ("2026-11-20T13:00:00+0100", noon),
            ("2026-11-20 12:00:00", noon),
            ("2026-11-20T12:00Z", noon),
            ("20261120T120000Z", noon),
            ("2026-11-20T12:00:00.000000000Z", noon),
            ("2026-11-20t12:00:00z", noon),
            ("2026-11-20 13:00:00 +01:00", noon),
            ("2026-11-20T12:00:00.25Z", noon + 250),
            ("2026-11-20", noon - 43_200_000),
            ("2026-11", noon - 43_200_000 - 19 * 86_400_000),
            ("Fri, 20 Nov 2026 24:00:00 GMT", noon + 43_200_000),
            ("Fri, 20 Nov 2026 11:59:60 GMT", noon - 1000),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29", 951_782_400_000),
            ("Wed, 02 Oct 2002 13:00:00 GMT", 1_033_563_600_000),
            ("1969-12-31T23:59:59Z", -1000),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "32 Nov 2026",
            "2026-02-30",
            "2026-13-01",
            "2023-02-29",
            "Fri, 20 Nov 2026 25:00:00 GMT",
            "20/11/2026",
            "Nov",
            "99999-01-01",
            "2026-11-20T12:00:00+99:00",
            "12:00",
            "0",
            "１９７０-01-01",
            "é",
            "-",
            "2026-11-20Tx",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
