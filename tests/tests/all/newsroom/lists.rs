//! Lists, posts, archive: what the public reads, page by page.

use harness::{NOON, TestController};

use super::{DAY, between, post, read, with_posts};

#[tokio::test]
async fn posts_are_chosen_by_what_is_in_them() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Nur Worte"]).await;
        let film = controller::store::Post {
            facts: r#"{"tags":["x"],"media":["film"]}"#.to_owned(),
            ..post("film", &stage.id, "Ein Film", NOON - 5)
        };
        let tagged = controller::store::Post {
            facts: r#"{"tags":["\"media\":[\"film\""],"media":[]}"#.to_owned(),
            ..post("tagged", &stage.id, "Heißt nur so", NOON - 6)
        };
        for one in [film, tagged] {
            wall.app.store.take_post(&one, &[]).await.unwrap();
        }
        let nobody = wall.client();
        let titles = async |media: &str| {
            let page = read(&nobody, &format!("/@museum?part=posts{media}")).await;
            ["Nur Worte", "Ein Film", "Heißt nur so", "Mit Bild"].map(|title| page.contains(title))
        };
        assert!(read(&nobody, "/@museum").await.contains("media=films"), "there is a choice");
        assert!(!read(&nobody, "/@museum").await.contains("media=pictures"), "of what there is");

        crate::own_posts::write_with_picture(&owner, "Mit Bild").await;

        assert_eq!(titles("").await, [true, true, true, true]);
        assert_eq!(titles("&media=pictures").await, [false, false, false, true]);
        assert_eq!(titles("&media=films").await, [false, true, false, false]);
        assert_eq!(titles("&media=texts").await, [true, false, true, false]);
        let page = read(&nobody, "/@museum?media=pictures").await;
        assert!(page.contains("noindex") && page.contains("data-list=\"/@museum?media=pictures\""), "{page}");
        assert_eq!(nobody.get("/@museum?media=nothing").await.expect(303).location(), "/@museum");
    }
}

#[tokio::test]
async fn a_list_has_pages_that_meet_and_pinned_posts_stand_first() {
    let wall = TestController::new().await;
    let titles: Vec<_> = (0..60).map(|number| format!("Meldung {number:02}.")).collect();
    let (owner, _) = with_posts(&wall, "museum", &titles.iter().map(String::as_str).collect::<Vec<_>>()).await;
    owner.client.post(&owner.path("posts/p59/pin"), &[]).await.expect(303);
    let nobody = wall.client();

    let mut found = Vec::new();
    let mut path = "/@museum".to_owned();
    loop {
        let page = read(&nobody, &path).await;
        found.extend(page.split("<article").skip(1).map(|part| between(part, "Meldung ", ".").to_owned()));
        let Some((_, rest)) = page.split_once("class=\"older\" rel=\"next\" href=\"") else { break };
        path = rest.split('"').next().unwrap().to_owned();
        // The same page for the script, which also says where the next begins.
        let part = read(&nobody, &format!("{path}&part=posts")).await;
        assert!(part.contains("<article") && !part.contains("<html"));
    }

    let mut expected: Vec<_> = (0..59).map(|number| format!("{number:02}")).collect();
    expected.insert(0, "59".to_owned());
    assert_eq!(found, expected);
    assert!(read(&nobody, "/@museum").await.contains("Angeheftet"));
    assert_eq!(nobody.get("/@museum?before=nonsense").await.expect(303).location(), "/@museum");
}

