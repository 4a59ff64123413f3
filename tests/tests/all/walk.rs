//! A newcomer's walk through the product in a real browser, from the first page to a hidden post, in both languages.

mod desk;
mod editor;
mod keyboard;
mod sources;

use std::collections::BTreeSet;

use harness::{Browser, Controller, FeedServer, Kiosk, Looks, Part, Post, at_hand, eventually};

/// A word that breaks layouts which have not thought of it.
pub(crate) const LONG: &str = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenvordruck";
const DESKTOP: (u32, u32) = (1280, 900);
const PHONE: (u32, u32) = (390, 844);

/// A browser that looks at every page it comes to, in each of its four looks.
pub(crate) struct Walker {
    pub(crate) browser: Browser,
    language: &'static str,
    base: String,
    wrong: Vec<String>,
    cookies: BTreeSet<String>,
    /// What the console may say on this walk.
    expected: Vec<&'static str>,
}

impl Walker {
    pub(crate) async fn new(controller: &Controller, looks: Looks) -> Self {
        let browser = Browser::new(&looks).await;
        Self {
            browser,
            language: looks.language,
            base: controller.url(),
            wrong: Vec::new(),
            cookies: BTreeSet::new(),
            expected: Vec::new(),
        }
    }

    /// The console may say this, because what it tells of is done on purpose.
    pub(crate) fn expect(&mut self, complaint: &'static str) {
        self.expected.push(complaint);
    }

    pub(crate) async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.base)).await;
    }

    /// Logs in an [`harness::Owner`].
    pub(crate) async fn log_in(&self, mail: &str) {
        self.open("/login").await;
        self.browser.fill("#mail", mail).await;
        self.browser.fill("#password", "correct horse battery staple").await;
        self.browser.click("main button[type=submit]").await;
        self.browser.find(".dashboard").await;
    }

    /// Keeps pictures of the page and notes what is wrong with it: barriers, a page wider than the window, missing texts.
    pub(crate) async fn look(&mut self, name: &str) {
        for (size, dark) in [(DESKTOP, false), (DESKTOP, true), (PHONE, true), (PHONE, false)] {
            self.browser.wear(size, dark).await;
            let kind = format!(
                "{name}-{}-{}-{}",
                self.language,
                if size == PHONE { "phone" } else { "desktop" },
                if dark { "dark" } else { "light" }
            );
            self.browser.keep_picture(&format!("walk/{kind}")).await;
            if size == DESKTOP || !dark {
                let found = self.browser.accessibility_problems().await;
                self.wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
            }
            let wider = self.browser.run("return document.documentElement.scrollWidth - innerWidth").await;
            if wider.as_i64().unwrap_or(1) > 0 {
                self.wrong.push(format!("{kind}: {wider} pixels wider than the window"));
            }
        }
        self.browser.wear(DESKTOP, false).await;
        self.cookies.extend(self.browser.cookie_names().await);
        let said = self.browser.run("return document.documentElement.lang").await;
        if said != self.language {
            self.wrong.push(format!("{name}: speaks {said}, not {}", self.language));
        }
    }

    /// The whole walk was clean: nothing wrong on any page, nobody else contacted, no cookie but these.
    pub(crate) async fn assert_clean(mut self, cookies: &[&str]) {
        // Forms that are refused and addresses that lead nowhere are asked for here; everything else is a fault.
        // So is a preview that nobody waits for any more, on the way to another page.
        let asked_for = |line: &String| {
            let known = ["status of 422", "/dashboard/nowhere", "htmx:sendAbort", "htmx:afterRequest"];
            known.iter().chain(&self.expected).any(|known| line.contains(known))
        };
        let complaints = self.browser.complaints().await;
        self.wrong
            .extend(complaints.into_iter().filter(|line| !asked_for(line)).map(|line| format!("console: {line}")));
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let own = self.base.trim_start_matches("http://").to_owned();
        assert_eq!(self.browser.hosts().await, BTreeSet::from([own]));
        assert_eq!(self.cookies, cookies.iter().map(|&name| name.to_owned()).collect());
    }
}

/// Title, confirmation and button of a language, as a person would look for them.
struct Words {
    wrong_form: &'static str,
    working: &'static str,
    hidden: &'static str,
    playing: &'static str,
}

