//! The link over a real socket: what is told, how fast, and when it ends.

use std::time::{Duration, Instant};

use controller::app::Change;
use futures_util::SinkExt;
use harness::{NOON, TestController, TestScreen, eventually};
use shared::protocol::{Down, Fault, OnNow, Report, Screen, State, Up};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{id, owner, pair};

const SECOND: Duration = Duration::from_secs(1);

fn version(word: &Down) -> Option<u64> {
    match word {
        Down::Programme { version, .. } => Some(*version),
        _ => None,
    }
}

#[tokio::test]
async fn a_screen_hears_of_a_change_within_a_second() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = owner(&wall, "museum").await;
        let screen = TestScreen::new(&wall, 1);
        pair(&owner, &screen, "Foyer").await;
        screen.get("/screens/v1/programme").await.expect(200);
        let mut link = screen.link().await.unwrap();
        let Some(Down::Screen(document)) = link.hear().await else { panic!("first its own document") };
        assert_eq!(document.name, "Foyer");
        let first = link.wait("a hint", version).await;

        let start = Instant::now();
        owner.announce("Heute geschlossen", "").await;
        let second = link.wait("a hint", |word| version(word).filter(|v| *v > first)).await;

        let took = start.elapsed();
        println!("a change of settings was told after {took:?}");
        assert!(took < SECOND && second == first + 1, "{took:?}");
    }
}

#[tokio::test]
async fn a_revoked_screen_is_told_and_closed_within_a_second() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    let mut link = screen.link().await.unwrap();
    link.hear().await;

    let start = Instant::now();
    owner.client.post(&format!("{page}/revoke"), &[]).await.expect(303);
    link.wait("revoked", |word| (*word == Down::Revoked).then_some(())).await;
    assert_eq!(link.hear().await, None);

    let took = start.elapsed();
    println!("a screen was told that it was revoked, and closed, after {took:?}");
    assert!(took < SECOND, "{took:?}");
    let Err(Error::Http(answer)) = screen.link().await else { panic!("it came back") };
    assert_eq!(answer.status(), 403);
}

#[tokio::test]
async fn a_stop_says_goodbye_and_when_to_return() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    pair(&owner, &screen, "Foyer").await;
    let mut link = screen.link().await.unwrap();
    link.hear().await;

    wall.app.stop.cancel();

    let after = |word: &Down| match word {
        Down::Goodbye { return_after } => Some(*return_after),
        _ => None,
    };
    assert!((1_000..=5_000).contains(&link.wait("goodbye", after).await));
    assert_eq!(link.hear().await, None);
    wall.app.tasks.close();
    tokio::time::timeout(Duration::from_secs(5), wall.app.tasks.wait()).await.expect("every task ends");
}

#[tokio::test]
async fn the_newest_link_of_a_screen_wins() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    let mut old = screen.link().await.unwrap();
    old.hear().await;

    let mut new = screen.link().await.unwrap();
    new.hear().await;

    while old.hear().await.is_some() {}
    owner.client.post(&format!("{page}/shot"), &[]).await.expect(303);
    new.wait("a wish for a picture", |word| (*word == Down::Picture).then_some(())).await;
}

#[tokio::test]
async fn a_new_name_and_position_are_told_at_once() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    let mut link = screen.link().await.unwrap();
    link.hear().await;

    owner.client.post(&page, &[("name", "Kasse"), ("rotation", "90")]).await.expect(303);

    let document = |word: &Down| match word {
        Down::Screen(screen) => Some((screen.name.clone(), screen.rotation)),
        _ => None,
    };
    assert_eq!(link.wait("its document", document).await, ("Kasse".to_owned(), 90));
    owner.client.post(&page, &[("name", "Kasse"), ("rotation", "45")]).await.expect(422);
}

