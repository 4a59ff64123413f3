//! Names of accounts as people type and paste them: handles, addresses of profiles, DIDs.

use crate::networks::Likeness;

/// What stands before the DID in the address of a source: it works in a browser, and stays when the handle changes.
const PROFILE: &str = "https://bsky.app/profile/";

/// Reads a handle or DID out of what somebody typed.
pub(super) fn parse(typed: &str) -> Option<(String, Likeness)> {
    let typed = typed.trim();
    let bare = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(typed);
    let profile = ["bsky.app/profile/", "www.bsky.app/profile/"].iter().find_map(|start| bare.strip_prefix(start));
    if let Some(rest) = profile.or_else(|| typed.strip_prefix("at://")) {
        let actor = rest.split(['/', '?', '#']).next().unwrap_or_default().trim_start_matches('@');
        return (is_did(actor) || is_handle(actor)).then(|| (actor.to_owned(), Likeness::Surely));
    }
    if is_did(typed) {
        return Some((typed.to_owned(), Likeness::Surely));
    }
    let handle = typed.strip_prefix('@').unwrap_or(typed);
    if !is_handle(handle) {
        return None;
    }
    let likeness = if handle.ends_with(".bsky.social") {
        Likeness::Surely
    } else if typed.starts_with('@') {
        Likeness::Perhaps
    } else {
        // A name of a website is a website first.
        Likeness::No
    };
    Some((handle.to_owned(), likeness))
}

/// The address of a profile.
pub(super) fn address(actor: &str) -> String {
    format!("{PROFILE}{actor}")
}

/// Whether this is the name of an account that never changes.
pub(super) fn is_did(text: &str) -> bool {
    let rest = text.strip_prefix("did:plc:").or_else(|| text.strip_prefix("did:web:"));
    rest.is_some_and(|rest| {
        (1..=200).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'%'))
    })
}

fn is_handle(text: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_in_what_people_paste() {
        let table = [
            ("https://bsky.app/profile/stadt.example", Some(("stadt.example", Likeness::Surely))),
            ("bsky.app/profile/stadt.example/post/3lb?x", Some(("stadt.example", Likeness::Surely))),
            ("https://bsky.app/profile/did:plc:abc234", Some(("did:plc:abc234", Likeness::Surely))),
            ("at://did:plc:abc234/app.bsky.feed.post/3lb", Some(("did:plc:abc234", Likeness::Surely))),
            ("did:web:stadt.example", Some(("did:web:stadt.example", Likeness::Surely))),
            ("@stadt.bsky.social", Some(("stadt.bsky.social", Likeness::Surely))),
            ("stadt.bsky.social", Some(("stadt.bsky.social", Likeness::Surely))),
            ("@stadt.example", Some(("stadt.example", Likeness::Perhaps))),
            ("stadt.example", Some(("stadt.example", Likeness::No))),
            ("@stadt@social.example", None),
            ("https://stadt.example", None),
            ("https://bsky.app/profile/", None),
            ("did:plc:", None),
            ("", None),
        ];
        for (typed, expected) in table {
            let expected = expected.map(|(actor, likeness)| (actor.to_owned(), likeness));
            assert_eq!(parse(typed), expected, "{typed}");
        }
    }
}
