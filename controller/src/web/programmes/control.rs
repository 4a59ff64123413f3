//! Controls of a slide's form, whatever the slide.

use std::collections::HashMap;

use serde_json::Value;
use shared::{
    forms::{Field, Input},
    slides::Type,
};

use super::{
    card::thumbs_of,
    film::{self, FilmView},
};
use crate::{
    app::{App, Result},
    features::{
        media::library,
        programmes::{self, About, form},
        topics,
    },
    store::{LibraryEntry, LibraryQuery, Stage},
    web::Page,
};

/// Entries of the library that are offered at once.
const OFFERED: i64 = 24;

/// What the library says of pictures, by the ids of their media.
pub(super) type Words = HashMap<String, About>;

/// A control, filled in.
pub(in crate::web) struct Control {
    pub(in crate::web) field: Field,
    pub(in crate::web) label: String,
    pub(in crate::web) hint: String,
    /// Whether the slide shows nothing without it.
    pub(in crate::web) is_needed: bool,
    /// What stands in it.
    pub(in crate::web) texts: Vec<String>,
    /// Pictures or films to choose from, the chosen ones first.
    pub(in crate::web) choices: Vec<Choice>,
    /// Documents of the library to choose from.
    pub(in crate::web) documents: Vec<Choice>,
    /// What is searched for in the library.
    pub(in crate::web) search: String,
    /// The film in it, ready or not.
    pub(in crate::web) film: Option<FilmView>,
    /// Largest film that is taken, in megabytes.
    pub(in crate::web) megabytes: u64,
    /// Whether it takes the place of the one that is on the page.
    pub(in crate::web) renewed: bool,
    /// Topics to choose from: id and name.
    pub(in crate::web) topics: Vec<(String, String)>,
    /// Whether the chosen topic is none of them any more.
    pub(in crate::web) is_gone: bool,
}

/// A picture to choose.
#[derive(Default)]
pub(in crate::web) struct Choice {
    pub(in crate::web) id: String,
    pub(in crate::web) src: String,
    /// What it is called in the library; empty where it is not in there.
    pub(in crate::web) called: String,
    pub(in crate::web) chosen: bool,
    /// Its place in a series, from 1; 0 for not chosen.
    pub(in crate::web) place: usize,
    /// How long it runs; empty for pictures.
    pub(in crate::web) runs: String,
    /// What is said about it here.
    pub(in crate::web) alt: String,
    /// What must stay in sight, as `x,y` in percent; empty where that is not asked.
    pub(in crate::web) focus: String,
}

/// Places of a picture that can be chosen by name; everything else is a click on the picture.
const PLACES: [(&str, &str); 9] = [
    ("middle", "50,50"),
    ("top", "50,15"),
    ("bottom", "50,85"),
    ("left", "15,50"),
    ("right", "85,50"),
    ("top_left", "15,15"),
    ("top_right", "85,15"),
    ("bottom_left", "15,85"),
    ("bottom_right", "85,85"),
];

impl Choice {
    /// Places to choose from, as value and text.
    pub(in crate::web) fn places(&self, page: &Page) -> Vec<(&'static str, String)> {
        PLACES.iter().map(|(name, value)| (*value, page.t(&format!("programmes.focus.{name}")))).collect()
    }

    /// Whether its place has no name.
    pub(in crate::web) fn is_own(&self) -> bool {
        !PLACES.iter().any(|(_, value)| *value == self.focus)
    }
}

