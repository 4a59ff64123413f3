//! A page that fights the widget, posts that fight both: nothing runs, nothing gets out, nobody else is asked.

use std::collections::BTreeSet;

use controller::store::Post;
use harness::{Browser, Looks, NOON, Part, TestController, at_hand, eventually};
use serde_json::{Value, json};

use super::{
    page::{Site, kept, says, wait_for_cards},
    post, with_posts,
};

/// Styles of a page that has its own ideas about everything.
const STYLES: &str = "
    :not(html, head, body, main, h1) { display: none !important; visibility: hidden !important; opacity: 0 !important;
        width: 0 !important; height: 0 !important; color: transparent !important; font-size: 0 !important;
        position: fixed !important; transform: scale(0) !important; }
    * { letter-spacing: 2em !important; text-transform: uppercase !important; line-height: 9 !important;
        direction: ltr; writing-mode: vertical-rl; pointer-events: none !important; }
    html, body, main { writing-mode: horizontal-tb; }
    :root { --paper: red; --ink: transparent; --line: red; --tint: transparent; --round: 900px; --gap: 900px; --link: red; }";

/// Scripts of a page from the days when everybody changed everything.
const SCRIPTS: &str = "
    window.violations = [];
    addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective + ' ' + event.blockedURI));
    Object.prototype.extend = function () { return this; };
    Array.prototype.each = function () {};
    Array.prototype.last = function () {};
    String.prototype.strip = function () { return ''; };
    Element.prototype.update = function () { this.textContent = 'page'; };
    for (const name of ['el', 'card', 'link', 'web', 'walls', 'lines', 'tend', 'open', 'Wall', 'follows', 'WORDS',
        'STYLE', 'ORIGIN', 'script', 'policy', 'picture', 'litfass', 'name']) window[name] = 'of the page';";

/// A word of ten thousand letters.
fn long() -> String {
    "Donaudampfschiff".repeat(625)
}

/// Letters with so many marks that they are a tower.
fn tower() -> String {
    "Zalgo"
        .chars()
        .flat_map(|c| std::iter::once(c).chain((0..60).map(|n| char::from_u32(0x300 + n % 0x60).unwrap())))
        .collect()
}

/// Posts whose every field is an attack, as no import would let them in, and a harmless one behind them.
async fn hostile_wall() -> (TestController, harness::Owner) {
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, &[]).await;
    let script = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=2\"><svg onload=\"window.pwned=3\">\
                  <style>*{display:none!important}</style><iframe src=\"http://evil.invalid/\"></iframe>\
                  <form action=\"http://evil.invalid/\"><input name=a></form><a href=\"javascript:window.pwned=4\">klick</a>\
                  <a href=\"http://evil.invalid/a\" onclick=\"window.pwned=5\" style=\"position:fixed;inset:0\">weiter</a>\
                  <img src=\"http://evil.invalid/pixel.png\"><b style=\"color:red\">fett</b></div></article></li></ul>";
    let attacks = [
        ("script", script.to_owned()),
        ("quotes", "\"><script>window.pwned=6</script>' onmouseover='window.pwned=7".to_owned()),
        ("turned", "\u{202e}\u{2067}dnefpok fua\u{202d}\u{2066}\u{202b}".to_owned()),
        ("tower", tower()),
        ("long", long()),
    ];
    for (number, (id, words)) in (1..).zip(attacks) {
        let attack = Post {
            title: Some(words.clone()),
            text: words.clone(),
            html: if id == "script" { words.clone() } else { format!("<p>{words}</p>") },
            author: Some(words.clone()),
            language: Some(words.chars().take(40).collect()),
            link: Some(if id == "script" {
                "javascript:window.pwned=8".to_owned()
            } else {
                format!("http://evil.invalid/{id}")
            }),
            ..post(id, &stage.id, "", NOON - number * 60_000)
        };
        wall.app.store.take_post(&attack, &[]).await.unwrap();
    }
    wall.app.store.take_post(&post("last", &stage.id, "Abend", NOON - 900_000), &[]).await.unwrap();
    (wall, owner)
}

/// A site whose policy names the widget's host and itself, and the wall on it.
async fn hostile_site(wall: &TestController, more: &str, body: &str) -> (Site, String) {
    let site = Site::new().await;
    site.put("/page.css", "text/css", STYLES);
    site.put("/page.js", "text/javascript", SCRIPTS);
    let host = &wall.url;
    let policy = format!(
        "default-src 'none'; script-src 'self' {host}; style-src 'self'; connect-src {host}; img-src {host} data:{more}"
    );
    let head = "<script src=\"/page.js\"></script><link rel=\"stylesheet\" href=\"/page.css\">";
    let page = site.page("/", &policy, head, &body.replace("{host}", host));
    (site, page)
}

