//! What programs do: the same as the dashboard does, by the same rules.

use harness::{Program, TestController, TestScreen};
use reqwest::Method;
use serde_json::json;

use super::{house, photo};

const POSTS: &str = "/api/v1/stages/museum/posts";

#[tokio::test]
async fn a_post_is_written_once_changed_planned_and_deleted() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let wish = json!({ "title": "Sommerfest", "text": "Ab drei.\n\nMit <b>Musik</b>.", "link": "museum.example" });

        let made = program.once(POSTS, "fest-2026", &wish).await.expect(201);
        let post = made.json();
        let id = post["post"]["id"].as_str().unwrap();
        assert!(made.header("location").ends_with(&format!("/api/v1/stages/museum/desk/{id}")));
        assert_eq!((&post["state"], &post["own"], &post["until"]), (&json!("shown"), &json!(true), &json!(null)));
        assert_eq!(post["post"]["html"], "<p>Ab drei.</p><p>Mit &lt;b&gt;Musik&lt;/b&gt;.</p>");
        assert_eq!(post["post"]["external_url"], "https://museum.example/");
        let again = program.once(POSTS, "fest-2026", &wish).await.expect(200).json();
        assert_eq!(again["post"]["id"], post["post"]["id"], "sent twice is written once");
        assert!(owner.newsroom().await.matches("Sommerfest").count() > 0);
        program.once(POSTS, &"x".repeat(201), &wish).await.expect(422);

        let path = format!("{POSTS}/{id}");
        let later = json!({ "title": "Herbstfest", "text": "x", "seen": post["post"]["updated_at"] });
        wall.wait_secs(5);
        let changed = program.json("PUT", &path, &later).await.expect(200).json();
        assert_eq!((&changed["post"]["title"], &changed["post"]["url"]), (&json!("Herbstfest"), &post["post"]["url"]));
        let stale = program.json("PUT", &path, &later).await.expect(409).json();
        assert_eq!(stale["type"], "/api#problem-stale");
        let plan = json!({ "title": "Winter", "text": "x", "publish_at": "2026-12-24T18:00:00+01:00",
                           "until": "2026-12-27T00:00:30Z", "language": "en" });
        let planned = program.json("POST", POSTS, &plan).await.expect(201).json();
        assert_eq!(
            (&planned["state"], &planned["post"]["published_at"]),
            (&json!("planned"), &json!("2026-12-24T17:00:00Z"))
        );
        assert_eq!(planned["until"], "2026-12-27T00:00:30Z", "to the second");
        for (wrong, field) in [
            (json!({ "text": "x", "language": "tlh" }), "language"),
            (json!({ "text": "x", "topics": ["nirgends"] }), "topics"),
            (json!({ "text": "x", "pictures": [{ "id": "nobody" }] }), "pictures"),
            (json!({ "text": "x", "publish_at": "bald" }), "publish_at"),
            (json!({ "text": "x".repeat(10_001) }), "text"),
        ] {
            let refused = program.json("POST", POSTS, &wrong).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
        program.delete(&path).await.expect(204);
        program.delete(&path).await.expect(404);
        assert!(!owner.newsroom().await.contains("Herbstfest"));
    }
}

#[tokio::test]
async fn posts_are_moderated_and_sorted() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let moderator = Program::new(&owner, wall.client(), "Wache", &["moderation"]).await;
        let fields = [("name", "Feste"), ("at", "0.any"), ("is", "words"), ("text", "x"), ("what", "save")];
        owner.client.post(&owner.path("topics"), &fields).await.expect(303);
        let post = program.json("POST", POSTS, &json!({ "text": "Fest" })).await.expect(201).json();
        let draft = program.json("POST", POSTS, &json!({ "text": "Entwurf", "draft": true })).await.expect(201).json();
        let path =
            |post: &serde_json::Value, leaf: &str| format!("{POSTS}/{}/{leaf}", post["post"]["id"].as_str().unwrap());
        let act = async |act: &str| moderator.json("POST", &path(&post, "moderation"), &json!({ "act": act })).await;

        assert_eq!(act("hide").await.expect(200).json()["state"], "hidden");
        assert_eq!(act("decline").await.expect(409).json()["type"], "/api#problem-stale", "nobody waits for that");
        assert_eq!(act("show").await.expect(200).json()["state"], "shown");
        assert_eq!(act("pin").await.expect(200).json()["post"]["pinned"], true);
        assert_eq!(act("unpin").await.expect(200).json()["post"]["pinned"], false);
        act("erase").await.expect(422);
        let refused = moderator.json("POST", &path(&draft, "moderation"), &json!({ "act": "show" })).await;
        assert_eq!(refused.expect(403).json()["scope"], "posts", "to publish is to write");
        let sort = async |sorting: serde_json::Value| moderator.json("PUT", &path(&post, "topics"), &sorting).await;
        assert_eq!(sort(json!({ "in": ["feste"] })).await.expect(200).json()["post"]["topics"][0]["slug"], "feste");
        assert_eq!(sort(json!({ "out": ["feste"] })).await.expect(200).json()["post"]["topics"], json!([]));
        assert_eq!(sort(json!({ "in": ["nirgends"] })).await.expect(422).json()["errors"][0]["field"], "in");
        moderator.json("PUT", &format!("{POSTS}/nobody/topics"), &json!({})).await.expect(404);
    }
}

