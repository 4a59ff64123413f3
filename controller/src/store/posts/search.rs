//! Posts found by their words, on either database the same.
//!
//! How well a post fits is a small number that both can tell alike: 2 where all that is sought stands in its headline,
//! and 1 more where it stands there or elsewhere just as it was typed. Among posts that fit equally the newest come first. A
//! finer measure (`bm25`, `ts_rank`) differs from one database to the other and changes with every other post; among posts of
//! a few sentences it says little more.
//!
//! Each measure is asked for by itself, the best first, until enough are found. Where few posts fit, they are looked up and
//! put in order; where many do, the newest posts are walked through until enough of them fit: neither is quick for both.

use sqlx::FromRow;

use super::{
    Below, Post,
    words::{Tokens, bent, in_order, of_stage},
};
use crate::{
    store::{Pool, Result, Store},
    tools::stems::{Tongue, Word},
};

/// How well a post fits that fits best.
const BEST: i64 = 3;

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

    /// As a database is asked for all of it. `place` (`t` or nothing) keeps to the headline; `typed` leaves other forms out.
    fn ask(&self, speech: &dyn Speech, place: &str, typed: bool) -> String {
        let row = |row: &[String], begins| {
            let row: Vec<_> = row.iter().map(|token| format!("{place}{token}")).collect();
            speech.row(&row, begins)
        };
        let one = |part: &Part| {
            let bent = part.bent.iter().filter(|_| !typed).map(|token| row(std::slice::from_ref(token), false));
            let ways = std::iter::once(row(&part.typed, part.begins)).chain(bent);
            format!("({})", ways.collect::<Vec<_>>().join(speech.or()))
        };
        format!("({})", self.parts.iter().map(one).collect::<Vec<_>>().join(speech.and()))
    }

    /// As a database is asked for posts of stages that fit just so well.
    fn ask_fitting(&self, speech: &dyn Speech, stage_id: &str, fit: i64) -> String {
        let stage = speech.row(&[of_stage(stage_id)], false);
        let (all, title, typed) =
            (self.ask(speech, "", false), self.ask(speech, "t", false), self.ask(speech, "", true));
        let (and, not) = (speech.and(), speech.not());
        match fit {
            3 => format!("{stage}{and}{title}{and}{typed}"),
            2 => format!("({stage}{and}{title}){not}{typed}"),
            1 => format!("({stage}{and}{typed}){not}{title}"),
            _ => format!("(({stage}{and}{all}){not}{title}){not}{typed}"),
        }
    }

    /// As a database is asked for posts of any of these stages.
    fn ask_any(&self, speech: &dyn Speech, stages: &[&str]) -> String {
        let stages: Vec<_> = stages.iter().map(|stage_id| speech.row(&[of_stage(stage_id)], false)).collect();
        format!("({}){}{}", stages.join(speech.or()), speech.and(), self.ask(speech, "", false))
    }
}

/// How a database wants to be asked. Tokens hold letters and digits only.
trait Speech: Sync {
    fn row(&self, tokens: &[String], begins: bool) -> String;
    fn and(&self) -> &'static str;
    fn or(&self) -> &'static str;
    fn not(&self) -> &'static str;
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

    fn not(&self) -> &'static str {
        " NOT "
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

    fn not(&self) -> &'static str {
        " & !"
    }
}

/// Whether a row of `post_words` holds what a parameter asks for.
macro_rules! in_sqlite {
    ($asked:literal) => {
        concat!("post_words.number in (select rowid from post_index where post_index match ", $asked, ")")
    };
}
macro_rules! in_postgres {
    ($asked:literal) => {
        concat!("post_words.words @@ cast(", $asked, " as text)::tsquery")
    };
}

/// The posts that hold what a parameter asks for, found before anything else is looked at.
macro_rules! found {
    ($found:ident, $asked:literal) => {
        concat!(
            "(with held as materialized (select post_words.post_id from post_words where ",
            $found!($asked),
            ") select held.post_id from held)"
        )
    };
}

