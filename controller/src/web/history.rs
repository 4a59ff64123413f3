//! What happened on a stage and to a post: who did what and when, to read and to take along.

mod export;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use shared::programme::Date;

use super::{Owner, Page, Visit, page::draw, staged::staged};
use crate::{
    app::{App, Error, Result},
    features::history::{self, KINDS, Part},
    store::{HistoryQuery, Stage, Told},
    tools::zones,
};

/// Stands for nobody where a member is chosen.
const NOBODY: &str = "-";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/history", get(of_stage))
        .route("/dashboard/stages/{stage_id}/posts/{id}/history", get(of_post))
        .merge(export::routes())
}

/// What is asked for, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    kind: String,
    member: String,
    from: String,
    until: String,
    before: String,
}

impl Typed {
    /// What is meant by it; what makes no sense asks for nothing in particular.
    fn query(&self, stage: &Stage, now: i64) -> HistoryQuery {
        let zone = zones::table(&stage.time_zone, now);
        let day = |typed: &str, later| typed.parse::<Date>().ok().map(|date| zone.instant(date.plus(later), 0));
        let everything = HistoryQuery::default();
        let below = self.before.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
        HistoryQuery {
            kind: if KINDS.contains(&self.kind.as_str()) { self.kind.clone() } else { String::new() },
            member_id: self.member.clone(),
            from: day(&self.from, 0).unwrap_or(everything.from),
            until: day(&self.until, 1).unwrap_or(everything.until),
            below: below.unwrap_or(everything.below.clone()),
            ..everything
        }
    }

    /// The same as the query of an address.
    fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("kind", &self.kind), ("member", &self.member), ("from", &self.from), ("until", &self.until)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// A row of the list.
struct Row {
    told: Told,
    /// What was done, in words.
    did: String,
    /// To what.
    thing: String,
    /// Address of that; empty where it has none any more.
    address: String,
    /// By whom, or why by itself.
    who: String,
}

#[derive(Template)]
#[template(path = "history/index.html")]
struct Index {
    page: Page,
    rows: Vec<Row>,
    typed: Typed,
    kinds: Vec<(String, String)>,
    members: Vec<(String, String)>,
    /// The post that this is about; `None` for a whole stage.
    post: Option<String>,
    older: String,
    /// Whether whoever asks may take it along.
    may_export: bool,
}

impl Index {
    /// Whether anything but everything is asked for.
    fn is_narrowed(&self) -> bool {
        !self.typed.address().is_empty()
    }

    fn export(&self, kind: &str) -> String {
        format!("{}/history.{kind}?{}", self.page.stage_path(), self.typed.address())
    }
}

async fn of_stage(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let part = history::list(&app, &stage, &typed.query(&stage, visit.now)).await?;
        Ok(draw(&index(&app, &stage, page, &owner, typed, part, None).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn of_post(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let query = HistoryQuery { thing_id: id.clone(), kind: "post".to_owned(), ..typed.query(&stage, visit.now) };
        let part = history::list(&app, &stage, &query).await?;
        // Of a post that is gone, what happened to it is still there.
        if part.told.is_empty() && app.store.find_post(&stage.id, &id).await?.is_none() {
            return Err(Error::NotFound("post"));
        }
        Ok(draw(&index(&app, &stage, page, &owner, typed, part, Some(id)).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn index(
    app: &App,
    stage: &Stage,
    page: Page,
    owner: &Owner,
    typed: Typed,
    part: Part,
    post: Option<String>,
) -> Result<Index> {
    let posts = history::called(app, stage, &part.told).await?;
    let posts: HashMap<_, _> =
        posts.into_iter().map(|post| (post.id.clone(), called(post.title, &post.text))).collect();
    let anybody = |key: &str| (String::new(), page.t(key));
    let kinds = KINDS.iter().map(|kind| ((*kind).to_owned(), page.t(&format!("history.kind.{kind}"))));
    let members = history::members(app, &stage.account_id).await?;
    let members = members.into_iter().map(|member| (member.id, format!("{} {}", member.first_name, member.last_name)));
    let older = part.older.map_or_else(String::new, |(at, id)| format!("?{}&before={at}.{id}", typed.address()));
    Ok(Index {
        rows: part.told.into_iter().map(|told| row(&page, told, &posts)).collect(),
        kinds: [anybody("history.kind.all")].into_iter().chain(kinds).collect(),
        members: [anybody("history.member.all"), (NOBODY.to_owned(), page.t("history.nobody"))]
            .into_iter()
            .chain(members)
            .collect(),
        may_export: owner.may_write(),
        page,
        typed,
        post,
        older,
    })
}

fn row(page: &Page, told: Told, posts: &HashMap<String, String>) -> Row {
    let happening = &told.happening;
    let (kind, verb) = happening.deed.split_once('.').unwrap_or_default();
    let did = page.t(&format!("history.deed.{kind}.{verb}"));
    let did = match (kind, happening.other_name.as_str()) {
        // Of a source it is the name of its network, which is no word.
        (_, "") | ("source", _) => did,
        (_, other) => page.t2("history.deed.with", "did", did, "name", other.to_owned()),
    };
    let (thing, address) = match (kind, posts.get(&happening.thing_id)) {
        ("post", Some(called)) => {
            (called.clone(), format!("{}/posts/{}/history", page.stage_path(), happening.thing_id))
        }
        ("post", None) => (page.t("history.post.gone"), String::new()),
        ("alert", _) => (String::new(), String::new()),
        _ => (happening.thing_name.clone(), String::new()),
    };
    let who = match (&told.member_name, happening.reason.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "") => page.t("history.somebody"),
        (None, reason) => page.t1("history.by_itself", "why", page.t(reason)),
    };
    let who = match happening.token_name.as_str() {
        "" => who,
        token => page.t2("history.by_token", "name", who, "token", token.to_owned()),
    };
    Row { did, thing, address, who, told }
}

/// What a post is called.
fn called(title: Option<String>, text: &str) -> String {
    let words =
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| text.lines().next().unwrap_or_default().to_owned());
    let mut short: String = words.chars().take(90).collect();
    if words.chars().count() > 90 {
        short.push('…');
    }
    if short.is_empty() { "…".to_owned() } else { short }
}
