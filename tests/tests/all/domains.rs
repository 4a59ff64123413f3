//! Newsrooms under domains of their own: proof, hosts, and what stands there.

mod names;
mod pages;
mod rows;
mod walk;

use harness::{Answer, Owner, TestController};
use reqwest::Method;

use self::names::NameServer;

const HOST: &str = "news.stadt.example";

/// A controller on each database that asks this name server.
async fn wall(names: &NameServer) -> Vec<TestController> {
    let address = names.address;
    TestController::on_each_with(move |config| config.dns = Some(address)).await
}

/// Asks as a browser that found the controller under another name.
async fn asked(wall: &TestController, host: &str, path: &str) -> Answer {
    let client = wall.client();
    client.send(client.request(Method::GET, path).header("host", host)).await
}

/// Enters the domain of a stage.
async fn enter(owner: &Owner, host: &str) {
    owner.client.post(&owner.path("domain"), &[("host", host)]).await.expect(303);
}

/// Has the records looked up now.
async fn look(owner: &Owner) {
    owner.client.post(&owner.path("domain/check"), &[]).await.expect(303);
}

/// What the record is to say.
async fn proof(owner: &Owner) -> String {
    let page = owner.client.get(&owner.path("domain")).await.expect(200).text();
    let rest = page.split_once("id=\"proof-value\">").expect("a proof").1;
    rest.split('<').next().unwrap_or_default().to_owned()
}

/// How it stands, by the kind of its badge.
async fn state(owner: &Owner) -> &'static str {
    let page = owner.client.get(&owner.path("domain")).await.expect(200).text();
    let badges = [("badge-busy", "waiting"), ("badge-good", "proven"), ("badge-warn", "proven"), ("badge-bad", "lost")];
    badges.into_iter().find(|(badge, _)| page.contains(badge)).expect("a badge").1
}
