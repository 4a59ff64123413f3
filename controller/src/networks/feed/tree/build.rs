//! How the tree grows: what is forgotten is implied, what makes no sense is text.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};

use super::{
    Id, Node, Tree, attributes,
    entities::entity,
    names::{Ns, by_address, by_prefix},
};

/// Elements inside elements beyond this are not looked at.
const DEEPEST: usize = 64;
/// A document with more elements than this is not read further.
pub(super) const MOST_NODES: usize = 200_000;
/// Places where reading starts again after markup that is none.
const MOST_RESTARTS: usize = 2_000;
/// Errors after which reading starts again; each may have cost a look at the whole rest.
const MOST_ERRORS: usize = 50;

/// Reads a document.
pub(super) fn build(source: &str) -> Tree<'_> {
    let mut builder = Builder {
        tree: Tree { source, nodes: Vec::with_capacity(source.len() / 64), broken: None, too_large: false },
        open: Vec::new(),
        leaf: None,
        inside_leaf: Vec::new(),
        prefixes: Vec::new(),
        errors: 0,
    };
    builder.run();
    builder.tree
}

struct Builder<'a> {
    tree: Tree<'a>,
    /// Elements that have begun and not ended, outermost first, with their names as written.
    open: Vec<(Id, &'a str)>,
    /// The innermost of them holds content: what is inside is not structure.
    leaf: Option<Id>,
    /// Elements open inside such content.
    inside_leaf: Vec<&'a str>,
    prefixes: Vec<(&'a str, Ns)>,
    errors: usize,
}

/// Elements whose inside is content, also when someone forgot to escape it.
fn is_leaf(ns: Ns, name: &str) -> bool {
    const LEAVES: &[&str] = &["title", "description", "summary", "subtitle", "tagline", "encoded", "info", "rights"];
    (ns == Ns::Core && name.eq_ignore_ascii_case("content")) || LEAVES.iter().any(|l| l.eq_ignore_ascii_case(name))
}

/// Elements that never stand inside content: where one begins, a forgotten end tag is implied.
fn ends_leaf(qualified: &str) -> bool {
    const STRUCTURE: &[&str] =
        &["item", "entry", "pubdate", "guid", "enclosure", "published", "updated", "description"];
    match qualified.split_once(':') {
        Some((prefix, _)) => matches!(prefix, "dc" | "content" | "media" | "itunes" | "atom"),
        None => STRUCTURE.iter().any(|name| name.eq_ignore_ascii_case(qualified)),
    }
}

impl<'a> Builder<'a> {
    fn run(&mut self) {
        let source = self.tree.source;
        let mut base = 0;
        for _ in 0..MOST_RESTARTS {
            match self.run_from(base) {
                Some(next) => base = next,
                None => {
                    self.finish(source.len());
                    return;
                }
            }
        }
        self.tree.broken.get_or_insert((base, "markup that cannot be read".to_owned()));
        self.finish(base);
    }

    /// Reads until the end, or until markup that is none; returns where to go on after the latter.
    fn run_from(&mut self, base: usize) -> Option<usize> {
        let source = self.tree.source;
        // The reader drops byte order marks without counting them.
        let base = source.len() - source.get(base..)?.trim_start_matches('\u{feff}').len();
        let mut reader = Reader::from_str(source.get(base..)?);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let start = base + usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event();
            let end = base + usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Ok(Event::Start(_) | Event::Empty(_)) => {
                    let raw = source.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
                    let empty = raw.ends_with('/');
                    let tag = raw.strip_suffix('/').unwrap_or(raw);
                    if !tag.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                        self.text(Cow::Borrowed("<"));
                        return Some(start + 1);
                    }
                    if self.tree.nodes.len() >= MOST_NODES {
                        self.tree.too_large = true;
                        return None;
                    }
                    self.start(tag, start, end, empty);
                }
                Ok(Event::End(_)) => {
                    let name = source.get(start + 2..end.saturating_sub(1)).unwrap_or_default().trim();
                    self.end(name, start);
                }
                Ok(Event::Text(text)) => self.text(text.into_inner()),
                Ok(Event::CData(text)) => self.text(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => self.reference(&reference.into_inner()),
                // No document type is looked at: what it declares is never expanded.
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => return None,
                Err(error) => return self.recover(&error, start),
            }
        }
    }

    /// Decides where to go on after an error.
    fn recover(&mut self, error: &quick_xml::Error, start: usize) -> Option<usize> {
        use quick_xml::errors::SyntaxError::{
            InvalidBangMarkup, UnclosedDoubleQuotedAttributeValue, UnclosedSingleQuotedAttributeValue,
        };
        self.errors += 1;
        let goes_on = self.errors <= MOST_ERRORS
            && match error {
                quick_xml::Error::Syntax(syntax) => matches!(
                    syntax,
                    InvalidBangMarkup | UnclosedDoubleQuotedAttributeValue | UnclosedSingleQuotedAttributeValue
                ),
                _ => true,
            };
        let rest = self.tree.source.get(start + 1..).filter(|rest| !rest.is_empty());
        match rest {
            Some(rest) if goes_on && rest.contains('<') => {
                self.text(Cow::Borrowed("<"));
                Some(start + 1)
            }
            _ => {
                self.tree.broken = Some((start, error.to_string()));
                None
            }
        }
    }

    fn start(&mut self, tag: &'a str, start: usize, end: usize, empty: bool) {
        let qualified_len = tag.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(tag.len());
        let qualified = &tag[..qualified_len];
        if let Some(leaf) = self.leaf {
            let implied = is_item(qualified) || (self.inside_leaf.is_empty() && ends_leaf(qualified));
            if !implied {
                self.tree.nodes[leaf as usize].holds_markup = true;
                let endless = ["br", "img", "hr"].iter().any(|void| void.eq_ignore_ascii_case(qualified));
                if !empty && !endless && self.inside_leaf.len() < 256 {
                    self.inside_leaf.push(qualified);
                }
                return;
            }
            self.close_from(self.open.len().saturating_sub(1), start);
        }
        if is_item(qualified)
            && let Some(at) = self.open.iter().position(|(_, name)| name.eq_ignore_ascii_case(qualified))
        {
            // The end of the previous post is missing.
            self.close_from(at, start);
        }
        if tag.contains("xmlns") {
            self.declare(tag, qualified_len);
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let (prefix, name) = qualified.rsplit_once(':').unwrap_or(("", qualified));
        let ns = self.namespace(prefix);
        let id = Id::try_from(self.tree.nodes.len()).unwrap_or(Id::MAX);
        let parent = self.open.last().map(|(id, _)| *id);
        if let Some(parent) = parent {
            let parent = &mut self.tree.nodes[parent as usize];
            let before = parent.last_child.replace(id);
            match before {
                Some(before) => self.tree.nodes[before as usize].next = Some(id),
                None => parent.first_child = Some(id),
            }
        }
        self.tree.nodes.push(Node {
            ns,
            name,
            text: Cow::Borrowed(""),
            inner: (end, end),
            tag,
            qualified_len,
            parent,
            first_child: None,
            last_child: None,
            next: None,
            complete: empty,
            holds_markup: false,
            holds_entity: false,
        });
        if !empty {
            self.open.push((id, qualified));
            if is_leaf(ns, name) {
                self.leaf = Some(id);
                self.inside_leaf.clear();
            }
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        if let Some(depth) = self.inside_leaf.iter().rposition(|open| *open == name) {
            self.inside_leaf.truncate(depth);
            return;
        }
        if let Some(depth) = self.open.iter().rposition(|(_, open)| open.eq_ignore_ascii_case(name)) {
            self.close_from(depth, at);
            return;
        }
        // `<title>…</titel>`
        if let Some((id, open)) = self.open.last()
            && self.tree.node(*id).first_child.is_none()
            && self.inside_leaf.is_empty()
            && open.len().abs_diff(name.len()) <= 2
            && name.len() > 2
            && open.as_bytes().first() == name.as_bytes().first()
        {
            self.close_from(self.open.len() - 1, at);
        }
    }

    /// Closes an open element and everything open inside it.
    fn close_from(&mut self, depth: usize, at: usize) {
        for (id, _) in self.open.drain(depth..) {
            let node = &mut self.tree.nodes[id as usize];
            node.inner.1 = at.max(node.inner.0);
            node.complete = true;
        }
        self.leaf = None;
        self.inside_leaf.clear();
    }

    /// The end of the document: what is open stays incomplete.
    fn finish(&mut self, at: usize) {
        for (id, _) in self.open.drain(..) {
            let node = &mut self.tree.nodes[id as usize];
            node.inner.1 = at.max(node.inner.0);
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        let Some((id, _)) = self.open.last() else { return };
        let node = &mut self.tree.nodes[*id as usize];
        if node.holds_markup {
            return;
        }
        if node.text.is_empty() {
            node.text = text;
        } else {
            node.text.to_mut().push_str(&text);
        }
    }

    fn reference(&mut self, name: &str) {
        if let Some(c) = entity(name) {
            let mut buffer = [0; 4];
            let text: &str = c.encode_utf8(&mut buffer);
            let Some((id, _)) = self.open.last() else { return };
            let node = &mut self.tree.nodes[*id as usize];
            if !node.holds_markup {
                node.text.to_mut().push_str(text);
            }
            return;
        }
        if let Some((id, _)) = self.open.last() {
            self.tree.nodes[*id as usize].holds_entity = true;
        }
        self.text(Cow::Owned(format!("&{name};")));
    }

    fn declare(&mut self, tag: &'a str, qualified_len: usize) {
        for (key, value) in attributes(tag, qualified_len) {
            if let Some(prefix) = key.strip_prefix("xmlns:")
                && self.prefixes.len() < 64
            {
                let ns = by_address(value);
                // Later declarations of the same prefix win; unknown ones do not take a usual prefix away.
                if ns != Ns::Other || by_prefix(prefix) == Ns::Other {
                    self.prefixes.retain(|(known, _)| *known != prefix);
                    self.prefixes.push((prefix, ns));
                }
            }
        }
    }

    fn namespace(&self, prefix: &str) -> Ns {
        if prefix.is_empty() {
            return Ns::Core;
        }
        let declared = self.prefixes.iter().find(|(known, _)| *known == prefix).map(|(_, ns)| *ns);
        declared.unwrap_or_else(|| by_prefix(prefix))
    }
}

fn is_item(qualified: &str) -> bool {
    matches!(qualified, "item" | "entry")
}
