//! What happens every day: pairing, new programmes, reports, removal.

use std::time::{Duration, Instant};

use shared::protocol::{Down, Report, Screen, State};

use super::{
    Kiosk,
    fake::{Answer, Fake},
    name_of, owner, quick, within,
};
use crate::{
    library::Library,
    link::{News, Tempo},
    tools::clock::Clock,
};

#[test]
fn a_kiosk_shows_its_code_and_plays_once_it_was_typed() {
    let fake = Fake::new();
    fake.put(owner().envelope(&owner().programme(1, &[b"a", b"b"])), &[b"a", b"b"]);
    let kiosk = Kiosk::start(&fake);

    let code = kiosk.wait_for(|news| match news {
        News::Pairing { code, .. } => Some(code.clone()),
        _ => None,
    });
    assert_eq!(code, format!("CODE-{}", &kiosk.library.key().public()[..4]));
    fake.pair();

    kiosk.wait_for(|news| matches!(news, News::Paired(screen) if screen.name == "Foyer").then_some(()));
    kiosk.wait_for(|news| matches!(news, News::Loading).then_some(()));
    kiosk.wait_for_version(1);
    assert_eq!(std::fs::read(kiosk.library.path(&name_of(b"b"))).unwrap(), b"b");
    let folder = kiosk.stop();
    assert_eq!(Library::open(folder.path()).unwrap().last().unwrap().0.version, 1);
}

#[test]
fn a_new_version_comes_by_a_hint_and_the_old_one_leaves_the_disk() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);

    let start = Instant::now();
    fake.publish(2, &[b"second picture"]);
    kiosk.wait_for_version(2);
    eprintln!("a published programme played after {:?}", start.elapsed());

    kiosk.wait_settled(1);
    assert!(!kiosk.disk().contains_key(&format!("media/{}", name_of(b"first picture"))));
    let all: Vec<u8> = kiosk.disk().into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains(&name_of(b"first picture")), "no word of it either");
}

#[test]
fn a_version_is_told_to_be_here_and_its_moment_is_passed_on() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let mut programme = owner().programme(2, &[b"second picture"]);
    programme.active_at = i64::MAX;
    fake.put(owner().envelope(&programme), &[b"second picture"]);

    fake.hint(2);
    within(|| fake.plan().ready.last() == Some(&2));
    let first = format!("media/{}", name_of(b"first picture"));
    assert!(kiosk.disk().contains_key(&first), "what still plays needs its files");
    fake.say(Down::Activate { id: "another".into(), version: 2, at: 3 });
    fake.say(Down::Activate { id: "main".into(), version: 2, at: 4 });

    let at = kiosk.wait_for(|news| match news {
        News::Activate { version: 2, at } => Some(*at),
        _ => None,
    });
    assert_eq!(at, 4);
    within(|| !kiosk.disk().contains_key(&first));
}

#[test]
fn a_version_is_told_to_be_here_only_once_it_is_drawn() {
    let fake = Fake::new();
    fake.pair();
    fake.publish(1, &[b"first picture"]);
    let tempo = Tempo { drawing: Duration::from_secs(60), ..quick() };
    let kiosk = Kiosk::start_at(&fake, tempfile::tempdir().unwrap(), Clock::system(), tempo);
    kiosk.wait_for_version(1);
    within(|| fake.plan().links == 1);
    let link = kiosk.link.as_ref().unwrap();
    link.drawn(1);
    within(|| fake.plan().ready.last() == Some(&1));

    fake.publish(2, &[b"second picture"]);
    kiosk.wait_for_version(2);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(fake.plan().ready.last(), Some(&1), "nothing of it is drawn yet");
    link.drawn(2);
    within(|| fake.plan().ready.last() == Some(&2));
}

#[test]
fn old_hints_cost_no_request() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let asked = fake.count("/programme");

    for round in 0..1_000 {
        fake.hint(round % 2);
    }
    fake.say(Down::Programme { id: "another".to_owned(), version: 99 });
    fake.say(Down::Picture);
    kiosk.wait_for(|news| matches!(news, News::PictureWanted).then_some(()));

    assert_eq!(fake.count("/programme"), asked);
    assert_eq!(fake.plan().links, 1);
}

#[test]
fn another_programme_is_followed_at_once_though_its_versions_are_lower() {
    let fake = Fake::new();
    fake.pair();
    fake.publish(500, &[b"first picture"]);
    let kiosk = Kiosk::start(&fake);
    kiosk.wait_for_version(500);
    kiosk.wait_settled(1);
    within(|| fake.plan().links == 1);

    let mut other = owner().programme(3, &[b"second picture"]);
    "other".clone_into(&mut other.id);
    fake.put(owner().envelope(&other), &[b"second picture"]);
    fake.say(Down::Screen(Screen { programme: "other".into(), ..owner().pairing().screen }));
    // In the socket already while the first word is being kept.
    fake.say(Down::Programme { id: "other".into(), version: 3 });

    kiosk.wait_for_version(3);
    "other".clone_into(&mut other.id);
    other.version = 4;
    fake.put(owner().envelope(&other), &[b"second picture"]);
    fake.say(Down::Programme { id: "other".into(), version: 4 });
    kiosk.wait_for_version(4);
}

