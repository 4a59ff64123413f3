//! The library: what members sent, kept until they remove it, and what they say about it.

use shared::slides::Focus;

use super::{Error, Result, Upload, document, film, keep, keep_document, remove, room, upload::Whole};
use crate::{
    app::{self, App, Change, Problem},
    features::screens,
    services::converters::{document::is_pdf, film::Container, film::HEAD_BYTES},
    store::{LibraryEntry, LibraryUse, Media},
    tools::{ids, pictures},
};

/// Licences to choose from; the last one is said in own words.
pub const LICENCES: [&str; 10] = [
    "reserved",
    "cc0",
    "cc_by",
    "cc_by_sa",
    "cc_by_nd",
    "cc_by_nc",
    "cc_by_nc_sa",
    "cc_by_nc_nd",
    "public_domain",
    "own",
];
/// Longest name and longest credit, in characters.
pub const LONGEST_NAME: usize = 120;
/// Longest words about a picture, in characters.
pub const LONGEST_ALT: usize = 300;

/// What a member says about an entry, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Typed {
    /// What it is called.
    pub name: String,
    /// What is to be seen.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// Name of a licence; empty for nothing said.
    pub licence: String,
    /// The licence in own words.
    pub licence_words: String,
    /// Percent from the left edge.
    pub focus_x: String,
    /// Percent from the upper edge.
    pub focus_y: String,
}

impl Typed {
    /// Lays it over an entry, or says what is wrong.
    fn over(&self, entry: LibraryEntry) -> std::result::Result<LibraryEntry, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
        let (name, alt, credit) = (one_line(&self.name), one_line(&self.alt), one_line(&self.credit));
        let words = one_line(&self.licence_words);
        if name.is_empty() {
            wrong("name", "media.entry.name.empty");
        }
        for (field, text, most) in [
            ("name", &name, LONGEST_NAME),
            ("alt", &alt, LONGEST_ALT),
            ("credit", &credit, LONGEST_NAME),
            ("licence_words", &words, LONGEST_NAME),
        ] {
            if text.chars().count() > most {
                wrong(field, "slides.problem.too_long");
            }
        }
        let licence = self.licence.as_str();
        if !licence.is_empty() && !LICENCES.contains(&licence) {
            wrong("licence", "slides.problem.choice");
        }
        if licence == "own" && words.is_empty() {
            wrong("licence_words", "media.entry.licence_words.empty");
        }
        let percent = |text: &str| text.trim().parse().ok().filter(|percent| (0..=100).contains(percent));
        let (x, y) = (percent(&self.focus_x), percent(&self.focus_y));
        if x.is_none() || y.is_none() {
            wrong("focus", "media.entry.focus.invalid");
        }
        match (x, y) {
            (Some(focus_x), Some(focus_y)) if problems.is_empty() => Ok(LibraryEntry {
                name,
                alt,
                credit,
                licence: licence.to_owned(),
                licence_words: if licence == "own" { words } else { String::new() },
                focus_x,
                focus_y,
                ..entry
            }),
            _ => Err(problems),
        }
    }
}

impl From<&LibraryEntry> for Typed {
    fn from(entry: &LibraryEntry) -> Self {
        Self {
            name: entry.name.clone(),
            alt: entry.alt.clone(),
            credit: entry.credit.clone(),
            licence: entry.licence.clone(),
            licence_words: entry.licence_words.clone(),
            focus_x: entry.focus_x.to_string(),
            focus_y: entry.focus_y.to_string(),
        }
    }
}

/// What must stay in sight of a picture, of two numbers in the database.
pub fn focus(x: i64, y: i64) -> Focus {
    let percent = |number: i64| u8::try_from(number.clamp(0, 100)).unwrap_or(50);
    Focus { x: percent(x), y: percent(y) }
}

