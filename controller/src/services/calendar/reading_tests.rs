//! Calendars as programs and people write them, and as attackers would.

use std::time::{Duration, Instant};

use super::reading::read;

/// 2026-05-04, 12:00 UTC, a Monday.
const NOON: i64 = 1_777_896_000_000;

fn calendar(body: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n").replace("\n\n", "\n")
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fest\r\n{lines}\r\nEND:VEVENT"))
}

/// Begin and end of each event as UTC, with its title.
fn said(text: &str) -> Vec<String> {
    let upcoming = read(text.as_bytes(), "Europe/Berlin", NOON).expect("a calendar");
    let utc = |at: i64| jiff::Timestamp::from_millisecond(at).unwrap().strftime("%m-%d %H:%M").to_string();
    upcoming.events.iter().take(4).map(|e| format!("{} – {} {}", utc(e.from), utc(e.until), e.title)).collect()
}

#[test]
fn times_are_those_of_their_zone_whatever_it_is_called() {
    let own = "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n\
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0400\r\nEND:STANDARD\r\n\
        BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0400\r\n\
        TZOFFSETTO:+0500\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    let table = [
        ("DTSTART:20260601T180000", "06-01 16:00"),
        ("DTSTART:20260601T180000Z", "06-01 18:00"),
        ("DTSTART;TZID=Europe/London:20260601T180000", "06-01 17:00"),
        ("DTSTART;TZID=\"W. Europe Standard Time\":20261201T180000", "12-01 17:00"),
        ("DTSTART;TZID=/citadel.org/20210210_1/America/New_York:20260601T180000", "06-01 22:00"),
        ("DTSTART;TZID=Mars/Base:20260601T180000", "06-01 16:00"),
        ("DTSTART;TZID=Customized Time Zone:20260601T180000", "06-01 13:00"),
        ("DTSTART;TZID=Customized Time Zone:20261201T180000", "12-01 14:00"),
        ("DTSTART;VALUE=DATE:20260601", "05-31 22:00"),
    ];
    for (start, expected) in table {
        let text = event(start).replace("BEGIN:VEVENT", &format!("{own}BEGIN:VEVENT"));
        assert!(said(&text)[0].starts_with(expected), "{start}: {:?}", said(&text));
    }
    let text = event("DTSTART:20260601T180000").replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-TIMEZONE:America/New_York");
    assert!(said(&text)[0].starts_with("06-01 22:00"));
}

#[test]
fn an_event_ends_as_it_says() {
    let table = [
        ("DTSTART:20260601T180000Z\r\nDTEND:20260601T200000Z", "06-01 18:00 – 06-01 20:00 Fest"),
        ("DTSTART:20260601T180000Z\r\nDURATION:PT90M", "06-01 18:00 – 06-01 19:30 Fest"),
        ("DTSTART:20260601T180000Z", "06-01 18:00 – 06-01 18:00 Fest"),
        ("DTSTART:20260601T180000Z\r\nDTEND:20260501T200000Z", "06-01 18:00 – 06-01 18:00 Fest"),
        ("DTSTART;VALUE=DATE:20260601", "05-31 22:00 – 06-01 22:00 Fest"),
        ("DTSTART;VALUE=DATE:20261024\r\nDTEND;VALUE=DATE:20261026", "10-23 22:00 – 10-25 23:00 Fest"),
        ("DTSTART:20260504T110000Z\r\nDTEND:20260504T130000Z", "05-04 11:00 – 05-04 13:00 Fest"),
    ];
    for (lines, expected) in table {
        assert_eq!(said(&event(lines)), [expected], "{lines}");
    }
}

#[test]
fn what_repeats_keeps_its_time_of_day_and_its_exceptions() {
    let weekly = "DTSTART;TZID=Europe/Berlin:20200106T190000\r\nDTEND;TZID=Europe/Berlin:20200106T210000\r\n\
        RRULE:FREQ=WEEKLY;BYDAY=MO\r\nEXDATE;TZID=Europe/Berlin:20260511T190000\r\nRDATE:20260506T080000Z";
    assert_eq!(
        said(&event(weekly)),
        [
            "05-04 17:00 – 05-04 19:00 Fest",
            "05-06 08:00 – 05-06 10:00 Fest",
            "05-18 17:00 – 05-18 19:00 Fest",
            "05-25 17:00 – 05-25 19:00 Fest"
        ]
    );
    // After the clocks went back it is still seven in the evening.
    let winter = said(&event(&weekly.replace("RDATE:20260506T080000Z", "").replace("20200106", "20261019")));
    assert_eq!(winter[..2], ["10-19 17:00 – 10-19 19:00 Fest", "10-26 18:00 – 10-26 20:00 Fest"]);
    let moved = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Verlegt\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260504T190000\r\n\
        DTSTART:20260505T170000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fest\r\nSTATUS:CANCELLED\r\n\
        RECURRENCE-ID:20260518T170000Z\r\nDTSTART:20260518T170000Z\r\nEND:VEVENT\r\nEND:VCALENDAR";
    let text = event(weekly).replace("END:VCALENDAR", moved);
    assert_eq!(
        said(&text)[..3],
        ["05-05 17:00 – 05-05 17:00 Verlegt", "05-06 08:00 – 05-06 10:00 Fest", "05-25 17:00 – 05-25 19:00 Fest"]
    );
    let birthday = "DTSTART;VALUE=DATE:19640505\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20260505";
    let first = &read(event(birthday).as_bytes(), "Europe/Berlin", NOON).unwrap().events[0];
    assert_eq!((first.from - NOON) / 86_400_000, 365, "not this year");
}

