//! Four hundred labelled posts as towns, museums, clubs and companies write them on nine networks (`tests/posts`): how well
//! topics find what people would, and how well the lists that come along tell what is to be held from what only looks so.

use std::collections::{BTreeMap, HashSet};

use controller::{
    features::{
        moderation::{Action, Ready, Rules, Subject, judge, languages},
        topics::rule::{self, Condition, Matcher, Part, Rule},
    },
    store::PostFacts,
};
use harness::root;
use serde::Deserialize;

/// One post of the set, and what people say of it.
#[derive(Deserialize)]
struct Labelled {
    id: String,
    language: String,
    network: String,
    source: String,
    author: String,
    title: Option<String>,
    text: String,
    link: Option<String>,
    published_at: String,
    /// Topics it belongs to.
    topics: Vec<String>,
    /// Language of the list that should hold it.
    block: Option<String>,
    /// The same item elsewhere.
    #[serde(default)]
    same_as: Vec<String>,
    /// Alike, and not the same.
    #[serde(default)]
    near: Vec<String>,
}

fn labelled() -> Vec<Labelled> {
    serde_json::from_str(&std::fs::read_to_string(root().join("tests/posts/labelled.json")).unwrap()).unwrap()
}

/// Topics with the rules that a press officer would write for them in the first week: name, words of which one suffices, words
/// of which none may be there. A bar parts words.
const TOPICS: &[[&str; 3]] = &[
    [
        "kultur",
        "*ausstellung|Museum|Museen|Museumsjobs|*museum|*konzert|*theater|Lesung|*führung|Kunst|Gemälde|\
              Fundstück|Bibliothek|Stadtbibliothek|Musikabend|Sommerkino|Freilichtkino|Restauratorin|Vitrine|\
              Sturmflut|Kabarett|Vorlesen|Foyer|exhibition|gallery|museum|concert|Object of the week|poetry|\
              tides|lighthouse|carnival*|shanty|tribute|readings|series about|library|Rechner malen|выставка|\
              exposition|müze",
        "bird pictures|carnival",
    ],
    [
        "sport",
        "Sport|sport*|Fußball|*sieg|Endstand|Tore|Handball|*turnier|Yoga|Pilates|Qigong|Training|\
              Spielerin|TSV|Volkslauf|Meisterschaft|*meisterschaft|Triathlon|Turnabteilung|gegen|Spieltag|\
              Übungsleiterin|football|full time|team news|Kick-off|player of the month|season ticket|#rfc|\
              cup|match|matchday|training|coaching|county title|walk",
        "training is given|Soziales",
    ],
    [
        "bildung",
        "*schule|Schulweg|Schuljahr|Kita|*kurs|Grundschule|Gymnasium|Volkshochschule|Schulklassen|\
              Ferienwerkstatt|Ferienbetreuung|Vorlesen|Bibliothek|Stadtbibliothek|Werkstatt|school|college|\
              primary school|library|rhyme time|Praktikum",
        "Schwimmkurs|Yoga|Pilates|Qigong",
    ],
    [
        "verkehr",
        "gesperrt|*sperrung|Umleitung|Bus|Buslinie|*bus|Radstraße|Ampel|Parkverbot|Verkehr|Nahverkehr|\
              S-Bahn|Ladesäule|A55|road closed|closed to all traffic|diversion|roadworks|bus|\
              will be closed on Sunday|#öpnv|#verkehr|#radverkehr|Unterführung",
        "gestalten|coach",
    ],
    [
        "rat",
        "Stadtrat|Haushalt beschlossen|den Haushalt|Ausschuss|Bürgermeisterin|Bürgermeister|Ratssaal|\
              *fraktion|Kämmerer|Kommunalwahl|council|councillor|committee|mayor|Have your say|Gedenken",
        "Stadtrat spielt|Traditionsmannschaft|county council cup",
    ],
    [
        "umwelt",
        "Baum|Bäume|Sperrmüll|Biotonne|Wertstoffhof|Klima|Hitze|Blühwiese|Weihnachtsbäume|Kompost|\
              Balkonkraftwerk|Radstraße|garden waste|bin day|recycling|compost|compostable|trees|çöp|القمامة|\
              #zerowaste|#klima",
        "planning",
    ],
    [
        "jobs",
        "m/w/d|Bewerbung|bewerben|bewirb|Ausbildung bei|wir bilden aus|Volontariat|Aushilfe|Praktikum|\
              hiring|recruiting|apply by|join our team|Koch gesucht|vacancy",
        "primary school",
    ],
    [
        "sicherheit",
        "Feuerwehr|Unwetter|Unwetterwarnung|Warntag|Sirene|Bombenentschärfung|Glatteis|Wohnungsbrand|\
              flood warning|fire service|#warntag|#unwetter",
        "",
    ],
    [
        "feste",
        "*fest|*markt|Weihnachtsmarkt|Osterfeuer|Maibock|Kirmesmontag|Musikabend|Wochenmarkt|Flohmarkt|\
              carnival|farmers' market|bonfire night|festival|cat show|pazar",
        "Richtfest|Arbeitsmarkt",
    ],
    [
        "baeder",
        "*bad|Schwimmkurs|*schwimm*|Nichtschwimmerbecken|Sauna|lido|pool|swim|swimming|#freibad|плаванию",
        "Triathlon|Laufen",
    ],
    [
        "ehrenamt",
        "Ehrenamt|Ehrenamtspreis|Ehrenamtliche|ehrenamtlich*|Freiwillige|Bundesverdienstkreuz|\
              Helferinnen|Übungsleiterin|Hauptversammlung|Vorsitzende|volunteer|volunteering|#ehrenamt",
        "Thank you to all volunteers",
    ],
    [
        "energie",
        "Strom|Strompreis|Gaspreis|Stromausfall|*solar*|Solaranlage|Ladesäule|Fernwärme|Windpark|\
              Zählerstand|am Netz|Balkonkraftwerk|Photovoltaik|electricity|solar panels",
        "",
    ],
];

