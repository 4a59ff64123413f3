//! One network that is played: what it publishes, edits and takes back.

use std::sync::Mutex;

use super::{
    shapes::{self, Item},
    stories::{ADDED, STORIES},
};
use crate::{FeedServer, Post, closed, networks::FakeNetwork, networks::FakePost};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Numbers of later posts count from here, in seconds since 1970: so they grow from one start to the next.
const SINCE: i64 = 1_767_225_600;

/// The server of a network.
pub(super) enum Server {
    /// One that people sign in to.
    Closed(closed::Kind, closed::FakeNetwork),
    /// One that anybody reads.
    Open(FakeNetwork),
    /// A website with a feed.
    Feed(FeedServer),
}

/// How a person links it.
pub enum Way {
    /// By the button that leads to its sign-in.
    SignIn,
    /// By typing this.
    Address(String),
}

/// A network that is played.
pub struct Place {
    /// Its name in settings.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// How a person links it.
    pub way: Way,
    pub(super) server: Server,
    /// Which story comes first.
    pub(super) first: usize,
    pub(super) newest: Mutex<Option<Item>>,
}

impl Place {
    /// Where it runs, without a slash at the end.
    pub(super) fn url(&self) -> String {
        match &self.server {
            Server::Closed(_, network) => network.url.clone(),
            Server::Open(network) => network.url(),
            Server::Feed(feed) => feed.url_of(""),
        }
    }

    /// The posts that are there from the beginning, dated before this time.
    pub(super) fn open(&self, now: i64) {
        let midnight = now - now % DAY;
        for (number, hours) in (1_u64..).zip([70, 41, 30, 15]) {
            self.put(&self.item(number, self.first + usize::try_from(number).unwrap_or(0), midnight - hours * HOUR));
        }
    }

    fn item(&self, number: u64, story: usize, at: i64) -> Item {
        let story = &STORIES[story % STORIES.len()];
        Item { number, edits: 0, words: story.words.to_owned(), picture: story.picture, at }
    }

    /// Publishes the next story.
    pub(super) fn publish(&self, now: i64) {
        let number = u64::try_from(now / 1_000 - SINCE).unwrap_or(1_000);
        let story = self.first + 5 + usize::try_from(number / 7).unwrap_or(0);
        let item = self.item(number, story, now);
        self.put(&item);
        *self.newest.lock().expect("the newest post") = Some(item);
    }

    /// Adds some words to what was published last.
    pub(super) fn edit(&self) {
        let mut newest = self.newest.lock().expect("the newest post");
        let Some(item) = newest.as_mut() else { return };
        // X gives an edited post another id.
        self.take_away(item);
        item.edits = (item.edits + 1).min(9);
        item.words.push_str(ADDED);
        self.put(item);
    }

    /// Takes back what was published last.
    pub(super) fn take_back(&self) {
        if let Some(item) = self.newest.lock().expect("the newest post").take() {
            self.take_away(&item);
        }
    }

    fn put(&self, item: &Item) {
        match &self.server {
            Server::Closed(kind, network) => network.append(shapes::write(*kind, &network.url, item)),
            Server::Open(network) => {
                network.set_now(item.at);
                let pictures = item.picture.map(|(file, alt)| (format!("/media/{file}"), alt));
                let pictures: Vec<_> = pictures.iter().map(|(path, alt)| (path.as_str(), *alt)).collect();
                let post = FakePost::new(item.number, &item.words).published_at(item.at).with_pictures(&pictures);
                network.publish(FakePost { edited: item.edits > 0, ..post });
            }
            Server::Feed(feed) => {
                let at = jiff::Timestamp::from_millisecond(item.at).expect("a time").to_string();
                let (title, html) = item.words.split_once(['.', '!']).unwrap_or((&item.words, ""));
                let post = Post::new(&item.number.to_string(), title, &format!("<p>{}</p>", html.trim()));
                let picture = item.picture.map(|(file, _)| format!("/pictures/{file}"));
                let post = post.published(&at);
                feed.append(match &picture {
                    Some(path) => post.with_picture(path),
                    None => post,
                });
                let page = format!("<!doctype html><html lang=\"de\"><title>{title}</title><h1>{title}</h1>");
                feed.serve(&format!("/posts/{}", item.number), "text/html; charset=utf-8", page);
            }
        }
    }

    fn take_away(&self, item: &Item) {
        match &self.server {
            Server::Closed(kind, network) => network.remove(&shapes::id(*kind, item)),
            Server::Open(network) => network.delete(item.number),
            Server::Feed(feed) => {
                feed.remove(&item.number.to_string());
                feed.take_down(&format!("/posts/{}", item.number));
            }
        }
    }
}
