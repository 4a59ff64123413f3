//! From what a network says about a post to a post that may be shown: cleaned, capped, with an id that stays.

use std::{borrow::Cow, collections::HashMap, fmt::Write as _};

use sha2::{Digest as _, Sha256};
use url::Url;

use crate::{
    networks::{ImportedPost, MediaKind, Problem, RemoteMedia},
    tools::{dates, html, text},
};

/// Longest text of a post, in characters.
const LONGEST_TEXT: usize = 10_000;
/// Longest title, name or tag, in characters.
const LONGEST_TITLE: usize = 300;
const LONGEST_TAG: usize = 100;
const MOST_TAGS: usize = 20;
const MOST_MEDIA: usize = 20;
/// Pictures taken out of the text when the feed names none itself.
const MOST_INLINE: usize = 4;
/// Longer ids are hashed.
const LONGEST_ID: usize = 500;
/// Problems of one source that are told.
const MOST_PROBLEMS: usize = 100;

/// Words as a feed gives them.
#[derive(Clone, Debug)]
pub(in crate::networks) enum Words<'a> {
    /// Plain, whatever they look like.
    Plain(Cow<'a, str>),
    /// HTML, or plain if there is no tag and no entity in them.
    Html(Cow<'a, str>),
}

impl Words<'_> {
    pub(in crate::networks) fn is_blank(&self) -> bool {
        let (Self::Plain(words) | Self::Html(words)) = self;
        words.trim().is_empty()
    }

    pub(in crate::networks) fn line(&self, most_chars: usize) -> Option<String> {
        let line = match self {
            Self::Plain(words) => text::line(words, most_chars),
            Self::Html(words) => html::to_line(words, most_chars),
        };
        Some(line).filter(|line| !line.is_empty())
    }
}

/// What a feed says about one post, before anything is checked.
#[derive(Default)]
pub(in crate::networks) struct Draft<'a> {
    /// Counted from 1, in the order of the feed.
    pub(in crate::networks) position: usize,
    pub(in crate::networks) id: Option<Cow<'a, str>>,
    pub(in crate::networks) link: Option<Cow<'a, str>>,
    pub(in crate::networks) title: Option<Words<'a>>,
    pub(in crate::networks) body: Option<Words<'a>>,
    pub(in crate::networks) authors: Vec<Cow<'a, str>>,
    pub(in crate::networks) language: Option<Cow<'a, str>>,
    /// Dates as written, best first.
    pub(in crate::networks) published: Vec<Cow<'a, str>>,
    pub(in crate::networks) updated: Vec<Cow<'a, str>>,
    pub(in crate::networks) media: Vec<DraftMedia<'a>>,
    pub(in crate::networks) tags: Vec<Cow<'a, str>>,
    /// Why somebody should look at it before the public does, as the network says it.
    pub(in crate::networks) warning: Option<Cow<'a, str>>,
    /// What relative addresses are relative to.
    pub(in crate::networks) base: Option<Url>,
}

/// A medium as a feed names it.
#[derive(Clone, Debug, Default)]
pub(in crate::networks) struct DraftMedia<'a> {
    pub(in crate::networks) url: Cow<'a, str>,
    pub(in crate::networks) mime: Option<Cow<'a, str>>,
    /// `image`, `video`, `audio`, …
    pub(in crate::networks) medium: Option<Cow<'a, str>>,
    pub(in crate::networks) alt: Option<Words<'a>>,
    pub(in crate::networks) width: Option<Cow<'a, str>>,
    pub(in crate::networks) height: Option<Cow<'a, str>>,
    /// Counts only when there is no better picture.
    pub(in crate::networks) is_thumbnail: bool,
}

/// Collects posts and problems.
pub(in crate::networks) struct Assembly<'h> {
    /// Ids that this feed is known to use for several posts.
    shared_ids: &'h [String],
    posts: Vec<(ImportedPost, Option<String>)>,
    pub(in crate::networks) problems: Vec<Problem>,
    pub(in crate::networks) language: Option<String>,
}

impl<'h> Assembly<'h> {
    pub(in crate::networks) fn new(shared_ids: &'h [String]) -> Self {
        Self { shared_ids, posts: Vec::new(), problems: Vec::new(), language: None }
    }

