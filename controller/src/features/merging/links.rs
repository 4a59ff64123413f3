//! Addresses in posts, made comparable: without what follows visitors about.

use std::collections::BTreeSet;

use url::Url;

/// Parameters that only say where a click came from.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "igshid",
    "igsh",
    "twclid",
    "ttclid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "ref",
    "ref_src",
    "ref_url",
    "source",
    "src",
    "share",
    "si",
    "feature",
    "cmp",
    "cmpid",
    "ocid",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "at_medium",
    "at_campaign",
    "amp",
    "hss_channel",
    "trk",
    "rcm",
    "yclid",
    "_hsenc",
    "_hsmi",
];

/// Where a post lies, and what it links to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// Its own address.
    pub(super) own: Option<String>,
    /// Pages it links to, hashtags and people of its network left out.
    pub(super) out: BTreeSet<String>,
}

impl Links {
    /// Finds the addresses of a post.
    pub(super) fn read(text: &str, html: &str, link: Option<&str>) -> Self {
        let own = link.and_then(canonical);
        let in_html = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let in_html = in_html.map(|link| link.replace("&amp;", "&"));
        let in_text =
            text.split_whitespace().filter(|piece| piece.starts_with("https://") || piece.starts_with("http://"));
        let in_text = in_text.map(|piece| piece.trim_end_matches(['.', ',', ')', '!', '?', ';', '…']).to_owned());
        let host = own.as_deref().and_then(|own| own.split('/').next()).map(str::to_owned);
        let out = in_html.chain(in_text).filter_map(|link| canonical(&link));
        // Links within a network lead to people and hashtags.
        let out = out.filter(|link| Some(link) != own.as_ref() && link.split('/').next() != host.as_deref());
        Self { out: out.filter(|link| !is_shortened(link)).collect(), own }
    }

    /// Every address.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.own.iter().chain(self.out.iter().take(3))
    }

    /// Whether its own address is that of a page about one thing, not of a whole website.
    pub(super) fn is_deep(&self) -> bool {
        let path = self.own.as_deref().and_then(|own| own.split_once('/')).map_or("", |(_, path)| path);
        let last = path.rsplit('/').next().unwrap_or_default();
        last.len() > 12 || last.contains(['-', '_', '=', '?']) || last.chars().any(|c| c.is_ascii_digit())
    }
}

/// An address as it is compared: no scheme, no `www.`, no tracking, no place in the page, no slash at the end; `None` for
/// what is no web page.
pub(super) fn canonical(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let is_tracking = |name: &str| name.starts_with("utm_") || name.starts_with("pk_") || TRACKING.contains(&name);
    let mut kept: Vec<_> = url.query_pairs().filter(|(name, _)| !is_tracking(&name.to_lowercase())).collect();
    kept.sort();
    let query: Vec<_> = kept.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{host}{}{mark}{}", url.path().trim_end_matches('/'), query.join("&")))
}

/// Addresses that say nothing of where they lead.
fn is_shortened(link: &str) -> bool {
    const SHORT: &[&str] =
        &["t.co", "bit.ly", "lnkd.in", "buff.ly", "ow.ly", "tinyurl.com", "linktr.ee", "l.facebook.com"];
    SHORT.contains(&link.split('/').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Links, canonical};

    #[test]
    fn an_address_is_the_same_whatever_follows_the_click() {
        let bare = canonical("https://www.stadt.example/news/brueckenfest").unwrap();
        for link in [
            "http://stadt.example/news/brueckenfest/",
            "https://stadt.example/news/brueckenfest?utm_source=x&utm_medium=social&fbclid=1",
            "https://m.stadt.example/news/brueckenfest#main",
        ] {
            assert_eq!(canonical(link).as_ref(), Some(&bare), "{link}");
        }
        assert_ne!(canonical("https://stadt.example/news?id=1"), canonical("https://stadt.example/news?id=2"));
        assert_eq!(canonical("mailto:a@stadt.example"), None);
    }

    #[test]
    fn links_lead_out_and_a_whole_website_is_no_page() {
        let html = "<a href=\"https://x.example/hashtag/fest\">#fest</a> <a href=\"https://stadt.example/a-b?x=1&amp;utm_id=2\">";
        let links = Links::read("https://stadt.example/a-b?x=1.", html, Some("https://x.example/p/1"));
        assert_eq!(links.out.iter().map(String::as_str).collect::<Vec<_>>(), ["stadt.example/a-b?x=1"]);
        let is_deep = |own: &str| Links { own: canonical(own), ..Links::default() }.is_deep();
        assert!(is_deep("https://stadt.example/news/neue-bruecke") && is_deep("https://stadt.example/p/17"));
        assert!(!is_deep("https://stadt.example/") && !is_deep("https://stadt.example/events"));
    }
}
