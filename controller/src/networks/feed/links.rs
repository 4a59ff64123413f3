//! `Link` headers (RFC 8288): where a feed says in its answer which hub tells of its news, and what it calls itself.

use reqwest::header::{HeaderMap, LINK};
use url::Url;

use crate::{networks::SourceFacts, tools::html};

/// Most hubs that are remembered.
const MOST_HUBS: usize = 5;

/// Takes hubs and the feed's own address from the headers; where they say it, that counts more than the document.
pub(super) fn read(headers: &HeaderMap, address: &Url, facts: &mut SourceFacts) {
    let mut hubs = Vec::new();
    let mut own = None;
    for value in headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()) {
        for (target, rels) in links(value) {
            let Some(target) = html::web_url(target, Some(address), &["http", "https"]) else { continue };
            let is = |wanted: &str| rels.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(wanted));
            if is("hub") && hubs.len() < MOST_HUBS {
                hubs.push(target);
            } else if is("self") {
                own = own.or(Some(target));
            }
        }
    }
    if !hubs.is_empty() {
        facts.hubs = hubs;
    }
    facts.self_url = own.or(facts.self_url.take());
}

/// Targets and relations of one header. Commas and semicolons may stand in both.
fn links(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split('<').skip(1).filter_map(|link| {
        let (target, parameters) = link.split_once('>')?;
        let rel = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("rel").then(|| value.trim_matches([' ', '"', ',', '\t']))
        })?;
        Some((target.trim(), rel))
    })
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue, LINK};

    use super::{SourceFacts, read};

    fn found(headers: &[&'static str]) -> (Vec<String>, Option<String>) {
        let mut all = HeaderMap::new();
        for header in headers {
            all.append(LINK, HeaderValue::from_static(header));
        }
        let hubs = vec!["https://in.document/".to_owned()];
        let mut facts = SourceFacts { hubs, self_url: Some("https://own.document/".into()), ..SourceFacts::default() };
        read(&all, &"https://a.example/blog/".parse().unwrap(), &mut facts);
        (facts.hubs, facts.self_url)
    }

    #[test]
    fn headers_count_more_than_the_document() {
        let both = (vec!["https://hub.example/?a=1,2;3".to_owned()], Some("https://a.example/feed".to_owned()));
        assert_eq!(found(&["<https://hub.example/?a=1,2;3>; rel=\"hub\", </feed>; rel=self"]), both);
        assert_eq!(
            found(&["</feed>; title=x; REL=\"alternate self\"", "<https://hub.example/?a=1,2;3>;rel=hub"]),
            both
        );
        let document = (vec!["https://in.document/".to_owned()], Some("https://own.document/".to_owned()));
        assert_eq!(found(&["<https://x.example/>; rel=next", "nonsense", "<javascript:x>; rel=hub"]), document);
        assert_eq!(found(&[]), document);
    }
}
