//! Cards chosen from posts and times that tests invent.

use super::*;
use crate::features::merging::measure::Said;

const NOON: i64 = 1_777_896_000_000;
const FEST: &str = "Am Samstag, 16. Mai, eröffnet der Bürgermeister um 11 Uhr das Brückenfest am alten Hafen.";

fn copy(id: &str, source: &str, text: &str, hours: i64) -> Copy {
    Copy {
        id: id.to_owned(),
        source_id: Some(source.to_owned()).filter(|source| source != "own"),
        text: text.to_owned(),
        published_at: NOON + hours * HOUR,
        ..Copy::default()
    }
}

fn on(card: &str, copy: Copy) -> Copy {
    Copy { card_id: Some(card.to_owned()), ..copy }
}

/// What becomes of the first of some posts: ids of those that are one card with it, in order.
fn chosen(posts: &[Copy], parted: &[(&str, &str)]) -> Vec<String> {
    let said = |post: &Copy| Said::read(post.title.as_deref(), &post.text, &post.html, post.link.as_deref());
    let all: Vec<_> = posts.iter().map(|post| Candidate { post, said: said(post) }).collect();
    let parted: Vec<_> = parted.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect();
    match choose(&all, 0, &parted, 12) {
        Choice::Stay => vec!["stay".to_owned()],
        Choice::Leave => vec!["leave".to_owned()],
        Choice::Join(members) => {
            let mut ids: Vec<_> = members.iter().map(|post| post.id.clone()).collect();
            ids.sort();
            ids
        }
    }
}

#[test]
fn the_same_from_other_sources_within_two_days_is_one_card() {
    let posts = [copy("a", "feed", FEST, 0), copy("b", "instagram", FEST, 40), copy("c", "own", FEST, -3)];

    assert_eq!(chosen(&posts, &[]), ["a", "b", "c"]);
    assert_eq!(chosen(&[copy("a", "feed", FEST, 0), copy("b", "instagram", FEST, 49)], &[]), ["stay"]);
    assert_eq!(chosen(&[copy("a", "feed", FEST, 0), copy("b", "feed", FEST, 1)], &[]), ["stay"], "one source");
}

#[test]
fn what_somebody_parted_stays_apart_also_by_way_of_a_third() {
    let posts = [copy("a", "feed", FEST, 0), copy("b", "instagram", FEST, 1), copy("c", "facebook", FEST, 2)];

    assert_eq!(chosen(&posts, &[("a", "b")]), ["a", "c"]);
    let together = [posts[0].clone(), on("k", posts[1].clone()), on("k", posts[2].clone())];
    assert_eq!(chosen(&together, &[("a", "b")]), ["stay"], "who joins one of a card joins all");
    assert_eq!(chosen(&together, &[]), ["a", "b", "c"]);
}

#[test]
fn what_is_said_again_every_day_is_merged_with_its_own_day() {
    let daily = "Guten Morgen! Die Bücherei hat bis 18 Uhr geöffnet, kommen Sie vorbei.";
    let of_both = [
        copy("a2", "feed", daily, 24),
        copy("a1", "feed", daily, 0),
        copy("b1", "instagram", daily, 1),
        copy("b2", "instagram", daily, 25),
    ];
    assert_eq!(chosen(&of_both, &[]), ["a2", "b2"]);
    assert_eq!(chosen(&of_both[..3], &[]), ["stay"], "the other one was not copied that day");
}

#[test]
fn where_a_source_fills_a_mould_only_the_very_words_will_do() {
    let job = |what: &str| {
        format!("Wir suchen zum 1. August {what} für unser Haus und bieten 30 Tage Urlaub. Bewerbungen bis 15. Juni.")
    };
    let (cook, waiter) = (job("einen Koch"), job("einen Kellner"));
    let short =
        "Wir suchen zum 1. August für unser Haus und bieten gern 30 Tage Urlaub. Bewerbungen bis 15. Juni. Macht mit!";

    assert_eq!(
        chosen(
            &[copy("a", "facebook", &cook, 0), copy("b", "instagram", &cook, 1), copy("c", "instagram", &waiter, 2)],
            &[]
        ),
        ["a", "b"]
    );
    let unclear =
        [copy("a", "facebook", &cook, 0), copy("c", "facebook", &waiter, 2), copy("b", "instagram", short, 1)];
    assert_eq!(chosen(&unclear, &[]), ["stay"]);
}

#[test]
fn who_says_something_else_now_leaves_unless_somebody_put_it_there() {
    let others = [on("k", copy("b", "instagram", FEST, 1)), on("k", copy("c", "facebook", FEST, 2))];
    let edited = on("k", copy("a", "feed", "Das Brückenfest ist wegen des Wetters leider abgesagt worden.", 0));
    let by_hand = Copy { card_by_hand: true, ..edited.clone() };

    assert_eq!(chosen(&[&[edited], &others[..]].concat(), &[]), ["leave"]);
    assert_eq!(chosen(&[&[by_hand], &others[..]].concat(), &[]), ["stay"]);
    assert_eq!(chosen(&[&[on("k", copy("a", "feed", FEST, 0))], &others[..]].concat(), &[]), ["stay"]);
}
