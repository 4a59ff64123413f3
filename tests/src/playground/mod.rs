//! Every network, played on this machine, so that linking can be tried by hand without an account anywhere.
//!
//! Something happens there by itself every few minutes: a post is published, edited and taken back. A page with buttons
//! does the same at once, and sends to webhooks.

mod desk;
mod place;
mod shapes;
mod stories;

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use self::place::Server;
pub use self::place::{Place, Way};
use crate::{
    FeedServer, Format,
    closed::{self, CLIENT_ID, CLIENT_SECRET, Kind},
    networks::{FakeBluesky, FakeMastodon, FakeNetwork, FakePixelfed, FakeYouTube, KEY},
    parts::root,
};

/// From one round to the next, and in each round: when a post is published, edited and taken back, in seconds.
const ROUND_SECS: u64 = 180;
const ACTS_SECS: [u64; 3] = [40, 80, 130];

/// All networks; they end with this value.
pub struct Playground {
    places: Arc<Vec<Place>>,
    /// The page with buttons.
    pub desk: String,
    _desk: tokio_util::sync::DropGuard,
}

impl Playground {
    /// Starts all of them from this port on, on others where those are taken or where it is 0, and keeps what they know
    /// of tokens in a folder.
    pub async fn new(folder: &Path, first_port: u16) -> Self {
        fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let port = |number: u16| if first_port == 0 { 0 } else { first_port + number };
        let album = root().join("assets/demo/pictures");
        let mut places = Vec::new();
        let kinds = [Kind::Instagram, Kind::Facebook, Kind::TikTok, Kind::X, Kind::LinkedIn];
        for (number, kind) in (1..).zip(kinds) {
            let network = closed::FakeNetwork::at(kind, port(number)).await;
            network.show_photographs(album.clone());
            network.keep_tokens(folder.join(format!("{}.json", kind.name())));
            network.access(|access| access.several = kind == Kind::Facebook);
            places.push(place(kind.name(), kind.label(), Way::SignIn, Server::Closed(kind, network)));
        }
        let mastodon = open(Box::new(FakeMastodon::default()), port(6), &album).await;
        let way = Way::Address(format!("{}/@beispielhausen", mastodon.url()));
        places.push(place("mastodon", "Mastodon", way, Server::Open(mastodon)));
        let pixelfed = open(Box::new(FakePixelfed), port(7), &album).await;
        let way = Way::Address(format!("{}/museum", pixelfed.url()));
        places.push(place("pixelfed", "Pixelfed", way, Server::Open(pixelfed)));
        let bluesky = open(Box::new(FakeBluesky), port(8), &album).await;
        let way = Way::Address("https://bsky.app/profile/beispielhausen.de".to_owned());
        places.push(place("bluesky", "Bluesky", way, Server::Open(bluesky)));
        let youtube = open(Box::new(FakeYouTube), port(9), &album).await;
        let way = Way::Address("https://www.youtube.com/@beispielhausen".to_owned());
        places.push(place("youtube", "YouTube", way, Server::Open(youtube)));
        let feed = website(port(10), &album).await;
        places.push(place("feed", "Website", Way::Address(feed.url()), Server::Feed(feed)));
        for (number, place) in places.iter_mut().enumerate() {
            place.first = number * 4;
            place.open(now());
        }
        let places = Arc::new(places);
        let (desk, end) = desk::start(Arc::clone(&places), port(0)).await;
        Self { places, desk, _desk: end }
    }

    /// Every network that is played.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The settings of a controller that is registered everywhere here and may reach these servers, and nothing else of
    /// this machine.
    pub fn settings(&self) -> String {
        let hosts: Vec<_> = self.places.iter().map(|place| place.url().replace("http://", "")).collect();
        let mut text = format!(
            "# Networks that are played on this machine: for the demo, never for a real server.\nallow = {hosts:?}\n"
        );
        for place in self.places.iter() {
            let url = place.url();
            let lines = match (&place.server, place.name) {
                (Server::Closed(..), _) => format!(
                    "client-id = \"{CLIENT_ID}\"\nclient-secret = \"{CLIENT_SECRET}\"\napproved = true\n\
                     api-base = \"{url}\"\nauth-base = \"{url}\"\ntoken-base = \"{url}\"\n"
                ),
                (_, "youtube") => format!("key = \"{KEY}\"\napi-base = \"{url}\"\nfeed-base = \"{url}\"\n"),
                (_, "bluesky") => format!("api-base = \"{url}\"\n"),
                // Found by their address.
                _ => continue,
            };
            text += &format!("\n[networks.{}]\n{lines}", place.name);
        }
        text
    }

    /// What to do, for whoever reads a terminal.
    pub fn words(&self) -> String {
        let mut text = String::from(
            "\n  Fake networks, all on this machine\n  In the dashboard, under the stage's sources, link what you like:\n",
        );
        for place in self.places.iter() {
            let what = match &place.way {
                Way::SignIn => format!("press “Sign in at {}”, then Allow", place.label),
                Way::Address(address) => format!("paste {address}"),
            };
            text += &format!("  {:<10} {what}\n", place.label);
        }
        text += &format!("  {:<10} make one in the dashboard, and send with the form at {}\n", "Webhook", self.desk);
        text + &format!(
            "  {:<10} posts come, change and go by themselves; at once with the buttons at {}\n",
            "News", self.desk
        )
    }

    /// Lets posts come, change and go; never ends.
    pub async fn live(&self) {
        loop {
            let mut gone = 0;
            for (act, at) in ACTS_SECS.into_iter().enumerate() {
                tokio::time::sleep(Duration::from_secs(at - gone)).await;
                gone = at;
                for place in self.places.iter() {
                    match act {
                        0 => place.publish(now()),
                        1 => place.edit(),
                        _ => place.take_back(),
                    }
                }
            }
            tokio::time::sleep(Duration::from_secs(ROUND_SECS - gone)).await;
        }
    }
}

fn place(name: &'static str, label: &'static str, way: Way, server: Server) -> Place {
    Place { name, label, way, server, first: 0, newest: Mutex::default() }
}

async fn open(kind: Box<dyn crate::networks::Kind>, port: u16, album: &Path) -> FakeNetwork {
    let network = FakeNetwork::at(kind, port).await;
    network.show_photographs(album.to_owned());
    network
}

/// A website with a feed, and the photographs beside it.
async fn website(port: u16, album: &Path) -> FeedServer {
    let feed = FeedServer::at(Format::Atom, port).await;
    feed.call("Beispielhausen aktuell");
    for entry in fs::read_dir(album).expect("the demo's pictures") {
        let path = entry.expect("a picture").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        feed.serve(&format!("/pictures/{name}"), "image/jpeg", fs::read(&path).expect("a picture"));
    }
    feed
}

/// The machine's time, in milliseconds since 1970.
fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
