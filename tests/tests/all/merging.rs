//! Merging: the same item on several networks is one card, on every face, and can be taken apart.

mod labelled;
mod pages;
mod rows;

use controller::{
    features::{merging, posts},
    store::{Post, PublicQuery, Source, Span, Stage, Standing},
};
use harness::{NOON, Owner, TestController, plain_source};

const HOUR: i64 = 60 * 60 * 1_000;

/// A source that is never visited.
pub(crate) fn source(id: &str, stage_id: &str, network: &str) -> Source {
    Source { network: network.to_owned(), name: format!("Quelle {id}"), ..plain_source(id, stage_id) }
}

/// A shown post of a source.
pub(crate) fn post(id: &str, stage_id: &str, source: &str, text: &str, published_at: i64) -> Post {
    Post {
        id: id.to_owned(),
        stage_id: stage_id.to_owned(),
        source_id: Some(source.to_owned()),
        remote_id: format!("remote-{id}"),
        slug: format!("slug-{id}"),
        text: text.to_owned(),
        html: format!("<p>{text}</p>"),
        link: Some(format!("https://{source}.example/{id}")),
        language: Some("de".to_owned()),
        content_hash: format!("hash of {text}"),
        published_at,
        imported_at: NOON,
        changed_at: NOON,
        shown: true,
        facts: "{}".to_owned(),
        ..Post::default()
    }
}

const FEST: &str = "Am Samstag, 16. Mai, eröffnet der Bürgermeister um 11 Uhr das Brückenfest am alten Hafen.";
const RAT: &str = "Der Stadtrat berät am Dienstag öffentlich über den Haushalt und den Neubau der Schule.";

/// A stage with the same item from four networks, and another one: `feed`, `insta`, `x` and `face` say the same; of these
/// `feed` says the most.
async fn four(wall: &TestController) -> (Owner, Stage) {
    let owner = Owner::new(wall.client(), "museum").await;
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    let sources = [("feed", "feed"), ("insta", "instagram"), ("x", "x"), ("face", "facebook")];
    for (id, network) in sources {
        wall.app.store.add_source(&source(id, &stage.id, network)).await.unwrap();
    }
    let texts = [
        ("p-feed", "feed", format!("{FEST} Der Eintritt ist frei.")),
        ("p-insta", "insta", format!("{FEST} #bruecke")),
        (
            "p-x",
            "x",
            format!(
                "{FEST} Das ist der lange Text der Stadtverwaltung für alle Gäste von nah und fern, wie jedes Jahr."
            ),
        ),
        ("p-face", "face", FEST.to_owned()),
        ("p-rat", "feed", RAT.to_owned()),
    ];
    for (number, (id, source, text)) in (0..).zip(texts) {
        let post = post(id, &stage.id, source, &text, NOON - 10 * HOUR + number * HOUR);
        wall.app.store.take_post(&post, &[]).await.unwrap();
        merging::look_at(&wall.app, &stage, id).await.unwrap();
    }
    (owner, stage)
}

/// What the newsroom lists, the newest first: ids, and the ids of what is on their cards.
async fn listed(wall: &TestController, stage: &Stage) -> Vec<(String, Vec<String>)> {
    let part = posts::list_public(&wall.app, stage, PublicQuery::default(), 99).await.unwrap();
    let ids = |full: posts::Full| {
        let mut origins: Vec<_> = full.origins.into_iter().map(|origin| origin.post.id).collect();
        origins.sort();
        (full.post.id, origins)
    };
    part.posts.into_iter().map(ids).collect()
}

fn row(id: &str, origins: &[&str]) -> (String, Vec<String>) {
    (id.to_owned(), origins.iter().map(|id| (*id).to_owned()).collect())
}

#[tokio::test]
async fn the_same_item_is_one_card_and_what_remains_of_it_takes_its_place() {
    for wall in TestController::on_each().await {
        let (_, stage) = four(&wall).await;
        let rat = row("p-rat", &[]);

        assert_eq!(listed(&wall, &stage).await, [rat.clone(), row("p-feed", &["p-face", "p-insta", "p-x"])]);

        posts::hide(&wall.app, &stage, "p-feed").await.unwrap();
        assert_eq!(
            listed(&wall, &stage).await,
            [rat.clone(), row("p-insta", &["p-face", "p-x"])],
            "as long, and pictured alike"
        );
        assert!(wall.app.store.delete_withdrawn_post("insta", "remote-p-insta", NOON).await.unwrap());
        assert_eq!(listed(&wall, &stage).await, [rat.clone(), row("p-face", &["p-x"])]);
        let expiring = wall.app.store.find_post(&stage.id, "p-face").await.unwrap().unwrap();
        let end = NOON + HOUR;
        let span = Span { expires_at: Some(end), ..Span::default() };
        assert!(wall.app.store.change_terms(&stage.id, "p-face", expiring.changed_at, span, &[], NOON).await.unwrap());
        wall.app.clock.set(end - 1);
        assert_eq!(listed(&wall, &stage).await, [rat.clone(), row("p-face", &["p-x"])]);
        wall.app.clock.set(end);
        assert_eq!(
            listed(&wall, &stage).await,
            [rat.clone(), row("p-x", &[])],
            "to the millisecond; alone, X shows itself"
        );
        posts::show(&wall.app, &stage, "p-feed").await.unwrap();
        assert_eq!(listed(&wall, &stage).await, [rat, row("p-feed", &["p-x"])]);
    }
}