/// Who made something and under which licence, as it stands beside it: licences that ask for a name are named too.
pub fn byline(credit: &str, licence: &str, licence_words: &str) -> String {
    let terms = match licence {
        "cc_by" => "CC BY 4.0",
        "cc_by_sa" => "CC BY-SA 4.0",
        "cc_by_nd" => "CC BY-ND 4.0",
        "cc_by_nc" => "CC BY-NC 4.0",
        "cc_by_nc_sa" => "CC BY-NC-SA 4.0",
        "cc_by_nc_nd" => "CC BY-NC-ND 4.0",
        "own" => licence_words,
        _ => "",
    };
    [credit, terms].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Gets an entry of the account.
pub async fn get(app: &App, account_id: &str, id: &str) -> app::Result<LibraryEntry> {
    app.store.find_library_entry(account_id, id).await?.ok_or(app::Error::NotFound("media"))
}

/// Keeps what is said about an entry, and has every face take it over.
pub async fn change(app: &App, account_id: &str, entry: LibraryEntry, typed: &Typed) -> app::Result<()> {
    let entry = typed.over(entry).map_err(app::Error::Invalid)?;
    if !app.store.change_library_entry(account_id, &entry).await? {
        return Err(app::Error::NotFound("media"));
    }
    let uses = app.store.list_library_uses(account_id, Some(&entry.id), app.clock.now()).await?;
    tell(app, uses.iter().filter(|one| matches!(one.place.as_str(), "programme" | "press")));
    Ok(())
}

/// Takes a file of whatever kind; the id of its entry. The same bytes sent twice are kept once.
pub async fn take(app: &App, account_id: &str, name: &str, upload: Upload) -> Result<String> {
    let whole = upload.finish().await?;
    if app.store.find_library_entry_by_hash(account_id, &whole.sha256).await?.is_none() {
        room::need(app, account_id, whole.length).await?;
    }
    take_whole(app, account_id, name, &whole).await
}

/// Takes a file for which there is room.
pub(super) async fn take_whole(app: &App, account_id: &str, name: &str, whole: &Whole) -> Result<String> {
    let head = whole.head(HEAD_BYTES).await?;
    let sent = Sent { name, sha256: whole.sha256.clone(), length: whole.length };
    if Container::of(&head).is_some() && !pictures::is_heif(&head) {
        app.converters.films().ok_or(Error::Told("media.library.no_films"))?;
        let id = film::take_whole(app, account_id, whole).await?;
        return add(app, account_id, "film", &sent, &[id]).await;
    }
    if let Some(known) = app.store.find_library_entry_by_hash(account_id, &whole.sha256).await? {
        return Ok(known.id);
    }
    let is_document = is_pdf(&head);
    let most = if is_document { document::LONGEST_DOCUMENT } else { pictures::Limits::default().bytes };
    if whole.length > most as u64 {
        // What is no picture at all is not told to become smaller.
        let known = is_document || pictures::is_known(&head);
        let heavy = if is_document { "media.document.heavy" } else { "media.refused.heavy" };
        return Err(Error::Told(if known { heavy } else { "media.library.type" }));
    }
    let bytes = tokio::fs::read(&whole.path).await.map_err(super::upload::broken)?;
    if is_document {
        let pages = keep_document(app, account_id, bytes).await.map_err(any_type)?;
        return add(app, account_id, "document", &sent, &pages).await;
    }
    let media = keep(app, account_id, bytes).await.map_err(any_type)?;
    add(app, account_id, "picture", &sent, &[media.id]).await
}

/// Of a file that may be anything, all kinds are named that are taken.
fn any_type(error: Error) -> Error {
    match error {
        Error::Refused(pictures::Refusal::Type) | Error::Told("media.document.type") => {
            Error::Told("media.library.type")
        }
        other => other,
    }
}

/// Takes a picture that a form brought.
pub async fn take_picture(app: &App, account_id: &str, name: &str, bytes: Vec<u8>) -> Result<Media> {
    let sent = check_room(app, account_id, name, &bytes).await?;
    let media = keep(app, account_id, bytes).await?;
    add(app, account_id, "picture", &sent, std::slice::from_ref(&media.id)).await?;
    Ok(media)
}

/// Takes a document, or a picture as a document of one page, that a form brought; the media of its pages.
pub async fn take_document(app: &App, account_id: &str, name: &str, bytes: Vec<u8>) -> Result<Vec<String>> {
    let sent = check_room(app, account_id, name, &bytes).await?;
    let kind = if is_pdf(&bytes) { "document" } else { "picture" };
    let pages = keep_document(app, account_id, bytes).await?;
    add(app, account_id, kind, &sent, &pages).await?;
    Ok(pages)
}

/// Takes a film that a form brought; its media.
pub async fn take_film(app: &App, account_id: &str, name: &str, upload: Upload) -> Result<String> {
    let whole = upload.finish().await?;
    if app.store.find_library_entry_by_hash(account_id, &whole.sha256).await?.is_none() {
        room::need(app, account_id, whole.length).await?;
    }
    let id = film::take_whole(app, account_id, &whole).await?;
    let sent = Sent { name, sha256: whole.sha256.clone(), length: whole.length };
    add(app, account_id, "film", &sent, std::slice::from_ref(&id)).await?;
    Ok(id)
}

/// What was sent.
struct Sent<'a> {
    name: &'a str,
    sha256: String,
    length: u64,
}

