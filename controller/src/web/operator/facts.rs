//! What this instance does with personal data, out of its settings and of the constants that the program obeys: one list, one
//! entry for each fact. Whatever is switched off is not in it.

use fluent_bundle::FluentValue;
use url::Url;

use crate::{
    app::App,
    features::{answers, desk, domains, history, hits, media, pairings, screens, sessions, sources, webhooks},
    networks::Facts,
    tools::words::{self, Language},
    web::cookies,
};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// What belongs together, in words.
#[derive(Clone, Debug)]
pub(super) struct Chapter {
    /// What it is about.
    pub(super) title: String,
    /// One sentence or two for each fact.
    pub(super) facts: Vec<String>,
}

/// Of whom or of what a fact tells; the order of the chapters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Visitors,
    Posts,
    Members,
    Screens,
    Places,
}

impl About {
    const ALL: [Self; 5] = [Self::Visitors, Self::Places, Self::Posts, Self::Members, Self::Screens];

    fn title(self) -> &'static str {
        match self {
            Self::Visitors => "operator.about.visitors",
            Self::Posts => "operator.about.posts",
            Self::Members => "operator.about.members",
            Self::Screens => "operator.about.screens",
            Self::Places => "operator.about.places",
        }
    }
}

/// Something that is true here.
#[derive(Clone, Debug)]
struct Fact {
    about: About,
    key: &'static str,
    values: Vec<(&'static str, FluentValue<'static>)>,
}

