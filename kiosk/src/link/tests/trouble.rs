//! Faults that are nobody's fault: networks, clocks, disks.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use super::{
    Kiosk,
    fake::{Answer, Fake, now},
    name_of, owner, quick, within,
};
use crate::{link::News, tools::clock::Clock};

const YEAR: i64 = 365 * 24 * 3_600_000;

#[test]
fn a_clock_that_is_twenty_years_off_is_put_right() {
    for years in [-20, 20] {
        let fake = Fake::new();
        fake.pair();
        fake.publish(1, &[b"picture"]);
        let hand = Arc::new(AtomicI64::new(years * YEAR));
        let turned = hand.clone();
        let clock = Clock::with_wall(move || now() + turned.load(Ordering::Relaxed));
        let kiosk = Kiosk::start_at(&fake, tempfile::tempdir().unwrap(), clock, quick());

        kiosk.wait_for_version(1);
        kiosk.wait_for_fault("clock");
        let link = kiosk.link.as_ref().unwrap();
        let close = |offset: i64| offset.abs() < 1_000;
        assert!(close(link.now() - now()), "{}", link.now() - now());
        assert!(close(link.now_offset_millis() + years * YEAR));

        hand.store(0, Ordering::Relaxed);
        assert!(close(link.now() - now()), "it does not jump with the machine: {}", link.now() - now());
        kiosk.wait_for(|news| matches!(news, News::Cleared(name) if name == "clock").then_some(()));
    }
}

#[test]
fn a_controller_that_comes_back_is_found() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let address = fake.url.trim_start_matches("http://").to_owned();
    drop(fake);

    kiosk.wait_for_fault("push");
    assert_eq!(kiosk.library.last().unwrap().0.version, 1);
    let fake = Fake::on(&address);
    fake.pair();
    fake.publish(2, &[b"second picture"]);

    kiosk.wait_for_version(2);
    kiosk.wait_for(|news| matches!(news, News::Cleared(name) if name == "push").then_some(()));
}

#[test]
fn without_a_link_the_kiosk_looks_by_itself() {
    let fake = Fake::new();
    fake.plan().link = Some(Answer::Plain(400, "text/plain", b"no upgrade here".to_vec()));
    let kiosk = Kiosk::playing(&fake);
    let link = kiosk.link.as_ref().unwrap();
    link.report(shared::protocol::Report { version: 1, ..Default::default() });

    fake.publish(2, &[b"second picture"]);

    kiosk.wait_for_version(2);
    within(|| fake.plan().reports.last().is_some_and(|report| report.version == 1));
    assert_eq!(fake.plan().links, 0);
}

#[test]
fn a_link_that_went_silent_is_left() {
    let fake = Fake::new();
    fake.plan().mute = true;
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);

    fake.plan().mute = false;
    within(|| fake.plan().links == 2);

    fake.publish(2, &[b"second picture"]);
    kiosk.wait_for_version(2);
}

#[test]
fn a_silent_controller_is_given_up_and_stopping_does_not_wait_for_it() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    fake.plan().everything = Some(Answer::Silence);
    fake.say(shared::protocol::Down::Goodbye { return_after: 1 });

    kiosk.wait_for_fault("push");

    kiosk.stop();
}

#[test]
fn a_controller_that_wants_peace_gets_it() {
    let fake = Fake::new();
    let busy = b"HTTP/1.1 503 Busy\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    fake.plan().everything = Some(Answer::Raw(busy));
    let kiosk = Kiosk::start(&fake);
    kiosk.wait_for_fault("unreachable");
    let asked = fake.plan().asked.len();

    std::thread::sleep(Duration::from_millis(700));

    assert_eq!(fake.plan().asked.len(), asked, "not before a second is over");
}

#[test]
fn a_busy_controller_is_not_asked_for_its_programme_again_and_again() {
    let fake = Fake::new();
    let busy = b"HTTP/1.1 429 Busy\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    fake.pair();
    fake.plan().programme = Some(Answer::Raw(busy));
    let kiosk = Kiosk::start(&fake);
    kiosk.wait_for_fault("unreachable");
    let asked = fake.count("/programme");

    std::thread::sleep(Duration::from_millis(700));

    assert_eq!(fake.count("/programme"), asked, "not before a second is over");
}

#[test]
fn a_picture_that_broke_on_the_disk_is_fetched_again() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    let path = kiosk.library.path(&name_of(b"first picture"));
    let folder = kiosk.stop();
    std::fs::write(&path, b"first pictvre").unwrap();

    let kiosk = Kiosk::start_at(&fake, folder, Clock::system(), quick());

    assert!(kiosk.library.last().is_some());
    kiosk.wait_for_fault("hash");
    kiosk.wait_for_version(1);
    assert_eq!(std::fs::read(path).unwrap(), b"first picture");
    kiosk.wait_for(|news| matches!(news, News::Cleared(name) if name == "hash").then_some(()));
}

#[test]
fn a_film_that_breaks_off_goes_on_where_it_was() {
    let fake = Fake::new();
    fake.pair();
    let film = "a long film ".repeat(50).into_bytes();
    fake.put(owner().envelope(&owner().programme(1, &[&film])), &[]);
    fake.plan().files.insert(name_of(&film), Answer::Breaking(film.clone(), 250));
    fake.hint(1);

    let kiosk = Kiosk::start(&fake);

    kiosk.wait_for_version(1);
    assert_eq!(std::fs::read(kiosk.library.path(&name_of(&film))).unwrap(), film);
    assert_eq!(fake.count(&name_of(&film)), 3, "600 bytes, 250 at a time");
}