/// What a script gives as JSON: what the page put into every object is no part of it.
async fn run_plainly(browser: &Browser, script: &str) -> Value {
    serde_json::from_str(browser.run(script).await.as_str().expect("JSON")).unwrap()
}

const SCRIPT: &str = "<script src=\"{host}/widget.js\" data-stage=\"stadt\" async></script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_page_and_hostile_posts_get_nowhere() {
    if !at_hand(Part::Browser) {
        return;
    }
    let (wall, owner) = hostile_wall().await;
    let (site, page) = hostile_site(&wall, "", SCRIPT).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&page).await;
    wait_for_cards(&browser, 6).await;

    let seen = run_plainly(
            &browser,
            "const wall = document.querySelector('litfass-wall'), root = wall.shadowRoot;
             const all = css => [...root.querySelectorAll(css)];
             const style = getComputedStyle(root.querySelector('.text')), box = wall.getBoundingClientRect();
             return JSON.stringify({
               display: getComputedStyle(wall).display, opacity: getComputedStyle(wall).opacity,
               shown: box.width > 900 && box.height > 300 && root.querySelector('article').checkVisibility(),
               font: style.fontSize, spacing: style.letterSpacing, caps: style.textTransform, mode: style.writingMode,
               pointer: style.pointerEvents, round: getComputedStyle(root.querySelector('article')).borderTopLeftRadius,
               strange: all('script, style, iframe, form, input, object, .text img, .text svg, [style], [onclick], [onerror], [onload]').length,
               bold: all('.text b').length,
               links: [...new Set(all('a').map(link => link.protocol + ' ' + link.rel + ' ' + link.target))].sort(),
               pwned: window.pwned ?? null, el: window.el,
               // What was never cleaned is refused where it is read, too.
               violations: window.violations.filter(one => !one.endsWith(' inline')).length });",
        )
        .await;
    assert_eq!(
        seen,
        json!({
            "display": "block", "opacity": "1", "shown": true, "font": "16px", "spacing": "normal", "caps": "none",
            "mode": "horizontal-tb", "pointer": "auto", "round": "14px", "strange": 0, "bold": 1,
            "links": ["http: noopener noreferrer _blank", "https: noopener noreferrer _blank"],
            "pwned": null, "el": "of the page", "violations": 0,
        })
    );

    let inside = run_plainly(
            &browser,
            "const articles = [...document.querySelector('litfass-wall').shadowRoot.querySelectorAll('article')];
             const boxes = articles.map(article => article.getBoundingClientRect());
             const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
             const words = articles.at(-1).querySelector('.title a').firstChild;
             const at = n => { const r = document.createRange(); r.setStart(words, n); r.setEnd(words, n + 1); return r.getBoundingClientRect().left; };
             return JSON.stringify({
               apart: boxes.every((a, i) => boxes.every((b, j) => i === j || apart(a, b))),
               tall: Math.max(...boxes.map(box => box.height)) < 700,
               clipped: articles.every(article => getComputedStyle(article).overflow === 'hidden'),
               order: at(0) < at(4) });",
        )
        .await;
    assert_eq!(inside, json!({ "apart": true, "tall": true, "clipped": true, "order": true }));

    browser.wear((320, 800), false).await;
    let narrow = browser.run("return [document.documentElement.scrollWidth, innerWidth]").await;
    assert_eq!(narrow[0], narrow[1], "no wider than a narrow window");
    browser.keep_picture("widget/hostile-320").await;

    // What the browser keeps: nothing, until its owner follows, and then that alone.
    let nothing = json!({ "cookies": "", "local": [], "session": [], "databases": [], "caches": [] });
    assert_eq!(kept(&browser).await, nothing);
    browser.run("document.querySelector('litfass-wall').shadowRoot.querySelector('.buttons button').click()").await;
    assert_eq!(kept(&browser).await["local"], json!(["litfass"]));
    let follow = run_plainly(&browser, "return localStorage.litfass").await;
    assert_eq!(follow, json!({ "follow": { (format!("{}/@stadt", wall.url)): "2026-05-04T11:59:00Z" } }));
    browser.run("document.querySelector('litfass-wall').shadowRoot.querySelector('.buttons button').click()").await;
    assert_eq!(run_plainly(&browser, "return localStorage.litfass").await, json!({ "follow": {} }));

    // A withdrawn post leaves the open page.
    owner.client.post(&owner.path("posts/last/hide"), &[]).await.expect(303);
    wait_for_cards(&browser, 5).await;
    assert!(!says(&browser).await.contains("Abend"));

    let own: BTreeSet<_> = [&site.url, &wall.url].map(|url| url.trim_start_matches("http://").to_owned()).into();
    assert_eq!(browser.hosts().await, own, "nobody else was asked");
    assert!(browser.cookie_names().await.is_empty());
    let mut complaints = browser.complaints().await;
    complaints
        .retain(|line| !line.contains("inline style violates") && !line.contains("inline event handler violates"));
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_policies_leave_the_words() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    with_posts(&wall, &["Freibad"]).await;
    let browser = Browser::new(&Looks::german()).await;
    for (more, strong) in [
        ("; require-trusted-types-for 'script'", 1),
        ("; require-trusted-types-for 'script'; trusted-types litfass", 1),
        ("; require-trusted-types-for 'script'; trusted-types 'none'", 0),
    ] {
        let (_site, page) = hostile_site(&wall, more, SCRIPT).await;
        browser.open(&page).await;
        wait_for_cards(&browser, 1).await;
        assert!(says(&browser).await.contains("Text zu Freibad"), "{more}");
        let count = browser
            .run("return document.querySelector('litfass-wall').shadowRoot.querySelectorAll('.text strong').length")
            .await;
        assert_eq!(count, strong, "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_walls_live_on_one_page() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    let (owner, stage) = with_posts(&wall, &["Freibad", "Rat"]).await;
    let both = "<script src=\"{host}/widget.js\" data-stage=\"stadt\" data-layout=\"list\" async></script>\
                <script src=\"{host}/widget.js\" data-stage=\"stadt\" data-layout=\"carousel\" data-language=\"en\" async></script>\
                <litfass-wall stage=\"stadt\" layout=\"masonry\" theme=\"dark\"><a href=\"/\">Aktuelles</a></litfass-wall>";
    let (_site, page) = hostile_site(&wall, "", both).await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&page).await;
    wait_for_cards(&browser, 2).await;

    let walls = "return [...document.querySelectorAll('litfass-wall')].map(wall => wall.shadowRoot.querySelector('.wall').className + ' '
        + wall.shadowRoot.querySelector('.wall').lang).sort()";
    assert_eq!(browser.run(walls).await, json!(["wall carousel en", "wall list de", "wall masonry de"]));
    let lines = browser.requests().await.iter().filter(|url| url.ends_with("/live")).count();
    assert_eq!(lines, 1, "one line, however many walls");

    // Attributes are changed by frameworks while the page is open.
    browser.run("document.querySelector('[layout=masonry]').setAttribute('layout', 'grid')").await;
    eventually("the other layout", || async {
        let walls = browser.run("return document.querySelector('[layout=grid]').shadowRoot.querySelector('.wall.grid article') !== null").await;
        walls.as_bool().unwrap().then_some(())
    })
    .await;
    wall.app.store.take_post(&post("new", &stage.id, "Ganz neu", NOON - 1), &[]).await.unwrap();
    owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
    eventually("what is new, and not what is gone", || async {
        let words = says(&browser).await;
        (words.contains("Ganz neu") && !words.contains("Rat")).then_some(())
    })
    .await;
    wait_for_cards(&browser, 2).await;
    // The stage's own element leaves with its line.
    browser.run("document.querySelectorAll('litfass-wall').forEach(wall => wall.remove())").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_runs_nothing_either() {
    if !at_hand(Part::Browser) {
        return;
    }
    let (wall, _) = hostile_wall().await;
    let browser = Browser::new(&Looks::german()).await;
    browser.open(&format!("{}/embed/@stadt", wall.url)).await;
    browser.find("article").await;
    assert_eq!(browser.run("return window.pwned ?? null").await, json!(null));
    let complaints = browser.complaints().await;
    for refused in ["img-src 'self'", "script-src 'self'", "style-src 'self'"] {
        assert!(complaints.iter().any(|line| line.contains(refused)), "what was never cleaned is refused: {refused}");
    }

    let site = Site::new().await;
    let frame = format!(
        "<iframe src=\"{}/embed/@stadt?post=slug-last\" sandbox=\"allow-popups\" title=\"x\" width=\"600\" height=\"400\"></iframe>",
        wall.url
    );
    browser.open(&site.page("/", "", "", &frame)).await;
    browser.client.enter_frame(0).await.unwrap();
    browser.wait_for_text("article", "Abend").await;
    let style = browser.run("return getComputedStyle(document.querySelector('article')).borderTopLeftRadius").await;
    assert_eq!(style, "14px", "style comes along into the sandbox");
}
