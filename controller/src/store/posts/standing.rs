//! Why a post is shown or not.

/// Who decided whether a post is shown. `shown` of a post says what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nobody: it is shown because its source may publish at once, or was written here.
    #[default]
    Open,
    /// It waits for somebody to show it; its reasons say why.
    Waiting,
    /// A rule hid it; its reasons say which.
    Ruled,
    /// Somebody hid it.
    Hidden,
    /// Somebody showed it: no rule takes it down any more.
    Published,
}

impl Standing {
    const ALL: [Self; 5] = [Self::Open, Self::Waiting, Self::Ruled, Self::Hidden, Self::Published];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Waiting => "waiting",
            Self::Ruled => "ruled",
            Self::Hidden => "hidden",
            Self::Published => "published",
        }
    }

    /// Whether a person decided it: what comes by itself changes nothing about it.
    pub fn is_by_hand(self) -> bool {
        matches!(self, Self::Hidden | Self::Published)
    }
}

impl TryFrom<String> for Standing {
    type Error = String;

    fn try_from(stored: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|one| one.name() == stored).ok_or(stored)
    }
}

/// What the emergency stop of a stage did to a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stopped {
    /// Nothing.
    #[default]
    No,
    /// It was shown, and was taken down: it comes back when the stop is released.
    Taken,
    /// It came, or was edited at its source, meanwhile: it waits for that alone.
    Came,
}

impl Stopped {
    const ALL: [Self; 3] = [Self::No, Self::Taken, Self::Came];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Taken => "taken",
            Self::Came => "came",
        }
    }
}

impl TryFrom<String> for Stopped {
    type Error = String;

    fn try_from(stored: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|one| one.name() == stored).ok_or(stored)
    }
}
