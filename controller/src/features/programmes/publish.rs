//! From the database to the next signed version, if there is anything new to show.

use std::collections::{BTreeMap, HashMap};

use shared::{
    programme::Look,
    slides::{FilmFile, Focus, Picture, Post, Slide, Want},
};

use super::{
    answers::{Shown, answer},
    compile::{Given, compile, same_content},
    draft::Draft,
    entries::{self, Films, Pictures, fitting},
    sign,
};
use crate::{
    app::{App, Error, Result},
    features::{alerts, answers, domains::Home, media::library, posts::signed},
    store::{self, Below, Media, PostPicture, Programme, Source, Stage},
    tools::zones,
};

/// How often two controllers may get in each other's way before one gives up.
const ATTEMPTS: usize = 5;
/// The field of a slide's form that says who made its pictures.
const CREDIT: &str = "credit";
/// Posts that are looked at where only some are wanted, those with a picture for instance.
const MOST_POSTS: i64 = 200;

/// Compiles a programme and signs it when it shows anything new; the new version, if
/// there is one. Nothing happens for a programme that is gone.
pub async fn publish(app: &App, programme_id: &str) -> Result<Option<u64>> {
    for _ in 0..ATTEMPTS {
        let Some(row) = app.store.find_any_programme(programme_id).await? else { return Ok(None) };
        let Some(stage) = app.store.find_any_stage(&row.stage_id).await? else { return Ok(None) };
        let now = app.clock.now();
        let published = app.store.find_published_revision(&row.id, now).await?;
        let draft = Draft::read(published.as_ref().map_or("", |revision| revision.draft.as_str()));
        let given = given(app, &row, stage, draft).await?;
        let previous = sign::read(&row.envelope);
        let mut next = compile(&given, previous.as_ref(), now);
        if previous.is_some_and(|previous| same_content(&previous, &next)) {
            return Ok(None);
        }
        let version = row.version.saturating_add(1);
        next.version = u64::try_from(version).map_err(|e| Error::internal("count versions", e))?;
        let envelope = sign::seal(&sign::key(app, &row.account_id).await?, &next)?;
        if app.store.publish_programme(&row.id, row.version, version, &envelope, now).await? {
            return Ok(Some(next.version));
        }
    }
    Err(Error::internal(&format!("publish programme {programme_id}"), "others are always faster"))
}

/// Finds out everything a draft needs to become a programme.
pub(super) async fn given(app: &App, row: &Programme, stage: Stage, mut draft: Draft) -> Result<Given> {
    let now = app.clock.now();
    let words = app.store.list_media_words(&row.account_id, &draft.media()).await?;
    credit(&mut draft, &words);
    let zone = zones::table(&stage.time_zone, now);
    let wants: Vec<Want> = draft
        .items()
        .filter_map(|item| entries::slide(item, &Pictures::new(), &Films::new(), &zone))
        .filter_map(|slide: Slide| slide.wants())
        .collect();
    let (posts, topics) = posts(app, &stage.id, &wants, now).await?;
    let ids: Vec<_> = posts.iter().map(|post| post.id.clone()).collect();
    let used = app.store.list_post_pictures(&stage.id, &ids).await?;
    let of_posts = used.iter().map(|picture| picture.media_id.clone());
    let mut wanted: Vec<_> = of_posts.chain(stage.logo_id.clone()).chain(draft.media()).collect();
    wanted.sort();
    wanted.dedup();
    let found = app.store.list_answers(&stage.id).await?;
    wanted.extend(found.iter().filter_map(|answer| answer.media_id.clone()));
    let media = app.store.list_media(&row.account_id, &wanted).await?;
    let sources = app.store.list_sources(&stage.id).await?;
    let address = Home::of(app, &stage).address();
    let logo = stage.logo_id.as_ref().and_then(|id| media.get(id));
    // A logo is never drawn larger than this on any display.
    let logo = logo.and_then(|logo| sizes(logo, &stage.name).into_iter().rfind(|p| p.width <= 640));
    let picture = |id: &str| entries::fitting(&sizes(media.get(id)?, "")).cloned();
    let mut answers = answers::materials(&found, picture, now);
    let shown = shown(posts, &topics, &used, &media, &sources, (&stage.name, &address));
    answers.extend(answer(wants, &shown, now));
    let films = app.store.list_films(&row.account_id, &draft.media()).await?;
    Ok(Given {
        films: ready(films, &media),
        account_id: row.account_id.clone(),
        programme_id: row.id.clone(),
        pictures: described(&media, words),
        answers,
        alerts: alerts::compiled(app, &stage.id).await?,
        draft,
        look: Look {
            name: stage.name,
            handle: stage.handle,
            address,
            accent: stage.accent,
            background: stage.background,
            logo,
        },
        language: stage.language,
        zone,
    })
}

/// Topics of posts by the posts' ids.
type Topics = HashMap<String, Vec<String>>;