impl Fact {
    fn new(about: About, key: &'static str) -> Self {
        Self { about, key, values: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<FluentValue<'static>>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

/// The facts in words, chapter by chapter; `domain` is that of the stage under which they are read.
pub(super) fn chapters(app: &App, language: Language, domain: Option<&str>) -> Vec<Chapter> {
    let facts = list(app, language, domain);
    let chapter = |about: About| {
        let here = facts.iter().filter(|fact| fact.about == about);
        let facts = here.map(|fact| words::say(language, fact.key, &fact.values)).collect();
        Chapter { title: words::say(language, about.title(), &[]), facts }
    };
    About::ALL.map(chapter).into()
}

/// Every fact. A thing that is switched on by a setting stands behind a question for that setting.
fn list(app: &App, language: Language, domain: Option<&str>) -> Vec<Fact> {
    use About::{Members, Places, Posts, Screens, Visitors};
    let config = &app.config;
    let fact = Fact::new;
    let at_home = domain.is_none();
    let only = |is: bool, fact: Fact| is.then_some(fact);
    let always = Some;
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let all = [
        // Whoever reads.
        only(at_home, fact(Visitors, "operator.fact.host").with("host", host(&config.base_url))),
        domain.map(|domain| {
            let readable = domains::readable(domain);
            fact(Visitors, "operator.fact.domain").with("host", readable).with("server", host(&config.base_url))
        }),
        always(fact(Visitors, "operator.fact.nobody_else")),
        always(fact(Visitors, "operator.fact.no_address")),
        only(config.secure(), fact(Visitors, "operator.fact.encrypted")),
        only(!config.secure(), fact(Visitors, "operator.fact.not_encrypted")),
        only(!config.trusted_proxies.is_empty(), fact(Visitors, "operator.fact.proxy")),
        only(!at_home, fact(Visitors, "operator.fact.no_cookie")),
        only(at_home, fact(Visitors, "operator.fact.cookie_language").with("days", cookies::LANGUAGE_DAYS)),
        only(at_home, fact(Visitors, "operator.fact.cookie_xsrf")),
        only(at_home, fact(Visitors, "operator.fact.cookie_session").with("days", sessions::LONGEST_MS / DAY_MS)),
        only(at_home, fact(Visitors, "operator.fact.follow")),
        only(at_home, fact(Visitors, "operator.fact.offline")),
        always(fact(Visitors, "operator.fact.hits").with("months", hits::KEPT_DAYS / 30)),
        // Where everything lies.
        always(database(config.database.as_deref())),
        config.bucket.as_ref().map(|bucket| {
            let amazon = || format!("s3.{}.amazonaws.com", bucket.region);
            fact(Places, "operator.fact.bucket").with("host", bucket.endpoint.as_ref().map_or_else(amazon, host))
        }),
        only(config.bucket.is_none(), fact(Places, "operator.fact.media_here")),
        always(
            fact(Places, "operator.fact.weather")
                .with("weather", host(&config.weather_url))
                .with("places", host(&config.places_url))
                .with("days", answers::PLACES_KEPT_MS / DAY_MS),
        ),
        only(config.page_browser.is_some(), fact(Places, "operator.fact.page_browser")),
        config.hub.as_ref().map(|hub| fact(Places, "operator.fact.hub").with("host", host(hub))),
        // People in posts.
        always(
            fact(Posts, "operator.fact.networks").with("networks", named(&sources::list_switched_on(app), language)),
        ),
        always(fact(Posts, "operator.fact.copied")),
        some(kept_days(app, language))
            .map(|networks| fact(Posts, "operator.fact.kept_days").with("networks", networks)),
        always(fact(Posts, "operator.fact.withdrawn")),
        always(fact(Posts, "operator.fact.webhooks").with("days", webhooks::KEPT_MILLIS / DAY_MS)),
        always(fact(Posts, "operator.fact.hidden").with("days", sources::HIDDEN_MILLIS / DAY_MS)),
        always(fact(Posts, "operator.fact.deliveries").with("days", sources::DELIVERIES_KEPT_MILLIS / DAY_MS)),
        some(named(&sources::list_telling(app), language)).map(|networks| {
            let days = sources::ERASURES_KEPT_MILLIS / DAY_MS;
            fact(Posts, "operator.fact.told").with("networks", networks).with("days", days)
        }),
        // Whoever works here.
        only(config.registration, fact(Members, "operator.fact.registration")),
        only(!config.registration, fact(Members, "operator.fact.no_registration")),
        always(fact(Members, "operator.fact.account")),
        always(
            fact(Members, "operator.fact.sessions")
                .with("idle", sessions::IDLE_MS / DAY_MS)
                .with("days", sessions::LONGEST_MS / DAY_MS),
        ),
        always(fact(Members, "operator.fact.history").with("days", history::KEPT_MILLIS / DAY_MS)),
        always(fact(Members, "operator.fact.desk").with("hours", desk::KEPT_MILLIS / (60 * MINUTE_MS))),
        always(
            fact(Members, "operator.fact.uploads")
                .with("hours", i64::try_from(media::FORGOTTEN.as_secs() / 3_600).unwrap_or(i64::MAX)),
        ),
        always(fact(Members, "operator.fact.sealed")),
        always(fact(Members, "operator.fact.tokens")),
        // What hangs in venues.
        always(fact(Screens, "operator.fact.screens")),
        always(
            fact(Screens, "operator.fact.revoked")
                .with("days", screens::REVOKED_MILLIS / DAY_MS)
                .with("minutes", pairings::CODE_MILLIS / MINUTE_MS),
        ),
    ];
    all.into_iter().flatten().collect()
}

/// Where the database is: at an address, or in a file of this machine.
fn database(address: Option<&str>) -> Fact {
    let place = address.and_then(|address| Url::parse(address).ok()).map(|address| {
        let named = address.query_pairs().find(|(name, _)| name == "host").map(|(_, host)| host.into_owned());
        named.or_else(|| address.host_str().map(str::to_owned)).unwrap_or_default()
    });
    // A path is a socket of this machine.
    match place.filter(|place| !place.is_empty() && !place.starts_with('/') && !is_loopback(place)) {
        Some(place) => Fact::new(About::Places, "operator.fact.database").with("host", place),
        None => Fact::new(About::Places, "operator.fact.database_here"),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Names of networks that want posts looked up again, each with the days within which.
fn kept_days(app: &App, language: Language) -> String {
    let one = |facts: &'static Facts| {
        let days = facts.policy.keep_days?;
        Some(format!("{} ({days})", words::say(language, facts.label, &[])))
    };
    sources::list_switched_on(app).into_iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

fn named(networks: &[&'static Facts], language: Language) -> String {
    networks.iter().map(|facts| words::say(language, facts.label, &[])).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{database, is_loopback};

    #[test]
    fn this_machine_has_many_names() {
        for here in ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in ["db.example.org", "10.0.0.1", "localhost.example.org"] {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_database_elsewhere_is_named_and_its_password_is_not() {
        for (address, here) in [
            (None, true),
            (Some("postgres://u:secret@localhost/db"), true),
            (Some("postgres:///db?host=/run/postgresql"), true),
            (Some("postgres://u:secret@db.example.org:5432/db"), false),
            (Some("postgres:///db?host=db.example.org&password=secret"), false),
        ] {
            let fact = database(address);
            assert_eq!(fact.key == "operator.fact.database_here", here, "{address:?}");
            let said = format!("{:?}", fact.values);
            assert!(!said.contains("secret") && said.contains("db.example.org") != here, "{said}");
        }
    }

    #[test]
    fn the_key_in_the_browser_is_the_one_that_is_told() {
        let script = crate::web::statics::text("widget/follows.js");
        assert!(script.contains("localStorage.setItem(\"litfass\""), "{script}");
    }
}
