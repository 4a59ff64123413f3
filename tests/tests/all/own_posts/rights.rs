//! Who may write, who may only sort out, and who may only look.

use harness::{Owner, TestController};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use super::{edit, id_of, is_public, send, write};

/// Gives every member of the house another role.
pub(crate) async fn everybody_is(wall: &TestController, role: &str) {
    let sql = AssertSqlSafe(format!("update members set role = '{role}'"));
    let config = &wall.app.config;
    if let Some(url) = &config.database {
        PgConnection::connect(url).await.unwrap().execute(sql).await.unwrap();
    } else {
        let file = format!("sqlite://{}", config.data.join("litfass.db").display());
        SqliteConnection::connect(&file).await.unwrap().execute(sql).await.unwrap();
    }
}

#[tokio::test]
async fn a_viewer_changes_nothing_and_a_moderator_writes_nothing() {
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        let id = write(&owner, &[("text", "Sommerfest")]).await;
        let draft = send(&owner, "posts/new", &[("text", "Noch nicht"), ("what", "draft")]).await.expect(303);
        let publish = owner.path(&format!("posts/{}/show", id_of(&draft)));
        let path = |leaf: &str| owner.path(&format!("posts/{id}/{leaf}"));

        for role in ["viewer", "moderator"] {
            everybody_is(&wall, role).await;
            for leaf in ["posts/new".to_owned(), format!("posts/{id}/edit"), format!("posts/{id}/delete")] {
                owner.client.get(&owner.path(&leaf)).await.expect(403);
                send(&owner, &leaf, &[("text", "Neu")]).await.expect(403);
            }
            owner.client.post(&path("delete"), &[]).await.expect(403);
            let desk = owner.client.get(&owner.path("posts")).await.expect(200).text();
            assert!(!desk.contains("/posts/new") && !desk.contains("/edit"), "{role} is offered nothing to write with");
            assert_eq!(desk.contains("/hide"), role == "moderator", "{role}");
        }
        everybody_is(&wall, "viewer").await;
        for leaf in ["hide", "show", "pin", "unpin"] {
            owner.client.post(&path(leaf), &[]).await.expect(403);
        }
        assert!(is_public(&owner, "Sommerfest").await);
        everybody_is(&wall, "moderator").await;
        owner.client.post(&publish, &[]).await.expect(403);
        owner.client.post(&path("hide"), &[]).await.expect(303);
        assert!(!is_public(&owner, "Sommerfest").await);
        everybody_is(&wall, "editor").await;
        edit(&owner, &id, &[("text", "Herbstfest")]).await.expect(303);
        owner.client.post(&publish, &[]).await.expect(303);
        assert!(is_public(&owner, "Noch nicht").await);
    }
}
