//! Own posts as whole requests, with a clock that the test moves.

use controller::store::PostState;
use harness::{NOON, Owner, TestController};

use super::{between, edit, id_of, is_public, permalink, photo, send, send_with, value, write};

/// Berlin's clocks at [`NOON`] say 14:00.
const AN_HOUR_LATER: &str = "2026-05-04T15:00";
const TWO_HOURS_LATER: &str = "2026-05-04T16:00";
const HOUR: i64 = 3_600;

#[tokio::test]
async fn a_post_is_written_read_edited_and_deleted() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let fields =
            [("title", "Sommerfest"), ("text", "Ab drei.\r\n\r\nMit Musik. #Fest"), ("link", "museum.example/fest")];
        let sent = send_with(&owner, "posts/new", &fields, ("fest.jpg", photo(1))).await.expect(303);
        let id = id_of(&sent);

        let room = owner.newsroom().await;
        for words in ["Sommerfest", "<p>Ab drei.</p><p>Mit Musik. #Fest</p>", "class=\"author\" dir=\"auto\">museum<"] {
            assert!(room.contains(words), "{words} in {room}");
        }
        let link = permalink(&wall, &owner, &id).await;
        let page = owner.client.get(&link).await.expect(200).text();
        assert!(page.contains("href=\"https://museum.example/fest\"") && page.contains("Mehr dazu"), "{page}");
        let file = format!("/media/{}", between(&page, "src=\"/media/", "\""));
        owner.client.get(&file).await.expect(200);

        // Another headline, and words for the picture: the address stays.
        let form = owner.client.get(&owner.path(&format!("posts/{id}/edit"))).await.expect(200).text();
        let media = between(&form, "name=\"pictures_alt_", "\"");
        let alt = format!("pictures_alt_{media}");
        let fields = [("title", "Herbstfest"), ("pictures", media), (alt.as_str(), "Ein Zelt am Kai")];
        edit(&owner, &id, &fields).await.expect(303);
        let page = owner.client.get(&link).await.expect(200).text();
        assert!(page.contains("Herbstfest") && page.contains("alt=\"Ein Zelt am Kai\""), "{page}");
        assert!(page.contains("Ab drei."), "what was not touched stays");

        // Without its picture: nobody gets that any more.
        edit(&owner, &id, &[]).await.expect(303);
        owner.client.get(&file).await.expect(404);
        let sure = owner.client.get(&owner.path(&format!("posts/{id}/delete"))).await.expect(200).text();
        assert!(sure.contains("Herbstfest"));
        owner.client.post(&owner.path(&format!("posts/{id}/delete")), &[]).await.expect(303);
        owner.client.get(&link).await.expect(404);
        owner.client.get(&owner.path(&format!("posts/{id}/edit"))).await.expect(404);
        assert!(!is_public(&owner, "Herbstfest").await);
    }
}

#[tokio::test]
async fn a_post_appears_and_disappears_to_the_millisecond() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let times = [("text", "Nur heute"), ("publish", AN_HOUR_LATER), ("until", TWO_HOURS_LATER)];
        let id = id_of(&send_with(&owner, "posts/new", &times, ("a.jpg", photo(2))).await.expect(303));
        let link = permalink(&wall, &owner, &id).await;
        let desk = async || owner.client.get(&owner.path("posts")).await.expect(200).text();
        let page = desk().await;
        assert!(page.contains("Geplant für den 4. Mai 2026, 15:00 Uhr") && page.contains("bis 4. Mai 2026, 16:00 Uhr"));
        let own = format!("/dashboard/media/{}", between(&page, "/dashboard/media/", "\""));
        let file = own.replace("/dashboard", "");
        owner.client.get(&own).await.expect(200);

        for (now, is_out) in [
            (NOON, false),
            (NOON + HOUR * 1_000 - 1, false),
            (NOON + HOUR * 1_000, true),
            (NOON + 2 * HOUR * 1_000 - 1, true),
            (NOON + 2 * HOUR * 1_000, false),
        ] {
            wall.app.clock.set(now);
            let status = if is_out { 200 } else { 404 };
            assert_eq!(is_public(&owner, "Nur heute").await, is_out, "at {now}");
            owner.client.get(&link).await.expect(status);
            owner.client.get(&file).await.expect(status);
        }
        assert!(desk().await.contains("Abgelaufen am 4. Mai 2026, 16:00 Uhr"));
        owner.client.post(&owner.path(&format!("posts/{id}/show")), &[]).await.expect(303);
        assert!(is_public(&owner, "Nur heute").await, "shown again, without an end");
    }
}

