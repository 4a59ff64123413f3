//! Maps for search engines.

use harness::{NOON, Owner, TestController};

use super::{post, read, with_posts};

#[tokio::test]
async fn the_map_names_every_newsroom_with_posts_and_each_map_every_page() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, "museum", &["Eins", "Zwei"]).await;
        Owner::new(wall.client(), "empty-house").await;
        owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
        wall.app.store.take_post(&post("later", &stage.id, "Morgen", NOON + 1), &[]).await.unwrap();
        let nobody = wall.client();

        let robots = read(&nobody, "/robots.txt").await;
        let index = nobody.get("/sitemap.xml").await.expect(200);
        let map = nobody.get("/@museum/sitemap.xml").await.expect(200);

        assert!(robots.contains(&format!("\nSitemap: {}/sitemap.xml\n", wall.url)) && robots.contains("/dashboard"));
        assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
        let (index, map) = (index.text(), map.text());
        assert!(index.contains(&format!("<loc>{}/@museum/sitemap.xml</loc>", wall.url)), "{index}");
        assert!(!index.contains("empty-house"), "{index}");
        let urls: Vec<_> = map.split("<loc>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
        assert_eq!(urls, [format!("{}/@museum", wall.url), format!("{}/@museum/p/slug-p0", wall.url)]);
        for wrong in ["?part=1", "?part=-1", "?part=9223372036854775807"] {
            nobody.get(&format!("/@museum/sitemap.xml{wrong}")).await.expect(404);
        }
        nobody.get("/@nobody/sitemap.xml").await.expect(404);
    }
}

#[tokio::test]
async fn a_large_newsroom_has_a_map_in_parts() {
    let wall = TestController::new().await;
    let (_, stage) = with_posts(&wall, "museum", &[]).await;
    for number in 0..2_001 {
        wall.app.store.take_post(&post(&format!("n{number}"), &stage.id, "Eins", NOON - number), &[]).await.unwrap();
    }
    let nobody = wall.client();

    let index = read(&nobody, "/sitemap.xml").await;
    let first = read(&nobody, "/@museum/sitemap.xml").await;
    let second = read(&nobody, "/@museum/sitemap.xml?part=1").await;

    assert!(index.contains("/@museum/sitemap.xml?part=1") && !index.contains("part=2"), "{index}");
    assert_eq!((first.matches("<loc>").count(), second.matches("<loc>").count()), (2_001, 1));
    assert!(second.contains("slug-n0<"), "the newest stands last, so that parts stay as they are");
}
