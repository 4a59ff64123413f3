//! How often public pages were seen: counted in memory, without anything about whoever looked.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// A public page that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The newsroom of a stage.
    Newsroom,
    /// A topic of it.
    Topic,
    /// One post.
    Post,
}

impl Place {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Newsroom, Self::Topic, Self::Post];

    /// Its name in the database and in the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newsroom => "newsroom",
            Self::Topic => "topic",
            Self::Post => "post",
        }
    }
}

/// What was seen since the counts were last taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By stage and page.
    pub places: HashMap<(String, Place), i64>,
    /// By stage and name of the post in addresses.
    pub posts: HashMap<(String, String), i64>,
}

/// Counters of public pages.
#[derive(Debug, Default)]
pub struct Hits(Mutex<Counts>);

/// More different pages than this are not told apart between two writes: a visitor must not be able to fill the memory.
const MOST: usize = 100_000;

impl Hits {
    /// Counts a page of a stage, and the post where it is one's.
    pub fn note(&self, stage_id: &str, place: Place, slug: Option<&str>) {
        self.add(Counts {
            places: HashMap::from([((stage_id.to_owned(), place), 1)]),
            posts: slug.map(|slug| ((stage_id.to_owned(), slug.to_owned()), 1)).into_iter().collect(),
        });
    }

    /// Adds counts, also those that could not be written.
    pub fn add(&self, counts: Counts) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        add(&mut held.places, counts.places);
        add(&mut held.posts, counts.posts);
    }

    /// Takes what was counted, and begins anew.
    pub fn take(&self) -> Counts {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn add<K: std::hash::Hash + Eq>(held: &mut HashMap<K, i64>, more: HashMap<K, i64>) {
    for (key, count) in more {
        if held.len() < MOST || held.contains_key(&key) {
            *held.entry(key).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hits, Place};

    #[test]
    fn what_was_taken_counts_once_and_what_came_back_again() {
        let hits = Hits::default();
        hits.note("s", Place::Newsroom, None);
        hits.note("s", Place::Post, Some("p"));
        hits.note("s", Place::Post, Some("p"));

        let taken = hits.take();
        assert_eq!(taken.places[&("s".to_owned(), Place::Post)], 2);
        assert_eq!(taken.posts[&("s".to_owned(), "p".to_owned())], 2);
        assert!(hits.take().places.is_empty());

        hits.note("s", Place::Post, Some("p"));
        hits.add(taken);
        assert_eq!(hits.take().posts[&("s".to_owned(), "p".to_owned())], 3);
    }
}
