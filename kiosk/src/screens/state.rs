//! Which state the display is in: what it has been told, and what follows from that.

use std::sync::Arc;

use shared::{
    programme::Programme,
    protocol::{Fault, Screen, State},
};

use crate::{link::News, player::Player};

/// A code to be typed in the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// The code.
    pub code: String,
    /// What the QR code carries.
    pub address: String,
    /// When the code ends, in milliseconds since 1970.
    pub expires_at: i64,
}

/// Everything the display has been told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// The code, while it belongs to nobody.
    pub pairing: Option<Pairing>,
    /// What it plays.
    pub player: Option<Player>,
    /// What it plays from an instant on.
    pub coming: Option<(Player, i64)>,
    /// Its own document, once it belongs to somebody.
    pub screen: Option<Screen>,
    /// What is wrong, newest last.
    pub faults: Vec<Fault>,
}

/// What a piece of news asks for beyond a new picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Nothing more.
    Nothing,
    /// Broken pictures are worth another try.
    TryPicturesAgain,
    /// A picture of what is on.
    Picture,
    /// The end.
    Stop(u8),
}

impl Told {
    /// What is known before any news.
    pub fn from_cache(last: Option<(Arc<Programme>, Screen)>) -> Self {
        let (player, screen) = last.map(|(programme, screen)| (Player::new(programme), screen)).unzip();
        Self { player, screen, ..Self::default() }
    }

    /// Takes in a piece of news.
    pub fn hear(&mut self, news: News) -> Wish {
        match news {
            News::Pairing { code, address, expires_at } => {
                *self = Self { pairing: Some(Pairing { code, address, expires_at }), ..self.without_owner() };
            }
            News::Paired(screen) => *self = Self { screen: Some(screen), ..self.without_owner() },
            News::Loading => {}
            News::Programme(programme) => {
                self.pairing = None;
                let version = programme.version;
                let told = self.coming.as_ref().filter(|(player, _)| player.programme().version == version);
                let at = told.map_or(programme.active_at, |(_, at)| programme.active_at.min(*at));
                let same = self.version() == version;
                if self.player.is_none() || same {
                    self.player = Some(Player::new(programme));
                } else {
                    self.coming = Some((Player::new(programme), at));
                }
                return Wish::TryPicturesAgain;
            }
            News::Activate { version, at } => {
                let coming = self.coming.as_mut().filter(|(player, _)| player.programme().version == version);
                if let Some((_, active_at)) = coming {
                    *active_at = at.min(*active_at);
                }
            }
            News::Screen(screen) => self.screen = Some(screen),
            News::PictureWanted => return Wish::Picture,
            News::Unpaired => *self = self.without_owner(),
            News::Fault(fault) => {
                self.faults.retain(|known| known.name != fault.name);
                self.faults.push(fault);
            }
            News::Cleared(name) => self.faults.retain(|fault| fault.name != name),
            News::Stop(code) => return Wish::Stop(code),
        }
        Wish::Nothing
    }

    /// Lets what is to come wait no longer than until an instant, whatever it says: a clock may be wrong.
    pub fn wait_until(&mut self, at: i64) {
        if let Some((_, active_at)) = &mut self.coming {
            *active_at = at.min(*active_at);
        }
    }

    /// Lets what was to come take over when its time has come; says whether it did.
    pub fn take_over(&mut self, at: i64) -> bool {
        let due = self.coming.take_if(|(_, active_at)| *active_at <= at);
        due.map(|(player, _)| self.player = Some(player)).is_some()
    }

    /// What the display shows at an instant.
    pub fn state(&self, at: i64) -> State {
        match (&self.player, &self.pairing) {
            (Some(player), _) if player.on(at, self.tags()).is_empty() => State::Waiting,
            (Some(_), _) => State::Playing,
            (None, Some(_)) => State::Pairing,
            (None, None) if !self.faults.is_empty() => State::Fault,
            (None, None) => State::Loading,
        }
    }

    /// What the owner calls this screen besides its name.
    pub fn tags(&self) -> &[String] {
        self.screen.as_ref().map_or(&[], |screen| &screen.tags)
    }

    /// Version of the programme; 0 for none.
    pub fn version(&self) -> u64 {
        self.player.as_ref().map_or(0, |player| player.programme().version)
    }

    /// The next instant after `at` at which something else is to be shown.
    pub fn next_change(&self, at: i64) -> Option<i64> {
        let change = self.player.as_ref().and_then(|player| player.next_change(at, self.tags()));
        change.into_iter().chain(self.coming.as_ref().map(|(_, active_at)| *active_at)).min()
    }

