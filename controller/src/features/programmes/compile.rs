//! From posts and settings to a programme: a pure function.

use shared::{
    programme::{Area, Entry, Look, Plan, Playlist, Programme, Region, Schedule, TAKE_OVER_MILLIS, Zone},
    slides::{Announcement, Clock, Header, Picture, Post, Slide},
};

use super::Settings;
use crate::tools::words::{self, Language};

/// Widest picture a programme asks for: more than a Full HD display cannot show.
const WIDEST: u32 = 1_920;
/// Most pictures of one post.
const MOST_PICTURES: usize = 4;
/// Posts between two showings of the announcement.
const POSTS_BETWEEN: usize = 4;
/// Characters of a post that can be read from afar; the rest is in the newsroom.
const LONGEST_TEXT: usize = 1_200;
/// Height of header and clock, in percent of the display.
const TOP: f32 = 12.0;
/// Width of the clock, in percent of the display.
const CLOCK: f32 = 24.0;

/// Everything a programme is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Id of the account that signs.
    pub account_id: String,
    /// Id of the programme.
    pub programme_id: String,
    /// What the owner chose.
    pub settings: Settings,
    /// The stage's name, colours and logo.
    pub look: Look,
    /// Language of the stage (`de`, `en`).
    pub language: String,
    /// Time zone of the stage.
    pub zone: Zone,
    /// Posts that are shown, newest first.
    pub posts: Vec<Shown>,
}

/// A post that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The post; its pictures are chosen from `pictures`.
    pub post: Post,
    /// Each picture of the post in all its sizes.
    pub pictures: Vec<Vec<Picture>>,
}

/// Makes the programme that is to follow on `previous` at `now`. Its version and time
/// of issue are the next ones; whether it is worth signing says [`same_content`].
pub fn compile(material: &Material, previous: Option<&Programme>, now: i64) -> Programme {
    let settings = &material.settings;
    let mut regions = Vec::new();
    let mut add = |name: &str, left: f32, top: f32, width: f32, height: f32, entries: Vec<Entry>| {
        let plan = previous.and_then(|p| p.plans.first());
        let before = plan.and_then(|plan| plan.regions.iter().find(|r| r.name == name)).map(|r| &r.playlist);
        let playlist = follow(before, entries, now, &material.zone);
        regions.push(Region { name: name.to_owned(), area: Area { left, top, width, height }, playlist });
    };
    let top = if settings.header || settings.clock { TOP } else { 0.0 };
    add("main", 0.0, top, 100.0, 100.0 - top, main_entries(material));
    if settings.header {
        let width = if settings.clock { 100.0 - CLOCK } else { 100.0 };
        add("header", 0.0, 0.0, width, TOP, vec![entry("header".into(), Slide::Header(Header {}))]);
    }
    if settings.clock {
        let clock = Slide::Clock(Clock { date: settings.date, ..Clock::default() });
        add("clock", 100.0 - CLOCK, 0.0, CLOCK, TOP, vec![entry("clock".into(), clock)]);
    }
    let mut programme = Programme {
        account: material.account_id.clone(),
        id: material.programme_id.clone(),
        version: previous.map_or(0, |p| p.version) + 1,
        issued_at: now,
        // The first one need not wait for anything to end.
        active_at: previous.map_or(now, |_| now + TAKE_OVER_MILLIS),
        zone: material.zone.clone(),
        language: material.language.clone(),
        look: material.look.clone(),
        plans: vec![Plan { id: "default".to_owned(), regions, ..Plan::default() }],
        alerts: Vec::new(),
        media: Vec::new(),
    };
    programme.media = programme.needed_media();
    programme
}

/// Whether two programmes show the same, whatever their versions and anchors.
pub fn same_content(one: &Programme, other: &Programme) -> bool {
    let bare = |programme: &Programme| {
        let mut programme = Programme { version: 0, issued_at: 0, active_at: 0, ..programme.clone() };
        for region in programme.plans.iter_mut().flat_map(|plan| &mut plan.regions) {
            (region.playlist.anchor, region.playlist.anchored_at) = (0, 0);
        }
        programme
    };
    bare(one) == bare(other)
}

