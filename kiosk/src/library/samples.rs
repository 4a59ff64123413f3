//! An owner and what it signs, for tests.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use shared::{
    envelope::{Envelope, PROGRAMME, signed_bytes},
    hex,
    programme::{Area, Entry, Look, Medium, Plan, Playlist, Programme, Region, Schedule, Zone},
    protocol::{Paired, Screen},
    slides::{Focus, Picture, Post, Slide},
};

/// An account that signs programmes.
pub(crate) struct Owner {
    /// Its key.
    pub(crate) key: SigningKey,
    /// Its id.
    pub(crate) account: String,
}

impl Owner {
    /// The owner all tests begin with.
    pub(crate) fn new() -> Self {
        Self { key: SigningKey::from_bytes(&[7; 32]), account: "museum".to_owned() }
    }

    /// A screen of this owner.
    pub(crate) fn pairing(&self) -> Paired {
        Paired {
            account: self.account.clone(),
            account_key: hex::encode(self.key.verifying_key().as_bytes()),
            programme: "main".to_owned(),
            screen: Screen {
                id: "s1".to_owned(),
                name: "Foyer".to_owned(),
                rotation: 0,
                language: "de".to_owned(),
                tags: Vec::new(),
                programme: String::new(),
            },
        }
    }

    /// A programme with one post per file.
    pub(crate) fn programme(&self, version: u64, files: &[&[u8]]) -> Programme {
        let entries = files.iter().enumerate().map(|(n, bytes)| entry(&format!("post-{n}"), picture(bytes))).collect();
        let area = Area { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        let region = Region { name: "main".to_owned(), area, playlist: Playlist { entries, ..Playlist::default() } };
        Programme {
            account: self.account.clone(),
            id: "main".to_owned(),
            version,
            issued_at: 1_700_000_000_000,
            active_at: 0,
            zone: Zone { name: "Europe/Berlin".to_owned(), offsets: Vec::new() },
            language: "de".to_owned(),
            look: Look {
                name: "Museum".to_owned(),
                handle: "museum".to_owned(),
                address: "https://wall.example/@museum".to_owned(),
                accent: "#336699".to_owned(),
                background: "#000000".to_owned(),
                logo: None,
            },
            plans: vec![Plan { id: "default".to_owned(), regions: vec![region], ..Plan::default() }],
            alerts: Vec::new(),
            media: files.iter().map(|bytes| medium(bytes)).collect(),
        }
    }

    /// A programme, signed.
    pub(crate) fn envelope(&self, programme: &Programme) -> String {
        self.sign(serde_json::to_string(programme).unwrap())
    }

    /// Any document, signed.
    pub(crate) fn sign(&self, document: String) -> String {
        let signature = self.key.sign(&signed_bytes(PROGRAMME, &document));
        let key = hex::encode(self.key.verifying_key().as_bytes());
        serde_json::to_string(&Envelope { document, key, signature: hex::encode(&signature.to_bytes()) }).unwrap()
    }
}

/// The line of a file in a programme.
pub(crate) fn medium(bytes: &[u8]) -> Medium {
    Medium { sha256: hex::encode(&Sha256::digest(bytes)), length: bytes.len() as u64 }
}

fn picture(bytes: &[u8]) -> Picture {
    let medium = medium(bytes);
    Picture {
        sha256: medium.sha256,
        length: medium.length,
        width: 4,
        height: 3,
        alt: String::new(),
        focus: Focus::default(),
    }
}

fn entry(id: &str, picture: Picture) -> Entry {
    let post = Post {
        id: id.to_owned(),
        author: "Museum".to_owned(),
        network: "feed".to_owned(),
        published_at: 0,
        title: None,
        text: "Hello".to_owned(),
        pictures: vec![picture],
        permalink: "https://wall.example/@museum/p/x".to_owned(),
        until: None,
    };
    Entry { id: id.to_owned(), millis: 8_000, when: Schedule::default(), slide: Slide::Post(post) }
}
