//! A slide as screens would show it, of what is typed in its form and not kept yet.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use shared::forms::Input;

use super::{Desk, control::Control, files::name_of, item::Asked, item_called, sent::Sent};
use crate::{
    app::{App, Result},
    features::programmes::{Item, preview, says_nothing, want},
    web::{
        Owner, Page,
        page::draw,
        previews::{self, Face},
    },
};

/// “Now” stays the same for so long, so that a form that was looked at twice is no new picture.
const NOW_MILLIS: i64 = 10_000;

/// What the page of a form shows of its slide.
pub(super) struct Sight {
    /// The picture, drawn or not; `None` while there is nothing to draw.
    pub(super) face: Option<Face>,
    /// Why there is nothing to draw, a translation key.
    pub(super) blank: &'static str,
}

impl Default for Sight {
    fn default() -> Self {
        Self { face: None, blank: "previews.item.empty" }
    }
}

/// The part of a form's page that follows what is typed, and the controls that a file has changed.
#[derive(Template)]
#[template(path = "programmes/look.html")]
struct Look {
    page: Page,
    sight: Sight,
    controls: Vec<Control>,
}

/// Draws what is typed; `None` when its owner has typed on since.
pub(super) async fn sight(
    app: &App,
    owner: &Owner,
    desk: &Desk,
    asked: &Asked,
    item: &Item,
    size: &str,
) -> Result<Option<Sight>> {
    if says_nothing(item) {
        return Ok(Some(Sight::default()));
    }
    let item = Item { id: if item.id.is_empty() { "new".to_owned() } else { item.id.clone() }, ..item.clone() };
    let now = app.clock.now();
    let (at, size) = (now - now.rem_euclid(NOW_MILLIS), previews::size(app, &desk.stage, size).await?);
    let place = (asked.plan.as_str(), asked.region.as_str());
    let preview = preview::of_item(app, &desk.stage, &desk.open, place, &item, at, size).await?;
    let Some(preview) = preview else { return Ok(Some(Sight { face: None, blank: waiting(&item) })) };
    let alt = desk.page.t1("previews.item.of", "name", item_called(&desk.page, &item));
    let face = Face::draw_within(app, owner, &preview, alt).await?;
    Ok(face.map(|face| Sight { face: Some(face), ..Sight::default() }))
}

/// What a slide waits for that is filled in and shows nothing all the same.
fn waiting(item: &Item) -> &'static str {
    let is_film = item.slide_type().is_some_and(|kind| kind.form.iter().any(|field| field.input == Input::Film));
    match (is_film, want(item)) {
        (true, _) => "previews.item.film",
        (false, Some(_)) => "previews.item.later",
        (false, None) => "previews.item.nothing",
    }
}

/// The answer for a page that stays: the picture, and every control with another file in it than the page knows of.
/// `brought` are the fields that came with a file.
pub(super) fn answer(
    page: Page,
    sight: Option<Sight>,
    controls: Vec<Control>,
    sent: &Sent,
    brought: &[&str],
) -> Response {
    let controls = renewed(&page, controls, sent, brought);
    if sight.is_none() && controls.is_empty() {
        // Somebody who has typed on does not need this answer.
        return StatusCode::NO_CONTENT.into_response();
    }
    let sight = sight.unwrap_or_default();
    draw(&Look { page, sight, controls })
}

/// Controls that take the place of those on the page, because other files are in them than it knows of.
pub(in crate::web) fn renewed(page: &Page, mut controls: Vec<Control>, sent: &Sent, brought: &[&str]) -> Vec<Control> {
    let is_other = |control: &Control| {
        let name = control.field.name;
        let known = sent.text(&format!("{name}_shown"));
        let known: Vec<_> = known.split(' ').filter(|id| !id.is_empty()).collect();
        let now: Vec<_> = control.texts.iter().filter(|id| !id.is_empty()).collect();
        let searched = sent.text(&format!("{name}_searched")).trim();
        match control.field.input {
            _ if searched != control.search => true,
            _ if brought.contains(&name) || page.is_wrong(name) => true,
            Input::Picture | Input::Film => known != now,
            // What is not ticked any more can be ticked again.
            Input::Pictures | Input::Document => now.iter().any(|id| !known.contains(&id.as_str())),
            _ => false,
        }
    };
    controls.retain(is_other);
    controls.iter_mut().for_each(|control| control.renewed = true);
    controls
}

/// Fields that came with a file.
pub(in crate::web) fn brought(form: &'static [shared::forms::Field], sent: &Sent) -> Vec<&'static str> {
    form.iter().filter(|field| sent.brought(&name_of(field))).map(|field| field.name).collect()
}