#[tokio::test]
async fn a_draft_is_for_its_house_only_and_then_for_all() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let id = id_of(&send(&owner, "posts/new", &[("text", "Noch nicht"), ("what", "draft")]).await.expect(303));
    let link = permalink(&wall, &owner, &id).await;
    assert!(!is_public(&owner, "Noch nicht").await);
    owner.client.get(&link).await.expect(404);
    let desk = owner.client.get(&owner.path("posts?filter=waiting")).await.expect(200).text();
    assert!(desk.contains("Entwurf") && desk.contains("Noch nicht"));

    wall.wait_secs(HOUR);
    edit(&owner, &id, &[("text", "Jetzt doch")]).await.expect(303);
    assert!(is_public(&owner, "Jetzt doch").await);
    let post = wall.app.store.find_post(&owner.stage_id, &id).await.unwrap().unwrap();
    assert_eq!((post.published_at, post.state(post.published_at)), (NOON + HOUR * 1_000, PostState::Shown));

    // A minute later the words change, and the day stays.
    wall.wait_secs(61);
    edit(&owner, &id, &[("text", "Jetzt doch!")]).await.expect(303);
    let again = wall.app.store.find_post(&owner.stage_id, &id).await.unwrap().unwrap();
    assert_eq!((again.published_at, again.text.as_str()), (post.published_at, "Jetzt doch!"));
}

#[tokio::test]
async fn a_picture_alone_is_a_post_once_somebody_says_what_is_to_be_seen() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let page = send_with(&owner, "posts/new", &[], ("a.jpg", photo(4))).await.expect(422).text();
    assert!(page.contains("was zu sehen ist, oder schreiben Sie"), "{page}");
    // The picture is there already, and so is the place for its words.
    let media = between(&page, "name=\"pictures_alt_", "\"");

    let alt = format!("pictures_alt_{media}");
    let id = write(&owner, &[("pictures", media), (alt.as_str(), "Ein Kran im Nebel")]).await;

    let link = permalink(&wall, &owner, &id).await;
    assert!(link.contains("/p/ein-kran-im-nebel-"), "{link}");
    let page = owner.client.get(&link).await.expect(200).text();
    assert!(page.contains("<title>Ein Kran im Nebel – museum</title>"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_nothing_is_lost() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let refused = async |fields: &[(&str, &str)], words: &str| {
        let page = send(&owner, "posts/new", fields).await.expect(422).text();
        assert!(page.contains(words), "{words} in {page}");
        page
    };

    refused(&[("text", "  ")], "Bitte schreiben Sie etwas").await;
    let long = "ä".repeat(10_001);
    let page = refused(&[("title", "Bleibt"), ("text", &long)], "höchstens 10.000 Zeichen").await;
    assert!(page.contains(&long) && value(&page, "title") == "Bleibt", "what was typed is still there");
    refused(&[("title", &"x".repeat(201)), ("text", "x")], "höchstens 200 Zeichen").await;
    let page = refused(&[("text", "x"), ("link", "javascript:alert(1)")], "keine Webadresse").await;
    assert_eq!(value(&page, "link"), "javascript:alert(1)");
    let order = [("text", "x"), ("publish", TWO_HOURS_LATER), ("until", AN_HOUR_LATER)];
    let page = refused(&order, "verschwinden, bevor er erscheint").await;
    assert_eq!((value(&page, "publish"), value(&page, "until")), (TWO_HOURS_LATER.into(), AN_HOUR_LATER.into()));
    let page = send_with(&owner, "posts/new", &[("text", "Mit Text")], ("a.jpg", b"no picture".to_vec())).await;
    let page = page.expect(422).text();
    assert!(page.contains("kein Bild, das wir zeigen können") && page.contains("Mit Text"), "{page}");
    assert!(wall.app.store.count_posts(&owner.stage_id, NOON).await.unwrap().all() == 0, "nothing was kept");

    let id = write(&owner, &[("text", "Gestern?"), ("publish", "2026-05-03T10:00")]).await;
    let post = wall.app.store.find_post(&owner.stage_id, &id).await.unwrap().unwrap();
    assert_eq!(post.published_at, NOON, "what should have appeared yesterday appears now");
}

#[tokio::test]
async fn hostile_words_do_nothing() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let zalgo = format!("Z{}algo", "\u{300}\u{338}".repeat(60));
    let texts = [
        "<script>alert(1)</script><img src=x onerror=alert(2)>".to_owned(),
        zalgo,
        "سلام \u{202e}drow\u{202c} عليكم".to_owned(),
        "wörter ".repeat(1_428),
    ];
    for text in &texts {
        let title = text.chars().take(200).collect::<String>();
        let id = write(&owner, &[("title", &title), ("text", text)]).await;
        let link = permalink(&wall, &owner, &id).await;
        for path in [link, owner.path("posts"), owner.path(&format!("posts/{id}/edit")), format!("/@{}", owner.handle)]
        {
            let page = owner.client.get(&path).await.expect(200).text();
            assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
            assert!(!page.contains('\u{202e}') && !page.contains(&"\u{300}\u{338}".repeat(3)), "{path}");
        }
    }
}

