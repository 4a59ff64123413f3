//! The newsroom in a real browser: in every size and colour, with the keyboard alone, and without scripts.

use harness::{Browser, Looks, NOON, Part, TestController, at_hand, eventually};

use super::{DAY, post, with_posts};

const DESKTOP: (u32, u32) = (1280, 900);
const TABLET: (u32, u32) = (820, 1180);
const PHONE: (u32, u32) = (390, 844);
/// The narrowest window that is looked at; also 1280 pixels enlarged four times.
const NARROW: (u32, u32) = (320, 256);

/// A word that no line has room for.
const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/// How much of the page has moved since it was opened.
const SHIFT: &str = "return new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(0), 300);
})";

/// What a page may have stored.
const STORED: &str = "return Promise.all([indexedDB.databases(), caches.keys()]).then(([bases, caches]) =>
    localStorage.length + sessionStorage.length + bases.length + caches.length + document.cookie.length)";

/// A newsroom with all there is: posts, pictures, topics, people, downloads.
async fn furnished(wall: &TestController) {
    let (owner, stage) = with_posts(wall, "museum", &["Freibäder öffnen", LONG, "Der Rat tagt"]).await;
    super::desk::fill(&owner).await;
    crate::own_posts::write_with_picture(&owner, "Ein Steg am See").await;
    owner.client.post(&owner.path("posts/p2/pin"), &[]).await.expect(303);
    for number in 0..30 {
        let post = post(&format!("old{number}"), &stage.id, "Älteres", NOON - (40 + number) * DAY);
        wall.app.store.take_post(&post, &[]).await.unwrap();
    }
    let fields =
        [("name", LONG.get(..58).unwrap()), ("at", "0.any"), ("is", "words"), ("text", "Rat"), ("what", "save")];
    owner.client.post(&owner.path("topics"), &fields).await.expect(303);
    while controller::features::topics::sort_next(&wall.app).await.unwrap() {}
}