#[tokio::test]
async fn what_was_parted_stays_apart_and_what_was_put_together_stays_together() {
    for wall in TestController::on_each().await {
        let (_, stage) = four(&wall).await;
        merging::part(&wall.app, &stage, "p-insta").await.unwrap();
        let apart = [row("p-rat", &[]), row("p-insta", &[]), row("p-feed", &["p-face", "p-x"])];
        assert_eq!(listed(&wall, &stage).await, apart);

        // The same comes again, edited and back, and everything is looked at anew.
        for text in ["Ganz andere Worte stehen hier für einen Augenblick.", &format!("{FEST} #bruecke")] {
            let again = post("other-id", &stage.id, "insta", text, NOON - 9 * HOUR);
            let again = Post { remote_id: "remote-p-insta".to_owned(), ..again };
            wall.app.store.take_post(&again, &[]).await.unwrap();
            while merging::look_next(&wall.app).await.unwrap() {}
        }
        assert_eq!(listed(&wall, &stage).await, apart, "for ever");

        merging::merge(&wall.app, &stage, "p-insta", "p-rat").await.unwrap();
        assert_eq!(listed(&wall, &stage).await, [row("p-insta", &["p-rat"]), row("p-feed", &["p-face", "p-x"])]);
        let edited = post("other-id", &stage.id, "feed", "Der Rat berät heute nicht.", NOON - 6 * HOUR);
        wall.app.store.take_post(&Post { remote_id: "remote-p-rat".to_owned(), ..edited }, &[]).await.unwrap();
        while merging::look_next(&wall.app).await.unwrap() {}
        assert_eq!(listed(&wall, &stage).await.len(), 2, "whatever they say by now");
        merging::merge(&wall.app, &stage, "p-insta", "p-face").await.unwrap_err();
        merging::part(&wall.app, &stage, "p-rat").await.unwrap();
        merging::merge(&wall.app, &stage, "p-insta", "p-face").await.unwrap();
        assert_eq!(
            listed(&wall, &stage).await[1],
            row("p-feed", &["p-face", "p-insta", "p-x"]),
            "a word of people undoes a word of people"
        );
    }
}

#[tokio::test]
async fn a_copy_that_comes_later_is_held_or_pinned_as_what_it_repeats() {
    for wall in TestController::on_each().await {
        let (_, stage) = four(&wall).await;
        posts::hide_card(&wall.app, &stage, "p-rat").await.unwrap();
        posts::pin(&wall.app, &stage, "p-feed").await.unwrap();
        assert_eq!(listed(&wall, &stage).await, [row("p-feed", &["p-face", "p-insta", "p-x"])]);

        let copy = post("p-late", &stage.id, "insta", &format!("{RAT} #rat"), NOON - HOUR);
        wall.app.store.take_post(&copy, &[]).await.unwrap();
        merging::look_at(&wall.app, &stage, "p-late").await.unwrap();

        let late = wall.app.store.find_post(&stage.id, "p-late").await.unwrap().unwrap();
        assert_eq!((late.shown, late.standing), (false, Standing::Waiting), "people hid what it says");
        assert!(late.card_id.is_some() && late.reasons.contains("card"), "{}", late.reasons);
        assert_eq!(listed(&wall, &stage).await.len(), 1);
        posts::show_card(&wall.app, &stage, "p-late").await.unwrap();
        assert_eq!(listed(&wall, &stage).await.len(), 2, "and they may think better of it");

        wall.app.store.add_source(&source("blog", &stage.id, "feed")).await.unwrap();
        let longer =
            post("p-blog", &stage.id, "blog", &format!("{FEST} Der Eintritt ist frei, das Wetter wird gut."), NOON);
        wall.app.store.take_post(&longer, &[]).await.unwrap();
        merging::look_at(&wall.app, &stage, "p-blog").await.unwrap();
        let first = listed(&wall, &stage).await.remove(0);
        assert!([&first.0].into_iter().chain(&first.1).any(|id| id == "p-blog"), "still the pinned card: {first:?}");
        assert!(wall.app.store.find_post(&stage.id, "p-blog").await.unwrap().unwrap().pinned_at > 0);
    }
}

#[tokio::test]
async fn an_own_post_stands_first_and_one_edited_away_leaves() {
    for wall in TestController::on_each().await {
        let (owner, stage) = four(&wall).await;
        let fields = [("text", FEST), ("language", "de"), ("what", "publish")];
        let made =
            owner.client.upload(&owner.path("posts/new"), &fields, "pictures_file", ("", Vec::new())).await.expect(303);
        let own = made.location().split("#post-").nth(1).unwrap().split('?').next().unwrap().to_owned();

        assert_eq!(listed(&wall, &stage).await[0], row(&own, &["p-face", "p-feed", "p-insta", "p-x"]));

        let text = "Das Museum zeigt ab heute eine Ausstellung über Brücken und ihre Erbauer.";
        let seen = wall.app.store.find_post(&stage.id, &own).await.unwrap().unwrap().changed_at.to_string();
        let fields = [("seen", seen.as_str()), ("text", text), ("language", "de"), ("what", "publish")];
        let place = owner.path(&format!("posts/{own}/edit"));
        owner.client.upload(&place, &fields, "pictures_file", ("", Vec::new())).await.expect(303);
        assert_eq!(listed(&wall, &stage).await[0], row(&own, &[]));
        assert_eq!(listed(&wall, &stage).await[2], row("p-feed", &["p-face", "p-insta", "p-x"]));
    }
}
