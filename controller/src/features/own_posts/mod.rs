//! Own posts: written in the dashboard, shown from one instant to another.

mod times;
mod words;

pub use times::{Times, TypedTimes, Wish, resolve, span};
pub use words::{LONGEST_ALT, LONGEST_TEXT, LONGEST_TITLE, MOST_PICTURES, Typed, Words};

use sha2::{Digest as _, Sha256};

use crate::{
    app::{App, Change, Error, Problem, Result},
    features::{
        history::{self, Deed},
        merging, posts,
        topics::{self, Hand},
    },
    store::{Post, PostPicture, PostState, Stage},
    tools::{ids, zones},
};

/// What somebody wants a post to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it says.
    pub words: Typed,
    /// From when to when.
    pub times: TypedTimes,
    /// What the button wants.
    pub wish: Wish,
    /// Ids of the topics it belongs to whatever their rules say.
    pub topics: Vec<String>,
    /// The same as they were when somebody began to write: what they left as it was they said nothing about. `None`: as they
    /// are now.
    pub held: Option<Vec<String>>,
}

/// Checks all of a sheet at once: what it says, and from when to when.
fn checked(app: &App, stage: &Stage, sheet: &Sheet, old: Option<&Post>) -> Result<(Words, Times)> {
    let now = app.clock.now();
    let zone = zones::table(&stage.time_zone, now);
    let words = Words::parse(&sheet.words);
    match (words, resolve(&sheet.times, sheet.wish, old, &zone, now)) {
        (Ok(words), Ok(times)) => Ok((words, times)),
        (words, times) => Err(Error::Invalid(both(words.err(), times.err()))),
    }
}

fn both(one: Option<Vec<Problem>>, other: Option<Vec<Problem>>) -> Vec<Problem> {
    one.into_iter().chain(other).flatten().collect()
}

/// Writes a post; the post as it is kept.
pub async fn create(app: &App, stage: &Stage, sheet: &Sheet) -> Result<Post> {
    create_as(app, stage, sheet, ids::new(app.clock.now())).await
}

/// Writes a post once, however often whoever gave it this name sends it; the post as it is kept, and whether it is new.
pub async fn create_once(app: &App, stage: &Stage, sheet: &Sheet, name: &str) -> Result<(Post, bool)> {
    let id = shared::hex::encode(&Sha256::digest(format!("{} {name}", stage.id))[..16]);
    if let Some(post) = app.store.find_post(&stage.id, &id).await? {
        return Ok((post, false));
    }
    match create_as(app, stage, sheet, id.clone()).await {
        Ok(post) => Ok((post, true)),
        // The same was sent twice at once.
        Err(error) => match app.store.find_post(&stage.id, &id).await? {
            Some(post) => Ok((post, false)),
            None => Err(error),
        },
    }
}

async fn create_as(app: &App, stage: &Stage, sheet: &Sheet, id: String) -> Result<Post> {
    let (words, times) = checked(app, stage, sheet, None)?;
    let now = app.clock.now();
    let post = Post {
        slug: posts::slug(words.naming(), &stage.id, &id),
        stage_id: stage.id.clone(),
        remote_id: id.clone(),
        imported_at: now,
        facts: "{}".to_owned(),
        id,
        ..Post::default()
    };
    let post = filled(post, words.clone(), times, now);
    let deed = if post.draft { Deed::PostWritten } else { Deed::PostPublished };
    let store = history::noting(app, stage, deed, post.id.as_str());
    store.add_own_post(&post, &pictures(&post.id, words)).await?;
    sort(app, stage, &post.id, sheet).await;
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(post)
}

/// Gives a post other words, pictures and times; its address stays. [`Error::Stale`] when it is not as it was seen.
pub async fn change(app: &App, stage: &Stage, old: &Post, seen: i64, sheet: &Sheet) -> Result<Post> {
    let (words, times) = checked(app, stage, sheet, Some(old))?;
    // Two edits within one millisecond are still two.
    let now = app.clock.now().max(old.changed_at + 1);
    let post = filled(old.clone(), words.clone(), times, now);
    let deed = match (old.draft, post.draft) {
        (_, true) => Deed::PostWritten,
        (true, false) => Deed::PostPublished,
        (false, false) => Deed::PostChanged,
    };
    let store = history::noting(app, stage, deed, post.id.as_str());
    if !store.change_own_post(&post, seen, &pictures(&post.id, words)).await? {
        return Err(gone_or_stale(app, stage, &old.id).await?);
    }
    sort(app, stage, &post.id, sheet).await;
    tell(app, stage, old).await?;
    Ok(post)
}