#[tokio::test]
async fn files_go_into_the_library_and_out_of_it() {
    for wall in TestController::on_each().await {
        let (_, program) = house(&wall, "museum").await;
        let send = async |bytes: Vec<u8>| {
            program.send(Method::POST, "/api/v1/media?name=a.jpg", Some(("image/jpeg", bytes))).await
        };

        let made = send(photo(7)).await.expect(201).json();
        let path = format!("/api/v1/media/{}", made["id"].as_str().unwrap());
        assert_eq!(
            (&made["kind"], &made["name"], &made["picture"]["width"]),
            (&json!("picture"), &json!("a.jpg"), &json!(320))
        );
        assert_eq!(send(photo(7)).await.expect(201).json()["id"], made["id"], "the same bytes are one entry");
        assert_eq!(send(b"only words".to_vec()).await.expect(422).json()["errors"][0]["field"], "file");
        send(Vec::new()).await.expect(422);
        let said = json!({ "name": "Hafen", "alt": "Ein Boot", "licence": "cc_by", "credit": "Ada", "focus_x": 10 });
        let said = program.json("PUT", &path, &said).await.expect(200).json();
        assert_eq!((&said["alt"], &said["focus_x"], &said["focus_y"]), (&json!("Ein Boot"), &json!(10), &json!(50)));
        program.json("PUT", &path, &json!({ "name": "" })).await.expect(422);
        let library = program.get("/api/v1/media?kind=picture&q=hafen").await.expect(200).json();
        assert_eq!(library["media"].as_array().unwrap().len(), 1);
        let post = json!({ "text": "Am Kai", "pictures": [{ "id": made["id"] }] });
        let post = program.json("POST", POSTS, &post).await.expect(201).json();
        assert_eq!(post["post"]["media"][0]["alt"], "Ein Boot", "as the library says it");
        program.delete(&path).await.expect(204);
        program.get(&path).await.expect(404);
        let id = post["post"]["id"].as_str().unwrap();
        let left = wall.client().get(&format!("{POSTS}/{id}")).await.expect(200).json();
        assert_eq!(left["media"], json!([]), "it left the post, too");
    }
}

#[tokio::test]
async fn screens_programmes_and_alerts_are_steered() {
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let screen = TestScreen::new(&wall, 3);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);

        let screens = program.get("/api/v1/stages/museum/screens").await.expect(200).json();
        let path = format!("/api/v1/screens/{}", screens["screens"][0]["id"].as_str().unwrap());
        assert_eq!(
            (&screens["screens"][0]["name"], &screens["screens"][0]["stage"]),
            (&json!("Foyer"), &json!("museum"))
        );
        let wish = json!({ "name": "Kasse", "rotation": 90, "tags": ["unten"], "group": "Haus" });
        let changed = program.json("PATCH", &path, &wish).await.expect(200).json();
        assert_eq!(
            (&changed["name"], &changed["rotation"], &changed["group"]),
            (&json!("Kasse"), &json!(90), &json!("Haus"))
        );
        let renamed = program.json("PATCH", &path, &json!({ "name": "Tor" })).await.expect(200).json();
        assert_eq!(
            (&renamed["name"], &renamed["rotation"], &renamed["tags"]),
            (&json!("Tor"), &json!(90), &json!(["unten"]))
        );
        for (wrong, field) in [(json!({ "rotation": 45 }), "rotation"), (json!({ "programme": "nobody" }), "programme")]
        {
            assert_eq!(program.json("PATCH", &path, &wrong).await.expect(422).json()["errors"][0]["field"], field);
        }

        let programmes = program.get("/api/v1/stages/museum/programmes").await.expect(200).json();
        assert_eq!(programmes["programmes"][0]["screens"], 1);
        let programme =
            format!("/api/v1/stages/museum/programmes/{}", programmes["programmes"][0]["id"].as_str().unwrap());
        owner.announce("Heute frei", "Bis acht").await;
        let open = program.get(&programme).await.expect(200).json();
        assert!(open["plans"][0]["regions"].is_array() && open["is_published"] == true, "{open}");
        let publish = format!("{programme}/publication");
        let stale = program.json("POST", &publish, &json!({ "revision": 1 })).await.expect(409).json();
        assert_eq!(stale["type"], "/api#problem-stale");
        program.json("POST", &publish, &json!({ "at": "2020-01-01T00:00:00Z" })).await.expect(422);
        assert_eq!(program.json("POST", &publish, &json!({})).await.expect(200).json()["published"], open["revision"]);

        let alerts = "/api/v1/stages/museum/alerts";
        let alert = json!({ "headline": "Bitte gehen Sie hinaus", "minutes": 5, "groups": ["Haus"] });
        let made = program.json("POST", alerts, &alert).await.expect(201).json();
        assert_eq!((&made["over"], &made["wanted"]), (&json!(false), &json!(1)));
        assert_eq!(program.get(alerts).await.expect(200).json()["alerts"].as_array().unwrap().len(), 1);
        let one = format!("{alerts}/{}", made["id"].as_str().unwrap());
        program.delete(&one).await.expect(204);
        assert_eq!(program.get(&one).await.expect(200).json()["over"], true);
        program.json("POST", alerts, &json!({ "headline": "x", "minutes": 0 })).await.expect(422);

        program.delete(&path).await.expect(204);
        program.get(&path).await.expect(404);
        let hits = program.get("/api/v1/stages/museum/hits").await.expect(200).json();
        assert_eq!(hits["days"].as_array().unwrap().len(), 30);
    }
}
