//! Accounts and sessions: every statement on each database, and what a visitor meets at the door.

mod command;
mod door;
mod sessions;

use controller::store::{Account, Error, Member, Session};
use harness::{NOON, TestClient, TestController, TestStore, stores};

/// A password nobody else has.
const PASSWORD: &str = "zwölf bunte Enten";

fn member(id: &str) -> Member {
    Member {
        id: id.to_owned(),
        account_id: "account-1".to_owned(),
        first_name: "Erika".to_owned(),
        last_name: "Muster".to_owned(),
        mail: "erika@museum.example".to_owned(),
        password: "hash".to_owned(),
        role: "owner".to_owned(),
        language: "de".to_owned(),
        created_at: NOON,
    }
}

fn account(id: &str) -> Account {
    Account { id: id.to_owned(), institution: "Museum".to_owned(), phone: Some("112".to_owned()), created_at: NOON }
}

fn session(id: &str, seen_at: i64, expires_at: i64) -> Session {
    Session {
        id: id.to_owned(),
        member_id: "member-1".to_owned(),
        token_hash: id.as_bytes().to_vec(),
        address: "203.0.113.7".to_owned(),
        user_agent: "Browser".to_owned(),
        created_at: NOON,
        seen_at,
        expires_at,
    }
}

async fn prepared(db: &TestStore) {
    db.store.add_account(&account("account-1"), &member("member-1")).await.unwrap();
}

/// Registers Erika, who is then logged in.
async fn register(wall: &TestController, mail: &str) -> TestClient {
    let visitor = wall.client();
    let fields = [
        ("first_name", "Erika"),
        ("last_name", "Muster"),
        ("institution", "Museum"),
        ("mail", mail),
        ("password", PASSWORD),
    ];
    assert_eq!(visitor.post("/register", &fields).await.expect(303).location(), "/dashboard");
    visitor
}

#[tokio::test]
async fn an_account_comes_with_its_owner_or_not_at_all() {
    for db in stores().await {
        assert!(!db.store.has_account().await.unwrap(), "{}", db.kind);
        prepared(&db).await;

        let other = Member { account_id: "account-2".into(), ..member("member-2") };
        let taken = db.store.add_account(&account("account-2"), &other).await;

        assert!(matches!(taken, Err(Error::Taken)), "{}", db.kind);
        assert_eq!(db.store.list_accounts().await.unwrap(), [account("account-1")], "nothing is left of the second");
        assert!(db.store.has_account().await.unwrap());
        assert_eq!(db.store.list_members("account-1").await.unwrap().len(), 1);
        assert!(db.store.list_members("account-2").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_member_is_found_by_mail_and_within_the_account_alone() {
    for db in stores().await {
        prepared(&db).await;

        db.store.change_language("account-1", "member-1", "en").await.unwrap();
        db.store.change_language("account-2", "member-1", "fr").await.unwrap();

        let found = db.store.find_member_by_mail("erika@museum.example").await.unwrap().unwrap();
        assert_eq!((found.id.as_str(), found.language.as_str()), ("member-1", "en"), "{}", db.kind);
        assert!(db.store.find_member_by_mail("other@museum.example").await.unwrap().is_none());
        assert!(db.store.find_member("account-1", "member-1").await.unwrap().is_some());
        assert!(db.store.find_member("account-2", "member-1").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    for db in stores().await {
        prepared(&db).await;
        db.store.add_session(&session("a", NOON, NOON + 9)).await.unwrap();

        assert!(!db.store.change_password("account-2", "member-1", "new").await.unwrap(), "{}", db.kind);
        assert_eq!(db.store.list_sessions("member-1", NOON, 0).await.unwrap().len(), 1, "of another account");
        assert!(db.store.change_password("account-1", "member-1", "new").await.unwrap());

        assert!(db.store.list_sessions("member-1", NOON, 0).await.unwrap().is_empty());
        assert_eq!(db.store.find_member("account-1", "member-1").await.unwrap().unwrap().password, "new");
    }
}

#[tokio::test]
async fn a_session_lasts_until_it_is_idle_expired_or_ended() {
    for db in stores().await {
        prepared(&db).await;
        for (id, seen_at, expires_at) in [("a", NOON, NOON + 100), ("b", NOON + 5, NOON + 100), ("c", NOON, NOON + 10)]
        {
            db.store.add_session(&session(id, seen_at, expires_at)).await.unwrap();
        }
        let ids = async |now, idle_since| {
            let list = db.store.list_sessions("member-1", now, idle_since).await.unwrap();
            list.into_iter().map(|session| session.id).collect::<Vec<_>>()
        };

        let visitor = db.store.find_visitor(b"a", NOON + 9, NOON - 1).await.unwrap().unwrap();
        assert_eq!((&*visitor.session_id, &*visitor.account_id, &*visitor.institution), ("a", "account-1", "Museum"));
        assert!(db.store.find_visitor(b"x", NOON, 0).await.unwrap().is_none(), "{}", db.kind);
        assert!(db.store.find_visitor(b"c", NOON + 10, 0).await.unwrap().is_none(), "expired");
        assert!(db.store.find_visitor(b"a", NOON + 9, NOON).await.unwrap().is_none(), "idle");
        assert_eq!(ids(NOON, 0).await, ["b", "c", "a"]);
        assert_eq!(ids(NOON + 10, NOON).await, ["b"]);

        db.store.touch_session("a", "198.51.100.1", NOON + 7).await.unwrap();
        let list = db.store.list_sessions("member-1", NOON, 0).await.unwrap();
        assert_eq!((&*list[0].id, &*list[0].address, list[0].seen_at), ("a", "198.51.100.1", NOON + 7));

        assert!(!db.store.delete_session("member-2", "a").await.unwrap(), "somebody else's");
        assert_eq!(db.store.delete_ended_sessions(NOON + 10, 0).await.unwrap(), 1);
        assert_eq!(db.store.delete_ended_sessions(0, NOON + 5).await.unwrap(), 1);
        db.store.add_session(&session("d", NOON, NOON + 100)).await.unwrap();
        assert_eq!(db.store.delete_other_sessions("member-1", "a").await.unwrap(), 1);
        assert_eq!(ids(NOON, 0).await, ["a"]);
        assert!(db.store.delete_session("member-1", "a").await.unwrap());
        assert!(!db.store.delete_session("member-1", "a").await.unwrap());
    }
}
