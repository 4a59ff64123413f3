//! One post on the desk.

use sha2::{Digest, Sha256};

use crate::{
    features::posts::{self, Full, Query},
    store::{Aim, Deed, Stage, What},
    web::{Page, Place, pictures::Drawn, posts::Said},
};

/// A post on the desk.
pub(super) struct Row {
    /// Inside the post's stage, for its times and addresses.
    pub(super) page: Page,
    pub(super) post: Drawn,
    pub(super) said: Said,
    /// Name of the stage, where there are several to be told apart.
    pub(super) stage: String,
    /// What its source is called; empty where it was written here.
    pub(super) source: String,
    pub(super) topics: Vec<String>,
    /// Whether its stage has any topic.
    pub(super) has_topics: bool,
    /// What a colleague last did with it, in words; may be empty.
    pub(super) note: String,
    /// Its headline and a part of its text with marks, where words are looked for.
    pub(super) marked: Option<(Option<String>, String)>,
    /// Id and everything a row shows, to tell whether it is still true.
    pub(super) mark: String,
}

impl Row {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the row")]
    pub(super) fn of(
        page: &Page,
        stage: &Stage,
        several: bool,
        source: String,
        (topics, has_topics): (Vec<String>, bool),
        deed: Option<&Deed>,
        query: &Query,
        full: Full,
    ) -> Self {
        let page = page.clone().at(Place::from(stage));
        let said = Said::of(&page, &full.post);
        let note = deed.map(|deed| note(&page, deed)).unwrap_or_default();
        let merged = full.origins.len();
        let look = Sha256::digest(format!("{topics:?}{}{}{source}{note}{merged}", said.text, said.until));
        let post = &full.post;
        let mark =
            format!("{}~{:x}.{:x}.{}", post.id, post.changed_at, post.pinned_at, shared::hex::encode(&look[..3]));
        Self {
            marked: (!query.is_empty()).then(|| posts::marked(query, post)),
            post: Drawn::owned(full),
            stage: if several { stage.name.clone() } else { String::new() },
            page,
            said,
            source,
            topics,
            has_topics,
            note,
            mark,
        }
    }

    /// What one click does about a pin.
    pub(super) fn pin_verb(&self) -> &'static str {
        if self.post.post.pinned_at > 0 { What::Unpin.name() } else { What::Pin.name() }
    }

    /// Its place among others, for whoever puts a row between them.
    pub(super) fn place(&self) -> String {
        crate::features::desk::place(&self.post.post).to_string()
    }
}

/// What somebody did, in words.
pub(super) fn note(page: &Page, deed: &Deed) -> String {
    let key = match (deed.undone, What::parse(&deed.what)) {
        (true, _) => "desk.by.undo",
        (_, Some(What::Show)) => "desk.by.show",
        (_, Some(What::Hide)) => "desk.by.hide",
        (_, Some(What::Pin)) => "desk.by.pin",
        (_, Some(What::Unpin)) => "desk.by.unpin",
        (_, Some(What::Topics)) => "desk.by.topics",
        (_, None) => return String::new(),
    };
    page.t1(key, "name", deed.first_name.as_str())
}

/// Reads a mark: the post as it was seen.
pub(super) fn aim(mark: &str) -> Option<Aim> {
    let (post_id, seen) = mark.split_once('~')?;
    let mut numbers = seen.split('.').map(|number| i64::from_str_radix(number, 16));
    let (changed_at, pinned_at) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    Some(Aim { post_id: post_id.to_owned(), changed_at, pinned_at, stays: false })
}

#[cfg(test)]
mod tests {
    use super::aim;
    use crate::store::Aim;

    #[test]
    fn a_mark_says_which_post_and_how_it_was_seen() {
        let seen = Aim { post_id: "p".into(), changed_at: 255, pinned_at: 0, stays: false };
        assert_eq!(aim("p~ff.0.a1b2c3"), Some(seen));
        assert!(["", "p", "p~", "p~ff", "p~x.0.1", "~"].into_iter().all(|mark| aim(mark).is_none()));
    }
}
