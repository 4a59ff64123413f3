//! A post as programs read it, in the API and in what is sent to them. A field that was published once stays as it is.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Given, GivenSource, Picture};
use crate::{
    app::App,
    features::domains::Home,
    networks::ReExport,
    store::{Rendition, Stage, Topic},
};

/// How much of a post its network lets us give on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// All of it.
    Full,
    /// No words and no media.
    Link,
    /// Nothing but the id at its network.
    Id,
}

impl From<ReExport> for Extent {
    fn from(extent: ReExport) -> Self {
        match extent {
            ReExport::Full => Self::Full,
            ReExport::LinkOnly => Self::Link,
            ReExport::IdOnly | ReExport::No => Self::Id,
        }
    }
}

/// A post.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Post)]
pub struct PostShape {
    /// Its id here.
    pub id: String,
    /// How much of it its network lets us give on: `full`, `link` (no words, no media) or `id` (nothing but the id there).
    pub extent: Extent,
    /// Its page in the newsroom.
    pub url: Option<String>,
    /// Where it was published first.
    pub external_url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Plain, with an empty line between paragraphs.
    pub text: String,
    /// Harmless HTML: no script, style, form or picture.
    pub html: String,
    /// BCP 47 tag of the language it is written in.
    pub language: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was or will be published (RFC 3339).
    #[schema(format = DateTime)]
    pub published_at: String,
    /// When it last changed here (RFC 3339).
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Whether it stands before all others.
    pub pinned: bool,
    /// Stable name of the network; null for what was written here.
    pub network: Option<String>,
    /// Its id there, where nothing else may be given on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_id: Option<String>,
    /// Where it came from; null for what was written here.
    pub source: Option<SourceShape>,
    /// The topics it belongs to.
    pub topics: Vec<TopicShape>,
    /// Its pictures, in order.
    pub media: Vec<MediumShape>,
}

/// Where a post came from.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceShape {
    /// What it calls itself.
    pub name: String,
    /// A page of it.
    pub url: Option<String>,
}

/// A heading of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Topic)]
pub struct TopicShape {
    /// Its name.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its page in the newsroom.
    pub url: String,
}

/// A picture of a post.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Medium)]
pub struct MediumShape {
    /// `image`.
    pub kind: &'static str,
    /// What is to be seen; may be empty.
    pub alt: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// Average colour, `#rrggbb`.
    pub colour: String,
    /// AVIF first, then WebP, then what every browser knows; each from small to large.
    pub renditions: Vec<FileShape>,
}

/// A file of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = File)]
pub struct FileShape {
    /// Where it is; what is there never changes.
    pub url: String,
    /// Its type for HTTP.
    #[serde(rename = "type")]
    pub content_type: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// Length in bytes.
    pub length: i64,
}

impl PostShape {
    /// A post of a stage.
    pub fn new(app: &App, stage: &Stage, given: &Given) -> Self {
        let post = &given.post;
        let room = Home::of(app, stage).root();
        let extent = Extent::from(given.extent);
        let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self {
            id: post.id.clone(),
            extent,
            url: (!post.slug.is_empty()).then(|| format!("{room}/p/{}", post.slug)),
            external_url: post.link.clone(),
            title: post.title.clone(),
            text: post.text.clone(),
            html: post.html.clone(),
            language: post.language.clone(),
            author: words(&given.author),
            published_at: instant(post.published_at),
            updated_at: instant(post.changed_at),
            pinned: post.pinned_at > 0,
            network: given.network.clone(),
            network_id: if extent == Extent::Id { words(&post.remote_id) } else { None },
            source: given.source.as_ref().map(SourceShape::new),
            topics: given.topics.iter().map(|topic| TopicShape::new(&room, topic)).collect(),
            media: given.pictures.iter().map(|picture| MediumShape::new(app, picture)).collect(),
        }
    }
}

impl SourceShape {
    fn new(source: &GivenSource) -> Self {
        Self { name: source.name.clone(), url: source.url.clone() }
    }
}

impl TopicShape {
    /// A topic of the stage whose newsroom has this address.
    pub fn new(room: &str, topic: &Topic) -> Self {
        Self { name: topic.name.clone(), slug: topic.slug.clone(), url: format!("{room}/topics/{}", topic.slug) }
    }
}

impl MediumShape {
    /// A picture.
    pub fn new(app: &App, picture: &Picture) -> Self {
        let media = &picture.media;
        let largest = media.renditions.last();
        Self {
            kind: "image",
            alt: picture.alt.clone(),
            width: largest.map_or(media.width, |rendition| rendition.width),
            height: largest.map_or(media.height, |rendition| rendition.height),
            colour: media.colour.clone(),
            renditions: media.web.iter().chain(&media.renditions).map(|file| FileShape::new(app, file)).collect(),
        }
    }
}

impl FileShape {
    fn new(app: &App, rendition: &Rendition) -> Self {
        Self {
            url: app.config.address(&format!("/media/{}", rendition.sha256)),
            content_type: rendition.content_type.clone(),
            width: rendition.width,
            height: rendition.height,
            length: rendition.length,
        }
    }
}

fn instant(millis: i64) -> String {
    Timestamp::from_millisecond(millis).map(|at| at.to_string()).unwrap_or_default()
}
