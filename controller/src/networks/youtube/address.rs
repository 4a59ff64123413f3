//! Addresses of channels and playlists as people paste them.

use url::Url;

/// What an address stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A channel by its id, `UC…`.
    Channel(String),
    /// A playlist by its id.
    Playlist(String),
    /// The page of a channel, whose id has to be found out: `@name`, `c/name`, `user/name`.
    Page(String),
}

/// Length of a channel's id.
const ID: usize = 24;

impl Place {
    /// The address that is stored, and that works in a browser.
    pub(super) fn address(&self) -> String {
        match self {
            Self::Channel(id) => format!("https://www.youtube.com/channel/{id}"),
            Self::Playlist(id) => format!("https://www.youtube.com/playlist?list={id}"),
            Self::Page(page) => format!("https://www.youtube.com/{page}"),
        }
    }

    /// The query of its feed.
    pub(super) fn feed_query(&self) -> Option<String> {
        match self {
            Self::Channel(id) => Some(format!("channel_id={id}")),
            Self::Playlist(id) => Some(format!("playlist_id={id}")),
            Self::Page(_) => None,
        }
    }
}

/// Reads what somebody typed; `None` when it is not YouTube's.
pub(super) fn parse(typed: &str) -> Option<Place> {
    let typed = typed.trim();
    if is_channel(typed) {
        return Some(Place::Channel(typed.to_owned()));
    }
    let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&with_scheme).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    if !matches!(host.as_str(), "youtube.com" | "www.youtube.com" | "m.youtube.com") {
        return None;
    }
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let mut path = url.path_segments()?.filter(|part| !part.is_empty());
    match (path.next()?, path.next()) {
        ("channel", Some(id)) => is_channel(id).then(|| Place::Channel(id.to_owned())),
        ("feeds", Some("videos.xml")) => {
            let channel = value("channel_id").filter(|id| is_channel(id)).map(Place::Channel);
            channel.or_else(|| value("playlist_id").filter(|id| is_id(id)).map(Place::Playlist))
        }
        ("xml", Some("feeds")) => value("channel_id").filter(|id| is_channel(id)).map(Place::Channel),
        ("playlist", _) => value("list").filter(|id| is_id(id)).map(Place::Playlist),
        (kind @ ("c" | "user"), Some(name)) => Some(Place::Page(format!("{kind}/{name}"))),
        (name, _) if name.starts_with('@') && name.len() > 1 => Some(Place::Page(name.to_owned())),
        _ => None,
    }
}

/// Finds the id of a channel in its page.
pub(super) fn find_channel(page: &str) -> Option<String> {
    // First what the page says of itself; other channels may be named below.
    let marks = ["rel=\"canonical\" href=\"https://www.youtube.com/channel/", "\"externalId\":\"", "?channel_id="];
    marks.iter().find_map(|mark| {
        let rest = page.split_once(mark)?.1;
        rest.get(..ID).filter(|id| is_channel(id)).map(str::to_owned)
    })
}

/// Whether this is the id of a channel.
pub(super) fn is_channel(text: &str) -> bool {
    text.len() == ID && text.starts_with("UC") && is_id(text)
}

/// Whether this can be the id of a playlist or a film.
pub(super) fn is_id(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "UCbeispiel00000000000000";

    #[test]
    fn channels_are_found_in_what_people_paste() {
        let channel = || Some(Place::Channel(ID.to_owned()));
        let page = |page: &str| Some(Place::Page(page.to_owned()));
        let table = [
            (format!("https://www.youtube.com/channel/{ID}"), channel()),
            (format!("youtube.com/channel/{ID}/videos"), channel()),
            (format!("https://www.youtube.com/feeds/videos.xml?channel_id={ID}"), channel()),
            (format!("https://www.youtube.com/xml/feeds/videos.xml?channel_id={ID}"), channel()),
            (format!(" {ID} "), channel()),
            ("https://www.youtube.com/@stadt".to_owned(), page("@stadt")),
            ("https://m.youtube.com/@stadt/featured?x=1".to_owned(), page("@stadt")),
            ("https://www.youtube.com/c/stadt".to_owned(), page("c/stadt")),
            ("https://www.youtube.com/user/stadt".to_owned(), page("user/stadt")),
            ("https://www.youtube.com/playlist?list=PLabc_-1".to_owned(), Some(Place::Playlist("PLabc_-1".to_owned()))),
            ("https://www.youtube.com/".to_owned(), None),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ".to_owned(), None),
            ("https://www.youtube.com/channel/none".to_owned(), None),
            ("https://youtube.com.evil.example/@stadt".to_owned(), None),
            ("@stadt".to_owned(), None),
        ];
        for (typed, expected) in table {
            assert_eq!(parse(&typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_page_says_which_channel_it_is() {
        let other = ID.replace('0', "9");
        let page = format!(
            "<a href=\"/feeds?channel_id={other}\"><link rel=\"canonical\" href=\"https://www.youtube.com/channel/{ID}\">"
        );
        assert_eq!(find_channel(&page).as_deref(), Some(ID));
        assert_eq!(find_channel(&format!("{{\"externalId\":\"{ID}\"}}")).as_deref(), Some(ID));
        assert_eq!(find_channel("<p>Before you continue</p> channel_id=UC"), None);
    }
}
