//! The page with buttons: news at once, and a program that sends to webhooks.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Form, Router,
    extract::State,
    response::{Html, Redirect},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{
    now,
    place::{Place, Way},
};
use crate::{
    Sender,
    paper::{STYLE, escape},
    parts::listen,
};

type Places = Arc<Vec<Place>>;

/// Starts it; it ends with what comes back.
pub(super) async fn start(places: Places, port: u16) -> (String, DropGuard) {
    let listener = listen(port).await;
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let router = Router::new().route("/", get(index)).route("/do", post(act)).route("/send", post(send));
    let end = CancellationToken::new();
    let ended = end.clone().cancelled_owned();
    let server = axum::serve(listener, router.with_state(places)).with_graceful_shutdown(ended);
    tokio::spawn(server.into_future());
    (url, end.drop_guard())
}

async fn index(State(places): State<Places>) -> Html<String> {
    page(&places, "")
}

fn page(places: &[Place], said: &str) -> Html<String> {
    let mut all = String::new();
    for place in places {
        let how = match &place.way {
            Way::SignIn => format!("Press “Sign in at {}” in the dashboard, then Allow.", place.label),
            Way::Address(address) => format!("Paste <code>{}</code>", escape(address)),
        };
        let button = |what: &str, words: &str| {
            format!(
                "<form method=\"post\" action=\"/do\"><input type=\"hidden\" name=\"place\" value=\"{}\">\
                 <button name=\"what\" value=\"{what}\">{words}</button></form>",
                place.name
            )
        };
        let buttons = [("publish", "Publish a post"), ("edit", "Edit it"), ("take-back", "Delete it")];
        let buttons: String = buttons.iter().map(|(what, words)| button(what, words)).collect();
        all +=
            &format!("<section id=\"{}\"><h2>{}</h2><p>{how}</p><p>{buttons}</p></section>", place.name, place.label);
    }
    let said = if said.is_empty() { String::new() } else { format!("<p role=\"status\">{}</p>", escape(said)) };
    Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Fake networks</title>\
         <style>{STYLE}</style><main><h1>Fake networks</h1>\
         <p>All of them run on this machine, and know nothing of the real ones. Edits and deletions arrive when the \
         source is looked at next: “Look now” in the dashboard does it at once.</p>{said}{all}\
         <section id=\"webhook\"><h2>Webhook</h2><p>Make one in the dashboard, and paste what it shows:</p>\
         <form class=\"sheet\" method=\"post\" action=\"/send\">\
         <label>Address <input name=\"address\" required></label><label>Secret <input name=\"secret\" required></label>\
         <label>Title <input name=\"title\" value=\"Wintermarkt am Rathaus\" required></label>\
         <label>Text <textarea name=\"text\" rows=\"3\">Ab Freitag, täglich von 11 bis 21 Uhr.</textarea></label>\
         <p><button>Send a post</button></p></form></section></main></html>"
    ))
}

async fn act(State(places): State<Places>, Form(form): Form<HashMap<String, String>>) -> Redirect {
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let Some(place) = places.iter().find(|place| place.name == field("place")) else { return Redirect::to("/") };
    match field("what") {
        "publish" => place.publish(now()),
        "edit" => place.edit(),
        _ => place.take_back(),
    }
    Redirect::to(&format!("/#{}", place.name))
}

/// Sends a post to an address on this machine, and nowhere else.
async fn send(State(places): State<Places>, Form(form): Form<HashMap<String, String>>) -> Html<String> {
    let field = |name: &str| form.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (address, secret) = (field("address"), field("secret"));
    let is_here = ["http://127.0.0.1:", "http://localhost:"].iter().any(|start| address.starts_with(start));
    if !is_here || STANDARD.decode(secret.trim_start_matches("whsec_")).is_err() {
        return page(&places, "Address or secret are not those that the dashboard shows.");
    }
    let now = now();
    let body = serde_json::json!({ "id": now.to_string(), "title": field("title"), "text": field("text") }).to_string();
    let sent =
        tokio::spawn(async move { Sender::to(&address, &secret).send(&now.to_string(), now, &body).await }).await;
    match sent {
        Ok(answer) if answer.status == 202 => page(&places, "Sent: it is taken."),
        Ok(answer) => page(&places, &format!("Sent, and answered with {}: {}", answer.status, answer.text())),
        Err(_) => page(&places, "Nobody answers there."),
    }
}
