//! A day at work, as the history tells it.

use controller::{
    app::acting,
    features::{history, merging, moderation, posts, sources},
};
use harness::{NOON, Owner, TestController};

use super::{all, told};
use crate::{
    merging::{post, source},
    own_posts::everybody_is,
};

const CANARY: &str = "Kanarienvogel";

async fn house(wall: &TestController) -> (Owner, controller::store::Stage) {
    let owner = Owner::new(wall.client(), "museum").await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    for (id, network) in [("feed", "feed"), ("insta", "instagram")] {
        wall.app.store.add_source(&source(id, &stage.id, network)).await.unwrap();
    }
    let text = format!("Der {CANARY} singt am Samstag, 16. Mai, um 11 Uhr im Garten des Museums.");
    for (id, from) in [("p1", "feed"), ("p2", "insta")] {
        wall.app.store.take_post(&post(id, &stage.id, from, &text, NOON), &[]).await.unwrap();
    }
    (owner, stage)
}

/// A number of the form that changes a post.
async fn seen(wall: &TestController, stage: &str, id: &str) -> String {
    wall.app.store.find_post(stage, id).await.unwrap().unwrap().changed_at.to_string()
}

#[tokio::test]
async fn whatever_is_done_is_told_with_who_did_it() {
    for wall in TestController::on_each().await {
        let (owner, stage) = house(&wall).await;
        let post =
            async |leaf: &str, fields: &[(&str, &str)]| owner.client.post(&owner.path(leaf), fields).await.expect(303);
        let before = told(&wall, &owner).await.len();

        merging::look_at(&wall.app, &stage, "p1").await.unwrap();
        merging::look_at(&wall.app, &stage, "p2").await.unwrap();
        post("posts/p2/split", &[]).await;
        post("posts/p1/hide", &[]).await;
        post("posts/p1/show", &[]).await;
        post("posts/p1/pin", &[]).await;
        post("posts/p1/unpin", &[]).await;
        post("posts/p1/feature", &[("until", "2026-05-04T18:00")]).await;
        post("posts/p1/feature", &[("what", "end")]).await;
        post("topics", &[("name", "Vögel"), ("at", "0.any"), ("is", "words"), ("text", "Vogel"), ("what", "save")])
            .await;
        let topic = wall.app.store.list_topics(&stage.id).await.unwrap().remove(0).id;
        post("posts/p1/topics", &[(&format!("topic-{topic}"), "in")]).await;
        post(
            &format!("topics/{topic}"),
            &[("name", "Tiere"), ("at", "0.any"), ("is", "words"), ("text", "Tier"), ("what", "save")],
        )
        .await;
        post(&format!("topics/{topic}/remove"), &[]).await;
        let terms = [("seen", seen(&wall, &stage.id, "p1").await), ("until", "2026-05-04T18:00".to_owned())];
        let terms: Vec<_> = terms.iter().map(|(name, value)| (*name, value.as_str())).collect();
        owner.client.upload(&owner.path("posts/p1/edit"), &terms, "none", ("", Vec::new())).await.expect(303);
        let own = [("text", CANARY), ("language", "de"), ("what", "draft")];
        let made =
            owner.client.upload(&owner.path("posts/new"), &own, "pictures_file", ("", Vec::new())).await.expect(303);
        let own_id = made.location().split("#post-").nth(1).unwrap().split('?').next().unwrap().to_owned();
        post(&format!("posts/{own_id}/delete"), &[]).await;
        post("sources/feed/hold", &[]).await;
        post("sources/insta/unlink", &[]).await;
        let alert = post("alerts", &[("headline", CANARY)]).await;
        let alert = alert.location().split("/alerts/").nth(1).unwrap().split('?').next().unwrap().to_owned();
        post(&format!("alerts/{alert}/end"), &[]).await;
        post("programmes", &[("name", "Foyer")]).await;
        moderation::save(&wall.app, &stage, &moderation::Rules::default(), 0).await.unwrap();
        post("stop", &[("take", "since"), ("since", "2026-05-04T00:00")]).await;
        post("stop/release", &[]).await;

        let ada = |deed: &str| (deed.to_owned(), "Ada Beispiel".to_owned());
        let told = told(&wall, &owner).await;
        let expected = [
            ("post.merged".to_owned(), "history.because.same".to_owned()),
            ada("post.parted"),
            ada("post.hidden"),
            ada("post.shown"),
            ada("post.pinned"),
            ada("post.unpinned"),
            ada("post.featured"),
            ada("post.unfeatured"),
            ada("topic.made"),
            ada("post.sorted"),
            ada("topic.rule"),
            ada("topic.removed"),
            ada("post.terms"),
            ada("post.written"),
            ada("post.deleted"),
            ada("source.held"),
            ada("source.unlinked"),
            ada("alert.started"),
            ada("alert.ended"),
            ada("programme.made"),
            ("stage.rules".to_owned(), "history.because.itself".to_owned()),
            ada("stage.stopped"),
            ada("stage.released"),
        ];
        assert_eq!(told[before..], expected);
        assert_eq!(
            all(&wall, &owner)
                .await
                .iter()
                .filter(|one| one.happening.deed == "topic.rule")
                .map(|one| (one.happening.thing_name.as_str(), one.happening.other_name.as_str()))
                .collect::<Vec<_>>(),
            [("Vögel", "Tiere")]
        );
    }
}

