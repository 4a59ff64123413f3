//! What the policy of a network means for its sources and posts: the one place that knows.

use crate::{
    features::posts::Full,
    networks::{self, MediaRule, Network, Policy, ReExport, Settings},
    store::Post,
};

const HOUR_MS: i64 = 3_600 * 1_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Most pictures of a post that are stored.
const MOST_PICTURES: usize = 10;

/// For what posts of a network may stand when the same item is on other networks, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandsFor {
    /// For all of them.
    All,
    /// For all of them where none may be given on in full.
    AllAtNeed,
    /// For itself only: its network wants its posts shown alone, and given on not at all.
    Itself,
}

/// For what posts of a network may stand, by the network's name.
pub fn standing_of(network: &str) -> StandsFor {
    match networks::find(network).map(|network| network.facts().policy.re_export) {
        Some(ReExport::Full) => StandsFor::All,
        Some(ReExport::LinkOnly) => StandsFor::AllAtNeed,
        Some(ReExport::IdOnly | ReExport::No) | None => StandsFor::Itself,
    }
}

/// The rules of a network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules(Policy);

impl Rules {
    /// The rules of a network.
    pub(super) fn of(network: &dyn Network) -> Self {
        Self(network.facts().policy)
    }

    /// Seconds between two visits: what the operator set, or more where the network wants it.
    pub(super) fn every_secs(self, settings: &Settings) -> i64 {
        settings.minimum_secs.max(self.0.minimum_secs)
    }

    /// Most pictures of a post that may be stored; 0 for none.
    pub(super) fn pictures(self) -> usize {
        match self.0.media {
            // What is kept with a post goes with it: nothing else uses it.
            MediaRule::Store | MediaRule::WhileKept => MOST_PICTURES,
            MediaRule::PreviewOnly => 1,
            MediaRule::Never => 0,
        }
    }

    /// Whether posts are looked up by themselves, whatever the owner wishes.
    pub(super) fn checks(self) -> bool {
        self.0.verify_hours.is_some() || self.0.keep_days.is_some()
    }

    /// Posts that were last known to be there then or earlier are to be looked up; `None` where that is the owner's wish.
    pub(super) fn due_before(self, now: i64) -> Option<i64> {
        let by_hours = self.0.verify_hours.map(|hours| i64::from(hours) * HOUR_MS);
        let by_days = self.0.keep_days.map(|days| (i64::from(days) - 1) * DAY_MS);
        by_hours.into_iter().chain(by_days).min().map(|span| now - span)
    }

    /// Posts that were last known to be there before then must go.
    pub(super) fn stale_before(self, now: i64) -> Option<i64> {
        self.0.keep_days.map(|days| now - i64::from(days) * DAY_MS)
    }
}

/// Names of the networks of whose posts something may be given on in feeds, API and widget of our own.
pub fn list_given_networks() -> Vec<&'static str> {
    let facts = networks::LIST.iter().map(|network| network.facts());
    facts.filter(|facts| facts.policy.re_export != ReExport::No).map(|facts| facts.name).collect()
}

/// How much of the posts of a network may be given on in feeds, API and widget of our own; all of what was written here
/// (`None`), and nothing of a network that we do not know any more.
pub fn re_export(network: Option<&str>) -> ReExport {
    let Some(name) = network else { return ReExport::Full };
    networks::find(name).map_or(ReExport::No, |network| network.facts().policy.re_export)
}

