//! The instants at which posts come and go by themselves, with every job at work and a clock that the test moves.

use std::time::Duration;

use controller::features::posts::Turns;
use futures_util::StreamExt;
use harness::{NOON, Owner, TestController, TestScreen, within};
use reqwest::Method;
use shared::{envelope::Envelope, programme::Programme, slides::Slide};

use super::{id_of, photo, send, send_with, write};

const LATER: i64 = NOON + 3_600_000;
const END: i64 = NOON + 7_200_000;
/// Longer than the job sleeps.
const SECOND: Duration = Duration::from_millis(1_500);
/// What a machine with other work to do may take; `end_to_end::planned` holds it to a second.
const SOON: Duration = Duration::from_secs(30);

/// A paired screen.
async fn screen(wall: &TestController, owner: &Owner) -> TestScreen {
    let screen = TestScreen::new(wall, 1);
    let code = screen.code().await;
    let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
    owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
    screen
}

/// The programme as the screen gets it.
async fn programme(screen: &TestScreen) -> Programme {
    let envelope: Envelope =
        serde_json::from_slice(&screen.get("/screens/v1/programme").await.expect(200).bytes).unwrap();
    serde_json::from_str(&envelope.document).unwrap()
}

/// Posts that the screen's programme holds, and until when.
fn posts(programme: &Programme) -> Vec<(String, Option<i64>)> {
    let entries = programme.plans.iter().flat_map(|plan| &plan.regions).flat_map(|region| &region.playlist.entries);
    let post = |slide: &Slide| match slide {
        Slide::Post(post) => Some((post.text.clone(), post.until)),
        _ => None,
    };
    entries.filter_map(|entry| post(&entry.slide)).collect()
}

#[tokio::test]
async fn screens_and_open_pages_are_told_when_a_post_comes_and_when_it_goes() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let screen = screen(&wall, &owner).await;
        write(&owner, &[("text", "Immer da")]).await;
        let times = [("text", "Nur kurz"), ("publish", "2026-05-04T15:00"), ("until", "2026-05-04T16:00")];
        send_with(&owner, "posts/new", &times, ("a.jpg", photo(3))).await.expect(303);
        within(SOON, "a programme with one post", || async {
            (posts(&programme(&screen).await).len() == 1).then_some(())
        })
        .await;
        assert!(!String::from_utf8_lossy(&screen.get("/screens/v1/programme").await.bytes).contains("Nur kurz"));
        let live = owner.client.request(Method::GET, "/@museum/live").send().await.unwrap();
        let mut live = live.bytes_stream();
        // What is still told of writing.
        let mut words = 0;
        while tokio::time::timeout(SECOND, live.next()).await.is_ok() {
            words += 1;
            assert!(words < 20, "it is told once, not again and again");
        }
        let mut told = async |what: &str| {
            let next = tokio::time::timeout(SOON, live.next()).await;
            next.unwrap_or_else(|_| panic!("nobody told of {what}")).unwrap().unwrap()
        };

        wall.app.clock.set(LATER);
        let on = within(SOON, "a programme with the post whose time has come", || async {
            Some(programme(&screen).await).filter(|programme| posts(programme).len() == 2)
        })
        .await;
        assert_eq!(
            posts(&on)[0],
            ("Nur kurz".to_owned(), Some(END)),
            "screens know its end, with or without a network"
        );
        assert_eq!(on.media.len(), 1);
        assert!(String::from_utf8_lossy(&told("the post that came").await).contains("posts"));

        screen.send(Method::POST, "/screens/v1/report", "image/jpeg", photo(9)).await.expect(204);
        let taken = async || !wall.app.store.list_screens_with_picture().await.unwrap().is_empty();
        assert!(taken().await);
        wall.app.clock.set(END);
        let after = within(SOON, "a programme without the post whose time is over", || async {
            Some(programme(&screen).await).filter(|programme| posts(programme).len() == 1)
        })
        .await;
        assert!(after.media.is_empty(), "its picture goes from every cache");
        assert!(String::from_utf8_lossy(&told("the post that went").await).contains("posts"));
        within(SOON, "no picture of the screen", || async { (!taken().await).then_some(()) }).await;
    }
}

#[tokio::test]
async fn several_controllers_tell_each_its_own_and_the_rest_is_done_once() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let times = [("text", "Nur kurz"), ("until", "2026-05-04T15:00")];
        id_of(&send(&owner, "posts/new", &times).await.expect(303));
        let mut news = wall.app.news.listen();
        let (mut one, mut other) = (Turns::new(NOON), Turns::new(NOON));
        for turns in [&mut one, &mut other] {
            assert_eq!(turns.tell(&wall.app).await.unwrap(), Some(LATER));
        }
        let mut count = || std::iter::from_fn(|| news.try_recv().ok()).count();
        count();

        wall.app.clock.set(LATER);
        for turns in [&mut one, &mut other] {
            assert_eq!(turns.tell(&wall.app).await.unwrap(), None);
            assert_eq!(count(), 1, "each tells its own listeners");
            turns.tell(&wall.app).await.unwrap();
            assert_eq!(count(), 0, "once");
        }
        assert!(wall.app.store.list_stages_with_ended_post(LATER).await.unwrap().is_empty(), "noted");

        // One that was down at that instant makes up for it.
        let id = write(&owner, &[("text", "Noch einer"), ("until", "2026-05-04T15:30")]).await;
        wall.app.clock.set(LATER + 1_800_000 + 30 * 86_400_000);
        count();
        let mut late = Turns::new(wall.app.clock.now());
        late.tell(&wall.app).await.unwrap();
        assert!(wall.app.store.list_stages_with_ended_post(i64::MAX).await.unwrap().is_empty(), "{id} was made up for");
    }
}
