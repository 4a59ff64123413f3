//! The desk as whole requests: forms, links, and what is told to a page that stays open.

use controller::{
    features::moderation::Reason,
    store::{HistoryQuery, Post, Stage, Standing},
};
use harness::{Answer, Owner, TestClient, TestController};

use super::{fill, ids, mark, marks, stage_of, with_colleague};
use crate::{own_posts::everybody_is, search};

const DESK: &str = "/dashboard/desk";

async fn open(client: &TestClient, query: &str) -> String {
    client.get(&format!("{DESK}?{query}")).await.expect(200).text()
}

/// Sends a form of the desk as a page that stays open does.
async fn live(client: &TestClient, leaf: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client.request(reqwest::Method::POST, &format!("{DESK}/{leaf}")).header("hx-request", "true");
    let request = request.header("x-xsrf", client.cookie("xsrf").unwrap_or_default());
    client.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

/// An owner's stage with three posts, newest last: `one0000` and so on.
async fn house() -> Vec<(TestController, Owner)> {
    let mut all = Vec::new();
    for wall in TestController::on_each().await {
        let owner = Owner::new(wall.client(), "museum").await;
        fill(&wall.app.store, &owner.stage_id, "one", &["Erstes Bad", "Zweites Bad", "Drittes Fest"]).await;
        all.push((wall, owner));
    }
    all
}

/// Follows a redirect within the desk.
async fn follow(client: &TestClient, answer: &Answer) -> String {
    client.get(answer.location()).await.expect(200).text()
}

/// The id of what can be taken back on a page.
fn act_of(page: &str) -> String {
    let rest = page.split_once("data-undo=\"").unwrap_or_else(|| panic!("nothing to undo on {page}")).1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn plain_forms_do_it_with_one_with_many_and_with_all_and_take_it_back() {
    for (wall, owner) in house().await {
        let (client, store) = (&owner.client, &wall.app.store);
        let shown = async |id: &str| store.find_post(&owner.stage_id, id).await.unwrap().unwrap().shown;
        let page = open(client, "q=bad%20&state=shown").await;
        assert_eq!(ids(&page), ["one0001", "one0000"]);
        assert!(page.contains("Zweites <mark>Bad</mark>"), "{page}");

        // One, by its own button; the way back leads to the same filter.
        let one = format!("hide~{}", mark(&page, "one0001"));
        let fields = [("here", "q=bad+&state=shown"), ("do", one.as_str())];
        let answer = client.post("/dashboard/desk/do", &fields).await.expect(303);
        assert!(answer.location().starts_with("/dashboard/desk?q=bad&state=shown&acted="), "{}", answer.location());
        let page = follow(client, &answer).await;
        assert_eq!((ids(&page), shown("one0001").await), (vec!["one0000".to_owned()], false));
        assert!(page.contains("Verborgen. Der Beitrag steht weder"), "{page}");
        let act = act_of(&page);
        let fields = [("here", "q=bad"), ("act", act.as_str())];
        let page = follow(client, &client.post("/dashboard/desk/undo", &fields).await.expect(303)).await;
        assert!(page.contains("Der Beitrag ist wieder, wie er war") && shown("one0001").await, "{page}");

        // Those that were chosen.
        let page = open(client, "").await;
        let chosen = marks(&page);
        let fields = [("do", "hide"), ("post", chosen[0].as_str()), ("post", chosen[2].as_str())];
        let page = follow(client, &client.post("/dashboard/desk/do", &fields).await.expect(303)).await;
        assert!(page.contains("2 Beiträge stehen weder im Newsroom"), "{page}");
        assert_eq!([shown("one0000").await, shown("one0001").await, shown("one0002").await], [false, true, false]);

        // All that fit, but none that came after they were seen.
        let seen = wall.app.clock.now().to_string();
        wall.wait_secs(1);
        let late = controller::store::Post {
            imported_at: wall.app.clock.now(),
            ..super::post(&owner.stage_id, "one", 7, "Neues Bad")
        };
        store.take_post(&late, &[]).await.unwrap();
        let fields = [("do", "hide"), ("all", "yes"), ("seen", seen.as_str()), ("here", "state=shown")];
        client.post("/dashboard/desk/do", &fields).await.expect(303);
        assert_eq!([shown("one0001").await, shown("one0007").await], [false, true]);
        // Nothing chosen.
        let answer = client.post("/dashboard/desk/do", &[("do", "hide")]).await.expect(303);
        assert!(follow(client, &answer).await.contains("Bitte wählen Sie zuerst Beiträge aus"));
        client.post("/dashboard/desk/do", &[("do", "burn"), ("post", &chosen[0])]).await.expect(404);
        client.post_without_token("/dashboard/desk/do", &[("do", "hide"), ("post", &chosen[0])]).await.expect(403);
    }
}

#[tokio::test]
async fn whoever_is_too_late_hears_what_happened_meanwhile() {
    for (wall, owner) in house().await {
        let anna = with_colleague(&wall, &owner, "Anna", "moderator").await;
        let page = open(&owner.client, "").await;
        let (hide, pin) = (format!("hide~{}", mark(&page, "one0000")), format!("pin~{}", mark(&page, "one0000")));
        live(&anna, "do", &[("do", &hide)]).await.expect(200);
        wall.wait_secs(1);

        let answer = live(&owner.client, "do", &[("do", &pin)]).await.expect(409).text();

        assert!(answer.contains("von Anna verborgen") && answer.contains("Erstes Bad"), "{answer}");
        assert!(!answer.contains("data-undo"), "nothing was done, and so there is nothing to take back");
        let post = wall.app.store.find_post(&owner.stage_id, "one0000").await.unwrap().unwrap();
        assert_eq!((post.shown, post.pinned_at), (false, 0));
        // Without a script, the same is said on the next page.
        let again = owner.client.post("/dashboard/desk/do", &[("do", &pin)]).await.expect(303);
        let page = follow(&owner.client, &again).await;
        assert!(page.contains("blieb, wie er ist") && page.contains("von Anna verborgen"), "{page}");
        // Who has looked again may go on.
        let pin = format!("pin~{}", mark(&page, "one0000"));
        let answer = live(&owner.client, "do", &[("do", &pin)]).await.expect(200).text();
        let act = act_of(&answer);
        wall.wait_secs(1);
        // What Anna undoes afterwards is hers; nobody undoes what somebody else did.
        live(&anna, "undo", &[("act", &act)]).await.expect(404);
        live(&owner.client, "undo", &[("act", &act)]).await.expect(200);
        let note = open(&anna, "").await;
        assert!(note.contains("von Ada zurückgenommen"), "{note}");
    }
}

#[tokio::test]
async fn an_open_page_is_told_what_changed_what_came_and_what_is_gone() {
    for (wall, owner) in house().await {
        let anna = with_colleague(&wall, &owner, "Anna", "moderator").await;
        let page = open(&owner.client, "").await;
        let news = async |held: &[String], rest: &str| {
            let held: Vec<_> = held.iter().map(|mark| format!("held={}", mark.replace('~', "%7E"))).collect();
            owner.client.get(&format!("{DESK}/news?{}&{rest}", held.join("&"))).await.expect(200).text()
        };
        let held = marks(&page);
        let quiet = news(&held, "").await;
        assert!(marks(&quiet).is_empty() && !quiet.contains("data-fresh") && !quiet.contains("data-gone"), "{quiet}");

        live(&anna, "do", &[("do", &format!("hide~{}", held[1]))]).await.expect(200);
        fill(&wall.app.store, &owner.stage_id, "two", &["Ältestes Bad"]).await;
        wall.app.store.take_post(&super::post(&owner.stage_id, "one", 9, "Neuestes Bad"), &[]).await.unwrap();
        wall.app.store.delete_withdrawn_post("one", "remote-one0000", harness::NOON).await.unwrap();

        let told = news(&held, "").await;
        assert_eq!(ids(&told), ["one0001"]);
        assert!(told.contains("von Anna verborgen") && told.contains("2 neue Beiträge"), "{told}");
        assert!(told.contains("data-gone=\"one0000\""), "{told}");
        // Where older ones stand below, what belongs there is no news.
        let last = controller::features::desk::place(&super::post(&owner.stage_id, "one", 1, "")).to_string();
        let above = news(&held, &format!("last={last}")).await;
        assert!(above.contains("1 neuer Beitrag"), "{above}");
        assert!(!news(&held, "before=1.x").await.contains("data-fresh"));
        assert!(!news(&held, "q=fest").await.contains("data-fresh"), "only what fits the filter");
        let came = news(&held, "part=new").await;
        assert_eq!(ids(&came), ["one0009", "two0000"]);
    }
}

#[tokio::test]
async fn topics_are_chosen_in_a_window_or_for_many() {
    for (wall, owner) in house().await {
        let stage = stage_of(&wall, &owner).await;
        for name in ["Bäder", "Feste"] {
            let fields = [("name", name), ("what", "save"), ("at", "0.any"), ("is", "words"), ("text", "nichts")];
            owner.client.post(&owner.path("topics"), &fields).await.expect(303);
        }
        let topics = wall.app.store.list_topics(&stage.id).await.unwrap();
        let (baths, feasts) = (topics[0].id.as_str(), topics[1].id.as_str());
        let belongs = async |topic: &str| {
            let page = open(&owner.client, &format!("topic={topic}")).await;
            ids(&page)
        };
        let window = owner.client.get("/dashboard/desk/topics?post=one0001").await.expect(200).text();
        assert!(window.contains("Zweites Bad") && window.contains("Feste") && !window.contains("checked"), "{window}");
        let page = open(&owner.client, "").await;
        let one = format!("topics~{}", mark(&page, "one0001"));
        let fields = [("do", one.as_str()), ("belongs", baths)];
        let answer = live(&owner.client, "do", &fields).await.expect(200).text();
        assert_eq!((belongs(baths).await, belongs(feasts).await), (vec!["one0001".to_owned()], vec![]));

        let all = marks(&page);
        let many = [("do", "in"), ("topic", feasts), ("post", &all[0]), ("post", &all[1]), ("post", &all[2])];
        owner.client.post("/dashboard/desk/do", &many).await.expect(303);
        assert_eq!(belongs(feasts).await.len(), 3);
        // A window that was opened before says nothing about what a colleague has said since.
        live(&owner.client, "do", &fields).await.expect(200);
        assert_eq!(belongs(feasts).await.len(), 3);
        let out = [("do", one.as_str()), ("belongs", baths), ("held", baths), ("held", feasts)];
        let said = live(&owner.client, "do", &out).await.expect(200).text();
        assert_eq!(belongs(feasts).await.len(), 2);
        live(&owner.client, "undo", &[("act", &act_of(&said))]).await.expect(200);
        live(&owner.client, "undo", &[("act", &act_of(&answer))]).await.expect(200);
        assert_eq!((belongs(baths).await.len(), belongs("none").await.len()), (0, 0));
        // Which topic was not said.
        live(&owner.client, "do", &[("do", "in"), ("topic", ""), ("post", &all[0])]).await.expect(422);
    }
}

#[tokio::test]
async fn another_account_sees_and_moves_nothing() {
    for (wall, owner) in house().await {
        let club = Owner::new(wall.client(), "club").await;
        let theirs = marks(&open(&owner.client, "").await);
        let before = wall.app.store.find_post(&owner.stage_id, "one0001").await.unwrap().unwrap();

        for query in ["", "q=bad", "source=one", "topic=none"] {
            let page = open(&club.client, &format!("{query}&stage={}", owner.stage_id)).await;
            assert!(marks(&page).is_empty() && !page.contains("Zweites"), "{page}");
            assert!(!open(&club.client, query).await.contains("Zweites"));
        }
        let news = format!("{DESK}/news?part=new&stage={}", owner.stage_id);
        assert!(!club.client.get(&news).await.expect(200).text().contains("Zweites"));
        let held = club.client.get(&format!("{DESK}/news?held={}", theirs[0])).await.expect(200).text();
        assert!(!held.contains("Drittes") && held.contains("data-gone"), "{held}");
        club.client.get("/dashboard/desk/topics?post=one0001").await.expect(404);
        for verb in ["hide", "pin"] {
            live(&club.client, "do", &[("do", verb), ("post", &theirs[1])]).await.expect(200);
            let all = [("do", verb), ("all", "yes"), ("seen", "9999999999999")];
            let stage = format!("stage={}", owner.stage_id);
            live(&club.client, "do", &[&all[..], &[("here", stage.as_str())]].concat()).await.expect(422);
        }
        let act = act_of(&live(&owner.client, "do", &[("do", "hide"), ("post", &theirs[0])]).await.expect(200).text());
        live(&club.client, "undo", &[("act", &act)]).await.expect(404);
        assert!(!open(&club.client, &format!("acted={act}")).await.contains("Verborgen."));
        assert_eq!(wall.app.store.find_post(&owner.stage_id, "one0001").await.unwrap().unwrap(), before);
        let nobody = wall.client();
        for leaf in ["", "/news", "/live", "/topics"] {
            nobody.get(&format!("{DESK}{leaf}")).await.expect(303);
        }
    }
}

#[tokio::test]
async fn roles_count_on_the_desk_too() {
    for (wall, owner) in house().await {
        let draft = controller::store::Post {
            source_id: None,
            remote_id: "own".into(),
            shown: false,
            draft: true,
            ..super::post(&owner.stage_id, "one", 8, "Entwurf")
        };
        wall.app.store.add_own_post(&draft, &[]).await.unwrap();
        let is_draft = async || wall.app.store.find_post(&owner.stage_id, "one0008").await.unwrap().unwrap().draft;
        let all = marks(&open(&owner.client, "").await);

        everybody_is(&wall, "viewer").await;
        let page = open(&owner.client, "").await;
        assert!(ids(&page).len() == 4 && !page.contains("name=\"do\""), "looks and does nothing");
        live(&owner.client, "do", &[("do", "hide"), ("post", &all[1])]).await.expect(403);
        live(&owner.client, "undo", &[("act", "x")]).await.expect(403);
        everybody_is(&wall, "moderator").await;
        let page = open(&owner.client, "").await;
        assert!(page.contains("value=\"hide~") && !page.contains("/edit\""), "moderates and writes nothing");
        let every: Vec<_> = all.iter().map(|mark| ("post", mark.as_str())).chain([("do", "show")]).collect();
        let told = live(&owner.client, "do", &every).await.expect(200).text();
        assert!(told.contains("Ein Entwurf blieb Entwurf"), "and is told so");
        assert!(is_draft().await, "a moderator publishes nothing that somebody still writes");
        everybody_is(&wall, "editor").await;
        live(&owner.client, "do", &every).await.expect(200);
        assert!(!is_draft().await);
    }
}

#[tokio::test]
async fn stages_are_told_apart_where_there_are_several() {
    for (wall, owner) in house().await {
        let first = open(&owner.client, "").await;
        assert!(!first.contains("id=\"stage\""), "one stage is no choice");
        let account_id = stage_of(&wall, &owner).await.account_id;
        let other = Stage { account_id, name: "Stadtarchiv".into(), ..search::stage("archive") };
        wall.app.store.add_stage(&other).await.unwrap();
        fill(&wall.app.store, "archive", "two", &["Urkunde"]).await;

        let page = open(&owner.client, "").await;
        assert!(page.contains("<span dir=\"auto\">Stadtarchiv</span>") && ids(&page).len() == 4, "{page}");
        assert_eq!(ids(&open(&owner.client, "stage=archive").await), ["two0000"]);
        // Times are those of the post's stage, links lead there.
        assert!(page.contains("/dashboard/stages/archive/posts/two0000/edit"));
    }
}

#[tokio::test]
async fn what_waits_is_decided_on_either_way_and_waits_again_when_that_is_taken_back() {
    for (wall, owner) in house().await {
        let (client, store) = (&owner.client, &wall.app.store);
        let like = store.find_post(&owner.stage_id, "one0000").await.unwrap().unwrap();
        let (id, standing) = ("waits".to_owned(), Standing::Waiting);
        let word = Reason::Word { found: "Zaster".into(), entry: "Zaster".into(), list: String::new() };
        let reasons = Reason::write(&[word]);
        let waits = Post { id: id.clone(), remote_id: id.clone(), slug: id, shown: false, standing, reasons, ..like };
        store.take_post(&waits, &[]).await.unwrap();
        let now = async || {
            let post = store.find_post(&owner.stage_id, "waits").await.unwrap().unwrap();
            (post.shown, post.standing)
        };

        for (what, left) in [("hide", (false, Standing::Hidden)), ("show", (true, Standing::Published))] {
            let page = open(client, "state=queue").await;
            assert_eq!(ids(&page), ["waits"], "{page}");
            assert!(page.contains("Zaster"), "and why: {page}");
            for button in ["hide", "show"] {
                assert!(page.contains(&format!("value=\"{button}~{}\"", mark(&page, "waits"))), "{button}: {page}");
            }
            let one = format!("{what}~{}", mark(&page, "waits"));
            let answer = client.post("/dashboard/desk/do", &[("here", "state=queue"), ("do", &one)]).await.expect(303);
            let page = follow(client, &answer).await;
            assert_eq!((ids(&page), now().await), (Vec::new(), left));
            live(client, "undo", &[("act", &act_of(&page))]).await.expect(200);
            assert_eq!(now().await, (false, Standing::Waiting), "{what}");
        }

        let all =
            HistoryQuery { until: i64::MAX, below: (i64::MAX, String::new()), limit: 9, ..HistoryQuery::default() };
        let told = store.list_happenings(&owner.stage_id, &all).await.unwrap();
        let mut deeds: Vec<_> =
            told.iter().map(|one| (one.happening.deed.as_str(), one.happening.thing_id.as_str())).collect();
        deeds.sort_unstable();
        let expected =
            [("post.hidden", "waits"), ("post.shown", "waits"), ("post.undone", "waits"), ("post.undone", "waits")];
        assert_eq!(deeds, expected, "decisions on the desk are in the history");
        assert!(told.iter().all(|one| one.happening.member_id.is_some()));
    }
}
