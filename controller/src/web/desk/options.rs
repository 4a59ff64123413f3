//! What a desk can be narrowed down to, and the names of what its rows show.

use std::collections::{BTreeMap, HashMap};

use super::{Filter, Row};
use crate::{
    app::{App, Result},
    features::{
        desk::{self, STATES},
        posts::{Full, Query},
    },
    networks,
    store::{DeskSource, DeskTopic, OWN, Stage},
    web::{Owner, Page, topics::LANGUAGES},
};

/// What can be chosen, as pairs of value and text; the first of each is for all.
pub(super) struct Options {
    pub(super) stages: Vec<(String, String)>,
    pub(super) sources: Vec<(String, String)>,
    pub(super) networks: Vec<(String, String)>,
    pub(super) topics: Vec<(String, String)>,
    pub(super) media: Vec<(String, String)>,
    pub(super) languages: Vec<(String, String)>,
    /// Where posts stand: address, text, whether it is chosen.
    pub(super) states: Vec<(String, String, bool)>,
    all_sources: Vec<DeskSource>,
    all_topics: Vec<DeskTopic>,
}

impl Options {
    pub(super) async fn of(
        app: &App,
        account_id: &str,
        page: &Page,
        stages: &[Stage],
        filter: &Filter,
    ) -> Result<Self> {
        let all_sources = app.store.list_desk_sources(account_id).await?;
        let all_topics = app.store.list_desk_topics(account_id).await?;
        let is_here = |stage_id: &str| filter.stage.is_empty() || filter.stage == stage_id;
        let stage_of = |stage_id: &str| stages.iter().find(|stage| stage.id == stage_id);
        // What is called the same on several stages is told apart by them.
        let called = |stage_id: &str, name: &str| match stage_of(stage_id) {
            Some(stage) if filter.stage.is_empty() && stages.len() > 1 => format!("{name} – {}", stage.name),
            _ => name.to_owned(),
        };
        let all = |key: &str| (String::new(), page.t(key));
        let none = |key: &str| ("none".to_owned(), page.t(key));
        let here = all_sources.iter().filter(|source| is_here(&source.stage_id));
        let networks: BTreeMap<_, _> =
            here.clone().map(|source| (network_name(page, &source.network), source.network.clone())).collect();
        let named = |(name, network): (String, String)| (network, name);
        let own = (OWN.to_owned(), page.t("posts.own"));
        let languages = LANGUAGES.iter().map(|code| ((*code).to_owned(), page.t(&format!("topics.language.{code}"))));
        let media = ["picture", "film", "nothing"];
        let media = media.iter().map(|name| ((*name).to_owned(), page.t(&format!("desk.media.{name}"))));
        let topics = all_topics.iter().filter(|topic| is_here(&topic.stage_id));
        let topics: Vec<_> = topics.map(|topic| (topic.id.clone(), called(&topic.stage_id, &topic.name))).collect();
        let state = |group: &crate::store::PostGroup| {
            let chosen = Filter { state: group.name().to_owned(), ..filter.clone() };
            let chosen = Filter::read(chosen.pairs());
            let text = page.t(&format!("posts.filter.{}", group.name()));
            (super::address(&chosen, None), text, *group == filter.group())
        };
        Ok(Self {
            stages: with(all("desk.stage.all"), stages.iter().map(|stage| (stage.id.clone(), stage.name.clone()))),
            sources: with(
                all("desk.source.all"),
                here.map(|source| (source.id.clone(), called(&source.stage_id, &source.name))),
            ),
            networks: with(all("desk.network.all"), networks.into_iter().map(named).chain([own])),
            topics: with(all("desk.topic.all"), std::iter::once(none("desk.topic.none")).chain(topics)),
            media: with(all("desk.media.all"), media),
            languages: with(all("desk.language.all"), languages.chain([none("desk.language.none")])),
            states: STATES.iter().map(state).collect(),
            all_sources,
            all_topics,
        })
    }

    /// Topics that posts can be put under: what can be narrowed down to, less all and none.
    pub(super) fn headings(&self) -> &[(String, String)] {
        self.topics.get(2..).unwrap_or_default()
    }

    /// Posts as rows, with who last did something with them.
    pub(super) async fn rows(
        &self,
        app: &App,
        owner: &Owner,
        page: &Page,
        stages: &[Stage],
        filter: &Filter,
        posts: Vec<Full>,
    ) -> Result<Vec<Row>> {
        let ids: Vec<_> = posts.iter().map(|full| full.post.id.clone()).collect();
        let mut topics: HashMap<String, Vec<&DeskTopic>> = HashMap::new();
        for (post_id, topic_id) in app.store.list_desk_post_topics(&owner.account_id, &ids).await? {
            topics.entry(post_id).or_default().extend(self.all_topics.iter().find(|topic| topic.id == topic_id));
        }
        let mut deeds = desk::deeds(app, &owner.account_id, &ids).await?;
        let query = Query::parse(&filter.q);
        let several = stages.len() > 1 && filter.stage.is_empty();
        let row = |full: Full| {
            let post = &full.post;
            let stage = stages.iter().find(|stage| stage.id == post.stage_id)?;
            let source = self.all_sources.iter().find(|source| post.source_id.as_ref() == Some(&source.id));
            let topics = topics.remove(&post.id).unwrap_or_default();
            let names = topics.iter().map(|topic| topic.name.clone()).collect();
            let deed = deeds.remove(&post.id).filter(|deed| deed.member_id != owner.member_id);
            let has_topics = self.all_topics.iter().any(|topic| topic.stage_id == stage.id);
            let source = source.map(|source| source.name.clone()).unwrap_or_default();
            Some(Row::of(page, stage, several, source, (names, has_topics), deed.as_ref(), &query, full))
        };
        Ok(posts.into_iter().filter_map(row).collect())
    }

    /// Topics of a stage: id and name.
    pub(super) fn topics_of(&self, stage_id: &str) -> impl Iterator<Item = &DeskTopic> {
        self.all_topics.iter().filter(move |topic| topic.stage_id == stage_id)
    }
}

fn with(first: (String, String), rest: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once(first).chain(rest).collect()
}

fn network_name(page: &Page, network: &str) -> String {
    page.t(networks::find(network).map_or("sources.unknown", |network| network.facts().label))
}