    /// Notes what could not be read.
    pub(in crate::networks) fn problem(&mut self, position: Option<usize>, key: &'static str, detail: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { position, key, detail: text::line(detail, 200) });
        }
    }

    /// Cleans a post and keeps it.
    pub(in crate::networks) fn add(&mut self, draft: Draft<'_>) {
        let position = Some(draft.position);
        let base = draft.base.as_ref();
        let link = draft.link.as_deref().and_then(|link| html::web_url(link, base, &["http", "https"]));
        if link.is_none()
            && let Some(odd) = draft.link.as_deref().map(str::trim).filter(|odd| !odd.is_empty())
        {
            self.problem(position, "feeds.problem.bad_link", odd);
        }
        let title = draft.title.as_ref().and_then(|title| title.line(LONGEST_TITLE));
        let body = match &draft.body {
            Some(Words::Html(words)) => html::clean(words, base, LONGEST_TEXT),
            Some(Words::Plain(words)) => html::plain(words, LONGEST_TEXT),
            None => html::Cleaned::default(),
        };
        let media = media(&draft, &body.pictures);
        if title.is_none() && body.text.is_empty() && media.is_empty() {
            self.problem(position, "feeds.problem.empty_post", link.as_deref().unwrap_or_default());
            return;
        }
        let guid = draft.id.as_deref().map(identifier).filter(|id| !id.is_empty());
        let remote_id = guid.clone().or_else(|| link.as_deref().map(identifier)).unwrap_or_else(|| {
            self.problem(position, "feeds.problem.no_id", title.as_deref().unwrap_or_default());
            hash(&[title.as_deref().unwrap_or_default(), &body.html])
        });
        let updated_at = draft.updated.iter().find_map(|date| dates::parse(date));
        let published_at = draft.published.iter().find_map(|date| dates::parse(date)).or(updated_at);
        if published_at.is_none() {
            match draft.published.iter().chain(&draft.updated).find(|date| !date.trim().is_empty()) {
                Some(odd) => self.problem(position, "feeds.problem.date_unreadable", odd),
                None => self.problem(position, "feeds.problem.date_missing", ""),
            }
        }
        let mut post = ImportedPost {
            remote_id,
            title,
            text: body.text,
            html: body.html,
            link,
            author: author(&draft.authors),
            language: draft.language.as_deref().and_then(language_tag).or_else(|| self.language.clone()),
            published_at,
            updated_at: updated_at.filter(|at| Some(*at) != published_at),
            media,
            tags: tags(&draft.tags),
            warning: draft.warning.as_deref().map(|why| text::line(why, LONGEST_TITLE)),
            content_hash: String::new(),
        };
        post.content_hash = content_hash(&post);
        self.posts.push((post, guid));
    }

    /// Gives posts that share an id ids of their own, drops repetitions, and returns posts, problems and shared ids.
    pub(in crate::networks) fn finish(mut self) -> (Vec<ImportedPost>, Vec<Problem>, Vec<String>) {
        let mut shared: Vec<String> = self.shared_ids.to_vec();
        let mut links: HashMap<&str, Option<&str>> = HashMap::new();
        for (post, guid) in &self.posts {
            let Some(guid) = guid else { continue };
            let other = *links.entry(guid).or_insert(post.link.as_deref());
            if other != post.link.as_deref() && !shared.contains(guid) && shared.len() < 100 {
                shared.push(guid.clone());
            }
        }
        let mut seen = HashMap::with_capacity(self.posts.len());
        let mut posts: Vec<ImportedPost> = Vec::with_capacity(self.posts.len());
        let mut repeated = Vec::new();
        for (at, (mut post, guid)) in std::mem::take(&mut self.posts).into_iter().enumerate() {
            if let (Some(guid), Some(link)) = (&guid, &post.link)
                && shared.contains(guid)
            {
                post.remote_id = identifier(&format!("{guid} {link}"));
            }
            if seen.insert(post.remote_id.clone(), at).is_some() {
                repeated.push((at, post.remote_id));
            } else {
                posts.push(post);
            }
        }
        for (at, id) in repeated {
            self.problem(Some(at + 1), "feeds.problem.duplicate", &id);
        }
        (posts, self.problems, shared)
    }
}

/// What tells an edited post from the one that was taken before.
pub(in crate::networks) fn content_hash(post: &ImportedPost) -> String {
    let bare = ImportedPost { content_hash: String::new(), ..post.clone() };
    serde_json::to_string(&bare).map(|json| hash(&[&json])).unwrap_or_default()
}

