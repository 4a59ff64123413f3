//! Slides that need no post: each kind once as it should be, then all of them together with what should not be.

use shared::{
    programme::{Date, Plan},
    slides::{
        Announcement, Clock, Countdown, Day, Event, Events, Film, FilmFile, Focus, Hours, Outlook, Page, Photo, Qr,
        Sky, Slide, TestCard, Ticker, Wall, Weather,
    },
};

use super::{Album, Ground, NOW, Scene, Shown, Sizes, framed, programme, region, zalgo};

const HOUR: i64 = 3_600_000;

/// Every scene of them.
pub fn all(album: &Album<'_>, long: &str) -> Vec<Scene> {
    use Ground::{Dark, Light};
    use Sizes::{Kind, One, Upright};
    let fill = |picture: &str, caption: &str| {
        let mut photo = photo(album, picture, caption, "fill");
        photo.credit = "Foto: Jule Brandt".into();
        Slide::Photo(photo)
    };
    let mut off_centre = photo(album, "lighthouse", "", "fill");
    off_centre.picture.as_mut().unwrap().focus = Focus { x: 50, y: 25 };
    let alone = [
        ("photo", Dark, Kind, fill("snow", "Der erste Schnee auf dem Rathausplatz, fotografiert um sechs Uhr früh.")),
        ("photo-focus", Dark, One, Slide::Photo(off_centre)),
        (
            "photo-whole",
            Light,
            One,
            Slide::Photo(photo(album, "lighthouse", "Der Leuchtturm feiert Geburtstag.", "whole")),
        ),
        ("poster", Light, Kind, announcement("poster", None, album)),
        (
            "poster-short",
            Dark,
            One,
            Slide::Announcement(Announcement {
                design: "poster".into(),
                headline: "Heute Markt!".into(),
                ..Announcement::default()
            }),
        ),
        ("on-picture", Dark, Kind, announcement("picture", Some("lanterns"), album)),
        (
            "qr",
            Light,
            Kind,
            qr(
                "Melden Sie einen Schaden",
                "Schlagloch, Laterne, wilder Müll: in zwei Minuten \
            erledigt, auch ohne Anmeldung.",
                "https://www.lindenhafen.example/melden",
            ),
        ),
        ("hours", Dark, Kind, hours("Bürgerbüro")),
        (
            "countdown",
            Dark,
            Kind,
            countdown("Premiere: Der Leuchtturmwärter und die Möwe", 3 * 24 * HOUR + 5 * HOUR + 25 * 60_000),
        ),
        ("countdown-over", Light, One, countdown("Premiere", -5)),
        ("events", Light, Kind, Slide::Events(events("Diese Woche in Lindenhafen"))),
        ("weather", Dark, Kind, Slide::Weather(weather(Sky::Fair))),
        ("weather-old", Dark, One, Slide::Weather(Weather { place: "Lindenhafen".into(), outlook: None })),
        ("wall", Dark, Kind, wall(album, "Eure Bilder vom Lichterfest", 9)),
        ("wall-three", Light, One, wall(album, "", 3)),
        (
            "page",
            Dark,
            Kind,
            Slide::Page(Page { picture: Some(album.picture("pictures/theatre.jpg")), ..Page::default() }),
        ),
        ("film", Dark, Kind, film(album)),
        ("test-card", Dark, Kind, Slide::TestCard(TestCard {})),
        ("hands", Dark, Kind, Slide::Clock(Clock { face: "hands".into(), date: true })),
        ("ticker-alone", Light, One, ticker(&["Der Impfbus hält am Samstag auf dem Rathausplatz", "Zweite Zeile"])),
    ];
    let scene = |name, shown, sizes| Scene { name, shown, language: "de", sizes, moves: false };
    let mut scenes: Vec<_> = alone
        .into_iter()
        .map(|(name, ground, sizes, slide)| scene(name, programme(album, ground, Some(slide)), sizes))
        .collect();
    scenes.push(scene("side-bars", in_side_bars(album), One));
    scenes.push(scene("strips", in_strips(album), Upright));
    let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(4);
    let right = "مهرجان الميناء يوم السبت ".repeat(3);
    for (name, text) in [
        ("worst-long", long),
        ("worst-word", &word),
        ("worst-zalgo", &zalgo("Der Nebel kommt heute Nacht in die Stadt")),
        ("worst-right", &right),
    ] {
        scenes.push(scene(name, worst(album, text), One));
    }
    let line = ["Fähre nach Süd fällt heute aus – bitte Linie 4 nehmen", "Wochenmarkt bis 14 Uhr"];
    scenes.push(Scene { moves: true, ..scene("in-motion", in_motion(album, &line), Kind) });
    scenes
        .push(Scene { moves: true, ..scene("in-motion-right", in_motion(album, &[&right, "שוק עד 14:00"]), One) });
    scenes.push(scene("worst-empty", worst(album, ""), One));
    scenes
}

