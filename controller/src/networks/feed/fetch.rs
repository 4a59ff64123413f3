//! One visit to a feed over HTTP: ask only for what changed, read it off the main threads, decide what follows.

use reqwest::header::{
    ACCEPT, CACHE_CONTROL, ETAG, EXPIRES, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, USER_AGENT,
};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::{
    assemble::hex,
    cadence::{self, Freshness, Quiet},
    links,
    memory::Memory,
    network::is_same_place,
    read::{Hints, ReadError, Reading, read},
};
use crate::{
    networks::{Class, Credential, Doors, News, Next, Trouble, Visit, Visited},
    tools::{
        dates,
        http::{Answer, HttpError, Request},
    },
};

const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, \
    application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1";

/// Documents that are read at the same time: megabytes of markup take a multiple of that in memory, and a core.
static READERS: Semaphore = Semaphore::const_new(3);

/// Visits a feed.
pub(super) async fn visit(doors: &Doors<'_>, visit: &Visit<'_>) -> Visited {
    let mut memory = Memory::read(visit.memory);
    let mut visited = Visited {
        outcome: Ok(News::Unchanged),
        memory: String::new(),
        next: Next::Never,
        moved_to: None,
        host_pause: None,
        renewed: None,
    };
    let minimum_secs = doors.settings.minimum_secs.max(visit.every_secs);
    let validators = memory.validators(doors.now);
    let asked_in_full = validators == (None, None);
    let asked = ask(doors, visit, validators).await;
    let outcome = match asked.and_then(|answer| sort_out(answer, doors.now, &mut visited)) {
        Ok(answer) => {
            if asked_in_full {
                memory.full_at = doors.now;
            }
            // A secret stays with the place it was typed for.
            let secret = visit.link.credential.is_some();
            let moved = answer.moved_to().filter(|target| !secret || is_same_place(&visit.link.address, target));
            visited.moved_to = memory.note_move(&visit.link.address, moved, doors.now);
            take(doors, answer, asked_in_full, &mut memory, minimum_secs, &mut visited.next).await
        }
        Err(error) => {
            let (trouble, next) = memory.fail(error, minimum_secs, doors.now, doors.chance);
            visited.next = next;
            Err(trouble)
        }
    };
    visited.outcome = outcome;
    visited.memory = memory.write();
    visited
}

/// Asks for a document as a reader of feeds does.
pub(in crate::networks) fn request<'a>(doors: &Doors<'a>, address: &str, subscribers: usize) -> Request<'a> {
    let instance = doors.settings.instance_url.as_deref().unwrap_or("self-hosted");
    let agent = format!(
        "Litfass/{} (+{instance}; {subscribers} subscriber{})",
        env!("CARGO_PKG_VERSION"),
        if subscribers == 1 { "" } else { "s" }
    );
    doors.http.get(address).header(ACCEPT, ACCEPTED).header(USER_AGENT, &agent).limit(doors.settings.limit_bytes)
}

/// Adds `user:password`, if the owner gave one.
pub(super) fn signed<'a>(request: Request<'a>, credential: Option<&Credential>) -> Request<'a> {
    match credential.map(|credential| credential.reveal().split_once(':').unwrap_or((credential.reveal(), ""))) {
        Some((user, password)) => request.basic(user, password),
        None => request,
    }
}

async fn ask(
    doors: &Doors<'_>,
    visit: &Visit<'_>,
    (etag, modified): (Option<&str>, Option<&str>),
) -> Result<Answer, HttpError> {
    let mut request = signed(request(doors, &visit.link.address, visit.subscribers), visit.link.credential.as_ref());
    if let Some(etag) = etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    if let Some(modified) = modified {
        request = request.header(IF_MODIFIED_SINCE, modified);
    }
    request.send().await
}

/// Success or what the status means; a server that is too busy is left alone with all its sources.
fn sort_out(answer: Answer, now: i64, visited: &mut Visited) -> Result<Answer, HttpError> {
    if answer.status == 304 {
        return Ok(answer);
    }
    if let (429 | 503, Some(host)) = (answer.status, answer.url.host_str()) {
        visited.host_pause = Some((host.to_owned(), answer.retry_at(now)));
    }
    answer.success(now)
}

async fn take(
    doors: &Doors<'_>,
    answer: Answer,
    asked_in_full: bool,
    memory: &mut Memory,
    minimum_secs: i64,
    next: &mut Next,
) -> Result<News, Trouble> {
    let (etag, modified) = (answer.header(&ETAG), answer.header(&LAST_MODIFIED));
    let max_age = answer.header(&CACHE_CONTROL).and_then(|value| cadence::max_age_secs(&value));
    let expires = answer.header(&EXPIRES).and_then(|date| dates::parse(&date)).map(|at| (at - doors.now) / 1000);
    let same = !asked_in_full && memory.is_same(etag.as_deref(), modified.as_deref(), doors.now);
    let body_hash = (answer.status != 304).then(|| hex(&Sha256::digest(&answer.body)));
    let same_body = body_hash.is_some() && body_hash == memory.body_hash;

    let result = if answer.status == 304 || same_body || (same && memory.body_hash.is_some()) {
        Ok(News::Unchanged)
    } else {
        read_apart(answer, memory.shared_ids.clone()).await.map(|reading| {
            memory.ttl_secs = reading.batch.source.ttl_secs;
            memory.expired = reading.batch.source.expired;
            let facts = &reading.batch.source;
            memory.quiet = Quiet { hours: facts.skip_hours.clone(), days: facts.skip_days.clone() };
            memory.shared_ids = reading.shared_ids;
            memory.body_hash = body_hash;
            News::Batch(Box::new(reading.batch))
        })
    };
    match result {
        Ok(news) => {
            memory.etag = etag.or(memory.etag.take().filter(|_| news == News::Unchanged));
            memory.last_modified = modified.or(memory.last_modified.take().filter(|_| news == News::Unchanged));
            memory.succeed();
            let pause = cadence::pause_secs(minimum_secs, Freshness { ttl: memory.ttl_secs, max_age, expires });
            *next = if memory.expired {
                Next::Never
            } else {
                let due = doors.now + cadence::drift_secs(pause, doors.chance) * 1000;
                Next::At(cadence::awake(due, &memory.quiet))
            };
            Ok(news)
        }
        Err(error) => {
            memory.failures = memory.failures.saturating_add(1);
            let secs = cadence::retry_secs(minimum_secs, memory.failures, doors.chance);
            *next = Next::At(doors.now + secs * 1000);
            Err(trouble(&error))
        }
    }
}

/// What a document that is no feed means.
pub(in crate::networks) fn trouble(error: &ReadError) -> Trouble {
    Trouble::new(Class::ContractChanged, error.key(), error.to_string())
}

/// Reads on a thread of its own: megabytes of markup must not keep other requests waiting.
pub(in crate::networks) async fn read_apart(answer: Answer, shared_ids: Vec<String>) -> Result<Reading, ReadError> {
    let content_type = answer.content_type();
    let Answer { url: address, body, headers, .. } = answer;
    let work = move || {
        let hints = Hints { content_type: content_type.as_deref(), address: Some(&address), shared_ids: &shared_ids };
        let mut reading = read(&body, &hints)?;
        links::read(&headers, &address, &mut reading.batch.source);
        Ok(reading)
    };
    let Ok(_place) = READERS.acquire().await else { return Err(ReadError::Failed) };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(ReadError::Failed))
}