#[tokio::test]
async fn the_archive_counts_months_as_clocks_of_the_stage_do() {
    for wall in TestController::on_each().await {
        // 2026-05-04; in Berlin it is two hours later than UTC.
        let (_, stage) = with_posts(&wall, "museum", &["Mai"]).await;
        let april = NOON - 3 * DAY - 12 * 3_600_000 - 2 * 3_600_000; // 30 April, 22:00 UTC: May in Berlin
        wall.app.store.take_post(&post("edge", &stage.id, "Gerade Mai", april), &[]).await.unwrap();
        wall.app.store.take_post(&post("before", &stage.id, "Noch April", april - 1), &[]).await.unwrap();
        let nobody = wall.client();

        let archive = read(&nobody, "/@museum/archive").await;
        let may = read(&nobody, "/@museum/archive/2026-05").await;
        let april = read(&nobody, "/@museum/archive/2026-04").await;

        assert!(archive.contains("Mai 2026<small>2 Beiträge") && archive.contains("April 2026<small>1 Beitrag"));
        assert!(may.contains("Gerade Mai") && !may.contains("Noch April") && may.contains("<h1 lang=\"de\">Mai 2026"));
        assert!(april.contains("Noch April") && !april.contains("Gerade Mai"));
        assert!(!read(&nobody, "/@museum/archive/1999-01").await.contains("<article"));
        for wrong in ["2026-13", "mai", "%2e%2e"] {
            nobody.get(&format!("/@museum/archive/{wrong}")).await.expect(404);
        }
    }
}

#[tokio::test]
async fn long_texts_are_cut_in_lists_and_whole_on_their_page() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &[]).await;
    let text = format!("{}Schlusswort", "Wort ".repeat(300));
    let long =
        controller::store::Post { html: format!("<p>{text}</p>"), text, ..post("long", &stage.id, "Lang", NOON) };
    wall.app.store.take_post(&long, &[]).await.unwrap();
    let nobody = wall.client();

    let list = read(&nobody, "/@museum").await;
    assert!(!list.contains("Schlusswort") && list.contains("Weiterlesen"), "{list}");
    assert!(read(&nobody, "/@museum/p/slug-long").await.contains("Schlusswort"));
}

#[tokio::test]
async fn a_post_says_where_its_links_lead_and_hands_itself_on_without_contacting_anybody() {
    let wall = TestController::new().await;
    with_posts(&wall, "museum", &["Eins & <zwei>"]).await;

    let page = read(&wall.client(), "/@museum/p/slug-p0").await;

    assert!(page.contains("führt zu social.example"), "{page}");
    for host in ["wa.me", "bsky.app", "facebook.com", "linkedin.com", "x.com"] {
        assert!(page.contains(&format!("führt zu {host}")), "{host}");
    }
    assert!(page.contains("mailto:?subject=Eins%20%26%20%3Czwei%3E&#38;body=http"), "{page}");
    assert!(!page.contains("<zwei>"), "{page}");
    for tag in page
        .split('<')
        .filter(|tag| ["img ", "script ", "link ", "iframe ", "source ", "use "].iter().any(|t| tag.starts_with(t)))
    {
        let asks = ["src=\"http", "href=\"http", "srcset=\"http"].iter().any(|text| tag.contains(text));
        assert!(!asks || tag.contains("canonical") || tag.contains("alternate"), "{tag}");
    }
}

#[tokio::test]
async fn a_language_in_the_address_wins_and_is_what_search_engines_are_told() {
    let wall = TestController::new().await;
    with_posts(&wall, "museum", &["Eins"]).await;
    let nobody = wall.client();

    let own = read(&nobody, "/@museum").await;
    let english = read(&nobody, "/@museum?lang=en").await;

    assert!(own.contains("<html lang=\"de\">") && english.contains("<html lang=\"en\">"));
    let url = &wall.url;
    for (page, canonical) in [(&own, format!("{url}/@museum")), (&english, format!("{url}/@museum?lang=en"))] {
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{canonical}: {page}");
        for (code, address) in [
            ("de", format!("{url}/@museum?lang=de")),
            ("en", format!("{url}/@museum?lang=en")),
            ("x-default", format!("{url}/@museum")),
        ] {
            assert!(page.contains(&format!("hreflang=\"{code}\" href=\"{address}\"")), "{code}");
        }
    }
    assert!(read(&nobody, "/@museum?lang=tlh").await.contains("<html lang=\"de\">"), "as if nothing had been said");
    // Whoever chose a language before keeps it, and the switch comes back to the page one is on.
    let page = read(&nobody, "/@museum/p/slug-p0").await;
    let switch = between(&page, "href=\"/language?to=en", "\"").replace("&#38;", "&");
    let back = nobody.get(&format!("/language?to=en{switch}")).await.expect(303);
    assert_eq!(back.location(), "/@museum/p/slug-p0");
    assert!(read(&nobody, back.location()).await.contains("<html lang=\"en\">"));
}
