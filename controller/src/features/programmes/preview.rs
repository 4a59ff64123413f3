//! Previews: what a screen would show at an instant, of what is edited and not published yet.

use shared::programme::{Alert, Area, Programme, Schedule, Shown};

use super::{
    compile::{WELCOME, compile},
    draft::{Draft, DraftPlan, Item},
    publish, sign,
};
use crate::{
    app::{App, Error, Result},
    features::screens::Status,
    services::{previews::Order, storage::FileName},
    store::Stage,
};

pub use crate::services::previews::Error as NoPicture;

/// Longest side of a preview in pixels: what is larger is drawn smaller, in the same shape.
const LONGEST_SIDE: u32 = 1_920;
/// How far ahead a plan's next time is looked for.
const MOST_CHANGES: usize = 64;
/// How far ahead a preview looks, in milliseconds: the zone is known as far.
const FURTHEST: i64 = 10 * 365 * 86_400_000;

/// Size of a display in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Size {
    /// A usual display that lies.
    pub const LANDSCAPE: Self = Self { width: 1_920, height: 1_080 };
    /// A usual display that stands upright.
    pub const PORTRAIT: Self = Self { width: 1_080, height: 1_920 };

    /// What the content of a screen has: as it reported, else as it hangs.
    pub fn of_screen(status: &Status) -> Self {
        let reported = status.report.as_ref().filter(|report| report.width > 0 && report.height > 0);
        match reported {
            Some(report) => Self { width: report.width, height: report.height }.limited(),
            None if matches!(status.screen.rotation, 90 | 270) => Self::PORTRAIT,
            None => Self::LANDSCAPE,
        }
    }

    /// The same shape, no larger than a preview is drawn.
    fn limited(self) -> Self {
        let longest = self.width.max(self.height).max(1);
        if longest <= LONGEST_SIDE {
            return self;
        }
        let scaled = |side: u32| {
            let side = u64::from(side) * u64::from(LONGEST_SIDE) / u64::from(longest);
            u32::try_from(side).unwrap_or(LONGEST_SIDE).max(64)
        };
        Self { width: scaled(self.width), height: scaled(self.height) }
    }
}

/// What is to be seen of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight<'a> {
    /// Whatever is on.
    Screen,
    /// One item in its plan, whenever it would be on, held back or not.
    Item(&'a str),
}

/// A preview that can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What the screen would play.
    programme: Programme,
    /// The instant, in milliseconds since 1970.
    pub at: i64,
    /// Size of the display.
    pub size: Size,
}

/// What a stage's draft shows at an instant.
pub async fn of_draft(
    app: &App,
    stage: &Stage,
    open: &super::Open,
    sight: Sight<'_>,
    at: i64,
    size: Size,
) -> Result<Preview> {
    let draft = match sight {
        Sight::Screen => open.draft.clone(),
        Sight::Item(id) => alone(&open.draft, id).ok_or(Error::NotFound("item"))?,
    };
    let mut given = publish::given(app, &open.programme, stage.clone(), draft).await?;
    // Alerts interrupt what is edited: they are looked at where they are made.
    given.alerts = Vec::new();
    let at = at.clamp(0, app.clock.now() + FURTHEST);
    let programme = match sight {
        // As if it had been published when it was made: the rounds of what plays already go on as they do on the
        // screens, and the picture of an instant stays the same however often it is asked for.
        Sight::Screen => compile(&given, sign::read(&open.programme.envelope).as_ref(), open.revision.made_at),
        Sight::Item(_) => compile(&given, None, at),
    };
    Ok(Preview { programme, at, size })
}

/// What an item that is being filled in would look like in its place, kept or not. `None` while there is nothing of it to
/// be seen.
pub async fn of_item(
    app: &App,
    stage: &Stage,
    open: &super::Open,
    (plan, region): (&str, &str),
    item: &Item,
    at: i64,
    size: Size,
) -> Result<Option<Preview>> {
    let draft = only(&open.draft, plan, region, item).ok_or(Error::NotFound("region"))?;
    let mut given = publish::given(app, &open.programme, stage.clone(), draft).await?;
    given.alerts = Vec::new();
    let preview = Preview { programme: compile(&given, None, at), at, size };
    // Where the main part holds nothing, screens say welcome.
    let is_on = preview.on().iter().any(|shown| shown.region == region && shown.on.entry.id != WELCOME);
    Ok(is_on.then_some(preview))
}

/// What an alert would do to what a stage's screens show, from the instant on at which it begins; it need not have been
/// sent.
pub async fn of_alert(app: &App, stage: &Stage, alert: Alert, size: Size) -> Result<Preview> {
    let first = super::first(app, &stage.account_id, &stage.id).await?;
    let published = app.store.find_published_revision(&first.id, app.clock.now()).await?;
    let draft = Draft::read(published.as_ref().map_or("", |revision| revision.draft.as_str()));
    let mut given = publish::given(app, &first, stage.clone(), draft).await?;
    let from = alert.from;
    // The chosen tags do not matter: this is how it looks where it is to be seen.
    given.alerts = vec![Alert { tags: Vec::new(), ..alert }];
    let programme = compile(&given, sign::read(&first.envelope).as_ref(), from);
    Ok(Preview { programme, at: from, size })
}