/// Puts new entries in the place of old ones, calmly; a post that came in among the
/// others is shown at once, also when an announcement stands before it.
fn follow(before: Option<&Playlist>, entries: Vec<Entry>, now: i64, zone: &Zone) -> Playlist {
    let Some(before) = before else {
        return Playlist { anchor: now, anchored_at: now, entries, ..Playlist::default() };
    };
    let held = |entry: &Entry| before.entries.iter().any(|e| e.id == entry.id);
    let is_post = |entry: &Entry| matches!(entry.slide, Slide::Post(_));
    let posts: Vec<_> = entries.iter().enumerate().filter(|(_, e)| is_post(e)).collect();
    let fresh = posts.iter().position(|(_, e)| !held(e));
    // At the end of the list it is no news: an older post that moved up.
    let come_in = fresh.filter(|at| *at == 0 || posts[*at..].iter().any(|(_, e)| held(e))).map(|at| posts[at].0);
    let mut playlist = before.replaced_by(entries, now, zone, None);
    if let Some(index) = come_in
        && before.entries.iter().any(is_post)
    {
        let earlier: u64 = playlist.entries[..index].iter().map(|e| e.millis).sum();
        playlist.anchor = now - i64::try_from(earlier).unwrap_or(0);
    }
    playlist
}

fn main_entries(material: &Material) -> Vec<Entry> {
    let most = usize::try_from(material.settings.posts).unwrap_or(0);
    let posts: Vec<_> = material.posts.iter().take(most).map(post).collect();
    let said = material.settings.announcement.as_ref();
    let Some(said) = said else {
        return if posts.is_empty() { vec![welcome(material)] } else { posts };
    };
    let repeat = |turn: i32| entry(format!("announcement-{turn}"), Slide::Announcement(said.clone()));
    let mut entries = vec![repeat(0)];
    for (turn, group) in (1..).zip(posts.chunks(POSTS_BETWEEN)) {
        if turn > 1 {
            entries.push(repeat(turn - 1));
        }
        entries.extend_from_slice(group);
    }
    entries
}

fn entry(id: String, slide: Slide) -> Entry {
    Entry { id, millis: slide.reading_millis(), when: Schedule::default(), slide }
}

fn post(shown: &Shown) -> Entry {
    let pictures = shown.pictures.iter().take(MOST_PICTURES).filter_map(|sizes| fitting(sizes)).cloned().collect();
    let post = Post { text: shorten(&shown.post.text), pictures, ..shown.post.clone() };
    entry(format!("post-{}", post.id), Slide::Post(post))
}

/// The largest picture that is not wider than needed; the narrowest where all are.
fn fitting(sizes: &[Picture]) -> Option<&Picture> {
    let fits = sizes.iter().filter(|p| p.width <= WIDEST).max_by_key(|p| p.width);
    fits.or_else(|| sizes.iter().min_by_key(|p| p.width))
}

fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end())
}

/// What a screen shows while there is nothing else: who this is, and where to find them.
fn welcome(material: &Material) -> Entry {
    let language = Language::find(&material.language).unwrap_or_default();
    let address = &material.look.address;
    let plain = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let slide = Announcement {
        headline: material.look.name.clone(),
        text: words::say(language, "slides.welcome", &[("address", plain.into())]),
        link: address.clone(),
        ..Announcement::default()
    };
    entry("welcome".to_owned(), Slide::Announcement(slide))
}

#[cfg(test)]
mod tests {
    use shared::{
        programme::{Look, Programme, Zone},
        slides::{Announcement, Focus, Picture, Post, Slide},
    };

    use super::{LONGEST_TEXT, Material, Settings, Shown, compile, same_content, shorten};

    fn shown(id: &str) -> Shown {
        let post = Post {
            id: id.into(),
            author: "Museum".into(),
            network: "feed".into(),
            published_at: 0,
            title: None,
            text: "x".into(),
            pictures: Vec::new(),
            permalink: String::new(),
        };
        Shown { post, pictures: Vec::new() }
    }

    fn material(posts: &[&str]) -> Material {
        let look = Look {
            name: "Museum".into(),
            handle: "museum".into(),
            address: "https://wall.example/@museum".into(),
            accent: "#336699".into(),
            background: "#ffffff".into(),
            logo: None,
        };
        Material {
            account_id: "a".into(),
            programme_id: "p".into(),
            settings: Settings::default(),
            look,
            language: "en".into(),
            zone: Zone::default(),
            posts: posts.iter().map(|id| shown(id)).collect(),
        }
    }

    fn ids(programme: &Programme) -> Vec<&str> {
        programme.plans[0].regions[0].playlist.entries.iter().map(|e| e.id.as_str()).collect()
    }

    fn on(programme: &Programme, at: i64) -> &str {
        &programme.plans[0].regions[0].playlist.on(at, &Zone::default(), None).unwrap().entry.id
    }

