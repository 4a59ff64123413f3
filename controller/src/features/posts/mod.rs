//! Posts: what the public sees of them, and what the desk may do with them.

mod given;
mod marks;
mod search;
mod shape;
mod slug;
mod turns;

use std::collections::HashMap;

pub use given::{
    Given, GivenPart, GivenSource, get_given, get_given_by_id, give_of_desk, list_given, list_given_by_id,
    list_given_of, search_given,
};
pub use search::{Found, Hits, LONGEST_QUERY, Query, marked, read_words, search};
pub use shape::{Extent, FileShape, MediumShape, PostShape, SourceShape, TopicShape};
pub use slug::{readable, slug};
pub use turns::Turns;

use crate::{
    app::{App, Change, Error, Result},
    features::{
        history::{self, Deed},
        media, screens,
    },
    store::{self, Below, Media, Post, PostGroup, PostPicture, PostState, PublicQuery, Source, Stage},
};

/// A post with its pictures, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Full {
    /// The post.
    pub post: Post,
    /// Its pictures in order.
    pub pictures: Vec<Picture>,
    /// The same item as others have it: the other posts on its card.
    pub origins: Vec<Origin>,
}

/// A post that is on the card of another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The post.
    pub post: Post,
    /// Stable name of its network; `own` when it was written here.
    pub network: String,
    /// What its source is called; empty when it was written here.
    pub source: String,
}

/// A picture of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What is to be seen, in words; may be empty.
    pub alt: String,
    /// The picture in its sizes.
    pub media: Media,
}

/// A part of a list, and where the next part begins.
#[derive(Clone, Debug)]
pub struct Part {
    /// The posts, newest first.
    pub posts: Vec<Full>,
    /// Where older ones begin; `None` when these are the oldest.
    pub older: Option<Below>,
}

impl Full {
    /// The same without what the public does not see.
    fn public(mut self, now: i64) -> Self {
        self.origins.retain(|origin| origin.post.state(now) == PostState::Shown);
        self
    }
}

impl Part {
    fn public(self, now: i64) -> Self {
        Self { posts: self.posts.into_iter().map(|full| full.public(now)).collect(), ..self }
    }
}

/// Lists posts of a stage for the desk: pinned ones, then the newest.
pub async fn list(app: &App, stage: &Stage, group: PostGroup, below: &Below, count: usize) -> Result<Part> {
    let posts = app.store.list_posts(&stage.id, group, below, app.clock.now(), one_more(count)).await?;
    part(app, stage, posts, count).await
}

/// Lists what the public sees of a stage and asks for: pinned posts, then the newest.
pub async fn list_public(app: &App, stage: &Stage, wanted: PublicQuery<'_>, count: usize) -> Result<Part> {
    let wanted = PublicQuery { limit: one_more(count), ..wanted };
    let posts = app.store.list_public_posts(&stage.id, &wanted, app.clock.now()).await?;
    Ok(part(app, stage, posts, count).await?.public(app.clock.now()))
}

fn one_more(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX - 1) + 1
}

/// Of a list that is one post longer than wanted where there are more: the part, and where the next begins.
async fn part(app: &App, stage: &Stage, mut posts: Vec<Post>, count: usize) -> Result<Part> {
    let more = posts.len() > count;
    posts.truncate(count);
    let older = posts.last().filter(|_| more).map(Below::from);
    Ok(Part { posts: with_pictures(app, stage, posts).await?, older })
}

/// Gets a post of a stage, shown or not.
pub async fn get(app: &App, stage: &Stage, id: &str) -> Result<Full> {
    let post = app.store.find_post(&stage.id, id).await?.ok_or(Error::NotFound("post"))?;
    one_with_pictures(app, stage, post).await
}

/// Gets a shown post by its name in addresses.
pub async fn get_shown(app: &App, stage: &Stage, slug: &str) -> Result<Full> {
    let now = app.clock.now();
    let post = app.store.find_shown_post(&stage.id, slug, now).await?.ok_or(Error::NotFound("post"))?;
    Ok(one_with_pictures(app, stage, post).await?.public(now))
}

