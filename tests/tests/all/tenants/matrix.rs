//! Every route that takes an id, asked by everybody who must not.

use std::collections::BTreeSet;

use harness::{Answer, TestClient};

use super::{
    SECRET, Tenant, houses,
    owned::{Form, Nothing, OWNED, PUBLIC, Parts, Piece, SIGNED, Sent},
    routes,
};
use crate::own_posts::everybody_is;

/// Takes no id of ours, but what a network gave back: `networks::signin` asks it from the session of somebody else.
const BY_STATE: &str = "GET /dashboard/signed-in/{network}";

/// Puts ids in: of the stage from one tenant, of everything else from another.
fn filled(route: &str, stage: &Tenant, rest: &Tenant) -> String {
    let path = rest.with_ids(&route.replace("{stage_id}", &stage.owner.stage_id));
    // Which part of a programme is meant stands in the query.
    let part = ["/add", "/item", "/layout", "/plan"].iter().any(|leaf| route.ends_with(leaf));
    // Of an alert that was not sent yet, all stands there.
    let words = if route.contains("/alerts/preview") { "headline=Meine" } else { "group=Haus" };
    if part {
        return format!("{path}?plan=default&region=main&kind=clock");
    }
    let asks = ["/alerts/preview", "/alerts/preview/picture", "/screens/group"];
    if asks.iter().any(|leaf| route.ends_with(leaf)) { format!("{path}?{words}") } else { path }
}

/// Asks without waiting for the end of an answer that never ends.
async fn ask(client: &TestClient, path: &str, sent: Sent) -> Answer {
    match sent {
        Nothing if path.ends_with("/live") => {
            let answer = client.request(reqwest::Method::GET, path).send().await.unwrap();
            Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), bytes: Vec::new() }
        }
        Nothing => client.get(path).await,
        Form(fields) => client.post(path, fields).await,
        Parts(fields) => client.upload(path, fields, "logo", ("", Vec::new())).await,
        Piece(method) => {
            if client.cookie("xsrf").is_none() {
                client.get("/login").await;
            }
            let request = client.request(method.parse().unwrap(), path).header("tus-resumable", "1.0.0");
            let request = request.header("x-xsrf", client.cookie("xsrf").unwrap_or_default());
            let request = request.header("content-type", "application/offset+octet-stream");
            client.send(request.header("upload-offset", "0").body("abc")).await
        }
    }
}

fn method(sent: Sent) -> &'static str {
    match sent {
        Nothing => "GET",
        Piece(method) => method,
        Form(_) | Parts(_) => "POST",
    }
}

#[test]
fn every_route_that_takes_an_id_is_asked_by_a_stranger() {
    // Those of programs are asked in `api::tenants`.
    let is_asked = |route: &String| route.contains('{') && !route.contains(" /api/");
    let with_id: BTreeSet<_> = routes::all().into_iter().filter(is_asked).collect();

    let mut asked: BTreeSet<_> = OWNED.iter().map(|(route, sent)| format!("{} {route}", method(*sent))).collect();
    asked.extend(PUBLIC.iter().chain(&SIGNED).chain([&BY_STATE]).map(|route| (*route).to_owned()));

    let forgotten: Vec<_> = with_id.difference(&asked).collect();
    assert!(forgotten.is_empty(), "add these to OWNED, or with a reason to PUBLIC: {forgotten:#?}");
    let gone: Vec<_> = asked.difference(&with_id).collect();
    assert!(gone.is_empty(), "these are no routes any more: {gone:#?}");
}

#[tokio::test]
async fn who_may_only_look_changes_nothing_in_any_room() {
    for (wall, museum, _club, _feeds) in houses().await {
        let before = museum.pages().await;
        everybody_is(&wall, "viewer").await;

        // What is everybody's own, they may end.
        let own = ["/dashboard/sessions", "/dashboard/tokens"];
        for (route, sent) in OWNED.iter().filter(|(route, _)| !own.iter().any(|place| route.starts_with(place))) {
            let path = filled(route, &museum, &museum);
            let answer = ask(&museum.owner.client, &path, *sent).await;
            let refused = !matches!(sent, Nothing | Piece("HEAD"));
            assert!(!refused || answer.status == 403, "{} {path}: {}", method(*sent), answer.status);
        }

        everybody_is(&wall, "owner").await;
        assert_eq!(museum.pages().await, before);
    }
}

