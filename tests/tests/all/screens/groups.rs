//! Groups of screens: shown together, given a programme at once, and chosen for alerts.

use harness::{NOON, TestController, TestScreen};
use shared::protocol::Down;

use super::{id, owner, pair};

#[tokio::test]
async fn a_group_is_listed_together_gets_a_programme_at_once_and_is_chosen_for_alerts() {
    for wall in TestController::on_each().await {
        let owner = owner(&wall, "museum").await;
        let kiosks = [1, 2, 3].map(|number| TestScreen::new(&wall, number));
        let mut pages = Vec::new();
        for (kiosk, name) in kiosks.iter().zip(["Foyer", "Kasse", "Turm"]) {
            pages.push(pair(&owner, kiosk, name).await);
        }
        let list = async || owner.client.get(&owner.path("screens")).await.expect(200).text();
        assert!(!list().await.contains("Ohne Gruppe"), "no headings while there are no groups");
        let mut link = kiosks[1].link().await.unwrap();
        link.hear().await;

        for (page, group) in [(&pages[0], " Rathaus "), (&pages[1], "rathaus")] {
            let fields = [("name", "Schirm"), ("rotation", "0"), ("tags", "Kasse"), ("group", group)];
            owner.client.post(page, &fields).await.expect(303);
        }
        let text = list().await;
        assert_eq!((text.matches("<h2 id=\"group-").count(), text.contains("Ohne Gruppe")), (2, true), "{text}");

        // One click, and all of them follow another programme.
        let made = owner.client.post(&owner.path("programmes"), &[("name", "Empore")]).await.expect(303);
        let programme = made.location().split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
        let group = owner.path("screens/group");
        let fields = [("group", "Rathaus"), ("what", "follow"), ("programme", programme.as_str())];
        owner.client.post(&group, &fields).await.expect(303);
        let document = |word: &Down| match word {
            Down::Screen(screen) if screen.programme == programme => Some(screen.clone()),
            _ => None,
        };
        let told = link.wait("its new programme", document).await;
        assert_eq!(told.tags, ["Kasse", "group:Rathaus"]);
        let stored = async |page: &str| {
            let account = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap().account_id;
            wall.app.store.find_screen(&account, id(page)).await.unwrap().unwrap()
        };
        assert_eq!(stored(&pages[0]).await.programme_id, programme);
        assert_eq!(stored(&pages[2]).await.programme_id, owner.stage_id, "the tower is in no group");
        let wrong = [("group", "Rathaus"), ("what", "follow"), ("programme", "nowhere")];
        owner.client.post(&group, &wrong).await.expect(422);
        owner.client.post(&group, &[("group", "Keller"), ("what", "rename"), ("name", "X")]).await.expect(404);

        // An alert for the group.
        let fields = [("headline", "Feierabend"), ("group", "Rathaus"), ("group", "Keller")];
        let sent = owner.client.post(&owner.path("alerts"), &fields).await.expect(303);
        let alerts = wall.app.store.list_alerts(&owner.stage_id, NOON).await.unwrap();
        assert_eq!(alerts[0].tags, "[\"group:Rathaus\"]", "a group that is not there is not taken");
        let page = owner.client.get(sent.location().split('?').next().unwrap()).await.expect(200).text();
        assert!(page.contains("0 von 2 Bildschirmen"), "{page}");

        // Another name, and none; not while an alert names it.
        let fields = [("group", "Rathaus"), ("what", "rename"), ("name", "Altes Rathaus")];
        owner.client.post(&group, &fields).await.expect(422);
        let end = owner.path(&format!("alerts/{}/end", alerts[0].id));
        owner.client.post(&end, &[]).await.expect(303);
        owner.client.post(&group, &fields).await.expect(303);
        assert_eq!(stored(&pages[1]).await.group_name, "Altes Rathaus");
        let fields = [("group", "Altes Rathaus"), ("what", "rename"), ("name", "")];
        owner.client.post(&group, &fields).await.expect(303);
        assert!(!list().await.contains("Ohne Gruppe"));
    }
}
