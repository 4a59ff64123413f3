//! Posts: what the public sees of them, and what the desk may do with them.

mod slug;

use std::collections::HashMap;

pub use slug::{readable, slug};

use crate::{
    app::{App, Change, Error, Result},
    features::screens,
    store::{Below, Media, Post, Stage},
};

/// A post with its pictures, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Full {
    /// The post.
    pub post: Post,
    /// Its pictures in order.
    pub pictures: Vec<Picture>,
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

/// Which posts the desk wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// What the public sees.
    Shown,
    /// What it does not.
    Hidden,
}

/// Lists posts of a stage, newest first.
pub async fn list(app: &App, stage: &Stage, filter: Filter, below: &Below, count: usize) -> Result<Part> {
    let shown = match filter {
        Filter::All => None,
        Filter::Shown => Some(true),
        Filter::Hidden => Some(false),
    };
    let one_more = i64::try_from(count).unwrap_or(i64::MAX - 1) + 1;
    let posts = app.store.list_posts(&stage.id, shown, below, one_more).await?;
    part(app, stage, posts, count).await
}

/// Lists shown posts of a topic of a stage, newest first.
pub async fn list_of_topic(app: &App, stage: &Stage, topic_id: &str, below: &Below, count: usize) -> Result<Part> {
    let one_more = i64::try_from(count).unwrap_or(i64::MAX - 1) + 1;
    let posts = app.store.list_topic_posts(&stage.id, topic_id, below, one_more).await?;
    part(app, stage, posts, count).await
}

/// Of a list that is one post longer than wanted where there are more: the part, and where the next begins.
async fn part(app: &App, stage: &Stage, mut posts: Vec<Post>, count: usize) -> Result<Part> {
    let more = posts.len() > count;
    posts.truncate(count);
    let older = posts.last().filter(|_| more).map(|p| Below { published_at: p.published_at, id: p.id.clone() });
    Ok(Part { posts: with_pictures(app, stage, posts).await?, older })
}

/// Gets a post of a stage, shown or not.
pub async fn get(app: &App, stage: &Stage, id: &str) -> Result<Full> {
    let post = app.store.find_post(&stage.id, id).await?.ok_or(Error::NotFound("post"))?;
    one_with_pictures(app, stage, post).await
}

/// Gets a shown post by its name in addresses.
pub async fn get_shown(app: &App, stage: &Stage, slug: &str) -> Result<Full> {
    let post = app.store.find_shown_post(&stage.id, slug).await?.ok_or(Error::NotFound("post"))?;
    one_with_pictures(app, stage, post).await
}

/// Takes a post off every face.
pub async fn hide(app: &App, stage: &Stage, id: &str) -> Result<()> {
    set_shown(app, stage, id, false).await
}

/// Puts a post on every face.
pub async fn show(app: &App, stage: &Stage, id: &str) -> Result<()> {
    set_shown(app, stage, id, true).await
}

async fn set_shown(app: &App, stage: &Stage, id: &str, shown: bool) -> Result<()> {
    if app.store.set_post_shown(&stage.id, id, shown, app.clock.now()).await? {
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
        if !shown {
            screens::withdraw_pictures(app, &stage.id).await?;
        }
        return Ok(());
    }
    // It is so already, which is what was asked for, unless there is no such post.
    app.store.find_post(&stage.id, id).await?.map(|_| ()).ok_or(Error::NotFound("post"))
}

async fn one_with_pictures(app: &App, stage: &Stage, post: Post) -> Result<Full> {
    let mut found = with_pictures(app, stage, vec![post]).await?;
    found.pop().ok_or(Error::NotFound("post"))
}

/// Adds the pictures of posts.
async fn with_pictures(app: &App, stage: &Stage, posts: Vec<Post>) -> Result<Vec<Full>> {
    let asked: Vec<String> = posts.iter().map(|post| post.id.clone()).collect();
    let links = app.store.list_post_pictures(&stage.id, &asked).await?;
    let mut ids: Vec<String> = links.iter().map(|l| l.media_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let media = app.store.list_media(&stage.account_id, &ids).await?;
    let mut pictures: HashMap<String, Vec<Picture>> = HashMap::new();
    for link in links {
        let Some(media) = media.get(&link.media_id).filter(|m| !m.renditions.is_empty()) else { continue };
        pictures.entry(link.post_id).or_default().push(Picture { alt: link.alt, media: media.clone() });
    }
    let full = |post: Post| Full { pictures: pictures.remove(&post.id).unwrap_or_default(), post };
    Ok(posts.into_iter().map(full).collect())
}
