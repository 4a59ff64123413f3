//! Posts found by their words, on either database the same.
//!
//! How well a post fits is a small number that both can tell alike: 2 where all that is sought stands in its headline,
//! and 1 more where it stands there or elsewhere just as it was typed. Among posts that fit equally the newest come first. A
//! finer measure (`bm25`, `ts_rank`) differs from one database to the other and changes with every other post; among posts of
//! a few sentences it says little more.

use sqlx::FromRow;

use super::{
    Below, Post,
    words::{Tokens, bent, in_order, of_stage},
};
use crate::{
    store::{Pool, Result, Store},
    tools::stems::{Tongue, Word},
};

/// A post that was found.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Hit {
    /// The post.
    #[sqlx(flatten)]
    pub post: Post,
    /// How well it fits, 0 to 3.
    pub fit: i64,
}

impl From<&Hit> for Below {
    /// In a list of hits, how well a post fits stands where a pin does in others.
    fn from(hit: &Hit) -> Self {
        Self { pinned_at: hit.fit, published_at: hit.post.published_at, id: hit.post.id.clone() }
    }
}

/// What is sought: all of it has to be in a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    parts: Vec<Part>,
}

/// Something that is in a post as it was typed, or in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// Tokens in a row.
    typed: Vec<String>,
    /// Whether the last of them may go on.
    begins: bool,
    /// Other forms.
    bent: Vec<String>,
}

impl Search {
    /// Seeks a word in any form; where it `begins`, longer words, too.
    pub fn word(&mut self, word: &Word, begins: bool) {
        let part = Part { typed: vec![in_order(word)], begins, bent: bent(word, Tongue::Unknown) };
        self.parts.push(part);
    }

    /// Seeks words in a row, as they are typed; where the last one `begins`, longer words, too.
    pub fn phrase(&mut self, words: &[Word], begins: bool) {
        let typed: Vec<_> = words.iter().map(in_order).collect();
        if !typed.is_empty() {
            self.parts.push(Part { typed, begins, bent: Vec::new() });
        }
    }

    /// Whether nothing is sought.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// As FTS5 or PostgreSQL is asked for it. `stages` keeps to posts of these, `place` (`t` or nothing) to the headline;
    /// `typed` leaves other forms out.
    fn ask(&self, tongue: &dyn Speech, stages: &[&str], place: &str, typed: bool) -> String {
        let row = |row: &[String], begins| {
            let row: Vec<_> = row.iter().map(|token| format!("{place}{token}")).collect();
            tongue.row(&row, begins)
        };
        let one = |part: &Part| {
            let bent = part.bent.iter().filter(|_| !typed).map(|token| row(std::slice::from_ref(token), false));
            let ways = std::iter::once(row(&part.typed, part.begins)).chain(bent);
            format!("({})", ways.collect::<Vec<_>>().join(tongue.or()))
        };
        let stages: Vec<_> = stages.iter().map(|stage_id| tongue.row(&[of_stage(stage_id)], false)).collect();
        let stages = (!stages.is_empty()).then(|| format!("({})", stages.join(tongue.or())));
        stages.into_iter().chain(self.parts.iter().map(one)).collect::<Vec<_>>().join(tongue.and())
    }
}

/// How a database wants to be asked. Tokens hold letters and digits only.
trait Speech {
    fn row(&self, tokens: &[String], begins: bool) -> String;
    fn and(&self) -> &'static str;
    fn or(&self) -> &'static str;
}

struct Fts5;

impl Speech for Fts5 {
    fn row(&self, tokens: &[String], begins: bool) -> String {
        format!("\"{}\"{}", tokens.join(" "), if begins { " *" } else { "" })
    }

    fn and(&self) -> &'static str {
        " AND "
    }

    fn or(&self) -> &'static str {
        " OR "
    }
}

struct TsQuery;

impl Speech for TsQuery {
    fn row(&self, tokens: &[String], begins: bool) -> String {
        let row: Vec<_> = tokens.iter().map(|token| format!("'{token}'")).collect();
        format!("({}{})", row.join(" <-> "), if begins { ":*" } else { "" })
    }

    fn and(&self) -> &'static str {
        " & "
    }

    fn or(&self) -> &'static str {
        " | "
    }
}

