//! Names of domains: which ones a newsroom can have.

use std::net::IpAddr;

use url::{Host, quirks};

use crate::app::Problem;

/// Longest name, so that the one of its proof is no longer than names may be.
pub const LONGEST: usize = 244;
/// Longest part between two dots.
const LONGEST_LABEL: usize = 63;

/// A name that a newsroom can be found under, in ASCII and small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(String);

impl HostName {
    /// Reads what somebody typed. `own` is the name of this instance: neither that nor anything below it can be had.
    pub fn parse(text: &str, own: &str) -> Result<Self, Problem> {
        let refuse = |key| Err(Problem { field: "host", key });
        let text = text.trim();
        if text.is_empty() {
            return refuse("domains.host.missing");
        }
        if text.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return refuse("domains.host.ip");
        }
        if text.contains(['/', '\\', '?', '#', '@']) {
            return refuse("domains.host.path");
        }
        if text.contains(':') {
            return refuse("domains.host.port");
        }
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.contains(['%', '*']) || text.chars().any(char::is_whitespace) {
            return refuse("domains.host.wrong");
        }
        let name = match Host::parse(text) {
            Ok(Host::Domain(name)) => name.to_ascii_lowercase(),
            Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return refuse("domains.host.ip"),
            Err(_) => return refuse("domains.host.wrong"),
        };
        if name.len() > LONGEST || !name.split('.').all(is_label) {
            return refuse("domains.host.wrong");
        }
        if !name.contains('.') {
            return refuse("domains.host.single");
        }
        let below_own = name.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if !own.is_empty() && below_own {
            return refuse("domains.host.own");
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_label(label: &str) -> bool {
    let letters = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    letters && (1..=LONGEST_LABEL).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
}

/// A name as people write it.
pub fn readable(host: &str) -> String {
    let readable = quirks::domain_to_unicode(host);
    if readable.is_empty() { host.to_owned() } else { readable }
}

#[cfg(test)]
mod tests {
    use super::{HostName, readable};

    fn read(text: &str) -> Result<String, &'static str> {
        let name = HostName::parse(text, "wall.example").map_err(|problem| problem.key);
        name.map(|name| name.as_str().to_owned()).map_err(|key| key.trim_start_matches("domains.host."))
    }

    #[test]
    fn a_name_is_kept_in_ascii() {
        for (typed, kept) in [
            ("news.stadt.example", "news.stadt.example"),
            (" News.Stadt.Example. ", "news.stadt.example"),
            ("neues.käse.example", "neues.xn--kse-qla.example"),
            ("NEUES.KÄSE.example", "neues.xn--kse-qla.example"),
            ("neues.xn--kse-qla.example", "neues.xn--kse-qla.example"),
            ("notwall.example", "notwall.example"),
            ("a-b.1.example", "a-b.1.example"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(kept), "{typed}");
        }
        assert_eq!(readable("neues.xn--kse-qla.example"), "neues.käse.example");
        assert_eq!(readable("news.stadt.example"), "news.stadt.example");
    }

    #[test]
    fn what_is_no_name_of_ones_own_is_refused() {
        let long = format!("{}.example", "a".repeat(64));
        let longer = format!("{}example", "abcdefghi.".repeat(24));
        for (typed, key) in [
            ("", "missing"),
            ("  ", "missing"),
            ("192.0.2.7", "ip"),
            ("2001:db8::7", "ip"),
            ("[2001:db8::7]", "ip"),
            ("0x7f.1", "ip"),
            ("https://news.stadt.example", "path"),
            ("news.stadt.example/presse", "path"),
            ("ada@stadt.example", "path"),
            ("news.stadt.example:8443", "port"),
            ("intranet", "single"),
            ("localhost", "single"),
            ("wall.example", "own"),
            ("WALL.example.", "own"),
            ("news.wall.example", "own"),
            ("*.stadt.example", "wrong"),
            ("news stadt.example", "wrong"),
            ("news..example", "wrong"),
            ("-news.example", "wrong"),
            ("_litfass.news.example", "wrong"),
            ("news%2e.example", "wrong"),
            (long.as_str(), "wrong"),
            (longer.as_str(), "wrong"),
        ] {
            assert_eq!(read(typed), Err(key), "{typed}");
        }
    }
}
