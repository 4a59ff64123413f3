//! Several programmes of a stage, and which screen follows which.

use harness::{Owner, TestController};
use shared::protocol::Down;

use super::{FETCH, screen};

#[tokio::test]
async fn a_screen_follows_another_programme_at_once_and_that_one_stays() {
    let wall = TestController::new().await;
    controller::jobs::start(&wall.app);
    let owner = Owner::new(wall.client(), "museum").await;
    let (kiosk, paired) = screen(&wall, &owner, 1).await;
    let page = owner.path(&format!("screens/{}", paired.screen.id));
    let mut link = kiosk.link().await.unwrap();
    link.hear().await;

    let made = owner.client.post(&owner.path("programmes"), &[("name", "Empore")]).await.expect(303);
    let made = made.location().split('?').next().unwrap().to_owned();
    let id = made.rsplit('/').next().unwrap().to_owned();
    let fields = [("name", "Foyer"), ("rotation", "0"), ("programme", id.as_str()), ("tags", "Kasse, Erdgeschoss")];
    owner.client.post(&page, &fields).await.expect(303);

    let document = |word: &Down| match word {
        Down::Screen(screen) => Some(screen.clone()),
        _ => None,
    };
    let told = link.wait("its new document", document).await;
    assert_eq!((told.programme.as_str(), told.tags.len()), (id.as_str(), 2));
    let text = kiosk.get(FETCH).await.expect(200).text();
    assert!(text.contains(&id), "{text}");
    let text = owner.client.get(&format!("{made}/delete")).await.expect(200).text();
    assert!(text.contains("Foyer") && !text.contains("Programm löschen</button>"), "{text}");
    owner.client.post(&format!("{made}/delete"), &[]).await.expect(422);
    let elsewhere = [("name", "Foyer"), ("rotation", "0"), ("programme", "nowhere")];
    owner.client.post(&page, &elsewhere).await.expect(422);

    let back = [("name", "Foyer"), ("rotation", "0"), ("programme", owner.stage_id.as_str())];
    owner.client.post(&page, &back).await.expect(303);
    owner.client.post(&format!("{made}/delete"), &[]).await.expect(303);
    let list = owner.client.get(&owner.path("programmes")).await.expect(200).text();
    assert!(list.contains("Hauptprogramm") && !list.contains("Empore"), "{list}");
}

#[tokio::test]
async fn programmes_are_named_copied_and_the_first_one_stays() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    owner.announce("Heute zu", "").await;
    let first = owner.path(&format!("programmes/{}", owner.stage_id));

    owner.client.post(&format!("{first}/name"), &[("name", " Foyer  unten ")]).await.expect(303);
    let copy = owner.client.post(&format!("{first}/copy"), &[]).await.expect(303);
    let copy = owner.client.get(copy.location().split('?').next().unwrap()).await.expect(200).text();
    assert!(copy.contains("Foyer unten (Kopie)") && copy.contains("Heute zu"), "{copy}");
    assert!(copy.contains("Auf den Bildschirmen"), "a copy is published");
    owner.client.post(&format!("{first}/delete"), &[]).await.expect(422);
    let text = owner.client.post(&format!("{first}/name"), &[("name", "")]).await.expect(422).text();
    assert!(text.contains("geben Sie einen Namen ein"));
}
