//! The instants at which posts begin and cease to be shown by themselves.
//!
//! Every face asks for what is visible now, so nothing has to happen for a post to come and go in time. But whoever has
//! drawn something before has to be told, by each controller for itself.

use crate::{
    app::{App, Change, Error, Result},
    features::{
        history::{self, Deed, Place},
        screens,
    },
};

/// How far back a controller that has just started looks, in milliseconds: what turned while others started up is told.
const AT_START: i64 = 60_000;
/// How far back it looks for what nobody has noted in the history, in milliseconds: thirty days.
const MISSED: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Who tells of turns, and until when they are told.
#[derive(Debug)]
pub struct Turns {
    told_until: i64,
    /// Until when the history knows what came.
    noted_until: i64,
    next: Option<i64>,
    /// Something has ended, and not all that this asks for is done.
    ends: bool,
}

impl Turns {
    /// Begins to tell at an instant.
    pub fn new(now: i64) -> Self {
        let told_until = now - AT_START;
        Self { told_until, noted_until: now - MISSED, next: Some(told_until), ends: false }
    }

    /// Tells of what has turned since it was told last, and does what has to be done once when a post's time is over.
    /// Says at which instant something turns next.
    pub async fn tell(&mut self, app: &App) -> Result<Option<i64>> {
        let now = app.clock.now();
        // A clock that was set back makes the past happen again.
        self.told_until = self.told_until.min(now);
        if self.next.is_some_and(|next| next <= now) {
            for stage_id in app.store.list_turned_stages(self.told_until, now).await? {
                app.news.tell(Change::Posts { stage_id });
            }
            self.told_until = now;
            self.ends = true;
            self.note_openings(app, now).await?;
        }
        if self.ends {
            self.ends = !end(app, now).await?;
        }
        self.next = app.store.next_post_turn(self.told_until).await?;
        Ok(self.next)
    }

    /// Notes in the history which posts that were planned ahead have come out.
    async fn note_openings(&mut self, app: &App, now: i64) -> Result<()> {
        for (stage_id, id, at) in app.store.list_opened_posts(self.noted_until.min(now), now).await? {
            let Some(stage) = app.store.find_any_stage(&stage_id).await? else { continue };
            history::note_turn(app, Place::from(&stage), Deed::PostOpened, &id, at).await?;
        }
        self.noted_until = now;
        Ok(())
    }
}

/// The pictures of screens that may show a post whose time is over go. First it is done and then noted, by whichever
/// controller comes first: twice does no harm, and never would. Says whether all of it is done.
async fn end(app: &App, now: i64) -> Result<bool> {
    let mut all = true;
    for stage_id in app.store.list_stages_with_ended_post(now).await? {
        // What fails for one stage keeps no other waiting.
        let ended = async {
            screens::withdraw_pictures(app, &stage_id).await?;
            remember(app, &stage_id, now).await?;
            app.store.note_ended_posts(&stage_id, now).await.map_err(Error::from)
        };
        if let Err(error) = ended.await {
            tracing::error!(stage.id = %stage_id, "end posts of stage {stage_id}: {error}");
            all = false;
        }
    }
    Ok(all)
}

/// Notes in the history which posts of a stage were over by then.
async fn remember(app: &App, stage_id: &str, now: i64) -> Result<()> {
    let Some(stage) = app.store.find_any_stage(stage_id).await? else { return Ok(()) };
    for (id, at) in app.store.list_ended_posts(stage_id, now).await? {
        history::note_turn(app, Place::from(&stage), Deed::PostEnded, &id, at).await?;
    }
    Ok(())
}
