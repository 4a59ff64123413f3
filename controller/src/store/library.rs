//! The library of an account: what its members sent, and what they say about it.

use sqlx::FromRow;

use super::{Result, Store, media::erase_media, revisions::on_screens};

/// Something that was sent: a picture, a film or a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct LibraryEntry {
    /// Its id.
    pub id: String,
    /// `picture`, `film` or `document`.
    pub kind: String,
    /// SHA-256 of the bytes that were sent.
    pub sha256: String,
    /// What it is called.
    pub name: String,
    /// What is to be seen, in words; may be empty.
    pub alt: String,
    /// Who made it; may be empty.
    pub credit: String,
    /// Stable name of its licence; empty where nobody said.
    pub licence: String,
    /// The licence in own words.
    pub licence_words: String,
    /// What must stay in sight, in percent from the left edge.
    pub focus_x: i64,
    /// The same from the upper edge.
    pub focus_y: i64,
    /// Length of what was sent, in bytes; 0 where that is not known.
    pub length: i64,
    /// Length of all that is kept of it, in bytes.
    #[sqlx(default)]
    pub kept: i64,
    /// Media of the picture, the film or the first page.
    #[sqlx(default)]
    pub media_id: String,
    /// How many media it has: pages of a document.
    #[sqlx(default)]
    pub pages: i64,
    /// When it was sent, in milliseconds since 1970.
    pub created_at: i64,
}

/// What is said about a picture.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MediaWords {
    /// Which picture.
    pub media_id: String,
    /// What is to be seen.
    pub alt: String,
    /// What must stay in sight.
    pub focus_x: i64,
    /// The same from the upper edge.
    pub focus_y: i64,
    /// Who made it.
    pub credit: String,
    /// Name of its licence.
    pub licence: String,
    /// The licence in own words.
    pub licence_words: String,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default)]
pub struct LibraryQuery<'a> {
    /// Of this kind; empty for all.
    pub kind: &'a str,
    /// With these words in it, in small letters; empty for all.
    pub words: &'a str,
    /// Only pictures that nobody has described.
    pub undescribed: bool,
    /// Sent before then, and with a smaller id where sent at that time; `None` for the newest.
    pub below: Option<(i64, &'a str)>,
    /// How many.
    pub limit: i64,
}

/// A place where an entry is used.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LibraryUse {
    /// Which entry.
    pub library_id: String,
    /// `programme`, `post`, `logo` or `press`.
    pub place: String,
    /// Id of the programme, of the post, or of the stage.
    pub id: String,
    /// Id of the stage.
    pub stage_id: String,
    /// What it is called.
    pub name: String,
    /// Number of the programme's revision; 0 elsewhere.
    pub number: i64,
}

/// What an entry is read from; whoever uses it says which.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "select library.id, library.kind, library.sha256, library.name, library.alt, library.credit, library.licence,
                    library.licence_words, library.focus_x, library.focus_y, library.length, library.created_at,
                    first.media_id,
                    (select count(*) from library_media where library_media.library_id = library.id) as pages,
                    (select cast(coalesce(sum(renditions.length), 0) as bigint)
                       from renditions
                       join library_media on library_media.media_id = renditions.media_id
                      where library_media.library_id = library.id) as kept
               from library
               join library_media first on first.library_id = library.id and first.position = 0 ",
            $rest
        )
    };
}
pub(super) use entries;