/// An id as it is stored: as the feed writes it, or a hash of that when it is too long or holds what no id should.
pub(in crate::networks) fn identifier(id: &str) -> String {
    let id = id.trim();
    let odd = id.len() > LONGEST_ID || id.contains(['<', '>', '\n', '\t']) || text::clean(id) != id;
    if odd { hash(&[id]) } else { id.to_owned() }
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Bytes as hexadecimal digits.
pub(in crate::networks) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Names of people, without their mail addresses: `mail@x (Name)`, `Name <mail@x>`.
fn author(authors: &[Cow<'_, str>]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for author in authors.iter().take(5) {
        let name = match (author.contains('@'), author.split_once('('), author.split_once('<')) {
            (true, Some((_, rest)), _) => rest.trim_end().trim_end_matches(')'),
            (true, None, Some((before, _))) => before,
            (true, None, None) if author.split_whitespace().count() == 1 && !author.starts_with('@') => continue,
            _ => author,
        };
        let name = html::to_line(name.trim().trim_matches('"'), LONGEST_TAG);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A language tag as BCP 47 writes it, or nothing.
pub(in crate::networks) fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let first = tag.split('-').next().unwrap_or_default();
    let sound = tag.len() <= 35
        && (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && tag
            .split('-')
            .all(|part| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    sound.then_some(tag)
}

fn tags(tags: &[Cow<'_, str>]) -> Vec<String> {
    let mut clean: Vec<String> = Vec::new();
    for tag in tags {
        let tag = html::to_line(tag, LONGEST_TAG);
        let tag = tag.trim_start_matches('#').trim();
        if !tag.is_empty() && !clean.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            clean.push(tag.to_owned());
        }
        if clean.len() == MOST_TAGS {
            break;
        }
    }
    clean
}

fn media(draft: &Draft<'_>, inline: &[html::Picture]) -> Vec<RemoteMedia> {
    let base = draft.base.as_ref();
    let mut found: Vec<RemoteMedia> = Vec::new();
    let add = |found: &mut Vec<RemoteMedia>, medium: RemoteMedia| {
        if found.len() < MOST_MEDIA && !found.iter().any(|known| known.url == medium.url) {
            found.push(medium);
        }
    };
    let has_picture = |found: &[RemoteMedia]| found.iter().any(|medium| medium.kind == MediaKind::Picture);
    for thumbnails in [false, true] {
        for medium in draft.media.iter().filter(|medium| medium.is_thumbnail == thumbnails) {
            if thumbnails && has_picture(&found) {
                break;
            }
            let Some(url) = html::web_url(&medium.url, base, &["http", "https"]) else { continue };
            // Blogs add the author's portrait to every post.
            if url.contains("gravatar.com/avatar") {
                continue;
            }
            let mime = medium.mime.as_deref().and_then(media_type);
            let kind =
                if thumbnails { MediaKind::Picture } else { kind(mime.as_deref(), medium.medium.as_deref(), &url) };
            let alt = medium.alt.as_ref().and_then(|alt| alt.line(1000));
            add(
                &mut found,
                RemoteMedia { url, kind, alt, width: pixels(&medium.width), height: pixels(&medium.height), mime },
            );
        }
    }
    if !has_picture(&found) {
        for picture in inline.iter().filter(|p| !p.url.contains("gravatar.com/avatar")).take(MOST_INLINE) {
            let html::Picture { url, alt, width, height } = picture.clone();
            add(&mut found, RemoteMedia { url, kind: MediaKind::Picture, alt, width, height, mime: None });
        }
    } else {
        // The same picture often stands in the text too, and only there with its description.
        for medium in found.iter_mut().filter(|medium| medium.alt.is_none()) {
            medium.alt =
                inline.iter().find(|picture| picture.url == medium.url).and_then(|picture| picture.alt.clone());
        }
    }
    found
}

fn pixels(side: &Option<Cow<'_, str>>) -> Option<u32> {
    side.as_deref()?.trim().trim_end_matches("px").parse().ok().filter(|side| *side > 0)
}

/// `image/jpeg` out of whatever someone wrote as a media type.
fn media_type(mime: &str) -> Option<String> {
    let mime = mime.split(';').next()?.trim().to_ascii_lowercase();
    let token = |part: &str| {
        !part.is_empty()
            && part.len() <= 64
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    let (kind, sub) = mime.split_once('/')?;
    (token(kind) && token(sub)).then_some(mime)
}

fn kind(mime: Option<&str>, medium: Option<&str>, url: &str) -> MediaKind {
    let by_word = |word: &str| match word.split('/').next() {
        Some("image") => Some(MediaKind::Picture),
        Some("video") => Some(MediaKind::Film),
        Some("audio") => Some(MediaKind::Sound),
        _ => None,
    };
    let by_name = || {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
            Some("jpg" | "jpeg" | "png" | "gif" | "webp" | "avif") => MediaKind::Picture,
            Some("mp4" | "m4v" | "webm" | "mov" | "ogv") => MediaKind::Film,
            Some("mp3" | "m4a" | "ogg" | "oga" | "opus" | "flac" | "wav" | "aac") => MediaKind::Sound,
            _ => MediaKind::Other,
        }
    };
    mime.and_then(by_word).or_else(|| medium.and_then(by_word)).unwrap_or_else(by_name)
}
