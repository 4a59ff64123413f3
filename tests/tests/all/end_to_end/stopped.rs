//! An emergency stop with the real programs: from the click to the last face, two screens among them.

use std::time::Duration;

use harness::{Display, FeedServer, Kiosk, Owner, Post, eventually};

use super::{A_SECOND, controller_for, holds, now, on_glass, on_main, post_id};

/// Words that only the bad post says.
const CANARY: &str = "Kauft Muenzen bei Kapitaen Krake";

#[tokio::test(flavor = "multi_thread")]
async fn the_emergency_stop_reaches_the_last_face_within_a_second() {
    let feed = FeedServer::new().await;
    feed.serve_picture("/coins.png", 640, 480, [200, 160, 20]);
    let controller = controller_for(&feed).await;
    let owner = Owner::new(controller.client(), "notfall").await;
    owner.link(&feed.url()).await;
    feed.append(Post::new("1", "Gekapert", &format!("<p>{CANARY}</p>")).with_picture("/coins.png"));
    owner.newsroom_says("Gekapert").await;
    let displays = [Display::new(640, 360), Display::new(640, 360)];
    let mut kiosks = Vec::new();
    for (display, name) in displays.iter().zip(["Foyer", "Keller"]) {
        kiosks.push(Kiosk::on(display, &controller.url()));
        owner.pair(&controller, name).await;
    }
    let post = post_id(&controller, "Gekapert").await;
    for kiosk in &kiosks {
        on_glass(kiosk, &post).await;
    }
    let taken = async || controller.find_text("select min(picture_at) from screens").await?.parse::<i64>().ok();
    eventually("pictures of both screens", async || taken().await.filter(|at| *at > 0)).await;
    let slug = controller.find_text("select slug from posts").await.unwrap();
    let file = controller.find_text("select sha256 from renditions order by width desc").await.unwrap();
    let places = [
        "/@notfall".to_owned(),
        format!("/@notfall/p/{slug}"),
        "/@notfall/feed.atom".to_owned(),
        "/@notfall/feed.rss".to_owned(),
        "/@notfall/feed.json".to_owned(),
        "/embed/@notfall".to_owned(),
        "/api/v1/stages/notfall/posts".to_owned(),
        format!("/media/{file}"),
    ];
    let nobody = controller.client();
    // Everything is kept in memory before it is taken away.
    for place in &places {
        nobody.get(place).await.expect(200);
    }
    assert!(kiosks.iter().all(|kiosk| holds(kiosk.data(), CANARY.as_bytes())), "in the cache");

    let clicked = now();
    owner.client.post(&owner.path("stop"), &[("take", "since"), ("since", "2000-01-01T00:00")]).await.expect(303);
    for place in &places {
        let answer = nobody.get(place).await;
        assert!(answer.status == 404 || !answer.text().contains("Gekapert"), "{place}: {}", answer.status);
    }
    let pages = now() - clicked;
    eventually("no screen shows it", || async {
        let shows = |kiosk: &Kiosk| on_main(kiosk).is_some_and(|(entry, _)| entry == format!("post-{post}"));
        (!kiosks.iter().any(shows)).then_some(())
    })
    .await;
    let glass = now() - clicked;
    eventually("no kiosk keeps it", || async {
        (!kiosks.iter().any(|kiosk| holds(kiosk.data(), CANARY.as_bytes()))).then_some(())
    })
    .await;
    let caches = now() - clicked;
    println!(
        "emergency stop: off all pages after {pages} ms, off both screens after {glass} ms, out of their caches after {caches} ms"
    );
    assert!(pages.max(glass).max(caches) <= A_SECOND, "{pages} ms, {glass} ms, {caches} ms");

    // What comes meanwhile goes nowhere.
    feed.append(Post::new("2", "Noch eine Kaperung", "<p>Wartet.</p>"));
    post_id(&controller, "Noch eine Kaperung").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!owner.newsroom().await.contains("Noch eine Kaperung"));
    owner.client.post(&owner.path("stop/release"), &[]).await.expect(303);
    for kiosk in &kiosks {
        on_glass(kiosk, &post).await;
    }
    for kiosk in &mut kiosks {
        assert!(kiosk.terminate().success(), "{}", kiosk.log());
    }
}
