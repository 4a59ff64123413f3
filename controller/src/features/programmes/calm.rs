//! How a playlist changes while people are looking at it.

use shared::programme::{Entry, Playlist, Zone};

use super::entries::POST;

/// Puts new entries in the place of old ones, calmly; a post that came in among the others is shown at once, also when
/// something else stands before it. `since` is when a schedule put the playlist on, if one did.
pub(super) fn follow(
    before: Option<&Playlist>,
    entries: Vec<Entry>,
    now: i64,
    zone: &Zone,
    since: Option<i64>,
) -> Playlist {
    let Some(before) = before else {
        return Playlist { anchor: now, anchored_at: now, entries, ..Playlist::default() };
    };
    let held = |entry: &Entry| before.entries.iter().any(|e| e.id == entry.id);
    // What comes a second time in a round has a number after its name, and is no news.
    let is_post = |entry: &Entry| entry.id.starts_with(POST) && !entry.id.contains('.');
    let posts: Vec<_> = entries.iter().enumerate().filter(|(_, e)| is_post(e)).collect();
    let fresh = posts.iter().position(|(_, e)| !held(e));
    // At the end of the list it is no news: an older post that moved up.
    let come_in = fresh.filter(|at| *at == 0 || posts[*at..].iter().any(|(_, e)| held(e))).map(|at| posts[at].0);
    let mut playlist = before.replaced_by(entries, now, zone, since);
    if let Some(index) = come_in
        && before.entries.iter().any(is_post)
    {
        let on = |entry: &&Entry| entry.may_be_on(now, zone);
        let earlier: u64 = playlist.entries[..index].iter().filter(on).map(|e| e.millis).sum();
        playlist.anchor = now - i64::try_from(earlier).unwrap_or(0);
    }
    playlist
}
