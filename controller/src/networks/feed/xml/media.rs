//! Pictures, films and sounds of a post: enclosures and Media RSS.

use super::Reading;
use crate::networks::feed::{
    assemble::{Draft, DraftMedia, Words},
    tree::{Id, Ns},
};

impl<'a> Reading<'_, 'a> {
    pub(super) fn medium(&self, id: Id) -> Option<DraftMedia<'a>> {
        let tree = self.tree;
        let url =
            tree.attribute(id, "url").or_else(|| tree.attribute(id, "href")).filter(|url| !url.trim().is_empty())?;
        let words = |name: &str| {
            let child = tree.children(id).find(|child| {
                let node = tree.node(*child);
                node.ns == Ns::Media && node.name.eq_ignore_ascii_case(name)
            });
            let child = child?;
            let is_plain = tree.attribute(child, "type").is_some_and(|kind| kind.trim() == "plain");
            let text = self.text(child)?;
            Some(if is_plain { Words::Plain(text) } else { Words::Html(text) })
        };
        Some(DraftMedia {
            url,
            mime: tree.attribute(id, "type"),
            medium: tree.attribute(id, "medium"),
            alt: words("description").or_else(|| words("title")),
            width: tree.attribute(id, "width"),
            height: tree.attribute(id, "height"),
            is_thumbnail: tree.node(id).name.eq_ignore_ascii_case("thumbnail"),
        })
    }

    /// Whether a medium is rated as nothing for children.
    pub(super) fn is_adult(&self, id: Id) -> bool {
        self.tree.children(id).any(|child| {
            let node = self.tree.node(child);
            let rating = node.ns == Ns::Media && node.name.eq_ignore_ascii_case("rating");
            rating && self.text(child).is_some_and(|rating| rating.trim().eq_ignore_ascii_case("adult"))
        })
    }

    pub(super) fn media_content(&self, id: Id, media: &mut Vec<DraftMedia<'a>>) {
        media.extend(self.medium(id));
        for child in self.tree.children(id) {
            let node = self.tree.node(child);
            if node.ns == Ns::Media && node.name.eq_ignore_ascii_case("thumbnail") {
                media.extend(self.medium(child));
            }
        }
    }

    /// A group holds the same film or picture in several sizes: the largest that a screen can use is taken.
    pub(super) fn group(&self, group: Id, draft: &mut Draft<'a>, body: &mut (u8, Option<Id>)) {
        let mut best: Option<(u32, DraftMedia<'a>)> = None;
        for id in self.tree.children(group) {
            let mut buffer = [0; 24];
            match self.name(id, &mut buffer) {
                (Ns::Media, "content") => {
                    let Some(medium) = self.medium(id) else { continue };
                    let width = medium.width.as_deref().and_then(|width| width.parse().ok()).unwrap_or(1);
                    let is_default = self.tree.attribute(id, "isDefault").as_deref() == Some("true");
                    let rank = if is_default {
                        u32::MAX
                    } else if width > 4096 {
                        0
                    } else {
                        width
                    };
                    if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                        best = Some((rank, medium));
                    }
                    draft.media.extend(self.tree.children(id).filter_map(|child| self.thumbnail(child)));
                }
                (Ns::Media, "thumbnail") => draft.media.extend(self.medium(id)),
                (Ns::Media, "title") if draft.title.is_none() => draft.title = self.words(id),
                (Ns::Media, "description") if body.0 == 0 && self.words(id).is_some() => *body = (1, Some(id)),
                _ => {}
            }
        }
        draft.media.extend(best.map(|(_, medium)| medium));
    }

    fn thumbnail(&self, id: Id) -> Option<DraftMedia<'a>> {
        self.tree.node(id).name.eq_ignore_ascii_case("thumbnail").then(|| self.medium(id)).flatten()
    }
}
