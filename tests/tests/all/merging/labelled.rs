//! 400 posts of invented towns, of which people said what is the same: found out from the first mark to the card.

use std::collections::{BTreeMap, BTreeSet};

use controller::{features::merging, store::Below};
use harness::{Owner, TestController, root};
use serde::Deserialize;
use shared::programme::Zone;

use super::{post, source};

#[derive(Deserialize)]
struct Labelled {
    id: String,
    network: String,
    source: String,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    link: Option<String>,
    published_at: String,
    #[serde(default)]
    same_as: Vec<String>,
}

/// `2026-03-02T07:00:00Z` as milliseconds since 1970.
fn instant(text: &str) -> i64 {
    let (date, time) = text.split_once('T').unwrap();
    let parts: Vec<i64> = time.trim_end_matches('Z').split(':').map(|part| part.parse().unwrap()).collect();
    Zone::default().instant(date.parse().unwrap(), (parts[0] * 3_600 + parts[1] * 60 + parts[2]) * 1_000)
}

fn pairs(groups: impl IntoIterator<Item = Vec<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for one in &group {
            pairs.extend(group.iter().filter(|other| one < *other).map(|other| (one.clone(), other.clone())));
        }
    }
    pairs
}

#[tokio::test]
async fn of_the_labelled_posts_none_is_merged_that_is_not_the_same() {
    let labelled: Vec<Labelled> =
        serde_json::from_slice(&std::fs::read(root().join("tests/posts/labelled.json")).unwrap()).unwrap();
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
        let sources: BTreeMap<_, _> = labelled.iter().map(|one| (one.source.as_str(), one.network.as_str())).collect();
        for (id, network) in sources {
            wall.app.store.add_source(&source(id, &stage.id, network)).await.unwrap();
        }
        for one in &labelled {
            let at = instant(&one.published_at);
            let taken = post(&one.id, &stage.id, &one.source, &one.text, at);
            let taken = controller::store::Post { title: one.title.clone(), link: one.link.clone(), ..taken };
            wall.app.store.take_post(&taken, &[]).await.unwrap();
        }

        while merging::look_next(&wall.app).await.unwrap() {}

        let mut cards: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in &labelled {
            let post = wall.app.store.find_post(&stage.id, &one.id).await.unwrap().unwrap();
            if let Some(card) = post.card_id {
                cards.entry(card).or_default().push(one.id.clone());
            }
        }
        let merged = pairs(cards.into_values());
        let same: BTreeSet<_> = labelled
            .iter()
            .flat_map(|one| {
                one.same_as.iter().map(|other| (one.id.clone().min(other.clone()), one.id.clone().max(other.clone())))
            })
            .collect();
        let right = merged.intersection(&same).count();
        let wrong: Vec<_> = merged.difference(&same).collect();
        let (precision, recall) = (right * 100 / merged.len().max(1), right * 100 / same.len().max(1));
        eprintln!("merging: precision {precision} %, recall {recall} % ({right} of {} pairs)", same.len());
        assert!(wrong.is_empty(), "not the same: {wrong:?}");
        assert!(recall >= 70, "recall {recall} %; missing: {:?}", same.difference(&merged).collect::<Vec<_>>());
        // Each card stands in the newsroom once; only of those that must not stand for others there may be several.
        let shown = wall.app.store.list_shown_posts(&stage.id, &Below::default(), i64::MAX - 1, 999).await.unwrap();
        let mut faces: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for post in shown {
            if let (Some(card), Some(source)) = (post.card_id, post.source_id) {
                faces.entry(card).or_default().push(source);
            }
        }
        let alone = |source: &String| source.ends_with("-x") || source.ends_with("-linkedin");
        let twice: Vec<_> = faces.values().filter(|faces| faces.len() > 1 && !faces.iter().all(alone)).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(faces.len() > 40, "{}", faces.len());
    }
}
