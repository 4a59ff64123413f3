//! The language switch: a link, so that it works without JavaScript and without a token.

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use super::{Visit, cookies, local};
use crate::{app::App, features::accounts, tools::words::Language};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/language", get(switch))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    to: String,
    then: String,
}

async fn switch(State(app): State<App>, visit: Visit, Query(wish): Query<Wish>) -> Response {
    let mut response = Redirect::to(local::path(&wish.then, "/")).into_response();
    let Some(language) = Language::find(&wish.to) else { return response };
    if let Some(member) = &visit.member
        && let Err(error) = accounts::speak(&app, &member.account_id, &member.member_id, language).await
    {
        return visit.refuse(&error);
    }
    cookies::choose_language(&app, &mut response, language);
    response
}
