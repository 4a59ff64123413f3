//! Addresses to go on to, which must be our own.

/// The path to go on to, or else the usual one. A path starts with one slash: two, or a slash and a backslash,
/// would lead to another host.
pub(super) fn path<'a>(wanted: &'a str, usual: &'a str) -> &'a str {
    let mut characters = wanted.chars();
    let fits = characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && wanted.len() <= 1_000
        && wanted.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if fits { wanted } else { usual }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn nobody_is_led_elsewhere() {
        for fine in ["/", "/dashboard", "/dashboard/stages/1/posts?page=2&x=%2F"] {
            assert_eq!(path(fine, "/usual"), fine);
        }
        for wrong in [
            "",
            "dashboard",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\n/evil.example",
            "/\t/evil.example",
            "/a\\b",
            "/ü",
        ] {
            assert_eq!(path(wrong, "/usual"), "/usual", "{wrong}");
        }
    }
}