#[tokio::test]
async fn who_saves_second_is_told_and_loses_nothing() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let id = write(&owner, &[("text", "Erste Fassung")]).await;
    let leaf = format!("posts/{id}/edit");
    let seen = value(&owner.client.get(&owner.path(&leaf)).await.expect(200).text(), "seen");
    send(&owner, &leaf, &[("seen", &seen), ("text", "Die der anderen")]).await.expect(303);

    let told = send(&owner, &leaf, &[("seen", &seen), ("text", "Meine Fassung")]).await.expect(409).text();

    assert!(told.contains("Jemand anders") && told.contains("Meine Fassung"));
    assert!(is_public(&owner, "Die der anderen").await);
    let seen = value(&told, "seen");
    send(&owner, &leaf, &[("seen", &seen), ("text", "Meine Fassung")]).await.expect(303);
    assert!(is_public(&owner, "Meine Fassung").await, "whoever insists is heard");
}

#[tokio::test]
async fn rules_sort_own_posts_and_people_have_the_last_word() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let rule = |name: &'static str, is: &'static str, text: &'static str| {
            [("name", name), ("at", "0.any"), ("is", is), ("text", text), ("what", "save")]
        };
        owner.client.post(&owner.path("topics"), &rule("Musik", "words", "Konzert")).await.expect(303);
        owner.client.post(&owner.path("topics"), &rule("Eigenes", "network:own", "")).await.expect(303);
        owner.client.post(&owner.path("topics"), &rule("Kinder", "tag", "kinder")).await.expect(303);
        let page = owner.client.get(&owner.path("posts/new")).await.expect(200).text();
        let kids = page.split("name=\"topic\" value=\"").nth(3).unwrap().split('"').next().unwrap().to_owned();

        let id = write(&owner, &[("text", "Ein Konzert für alle"), ("topic", &kids)]).await;

        let of_topic = async |slug: &str| {
            owner.client.get(&format!("/@museum/topics/{slug}")).await.expect(200).text().contains("Ein Konzert")
        };
        for slug in ["musik", "eigenes", "kinder"] {
            assert!(of_topic(slug).await, "{slug}");
        }
        // Whoever began before it was put there says nothing about it.
        edit(&owner, &id, &[("text", "Ein Konzert für alle Kinder")]).await.expect(303);
        assert!(of_topic("kinder").await);
        let taken = [("text", "Ein Konzertchen, nein: ein Konz"), ("topic_held", kids.as_str())];
        edit(&owner, &id, &taken).await.expect(303);
        assert!(!of_topic("musik").await && !of_topic("kinder").await, "neither by rule nor by hand");
        assert!(owner.client.get("/@museum/topics/eigenes").await.expect(200).text().contains("Konzertchen"));
    }
}

#[tokio::test]
async fn a_pinned_post_stands_first() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let old = write(&owner, &[("text", "Der alte")]).await;
    wall.wait_secs(60);
    write(&owner, &[("text", "Der neue")]).await;
    let first = async || {
        let room = owner.newsroom().await;
        room.find("Der alte").unwrap() < room.find("Der neue").unwrap()
    };
    assert!(!first().await);

    owner.client.post(&owner.path(&format!("posts/{old}/pin")), &[]).await.expect(303);
    assert!(first().await && owner.client.get(&owner.path("posts")).await.text().contains("Angeheftet"));
    owner.client.post(&owner.path(&format!("posts/{old}/unpin")), &[]).await.expect(303);
    assert!(!first().await);
    owner.client.post(&owner.path("posts/nobody/pin"), &[]).await.expect(404);
}
