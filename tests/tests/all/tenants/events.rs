//! Server-sent events: told to the account whose things they are about.

use std::time::Duration;

use futures_util::StreamExt;
use harness::TestClient;
use reqwest::Method;

use super::houses;

/// An open page that is told what changed.
struct Listener(std::pin::Pin<Box<dyn futures_util::Stream<Item = String> + Send>>);

impl Listener {
    async fn new(client: &TestClient, path: &str) -> Self {
        let answer = client.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let pieces = answer.bytes_stream();
        Self(Box::pin(pieces.map(|piece| String::from_utf8_lossy(&piece.unwrap()).into_owned())))
    }

    /// What is said within a second; `None` when nothing is.
    async fn hears(&mut self) -> Option<String> {
        tokio::time::timeout(Duration::from_secs(1), self.0.next()).await.ok().flatten()
    }
}

#[tokio::test]
async fn a_page_hears_of_its_own_account_only() {
    for (_wall, museum, club, _feeds) in houses().await {
        for leaf in ["live", "screens/live"] {
            let path = |tenant: &super::Tenant| tenant.owner.path(leaf);
            let mut own = Listener::new(&museum.owner.client, &path(&museum)).await;
            let mut others = Listener::new(&club.owner.client, &path(&club)).await;
            let mut public = Listener::new(&club.owner.client, "/@club/live").await;

            let post = museum.owner.path(&format!("posts/{}/show", museum.post));
            museum.owner.client.post(&post, &[]).await.expect(303);
            let screen = museum.owner.path(&format!("screens/{}", museum.screen_id));
            museum.owner.client.post(&screen, &[("name", "Kasse"), ("rotation", "0")]).await.expect(303);

            assert!(own.hears().await.is_some_and(|said| said.contains("event:")), "{leaf}");
            assert_eq!((others.hears().await, public.hears().await), (None, None), "{leaf}");
            let post = club.owner.path(&format!("posts/{}/show", club.post));
            club.owner.client.post(&post, &[]).await.expect(303);
            let screen = club.owner.path(&format!("screens/{}", club.screen_id));
            club.owner.client.post(&screen, &[("name", "Theke"), ("rotation", "0")]).await.expect(303);
            assert!(others.hears().await.is_some() && public.hears().await.is_some(), "{leaf}: it can hear");
            let hide = club.owner.path(&format!("posts/{}/hide", club.post));
            club.owner.client.post(&hide, &[]).await.expect(303);
            let hide = museum.owner.path(&format!("posts/{}/hide", museum.post));
            museum.owner.client.post(&hide, &[]).await.expect(303);
        }
    }
}
