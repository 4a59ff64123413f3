//! The platform and the legal pages in a real browser: in every size, language and colour, and with the keyboard alone.

use controller::{features::platform, store::Stage};
use harness::{Browser, Looks, Owner, Part, TestController, at_hand, plain_stage};

use super::{choose, listed};
use crate::{media_command::jpeg, own_posts, walk::LONG};

const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);
/// The narrowest window that is looked at.
const NARROW: (u32, u32) = (320, 640);

/// How much of the page has moved since it was opened.
const SHIFT: &str = "return new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(0), 300);
})";

/// Everything that the page keeps in the browser.
const STORED: &str =
    "return Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])
    .then(all => localStorage.length + sessionStorage.length + document.cookie.length
        + all.reduce((sum, one) => sum + one.length, 0))";

struct Eyes {
    browser: Browser,
    language: &'static str,
    wrong: Vec<String>,
}

impl Eyes {
    async fn new(looks: &Looks) -> Self {
        Self { browser: Browser::new(looks).await, language: looks.language, wrong: Vec::new() }
    }

    /// Looks at a page in every size, light and dark; `ready` stands there once it is whole.
    async fn look(&mut self, name: &str, url: &str, ready: &str) {
        for (size, width) in [(DESKTOP, "desktop"), (PHONE, "phone"), (NARROW, "narrow")] {
            for dark in [false, true] {
                self.browser.wear(size, dark).await;
                self.browser.open(url).await;
                self.browser.find(ready).await;
                let kind = format!("{name}-{}-{width}-{}", self.language, if dark { "dark" } else { "light" });
                let moved = self.browser.run(SHIFT).await.as_f64().unwrap_or(1.0);
                if moved > 0.0 {
                    self.wrong.push(format!("{kind}: moves by {moved}"));
                }
                let wider = self.browser.run("return document.documentElement.scrollWidth - innerWidth").await;
                if wider.as_i64().unwrap_or(1) > 0 {
                    self.wrong.push(format!("{kind}: {wider} pixels wider than the window"));
                }
                self.browser.keep_picture(&format!("platform/{kind}")).await;
                let found = self.browser.accessibility_problems().await;
                self.wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
            }
        }
    }

    async fn assert_clean(self, url: &str) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(self.browser.cookie_names().await.is_empty(), "no cookie is set");
        let own = url.trim_start_matches("http://").to_owned();
        assert_eq!(self.browser.hosts().await.into_iter().collect::<Vec<_>>(), [own], "nobody else is contacted");
        assert_eq!(self.browser.complaints().await, Vec::<String>::new());
    }
}

