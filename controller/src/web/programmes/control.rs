//! Controls of a slide's form, whatever the slide.

use serde_json::Value;
use shared::forms::{Field, Input};

use super::{card::thumbs_of, sent::Sent};
use crate::{
    app::{App, Problem, Result},
    features::{media, programmes::form},
    web::Page,
};

/// Pictures that were sent earlier and are offered again.
const EARLIER: i64 = 24;

/// A control, filled in.
pub(super) struct Control {
    pub(super) field: Field,
    pub(super) label: String,
    pub(super) hint: String,
    /// What stands in it.
    pub(super) texts: Vec<String>,
    /// Pictures to choose from, the chosen ones first.
    pub(super) choices: Vec<Choice>,
}

/// A picture to choose.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) src: String,
    pub(super) chosen: bool,
    /// Its place in a series, from 1; 0 for not chosen.
    pub(super) place: usize,
}

impl Control {
    /// The controls of a form; a topic is not asked for while there are none.
    pub(super) async fn all(
        app: &App,
        account_id: &str,
        kind: &str,
        form: &'static [Field],
        texts: impl Fn(&str) -> Vec<String>,
    ) -> Result<Vec<Self>> {
        let mut controls = Vec::new();
        for field in form.iter().filter(|field| field.input != Input::Topic) {
            let texts = texts(field.name);
            let choices = match field.input {
                Input::Picture | Input::Pictures => choices(app, account_id, &texts).await?,
                _ => Vec::new(),
            };
            let label = format!("slides.{kind}.{}", field.name);
            controls.push(Self { field: *field, hint: format!("{label}.hint"), label, texts, choices });
        }
        Ok(controls)
    }

    /// What stands in it, where that is one text.
    pub(super) fn value(&self) -> String {
        self.texts.first().cloned().unwrap_or_default()
    }

    /// What stands in one of several lines.
    pub(super) fn line(&self, place: &usize) -> String {
        self.texts.get(*place).cloned().unwrap_or_default()
    }

    /// Choices of a select: value and text.
    pub(super) fn options(&self, page: &Page, names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), page.t(&format!("{}.{name}", self.label)))).collect()
    }

    /// Longest opening times of a day.
    pub(super) fn longest_day(&self) -> usize {
        form::LONGEST_DAY
    }
}

async fn choices(app: &App, account_id: &str, chosen: &[String]) -> Result<Vec<Choice>> {
    let recent = app.store.list_recent_media(account_id, EARLIER).await?;
    let mut ids: Vec<_> = chosen.iter().filter(|id| !id.is_empty()).cloned().collect();
    let count = ids.len();
    let others: Vec<_> = recent.into_iter().map(|media| media.id).filter(|id| !ids.contains(id)).collect();
    ids.extend(others);
    let thumbs = thumbs_of(app, account_id, &ids).await?;
    let choice = |(place, id): (usize, String)| {
        let src = thumbs.get(&id)?.clone();
        Some(Choice { id, src, chosen: place < count, place: if place < count { place + 1 } else { 0 } })
    };
    Ok(ids.into_iter().enumerate().filter_map(choice).collect())
}

/// What stands in the controls for values that are kept, or for a new slide where there are none.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "true".to_owned(),
        _ => String::new(),
    };
    match value {
        Some(Value::Array(values)) => values.iter().map(text).collect(),
        Some(value) => vec![text(value)],
        None => Vec::new(),
    }
}

/// Keeps the pictures that came with a form and puts them where they belong, in the order that was asked for; pictures
/// of others are left out.
pub(super) async fn take_pictures(
    app: &App,
    account_id: &str,
    form: &'static [Field],
    sent: &mut Sent,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let files = form.iter().filter(|field| matches!(field.input, Input::Picture | Input::Pictures));
    for field in files {
        let mut ids = sent.all(field.name);
        let place = |id: &String| sent.text(&format!("{}_place_{id}", field.name)).trim().parse().unwrap_or(u32::MAX);
        ids.sort_by_key(place);
        let held = app.store.list_media(account_id, &ids).await?;
        ids.retain(|id| held.contains_key(id));
        ids.dedup();
        for file in sent.take_files(&format!("{}_file", field.name)) {
            match media::keep(app, account_id, file).await {
                Ok(media) if field.input == Input::Picture => ids = vec![media.id],
                Ok(media) if ids.contains(&media.id) => {}
                Ok(media) => ids.push(media.id),
                Err(media::Error::Internal(why)) => return Err(crate::app::Error::Internal(why)),
                Err(told) => problems.push(Problem { field: field.name, key: told.key() }),
            }
        }
        sent.set(field.name, ids);
    }
    Ok(problems)
}
