//! Mastodon's interface: look an account up, list what it says, ask about single posts.

use reqwest::header::LINK;
use serde_json::Value;
use url::Url;

use super::status::{self, Kept};
use crate::networks::{
    Batch, Class, Credential, Doors, PostRef, SourceFacts, Standing, Trouble,
    ask::{self, Refusal, Told, ask},
    assemble::Assembly,
    pace::{self, Harvest, MOST_PAGES, Memory},
    value::{id, is, text},
};

/// Posts of a page; the most that servers give.
const PAGE: usize = 40;

/// A server that is asked, with or without a token.
pub(super) struct Server<'a> {
    pub(super) doors: &'a Doors<'a>,
    /// Scheme, host and port, without a slash at the end.
    pub(super) base: String,
    pub(super) token: Option<&'a Credential>,
    /// What to ask for beside the page: `&exclude_reblogs=true`.
    pub(super) only: &'static str,
    /// Name of the interface in what is told about a source.
    pub(super) format: &'static str,
}

impl Server<'_> {
    async fn get(&self, path: &str) -> Result<Told, Refusal> {
        ask(self.doors, ask::get(self.doors, &format!("{}{path}", self.base), self.token)).await.map_err(|refusal| {
            match refusal.status {
                401 | 403 => Refusal { trouble: refused(self.token.is_some()), ..refusal },
                _ => refusal,
            }
        })
    }

    /// Finds an account by its name.
    pub(super) async fn look_up(&self, name: &str) -> Result<Value, Refusal> {
        let told = self.get(&format!("/api/v1/accounts/lookup?acct={name}")).await;
        let account = told.map_err(account_refusal)?.value;
        if id(&account, "/id").is_none() {
            return Err(ask::not_understood("an account without an id").into());
        }
        Ok(account)
    }

    /// Lists what an account said since the last visit, and once a day all of it.
    pub(super) async fn list(&self, name: &str, memory: &mut Memory) -> Result<Harvest, Refusal> {
        let all = memory.wants_all(self.doors.now);
        let mut assembly = Assembly::new(&[]);
        if all || memory.account.is_none() {
            let account = self.look_up(name).await?;
            memory.account = id(&account, "/id");
            memory.title = text(&account, "/display_name").or(text(&account, "/username")).map(str::to_owned);
            if account.get("moved").is_some_and(|moved| !moved.is_null()) {
                assembly.problem(None, "networks.problem.moved", "");
            }
            if is(&account, "/suspended") {
                return Err(pace::missing("the account is suspended").into());
            }
        }
        let account = memory.account.clone().unwrap_or_default();
        let (mut cut, mut pause, mut newest, mut cursor) = (None, None, None::<String>, String::new());
        let (mut position, mut whole) = (0, true);
        for page in 0..MOST_PAGES {
            let path = format!("/api/v1/accounts/{account}/statuses?limit={PAGE}{}{cursor}", self.only);
            let told = match self.get(&path).await {
                Ok(told) => told,
                Err(refusal) if page == 0 => {
                    // The account may have got another id.
                    if refusal.status == 404 {
                        memory.account = None;
                    }
                    return Err(account_refusal(refusal));
                }
                Err(refusal) => {
                    cut = Some(refusal);
                    break;
                }
            };
            let Some(statuses) = told.value.as_array() else {
                let refusal = Refusal::from(ask::not_understood("a page that is no list"));
                if page == 0 {
                    return Err(refusal);
                }
                cut = Some(refusal);
                break;
            };
            let mut met_known = false;
            for status in statuses {
                position += 1;
                if let Some(found) = id(status, "/id") {
                    met_known |= memory.newest.as_deref().is_some_and(|known| !is_newer(&found, known));
                    if newest.as_deref().is_none_or(|newest| is_newer(&found, newest)) {
                        newest = Some(found);
                    }
                }
                match status::read(status, &account, position) {
                    Kept::Post(draft) => assembly.add(*draft),
                    Kept::No => {}
                    Kept::Broken => assembly.problem(Some(position), "feeds.problem.json_without_id", ""),
                }
            }
            pause = ask::used_up(&told.answer, self.doors.now);
            let next = next_page(&told, statuses);
            match next.filter(|next| *next != cursor && (all || !met_known)) {
                Some(next) if pause.is_none() => cursor = next,
                // What lies behind is read when the host may be asked again.
                more => {
                    whole = more.is_none();
                    break;
                }
            }
        }
        if cut.is_none() && whole {
            memory.note_read(newest, all, self.doors.now);
        }
        let (posts, problems, _) = assembly.finish();
        let source =
            SourceFacts { format: self.format.to_owned(), title: memory.title.clone(), ..SourceFacts::default() };
        Ok(Harvest { batch: Batch { source, posts, problems, ..Batch::default() }, cut, pause })
    }

    /// Asks about posts one by one. Where the account itself is not to be seen, a missing post says nothing.
    pub(super) async fn verify(&self, name: &str, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let mut standings = Vec::with_capacity(posts.len());
        for post in posts {
            let known = post.remote_id.bytes().all(|b| b.is_ascii_alphanumeric());
            let asked =
                if known { Some(self.get(&format!("/api/v1/statuses/{}", post.remote_id)).await) } else { None };
            standings.push(match asked {
                Some(Ok(_)) => Standing::Stands,
                Some(Err(refusal))
                    if matches!(refusal.status, 401 | 403)
                        || matches!(refusal.trouble.class, Class::RateLimited { .. }) =>
                {
                    return Err(refusal.trouble);
                }
                Some(Err(refusal))
                    if matches!(refusal.status, 404 | 410) && text(&refusal.body, "/error").is_some() =>
                {
                    Standing::Gone
                }
                Some(Err(_)) | None => Standing::Unknown,
            });
        }
        if standings.contains(&Standing::Gone) && self.look_up(name).await.is_err() {
            standings.iter_mut().filter(|standing| **standing == Standing::Gone).for_each(|s| *s = Standing::Unknown);
        }
        Ok(standings)
    }
}

/// What it means that a server wants to know who asks.
fn refused(with_token: bool) -> Trouble {
    if with_token {
        return Trouble::new(Class::ReauthRequired, "networks.error.token_refused", "the token was refused");
    }
    let class = Class::PermissionMissing { scope: None };
    Trouble::new(class, "networks.error.closed", "the server answers members only")
}

fn account_refusal(refusal: Refusal) -> Refusal {
    match refusal.status {
        404 | 410 => Refusal { trouble: pace::missing("the account is not there"), ..refusal },
        _ => refusal,
    }
}

/// Ids are texts: a longer one is newer, and of the same length the greater one.
fn is_newer(id: &str, than: &str) -> bool {
    (id.len(), id) > (than.len(), than)
}

/// Where the next page begins: only the cursor is taken from the link, never its address.
fn next_page(told: &Told, statuses: &[Value]) -> Option<String> {
    let cursor = match told.answer.header(&LINK) {
        Some(links) => {
            let next = links.split(',').find(|link| link.contains("rel=\"next\""))?;
            let address = next.split_once('<')?.1.split_once('>')?.0;
            let query = Url::parse(address).ok()?;
            query.query_pairs().find(|(name, _)| name == "max_id")?.1.into_owned()
        }
        None if statuses.len() >= PAGE => id(statuses.last()?, "/id")?,
        None => return None,
    };
    let cursor: String = url::form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
    Some(format!("&max_id={cursor}"))
}
