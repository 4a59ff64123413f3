//! What the key of a kiosk opens: its own screen, and nothing else.

use reqwest::Method;
use shared::envelope::Envelope;

use super::{SECRET, Tenant, houses, routes};

/// The document that a kiosk is given.
async fn programme(tenant: &Tenant) -> String {
    let answer = tenant.screen.get("/screens/v1/programme").await.expect(200);
    serde_json::from_slice::<Envelope>(&answer.bytes).unwrap().document
}

#[tokio::test]
async fn a_kiosk_reaches_nothing_that_members_use() {
    for (_wall, museum, _club, _feeds) in houses().await {
        let before = museum.pages().await;
        let mut asked = 0;
        for route in routes::all() {
            let (method, path) = route.split_once(' ').unwrap();
            if !path.starts_with("/dashboard") {
                continue;
            }
            let path = museum.with_ids(path);
            let kind = "application/x-www-form-urlencoded";
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = museum.screen.send(method.clone(), &path, kind, Vec::new()).await;
            let changes = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(&method);
            let expected = if changes { 403 } else { 303 };
            assert_eq!(answer.status, expected, "{method} {path}: {}", answer.text());
            assert!(!answer.text().contains(SECRET) && answer.header("set-cookie").is_empty(), "{method} {path}");
            asked += 1;
        }
        assert!(asked > 30, "{asked}");
        assert_eq!(museum.pages().await, before);
    }
}

#[tokio::test]
async fn a_kiosk_gets_the_programme_of_its_own_account_only() {
    for (wall, museum, club, _feeds) in houses().await {
        for tenant in [&museum, &club] {
            let show = tenant.owner.path(&format!("posts/{}/show", tenant.post));
            tenant.owner.client.post(&show, &[]).await.expect(303);
            controller::features::programmes::publish(&wall.app, &tenant.owner.stage_id).await.unwrap();
        }

        let (own, others) = (programme(&museum).await, programme(&club).await);

        assert!(own.contains(&format!("{SECRET}: museum")) && !own.contains("club"), "{own}");
        assert!(others.contains(&format!("{SECRET}: club")) && !others.contains("museum"), "{others}");
        for query in [format!("?id={0}&programme={0}", museum.owner.stage_id), String::new()] {
            let path = format!("/screens/v1/programme{query}");
            let proof = club.screen.proof("GET", "/screens/v1/programme", wall.app.clock.now());
            let answer = club.screen.send_as(Method::GET, &path, &proof, "application/json", Vec::new()).await;
            assert!(!answer.expect(200).text().contains("museum"));
        }
        // A key is public; whoever names another's cannot sign with it.
        let forged = club.screen.proof("GET", "/screens/v1/programme", wall.app.clock.now());
        let forged = forged.replace(&club.screen.public(), &museum.screen.public());
        let path = "/screens/v1/programme";
        club.screen.send_as(Method::GET, path, &forged, "application/json", Vec::new()).await.expect(401);

        let hide = museum.owner.path(&format!("posts/{}/hide", museum.post));
        museum.owner.client.post(&hide, &[]).await.expect(303);
        for folder in ["/media", "/dashboard/media"] {
            let answer = club.screen.get(&format!("{folder}/{}", museum.picture)).await;
            assert!(matches!(answer.status, 303 | 404), "{folder}: {}", answer.status);
        }
    }
}
