//! From a code on a display to a screen that belongs to somebody.

use harness::{TestController, TestScreen, eventually};
use reqwest::Method;
use shared::{
    hex,
    protocol::{Paired, PairingAnswer, Refused},
};

use super::{id, owner, pair};

const PAIRING: &str = "/screens/v1/pairing";

fn refused(answer: &harness::Answer) -> Refused {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|e| panic!("{e} in {}", answer.text()))
}

async fn paired(screen: &TestScreen) -> Option<Paired> {
    match serde_json::from_slice(&screen.ask().await.expect(200).bytes).unwrap() {
        PairingAnswer::Paired(paired) => Some(paired),
        _ => None,
    }
}

#[tokio::test]
async fn a_code_pairs_one_screen_once_however_it_is_typed() {
    for wall in TestController::on_each().await {
        let owner = owner(&wall, "museum").await;
        let (one, two) = (TestScreen::new(&wall, 1), TestScreen::new(&wall, 2));
        let code = one.code().await;
        assert_eq!(one.code().await, code, "asked again, the same");
        assert_ne!(two.code().await, code);
        assert!(code.len() == 9 && code.as_bytes()[4] == b'-', "{code}");

        let typed = code.to_lowercase().replace('-', " ");
        let fields = [("code", typed.as_str()), ("name", " Foyer  links "), ("programme", owner.stage_id.as_str())];
        let answer = owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        let again = owner.client.post("/dashboard/screens/pair", &fields).await.expect(422);

        let paired = paired(&one).await.expect("paired");
        assert_eq!(paired.screen.name, "Foyer links");
        assert_eq!(paired.screen.language, "de");
        assert_eq!(paired.programme, owner.stage_id);
        assert!(answer.location().contains(&paired.screen.id));
        assert!(hex::decode::<32>(&paired.account_key).is_some());
        assert!(again.text().contains("Kein Bildschirm zeigt diesen Code"), "{}", again.text());
        assert!(again.text().contains(&typed), "what was typed stays");
        let rows = wall.app.store.list_screens(&paired.account, &owner.stage_id).await.unwrap();
        assert_eq!(rows.len(), 1);
    }
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let code = screen.code().await;
    wall.wait_secs(599);
    assert_eq!(screen.code().await, code);
    wall.wait_secs(1);

    let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
    owner.client.post("/dashboard/screens/pair", &fields).await.expect(422);

    assert_ne!(screen.code().await, code);
    pair(&owner, &screen, "Foyer").await;
}

#[tokio::test]
async fn a_kiosk_proves_each_request_with_its_own_key_and_the_right_time() {
    let wall = TestController::new().await;
    let (screen, other) = (TestScreen::new(&wall, 1), TestScreen::new(&wall, 2));
    let now = wall.app.clock.now();
    let ask = async |proof: String, body: Vec<u8>| {
        let answer = screen.send_as(Method::POST, PAIRING, &proof, "application/json", body).await;
        (answer.status, if answer.status == 200 { String::new() } else { refused(&answer).reason })
    };
    let no = |reason: &str| (401, reason.to_owned());

    assert_eq!(ask(screen.proof("POST", PAIRING, now - 60_000), screen.wish()).await.0, 200);
    assert_eq!(ask(screen.proof("POST", PAIRING, now - 60_001), screen.wish()).await, no("time"));
    assert_eq!(ask(screen.proof("POST", PAIRING, now + 60_001), screen.wish()).await, no("time"));
    assert_eq!(ask(screen.proof("GET", PAIRING, now), screen.wish()).await, no("signature"));
    assert_eq!(ask(screen.proof("POST", "/screens/v1/report", now), screen.wish()).await, no("signature"));
    assert_eq!(ask(other.proof("POST", PAIRING, now), screen.wish()).await, no("signature"), "for somebody else");
    let swapped = screen.proof("POST", PAIRING, now).replace(&screen.public(), &other.public());
    assert_eq!(ask(swapped, other.wish()).await, no("signature"));
    for nonsense in ["", "Litfass", "Bearer x", "Litfass key=,time=,signature="] {
        assert_eq!(ask(nonsense.to_owned(), screen.wish()).await, no("signature"), "{nonsense}");
    }
    // One that was heard and is said again later is worth nothing.
    let heard = screen.proof("POST", PAIRING, now);
    wall.wait_secs(61);
    assert_eq!(ask(heard, screen.wish()).await, no("time"));
    let proof = screen.proof("POST", PAIRING, now);
    let late = screen.send_as(Method::POST, PAIRING, &proof, "application/json", Vec::new()).await;
    assert_eq!(refused(&late).now, wall.app.clock.now());
    assert_eq!(ask(screen.proof("POST", PAIRING, wall.app.clock.now()), b"{}".to_vec()).await.0, 400);
}