/// A directory with everything that may stand in one, and posts.
async fn furnish(wall: &TestController) -> Owner {
    let museum = Owner::new(wall.client(), "museum").await;
    let about = "Kunst, Geschichte und ein Café mit Blick auf den Hafen.";
    choose(&museum, "Stadtmuseum Lindenhafen", about, &[("listed", "true")], jpeg(640, 480, 90)).await.expect(303);
    own_posts::write_with_picture(&museum, "Ein Steg am See").await;
    let text = "Ab Sonntag ist das Erdgeschoss wieder offen. ".repeat(30);
    own_posts::write(&museum, &[("title", "Neue Ausstellung"), ("text", &text)]).await;
    own_posts::write(&museum, &[("title", LONG), ("text", LONG)]).await;
    let stage = wall.app.store.find_any_stage(&museum.stage_id).await.unwrap().unwrap();
    for (number, name) in (0..).zip([LONG.get(..79).unwrap(), "متحف المدينة", "Club 26", "Öffentliche Bücherei"])
    {
        let made = Stage {
            name: name.to_owned(),
            handle: format!("verein-{number}"),
            description: if number == 2 { LONG.repeat(3) } else { String::new() },
            accent: ["#c43514", "#ffee00", "#0c7a6e", "#26324a"][number].to_owned(),
            language: if number == 1 { "en" } else { "de" }.to_owned(),
            ..plain_stage(&format!("v{number}"), &stage.account_id)
        };
        wall.app.store.add_stage(&made).await.unwrap();
        platform::enter(&wall.app, &made).await.unwrap();
    }
    let club = listed(wall, "sportclub", "SC Lindenhafen", "Rudern, Segeln, Fußball.").await;
    own_posts::write(&club, &[("text", "Das Spiel am Samstag beginnt eine Stunde später.")]).await;
    museum
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_read_it_in_german() {
    look_at_all(Looks::german()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_read_it_in_english() {
    look_at_all(Looks::english()).await;
}

async fn look_at_all(looks: Looks) {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let at = |path: &str| format!("{}{path}", wall.url);
    let mut eyes = Eyes::new(&looks).await;
    eyes.look("landing-empty", &at("/"), ".is-alive .none").await;
    eyes.look("wall-empty", &at("/wall"), "#nobody:not([hidden])").await;
    let museum = furnish(&wall).await;
    let imprint = "# Stadt Lindenhafen\nMarkt 1\n12345 Lindenhafen\n\nPost: rathaus@lindenhafen.example\n- Telefon 1\n- Telefon 2";
    let fields = [("imprint_de", imprint), ("privacy_de", "Verantwortlich ist die Stadt Lindenhafen.")];
    museum.client.post("/dashboard/operator", &fields).await.expect(303);
    eyes.look("landing", &at("/"), ".is-alive .card").await;
    eyes.look("search", &at("/?q=lindenhafen"), ".is-alive .card").await;
    eyes.look("search-nothing", &at("/?q=zzz"), ".is-alive .stages").await;
    eyes.look("imprint", &at("/imprint"), ".legal h1").await;
    eyes.look("privacy", &at("/privacy"), ".legal h1").await;
    assert_eq!(eyes.browser.run(STORED).await, 0, "of whoever only reads nothing is kept");

    eyes.browser.open(&at("/")).await;
    for handle in ["museum", "sportclub", "verein-1"] {
        eyes.browser.click(&format!(".is-alive [data-follow='{handle}']")).await;
    }
    eyes.look("following", &at("/"), ".is-alive [data-follow='museum'][aria-pressed='true']").await;
    eyes.look("wall", &at("/wall"), ".wall article").await;
    eyes.assert_clean(&wall.url).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_reaches_everything_in_a_sensible_order() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnish(&wall).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&wall.url).await;
    browser.find(".is-alive").await;

    let mut reached = Vec::new();
    for _ in 0..60 {
        browser.client.active_element().await.unwrap().send_keys("\u{E004}").await.unwrap();
        let here = browser
            .run(
                "const here = document.activeElement, box = here.getBoundingClientRect();
                 if (here === document.body) return '';
                 if (box.width < 1 || box.bottom < 0 || box.top > innerHeight) return 'out of sight: ' + here.outerHTML;
                 const ring = getComputedStyle(here).outlineStyle !== 'none'
                     || getComputedStyle(here.closest('.card') ?? here).outlineStyle !== 'none';
                 return ring ? here.textContent.trim() || here.getAttribute('aria-label') : 'without a ring: ' + here.outerHTML",
            )
            .await;
        let here = here.as_str().unwrap_or_default().to_owned();
        assert!(!here.starts_with("out of sight") && !here.starts_with("without a ring"), "{here}");
        if here.is_empty() {
            break;
        }
        reached.push(here);
    }

    let place = |what: &str| {
        reached.iter().position(|one| one.contains(what)).unwrap_or_else(|| panic!("{what} in {reached:#?}"))
    };
    assert_eq!(place("Zum Inhalt"), 0);
    let order =
        ["Litfass", "Meine Wand", "Anmelden", "Konto anlegen", "Bühnen suchen", "Stadtmuseum", "Impressum", "English"];
    assert!(order.map(place).is_sorted(), "{reached:#?}");
    let button = browser.find("[data-follow='museum']").await;
    button.send_keys("\u{E007}").await.unwrap();
    browser.find("[data-follow='museum'][aria-pressed='true']").await;
    button.send_keys(" ").await.unwrap();
    browser.find("[data-follow='museum'][aria-pressed='false']").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_directory_is_searched_and_read() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnish(&wall).await;
    let browser = Browser::new(&Looks { without_scripts: true, ..Looks::german() }).await;
    browser.open(&wall.url).await;

    browser.fill(".search input", "cafe").await;
    browser.click(".search button").await;
    browser.wait_for_text(".cards", "Stadtmuseum").await;
    assert!(!browser.text(".cards").await.contains("SC Lindenhafen"));
    assert!(!browser.text(".cards").await.contains("Folgen"), "what needs a script is not offered");
    browser.open(&format!("{}/wall", wall.url)).await;
    browser.wait_for_text("noscript", "braucht er JavaScript").await;
}
