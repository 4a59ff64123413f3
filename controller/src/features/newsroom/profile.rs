//! The institution elsewhere: an address, and what its link says before anybody follows it.

use url::Url;

use crate::networks::{self, Likeness, Settings};

/// Longest address, in bytes.
const LONGEST: usize = 500;

/// A profile of the institution at a network, or another page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Where it leads.
    pub address: String,
    /// The host it leads to, without `www.`.
    pub host: String,
    /// Key of the network's name; `None` for any other page.
    pub label: Option<&'static str>,
    /// Name of its symbol.
    pub icon: &'static str,
}

impl Profile {
    /// Reads what was typed: an address on the web, with or without `https://`; `None` for anything else.
    pub fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let address = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        if address.len() > LONGEST || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let url = Url::parse(&address).ok()?;
        let host = url.host_str()?;
        // A host without a dot is a word that somebody typed.
        let fits = matches!(url.scheme(), "http" | "https") && host.contains('.');
        if !fits || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let (label, icon) = symbol(&url);
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        Some(Self { host, label, icon, address: url.into() })
    }
}

/// Name and symbol of the network that an address belongs to by its looks. No server is asked.
fn symbol(url: &Url) -> (Option<&'static str>, &'static str) {
    let settings = Settings::default();
    let like = |wanted: Likeness| {
        let mut alike = networks::LIST.iter().filter(|network| network.recognise(&settings, url.as_str()) == wanted);
        alike.find_map(|network| Some((network.facts().label, network.facts().icon.strip_prefix("brands:")?)))
    };
    // Addresses of people look the same on all servers that speak to each other.
    let shared = || url.path().starts_with("/@").then(|| like(Likeness::Perhaps)).flatten();
    like(Likeness::Surely).or_else(shared).map_or((None, "globe"), |(label, icon)| (Some(label), icon))
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_link_says_where_it_leads() {
        for (typed, host, icon) in [
            ("https://social.example/@stadt", "social.example", "mastodon"),
            ("https://bsky.app/profile/stadt.example", "bsky.app", "bluesky"),
            ("www.youtube.com/@stadt", "youtube.com", "youtube"),
            ("https://www.instagram.com/stadt/", "instagram.com", "instagram"),
            ("https://www.stadt.example/", "stadt.example", "globe"),
            (" stadt.example ", "stadt.example", "globe"),
        ] {
            let profile = Profile::of(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!((profile.host.as_str(), profile.icon), (host, icon), "{typed}");
            assert_eq!(profile.label.is_some(), icon != "globe", "{typed}");
        }
    }

    #[test]
    fn only_addresses_on_the_web_are_taken() {
        let long = format!("https://a.example/{}", "x".repeat(500));
        for wrong in [
            "",
            "stadt",
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "mailto:a@b.example",
            "https://name:word@a.example/",
            "https://a.example/a b",
            "data:text/html,x",
            &long,
        ] {
            assert_eq!(Profile::of(wrong), None, "{wrong}");
        }
    }
}