/// A post without what may not be given on; `None` where nothing may.
pub fn give_on(extent: ReExport, full: Full) -> Option<Full> {
    let Full { post, pictures, .. } = full;
    // What lists and addresses of our own need, and says nothing of what the post says.
    let bare = |post: Post| Post {
        title: None,
        text: String::new(),
        html: String::new(),
        author: None,
        content_hash: String::new(),
        facts: String::new(),
        ..post
    };
    match extent {
        ReExport::Full => Some(Full { post, pictures, origins: Vec::new() }),
        ReExport::LinkOnly => {
            let title = post.title.clone();
            // Without a title the name in addresses is made of the words.
            let slug = if title.is_some() { post.slug.clone() } else { String::new() };
            Some(Full { post: Post { title, slug, ..bare(post) }, pictures: Vec::new(), origins: Vec::new() })
        }
        ReExport::IdOnly => {
            let post = Post { slug: String::new(), link: None, language: None, ..bare(post) };
            Some(Full { post, pictures: Vec::new(), origins: Vec::new() })
        }
        ReExport::No => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    fn rules(keep_days: Option<u16>, media: MediaRule, verify_hours: Option<u16>) -> Rules {
        Rules(Policy { keep_days, media, re_export: ReExport::Full, verify_hours, minimum_secs: 60 })
    }

    #[test]
    fn as_many_pictures_are_stored_as_the_network_allows() {
        let pictures = [MediaRule::Store, MediaRule::WhileKept, MediaRule::PreviewOnly, MediaRule::Never]
            .map(|media| rules(None, media, None).pictures());
        assert_eq!(pictures, [10, 10, 1, 0]);
    }

    #[test]
    fn posts_that_must_not_be_given_on_stand_for_themselves_only() {
        assert_eq!(["feed", "instagram"].map(standing_of), [StandsFor::All; 2]);
        assert_eq!(["youtube", "tiktok"].map(standing_of), [StandsFor::AllAtNeed; 2]);
        assert_eq!(["x", "linkedin", "own", "nonsense"].map(standing_of), [StandsFor::Itself; 4]);
    }

    #[test]
    fn posts_are_looked_up_in_time_and_go_after_it() {
        let feed = rules(None, MediaRule::Store, None);
        assert_eq!((feed.checks(), feed.due_before(NOW), feed.stale_before(NOW)), (false, None, None));
        let daily = rules(None, MediaRule::Store, Some(24));
        assert_eq!((daily.checks(), daily.due_before(NOW)), (true, Some(NOW - DAY_MS)));
        let month = rules(Some(30), MediaRule::Store, None);
        assert_eq!(month.due_before(NOW), Some(NOW - 29 * DAY_MS), "a day before they must go");
        assert_eq!(month.stale_before(NOW), Some(NOW - 30 * DAY_MS));
        assert_eq!(rules(Some(30), MediaRule::Store, Some(24)).due_before(NOW), Some(NOW - DAY_MS));
    }

    #[test]
    fn nobody_visits_more_often_than_the_network_allows() {
        let often = Settings { minimum_secs: 1, ..Settings::default() };
        assert_eq!(rules(None, MediaRule::Store, None).every_secs(&often), 60);
        assert_eq!(rules(None, MediaRule::Store, None).every_secs(&Settings::default()), 900);
    }

    #[test]
    fn nothing_is_given_on_that_a_network_forbids() {
        let post = Post {
            id: "1".into(),
            remote_id: "9".into(),
            slug: "geheime-worte-1".into(),
            title: Some("Geheimer Titel".into()),
            text: "geheime Worte".into(),
            html: "<p>geheime Worte</p>".into(),
            link: Some("https://net.example/geheim".into()),
            author: Some("geheim".into()),
            facts: "geheim".into(),
            content_hash: "geheim".into(),
            language: Some("de".into()),
            published_at: NOW,
            ..Post::default()
        };
        let given = |extent, post: &Post| {
            give_on(extent, Full { post: post.clone(), pictures: Vec::new(), origins: Vec::new() })
        };

        assert_eq!(given(ReExport::Full, &post).unwrap().post, post);
        let link = given(ReExport::LinkOnly, &post).unwrap().post;
        assert_eq!((link.title.as_deref(), link.link.as_deref()), (Some("Geheimer Titel"), post.link.as_deref()));
        assert!(!format!("{link:?}").contains("Worte") && link.slug == post.slug);
        let nameless = given(ReExport::LinkOnly, &Post { title: None, ..post.clone() }).unwrap().post;
        assert!(!format!("{nameless:?}").contains("worte"), "the slug is made of the words");
        let id = given(ReExport::IdOnly, &post).unwrap().post;
        assert!(!format!("{id:?}").to_lowercase().contains("geheim"), "{id:?}");
        assert_eq!((id.id.as_str(), id.remote_id.as_str(), id.published_at), ("1", "9", NOW));
        assert_eq!(given(ReExport::No, &post), None);
    }

    #[test]
    fn every_network_says_what_may_be_given_on() {
        assert_eq!(re_export(None), ReExport::Full, "what was written here is the owner's");
        assert_eq!(re_export(Some("no longer spoken")), ReExport::No);
        let given = list_given_networks();
        for network in networks::LIST {
            let facts = network.facts();
            assert_eq!(re_export(Some(facts.name)), facts.policy.re_export);
            assert_eq!(given.contains(&facts.name), facts.policy.re_export != ReExport::No, "{}", facts.name);
        }
    }
}
