//! One visit to a source: what it brought is taken post by post.

use tracing::{info, warn};

use super::{doors, saying, settings};
use crate::{
    app::{App, Change, Error, Result},
    features::{media, posts::slug},
    networks::{self, Batch, Class, ImportedPost, Link, MediaKind, MediaRule, News, Next, Visit, Visited},
    store::{Post, PostPicture, Source, Stage, Taken, VisitResult},
    tools::ids,
};

/// Most pictures a post keeps.
const MOST_PICTURES: usize = 10;
/// Most posts one visit takes, newest first.
const MOST_POSTS: usize = 200;
/// A source that is switched off is due at the end of time.
const NEVER: i64 = i64::MAX;

/// What a visit brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Posts that were not here before.
    pub new: usize,
    /// Posts that were edited.
    pub changed: usize,
    /// Posts that their source withdrew.
    pub withdrawn: usize,
    /// Visit no source of this host before this time.
    pub host_pause: Option<(String, i64)>,
}

/// Visits a claimed source, takes what it brought, and notes how it went.
pub async fn visit(app: &App, source: &Source) -> Result<Imported> {
    let stage = app.store.find_any_stage(&source.stage_id).await?.ok_or(Error::NotFound("stage"))?;
    let network = networks::find(&source.network).ok_or(Error::NotFound("network"))?;
    let settings = settings(app);
    let subscribers = app.store.count_subscribers(&source.network, &source.address).await?;
    let visited = network
        .fetch(
            &doors(app, &settings)?,
            &Visit {
                link: &Link { address: source.address.clone(), credential: None },
                memory: Some(source.memory.as_str()).filter(|m| !m.is_empty()),
                every_secs: settings.minimum_secs,
                subscribers: usize::try_from(subscribers).unwrap_or(1),
            },
        )
        .await;
    let mut imported = Imported { host_pause: visited.host_pause.clone(), ..Imported::default() };
    let mut name = source.name.clone();
    if let Ok(News::Batch(batch)) = &visited.outcome {
        if let Some(title) = &batch.source.title {
            name.clone_from(title);
        }
        let stores = network.facts().policy.media != MediaRule::Never;
        take(app, &stage, source, batch, stores, &mut imported).await?;
    }
    note(app, source, name, visited).await?;
    app.news.tell(Change::Source { stage_id: stage.id });
    Ok(imported)
}

async fn take(
    app: &App,
    stage: &Stage,
    source: &Source,
    batch: &Batch,
    stores: bool,
    imported: &mut Imported,
) -> Result<()> {
    let known = app.store.list_content_hashes(&source.id).await?;
    let newest = batch.posts.iter().take(MOST_POSTS).collect::<Vec<_>>();
    // Oldest first, so that the newest is the last to arrive and ids follow time.
    for post in newest.into_iter().rev() {
        if known.get(&post.remote_id) == Some(&post.content_hash) {
            continue;
        }
        match take_one(app, stage, source, post, stores).await {
            Ok(Taken::Same) => continue,
            Ok(Taken::New) => imported.new += 1,
            Ok(Taken::Changed) => imported.changed += 1,
            Err(error) => {
                // One bad post must not stop the others; it is tried again at the next visit that brings anything.
                warn!(source.id = %source.id, "take a post of source {}: {error}", source.id);
                continue;
            }
        }
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
    }
    for remote_id in &batch.withdrawn {
        if app.store.delete_withdrawn_post(&source.id, remote_id).await? {
            imported.withdrawn += 1;
        }
    }
    if imported.withdrawn > 0 {
        app.news.tell(Change::Posts { stage_id: stage.id.clone() });
        // What is left over is swept again later; the posts are gone in any case.
        if let Err(error) = media::tidy(app).await {
            warn!("tidy media after posts went: {error}");
        }
    }
    if imported.new + imported.changed + imported.withdrawn > 0 {
        info!(
            source.id = %source.id,
            new = imported.new,
            changed = imported.changed,
            withdrawn = imported.withdrawn,
            "fetched source {}",
            source.id
        );
    }
    Ok(())
}

async fn take_one(app: &App, stage: &Stage, source: &Source, post: &ImportedPost, stores: bool) -> Result<Taken> {
    let now = app.clock.now();
    let id = ids::new(now);
    let pictures = if stores { pictures(app, stage, source, &id, post).await } else { Vec::new() };
    let words = post.title.as_deref().unwrap_or(&post.text);
    let row = Post {
        slug: slug(words, &source.id, &post.remote_id),
        id,
        stage_id: stage.id.clone(),
        source_id: source.id.clone(),
        remote_id: post.remote_id.clone(),
        title: post.title.clone(),
        text: post.text.clone(),
        html: post.html.clone(),
        link: post.link.clone(),
        author: post.author.clone(),
        language: post.language.clone(),
        content_hash: post.content_hash.clone(),
        // A post from the future would stand above all others until then.
        published_at: post.published_at.unwrap_or(now).min(now),
        imported_at: now,
        changed_at: now,
        shown: !source.held,
    };
    Ok(app.store.take_post(&row, &pictures).await?)
}

/// Fetches the pictures of a post; one that cannot be had is left out.
async fn pictures(app: &App, stage: &Stage, source: &Source, id: &str, post: &ImportedPost) -> Vec<PostPicture> {
    let mut kept: Vec<PostPicture> = Vec::new();
    for remote in post.media.iter().filter(|m| m.kind == MediaKind::Picture).take(MOST_PICTURES) {
        match media::fetch_and_keep(app, &stage.account_id, &remote.url).await {
            Ok(found) if kept.iter().any(|k| k.media_id == found.id) => {}
            Ok(found) => kept.push(PostPicture {
                post_id: id.to_owned(),
                media_id: found.id,
                alt: remote.alt.clone().unwrap_or_default(),
            }),
            Err(error) => warn!(source.id = %source.id, "leave a picture of source {} out: {error}", source.id),
        }
    }
    kept
}

async fn note(app: &App, source: &Source, name: String, visited: Visited) -> Result<()> {
    let now = app.clock.now();
    let trouble = visited.outcome.as_ref().err();
    let said = trouble.map(saying).unwrap_or_default();
    let next_at = match visited.next {
        Next::At(time) => time,
        Next::Never => NEVER,
    };
    let stopped = next_at == NEVER
        || trouble.is_some_and(|t| {
            matches!(t.class, Class::Gone | Class::ReauthRequired | Class::PermissionMissing { .. } | Class::BadRequest)
        });
    if let Some(trouble) = trouble {
        info!(source.id = %source.id, "source {} could not be fetched: {}", source.id, trouble.detail);
    }
    let state = match (trouble, stopped) {
        (None, _) => "working",
        (Some(_), true) => "stopped",
        (Some(_), false) => "failing",
    };
    let result = VisitResult {
        address: visited.moved_to.unwrap_or_else(|| source.address.clone()),
        name,
        memory: visited.memory,
        state,
        problem: said.key,
        detail: serde_json::to_string(&said.args).unwrap_or_else(|_| "{}".to_owned()),
        failures: if trouble.is_some() { source.failures + 1 } else { 0 },
        fetched_at: now,
        succeeded_at: if trouble.is_some() { source.succeeded_at } else { now },
        next_at,
    };
    Ok(app.store.note_visit(source, &result).await?)
}
