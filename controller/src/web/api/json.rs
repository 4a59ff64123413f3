//! Stages, posts and media as programs read them. A field that was published once stays as it is.

use serde::Serialize;

use crate::{
    app::App,
    features::posts::{Given, GivenPart, GivenSource, Picture},
    networks::ReExport,
    store::{self, Rendition},
    tools::colour::Colour,
    web::{newsroom::Accent, times},
};

/// A page of posts.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    stage: Stage<'a>,
    /// The topic that was asked for.
    topic: Option<Topic<'a>>,
    /// Pinned ones first, then the newest.
    posts: Vec<Post<'a>>,
    /// Address of the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize)]
struct Stage<'a> {
    handle: &'a str,
    name: &'a str,
    description: &'a str,
    /// Its newsroom.
    url: String,
    /// Of what it says by itself: BCP 47.
    language: &'a str,
    /// IANA.
    time_zone: &'a str,
    colours: Colours,
}

/// `#rrggbb`, readable whatever the owner chose.
#[derive(Serialize)]
struct Colours {
    accent: String,
    /// For words on the accent.
    on_accent: String,
    /// For links on light and on dark ground.
    link_on_light: String,
    link_on_dark: String,
}

#[derive(Serialize)]
struct Topic<'a> {
    name: &'a str,
    slug: &'a str,
    /// Its page in the newsroom.
    url: String,
}

#[derive(Serialize)]
struct Post<'a> {
    id: &'a str,
    /// How much of it its network lets us give on: `full`, `link` (no words, no media) or `id` (nothing but the id there).
    extent: &'static str,
    /// Its page in the newsroom.
    url: Option<String>,
    /// Where it was published first.
    external_url: Option<&'a str>,
    title: Option<&'a str>,
    /// Plain, with an empty line between paragraphs.
    text: &'a str,
    /// Harmless HTML: no script, style, form or picture.
    html: &'a str,
    language: Option<&'a str>,
    author: Option<&'a str>,
    /// RFC 3339.
    published_at: String,
    updated_at: String,
    pinned: bool,
    /// Stable name of the network; null for what was written here.
    network: Option<&'a str>,
    /// Its id there, where nothing else may be given on.
    #[serde(skip_serializing_if = "Option::is_none")]
    network_id: Option<&'a str>,
    source: Option<Source<'a>>,
    topics: Vec<Topic<'a>>,
    media: Vec<Medium<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Medium<'a> {
    /// `image`.
    kind: &'static str,
    /// What is to be seen; may be empty.
    alt: &'a str,
    width: i64,
    height: i64,
    /// Average colour, `#rrggbb`.
    colour: &'a str,
    /// AVIF first, then WebP, then what every browser knows; each from small to large.
    renditions: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    url: String,
    #[serde(rename = "type")]
    content_type: &'a str,
    width: i64,
    height: i64,
    length: i64,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        app: &App,
        stage: &'a store::Stage,
        topic: Option<&'a store::Topic>,
        count: usize,
        part: &'a GivenPart,
    ) -> Self {
        let room = app.config.address(&format!("/@{}", stage.handle));
        let next = part.older.as_ref().map(|older| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            if let Some(topic) = topic {
                query.append_pair("topic", &topic.slug);
            }
            query.append_pair("count", &count.to_string()).append_pair("before", &older.to_string());
            app.config.address(&format!("/api/v1/stages/{}/posts?{}", stage.handle, query.finish()))
        });
        Self {
            topic: topic.map(|topic| Topic::new(&room, topic)),
            posts: part.posts.iter().map(|given| Post::new(app, &room, given)).collect(),
            next,
            stage: Stage {
                handle: &stage.handle,
                name: &stage.name,
                description: &stage.description,
                language: &stage.language,
                time_zone: &stage.time_zone,
                colours: Colours::of(&stage.accent),
                url: room,
            },
        }
    }
}

impl Colours {
    fn of(accent: &str) -> Self {
        let colours = Accent::of(accent);
        let text = |colour: Colour| colour.to_string();
        Self {
            accent: text(colours.accent),
            on_accent: text(colours.on_accent),
            link_on_light: text(colours.link),
            link_on_dark: text(colours.link_dark),
        }
    }
}

impl<'a> Topic<'a> {
    fn new(room: &str, topic: &'a store::Topic) -> Self {
        Self { name: &topic.name, slug: &topic.slug, url: format!("{room}/topics/{}", topic.slug) }
    }
}

impl<'a> Post<'a> {
    fn new(app: &App, room: &str, given: &'a Given) -> Self {
        let post = &given.post;
        let only_id = matches!(given.extent, ReExport::IdOnly | ReExport::No);
        let words = |text: &'a str| (!text.is_empty()).then_some(text);
        Self {
            id: &post.id,
            extent: match given.extent {
                ReExport::Full => "full",
                ReExport::LinkOnly => "link",
                ReExport::IdOnly | ReExport::No => "id",
            },
            url: words(&post.slug).map(|slug| format!("{room}/p/{slug}")),
            external_url: post.link.as_deref(),
            title: post.title.as_deref(),
            text: &post.text,
            html: &post.html,
            language: post.language.as_deref(),
            author: words(&given.author),
            published_at: times::iso(post.published_at),
            updated_at: times::iso(post.changed_at),
            pinned: post.pinned_at > 0,
            network: given.network.as_deref(),
            network_id: only_id.then_some(post.remote_id.as_str()),
            source: given.source.as_ref().map(|GivenSource { name, url }| Source { name, url: url.as_deref() }),
            topics: given.topics.iter().map(|topic| Topic::new(room, topic)).collect(),
            media: given.pictures.iter().map(|picture| Medium::new(app, picture)).collect(),
        }
    }
}

impl<'a> Medium<'a> {
    fn new(app: &App, picture: &'a Picture) -> Self {
        let media = &picture.media;
        let largest = media.renditions.last();
        let file = |rendition: &'a Rendition| File {
            url: app.config.address(&format!("/media/{}", rendition.sha256)),
            content_type: &rendition.content_type,
            width: rendition.width,
            height: rendition.height,
            length: rendition.length,
        };
        Self {
            kind: "image",
            alt: &picture.alt,
            width: largest.map_or(media.width, |rendition| rendition.width),
            height: largest.map_or(media.height, |rendition| rendition.height),
            colour: &media.colour,
            renditions: media.web.iter().chain(&media.renditions).map(file).collect(),
        }
    }
}
