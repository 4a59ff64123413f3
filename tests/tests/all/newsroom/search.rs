//! The search box of a newsroom.

use harness::TestController;

use super::{read, with_posts};

#[tokio::test]
async fn what_is_looked_for_is_found_and_marked_and_nothing_that_is_hidden() {
    for wall in TestController::on_each().await {
        let (owner, _) = with_posts(&wall, "museum", &["Freibäder & Seen", "Freibad geheim", "Der Rat"]).await;
        owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
        while controller::features::posts::read_words(&wall.app, "").await.unwrap().is_some() {}
        let nobody = wall.client();

        let page = read(&nobody, "/@museum/search?q=freibad").await;

        assert!(
            page.contains("<mark>Freibäder</mark> &amp; Seen") || page.contains("<mark>Freibäder</mark> &#38; Seen"),
            "{page}"
        );
        assert!(!page.contains("geheim") && !page.contains("Der Rat"), "{page}");
        assert!(page.contains("noindex") && page.contains("value=\"freibad\""), "{page}");
        let none = read(&nobody, "/@museum/search?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
        assert!(none.contains("nichts gefunden") && !none.contains("<script>alert"), "{none}");
        assert!(read(&nobody, "/@museum/search").await.contains("Was suchen Sie?"));
        assert_eq!(nobody.get("/@museum/search?q=a&before=odd").await.expect(303).location(), "/@museum/search?q=a");
    }
}
