//! Documents: the pages of a PDF, each kept as a picture; a picture is a document of one page.

use super::{Error, Result, keep, keep_within, upload};
use crate::{
    app::App,
    services::converters::document::{Refusal, is_pdf},
    tools::pictures::Limits,
};

/// Longest document, in bytes.
pub const LONGEST_DOCUMENT: usize = 20 << 20;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Internal(why) => Self::Internal(why),
            told => Self::Told(document_key(&told)),
        }
    }
}

/// The translation key of the sentence that says why a document is not shown.
pub fn document_key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Broken => "media.document.broken",
        Refusal::Encrypted => "media.document.encrypted",
        Refusal::Pages => "media.document.pages",
        Refusal::Costly => "media.document.costly",
        Refusal::Internal(_) => "media.refused.internal",
    }
}

/// Keeps a document; ids of the media of its pages, in their order.
pub async fn keep_document(app: &App, account_id: &str, bytes: Vec<u8>) -> Result<Vec<String>> {
    if !is_pdf(&bytes) {
        return match keep(app, account_id, bytes).await {
            Ok(media) => Ok(vec![media.id]),
            Err(Error::Refused(crate::tools::pictures::Refusal::Type)) => Err(Error::Told("media.document.type")),
            Err(error) => Err(error),
        };
    }
    if bytes.len() > LONGEST_DOCUMENT {
        return Err(Error::Told("media.document.heavy"));
    }
    let documents = app.converters.documents().ok_or(Error::Told("media.document.type"))?;
    let folder = upload::folder(app);
    let made = tokio::fs::create_dir_all(&folder).await;
    made.map_err(|error| Error::Internal(format!("keep a document: {error}")))?;
    let document = documents.open(&bytes, &folder).await?;
    let mut ids = Vec::new();
    let mut drawn = document.page(1).await?;
    for page in 1..=document.pages {
        // The next one is drawn while this one is kept.
        let limits = Limits { bytes: drawn.len(), ..Limits::default() };
        let next = async { if page < document.pages { document.page(page + 1).await } else { Ok(Vec::new()) } };
        let (kept, next) = tokio::join!(keep_within(app, account_id, drawn, limits), next);
        ids.push(kept?.id);
        drawn = next?;
    }
    Ok(ids)
}
