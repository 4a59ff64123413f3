//! Stages and lists of posts as programs read them. A field that was published once stays as it is.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    features::{
        domains::Home,
        newsroom::Held,
        posts::{PostShape, TopicShape},
    },
    store::{Stage, Topic},
    tools::colour::Colour,
    web::newsroom::Accent,
};

/// A stage.
#[derive(Serialize, ToSchema)]
#[schema(as = Stage)]
pub(super) struct StageShape {
    /// Its name in addresses.
    handle: String,
    /// Its name.
    name: String,
    /// What it says of itself.
    description: String,
    /// Its newsroom.
    url: String,
    /// Of what it says by itself: BCP 47.
    language: String,
    /// IANA.
    time_zone: String,
    colours: Colours,
}

/// `#rrggbb`, readable whatever the owner chose.
#[derive(Serialize, ToSchema)]
struct Colours {
    /// What stands out.
    accent: String,
    /// For words on the accent.
    on_accent: String,
    /// For links on light ground.
    link_on_light: String,
    /// For links on dark ground.
    link_on_dark: String,
}

/// A stage with what belongs to it.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeStage {
    #[serde(flatten)]
    stage: StageShape,
    /// The institution elsewhere.
    links: Vec<Link>,
    /// Address of the imprint.
    imprint: Option<String>,
    /// Address of the privacy notice.
    privacy: Option<String>,
    /// Its topics in their order.
    topics: Vec<TopicShape>,
}

/// A page of the institution elsewhere.
#[derive(Serialize, ToSchema)]
struct Link {
    /// Where it leads.
    url: String,
    /// The host it leads to.
    name: String,
}

/// Stages.
#[derive(Serialize, ToSchema)]
pub(super) struct Stages {
    /// Those of the account.
    pub(super) stages: Vec<StageShape>,
}

/// Topics.
#[derive(Serialize, ToSchema)]
pub(super) struct Topics {
    /// In their order.
    pub(super) topics: Vec<TopicShape>,
}

/// A page of posts.
#[derive(Serialize, ToSchema)]
pub(super) struct PostPage {
    pub(super) stage: StageShape,
    /// The topic that was asked for.
    pub(super) topic: Option<TopicShape>,
    /// Pinned ones first, then the newest; those that fit best first where words were searched.
    pub(super) posts: Vec<PostShape>,
    /// Address of the next page; null on the last.
    pub(super) next: Option<String>,
}

/// A page of changes.
#[derive(Serialize, ToSchema)]
pub(super) struct ChangePage {
    pub(super) stage: StageShape,
    /// What has changed, in the order in which it did: each post once, as it is now.
    pub(super) changes: Vec<ChangeShape>,
    /// Address of the changes after these: ask it now where there are more, else later.
    pub(super) next: String,
    /// Whether there are more by now.
    pub(super) more: bool,
}

/// A change: a post as it is now, or that it is withdrawn.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Change)]
pub(super) enum ChangeShape {
    /// New, or says something else.
    Post(Box<PostShape>),
    /// May be shown no more, whoever holds it.
    Withdrawn(Withdrawn),
}

/// A post that may be shown no more. Nothing of what it said is left.
#[derive(Serialize, ToSchema)]
pub(super) struct Withdrawn {
    /// Its id.
    pub(super) id: String,
    /// Always true.
    pub(super) withdrawn: bool,
}

/// What a list of posts gives: changes where `changed_since` is said, else posts.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum PostList {
    /// Posts.
    Posts(PostPage),
    /// Changes.
    Changes(ChangePage),
}

impl StageShape {
    pub(super) fn new(app: &App, stage: &Stage) -> Self {
        let colours = Accent::of(&stage.accent);
        let text = |colour: Colour| colour.to_string();
        Self {
            handle: stage.handle.clone(),
            name: stage.name.clone(),
            description: stage.description.clone(),
            url: room(app, stage),
            language: stage.language.clone(),
            time_zone: stage.time_zone.clone(),
            colours: Colours {
                accent: text(colours.accent),
                on_accent: text(colours.on_accent),
                link_on_light: text(colours.link),
                link_on_dark: text(colours.link_dark),
            },
        }
    }
}

impl WholeStage {
    pub(super) fn new(app: &App, stage: &Stage, held: Held, topics: &[Topic]) -> Self {
        let said = |address: String| Some(address).filter(|address| !address.is_empty());
        Self {
            stage: StageShape::new(app, stage),
            links: held.profiles.into_iter().map(|profile| Link { url: profile.address, name: profile.host }).collect(),
            imprint: said(held.imprint),
            privacy: said(held.privacy),
            topics: topic_shapes(app, stage, topics),
        }
    }
}

/// Topics of a stage.
pub(super) fn topic_shapes(app: &App, stage: &Stage, topics: &[Topic]) -> Vec<TopicShape> {
    let room = Home::of(app, stage).root();
    topics.iter().map(|topic| TopicShape::new(&room, topic)).collect()
}

/// The newsroom of a stage.
fn room(app: &App, stage: &Stage) -> String {
    Home::of(app, stage).address()
}
