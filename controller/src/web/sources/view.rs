//! Sources as templates draw them.

use super::{Typed, facts};
use crate::{
    features::sources::Saying,
    networks::{Candidate, Field, Input, LIST, LinkedBy},
    store::Source,
    tools::words,
    web::Page,
};

/// A source in the list.
pub(super) struct Row {
    pub(super) source: Source,
    /// Font Awesome icon of its network.
    pub(super) icon: &'static str,
    /// Name of its network, a translation key.
    pub(super) label: &'static str,
    /// What is wrong or odd, in words; empty if nothing is.
    pub(super) problem: String,
}

impl Row {
    pub(super) fn of(source: Source, page: &Page) -> Self {
        let facts = facts(&source.network);
        let problem = Saying::of(&source).map_or_else(String::new, |saying| say(page, &saying));
        Self {
            icon: facts.map_or("rss", |f| f.icon),
            label: facts.map_or("sources.unknown", |f| f.label),
            problem,
            source,
        }
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
            _ => "sources.state.new",
        }
    }

    /// Whether it is visited by itself at all.
    pub(super) fn is_due_ever(&self) -> bool {
        self.source.next_at < i64::MAX
    }
}

/// The form with which a source of one network is linked.
pub(super) struct NetworkForm {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) icon: &'static str,
    pub(super) fields: Vec<FormField>,
    pub(super) held: bool,
}

/// One field of it, with what was typed.
pub(super) struct FormField {
    pub(super) field: &'static Field,
    pub(super) value: String,
}

impl NetworkForm {
    /// Forms of all networks that are linked by one, filled with what was typed.
    pub(super) fn all(typed: &Typed) -> Vec<Self> {
        let facts = LIST.iter().map(|network| network.facts()).filter(|f| f.linked_by == LinkedBy::Form);
        let form = |f: &'static crate::networks::Facts| {
            let mine = typed.get("network").is_none_or(|chosen| chosen == f.name);
            let value = |field: &Field| match field.input {
                Input::Password => String::new(),
                Input::Address if mine => without_secret(typed.get(field.name).map_or("", String::as_str)),
                _ if mine => typed.get(field.name).cloned().unwrap_or_default(),
                _ => String::new(),
            };
            Self {
                name: f.name,
                label: f.label,
                hint: f.hint,
                icon: f.icon,
                fields: f.form.iter().map(|field| FormField { value: value(field), field }).collect(),
                held: mine && typed.contains_key("held"),
            }
        };
        facts.map(form).collect()
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
    pub(super) title: String,
    pub(super) address: String,
}

impl Choice {
    pub(super) fn all(found: &[Candidate]) -> Vec<Self> {
        let choice = |c: &Candidate| Self {
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
