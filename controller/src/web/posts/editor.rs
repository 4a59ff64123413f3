//! The editor of an own post: its words, its pictures, its times.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::get,
};
use shared::forms::{Field, Input};

use super::{Said, sight::Sight, terms};
use crate::{
    app::{App, Error, Problem, Result},
    features::{
        own_posts::{self, LONGEST_TEXT, LONGEST_TITLE, Sheet, Typed, TypedTimes, Wish},
        posts::{self, Full},
        topics::{self, Hand},
    },
    store::{Post, Stage},
    tools::zones,
    web::{
        Owner, Page, Visit,
        page::{draw, draw_as, go},
        programmes::{Control, Sent, brought, renewed, take_files},
        staged::staged,
        topics::LANGUAGES,
    },
};

/// The files of a post; the rest of its form is written out in its template.
const FILES: &[Field] = &[Field { name: "pictures", input: Input::Pictures }];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/posts/new", get(fresh).post(write))
        .route("/dashboard/stages/{stage_id}/posts/{id}/edit", get(open).post(save))
        // [`Sent`] limits each part as it comes.
        .layer(DefaultBodyLimit::disable())
}

#[derive(Template)]
#[template(path = "posts/editor.html")]
struct Editor {
    page: Page,
    /// Where the form goes.
    place: String,
    /// The post that is edited; `None` for a new one.
    post: Option<Post>,
    /// When it was last changed, as far as the form knows.
    seen: i64,
    sheet: Sheet,
    languages: Vec<(String, String)>,
    /// Topics to choose from: id, name, whether it is chosen, and whether it was.
    topics: Vec<(String, String, bool, bool)>,
    controls: Vec<Control>,
    sight: Sight,
}

impl Editor {
    fn said(&self) -> Option<Said> {
        self.post.as_ref().map(|post| Said::of(&self.page, post))
    }

    /// Whether nobody has published it yet.
    fn is_unpublished(&self) -> bool {
        self.post.as_ref().is_none_or(|post| post.draft)
    }

    /// What is said about the time of its publication.
    fn publish_hint(&self) -> &'static str {
        if self.may_be_draft() { "own_posts.publish.hint" } else { "own_posts.publish.since" }
    }

    /// Whether it can become a draft: of what has been published, nobody expects that.
    fn may_be_draft(&self) -> bool {
        self.post.as_ref().is_none_or(|post| post.draft || post.published_at > self.page.visit.now)
    }
}

/// The parts of the page that follow what is typed.
#[derive(Template)]
#[template(path = "posts/look.html")]
struct Look {
    page: Page,
    sight: Sight,
    controls: Vec<Control>,
}