fn rule([_, any, none]: [&str; 3]) -> Rule {
    let condition = |text: &str| match text.strip_prefix('#') {
        Some(tag) => Condition::Tag(tag.to_owned()),
        None => Condition::Words(text.to_owned()),
    };
    let list = |texts: &str| texts.split('|').filter(|text| !text.is_empty()).map(condition).collect();
    Rule { parts: vec![Part { any: list(any), none: list(none), ..Part::default() }] }
}

/// Right, found too much, missed.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn note(&mut self, finds: bool, is: bool) {
        match (finds, is) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

#[test]
fn rules_of_a_first_week_find_what_people_would() {
    let (mut all, mut odd) = (Count::default(), Vec::new());
    let posts = labelled();

    for topic in TOPICS {
        let (name, matcher) = (topic[0], Matcher::new(&rule(*topic)));
        let mut count = Count::default();
        for post in &posts {
            let facts = PostFacts {
                id: post.id.clone(),
                title: post.title.clone(),
                text: post.text.clone(),
                language: Some(post.language.clone()),
                source_id: Some(post.source.clone()),
                network: post.network.clone(),
                facts: "{}".to_owned(),
                pictured: false,
                content_hash: "1".to_owned(),
            };
            let finds = matcher.takes(&rule::Subject::of(&facts));
            let is = post.topics.iter().any(|topic| topic == name);
            count.note(finds, is);
            if finds != is {
                odd.push(format!("{} {} {}: {}", name, if finds { "too much" } else { "missed" }, post.id, post.text));
            }
        }
        println!("{:12} precision {:.3} recall {:.3} {count:?}", name, count.precision(), count.recall());
        all.add(count);
    }

    println!("{:12} precision {:.3} recall {:.3}\n{}", "all", all.precision(), all.recall(), odd.join("\n"));
    assert!(all.precision() >= 0.87 && all.recall() >= 0.92, "{all:?}");
}

#[test]
fn the_lists_that_come_along_hold_what_they_should_and_nothing_else() {
    let every = Ready::new(&Rules { languages: languages().map(str::to_owned).collect(), ..Rules::default() });
    let (mut all, mut odd) = (Count::default(), Vec::new());
    let mut by_language: BTreeMap<String, Count> = BTreeMap::new();

    for post in labelled() {
        // Half the networks say no language: a list must do without.
        for language in [Some(post.language.clone()), None] {
            let subject = Subject {
                title: post.title.clone().unwrap_or_default(),
                text: post.text.clone(),
                link: post.link.clone(),
                author: Some(post.author.clone()),
                language,
                ..Subject::default()
            };
            let verdict = judge(&subject, &every);
            let (holds, should) = (verdict.action != Action::Pass, post.block.is_some());
            let list = post.block.clone().unwrap_or_else(|| post.language.clone());
            by_language.entry(list).or_default().note(holds, should);
            if holds != should {
                let what = if holds { "too much" } else { "missed" };
                odd.push(format!("{what} {}: {} {:?}", post.id, post.text, verdict.reasons));
            }
        }
    }

    for (language, count) in by_language {
        println!("{language}: precision {:.3} recall {:.3} {count:?}", count.precision(), count.recall());
        all.add(count);
    }
    println!("all: precision {:.3} recall {:.3}\n{}", all.precision(), all.recall(), odd.join("\n"));
    assert!(all.precision() >= 0.97 && all.recall() >= 0.90, "{all:?}");
}

#[test]
fn the_set_is_what_it_says() {
    let posts = labelled();
    let ids: HashSet<_> = posts.iter().map(|post| post.id.as_str()).collect();
    let find = |id: &str| posts.iter().find(|post| post.id == id).unwrap_or_else(|| panic!("no {id}"));

    assert_eq!((posts.len(), ids.len()), (400, 400));
    for post in &posts {
        assert!(post.published_at.ends_with('Z') && !post.text.is_empty(), "{}", post.id);
        for topic in &post.topics {
            assert!(TOPICS.iter().any(|sample| sample[0] == topic), "{}: {topic}", post.id);
        }
        for same in &post.same_as {
            assert!(find(same).same_as.contains(&post.id) && *same != post.id, "{}: {same}", post.id);
        }
        for near in &post.near {
            assert!(find(near).near.contains(&post.id) && !post.same_as.contains(near), "{}: {near}", post.id);
        }
    }
    let items: HashSet<_> = posts
        .iter()
        .filter(|post| !post.same_as.is_empty())
        .map(|post| post.same_as.iter().chain([&post.id]).min().unwrap())
        .collect();
    assert_eq!((items.len(), posts.iter().filter(|post| !post.near.is_empty()).count()), (59, 80));
}
