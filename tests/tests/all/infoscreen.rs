//! Infoscreens in browsers: the same as kiosks at every instant, for whoever may see it, with and without a network.

mod desk;
mod looks;
mod pages;
mod timeline;
mod walk;

use harness::{Owner, TestController};
use serde_json::Value;

/// The document at an address, as its script gets it.
async fn document(wall: &TestController, base: &str) -> Value {
    wall.client().get(&format!("{base}/programme")).await.expect(200).json()
}

/// Says what the plain address of the stage shows.
async fn show(owner: &Owner, shows: &str) {
    owner.client.post(&owner.path("infoscreen"), &[("shows", shows)]).await.expect(303);
}

/// Makes or renews the secret address of the stage's first programme: the path.
async fn renew(owner: &Owner) -> String {
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    owner.client.post(&format!("{place}/browsers"), &[("what", "renew")]).await.expect(303);
    let page = owner.client.get(&place).await.expect(200).text();
    let rest = page.split_once("id=\"browsers-secret\">").expect("an address").1;
    let address = rest.split('<').next().unwrap_or_default();
    url::Url::parse(address).expect("an address").path().to_owned()
}
