//! `litfass account …`, as an operator types it.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use harness::{Controller, program};

use super::PASSWORD;

/// Runs the command beside a controller, with this on standard input.
fn account(wall: &Controller, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(program("litfass"));
    command.arg("account").args(arguments).arg("--data").arg(wall.data());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("run litfass");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("type a password");
    child.wait_with_output().expect("an answer")
}

#[tokio::test]
async fn an_operator_makes_lists_and_rescues_accounts() {
    let wall = Controller::with_settings(&[("LITFASS_REGISTRATION", "false")]).await;
    let who = ["create", "--institution", "Museum", "--first-name", "Erika", "--last-name", "Muster", "--mail"];
    let create = |mail: &str, password: &str| account(&wall, &[&who[..], &[mail]].concat(), password);

    let weak = create("erika@museum.example", "passwort\n");
    let made = create("erika@museum.example", &format!("{PASSWORD}\r\n"));
    let again = create("ERIKA@museum.example", PASSWORD);

    let told = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((weak.status.code(), made.status.code(), again.status.code()), (Some(1), Some(0), Some(1)), "{made:?}");
    assert!(told(&weak).contains("on every list of passwords"), "{}", told(&weak));
    assert!(told(&again).contains("already"), "{}", told(&again));
    let id = String::from_utf8(made.stdout).unwrap();
    let list = String::from_utf8(account(&wall, &["list"], "").stdout).unwrap();
    assert_eq!(list, format!("{}\tMuseum\terika@museum.example\towner\n", id.trim()));

    let erika = wall.client();
    let log_in = [("mail", "erika@museum.example"), ("password", PASSWORD)];
    erika.post("/login", &log_in).await.expect(303);
    let rescued = account(&wall, &["set-password", "--mail", "erika@museum.example"], "sieben rote Äpfel");
    assert!(rescued.status.success(), "{}", told(&rescued));
    erika.get("/dashboard").await.expect(303);
    wall.client().post("/login", &log_in).await.expect(422);
    wall.client().post("/login", &[log_in[0], ("password", "sieben rote Äpfel")]).await.expect(303);
    assert!(!account(&wall, &["set-password", "--mail", "nobody@museum.example"], PASSWORD).status.success());
}

#[tokio::test]
async fn an_operator_says_how_much_an_account_may_keep() {
    let wall = Controller::new().await;
    let owner = harness::Owner::new(wall.client(), "museum").await;
    let id = wall.find_text("select id from accounts").await.unwrap();
    let quota = |more: &[&str]| account(&wall, &[&["quota", "--account", &id], more].concat(), "");
    let said = |output: Output| String::from_utf8(output.stdout).unwrap();

    assert_eq!(said(quota(&[])), format!("{id}\t0\t5000000000\n"));
    assert_eq!(said(quota(&["--megabytes", "7"])), format!("{id}\t0\t7000000\n"));
    let page = owner.client.get(&owner.path("media")).await.expect(200).text();
    assert!(page.contains("0 kB von 7 MB belegt"), "at once: {page}");
    assert!(!quota(&["--megabytes", "viel"]).status.success());
    assert!(!account(&wall, &["quota", "--account", "nobody"], "").status.success());
    assert_eq!(said(quota(&["--megabytes", "usual"])), format!("{id}\t0\t5000000000\n"));
}