async fn fresh(State(app): State<App>, visit: Visit, owner: Owner, Path(stage_id): Path<String>) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        owner.must_write()?;
        let words = Typed { language: stage.language.clone(), ..Typed::default() };
        let sheet = Sheet { words, ..Sheet::default() };
        Ok(draw(&editor(&app, &stage, page, None, None, sheet, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn open(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        owner.must_write()?;
        let full = posts::get(&app, &stage, &id).await?;
        if !full.post.is_own() {
            return terms::open(&app, &stage, page, full).await;
        }
        let held = app.store.list_post_topics(&stage.id, &[id]).await?;
        let by_hand = held.into_iter().filter(|one| one.by_hand == Hand::In.name());
        let topics: Vec<_> = by_hand.map(|one| one.topic_id).collect();
        let sheet = Sheet { held: Some(topics.clone()), topics, ..sheet_of(&stage, &full, visit.now) };
        Ok(draw(&editor(&app, &stage, page, Some(&full.post), None, sheet, Vec::new()).await?))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// A post as it stands in its form.
pub(super) fn sheet_of(stage: &Stage, full: &Full, now: i64) -> Sheet {
    let Full { post, pictures, .. } = full;
    let zone = zones::table(&stage.time_zone, now);
    Sheet {
        words: Typed {
            title: post.title.clone().unwrap_or_default(),
            text: post.text.clone(),
            link: post.link.clone().unwrap_or_default(),
            language: post.language.clone().unwrap_or_else(|| stage.language.clone()),
            pictures: pictures.iter().map(|picture| (picture.media.id.clone(), picture.alt.clone())).collect(),
        },
        times: TypedTimes::of(post, &zone, now),
        ..Sheet::default()
    }
}

async fn write(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        take(&app, &stage, page, None, &headers, form).await
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn save(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let full = posts::get(&app, &stage, &id).await?;
        if full.post.is_own() {
            take(&app, &stage, page, Some(full.post), &headers, form).await
        } else {
            terms::save(&app, &stage, page, full, form).await
        }
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// Takes what was sent: looks at it, keeps it, or says what is wrong with it and loses nothing.
async fn take(
    app: &App,
    stage: &Stage,
    page: Page,
    old: Option<Post>,
    headers: &HeaderMap,
    form: Multipart,
) -> Result<Response> {
    let mut sent = Sent::read(app, FILES, form).await?;
    let brought = brought(FILES, &sent);
    let problems = take_files(app, &stage.account_id, FILES, &mut sent).await?;
    let (sheet, seen) = (read(&sent), sent.text("seen").parse().unwrap_or(0));
    if sent.text("what") == "look" {
        let drawn = editor(app, stage, page, old.as_ref(), Some((&sent, seen)), sheet, problems).await?;
        if !headers.contains_key("hx-request") {
            return Ok(draw(&drawn));
        }
        let controls = renewed(&drawn.page, drawn.controls, &sent, &brought);
        return Ok(draw(&Look { page: drawn.page, sight: drawn.sight, controls }));
    }
    let kept = match (problems.is_empty(), &old) {
        (false, _) => Err(Error::Invalid(problems)),
        (true, None) => own_posts::create(app, stage, &sheet).await,
        (true, Some(old)) => own_posts::change(app, stage, old, seen, &sheet).await,
    };
    let (status, problems) = match kept {
        Ok(post) => return Ok(went(&page, old.as_ref(), &post, app.clock.now())),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        // What is there now is known from here on: who sends the form again has read that.
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Problem { field: "", key: "own_posts.stale" }]),
        Err(error) => return Err(error),
    };
    let seen = old.as_ref().filter(|_| status == StatusCode::CONFLICT).map_or(seen, |old| old.changed_at);
    Ok(draw_as(status, &editor(app, stage, page, old.as_ref(), Some((&sent, seen)), sheet, problems).await?))
}

/// Back to the posts, with what has become of this one.
fn went(page: &Page, old: Option<&Post>, post: &Post, now: i64) -> Response {
    let was_out = old.is_some_and(|old| !old.draft);
    let done = match (post.draft, post.published_at > now) {
        (true, _) => "done.post_drafted",
        (false, true) => "done.post_planned",
        (false, false) if was_out => "done.post_saved",
        (false, false) => "done.post_published",
    };
    go(&format!("{}/posts#post-{}", page.stage_path(), post.id), done)
}

/// What stands in a form whose files have been taken.
fn read(sent: &Sent) -> Sheet {
    let text = |name: &str| sent.text(name).to_owned();
    let language = text("language");
    let picture = |id: String| {
        let alt = text(&format!("pictures_alt_{id}"));
        (id, alt)
    };
    Sheet {
        words: Typed {
            title: text("title"),
            text: text("text"),
            link: text("link"),
            language: if LANGUAGES.contains(&language.as_str()) { language } else { String::new() },
            pictures: sent.all("pictures").into_iter().map(picture).collect(),
        },
        times: TypedTimes { publish: text("publish"), until: text("until") },
        wish: if sent.text("what") == "draft" { Wish::Draft } else { Wish::Publish },
        topics: sent.all("topic"),
        held: Some(sent.all("topic_held")),
    }
}

/// The page of a post: as it is kept, or as it was sent.
async fn editor(
    app: &App,
    stage: &Stage,
    page: Page,
    post: Option<&Post>,
    sent: Option<(&Sent, i64)>,
    sheet: Sheet,
    problems: Vec<Problem>,
) -> Result<Editor> {
    let said: HashMap<_, _> =
        sheet.words.pictures.iter().map(|(id, alt)| (format!("pictures_alt_{id}"), alt.clone())).collect();
    let value = |name: &str| match (name, sent) {
        ("pictures", _) => sheet.words.pictures.iter().map(|(id, _)| id.clone()).collect(),
        (_, Some((sent, _))) => sent.all(name),
        (name, None) => said.get(name).cloned().into_iter().collect::<Vec<_>>(),
    };
    let control = Control::of_pictures(app, &stage.account_id, &FILES[0], "own_posts.pictures", value).await?;
    let sight = Sight::of(app, stage, &page, &sheet.words).await?;
    let topics = topics::list(app, stage).await?.into_iter();
    let language = |code: &str| (code.to_owned(), page.t(&format!("topics.language.{code}")));
    Ok(Editor {
        place: match post {
            Some(post) => format!("{}/posts/{}/edit", page.stage_path(), post.id),
            None => format!("{}/posts/new", page.stage_path()),
        },
        seen: sent.map_or_else(|| post.map_or(0, |post| post.changed_at), |(_, seen)| seen),
        languages: LANGUAGES.iter().map(|code| language(code)).collect(),
        topics: topics
            .map(|topic| {
                let was = sheet.held.as_ref().is_some_and(|held| held.contains(&topic.id));
                (sheet.topics.contains(&topic.id), was, topic)
            })
            .map(|(is, was, t)| (t.id, t.name, is, was))
            .collect(),
        controls: vec![control],
        post: post.cloned(),
        page: page.with(problems),
        sheet,
        sight,
    })
}

impl Editor {
    fn longest_title(&self) -> usize {
        LONGEST_TITLE
    }

    fn longest_text(&self) -> usize {
        LONGEST_TEXT
    }
}