/// Stands where a condition is put in later.
macro_rules! any {
    ($asked:literal) => {
        $asked
    };
}

/// Lists what the public sees of what is found, behind a place: from the posts that fit, or all of the stage that do.
macro_rules! shown_hits {
    ($($from:tt)*) => {
        concat!(
            "select ",
            post_columns!(),
            ", cast($2 as bigint) as fit from ",
            $($from)*,
            " and posts.stage_id = $1 and ",
            stands!("$6"),
            " and posts.published_at <= $3 and (posts.published_at < $3 or posts.id < $4)
            order by posts.published_at desc, posts.id desc
               limit $7"
        )
    };
}

/// Where few posts fit, from these; where many do, from the newest post of the stage on (SQLite keeps to the order).
/// Not by `exists`: SQLite would make a join of that, and pass through all that fit for each post.
macro_rules! ways {
    ($found:ident) => {
        [
            shown_hits!(concat!(found!($found, "$5"), " found cross join posts where found.post_id = posts.id")),
            shown_hits!(concat!(
                "posts where (select ",
                $found!("$5"),
                " from post_words where post_words.post_id = posts.id)"
            )),
        ]
    };
}

/// More posts than this are many.
const FEW: i64 = 1_000;

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
    /// What to ask for posts of stages that hold what is sought, and whether a row of `posts` is one of them, where a
    /// parameter (`$7`) asks for it.
    pub(in crate::store) async fn found(
        &self,
        search: &Search,
        stages: &[&str],
        parameter: &str,
    ) -> Result<(String, String)> {
        let (words, holds) = match &self.pool {
            Pool::Sqlite(_) => (search.ask_any(&Fts5, stages), in_sqlite!("{}")),
            Pool::Postgres(_) => (search.ask_any(&TsQuery, stages), in_postgres!("{}")),
        };
        let holds = holds.replace("{}", parameter);
        let is_one = if self.are_many(&words).await? {
            format!("(select {holds} from post_words where post_words.post_id = posts.id)")
        } else {
            format!("posts.id in {}", found!(any, "{}").replace("{}", &holds))
        };
        Ok((words, is_one))
    }

    /// Whether many posts hold what is asked for.
    async fn are_many(&self, asked: &str) -> Result<bool> {
        let statement = match &self.pool {
            Pool::Sqlite(_) => {
                "select count(*) from (select rowid from post_index where post_index match $1 limit $2) found"
            }
            Pool::Postgres(_) => {
                concat!("select count(*) from (select 1 from post_words where ", in_postgres!("$1"), " limit $2) found")
            }
        };
        let count: i64 = on!(self, |db| sqlx::query_scalar(statement).bind(asked).bind(FEW + 1).fetch_one(db).await)?;
        Ok(count > FEW)
    }

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
        let (ways, speech): (_, &dyn Speech) = match &self.pool {
            Pool::Sqlite(_) => (ways!(in_sqlite), &Fts5),
            Pool::Postgres(_) => (ways!(in_postgres), &TsQuery),
        };
        let mut hits: Vec<Hit> = Vec::new();
        for fit in (0..=below.pinned_at.min(BEST)).rev() {
            let left = limit - i64::try_from(hits.len()).unwrap_or(i64::MAX);
            if left <= 0 {
                break;
            }
            // Of those that fit as well as the last one, the older ones; of those that fit less, all.
            let above = Below::default();
            let from = if fit == below.pinned_at { below } else { &above };
            let asked = search.ask_fitting(speech, stage_id, fit);
            let statement = ways[usize::from(self.are_many(&asked).await?)];
            let some: Vec<Hit> = on!(self, |db| sqlx::query_as(statement)
                .bind(stage_id)
                .bind(fit)
                .bind(from.published_at)
                .bind(&from.id)
                .bind(asked)
                .bind(now)
                .bind(left)
                .fetch_all(db)
                .await)?;
            hits.extend(some);
        }
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
