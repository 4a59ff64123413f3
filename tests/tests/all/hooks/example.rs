//! The example that the page shows is run as it stands there.

use std::process::Command;

use harness::{Controller, Owner, Part, Sender, at_hand};

#[tokio::test(flavor = "multi_thread")]
async fn the_example_of_the_page_works_in_a_shell() {
    if !at_hand(Part::Curl) {
        return;
    }
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let fields = [("network", "webhook"), ("own", "true"), ("address", "Rathaus")];
    let page = owner.client.post(&owner.path("sources"), &fields).await.expect(200).text();
    let code = page.split_once("id=\"the-example\">").unwrap().1.split("</code>").next().unwrap();
    let code = ["&#39;", "&#34;", "&lt;", "&gt;", "&amp;"]
        .into_iter()
        .zip(["'", "\"", "<", ">", "&"])
        .fold(code.to_owned(), |code, (entity, sign)| code.replace(entity, sign));

    let run = |code: &str| Command::new("bash").args(["-euc", code]).output().expect("run bash");
    let done = run(&code);

    assert!(done.status.success(), "{code}\n{}", String::from_utf8_lossy(&done.stderr));
    owner.newsroom_says("Neue Ausstellung").await;
    let secret = Sender::of_page(controller.client(), &page).secret;
    let done = run(&code.replace(&secret, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert!(!done.status.success());
    assert!(String::from_utf8_lossy(&done.stdout).contains("Not signed as agreed"), "{done:?}");
}