/// Removes a post from every face, for good.
pub async fn delete(app: &App, stage: &Stage, id: &str) -> Result<()> {
    if !history::noting(app, stage, Deed::PostDeleted, id).delete_own_post(&stage.id, id).await? {
        return Err(Error::NotFound("post"));
    }
    posts::withdrawn(app, &stage.id).await
}

/// Says from when to when a post from elsewhere is shown, and what is to be seen on its pictures. [`Error::Stale`] when it is not
/// as it was seen.
pub async fn change_terms(app: &App, stage: &Stage, old: &Post, seen: i64, sheet: &Sheet) -> Result<()> {
    let now = app.clock.now();
    let span = span(&sheet.times, old, &zones::table(&stage.time_zone, now)).map_err(Error::Invalid)?;
    let line = |(id, alt): &(String, String)| (id.clone(), crate::tools::text::line(alt, LONGEST_ALT));
    let words: Vec<_> = sheet.words.pictures.iter().map(line).collect();
    let now = now.max(old.changed_at + 1);
    let store = history::noting(app, stage, Deed::PostTerms, old.id.as_str());
    if !store.change_terms(&stage.id, &old.id, seen, span, &words, now).await? {
        return Err(gone_or_stale(app, stage, &old.id).await?);
    }
    tell(app, stage, old).await
}

async fn gone_or_stale(app: &App, stage: &Stage, id: &str) -> Result<Error> {
    let there = app.store.find_post(&stage.id, id).await?.is_some();
    Ok(if there { Error::Stale } else { Error::NotFound("post") })
}

/// Tells of an edit; what the public has seen of it goes from the pictures of screens.
async fn tell(app: &App, stage: &Stage, old: &Post) -> Result<()> {
    if old.state(app.clock.now()) == PostState::Shown {
        return posts::left(app, &stage.id).await;
    }
    app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    Ok(())
}

fn filled(post: Post, words: Words, times: Times, now: i64) -> Post {
    Post {
        content_hash: words.hash(),
        title: words.title,
        text: words.text,
        html: words.html,
        link: words.link,
        language: words.language,
        published_at: times.published_at,
        expires_at: times.expires_at,
        shown: times.shown,
        draft: times.draft,
        changed_at: now,
        ..post
    }
}

fn pictures(post_id: &str, words: Words) -> Vec<PostPicture> {
    let picture = |(media_id, alt)| PostPicture { post_id: post_id.to_owned(), media_id, alt };
    words.pictures.into_iter().map(picture).collect()
}

/// Has rules sort a post, as they do imported ones, looks for copies of it, and puts it where somebody wants it in any
/// case. The post is there by now, whatever goes wrong here.
async fn sort(app: &App, stage: &Stage, id: &str, sheet: &Sheet) {
    // What rules say is made up for in the background: the post counts as one that nobody sorted.
    let merged = merging::look_at(app, stage, id).await.map(|_| ());
    for sorted in [topics::sort_new(app, &stage.id, id).await, put(app, stage, id, sheet).await, merged] {
        if let Err(error) = sorted {
            tracing::warn!(stage.id = %stage.id, "sort a post of stage {}: {error}", stage.id);
        }
    }
}

async fn put(app: &App, stage: &Stage, id: &str, sheet: &Sheet) -> Result<()> {
    let held = app.store.list_post_topics(&stage.id, &[id.to_owned()]).await?;
    let is_in = |topic: &str| held.iter().any(|one| one.topic_id == topic && one.by_hand == Hand::In.name());
    let known = topics::list(app, stage).await?;
    let said: Vec<_> = known
        .iter()
        .filter_map(|topic| {
            let (wanted, is) = (sheet.topics.contains(&topic.id), is_in(&topic.id));
            let was = sheet.held.as_ref().map_or(is, |held| held.contains(&topic.id));
            match (wanted, is) {
                _ if wanted == was => None,
                (true, false) => Some((topic.id.clone(), Hand::In)),
                (false, true) => Some((topic.id.clone(), Hand::Rule)),
                _ => None,
            }
        })
        .collect();
    if said.is_empty() { Ok(()) } else { topics::put(app, stage, id, &said).await }
}