    #[test]
    fn newest_posts_play_with_header_and_clock_above() {
        let mut material = material(&["3", "2", "1"]);
        material.settings.posts = 2;

        let programme = compile(&material, None, 5_000);

        assert_eq!(ids(&programme), ["post-3", "post-2"]);
        assert_eq!(on(&programme, 5_000), "post-3");
        let areas: Vec<_> =
            programme.plans[0].regions.iter().map(|r| (r.name.as_str(), r.area.left, r.area.width)).collect();
        assert_eq!(areas, [("main", 0.0, 100.0), ("header", 0.0, 76.0), ("clock", 76.0, 24.0)]);
        assert_eq!((programme.version, programme.issued_at), (1, 5_000));
    }

    #[test]
    fn without_header_and_clock_the_posts_have_the_whole_display() {
        let mut material = material(&["1"]);
        (material.settings.header, material.settings.clock) = (false, false);

        let programme = compile(&material, None, 0);

        let area = programme.plans[0].regions[0].area;
        assert_eq!((programme.plans[0].regions.len(), area.top, area.height), (1, 0.0, 100.0));
    }

    #[test]
    fn the_announcement_comes_first_and_after_every_four_posts() {
        let mut material = material(&["6", "5", "4", "3", "2", "1"]);
        material.settings.announcement = Some(Announcement { headline: "Open day".into(), ..Announcement::default() });

        let programme = compile(&material, None, 0);

        let wanted = ["announcement-0", "post-6", "post-5", "post-4", "post-3", "announcement-1", "post-2", "post-1"];
        assert_eq!(ids(&programme), wanted);
    }

    #[test]
    fn a_stage_with_nothing_to_say_says_where_it_is() {
        let programme = compile(&material(&[]), None, 0);

        let Slide::Announcement(slide) = &programme.plans[0].regions[0].playlist.entries[0].slide else { panic!() };
        assert_eq!(slide.link, "https://wall.example/@museum");
        assert!(slide.text.contains("wall.example/@museum") && slide.headline == "Museum");
    }

    #[test]
    fn a_new_post_is_on_at_once_also_behind_an_announcement() {
        let mut material = material(&["2", "1"]);
        material.settings.announcement = Some(Announcement { headline: "Open day".into(), ..Announcement::default() });
        let before = compile(&material, None, 0);
        material.posts.insert(0, shown("3"));

        let programme = compile(&material, Some(&before), 3_000);

        assert_eq!((on(&programme, 3_000), programme.version), ("post-3", 2));
        assert_eq!(programme.plans[0].regions[0].playlist.on(3_000, &Zone::default(), None).unwrap().since, 3_000);
    }

    #[test]
    fn a_hidden_post_goes_and_the_older_one_that_moves_up_waits_its_turn() {
        let mut material = material(&["4", "3", "2", "1"]);
        material.settings.posts = 3;
        let before = compile(&material, None, 0);
        assert_eq!(on(&before, 10_000), "post-3");
        material.posts.remove(0);

        let programme = compile(&material, Some(&before), 10_000);

        assert_eq!(ids(&programme), ["post-3", "post-2", "post-1"]);
        assert_eq!(on(&programme, 10_000), "post-3");
    }

    #[test]
    fn what_shows_the_same_is_not_worth_a_version() {
        let mut material = material(&["2", "1"]);
        let before = compile(&material, None, 0);

        assert!(same_content(&before, &compile(&material, Some(&before), 99_000)));
        material.look.accent = "#000000".into();
        assert!(!same_content(&before, &compile(&material, Some(&before), 99_000)));
    }

    #[test]
    fn of_each_picture_the_size_that_fits_is_taken() {
        let picture = |width: u32| Picture {
            sha256: format!("{width}"),
            length: 1,
            width,
            height: 10,
            alt: String::new(),
            focus: Focus::default(),
        };
        let mut material = material(&["1"]);
        let sizes = vec![picture(320), picture(1_280), picture(3_840)];
        material.posts[0].pictures = vec![sizes, vec![picture(4_000)], vec![], vec![picture(1)], vec![picture(2)]];

        let programme = compile(&material, None, 0);

        let media: Vec<_> = programme.media.iter().map(|m| m.sha256.as_str()).collect();
        assert_eq!(media, ["1", "1280", "4000"]);
    }

    #[test]
    fn a_novel_is_cut_at_a_word() {
        let text = "wörter ".repeat(LONGEST_TEXT);

        let short = shorten(&text);

        assert!(short.ends_with("wörter…") && short.chars().count() <= LONGEST_TEXT + 1);
        assert_eq!(shorten("kurz"), "kurz");
    }
}
