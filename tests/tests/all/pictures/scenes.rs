//! What is drawn for the expected pictures: every kind of slide, with what the world sends.

mod kinds;

use std::{fs, path::Path};

use sha2::{Digest, Sha256};
use shared::{
    hex,
    programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, Zone},
    slides::{Announcement, Clock, Focus, Header, Picture, Post, Slide},
};

/// Five past two on a Thursday in Berlin: 12 March 2026.
pub const NOW: i64 = 1_773_320_700_000;

/// Something to draw.
pub struct Scene {
    /// Name of its expected picture.
    pub name: &'static str,
    /// What it shows.
    pub shown: Shown,
    /// What a display without a programme speaks.
    pub language: &'static str,
    /// In which sizes it is drawn.
    pub sizes: Sizes,
    /// Whether things may move.
    pub moves: bool,
}

/// In which sizes a scene is drawn; each includes the ones before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sizes {
    /// 1080p.
    One,
    /// Also upright, where it is arranged differently.
    Upright,
    /// Also 4K: every kind of slide and screen.
    Kind,
    /// Also 720p.
    All,
}

/// What a scene shows.
pub enum Shown {
    /// A programme.
    Programme(Box<Programme>),
    /// The pairing screen.
    Pairing,
    /// The fault of this name.
    Fault(&'static str),
    /// Before any programme: `starting` or `loading`.
    Before(&'static str),
}

/// Pictures of the demo town, copied where the kiosk looks for them.
struct Album<'a> {
    demo: &'a Path,
    media: &'a Path,
}

impl Album<'_> {
    fn picture(&self, name: &str) -> Picture {
        let bytes = fs::read(self.demo.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let sha256 = hex::encode(&Sha256::digest(&bytes));
        fs::write(self.media.join(&sha256), &bytes).unwrap();
        let (width, height) = image::image_dimensions(self.demo.join(name)).unwrap();
        Picture { sha256, length: bytes.len() as u64, width, height, alt: String::new(), focus: Focus::default() }
    }

    fn pictures(&self, names: &[&str]) -> Vec<Picture> {
        names.iter().map(|name| self.picture(&format!("pictures/{name}.jpg"))).collect()
    }
}

fn post(title: &str, text: &str, pictures: Vec<Picture>) -> Slide {
    Slide::Post(Post {
        id: "post".into(),
        author: "Pressestelle Lindenhafen".into(),
        network: "feed".into(),
        published_at: NOW - 20 * 60_000,
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.into(),
        pictures,
        permalink: "https://wall.lindenhafen.example/@lindenhafen/p/blaue-stunde".into(),
        until: None,
    })
}

/// On a light ground or a dark one.
#[derive(Clone, Copy, PartialEq)]
enum Ground {
    Dark,
    Light,
}

fn region(name: &str, [left, top, width, height]: [f32; 4], slide: Option<Slide>) -> Region {
    let entries = slide
        .map(|slide| Entry { id: name.into(), millis: 20_000, when: Schedule::default(), slide })
        .into_iter()
        .collect();
    let playlist = Playlist { anchor: NOW, entries, ..Playlist::default() };
    Region { name: name.into(), area: Area { left, top, width, height }, playlist }
}

/// A programme as the controller makes it: header, clock, and the slide below them.
fn programme(album: &Album<'_>, ground: Ground, slide: Option<Slide>) -> Shown {
    let shown = slide.is_some();
    framed(album, ground, slide, shown)
}

fn framed(album: &Album<'_>, ground: Ground, slide: Option<Slide>, shown: bool) -> Shown {
    let clock = Slide::Clock(Clock { date: true, ..Clock::default() });
    let (accent, background) = match ground {
        Ground::Dark => ("#4FD1B8", "#0C1B1E"),
        Ground::Light => ("#0C7A6E", "#FFFFFF"),
    };
    Shown::Programme(Box::new(Programme {
        account: "account".into(),
        id: "programme".into(),
        version: 1,
        issued_at: NOW,
        active_at: NOW,
        zone: Zone { name: "Europe/Berlin".into(), offsets: Vec::new() },
        language: "de".into(),
        look: Look {
            name: "Lindenhafen".into(),
            handle: "lindenhafen".into(),
            address: "https://www.lindenhafen.example/".into(),
            accent: accent.into(),
            background: background.into(),
            logo: Some(album.picture("logo.png")),
        },
        plans: vec![Plan {
            regions: vec![
                region("main", [0.0, 12.0, 100.0, 88.0], slide),
                region("header", [0.0, 0.0, 70.0, 12.0], shown.then_some(Slide::Header(Header {}))),
                region("clock", [70.0, 0.0, 30.0, 12.0], shown.then_some(clock)),
            ],
            ..Plan::default()
        }],
        alerts: Vec::new(),
        media: Vec::new(),
    }))
}

fn zalgo(text: &str) -> String {
    let pile = |at: usize| (0..24).filter_map(move |n| char::from_u32(0x300 + ((at * 7 + n * 13) % 112) as u32));
    text.chars().enumerate().flat_map(|(at, c)| std::iter::once(c).chain(pile(at))).collect()
}

/// Every scene; their pictures are put into a folder.
pub fn all(root: &Path, media: &Path) -> Vec<Scene> {
    let demo = root.join("assets/demo");
    let album = Album { demo: &demo, media };
    let long = format!(
        "Die Lindenallee wird saniert. {}",
        "Im ersten Abschnitt werden die Gehwege verbreitert, die alten Leitungen getauscht und 42 junge Linden \
         gepflanzt, damit auch in hundert Jahren noch jemand darunter einschläft. "
            .repeat(60)
    );
    let long: String = long.chars().take(10_000).collect();
    let missing = Picture {
        sha256: "0".repeat(64),
        length: 5,
        width: 1600,
        height: 1000,
        alt: String::new(),
        focus: Focus::default(),
    };
    let with_missing = [vec![missing], album.pictures(&["library"])].concat();
    use Ground::{Dark, Light};
    use Sizes::{All, Kind, One, Upright};
    let slides = [
        ("post-text", Dark, Kind, post("", "Kein Filter. Nur 14 Minuten Geduld, kalte Finger und ein sehr gut \
            gelaunter Hafenmeister. Schönen Feierabend, Lindenhafen! #Hafen #BlaueStunde", vec![])),
        ("post-title-and-text", Light, All, post("Noch 43 Karten für die Premiere 🎭", "Am Freitag hebt sich der \
            Vorhang für „Der Leuchtturmwärter und die Möwe“, ein Abend für zwei Stimmen, einen Stuhl und sehr viel \
            Nebel.\nEinlass ist um 19 Uhr, Beginn um 19.30 Uhr. Schülerinnen, Schüler und Studierende zahlen 8 Euro. \
            Mehr: https://www.lindenhafen.example/theater/premiere", vec![])),
        ("post-short", Dark, One, post("", "Der Impfbus kommt.", vec![])),
        ("post-10000-characters", Light, Upright, post("Der erste Abschnitt beginnt", &long, vec![])),
        ("post-one-long-word", Dark, One, post("", &"Rindfleischetikettierungsüberwachungsaufgabenübertragungs\
            gesetzdurchführungsverordnung".repeat(2), vec![])),
        ("post-zalgo", Dark, One, post("", &zalgo("Der Nebel kommt heute Nacht"), vec![])),
        ("post-turned-text", Dark, One, post("", "Rechnung \u{202e}gpj.exe\u{202c} geprüft, \u{2067}Umkehr\u{2069} \
            und weiter \u{202d}im Text\u{202c}.\nAlles steht richtig herum.", vec![])),
        ("post-emoji", Dark, One, post("Der Impfbus kommt 🚌", "💪🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 1️⃣ ❤️‍🔥 🧑🏿‍🚒 Kleiner Pieks, große Wirkung: \
            Der Impfbus hält am Samstag auf dem Rathausplatz. 🚌💉", vec![])),
        ("post-arabic", Light, Kind, post("مهرجان الميناء يوم السبت", "مرحبا بكم في ليندنهافن! يقام مهرجان الميناء يوم \
            السبت من الساعة 10 صباحًا حتى منتصف الليل. الدخول مجاني للجميع. #الميناء", vec![])),
        ("post-hebrew", Dark, One, post("פסטיבל הנמל בשבת", "ברוכים הבאים ללינדנהאפן! פסטיבל הנמל יתקיים בשבת \
            מ-10 בבוקר עד חצות. הכניסה חופשית.", album.pictures(&["fireworks"]))),
        ("post-chinese-and-japanese", Dark, One, post("土曜日は港祭り", "リンデンハーフェンへようこそ。土曜日の港祭りでは、\
            音楽と姉妹都市の料理をお楽しみいただけます。欢迎光临！", vec![])),
        ("post-one-wide", Dark, Kind, post("Blaue Stunde am Alten Hafen", "Kein Filter. Nur 14 Minuten Geduld, kalte \
            Finger und ein sehr gut gelaunter Hafenmeister. 💙⚓️", album.pictures(&["harbour"]))),
        ("post-one-upright", Light, Upright, post("Feuerwerk!", "Um 22 Uhr über dem Hafenbecken. Der beste Platz ist auf \
            der Mole, der zweitbeste auf dem Sofa am Fenster.", album.pictures(&["fireworks"]))),
        ("post-picture-and-long-text", Dark, Upright, post("Die Brücke wird wieder aufgemacht", "Nach elf Monaten \
            rollen am Montag um 6 Uhr die ersten Räder über die Klappbrücke am Zollhaus. Die Hafenbehörde hat den \
            Antrieb erneuert, 1.200 Nieten getauscht und dem Brückenwärter endlich ein Fenster mit Aussicht gebaut. \
            Gefeiert wird am Sonntag davor, zu Fuß und mit Blasmusik.", album.pictures(&["bridge"]))),
        ("post-square", Light, Upright, post("Baden vor dem Büro", "Ab Montag öffnet das Freibad um 6 Uhr. Handtuch \
            mitbringen, die Sonne hat zugesagt.", album.pictures(&["pool"]))),
        ("post-picture-and-a-line", Dark, Kind, post("", "Blaue Stunde am Alten Hafen.", album.pictures(&["harbour"]))),
        ("post-two", Light, One, post("Die Orangen sind da 🍊", "Morgen ist Markt! Von 7 bis 13 Uhr in der Halle am \
            Fischertor: Orangen, so rund wie die Ausreden, warum man schon wieder nichts Grünes gekauft hat.",
            album.pictures(&["oranges", "coffee"]))),
        ("post-three", Dark, One, post("", "Drei Bilder, ein Abend, kein Regen.",
            album.pictures(&["museum", "fireworks", "library"]))),
        ("post-four", Dark, Kind, post("Das war schön", "Unser Wochenende in vier Bildern: Tor, Tusch, Tee und \
            Sterne.", album.pictures(&["football", "harbour", "coffee", "nightsky"]))),
        ("post-missing-picture", Dark, One, post("Zwei Bilder, eins davon kaputt", "Ein Bild fehlt, und der Beitrag \
            steht trotzdem gut da.", with_missing)),
        ("announcement", Light, All, Slide::Announcement(Announcement {
            design: "colour".into(),
            headline: "Sirenenprobe am Samstag".into(),
            text: "Um 12 Uhr heulen in ganz Lindenhafen die Sirenen, eine Minute lang. Es ist nur eine Probe. Der Hund \
                darf trotzdem aufs Sofa.".into(),
            picture: None,
            link: "https://www.lindenhafen.example/sirenen".into(),
        })),
        ("announcement-with-picture", Dark, Kind, Slide::Announcement(Announcement {
            design: "colour".into(),
            headline: "Singen Sie mit!".into(),
            text: "Offenes Chorsingen in der Hafenkirche, heute um 18 Uhr.".into(),
            picture: Some(album.picture("pictures/museum.jpg")),
            link: String::new(),
        })),
        ("clock", Dark, Kind, Slide::Clock(Clock { date: true, ..Clock::default() })),
    ];
    let mut scenes: Vec<_> = slides
        .into_iter()
        .map(|(name, ground, sizes, slide)| (name, programme(&album, ground, Some(slide)), sizes))
        .chain([
            ("header", framed(&album, Light, None, true), Kind),
            ("waiting", programme(&album, Dark, None), Kind),
            ("pairing", Shown::Pairing, All),
            ("fault", Shown::Fault("unreachable"), Kind),
            ("starting", Shown::Before("starting"), One),
            ("loading", Shown::Before("loading"), Kind),
        ])
        .map(|(name, shown, sizes)| Scene { name, shown, language: "de", sizes, moves: false })
        .collect();
    scenes.extend(kinds::all(&album, &long));
    let english = [
        ("pairing-english", Shown::Pairing),
        ("fault-english", Shown::Fault("signature")),
        ("loading-english", Shown::Before("loading")),
    ];
    scenes.extend(english.map(|(name, shown)| Scene { name, shown, language: "en", sizes: One, moves: false }));
    scenes
}
