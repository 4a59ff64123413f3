//! Documents: their pages as pictures, sharp on the largest display; bad ones are told apart.

use controller::{features::media, store::LibraryQuery};
use harness::{Owner, Part, TestController, at_hand};

use super::{Trap, account, item, left};
use crate::media_command::{files, jpeg};

/// A PDF with so many pages, more entries of its catalogue, its trailer, and what stands on each page.
pub(crate) fn pdf(pages: usize, catalogue: &str, trailer: &str, content: &str) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", 3 + 2 * page)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
    ];
    for page in 0..pages {
        let content = format!("BT /F1 48 Tf 100 300 Td (Seite {}) Tj ET {content}", page + 1);
        let font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] /Contents {} 0 R /Resources << {font} >> >>",
            4 + 2 * page
        ));
        objects.push(format!("<< /Length {} >> stream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.push_str(&format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer << /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

#[tokio::test]
async fn a_pdf_becomes_pictures_of_its_pages_and_a_new_one_takes_its_place() {
    if !at_hand(Part::Documents) {
        return;
    }
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let seen = owner.seen().await;
        let fields = [("seen", seen.as_str())];

        let file = ("haus.pdf", pdf(2, "", "", ""));
        let added = owner.client.upload(&item(&owner, "document"), &fields, "pages_file", file).await.expect(303);

        let (_, id) = added.location().split_once("#item-").unwrap();
        let path = owner.path(&format!("programmes/{}/item?item={id}", owner.stage_id));
        let form = owner.client.get(&path).await.expect(200).text();
        assert!(
            form.contains("alt=\"Seite 1\"") && form.contains("alt=\"Seite 2\"") && form.contains("application/pdf")
        );
        let account = account(&wall, &owner).await;
        let store = &wall.app.store;
        let entries =
            store.list_library(&account, &LibraryQuery { limit: 9, ..LibraryQuery::default() }).await.unwrap();
        assert_eq!(
            (entries.len(), entries[0].name.as_str(), entries[0].pages),
            (1, "haus.pdf", 2),
            "it is in the library"
        );
        let pages = store.list_library_media(&account, &entries[0].id).await.unwrap();
        let held = store.list_media(&account, &pages).await.unwrap();
        let media: Vec<_> = pages.iter().map(|id| &held[id]).collect();
        let sizes: Vec<_> = media.iter().map(|page| (page.width, page.height, page.renditions.len())).collect();
        assert_eq!(sizes, [(3_840, 2_160, 6); 2]);
        assert_ne!(media[0].sha256, media[1].sha256, "each its own");

        let (seen, pages) = (owner.seen().await, &media[0].id);
        let fields = [("seen", seen.as_str()), ("pages", pages.as_str())];
        owner.client.upload(&path, &fields, "pages_file", ("", Vec::new())).await.expect(303);
        let form = owner.client.get(&path).await.expect(200).text();
        assert!(form.contains(&format!("value=\"{pages}\"")) && !form.contains("alt=\"Seite 2\""), "one was left out");
        let seen = owner.seen().await;
        let fields = [("seen", seen.as_str()), ("pages", pages.as_str())];
        owner.client.upload(&path, &fields, "pages_file", ("a.jpg", jpeg(640, 360, 3))).await.expect(303);
        let form = owner.client.get(&path).await.expect(200).text();
        assert!(!form.contains(&format!("value=\"{pages}\"")), "a picture is a document of one page");
        assert_eq!(left(&wall), 0);
    }
}

#[tokio::test]
async fn a_document_that_cannot_be_shown_is_told_apart_and_costs_nobody() {
    if !at_hand(Part::Documents) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account = account(&wall, &owner).await;
    let whole = pdf(2, "", "", "");
    let locked = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{}> /U <{}> /P -4 >> /ID [<00> <00>]",
        "28".repeat(32),
        "11".repeat(32)
    );

    for (what, bytes, key) in [
        ("a thousand pages", pdf(1_000, "", "", ""), "media.document.pages"),
        ("a password", pdf(1, "", &locked, ""), "media.document.encrypted"),
        ("half of one", whole[..300].to_vec(), "media.document.broken"),
        ("its mark alone", b"%PDF-1.7\n".to_vec(), "media.document.broken"),
        ("none", b"Sehr geehrte Damen und Herren".to_vec(), "media.document.type"),
        ("empty", Vec::new(), "media.refused.empty"),
        ("heavy", [whole.clone(), vec![b' '; 21 << 20]].concat(), "media.document.heavy"),
    ] {
        let error = media::keep_document(&wall.app, &account, bytes).await.unwrap_err();
        assert_eq!(error.key(), key, "{what}");
    }
    assert!(files(&wall.app.config.data.join("media")).is_empty());
    assert_eq!(left(&wall), 0);

    let seen = owner.seen().await;
    let file = ("buch.pdf", pdf(51, "", "", ""));
    let told = owner.client.upload(&item(&owner, "document"), &[("seen", &seen)], "pages_file", file).await.expect(422);
    assert!(told.text().contains("mehr als 50 Seiten"));
}

#[tokio::test]
async fn a_document_that_asks_for_the_network_gets_none() {
    if !at_hand(Part::Documents) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account = account(&wall, &owner).await;
    let trap = Trap::new().await;
    let address = trap.address();
    let open = format!(
        "/OpenAction << /S /URI /URI ({address}) /Next << /S /Launch /F ({address}) >> >> \
         /AA << /WC << /S /SubmitForm /F << /FS /URL /F ({address}) >> >> >>"
    );
    let outside = format!("BI /W 1 /H 1 /BPC 8 /CS /G /F ({address}) ID x EI");

    let pages = media::keep_document(&wall.app, &account, pdf(1, &open, "", &outside)).await.unwrap();

    assert_eq!(pages.len(), 1);
    assert!(trap.is_quiet().await);
}
