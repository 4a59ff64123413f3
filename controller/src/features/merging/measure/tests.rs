//! Pairs of posts that are the same, and pairs that only look so.

use super::{Said, are_same};

fn said(text: &str) -> Said {
    Said::read(None, text, "", None)
}

fn same(one: &str, other: &str) -> bool {
    let (one, other) = (said(one), said(other));
    let is_same = are_same(&one, &other);
    assert_eq!(is_same, are_same(&other, &one), "whichever comes first");
    is_same
}

/// Pairs of the same item, as networks and editors make them.
const SAME: &[(&str, &str)] = &[
    (
        "Am Samstag, 16. Mai, um 9 Uhr öffnet das Freibad am Stadtpark! Kinder unter sechs Jahren baden frei. https://bad.example/start",
        "☀️ Am Samstag, 16. Mai, um 9:00 Uhr öffnet das Freibad am Stadtpark. Kinder unter sechs Jahren baden frei. #freibad #sommer",
    ),
    (
        "Die Freiwillige Feuerwehr sucht Frauen und Männer, die sich tagsüber freimachen können. Mehr auf Instagram: @feuerwehr",
        "🚒 Mach mit! Die Freiwillige Feuerwehr sucht Frauen und Männer, die sich tagsüber freimachen können. Link in Bio.",
    ),
    (
        "Zum 1. Januar senken die Stadtwerke den Strompreis in der Grundversorgung um 2,4 Cent je Kilowattstunde. Ein Haushalt spart 72 Euro.",
        "Zum 1. Januar senken die Stadtwerke den Strompreis in der Grundversorgung um 2,4 Cent je Kilowatt… https://t.example/x",
    ),
    (
        "Bridge Street will be closed to all traffic from 8 to 19 June while the road is resurfaced. A signed diversion will be in place.",
        "🚧 Bridge Street will be closed to all traffic from 8 to 19 June while the road is resurfaced. Please follow the signed diversion!",
    ),
    (
        "Mit @museum_hafen zeigen wir ab Oktober Gemälde und Fotografien aus drei Jahrhunderten.",
        "Mit dem Museum am Hafen zeigen wir ab Oktober Gemälde und Fotografien aus drei Jahrhunderten.",
    ),
];

/// Pairs of two items that look alike.
const OTHER: &[(&str, &str)] = &[
    (
        "Wochenmarkt am Mittwoch, 3. Juni: Von 8 bis 13 Uhr gibt es auf dem Rathausplatz Obst, Käse und Blumen.",
        "Wochenmarkt am Mittwoch, 10. Juni: Von 8 bis 13 Uhr gibt es auf dem Rathausplatz Obst, Käse und Blumen.",
    ),
    (
        "Von Ebbe und Flut, Teil 1: Als das Wasser kam. Unsere Reihe erzählt die Geschichte der Sturmfluten.",
        "Von Ebbe und Flut, Teil 2: Als das Wasser kam. Unsere Reihe erzählt die Geschichte der Sturmfluten.",
    ),
    (
        "Life on board, part one: our series about the people who kept the ships afloat, filmed in the old harbour.",
        "Life on board, part two: our series about the people who kept the ships afloat, filmed in the old harbour.",
    ),
    (
        "Das Konzert der Stadtkapelle am 5. Juni um 19 Uhr im Kurpark. Der Eintritt ist frei.",
        "Das Konzert der Stadtkapelle am 5. Juni um 19 Uhr im Kurpark ist abgesagt. Der Eintritt ist frei.",
    ),
    (
        "Am Sonntag, 7. Juni, um 15 Uhr: Führung durch die Ausstellung Licht und Wasser im Museum am Hafen.",
        "Am Sonntag, 7. Juni, um 15 Uhr: Führung für Kinder durch die Ausstellung Licht und Wasser im Museum am Hafen.",
    ),
    (
        "Wir suchen zum 1. August einen Koch für unser Restaurant. Wir bieten 30 Tage Urlaub und ein nettes Team.",
        "Wir suchen zum 1. August einen Kellner für unser Restaurant. Wir bieten 30 Tage Urlaub und ein nettes Team.",
    ),
    (
        "Morgen ist Wochenmarkt auf dem Rathausplatz: Obst, Käse und Blumen von 8 bis 13 Uhr.",
        "Heute ist Wochenmarkt auf dem Rathausplatz: Obst, Käse und Blumen von 8 bis 13 Uhr.",
    ),
    (
        "Die Hafenstraße ist wegen eines Wasserrohrbruchs bis auf Weiteres gesperrt. Bitte umfahren Sie die Stelle weiträumig.",
        "Die Gartenstraße ist wegen eines Wasserrohrbruchs bis auf Weiteres gesperrt. Bitte umfahren Sie die Stelle weiträumig.",
    ),
    ("Frohe Weihnachten!", "Frohe Weihnachten!"),
    (
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen.",
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen. Teil 2.",
    ),
    (
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen.",
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen. Leider abgesagt!",
    ),
    (
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen. Sonntag!",
        "Die Stadtkapelle spielt im Kurpark, der Eintritt ist frei, und alle Gäste sind willkommen.",
    ),
    (
        "Die Hafenstraße ist wegen eines Rohrbruchs gesperrt. Bitte fahren Sie langsam über die Mühlengasse zum Bahnhof.",
        "Die Gartenstraße ist wegen eines Rohrbruchs gesperrt. Bitte fahren Sie langsam über die Lindenallee zum Bahnhof.",
    ),
    (
        "Noch 3 Tage bis zum großen Stadtfest im Kurpark, wir freuen uns auf viele Gäste. #Stadtfest",
        "Noch 2 Tage bis zum großen Stadtfest im Kurpark, wir freuen uns auf viele Gäste. #Stadtfest",
    ),
    (
        "Das Finale im Pokal beginnt um 20 Uhr auf der großen Leinwand im Park. #Pokal2025",
        "Das Finale im Pokal beginnt um 20 Uhr auf der großen Leinwand im Park. #Pokal2026",
    ),
];

