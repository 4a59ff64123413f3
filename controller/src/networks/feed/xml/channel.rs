//! What a feed says about itself.

use std::borrow::Cow;

use super::Reading;
use crate::{
    networks::{
        SourceFacts,
        feed::{
            assemble::{Words, language_tag},
            tree::{Id, Ns},
        },
    },
    tools::html,
};

impl Reading<'_, '_> {
    /// What a feed says about itself.
    pub(super) fn source(&self, root: Id, channel: Id) -> SourceFacts {
        let tree = self.tree;
        let mut facts = SourceFacts { format: self.format(root), ..SourceFacts::default() };
        facts.language = tree.inherited(channel, "xml:lang").as_deref().and_then(language_tag);
        let base = self.base(channel);
        let url = |address: Option<Cow<'_, str>>| html::web_url(&address?, base.as_ref(), &["http", "https"]);
        let line = |words: Option<Words<'_>>, most: usize| words.and_then(|words| words.line(most));
        let (mut period, mut frequency) = (None, 1);
        // In RSS 0.90 and 1.0 the picture stands beside the channel.
        let beside = tree.children(root).filter(|id| root != channel && tree.node(*id).name == "image");
        for id in tree.children(channel).chain(beside) {
            let mut buffer = [0; 24];
            match self.name(id, &mut buffer) {
                (Ns::Core, "title") if facts.title.is_none() => facts.title = line(self.words(id), 300),
                (Ns::Core, "link") => match tree.attribute(id, "href") {
                    Some(href) => {
                        let href = url(Some(href));
                        match tree.attribute(id, "rel").unwrap_or(Cow::Borrowed("alternate")).as_ref() {
                            "alternate" => facts.link = facts.link.or(href),
                            "self" => facts.self_url = facts.self_url.or(href),
                            "next" => facts.next_url = facts.next_url.or(href),
                            "hub" => facts.hubs.extend(href),
                            _ => {}
                        }
                    }
                    None => facts.link = url(self.text(id)).or(facts.link),
                },
                (Ns::Core, "description" | "subtitle" | "tagline") | (Ns::Itunes, "summary" | "subtitle")
                    if facts.description.is_none() =>
                {
                    facts.description = line(self.words(id), 1000);
                }
                (Ns::Core | Ns::Dc, "language") => {
                    facts.language = self.text(id).as_deref().and_then(language_tag).or(facts.language);
                }
                (Ns::Core, "image") => {
                    let nested = tree.children(id).find(|id| tree.node(*id).name.eq_ignore_ascii_case("url"));
                    facts.logo = facts.logo.or_else(|| url(self.text(nested.unwrap_or(id))));
                }
                (Ns::Itunes, "image") => facts.logo = facts.logo.or_else(|| url(tree.attribute(id, "href"))),
                (Ns::Core, "logo") => facts.logo = url(self.text(id)).or(facts.logo),
                (Ns::Core, "icon") | (Ns::Other, "icon") => facts.icon = facts.icon.or_else(|| url(self.text(id))),
                (Ns::Core, "ttl") => {
                    let minutes = self.text(id).and_then(|text| text.trim().parse::<i64>().ok());
                    facts.ttl_secs = minutes.filter(|m| (1..=525_600).contains(m)).map(|m| m * 60);
                }
                (Ns::Core, "skiphours") => {
                    // RSS 0.91 counts to 24, 2.0 to 23.
                    let hours = self.inside(id, "hour").filter_map(|text| text.parse::<u8>().ok());
                    facts.skip_hours = hours.filter(|hour| *hour <= 24).map(|hour| hour % 24).take(24).collect();
                }
                (Ns::Core, "skipdays") => {
                    facts.skip_days = self.inside(id, "day").filter_map(|name| day(&name)).take(7).collect();
                }
                (Ns::Syndication, "updateperiod") => {
                    period = self.text(id).and_then(|text| period_secs(text.trim()));
                }
                (Ns::Syndication, "updatefrequency") => {
                    frequency = self.text(id).and_then(|text| text.trim().parse::<i64>().ok()).unwrap_or(1).max(1);
                }
                _ => {}
            }
        }
        facts.ttl_secs = facts.ttl_secs.or(period.map(|secs| secs / frequency));
        facts.hubs.truncate(5);
        facts
    }

    /// The words of the elements of this name inside another.
    fn inside(&self, id: Id, name: &str) -> impl Iterator<Item = String> {
        let named = self.tree.children(id).filter(move |id| self.tree.node(*id).name.eq_ignore_ascii_case(name));
        named.filter_map(|id| self.text(id)).map(|text| text.trim().to_owned())
    }

    fn format(&self, root: Id) -> String {
        let version = self.tree.attribute(root, "version");
        let version =
            version.as_deref().map(str::trim).filter(|v| v.len() <= 8 && v.starts_with(|c: char| c.is_ascii_digit()));
        let source = self.tree.source;
        match self.tree.node(root).name.to_ascii_lowercase().as_str() {
            "feed" if version == Some("0.3") || source.contains("//purl.org/atom/ns#") => "Atom 0.3".to_owned(),
            "feed" => "Atom 1.0".to_owned(),
            "rdf" if source.contains("//purl.org/rss/1.0/") => "RSS 1.0".to_owned(),
            "rdf" => "RSS 0.90".to_owned(),
            _ => version.map_or_else(|| "RSS".to_owned(), |version| format!("RSS {version}")),
        }
    }
}

/// A day of the week as English calls it; 0 is Monday.
fn day(name: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().position(|day| name.eq_ignore_ascii_case(day)).and_then(|day| u8::try_from(day).ok())
}

fn period_secs(period: &str) -> Option<i64> {
    match period.to_ascii_lowercase().as_str() {
        "hourly" => Some(3600),
        "daily" => Some(86_400),
        "weekly" => Some(7 * 86_400),
        "monthly" => Some(30 * 86_400),
        "yearly" => Some(365 * 86_400),
        _ => None,
    }
}