impl Store {
    /// Adds an entry with its media in their order; `false`, and nothing changed, when the account has these bytes already.
    pub async fn add_library_entry(&self, account_id: &str, entry: &LibraryEntry, media: &[String]) -> Result<bool> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            let added = sqlx::query(
                "insert into library (id, account_id, kind, sha256, name, alt, credit, licence, licence_words, focus_x,
                                      focus_y, folded, length, created_at)
                      values ($1, $2, $3, $4, $5, '', '', '', '', 50, 50, $6, $7, $8)
                 on conflict (account_id, sha256) do nothing",
            )
            .bind(&entry.id)
            .bind(account_id)
            .bind(&entry.kind)
            .bind(&entry.sha256)
            .bind(&entry.name)
            .bind(fold(entry))
            .bind(entry.length)
            .bind(entry.created_at)
            .execute(&mut *work)
            .await?
            .rows_affected();
            if added == 0 {
                return Ok(false);
            }
            for (position, id) in (0_i64..).zip(media) {
                sqlx::query("insert into library_media (library_id, position, media_id) values ($1, $2, $3)")
                    .bind(&entry.id)
                    .bind(position)
                    .bind(id)
                    .execute(&mut *work)
                    .await?;
            }
            work.commit().await?;
            Ok(true)
        })
    }

    /// Finds an entry of the account.
    pub async fn find_library_entry(&self, account_id: &str, id: &str) -> Result<Option<LibraryEntry>> {
        let entry = on!(self, |db| sqlx::query_as(entries!("where library.account_id = $1 and library.id = $2"))
            .bind(account_id)
            .bind(id)
            .fetch_optional(db)
            .await)?;
        Ok(entry)
    }

    /// Finds an entry of the account by the SHA-256 of the bytes that were sent.
    pub async fn find_library_entry_by_hash(&self, account_id: &str, sha256: &str) -> Result<Option<LibraryEntry>> {
        let entry = on!(self, |db| sqlx::query_as(entries!("where library.account_id = $1 and library.sha256 = $2"))
            .bind(account_id)
            .bind(sha256)
            .fetch_optional(db)
            .await)?;
        Ok(entry)
    }

    /// Lists entries of the account, those first that were sent last.
    pub async fn list_library(&self, account_id: &str, wanted: &LibraryQuery<'_>) -> Result<Vec<LibraryEntry>> {
        let (at, id) = wanted.below.unwrap_or((i64::MAX, "~"));
        let entries = on!(self, |db| {
            sqlx::query_as(entries!(
                "where library.account_id = $1
                   and ($2 = '' or library.kind = $2)
                   and library.folded like $3 escape '\\'
                   and (library.created_at < $4 or (library.created_at = $4 and library.id < $5))
                   and ($6 = 0 or (library.kind = 'picture' and library.alt = ''))
              order by library.created_at desc, library.id desc
                 limit $7"
            ))
            .bind(account_id)
            .bind(wanted.kind)
            .bind(pattern(wanted.words))
            .bind(at)
            .bind(id)
            .bind(i64::from(wanted.undescribed))
            .bind(wanted.limit)
            .fetch_all(db)
            .await
        })?;
        Ok(entries)
    }

    /// How many entries the account has of each kind.
    pub async fn count_library(&self, account_id: &str) -> Result<Vec<(String, i64)>> {
        let counts = on!(self, |db| sqlx::query_as(
            "select kind, count(*) from library where account_id = $1 group by kind order by kind"
        )
        .bind(account_id)
        .fetch_all(db)
        .await)?;
        Ok(counts)
    }

    /// Keeps what is said about an entry; `false` when the account has none such.
    pub async fn change_library_entry(&self, account_id: &str, entry: &LibraryEntry) -> Result<bool> {
        let changed = on!(self, |db| sqlx::query(
            "update library
                set name = $3, alt = $4, credit = $5, licence = $6, licence_words = $7, focus_x = $8, focus_y = $9,
                    folded = $10
              where account_id = $1 and id = $2",
        )
        .bind(account_id)
        .bind(&entry.id)
        .bind(&entry.name)
        .bind(&entry.alt)
        .bind(&entry.credit)
        .bind(&entry.licence)
        .bind(&entry.licence_words)
        .bind(entry.focus_x)
        .bind(entry.focus_y)
        .bind(fold(entry))
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }

    /// Lists the media of an entry in their order.
    pub async fn list_library_media(&self, account_id: &str, id: &str) -> Result<Vec<String>> {
        let media = on!(self, |db| sqlx::query_scalar(
            "select library_media.media_id
               from library_media
               join library on library.id = library_media.library_id
              where library.account_id = $1 and library.id = $2
           order by library_media.position",
        )
        .bind(account_id)
        .bind(id)
        .fetch_all(db)
        .await)?;
        Ok(media)
    }

    /// Removes an entry and those of its media that no other entry holds, all or nothing; gives the files that nobody may need
    /// now. Posts that show it count as changed.
    pub async fn delete_library_entry(&self, account_id: &str, id: &str, now: i64) -> Result<Option<Vec<String>>> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "update posts
                    set changed_at = $3
                  where id in (select post_media.post_id
                                 from post_media
                                 join library_media on library_media.media_id = post_media.media_id
                                 join library on library.id = library_media.library_id
                                where library.account_id = $1 and library.id = $2)",
            )
            .bind(account_id)
            .bind(id)
            .bind(now)
            .execute(&mut *work)
            .await?;
            let media: Vec<String> = sqlx::query_scalar(
                "select distinct library_media.media_id
                   from library_media
                   join library on library.id = library_media.library_id
                  where library.account_id = $1 and library.id = $2
                    and not exists (select 1
                                      from library_media other
                                     where other.media_id = library_media.media_id and other.library_id <> $2)",
            )
            .bind(account_id)
            .bind(id)
            .fetch_all(&mut *work)
            .await?;
            let gone = sqlx::query("delete from library where account_id = $1 and id = $2")
                .bind(account_id)
                .bind(id)
                .execute(&mut *work)
                .await?
                .rows_affected();
            let mut files = Vec::new();
            for media in media {
                files.extend(erase_media!(work, account_id, &media));
            }
            work.commit().await?;
            Ok((gone > 0).then_some(files))
        })
    }

    /// Lists what the library says of these pictures.
    pub async fn list_media_words(&self, account_id: &str, ids: &[String]) -> Result<Vec<MediaWords>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let words = on!(self, |db| {
            let mut query = sqlx::QueryBuilder::new(
                "select library_media.media_id, library.alt, library.focus_x, library.focus_y, library.credit,
                        library.licence, library.licence_words
                   from library_media
                   join library on library.id = library_media.library_id
                  where library.kind = 'picture' and library.account_id = ",
            );
            query.push_bind(account_id).push(" and library_media.media_id in (");
            among!(query, ids);
            query.build_query_as().fetch_all(db).await
        })?;
        Ok(words)
    }

    /// Lists where entries of the account are used: in what programmes show, are to show or are being built, in posts, as
    /// logos, for the press; all of them, or one by its id.
    pub async fn list_library_uses(&self, account_id: &str, id: Option<&str>, now: i64) -> Result<Vec<LibraryUse>> {
        let uses = on!(self, |db| {
            sqlx::query_as(concat!(
                "select distinct library_media.library_id, 'programme' as place, programmes.id as id, programmes.stage_id,
                        programmes.name as name, revisions.number
                   from library
                   join library_media on library_media.library_id = library.id
                   join programme_media on programme_media.media_id = library_media.media_id
                   join programmes on programmes.id = programme_media.programme_id
                   join revisions on revisions.programme_id = programme_media.programme_id
                                 and revisions.number = programme_media.number
                  where library.account_id = $1 and (library.id = $3 or $3 = '')
                    and (revisions.number = programmes.revision or revisions.publish_at > $2 or (",
                on_screens!(),
                "))
                  union
                 select library_media.library_id, 'post' as place, posts.id as id, posts.stage_id,
                        coalesce(posts.title, substr(posts.text, 1, 90)) as name, cast(0 as bigint) as number
                   from library
                   join library_media on library_media.library_id = library.id
                   join post_media on post_media.media_id = library_media.media_id
                   join posts on posts.id = post_media.post_id
                  where library.account_id = $1 and (library.id = $3 or $3 = '')
                  union
                 select library_media.library_id, 'logo' as place, stages.id as id, stages.id as stage_id,
                        stages.name as name, cast(0 as bigint) as number
                   from library
                   join library_media on library_media.library_id = library.id
                   join stages on stages.logo_id = library_media.media_id
                  where library.account_id = $1 and (library.id = $3 or $3 = '')
                  union
                 select library.id as library_id, 'press' as place, stages.id as id, stages.id as stage_id,
                        stages.name as name, cast(0 as bigint) as number
                   from library
                   join press_files on press_files.library_id = library.id
                   join stages on stages.id = press_files.stage_id
                  where library.account_id = $1 and (library.id = $3 or $3 = '')
               order by place, name, id, number"
            ))
            .bind(account_id)
            .bind(now)
            .bind(id.unwrap_or_default())
            .fetch_all(db)
            .await
        })?;
        Ok(uses)
    }
}

/// The words of an entry in small letters.
fn fold(entry: &LibraryEntry) -> String {
    format!("{}\n{}\n{}", entry.name, entry.alt, entry.credit).to_lowercase()
}

/// What a text is like that holds these words; `%` and `_` stand for themselves.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for letter in words.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