#[tokio::test]
async fn one_address_gets_so_many_codes_and_no_more() {
    let wall = TestController::new().await;
    for number in 1..=60 {
        TestScreen::new(&wall, number).code().await;
    }

    let answer = TestScreen::new(&wall, 61).ask().await.expect(429);

    assert_eq!(refused(&answer).reason, "too_many");
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|secs| (1..=10).contains(&secs)));
    TestScreen::new(&wall, 1).code().await; // who has one, keeps it
    wall.wait_secs(11);
    TestScreen::new(&wall, 61).code().await;
}

#[tokio::test]
async fn ten_wrong_codes_are_enough_for_one_member_and_hinder_no_other() {
    let wall = TestController::new().await;
    let (owner, other) = (owner(&wall, "museum").await, owner(&wall, "club").await);
    let (screen, theirs) = (TestScreen::new(&wall, 1), TestScreen::new(&wall, 2));
    let fields = |code: &str| [("code", code.to_owned()), ("name", "Foyer".into()), ("programme", String::new())];
    let type_in = async |owner: &harness::Owner, code: &str| {
        let mut fields = fields(code);
        fields[2].1.clone_from(&owner.stage_id);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        owner.client.post("/dashboard/screens/pair", &fields).await
    };
    for _ in 0..20 {
        type_in(&owner, "not a code").await.expect(422); // a slip of the finger is no guess
    }
    for guess in 0..10 {
        type_in(&owner, &format!("ABCD-234{}", 2 + guess % 8)).await.expect(422);
    }

    let answer = type_in(&owner, &screen.code().await).await.expect(429);

    assert!(answer.text().contains("Zu viele falsche Codes"), "{}", answer.text());
    type_in(&other, &theirs.code().await).await.expect(303);
    wall.wait_secs(61);
    type_in(&owner, &screen.code().await).await.expect(303);
}

#[tokio::test]
async fn everything_wrong_with_the_form_is_said_at_once() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;

    let answer = owner.client.post("/dashboard/screens/pair", &[("code", "?"), ("name", " ")]).await.expect(422);

    assert!(
        answer.text().contains("acht Buchstaben") && answer.text().contains("geben Sie dem Bildschirm einen Namen")
    );
    let stranger = [("code", "ABCD-2345"), ("name", "Foyer"), ("programme", "somebody-elses")];
    let answer = owner.client.post("/dashboard/screens/pair", &stranger).await.expect(404);
    assert!(answer.text().contains("value=\"ABCD-2345\""), "what was typed stays: {}", answer.text());
}

#[tokio::test]
async fn a_qr_code_leads_through_the_login_to_the_filled_in_form() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let answer = serde_json::from_slice(&screen.ask().await.bytes).unwrap();
    let PairingAnswer::Waiting { code, address, .. } = answer else { panic!("no code") };
    assert_eq!(address, format!("{}/dashboard/screens/pair?code={code}", wall.url));

    let stranger = wall.client().get(&address).await.expect(303);
    let form = owner.client.get(&address).await.expect(200);

    let then = format!("/login?then=%2Fdashboard%2Fscreens%2Fpair%3Fcode%3D{code}");
    assert_eq!(stranger.location(), then);
    assert!(form.text().contains(&format!("value=\"{code}\"")), "{}", form.text());
}

#[tokio::test]
async fn a_revoked_screen_is_refused_until_it_asks_for_a_new_code() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let screen = TestScreen::new(&wall, 1);
    let page = pair(&owner, &screen, "Foyer").await;
    screen.get("/screens/v1/programme").await.expect(200);

    owner.client.post(&format!("{page}/revoke"), &[]).await.expect(303);

    assert_eq!(refused(&screen.get("/screens/v1/programme").await.expect(403)).reason, "revoked");
    assert_eq!(refused(&screen.get("/screens/v1/programme").await.expect(403)).reason, "revoked");
    assert!(paired(&screen).await.is_none());
    assert_eq!(refused(&screen.get("/screens/v1/programme").await.expect(404)).reason, "unknown_screen");
    let again = pair(&owner, &screen, "Foyer").await;
    assert_ne!(id(&again), id(&page));
    owner.client.get(&page).await.expect(404);
}

#[tokio::test]
async fn what_has_had_its_time_is_removed() {
    let wall = TestController::new().await;
    let owner = owner(&wall, "museum").await;
    let (screen, waiting) = (TestScreen::new(&wall, 1), TestScreen::new(&wall, 2));
    let page = pair(&owner, &screen, "Foyer").await;
    owner.client.post(&format!("{page}/revoke"), &[]).await.expect(303);
    waiting.code().await;
    wall.wait_secs(365 * 24 * 60 * 60 + 1);

    controller::jobs::start(&wall.app);

    let key = hex::decode::<32>(&screen.public()).unwrap();
    eventually("the rows are gone", || async {
        let screen = wall.app.store.find_screen_by_key(&key).await.unwrap();
        let code = wall.app.store.find_pairing(&hex::decode::<32>(&waiting.public()).unwrap()).await.unwrap();
        (screen.is_none() && code.is_none()).then_some(())
    })
    .await;
}
