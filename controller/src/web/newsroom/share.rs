//! Links that hand a page on. Nobody is contacted before one of them is followed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in a query as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One way to hand a page on.
pub(super) struct Share {
    /// Name of its symbol.
    pub(super) icon: &'static str,
    /// What it is called; empty for mail, which each language has a word for.
    pub(super) name: &'static str,
    /// The host it leads to; empty for mail.
    pub(super) host: &'static str,
    /// Where it leads.
    pub(super) address: String,
}

/// Symbol, name, host, and the address in which `{url}`, `{title}` and `{both}` stand for what is handed on.
const WAYS: [(&str, &str, &str, &str); 6] = [
    ("envelope", "", "", "mailto:?subject={title}&body={url}"),
    ("whatsapp", "WhatsApp", "wa.me", "https://wa.me/?text={both}"),
    ("bluesky", "Bluesky", "bsky.app", "https://bsky.app/intent/compose?text={both}"),
    ("facebook", "Facebook", "facebook.com", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("linkedin", "LinkedIn", "linkedin.com", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ("x-twitter", "X", "x.com", "https://x.com/intent/post?text={title}&url={url}"),
];

/// Every way to hand on a page of this title and address.
pub(super) fn ways(title: &str, url: &str) -> Vec<Share> {
    let kept = |text: &str| utf8_percent_encode(text, KEPT).to_string();
    let one = |(icon, name, host, address): (&'static str, &'static str, &'static str, &str)| Share {
        icon,
        name,
        host,
        address: address
            .replace("{both}", &kept(&format!("{title} {url}")))
            .replace("{title}", &kept(title))
            .replace("{url}", &kept(url)),
    };
    WAYS.map(one).into()
}

#[cfg(test)]
mod tests {
    use super::ways;

    #[test]
    fn nothing_that_is_handed_on_leads_elsewhere() {
        let title = "Rat & Tat? 100 % #neu {url} \"Grüße\"\n";

        for way in ways(title, "https://wall.example/@stadt/p/a") {
            let url = url::Url::parse(&way.address).unwrap();
            let fits = url.scheme() == "mailto" || url.host_str().unwrap().trim_start_matches("www.") == way.host;
            assert!(fits && url.fragment().is_none(), "{}", way.address);
            let values: Vec<_> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
            assert!(values.iter().any(|value| value.contains("https://wall.example/@stadt/p/a")), "{}", way.address);
            assert!(values.len() <= 2, "{}", way.address);
        }
    }
}