fn photo(album: &Album<'_>, name: &str, caption: &str, fit: &str) -> Photo {
    let picture = Some(album.picture(&format!("pictures/{name}.jpg")));
    Photo { picture, caption: caption.into(), fit: fit.into(), ..Photo::default() }
}

fn announcement(design: &str, picture: Option<&str>, album: &Album<'_>) -> Slide {
    Slide::Announcement(Announcement {
        design: design.into(),
        headline: "Lange Nacht der Lichter".into(),
        text: "Am Samstag ab 18 Uhr leuchten Hafen, Halle und Rathaus. Eintritt frei.".into(),
        picture: picture.map(|name| album.picture(&format!("pictures/{name}.jpg"))),
        link: "https://www.lindenhafen.example/lichter".into(),
    })
}

fn qr(title: &str, text: &str, link: &str) -> Slide {
    Slide::Qr(Qr { title: title.into(), text: text.into(), link: link.into() })
}

fn hours(title: &str) -> Slide {
    let week =
        ["08:00–12:00", "08:00–12:00, 14:00–16:00", "08:00–12:00", "08:00–12:00, 14:00–18:00", "08:00–12:00", "", ""];
    let note = "Am 24. und 31. Dezember bleibt das Bürgerbüro zu.".to_owned();
    Slide::Hours(Hours { title: title.into(), week: week.map(str::to_owned), note })
}

fn countdown(title: &str, ahead: i64) -> Slide {
    Slide::Countdown(Countdown { title: title.into(), until: NOW + ahead, after: "Der Vorhang ist offen.".into() })
}

fn events(title: &str) -> Events {
    let event = |title: &str, place: &str, from: i64, until: i64| Event {
        title: title.into(),
        place: place.into(),
        from: NOW + from * HOUR,
        until: NOW + until * HOUR,
        whole_days: false,
    };
    let events = vec![
        event("Schon vorbei", "Rathaus", -5, -2),
        event("Sprechstunde der Bürgermeisterin", "Rathaus, Zimmer 12", -1, 2),
        event("Chorprobe zum Mitsingen", "Hafenkirche", 4, 6),
        event("Wochenmarkt", "Halle am Fischertor", 17, 23),
        event("Premiere: Der Leuchtturmwärter und die Möwe, ein Abend für zwei Stimmen", "Stadttheater", 53, 56),
        Event { whole_days: true, ..event("Tag der offenen Werft", "", 81, 105) },
    ];
    Events { title: title.into(), events, ..Events::default() }
}

fn weather(sky: Sky) -> Weather {
    let skies = [sky, Sky::Rain, Sky::Thunder, Sky::Snow, Sky::Clear];
    let day = |(ahead, sky)| {
        let low = 41 - 30 * ahead;
        Day {
            date: Date::new(2026, 3, 12).unwrap().plus(ahead),
            low_tenths: low,
            high_tenths: low + 84,
            sky,
            wet_percent: None,
        }
    };
    let days = (0..).zip(skies).map(day).collect();
    let credit = "Daten: Deutscher Wetterdienst".into();
    let place = "Lindenhafen".to_owned();
    let outlook = Outlook { place: place.clone(), tenths: 118, sky, day: true, days, said_at: NOW - HOUR, credit };
    Weather { place, outlook: Some(outlook) }
}

fn wall(album: &Album<'_>, title: &str, count: usize) -> Slide {
    let names = ["lanterns", "harbour", "fireworks", "lighthouse", "oranges", "theatre", "nightsky", "bridge", "pool"];
    Slide::Wall(Wall { title: title.into(), pictures: album.pictures(&names[..count]), ..Wall::default() })
}

fn film(album: &Album<'_>) -> Slide {
    let poster = Some(album.picture("pictures/harbour.jpg"));
    let film = Some(FilmFile { sha256: "1".repeat(64), length: 9, width: 1920, height: 1080, millis: 9_000, poster });
    Slide::Film(Film { film, caption: "Rückblick: eine blaue Stunde am Hafen".into(), ..Film::default() })
}

fn ticker(lines: &[&str]) -> Slide {
    Slide::Ticker(Ticker { lines: lines.iter().map(|line| (*line).to_owned()).collect(), ..Ticker::default() })
}

/// A programme in the house style with these parts instead of its own.
fn parts(album: &Album<'_>, ground: Ground, parts: Vec<([f32; 4], Slide)>) -> Shown {
    let Shown::Programme(mut programme) = framed(album, ground, None, false) else { unreachable!() };
    let regions =
        parts.into_iter().enumerate().map(|(n, (area, slide))| region(&format!("part-{n}"), area, Some(slide)));
    programme.plans = vec![Plan { regions: regions.collect(), ..Plan::default() }];
    Shown::Programme(programme)
}

