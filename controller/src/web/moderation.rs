//! Rules of moderation of a stage: lists, what they would find, and having them applied.

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use super::{
    Owner, Page, Visit,
    page::{draw, draw_as, go},
    posts::reasons::words,
    staged::staged,
};
use crate::{
    app::{App, Error, Result},
    features::moderation::{self, Does, Rules, Trial, TypedRules, Wrong},
    store::{Post, Stage},
    tools::text,
};

/// How many of what rules find are named.
const NAMED: usize = 20;
/// Longest words that name a post, in characters.
const LONGEST_NAME: usize = 160;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/rules", get(open).post(save))
        .route("/dashboard/stages/{stage_id}/rules/preview", post(preview))
        .route("/dashboard/stages/{stage_id}/rules/apply", post(apply))
}

/// A list of the form: a text area, and what is done with what it finds.
struct Lines {
    name: &'static str,
    value: String,
    /// Name of the control that says what it does, and what; nothing for lists of exceptions.
    does: Option<(&'static str, Does)>,
    wrong: Vec<String>,
}

/// A post that rules find, as the page names it.
struct Found {
    name: String,
    published_at: i64,
    shown: bool,
    hides: bool,
    reasons: Vec<String>,
}

/// What rules find.
struct Sight {
    looked_at: usize,
    count: usize,
    shown: usize,
    posts: Vec<Found>,
    /// Nothing is kept back by these rules.
    pass_all: bool,
    /// The rules cannot be read.
    is_wrong: bool,
}

impl Sight {
    fn blank(is_wrong: bool) -> Self {
        Self { looked_at: 0, count: 0, shown: 0, posts: Vec::new(), pass_all: !is_wrong, is_wrong }
    }

