//! Posts: taken from sources or written here, listed for the desk, the newsroom and the screens.

use sqlx::FromRow;

/// The columns of [`Post`].
macro_rules! post_columns {
    () => {
        "posts.id, posts.stage_id, posts.source_id, posts.remote_id, posts.slug, posts.title, posts.text, posts.html,
         posts.link, posts.author, posts.language, posts.content_hash, posts.published_at, posts.imported_at,
         posts.changed_at, posts.shown, posts.facts, posts.draft, posts.expires_at, posts.pinned_at, posts.standing,
         posts.reasons, posts.stopped, posts.opens_at, posts.featured_until, posts.card_id"
    };
}
pub(super) use post_columns;

/// That the public may see a row of `posts` at an instant (the parameter that is named): people want it shown, its time has
/// come and is not over. Every face asks this.
macro_rules! visible {
    ($now:literal) => {
        visible!("posts", $now)
    };
    ($row:literal, $now:literal) => {
        concat!(
            "(",
            $row,
            ".shown and ",
            $row,
            ".published_at <= ",
            $now,
            " and (",
            $row,
            ".opens_at is null or ",
            $row,
            ".opens_at <= ",
            $now,
            ") and (",
            $row,
            ".expires_at is null or ",
            $row,
            ".expires_at > ",
            $now,
            "))"
        )
    };
}
pub(super) use visible;

/// That a row `better` is on the card of a row of `posts` and goes before it.
macro_rules! better {
    () => {
        "better.card_id = posts.card_id and better.card_rank > 0
         and (better.card_rank > posts.card_rank or (better.card_rank = posts.card_rank and better.id < posts.id))"
    };
}
pub(super) use better;

/// That the public sees a row of `posts` in lists: it is visible, and so is none that goes before it on its card. Asked anew
/// at every instant, so that another one stands in its place when it goes.
macro_rules! stands {
    ($now:literal) => {
        concat!(
            "(",
            visible!($now),
            " and not exists (select 1 from posts better where ",
            better!(),
            " and ",
            visible!("better", $now),
            "))"
        )
    };
}
pub(super) use stands;

/// That a row of `posts` stands behind the place `$2`, `$3`, `$4` of a list ([`Below`]), and the order of such lists.
macro_rules! below {
    () => {
        "(posts.pinned_at < $2
          or (posts.pinned_at = $2
              and (posts.published_at < $3 or (posts.published_at = $3 and posts.id < $4))))"
    };
}
macro_rules! newest_first {
    () => {
        " order by posts.pinned_at desc, posts.published_at desc, posts.id desc"
    };
}
pub(super) use {below, newest_first};

mod given;
pub(super) use given::given;
mod lists;
mod own;
mod public;
pub(super) mod search;
mod standing;
mod taken;
mod times;
mod words;

pub use given::GivenQuery;
pub(super) use lists::{group, stands_in_group};
pub use public::{PublicKinds, PublicQuery};
pub use search::{Hit, Search};

pub use standing::{Standing, Stopped};
pub use times::Span;

/// One post of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The stage it belongs to.
    pub stage_id: String,
    /// The source it came from; `None` when it was written here.
    pub source_id: Option<String>,
    /// Its id at the network; its own id when it was written here.
    pub remote_id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Headline, plain text.
    pub title: Option<String>,
    /// The words, plain.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// Permalink at the network.
    pub link: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Another hash under the same remote id is an edit.
    pub content_hash: String,
    /// When it was published, in milliseconds since 1970; where that lies ahead, it is shown from then on.
    pub published_at: i64,
    /// When it came here.
    pub imported_at: i64,
    /// When it last changed here.
    pub changed_at: i64,
    /// Whether people want the public to see it; the times say the rest.
    pub shown: bool,
    /// JSON object: tags and kinds of media as it was imported; what rules of topics ask for beside its words.
    pub facts: String,
    /// Whether nobody has published it yet.
    pub draft: bool,
    /// From when on it is shown no more, in milliseconds since 1970; `None` for never.
    pub expires_at: Option<i64>,
    /// When it was pinned: it stands before all others; 0 for not.
    pub pinned_at: i64,
    /// Why it is shown or not.
    #[sqlx(try_from = "String")]
    pub standing: Standing,
    /// JSON list: why it was kept back by itself; stays where somebody shows it all the same.
    pub reasons: String,
    /// What the emergency stop of its stage did to it.
    #[sqlx(try_from = "String")]
    pub stopped: Stopped,
    /// Not shown before then, whatever its date, in milliseconds since 1970; `None` for no such time.
    pub opens_at: Option<i64>,
    /// It stands out until then, in milliseconds since 1970; `None` for not.
    pub featured_until: Option<i64>,
    /// The card that it shares with the same item from elsewhere; `None` while it stands alone.
    pub card_id: Option<String>,
}

