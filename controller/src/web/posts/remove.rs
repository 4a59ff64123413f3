//! Deleting an own post, after a question.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};

use crate::{
    app::{App, Error},
    features::{own_posts, posts},
    web::{
        Owner, Page, Visit,
        page::{draw, go},
        pictures::Drawn,
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/posts/{id}/delete", get(ask).post(delete))
}

#[derive(Template)]
#[template(path = "posts/remove.html")]
struct Remove {
    page: Page,
    post: Drawn,
}

async fn ask(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        owner.must_write()?;
        let post = posts::get(&app, &stage, &id).await?;
        // What came from elsewhere would come again.
        if !post.post.is_own() {
            return Err(Error::NotFound("own post"));
        }
        Ok(draw(&Remove { page, post: Drawn::owned(post) }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn delete(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        own_posts::delete(&app, &stage, &id).await?;
        Ok(go(&format!("{}/posts", page.stage_path()), "done.post_deleted"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