/// The posts shown at an instant that may be wanted, pinned ones and then the newest first, and to which of the wanted
/// topics they belong.
async fn posts(app: &App, stage_id: &str, wants: &[Want], now: i64) -> Result<(Vec<store::Post>, Topics)> {
    let below = Below::default();
    let (mut all, mut topics) = (BTreeMap::new(), Topics::new());
    let mut take = |found: Vec<store::Post>, topic: &str| {
        for post in found {
            topics.entry(post.id.clone()).or_default().push(topic.to_owned());
            all.insert((post.pinned_at, post.published_at, post.id.clone()), post);
        }
    };
    let mut named: Vec<_> = wants.iter().filter_map(topic).collect();
    named.sort_unstable();
    named.dedup();
    if named.contains(&"") {
        take(app.store.list_shown_posts(stage_id, &below, now, most(wants, "")).await?, "");
    }
    named.retain(|name| !name.is_empty());
    let merged = if named.is_empty() { Vec::new() } else { app.store.list_merged_topics(stage_id).await? };
    let merged: HashMap<_, _> = merged.into_iter().collect();
    for name in named {
        let topic_id = merged.get(name).map_or(name, String::as_str);
        take(app.store.list_topic_posts(stage_id, topic_id, &below, now, most(wants, name)).await?, name);
    }
    Ok((all.into_values().rev().collect(), topics))
}

/// The topic that is wanted; empty for all posts, `None` where no posts are.
fn topic(want: &Want) -> Option<&str> {
    if let Want::Posts { topic, .. } = want { Some(topic) } else { None }
}

/// How many posts of a topic are to be looked at.
fn most(wants: &[Want], name: &str) -> i64 {
    let wants = wants.iter().filter(|want| topic(want) == Some(name));
    let one = |want: &Want| match want {
        Want::Posts { pictured: true, .. } => MOST_POSTS,
        Want::Posts { count, .. } => i64::try_from(*count).unwrap_or(MOST_POSTS),
        _ => 0,
    };
    wants.map(one).max().unwrap_or(0).min(MOST_POSTS)
}

fn shown(
    posts: Vec<store::Post>,
    topics: &Topics,
    used: &[PostPicture],
    media: &HashMap<String, Media>,
    sources: &[Source],
    (stage, address): (&str, &str),
) -> Vec<Shown> {
    let one = |post: store::Post| {
        let source = sources.iter().find(|source| post.source_id.as_ref() == Some(&source.id));
        let pictures = used.iter().filter(|picture| picture.post_id == post.id);
        let sized = |picture: &PostPicture| Some(sizes(media.get(&picture.media_id)?, &picture.alt));
        Shown {
            topics: topics.get(&post.id).cloned().unwrap_or_default(),
            pictures: pictures.filter_map(sized).collect(),
            post: Post {
                permalink: format!("{address}/p/{}", post.slug),
                author: signed(&post, source.map(|source| source.name.as_str()), stage).to_owned(),
                network: source.map_or_else(|| store::OWN.to_owned(), |source| source.network.clone()),
                published_at: post.published_at,
                until: post.expires_at,
                title: post.title,
                text: post.text,
                pictures: Vec::new(),
                id: post.id,
            },
        }
    };
    posts.into_iter().map(one).collect()
}

/// Says who made the pictures of slides that have a place for it and say nothing themselves.
fn credit(draft: &mut Draft, words: &[store::MediaWords]) {
    for item in draft.items_mut() {
        let has_place = item.slide_type().is_some_and(|kind| kind.form.iter().any(|field| field.name == CREDIT));
        let says = item.values.get(CREDIT).and_then(serde_json::Value::as_str).is_some_and(|text| !text.is_empty());
        if !has_place || says {
            continue;
        }
        let media = item.media();
        let of = |id: &String| words.iter().find(|said| said.media_id == *id);
        let byline = |said: &store::MediaWords| library::byline(&said.credit, &said.licence, &said.licence_words);
        let mut names: Vec<_> = media.iter().filter_map(of).map(byline).filter(|name| !name.is_empty()).collect();
        names.dedup();
        if !names.is_empty() {
            item.values.insert(CREDIT.to_owned(), names.join(" · ").into());
        }
    }
}

/// Pictures in all their sizes, with what the library says of each.
fn described(media: &HashMap<String, Media>, words: Vec<store::MediaWords>) -> Pictures {
    let mut pictures: Pictures = media.iter().map(|(id, media)| (id.clone(), sizes(media, ""))).collect();
    for said in words {
        for size in pictures.get_mut(&said.media_id).into_iter().flatten() {
            size.alt.clone_from(&said.alt);
            size.focus = library::focus(said.focus_x, said.focus_y);
        }
    }
    pictures
}

/// Films that can be shown, each with a picture for screens that cannot play it.
fn ready(films: Vec<store::Film>, media: &HashMap<String, Media>) -> Films {
    let number = |value: i64| u64::try_from(value).unwrap_or(0);
    let side = |value: i64| u32::try_from(value).unwrap_or(0);
    let one = |film: store::Film| {
        let pictures = media.get(&film.id).map(|media| sizes(media, "")).unwrap_or_default();
        let file = FilmFile {
            length: number(film.length),
            width: side(film.width),
            height: side(film.height),
            millis: number(film.millis),
            poster: fitting(&pictures).cloned(),
            sha256: film.sha256,
        };
        (film.id, file)
    };
    films.into_iter().filter(store::Film::is_ready).map(one).collect()
}

/// A picture in all its sizes, small to large.
fn sizes(media: &Media, alt: &str) -> Vec<Picture> {
    let number = |value: i64| u32::try_from(value).unwrap_or(0);
    let size = |rendition: &store::Rendition| Picture {
        sha256: rendition.sha256.clone(),
        length: u64::try_from(rendition.length).unwrap_or(0),
        width: number(rendition.width),
        height: number(rendition.height),
        alt: alt.to_owned(),
        focus: Focus::default(),
    };
    media.renditions.iter().map(size).collect()
}