/// Where a post is between the first word and the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostState {
    /// Nobody has published it yet.
    Draft,
    /// It will be shown by itself.
    Planned,
    /// The public sees it.
    Shown,
    /// Its time is over.
    Over,
    /// It waits for somebody to show it.
    Waiting,
    /// A rule took it down.
    Ruled,
    /// The emergency stop took it down; it comes back when that is released.
    Stopped,
    /// Somebody took it down.
    Hidden,
}

impl Post {
    /// Where it is at an instant. The same as the statements say: the public sees what is [`PostState::Shown`].
    pub fn state(&self, now: i64) -> PostState {
        match self {
            Self { draft: true, .. } => PostState::Draft,
            Self { shown: false, stopped: Stopped::Taken, .. } => PostState::Stopped,
            Self { shown: false, standing: Standing::Waiting, .. } => PostState::Waiting,
            Self { shown: false, standing: Standing::Ruled, .. } => PostState::Ruled,
            Self { shown: false, .. } => PostState::Hidden,
            Self { expires_at: Some(end), .. } if *end <= now => PostState::Over,
            post if post.begins_at() > now => PostState::Planned,
            _ => PostState::Shown,
        }
    }

    /// From when on it is shown, where people want that.
    pub fn begins_at(&self) -> i64 {
        self.published_at.max(self.opens_at.unwrap_or(i64::MIN))
    }

    /// Whether it stands out at an instant.
    pub fn is_featured(&self, now: i64) -> bool {
        self.featured_until.is_some_and(|until| until > now)
    }

    /// Whether it was written here.
    pub fn is_own(&self) -> bool {
        self.source_id.is_none()
    }
}

/// Which posts a desk lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PostGroup {
    /// All.
    #[default]
    All,
    /// What the public sees.
    Shown,
    /// What waits for somebody to show it.
    Queue,
    /// What it is to see later, and drafts.
    Waiting,
    /// What it does not see any more.
    Hidden,
}

impl PostGroup {
    /// Its name in statements and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Shown => "shown",
            Self::Queue => "queue",
            Self::Waiting => "waiting",
            Self::Hidden => "hidden",
        }
    }
}

/// How many posts of a stage there are of each group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct PostCounts {
    /// What the public sees.
    pub shown: i64,
    /// What waits for somebody to show it.
    pub queue: i64,
    /// What it is to see later, and drafts.
    pub waiting: i64,
    /// The others.
    pub hidden: i64,
}

impl PostCounts {
    /// All of them.
    pub fn all(&self) -> i64 {
        self.shown + self.queue + self.waiting + self.hidden
    }
}

/// A picture of a post.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PostPicture {
    /// Which post.
    pub post_id: String,
    /// Which picture of the account.
    pub media_id: String,
    /// What is to be seen, in words.
    pub alt: String,
}

/// What became of a post that a source handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here before.
    New,
    /// It was, with other content.
    Changed,
    /// It was, just so.
    Same,
}

/// Where a page of a list begins: below the last post of the page before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// When that post was pinned; 0 for not.
    pub pinned_at: i64,
    /// When that post was published.
    pub published_at: i64,
    /// Its id.
    pub id: String,
}

impl Default for Below {
    /// Above everything.
    fn default() -> Self {
        Self { pinned_at: i64::MAX, published_at: i64::MAX, id: "~".to_owned() }
    }
}

impl From<&Post> for Below {
    fn from(post: &Post) -> Self {
        Self { pinned_at: post.pinned_at, published_at: post.published_at, id: post.id.clone() }
    }
}

impl Below {
    /// Reads what [`Below`]'s `Display` wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('.').collect();
        let (pinned_at, published_at, id) = match parts[..] {
            [published_at, id] => (0, published_at, id),
            [pinned_at, published_at, id] => (pinned_at.parse().ok()?, published_at, id),
            _ => return None,
        };
        Some(Self { pinned_at, published_at: published_at.parse().ok()?, id: id.to_owned() })
    }
}

impl std::fmt::Display for Below {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.pinned_at {
            0 => write!(f, "{}.{}", self.published_at, self.id),
            pinned_at => write!(f, "{pinned_at}.{}.{}", self.published_at, self.id),
        }
    }
}
