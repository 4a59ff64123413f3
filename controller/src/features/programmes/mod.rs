//! Programmes: what plays when, made of a stage's posts and what its owner chose.

mod compile;
mod form;
mod publish;
mod settings;
mod sign;

pub use compile::{Material, Shown, compile, same_content};
pub use publish::publish;
use serde_json::Value;
pub use settings::{POSTS, Settings};
use shared::slides::{Announcement, SlideType};

use crate::{
    app::{App, Change, Error, Problem, Result},
    store::Programme,
};

/// Gives a stage its programme unless it has one, and its account a key to sign with.
pub async fn start(app: &App, account_id: &str, stage_id: &str) -> Result<()> {
    sign::key(app, account_id).await?;
    let programme = Programme {
        // A stage's first programme has the stage's id, so that nobody can make it twice.
        id: stage_id.to_owned(),
        account_id: account_id.to_owned(),
        stage_id: stage_id.to_owned(),
        name: "main".to_owned(),
        settings: Settings::default().write(),
        version: 0,
        envelope: String::new(),
        issued_at: 0,
    };
    if app.store.insert_programme(&programme, app.clock.now()).await? {
        app.news.tell(Change::Settings { programme_id: programme.id });
    }
    Ok(())
}

/// Gives every stage its programme.
pub async fn start_missing(app: &App) -> Result<()> {
    for (account_id, stage_id) in app.store.list_stages_without_programme().await? {
        start(app, &account_id, &stage_id).await?;
    }
    Ok(())
}

/// The programme of a stage of an account, with what its owner chose.
pub async fn get(app: &App, account_id: &str, stage_id: &str) -> Result<(Programme, Settings)> {
    if app.store.find_stage(account_id, stage_id).await?.is_none() {
        return Err(Error::NotFound("stage"));
    }
    start(app, account_id, stage_id).await?;
    let programme = app.store.find_programme(account_id, stage_id).await?.ok_or(Error::NotFound("programme"))?;
    let settings = Settings::read(&programme.settings);
    Ok((programme, settings))
}

/// Keeps what the owner chose, and has it published.
pub async fn set(app: &App, account_id: &str, id: &str, settings: &Settings) -> Result<()> {
    if !app.store.set_programme_settings(account_id, id, &settings.write()).await? {
        return Err(Error::NotFound("programme"));
    }
    app.news.tell(Change::Settings { programme_id: id.to_owned() });
    Ok(())
}

/// Reads settings from a form. What was typed is kept as far as it makes sense, with
/// what is wrong with it.
pub fn read_form<'a>(sent: impl Fn(&str) -> Option<&'a str>) -> (Settings, Vec<Problem>) {
    let (values, mut problems) = form::read(Announcement::FORM, &sent);
    let on = |name: &str| sent(name).is_some_and(|text| !text.is_empty());
    let mut settings = Settings { header: on("header"), clock: on("clock"), date: on("date"), ..Settings::default() };
    match form::value(POSTS, sent("posts").unwrap_or_default().trim()) {
        Ok(number) => settings.posts = number.as_i64().unwrap_or(settings.posts),
        Err(key) => problems.insert(0, Problem { field: "posts", key }),
    }
    let said: Announcement = serde_json::from_value(Value::Object(values)).unwrap_or_default();
    let empty = said.headline.is_empty() && said.text.is_empty() && said.link.is_empty();
    if !empty && said.headline.is_empty() && !problems.iter().any(|p| p.field == "headline") {
        problems.push(Problem { field: "headline", key: "programmes.headline.missing" });
    }
    settings.announcement = (!empty).then_some(said);
    (settings, problems)
}

/// The envelope as it goes to a programme's screens, signed now if it never was.
pub async fn envelope(app: &App, programme_id: &str) -> Result<String> {
    for _ in 0..2 {
        let found = app.store.find_any_programme(programme_id).await?.ok_or(Error::NotFound("programme"))?;
        if found.version > 0 {
            return Ok(found.envelope);
        }
        publish(app, programme_id).await?;
    }
    Err(Error::NotFound("programme"))
}

#[cfg(test)]
mod tests {
    use super::read_form;

    #[test]
    fn a_form_is_read_and_every_mistake_is_named() {
        let sent = |name: &str| match name {
            "posts" => Some("0"),
            "header" => Some("on"),
            "text" => Some("Come in"),
            "link" => Some("no address"),
            _ => None,
        };

        let (settings, problems) = read_form(sent);

        assert!(settings.header && !settings.clock);
        assert_eq!(settings.announcement.unwrap().text, "Come in");
        let fields: Vec<_> = problems.iter().map(|p| p.field).collect();
        assert_eq!(fields, ["posts", "link", "headline"]);
    }
}