#[test]
fn what_is_over_cancelled_private_or_nameless_is_left_out() {
    for lines in [
        "DTSTART:20260504T100000Z\r\nDTEND:20260504T120000Z",
        "DTSTART:20260601T180000Z\r\nSTATUS:CANCELLED",
        "DTSTART:20260601T180000Z\r\nCLASS:PRIVATE",
        "DTSTART:20260601T180000Z\r\nSUMMARY: ",
        "DTSTART:99990101T000000Z0",
        "SUMMARY:no time",
        "DTSTART:20200601T180000Z\r\nRRULE:FREQ=DAILY;UNTIL=20200701T000000Z",
    ] {
        assert_eq!(said(&event(lines)), Vec::<String>::new(), "{lines}");
    }
    // An alarm inside is not the event.
    let alarm = "DTSTART:20260601T180000Z\r\nBEGIN:VALARM\r\nSUMMARY:Alarm\r\nDTSTART:20270101T000000Z\r\nEND:VALARM";
    assert_eq!(said(&event(alarm)), ["06-01 18:00 – 06-01 18:00 Fest"]);
}

#[test]
fn words_are_clean_and_short() {
    let long = format!(
        "DTSTART:20260601T180000Z\r\nSUMMARY:Fest\\, \u{202e}Sekt\\n{}\r\nLOCATION:{}",
        "x ".repeat(500),
        "y".repeat(9_000)
    );
    let upcoming = read(event(&long).as_bytes(), "Europe/Berlin", NOON).unwrap();

    let event = &upcoming.events[0];
    assert!(event.title.starts_with("Fest, Sekt x") && event.title.chars().count() <= 140, "{}", event.title);
    assert!(event.place.chars().count() <= 140);
    let old =
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260601T180000Z\nSUMMARY:Gr\xfc\xdfe\nEND:VEVENT\nEND:VCALENDAR";
    assert_eq!(read(old, "Europe/Berlin", NOON).unwrap().events[0].title, "Grüße");
}

#[test]
fn what_is_no_calendar_is_none() {
    for text in ["", "<html><body>Not found</body></html>", "BEGIN:VCARD\r\nEND:VCARD", "\u{0}\u{0}"] {
        assert!(read(text.as_bytes(), "Europe/Berlin", NOON).is_none(), "{text}");
    }
    assert!(read(calendar("").as_bytes(), "Europe/Berlin", NOON).unwrap().events.is_empty());
}

#[test]
fn a_hostile_calendar_costs_seconds_at_most() {
    let begin = Instant::now();
    let many = |count: usize, lines: &str| {
        let one = format!("BEGIN:VEVENT\nSUMMARY:x\n{lines}\nEND:VEVENT\n");
        calendar(&one.repeat(count))
    };
    let broken_zone = "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:19700101T000000\n\
        RRULE:FREQ=SECONDLY\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n";
    let every_second = "DTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY";
    let zoned = many(2_000, "DTSTART;TZID=Mine:20270101T000000\nRRULE:FREQ=DAILY");
    let zoned = zoned.replacen("BEGIN:VEVENT", &format!("{broken_zone}BEGIN:VEVENT"), 1);
    let all = [
        (many(100_000, "DTSTART:20270101T000000Z"), 1),
        (many(1, every_second), 100),
        (many(20_000, every_second), 100),
        (many(1, &format!("DTSTART:20270101T000000Z\nDESCRIPTION:{}", "x".repeat(10_000_000))), 1),
        (many(1, &format!("DTSTART:20270101T000000Z\nEXDATE:{}", "20270101T000000Z,".repeat(300_000))), 0),
        (zoned, 100),
        (format!("{}{}", "BEGIN:VEVENT\n".repeat(100_000), many(1, "DTSTART:20270101T000000Z")), 0),
    ];

    for (text, expected) in all {
        let start = Instant::now();
        let found = read(text.as_bytes(), "Europe/Berlin", NOON).expect("a calendar").events.len();
        let (took, what) = (start.elapsed(), text.chars().take(200).collect::<String>());
        assert!(took < Duration::from_secs(12), "{took:?} for {what}");
        assert!(found >= expected, "{found} of {expected} in {what}");
    }
    assert!(begin.elapsed() < Duration::from_secs(60));
}