/// Finds the post that stands for the card of a shown one; `None` where that one does itself.
pub async fn find_standing(app: &App, stage: &Stage, post: &Post) -> Result<Option<Post>> {
    if post.card_id.is_none() {
        return Ok(None);
    }
    Ok(app.store.find_standing_post(&stage.id, &post.id, app.clock.now()).await?)
}

/// Takes a post off every face.
pub async fn hide(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let store = history::noting(app, stage, Deed::PostHidden, id);
    if store.hide_post(&stage.id, id, app.clock.now()).await? {
        return left(app, &stage.id).await;
    }
    is_there(app, stage, id).await
}

/// Puts a post on every face: a draft from now on, one whose time is over without an end, one whose time is still to come
/// when it has come.
pub async fn show(app: &App, stage: &Stage, id: &str) -> Result<()> {
    let store = history::noting(app, stage, Deed::PostShown, id);
    if store.show_post(&stage.id, id, app.clock.now()).await? {
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
        return Ok(());
    }
    is_there(app, stage, id).await
}

/// Takes a post off every face, with whatever is on its card.
pub async fn hide_card(app: &App, stage: &Stage, id: &str) -> Result<()> {
    for origin in get(app, stage, id).await?.origins.iter().filter(|origin| origin.post.shown) {
        hide(app, stage, &origin.post.id).await?;
    }
    hide(app, stage, id).await
}

/// Puts a post on every face, with whatever is on its card. Drafts stay drafts.
pub async fn show_card(app: &App, stage: &Stage, id: &str) -> Result<()> {
    for origin in get(app, stage, id).await?.origins.iter().filter(|origin| !origin.post.shown && !origin.post.draft) {
        show(app, stage, &origin.post.id).await?;
    }
    show(app, stage, id).await
}

/// Has a post stand before all others.
pub async fn pin(app: &App, stage: &Stage, id: &str) -> Result<()> {
    set_pin(app, stage, id, app.clock.now(), Deed::PostPinned).await
}

/// Lets a post stand where its time says.
pub async fn unpin(app: &App, stage: &Stage, id: &str) -> Result<()> {
    set_pin(app, stage, id, 0, Deed::PostUnpinned).await
}

async fn set_pin(app: &App, stage: &Stage, id: &str, pinned_at: i64, deed: Deed) -> Result<()> {
    if !history::noting(app, stage, deed, id).pin_post(&stage.id, id, pinned_at).await? {
        return Err(Error::NotFound("post"));
    }
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(())
}

/// Has a post stand out until an instant; `None` for not any more.
pub async fn feature(app: &App, stage: &Stage, id: &str, until: Option<i64>) -> Result<()> {
    if until.is_some_and(|until| until <= app.clock.now()) {
        return Err(Error::invalid("until", "posts.feature.past"));
    }
    let deed = if until.is_some() { Deed::PostFeatured } else { Deed::PostUnfeatured };
    if !history::noting(app, stage, deed, id).feature_post(&stage.id, id, until).await? {
        return Err(Error::NotFound("post"));
    }
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(())
}

/// After a post has left the faces of a stage, or says something else there: whoever looks is told, and the last pictures
/// of screens go.
pub async fn left(app: &App, stage_id: &str) -> Result<()> {
    app.news.tell(Change::Posts { stage_id: stage_id.to_owned() });
    screens::withdraw_pictures(app, stage_id).await
}

/// After posts are gone for good: the same, and their pictures go.
pub async fn withdrawn(app: &App, stage_id: &str) -> Result<()> {
    left(app, stage_id).await?;
    // What is left over is swept again later; the posts are gone in any case.
    if let Err(error) = media::tidy(app).await {
        tracing::warn!("tidy media after posts went: {error}");
    }
    Ok(())
}

/// A post is as it was asked for, unless there is no such post.
async fn is_there(app: &App, stage: &Stage, id: &str) -> Result<()> {
    app.store.find_post(&stage.id, id).await?.map(|_| ()).ok_or(Error::NotFound("post"))
}

