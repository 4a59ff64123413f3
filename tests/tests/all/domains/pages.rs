//! Whole requests: the page on which a domain is entered, and what stands under it.

use harness::TestController;
use reqwest::Method;

use super::{HOST, NameServer, asked, enter, look, proof, state, wall};
use crate::newsroom::with_posts;

const DAY_SECS: i64 = 24 * 3_600;

#[tokio::test]
async fn a_domain_is_active_from_its_proof_until_that_is_gone_for_three_days() {
    let names = NameServer::new().await;
    for wall in wall(&names).await {
        names.forget();
        let (owner, _) = with_posts(&wall, "stadt", &["Sommerfest"]).await;
        let before = wall.client().get("/@stadt/feed.atom").await.expect(200).text();
        enter(&owner, " News.Stadt.Example ").await;
        let proof = proof(&owner).await;
        names.say(&format!("_litfass.{HOST}"), &[]);
        look(&owner).await;
        assert_eq!(state(&owner).await, "waiting");
        let page = owner.client.get(&owner.path("domain")).await.expect(200).text();
        assert!(page.contains("id=\"trouble\"") && page.contains("id=\"unresolved\""), "{page}");
        assert_eq!(asked(&wall, HOST, "/").await.status, 200, "an unknown host is answered as before");
        assert_eq!(wall.client().get(&format!("/domains/ask?domain={HOST}")).await.status, 404);

        names.say(&format!("_litfass.{HOST}"), &["v=spf1 -all", &proof]);
        look(&owner).await;
        assert_eq!(state(&owner).await, "waiting", "nobody is led to where nothing is");
        wall.client().get("/@stadt").await.expect(200);
        names.lead(HOST);
        look(&owner).await;

        assert_eq!(state(&owner).await, "proven");
        wall.client().get(&format!("/domains/ask?domain={HOST}")).await.expect(200);
        let home = asked(&wall, HOST, "/").await.expect(200).text();
        let port = wall.app.config.base_url.port().unwrap();
        let origin = format!("http://{HOST}:{port}");
        assert!(home.contains("Sommerfest"), "{home}");
        assert!(home.contains(&format!("<link rel=\"canonical\" href=\"{origin}/\">")), "{home}");
        assert!(home.contains(&format!("hreflang=\"en\" href=\"{origin}/?lang=en\"")), "{home}");
        assert!(!home.contains("/@stadt"), "{home}");
        let post = asked(&wall, HOST, "/p/slug-p0").await.expect(200).text();
        assert!(post.contains(&format!("\"og:url\" content=\"{origin}/p/slug-p0\"")), "{post}");
        let old = wall.client().get("/@Stadt/p/slug-p0?lang=en").await.expect(308);
        assert_eq!(old.location(), format!("{origin}/p/slug-p0?lang=en"));
        assert_eq!(wall.client().get("/@stadt").await.expect(308).location(), format!("{origin}/"));
        let part = wall.client().get("/@stadt?part=posts").await;
        assert_eq!(part.status, 404, "a page that is open there loads anew");
        wall.client().get("/@stadt/look.css").await.expect(200);
        assert!(asked(&wall, HOST, "/robots.txt").await.text().contains(&format!("{origin}/sitemap.xml")));
        assert!(asked(&wall, HOST, "/sitemap.xml").await.text().contains(&format!("<loc>{origin}/p/slug-p0</loc>")));
        let oembed = format!("/oembed?url={origin}/p/slug-p0");
        assert!(wall.client().get(&oembed).await.expect(200).text().contains("Sommerfest"));
        let ids = |feed: &str| {
            let ids = feed.split("<id>").skip(1).map(|part| part.split('<').next().unwrap_or_default().to_owned());
            ids.collect::<Vec<_>>()
        };
        for feed in [wall.client().get("/@stadt/feed.atom").await, asked(&wall, HOST, "/feed.atom").await] {
            let feed = feed.expect(200).text();
            assert_eq!(ids(&feed), ids(&before), "nobody sees posts twice");
            assert!(feed.contains(&format!("{origin}/p/slug-p0")), "{feed}");
        }

        names.say(&format!("_litfass.{HOST}"), &["v=spf1 -all"]);
        wall.wait_secs(DAY_SECS);
        look(&owner).await;
        names.fail(true);
        wall.wait_secs(2 * DAY_SECS);
        look(&owner).await;
        assert_eq!(state(&owner).await, "proven", "for three days it stays");
        names.fail(false);
        wall.wait_secs(DAY_SECS);
        assert!(controller::features::domains::next(&wall.app).await.unwrap(), "it is looked up by itself");

        assert_eq!(state(&owner).await, "lost");
        let page = wall.client().get("/@stadt").await.expect(200).text();
        assert!(page.contains("href=\"/@stadt/p/slug-p0\""), "{page}");
        assert_eq!(wall.client().get(&format!("/domains/ask?domain={HOST}")).await.status, 404);
        let history = owner.client.get(&owner.path("history.csv")).await.expect(200).text();
        for deed in ["domain.added", "domain.proven", "domain.lost"] {
            assert!(history.contains(deed), "{deed} in {history}");
        }
    }
}

