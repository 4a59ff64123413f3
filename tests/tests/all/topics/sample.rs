//! A labelled set of posts as towns, museums and clubs write them: how well rules find what people would.

use controller::{
    features::topics::rule::{Condition, Matcher, Part, Rule, Subject},
    store::PostFacts,
};
use harness::root;

/// A topic with the rule that a press officer would write for it on the first day.
struct Sample {
    name: &'static str,
    any: &'static [&'static str],
    none: &'static [&'static str],
}

const TOPICS: &[Sample] = &[
    Sample {
        name: "baeder",
        any: &["*bad", "*schwimm*", "Bade*", "swimming", "pool", "lido", "#freibad"],
        none: &["Badezimmer", "Fußbad"],
    },
    Sample {
        name: "kultur",
        any: &[
            "Ausstellung",
            "*museum",
            "*konzert",
            "Museen",
            "*theater",
            "Lesung",
            "Vernissage",
            "Kunst",
            "exhibition",
            "concert",
            "gallery",
            "theatre",
            "museum",
        ],
        none: &[],
    },
    Sample {
        name: "baustellen",
        any: &[
            "Baustelle",
            "*sperrung",
            "gesperrt",
            "Umleitung",
            "*arbeiten*",
            "Kanalbau",
            "roadworks",
            "road closure",
            "diversion",
            "Fahrbahn",
        ],
        none: &["Hausarbeiten"],
    },
    Sample {
        name: "rat",
        any: &["Stadtrat", "Gemeinderat", "Ratssitzung", "*ausschuss", "Haushalt", "council", "Bürgermeister", "mayor"],
        none: &["Betriebsrat"],
    },
    Sample {
        name: "sport",
        any: &[
            "Sport",
            "sport*",
            "Turnier",
            "Fußball",
            "Lauf",
            "Marathon",
            "Handball",
            "tournament",
            "football",
            "match",
        ],
        none: &[],
    },
];

/// Right, found too much, missed.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// One post of the set: language (`-` where the network does not say), labels, text.
struct Labelled {
    facts: PostFacts,
    labels: Vec<String>,
}

fn labelled() -> Vec<Labelled> {
    let text = std::fs::read_to_string(root().join("tests/topics/posts.tsv")).unwrap();
    let one = |(number, line): (usize, &str)| {
        let parts: Vec<_> = line.split('\t').collect();
        let [language, labels, text] = parts[..] else { panic!("line {}: {line}", number + 1) };
        let labels: Vec<_> = labels.split(',').filter(|label| *label != "-").map(str::to_owned).collect();
        for label in &labels {
            assert!(TOPICS.iter().any(|topic| topic.name == label), "line {}: {label}", number + 1);
        }
        let facts = PostFacts {
            id: number.to_string(),
            title: None,
            text: text.to_owned(),
            language: Some(language.to_owned()).filter(|language| language != "-"),
            source_id: Some("feed".to_owned()),
            network: "feed".to_owned(),
            facts: "{}".to_owned(),
            pictured: false,
            content_hash: "1".to_owned(),
        };
        Labelled { facts, labels }
    };
    text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).map(one).collect()
}

fn rule(sample: &Sample) -> Rule {
    let condition = |text: &&str| match text.strip_prefix('#') {
        Some(tag) => Condition::Tag(tag.to_owned()),
        None => Condition::Words((*text).to_owned()),
    };
    let list = |texts: &[&str]| texts.iter().map(condition).collect();
    Rule { parts: vec![Part { any: list(sample.any), none: list(sample.none), ..Part::default() }] }
}

#[test]
fn rules_of_a_first_day_find_what_people_would() {
    let posts = labelled();
    let mut all = Count::default();
    let mut odd = Vec::new();
    println!("{} posts", posts.len());

    for sample in TOPICS {
        let matcher = Matcher::new(&rule(sample));
        let mut count = Count::default();
        for post in &posts {
            let (takes, belongs) =
                (matcher.takes(&Subject::of(&post.facts)), post.labels.iter().any(|label| label == sample.name));
            match (takes, belongs) {
                (true, true) => count.right += 1,
                (true, false) => {
                    count.wrong += 1;
                    odd.push(format!("{} too much: {}", sample.name, post.facts.text));
                }
                (false, true) => {
                    count.missed += 1;
                    odd.push(format!("{} missed: {}", sample.name, post.facts.text));
                }
                (false, false) => {}
            }
        }
        println!("{:12} precision {:.3} recall {:.3} {count:?}", sample.name, count.precision(), count.recall());
        all.add(count);
    }

    println!("{:12} precision {:.3} recall {:.3}", "all", all.precision(), all.recall());
    println!("{}", odd.join("\n"));
    assert!(posts.len() >= 100 && all.precision() >= 0.95 && all.recall() >= 0.78, "{all:?}\n{}", odd.join("\n"));
}
