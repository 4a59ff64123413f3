//! The desk: posts of all stages of an account, as people ask for them.
//!
//! What is asked for differs so much that the statement is put together from parts. Each part is written here, every value is
//! bound, and the first parameter is the instant.

mod acts;
mod look;
mod undo;

pub use acts::{Act, ActTopic, Aim, Deed, Outcome, What};
pub use look::{DeskSource, DeskTopic};

use sqlx::AssertSqlSafe;

use super::{
    Below, Post, PostGroup, Result, Search, Store,
    posts::{better, group, post_columns, stands_in_group, visible},
};

/// Which posts a desk lists. Of what is not said nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskQuery {
    /// Ids of the stages; none is found of others.
    pub stages: Vec<String>,
    /// Where they stand.
    pub group: PostGroup,
    /// Id of their source.
    pub source: Option<String>,
    /// Stable name of their source's network; [`super::OWN`] for what was written here.
    pub network: Option<String>,
    /// Id of a topic they belong to; empty for those that belong to none.
    pub topic: Option<String>,
    /// What they bring beside words.
    pub media: Option<DeskMedia>,
    /// Primary language tag; empty for those of which nobody said it.
    pub language: Option<String>,
    /// Published at this instant or later.
    pub from: Option<i64>,
    /// Published before this instant.
    pub until: Option<i64>,
    /// Words they hold.
    pub search: Search,
}

impl DeskQuery {
    /// Whether nothing of a single post is asked.
    fn is_plain(&self) -> bool {
        let Self { source, network, topic, media, language, search, .. } = self;
        (source, network, topic, media, language) == (&None, &None, &None, &None, &None) && search.is_empty()
    }
}

/// What posts bring beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskMedia {
    /// A picture that is here.
    Picture,
    /// A film, as their source said.
    Film,
    /// Neither.
    Nothing,
}

/// A value that a statement is given.
enum Value {
    Text(String),
    Number(i64),
}

/// A statement that is being put together.
struct Asked {
    text: String,
    values: Vec<Value>,
}

impl Asked {
    /// The first parameter is the instant, the second the account.
    fn new(account_id: &str, now: i64) -> Self {
        Self { text: String::new(), values: vec![Value::Number(now), Value::Text(account_id.to_owned())] }
    }

    fn text(&mut self, value: &str) -> String {
        self.values.push(Value::Text(value.to_owned()));
        format!("${}", self.values.len())
    }

    fn number(&mut self, value: i64) -> String {
        self.values.push(Value::Number(value));
        format!("${}", self.values.len())
    }
}

/// Runs a statement that was put together.
macro_rules! run {
    ($store:ident, $asked:expr, $fetch:ident, $query:ident) => {{
        let Asked { text, values } = $asked;
        on!($store, |db| {
            let mut query = sqlx::$query(AssertSqlSafe(text));
            for value in values {
                query = match value {
                    Value::Text(text) => query.bind(text),
                    Value::Number(number) => query.bind(number),
                };
            }
            query.$fetch(db).await
        })?
    }};
}

const BELONGS: &str = "select 1 from post_topics where post_topics.post_id = posts.id
                          and (post_topics.by_hand = 'in' or (post_topics.by_rule and post_topics.by_hand <> 'out'))";
const PICTURE: &str = "exists (select 1 from post_media where post_media.post_id = posts.id)";
const FILM: &str = "posts.facts like '%\"media\":[%\"film\"%'";

