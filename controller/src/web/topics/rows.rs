//! Rules of topics as rows of a form: what is asked, and the words it is asked with.

use crate::{
    features::topics::rule::{Condition, Medium, Part, Rule},
    networks,
    store::{self, Source},
    web::Page,
};

/// How the conditions of a block are joined, in the order of the form.
const MODES: [&str; 3] = ["any", "all", "none"];
/// Most ways to belong to a topic.
const MOST_PARTS: usize = 12;
/// Languages that can be asked for.
pub(in crate::web) const LANGUAGES: [&str; 12] =
    ["de", "en", "fr", "es", "it", "nl", "pl", "tr", "ar", "fa", "ru", "uk"];
const MEDIA: [(&str, Medium); 4] =
    [("picture", Medium::Picture), ("film", Medium::Film), ("sound", Medium::Sound), ("nothing", Medium::Nothing)];

/// One row of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number in the whole form, for names and for taking it out.
    pub(super) number: usize,
    /// What is asked: `words`, `tag`, `source:…`.
    pub(super) asks: String,
    /// With which words.
    pub(super) text: String,
    /// Whether it has just been added.
    pub(super) fresh: bool,
}

/// Rows that are joined in one way.
pub(super) struct Block {
    /// `any`, `all` or `none`.
    pub(super) mode: &'static str,
    pub(super) rows: Vec<Row>,
}

/// One way to belong to a topic.
pub(super) struct Way {
    pub(super) number: usize,
    pub(super) blocks: Vec<Block>,
}

/// The rows of a rule as they stand in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(Vec<[Vec<Row>; 3]>);

/// What a button of the form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Save it.
    Save,
    /// Show what the rule takes.
    Try,
    /// Another row in a block of a way.
    Row(usize, usize),
    /// Another way.
    Way,
    /// This word, which suffices.
    Word(String),
    /// Take the row of this number out.
    Drop(usize),
}

impl Wish {
    pub(super) fn parse(text: &str) -> Self {
        let number = |text: &str| text.parse().unwrap_or(usize::MAX);
        if let Some(word) = text.strip_prefix("word.") {
            return Self::Word(word.to_owned());
        }
        match text.split('.').collect::<Vec<_>>()[..] {
            ["try"] => Self::Try,
            ["way"] => Self::Way,
            ["drop", row] => Self::Drop(number(row)),
            ["row", way, mode] => Self::Row(number(way), MODES.iter().position(|one| *one == mode).unwrap_or(0)),
            _ => Self::Save,
        }
    }
}

impl Rows {
    /// The rows of a rule.
    pub(super) fn of(rule: &Rule) -> Self {
        let way = |part: &Part| [&part.any, &part.all, &part.none].map(|conditions| rows(conditions));
        Self(rule.parts.iter().map(way).collect())
    }

