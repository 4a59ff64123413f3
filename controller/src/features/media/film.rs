//! Films: taken from members, and put in the queue of those that are prepared.

use super::{Error, Result, hold::holding, upload::Whole};
use crate::{
    app::{App, Change},
    services::{
        converters::film::{Container, HEAD_BYTES},
        storage::FileName,
    },
    store::Media,
    tools::ids,
};

/// Films of one account that may wait at once; how much room they take is for the account's limit to say.
const MOST_WAITING: i64 = 50;

/// Takes a film of which all is here: it is looked at later. Its media's id; the same bytes sent twice give the same film.
pub(super) async fn take_whole(app: &App, account_id: &str, whole: &Whole) -> Result<String> {
    if Container::of(&whole.head(HEAD_BYTES).await?).is_none() {
        return Err(Error::Told("media.film.type"));
    }
    let (now, sha256) = (app.clock.now(), whole.sha256.as_str());
    let known = app.store.find_film_by_hash(account_id, sha256).await?;
    if let Some(film) = known.as_ref().filter(|film| film.problem.is_empty()) {
        app.store.touch_media(account_id, &film.id, now).await?;
        return Ok(film.id.clone());
    }
    if app.store.count_unready_films(account_id).await? >= MOST_WAITING {
        return Err(Error::Told("media.film.many"));
    }
    let name = FileName::parse(sha256).ok_or_else(|| Error::Internal("name a film".to_owned()))?;
    let id = holding(app, vec![sha256.to_owned()], async {
        app.storage.put_file(&name, &whole.path).await?;
        let Some(film) = known else { return add(app, account_id, sha256).await };
        // It was refused once; perhaps there was no room.
        app.store.requeue_film(account_id, &film.id, now).await?;
        app.store.touch_media(account_id, &film.id, now).await?;
        Ok(film.id)
    });
    let id = id.await?;
    app.news.tell(Change::Film);
    Ok(id)
}

async fn add(app: &App, account_id: &str, sha256: &str) -> Result<String> {
    let now = app.clock.now();
    let media = Media {
        id: ids::new(now),
        sha256: sha256.to_owned(),
        width: 0,
        height: 0,
        colour: "#000000".to_owned(),
        created_at: now,
        renditions: Vec::new(),
        web: Vec::new(),
    };
    if app.store.add_film(account_id, &media).await? {
        return Ok(media.id);
    }
    // Somebody sent the same a moment ago.
    let first = app.store.find_film_by_hash(account_id, sha256).await?;
    first.map(|film| film.id).ok_or_else(|| Error::Internal("keep a film: it came and went".to_owned()))
}
