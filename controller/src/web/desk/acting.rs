//! What is done on the desk: with one post, with those that were chosen, with all that fit; and taken back.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};

use super::{PLACE, Pairs, address, filter_of, options::Options, row, value, values};
use crate::{
    app::{App, Error, Result},
    features::{
        desk::{self, Done, Filter, Order, Writes},
        stages,
    },
    store::{ActTopic, Below, Stage, What},
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as},
        pictures::Drawn,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/desk/do", post(act))
        .route("/dashboard/desk/undo", post(undo))
        .route("/dashboard/desk/topics", get(topics))
}

/// What was just done, in words, and what can be done about it.
pub(super) struct Told {
    /// What was done.
    pub(super) text: String,
    /// What was not, because it was changed meanwhile or is not theirs to publish: a line for each.
    pub(super) refused: Vec<String>,
    /// Id of what can be taken back; empty for nothing.
    pub(super) act: String,
}

impl Told {
    pub(super) async fn of(app: &App, owner: &Owner, page: &Page, stages: &[Stage], done: Done) -> Result<Self> {
        let Done { act, outcome, refused } = done;
        let text = match (act.undone_at > 0, outcome.done, outcome.undone, outcome.refused) {
            (true, 0, _, _) => page.t1("desk.undone", "count", outcome.undone),
            // What a colleague has changed since stays as it is.
            (true, left, _, _) => page.t2("desk.undone.some", "count", outcome.undone, "left", left),
            (false, 0, _, 0) if outcome.stayed == 0 => page.t("desk.done.same"),
            (false, 0, _, _) => String::new(),
            (false, done, _, _) => page.t1(&format!("desk.done.{}", act.what), "count", done),
        };
        let what = |posts: i64| page.t1("desk.refused", "count", posts);
        let mut lines = Vec::new();
        if act.undone_at == 0 && outcome.refused > 0 {
            lines.push(what(outcome.refused));
            let ids: Vec<_> = refused.iter().map(|post| post.id.clone()).collect();
            let deeds = desk::deeds(app, &owner.account_id, &ids).await?;
            for post in refused {
                let deed = deeds.get(&post.id).filter(|deed| deed.member_id != owner.member_id);
                let stage = stages.iter().find(|stage| stage.id == post.stage_id);
                let page = stage.map_or_else(|| page.clone(), |stage| page.clone().at(stage.into()));
                let happened = deed.map_or_else(|| page.t("desk.by.somebody"), |deed| row::note(&page, deed));
                let called = Drawn::bare(post).called();
                lines.push(page.t2("desk.refused.one", "post", called, "happened", happened));
            }
        }
        if act.undone_at == 0 && outcome.stayed > 0 {
            lines.push(page.t1("desk.stayed", "count", outcome.stayed));
        }
        let act = if act.undone_at == 0 && outcome.done > 0 { act.id } else { String::new() };
        Ok(Self { text, refused: lines, act })
    }

    fn wrong(text: String) -> Self {
        Self { text, refused: Vec::new(), act: String::new() }
    }
}

#[derive(Template)]
#[template(path = "desk/told.html")]
struct Answer {
    page: Page,
    here: String,
    told: Option<Told>,
}