#[tokio::test]
async fn what_happens_by_itself_says_why() {
    for wall in TestController::on_each().await {
        let (owner, stage) = house(&wall).await;
        let before = told(&wall, &owner).await.len();
        let end = NOON + 60_000;
        let span = controller::store::Span { opens_at: Some(NOON + 30_000), expires_at: Some(end) };
        let changed = wall.app.store.find_post(&stage.id, "p1").await.unwrap().unwrap().changed_at;
        assert!(wall.app.store.change_terms(&stage.id, "p1", changed, span, &[], NOON).await.unwrap());
        owner.client.post(&owner.path("alerts"), &[("headline", "Achtung"), ("minutes", "1")]).await.expect(303);
        let mut turns = posts::Turns::new(NOON);
        wall.app.clock.set(end + 5);
        turns.tell(&wall.app).await.unwrap();
        turns.tell(&wall.app).await.unwrap();
        for _ in 0..2 {
            controller::features::alerts::remember_ends(&wall.app).await.unwrap();
        }
        acting::by_itself("history.because.trouble", posts::hide(&wall.app, &stage, "p2")).await.unwrap();

        let rest = told(&wall, &owner).await.split_off(before);
        let has = |deed: &str, why: &str| rest.iter().filter(|one| **one == (deed.to_owned(), why.to_owned())).count();
        assert_eq!(rest.len(), 5, "{rest:?}");
        assert_eq!(has("post.opened", "history.because.due"), 1, "{rest:?}");
        assert_eq!(has("post.ended", "history.because.time"), 1, "{rest:?}");
        assert_eq!(has("alert.ended", "history.because.time"), 1, "{rest:?}");
        assert_eq!(has("post.hidden", "history.because.trouble"), 1, "{rest:?}");
        let ended = all(&wall, &owner).await.into_iter().find(|one| one.happening.deed == "post.ended").unwrap();
        assert_eq!(ended.happening.happened_at, end, "when it was over, not when it was seen");
    }
}

#[tokio::test]
async fn nothing_of_what_an_erased_post_said_is_left() {
    for wall in TestController::on_each().await {
        let (owner, stage) = house(&wall).await;
        merging::look_at(&wall.app, &stage, "p1").await.unwrap();
        merging::look_at(&wall.app, &stage, "p2").await.unwrap();
        owner.client.post(&owner.path("posts/p1/hide"), &[]).await.expect(303);
        let page = owner.client.get(&owner.path("history")).await.expect(200).text();
        assert!(page.contains(CANARY), "as long as it is there, a post is called what it says: {page}");
        let own = [("text", CANARY), ("title", CANARY), ("language", "de"), ("what", "publish")];
        let made =
            owner.client.upload(&owner.path("posts/new"), &own, "pictures_file", ("", Vec::new())).await.expect(303);
        let own_id = made.location().split("#post-").nth(1).unwrap().split('?').next().unwrap().to_owned();

        owner.client.post(&owner.path(&format!("posts/{own_id}/delete")), &[]).await.expect(303);
        owner.client.post(&owner.path("sources/feed/unlink"), &[]).await.expect(303);
        owner.client.post(&owner.path("sources/insta/unlink"), &[]).await.expect(303);

        for leaf in ["history", "history.csv", "history.json", "posts/p1/history", &format!("posts/{own_id}/history")] {
            let given = owner.client.get(&owner.path(leaf)).await.expect(200).text();
            assert!(!given.contains(CANARY), "{leaf}: {given}");
            assert!(
                given.contains(if leaf.starts_with("history.") { "post." } else { "table-cards" }),
                "{leaf}: {given}"
            );
        }
        let kept = format!("{:?}", all(&wall, &owner).await);
        assert!(kept.contains("p1") && kept.contains(&own_id) && !kept.contains(CANARY), "{kept}");
    }
}

