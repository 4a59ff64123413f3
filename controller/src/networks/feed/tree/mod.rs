//! XML as people really serve it, in a tree: never fails, keeps what came before a break, expands no entities.

mod build;
mod entities;
mod names;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub(super) use entities::unescape;
pub(super) use names::Ns;

use quick_xml::events::attributes::Attributes;

/// One element.
pub(in crate::networks::feed) struct Node<'a> {
    pub(in crate::networks::feed) ns: Ns,
    /// Name without prefix, as written.
    pub(in crate::networks::feed) name: &'a str,
    /// Its own text, without that of elements inside.
    pub(in crate::networks::feed) text: Cow<'a, str>,
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
    pub(in crate::networks::feed) complete: bool,
    /// It holds markup that is content, not structure.
    pub(in crate::networks::feed) holds_markup: bool,
    /// Its text holds an entity that XML does not know; HTML may.
    pub(in crate::networks::feed) holds_entity: bool,
}

/// A document.
pub(in crate::networks::feed) struct Tree<'a> {
    pub(in crate::networks::feed) source: &'a str,
    pub(in crate::networks::feed) nodes: Vec<Node<'a>>,
    /// What could not be read, with the byte where it is.
    pub(in crate::networks::feed) broken: Option<(usize, String)>,
    /// It has more elements than anyone needs.
    pub(in crate::networks::feed) too_large: bool,
}

/// Number of an element.
pub(in crate::networks::feed) type Id = u32;

impl<'a> Tree<'a> {
    /// Reads a document.
    pub(in crate::networks::feed) fn read(source: &'a str) -> Self {
        build::build(source)
    }

    pub(in crate::networks::feed) fn node(&self, id: Id) -> &Node<'a> {
        &self.nodes[id as usize]
    }

    /// The elements directly inside one.
    pub(in crate::networks::feed) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = self.node(id).first_child;
        std::iter::from_fn(move || {
            let id = next?;
            next = self.node(id).next;
            Some(id)
        })
    }

    /// The element around one.
    pub(in crate::networks::feed) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    /// An attribute, without entities. The name is compared with its prefix (`xml:base`) or without (`href`).
    pub(in crate::networks::feed) fn attribute(&self, id: Id, name: &str) -> Option<Cow<'a, str>> {
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
    pub(in crate::networks::feed) fn inherited(&self, id: Id, name: &str) -> Option<Cow<'a, str>> {
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
    pub(in crate::networks::feed) fn inner(&self, id: Id) -> &'a str {
        let (start, end) = self.node(id).inner;
        self.source.get(start..end).unwrap_or_default()
    }
}

/// Attributes of a tag; those that cannot be read are left out.
pub(in crate::networks::feed) fn attributes(tag: &str, name_len: usize) -> impl Iterator<Item = (&str, &str)> {
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
