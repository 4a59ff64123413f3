//! Tokens: with which programs of a member use the API, for as much as the member allows them.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::{
    app::{App, Error, Problem, Result},
    store::{ApiToken, HeldToken},
    tools::ids,
};

/// What every token begins with, so that whoever scans code for secrets knows one when they see it.
pub const PREFIX: &str = "litfass_";
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// After how many days a token ends; 0 for never.
pub const DAYS: [i64; 4] = [30, 90, 365, 0];
/// Most tokens of a member.
const MOST: usize = 50;
/// Last letters of a token that are kept to tell it from others.
const HINT: usize = 4;
const DAY_MILLIS: i64 = 86_400_000;
/// An ended token is listed for so long, so that whoever wonders why a program stopped sees it.
const LISTED_MILLIS: i64 = 30 * DAY_MILLIS;

/// What a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read what members see and the public does not.
    Read,
    /// Write, change, plan and delete own posts.
    Posts,
    /// Send files to the library, describe and delete them.
    Media,
    /// Decide what is seen of the posts that are there.
    Moderation,
    /// Rename, turn and remove screens.
    Screens,
    /// Publish programmes, begin and end alerts.
    Programmes,
}

impl Scope {
    /// Every scope, in the order in which it is offered.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Posts, Self::Media, Self::Moderation, Self::Screens, Self::Programmes];

    /// Its name in the API and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Posts => "posts",
            Self::Media => "media",
            Self::Moderation => "moderation",
            Self::Screens => "screens",
            Self::Programmes => "programmes",
        }
    }

    /// Whether somebody in a role may do so themselves: nobody gives more than they have.
    pub fn is_of(self, role: &str) -> bool {
        match self {
            Self::Read => matches!(role, "owner" | "editor" | "moderator" | "viewer"),
            Self::Moderation => matches!(role, "owner" | "editor" | "moderator"),
            Self::Posts | Self::Media | Self::Screens | Self::Programmes => matches!(role, "owner" | "editor"),
        }
    }

    /// Reads words between spaces; what is unknown is passed over.
    pub fn read(words: &str) -> Vec<Self> {
        Self::ALL.into_iter().filter(|scope| words.split(' ').any(|word| word == scope.name())).collect()
    }
}

/// What a member wants a token to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// After how many days it ends: one of [`DAYS`].
    pub days: i64,
}

/// A program that came with a good token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Id of the token.
    pub token_id: String,
    /// What the token is for.
    pub name: String,
    /// Whose program it is.
    pub member_id: String,
    /// The account everything asked for must belong to.
    pub account_id: String,
    /// What it may do now: what the token says, as far as its member still may.
    pub scopes: Vec<Scope>,
}

impl Holder {
    /// Whether it may do so.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// Makes a token for a member; the token, which is shown once and stored nowhere.
pub async fn create(app: &App, member: (&str, &str), role: &str, wish: &Wish) -> Result<String> {
    let (account_id, member_id) = member;
    let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
    if name.is_empty() {
        wrong("name", "tokens.name.missing");
    } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        wrong("name", "tokens.name.long");
    }
    if wish.scopes.is_empty() {
        wrong("scopes", "tokens.scopes.missing");
    } else if wish.scopes.iter().any(|scope| !scope.is_of(role)) {
        wrong("scopes", "tokens.scopes.more");
    }
    if !DAYS.contains(&wish.days) {
        wrong("days", "tokens.days.wrong");
    }
    if app.store.list_api_tokens(account_id, Some(member_id)).await?.len() >= MOST {
        wrong("", "tokens.many");
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (now, token) = (app.clock.now(), format!("{PREFIX}{}", ids::secret()?));
    let mut scopes = String::new();
    for scope in Scope::ALL.into_iter().filter(|scope| wish.scopes.contains(scope)) {
        // Writing to a string cannot fail.
        let _ = write!(scopes, "{}{}", if scopes.is_empty() { "" } else { " " }, scope.name());
    }
    app.store
        .add_api_token(&ApiToken {
            id: ids::new(now),
            member_id: member_id.to_owned(),
            name,
            token_hash: hash(&token),
            hint: token[token.len() - HINT..].to_owned(),
            scopes,
            created_at: now,
            expires_at: (wish.days > 0).then_some(now + wish.days * DAY_MILLIS),
            used_day: 0,
        })
        .await?;
    Ok(token)
}

/// Finds who holds a token; `None` for one that was revoked, has ended, or never was.
pub async fn find(app: &App, token: &str) -> Result<Option<Holder>> {
    // Ours are 64 hexadecimal digits: anything else need not be asked for.
    if token.strip_prefix(PREFIX).and_then(shared::hex::decode::<32>).is_none() {
        return Ok(None);
    }
    let now = app.clock.now();
    // Found by its hash: how long that takes tells nothing of the token.
    let Some(HeldToken { token, account_id, role, .. }) = app.store.find_api_token(&hash(token), now).await? else {
        return Ok(None);
    };
    let day = now.div_euclid(DAY_MILLIS);
    if token.used_day < day {
        app.store.touch_api_token(&token.id, day).await?;
    }
    let scopes = Scope::read(&token.scopes).into_iter().filter(|scope| scope.is_of(&role)).collect();
    Ok(Some(Holder { token_id: token.id, name: token.name, member_id: token.member_id, account_id, scopes }))
}

/// Whose tokens somebody sees and ends: an owner those of everybody, everybody else their own.
fn whose<'a>(member_id: &'a str, role: &str) -> Option<&'a str> {
    (role != "owner").then_some(member_id)
}

/// Lists the tokens that a member may see, those first that were made last.
pub async fn list(app: &App, account_id: &str, member_id: &str, role: &str) -> Result<Vec<HeldToken>> {
    Ok(app.store.list_api_tokens(account_id, whose(member_id, role)).await?)
}

/// Ends a token at once.
pub async fn revoke(app: &App, account_id: &str, member_id: &str, role: &str, id: &str) -> Result<()> {
    let done = app.store.delete_api_token(account_id, whose(member_id, role), id).await?;
    if done { Ok(()) } else { Err(Error::NotFound("token")) }
}

/// Forgets tokens that ended long ago; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_ended_api_tokens(app.clock.now() - LISTED_MILLIS).await?)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn nobody_gives_more_than_they_have() {
        let of =
            |role: &str| Scope::ALL.into_iter().filter(|scope| scope.is_of(role)).map(Scope::name).collect::<Vec<_>>();
        assert_eq!(of("owner"), ["read", "posts", "media", "moderation", "screens", "programmes"]);
        assert_eq!(of("editor"), of("owner"));
        assert_eq!(of("moderator"), ["read", "moderation"]);
        assert_eq!(of("viewer"), ["read"]);
        assert!(of("").is_empty() && of("somebody").is_empty());
    }

    #[test]
    fn what_is_stored_is_read_and_what_is_unknown_gives_nothing() {
        assert_eq!(Scope::read("posts read"), [Scope::Read, Scope::Posts]);
        assert!(Scope::read("").is_empty() && Scope::read("everything postsread").is_empty());
    }
}
