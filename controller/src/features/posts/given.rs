//! What of posts may be given on to others: in feeds, in the API, in widgets and frames on their pages.

use std::collections::HashMap;

use url::Url;

use super::{Full, Picture, Query, get_shown, one_more, search, signed, with_pictures};
use crate::{
    app::{App, Error, Result},
    features::sources,
    networks::ReExport,
    store::{Below, GivenQuery, OWN, Post, PostState, PostTopic, Source, Stage, Topic},
};

/// A post without what its network does not let us give on.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The post; what may not be given on is empty.
    pub post: Post,
    /// Its pictures in order.
    pub pictures: Vec<Picture>,
    /// How much of it this is.
    pub extent: ReExport,
    /// Stable name of its network; `None` when it was written here.
    pub network: Option<String>,
    /// Where it came from; `None` when it was written here, or may not be said.
    pub source: Option<GivenSource>,
    /// Who signs it; empty where nobody does, or may not be said.
    pub author: String,
    /// Its topics in their order.
    pub topics: Vec<Topic>,
}

/// Where a post came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenSource {
    /// What it calls itself.
    pub name: String,
    /// A page of it; `None` where the post has no link.
    pub url: Option<String>,
}

/// A part of a list, and where the next part begins.
#[derive(Clone, Debug)]
pub struct GivenPart {
    /// The posts, pinned ones first, then the newest.
    pub posts: Vec<Given>,
    /// Where older ones begin; `None` when these are the oldest.
    pub older: Option<Below>,
}

/// Lists what may be given on of a stage, or of one of its topics.
pub async fn list_given(
    app: &App,
    stage: &Stage,
    topic: Option<&Topic>,
    below: &Below,
    count: usize,
) -> Result<GivenPart> {
    let topic_id = topic.map(|topic| topic.id.as_str());
    let wanted = GivenQuery { topic_id, below: below.clone(), from: i64::MIN, ..GivenQuery::default() };
    list_given_of(app, stage, "", wanted, count).await
}

/// Lists what may be given on of a stage, of one network (`own` for what was written here, empty for all), and as it is
/// asked for besides.
pub async fn list_given_of(
    app: &App,
    stage: &Stage,
    network: &str,
    wanted: GivenQuery<'_>,
    count: usize,
) -> Result<GivenPart> {
    let mut networks = sources::list_given_networks();
    networks.push(OWN);
    networks.retain(|name| network.is_empty() || *name == network);
    let wanted = GivenQuery { networks: &networks, limit: one_more(count), ..wanted };
    let now = app.clock.now();
    let mut posts = app.store.list_given_posts(&stage.id, &wanted, now).await?;
    let more = posts.len() > count;
    posts.truncate(count);
    let older = posts.last().filter(|_| more).map(Below::from);
    let posts = with_pictures(app, stage, posts).await?.into_iter().map(|full| full.public(now)).collect();
    Ok(GivenPart { posts: give(app, stage, posts).await?, older })
}

/// Lists what may be given on of those of these posts that the public sees now, in no order.
pub async fn list_given_by_id(app: &App, stage: &Stage, ids: &[String]) -> Result<Vec<Given>> {
    let now = app.clock.now();
    let mut posts = app.store.list_account_posts(&stage.account_id, ids).await?;
    posts.retain(|post| post.stage_id == stage.id && post.state(now) == PostState::Shown);
    let posts = with_pictures(app, stage, posts).await?.into_iter().map(|full| full.public(now)).collect();
    give(app, stage, posts).await
}

/// Searches what may be given on of a stage.
pub async fn search_given(app: &App, stage: &Stage, query: &Query, below: &Below, count: usize) -> Result<GivenPart> {
    let now = app.clock.now();
    let hits = search(app, stage, query, below, count).await?;
    let posts = hits.found.into_iter().map(|found| found.full.public(now)).collect();
    Ok(GivenPart { posts: give(app, stage, posts).await?, older: hits.older })
}

/// What may be given on of posts of the desk, each with where it is between the first word and the last day. Also to
/// programs of its own owner nothing is given on that its network forbids: of such a post there is an id and no more.
pub async fn give_of_desk(app: &App, stage: &Stage, posts: Vec<Full>) -> Result<Vec<(PostState, Given)>> {
    let now = app.clock.now();
    let states: Vec<_> = posts.iter().map(|full| (full.post.clone(), full.post.state(now))).collect();
    let mut given = give(app, stage, posts).await?;
    let one = |(post, state): (Post, PostState)| match given.iter().position(|given| given.post.id == post.id) {
        Some(at) => (state, given.swap_remove(at)),
        None => (state, Given::nothing_of(post)),
    };
    Ok(states.into_iter().map(one).collect())
}

/// Gets what may be given on of a shown post, by its id.
pub async fn get_given_by_id(app: &App, stage: &Stage, id: &str) -> Result<Given> {
    list_given_by_id(app, stage, &[id.to_owned()]).await?.pop().ok_or(Error::NotFound("post"))
}