const GERMAN: Words = Words { wrong_form: "Fast geschafft", working: "Läuft", hidden: "Verborgen", playing: "Läuft" };
const ENGLISH: Words = Words { wrong_form: "Nearly there", working: "Working", hidden: "Hidden", playing: "Playing" };

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_walks_from_the_first_page_to_a_hidden_post_in_german() {
    walk(Looks::german(), &GERMAN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_walks_from_the_first_page_to_a_hidden_post_in_english() {
    walk(Looks::english(), &ENGLISH).await;
}

async fn walk(looks: Looks, words: &Words) {
    if !at_hand(Part::Browser) || !at_hand(Part::Vulkan) {
        return;
    }
    let feed = FeedServer::new().await;
    let host = feed.url_of("").trim_start_matches("http://").to_owned();
    let controller = Controller::with_settings(&[("LITFASS_ALLOW", &host), ("LITFASS_FEED_INTERVAL", "1")]).await;
    let mut walker = Walker::new(&controller, looks.clone()).await;

    register(&mut walker, words).await;
    make_stage(&mut walker).await;
    link_feed(&mut walker, &feed, words).await;
    read_posts(&mut walker, &feed).await;
    let kiosk = Kiosk::headless(&controller.url());
    pair_screen(&mut walker, &controller, words).await;
    editor::build_programme(&mut walker).await;
    hide_post(&mut walker, &controller, looks, words).await;
    change_look(&mut walker).await;
    leave(&mut walker).await;
    drop(kiosk);
    walker.assert_clean(&["language", "session", "xsrf"]).await;
}

async fn register(walker: &mut Walker, words: &Words) {
    walker.open("/").await;
    walker.look("01-landing").await;
    walker.browser.click("a[href='/register']").await;
    walker.look("02-register").await;
    // Too little at first: said at the field, and what was typed stays.
    walker.browser.fill("#institution", &format!("Museum {LONG}")).await;
    walker.browser.fill("#mail", "erika").await;
    walker.browser.click("main button[type=submit]").await;
    walker.browser.wait_for_text("[role=alert]", words.wrong_form).await;
    walker.look("03-register-wrong").await;
    let kept = walker.browser.run("return document.getElementById('institution').value").await;
    assert_eq!(kept, format!("Museum {LONG}"));
    let fields = [
        ("#institution", "Stadtmuseum Beispielhausen"),
        ("#first_name", "Erika"),
        ("#last_name", "Müller-Lüdenscheidt"),
        ("#mail", "erika@museum.example"),
        ("#password", "ein Satz den nur ich kenne"),
    ];
    for (field, text) in fields {
        walker.browser.fill(field, text).await;
    }
    walker.browser.click("main button[type=submit]").await;
    walker.browser.find(".steps").await;
    walker.look("04-welcome").await;
}

async fn make_stage(walker: &mut Walker) {
    walker.browser.click(".steps a.btn-primary").await;
    walker.browser.fill("#name", "Stadtmuseum Beispielhausen").await;
    // The handle writes itself.
    eventually("a suggested handle", || async {
        let value = walker.browser.run("return document.getElementById('handle').value").await;
        (value == "stadtmuseum-beispielhausen").then_some(())
    })
    .await;
    walker.look("05-new-stage").await;
    walker.browser.fill("#handle", "admin").await;
    walker.browser.click("main button[type=submit]").await;
    walker.browser.find("#handle-wrong").await;
    walker.look("06-new-stage-wrong").await;
    walker.browser.fill("#handle", "stadtmuseum").await;
    walker.browser.click("main button[type=submit]").await;
    walker.browser.find("form[action$='/sources']").await;
}

async fn link_feed(walker: &mut Walker, feed: &FeedServer, words: &Words) {
    walker.look("07-no-sources").await;
    walker.browser.click("nav.side a[href$='/posts']").await;
    walker.look("08-no-posts").await;
    walker.browser.click("nav.side a[href$='/screens']").await;
    walker.look("09-no-screens").await;
    walker.browser.click("nav.side a[href$='/sources']").await;
    // Not an address, then an address without a feed, then the real one.
    walker.browser.fill("#address", "kein Feed").await;
    walker.browser.click("main .form button[type=submit]").await;
    walker.browser.find(".wrong, .flash-wrong").await;
    walker.look("10-source-wrong").await;
    feed.serve_picture("/first.png", 1200, 800, [200, 90, 40]);
    feed.append(Post::new("1", "Neue Ausstellung", "<p>Ab Sonntag im Erdgeschoss.</p>").with_picture("/first.png"));
    walker.browser.fill("#address", &feed.url()).await;
    walker.browser.click("main .form button[type=submit]").await;
    // By itself, without a reload.
    walker.browser.wait_for_text("#sources", words.working).await;
    walker.look("11-sources").await;
}

async fn read_posts(walker: &mut Walker, feed: &FeedServer) {
    walker.browser.click("nav.side a[href$='/posts']").await;
    walker.browser.wait_for_text("#desk", "Neue Ausstellung").await;
    walker.look("12-one-post").await;
    walker.browser.run("window.stayed = true").await;
    feed.append(Post::new("2", LONG, &format!("<p>{}</p>", "Ein sehr langer Text. ".repeat(60))));
    feed.append(Post::new("3", "معرض جديد في المتحف", "<p>ابتداءً من يوم الأحد.</p>"));
    for number in 4..=12 {
        feed.append(Post::new(&number.to_string(), &format!("Meldung {number}"), "<p>Kurz und gut.</p>"));
    }
    walker.browser.wait_for_text("#desk", "Meldung 12").await;
    assert_eq!(walker.browser.run("return window.stayed").await, true, "without a reload");
    walker.look("13-many-posts").await;
}

async fn pair_screen(walker: &mut Walker, controller: &Controller, words: &Words) {
    walker.browser.click("nav.side a[href$='/screens']").await;
    walker.browser.click("a[href$='/screens/pair']").await;
    walker.look("14-pair").await;
    walker.browser.fill("#code", "ABCD").await;
    walker.browser.fill("#name", "Foyer links").await;
    walker.browser.click("main .form button[type=submit]").await;
    walker.browser.find("#code-wrong").await;
    walker.look("15-pair-wrong").await;
    let code =
        eventually("a code on the kiosk", || async { controller.find_text("select code from pairings").await }).await;
    walker.browser.fill("#code", &code.to_lowercase()).await;
    walker.browser.click("main .form button[type=submit]").await;
    walker.browser.wait_for_text("main .badge-state.badge-good", words.playing).await;
    // The kiosk sends its picture by itself once it is asked.
    if !walker.browser.has("form[action$='/shot']").await {
        walker.browser.click(".card-screen h2 a").await;
    }
    walker.browser.click("form[action$='/shot'] button").await;
    walker.browser.find("#now img").await;
    walker.look("16-screen").await;
    walker.browser.click(".back a").await;
    walker.browser.find(".card-screen").await;
    walker.look("17-screens").await;
}

async fn hide_post(walker: &mut Walker, controller: &Controller, looks: Looks, words: &Words) {
    // A visitor reads the newsroom at the same time, and is told nothing but what is public.
    let mut visitor = Walker::new(controller, looks).await;
    visitor.open("/@stadtmuseum").await;
    visitor.browser.wait_for_text("main", "Meldung 12").await;
    visitor.look("19-newsroom").await;
    visitor.browser.run("window.stayed = true").await;

    walker.browser.click("nav.side a[href$='/posts']").await;
    let post = controller.find_text("select id from posts where title = 'Meldung 12'").await.unwrap();
    walker.browser.click(&format!("#post-{post} button")).await;
    walker.browser.wait_for_text(&format!("#post-{post}"), words.hidden).await;
    walker.look("20-hidden-post").await;

    eventually("a newsroom without the hidden post", || async {
        (!visitor.browser.text("main").await.contains("Meldung 12")).then_some(())
    })
    .await;
    assert_eq!(visitor.browser.run("return window.stayed").await, true, "without a reload");
    visitor.browser.click("main article h2 a").await;
    visitor.look("21-post").await;
    visitor.assert_clean(&[]).await;
}

async fn change_look(walker: &mut Walker) {
    walker.browser.click("nav.side a[href$='/look']").await;
    walker.look("22-look").await;
    walker.browser.fill("#accent", "#ffee00").await;
    walker.browser.fill("#description", "Geschichte zum Anfassen, mitten in der Stadt.").await;
    walker.browser.click("main form button[type=submit]").await;
    walker.browser.find(".flash").await;
    walker.look("23-look-saved").await;
    walker.open("/@stadtmuseum").await;
    walker.look("24-newsroom-yellow").await;
    walker.open("/dashboard").await;
    walker.look("25-stages").await;
}

async fn leave(walker: &mut Walker) {
    walker.browser.click("details.menu summary").await;
    walker.browser.click("a[href='/dashboard/sessions']").await;
    walker.look("26-sessions").await;
    walker.browser.click("details.menu summary").await;
    walker.browser.click("form[action='/logout'] button").await;
    walker.browser.find("#mail").await;
    walker.look("27-log-in").await;
    walker.open("/dashboard/nowhere").await;
    walker.look("28-nowhere").await;
    walker.browser.click("a[hreflang]:not([aria-current])").await;
    walker.cookies.extend(walker.browser.cookie_names().await);
    let said = walker.browser.run("return document.documentElement.lang").await;
    assert_ne!(said, walker.language, "the other language");
}