#[test]
fn a_controller_that_knows_no_such_screen_ends_nothing() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let unknown = br#"{"reason":"unknown_screen","now":0}"#.to_vec();
    fake.plan().everything = Some(Answer::Plain(404, "application/json", unknown));

    fake.say(Down::Goodbye { return_after: 1 });
    kiosk.wait_for_fault("refused");

    assert_eq!(kiosk.library.last().unwrap().0.version, 1);
    assert!(kiosk.library.paired().is_some(), "its database may be back in a minute");
    fake.plan().everything = None;
    fake.publish(2, &[b"second picture"]);
    kiosk.wait_for_version(2);
}

#[test]
fn reports_and_pictures_go_up() {
    let fake = Fake::new();
    fake.pair();
    fake.publish(1, &[b"first picture"]);
    let tempo = Tempo { report: Duration::from_secs(2), ..quick() };
    let kiosk = Kiosk::start_at(&fake, tempfile::tempdir().unwrap(), Clock::system(), tempo);
    let link = kiosk.link.as_ref().unwrap();
    link.report(Report { state: State::Playing, version: 1, frames: 1, ..Report::default() });
    within(|| fake.plan().reports.len() == 1);

    for frames in 2..=50 {
        link.report(Report { state: State::Playing, version: 1, frames, ..Report::default() });
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(fake.plan().reports.len(), 1, "frames alone are no news");
    within(|| fake.plan().reports.last().is_some_and(|report| report.frames == 50));

    link.report(Report { state: State::Waiting, version: 2, frames: 51, ..Report::default() });
    within(|| fake.plan().reports.last().is_some_and(|report| report.version == 2));
    link.picture(b"jpeg".to_vec());
    within(|| fake.plan().pictures == [b"jpeg"]);
}

#[test]
fn the_screen_s_own_document_is_kept() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let turned = Screen { rotation: 90, ..owner().pairing().screen };

    fake.say(Down::Screen(turned.clone()));

    assert_eq!(kiosk.wait_for(|news| if let News::Screen(s) = news { Some(s.clone()) } else { None }), turned);
    let folder = kiosk.stop();
    assert_eq!(Library::open(folder.path()).unwrap().last().unwrap().1, turned);
}

fn removed(remove: impl Fn(&Fake)) {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let key = kiosk.library.key().public();

    fake.plan().paired = None;
    remove(&fake);

    kiosk.wait_for(|news| matches!(news, News::Unpaired).then_some(()));
    kiosk.wait_for(|news| matches!(news, News::Pairing { .. }).then_some(()));
    assert_ne!(kiosk.library.key().public(), key);
    assert!(kiosk.library.last().is_none() && kiosk.library.paired().is_none());
    let disk = kiosk.disk();
    assert!(disk.keys().all(|name| !name.starts_with("media/") && !name.starts_with("programme-")), "{disk:?}");
    assert!(!String::from_utf8_lossy(&disk.into_values().flatten().collect::<Vec<_>>()).contains("Foyer"));

    fake.pair();
    fake.publish(2, &[b"again"]);
    kiosk.wait_for_version(2);
}

#[test]
fn a_removed_screen_forgets_everything_at_a_word() {
    removed(|fake| fake.say(Down::Revoked));
}

#[test]
fn a_removed_screen_forgets_everything_when_it_is_refused() {
    removed(|fake| fake.say(Down::Goodbye { return_after: 1 }));
}

#[test]
fn a_goodbye_says_when_to_come_back() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);

    let start = Instant::now();
    fake.say(Down::Goodbye { return_after: 700 });
    within(|| fake.plan().links == 2);

    assert!(start.elapsed() >= Duration::from_millis(700), "{:?}", start.elapsed());
    drop(kiosk);
}

#[test]
fn a_kiosk_starts_and_plays_with_nobody_there() {
    let fake = Fake::new();
    let folder = Kiosk::playing(&fake).stop();
    let mut gone = Fake::new();
    gone.url.clone_from(&fake.url);
    drop(fake);

    let kiosk = Kiosk::start_at(&gone, folder, Clock::system(), quick());

    assert_eq!(kiosk.library.last().unwrap().0.version, 1);
    kiosk.wait_for_fault("unreachable");
    assert_eq!(kiosk.library.last().unwrap().0.version, 1);
}
