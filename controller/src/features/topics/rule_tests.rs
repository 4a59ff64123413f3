//! Tests of [`super::rule`].

use super::rule::{Condition, Kept, Matcher, Medium, Part, Rule, Subject};
use crate::store::PostFacts;

fn post(text: &str) -> PostFacts {
    PostFacts {
        id: "p".into(),
        title: None,
        text: text.into(),
        language: Some("de".into()),
        source_id: Some("s1".into()),
        network: "feed".into(),
        facts: "{}".into(),
        pictured: false,
        content_hash: "1".into(),
    }
}

fn said(text: &str) -> Condition {
    Condition::Words(text.into())
}

fn any(conditions: Vec<Condition>) -> Rule {
    Rule { parts: vec![Part { any: conditions, ..Part::default() }] }
}

fn takes(rule: &Rule, post: &PostFacts) -> bool {
    Matcher::new(rule).takes(&Subject::of(post))
}

#[test]
fn words_phrases_stars_and_quotes() {
    let text = |rule: &str, text: &str| takes(&any(vec![said(rule)]), &post(text));

    assert!(text("Freibad", "Die Freibäder öffnen am 1. Mai."));
    assert!(!text("Bad", "Das Schwimmbad öffnet."), "a word is a whole word");
    assert!(text("*wimm*", "Das Schwimmbad") && !text("*", "Das Schwimmbad"));
    assert!(text("*bad", "Die Schwimmbäder öffnen.") && text("schwimm*", "Das Schwimmbad öffnet."));
    assert!(text("Tag der offenen Tür", "Zum Tag der offenen Türen laden wir ein"));
    assert!(!text("offene Tür", "Tür: offene Fragen"), "in this order");
    assert!(text("\"Bad\"", "Ein Bad nehmen") && !text("\"Bad\"", "Die Bäder öffnen"));
    assert!(!text("Rat", "https://rat.example/rat") && !text("", "irgendwas"));
    let headline = PostFacts { title: Some("Stadtrat".into()), ..post("tagt heute") };
    assert!(takes(&any(vec![said("Stadtrat")]), &headline));
    assert!(!takes(&any(vec![said("Stadtrat tagt")]), &headline), "not from the headline into the text");
}

#[test]
fn everything_else_that_can_be_asked_of_a_post() {
    let kept = Kept { tags: vec!["Kultur & Freizeit".into()], media: vec![Medium::Film, Medium::Picture] };
    let film = PostFacts { facts: kept.write(), ..post("Los geht’s #Stadtfest") };
    let one = |condition: Condition, post: &PostFacts| takes(&any(vec![condition]), post);

    for tag in ["#stadtfest", "STADTFEST", "kulturfreizeit"] {
        assert!(one(Condition::Tag(tag.into()), &film), "{tag}");
    }
    assert!(!one(Condition::Tag("fest".into()), &film));
    assert!(one(Condition::Source("s1".into()), &film) && !one(Condition::Source("s2".into()), &film));
    assert!(one(Condition::Network("feed".into()), &film) && !one(Condition::Network("x".into()), &film));
    assert!(one(Condition::Language("de".into()), &PostFacts { language: Some("de-CH".into()), ..film.clone() }));
    assert!(!one(Condition::Language("de".into()), &PostFacts { language: None, ..film.clone() }));
    assert!(one(Condition::Media(Medium::Film), &film) && !one(Condition::Media(Medium::Nothing), &film));
    assert!(!one(Condition::Media(Medium::Picture), &film), "a picture that could not be had");
    assert!(one(Condition::Media(Medium::Picture), &PostFacts { pictured: true, ..film }));
    assert!(one(Condition::Media(Medium::Nothing), &post("Text")));
}

#[test]
fn conditions_join_with_and_or_and_not() {
    let part = |any: &[&str], all: &[&str], none: &[&str]| {
        let list = |texts: &[&str]| texts.iter().map(|text| said(text)).collect();
        Part { any: list(any), all: list(all), none: list(none) }
    };
    let rule = Rule { parts: vec![part(&["Konzert", "Oper"], &["Stadthalle"], &["abgesagt"])] };
    let fits = |rule: &Rule, text: &str| takes(rule, &post(text));

    assert!(fits(&rule, "Konzert in der Stadthalle") && fits(&rule, "Stadthalle: Oper heute"));
    assert!(!fits(&rule, "Konzert im Park") && !fits(&rule, "Stadthalle renoviert"));
    assert!(!fits(&rule, "Konzert in der Stadthalle abgesagt"));
    let either = Rule { parts: vec![rule.parts[0].clone(), part(&[], &["Kino"], &[])] };
    assert!(fits(&either, "Kino im Park") && fits(&either, "Oper, Stadthalle"));
    let only_not = Rule { parts: vec![part(&[], &[], &["abgesagt"])] };
    assert!(!fits(&only_not, "Konzert") && only_not.takes_nothing());
    assert_eq!(only_not.problem().unwrap().key, "topics.problem.none");
    assert!(!fits(&Rule::default(), "Konzert") && Rule::default().problem().is_none());
    assert_eq!(any(vec![said("…")]).problem().unwrap().key, "topics.problem.word");
    assert_eq!(any(vec![said(&"x".repeat(101))]).problem().unwrap().key, "topics.problem.long");
    assert_eq!(any(vec![said("x"); 201]).problem().unwrap().key, "topics.problem.many");
}

#[test]
fn a_merged_rule_takes_what_either_took() {
    let plain = any(vec![said("Kino"), said("Film")]);
    let strict = Rule { parts: vec![Part { all: vec![said("Oper"), said("Abend")], ..Part::default() }] };

    assert_eq!(
        plain.clone().or(any(vec![said("Film"), said("Serie")])),
        any(vec![said("Kino"), said("Film"), said("Serie")])
    );
    let both = plain.clone().or(strict.clone());
    assert_eq!(both.parts.len(), 2);
    assert!(takes(&both, &post("Kino")) && takes(&both, &post("Oper am Abend")) && !takes(&both, &post("Oper")));
    assert_eq!((strict.clone().or(strict.clone()), Rule::default().or(strict.clone())), (strict.clone(), strict));
    assert_eq!(Rule::read(&both.write()), both);
    assert_eq!(Rule::read("hologram"), Rule::default());
}