/// Gets what may be given on of a shown post, by its name in addresses.
pub async fn get_given(app: &App, stage: &Stage, slug: &str) -> Result<Given> {
    let full = get_shown(app, stage, slug).await?;
    let mut given = give(app, stage, vec![full]).await?;
    // Without its words there is nothing to show under this name.
    given.pop().filter(|given| given.post.slug == slug).ok_or(Error::NotFound("post"))
}

async fn give(app: &App, stage: &Stage, posts: Vec<Full>) -> Result<Vec<Given>> {
    let sources = app.store.list_sources(&stage.id).await?;
    // A card is in every topic of what is on it.
    let origins = |full: &Full| full.origins.iter().map(|origin| origin.post.id.clone()).collect::<Vec<_>>();
    let ids: Vec<_> = posts.iter().flat_map(|full| [origins(full), vec![full.post.id.clone()]].concat()).collect();
    let topics = app.store.list_topics(&stage.id).await?;
    let mut belongs: HashMap<String, Vec<String>> = HashMap::new();
    for link in app.store.list_post_topics(&stage.id, &ids).await?.into_iter().filter(PostTopic::belongs) {
        belongs.entry(link.post_id).or_default().push(link.topic_id);
    }
    let mut one = |full: Full| {
        let source = sources.iter().find(|source| full.post.source_id.as_ref() == Some(&source.id));
        let network = source.map(|source| source.network.clone());
        // A source that went this very moment takes its posts along.
        let extent =
            if full.post.is_own() || source.is_some() { sources::re_export(network.as_deref()) } else { ReExport::No };
        let mut here = belongs.remove(&full.post.id).unwrap_or_default();
        here.extend(full.origins.iter().filter_map(|origin| belongs.remove(&origin.post.id)).flatten());
        let Full { post, pictures, .. } = sources::give_on(extent, full)?;
        let told = matches!(extent, ReExport::Full | ReExport::LinkOnly);
        Some(Given {
            source: source.filter(|_| told).and_then(|source| GivenSource::of(source, &post)),
            author: if extent == ReExport::Full { signed(&post, None, &stage.name).to_owned() } else { String::new() },
            topics: topics.iter().filter(|topic| here.contains(&topic.id)).cloned().collect(),
            post,
            pictures,
            extent,
            network,
        })
    };
    Ok(posts.into_iter().filter_map(&mut one).collect())
}

impl Given {
    /// A post of which nothing may be given on but that it is there.
    fn nothing_of(post: Post) -> Self {
        let Post {
            id,
            stage_id,
            source_id,
            published_at,
            imported_at,
            changed_at,
            expires_at,
            opens_at,
            pinned_at,
            ..
        } = post;
        let times = Post { published_at, imported_at, changed_at, expires_at, opens_at, pinned_at, ..Post::default() };
        Self {
            post: Post { id, stage_id, source_id, ..times },
            pictures: Vec::new(),
            extent: ReExport::No,
            network: None,
            source: None,
            author: String::new(),
            topics: Vec::new(),
        }
    }
}

impl GivenSource {
    /// Says of a source only what its public posts say anyway: the address of a feed may be a secret.
    fn of(source: &Source, post: &Post) -> Option<Self> {
        let link = post.link.as_deref().and_then(|link| Url::parse(link).ok());
        let host = link.as_ref().and_then(Url::host_str).unwrap_or_default();
        let is_profile = post.link.as_deref().is_some_and(|link| link.starts_with(&format!("{}/", source.address)));
        let url = if is_profile {
            Some(source.address.clone())
        } else {
            link.as_ref().filter(|link| link.has_host()).map(|link| format!("{}/", link.origin().ascii_serialization()))
        };
        let name = if source.name == source.address { host.trim_start_matches("www.") } else { &source.name };
        (!name.is_empty()).then(|| Self { name: name.to_owned(), url })
    }
}

#[cfg(test)]
mod tests {
    use super::GivenSource;
    use crate::store::{Post, Source};

    fn of(name: &str, address: &str, link: Option<&str>) -> Option<(String, Option<String>)> {
        let source = Source { name: name.into(), address: address.into(), ..Source::default() };
        let given = GivenSource::of(&source, &Post { link: link.map(str::to_owned), ..Post::default() })?;
        Some((given.name, given.url))
    }

    #[test]
    fn a_source_says_no_more_than_its_posts() {
        let secret = "https://town.example/feed?key=secret";
        let given = |name: &str, url: &str| Some((name.to_owned(), Some(url.to_owned())));
        let page = Some("https://www.town.example/a");
        assert_eq!(of(secret, secret, page), given("town.example", "https://www.town.example/"));
        let profile = "https://social.example/@stadt";
        assert_eq!(of("Stadt", profile, Some("https://social.example/@stadt/1")), given("Stadt", profile));
        assert_eq!(of("Rathaus", "Rathaus", None), None);
        assert_eq!(of("Stadt", "1", Some("mailto:a@b.example")), Some(("Stadt".to_owned(), None)));
    }
}
