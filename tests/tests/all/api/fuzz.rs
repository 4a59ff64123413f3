//! The API against whatever its own description allows, and what it forbids: no answer that is not described, no failure.

use std::{process::Command, time::Duration};

use harness::{Part, TestController, TestScreen, at_hand, fuzzer};
use reqwest::Method;
use serde_json::json;

use super::{house, photo};

/// How long each database is tried, in seconds.
const SECONDS: &str = "25";

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_asked_is_answered_as_it_is_described() {
    if !at_hand(Part::Fuzzer) {
        return;
    }
    for wall in TestController::on_each().await {
        let (owner, program) = house(&wall, "museum").await;
        let screen = TestScreen::new(&wall, 1);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        let id = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let post = program.json("POST", "/api/v1/stages/museum/posts", &json!({ "text": "Fest" })).await.expect(201);
        let medium = program.send(Method::POST, "/api/v1/media", Some(("image/jpeg", photo(1)))).await.expect(201);
        let screens = program.get("/api/v1/stages/museum/screens").await.expect(200).json();
        let known = [
            ("handle", "museum".to_owned()),
            ("post", id(&post.json()["post"]["id"])),
            ("medium", id(&medium.json()["id"])),
            ("screen", id(&screens["screens"][0]["id"])),
            ("programme", owner.stage_id.clone()),
        ];
        let folder = tempfile::tempdir().unwrap();
        let lines: String = known.iter().map(|(name, id)| format!("\"path.{name}\" = \"{id}\"\n")).collect();
        let settings = folder.path().join("schemathesis.toml");
        std::fs::write(&settings, format!("[parameters]\n{lines}")).unwrap();
        let mut command = Command::new(fuzzer().unwrap());
        command.current_dir(folder.path()).env("HOME", folder.path()).arg("--config-file").arg(&settings);
        command.args(["run", &format!("{}/api/openapi.json", wall.url), "--seed", "20261127", "--max-time", SECONDS]);
        command.arg("--header").arg(format!("Authorization: Bearer {}", program.token));
        command.args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"]);
        command.args(["--checks", "response_schema_conformance", "--phases", "coverage,fuzzing", "--workers", "2"]);
        // A line of events never ends.
        command.args(["--exclude-operation-id", "hear_changes", "--generation-database", "none", "--warnings", "off"]);
        // Time passes quickly here, or the token would have to wait.
        let clock = wall.app.clock.clone();
        let hurry = tokio::spawn(async move {
            loop {
                clock.set(clock.now() + 1_000);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });

        let tried = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();

        hurry.abort();
        let said = String::from_utf8_lossy(&tried.stdout).into_owned();
        assert!(
            said.contains("Test cases:") || said.contains("generated"),
            "{said}\n{}",
            String::from_utf8_lossy(&tried.stderr)
        );
        assert!(tried.status.success(), "{said}");
    }
}
