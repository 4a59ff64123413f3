//! The topics of one post: what rules say, and what a person says.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};

use crate::{
    app::App,
    features::{
        posts,
        topics::{self, Hand},
    },
    store::{PostTopic, Topic},
    web::{
        Owner, Page, Visit,
        page::{draw, go},
        pictures::Drawn,
        staged::staged,
    },
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dashboard/stages/{stage_id}/posts/{id}/topics", get(open).post(save))
}

#[derive(Template)]
#[template(path = "topics/post.html")]
struct PostForm {
    page: Page,
    post: Drawn,
    topics: Vec<Topic>,
    held: HashMap<String, PostTopic>,
}

impl PostForm {
    fn is_by_rule(&self, topic: &Topic) -> bool {
        self.held.get(&topic.id).is_some_and(|held| held.by_rule)
    }

    fn chosen(&self, topic: &Topic) -> String {
        self.held.get(&topic.id).map(|held| held.by_hand.clone()).unwrap_or_default()
    }

    /// Choices for a topic: value and text.
    fn choices(&self, topic: &Topic) -> Vec<(String, String)> {
        let text = |hand: Hand| match (hand, self.is_by_rule(topic)) {
            (Hand::Rule, true) => "topics.hand.rule.in",
            (Hand::Rule, false) => "topics.hand.rule.out",
            (Hand::In, _) => "topics.hand.in",
            (Hand::Out, _) => "topics.hand.out",
        };
        Hand::ALL.into_iter().map(|hand| (hand.name().to_owned(), self.page.t(text(hand)))).collect()
    }
}

async fn open(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
) -> Response {
    let drawn = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        let post = Drawn::owned(posts::get(&app, &stage, &id).await?);
        let held = app.store.list_post_topics(&stage.id, &[id]).await?;
        let held = held.into_iter().map(|one| (one.topic_id.clone(), one)).collect();
        Ok(draw(&PostForm { page, post, topics: topics::list(&app, &stage).await?, held }))
    };
    drawn.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn save(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path((stage_id, id)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let done = async {
        let (stage, page) = staged(&app, &visit, &owner, &stage_id).await?;
        posts::get(&app, &stage, &id).await?;
        let said =
            |(name, value): &(String, String)| Some((name.strip_prefix("topic-")?.to_owned(), Hand::parse(value)?));
        let said: Vec<_> = sent.iter().filter_map(said).collect();
        topics::put(&app, &stage, &id, &said).await?;
        Ok(go(&format!("{}/posts#post-{id}", page.stage_path()), "done.post_sorted"))
    };
    done.await.unwrap_or_else(|error| visit.refuse(&error))
}
