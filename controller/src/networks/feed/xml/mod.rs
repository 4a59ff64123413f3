//! RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and what people mix from them.

mod channel;
mod media;
mod post;

use std::borrow::Cow;

use url::Url;

use super::{
    ReadError,
    assemble::{Assembly, Words, identifier},
    tree::{Id, Ns, Tree},
};
use crate::networks::Batch;

/// Posts of one document that are read.
pub(super) const MOST_POSTS: usize = 500;

/// A document whose root was found.
struct Reading<'t, 'a> {
    tree: &'t Tree<'a>,
    /// Where the document came from.
    address: Option<&'t Url>,
    is_atom: bool,
    has_bases: bool,
}

/// Reads a document.
pub(super) fn read(
    source: &str,
    address: Option<&Url>,
    mut assembly: Assembly<'_>,
) -> Result<(Batch, Vec<String>), ReadError> {
    let tree = Tree::read(source);
    let root = root(&tree).ok_or(ReadError::NotAFeed)?;
    let is_atom = tree.node(root).name.eq_ignore_ascii_case("feed");
    let reading = Reading { tree: &tree, address, is_atom, has_bases: source.contains("xml:base") };
    reading.note_damage(root, &mut assembly);

    let channel = if is_atom { root } else { find(&tree, root, "channel").unwrap_or(root) };
    let mut batch = Batch { source: reading.source(root, channel), ..Batch::default() };
    assembly.language.clone_from(&batch.source.language);

    let mut position = 0;
    for id in 0..Id::try_from(tree.nodes.len()).unwrap_or(Id::MAX) {
        let node = tree.node(id);
        if node.ns == Ns::Tombstone && node.name == "deleted-entry" {
            batch.withdrawn.extend(tree.attribute(id, "ref").map(|id| identifier(&id)).filter(|id| !id.is_empty()));
            continue;
        }
        if id <= root || node.ns != Ns::Core || !(node.name.eq_ignore_ascii_case("item") || node.name == "entry") {
            continue;
        }
        position += 1;
        if position > MOST_POSTS {
            assembly.problem(None, "feeds.problem.too_many_posts", &MOST_POSTS.to_string());
            break;
        }
        if !node.complete {
            assembly.problem(Some(position), "feeds.problem.cut_post", "");
            continue;
        }
        assembly.add(reading.post(id, position));
    }
    let (posts, problems, shared) = assembly.finish();
    batch.posts = posts;
    batch.problems = problems;
    Ok((batch, shared))
}

/// The element that makes the document a feed, wherever it stands: some servers put warnings before it.
fn root(tree: &Tree<'_>) -> Option<Id> {
    let at =
        tree.nodes.iter().take(2_000).position(|node| {
            ["rss", "rdf", "feed", "channel"].iter().any(|name| node.name.eq_ignore_ascii_case(name))
        })?;
    Id::try_from(at).ok()
}

fn find(tree: &Tree<'_>, parent: Id, name: &str) -> Option<Id> {
    if tree.node(parent).name.eq_ignore_ascii_case(name) {
        return Some(parent);
    }
    tree.children(parent).find(|id| tree.node(*id).name.eq_ignore_ascii_case(name))
}

impl<'a> Reading<'_, 'a> {
    fn note_damage(&self, root: Id, assembly: &mut Assembly<'_>) {
        let Tree { source, broken, too_large, .. } = self.tree;
        if root > 0 {
            assembly.problem(None, "feeds.problem.leading_junk", &source.chars().take(100).collect::<String>());
        }
        if *too_large {
            assembly.problem(None, "feeds.problem.too_many_elements", "");
        } else if let Some((at, what)) = broken {
            assembly.problem(None, "feeds.problem.truncated", &format!("byte {at}: {what}"));
        } else if !self.tree.node(root).complete {
            assembly.problem(None, "feeds.problem.truncated", "the document ends before its last end tag");
        }
    }

    /// Where the name of an element belongs, and the name in lower case.
    fn name<'n>(&self, id: Id, buffer: &'n mut [u8; 24]) -> (Ns, &'n str) {
        let node = self.tree.node(id);
        let bytes = node.name.as_bytes();
        let room = buffer.get_mut(..bytes.len());
        let Some(room) = room else { return (Ns::Other, "") };
        room.copy_from_slice(bytes);
        room.make_ascii_lowercase();
        (node.ns, std::str::from_utf8(room).unwrap_or_default())
    }

    fn text(&self, id: Id) -> Option<Cow<'a, str>> {
        let node = self.tree.node(id);
        let text = if node.holds_markup { Cow::Borrowed(self.tree.inner(id)) } else { node.text.clone() };
        (!text.trim().is_empty()).then_some(text)
    }

    /// What relative addresses at an element are relative to.
    fn base(&self, id: Id) -> Option<Url> {
        if !self.has_bases {
            return self.address.cloned();
        }
        let mut written = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            written.extend(self.tree.attribute(id, "xml:base"));
            at = self.tree.parent(id);
        }
        let mut base = self.address.cloned();
        for next in written.iter().rev() {
            let joined = base.as_ref().map_or_else(|| Url::parse(next), |base| base.join(next)).ok();
            base = joined.filter(|url| matches!(url.scheme(), "http" | "https")).or(base);
        }
        base
    }

    /// The words of an element, as its type says.
    fn words(&self, id: Id) -> Option<Words<'a>> {
        let node = self.tree.node(id);
        let kind = self.tree.attribute(id, "type").map(|kind| kind.trim().to_ascii_lowercase());
        if node.holds_markup {
            return Some(Words::Html(markup(self.tree.inner(id)))).filter(|words| !words.is_blank());
        }
        let text = self.text(id)?;
        let words = match kind.as_deref() {
            Some("text" | "text/plain") if !node.holds_entity => Words::Plain(text),
            Some("html" | "xhtml" | "text/html" | "application/xhtml+xml" | "text" | "text/plain" | "plain" | "") => {
                Words::Html(text)
            }
            // A picture or a document inside the feed.
            Some(other) if other.contains('/') && !other.starts_with("text/") => return None,
            None if self.is_atom && !node.holds_entity && node.name.eq_ignore_ascii_case("title") => Words::Plain(text),
            _ => Words::Html(text),
        };
        Some(words)
    }
}

/// Markup as it stands in a document, made ready for an HTML reader: no prefixes, no CDATA.
fn markup(inner: &str) -> Cow<'_, str> {
    let mut markup = Cow::Borrowed(inner);
    let prefix = inner.trim_start().strip_prefix('<').and_then(|tag| {
        let (prefix, rest) = tag.split_once(':')?;
        let sound = prefix.bytes().all(|b| b.is_ascii_alphanumeric()) && rest.starts_with("div");
        (sound && !prefix.is_empty()).then_some(prefix)
    });
    if let Some(prefix) = prefix {
        markup = Cow::Owned(inner.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</"));
    }
    if markup.contains("<![CDATA[") {
        markup = Cow::Owned(markup.replace("<![CDATA[", "").replace("]]>", ""));
    }
    markup
}
