//! The emergency stop, as whole requests: what it takes leaves every face, and comes back.

use std::time::{Duration, Instant};

use controller::{features::programmes, store::PostState};
use harness::{FeedServer, Owner, Post, TestController, TestScreen, within};
use reqwest::Method;
use shared::envelope::Envelope;

use super::{following, post, state, visit, walls};
use crate::own_posts::write;

/// Everything that strangers and screens may ask for about a picture and a word.
struct Faces {
    file: String,
    permalink: String,
    screen: TestScreen,
}

impl Faces {
    async fn of(wall: &TestController, owner: &Owner, title: &str) -> Self {
        let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
        let post = post(wall, &stage, title).await;
        let pictures = wall.app.store.list_post_pictures(&stage.id, std::slice::from_ref(&post.id)).await.unwrap();
        let ids: Vec<_> = pictures.iter().map(|picture| picture.media_id.clone()).collect();
        let media = wall.app.store.list_media(&stage.account_id, &ids).await.unwrap();
        let screen = TestScreen::new(wall, 1);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        Self {
            file: format!("/media/{}", media[&ids[0]].renditions[0].sha256),
            permalink: format!("/@{}/p/{}", owner.handle, post.slug),
            screen,
        }
    }

    /// Whether each face has it: newsroom, list, permalink, file, programme, JSON.
    async fn seen(&self, wall: &TestController, owner: &Owner, title: &str) -> [bool; 6] {
        programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
        let nobody = wall.client();
        let programme = self.screen.get("/screens/v1/programme").await.expect(200);
        let document = serde_json::from_slice::<Envelope>(&programme.bytes).unwrap().document;
        [
            owner.newsroom().await.contains(title),
            nobody.get(&format!("/@{}?part=posts", owner.handle)).await.text().contains(title),
            nobody.get(&self.permalink).await.status == 200,
            nobody.get(&self.file).await.status == 200,
            document.contains(title),
            nobody.get(&format!("/api/v1/stages/{}/posts", owner.handle)).await.expect(200).text().contains(title),
        ]
    }
}

#[tokio::test]
async fn what_is_taken_leaves_every_face_and_comes_back_with_one_click() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        feed.serve_picture("/boat.png", 320, 200, [200, 90, 40]);
        feed.append(Post::new("1", "Gekapert", "<p>Kauft Münzen!</p>").with_picture("/boat.png"));
        let (owner, stage) = following(&wall, &feed).await;
        visit(&wall).await;
        write(&owner, &[("text", "Selbst geschrieben")]).await;
        let faces = Faces::of(&wall, &owner, "Gekapert").await;
        faces.screen.send(Method::POST, "/screens/v1/report", "image/jpeg", super::photo()).await.expect(204);
        assert_eq!(faces.seen(&wall, &owner, "Gekapert").await, [true; 6], "{:?}", faces.permalink);
        let page = owner.client.get(&owner.path("stop")).await.expect(200).text();
        assert!(page.contains("Notbremse ziehen") && !page.contains("class=\"stop-sign\""), "{page}");

        let since = [("take", "since"), ("since", "2026-05-04T00:00")];
        let done = owner.client.post(&owner.path("stop"), &since).await.expect(303);
        assert!(done.location().ends_with("done=stop_pulled"), "{}", done.location());

        assert_eq!(faces.seen(&wall, &owner, "Gekapert").await, [false; 6]);
        assert!(owner.newsroom().await.contains("Selbst geschrieben"), "only imports are taken");
        assert!(wall.app.store.list_screens_with_picture().await.unwrap().is_empty(), "pictures of screens are gone");
        for leaf in ["posts", "topics", "rules", "sources", "media", "programmes", "screens", "look", "stop"] {
            let page = owner.client.get(&owner.path(leaf)).await.expect(200).text();
            assert!(page.contains("Die Notbremse ist gezogen.") && page.contains("/stop/release"), "{leaf}");
        }
        let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert!(desk.contains("Von der Notbremse angehalten"), "{desk}");

        let done = owner.client.post(&owner.path("stop/release"), &[]).await.expect(303);
        assert!(done.location().ends_with("done=stop_released"), "{}", done.location());
        assert_eq!(faces.seen(&wall, &owner, "Gekapert").await, [true; 6]);
        assert_eq!(state(&wall, &stage, "Gekapert").await, PostState::Shown);
        let page = owner.client.get(&owner.path("posts")).await.expect(200).text();
        assert!(!page.contains("stop-sign"), "{page}");
    }
}

