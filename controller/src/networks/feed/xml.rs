//! RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and what people mix from them.

use std::borrow::Cow;

use url::Url;

use super::{
    ReadError,
    assemble::{Assembly, Draft, DraftMedia, Words, identifier, language_tag},
    tree::{Id, Ns, Tree},
};
use crate::{
    networks::{Batch, SourceFacts},
    tools::html,
};

/// Posts of one document that are read.
pub(super) const MOST_POSTS: usize = 500;

/// What an element is called, in lower case, and where that name belongs.
type Name<'n> = (Ns, &'n str);

struct Reading<'t, 'a> {
    tree: &'t Tree<'a>,
    /// Where the document came from.
    address: Option<&'t Url>,
    is_atom: bool,
    has_bases: bool,
}

/// Reads a document whose root was found.
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

    fn name<'n>(&self, id: Id, buffer: &'n mut [u8; 24]) -> Name<'n> {
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

    fn source(&self, root: Id, channel: Id) -> SourceFacts {
        let tree = self.tree;
        let mut facts = SourceFacts { format: self.format(root), ..SourceFacts::default() };
        facts.language = tree.inherited(channel, "xml:lang").as_deref().and_then(language_tag);
        let base = self.base(channel);
        let url = |address: Option<Cow<'_, str>>| html::web_url(&address?, base.as_ref(), &["http", "https"]);
        let line = |words: Option<Words<'_>>, most: usize| words.and_then(|words| words.line(most));
        let (mut period, mut frequency) = (None, 1);
        // In RSS 0.90 and 1.0 the picture stands beside the channel.
        let beside = tree.children(root).filter(|id| root != channel && tree.node(*id).name == "image");
        for id in tree.children(channel).chain(beside) {
            let mut buffer = [0; 24];
            match self.name(id, &mut buffer) {
                (Ns::Core, "title") if facts.title.is_none() => facts.title = line(self.words(id), 300),
                (Ns::Core, "link") => match tree.attribute(id, "href") {
                    Some(href) => {
                        let href = url(Some(href));
                        match tree.attribute(id, "rel").unwrap_or(Cow::Borrowed("alternate")).as_ref() {
                            "alternate" => facts.link = facts.link.or(href),
                            "self" => facts.self_url = facts.self_url.or(href),
                            "next" => facts.next_url = facts.next_url.or(href),
                            "hub" => facts.hubs.extend(href),
                            _ => {}
                        }
                    }
                    None => facts.link = url(self.text(id)).or(facts.link),
                },
                (Ns::Core, "description" | "subtitle" | "tagline") | (Ns::Itunes, "summary" | "subtitle")
                    if facts.description.is_none() =>
                {
                    facts.description = line(self.words(id), 1000);
                }
                (Ns::Core | Ns::Dc, "language") => {
                    facts.language = self.text(id).as_deref().and_then(language_tag).or(facts.language);
                }
                (Ns::Core, "image") => {
                    let nested = tree.children(id).find(|id| tree.node(*id).name.eq_ignore_ascii_case("url"));
                    facts.logo = facts.logo.or_else(|| url(self.text(nested.unwrap_or(id))));
                }
                (Ns::Itunes, "image") => facts.logo = facts.logo.or_else(|| url(tree.attribute(id, "href"))),
                (Ns::Core, "logo") => facts.logo = url(self.text(id)).or(facts.logo),
                (Ns::Core, "icon") | (Ns::Other, "icon") => facts.icon = facts.icon.or_else(|| url(self.text(id))),
                (Ns::Core, "ttl") => {
                    let minutes = self.text(id).and_then(|text| text.trim().parse::<i64>().ok());
                    facts.ttl_secs = minutes.filter(|m| (1..=525_600).contains(m)).map(|m| m * 60);
                }
                (Ns::Syndication, "updateperiod") => {
                    period = self.text(id).and_then(|text| period_secs(text.trim()));
                }
                (Ns::Syndication, "updatefrequency") => {
                    frequency = self.text(id).and_then(|text| text.trim().parse::<i64>().ok()).unwrap_or(1).max(1);
                }
                _ => {}
            }
        }
        facts.ttl_secs = facts.ttl_secs.or(period.map(|secs| secs / frequency));
        facts.hubs.truncate(5);
        facts
    }

    fn format(&self, root: Id) -> String {
        let version = self.tree.attribute(root, "version");
        let version =
            version.as_deref().map(str::trim).filter(|v| v.len() <= 8 && v.starts_with(|c: char| c.is_ascii_digit()));
        let source = self.tree.source;
        match self.tree.node(root).name.to_ascii_lowercase().as_str() {
            "feed" if version == Some("0.3") || source.contains("//purl.org/atom/ns#") => "Atom 0.3".to_owned(),
            "feed" => "Atom 1.0".to_owned(),
            "rdf" if source.contains("//purl.org/rss/1.0/") => "RSS 1.0".to_owned(),
            "rdf" => "RSS 0.90".to_owned(),
            _ => version.map_or_else(|| "RSS".to_owned(), |version| format!("RSS {version}")),
        }
    }

    fn post(&self, item: Id, position: usize) -> Draft<'a> {
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
                (Ns::Media, "content" | "thumbnail") => self.media_content(id, &mut draft.media),
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
                let alt = self.tree.attribute(id, "title");
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

    fn medium(&self, id: Id) -> Option<DraftMedia<'a>> {
        let tree = self.tree;
        let url =
            tree.attribute(id, "url").or_else(|| tree.attribute(id, "href")).filter(|url| !url.trim().is_empty())?;
        let words = |name: &str| {
            let child = tree.children(id).find(|child| {
                let node = tree.node(*child);
                node.ns == Ns::Media && node.name.eq_ignore_ascii_case(name)
            });
            child.and_then(|child| self.text(child))
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

    fn media_content(&self, id: Id, media: &mut Vec<DraftMedia<'a>>) {
        media.extend(self.medium(id));
        for child in self.tree.children(id) {
            let node = self.tree.node(child);
            if node.ns == Ns::Media && node.name.eq_ignore_ascii_case("thumbnail") {
                media.extend(self.medium(child));
            }
        }
    }

    /// A group holds the same film or picture in several sizes: the largest that a screen can use is taken.
    fn group(&self, group: Id, draft: &mut Draft<'a>, body: &mut (u8, Option<Id>)) {
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

fn period_secs(period: &str) -> Option<i64> {
    match period.to_ascii_lowercase().as_str() {
        "hourly" => Some(3600),
        "daily" => Some(86_400),
        "weekly" => Some(7 * 86_400),
        "monthly" => Some(30 * 86_400),
        "yearly" => Some(365 * 86_400),
        _ => None,
    }
}
