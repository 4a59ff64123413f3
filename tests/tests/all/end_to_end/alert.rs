//! An alert with the real programs: on the glass within a second of the click, counted, and gone within one.

use harness::{Controller, Kiosk, Owner, eventually};
use shared::programme::ALERT;

use super::{A_SECOND, now, on_main, probe};

/// When the alert that is on was first presented.
fn presented(kiosk: &Kiosk) -> Option<i64> {
    probe(kiosk)?.on.into_iter().find(|on| on.region == ALERT).map(|on| on.presented_at)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_on_the_glass_within_a_second_of_the_click() {
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "alarm").await;
    owner.announce("Willkommen", "Schön, dass Sie da sind.").await;
    let kiosk = Kiosk::headless(&controller.url());
    owner.pair(&controller, "Foyer").await;
    eventually("the announcement on the glass", || async { on_main(&kiosk) }).await;

    let clicked = now();
    let fields = [("headline", "Bitte das Gebäude verlassen"), ("shape", "full"), ("minutes", "5")];
    let sent = owner.client.post(&owner.path("alerts"), &fields).await.expect(303);
    let page = sent.location().split('?').next().unwrap_or_default();
    let after = eventually("the alert on the glass", || async { presented(&kiosk) }).await - clicked;
    eventually("its count", || async {
        let now = owner.client.get(&format!("{page}/now")).await.text();
        now.contains("1 von 1 Bildschirm").then_some(())
    })
    .await;

    let ended = now();
    owner.client.post(&format!("{page}/end"), &[]).await.expect(303);
    let (_, back) = eventually("the announcement again", || async {
        on_main(&kiosk).filter(|(_, at)| *at >= ended && presented(&kiosk).is_none())
    })
    .await;

    println!("alert: on the glass {after} ms after the click, gone {} ms after its end", back - ended);
    assert!(after <= A_SECOND && back - ended <= A_SECOND, "{after} ms, {} ms", back - ended);
}
