//! Registering, logging in and out, and what is refused.

use std::time::Instant;

use controller::features::accounts::log_in;
use harness::TestController;
use reqwest::Method;

use super::{PASSWORD, register};

const FORM: [(&str, &str); 5] = [
    ("first_name", "Erika"),
    ("last_name", "Muster"),
    ("institution", "Museum"),
    ("mail", "erika@museum.example"),
    ("password", PASSWORD),
];

/// The form with one field changed.
fn with<'a>(field: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.iter().filter(|(name, _)| *name != field).copied().chain([(field, value)]).collect()
}

#[tokio::test]
async fn who_registers_is_at_home_and_who_logs_out_is_gone() {
    for wall in TestController::on_each().await {
        let erika = register(&wall, "erika@museum.example").await;

        let home = erika.get("/dashboard").await.expect(200);
        let session = erika.cookie("session").unwrap();
        assert!(home.text().contains("Guten Tag, Erika"), "{}", home.text());
        assert_eq!(home.header("cache-control"), "no-store");
        assert_eq!(erika.cookie_names(), ["session", "xsrf"]);

        let out = erika.post("/logout", &[]).await.expect(303);
        assert_eq!(out.location(), "/login?done=logged_out");
        assert!(erika.cookie_names().is_empty());
        assert!(erika.get(out.location()).await.expect(200).text().contains("Sie sind abgemeldet"));
        assert_eq!(erika.get("/dashboard?x=1").await.expect(303).location(), "/login?then=%2Fdashboard%3Fx%3D1");

        let old = erika.request(Method::GET, "/dashboard").header("cookie", format!("session={session}"));
        erika.send(old).await.expect(303);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_at_once_and_what_was_typed_is_kept() {
    let wall = TestController::new().await;
    let visitor = wall.client();
    let bad =
        [("first_name", ""), ("last_name", "<b>Muster"), ("institution", "Museum"), ("phone", "ring"), ("mail", "@")];
    let bad: Vec<_> = bad.into_iter().chain([("password", "geheim7")]).collect();

    let german = visitor.post("/register", &bad).await.expect(422).text();
    visitor.speak("en");
    let english = visitor.post("/register", &bad).await.expect(422).text();

    for text in ["mit 1 bis 100 Zeichen", "eine vollständige E-Mail-Adresse", "nur aus Ziffern", "ist zu kurz"] {
        assert!(german.contains(text), "{text} in {german}");
    }
    assert!(english.contains("The password is too short"), "{english}");
    assert!(german.contains("value=\"&#60;b&#62;Muster\"") && german.contains("value=\"ring\""), "{german}");
    assert!(!german.contains("geheim7"), "a password is never sent back");
    assert_eq!(german.matches("aria-invalid").count(), 4);
    assert!(!wall.app.store.has_account().await.unwrap());
}

#[tokio::test]
async fn passwords_everybody_tries_are_refused_and_long_ones_taken() {
    let wall = TestController::new().await;
    let long = "ein sehr langer Satz, ".repeat(6);
    assert!(long.chars().count() >= 128);
    for (password, text) in [("Passwort1", "auf jeder Liste"), ("erika@museum.example", "nicht Ihr Name")] {
        let answer = wall.client().post("/register", &with("password", password)).await.expect(422);
        assert!(answer.text().contains(text), "{password}");
    }

    wall.client().post("/register", &with("password", &long)).await.expect(303);

    let log_in = |password: String| {
        let visitor = wall.client();
        async move { visitor.post("/login", &[("mail", "ERIKA@Museum.example "), ("password", &password)]).await.status }
    };
    assert_eq!(log_in(long.clone()).await, 303);
    assert_eq!(log_in(long.trim().to_owned()).await, 422, "exactly as typed");
    assert_eq!(log_in(long[..100].to_owned()).await, 422);
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_cannot_be_told_apart() {
    let wall = TestController::new().await;
    register(&wall, "erika@museum.example").await;
    let mut pages = Vec::new();
    let mut spent = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        for (at, mail) in ["erika@museum.example", "nobody@museum.example"].into_iter().enumerate() {
            let visitor = wall.client();
            visitor.get("/login").await;
            let token = visitor.cookie("xsrf").unwrap();
            let answer = visitor.post("/login", &[("mail", mail), ("password", "not it at all")]).await.expect(422);
            pages.push(answer.text().replace(&token, "").replace(mail, ""));
            let start = Instant::now();
            assert!(log_in(&wall.app, mail, "not it at all").await.is_err());
            spent[at].push(start.elapsed());
        }
    }

    pages.dedup();
    assert_eq!(pages.len(), 1, "the pages differ: {pages:#?}");
    assert!(pages[0].contains("E-Mail-Adresse oder Passwort stimmen nicht"), "{}", pages[0]);
    // The quickest of each: whatever else the machine does only makes others slower.
    let [known, unknown] = spent.map(|spent| spent.into_iter().min().unwrap_or_default());
    assert!(known < unknown * 3 && unknown < known * 3, "{known:?} and {unknown:?}");
}

#[tokio::test]
async fn guessing_is_slowed_down_for_who_guesses() {
    let wall = TestController::new().await;
    register(&wall, "erika@museum.example").await;
    register(&wall, "emil@museum.example").await;
    let guess = |mail: &'static str, password: &'static str| {
        let visitor = wall.client();
        async move { visitor.post("/login", &[("mail", mail), ("password", password)]).await }
    };
    for _ in 0..8 {
        guess("erika@museum.example", "wrong").await.expect(422);
    }

    let stopped = guess("erika@museum.example", PASSWORD).await.expect(429);

    assert!((1..=31).contains(&stopped.header("retry-after").parse::<u64>().unwrap()));
    assert!(stopped.text().contains("Das waren viele Versuche") && stopped.text().contains("erika@museum.example"));
    guess("emil@museum.example", PASSWORD).await.expect(303);
    wall.wait_secs(31);
    guess("erika@museum.example", PASSWORD).await.expect(303);
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let wall = TestController::new().await;
    let erika = register(&wall, "erika@museum.example").await;
    let emil = register(&wall, "emil@museum.example").await;
    let fields = [("name", "Museum"), ("handle", "museum-1")];

    erika.post_without_token("/dashboard/stages/new", &fields).await.expect(403);
    let body = format!("name=Museum&handle=museum-1&xsrf={}", emil.cookie("xsrf").unwrap());
    let foreign_token = erika.request(Method::POST, "/dashboard/stages/new").body(body.clone());
    erika.send(foreign_token.header("content-type", "application/x-www-form-urlencoded")).await.expect(403);
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let request = emil.request(Method::POST, "/dashboard/stages/new").body(body.clone());
        let request = request.header("content-type", "application/x-www-form-urlencoded").header(name, value);
        emil.send(request).await.expect(403);
    }

    let request = emil.request(Method::POST, "/dashboard/stages/new").body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("origin", &wall.url);
    emil.send(request.header("sec-fetch-site", "same-origin")).await.expect(303);
}

#[tokio::test]
async fn a_log_in_leads_to_our_own_pages_only() {
    let wall = TestController::new().await;
    register(&wall, "erika@museum.example").await;
    for (then, leads) in [
        ("/dashboard/sessions", "/dashboard/sessions"),
        ("//evil.example", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("https://evil.example/", "/dashboard"),
        ("javascript:alert(1)", "/dashboard"),
    ] {
        let fields = [("mail", "erika@museum.example"), ("password", PASSWORD), ("then", then)];
        let answer = wall.client().post("/login", &fields).await;
        assert_eq!((answer.status, answer.location()), (303, leads), "{then}");
        let query = url::form_urlencoded::byte_serialize(then.as_bytes()).collect::<String>();
        let switched = wall.client().get(&format!("/language?to=de&then={query}")).await.expect(303);
        assert_eq!(switched.location(), if leads == "/dashboard" { "/" } else { leads }, "{then}");
    }
}

#[tokio::test]
async fn a_visitor_has_no_cookie_until_there_is_a_form_or_a_choice() {
    let wall = TestController::new().await;
    let visitor = wall.client();
    assert!(visitor.get("/").await.expect(200).text().contains("An einer Säule"));
    assert!(visitor.cookie_names().is_empty(), "{:?}", visitor.cookie_names());

    visitor.get("/language?to=en&then=/").await.expect(303);

    assert_eq!(visitor.cookie_names(), ["language"]);
    let page = visitor.get("/").await.expect(200).text();
    assert!(page.contains("On one\u{a0}column") && page.contains("<html lang=\"en\">"), "{page}");
    visitor.get("/language?to=tlh&then=/").await.expect(303);
    assert_eq!(visitor.cookie("language").as_deref(), Some("en"), "a language nobody speaks is not remembered");
    visitor.get("/register").await.expect(200);
    assert_eq!(visitor.cookie_names(), ["language", "xsrf"]);
}

#[tokio::test]
async fn where_registration_is_closed_only_the_first_may_register() {
    let wall = TestController::with(|config| config.registration = false).await;
    assert!(wall.client().get("/register").await.text().contains("name=\"institution\""));
    register(&wall, "erika@museum.example").await;

    let page = wall.client().get("/register").await.expect(200).text();
    let sent = wall.client().post("/register", &with("mail", "emil@museum.example")).await;

    assert!(page.contains("Keine Registrierung") && !page.contains("name=\"institution\""), "{page}");
    assert_eq!(sent.status, 403);
    assert!(!wall.client().get("/login").await.text().contains("/register"));
}

#[tokio::test]
async fn every_answer_forbids_what_we_do_not_need() {
    let wall = TestController::with(|config| config.base_url = "https://wall.example".parse().unwrap()).await;
    let visitor = wall.client();
    for path in
        ["/", "/login", "/register", "/nowhere", "/dashboard", "/healthz", "/favicon.ico", "/@nobody", "/language"]
    {
        let answer = visitor.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") || policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
    }
    let answer = wall.client().get("/login").await;
    let cookie = answer.header("set-cookie");
    assert!(["HttpOnly", "SameSite=Lax", "Secure", "Path=/"].iter().all(|part| cookie.contains(part)), "{cookie}");
}