    async fn of(app: &App, stage: &Stage, page: &Page, rules: &Rules) -> Result<Self> {
        if rules.pass_all() {
            return Ok(Self::blank(false));
        }
        let trial: Trial = moderation::try_out(app, stage, rules).await?;
        let (looked_at, count, shown) = (trial.looked_at, trial.found.len(), trial.shown());
        let found = |(post, verdict): (Post, moderation::Verdict)| Found {
            name: name(&post),
            published_at: post.published_at,
            shown: post.shown,
            hides: verdict.action == moderation::Action::Hide,
            reasons: verdict.reasons.iter().map(|reason| words(page, reason)).collect(),
        };
        let posts = trial.found.into_iter().take(NAMED).map(found).collect();
        Ok(Self { looked_at, count, shown, posts, pass_all: false, is_wrong: false })
    }
}

fn name(post: &Post) -> String {
    text::line(post.title.as_deref().unwrap_or(&post.text), LONGEST_NAME)
}

#[derive(Template)]
#[template(path = "moderation/rules.html")]
struct RulesPage {
    page: Page,
    /// Which edit the form shows.
    seen: i64,
    languages: Vec<(&'static str, bool)>,
    languages_do: Does,
    blocks: Vec<Lines>,
    limit_posts: String,
    limit_minutes: String,
    limit_wrong: bool,
    sight: Sight,
    applying: bool,
    may_write: bool,
    /// Whether these are the rules that are kept, and not only tried.
    is_kept: bool,
}

impl RulesPage {
    /// What a list may do: value and text.
    fn choices(&self) -> [(&'static str, String); 2] {
        [Does::Queue, Does::Hide].map(|does| (does.name(), self.page.t(&format!("moderation.does.{}", does.name()))))
    }

    /// Whether it can be applied to posts that are shown: as it is kept, and not while that is being done.
    fn may_apply(&self) -> bool {
        self.may_write && self.is_kept && !self.applying && self.sight.shown > 0
    }
}

#[derive(Template)]
#[template(path = "moderation/found.html")]
struct FoundPart {
    page: Page,
    sight: Sight,
}

/// The page with a form as it is kept, or as it was typed.
async fn rules_page(
    app: &App,
    stage: &Stage,
    page: Page,
    owner: &Owner,
    form: (TypedRules, i64),
    wrong: &[Wrong],
) -> Result<RulesPage> {
    let (typed, seen) = form;
    let sight = match typed.parse() {
        Ok(rules) => Sight::of(app, stage, &page, &rules).await?,
        Err(_) => Sight::blank(true),
    };
    let of = |name: &'static str| {
        let its = wrong.iter().filter(|one| one.field == name).take(10);
        its.map(|one| said(&page, one)).collect::<Vec<_>>()
    };
    let lines = |name, value: &str, does| Lines { name, value: value.to_owned(), does, wrong: of(name) };
    let blocks = vec![
        lines("words", &typed.words, Some(("words_do", typed.words_do))),
        lines("accounts", &typed.accounts, Some(("accounts_do", typed.accounts_do))),
        lines("domains", &typed.domains, Some(("domains_do", typed.domains_do))),
        lines("allowed_words", &typed.allowed_words, None),
        lines("allowed_accounts", &typed.allowed_accounts, None),
    ];
    Ok(RulesPage {
        seen,
        languages: moderation::languages().map(|code| (code, typed.languages.iter().any(|one| one == code))).collect(),
        languages_do: typed.languages_do,
        blocks,
        limit_posts: typed.limit_posts.clone(),
        limit_minutes: typed.limit_minutes.clone(),
        limit_wrong: wrong.iter().any(|one| one.field == "limit"),
        sight,
        applying: moderation::is_applying(app, stage).await?,
        may_write: owner.may_write(),
        is_kept: typed == TypedRules::of(&moderation::read(app, &stage.id).await?.0),
        page,
    })
}

/// What is wrong with a line, in words.
fn said(page: &Page, wrong: &Wrong) -> String {
    let what = page.t(wrong.key);
    if wrong.line == 0 {
        return what;
    }
    let place = page.t2("moderation.wrong.line", "line", wrong.line, "text", wrong.text.clone());
    format!("{place} {what}")
}

type Sent = Form<Vec<(String, String)>>;

fn read(sent: &[(String, String)]) -> (TypedRules, i64) {
    let text = |name: &str| sent.iter().rfind(|(held, _)| held == name).map_or("", |(_, value)| value.as_str());
    let typed = TypedRules {
        languages: sent.iter().filter(|(name, _)| name == "language").map(|(_, value)| value.clone()).collect(),
        languages_do: Does::parse(text("languages_do")),
        words: text("words").to_owned(),
        words_do: Does::parse(text("words_do")),
        accounts: text("accounts").to_owned(),
        accounts_do: Does::parse(text("accounts_do")),
        domains: text("domains").to_owned(),
        domains_do: Does::parse(text("domains_do")),
        allowed_words: text("allowed_words").to_owned(),
        allowed_accounts: text("allowed_accounts").to_owned(),
        limit_posts: text("limit_posts").to_owned(),
        limit_minutes: text("limit_minutes").to_owned(),
    };
    (typed, text("seen").parse().unwrap_or(0))
}

async fn open(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let (rules, seen) = moderation::read(&app, &stage.id).await?;
        Ok(draw(&rules_page(&app, &stage, page, &owner, (TypedRules::of(&rules), seen), &[]).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn preview(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(sent): Sent,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let sight = match read(&sent).0.parse() {
            Ok(rules) => Sight::of(&app, &stage, &page, &rules).await?,
            Err(_) => Sight::blank(true),
        };
        Ok(draw(&FoundPart { page, sight }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn save(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Form(sent): Sent,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let (typed, seen) = read(&sent);
        let rules = match typed.parse() {
            Ok(rules) => rules,
            Err(wrong) => {
                let page = page.wrong("moderation.wrong");
                let form = rules_page(&app, &stage, page, &owner, (typed, seen), &wrong).await?;
                return Ok(draw_as(StatusCode::UNPROCESSABLE_ENTITY, &form));
            }
        };
        if sent.iter().any(|(name, value)| name == "what" && value == "try") {
            return Ok(draw(&rules_page(&app, &stage, page, &owner, (typed, seen), &[]).await?));
        }
        match moderation::save(&app, &stage, &rules, seen).await {
            Ok(()) => Ok(go(&format!("{}/rules", page.stage_path()), "done.rules_saved")),
            Err(Error::Stale) => {
                // Whoever sends the form again has read that somebody else was quicker.
                let (_, now) = moderation::read(&app, &stage.id).await?;
                let page = page.wrong("moderation.stale");
                let form = rules_page(&app, &stage, page, &owner, (typed, now), &[]).await?;
                Ok(draw_as(StatusCode::CONFLICT, &form))
            }
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn apply(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        moderation::apply(&app, &stage).await?;
        Ok(go(&format!("{}/rules", page.stage_path()), "done.rules_applied"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
