//! The directory of the platform: which stages are in it, and finding one there.

use crate::{
    app::{App, Result},
    store::{Listed, ListingQuery, MOST_TERMS, Stage},
    tools::stems,
};

/// Stages on one page of the directory.
const PER_PAGE: i64 = 24;
/// Last page that is looked up.
const LAST_PAGE: i64 = 10_000;
/// Longest search, in characters.
pub const LONGEST_QUERY: usize = 80;

/// One page of the directory.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// Its stages, by name.
    pub stages: Vec<Listed>,
    /// Whether another page follows.
    pub more: bool,
}

/// Puts a stage into the directory, or renews what it is found by after it has changed.
pub async fn enter(app: &App, stage: &Stage) -> Result<()> {
    let name = folded(&stage.name);
    let words = folded(&format!("{} {} {}", stage.name, stage.handle, stage.description));
    Ok(app.store.list_in_directory(&stage.id, &name, &words, app.clock.now()).await?)
}

/// Takes a stage out of the directory.
pub async fn leave(app: &App, stage: &Stage) -> Result<()> {
    Ok(app.store.take_from_directory(&stage.id).await?)
}

/// Whether a stage is in the directory.
pub async fn holds(app: &App, stage: &Stage) -> Result<bool> {
    Ok(app.store.is_in_directory(&stage.id).await?)
}

/// Finds stages whose name, handle or description holds every word that was typed; all of them where none was. Pages are
/// counted from 1.
pub async fn find(app: &App, typed: &str, page: i64) -> Result<Directory> {
    let terms: Vec<_> = stems::words(typed).into_iter().map(|word| word.loose).take(MOST_TERMS).collect();
    // Signs alone are no search for everything.
    if terms.is_empty() && !typed.trim().is_empty() {
        return Ok(Directory::default());
    }
    let offset = (page.clamp(1, LAST_PAGE) - 1) * PER_PAGE;
    let wanted = ListingQuery { terms, offset, limit: PER_PAGE + 1 };
    let mut stages = app.store.list_directory(&wanted, app.clock.now()).await?;
    let room = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let more = stages.len() > room;
    stages.truncate(room);
    Ok(Directory { stages, more })
}

/// The words of a text as whoever searches in haste would type them.
fn folded(text: &str) -> String {
    stems::words(text).into_iter().map(|word| word.loose).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn words_are_found_however_they_are_typed() {
        assert_eq!(folded("Bäckerei Müller – Straße"), folded("BACKEREI  Muller, Strasse"));
        assert_eq!(folded("!%_"), "");
    }
}