const PAGES: [(&str, &str); 5] = [
    ("list", "/@museum"),
    ("post", "/@museum/p/slug-p0"),
    ("archive", "/@museum/archive"),
    ("month", "/@museum/archive/2026-05"),
    ("press", "/@museum/press"),
];

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_read_by_everybody_in_german() {
    look_at_all(Looks::german()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_read_by_everybody_in_english() {
    look_at_all(Looks::english()).await;
}

async fn look_at_all(looks: Looks) {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnished(&wall).await;
    let browser = Browser::new(&looks).await;
    let mut wrong = Vec::new();
    for (name, path) in PAGES {
        for (size, width) in [(DESKTOP, "desktop"), (TABLET, "tablet"), (PHONE, "phone"), (NARROW, "narrow")] {
            for dark in [false, true] {
                browser.wear(size, dark).await;
                browser.open(&format!("{}{path}", wall.url)).await;
                let kind = format!("{name}-{}-{width}-{}", looks.language, if dark { "dark" } else { "light" });
                let moved = browser.run(SHIFT).await.as_f64().unwrap_or(1.0);
                if moved > 0.0 {
                    wrong.push(format!("{kind}: moves by {moved}"));
                }
                let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
                if wider.as_i64().unwrap_or(1) > 0 {
                    wrong.push(format!("{kind}: {wider} pixels wider than the window"));
                }
                browser.keep_picture(&format!("newsroom/{kind}")).await;
                let found = browser.accessibility_problems().await;
                wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(browser.run(STORED).await, 0, "nothing is stored");
    assert!(browser.cookie_names().await.is_empty(), "no cookie is set");
    let own = wall.url.trim_start_matches("http://").to_owned();
    assert_eq!(browser.hosts().await.into_iter().collect::<Vec<_>>(), [own], "nobody else is contacted");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn older_posts_are_added_in_place_and_what_is_withdrawn_goes_from_all_of_them() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnished(&wall).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&format!("{}/@museum", wall.url)).await;
    let count = async || browser.run("return document.querySelectorAll('#posts article').length").await;
    assert_eq!(count().await, 24);

    // With the keyboard, as everybody can.
    browser.run("document.querySelector('.pages .older').focus()").await;
    browser.find(".pages .older").await.send_keys("\u{E007}").await.unwrap();
    eventually("all posts", || async { (count().await == 34).then_some(()) }).await;
    assert!(!browser.has(".pages .older").await, "there are no more");
    let at =
        browser.run("return [...document.querySelectorAll('#posts article')].indexOf(document.activeElement)").await;
    assert_eq!(at, 24, "the keyboard goes on where the new ones begin");
    let focused = browser.run("return document.activeElement.id").await;

    let stage = wall.app.store.find_stage_by_handle("museum").await.unwrap().unwrap();
    controller::features::posts::hide(&wall.app, &stage, "old29").await.unwrap();
    eventually("a page without it", || async { (!browser.has("#old29").await).then_some(()) }).await;
    assert_eq!(count().await, 33, "and with all others");
    assert_eq!(browser.run("return document.activeElement.id").await, focused, "nobody loses their place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_the_address_says_goes_along_to_every_page() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnished(&wall).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&format!("{}/@museum?lang=en", wall.url)).await;
    let speaks = async |language: &str| {
        assert_eq!(browser.run("return document.documentElement.lang").await, language, "{}", browser.path().await);
    };

    browser.click(".pages .older").await;
    browser.wait_for_text("#posts", "Älteres").await;
    speaks("en").await;
    browser.click("a[href$='/archive']").await;
    browser.wait_for_text("main h1", "Archive").await;
    browser.fill("form.search input", "Freibäder").await;
    browser.click("form.search button").await;
    browser.find(".hit").await;
    speaks("en").await;

    // Who chooses another one later has that.
    browser.click(".foot nav a[lang='de']").await;
    browser.find("html[lang='de'] .hit").await;
    browser.click(".who").await;
    browser.find("html[lang='de'] #posts").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_everything_can_be_read() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnished(&wall).await;
    let browser = Browser::new(&Looks { without_scripts: true, ..Looks::german() }).await;
    browser.open(&format!("{}/@museum", wall.url)).await;

    browser.click(".pages .older").await;
    browser.wait_for_text("#posts", "Älteres").await;
    browser.click(".pages a").await;
    browser.wait_for_text("#posts", "Freibäder öffnen").await;
    browser.click(".filters a[href$='pictures']").await;
    browser.wait_for_text("#posts", "Ein Steg am See").await;
    assert!(!browser.text("#posts").await.contains("Freibäder"));
    assert!(!browser.has("[data-copy]:not([hidden])").await, "what needs a script is not offered");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_reaches_everything_in_a_sensible_order() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    furnished(&wall).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&format!("{}/@museum/p/slug-p0", wall.url)).await;

    let mut reached = Vec::new();
    for _ in 0..60 {
        browser.client.active_element().await.unwrap().send_keys("\u{E004}").await.unwrap();
        let here = browser
            .run(
                "const here = document.activeElement, box = here.getBoundingClientRect();
                 const style = getComputedStyle(here);
                 if (here === document.body) return '';
                 if (box.width < 1 || box.bottom < 0 || box.top > innerHeight) return 'out of sight: ' + here.outerHTML;
                 if (style.outlineStyle === 'none') return 'without a ring: ' + here.outerHTML;
                 return here.className || here.textContent.trim().slice(0, 40) || here.getAttribute('aria-label')",
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
    assert_eq!(place("skip"), 0);
    let order = ["who", "Alle Beiträge", "Archiv", "Presse", "original", "E-Mail", "Impressum", "Deutsch", "English"]
        .map(place);
    assert!(order.is_sorted(), "{reached:#?}");
    // The first of them leads past all that is above the post.
    browser.open(&format!("{}/@museum/p/slug-p0", wall.url)).await;
    browser.client.active_element().await.unwrap().send_keys("\u{E004}").await.unwrap();
    browser.client.active_element().await.unwrap().send_keys("\u{E007}").await.unwrap();
    assert_eq!(browser.run("return document.activeElement.id").await, "main");
}
