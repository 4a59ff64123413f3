//! What the database says of the operator.

use controller::store::{Account, LegalText, Member};
use harness::{NOON, stores};

fn account(id: &str) -> (Account, Member) {
    let account = Account { id: id.to_owned(), institution: "Stadt".to_owned(), phone: None, created_at: NOON };
    let member = Member {
        id: format!("m-{id}"),
        account_id: id.to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Beispiel".to_owned(),
        mail: format!("{id}@stadt.example"),
        password: String::new(),
        role: "owner".to_owned(),
        language: "de".to_owned(),
        created_at: NOON,
    };
    (account, member)
}

#[tokio::test]
async fn the_first_account_is_the_operators_and_no_later_one_inherits_that() {
    for db in stores().await {
        for id in ["a", "b"] {
            let (account, member) = account(id);
            db.store.add_account(&account, &member).await.unwrap();
        }
        assert_eq!(db.store.find_operator().await.unwrap().as_deref(), Some("a"), "{}", db.kind);

        db.erase_account("a").await;
        let (late, member) = account("c");
        db.store.add_account(&late, &member).await.unwrap();
        assert_eq!(db.store.find_operator().await.unwrap(), None, "{}: nobody grows into it", db.kind);

        db.store.set_operator("b").await.unwrap();
        db.store.set_operator("c").await.unwrap();
        assert_eq!(db.store.find_operator().await.unwrap().as_deref(), Some("c"), "{}", db.kind);
        let nobody = db.store.set_operator("nobody").await;
        assert!(matches!(nobody, Err(controller::store::Error::Orphan)), "{}: {nobody:?}", db.kind);
        assert_eq!(db.store.find_operator().await.unwrap().as_deref(), Some("c"), "{}", db.kind);
    }
}

#[tokio::test]
async fn legal_texts_take_the_place_of_those_before() {
    for db in stores().await {
        let text = |page: &str, language: &str, words: &str, alone| LegalText {
            page: page.to_owned(),
            language: language.to_owned(),
            words: words.to_owned(),
            alone,
        };
        let first = [text("imprint", "de", "Stadt", false), text("privacy", "de", "Wir", true)];
        let second = [text("imprint", "en", "Town", false)];

        for texts in [&first[..], &second[..], &first[..]] {
            db.store.keep_legal_texts(texts, NOON).await.unwrap();
            assert_eq!(db.store.list_legal_texts().await.unwrap(), texts, "{}", db.kind);
        }
    }
}
