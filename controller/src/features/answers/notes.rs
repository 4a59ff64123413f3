//! What the owner is told about what a slide wants to know: whether it was found out, and if not, why.

use std::collections::BTreeMap;

use shared::slides::Want;

use super::kind;
use crate::{
    app::{App, Result},
    store::Answer,
};

/// What the owner is told about one want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Translation key of what is wrong.
    pub key: String,
    /// What stands in that sentence.
    pub args: BTreeMap<String, String>,
    /// When the last good answer came; 0 for never.
    pub answered_at: i64,
}

/// What was found out for a stage, and which kinds its account has enough of.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    rows: Vec<Answer>,
    full: Vec<&'static str>,
    off: Vec<&'static str>,
}

impl Notes {
    /// Looks them up.
    pub async fn find(app: &App, account_id: &str, stage_id: &str) -> Result<Self> {
        let rows = app.store.list_answers(stage_id).await?;
        let (mut full, mut off) = (Vec::new(), Vec::new());
        for kind in super::KINDS {
            if !(kind.is_on)(&app.config) {
                off.push(kind.name);
            } else if app.store.count_answers(account_id, kind.name).await? >= kind.most {
                full.push(kind.name);
            }
        }
        Ok(Self { rows, full, off })
    }
}

/// What the owner is told about a want; `None` when all is well.
pub fn note(notes: &Notes, want: &Want) -> Option<Note> {
    let kind = kind(want)?;
    let bare = |key: &str| Note { key: key.to_owned(), ..Note::default() };
    if notes.off.contains(&kind.name) {
        return Some(bare("answers.problem.off"));
    }
    let text = serde_json::to_string(want).ok()?;
    let Some(row) = notes.rows.iter().find(|row| row.want == text) else {
        return Some(bare(if notes.full.contains(&kind.name) { "answers.problem.many" } else { "answers.asking" }));
    };
    if row.problem.is_empty() {
        return (row.asked_at == 0).then(|| bare("answers.asking"));
    }
    let args = serde_json::from_str(&row.detail).unwrap_or_default();
    Some(Note { key: row.problem.clone(), args, answered_at: row.answered_at })
}