#[tokio::test]
async fn the_history_can_be_narrowed_paged_and_taken_along() {
    for wall in TestController::on_each().await {
        let (owner, stage) = house(&wall).await;
        for number in 0..60 {
            let id = format!("q{number}");
            wall.app
                .store
                .take_post(&post(&id, &stage.id, "feed", &format!("Nummer {number}"), NOON - number), &[])
                .await
                .unwrap();
            wall.wait_secs(1);
            owner.client.post(&owner.path(&format!("posts/{id}/hide")), &[]).await.expect(303);
        }
        owner.client.post(&owner.path("topics"), &[("name", "=Rat, \"alle\""), ("what", "save")]).await.expect(303);

        let page = owner.client.get(&owner.path("history")).await.expect(200).text();
        assert_eq!(page.matches("<tr>").count(), 51, "a head and fifty rows: {page}");
        let older = page
            .split("rel=\"next\" href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .replace("&#38;", "&")
            .replace("&amp;", "&");
        let next = owner.client.get(&owner.path(&format!("history{older}"))).await.expect(200).text();
        assert!(next.contains("Nummer 3") && !next.contains("Nummer 55"), "{next}");
        let topics = owner.client.get(&owner.path("history?kind=topic")).await.expect(200).text();
        assert_eq!(topics.matches("<tr>").count(), 2, "{topics}");
        let nobody = owner.client.get(&owner.path("history?kind=post&member=-")).await.expect(200).text();
        assert_eq!(nobody.matches("<tr>").count(), 0, "{nobody}");
        let later = owner.client.get(&owner.path("history?from=2026-05-05")).await.expect(200).text();
        assert_eq!(later.matches("<tr>").count(), 0, "{later}");
        let that_day = owner
            .client
            .get(&owner.path("history?kind=topic&from=2026-05-04&until=2026-05-04"))
            .await
            .expect(200)
            .text();
        assert_eq!(that_day.matches("<tr>").count(), 2, "{that_day}");
        let one = owner.client.get(&owner.path("posts/q7/history")).await.expect(200).text();
        assert_eq!(one.matches("<tr>").count(), 2, "{one}");
        owner.client.get(&owner.path("posts/nobody/history")).await.expect(404);

        let csv = owner.client.get(&owner.path("history.csv?kind=topic")).await.expect(200);
        let disposition = csv.headers.get("content-disposition").unwrap().to_str().unwrap().to_owned();
        assert_eq!(disposition, "attachment; filename=\"museum-history.csv\"");
        let csv = csv.text();
        let lines: Vec<_> = csv.split("\r\n").collect();
        assert_eq!((lines[0], lines.len()), ("at,deed,thing,name,other,member,reason,token", 3), "{csv}");
        assert!(
            lines[1].contains(",topic.made,") && lines[1].ends_with(",\"'=Rat, \"\"alle\"\"\",,Ada Beispiel,,"),
            "{csv}"
        );
        let json: serde_json::Value =
            serde_json::from_slice(&owner.client.get(&owner.path("history.json")).await.expect(200).bytes).unwrap();
        assert!(json.as_array().unwrap().len() > 60, "all of it, not a page");
        assert_eq!(json[0]["deed"], "topic.made");

        everybody_is(&wall, "viewer").await;
        owner.client.get(&owner.path("history")).await.expect(200);
        owner.client.get(&owner.path("history.csv")).await.expect(403);
        wall.app.clock.set(NOON + history::KEPT_MILLIS + 3_600_000);
        assert!(history::clean(&wall.app).await.unwrap() > 60);
        assert!(all(&wall, &owner).await.is_empty(), "after a year");
    }
}

#[tokio::test]
async fn whoever_is_gone_is_named_no_more() {
    for wall in TestController::on_each().await {
        let (owner, stage) = house(&wall).await;
        acting::as_member("somebody who was", sources::hold(&wall.app, &stage, "feed", true)).await.unwrap();

        let told = told(&wall, &owner).await;
        assert_eq!(told.last().unwrap(), &("source.held".to_owned(), String::new()));
        let page = owner.client.get(&owner.path("history?kind=source")).await.expect(200).text();
        assert!(page.contains("nicht mehr dabei") || page.contains("who has left"), "{page}");
    }
}
