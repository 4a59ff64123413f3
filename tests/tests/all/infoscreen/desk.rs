//! The addresses of a programme for browsers, made, renewed and switched off by mouse, in both languages.

use harness::{Controller, Looks, Owner, Part, at_hand};

use crate::walk::Walker;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_made_renewed_and_switched_off_in_german() {
    walk(Looks::german(), ["Die Adresse ist angelegt", "Abgeschaltet"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_made_renewed_and_switched_off_in_english() {
    walk(Looks::english(), ["The address is made", "Switched off"]).await;
}

async fn walk(looks: Looks, [made, closed]: [&str; 2]) {
    if !at_hand(Part::Browser) {
        return;
    }
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let mut walker = Walker::new(&controller, looks).await;
    walker.log_in("museum@owner.example").await;
    walker.open(&owner.path(&format!("programmes/{}", owner.stage_id))).await;
    walker.look("70-no-address-for-browsers").await;

    walker.browser.click("#browsers button[value=renew]").await;
    walker.browser.wait_for_text("#flashes", made).await;
    let first = walker.browser.text("#browsers-secret").await;
    walker.look("71-address-for-browsers").await;
    walker.browser.click("#browsers button[value=renew]").await;
    walker.browser.wait_for_text("#flashes", made).await;
    let second = walker.browser.text("#browsers-secret").await;
    assert!(first != second && second.contains("/@museum/screen/"), "{first} {second}");
    let stranger = controller.client();
    stranger.get(&first).await.expect(404);
    stranger.get(&second).await.expect(200);

    walker.browser.click("#browsers button[value=close]").await;
    walker.browser.wait_for_text("#flashes", closed).await;
    stranger.get(&second).await.expect(404);
    walker.assert_clean(&["session", "xsrf"]).await;
}
