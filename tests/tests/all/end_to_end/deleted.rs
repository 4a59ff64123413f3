//! A picture deleted in the library, with the real programs: off every address and off the kiosk's disk within a second.

use std::time::{Duration, Instant};

use harness::{Controller, Kiosk, Owner, eventually};

use crate::media_command::{files, jpeg};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_leaves_a_kiosk_within_a_second() {
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    owner.client.upload(&owner.path("media"), &[], "files", ("Steg.jpg", jpeg(640, 480, 8))).await.expect(303);
    let media = controller.find_text("select media_id from library_media").await.unwrap();
    let file = controller.find_text("select sha256 from renditions order by width desc").await.unwrap();
    let seen = owner.seen().await;
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    let fields = [("seen", seen.as_str()), ("caption", "Steg"), ("picture", media.as_str())];
    let item = format!("{place}/item?plan=default&region=main&kind=photo");
    owner.client.upload(&item, &fields, "picture_file", ("", Vec::new())).await.expect(303);
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", "publish")];
    owner.client.post(&format!("{place}/do"), &fields).await.expect(303);
    let kiosk = Kiosk::headless(&controller.url());
    owner.pair(&controller, "Foyer").await;
    let is_cached = || files(kiosk.data()).iter().any(|path| path.ends_with(&file));
    eventually("the picture is on the kiosk", || async { is_cached().then_some(()) }).await;
    let entry = controller.find_text("select id from library").await.unwrap();

    let start = Instant::now();
    owner.client.post(&owner.path(&format!("media/{entry}/delete")), &[]).await.expect(303);
    let public = start.elapsed();
    controller.client().get(&format!("/media/{file}")).await.expect(404);
    eventually("the picture left the kiosk", || async { (!is_cached()).then_some(()) }).await;
    let cached = start.elapsed();

    println!("deleted picture: nobody gets it after {public:?}, off the kiosk's disk after {cached:?}");
    assert!(cached < Duration::from_secs(1), "{cached:?}");
}
