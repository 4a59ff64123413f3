//! Names of accounts as people type and paste them: `@name@instance`, addresses of profiles and posts.

use url::Url;

/// An account at a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Handle {
    /// Scheme, host and port of the server, without a slash at the end.
    pub(super) origin: String,
    /// Name at that server.
    pub(super) name: String,
    /// What it was typed as.
    pub(super) shape: Shape,
}

/// What a handle was typed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `@name@instance`: the server of the account may be another one than the name says.
    Name,
    /// An address that only servers of this kind have: `/@name`, `/users/name`.
    Profile,
    /// An address of one word: `/name`.
    Word,
}

impl Handle {
    /// `name@instance`, as servers call it among each other.
    pub(super) fn full_name(&self) -> String {
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        format!("{}@{host}", self.name)
    }
}

/// Reads what somebody typed; `None` when it can be no account.
pub(super) fn parse(typed: &str) -> Option<Handle> {
    let typed = typed.trim();
    let bare = typed.strip_prefix("acct:").unwrap_or(typed);
    let bare = bare.strip_prefix('@').unwrap_or(bare);
    if !bare.contains('/')
        && let Some((name, host)) = bare.split_once('@')
        && is_name(name)
    {
        return Some(Handle { origin: origin(&format!("https://{host}"))?, name: name.to_owned(), shape: Shape::Name });
    }
    let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&with_scheme).ok()?;
    let mut path = url.path_segments()?.filter(|part| !part.is_empty());
    let first = path.next()?;
    let (word, shape) = match first {
        "users" | "web" | "profile" => (path.next()?, Shape::Profile),
        _ if first.starts_with('@') => (first, Shape::Profile),
        _ => (first, Shape::Word),
    };
    let word = word.strip_suffix(".rss").or_else(|| word.strip_suffix(".atom")).unwrap_or(word);
    let Some(name) = word.strip_prefix('@') else {
        let alone = shape == Shape::Profile || path.next().is_none();
        return (alone && is_name(word)).then(|| origin(&with_scheme)).flatten().map(|origin| Handle {
            origin,
            name: word.to_owned(),
            shape,
        });
    };
    // An account of another server, as one's own server shows it.
    if let Some((name, host)) = name.split_once('@') {
        let origin = origin(&format!("https://{host}"))?;
        return is_name(name).then(|| Handle { origin, name: name.to_owned(), shape: Shape::Name });
    }
    Some(Handle { origin: origin(&with_scheme)?, name: name.to_owned(), shape }).filter(|handle| is_name(&handle.name))
}

/// Scheme, host and port of an address.
pub(super) fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    let host = url.host_str().filter(|host| host.contains('.') || host.contains(':') || *host == "localhost")?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    (matches!(url.scheme(), "http" | "https") && plain).then(|| format!("{}://{host}{port}", url.scheme()))
}

fn is_name(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    (1..=64).contains(&name.len()) && name.chars().all(inside) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_in_what_people_paste() {
        let table = [
            ("@stadt@social.example", "https://social.example", "stadt", Shape::Name),
            ("stadt@social.example", "https://social.example", "stadt", Shape::Name),
            ("acct:stadt@social.example", "https://social.example", "stadt", Shape::Name),
            (" https://social.example/@stadt ", "https://social.example", "stadt", Shape::Profile),
            ("social.example/@stadt", "https://social.example", "stadt", Shape::Profile),
            ("https://social.example/@stadt/115580000000000001", "https://social.example", "stadt", Shape::Profile),
            ("https://social.example/@stadt.rss", "https://social.example", "stadt", Shape::Profile),
            ("https://social.example/web/@stadt", "https://social.example", "stadt", Shape::Profile),
            ("https://social.example/users/stadt", "https://social.example", "stadt", Shape::Profile),
            ("https://my.example/@stadt@social.example", "https://social.example", "stadt", Shape::Name),
            ("https://pix.example/users/museum.atom", "https://pix.example", "museum", Shape::Profile),
            ("https://pix.example/museum", "https://pix.example", "museum", Shape::Word),
            ("http://127.0.0.1:4000/@a", "http://127.0.0.1:4000", "a", Shape::Profile),
        ];
        for (typed, origin, name, shape) in table {
            let expected = Handle { origin: origin.to_owned(), name: name.to_owned(), shape };
            assert_eq!(parse(typed), Some(expected), "{typed}");
        }
    }

    #[test]
    fn other_things_are_no_accounts() {
        for typed in [
            "",
            "museum.example",
            "https://museum.example/",
            "https://museum.example/blog/feed",
            "https://ada:secret@museum.example/@x",
            "@stadt",
            "two words@x.example",
            "ftp://social.example/@stadt",
            "https://social.example/@",
            "mailto:ada@museum.example",
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