#[tokio::test]
async fn a_report_is_on_the_page_at_once_and_in_the_database_soon() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    screen.get("/screens/v1/programme").await.expect(200);
    let mut news = wall.app.news.listen();
    let mut link = screen.link().await.unwrap();
    let on = OnNow { region: "main".into(), entry: "welcome".into(), since: 0, presented_at: 1 };
    let fault = Fault { name: "disk_full".into(), detail: "<b>write</b>".into(), at: 1 };
    let report = Report {
        state: State::Playing,
        version: 1,
        on: vec![on],
        width: 1080,
        height: 1920,
        still: true,
        faults: vec![fault],
        ..Report::default()
    };

    link.say(&Up::Report(report.clone())).await;
    link.say(&Up::Time { asked: 7 }).await;
    let time = |word: &Down| match word {
        Down::Time { asked, now } => Some((*asked, *now)),
        _ => None,
    };
    assert_eq!(link.wait("the time", time).await, (7, wall.app.clock.now()));

    let text = owner.client.get(&page).await.expect(200).text();
    for words in ["Gestört", "Seine Platte ist voll", "Die Begrüßungsfolie", "1080 × 1920", "ohne Grafikkarte"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("<b>write"), "what a kiosk says is text");
    let told = |change: &Change| matches!(change, Change::Screen { screen_id, .. } if screen_id == id(&page));
    let mut changes = Vec::new();
    while let Ok(change) = news.try_recv() {
        changes.push(change);
    }
    assert!(changes.iter().filter(|c| told(c)).count() >= 2, "came, and said something: {changes:?}");

    controller::jobs::start(&wall.app);
    eventually("the report is in the database", || async {
        let screen = wall.app.store.find_screen_by_key(&shared::hex::decode::<32>(&screen.public())?).await.unwrap()?;
        (serde_json::from_str::<Report>(&screen.report).ok()? == report && screen.seen_at > 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn who_says_too_much_or_nonsense_is_sent_away_and_nobody_else() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let (rude, good) = (TestScreen::new(&wall, 1), TestScreen::new(&wall, 2));
    pair(&owner, &rude, "Foyer").await;
    pair(&owner, &good, "Kasse").await;
    let mut kept = good.link().await.unwrap();
    kept.hear().await;

    for message in [
        Message::text(format!(r#"{{"say":"hum","tune":"{}"}}"#, "la".repeat(33 * 1_024))),
        Message::text("no JSON"),
        Message::text(r#"{"say":"report","state":7}"#),
    ] {
        let mut link = rude.link().await.unwrap();
        link.hear().await;
        // The other side may close before everything is sent.
        let _ = link.0.send(message).await;
        while link.hear().await.is_some() {}
    }
    let mut link = rude.link().await.unwrap();
    for _ in 0..250 {
        let _ = link.0.send(Message::text(r#"{"say":"hum"}"#)).await;
    }
    while link.hear().await.is_some() {}

    kept.say(&Up::Time { asked: 1 }).await;
    kept.wait("the time", |word| matches!(word, Down::Time { .. }).then_some(())).await;
}

#[tokio::test]
async fn a_link_needs_a_paired_screen() {
    let wall = TestController::new().await;
    let stranger = TestScreen::new(&wall, 9);

    let Err(Error::Http(answer)) = stranger.link().await else { panic!("a stranger got in") };

    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_screen_that_does_not_read_is_dropped_before_it_costs_memory() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    let _deaf = screen.link().await.unwrap();
    let name = "x".repeat(50_000);
    let word = Screen {
        id: id(&page).to_owned(),
        name,
        rotation: 0,
        language: "de".to_owned(),
        tags: Vec::new(),
        programme: owner.stage_id.clone(),
    };

    let mut told = 0;
    while wall.app.live.tell(id(&page), Down::Screen(word.clone())) {
        told += 1;
        assert!(told < 1_000, "fifty megabytes are kept for it");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    println!("dropped after {told} unread messages of 50 kB, which the sockets hold");
    assert!(!wall.app.live.is_linked(id(&page)));
}

#[tokio::test]
async fn a_screen_without_a_picture_is_asked_for_one_once_it_plays() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    pair(&owner, &screen, "Foyer").await;
    let mut link = screen.link().await.unwrap();

    for state in [State::Loading, State::Playing, State::Playing] {
        link.say(&Up::Report(Report { state, ..Report::default() })).await;
    }
    link.say(&Up::Time { asked: 1 }).await;

    let mut wished = 0;
    while let Some(word) = link.hear().await {
        wished += usize::from(word == Down::Picture);
        if matches!(word, Down::Time { .. }) {
            break;
        }
    }
    assert_eq!(wished, 1);
}

#[tokio::test]
async fn a_screen_whose_stage_is_gone_is_told_so() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    let mut link = screen.link().await.unwrap();
    link.hear().await;
    // As when its stage goes: the row goes with it, and nobody was told.
    let account = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id;
    assert!(wall.app.store.revoke_screen(&account, id(&page), NOON).await.unwrap());
    wall.app.store.delete_revoked_screen(id(&page)).await.unwrap();

    controller::jobs::start(&wall.app);

    link.wait("revoked", |word| (*word == Down::Revoked).then_some(())).await;
    assert_eq!(link.hear().await, None);
}
