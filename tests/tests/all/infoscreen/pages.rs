//! Who sees what at which address, and what is given away; on each database.

use controller::features::programmes;
use harness::{Owner, TestController};

use super::{document, renew, show};
use crate::own_posts::write;

const GONE: &str = "x-litfass-screen";

#[tokio::test]
async fn the_plain_address_shows_what_the_newsroom_shows_until_its_owner_says_otherwise() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let post = write(&owner, &[("text", "Der Impfbus kommt")]).await;
        owner.announce("Nur für die Wache", "Schlüssel liegt im Fach").await;
        programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
        let stranger = wall.client();

        let page = stranger.get("/@museum/screen").await.expect(200);
        assert!(stranger.cookie_names().is_empty() && page.header("set-cookie").is_empty());
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        let posts = document(&wall, "/@museum/screen").await.to_string();
        assert!(posts.contains("Der Impfbus kommt") && !posts.contains("Wache"), "{posts}");
        assert!(posts.contains("\"codes\":{\"http"), "the way to the post is drawn as a code");
        // However often it is asked for, it is the same.
        let tag = stranger.get("/@museum/screen/programme").await.expect(200).header("etag").to_owned();
        wall.wait_secs(90);
        let again = stranger.get("/@museum/screen/programme").await.expect(200);
        assert_eq!(again.header("etag"), tag);

        owner.client.post(&owner.path(&format!("posts/{post}/hide")), &[]).await.expect(303);
        assert!(!document(&wall, "/@museum/screen").await.to_string().contains("Impfbus"));

        show(&owner, "programme").await;
        programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
        let programme = document(&wall, "/@museum/screen").await.to_string();
        assert!(programme.contains("Wache") && !programme.contains("Impfbus"), "{programme}");

        show(&owner, "nothing").await;
        let nothing = stranger.get("/@museum/screen").await.expect(404);
        let never = stranger.get("/@nobody/screen").await.expect(404);
        assert_eq!((nothing.text(), nothing.header(GONE)), (never.text(), "gone"));
        for leaf in ["programme", "live"] {
            assert_eq!(stranger.get(&format!("/@museum/screen/{leaf}")).await.expect(404).header(GONE), "gone");
        }
        assert_eq!(owner.client.post(&owner.path("infoscreen"), &[("shows", "all")]).await.status, 422);
    }
}

#[tokio::test]
async fn a_secret_address_dies_when_it_is_renewed_or_switched_off() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let other = Owner::new(wall.client(), "club").await;
        owner.announce("Nur für die Wache", "").await;
        programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
        let stranger = wall.client();

        let first = renew(&owner).await;
        assert!(document(&wall, &first).await.to_string().contains("Wache"));
        let page = stranger.get(&first).await.expect(200);
        assert!(stranger.cookie_names().is_empty() && !page.text().contains("Wache"));
        let secret = first.rsplit('/').next().unwrap();
        assert_eq!(secret.len(), 64);
        // With another stage, or a letter changed, it is as if there were nothing.
        let missing = stranger.get("/@nobody/screen").await.expect(404).text();
        let wrong = format!(
            "/@museum/screen/{}",
            secret.replace(&secret[..1], if secret.starts_with('0') { "1" } else { "0" })
        );
        for path in [format!("/@club/screen/{secret}"), wrong, "/@museum/screen/x".to_owned()] {
            let answer = stranger.get(&path).await.expect(404);
            assert_eq!((answer.text(), answer.header(GONE)), (missing.clone(), "gone"), "{path}");
            stranger.get(&format!("{path}/programme")).await.expect(404);
        }
        // Somebody else cannot make one.
        let place = owner.path(&format!("programmes/{}/browsers", owner.stage_id));
        other.client.post(&place, &[("what", "renew")]).await.expect(404);
        other.client.post(&place, &[("what", "close")]).await.expect(404);
        stranger.get(&first).await.expect(200);

        let second = renew(&owner).await;
        assert_ne!(first, second);
        stranger.get(&first).await.expect(404);
        assert_eq!(stranger.get(&format!("{first}/programme")).await.expect(404).header(GONE), "gone");
        stranger.get(&second).await.expect(200);

        owner.client.post(&place, &[("what", "close")]).await.expect(303);
        stranger.get(&second).await.expect(404);
        let page = owner.client.get(&owner.path(&format!("programmes/{}", owner.stage_id))).await.expect(200).text();
        assert!(page.contains("hat keine Adresse für Browser") && !page.contains("browsers-secret"), "{page}");
        let history = owner.client.get(&owner.path("history")).await.expect(200).text();
        assert!(
            history.contains("Adresse für Browser angelegt") && history.contains("Adresse für Browser abgeschaltet")
        );
    }
}

#[tokio::test]
async fn files_of_the_script_are_kept_for_ever_and_the_worker_is_asked_for_each_time() {
    let wall = TestController::new().await;
    Owner::new(wall.client(), "museum").await;
    let stranger = wall.client();
    let page = stranger.get("/@museum/screen").await.expect(200).text();
    let name = page.split("src=\"/screen/").nth(1).and_then(|rest| rest.split('"').next()).expect("a script");

    let script = stranger.get(&format!("/screen/{name}")).await.expect(200);
    let worker = stranger.get("/screen/worker.js").await.expect(200);

    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((worker.header("cache-control"), worker.header("service-worker-allowed")), ("no-cache", "/@"));
    stranger.get("/screen/0123456789abcdef.js").await.expect(404);
    let time: i64 = stranger.get("/screen/time").await.expect(200).text().parse().unwrap();
    assert_eq!(time, wall.app.clock.now());
    let path = format!("/screen/{name}");
    let packed = wall.raw(&path, &[("accept-encoding", "br")]).await.expect(200).bytes.len();
    assert!(packed < 40_000, "{packed} bytes are much for a television");
}
