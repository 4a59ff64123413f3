//! A planned post with the real programs: on the glass within a second of its instant, and off it likewise.

use std::time::Duration;

use controller::tools::zones::{local, table};
use harness::{Controller, Kiosk, Owner, eventually};

use super::{A_SECOND, holds, now, on_glass, on_main};
use crate::own_posts::write;

const MINUTE: i64 = 60_000;

/// Sleeps until shortly before an instant.
async fn shortly_before(instant: i64) {
    let wait = u64::try_from(instant - now() - 2_000).unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(wait)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_post_comes_and_goes_within_a_second() {
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let always = write(&owner, &[("text", "Immer da")]).await;
    let kiosk = Kiosk::headless(&controller.url());
    owner.pair(&controller, "Foyer").await;
    on_glass(&kiosk, &always).await;
    // Forms say minutes: the first full one that leaves time to plan.
    let from = (now() + 10_000).div_euclid(MINUTE) * MINUTE + MINUTE;
    let until = from + MINUTE;
    let zone = table("Europe/Berlin", from);
    let (publish, end) = (local(from, &zone), local(until, &zone));
    let words = "Unverkennbare Worte";
    let post = write(&owner, &[("text", words), ("publish", &publish), ("until", &end)]).await;

    shortly_before(from).await;
    assert!(!owner.newsroom().await.contains(words) && !holds(kiosk.data(), words.as_bytes()), "not before its time");
    let presented = on_glass(&kiosk, &post).await;
    println!("planned post: on the glass {} ms after its instant", presented - from);
    assert!((0..=A_SECOND).contains(&(presented - from)), "{} ms", presented - from);
    assert!(owner.newsroom().await.contains(words));

    tokio::time::sleep(Duration::from_millis(u64::try_from(until - now()).unwrap_or(0))).await;
    assert!(!owner.newsroom().await.contains(words), "out of the newsroom at its end");
    eventually("no trace of it in the kiosk", || async { (!holds(kiosk.data(), words.as_bytes())).then_some(()) })
        .await;
    println!("its end: out of the kiosk's cache {} ms after the instant", now() - until);
    assert!(now() - until <= 2 * A_SECOND, "out of the cache after {} ms", now() - until);
    assert_eq!(on_main(&kiosk).unwrap().0, format!("post-{always}"));
}