/// Who signs a post: its author, else its source, else the stage whose own post it is.
pub fn signed<'a>(post: &'a Post, source: Option<&'a str>, stage: &'a str) -> &'a str {
    match (&post.author, source) {
        (Some(author), _) => author,
        (None, Some(source)) => source,
        (None, None) if post.is_own() => stage,
        (None, None) => "",
    }
}

async fn one_with_pictures(app: &App, stage: &Stage, post: Post) -> Result<Full> {
    let mut found = with_pictures(app, stage, vec![post]).await?;
    found.pop().ok_or(Error::NotFound("post"))
}

/// Adds the pictures of posts of one account, and what is on their cards, whatever their stages.
pub async fn complete(app: &App, account_id: &str, posts: Vec<Post>) -> Result<Vec<Full>> {
    let mut stages: Vec<_> = posts.iter().map(|post| post.stage_id.clone()).collect();
    stages.sort_unstable();
    stages.dedup();
    let (mut links, mut cards) = (Vec::new(), HashMap::new());
    for stage_id in stages {
        let of_stage: Vec<_> = posts.iter().filter(|post| post.stage_id == stage_id).cloned().collect();
        let ids: Vec<_> = of_stage.iter().map(|post| post.id.clone()).collect();
        links.extend(app.store.list_post_pictures(&stage_id, &ids).await?);
        let on = Cards::of(app, &stage_id, &of_stage).await?;
        cards.insert(stage_id, on);
    }
    let mut found = put_together(app, account_id, posts, links).await?;
    for full in &mut found {
        full.origins = cards.get(&full.post.stage_id).map(|cards| cards.origins(&full.post)).unwrap_or_default();
    }
    Ok(found)
}

/// Adds the pictures of posts.
async fn with_pictures(app: &App, stage: &Stage, posts: Vec<Post>) -> Result<Vec<Full>> {
    let asked: Vec<String> = posts.iter().map(|post| post.id.clone()).collect();
    let links = app.store.list_post_pictures(&stage.id, &asked).await?;
    let cards = Cards::of(app, &stage.id, &posts).await?;
    let mut found = put_together(app, &stage.account_id, posts, links).await?;
    for full in &mut found {
        full.origins = cards.origins(&full.post);
    }
    Ok(found)
}

async fn put_together(app: &App, account_id: &str, posts: Vec<Post>, links: Vec<PostPicture>) -> Result<Vec<Full>> {
    let mut ids: Vec<String> = links.iter().map(|l| l.media_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let media = app.store.list_media(account_id, &ids).await?;
    let mut pictures: HashMap<String, Vec<Picture>> = HashMap::new();
    for link in links {
        let Some(media) = media.get(&link.media_id).filter(|m| !m.renditions.is_empty()) else { continue };
        pictures.entry(link.post_id).or_default().push(Picture { alt: link.alt, media: media.clone() });
    }
    let full = |post: Post| Full { pictures: pictures.remove(&post.id).unwrap_or_default(), origins: Vec::new(), post };
    Ok(posts.into_iter().map(full).collect())
}

/// What is on the cards of posts.
struct Cards {
    posts: Vec<Post>,
    sources: Vec<Source>,
}

impl Cards {
    async fn of(app: &App, stage_id: &str, posts: &[Post]) -> Result<Self> {
        let mut ids: Vec<_> = posts.iter().filter_map(|post| post.card_id.clone()).collect();
        ids.sort();
        ids.dedup();
        let posts = app.store.list_cards(stage_id, &ids).await?;
        let sources = if posts.is_empty() { Vec::new() } else { app.store.list_sources(stage_id).await? };
        Ok(Self { posts, sources })
    }

    fn origins(&self, of: &Post) -> Vec<Origin> {
        let is_beside = |post: &&Post| post.id != of.id && post.card_id.is_some() && post.card_id == of.card_id;
        let origin = |post: &Post| {
            let source = self.sources.iter().find(|source| post.source_id.as_ref() == Some(&source.id));
            Origin {
                post: post.clone(),
                network: source.map_or(store::OWN, |source| source.network.as_str()).to_owned(),
                source: source.map_or_else(String::new, |source| source.name.clone()),
            }
        };
        self.posts.iter().filter(is_beside).map(origin).collect()
    }
}
