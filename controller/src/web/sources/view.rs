//! Sources as templates draw them.

use super::{Typed, facts};
use crate::{
    features::sources::{Door, Saying, Wait},
    networks::{Candidate, Facts, Fed, Field, Input, LIST, LinkedBy},
    store::Source,
    tools::words,
    web::Page,
};

/// A source in the list.
pub(super) struct Row {
    pub(super) source: Source,
    /// Classes of the icon of its network.
    pub(super) icon: String,
    /// Name of its network, a translation key.
    pub(super) label: &'static str,
    /// What is wrong or odd, in words; empty if nothing is.
    pub(super) problem: String,
    /// Whether its network wants posts looked up, so that the owner has no choice.
    pub(super) looked_up: bool,
    /// Whether its network is one that one signs in to.
    signs_in: bool,
    /// How its posts come here.
    fed: Fed,
    /// Where it is, for people.
    address: String,
    /// When something good was last sent to it; 0 for never.
    pub(super) rang_at: i64,
    /// Whether a hub tells of its news.
    pub(super) is_told: bool,
    /// Why it waits for what its network grants to all, in words; empty if it does not.
    pub(super) waits: String,
}

impl Row {
    pub(super) fn of(source: Source, door: Option<&Door>, page: &Page) -> Self {
        let facts = facts(&source.network);
        let problem = Saying::of(&source).map_or_else(String::new, |saying| say(page, &saying));
        Self {
            icon: icon(facts.map_or("rss", |f| f.icon)),
            looked_up: facts.is_some_and(|f| f.policy.verify_hours.is_some() || f.policy.keep_days.is_some()),
            label: facts.map_or("sources.unknown", |f| f.label),
            problem,
            signs_in: facts.is_some_and(|f| f.linked_by != LinkedBy::Form),
            fed: facts.map_or(Fed::Visited, |f| f.fed),
            address: match (facts.map(|f| (f.linked_by, f.fed)), door) {
                (Some((_, Fed::Sent)), door) => door.map(|door| door.address.clone()).unwrap_or_default(),
                // Of a profile that one signs in to it is a number.
                (Some((LinkedBy::SignIn { .. }, _)), _) => String::new(),
                _ => source.address.clone(),
            },
            rang_at: door.map_or(0, |door| door.rang_at),
            is_told: false,
            waits: String::new(),
            source,
        }
    }

    /// The same, with whether a hub tells of its news.
    pub(super) fn told(self, is_told: bool) -> Self {
        Self { is_told, ..self }
    }

    /// The same, with why it waits, in words.
    pub(super) fn waiting(self, waits: String) -> Self {
        Self { waits, ..self }
    }

    /// Whether its posts are sent to us.
    pub(super) fn is_sent(&self) -> bool {
        self.fed == Fed::Sent
    }

    /// Class of what is said about it: something is wrong, or merely odd.
    pub(super) fn tone(&self) -> &'static str {
        if self.source.failures > 0 { "wrong" } else { "remark" }
    }

    /// Kind of badge for its state.
    pub(super) fn badge(&self) -> &'static str {
        match self.source.state.as_str() {
            "working" => "good",
            "failing" => "warn",
            "stopped" => "bad",
            _ => "busy",
        }
    }

    /// Name of its state, a translation key.
    pub(super) fn state(&self) -> &'static str {
        match self.source.state.as_str() {
            "working" => "sources.state.working",
            "failing" => "sources.state.failing",
            "stopped" => "sources.state.stopped",
            _ if self.is_sent() => "sources.state.awaiting",
            _ => "sources.state.new",
        }
    }

    /// Whether its owner may have to sign in again.
    pub(super) fn may_sign_in(&self) -> bool {
        self.signs_in && self.source.state != "working"
    }

    /// Where it is, for people; empty where that says nothing.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Whether it is visited by itself at all.
    pub(super) fn is_due_ever(&self) -> bool {
        self.source.next_at < i64::MAX
    }
}

/// Why sources of a network wait, in words.
pub(super) fn waits(page: &Page, network: &str, wait: Wait) -> String {
    let name = page.t(facts(network).map_or("sources.unknown", |facts| facts.label));
    let until = page.when(&wait.until());
    match wait {
        Wait::All(_) => page.t2("sources.quota.all", "network", name, "until", until),
        Wait::Share(_) => page.t2("sources.quota.share", "network", name, "until", until),
    }
}

/// Why nothing can be linked at a network just now, in words.
pub(super) fn not_now(page: &Page, network: &str, wait: Wait) -> String {
    let name = page.t(facts(network).map_or("sources.unknown", |facts| facts.label));
    page.t2("sources.quota.link", "network", name, "until", page.when(&wait.until()))
}

/// Classes of an icon; those of trade marks stand in a font of their own.
pub(super) fn icon(name: &str) -> String {
    match name.strip_prefix("brands:") {
        Some(name) => format!("fa-brands fa-{name}"),
        None => format!("fa-solid fa-{name}"),
    }
}

fn linked_by_form() -> impl Iterator<Item = &'static Facts> {
    LIST.iter().map(|network| network.facts()).filter(|facts| facts.linked_by == LinkedBy::Form)
}

