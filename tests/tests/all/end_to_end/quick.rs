//! Pages while a hundred photos arrive: pictures are prepared beside them, and not before them.

use std::time::{Duration, Instant};

use harness::{Controller, Owner};

use crate::library::photo;

#[tokio::test(flavor = "multi_thread")]
async fn pages_stay_quick_while_a_hundred_photos_arrive() {
    let controller = Controller::new().await;
    let owner = Owner::new(controller.client(), "museum").await;
    let photos: Vec<_> = (0..100).map(|seed| photo(1_600, 1_067, seed)).collect();
    let start = Instant::now();
    let sending = async {
        for four in photos.chunks(4) {
            let one = async |photo: &Vec<u8>| {
                owner.client.upload(&owner.path("media"), &[], "files", ("a.jpg", photo.clone())).await.expect(303);
            };
            futures_util::future::join_all(four.iter().map(one)).await;
        }
        start.elapsed()
    };
    let mut waits = Vec::new();
    let visitor = controller.client();
    let mut sending = std::pin::pin!(sending);
    let all = loop {
        let asked = Instant::now();
        let page = async {
            visitor.get("/@museum").await.expect(200);
            asked.elapsed()
        };
        let mut page = std::pin::pin!(page);
        tokio::select! {
            all = &mut sending => break all,
            wait = &mut page => waits.push(wait),
        }
        tokio::select! {
            all = &mut sending => break all,
            () = tokio::time::sleep(Duration::from_millis(20)) => {}
        }
    };

    waits.sort();
    let at = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize];
    println!("100 photos in {all:?}; {} pages: p50 {:?}, p95 {:?}, p99 {:?}", waits.len(), at(0.5), at(0.95), at(0.99));
    assert!(waits.len() > 50 && at(0.95) < Duration::from_millis(500), "{:?}", at(0.95));
}
