//! Alerts: what everybody in a venue has to know now, on all screens or on those with certain tags.

use shared::{
    programme::{self, Entry, Schedule, Shape},
    slides::{Announcement, Slide},
};

use crate::{
    app::{App, Change, Error, Problem, Result},
    features::{
        history::{self, Deed, Place},
        screens::{self, Status},
    },
    store::{self, Alert, Stage},
    tools::ids,
};

/// Longest time after which an alert ends by itself, in minutes: a week.
pub const LONGEST_MINUTES: i64 = 7 * 24 * 60;
/// Most alerts of a stage at the same time.
const MOST: usize = 10;
/// How long an ended alert is remembered.
const REMEMBERED_MILLIS: i64 = 90 * 24 * 60 * 60 * 1_000;
/// How far back is looked for alerts that have ended by themselves: longer than any controller stands still.
const NOTED_MILLIS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// Longest headline and text, in characters.
pub const LONGEST: (usize, usize) = (120, 600);

/// What an owner wants everybody to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The line to be read from afar.
    pub headline: String,
    /// What it is about; may be empty.
    pub text: String,
    /// How much of the display it takes.
    pub shape: Shape,
    /// Screens with any of these show it; none means all.
    pub tags: Vec<String>,
    /// Screens of these groups show it, too.
    pub groups: Vec<String>,
    /// After how many minutes it ends by itself; `None` for when somebody ends it.
    pub minutes: Option<i64>,
}

impl Wish {
    /// What screens would say.
    fn said(&self) -> Announcement {
        let headline = self.headline.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.text.replace("\r\n", "\n").trim().to_owned();
        Announcement { headline, text, design: "poster".to_owned(), ..Announcement::default() }
    }

    /// The alert as screens would get it from an instant on, for a preview; `None` while there is nothing to say.
    /// What is too long is cut: it could not be sent.
    pub fn trial(&self, from: i64) -> Option<programme::Alert> {
        let mut said = self.said();
        said.headline = said.headline.chars().take(LONGEST.0).collect();
        said.text = said.text.chars().take(LONGEST.1).collect();
        let shape = self.shape;
        let slide = Slide::Announcement(said.clone());
        let entry =
            Entry { id: "alert-trial".to_owned(), millis: slide.reading_millis(), when: Schedule::default(), slide };
        let alert = programme::Alert { from, until: None, shape, tags: Vec::new(), entry };
        (!said.headline.is_empty()).then_some(alert)
    }
}

/// An alert as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Id.
    pub id: String,
    /// What is said.
    pub said: Announcement,
    /// How much of the display it takes.
    pub shape: Shape,
    /// Screens with any of these show it, tags and groups; none means all.
    pub marks: Vec<String>,
    /// When it began.
    pub from: i64,
    /// When it ends by itself.
    pub until: Option<i64>,
    /// Whether it is over.
    pub over: bool,
    /// How many screens say that they show it.
    pub showing: usize,
    /// How many screens are to show it.
    pub wanted: usize,
    /// Names of the screens that do not show it.
    pub missing: Vec<String>,
}