/// Ids of the posts that hold what a parameter asks for.
macro_rules! in_sqlite {
    ($asked:literal) => {
        concat!(
            "(select post_words.post_id from post_words
               where post_words.number in (select rowid from post_index where post_index match ",
            $asked,
            "))"
        )
    };
}
macro_rules! in_postgres {
    ($asked:literal) => {
        concat!(
            "(select post_words.post_id from post_words where post_words.words @@ cast(",
            $asked,
            " as text)::tsquery)"
        )
    };
}

/// Lists what the public sees of what is found, behind a place.
macro_rules! shown_hits {
    ($found:ident) => {
        concat!(
            "select ",
            post_columns!(),
            ", fit from (select posts.*, case when posts.id in ",
            $found!("$6"),
            " then 2 else 0 end + case when posts.id in ",
            $found!("$7"),
            " then 1 else 0 end as fit from posts where posts.stage_id = $1 and ",
            visible!("$8"),
            " and posts.id in ",
            $found!("$5"),
            ") posts
               where fit < $2 or (fit = $2 and (published_at < $3 or (published_at = $3 and id < $4)))
            order by fit desc, published_at desc, id desc
               limit $9"
        )
    };
}

/// Keeps the tokens of a post, unless it says something else meanwhile.
const KEEP_IN_SQLITE: &str = "insert into post_words (post_id, words, made_of)
          select posts.id, $2, $3 from posts where posts.id = $1 and posts.content_hash = $4
     on conflict (post_id) do update set words = excluded.words, made_of = excluded.made_of";
const KEEP_IN_POSTGRES: &str = "insert into post_words (post_id, words, made_of)
          select posts.id, cast($2 as text)::tsvector, $3 from posts where posts.id = $1 and posts.content_hash = $4
     on conflict (post_id) do update set words = excluded.words, made_of = excluded.made_of";

/// Keeps the words of a post under an id, in the transaction that writes it.
macro_rules! put_words {
    ($store:ident, $work:ident, $post_id:expr, $post:expr) => {
        let (statement, words, made_of) = $store.words_of($post);
        sqlx::query(statement)
            .bind($post_id)
            .bind(words)
            .bind(made_of)
            .bind(&$post.content_hash)
            .execute(&mut *$work)
            .await?;
    };
}
pub(super) use put_words;

impl Store {
    /// Statement, tokens and their origin, for [`put_words`].
    pub(super) fn words_of(&self, post: &Post) -> (&'static str, String, String) {
        let (tokens, made_of) = (Tokens::of(post), Tokens::made_of(&post.content_hash));
        match &self.pool {
            Pool::Sqlite(_) => (KEEP_IN_SQLITE, tokens.spaced(), made_of),
            Pool::Postgres(_) => (KEEP_IN_POSTGRES, tokens.placed(), made_of),
        }
    }

    /// Searches what the public sees of a stage at an instant: what fits best, then the newest.
    pub async fn search_shown_posts(
        &self,
        stage_id: &str,
        search: &Search,
        below: &Below,
        now: i64,
        limit: i64,
    ) -> Result<Vec<Hit>> {
        if search.is_empty() {
            return Ok(Vec::new());
        }
        let (statement, speech): (_, &dyn Speech) = match &self.pool {
            Pool::Sqlite(_) => (shown_hits!(in_sqlite), &Fts5),
            Pool::Postgres(_) => (shown_hits!(in_postgres), &TsQuery),
        };
        let ask = |place, typed| search.ask(speech, &[stage_id], place, typed);
        let hits = on!(self, |db| sqlx::query_as(statement)
            .bind(stage_id)
            .bind(below.pinned_at)
            .bind(below.published_at)
            .bind(&below.id)
            .bind(ask("", false))
            .bind(ask("t", false))
            .bind(ask("", true))
            .bind(now)
            .bind(limit)
            .fetch_all(db)
            .await)?;
        Ok(hits)
    }

    /// Lists posts behind an id whose words are not kept as they should be.
    pub async fn list_unread_posts(&self, after: &str, limit: i64) -> Result<Vec<Post>> {
        let posts = on!(self, |db| {
            sqlx::query_as(concat!(
                "select ",
                post_columns!(),
                " from posts
             left join post_words on post_words.post_id = posts.id
                 where posts.id > $1 and (post_words.made_of is null or post_words.made_of <> $2 || posts.content_hash)
              order by posts.id
                 limit $3"
            ))
            .bind(after)
            .bind(Tokens::made_of(""))
            .bind(limit)
            .fetch_all(db)
            .await
        })?;
        Ok(posts)
    }

    /// Keeps the words of posts as they were listed, all or nothing.
    pub async fn keep_words(&self, posts: &[Post]) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            for post in posts {
                put_words!(self, work, &post.id, post);
            }
            work.commit().await?;
            Ok(())
        })
    }
}