/// Those whose sources are somewhere, and not with us.
fn at_an_address() -> impl Iterator<Item = &'static Facts> {
    linked_by_form().filter(|facts| facts.fed == Fed::Visited)
}

/// The form that takes any address or name.
pub(super) struct AnyForm {
    pub(super) address: String,
    /// Networks to choose from: name, and what people call it; first that we find it out.
    pub(super) networks: Vec<(String, String)>,
    /// The chosen one.
    pub(super) network: String,
    /// What it was taken for, in people's words; empty if nobody has to know.
    pub(super) taken_for: String,
    pub(super) held: bool,
}

impl AnyForm {
    /// The form with what was typed, and the network it was taken for.
    pub(super) fn of(page: &Page, typed: &Typed, taken_for: Option<&str>) -> Self {
        let by_itself = (String::new(), page.t("sources.network.find"));
        let named = |facts: &Facts| (facts.name.to_owned(), page.t(facts.label));
        let chosen = typed.get("network").is_some_and(|name| !name.is_empty());
        let found = taken_for.filter(|_| !chosen).and_then(facts);
        Self {
            address: without_secret(typed.get("address").map_or("", String::as_str)),
            networks: std::iter::once(by_itself).chain(at_an_address().map(named)).collect(),
            network: taken_for.unwrap_or_default().to_owned(),
            taken_for: found.map(|facts| page.t(facts.label)).unwrap_or_default(),
            held: typed.contains_key("held"),
        }
    }
}

/// The form with which a source of one network is linked.
pub(super) struct NetworkForm {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) icon: String,
    pub(super) fields: Vec<FormField>,
}

/// One field of it, with what was typed.
pub(super) struct FormField {
    pub(super) field: &'static Field,
    pub(super) value: String,
}

impl NetworkForm {
    /// The form of a network that is linked by one, filled with what was typed.
    pub(super) fn of(name: &str, typed: &Typed) -> Option<Self> {
        let facts = linked_by_form().find(|facts| facts.name == name)?;
        let value = |field: &Field| match field.input {
            Input::Password => String::new(),
            Input::Address => without_secret(typed.get(field.name).map_or("", String::as_str)),
            Input::Line(_) => typed.get(field.name).cloned().unwrap_or_default(),
        };
        Some(Self {
            name: facts.name,
            label: facts.label,
            hint: facts.hint,
            icon: icon(facts.icon),
            fields: facts.form.iter().map(|field| FormField { value: value(field), field }).collect(),
        })
    }

    /// Forms of all networks that take more than an address.
    pub(super) fn with_more_fields() -> Vec<Self> {
        let more = linked_by_form().filter(|facts| facts.form.len() > 1);
        more.filter_map(|facts| Self::of(facts.name, &Typed::new())).collect()
    }
}

impl NetworkForm {
    /// Forms of all networks whose posts are sent to us.
    pub(super) fn sent() -> Vec<Self> {
        let sent = linked_by_form().filter(|facts| facts.fed == Fed::Sent);
        sent.filter_map(|facts| Self::of(facts.name, &Typed::new())).collect()
    }
}

impl FormField {
    /// Type of the `<input>`.
    pub(super) fn kind(&self) -> &'static str {
        match self.field.input {
            // A browser would refuse an address without https://, which we understand.
            Input::Address | Input::Line(_) => "text",
            Input::Password => "password",
        }
    }

    /// Longest text.
    pub(super) fn longest(&self) -> usize {
        match self.field.input {
            Input::Address => 2_000,
            Input::Line(longest) => longest,
            Input::Password => 500,
        }
    }
}

/// An address as it was typed, without the name and the password in it: no page shows a secret again.
fn without_secret(typed: &str) -> String {
    let start = typed.find("://").map_or(0, |at| at + 3);
    let end = typed[start..].find(['/', '?', '#', '\\']).map_or(typed.len(), |at| start + at);
    match typed[start..end].rfind('@') {
        Some(at) => format!("{}{}", &typed[..start], &typed[start + at + 1..]),
        None => typed.to_owned(),
    }
}

/// One of several things that were found under an address.
pub(super) struct Choice {
    pub(super) network: &'static str,
    pub(super) title: String,
    pub(super) address: String,
}

impl Choice {
    pub(super) fn all(network: &'static str, found: &[Candidate]) -> Vec<Self> {
        let choice = |c: &Candidate| Self {
            network,
            title: c.title.clone().unwrap_or_else(|| c.link.address.clone()),
            address: c.link.address.clone(),
        };
        found.iter().map(choice).collect()
    }
}

/// A sentence with what stands in it.
pub(super) fn say(page: &Page, saying: &Saying) -> String {
    let values: Vec<_> = saying.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
    words::say(page.visit.language, &saying.key, &values)
}

#[cfg(test)]
mod tests {
    use super::without_secret;

    #[test]
    fn no_page_shows_a_secret_again() {
        let table = [
            ("https://ada:secret@museum.example/feed", "https://museum.example/feed"),
            ("ada:secret@museum.example", "museum.example"),
            ("https://ada:sec@ret@museum.example?x=a@b", "https://museum.example?x=a@b"),
            ("https://museum.example/@ada", "https://museum.example/@ada"),
            ("two words", "two words"),
            ("", ""),
        ];
        for (typed, shown) in table {
            assert_eq!(without_secret(typed), shown);
        }
    }
}