#[test]
fn the_same_item_is_recognised_whatever_a_network_makes_of_it() {
    for (one, other) in SAME {
        assert!(same(one, other), "{one}\n{other}");
        assert!(same(one, one), "{one}");
    }
}

#[test]
fn two_items_that_look_alike_stay_two() {
    for (one, other) in OTHER {
        assert!(!same(one, other), "{one}\n{other}");
    }
    for ((one, _), (_, other)) in SAME.iter().zip(SAME.iter().skip(1)) {
        assert!(!same(one, other), "{one}\n{other}");
    }
}

#[test]
fn a_page_and_who_links_to_it_are_one_item_when_they_speak_of_the_same() {
    let page = Said::read(
        Some("Stadtrat beschließt Haushalt"),
        "31 Mitglieder stimmten für den Haushalt der Stadt, Schwerpunkt ist die Sanierung der Grundschule Nord.",
        "",
        Some("https://stadt.example/news/haushalt-beschlossen"),
    );
    let told = |text: &str, link: &str| {
        let html = format!("<p>{text} <a href=\"{link}\">mehr</a></p>");
        are_same(&page, &Said::read(None, text, &html, Some("https://social.example/@stadt/1")))
    };
    let tracked = "https://www.stadt.example/news/haushalt-beschlossen?utm_source=mastodon";

    let saved = "Die Grundschule wird saniert! 31 Mitglieder für Haushalt.";
    assert!(told(saved, tracked));
    assert!(!told(saved, "https://stadt.example/news/anderes-thema"));
    assert!(!told("Morgen ist wieder Sprechstunde zum Haushalt im Rathaus.", tracked), "it tells of something else");
    assert!(!told("Die Grundschule wird saniert! 35 Mitglieder für Haushalt.", tracked), "another number");
}

#[test]
fn no_text_is_too_odd_or_too_long() {
    for text in ["", " ", "…", "@a @b #c", "https://x.example", "1️⃣ 2️⃣ 3️⃣", "\u{200f}‏مرحبا بكم في المتحف", "#"]
    {
        assert!(!same(text, text) || text.split_whitespace().count() > 4, "{text:?}");
    }
    let long = "Wort für Wort geht es immer weiter und weiter. ".repeat(2_000);
    assert!(same(&long, &long));
}