impl Control {
    /// The controls of a form; a topic is not asked for while there are none.
    pub(in crate::web) async fn all(
        app: &App,
        stage: &Stage,
        kind: &Type,
        said: impl Fn(&str) -> Vec<String>,
    ) -> Result<Vec<Self>> {
        let account_id = stage.account_id.as_str();
        let (named, topics) = (topics::names(app, &stage.id).await?, topics::list(app, stage).await?);
        let topics: Vec<_> = topics.into_iter().map(|topic| (topic.id, topic.name)).collect();
        let mut controls = Vec::new();
        for field in kind.form {
            let mut texts = said(field.name);
            let search = searched(field, &said);
            let mut is_gone = false;
            if field.input == Input::Topic {
                let id = texts.first().filter(|id| !id.is_empty()).cloned();
                if topics.is_empty() && id.is_none() {
                    continue;
                }
                // Of a topic that became part of another one, that is the chosen one now.
                let now = id.as_ref().and_then(|id| named.get(id));
                is_gone = id.is_some() && now.is_none();
                texts = now.map(|topic| topic.id.clone()).or(id).into_iter().collect();
            }
            let choices = match field.input {
                Input::Picture | Input::Pictures => choices(app, account_id, field, &texts, &said).await?,
                Input::Document => chosen(app, account_id, &texts).await?,
                Input::Film => film::choices(app, account_id, &texts, &search).await?,
                _ => Vec::new(),
            };
            let documents = match field.input {
                Input::Document => documents(app, account_id, &search).await?,
                _ => Vec::new(),
            };
            let film = match field.input {
                Input::Film => film::find(app, account_id, &texts).await?,
                _ => None,
            };
            let label = format!("slides.{}.{}", kind.name, field.name);
            let is_needed = programmes::is_needed(kind, field.name);
            let (hint, megabytes) = (format!("{label}.hint"), app.config.film_megabytes);
            let topics = if field.input == Input::Topic { topics.clone() } else { Vec::new() };
            controls.push(Self {
                field: *field,
                hint,
                label,
                is_needed,
                texts,
                choices,
                documents,
                search,
                film,
                megabytes,
                renewed: false,
                topics,
                is_gone,
            });
        }
        Ok(controls)
    }

    /// The control of a form that is none of a slide and asks for pictures: what is to be seen is asked for, what must stay
    /// in sight is not.
    pub(in crate::web) async fn of_pictures(
        app: &App,
        account_id: &str,
        field: &Field,
        label: &str,
        said: impl Fn(&str) -> Vec<String>,
    ) -> Result<Self> {
        let (texts, search) = (said(field.name), searched(field, &said));
        let mut choices = choices(app, account_id, field, &texts, &said).await?;
        choices.iter_mut().for_each(|choice| choice.focus.clear());
        Ok(Self {
            field: *field,
            label: label.to_owned(),
            hint: format!("{label}.hint"),
            is_needed: false,
            texts,
            choices,
            documents: Vec::new(),
            search,
            film: None,
            megabytes: app.config.film_megabytes,
            renewed: false,
            topics: Vec::new(),
            is_gone: false,
        })
    }

    /// Whether there is anything in the library to choose from, or was before a search.
    pub(in crate::web) fn has_library(&self) -> bool {
        !self.choices.is_empty() && self.field.input != Input::Document
            || !self.documents.is_empty()
            || !self.search.is_empty()
    }

    /// Whether a search in the library finds nothing.
    pub(in crate::web) fn finds_nothing(&self) -> bool {
        !self.search.is_empty() && self.documents.is_empty() && self.choices.iter().all(|choice| choice.chosen)
    }

    /// Pictures that are chosen, in their order.
    pub(in crate::web) fn chosen(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| choice.chosen)
    }

    /// Pictures that are not.
    pub(in crate::web) fn others(&self) -> impl Iterator<Item = &Choice> {
        self.choices.iter().filter(|choice| !choice.chosen)
    }

    /// Ids of the files that are chosen, as one text.
    pub(in crate::web) fn shown(&self) -> String {
        self.texts.iter().filter(|id| !id.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// What stands in it, where that is one text.
    pub(in crate::web) fn value(&self) -> String {
        self.texts.first().cloned().unwrap_or_default()
    }

    /// What stands in one of several lines.
    pub(in crate::web) fn line(&self, place: &usize) -> String {
        self.texts.get(*place).cloned().unwrap_or_default()
    }

    /// Choices of a select: value and text.
    pub(in crate::web) fn options(&self, page: &Page, names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), page.t(&format!("{}.{name}", self.label)))).collect()
    }

    /// Topics of a select, all posts first: value and text. One that was deleted stays chosen until another one is.
    pub(in crate::web) fn topic_options(&self, page: &Page) -> Vec<(String, String)> {
        let mut options = vec![(String::new(), page.t("slides.topic.all"))];
        options.extend(self.topics.iter().cloned());
        if self.is_gone {
            options.push((self.value(), page.t("slides.topic.deleted")));
        }
        options
    }

    /// Longest opening times of a day.
    pub(in crate::web) fn longest_day(&self) -> usize {
        form::LONGEST_DAY
    }
}

