//! What changed, told to whoever listens within the process.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::broadcast;

/// A change that pages, jobs or screens care about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Posts of a stage came, changed, were hidden or shown.
    Posts {
        /// Which stage.
        stage_id: String,
    },
    /// Topics of a stage came, went or changed; posts are perhaps to be sorted anew.
    Topics {
        /// Which stage.
        stage_id: String,
    },
    /// Rules of moderation of a stage are to be applied to posts that are shown.
    Rules {
        /// Which stage.
        stage_id: String,
    },
    /// A stage's name or look changed.
    Stage {
        /// Which stage.
        stage_id: String,
    },
    /// A source's state changed.
    Source {
        /// Of which stage.
        stage_id: String,
    },
    /// The owner changed what a programme is made of.
    Settings {
        /// Which programme.
        programme_id: String,
    },
    /// The owner edited a programme; screens need not show it.
    Draft {
        /// Which programme.
        programme_id: String,
    },
    /// What slides of a stage wanted to know was found out, or is known to be something else.
    Answers {
        /// Which stage.
        stage_id: String,
    },
    /// An alert of a stage began, or was ended.
    Alerts {
        /// Which stage.
        stage_id: String,
    },
    /// A programme was signed anew.
    Programme {
        /// Which programme.
        programme_id: String,
        /// Its new version.
        version: u64,
    },
    /// An address at which browsers show what screens do was made, renewed or taken away.
    Infoscreen {
        /// Of which stage.
        stage_id: String,
    },
    /// Something is to be sent to webhooks.
    Webhooks,
    /// A film is to be prepared.
    Film,
    /// A screen was paired, renamed, turned, seen, or sent a picture.
    Screen {
        /// Of which account.
        account_id: String,
        /// Which screen.
        screen_id: String,
    },
    /// A picture of what is on is wanted from a screen.
    PictureWanted {
        /// Which screen.
        screen_id: String,
    },
    /// A screen no longer belongs to its account.
    Revoked {
        /// Which screen.
        screen_id: String,
    },
}

impl Change {
    /// The stage whose public face may be another one from now on.
    fn face(&self) -> Option<&str> {
        match self {
            Self::Posts { stage_id } | Self::Topics { stage_id } | Self::Stage { stage_id } => Some(stage_id),
            _ => None,
        }
    }

    /// Whether something that everybody may see may be another one from now on, or may not be seen any more.
    fn is_public(&self) -> bool {
        !matches!(
            self,
            Self::Source { .. }
                | Self::Draft { .. }
                | Self::Film
                | Self::Screen { .. }
                | Self::PictureWanted { .. }
                | Self::Revoked { .. }
        )
    }
}

/// The place where changes are told.
#[derive(Clone, Debug)]
pub struct News {
    sender: broadcast::Sender<Change>,
    /// Visits to sources end all the time, nearly all of them with nothing new: whoever does not mind them is not woken.
    visits: broadcast::Sender<Change>,
    /// How often the public face of a stage has changed.
    faces: Arc<RwLock<HashMap<String, u64>>>,
    /// How often anything has changed that everybody may see.
    number: Arc<AtomicU64>,
}

impl Default for News {
    fn default() -> Self {
        // Whoever lags further behind than this looks at the database again.
        let sender = || broadcast::Sender::new(1_024);
        Self { sender: sender(), visits: sender(), faces: Arc::default(), number: Arc::default() }
    }
}

impl News {
    /// Tells a change; nobody need be listening.
    pub fn tell(&self, change: Change) {
        if let Some(stage_id) = change.face() {
            let mut faces = self.faces.write().unwrap_or_else(PoisonError::into_inner);
            *faces.entry(stage_id.to_owned()).or_default() += 1;
        }
        if change.is_public() {
            self.number.fetch_add(1, Ordering::SeqCst);
        }
        let sender = if matches!(change, Change::Source { .. }) { &self.visits } else { &self.sender };
        // No listener is no error.
        let _ = sender.send(change);
    }

    /// Hears every change from now on, but for those of sources.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }

    /// Hears every change of sources from now on.
    pub fn listen_to_sources(&self) -> broadcast::Receiver<Change> {
        self.visits.subscribe()
    }

    /// A number that is another one as soon as a change of what the public sees of a stage was told: what was read before
    /// is good for as long as the number stays.
    pub fn face_number(&self, stage_id: &str) -> u64 {
        self.faces.read().unwrap_or_else(PoisonError::into_inner).get(stage_id).copied().unwrap_or(0)
    }

    /// The same of everything that everybody may see, whosever it is.
    pub fn number(&self) -> u64 {
        self.number.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, News};

    #[test]
    fn a_face_has_another_number_once_it_has_changed() {
        let news = News::default();
        let before = news.face_number("a");
        news.tell(Change::Source { stage_id: "a".to_owned() });
        news.tell(Change::Posts { stage_id: "b".to_owned() });
        assert_eq!(news.face_number("a"), before);
        news.tell(Change::Posts { stage_id: "a".to_owned() });
        assert_ne!(news.face_number("a"), before);
    }
}
