//! The demo's account, stage, source, topics and announcement: made once, found again later.

use std::net::SocketAddr;

use shared::slides::{Announcement, Posts, SlideType};

use super::{
    MAIL, PASSWORD, press,
    town::{self, Town},
};
use crate::{
    app::{App, Error, Result},
    features::{
        accounts::{self, Registration},
        platform,
        programmes::{self, Editing, Item, Move},
        sources::{self, Linked},
        stages::{self, Logo, Look, NewStage},
        topics::{
            self, TopicName,
            rule::{Condition, Part, Rule},
        },
    },
    networks::Answers,
    store::Stage,
    tools::words::Language,
};

/// As many as the town has, with those that arrive later.
const POSTS: i64 = 22;
/// Percent of the time for the announcement.
const ANNOUNCED: u8 = 15;

/// Makes what is missing and gives the stage back.
pub(super) async fn prepare(app: &App, town: &Town, website: SocketAddr) -> Result<Stage> {
    let account_id = match app.store.find_member_by_mail(MAIL).await? {
        Some(member) => member.account_id,
        None => register(app, town).await?,
    };
    let stage = match app.store.find_stage_by_handle(&town.handle).await? {
        Some(stage) if stage.account_id == account_id => stage,
        _ => build(app, town, &account_id).await?,
    };
    link(app, &stage, website).await?;
    Ok(stage)
}

async fn register(app: &App, town: &Town) -> Result<String> {
    let typed = Registration {
        first_name: "Dana".to_owned(),
        last_name: "Demo".to_owned(),
        institution: town.institution.clone(),
        phone: String::new(),
        mail: MAIL.to_owned(),
        password: PASSWORD.to_owned(),
    };
    Ok(accounts::register(app, &typed, Language::De).await?.account_id)
}

async fn build(app: &App, town: &Town, account_id: &str) -> Result<Stage> {
    let typed =
        NewStage { name: town.name.clone(), handle: town.handle.clone(), time_zone: "Europe/Berlin".to_owned() };
    let stage = stages::create(app, account_id, &typed, Language::De).await?;
    let look = Look::parse([
        &town.name,
        &town.description.de,
        &town.colours.accent,
        &town.colours.dark,
        "de",
        "Europe/Berlin",
    ])?;
    let stage = stages::change(app, &stage, look, town::logo().map_or(Logo::Same, Logo::New)).await?;
    platform::enter(app, &stage).await?;
    plan(app, town, &stage).await?;
    press::prepare(app, town, &stage).await?;
    for name in &town.topics {
        let any = vec![Condition::Tag(name.clone())];
        let rule = Rule { parts: vec![Part { any, ..Part::default() }] };
        topics::create(app, &stage, &TopicName::parse(name)?, &rule).await?;
    }
    Ok(stage)
}

/// The screen shows every post, and an announcement for a part of the time.
async fn plan(app: &App, town: &Town, stage: &Stage) -> Result<()> {
    let Some(words) = town.announcements.first() else { return Ok(()) };
    let programme = programmes::first(app, &stage.account_id, &stage.id).await?;
    let said = [("headline", words.headline.as_str()), ("text", words.text.as_str())];
    let values = said.map(|(field, text)| (field.to_owned(), text.into())).into_iter().collect();
    let announcement = Item::new(&programmes::fresh_id(app.clock.now()), Announcement::NAME);
    let announcement = Item { values, share: ANNOUNCED, ..announcement };
    let id = announcement.id.clone();
    let who =
        Editing { account_id: &stage.account_id, member_id: "", programme_id: &programme.id, seen: programme.revision };
    let seen = programmes::edit(app, &who, |draft| {
        draft.add_item(programmes::FIRST_PLAN, "main", announcement)?;
        draft.move_item(&id, Move::To(0))?;
        let posts = draft.items().find(|item| item.kind == Posts::NAME).cloned();
        posts.map_or(Ok(()), |mut posts| {
            posts.values.insert("count".to_owned(), POSTS.into());
            draft.set_item(posts)
        })
    })
    .await?;
    programmes::publish_at(app, &Editing { seen, ..who }, None).await
}

/// Whether an address was the town's; others on this machine are played networks.
fn is_of_town(address: &str) -> bool {
    address.starts_with("http://127.0.0.1:") && address.ends_with("/feed.xml")
}

/// Links the town's feed; where its port had to change, in the place of the old one.
async fn link(app: &App, stage: &Stage, website: SocketAddr) -> Result<()> {
    let address = format!("http://{website}/feed.xml");
    let held = app.store.list_sources(&stage.id).await?;
    if let Some(source) = held.iter().find(|s| s.address == address) {
        return sources::visit_now(app, stage, &source.id).await;
    }
    for source in held.iter().filter(|s| is_of_town(&s.address)) {
        sources::unlink(app, stage, &source.id).await?;
    }
    let answers = Answers::from([("address".to_owned(), address)]);
    match sources::link(app, stage, Some("feed"), &answers, false).await? {
        Linked::Done(_) => Ok(()),
        Linked::Choose(..) => Err(Error::internal("link the demo feed", "it is a website")),
        Linked::Wait(..) => Err(Error::internal("link the demo feed", "a feed grants what it likes")),
        Linked::Trouble(_, saying) => Err(Error::internal("link the demo feed", saying.key)),
    }
}
