//! Everything somebody on the way, or in the controller's place, may try. What is on
//! the disk is what counts.

use shared::{envelope::Envelope, programme::Programme};

use super::{
    Kiosk,
    fake::{Answer, Fake},
    name_of, owner, within,
};
use crate::library::samples::Owner;

/// Puts an envelope up in the place of version 2 and looks at what the kiosk does.
fn attack(name: &str, envelope: String, files: &[&[u8]]) {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let before = kiosk.kept();

    fake.put(envelope, files);
    fake.hint(2);

    kiosk.wait_for_fault(name);
    assert_eq!(kiosk.kept(), before, "{name}");
    assert_eq!(kiosk.library.last().unwrap().0.version, 1);

    fake.publish(3, &[b"third picture"]);
    kiosk.wait_for_version(3);
    kiosk.wait_for(|news| matches!(news, super::News::Cleared(over) if over == name).then_some(()));
}

fn envelope(change: impl FnOnce(&mut Programme)) -> String {
    let mut programme = owner().programme(2, &[b"second picture"]);
    change(&mut programme);
    owner().envelope(&programme)
}

#[test]
fn a_changed_programme_is_not_shown() {
    let mut parts: Envelope = serde_json::from_str(&envelope(|_| {})).unwrap();
    parts.document = parts.document.replace("Hello", "Hacked");
    attack("signature", serde_json::to_string(&parts).unwrap(), &[b"second picture"]);
}

#[test]
fn a_programme_signed_by_a_stranger_is_not_shown() {
    let stranger = Owner { key: ed25519_dalek::SigningKey::from_bytes(&[9; 32]), ..Owner::new() };
    attack("signature", stranger.envelope(&stranger.programme(2, &[b"x"])), &[b"x"]);
}

#[test]
fn an_older_programme_is_not_shown() {
    attack("rollback", envelope(|p| p.version = 0), &[b"second picture"]);
}

#[test]
fn the_same_version_with_other_content_is_not_shown() {
    attack("mix", envelope(|p| p.version = 1), &[b"second picture"]);
}

#[test]
fn a_programme_of_somebody_else_is_not_shown() {
    attack("mix", envelope(|p| p.account = "club".to_owned()), &[b"second picture"]);
    attack("mix", envelope(|p| p.id = "cafe".to_owned()), &[b"second picture"]);
}

#[test]
fn nonsense_is_not_shown() {
    attack("format", "{}".to_owned(), &[]);
    attack("portal", "<!doctype html><title>Welcome to our hotel</title>".to_owned(), &[]);
    attack("oversized", " ".repeat(9 << 20), &[]);
    attack("oversized", envelope(|p| p.media[0].length = 1 << 40), &[]);
}

#[test]
fn an_endless_programme_is_left() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let before = kiosk.kept();

    fake.plan().programme = Some(Answer::Endless);
    fake.hint(2);

    kiosk.wait_for_fault("oversized");
    assert_eq!(kiosk.kept(), before);
    fake.plan().programme = Some(Answer::Trickle(20 << 20));
    fake.hint(3);
    std::thread::sleep(std::time::Duration::from_millis(300));
    fake.plan().programme = None;
    fake.publish(4, &[b"fourth picture"]);
    kiosk.wait_for_version(4);
}

/// Answers for a picture of version 2 in a hostile way; then in the right one.
fn bad_picture(name: &str, answer: Answer) {
    let good: &[u8] = b"second picture";
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let before = kiosk.kept();

    fake.put(envelope(|_| {}), &[]);
    fake.plan().files.insert(name_of(good), answer);
    fake.hint(2);

    kiosk.wait_for_fault(name);
    assert_eq!(kiosk.kept(), before, "{name}");
    assert!(kiosk.disk().values().all(|bytes| bytes.len() < 10_000));
    assert!(fake.plan().sent_endlessly < 32 << 20, "the endless one was left");

    fake.publish(2, &[good]);
    kiosk.wait_for_version(2);
    kiosk.wait_settled(1);
}

