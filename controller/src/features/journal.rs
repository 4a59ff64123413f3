//! The journal of a stage: what programs elsewhere know of its posts, so that they can be told what is new, what says
//! something else, and what is withdrawn. It is kept for stages only whose changes somebody has asked for.

use crate::{
    app::{App, Error, Result},
    features::{
        posts::{self, Given},
        sources,
    },
    store::{self, JournalQuery, Stage},
    tools::dates,
};

/// So long a withdrawal is remembered: whoever asks more seldom reads all posts anew.
pub const REMEMBERED_MILLIS: i64 = 180 * 24 * 3_600 * 1_000;

/// So long what was found to be the newest counts, in milliseconds, where nothing was told here meanwhile: other controllers
/// do not tell.
pub const LOOKED_MILLIS: i64 = 3_000;

/// From where on changes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Behind an entry.
    Number {
        /// The number of that entry; 0 for all there is.
        above: i64,
        /// The newest number when the walk began that leads on from there: what was withdrawn later has a higher one.
        began: i64,
    },
    /// From this instant on, in milliseconds since 1970.
    Instant(i64),
}

impl Since {
    /// Reads what somebody says: nothing for all there is, what we said (`next`), or an instant (RFC 3339).
    pub fn parse(text: &str) -> Option<Self> {
        // A plus sign that nobody escaped comes as a space.
        match text.trim().replace(' ', "+").as_str() {
            "" => Some(Self::Number { above: 0, began: 0 }),
            place if place.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-') => {
                let (above, began) = place.split_once('-').unwrap_or((place, place));
                Some(Self::Number { above: above.parse().ok()?, began: began.parse().ok()? })
            }
            instant => dates::parse(instant).filter(|_| instant.contains('T')).map(Self::Instant),
        }
    }

    /// Writes what [`Since::parse`] reads.
    fn write(above: i64, began: i64) -> String {
        if above < began { format!("{above}-{began}") } else { above.to_string() }
    }
}

/// A change of a post.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// It is new, or says something else.
    Post(Box<Given>),
    /// Nobody may show it any more: its id.
    Withdrawn(String),
}

/// Some changes, oldest first.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The changes.
    pub entries: Vec<Entry>,
    /// Where the next ones come.
    pub next: String,
    /// Whether there are more by now.
    pub more: bool,
}

/// Notes what has changed in a stage whose journal has begun; the number of its newest entry. To find out means to look at
/// all posts of the stage: it is done once for all who ask, until something changes or the time of a post comes.
pub async fn update(app: &App, stage_id: &str) -> Result<Option<i64>> {
    // Counted before anything is read.
    let (number, now) = (app.news.face_number(stage_id), app.clock.now());
    let compare = async || {
        let turn = app.store.next_turn_of_stage(stage_id, now).await?;
        let networks = sources::list_given_networks();
        let networks: Vec<_> = networks.into_iter().chain([store::OWN]).collect();
        let newest = app.store.update_journal(stage_id, &networks, now).await?;
        // One that has not begun may begin at once.
        let until = if newest.is_some() { turn.unwrap_or(i64::MAX) } else { now };
        Ok((newest, until))
    };
    app.journals.get(stage_id, number, now, compare).await
}

/// The same, and begins the journal where that is to be done.
pub async fn begin(app: &App, stage_id: &str) -> Result<i64> {
    if let Some(number) = update(app, stage_id).await? {
        return Ok(number);
    }
    app.store.begin_journal(stage_id).await?;
    update(app, stage_id).await?.ok_or(Error::NotFound("stage"))
}

/// Lists what has changed; `None` where that is not known any more, and all has to be read anew.
pub async fn list(app: &App, stage: &Stage, since: Since, count: usize) -> Result<Option<Changes>> {
    let newest = begin(app, &stage.id).await?;
    let now = app.clock.now();
    let forgotten = app.store.find_forgotten(&stage.id).await?;
    let highest = if let Since::Number { above, began } = since { above.max(began) } else { 0 };
    // A number that was never given out: the database was put back to an earlier state.
    if highest > newest && Some(highest) > app.store.find_journal(&stage.id).await? {
        return Ok(None);
    }
    let (query, began) = match since {
        // Of what was withdrawn, whoever begins at the beginning knows nothing.
        Since::Number { above, .. } if above > 0 && highest < forgotten => return Ok(None),
        Since::Instant(from) if from < now - REMEMBERED_MILLIS && forgotten > 0 => return Ok(None),
        Since::Number { above: 0, .. } => (JournalQuery::default(), newest),
        Since::Number { above, began } => (JournalQuery { above, ..JournalQuery::default() }, began),
        Since::Instant(from) => (JournalQuery { from, ..JournalQuery::default() }, newest),
    };
    let limit = i64::try_from(count).unwrap_or(i64::MAX - 1) + 1;
    let mut noted = app.store.list_journal(&stage.id, JournalQuery { limit, ..query }).await?;
    let more = noted.len() > count;
    noted.truncate(count);
    let next = noted.last().map_or(newest.max(query.above), |last| last.number);
    let next = Since::write(next, began);
    let mut entries = Vec::new();
    let ids: Vec<_> = noted.iter().filter(|one| one.what != "withdrawn").map(|one| one.post_id.clone()).collect();
    let mut given = posts::list_given_by_id(app, stage, &ids).await?;
    for one in noted {
        if one.what == "withdrawn" {
            entries.push(Entry::Withdrawn(one.post_id));
        } else if let Some(at) = given.iter().position(|given| given.post.id == one.post_id) {
            entries.push(Entry::Post(Box::new(given.swap_remove(at))));
        }
        // What went this very moment is told as withdrawn in a moment.
    }
    Ok(Some(Changes { entries, next, more }))
}

/// Forgets what was withdrawn long ago; says how many.
pub async fn clean(app: &App) -> Result<u64> {
    Ok(app.store.forget_withdrawals(app.clock.now() - REMEMBERED_MILLIS).await?)
}

#[cfg(test)]
mod tests {
    use super::Since;

    #[test]
    fn a_place_is_a_number_of_ours_or_an_instant() {
        assert_eq!(Since::parse(""), Some(Since::Number { above: 0, began: 0 }));
        assert_eq!(Since::parse("17"), Some(Since::Number { above: 17, began: 17 }));
        assert_eq!(Since::parse("17-230"), Some(Since::Number { above: 17, began: 230 }));
        assert_eq!([Since::write(17, 230), Since::write(230, 230), Since::write(9, 3)], ["17-230", "230", "9"]);
        assert_eq!(Since::parse("2026-05-04T12:00:00Z"), Some(Since::Instant(1_777_896_000_000)));
        assert_eq!(Since::parse("2026-05-04T14:00:00+02:00"), Some(Since::Instant(1_777_896_000_000)));
        for wrong in ["yesterday", "-1", "1-", "1-2-3", "99999999999999999999", "1.5"] {
            assert_eq!(Since::parse(wrong), None, "{wrong}");
        }
    }
}