/// Does what a button says.
async fn act(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    headers: HeaderMap,
    Form(sent): Form<Pairs>,
) -> Response {
    let done = async {
        let stages = stages::list(&app, &owner.account_id).await?;
        let here = Here::read(&sent);
        let Some(order) = order(&app, &owner, &stages, &here.filter, &sent).await? else {
            return Ok(here.wrong(&visit, &headers));
        };
        let writes = if owner.may_write() { Writes::Posts } else { Writes::Nothing };
        let done = desk::act(&app, &owner.account_id, &owner.member_id, writes, order).await?;
        here.answer(&app, &owner, &visit, &headers, &stages, done).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn undo(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    headers: HeaderMap,
    Form(sent): Form<Pairs>,
) -> Response {
    let done = async {
        let stages = stages::list(&app, &owner.account_id).await?;
        let done = desk::undo(&app, &owner.account_id, &owner.member_id, value(&sent, "act")).await?;
        Here::read(&sent).answer(&app, &owner, &visit, &headers, &stages, done).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Reads what is wanted, and with which posts; `None` where none was chosen.
async fn order(app: &App, owner: &Owner, stages: &[Stage], filter: &Filter, sent: &Pairs) -> Result<Option<Order>> {
    let (verb, one) = value(sent, "do").split_once('~').unwrap_or((value(sent, "do"), ""));
    let (what, topics) = match verb {
        // Of one post all topics are said, of many one.
        "topics" => (What::Topics, said(sent)),
        "in" | "out" => (What::Topics, vec![topic(value(sent, "topic"), verb)]),
        verb => (What::parse(verb).ok_or(Error::NotFound("verb"))?, Vec::new()),
    };
    let aims = if !one.is_empty() {
        row::aim(one).into_iter().collect()
    } else if value(sent, "all") == "yes" {
        let seen = value(sent, "seen").parse().unwrap_or(0);
        Order::aim_at_all(app, &owner.account_id, stages, filter, seen).await?
    } else {
        values(sent, "post").filter_map(row::aim).collect::<Vec<_>>()
    };
    let wanting = aims.is_empty() || topics.iter().any(|topic| topic.topic_id.is_empty());
    Ok((!wanting).then_some(Order { what, topics, aims }))
}

fn topic(id: &str, by_hand: &str) -> ActTopic {
    ActTopic { topic_id: id.to_owned(), by_hand: by_hand.to_owned() }
}

/// What somebody has said with the boxes of a form: what they left as it was they said nothing about.
fn said(sent: &Pairs) -> Vec<ActTopic> {
    let [chosen, held] = ["belongs", "held"].map(|name| values(sent, name).collect::<Vec<_>>());
    let into = chosen.iter().filter(|id| !held.contains(id)).map(|id| topic(id, "in"));
    let out = held.iter().filter(|id| !chosen.contains(id)).map(|id| topic(id, "out"));
    into.chain(out).collect()
}

/// The page of the desk that a form stood on.
struct Here {
    filter: Filter,
    below: Option<Below>,
}

impl Here {
    fn read(sent: &Pairs) -> Self {
        let here: Pairs = url::form_urlencoded::parse(value(sent, "here").as_bytes()).into_owned().collect();
        Self { filter: filter_of(&here), below: Below::parse(value(&here, "before")) }
    }

    fn address(&self) -> String {
        address(&self.filter, self.below.as_ref())
    }

    fn query(&self) -> String {
        self.address().trim_start_matches(PLACE).trim_start_matches('?').to_owned()
    }

    /// Nothing was chosen.
    fn wrong(&self, visit: &Visit, headers: &HeaderMap) -> Response {
        let page = Page::new(visit.clone());
        if headers.contains_key("hx-request") {
            let told = Told::wrong(page.t("done.desk_none"));
            return draw_as(StatusCode::UNPROCESSABLE_ENTITY, &Answer { here: self.query(), page, told: Some(told) });
        }
        crate::web::page::go(&self.address(), "done.desk_none")
    }

    /// Says what was done: in a few words to a page that stays open, else on the page that was left.
    async fn answer(
        &self,
        app: &App,
        owner: &Owner,
        visit: &Visit,
        headers: &HeaderMap,
        stages: &[Stage],
        done: Done,
    ) -> Result<Response> {
        if !headers.contains_key("hx-request") {
            let address = self.address();
            let mark = if address.contains('?') { '&' } else { '?' };
            return Ok(Redirect::to(&format!("{address}{mark}acted={}", done.act.id)).into_response());
        }
        let page = Page::new(visit.clone());
        let refused = done.outcome.done == 0 && done.outcome.refused > 0 && done.act.undone_at == 0;
        let status = if refused { StatusCode::CONFLICT } else { StatusCode::OK };
        let told = Told::of(app, owner, &page, stages, done).await?;
        Ok(draw_as(status, &Answer { here: self.query(), page, told: Some(told) }))
    }
}

#[derive(Template)]
#[template(path = "desk/topics.html")]
struct Topics {
    page: Page,
    called: String,
    mark: String,
    here: String,
    /// Id, name, whether the post belongs to it.
    topics: Vec<(String, String, bool)>,
}

/// The topics of one post as boxes, for a page that stays open.
async fn topics(State(app): State<App>, visit: Visit, owner: Owner, Query(pairs): Query<Pairs>) -> Response {
    let drawn = async {
        let stages = stages::list(&app, &owner.account_id).await?;
        let (page, id) = (Page::new(visit.clone()), value(&pairs, "post").to_owned());
        let mut found = desk::find(&app, &owner.account_id, std::slice::from_ref(&id)).await?.posts;
        let full = found.pop().ok_or(Error::NotFound("post"))?;
        // A card is under a topic where any post on it is.
        let mut ids = vec![id];
        ids.extend(full.origins.iter().map(|origin| origin.post.id.clone()));
        let held = app.store.list_desk_post_topics(&owner.account_id, &ids).await?;
        let here = Here::read(&pairs);
        let options = Options::of(&app, &owner.account_id, &page, &stages, &here.filter).await?;
        let topic = |topic: &crate::store::DeskTopic| {
            (topic.id.clone(), topic.name.clone(), held.iter().any(|(_, held)| *held == topic.id))
        };
        let topics = options.topics_of(&full.post.stage_id).map(topic).collect();
        let mark = format!("{}~{:x}.{:x}", full.post.id, full.post.changed_at, full.post.pinned_at);
        Ok(draw(&Topics { called: Drawn::owned(full).called(), mark, here: here.query(), page, topics }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}