/// The pages of a document; no others, which would not be of it.
async fn chosen(app: &App, account_id: &str, ids: &[String]) -> Result<Vec<Choice>> {
    let thumbs = thumbs_of(app, account_id, ids).await?;
    let choice = |(place, id): (usize, &String)| {
        let src = thumbs.get(id)?.clone();
        Some(Choice { id: id.clone(), src, chosen: true, place: place + 1, ..Choice::default() })
    };
    Ok(ids.iter().enumerate().filter_map(choice).collect())
}

async fn choices(
    app: &App,
    account_id: &str,
    field: &Field,
    chosen: &[String],
    said: &impl Fn(&str) -> Vec<String>,
) -> Result<Vec<Choice>> {
    let entries = offered(app, account_id, "picture", &searched(field, said)).await?;
    let called: HashMap<_, _> = entries.iter().map(|one| (one.media_id.clone(), one.name.clone())).collect();
    let mut ids: Vec<_> = chosen.iter().filter(|id| !id.is_empty()).cloned().collect();
    let wanted = ids.clone();
    let recent: Vec<_> = entries.into_iter().map(|entry| entry.media_id).collect();
    // Where one of many is chosen it keeps its place: whoever goes through them by keyboard would never get on.
    if field.input == Input::Picture && recent.iter().any(|id| ids.contains(id)) {
        ids.clear();
    }
    let others: Vec<_> = recent.into_iter().filter(|id| !ids.contains(id)).collect();
    ids.extend(others);
    let (thumbs, words) = (thumbs_of(app, account_id, &ids).await?, words(app, account_id, &ids).await?);
    let choice = |id: String| {
        let src = thumbs.get(&id)?.clone();
        let place = wanted.iter().position(|one| *one == id).map_or(0, |place| place + 1);
        let chosen = place > 0;
        let usual = words.get(&id).cloned().unwrap_or_default();
        let first = |name: String| said(&name).into_iter().next();
        let alt = first(format!("{}_alt_{id}", field.name)).unwrap_or(usual.alt);
        let middle = format!("{},{}", usual.focus.x, usual.focus.y);
        let focus = first(format!("{}_focus_{id}", field.name)).filter(|text| !text.is_empty()).unwrap_or(middle);
        let called = called.get(&id).cloned().unwrap_or_default();
        Some(Choice { id, src, called, chosen, place, runs: String::new(), alt, focus })
    };
    Ok(ids.into_iter().filter_map(choice).collect())
}

/// What is searched for in a control's part of the library.
fn searched(field: &Field, said: &impl Fn(&str) -> Vec<String>) -> String {
    said(&format!("{}_search", field.name)).into_iter().next().unwrap_or_default().trim().to_owned()
}

/// Entries of the library to choose from.
pub(super) async fn offered(app: &App, account_id: &str, kind: &str, words: &str) -> Result<Vec<LibraryEntry>> {
    let wanted = LibraryQuery { kind, words, limit: OFFERED, ..LibraryQuery::default() };
    Ok(app.store.list_library(account_id, &wanted).await?)
}

/// Documents of the library, each by its first page.
async fn documents(app: &App, account_id: &str, search: &str) -> Result<Vec<Choice>> {
    let entries = offered(app, account_id, "document", search).await?;
    let ids: Vec<_> = entries.iter().map(|entry| entry.media_id.clone()).collect();
    let thumbs = thumbs_of(app, account_id, &ids).await?;
    let choice = |entry: LibraryEntry| {
        let src = thumbs.get(&entry.media_id)?.clone();
        Some(Choice { id: entry.id, src, called: entry.name, ..Choice::default() })
    };
    Ok(entries.into_iter().filter_map(choice).collect())
}

/// What the library says of these pictures.
pub(super) async fn words(app: &App, account_id: &str, ids: &[String]) -> Result<Words> {
    let words = app.store.list_media_words(account_id, ids).await?;
    let about = |said: crate::store::MediaWords| {
        let focus = library::focus(said.focus_x, said.focus_y);
        (said.media_id, About { alt: said.alt, focus })
    };
    Ok(words.into_iter().map(about).collect())
}

/// What stands in the controls for values that are kept, or for a new slide where there are none.
pub(in crate::web) fn texts(value: Option<&Value>) -> Vec<String> {
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