fn chunked(bytes: &[u8]) -> Answer {
    let mut raw = b"HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    raw.extend(format!("{:x}\r\n", bytes.len()).bytes());
    raw.extend(bytes);
    raw.extend(b"\r\n0\r\n\r\n");
    Answer::Raw(raw)
}

#[test]
fn another_picture_is_not_kept() {
    bad_picture("hash", Answer::Plain(200, "image/jpeg", b"hacked picture".to_vec()));
}

#[test]
fn a_longer_picture_is_not_kept() {
    bad_picture("oversized", Answer::Plain(200, "image/jpeg", b"second picture and more".to_vec()));
    bad_picture("oversized", chunked(b"second picture and more"));
    bad_picture("oversized", Answer::Trickle(1 << 30));
}

#[test]
fn a_shorter_picture_is_not_kept() {
    bad_picture("hash", Answer::Plain(200, "image/jpeg", b"second".to_vec()));
    bad_picture("hash", chunked(b"second"));
    let broken = b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\nconnection: close\r\n\r\nsecond".to_vec();
    bad_picture("unreachable", Answer::Raw(broken));
}

#[test]
fn an_endless_picture_is_left() {
    bad_picture("oversized", Answer::Endless);
}

#[test]
fn a_picture_that_never_ends_is_done_when_it_is_whole() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);

    fake.put(envelope(|_| {}), &[]);
    fake.plan().files.insert(name_of(b"second picture"), Answer::Unended(b"second picture".to_vec()));
    fake.hint(2);

    kiosk.wait_for_version(2);
}

#[test]
fn a_trickling_picture_is_left() {
    bad_picture("slow", Answer::Trickle(14));
}

#[test]
fn a_picture_that_is_not_there_is_waited_for() {
    bad_picture("refused", Answer::Plain(404, "text/plain", vec![]));
    bad_picture("portal", Answer::Plain(200, "text/html", b"<html>Accept".to_vec()));
}

#[test]
fn nobody_is_followed_elsewhere() {
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let elsewhere = format!("HTTP/1.1 302 Found\r\nlocation: {}/media/elsewhere\r\n", fake.url);
    let elsewhere = Answer::Raw(format!("{elsewhere}connection: close\r\ncontent-length: 0\r\n\r\n").into_bytes());

    fake.put(envelope(|_| {}), &[]);
    fake.plan().files.insert(name_of(b"second picture"), elsewhere);
    fake.plan().files.insert("elsewhere".to_owned(), Answer::Plain(200, "image/jpeg", b"second picture".to_vec()));
    fake.hint(2);

    kiosk.wait_for_fault("portal");
    assert_eq!(fake.count("/elsewhere"), 0);
}

#[test]
fn a_captive_portal_poisons_nothing() {
    let page = || Answer::Plain(200, "text/html; charset=utf-8", b"<html>Accept our terms".to_vec());
    let fake = Fake::new();
    let kiosk = Kiosk::playing(&fake);
    within(|| fake.plan().links == 1);
    let before = kiosk.kept();

    fake.plan().everything = Some(page());
    fake.say(shared::protocol::Down::Goodbye { return_after: 1 });

    kiosk.wait_for_fault("portal");
    assert_eq!(kiosk.kept(), before);
    assert_eq!(kiosk.library.last().unwrap().0.version, 1);
    fake.plan().everything = None;
    fake.publish(2, &[b"second picture"]);
    kiosk.wait_for_version(2);
}

#[test]
fn a_portal_does_not_unpair_a_screen() {
    for status in [401, 403, 404, 410, 500] {
        let fake = Fake::new();
        let kiosk = Kiosk::playing(&fake);
        within(|| fake.plan().links == 1);
        let before = kiosk.kept();

        fake.plan().everything = Some(Answer::Plain(status, "text/html", b"revoked".to_vec()));
        fake.say(shared::protocol::Down::Goodbye { return_after: 1 });

        kiosk.wait_for_fault("portal");
        assert_eq!(kiosk.kept(), before);
    }
}
