//! The database, whichever it is: SQL written once, run on SQLite and PostgreSQL.

use std::{path::Path, time::Duration};

use sqlx::{
    PgPool, SqlitePool,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// Runs one statement on whichever database is open.
macro_rules! on {
    ($store:ident, |$db:ident| $statement:expr) => {
        match &$store.pool {
            $crate::store::Pool::Sqlite($db) => $statement,
            $crate::store::Pool::Postgres($db) => $statement,
        }
    };
}

/// Binds what is in a list that begins with `… in (`, and closes it.
macro_rules! among {
    ($query:ident, $all:expr) => {{
        let mut list = $query.separated(", ");
        for one in $all {
            list.push_bind(one);
        }
        $query.push(")")
    }};
}

mod accounts;
mod alerts;
mod answers;
mod api_tokens;
mod arrivals;
mod cards;
mod checks;
mod desk;
mod domains;
mod encodings;
mod erasures;
mod file_holds;
mod files;
mod films;
mod history;
mod hits;
mod hooks;
mod infoscreens;
mod journal;
mod keys;
mod library;
mod lookups;
mod media;
mod members;
mod merging;
mod moderation;
mod newsrooms;
mod operator;
mod pairings;
mod platform;
mod posts;
mod programmes;
mod quotas;
mod revisions;
mod screens;
mod sessions;
mod sign_ins;
mod sorting;
mod sources;
mod stages;
mod stops;
mod subscriptions;
mod tokens;
mod topics;
mod visits;
mod webhooks;

pub use accounts::Account;
pub use alerts::Alert;
pub use answers::Answer;
pub use api_tokens::{ApiToken, HeldToken};
pub use arrivals::Arrival;
pub use cards::Card;
pub use desk::{Act, ActTopic, Aim, Deed, DeskMedia, DeskQuery, DeskSource, DeskTopic, Outcome, What};
pub use domains::{ActiveDomain, Domain};
pub use erasures::Erasure;
pub use files::MediaFile;
pub use films::Film;
pub use history::{Happening, HistoryQuery, Told};
pub use hits::{PostHits, StageHits};
pub use hooks::{Delivery, Hook, HookHome};
pub use infoscreens::InfoscreenAddress;
pub use journal::{JournalEntry, JournalQuery};
pub use keys::SigningKey;
pub use library::{LibraryEntry, LibraryQuery, LibraryUse, MediaWords};
pub use media::{Media, Rendition};
pub use members::Member;
pub use merging::{Copy, Marked};
pub use moderation::{Applying, ModerationRow, Ruling};
pub use newsrooms::{Newsroom, PressContact, PressRendition};
pub use operator::LegalText;
pub use pairings::Pairing;
pub use platform::{Listed, ListingQuery, MOST_TERMS};
pub use posts::{
    Below, GivenQuery, Hit, Post, PostCounts, PostGroup, PostPicture, PostState, PublicKinds, PublicQuery, Search,
    Span, Standing, Stopped, Taken,
};
pub use programmes::{Programme, ProgrammeCount, ProgrammeVersion};
pub use revisions::{Edit, Revision};
pub use screens::{ReportRow, Screen, ScreenWish, group_mark};
pub use sessions::{Session, Visitor};
pub use sign_ins::SignInRow;
pub use sorting::{OWN, PostFacts, PostTopic, Sorted};
pub use sources::Source;
pub use stages::{Stage, StageCount};
pub use stops::{Came, Stop, StopCounts};
pub use subscriptions::Subscription;
pub use tokens::TokenRow;
pub use topics::Topic;
pub use visits::VisitResult;
pub use webhooks::{Webhook, WebhookDelivery};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");
// Steps that only one database can take, numbered with the others: what is there to search differs.
static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    /// What is noted in the history with the next change.
    happening: Option<std::sync::Arc<Happening>>,
    /// What visits came to, until it is written.
    notes: std::sync::Arc<visits::Notes>,
}

/// What can go wrong between the program and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with the same unique value exists.
    #[error("already taken")]
    Taken,
    /// A row this one belongs to does not exist (any more).
    #[error("belongs to nothing")]
    Orphan,
    /// The database failed or its answer made no sense.
    #[error("database: {0}")]
    Broken(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("migrations: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(e) if e.is_unique_violation() => Self::Taken,
            sqlx::Error::Database(e) if e.is_foreign_key_violation() => Self::Orphan,
            _ => Self::Broken(error),
        }
    }
}

/// What store functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl Store {
    /// Opens the embedded database, and makes it if need be. Every commit is on disk
    /// before it is answered (`synchronous=FULL`), and what is deleted is overwritten.
    pub async fn open_file(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        Self::ready(Pool::Sqlite(pool)).await
    }

    /// Opens a PostgreSQL database by its address (`postgres://…`).
    pub async fn open_address(address: &str) -> Result<Self> {
        let pool =
            PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(5)).connect(address).await?;
        Self::ready(Pool::Postgres(pool)).await
    }

    async fn ready(pool: Pool) -> Result<Self> {
        let store = Self { pool, happening: None, notes: std::sync::Arc::default() };
        let own = match &store.pool {
            Pool::Sqlite(_) => &SQLITE_MIGRATIONS,
            Pool::Postgres(_) => &POSTGRES_MIGRATIONS,
        };
        let steps = Migrator::with_migrations(MIGRATIONS.iter().chain(own.iter()).cloned().collect());
        on!(store, |db| steps.run(db).await)?;
        Ok(store)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        on!(self, |db| sqlx::query("select 1").execute(db).await.map(|_| ()))?;
        Ok(())
    }

    /// Closes all connections after the work that is under way.
    pub async fn close(&self) {
        on!(self, |db| db.close().await);
    }
}
