//! Slides from the library: chosen, searched, and described there once for all of them.

use std::collections::BTreeMap;

use harness::{Owner, Part, TestController, at_hand};
use shared::{
    programme::Programme,
    slides::{Focus, Slide},
};

use super::{entries, named, send};
use crate::{media_command::jpeg, uploads::pdf};

/// Where the form of a slide is sent.
fn item(owner: &Owner, kind: &str) -> String {
    owner.path(&format!("programmes/{}/item?plan=default&region=main&kind={kind}", owner.stage_id))
}

/// Publishes what is edited; the programme as screens get it.
pub(super) async fn published(wall: &TestController, owner: &Owner) -> Programme {
    let seen = owner.seen().await;
    let fields = [("seen", seen.as_str()), ("plan", "default"), ("what", "publish")];
    owner.client.post(&owner.path(&format!("programmes/{}/do", owner.stage_id)), &fields).await.expect(303);
    signed(wall, owner).await
}

/// The programme as screens get it.
pub(super) async fn signed(wall: &TestController, owner: &Owner) -> Programme {
    controller::features::programmes::publish(&wall.app, &owner.stage_id).await.unwrap();
    let envelope = wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap().envelope;
    let envelope: shared::envelope::Envelope = serde_json::from_str(&envelope).unwrap();
    serde_json::from_str(&envelope.document).unwrap()
}

/// Words and focus of each photo, by its caption.
pub(super) fn photos(programme: &Programme) -> BTreeMap<String, (String, Focus)> {
    let entries = programme.plans.iter().flat_map(|plan| &plan.regions).flat_map(|region| &region.playlist.entries);
    let photo = |slide: &Slide| match slide {
        Slide::Photo(photo) => photo.picture.as_ref().map(|p| (photo.caption.clone(), (p.alt.clone(), p.focus))),
        _ => None,
    };
    entries.filter_map(|entry| photo(&entry.slide)).collect()
}

/// Who made the photos, as their slides say, in order.
fn credits(programme: &Programme) -> Vec<String> {
    let entries = programme.plans.iter().flat_map(|plan| &plan.regions).flat_map(|region| &region.playlist.entries);
    let mut credits: Vec<_> = entries
        .filter_map(|entry| if let Slide::Photo(photo) = &entry.slide { Some(photo.credit.clone()) } else { None })
        .collect();
    credits.sort();
    credits
}

#[tokio::test]
async fn a_picture_is_chosen_from_the_library_and_described_there_for_every_slide() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        send(&owner, "Steg.jpg", jpeg(800, 600, 1)).await.expect(303);
        send(&owner, "Turm.jpg", jpeg(800, 600, 2)).await.expect(303);
        let (pier, tower) = (named(&wall, &owner, "Steg.jpg").await, named(&wall, &owner, "Turm.jpg").await);

        let form = owner.client.get(&item(&owner, "photo")).await.expect(200).text();
        assert!(
            form.contains("Aus Ihren Medien") && form.contains("alt=\"Steg.jpg\"") && form.contains("alt=\"Turm.jpg\"")
        );
        let seen = owner.seen().await;
        let look = [("seen", seen.as_str()), ("what", "look"), ("caption", "bleibt"), ("picture_search", "steg")];
        let found = owner
            .client
            .upload(&item(&owner, "photo"), &look, "picture_file", ("", Vec::new()))
            .await
            .expect(200)
            .text();
        assert!(
            found.contains("alt=\"Steg.jpg\"") && !found.contains("Turm.jpg") && found.contains("bleibt"),
            "{found}"
        );

        for (caption, more) in [("eins", &[][..]), ("zwei", &[("alt", "Nur hier"), ("focus", "90,10")])] {
            let seen = owner.seen().await;
            let names: Vec<_> = more.iter().map(|(leaf, _)| format!("picture_{leaf}_{}", pier.media_id)).collect();
            let mut fields = vec![("seen", seen.as_str()), ("caption", caption), ("picture", pier.media_id.as_str())];
            fields.extend((caption == "zwei").then_some(("credit", "Foto: Bea")));
            fields.extend(names.iter().map(String::as_str).zip(more.iter().map(|(_, value)| *value)));
            owner.client.upload(&item(&owner, "photo"), &fields, "picture_file", ("", Vec::new())).await.expect(303);
        }
        let plain = photos(&published(&wall, &owner).await);
        assert_eq!(plain["eins"], (String::new(), Focus { x: 50, y: 50 }));

        let words = [
            ("name", "Steg"),
            ("alt", "Ein Steg"),
            ("credit", "Ada"),
            ("licence", "cc_by_sa"),
            ("focus_x", "20"),
            ("focus_y", "80"),
        ];
        owner.client.post(&owner.path(&format!("media/{}", pier.id)), &words).await.expect(303);
        let programme = signed(&wall, &owner).await;
        assert_eq!(credits(&programme), ["Ada, CC BY-SA 4.0", "Foto: Bea"], "a licence that asks for a name gets it");
        let described = photos(&programme);
        assert_eq!(described["eins"], ("Ein Steg".to_owned(), Focus { x: 20, y: 80 }), "without a new publication");
        assert_eq!(described["zwei"], ("Nur hier".to_owned(), Focus { x: 90, y: 10 }), "a slide may say other words");
        // A new slide begins with the words of the library.
        let look = [("seen", seen.as_str()), ("what", "look"), ("picture", pier.media_id.as_str())];
        let form = owner
            .client
            .upload(&item(&owner, "photo"), &look, "picture_file", ("", Vec::new()))
            .await
            .expect(200)
            .text();
        assert!(form.contains("value=\"Ein Steg\"") && form.contains("value=\"20,80\" data-own selected"), "{form}");

        let page = owner.client.get(&owner.path(&format!("media/{}", pier.id))).await.expect(200).text();
        assert!(page.contains("Hauptprogramm") && page.contains("eins") && page.contains("zwei"), "{page}");
        let page = owner.client.get(&owner.path("media")).await.expect(200).text();
        assert!(page.contains("in einem Programm") && page.contains("Noch nirgends verwendet"), "{page}");
        let club = Owner::new(wall.client(), "club").await;
        let seen = club.seen().await;
        let fields = [("seen", seen.as_str()), ("picture", tower.media_id.as_str())];
        club.client.upload(&item(&club, "photo"), &fields, "picture_file", ("", Vec::new())).await.expect(422);
    }
}

#[tokio::test]
async fn a_document_is_chosen_with_all_its_pages() {
    if !at_hand(Part::Documents) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let club = Owner::new(wall.client(), "club").await;
    send(&owner, "Plan.pdf", pdf(3, "", "", "")).await.expect(303);
    let entry = entries(&wall, &owner).await.remove(0);

    let form = owner.client.get(&item(&owner, "document")).await.expect(200).text();
    assert!(form.contains("alt=\"Plan.pdf\""), "{form}");
    for (owner, status) in [(&club, 422), (&owner, 303)] {
        let seen = owner.seen().await;
        let fields = [("seen", seen.as_str()), ("pages_entry", entry.id.as_str())];
        let answer = owner.client.upload(&item(owner, "document"), &fields, "pages_file", ("", Vec::new())).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }

    let programme = published(&wall, &owner).await;
    let pages =
        programme.plans[0].regions[0].playlist.entries.iter().filter(|entry| entry.id.contains("page-")).count();
    assert_eq!(pages, 3);
}
