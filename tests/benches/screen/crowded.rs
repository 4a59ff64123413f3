//! As much as a display shows at once: posts with photos, a clock with hands at the side, a ticker below.

use harness::{Controller, Owner};

use super::POSTS;

const WORDS: &str = "Die Fähre fährt wieder halbstündlich.\nHeute Markt am Fischertor, 7 bis 13 Uhr.\n\
                     Stadtbücherei bis 20 Uhr geöffnet.\nAm Wochenende Regen, danach heiter.";

/// Divides the display in three, fills each part, and shows every post again.
pub async fn fill(owner: &Owner, controller: &Controller) {
    for (title, ..) in &POSTS[1..] {
        let sql = format!("select id from posts where title = '{title}'");
        let post = controller.find_text(&sql).await.expect("a post");
        owner.client.post(&owner.path(&format!("posts/{post}/show")), &[]).await.expect(303);
    }
    let place = owner.path(&format!("programmes/{}", owner.stage_id));
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("layout", "three")];
    owner.client.post(&format!("{place}/layout?plan=default"), &fields).await.expect(303);
    let ticker = [("text", WORDS), ("count", "4"), ("speed", "fast")];
    let clock = [("face", "hands"), ("date", "on")];
    for (region, kind, values) in [("side", "clock", &clock[..]), ("ticker", "ticker", &ticker[..])] {
        let seen = owner.seen().await;
        let fields: Vec<_> = [("seen", seen.as_str())].into_iter().chain(values.iter().copied()).collect();
        let item = format!("{place}/item?plan=default&region={region}&kind={kind}");
        owner.client.upload(&item, &fields, "unused", ("", Vec::new())).await.expect(303);
    }
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", "publish"), ("item", "")];
    owner.client.post(&format!("{place}/do"), &fields).await.expect(303);
}
