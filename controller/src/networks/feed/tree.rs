//! XML as people really serve it, in a tree: never fails, keeps what came before a break, expands no entities.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{Event, attributes::Attributes},
};

/// Elements inside elements beyond this are not looked at.
const DEEPEST: usize = 64;
/// A document with more elements than this is not read further.
const MOST_NODES: usize = 200_000;
/// Places where reading starts again after markup that is none.
const MOST_RESTARTS: usize = 2_000;
/// Errors after which reading starts again; each may have cost a look at the whole rest.
const MOST_ERRORS: usize = 50;

/// What a namespace is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ns {
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

/// One element.
pub(super) struct Node<'a> {
    pub(super) ns: Ns,
    /// Name without prefix, as written.
    pub(super) name: &'a str,
    /// Its own text, without that of elements inside.
    pub(super) text: Cow<'a, str>,
    /// Where what is inside it lies in the source.
    inner: (usize, usize),
    /// Everything between `<` and `>`.
    tag: &'a str,
    qualified_len: usize,
    parent: Option<u32>,
    first_child: Option<u32>,
    last_child: Option<u32>,
    next: Option<u32>,
    /// Its end was seen, or implied by what follows.
    pub(super) complete: bool,
    /// It holds markup that is content, not structure.
    pub(super) holds_markup: bool,
    /// Its text holds an entity that XML does not know; HTML may.
    pub(super) holds_entity: bool,
}

/// A document.
pub(super) struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) nodes: Vec<Node<'a>>,
    /// What could not be read, with the byte where it is.
    pub(super) broken: Option<(usize, String)>,
    /// It has more elements than anyone needs.
    pub(super) too_large: bool,
}

/// Number of an element.
pub(super) type Id = u32;

impl<'a> Tree<'a> {
    /// Reads a document.
    pub(super) fn read(source: &'a str) -> Self {
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

    pub(super) fn node(&self, id: Id) -> &Node<'a> {
        &self.nodes[id as usize]
    }

    /// The elements directly inside one.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = self.node(id).first_child;
        std::iter::from_fn(move || {
            let id = next?;
            next = self.node(id).next;
            Some(id)
        })
    }

    /// The element around one.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    /// An attribute, without entities. The name is compared with its prefix (`xml:base`) or without (`href`).
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<Cow<'a, str>> {
        let node = self.node(id);
        if node.tag.len() == node.qualified_len {
            return None;
        }
        attributes(node.tag, node.qualified_len)
            .find(|(key, _)| {
                key.eq_ignore_ascii_case(name)
                    || (!name.contains(':') && key.rsplit(':').next().is_some_and(|k| k.eq_ignore_ascii_case(name)))
            })
            .map(|(_, value)| unescape(value))
    }

    /// An attribute of an element or of what it stands in.
    pub(super) fn inherited(&self, id: Id, name: &str) -> Option<Cow<'a, str>> {
        let mut at = Some(id);
        while let Some(id) = at {
            if self.node(id).tag.contains(name)
                && let Some(value) = self.attribute(id, name)
            {
                return Some(value);
            }
            at = self.parent(id);
        }
        None
    }

    /// Everything inside an element, as it stands in the source.
    pub(super) fn inner(&self, id: Id) -> &'a str {
        let (start, end) = self.node(id).inner;
        self.source.get(start..end).unwrap_or_default()
    }
}

/// Attributes of a tag; those that cannot be read are left out.
pub(super) fn attributes(tag: &str, name_len: usize) -> impl Iterator<Item = (&str, &str)> {
    let mut attributes = Attributes::html(tag, name_len);
    attributes.with_checks(false);
    attributes.flatten().take(64).filter_map(move |attribute| {
        let key = attribute.key.into_inner();
        match attribute.value {
            Cow::Borrowed(value) => Some((key, value)),
            Cow::Owned(_) => None,
        }
    })
}

/// Replaces the five entities of XML and numbers; everything else stays as written.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(inside) = rest.strip_prefix('&') {
        let end = inside.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&inside[..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &inside[end + 1..];
            }
            None => {
                plain.push('&');
                rest = inside;
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        plain.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(plain)
}

