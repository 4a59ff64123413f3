//! Namespaces: by their address, and by the prefix that everybody uses when it is not declared.

/// What a namespace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::networks::feed) enum Ns {
    /// RSS, Atom, or none.
    Core,
    Content,
    Dc,
    Itunes,
    Media,
    Rdf,
    Syndication,
    Tombstone,
    Other,
}

/// What a namespace with this address is for.
pub(super) fn by_address(address: &str) -> Ns {
    let address = address.trim().trim_end_matches(['/', '#']);
    let address = address.strip_prefix("https:").or_else(|| address.strip_prefix("http:")).unwrap_or(address);
    match address.to_ascii_lowercase().as_str() {
        "//www.w3.org/2005/atom"
        | "//purl.org/atom/ns"
        | "//purl.org/rss/1.0"
        | "//my.netscape.com/rdf/simple/0.9"
        | "//channel.netscape.com/rdf/simple/0.9"
        | "//backend.userland.com/rss2"
        | "//purl.org/net/rss1.1" => Ns::Core,
        "//purl.org/rss/1.0/modules/content" => Ns::Content,
        "//purl.org/dc/elements/1.1" | "//purl.org/dc/elements/1.0" | "//purl.org/dc/terms" => Ns::Dc,
        "//www.itunes.com/dtds/podcast-1.0.dtd" | "//www.itunes.com/dtd/podcast-1.0.dtd" => Ns::Itunes,
        "//search.yahoo.com/mrss" => Ns::Media,
        "//www.w3.org/1999/02/22-rdf-syntax-ns" => Ns::Rdf,
        "//purl.org/rss/1.0/modules/syndication" => Ns::Syndication,
        "//purl.org/atompub/tombstones/1.0" => Ns::Tombstone,
        _ => Ns::Other,
    }
}

/// What everybody means by a prefix, for documents that forget to declare it.
pub(super) fn by_prefix(prefix: &str) -> Ns {
    match prefix.to_ascii_lowercase().as_str() {
        "atom" | "atom10" | "a10" | "rss" => Ns::Core,
        "content" => Ns::Content,
        "dc" | "dcterms" => Ns::Dc,
        "itunes" => Ns::Itunes,
        "media" => Ns::Media,
        "rdf" => Ns::Rdf,
        "sy" => Ns::Syndication,
        "at" => Ns::Tombstone,
        _ => Ns::Other,
    }
}
