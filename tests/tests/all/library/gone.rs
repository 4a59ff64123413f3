//! What is deleted leaves every face: slides, posts, logos, addresses; on both databases.

use harness::{FeedServer, Owner, Post, TestController};

use super::{
    account,
    editor::{photos, published, signed},
    entries, send,
};
use crate::media_command::jpeg;

#[tokio::test]
async fn deleting_says_where_it_is_used_and_reaches_slides_posts_and_addresses() {
    for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
        let feed = FeedServer::new().await;
        let picture = jpeg(640, 480, 7);
        feed.serve("/steg.jpg", "image/jpeg", picture.clone());
        feed.append(Post::new("1", "Am Wasser", "<p>Text</p>").with_picture("/steg.jpg"));
        let owner = Owner::new(wall.client(), "museum").await;
        send(&owner, "Steg.jpg", picture).await.expect(303);
        owner.link(&feed.url()).await;
        for source in wall.app.store.claim_due_sources(harness::NOON, harness::NOON + 60_000, 9).await.unwrap() {
            controller::features::sources::visit(&wall.app, &source).await.unwrap();
        }
        let entry = entries(&wall, &owner).await.remove(0);
        let seen = owner.seen().await;
        let fields = [("seen", seen.as_str()), ("caption", "Steg"), ("picture", entry.media_id.as_str())];
        let item = owner.path(&format!("programmes/{}/item?plan=default&region=main&kind=photo", owner.stage_id));
        owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);
        assert_eq!(photos(&published(&wall, &owner).await).len(), 1);
        let account = account(&wall, &owner).await;
        let media = wall.app.store.find_media(&account, &entry.media_id).await.unwrap().unwrap();
        let file = format!("/media/{}", media.renditions[0].sha256);
        wall.client().get(&file).await.expect(200);
        let room = owner.newsroom().await;
        assert!(room.contains("Am Wasser") && room.contains(&media.renditions[0].sha256), "{room}");
        let changed = |room: &str| room.split("data-changed=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = changed(&room);

        let place = owner.path(&format!("media/{}", entry.id));
        let sure = owner.client.get(&format!("{place}/delete")).await.expect(200).text();
        for words in ["Es wird noch verwendet", "Hauptprogramm", "Steg", "Am Wasser", "Überall löschen"] {
            assert!(sure.contains(words), "{words}: {sure}");
        }
        wall.client().get(&file).await.expect(200);
        wall.wait_secs(1);
        owner.client.post(&format!("{place}/delete"), &[]).await.expect(303);

        wall.client().get(&file).await.expect(404);
        owner.client.get(&file.replace("/media/", "/dashboard/media/")).await.expect(404);
        owner.client.get(&place).await.expect(404);
        owner.client.post(&format!("{place}/delete"), &[]).await.expect(404);
        let room = owner.newsroom().await;
        assert!(room.contains("Am Wasser") && !room.contains(&media.renditions[0].sha256), "{room}");
        assert_ne!(changed(&room), before, "an open page takes the post over anew");
        assert!(photos(&signed(&wall, &owner).await).is_empty(), "the slide is passed over");
        let files = crate::media_command::files(&wall.app.config.data.join("media"));
        assert!(files.is_empty(), "{files:?}");
        let editor = owner.client.get(&owner.path(&format!("programmes/{}", owner.stage_id))).await.expect(200).text();
        assert!(editor.contains("Steg"), "the slide can be filled anew");
    }
}