#[tokio::test]
async fn what_comes_meanwhile_waits_and_what_was_hidden_otherwise_stays_hidden() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        for (id, title) in [("1", "Verborgen"), ("2", "Genommen"), ("3", "Geändert")] {
            feed.append(Post::new(id, title, "<p>x</p>"));
        }
        let (owner, stage) = following(&wall, &feed).await;
        visit(&wall).await;
        let hide = async |title: &str, verb: &str| {
            let id = post(&wall, &stage, title).await.id;
            owner.client.post(&owner.path(&format!("posts/{id}/{verb}")), &[]).await.expect(303);
        };
        hide("Verborgen", "hide").await;

        owner.client.post(&owner.path("stop"), &[("take", "nothing")]).await.expect(303);
        assert!(owner.newsroom().await.contains("Genommen"), "nothing was to be taken");
        feed.append(Post::new("4", "Danach", "<p>neu</p>"));
        feed.edit("3", |post| post.html = "<p>heimlich</p>".into());
        visit(&wall).await;
        assert_eq!(state(&wall, &stage, "Danach").await, PostState::Waiting);
        assert_eq!(state(&wall, &stage, "Geändert").await, PostState::Stopped, "an edit is held, too");
        assert!(!owner.newsroom().await.contains("heimlich"));
        let source = wall.app.store.list_sources(&stage.id).await.unwrap().remove(0).id;
        owner.client.post(&owner.path("stop"), &[("take", "source"), ("source", &source)]).await.expect(303);
        let page = owner.client.get(&owner.path("stop")).await.expect(200).text();
        assert!(page.contains("Sie hat 2 Beiträge herausgenommen") && page.contains("Ein neuer Beitrag kam"), "{page}");
        // Shown by hand while it is on: that counts.
        hide("Danach", "show").await;
        assert!(owner.newsroom().await.contains("Danach"));
        hide("Danach", "hide").await;

        owner.client.post(&owner.path("stop/release"), &[]).await.expect(303);

        let newsroom = owner.newsroom().await;
        assert!(newsroom.contains("Genommen") && newsroom.contains("heimlich"), "{newsroom}");
        assert!(!newsroom.contains("Verborgen") && !newsroom.contains("Danach"), "{newsroom}");
        owner.client.post(&owner.path("stop"), &[("take", "nothing")]).await.expect(303);
        feed.append(Post::new("5", "Zuletzt", "<p>neu</p>"));
        visit(&wall).await;
        owner.client.post(&owner.path("stop/release"), &[("came", "true")]).await.expect(303);
        assert!(owner.newsroom().await.contains("Zuletzt"), "where somebody wants that");
    }
}

#[tokio::test]
async fn a_form_that_makes_no_sense_takes_nothing() {
    for wall in walls().await {
        let feed = FeedServer::new().await;
        let (owner, _) = following(&wall, &feed).await;
        for fields in [[("take", "since"), ("since", "gestern")], [("take", "source"), ("source", "nobody")]] {
            owner.client.post(&owner.path("stop"), &fields).await.expect(422);
        }
        assert!(wall.app.store.find_stop(&owner.stage_id).await.unwrap().is_none());
        owner.client.post(&owner.path("stop/release"), &[]).await.expect(303);
    }
}

#[tokio::test]
async fn open_pages_and_screens_are_told_within_a_second() {
    for wall in walls().await {
        controller::jobs::start(&wall.app);
        let feed = FeedServer::new().await;
        feed.append(Post::new("1", "Gekapert", "<p>x</p>"));
        let (owner, _) = following(&wall, &feed).await;
        owner.newsroom_says("Gekapert").await;
        let screen = TestScreen::new(&wall, 1);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        let has = async |word: &str| {
            let answer = screen.get("/screens/v1/programme").await.expect(200);
            serde_json::from_slice::<Envelope>(&answer.bytes).unwrap().document.contains(word)
        };
        within(Duration::from_secs(30), "the post on the screen", || async { has("Gekapert").await.then_some(()) })
            .await;

        let began = Instant::now();
        owner.client.post(&owner.path("stop"), &[("take", "since"), ("since", "2026-05-04T00:00")]).await.expect(303);
        assert!(!owner.newsroom().await.contains("Gekapert"));
        within(Duration::from_secs(30), "a programme without it", || async { (!has("Gekapert").await).then_some(()) })
            .await;

        println!("off every face after {:?}", began.elapsed());
    }
}
