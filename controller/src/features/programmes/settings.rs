//! What an owner chooses about a programme.

use serde::{Deserialize, Serialize};
use shared::{forms::Input, slides::Announcement};

/// Kept as JSON; what is missing in an old row has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How many posts are shown, newest first.
    pub posts: i64,
    /// Whether logo and name stand at the top.
    pub header: bool,
    /// Whether the time stands at the top.
    pub clock: bool,
    /// Whether the date stands below the time.
    pub date: bool,
    /// What the owner wants to say besides the posts.
    pub announcement: Option<Announcement>,
}

/// How many posts a programme can show.
pub const POSTS: Input = Input::Number(1, 50);

impl Default for Settings {
    fn default() -> Self {
        Self { posts: 10, header: true, clock: true, date: true, announcement: None }
    }
}

impl Settings {
    /// Reads settings as they are stored; defaults where they make no sense.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// The settings as they are stored.
    pub fn write(&self) -> String {
        // Numbers, switches and texts: nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use shared::slides::Announcement;

    use super::Settings;

    #[test]
    fn settings_are_read_back_and_old_ones_get_defaults() {
        let announcement = Announcement { headline: "Open day".into(), ..Announcement::default() };
        let settings = Settings { posts: 3, announcement: Some(announcement), ..Settings::default() };

        assert_eq!(Settings::read(&settings.write()), settings);
        assert_eq!(Settings::read(r#"{"posts":4,"sparkle":true}"#), Settings { posts: 4, ..Settings::default() });
        assert_eq!(Settings::read(""), Settings::default());
    }
}
