//! What a feed says about one post.

use std::borrow::Cow;

use super::Reading;
use crate::networks::feed::{
    assemble::{Draft, DraftMedia, Words},
    tree::{Id, Ns},
};

impl<'a> Reading<'_, 'a> {
    /// What a feed says about one post.
    pub(super) fn post(&self, item: Id, position: usize) -> Draft<'a> {
        let tree = self.tree;
        let mut draft = Draft { position, base: self.base(item), ..Draft::default() };
        draft.language = tree.inherited(item, "xml:lang");
        let mut links = Links::default();
        // The best text so far, and how good its element is.
        let mut body: (u8, Option<Id>) = (0, None);
        let better = |rank: u8, id: Id, body: &mut (u8, Option<Id>)| {
            if rank > body.0 && self.words(id).is_some() {
                *body = (rank, Some(id));
            }
        };
        for id in tree.children(item) {
            let mut buffer = [0; 24];
            match self.name(id, &mut buffer) {
                (Ns::Core, "guid" | "id") if draft.id.is_none() => {
                    draft.id = self.text(id);
                    let permalink = tree.attribute(id, "isPermaLink");
                    if tree.node(id).name.eq_ignore_ascii_case("guid") && permalink.as_deref() != Some("false") {
                        links.guid = self.text(id);
                    }
                }
                (Ns::Core, "title") if draft.title.is_none() => draft.title = self.words(id),
                (Ns::Core, "link") => self.link(id, &mut links, &mut draft.media),
                (Ns::Content, "encoded") => better(6, id, &mut body),
                (Ns::Core, "content") => match tree.attribute(id, "src") {
                    Some(url) => {
                        let mime = tree.attribute(id, "type");
                        if mime.as_deref().is_some_and(|mime| mime.contains('/') && !mime.starts_with("text/")) {
                            draft.media.push(DraftMedia { url, mime, ..DraftMedia::default() });
                        } else {
                            links.source = Some(url);
                        }
                    }
                    None => better(5, id, &mut body),
                },
                (Ns::Core, "description") => better(4, id, &mut body),
                (Ns::Core, "summary") => better(3, id, &mut body),
                (Ns::Dc, "description") | (Ns::Itunes, "summary") => better(2, id, &mut body),
                (Ns::Itunes, "subtitle") | (Ns::Media, "description") => better(1, id, &mut body),
                (Ns::Core, "pubdate" | "published" | "issued") => {
                    if let Some(date) = self.text(id) {
                        draft.published.insert(0, date);
                    }
                }
                (Ns::Dc, "date" | "issued" | "created") | (Ns::Core, "created" | "date") => {
                    draft.published.extend(self.text(id));
                }
                (Ns::Core | Ns::Dc, "updated" | "modified" | "lastbuilddate") => draft.updated.extend(self.text(id)),
                (Ns::Core, "author" | "contributor") | (Ns::Dc, "creator") | (Ns::Itunes, "author") => {
                    self.author(id, &mut draft.authors);
                }
                (Ns::Core, "category") | (Ns::Dc, "subject") => {
                    let label = tree.attribute(id, "label").filter(|label| !label.trim().is_empty());
                    draft.tags.extend(label.or_else(|| tree.attribute(id, "term")).or_else(|| self.text(id)));
                }
                (Ns::Itunes | Ns::Media, "keywords") => {
                    if let Some(words) = self.text(id) {
                        draft.tags.extend(words.split(',').map(|word| Cow::Owned(word.to_owned())));
                    }
                }
                (Ns::Core, "enclosure") => draft.media.extend(self.medium(id)),
                (Ns::Itunes, "image") => {
                    let url = tree.attribute(id, "href").or_else(|| self.text(id));
                    draft.media.extend(url.map(|url| DraftMedia { url, is_thumbnail: true, ..DraftMedia::default() }));
                }
                (Ns::Core, "image") => {
                    let nested = tree.children(id).find(|id| tree.node(*id).name.eq_ignore_ascii_case("url"));
                    let url = self.text(nested.unwrap_or(id));
                    draft.media.extend(url.map(|url| DraftMedia { url, is_thumbnail: true, ..DraftMedia::default() }));
                }
                (Ns::Media, "group") => self.group(id, &mut draft, &mut body),
                (Ns::Media, "content" | "thumbnail") => {
                    if self.is_adult(id) {
                        draft.warning = Some(Cow::Borrowed("adult"));
                    }
                    self.media_content(id, &mut draft.media);
                }
                (Ns::Dc, "language") => draft.language = self.text(id).or(draft.language),
                _ => {}
            }
        }
        draft.id = draft.id.or_else(|| tree.attribute(item, "rdf:about"));
        draft.body = body.1.and_then(|id| self.words(id));
        if self.has_bases {
            draft.base = body.1.and_then(|id| self.base(id)).or(draft.base);
        }
        draft.link = links.best();
        draft
    }

    fn link(&self, id: Id, links: &mut Links<'a>, media: &mut Vec<DraftMedia<'a>>) {
        let Some(href) = self.tree.attribute(id, "href") else {
            links.text = links.text.take().or_else(|| self.text(id));
            return;
        };
        // Addresses inside posts may have a base of their own.
        let href = match self.has_bases.then(|| self.base(id)).flatten() {
            Some(base) => base.join(href.trim()).map_or(href, |url| Cow::Owned(url.into())),
            None => href,
        };
        let mime = self.tree.attribute(id, "type");
        match self.tree.attribute(id, "rel").unwrap_or(Cow::Borrowed("alternate")).as_ref() {
            "alternate" => {
                let is_page = mime.as_deref().is_none_or(|mime| mime.contains("html"));
                if is_page {
                    links.page.get_or_insert(href)
                } else {
                    links.alternate.get_or_insert(href)
                };
            }
            "enclosure" => {
                let alt = self.tree.attribute(id, "title").map(Words::Html);
                media.push(DraftMedia { url: href, mime, alt, ..DraftMedia::default() });
            }
            _ => {}
        }
    }

    fn author(&self, id: Id, authors: &mut Vec<Cow<'a, str>>) {
        if self.tree.node(id).name.eq_ignore_ascii_case("contributor") && !authors.is_empty() {
            return;
        }
        let name = self.tree.children(id).find(|child| self.tree.node(*child).name.eq_ignore_ascii_case("name"));
        authors.extend(self.text(name.unwrap_or(id)));
    }
}

/// The links of a post, to choose its permalink from.
#[derive(Default)]
struct Links<'a> {
    page: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    alternate: Option<Cow<'a, str>>,
    guid: Option<Cow<'a, str>>,
    source: Option<Cow<'a, str>>,
}

impl<'a> Links<'a> {
    fn best(self) -> Option<Cow<'a, str>> {
        let guid = self.guid.filter(|guid| guid.trim().starts_with("http"));
        self.text.or(self.page).or(self.alternate).or(guid).or(self.source)
    }
}
