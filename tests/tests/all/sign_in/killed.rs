//! A controller that is killed at any moment of a renewal: no token is lost that could be kept, and no post comes twice.

use std::time::Duration;

use harness::{
    closed::{Fault, Rotation},
    eventually,
};

use super::rotation::{brings, film, running};

/// Milliseconds that the network takes for the answer to a renewal.
const ANSWER_MILLIS: u64 = 60;

/// Two minutes later: the claims of the dead one have ended, and the tokens are due.
const LATER: &str = "update source_tokens set claimed_until = 0, renew_at = 0; update sources set claimed_until = 0";

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_of_a_renewal_it_goes_on_with_tokens_that_are_good() {
    let (network, mut controller, owner) = running(Rotation::Lenient, 3_600).await;
    let mut number = 1;
    // From before the answer until after the new tokens are kept and used.
    for after_millis in (0..=160).step_by(16) {
        controller.kill();
        controller.change(LATER).await;
        let asked = network.asked("/oauth/token/").len();
        network.fail("/oauth/token/", Fault::Slow(Duration::from_millis(ANSWER_MILLIS)));
        controller.start_again().await;
        eventually("a renewal", || async { (network.asked("/oauth/token/").len() > asked).then_some(()) }).await;
        tokio::time::sleep(Duration::from_millis(after_millis)).await;

        controller.kill();

        controller.change(LATER).await;
        let before = controller.find_text("select version from source_tokens").await;
        controller.start_again().await;
        eventually("renewed tokens", || async {
            (controller.find_text("select version from source_tokens").await != before).then_some(())
        })
        .await;
        number += 1;
        network.append(film(number));
        brings(&owner, &controller, &format!("Film Nummer {number}.")).await;
        let posts = controller.find_text("select count(*) from posts").await;
        assert_eq!(posts, Some(number.to_string()), "killed after {after_millis} ms: no post twice, none lost");
        let state = controller.find_text("select state from sources").await;
        assert_eq!(state.as_deref(), Some("working"), "killed after {after_millis} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_as_soon_as_new_tokens_are_kept_it_needs_no_others() {
    // This network forgets at once what it replaced: what was kept is all there is.
    let (network, mut controller, owner) = running(Rotation::Strict, 3_600).await;
    for number in 2..6 {
        controller.kill();
        controller.change(LATER).await;
        let before = controller.find_text("select version from source_tokens").await;
        controller.start_again().await;
        let kept = async {
            while controller.find_text("select version from source_tokens").await == before {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), kept).await.expect("a renewal");

        controller.kill();

        controller.change("update source_tokens set claimed_until = 0; update sources set claimed_until = 0").await;
        controller.start_again().await;
        network.append(film(number));
        brings(&owner, &controller, &format!("Film Nummer {number}.")).await;
        assert_eq!(network.access(|access| access.refreshers()), 1);
        assert_eq!(controller.find_text("select state from sources").await.as_deref(), Some("working"));
    }
}