impl Store {
    /// What a query asks of rows of `posts`, each with `and` before it.
    async fn conditions(&self, asked: &mut Asked, query: &DeskQuery) -> Result<String> {
        // Every parameter is used, whatever is asked.
        let mut all = " and $1 = $1".to_owned();
        let mut and = |condition: String| {
            all.push_str(" and ");
            all.push_str(&condition);
        };
        if query.group != PostGroup::All {
            let name = asked.text(query.group.name());
            and(format!("({}) = {name}", group!("posts")));
        }
        // A card once; whoever looks for a source or a word looks for one of its posts.
        if query.is_plain() {
            and(stands_in_group!().to_owned());
        }
        if let Some(source) = &query.source {
            and(format!("posts.source_id = {}", asked.text(source)));
        }
        match query.network.as_deref() {
            Some(super::OWN) => and("posts.source_id is null".to_owned()),
            Some(network) => {
                let network = asked.text(network);
                and(format!(
                    "exists (select 1 from sources where sources.id = posts.source_id and sources.network = {network})"
                ));
            }
            None => {}
        }
        match query.topic.as_deref() {
            Some("") => and(format!("not exists ({BELONGS})")),
            Some(topic) => and(format!("exists ({BELONGS} and post_topics.topic_id = {})", asked.text(topic))),
            None => {}
        }
        match query.media {
            Some(DeskMedia::Picture) => and(PICTURE.to_owned()),
            Some(DeskMedia::Film) => and(FILM.to_owned()),
            Some(DeskMedia::Nothing) => and(format!("not {PICTURE} and not {FILM}")),
            None => {}
        }
        match query.language.as_deref() {
            Some("") => and("coalesce(posts.language, '') = ''".to_owned()),
            Some(language) => {
                let (is, longer) = (asked.text(language), asked.text(&format!("{language}-%")));
                and(format!("(posts.language = {is} or posts.language like {longer})"));
            }
            None => {}
        }
        if let Some(from) = query.from {
            and(format!("posts.published_at >= {}", asked.number(from)));
        }
        if let Some(until) = query.until {
            and(format!("posts.published_at < {}", asked.number(until)));
        }
        if !query.search.is_empty() {
            let stages: Vec<_> = query.stages.iter().map(String::as_str).collect();
            let parameter = format!("${}", asked.values.len() + 1);
            let (words, is_one) = self.found(&query.search, &stages, &parameter).await?;
            asked.text(&words);
            and(is_one);
        }
        Ok(all)
    }

    /// Ids and times of posts, newest first, at most so many of each stage: each stage is walked through by itself, so that
    /// no more is read than is wanted.
    async fn newest(&self, asked: &mut Asked, query: &DeskQuery, below: &Below, limit: i64) -> Result<String> {
        let conditions = self.conditions(asked, query).await?;
        let (at, id, limit) = (asked.number(below.published_at), asked.text(&below.id), asked.number(limit));
        let part = |(number, stage): (usize, &String)| {
            let stage = asked.text(stage);
            format!(
                "select * from (select posts.id, posts.published_at from posts
                   where posts.stage_id = (select stages.id from stages where stages.id = {stage} and stages.account_id = $2)
                     and posts.published_at <= {at} and (posts.published_at < {at} or posts.id < {id}){conditions}
                order by posts.published_at desc, posts.id desc limit {limit}) part{number}"
            )
        };
        let parts: Vec<_> = query.stages.iter().enumerate().map(part).collect();
        Ok(format!(
            "select id from ({}) parts order by published_at desc, id desc limit {limit}",
            parts.join(" union all ")
        ))
    }

    /// Lists posts of an account for its desk: the newest first, behind a place.
    pub async fn list_desk_posts(
        &self,
        account_id: &str,
        query: &DeskQuery,
        below: &Below,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Post>> {
        if query.stages.is_empty() {
            return Ok(Vec::new());
        }
        let mut asked = Asked::new(account_id, now);
        let newest = self.newest(&mut asked, query, below, limit).await?;
        asked.text = format!(
            "select {} from posts where posts.id in ({newest}) order by posts.published_at desc, posts.id desc",
            post_columns!()
        );
        Ok(run!(self, asked, fetch_all, query_as))
    }

    /// Counts posts of an account for its desk, up to so many.
    pub async fn count_desk_posts(&self, account_id: &str, query: &DeskQuery, now: i64, most: i64) -> Result<i64> {
        if query.stages.is_empty() {
            return Ok(0);
        }
        let mut asked = Asked::new(account_id, now);
        let conditions = self.conditions(&mut asked, query).await?;
        let stages: Vec<_> = query.stages.iter().map(|stage| asked.text(stage)).collect();
        let most = asked.number(most);
        asked.text = format!(
            "select count(*) from (select 1 from posts
               where posts.stage_id in (select stages.id from stages where stages.account_id = $2 and stages.id in ({}))
                 {conditions} limit {most}) found",
            stages.join(", ")
        );
        Ok(run!(self, asked, fetch_one, query_scalar))
    }

    /// Lists posts of an account by their ids, in no order.
    pub async fn list_account_posts(&self, account_id: &str, ids: &[String]) -> Result<Vec<Post>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut asked = Asked::new(account_id, 0);
        let ids: Vec<_> = ids.iter().map(|id| asked.text(id)).collect();
        asked.text = format!(
            "select {} from posts where $1 = $1 and posts.id in ({})
                and posts.stage_id in (select stages.id from stages where stages.account_id = $2)",
            post_columns!(),
            ids.join(", ")
        );
        Ok(run!(self, asked, fetch_all, query_as))
    }
}
