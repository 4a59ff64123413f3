//! What changed, told to whoever listens within the process.

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

/// The place where changes are told.
#[derive(Clone, Debug)]
pub struct News(broadcast::Sender<Change>);

impl Default for News {
    fn default() -> Self {
        // Whoever lags further behind than this looks at the database again.
        Self(broadcast::Sender::new(1_024))
    }
}

impl News {
    /// Tells a change; nobody need be listening.
    pub fn tell(&self, change: Change) {
        // No listener is no error.
        let _ = self.0.send(change);
    }

    /// Hears every change from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