/// The next instant at which a plan of the draft is the one that is on; `None` when others always go first.
pub async fn next_of_plan(app: &App, stage: &Stage, open: &super::Open, plan: &str) -> Result<Option<i64>> {
    let given = publish::given(app, &open.programme, stage.clone(), open.draft.clone()).await?;
    let now = app.clock.now();
    let programme = compile(&given, None, now);
    Ok(on_next(&programme, plan, now))
}

fn on_next(programme: &Programme, plan: &str, now: i64) -> Option<i64> {
    let mut at = now;
    for _ in 0..MOST_CHANGES {
        if programme.plan(at).is_some_and(|(on, _)| on.id == plan) {
            return Some(at);
        }
        at = programme.plans.iter().filter_map(|plan| plan.when.next_change(at, &programme.zone)).min()?;
    }
    None
}

/// The draft with one item alone in its place, at any time.
fn alone(draft: &Draft, id: &str) -> Option<Draft> {
    let (plan, region, item) = draft.item(id)?;
    only(draft, &plan.id, &region.name, item)
}

/// The draft with nothing but an item in a region of a plan, at any time.
fn only(draft: &Draft, plan: &str, region: &str, item: &Item) -> Option<Draft> {
    let mut plan = DraftPlan { when: Vec::new(), ..draft.plan(plan)?.clone() };
    let item = Item { when: Vec::new(), share: 0, paused: false, ..item.clone() };
    plan.regions.iter_mut().find(|one| one.name == region)?.items = vec![item];
    Some(Draft { plans: vec![plan] })
}

impl Preview {
    /// What is on, the main part first.
    pub fn on(&self) -> Vec<Shown<'_>> {
        self.programme.on::<&str>(self.at, &[])
    }

    /// The next instant at which something else is to be seen.
    pub fn next_change(&self) -> Option<i64> {
        self.programme.next_change::<&str>(self.at, &[])
    }

    /// Id of the plan that is on; `None` when an alert hides all of it.
    pub fn plan(&self) -> Option<&str> {
        let hidden = self.on().iter().any(|shown| shown.area == Area::WHOLE && shown.region == "alert");
        self.programme.plan(self.at).filter(|_| !hidden).map(|(plan, _)| plan.id.as_str())
    }

    /// The order for whoever draws it.
    fn order(&self) -> Result<Order> {
        let shown = self.on();
        let logo = self.programme.look.logo.iter().map(shared::slides::Picture::medium);
        let media = shown.iter().flat_map(|shown| shown.on.entry.slide.media()).chain(logo);
        let files = media.filter_map(|medium| Some((FileName::parse(&medium.sha256)?, medium.length))).collect();
        // What two pictures differ by must be to be seen: no numbers, no times of issue, nothing but what is on.
        let mut programme = self.programme.clone();
        (programme.version, programme.issued_at, programme.active_at) = (1, 0, 0);
        programme.media = Vec::new();
        if let Some((on, _)) = self.programme.plan(self.at) {
            programme.plans.retain(|plan| plan.id == on.id);
        }
        for plan in &mut programme.plans {
            plan.when = Schedule::default();
            for region in &mut plan.regions {
                let on = shown.iter().find(|shown| shown.region == region.name);
                let since = on.map_or(0, |shown| shown.on.since);
                region.playlist.entries = on.map(|shown| shown.on.entry.clone()).into_iter().collect();
                for entry in &mut region.playlist.entries {
                    entry.when = Schedule::default();
                }
                (region.playlist.anchor, region.playlist.anchored_at) = (since, since);
            }
        }
        let json = serde_json::to_vec(&programme).map_err(|e| Error::internal("write a programme as JSON", e))?;
        let at = self.at - self.at.rem_euclid(1_000);
        Ok(Order { programme: json, at, width: self.size.width, height: self.size.height, files })
    }

    /// A name for the picture: the same for the same picture.
    pub fn key(&self) -> Result<String> {
        Ok(self.order()?.key())
    }

    /// The picture, drawn by the kiosk for a member; why there is none.
    pub async fn draw(&self, app: &App, member_id: &str) -> Result<std::result::Result<Vec<u8>, NoPicture>> {
        let drawn = app.previews.draw(&self.order()?, &app.storage, member_id).await;
        if let Err(NoPicture::Broken(why)) = &drawn {
            tracing::warn!("{why}");
        }
        Ok(drawn.map(|picture| picture.to_vec()))
    }
}
