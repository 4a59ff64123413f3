//! Alerts: on chosen screens within a second of the click, counted, and ended.

use std::time::{Duration, Instant};

use super::{FETCH, open, screen};
use harness::{Owner, TestController};
use shared::{
    programme::ALERT,
    protocol::{OnNow, Report, State, Up},
    slides::Slide,
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn an_alert_is_in_the_programme_within_a_second_and_gone_when_it_is_ended() {
    for wall in TestController::on_each().await {
        controller::jobs::start(&wall.app);
        let owner = Owner::new(wall.client(), "museum").await;
        let (kiosk, paired) = screen(&wall, &owner, 1).await;
        let fetch = || async { open(&kiosk.get(FETCH).await.expect(200).bytes, &paired) };
        fetch().await;

        let start = Instant::now();
        let fields = [("headline", "Bitte das Gebäude verlassen"), ("shape", "full"), ("minutes", "5")];
        let sent = owner.client.post(&owner.path("alerts"), &fields).await.expect(303);
        let page = sent.location().split('?').next().unwrap().to_owned();
        let document = harness::within(SECOND, "the alert", || async {
            Some(fetch().await).filter(|document| document.alerts.len() == 1)
        })
        .await;
        println!("an alert was in the programme after {:?}", start.elapsed());
        let alert = &document.alerts[0];
        let Slide::Announcement(said) = &alert.entry.slide else { panic!() };
        assert_eq!(said.headline, "Bitte das Gebäude verlassen");
        assert_eq!(alert.until, Some(alert.from + 300_000));
        assert!(owner.client.get(&page).await.expect(200).text().contains("0 von 1 Bildschirm"));

        let mut link = kiosk.link().await.unwrap();
        let on = OnNow { region: ALERT.into(), entry: alert.entry.id.clone(), since: 0, presented_at: 1 };
        let report = Report { state: State::Playing, on: vec![on], ..Report::default() };
        link.say(&Up::Report(report)).await;
        harness::eventually("the count", || async {
            owner.client.get(&format!("{page}/now")).await.text().contains("1 von 1 Bildschirm").then_some(())
        })
        .await;

        let screens = || async { owner.client.get(&owner.path("screens")).await.expect(200).text() };
        assert!(screens().await.contains("Durchsage läuft: „Bitte das Gebäude verlassen“"));
        owner.client.post(&format!("{page}/end"), &[]).await.expect(303);
        assert!(!screens().await.contains("Durchsage läuft"));
        harness::within(SECOND, "no alert", || async {
            Some(fetch().await).filter(|document| document.alerts.is_empty())
        })
        .await;
        assert!(owner.client.get(&page).await.text().contains("Beendet"));
    }
}

#[tokio::test]
async fn an_alert_ends_by_itself_and_is_only_for_screens_with_its_tags() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let (kiosk, paired) = screen(&wall, &owner, 1).await;
    let fetch = || async { open(&kiosk.get(FETCH).await.expect(200).bytes, &paired) };
    let screen = owner.path(&format!("screens/{}", paired.screen.id));
    owner.client.post(&screen, &[("name", "Foyer"), ("rotation", "0"), ("tags", "Kasse")]).await.expect(303);
    let fields = [("headline", "Kurz"), ("shape", "band"), ("tag", "Kasse"), ("tag", "Mars"), ("minutes", "1")];
    owner.client.post(&owner.path("alerts"), &fields).await.expect(303);
    let document =
        harness::within(SECOND, "the alert", || async { Some(fetch().await).filter(|d| d.alerts.len() == 1) }).await;
    assert_eq!(document.alerts[0].tags, ["Kasse"], "a tag that no screen has is not taken");

    wall.wait_secs(60);
    wall.app.news.tell(controller::app::Change::Alerts { stage_id: owner.stage_id.clone() });

    harness::within(SECOND, "no alert", || async { Some(fetch().await).filter(|d| d.alerts.is_empty()) }).await;
    assert!(!owner.client.get(&owner.path("alerts")).await.expect(200).text().contains("Läuft gerade"));
}

#[tokio::test]
async fn what_is_wrong_with_an_alert_is_said_and_it_is_there_for_its_own_account_only() {
    let wall = TestController::new().await;
    let (museum, club) = (Owner::new(wall.client(), "museum").await, Owner::new(wall.client(), "club").await);
    let fields = [("headline", " "), ("text", "Der Text bleibt"), ("minutes", "-3")];
    let text = museum.client.post(&museum.path("alerts"), &fields).await.expect(422).text();
    for words in ["geben Sie eine Überschrift ein", "1 bis 10080 Minuten (eine Woche)", "Der Text bleibt"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let sent = museum.client.post(&museum.path("alerts"), &[("headline", "Achtung")]).await.expect(303);
    let page = sent.location().split('?').next().unwrap().to_owned();
    let own = club.path(&format!("alerts/{}", page.rsplit('/').next().unwrap()));

    for path in [museum.path("alerts"), page.clone(), format!("{page}/now"), own.clone()] {
        assert_eq!(club.client.get(&path).await.status, 404, "GET {path}");
    }
    for path in [museum.path("alerts"), format!("{page}/end"), format!("{own}/end")] {
        assert_eq!(club.client.post(&path, &[("headline", "Mine")]).await.status, 404, "POST {path}");
        assert_eq!(museum.client.post_without_token(&path, &[]).await.status, 403, "POST {path}");
    }
    assert!(museum.client.get(&page).await.text().contains("Achtung"));
}
