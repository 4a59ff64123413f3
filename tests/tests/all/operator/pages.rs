//! The legal pages and the page on which they are written, as whole requests; and the command that says whose they are.

use controller::config::{Bucket, NetworkSettings, Secret};
use harness::{Browser, Controller, Looks, Owner, Part, TestClient, TestController, at_hand, eventually};

const HERE: &str = "/dashboard/operator";

async fn says(visitor: &TestClient, path: &str, words: &str) {
    eventually(&format!("{path} says {words:?}"), || async {
        visitor.get(path).await.text().contains(words).then_some(())
    })
    .await;
}

#[tokio::test]
async fn only_the_operator_writes_the_legal_pages_and_is_told_what_is_missing() {
    for wall in TestController::on_each().await {
        let operator = Owner::new(wall.client(), "rathaus").await;
        let other = Owner::new(wall.client(), "club").await;
        let visitor = wall.client();
        assert!(visitor.get("/imprint").await.expect(200).text().contains("noch nichts hinterlegt"));
        assert!(operator.client.get("/dashboard").await.text().contains("fehlt ein Impressum"));
        assert!(!other.client.get("/dashboard").await.text().contains(HERE));
        other.client.get(HERE).await.expect(404);
        let hijack = [("imprint_de", "Wir waren es")];
        other.client.post(HERE, &hijack).await.expect(404);
        visitor.get(HERE).await.expect(303);
        crate::own_posts::everybody_is(&wall, "editor").await;
        operator.client.get(HERE).await.expect(404);
        operator.client.post(HERE, &hijack).await.expect(404);
        crate::own_posts::everybody_is(&wall, "owner").await;

        let words = "# Stadt <script>alert(1)</script>\nMarkt 1\n\nPost: rat@stadt.example";
        let saved = operator.client.post(HERE, &[("imprint_de", words)]).await.expect(303);

        assert_eq!(saved.location(), "/dashboard/operator?done=operator_saved");
        says(&visitor, "/imprint", "<h2>Stadt &lt;script&gt;alert(1)&lt;/script&gt;</h2><p>Markt 1</p>").await;
        visitor.speak("en");
        let english = visitor.get("/imprint").await.expect(200).text();
        assert!(english.contains("<div lang=\"de\">") && english.contains("mailto:rat@stadt.example"), "{english}");
        assert!(!operator.client.get("/dashboard").await.text().contains("fehlt ein Impressum"));
        let form = operator.client.get(HERE).await.expect(200).text();
        assert!(form.contains("# Stadt &#60;script&#62;"), "{form}");
        let fields = [("imprint_de", words), ("imprint_en", "Town of Examples")];
        operator.client.post(HERE, &fields).await.expect(303);
        says(&visitor, "/imprint", "<div lang=\"en\"><p>Town of Examples</p></div>").await;
        assert!(visitor.cookie_names().is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_stays_in_the_form() {
    let wall = TestController::new().await;
    let operator = Owner::new(wall.client(), "rathaus").await;
    let long = "ä".repeat(30_001);

    let page = operator.client.post(HERE, &[("imprint_de", &long)]).await.expect(422).text();
    let empty = operator.client.post(HERE, &[("imprint_de", "Stadt"), ("alone", "true")]).await.expect(422).text();

    assert!(page.contains("id=\"imprint_de-wrong\"") && page.contains(&long), "said at its field");
    assert!(empty.contains("id=\"alone-wrong\"") && empty.contains(">Stadt</textarea>"), "{empty}");
    assert!(wall.client().get("/imprint").await.text().contains("noch nichts hinterlegt"), "nothing was kept");
}

#[tokio::test]
async fn the_privacy_statement_says_what_this_instance_does() {
    let plain = TestController::new().await;
    let page = plain.client().get("/privacy").await.expect(200).text();
    for said in [
        "Ihr Browser spricht mit 127.0.0.1.",
        "nicht verschlüsselt",
        "Bilder und Filme liegen auf diesem Server.",
        "Die Datenbank liegt auf",
        "Cookie „language“: die Sprache, die Sie gewählt haben, 365 Tage lang",
        "höchstens 90 Tage lang",
        "25 Monate aufbewahrt",
        "api.met.no",
        "Jede Einrichtung kann sich selbst ein Konto anlegen.",
        "nach 365 Tagen vergessen, ein nicht eingetippter Code nach 10 Minuten",
        "Art. 15 bis 21 DSGVO",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for unsaid in ["Instagram", "s3.", "hub.example", "leeren Browser", "Webserver des Betreibers", "{ $", "operator."]
    {
        assert!(!page.contains(unsaid), "{unsaid}: {page}");
    }

    let other = TestController::with(|config| {
        config.base_url = "https://wall.example".parse().unwrap();
        config.hub = Some("https://hub.example/".parse().unwrap());
        config.page_browser = Some("/nowhere/chromium".into());
        config.registration = false;
        config.weather_url = "https://weather.example/".parse().unwrap();
        config.trusted_proxies.push("127.0.0.1".parse().unwrap());
        let registered = NetworkSettings {
            client_id: Some("id".to_owned()),
            client_secret: Some(Secret::new("geheim-4711".to_owned())),
            ..NetworkSettings::default()
        };
        config.networks.insert("instagram".to_owned(), registered);
        config.bucket = Some(Bucket {
            name: "media".to_owned(),
            endpoint: Some("https://s3.elsewhere.example".parse().unwrap()),
            region: "eu".to_owned(),
            key_id: "key".to_owned(),
            secret: Secret::new("geheim-4711".to_owned()),
            secret_file: None,
            authority_file: None,
            authority_pem: None,
        });
    })
    .await;
    let page = other.client().get("/privacy").await.expect(200).text();
    for said in [
        "Ihr Browser spricht mit wall.example.",
        "Die Verbindung ist verschlüsselt",
        "in einem Speicher bei s3.elsewhere.example",
        "Von Neuem in Feeds erfährt hub.example",
        "leeren Browser",
        "Konten legt nur der Betreiber an.",
        "weather.example",
        "Webserver des Betreibers",
        "Instagram (30)",
        "Nimmt jemand bei Instagram",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for unsaid in ["geheim-4711", "api.met.no", "nicht verschlüsselt", "Bilder und Filme liegen auf diesem Server."] {
        assert!(!page.contains(unsaid), "{unsaid}: {page}");
    }
    let english = other.client().get("/privacy?lang=en").await.expect(200).text();
    assert!(english.contains("hub.example is told of news in feeds") && english.contains("GDPR"), "{english}");
}

#[tokio::test]
async fn an_own_statement_stands_before_what_the_server_says_or_alone() {
    let wall = TestController::new().await;
    let operator = Owner::new(wall.client(), "rathaus").await;
    let visitor = wall.client();

    operator.client.post(HERE, &[("privacy_de", "Verantwortlich: die Stadt")]).await.expect(303);
    says(&visitor, "/privacy", "Verantwortlich: die Stadt").await;
    let both = visitor.get("/privacy").await.text();
    assert!(
        both.contains("Art. 15 bis 21")
            && both.find("Verantwortlich").unwrap() < both.find("spricht mit 127.0.0.1").unwrap()
    );
    let alone = [("privacy_de", "Nur wir"), ("alone", "true")];
    operator.client.post(HERE, &alone).await.expect(303);
    says(&visitor, "/privacy", "Nur wir").await;

    let page = visitor.get("/privacy").await.text();
    assert!(!page.contains("Art. 15 bis 21") && !page.contains("Cookie „language“"), "{page}");
}

#[tokio::test]
async fn every_public_page_leads_to_the_legal_pages() {
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    for path in
        ["/", "/wall", "/login", "/register", "/@museum", "/@museum/archive", "/imprint", "/privacy", "/nowhere"]
    {
        let page = wall.client().get(path).await.text();
        assert!(page.contains("href=\"/imprint\"") && page.contains("href=\"/privacy\""), "{path}: {page}");
    }
    assert!(owner.client.get("/dashboard").await.text().contains("href=\"/imprint\""));
}

#[tokio::test]
async fn the_command_line_says_whose_the_instance_is() {
    let wall = Controller::new().await;
    let first = Owner::new(wall.client(), "rathaus").await;
    let second = Owner::new(wall.client(), "club").await;
    let run = |arguments: &[&str]| {
        let output = wall.command(&[&["account", "operator"], arguments].concat());
        (output.status.code(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let list = wall.command(&["account", "list"]);
    let ids: Vec<_> =
        String::from_utf8_lossy(&list.stdout).lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect();

    assert_eq!(run(&[]), (Some(0), ids[0].clone()));
    assert_eq!(run(&["--account", "nobody"]), (Some(1), String::new()));
    assert_eq!(run(&["--account", &ids[1]]), (Some(0), ids[1].clone()));

    first.client.get(HERE).await.expect(404);
    second.client.get(HERE).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_operator_is_read_in_both_languages_and_all_looks() {
    if !at_hand(Part::Browser) {
        return;
    }
    let wall = TestController::new().await;
    Owner::new(wall.client(), "rathaus").await;
    let mut wrong = Vec::new();
    for looks in [Looks::german(), Looks::english()] {
        let browser = Browser::new(&looks).await;
        browser.open(&format!("{}/login", wall.url)).await;
        browser.fill("#mail", "rathaus@owner.example").await;
        browser.fill("#password", "correct horse battery staple").await;
        browser.click("main button[type=submit]").await;
        browser.find(".card-stage").await;
        browser.keep_picture(&format!("operator/home-{}", looks.language)).await;
        wrong.extend(browser.accessibility_problems().await);
        browser.click(".flash a[href='/dashboard/operator']").await;
        browser.find("#imprint_de").await;
        browser.click("details.facts summary").await;
        for (size, dark) in [((1280, 900), false), ((1280, 900), true), ((390, 844), true), ((320, 640), false)] {
            browser.wear(size, dark).await;
            let kind = format!("{}-{}-{}", looks.language, size.0, if dark { "dark" } else { "light" });
            browser.keep_picture(&format!("operator/{kind}")).await;
            let found = browser.accessibility_problems().await;
            wrong.extend(found.into_iter().map(|problem| format!("{kind}: {problem}")));
            let wider = browser.run("return document.documentElement.scrollWidth - innerWidth").await;
            if wider.as_i64().unwrap_or(1) > 0 {
                wrong.push(format!("{kind}: {wider} pixels wider than the window"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
