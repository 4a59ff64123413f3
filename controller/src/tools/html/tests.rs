//! What becomes of strange HTML.

use url::Url;

use super::{Cleaned, Picture, RULES, bounds::LONGEST_HTML, clean};

fn cleaned(html: &str) -> Cleaned {
    clean(html, Url::parse("https://museum.example/blog/post").ok().as_ref(), 10_000)
}

#[test]
fn paragraphs_lists_and_breaks_become_lines() {
    let result = cleaned("<h2>Neu</h2><p>Ab  Sonntag,\n 10&nbsp;Uhr.<br>Eintritt frei</p><ul><li>A<li>B</ul>");

    assert_eq!(result.text, "Neu\n\nAb Sonntag, 10\u{a0}Uhr.\nEintritt frei\n\n• A\n• B");
    assert_eq!(
        result.html,
        "<h2>Neu</h2><p>Ab  Sonntag,\n 10&nbsp;Uhr.<br>Eintritt frei</p><ul><li>A</li><li>B</li></ul>"
    );
}

#[test]
fn pictures_leave_the_html() {
    let result = cleaned(
        "<p>x<img src='/a.jpg' alt='Ein &quot;Bild&quot;' width=640 height='480px'><img src=//t.example/p.gif width=1 height=1>\
         <img src='data:image/gif;base64,AAAA' data-src='b.png'></p>",
    );

    assert_eq!(result.html, "<p>x</p>");
    assert_eq!(
        result.pictures,
        [
            Picture {
                url: "https://museum.example/a.jpg".into(),
                alt: Some("Ein \"Bild\"".into()),
                width: Some(640),
                height: Some(480)
            },
            Picture { url: "https://museum.example/blog/b.png".into(), alt: None, width: None, height: None },
        ]
    );
}

#[test]
fn emoji_pictures_become_emoji() {
    let result =
        cleaned("Hallo <img src='https://s.w.org/images/core/emoji/15/72x72/1f600.png' alt='😀' class=wp-smiley>!");
    assert_eq!((result.text.as_str(), result.html.as_str()), ("Hallo 😀!", "Hallo 😀!"));
}

#[test]
fn nothing_that_acts_survives() {
    let payloads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>'>x</a>",
        "<iframe src='//evil'></iframe>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<form action=//evil><input></form>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src onerror=alert(1)>'>",
        "<a href='vbscript:x'>x</a>",
        "<base href='//evil'>",
        "<meta http-equiv=refresh content='0;url=//evil'>",
        "<a href='https://ok.example/\" onmouseover=\"alert(1)'>x</a>",
        "<b title='\"><script>alert(1)</script>'>x</b>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<object data=//evil></object>",
        "<p id=x class=y name=z>x</p>",
    ];
    for payload in payloads {
        let html = cleaned(payload).html;
        let parsed = RULES.clean(&html).to_string();
        assert_eq!(parsed, html, "stays as it is when cleaned again");
        for bad in [
            "<script",
            "<img",
            "<svg",
            "<iframe",
            "<style",
            "style=",
            "<form",
            "javascript:",
            "vbscript:",
            "data:",
            "id=",
            "class=",
        ] {
            assert!(!html.to_lowercase().contains(bad), "{payload} gave {html}");
        }
        let tags: Vec<_> = html.split('<').skip(1).filter_map(|t| t.split('>').next()).collect();
        let outside: String = tags.join(" ").split('"').step_by(2).collect();
        assert!(!outside.contains(" on"), "{payload} gave {html}");
    }
}

#[test]
fn links_are_complete_and_say_that_they_are_not_ours() {
    assert_eq!(
        cleaned("<a href='../x?a=1&b=2'>x</a> <a href='mailto:info@museum.example'>m</a> <a href='tel:1'>t</a>").html,
        "<a href=\"https://museum.example/x?a=1&amp;b=2\" rel=\"noopener nofollow ugc\">x</a> \
         <a href=\"mailto:info@museum.example\" rel=\"noopener nofollow ugc\">m</a> t"
    );
}

#[test]
fn marks_cannot_eat_a_tag() {
    let html = cleaned("<b>\u{338}x</b>\u{338}<i>y</i>").html;
    assert_eq!(RULES.clean(&html).to_string(), html);
    assert!(html.contains("<b>") && html.contains("</b>"), "{html}");
}

#[test]
fn plain_text_keeps_its_lines() {
    let result = cleaned("Zeile 1\nZeile 2\n\n1 < 2 & 3 > 2");
    assert_eq!(result.text, "Zeile 1\nZeile 2\n\n1 < 2 & 3 > 2");
    assert_eq!(result.html, "<p>Zeile 1<br>Zeile 2</p><p>1 &lt; 2 &amp; 3 &gt; 2</p>");
}

#[test]
fn deep_and_long_html_ends_soon() {
    for tag in [
        "<div>",
        "<b>",
        "<a href=x>",
        "<table><tr><td>",
        "<p><b><i>",
        "</p>",
        "<ul><li>",
        "<svg>",
        "&",
        "<!--",
        "<b a='",
    ] {
        let started = std::time::Instant::now();
        cleaned(&tag.repeat(LONGEST_HTML / tag.len() + 10));
        assert!(started.elapsed().as_secs() < 5, "{tag} took {:?}", started.elapsed());
    }

    for unit in [
        "<div></x>",
        "<div><b title=N></div>",
        "<p><b title=N></p>",
        "<b title=N><p></b>",
        "<i title=N></b>",
        "<table><b title=N></table>",
        "<ul><li><b title=N></ul>",
    ] {
        let started = std::time::Instant::now();
        let long: String = (0..LONGEST_HTML / unit.len()).map(|n| unit.replace('N', &n.to_string())).collect();
        cleaned(&long);
        assert!(started.elapsed().as_secs() < 5, "{unit} took {:?}", started.elapsed());
    }

    let picture = format!("<p>a</p><img src='data:image/png;base64,{}'><p>b</p>", "QUJD".repeat(500_000));
    assert_eq!(cleaned(&picture).text, "a\n\nb");
}

#[test]
fn shortened_addresses_are_read_as_they_are_meant() {
    let html = "<p>Mehr: <a href=\"https://www.stadt.example/a/long/way\"><span class=\"invisible\">https://www.</span>\
        <span class=\"ellipsis\">stadt.example/a/</span><span class=\"invisible\">long<b>/</b><img src='https://x.example/p.png'>way\
        </span></a> <span class=\"other\">heute</span></p>";

    let cleaned = clean(html, None, 1000);

    assert_eq!(cleaned.text, "Mehr: stadt.example/a/… heute");
    assert!(
        !cleaned.html.contains("class") && cleaned.html.contains("<span>stadt.example/a/…</span></a>"),
        "{}",
        cleaned.html
    );
    assert!(cleaned.pictures.is_empty());
}
