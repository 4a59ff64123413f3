//! Posts and their pictures as templates draw them.

use crate::{
    features::posts::{Full, Origin, Picture},
    networks,
    store::{OWN, Post, Rendition},
    tools::text,
};

/// Texts longer than this are cut in lists, in characters; and how much is left of them.
const LONG: usize = 700;
const CUT: usize = 420;

/// A post ready for a template.
pub(super) struct Drawn {
    /// The post.
    pub(super) post: Post,
    /// Its pictures with their addresses.
    pub(super) pictures: Vec<Image>,
    /// The same item elsewhere.
    pub(super) origins: Vec<OriginLink>,
}

/// Where the same item is, too.
pub(super) struct OriginLink {
    /// Id of that post.
    pub(super) id: String,
    /// Name of its network, a translation key; empty where its website says more.
    pub(super) label: &'static str,
    /// The website it is on; empty where there is none.
    pub(super) host: String,
    /// What its source is called.
    pub(super) source: String,
    /// Its page; empty where it has none.
    pub(super) link: String,
    /// When it was published.
    pub(super) published_at: i64,
    /// When it last changed here.
    changed_at: i64,
}

impl OriginLink {
    /// Where a post is.
    pub(super) fn of(origin: &Origin) -> Self {
        let link = origin.post.link.clone().unwrap_or_default();
        let host = url::Url::parse(&link).ok().and_then(|link| link.host_str().map(str::to_owned)).unwrap_or_default();
        let facts = networks::find(&origin.network).map(networks::Network::facts);
        // What is no trade mark is a way to a website, and that has a name.
        let is_website = facts.is_some_and(|facts| !facts.icon.starts_with("brands:"));
        let label = match facts {
            _ if origin.network == OWN => "posts.own",
            Some(_) if is_website && !host.is_empty() => "",
            Some(facts) => facts.label,
            None => "sources.unknown",
        };
        Self {
            id: origin.post.id.clone(),
            label,
            host: host.trim_start_matches("www.").to_owned(),
            source: origin.source.clone(),
            link,
            published_at: origin.post.published_at,
            changed_at: origin.post.changed_at,
        }
    }
}

/// What an `<img>` needs.
pub(super) struct Image {
    /// Address of a middling size.
    pub(super) src: String,
    /// All sizes.
    pub(super) srcset: String,
    /// The same in formats that are smaller: type and sizes, the best first.
    pub(super) sources: Vec<(&'static str, String)>,
    /// Width of the largest, in pixels.
    pub(super) width: i64,
    /// Height of the largest, in pixels.
    pub(super) height: i64,
    /// Words for it; may be empty.
    pub(super) alt: String,
}

impl Drawn {
    /// As the public sees it.
    pub(super) fn public(full: Full) -> Self {
        Self::below(full, "/media")
    }

    /// As its owner sees it, also while it is hidden.
    pub(super) fn owned(full: Full) -> Self {
        Self::below(full, "/dashboard/media")
    }

    /// Without its pictures, for its name.
    pub(super) fn bare(post: Post) -> Self {
        Self { post, pictures: Vec::new(), origins: Vec::new() }
    }

    fn below(full: Full, folder: &str) -> Self {
        let pictures = full.pictures.into_iter().map(|p| Image::of(p, folder)).collect();
        let origins = full.origins.iter().map(OriginLink::of).collect();
        Self { post: full.post, pictures, origins }
    }

    /// Where the same item has a page elsewhere.
    pub(super) fn elsewhere(&self) -> impl Iterator<Item = &OriginLink> {
        self.origins.iter().filter(|origin| !origin.link.is_empty())
    }

    /// Whether there is such a page.
    pub(super) fn has_origins(&self) -> bool {
        self.elsewhere().next().is_some()
    }

    /// Another one says that it has to be drawn anew.
    pub(super) fn changed(&self) -> String {
        let beside: Vec<_> = self.origins.iter().map(|origin| format!("-{}", origin.changed_at)).collect();
        format!("{}{}", self.post.changed_at, beside.concat())
    }

    /// A class that lays one, two, three, four or more pictures out.
    pub(super) fn layout(&self) -> &'static str {
        match self.pictures.as_slice() {
            [] => "",
            [one] if one.height > one.width => "pictures one tall",
            [_] => "pictures one",
            [_, _] => "pictures two",
            [_, _, _] => "pictures three",
            _ => "pictures four",
        }
    }

    /// The beginning of its words, where they are too long for a list.
    pub(super) fn excerpt(&self) -> Option<String> {
        (self.post.text.chars().count() > LONG).then(|| text::paragraphs(&self.post.text, CUT))
    }

    /// How many pictures the list leaves out.
    pub(super) fn more(&self) -> usize {
        self.pictures.len().saturating_sub(4)
    }

    /// What to call it where a title is needed.
    pub(super) fn called(&self) -> String {
        let alts: Vec<_> = self.pictures.iter().map(|picture| picture.alt.as_str()).collect();
        called(&self.post, &alts)
    }
}

/// What to call a post where a title is needed: its title, else how its words begin, else what is on its pictures.
pub(super) fn called(post: &Post, alts: &[&str]) -> String {
    let words = post.title.as_deref().into_iter().chain([post.text.as_str()]);
    let mut words = words.chain(alts.iter().copied());
    let words = words.find(|words| !words.is_empty()).unwrap_or("…");
    let line = words.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(90).collect();
    if line.chars().count() > 90 {
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
        short.push('…');
    }
    short
}

impl Image {
    /// The addresses of a picture's sizes below a folder.
    pub(super) fn of(picture: Picture, folder: &str) -> Self {
        let sizes = &picture.media.renditions;
        let address = |r: &Rendition| format!("{folder}/{}", r.sha256);
        let all = |sizes: &mut dyn Iterator<Item = &Rendition>| {
            sizes.map(|r| format!("{} {}w", address(r), r.width)).collect::<Vec<_>>().join(", ")
        };
        // A browser that knows a format takes nothing else: without its smallest size a telephone would get a large one.
        let smallest = sizes.first().map(|r| r.width);
        let source = |kind: &'static str| {
            let of_kind = || picture.media.web.iter().filter(move |r| r.content_type == kind);
            of_kind().any(|r| Some(r.width) == smallest).then(|| (kind, all(&mut of_kind())))
        };
        let middling = sizes.iter().find(|r| r.width >= 640).or(sizes.last());
        let largest = sizes.last();
        Self {
            src: middling.map(address).unwrap_or_default(),
            srcset: all(&mut sizes.iter()),
            sources: ["image/avif", "image/webp"].into_iter().filter_map(source).collect(),
            width: largest.map_or(picture.media.width, |r| r.width),
            height: largest.map_or(picture.media.height, |r| r.height),
            alt: picture.alt,
        }
    }
}