/// A quarter of the width each, and a line at the foot.
fn in_side_bars(album: &Album<'_>) -> Shown {
    let bars = [
        hours("Bürgerbüro"),
        countdown("Premiere", 3 * 24 * HOUR + 5 * HOUR),
        Slide::Events(events("Diese Woche")),
        Slide::Weather(weather(Sky::Drizzle)),
    ];
    let bar = |(n, slide)| ([25.0 * n as f32, 0.0, 25.0, 88.0], slide);
    let mut all: Vec<_> = bars.into_iter().enumerate().map(bar).collect();
    all.push(([0.0, 88.0, 100.0, 12.0], ticker(&["Noch 43 Karten für die Premiere am Freitag", "Zwei", "Drei"])));
    parts(album, Ground::Dark, all)
}

/// A photo that is approached under its caption, and a line that runs below it, both for a while already.
fn in_motion(album: &Album<'_>, lines: &[&str]) -> Shown {
    let photo = Photo { pan: true, ..photo(album, "lanterns", "Lichterfest am Hafen", "fill") };
    let all = vec![
        ([0.0, 0.0, 100.0, 90.0], Slide::Photo(Photo { credit: "Foto: Jule Brandt".into(), ..photo })),
        ([0.0, 90.0, 100.0, 10.0], ticker(lines)),
    ];
    let mut shown = parts(album, Ground::Dark, all);
    if let Shown::Programme(programme) = &mut shown {
        programme.plans[0].regions[0].playlist.anchor = NOW - 15_000;
    }
    shown
}

/// Every kind in a line.
fn in_strips(album: &Album<'_>) -> Shown {
    let line = "Die Klappbrücke am Zollhaus wird am Montag um 6 Uhr wieder für den Verkehr geöffnet, gefeiert wird am \
        Sonntag davor, zu Fuß und mit Blasmusik.";
    let all = [
        ticker(&[line]),
        hours("Bürgerbüro"),
        countdown("Premiere", 5 * HOUR),
        Slide::Events(events("")),
        Slide::Weather(weather(Sky::Clear)),
        qr("Schaden melden", "", "https://www.lindenhafen.example/melden"),
        announcement("poster", None, album),
        Slide::Photo(photo(album, "harbour", "Blaue Stunde am Alten Hafen", "fill")),
    ];
    let part = |(n, slide)| ([0.0, 12.5 * n as f32, 100.0, 12.0], slide);
    parts(album, Ground::Light, all.into_iter().enumerate().map(part).collect())
}

/// Nine kinds that all have to do with the same words, and have no picture.
fn worst(album: &Album<'_>, text: &str) -> Shown {
    let week = [text, "nach Absprache", "9–12", text, "", "9–12, 14–18", ""].map(str::to_owned);
    let mut poor = weather(Sky::Fog);
    if let Some(outlook) = &mut poor.outlook {
        (outlook.place, outlook.credit, outlook.tenths) = (text.into(), text.into(), -1_234);
    }
    let mut full = events(text);
    for event in &mut full.events {
        (event.title, event.place) = (text.into(), text.into());
    }
    let missing = shared::slides::Picture {
        sha256: "0".repeat(64),
        length: 5,
        width: 1600,
        height: 1000,
        alt: String::new(),
        focus: Focus::default(),
    };
    let photo = Photo { picture: Some(missing.clone()), caption: text.into(), credit: text.into(), ..Photo::default() };
    let here = Photo { credit: text.into(), ..self::photo(album, "snow", text, "whole") };
    let poster =
        Announcement { design: "poster".into(), headline: text.into(), text: text.into(), ..Announcement::default() };
    let on_picture =
        Announcement { design: "picture".into(), picture: Some(album.picture("pictures/snow.jpg")), ..poster.clone() };
    let all = [
        Slide::Photo(photo),
        Slide::Photo(here),
        Slide::Announcement(poster),
        Slide::Announcement(on_picture),
        qr(text, text, "https://www.lindenhafen.example/melden"),
        Slide::Hours(Hours { title: text.into(), week, note: text.into() }),
        countdown(text, 400 * 24 * HOUR),
        Slide::Events(full),
        Slide::Weather(poor),
        Slide::Wall(Wall { title: text.into(), pictures: vec![missing], ..Wall::default() }),
        ticker(&[text, text]),
        Slide::Page(Page { address: text.into(), ..Page::default() }),
    ];
    let part = |(n, slide)| ([25.0 * (n % 4) as f32, 33.3 * (n / 4) as f32, 25.0, 33.3], slide);
    parts(album, Ground::Dark, all.into_iter().enumerate().map(part).collect())
}