/// What stands for an entity of XML or a number.
fn entity(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        // Programs that count in Windows-1252.
        0x80..=0x9f => {
            let byte = [u8::try_from(code).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        0 => Some(char::REPLACEMENT_CHARACTER),
        code => Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
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
        let mut reader = Reader::from_str(&source[base..]);
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

fn by_address(address: &str) -> Ns {
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
fn by_prefix(prefix: &str) -> Ns {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `name[text](children…)`, an incomplete element with `…`.
    fn show(tree: &Tree<'_>, id: Id) -> String {
        let node = tree.node(id);
        let inside: Vec<_> = tree.children(id).map(|child| show(tree, child)).collect();
        let text = if node.holds_markup { format!("<{}>", tree.inner(id)) } else { node.text.trim().to_owned() };
        format!("{}{}[{text}]({})", node.name, if node.complete { "" } else { "…" }, inside.join(" "))
    }

    fn shown(source: &str) -> String {
        show(&Tree::read(source), 0)
    }

    #[test]
    fn sound_documents_are_read() {
        assert_eq!(
            shown("<rss><item><title>A &amp; B&#33;</title><link>x</link></item></rss>"),
            "rss[](item[](title[A & B!]() link[x]()))"
        );
        assert_eq!(shown("<a><b><![CDATA[<i>x</i>]]> y</b><c/></a>"), "a[](b[<i>x</i> y]() c[]())");
    }

    #[test]
    fn forgotten_and_wrong_ends_are_understood() {
        assert_eq!(shown("<r><item><title>A</titel><link>x</link></item></r>"), "r[](item[](title[A]() link[x]()))");
        assert_eq!(
            shown("<r><item><title>A<pubDate>d</pubDate><item><title>B</title></item></r>"),
            "r[](item[](title[A]() pubDate[d]()) item[](title[B]()))"
        );
        assert_eq!(
            shown("<r><item><description>a<br>b <b>c</b></p></description><guid>1</guid></item></r>"),
            "r[](item[](description[<a<br>b <b>c</b></p>>]() guid[1]()))"
        );
    }

    #[test]
    fn stray_characters_are_text() {
        assert_eq!(shown("<r><t>a < b & c &nbsp; &foo d</t></r>"), "r[](t[a < b & c &nbsp; &foo d]())");
        assert_eq!(shown("<r><t>1 <2 <\"3</t><u>x</u></r>"), "r[](t[1 <2 <\"3]() u[x]())");
        assert_eq!(shown("<r><t>&#0;&#x1F600;&#150;&#99999999;</t></r>"), "r[](t[\u{fffd}😀–\u{fffd}]())");
    }

    #[test]
    fn entities_of_a_document_type_are_not_expanded() {
        let bomb = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                    <r><t>&b;&x;</t></r>";
        assert_eq!(shown(bomb), "r[](t[&b;&x;]())");
    }

    #[test]
    fn what_came_before_a_break_is_kept() {
        for (source, expected) in [
            ("<r><i>1</i><i>2", "r…[](i[1]() i…[2]())"),
            ("<r><i>1</i><i a='", "r…[](i[1]())"),
            ("<r><i>1</i><![CDATA[x", "r…[](i[1]())"),
            ("<r><i>1</i><!-- x", "r…[](i[1]())"),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    #[test]
    fn attributes_are_read_in_every_style() {
        let tree =
            Tree::read("<r xmlns:m='http://search.yahoo.com/mrss/'><m:content URL=\"a?b&amp;c\" x=1 y z='&lt;'/></r>");
        assert_eq!(tree.attribute(1, "url").as_deref(), Some("a?b&c"));
        assert_eq!(tree.attribute(1, "x").as_deref(), Some("1"));
        assert_eq!(tree.attribute(1, "z").as_deref(), Some("<"));
        assert_eq!(tree.attribute(1, "w"), None);
        assert_eq!(tree.node(1).ns, Ns::Media);
    }

    #[test]
    fn size_and_depth_have_an_end() {
        assert!(Tree::read(&"<a>".repeat(1_000_000)).nodes.len() <= MOST_NODES);
        assert!(Tree::read(&"<a/>".repeat(1_000_000)).too_large);
        Tree::read(&"<a b=\"".repeat(200_000));
        Tree::read(&"<".repeat(1_000_000));
        Tree::read(&"<description><b>".repeat(100_000));
        Tree::read(&"</a>".repeat(500_000));
    }
}
