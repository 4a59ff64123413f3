//! Infoscreens: what a browser shows of what screens do, by the plain address of a stage or a secret one of a programme.

mod document;

pub use document::{AHEAD_MILLIS, Document, Sight, document};
use sha2::{Digest, Sha256};

use crate::{
    app::{App, Change, Error, Result},
    features::{
        history::{self, Deed, Thing},
        programmes,
    },
    store::{Programme, Stage},
    tools::ids,
};

/// What the plain address of a stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    /// It is not there.
    Nothing,
    /// The newest posts: nothing that the newsroom does not show, so it need not be asked for.
    #[default]
    Posts,
    /// The stage's first programme, as far as it has been on screens.
    Programme,
}

impl Shows {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 3] = [Self::Posts, Self::Programme, Self::Nothing];

    /// Stable name in the database, forms and translations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Posts => "posts",
            Self::Programme => "programme",
        }
    }

    fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shows| shows.name() == name)
    }
}

/// What stands at an address.
#[derive(Clone, Debug)]
pub struct Infoscreen {
    /// Whose it is.
    pub stage: Stage,
    /// The programme, and how much of it is to be seen; `None` for the stage's newest posts.
    pub programme: Option<(Programme, Sight)>,
}

/// Finds what stands at an address: plain, or with a secret. Whatever is wrong with it, the answer is the same.
pub async fn find(app: &App, handle: &str, secret: Option<&str>) -> Result<Infoscreen> {
    let nothing = || Error::NotFound("infoscreen");
    let stage = app.store.find_stage_by_handle(&handle.to_lowercase()).await?.ok_or_else(nothing)?;
    let (id, sight) = match secret {
        Some(secret) => {
            let id = app.store.find_infoscreen_programme(&stage.id, &hash(secret)).await?.ok_or_else(nothing)?;
            (id, Sight::All)
        }
        None => match shows(app, &stage).await? {
            Shows::Nothing => return Err(nothing()),
            Shows::Posts => return Ok(Infoscreen { stage, programme: None }),
            Shows::Programme => (programmes::first(app, &stage.account_id, &stage.id).await?.id, Sight::Begun),
        },
    };
    let programme = programmes::signed(app, &id).await?;
    Ok(Infoscreen { stage, programme: Some((programme, sight)) })
}

/// What the plain address of a stage shows.
pub async fn shows(app: &App, stage: &Stage) -> Result<Shows> {
    let said = app.store.find_infoscreen(&stage.id).await?;
    Ok(said.and_then(|name| Shows::find(&name)).unwrap_or_default())
}

/// Says what the plain address of a stage shows.
pub async fn show(app: &App, stage: &Stage, typed: &str) -> Result<()> {
    let shows = Shows::find(typed).ok_or(Error::invalid("shows", "infoscreen.problem.shows"))?;
    let store = history::noting(app, stage, Deed::StageInfoscreen, stage.id.as_str());
    store.put_infoscreen(&stage.id, shows.name()).await?;
    app.news.tell(Change::Infoscreen { stage_id: stage.id.clone() });
    Ok(())
}

/// The secret address of a programme, for its owner, and when it was made.
pub async fn secret_address(app: &App, stage: &Stage, programme_id: &str) -> Result<Option<(String, i64)>> {
    let Some(kept) = app.store.find_infoscreen_address(&stage.account_id, programme_id).await? else {
        return Ok(None);
    };
    let failed = |why: String| Error::internal(&format!("open the {}", purpose(programme_id)), why);
    let token = app.keys.open(&purpose(programme_id), &kept.sealed).map_err(|e| failed(e.to_string()))?;
    let token = std::str::from_utf8(&token).map_err(|e| failed(e.to_string()))?;
    Ok(Some((app.config.address(&format!("/@{}/screen/{token}", stage.handle)), kept.made_at)))
}

/// Makes a secret address of a programme; the one that it had before leads nowhere from now on.
pub async fn renew(app: &App, stage: &Stage, programme: &Programme) -> Result<()> {
    let token = ids::secret()?;
    let purpose = purpose(&programme.id);
    let sealed =
        app.keys.seal(&purpose, token.as_bytes()).map_err(|e| Error::internal(&format!("seal the {purpose}"), e))?;
    let store = history::noting(app, stage, Deed::ProgrammeOpened, named(programme));
    let kept = (hash(&token), sealed);
    let done =
        store.put_infoscreen_address(&stage.account_id, &programme.id, (&kept.0, &kept.1), app.clock.now()).await?;
    app.news.tell(Change::Infoscreen { stage_id: stage.id.clone() });
    if done { Ok(()) } else { Err(Error::NotFound("programme")) }
}

/// Takes the secret address of a programme away; nothing happens where there is none.
pub async fn close(app: &App, stage: &Stage, programme: &Programme) -> Result<()> {
    let store = history::noting(app, stage, Deed::ProgrammeClosed, named(programme));
    store.delete_infoscreen_address(&stage.account_id, &programme.id).await?;
    app.news.tell(Change::Infoscreen { stage_id: stage.id.clone() });
    Ok(())
}

fn named(programme: &Programme) -> Thing<'_> {
    Thing { id: &programme.id, name: &programme.name, other: "" }
}

/// Of a secret only this is looked up.
fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What a secret is sealed for.
fn purpose(programme_id: &str) -> String {
    format!("address for browsers of programme {programme_id}")
}
