//! What newsrooms hold beside their posts: links, press contacts, downloads.

use sqlx::FromRow;

use super::{LibraryEntry, Result, Store, library::entries};

/// What a newsroom holds beside its posts.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Newsroom {
    /// JSON: addresses of the institution elsewhere, in their order.
    pub profiles: String,
    /// Address of the imprint; empty for none.
    pub imprint: String,
    /// Address of the privacy notice; empty for none.
    pub privacy: String,
    /// Whether there are contacts or downloads for the press.
    #[sqlx(default)]
    pub has_press: bool,
}

/// Somebody whom the press may ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct PressContact {
    /// Who it is.
    pub name: String,
    /// What for; may be empty.
    pub role: String,
    /// Mail address; may be empty.
    pub mail: String,
    /// Telephone number; may be empty.
    pub phone: String,
}

impl Store {
    /// Finds what the newsroom of a stage holds beside its posts; nothing where nobody has said anything.
    pub async fn find_newsroom(&self, stage_id: &str) -> Result<Newsroom> {
        let newsroom = on!(self, |db| sqlx::query_as(
            "select coalesce(newsrooms.profiles, '[]') as profiles, coalesce(newsrooms.imprint, '') as imprint,
                    coalesce(newsrooms.privacy, '') as privacy,
                    (exists (select 1 from press_contacts where press_contacts.stage_id = stages.id)
                      or exists (select 1 from press_files where press_files.stage_id = stages.id)) as has_press
               from stages
          left join newsrooms on newsrooms.stage_id = stages.id
              where stages.id = $1",
        )
        .bind(stage_id)
        .fetch_optional(db)
        .await)?;
        Ok(newsroom.unwrap_or_default())
    }

    /// Lists whom the press may ask, in their order.
    pub async fn list_press_contacts(&self, stage_id: &str) -> Result<Vec<PressContact>> {
        let contacts = on!(self, |db| sqlx::query_as(
            "select name, role, mail, phone from press_contacts where stage_id = $1 order by position",
        )
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(contacts)
    }

    /// Lists what the press may download, in its order.
    pub async fn list_press_files(&self, stage_id: &str) -> Result<Vec<LibraryEntry>> {
        let entries = on!(self, |db| sqlx::query_as(entries!(
            "join press_files on press_files.library_id = library.id
            where press_files.stage_id = $1
         order by press_files.position, library.id"
        ))
        .bind(stage_id)
        .fetch_all(db)
        .await)?;
        Ok(entries)
    }

    /// Keeps all of it, in the place of what was there; entries that are not the account's are left out.
    pub async fn keep_newsroom(
        &self,
        account_id: &str,
        stage_id: &str,
        newsroom: &Newsroom,
        contacts: &[PressContact],
        files: &[String],
    ) -> Result<()> {
        on!(self, |db| {
            let mut work = db.begin().await?;
            sqlx::query(
                "insert into newsrooms (stage_id, profiles, imprint, privacy)
                      values ($1, $2, $3, $4)
                 on conflict (stage_id)
                   do update set profiles = excluded.profiles, imprint = excluded.imprint, privacy = excluded.privacy",
            )
            .bind(stage_id)
            .bind(&newsroom.profiles)
            .bind(&newsroom.imprint)
            .bind(&newsroom.privacy)
            .execute(&mut *work)
            .await?;
            for table in
                ["delete from press_contacts where stage_id = $1", "delete from press_files where stage_id = $1"]
            {
                sqlx::query(table).bind(stage_id).execute(&mut *work).await?;
            }
            for (position, contact) in (0_i64..).zip(contacts) {
                sqlx::query(
                    "insert into press_contacts (stage_id, position, name, role, mail, phone)
                          values ($1, $2, $3, $4, $5, $6)",
                )
                .bind(stage_id)
                .bind(position)
                .bind(&contact.name)
                .bind(&contact.role)
                .bind(&contact.mail)
                .bind(&contact.phone)
                .execute(&mut *work)
                .await?;
            }
            for (position, id) in (0_i64..).zip(files) {
                sqlx::query(
                    "insert into press_files (stage_id, library_id, position)
                          select $1, library.id, $4 from library where library.account_id = $2 and library.id = $3
                     on conflict (stage_id, library_id) do nothing",
                )
                .bind(stage_id)
                .bind(account_id)
                .bind(id)
                .bind(position)
                .execute(&mut *work)
                .await?;
            }
            work.commit().await?;
            Ok(())
        })
    }

    /// Lists the files of a press entry that may be downloaded: what it is, where its file is, how large it is.
    pub async fn list_press_renditions(&self, stage_id: &str, library_id: &str) -> Result<Vec<PressRendition>> {
        let files = on!(self, |db| sqlx::query_as(
            "select library_media.position, renditions.sha256, renditions.content_type, renditions.width,
                    renditions.height, renditions.length
               from press_files
               join library_media on library_media.library_id = press_files.library_id
               join renditions on renditions.media_id = library_media.media_id
              where press_files.stage_id = $1 and press_files.library_id = $2
           order by library_media.position, renditions.width, renditions.sha256",
        )
        .bind(stage_id)
        .bind(library_id)
        .fetch_all(db)
        .await)?;
        Ok(files)
    }
}

/// A file of an entry that the press may download.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PressRendition {
    /// Which page, of a document.
    pub position: i64,
    /// Its address: `/media/<sha256>`.
    pub sha256: String,
    /// Type for HTTP.
    pub content_type: String,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
    /// Length in bytes.
    pub length: i64,
}
