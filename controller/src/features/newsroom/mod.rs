//! What a newsroom holds beside its posts: profiles elsewhere, legal pages, press contacts and downloads; and its archive.

mod hub;
mod month;
mod profile;
mod typed;

pub use hub::tell_hub;
pub use month::{Month, months};
pub use profile::Profile;
pub use typed::{MOST_CONTACTS, MOST_FILES, MOST_PROFILES, Typed};

use std::{collections::HashMap, sync::Arc};

use crate::{
    app::{App, Change, Error, Result},
    features::media::library::LICENCES,
    store::{LibraryEntry, LibraryQuery, Media, Newsroom, PressRendition, PublicKinds, Stage},
};

/// So long what was found out about all posts of a stage counts, in milliseconds, where nothing was told here meanwhile.
pub const LOOKED_MILLIS: i64 = 60 * 1_000;

/// Which kinds of media the public finds in a newsroom: nobody misses one that is too many for a moment, and to find out
/// may mean to look at all posts.
pub async fn kinds(app: &App, stage_id: &str) -> Result<PublicKinds> {
    let (number, now) = (app.news.face_number(stage_id), app.clock.now());
    let look = async || {
        let turn = app.store.next_turn_of_stage(stage_id, now).await?;
        Ok((app.store.find_public_kinds(stage_id, now).await?, turn.unwrap_or(i64::MAX)))
    };
    app.kinds.get(stage_id, number, now, look).await
}

/// The handles of all stages with something that the public sees: how many posts, and when one of them changed last.
pub async fn public_stages(app: &App) -> Result<Arc<Vec<(String, i64, i64)>>> {
    let (number, now) = (app.news.number(), app.clock.now());
    let look = async || {
        let turn = app.store.next_post_turn(now).await?;
        Ok((Arc::new(app.store.list_public_stages(now).await?), turn.unwrap_or(i64::MAX)))
    };
    app.public_stages.get("", number, now, look).await
}

/// What a newsroom holds beside its posts, ready to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The institution elsewhere.
    pub profiles: Vec<Profile>,
    /// Address of the imprint; empty for none.
    pub imprint: String,
    /// Address of the privacy notice; empty for none.
    pub privacy: String,
    /// Whether there is a page for the press.
    pub has_press: bool,
}

/// Gets what the newsroom of a stage holds beside its posts.
pub async fn held(app: &App, stage: &Stage) -> Result<Held> {
    let Newsroom { profiles, imprint, privacy, has_press } = app.store.find_newsroom(&stage.id).await?;
    let addresses: Vec<String> = serde_json::from_str(&profiles).unwrap_or_default();
    let profiles = addresses.iter().filter_map(|address| Profile::of(address)).collect();
    Ok(Held { profiles, imprint, privacy, has_press })
}

/// Something that the press may download.
#[derive(Clone, Debug)]
pub struct Download {
    /// What it is called, who made it, what is allowed.
    pub entry: LibraryEntry,
    /// Its picture, its still or its first page.
    pub media: Option<Media>,
    /// Its files, as large as there are: one, or one for each page.
    pub files: Vec<PressRendition>,
}

impl Download {
    /// Key of the words for what is allowed; `None` where nobody said, or said it in own words.
    pub fn licence(&self) -> Option<String> {
        let name = LICENCES.into_iter().find(|name| *name == self.entry.licence && *name != "own")?;
        Some(format!("media.licence.{name}"))
    }
}

/// Lists what the press may download; a film that is not ready is left out.
pub async fn downloads(app: &App, stage: &Stage) -> Result<Vec<Download>> {
    let entries = app.store.list_press_files(&stage.id).await?;
    let ids: Vec<_> = entries.iter().map(|entry| entry.media_id.clone()).collect();
    let mut media: HashMap<_, _> = app.store.list_media(&stage.account_id, &ids).await?;
    let mut found = Vec::new();
    for entry in entries {
        let files = best(&entry.kind, app.store.list_press_renditions(&stage.id, &entry.id).await?);
        if files.is_empty() {
            continue;
        }
        found.push(Download { media: media.remove(&entry.media_id), entry, files });
    }
    Ok(found)
}

/// The largest file of each page, in a format that everybody can open.
fn best(kind: &str, files: Vec<PressRendition>) -> Vec<PressRendition> {
    let fits = |file: &PressRendition| match file.content_type.as_str() {
        "video/mp4" => kind == "film",
        "image/jpeg" | "image/png" => kind != "film",
        _ => false,
    };
    let mut best: Vec<PressRendition> = Vec::new();
    // From small to large within a page.
    for file in files.into_iter().filter(fits) {
        match best.last_mut() {
            Some(last) if last.position == file.position => *last = file,
            _ => best.push(file),
        }
    }
    best
}

/// What stands in the form of a newsroom.
pub async fn typed(app: &App, stage: &Stage) -> Result<Typed> {
    let Newsroom { profiles, imprint, privacy, .. } = app.store.find_newsroom(&stage.id).await?;
    let addresses: Vec<String> = serde_json::from_str(&profiles).unwrap_or_default();
    let files = app.store.list_press_files(&stage.id).await?;
    Ok(Typed {
        profiles: addresses.join("\n"),
        imprint,
        privacy,
        contacts: app.store.list_press_contacts(&stage.id).await?,
        files: files.into_iter().map(|entry| entry.id).collect(),
    })
}

/// Lists what can be offered to the press: what is chosen, and what was sent last.
pub async fn choices(app: &App, stage: &Stage, count: i64) -> Result<Vec<LibraryEntry>> {
    let mut choices = app.store.list_press_files(&stage.id).await?;
    let wanted = LibraryQuery { limit: count, ..LibraryQuery::default() };
    let newest = app.store.list_library(&stage.account_id, &wanted).await?;
    let new: Vec<_> = newest.into_iter().filter(|entry| choices.iter().all(|held| held.id != entry.id)).collect();
    choices.extend(new);
    Ok(choices)
}

/// Keeps what was typed, and has every open page take it over.
pub async fn change(app: &App, stage: &Stage, typed: &Typed) -> Result<()> {
    let (newsroom, contacts) = typed.checked().map_err(Error::Invalid)?;
    app.store.keep_newsroom(&stage.account_id, &stage.id, &newsroom, &contacts, &typed.files).await?;
    app.news.tell(Change::Stage { stage_id: stage.id.clone() });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::best;
    use crate::store::PressRendition;

    #[test]
    fn the_largest_file_of_each_page_is_offered() {
        let file = |position, content_type: &str, width| PressRendition {
            position,
            sha256: format!("{position}-{width}"),
            content_type: content_type.to_owned(),
            width,
            height: 1,
            length: 1,
        };
        let names = |kind: &str, files| best(kind, files).into_iter().map(|file| file.sha256).collect::<Vec<_>>();
        let page = vec![file(0, "image/jpeg", 320), file(0, "image/avif", 900), file(0, "image/jpeg", 640)];
        let pages = page.iter().cloned().chain([file(1, "image/png", 320)]).collect();

        assert_eq!(names("picture", page), ["0-640"]);
        assert_eq!(names("document", pages), ["0-640", "1-320"]);
        assert_eq!(names("film", vec![file(0, "image/jpeg", 900), file(0, "video/mp4", 640)]), ["0-640"]);
        assert!(names("film", vec![file(0, "image/jpeg", 900)]).is_empty(), "it is not ready");
    }
}