/// Interrupts the screens of a stage; the new alert's id.
pub async fn send(app: &App, stage: &Stage, wish: &Wish) -> Result<String> {
    let said = wish.said();
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
    if said.headline.is_empty() {
        wrong("headline", "alerts.headline.missing");
    } else if said.headline.chars().count() > LONGEST.0 {
        wrong("headline", "slides.problem.too_long");
    }
    if said.text.chars().count() > LONGEST.1 {
        wrong("text", "slides.problem.too_long");
    }
    if wish.minutes.is_some_and(|minutes| !(1..=LONGEST_MINUTES).contains(&minutes)) {
        wrong("minutes", "alerts.minutes.invalid");
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = app.clock.now();
    if app.store.list_alerts(&stage.id, now).await?.len() >= MOST {
        return Err(Error::invalid("", "alerts.many"));
    }
    let json = |why: serde_json::Error| Error::internal("write an alert as JSON", why);
    let groups = wish.groups.iter().map(|group| store::group_mark(group));
    let marks: Vec<_> = wish.tags.iter().cloned().chain(groups).collect();
    let alert = Alert {
        id: ids::new(now),
        stage_id: stage.id.clone(),
        from_at: now,
        until_at: wish.minutes.map(|minutes| now + minutes * 60_000),
        shape: if wish.shape == Shape::Band { "band" } else { "full" }.to_owned(),
        tags: serde_json::to_string(&marks).map_err(json)?,
        content: serde_json::to_string(&said).map_err(json)?,
        created_at: now,
        ended_at: None,
    };
    history::noting(app, stage, Deed::AlertStarted, alert.id.as_str()).add_alert(&alert).await?;
    tracing::info!(stage.id = %stage.id, "alert {} on the screens of stage {}", alert.id, stage.id);
    app.news.tell(Change::Alerts { stage_id: stage.id.clone() });
    Ok(alert.id)
}

/// Ends an alert; nothing happens when it is over.
pub async fn end(app: &App, stage: &Stage, id: &str) -> Result<()> {
    app.store.find_alert(&stage.id, id).await?.ok_or(Error::NotFound("alert"))?;
    history::noting(app, stage, Deed::AlertEnded, id).end_alert(&stage.id, id, app.clock.now()).await?;
    app.news.tell(Change::Alerts { stage_id: stage.id.clone() });
    Ok(())
}

/// Lists the alerts of a stage that are on, newest first.
pub async fn list(app: &App, stage: &Stage) -> Result<Vec<Told>> {
    let screens = screens::list(app, &stage.account_id, &stage.id).await?;
    let alerts = app.store.list_alerts(&stage.id, app.clock.now()).await?;
    Ok(alerts.into_iter().map(|alert| told(alert, &screens, app.clock.now())).collect())
}

/// An alert of a stage, over or not.
pub async fn get(app: &App, stage: &Stage, id: &str) -> Result<Told> {
    let alert = app.store.find_alert(&stage.id, id).await?.ok_or(Error::NotFound("alert"))?;
    let screens = screens::list(app, &stage.account_id, &stage.id).await?;
    Ok(told(alert, &screens, app.clock.now()))
}

fn told(alert: Alert, screens: &[Status], now: i64) -> Told {
    let compiled = compile(&alert);
    let marks = compiled.tags;
    let wanted: Vec<_> = screens
        .iter()
        .filter(|status| marks.is_empty() || status.screen.marks().iter().any(|own| marks.contains(own)))
        .collect();
    let shows = |status: &&&Status| status.online && status.shows(programme::ALERT, &compiled.entry.id);
    let missing = wanted.iter().filter(|status| !shows(status)).map(|status| status.screen.name.clone());
    Told {
        over: alert.ended_at.is_some() || alert.until_at.is_some_and(|until| until <= now),
        said: serde_json::from_str(&alert.content).unwrap_or_default(),
        shape: compiled.shape,
        from: alert.from_at,
        until: alert.until_at,
        showing: wanted.iter().filter(shows).count(),
        wanted: wanted.len(),
        missing: missing.collect(),
        id: alert.id,
        marks,
    }
}

/// The alerts of a stage as they go into its programmes.
pub async fn compiled(app: &App, stage_id: &str) -> Result<Vec<programme::Alert>> {
    Ok(app.store.list_alerts(stage_id, app.clock.now()).await?.iter().map(compile).collect())
}

fn compile(alert: &Alert) -> programme::Alert {
    let slide = Slide::Announcement(serde_json::from_str(&alert.content).unwrap_or_default());
    programme::Alert {
        from: alert.from_at,
        until: alert.until_at,
        shape: if alert.shape == "band" { Shape::Band } else { Shape::Full },
        tags: serde_json::from_str(&alert.tags).unwrap_or_default(),
        entry: Entry {
            id: format!("alert-{}", alert.id),
            millis: slide.reading_millis(),
            when: Schedule::default(),
            slide,
        },
    }
}

/// Notes in the history which alerts have ended by themselves; says that there is nothing to remove.
pub async fn remember_ends(app: &App) -> Result<u64> {
    let now = app.clock.now();
    for (id, stage_id, account_id, at) in app.store.list_ended_alerts(now - NOTED_MILLIS, now).await? {
        history::note_turn(app, Place::new(&account_id, &stage_id), Deed::AlertEnded, &id, at).await?;
    }
    Ok(0)
}

/// Removes alerts that ended long ago; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.delete_alerts_ended_before(app.clock.now().saturating_sub(REMEMBERED_MILLIS)).await?)
}