#[tokio::test]
async fn nothing_that_knows_a_session_stands_under_a_domain() {
    let names = NameServer::new().await;
    let wall = TestController::with(|config| config.dns = Some(names.address)).await;
    let (owner, _) = with_posts(&wall, "stadt", &["Sommerfest"]).await;
    with_posts_of_another(&wall).await;
    enter(&owner, HOST).await;
    names.say(&format!("_litfass.{HOST}"), &[&proof(&owner).await]);
    names.lead(HOST);
    look(&owner).await;

    let mut paths: Vec<_> = crate::tenants::routes::all()
        .into_iter()
        .filter_map(|route| route.strip_prefix("GET ").map(str::to_owned))
        .filter(|path| !path.starts_with("/{at_handle}") && !path.ends_with("/live"))
        .collect();
    paths.extend(["/@museum", "/@museum/p/slug-p0", "/@stadt/screen"].map(str::to_owned));
    let mut away = 0;
    for path in paths {
        let answer = asked(&wall, HOST, &path).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{path} sets a cookie");
        let here = ["/static", "/media", "/widget", "/favicon.ico", "/oembed", "/healthz", "/readyz", "/imprint"];
        let newsroom = ["/", "/robots.txt", "/sitemap.xml"].contains(&path.as_str());
        if newsroom || path.starts_with("/privacy") || here.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location().starts_with(&wall.url), "{path} leads to {}", answer.location());
        away += 1;
    }
    assert!(away > 60, "the dashboard was asked for: {away}");
    // The statement says what is true here, and its other language is here, too.
    let statement = asked(&wall, HOST, "/privacy?lang=en").await.expect(200).text();
    assert!(statement.contains(&format!("Your browser talks to {HOST}, a name of the server")), "{statement}");
    assert!(statement.contains("No cookie is set") && !statement.contains("Cookie “"), "{statement}");
    assert!(statement.contains("href=\"/privacy?lang=de\"") && !statement.contains("/language?"), "{statement}");
    assert!(statement.contains("href=\"/imprint?lang=en\"") && statement.contains("href=\"/?lang=en\""), "{statement}");
    assert!(statement.contains(&format!("href=\"{}/\"", wall.url)) && !statement.contains("/login"), "{statement}");
    let at_home = owner.client.get("/privacy?lang=en").await.expect(200).text();
    assert!(at_home.contains("Cookie “language”") && !at_home.contains(HOST), "{at_home}");
    // With the owner's own cookies, and forms of any kind.
    let request = owner.client.request(Method::POST, "/logout").header("host", HOST);
    assert_eq!(owner.client.send(request).await.status, 303);
    owner.client.get("/dashboard").await.expect(200);
    let json = asked(&wall, HOST, "/api/v1/stages/stadt/posts").await.expect(200).json();
    assert!(json.to_string().contains(HOST), "{json}");
    asked(&wall, HOST, "/api/v1/stages/museum/posts").await.expect(303);
    asked(&wall, HOST, "/dashboard?a=b").await.expect(303);
}

async fn with_posts_of_another(wall: &TestController) {
    harness::Owner::new(wall.client(), "museum").await;
}

#[tokio::test]
async fn a_name_goes_to_another_account_only_when_its_record_is_gone() {
    let names = NameServer::new().await;
    for wall in wall(&names).await {
        names.forget();
        let record = format!("_litfass.{HOST}");
        let first = harness::Owner::new(wall.client(), "stadt").await;
        let second = harness::Owner::new(wall.client(), "verein").await;
        enter(&first, HOST).await;
        enter(&second, HOST).await;
        let (one, other) = (proof(&first).await, proof(&second).await);
        assert_ne!(one, other);
        names.lead(HOST);
        names.say(&record, &[&one]);
        look(&first).await;
        look(&second).await;
        assert_eq!([state(&first).await, state(&second).await], ["proven", "waiting"]);

        names.say(&record, &[&one, &other]);
        look(&second).await;
        assert_eq!(
            [state(&first).await, state(&second).await],
            ["proven", "waiting"],
            "it still says that it is theirs"
        );
        names.fail(true);
        look(&second).await;
        assert_eq!(state(&first).await, "proven", "who is not heard loses nothing");
        names.fail(false);
        names.say(&record, &[&other]);
        look(&second).await;

        assert_eq!([state(&first).await, state(&second).await], ["lost", "proven"]);
        let home = asked(&wall, HOST, "/").await.expect(200).text();
        assert!(home.contains("@verein") && !home.contains("@stadt"), "{home}");
        second.client.post(&second.path("domain/delete"), &[]).await.expect(303);
        assert!(!asked(&wall, HOST, "/").await.text().contains("@verein"));
    }
}

#[tokio::test]
async fn what_is_no_name_is_refused_where_it_was_typed() {
    let wall = TestController::with(|config| config.base_url = "http://wall.example".parse().unwrap()).await;
    let owner = harness::Owner::new(wall.client(), "stadt").await;

    for wrong in ["", "192.0.2.1", "intranet", "wall.example", "news.wall.example", "a.example:1", "a.example/b"] {
        let answer = owner.client.post(&owner.path("domain"), &[("host", wrong)]).await.expect(422);
        assert!(answer.text().contains("id=\"host-wrong\""), "{wrong}");
    }
    enter(&owner, "neues.käse.example").await;

    let page = owner.client.get(&owner.path("domain")).await.expect(200).text();
    assert!(page.contains("neues.käse.example") && page.contains("_litfass.neues.xn--kse-qla.example"), "{page}");
    assert!(page.contains("CNAME") && page.contains("<code id=\"way-value\">wall.example</code>"), "{page}");
    crate::own_posts::everybody_is(&wall, "viewer").await;
    let page = owner.client.get(&owner.path("domain")).await.expect(200).text();
    assert!(page.contains("neues.käse.example") && !page.contains("/domain/delete"), "{page}");
}
