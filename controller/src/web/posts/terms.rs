//! What can be said here about a post from elsewhere: from when to when it is shown, and what is to be seen on its pictures.

use askama::Template;
use axum::{extract::Multipart, http::StatusCode, response::Response};

use super::{Said, editor::sheet_of};
use crate::{
    app::{App, Error, Problem, Result},
    features::{own_posts, own_posts::Sheet, posts::Full},
    store::{Source, Stage},
    tools::zones,
    web::{
        Page,
        page::{draw, draw_as, go},
        pictures::Drawn,
        programmes::Sent,
    },
};

#[derive(Template)]
#[template(path = "posts/terms.html")]
struct Terms {
    page: Page,
    post: Drawn,
    source: String,
    seen: i64,
    /// From when on it is shown, as it was typed.
    publish: String,
    /// Until when it is shown, as it was typed.
    until: String,
    /// Its pictures: id, address, what is to be seen.
    pictures: Vec<(String, String, String)>,
}

impl Terms {
    fn said(&self) -> Said {
        Said::of(&self.page, &self.post.post)
    }
}

/// The page as it is kept.
pub(super) async fn open(app: &App, stage: &Stage, page: Page, full: Full) -> Result<Response> {
    let (sheet, seen) = (terms_of(stage, &full, page.visit.now), full.post.changed_at);
    Ok(draw(&terms(app, stage, page, full, seen, sheet, Vec::new()).await?))
}

/// Takes what was sent, or says what is wrong with it.
pub(super) async fn save(app: &App, stage: &Stage, page: Page, full: Full, form: Multipart) -> Result<Response> {
    let sent = Sent::read(app, &[], form).await?;
    let mut sheet = terms_of(stage, &full, page.visit.now);
    sent.text("publish").clone_into(&mut sheet.times.publish);
    sent.text("until").clone_into(&mut sheet.times.until);
    for (id, alt) in &mut sheet.words.pictures {
        if let Some(said) = sent.all(&format!("pictures_alt_{id}")).pop() {
            *alt = said;
        }
    }
    let seen = sent.text("seen").parse().unwrap_or(0);
    let (status, seen, problems) = match own_posts::change_terms(app, stage, &full.post, seen, &sheet).await {
        Ok(()) => return Ok(go(&format!("{}/posts#post-{}", page.stage_path(), full.post.id), "done.post_saved")),
        Err(Error::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, seen, problems),
        Err(Error::Stale) => {
            (StatusCode::CONFLICT, full.post.changed_at, vec![Problem { field: "", key: "own_posts.stale" }])
        }
        Err(error) => return Err(error),
    };
    Ok(draw_as(status, &terms(app, stage, page, full, seen, sheet, problems).await?))
}

/// As a post from elsewhere stands in its form: its date is that of its source, and no time from which on it is shown.
fn terms_of(stage: &Stage, full: &Full, now: i64) -> Sheet {
    let mut sheet = sheet_of(stage, full, now);
    let opens = full.post.opens_at.map(|at| zones::local(at, &zones::table(&stage.time_zone, now)));
    sheet.times.publish = opens.unwrap_or_default();
    sheet
}

async fn terms(
    app: &App,
    stage: &Stage,
    page: Page,
    full: Full,
    seen: i64,
    sheet: Sheet,
    problems: Vec<Problem>,
) -> Result<Terms> {
    let sources = app.store.list_sources(&stage.id).await?;
    let is_its = |source: &Source| full.post.source_id.as_ref() == Some(&source.id);
    let source = sources.into_iter().find(is_its).map(|source| source.name).unwrap_or_default();
    let post = Drawn::owned(full);
    let pictures = sheet.words.pictures.into_iter().zip(&post.pictures);
    let pictures = pictures.map(|((id, alt), image)| (id, image.src.clone(), alt)).collect();
    Ok(Terms {
        page: page.with(problems),
        source,
        seen,
        publish: sheet.times.publish,
        until: sheet.times.until,
        pictures,
        post,
    })
}
