//! What arrives of a post: harmless words, pictures within the policy, their descriptions.

use harness::networks::FakePost;

use super::{House, ROWS};

const HOSTILE: &str = "<p>Hallo<script>alert(1)</script> <a href=\"javascript:alert(2)\" onclick=\"alert(3)\">Welt</a>\
                       <img src=x onerror=alert(4)><iframe src=\"https://evil.example\"></iframe></p>";

/// Tags of a page of HTML: what stands between `<` and `>`.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect()
}

#[tokio::test]
async fn hostile_words_are_cleaned() {
    for row in ROWS {
        let hostile = FakePost::new(1, if row.html { "Hallo Welt" } else { HOSTILE }).with_html(HOSTILE);
        let house = House::linked(row, vec![hostile]).await;

        let posts = house.posts().await;

        assert_eq!(posts.len(), 1, "{}", row.title);
        let bad: Vec<_> = tags(&posts[0].html)
            .into_iter()
            .filter(|tag| ["script", "img", "iframe", "javascript:", " on"].iter().any(|bad| tag.contains(bad)))
            .collect();
        assert!(bad.is_empty(), "{}: {bad:?}", row.title);
        let words = posts[0].title.as_deref().unwrap_or(&posts[0].text);
        if row.html {
            assert_eq!(words, "Hallo Welt", "{}", row.title);
        } else {
            assert!(
                words.contains("Hallo<script>alert(1)</script>"),
                "{}: plain text stays as it is: {words}",
                row.title
            );
        }
        let page = house.owner.newsroom().await;
        assert!(page.contains("Hallo"), "{}", row.title);
        for tag in tags(&page) {
            // In attributes the words may stand, with their quotation marks escaped.
            let bad = ["\"javascript:", "onclick=\""].iter().any(|bad| tag.contains(bad));
            let odd = tag == "script" || tag.starts_with("img src=x") || tag.starts_with("iframe");
            assert!(!bad && !odd, "{}: <{tag}> in {page}", row.title);
        }
    }
}

#[tokio::test]
async fn pictures_come_with_their_descriptions_as_far_as_the_policy_goes() {
    const PICTURES: &[(&str, &str)] =
        &[("/media/a.png", "Stände"), ("/media/b.png", "Ein Karussell"), ("/media/c.png", "\"Glühwein\" & <Punsch>")];
    for row in ROWS {
        let house = House::linked(row, vec![FakePost::new(1, "Markt").with_pictures(PICTURES)]).await;

        let alts = house.alts().await;

        let expected = PICTURES[..row.pictures].iter().map(|(_, alt)| if row.alts { *alt } else { "" });
        assert_eq!(alts, expected.collect::<Vec<_>>(), "{}", row.title);
        assert!(house.owner.newsroom().await.contains("/media/"), "{}", row.title);
    }
}

#[tokio::test]
async fn a_token_goes_into_the_header_and_is_shown_to_nobody() {
    for row in ROWS.iter().filter(|row| !row.token.is_empty()) {
        let house = House::linked(row, vec![FakePost::new(1, "Markt")]).await;

        let page = house.owner.client.get(&house.owner.path("sources")).await.expect(200).text();

        assert!(!page.contains(row.token), "{}", row.title);
        let asked = house.fake.asked();
        let api: Vec<_> = asked.iter().filter(|asked| asked.path.starts_with("/api/")).collect();
        assert!(!api.is_empty() && api.iter().all(|asked| asked.token == row.token), "{}", row.title);
        assert!(asked.iter().all(|asked| !format!("{:?}", asked.query).contains(row.token)), "{}", row.title);
        assert!(asked.iter().all(|asked| asked.agent.starts_with("Litfass/")), "{}", row.title);
        let source = house.source().await;
        assert!(source.credential.is_some_and(|sealed| !String::from_utf8_lossy(&sealed).contains(row.token)));
    }
}