    /// Reads the rows that were sent: for each its place (`0.any`), what it asks, and its words.
    pub(super) fn read(sent: &[(String, String)]) -> Self {
        let mut all = Self::default();
        let mut place: Option<(usize, usize)> = None;
        for (name, value) in sent {
            match (name.as_str(), place) {
                ("at", _) => {
                    place = value.split_once('.').and_then(|(way, mode)| {
                        let way: usize = way.parse().ok().filter(|way| *way < MOST_PARTS)?;
                        Some((way, MODES.iter().position(|one| *one == mode)?))
                    });
                    if let Some((way, mode)) = place {
                        all.0.resize_with(all.0.len().max(way + 1), Default::default);
                        all.0[way][mode].push(Row::default());
                    }
                }
                ("is", Some((way, mode))) => {
                    if let Some(row) = all.0[way][mode].last_mut() {
                        row.asks.clone_from(value);
                    }
                }
                ("text", Some((way, mode))) => {
                    if let Some(row) = all.0[way][mode].last_mut() {
                        row.text = value.trim().to_owned();
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The rule they say; rows without words are passed over, and commas part words.
    pub(super) fn rule(&self) -> Rule {
        let part = |[any, all, none]: &[Vec<Row>; 3]| Part {
            any: conditions(any),
            all: conditions(all),
            none: conditions(none),
        };
        let parts = self.0.iter().map(part).filter(|part| *part != Part::default());
        Rule { parts: parts.collect() }
    }

    /// Does what a button asks for.
    pub(super) fn change(&mut self, wish: Wish) {
        match wish {
            Wish::Row(way, mode) => {
                if let Some(way) = self.0.get_mut(way) {
                    way[mode].push(Row { fresh: true, ..Row::default() });
                }
            }
            Wish::Way if self.0.len() < MOST_PARTS => {
                let fresh = Row { fresh: true, ..Row::default() };
                self.0.push([vec![fresh], Vec::new(), Vec::new()]);
            }
            Wish::Word(word) => {
                if self.0.is_empty() {
                    self.0.push(Default::default());
                }
                let any = &mut self.0[0][0];
                any.retain(|row| row.asks != "words" || !row.text.is_empty());
                match any.iter_mut().find(|row| row.asks == "words") {
                    Some(row) => row.text = format!("{}, {word}", row.text),
                    None => any.push(Row { asks: "words".to_owned(), text: word, ..Row::default() }),
                }
            }
            Wish::Drop(row) => {
                let mut number = 0..;
                for block in self.0.iter_mut().flatten() {
                    block.retain(|_| number.next() != Some(row));
                }
            }
            Wish::Save | Wish::Try | Wish::Way => {}
        }
    }

    /// The form's ways, each with its blocks; there is always a row to begin with.
    pub(super) fn ways(&self) -> Vec<Way> {
        let mut ways = self.0.clone();
        if ways.is_empty() {
            ways.push(Default::default());
        }
        let mut number = 0..;
        let mut block = |(mode, mut rows): (&'static str, Vec<Row>)| {
            if rows.is_empty() && mode == "any" {
                rows.push(Row::default());
            }
            for row in &mut rows {
                row.number = number.next().unwrap_or(0);
            }
            Block { mode, rows }
        };
        let mut way = |(number, blocks): (usize, [Vec<Row>; 3])| Way {
            number,
            blocks: MODES.into_iter().zip(blocks).map(&mut block).collect(),
        };
        ways.into_iter().enumerate().map(&mut way).collect()
    }
}

impl Block {
    /// Whether something stands in it, or it is the one that a form begins with.
    pub(super) fn is_open(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// Rows of conditions: words that follow one another share a row.
fn rows(conditions: &[Condition]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for condition in conditions {
        let (asks, text) = match condition {
            Condition::Words(text) => ("words".to_owned(), text.as_str()),
            Condition::Tag(text) => ("tag".to_owned(), text.as_str()),
            Condition::Source(id) => (format!("source:{id}"), ""),
            Condition::Network(name) => (format!("network:{name}"), ""),
            Condition::Language(code) => (format!("language:{code}"), ""),
            Condition::Media(medium) => {
                let name = MEDIA.iter().find(|(_, held)| held == medium).map_or("picture", |(name, _)| name);
                (format!("media:{name}"), "")
            }
        };
        match rows.last_mut().filter(|row| row.asks == asks && !text.is_empty()) {
            Some(row) => row.text = format!("{}, {text}", row.text),
            None => rows.push(Row { asks, text: text.to_owned(), ..Row::default() }),
        }
    }
    rows
}

fn conditions(rows: &[Row]) -> Vec<Condition> {
    let mut all = Vec::new();
    for row in rows {
        let texts =
            || row.text.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match row.asks.split_once(':') {
            None if row.asks == "tag" => {
                // Several may stand there without commas, as people write them.
                let tags = texts().flat_map(|text| match text.matches('#').count() {
                    0 | 1 => vec![text],
                    _ => text.split_whitespace().map(str::to_owned).collect(),
                });
                all.extend(tags.map(Condition::Tag));
            }
            None => all.extend(texts().map(Condition::Words)),
            Some(("source", id)) => all.push(Condition::Source(id.to_owned())),
            Some(("network", name)) => all.push(Condition::Network(name.to_owned())),
            Some(("language", code)) => all.push(Condition::Language(code.to_owned())),
            Some(("media", name)) => {
                all.extend(MEDIA.iter().find(|(held, _)| *held == name).map(|(_, medium)| Condition::Media(*medium)));
            }
            Some(_) => {}
        }
    }
    all
}

/// What a row can ask: the label of a group, and values with their texts.
pub(super) type Choices = Vec<(String, Vec<(String, String)>)>;

/// Everything that can be asked on this stage.
pub(super) fn choices(page: &Page, sources: &[Source]) -> Choices {
    let said = |name: &str| (name.to_owned(), page.t(&format!("topics.ask.{name}")));
    let network = |network: &&dyn networks::Network| {
        let facts = network.facts();
        (format!("network:{}", facts.name), page.t(facts.label))
    };
    let written_here = (format!("network:{}", store::OWN), page.t("posts.own"));
    let source = |source: &Source| (format!("source:{}", source.id), source.name.clone());
    let language = |code: &str| (format!("language:{code}"), page.t(&format!("topics.language.{code}")));
    let medium = |(name, _): &(&str, Medium)| (format!("media:{name}"), page.t(&format!("topics.media.{name}")));
    let mut all = vec![
        (page.t("topics.ask.text"), vec![said("words"), said("tag")]),
        (page.t("topics.ask.media"), MEDIA.iter().map(medium).collect()),
        (page.t("topics.ask.sources"), sources.iter().map(source).collect()),
        (page.t("topics.ask.networks"), networks::LIST.iter().map(network).chain([written_here]).collect()),
        (page.t("topics.ask.languages"), LANGUAGES.into_iter().map(language).collect()),
    ];
    all.retain(|(_, choices)| !choices.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::{Rows, Wish};
    use crate::features::topics::rule::{Condition, Medium, Part, Rule};

    fn sent(rows: &[(&str, &str, &str)]) -> Rows {
        let fields = rows.iter().flat_map(|(at, is, text)| [("at", at), ("is", is), ("text", text)]);
        Rows::read(&fields.map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    fn said(text: &str) -> Condition {
        Condition::Words(text.into())
    }

    #[test]
    fn rows_say_a_rule_and_a_rule_says_its_rows() {
        let rule = sent(&[
            ("0.any", "words", " Freibad, Tag der offenen Tür "),
            ("0.any", "tag", "#bad #sommer"),
            ("0.any", "media:film", ""),
            ("0.none", "source:s1", "left over"),
            ("1.all", "words", ""),
            ("2.all", "language:de", ""),
        ])
        .rule();

        let any = vec![
            said("Freibad"),
            said("Tag der offenen Tür"),
            Condition::Tag("#bad".into()),
            Condition::Tag("#sommer".into()),
            Condition::Media(Medium::Film),
        ];
        let first = Part { any, none: vec![Condition::Source("s1".into())], ..Part::default() };
        let second = Part { all: vec![Condition::Language("de".into())], ..Part::default() };
        assert_eq!(rule, Rule { parts: vec![first, second] });
        assert_eq!(Rows::of(&rule).rule(), rule);
        let ways = Rows::of(&rule).ways();
        assert_eq!(ways[0].blocks[0].rows[0].text, "Freibad, Tag der offenen Tür", "one row for words");
    }

    #[test]
    fn buttons_add_and_take_out_rows() {
        let mut rows = sent(&[("0.any", "words", "a"), ("0.all", "words", "b"), ("0.all", "words", "c")]);

        rows.change(Wish::parse("drop.1"));
        rows.change(Wish::parse("row.0.none"));
        rows.change(Wish::parse("way"));
        rows.change(Wish::parse("word.Becken"));

        let ways = rows.ways();
        let texts = |way: usize, block: usize| {
            ways[way].blocks[block]
                .rows
                .iter()
                .map(|row| (row.number, row.text.as_str(), row.fresh))
                .collect::<Vec<_>>()
        };
        assert_eq!((texts(0, 0), texts(0, 1)), (vec![(0, "a, Becken", false)], vec![(1, "c", false)]));
        assert_eq!((texts(0, 2), texts(1, 0)), (vec![(2, "", true)], vec![(3, "", true)]));
        assert_eq!(Rows::default().ways()[0].blocks[0].rows.len(), 1, "a row to begin with");
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        assert_eq!(
            sent(&[("x", "words", "a"), ("99.any", "words", "a"), ("0.some", "words", "a")]).rule(),
            Rule::default()
        );
        assert_eq!(sent(&[("0.any", "media:smell", ""), ("0.any", "planet:mars", "")]).rule(), Rule::default());
        assert_eq!(Wish::parse("anything"), Wish::Save);
        let mut rows = Rows::default();
        for wish in ["row.7.any", "drop.x", "row.x.any"] {
            rows.change(Wish::parse(wish));
        }
        assert_eq!(rows, Rows::default());
    }
}