async fn check_room<'a>(app: &App, account_id: &str, name: &'a str, bytes: &[u8]) -> Result<Sent<'a>> {
    let sent = Sent { name, sha256: pictures::sha256(bytes), length: bytes.len() as u64 };
    if app.store.find_library_entry_by_hash(account_id, &sent.sha256).await?.is_none() {
        room::need(app, account_id, sent.length).await?;
    }
    Ok(sent)
}

/// Adds an entry unless there is one of these bytes; its id.
async fn add(app: &App, account_id: &str, kind: &str, sent: &Sent<'_>, media: &[String]) -> Result<String> {
    let now = app.clock.now();
    let entry = LibraryEntry {
        id: ids::new(now),
        kind: kind.to_owned(),
        sha256: sent.sha256.clone(),
        name: file_name(sent.name),
        length: i64::try_from(sent.length).unwrap_or(i64::MAX),
        created_at: now,
        ..LibraryEntry::default()
    };
    if app.store.add_library_entry(account_id, &entry, media).await? {
        return Ok(entry.id);
    }
    let known = app.store.find_library_entry_by_hash(account_id, &sent.sha256).await?;
    known.map(|known| known.id).ok_or_else(|| Error::Internal("keep media: it came and went".to_owned()))
}

/// What a file is called, without where it lay and without letters that cannot be seen.
pub(super) fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible = |letter: &char| {
        !letter.is_control()
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    one_line(&last.chars().filter(visible).collect::<String>()).chars().take(LONGEST_NAME).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes an entry wherever it is used; `false` when the account has none such. Nobody gets its files from then on.
pub async fn delete(app: &App, account_id: &str, id: &str) -> app::Result<bool> {
    let now = app.clock.now();
    let uses = app.store.list_library_uses(account_id, Some(id), now).await?;
    let Some(files) = app.store.delete_library_entry(account_id, id, now).await? else { return Ok(false) };
    tell(app, uses.iter());
    remove::delete_files(app, &files).await?;
    let mut stages: Vec<_> = uses.iter().map(|one| one.stage_id.as_str()).collect();
    stages.sort_unstable();
    stages.dedup();
    for stage_id in stages {
        screens::withdraw_pictures(app, stage_id).await?;
    }
    Ok(true)
}

/// Tells of every place that shows an entry.
fn tell<'a>(app: &App, uses: impl Iterator<Item = &'a LibraryUse>) {
    let mut changes: Vec<Change> = Vec::new();
    for one in uses {
        let (id, stage_id) = (one.id.clone(), one.stage_id.clone());
        let change = match one.place.as_str() {
            "programme" => Change::Settings { programme_id: id },
            "post" => Change::Posts { stage_id },
            _ => Change::Stage { stage_id },
        };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes.into_iter().for_each(|change| app.news.tell(change));
}

#[cfg(test)]
mod tests {
    use super::{LibraryEntry, Typed, file_name};

    #[test]
    fn a_file_is_called_by_its_name_alone() {
        for (sent, name) in [
            ("sommer.jpg", "sommer.jpg"),
            ("../../../etc/passwd", "passwd"),
            ("C:\\fakepath\\Sommer fest.jpg", "Sommer fest.jpg"),
            ("a\0b\r\nc.jpg", "abc.jpg"),
            ("evil\u{202e}gpj.exe", "evilgpj.exe"),
            ("..", ".."),
            ("", ""),
        ] {
            assert_eq!(file_name(sent), name, "{sent:?}");
        }
        assert_eq!(file_name(&"ä".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn what_is_typed_is_taken_whole_or_told_what_is_wrong() {
        let entry = LibraryEntry { name: "alt.jpg".into(), focus_x: 50, focus_y: 50, ..LibraryEntry::default() };
        let typed = Typed { alt: " Ein \n Hafen ".into(), focus_x: "0".into(), ..Typed::from(&entry) };
        let over = typed.over(entry.clone()).unwrap();
        assert_eq!((over.alt.as_str(), over.focus_x, over.focus_y), ("Ein Hafen", 0, 50));

        let fields = |typed: Typed| {
            let problems = typed.over(entry.clone()).unwrap_err();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        let good = Typed::from(&entry);
        assert_eq!(fields(Typed { name: "  ".into(), ..good.clone() }), ["name"]);
        assert_eq!(fields(Typed { focus_y: "101".into(), ..good.clone() }), ["focus"]);
        assert_eq!(fields(Typed { focus_x: String::new(), ..good.clone() }), ["focus"]);
        assert_eq!(fields(Typed { licence: "gpl".into(), ..good.clone() }), ["licence"]);
        assert_eq!(fields(Typed { licence: "own".into(), ..good.clone() }), ["licence_words"]);
        assert_eq!(fields(Typed { alt: "x".repeat(301), ..good }), ["alt"]);
    }
}