#[tokio::test]
async fn what_belongs_to_one_account_is_not_there_for_another() {
    for (wall, museum, club, _feeds) in houses().await {
        let before = museum.pages().await;
        let nobody = wall.client();

        for (route, sent) in OWNED {
            let mut paths = vec![filled(route, &museum, &museum)];
            if route.contains("{stage_id}") && route.contains("{id}") {
                paths.push(filled(route, &club, &museum));
            }
            for path in paths {
                let method = method(*sent);
                let answer = ask(&club.owner.client, &path, *sent).await;
                assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
                assert!(!answer.text().contains(SECRET) && !answer.text().contains("museum"), "{method} {path}");
                let answer = ask(&nobody, &path, *sent).await;
                assert_eq!(answer.status, 303, "{method} {path} without log-in: {}", answer.text());
                assert!(answer.location().starts_with("/login"), "{}", answer.location());
            }
        }

        assert_eq!(museum.pages().await, before, "nothing of the museum has changed");
        // The same requests are good where the ids are one's own: it was the owner that was looked at.
        for (route, sent) in OWNED {
            let path = filled(route, &museum, &museum);
            let answer = ask(&museum.owner.client, &path, *sent).await;
            let fine = match sent {
                // Nothing draws here.
                Nothing if route.ends_with("/preview/picture") => answer.status == 501,
                Nothing => matches!(answer.status, 200 | 303),
                Piece(_) => matches!(answer.status, 200 | 204),
                _ if route.ends_with("/media") => answer.status == 422, // no file came
                // Made on what was seen long ago, or while a screen follows: refused, but not because it is not there.
                _ if route.contains("/programmes/{id}/") => matches!(answer.status, 303 | 409 | 422),
                _ if route.ends_with("/edit") => answer.status == 409,
                _ if route.ends_with("/webhooks") => answer.status == 200, // the secret is shown
                _ if ["/topics/preview", "/rules/preview", "/secret"].iter().any(|leaf| route.ends_with(leaf)) => {
                    answer.status == 200
                }
                _ if route.ends_with("/merge") => answer.status == 422, // there is no such topic
                _ if route.ends_with("/shot") => answer.status == 409,  // the screen is not connected
                _ if route.ends_with("/sources") => answer.status == 422, // there is no feed
                // Nobody registered this instance there, and so there is nothing to choose among.
                _ if route.ends_with("/sources/sign-in") || route.ends_with("/sources/choice") => answer.status == 422,
                _ => answer.status == 303 && answer.location().contains("done="),
            };
            assert!(fine, "{} {path} of one's own: {} {}", method(*sent), answer.status, answer.text());
        }
        assert_ne!(museum.pages_left().await, before[..2], "the museum itself can change everything");
    }
}

#[tokio::test]
async fn no_form_takes_what_belongs_to_another_account() {
    for (wall, museum, club, _feeds) in houses().await {
        let screen = harness::TestScreen::new(&wall, 9);
        let code = screen.code().await;
        let theirs = [("code", code.as_str()), ("name", "Meiner"), ("programme", museum.owner.stage_id.as_str())];

        let answer = club.owner.client.post("/dashboard/screens/pair", &theirs).await.expect(404);

        assert!(!answer.text().contains("museum") && answer.text().contains(&code), "what was typed stays");
        screen.get("/screens/v1/programme").await.expect(404);
        let page = club.owner.client.get(&format!("/dashboard/screens/pair?programme={}", museum.owner.stage_id)).await;
        assert!(!page.expect(200).text().contains("museum"));
        museum.owner.client.post("/dashboard/screens/pair", &theirs).await.expect(303);
    }
}

#[tokio::test]
async fn everybody_reads_what_is_shown_and_nothing_else() {
    for (wall, museum, club, _feeds) in houses().await {
        let (file, nobody) = (format!("/media/{}", museum.picture), wall.client());
        let room = format!("/@{}", museum.owner.handle);
        let visitors = [&nobody, &club.owner.client, &museum.owner.client];
        let given = ["/api/v1/stages/museum/posts", "/embed/@museum", "/api/v1/stages/museum/posts?topic=haus"];

        for visitor in visitors {
            visitor.get(&file).await.expect(404);
            assert!(!visitor.get(&room).await.expect(200).text().contains(SECRET));
            visitor.get("/@nobody").await.expect(404);
            visitor.get(&format!("{room}/p/{}", museum.post)).await.expect(404);
            visitor.get(&format!("{room}/p/%2e%2e")).await.expect(404);
            // The topic is there, with nothing in it that is shown.
            assert!(!visitor.get(&format!("{room}/topics/haus")).await.expect(200).text().contains(SECRET));
            visitor.get(&format!("{room}/topics/%2e%2e")).await.expect(404);
            visitor.get("/static/x/..%2f..%2fCargo.toml").await.expect(404);
            for path in given {
                assert!(!visitor.get(path).await.expect(200).text().contains(SECRET), "{path}");
            }
            visitor.get("/api/v1/stages/nobody/live").await.expect(404);
            visitor.get("/widget/..%2fwall.css").await.expect(404);
        }
        let shown = museum.owner.path(&format!("posts/{}/show", museum.post));
        museum.owner.client.post(&shown, &[]).await.expect(303);
        let text = nobody.get(&room).await.expect(200).text();
        let slug = text.split(&format!("{room}/p/")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        for visitor in visitors {
            visitor.get(&file).await.expect(200);
            visitor.get(&format!("{room}/p/{slug}")).await.expect(200);
            visitor.get(&format!("/@{}/p/{slug}", club.owner.handle)).await.expect(404);
            visitor.get(&format!("/embed/@{}?post={slug}", club.owner.handle)).await.expect(404);
            // Nobody has sorted it yet.
            for path in &given[..given.len() - 1] {
                assert!(visitor.get(path).await.expect(200).text().contains(SECRET), "{path}");
            }
        }
        let hidden = museum.owner.path(&format!("posts/{}/hide", museum.post));
        museum.owner.client.post(&hidden, &[]).await.expect(303);
        for visitor in visitors {
            visitor.get(&file).await.expect(404);
            visitor.get(&format!("{room}/p/{slug}")).await.expect(404);
            for path in given {
                assert!(!visitor.get(path).await.expect(200).text().contains(SECRET), "{path}");
            }
        }
    }
}

impl Tenant {
    /// Of [`Tenant::pages`], those that are there whatever was ended.
    async fn pages_left(&self) -> [String; 2] {
        let get = async |leaf: &str| self.owner.client.get(&self.owner.path(leaf)).await.expect(200).text();
        [get("posts").await, get("sources").await]
    }
}
