//! Pages of the library as whole requests: sent, searched, described, full.

use harness::{Owner, Part, TestController, at_hand};

use super::{account, entries, named, send};
use crate::{
    media_command::jpeg,
    uploads::{make, pdf},
};

#[tokio::test]
async fn files_are_sent_by_a_plain_form_kept_once_and_described() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let empty = owner.client.get(&owner.path("media")).await.expect(200).text();
        assert!(empty.contains("Noch nichts hochgeladen") && empty.contains("0 kB von 5 GB belegt"), "{empty}");

        let sent = send(&owner, "C:\\Bilder\\Steg am See.jpg", jpeg(800, 600, 1)).await.expect(303);
        assert!(sent.location().ends_with("/media?done=media_sent"));
        send(&owner, "noch einmal.jpg", jpeg(800, 600, 1)).await.expect(303);

        let all = entries(&wall, &owner).await;
        assert_eq!((all.len(), all[0].name.as_str()), (1, "Steg am See.jpg"), "stored once");
        let page = owner.client.get(&owner.path("media")).await.expect(200).text();
        for words in ["Steg am See.jpg", "Beschreibung fehlt", "Noch nirgends verwendet"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let place = owner.path(&format!("media/{}", all[0].id));
        let form = owner.client.get(&place).await.expect(200).text();
        assert!(form.contains("800 × 600") && form.contains("CC BY-SA 4.0"), "{form}");

        let bad = [("name", ""), ("alt", "Ein Steg"), ("licence", "own"), ("focus_x", "101"), ("focus_y", "5")];
        let told = owner.client.post(&place, &bad).await.expect(422).text();
        for words in
            ["Bitte geben Sie einen Namen an", "zwei ganze Zahlen", "mit eigenen Worten", ">Ein Steg</textarea>"]
        {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert_eq!(entries(&wall, &owner).await[0].alt, "", "nothing was kept");
        let good = [
            ("name", "Steg"),
            ("alt", "Ein Steg im Nebel"),
            ("credit", "Ada <b>"),
            ("licence", "own"),
            ("licence_words", "Nur mit Nachfrage"),
            ("focus_x", "20"),
            ("focus_y", "80"),
        ];
        owner.client.post(&place, &good).await.expect(303);
        let form = owner.client.get(&place).await.expect(200).text();
        for words in ["value=\"Steg\"", "Ein Steg im Nebel", "Ada &#60;b&#62;", "Nur mit Nachfrage", "value=\"20\""] {
            assert!(form.contains(words), "{words}: {form}");
        }
        let found = async |query: &str| owner.client.get(&owner.path(&format!("media{query}"))).await.text();
        assert!(found("?q=NEBEL").await.contains("alt=\"Ein Steg im Nebel\""));
        assert!(found("?q=Wald").await.contains("Dazu gibt es nichts"));
        assert!(found("?kind=film").await.contains("Dazu gibt es nichts"));
        assert!(found("?kind=undescribed").await.contains("Dazu gibt es nichts"));
        owner.client.speak("en");
        let page = owner.client.get(&owner.path("media")).await.expect(200).text();
        assert!(page.contains("of 5 GB used") && page.contains("Not used anywhere yet"), "{page}");
    }
}

#[tokio::test]
async fn films_and_documents_are_in_the_library_with_their_state_and_pages() {
    if !at_hand(Part::Films) || !at_hand(Part::Documents) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let film =
        make("film.mp4", "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -c:v libx264 -movflags +faststart");

    send(&owner, "Plan.pdf", pdf(2, "", "", "")).await.expect(303);
    send(&owner, "See.mp4", film).await.expect(303);

    let page = owner.client.get(&owner.path("media")).await.expect(200).text();
    assert!(
        page.contains("Dokument, 2 Seiten") && page.contains(">Wartet</span></p>") && page.contains("every 2s"),
        "{page}"
    );
    assert!(controller::features::media::prepare_next(&wall.app).await.unwrap());
    let page = owner.client.get(&owner.path("media")).await.expect(200).text();
    assert!(!page.contains(">Wartet</span></p>") && !page.contains("every 2s"), "{page}");
    let (film, plan) = (named(&wall, &owner, "See.mp4").await, named(&wall, &owner, "Plan.pdf").await);
    let film = owner.client.get(&owner.path(&format!("media/{}", film.id))).await.expect(200).text();
    assert!(film.contains("<video") && film.contains("0:02 Minuten") && !film.contains("id=\"point\""), "{film}");
    let document = owner.client.get(&owner.path(&format!("media/{}", plan.id))).await.expect(200).text();
    assert!(document.contains("alt=\"Seite 2\"") && !document.contains("id=\"point\""), "{document}");
}

#[tokio::test]
async fn a_full_account_is_told_before_anything_is_kept_and_its_operator_gives_it_more() {
    for wall in TestController::on_each_with(|config| config.media_megabytes = 1).await {
        let owner = Owner::new(wall.client(), "museum").await;
        let heavy = [jpeg(300, 200, 1), vec![0; 1_100_000]].concat();

        let told = send(&owner, "Panorama.jpg", heavy.clone()).await.expect(422).text();

        assert!(told.contains("reicht der Platz Ihres Kontos nicht") && told.contains("Panorama.jpg"), "{told}");
        assert!(entries(&wall, &owner).await.is_empty());
        let seen = owner.seen().await;
        let item = owner.path(&format!("programmes/{}/item?plan=default&region=main&kind=photo", owner.stage_id));
        let fields = [("seen", seen.as_str()), ("caption", "Blick")];
        let told =
            owner.client.upload(&item, &fields, "picture_file", ("a.jpg", heavy.clone())).await.expect(422).text();
        assert!(told.contains("reicht der Platz Ihres Kontos nicht") && told.contains("Blick"), "in the editor, too");

        let account = account(&wall, &owner).await;
        wall.app.store.set_media_quota(&account, Some(3_000_000)).await.unwrap();
        send(&owner, "Panorama.jpg", heavy).await.expect(303);
        let page = owner.client.get(&owner.path("media")).await.expect(200).text();
        assert!(page.contains("von 3 MB belegt"), "{page}");
        wall.app.store.set_media_quota(&account, Some(1)).await.unwrap();
        let page = owner.client.get(&owner.path("media")).await.expect(200).text();
        assert!(page.contains("Der Platz wird knapp") && page.contains("value=\"100\""), "{page}");
        send(&owner, "dasselbe.jpg", jpeg(300, 200, 9)).await.expect(422);
    }
}