    /// The same, as it will be from an instant on.
    pub fn ahead(&self, at: i64) -> Self {
        let mut ahead = self.clone();
        ahead.take_over(at);
        ahead
    }

    fn without_owner(&self) -> Self {
        Self { faults: self.faults.clone(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, Zone},
        protocol::{Fault, Screen, State},
        slides::{Clock, Slide},
    };

    use super::{News, Told, Wish};

    fn programme(slides: usize) -> std::sync::Arc<Programme> {
        let entry = |n| Entry {
            id: format!("e{n}"),
            millis: 9_000,
            when: Schedule::default(),
            slide: Slide::Clock(Clock::default()),
        };
        let area = Area { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        let playlist = Playlist { entries: (0..slides).map(entry).collect(), ..Playlist::default() };
        Programme {
            account: "a".into(),
            id: "p".into(),
            version: 7,
            issued_at: 0,
            active_at: 0,
            zone: Zone::default(),
            language: "en".into(),
            look: Look {
                name: "x".into(),
                handle: "x".into(),
                address: String::new(),
                accent: "#f00".into(),
                background: "#000".into(),
                logo: None,
            },
            plans: vec![Plan { regions: vec![Region { name: "main".into(), area, playlist }], ..Plan::default() }],
            alerts: Vec::new(),
            media: Vec::new(),
        }
        .into()
    }

    fn screen() -> Screen {
        Screen {
            id: "s".into(),
            name: "Foyer".into(),
            rotation: 90,
            language: "de".into(),
            tags: Vec::new(),
            programme: String::new(),
        }
    }

    fn code() -> News {
        News::Pairing { code: "ABCD-2345".into(), address: "https://x.example".into(), expires_at: 5 }
    }

    #[test]
    fn a_display_goes_from_the_code_to_the_programme_and_back() {
        let mut told = Told::default();
        assert_eq!(told.state(0), State::Loading);
        told.hear(code());
        assert_eq!(told.state(0), State::Pairing);
        told.hear(News::Paired(screen()));
        assert_eq!(told.state(0), State::Loading);
        assert_eq!(told.hear(News::Programme(programme(1))), Wish::TryPicturesAgain);
        assert_eq!((told.state(0), told.version()), (State::Playing, 7));
        told.hear(News::Programme(programme(0)));
        assert_eq!(told.state(0), State::Waiting);
        told.hear(News::Unpaired);
        assert_eq!((told.state(0), told.version(), &told.screen), (State::Loading, 0, &None));
    }

    #[test]
    fn a_new_version_takes_over_when_it_is_to() {
        let version = |version, active_at| {
            let mut programme = (*programme(1)).clone();
            (programme.version, programme.active_at) = (version, active_at);
            News::Programme(programme.into())
        };
        let mut told = Told::default();
        told.hear(version(7, 900));
        assert_eq!(told.version(), 7, "the first one has nothing to wait for");

        told.hear(version(8, 5_000));
        assert!(!told.take_over(4_999));
        assert_eq!((told.version(), told.next_change(100), told.ahead(5_000).version()), (7, Some(5_000), 8));
        told.hear(News::Activate { version: 7, at: 1 });
        told.hear(News::Activate { version: 8, at: 3_000 });
        told.hear(version(8, 5_000));
        assert!(!told.take_over(2_999) && told.take_over(3_000) && !told.take_over(9_000));
        assert_eq!(told.version(), 8);

        told.hear(version(9, i64::MAX));
        told.wait_until(12_000);
        assert!(!told.take_over(11_999) && told.take_over(12_000), "also when the clock is far behind");
    }

    #[test]
    fn a_fault_shows_only_when_nothing_good_does() {
        let mut told = Told::default();
        let fault = |at| News::Fault(Fault { name: "unreachable".into(), detail: String::new(), at });

        told.hear(fault(1));
        told.hear(fault(2));
        assert_eq!((told.state(0), told.faults.len()), (State::Fault, 1));
        told.hear(News::Programme(programme(1)));
        assert_eq!(told.state(0), State::Playing);
        told.hear(News::Cleared("unreachable".into()));
        assert!(told.faults.is_empty());
    }

    #[test]
    fn a_kiosk_starts_with_what_it_last_played() {
        let told = Told::from_cache(Some((programme(2), screen())));

        assert_eq!((told.state(0), told.screen), (State::Playing, Some(screen())));
    }
}
