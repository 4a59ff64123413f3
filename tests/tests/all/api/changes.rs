//! What has changed since: whoever follows it holds what is shown, and nothing that was withdrawn.

use std::collections::BTreeMap;

use controller::features::journal;
use harness::{Program, TestController};
use serde_json::{Value, json};

use super::house;

const POSTS: &str = "/api/v1/stages/museum/posts";

/// A program that keeps posts.
#[derive(Default)]
struct Mirror {
    posts: BTreeMap<String, String>,
    place: Option<String>,
    withdrawn: Vec<String>,
}

impl Mirror {
    /// Follows the changes to their end; how many there were.
    async fn follow(&mut self, wall: &TestController) -> usize {
        let mut count = 0;
        loop {
            let place = self.place.clone().unwrap_or_else(|| format!("{POSTS}?changed_since=&count=2"));
            let page = wall.client().get(&place).await.expect(200).json();
            for change in page["changes"].as_array().unwrap() {
                count += 1;
                let id = change["id"].as_str().unwrap().to_owned();
                if change["withdrawn"] == true {
                    assert_eq!(change, &json!({ "id": id, "withdrawn": true }), "nothing of it is left");
                    self.posts.remove(&id);
                    self.withdrawn.push(id);
                } else {
                    self.posts.insert(id, change["title"].as_str().unwrap_or_default().to_owned());
                }
            }
            self.place = page["next"].as_str().map(str::to_owned);
            if page["more"] == false {
                return count;
            }
        }
    }

    fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<_> = self.posts.values().map(String::as_str).collect();
        titles.sort_unstable();
        titles
    }
}

async fn write(program: &Program, post: &Value) -> String {
    program.json("POST", POSTS, post).await.expect(201).json()["post"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_follows_changes_holds_what_is_shown_and_nothing_else() {
    for wall in TestController::on_each().await {
        let (_, program) = house(&wall, "museum").await;
        let mut ids = Vec::new();
        for title in ["Eins", "Zwei", "Drei", "Vier", "Fünf"] {
            ids.push(write(&program, &json!({ "title": title, "text": title })).await);
        }
        let mut mirror = Mirror::default();
        assert_eq!(mirror.follow(&wall).await, 5);
        assert_eq!(mirror.titles(), ["Drei", "Eins", "Fünf", "Vier", "Zwei"]);
        assert_eq!(mirror.follow(&wall).await, 0, "nothing has changed");

        wall.wait_secs(10);
        let at = |leaf: &str, id: &str| format!("{POSTS}/{id}{leaf}");
        program.json("PUT", &at("", &ids[0]), &json!({ "title": "Eins neu", "text": "Neu" })).await.expect(200);
        program.json("POST", &at("/moderation", &ids[1]), &json!({ "act": "hide" })).await.expect(200);
        program.delete(&at("", &ids[2])).await.expect(204);
        program.json("POST", &at("/moderation", &ids[3]), &json!({ "act": "pin" })).await.expect(200);
        write(&program, &json!({ "title": "Morgen", "text": "x", "publish_at": "2026-05-05T12:00:00Z" })).await;
        write(&program, &json!({ "title": "Entwurf", "text": "x", "draft": true })).await;
        assert_eq!(mirror.follow(&wall).await, 4);
        assert_eq!(mirror.titles(), ["Eins neu", "Fünf", "Vier"]);
        mirror.withdrawn.sort();
        let mut gone = ids[1..3].to_vec();
        gone.sort();
        assert_eq!(mirror.withdrawn, gone);

        // By the clock alone, and shown again.
        program.json("POST", &at("/moderation", &ids[1]), &json!({ "act": "show" })).await.expect(200);
        wall.wait_secs(86_400);
        assert_eq!(mirror.follow(&wall).await, 2);
        assert_eq!(mirror.titles(), ["Eins neu", "Fünf", "Morgen", "Vier", "Zwei"]);

        // From an instant on.
        let since = wall.client().get(&format!("{POSTS}?changed_since=2026-05-04T12:00:05Z")).await.expect(200).json();
        assert_eq!(since["changes"].as_array().unwrap().len(), 5, "{since}: Eins, Zwei, Drei gone, Vier, Morgen");
        for wrong in ["changed_since=yesterday", "changed_since=-1", "changed_since=&topic=x"] {
            wall.client().get(&format!("{POSTS}?{wrong}")).await.expect(422);
        }
    }
}

#[tokio::test]
async fn whoever_comes_too_late_is_told_to_read_all_anew() {
    for wall in TestController::on_each().await {
        let (_, program) = house(&wall, "museum").await;
        let id = write(&program, &json!({ "text": "Fest" })).await;
        for number in 0..4 {
            write(&program, &json!({ "text": format!("Bleibt {number}") })).await;
        }
        let mut early = Mirror::default();
        early.follow(&wall).await;
        program.delete(&format!("{POSTS}/{id}")).await.expect(204);
        let mut late = Mirror::default();
        assert_eq!(
            late.follow(&wall).await,
            5,
            "who begins is told of the withdrawal as well: it has no number before"
        );
        wall.app.clock.set(wall.app.clock.now() + journal::REMEMBERED_MILLIS + 1_000);
        assert_eq!(journal::clean(&wall.app).await.unwrap(), 1);

        let refused = wall.client().get(&early.place.unwrap()).await.expect(410).json();
        assert_eq!(refused["type"], "/api#problem-forgotten");
        assert_eq!(late.follow(&wall).await, 0);
        assert_eq!(Mirror::default().follow(&wall).await, 4, "all there is, though it takes more than one page");
        // A number from before a backup was put back.
        wall.client().get(&format!("{POSTS}?changed_since=999")).await.expect(410);
        wall.client().get(&format!("{POSTS}?changed_since=2026-05-04T12:00:00Z")).await.expect(410);
    }
}
