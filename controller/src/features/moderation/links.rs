//! Where a post leads, and who wrote it: hosts of its links, names of its account.

use std::collections::BTreeSet;

use url::Url;

use super::letters::{clear, folded};

/// A domain as it is compared, of a line that was typed: a name, or an address with it; `None` for what is neither.
pub(super) fn domain(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_start_matches("*.").trim_start_matches('.');
    let address = if typed.contains("://") { typed.to_owned() } else { format!("http://{typed}") };
    if typed.contains(char::is_whitespace) {
        return None;
    }
    let host = host(&address)?;
    let is_name = host.contains('.') && host.rsplit('.').next().is_some_and(|end| end.chars().any(char::is_alphabetic));
    is_name.then_some(host)
}

fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
    matches!(url.scheme(), "http" | "https").then_some(host)
}

/// Whether a host is a domain or stands below it.
pub(super) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Hosts that a post leads to: of links in its HTML, and of addresses in its words, also without `https://`.
pub(super) fn hosts(html: &str, texts: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in html.split("href=\"").skip(1) {
        let address = rest.split('"').next().unwrap_or_default().replace("&amp;", "&");
        found.extend(host(&address));
    }
    for text in texts {
        for piece in clear(text).split_whitespace() {
            let piece = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
            // A mail address leads nowhere.
            if piece.contains('@') || !piece.contains('.') {
                continue;
            }
            found.extend(domain(piece));
            found.extend(host(piece));
        }
    }
    found
}

/// What an account may be called: how its author is named, and, of a permalink, the name in the address and the host.
pub(super) struct Account {
    names: Vec<String>,
    host: String,
}

impl Account {
    /// The account of a post.
    pub(super) fn of(author: Option<&str>, link: Option<&str>) -> Self {
        let mut names: Vec<_> = author.map(name).into_iter().collect();
        let url = link.and_then(|link| Url::parse(link).ok());
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        let parts: Vec<_> = url.as_ref().and_then(Url::path_segments).into_iter().flatten().collect();
        match parts[..] {
            ["profile" | "users" | "in" | "company", who, ..] => names.push(name(who)),
            // `/@stadt/1`, `/stadt/status/1`, `/stadt/posts/1`
            [who, "status" | "posts" | "statuses" | "video" | "videos", ..] => names.push(name(who)),
            [who, ..] if who.starts_with('@') => names.push(name(who)),
            _ => {}
        }
        names.retain(|name| !name.is_empty());
        Self { names, host }
    }

    /// Whether a line of a list means this account: `Anna Ärger`, `@anna`, `@anna@social.example`.
    pub(super) fn is(&self, line: &str) -> bool {
        let typed = name(line);
        match typed.split_once('@') {
            Some((who, host)) => self.names.iter().any(|held| held == who) && self.host == host,
            None => self.names.contains(&typed),
        }
    }
}

/// A name as it is compared.
fn name(typed: &str) -> String {
    let plain = folded(&clear(typed)).to_lowercase();
    plain.trim().trim_start_matches('@').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Account, domain, hosts, is_within};

    #[test]
    fn hosts_are_found_in_links_and_words() {
        let html = "<p><a href=\"https://shop.casino.example/a?b&amp;c\">hier</a></p>";
        let found = hosts(html, &["mehr auf Spam.example/jetzt, oder z.B. bei anna@mail.example. www.ｗeit.example"]);

        for host in ["shop.casino.example", "spam.example", "weit.example"] {
            assert!(found.contains(host), "{host}: {found:?}");
        }
        assert!(!found.contains("mail.example"));
        assert!(is_within("shop.casino.example", "casino.example") && is_within("casino.example", "casino.example"));
        assert!(
            !is_within("notcasino.example", "casino.example") && !is_within("casino.example.org", "casino.example")
        );
        assert_eq!(domain("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!((domain("127.0.0.1"), domain("ftp://a.example"), domain("wort")), (None, None, None));
    }

    #[test]
    fn an_account_is_known_by_its_name_or_its_handle() {
        let post = Account::of(Some("Anna Ärger"), Some("https://social.example/@anna/123"));
        for line in ["anna ärger", "@anna", "ANNA", "@anna@social.example"] {
            assert!(post.is(line), "{line}");
        }
        for line in ["@anna@other.example", "annabell", "ärger", "@social.example"] {
            assert!(!post.is(line), "{line}");
        }
        assert!(Account::of(None, Some("https://x.com/stadt/status/1")).is("@stadt"));
        assert!(Account::of(None, Some("https://bsky.app/profile/stadt.example/post/1")).is("@stadt.example"));
        assert!(!Account::of(None, None).is("stadt"));
    }
}
