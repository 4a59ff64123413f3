//! Who is let in: only who signs with the secret, lately, not too much, and in words that can be read.

use harness::Sender;

use super::House;

const BODY: &str = r#"{"id":"1","title":"Titel"}"#;

#[tokio::test]
async fn strangers_are_all_answered_the_same() {
    for house in House::on_each().await {
        let (now, other) = (house.now(), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        let nowhere = house.sender.address.replace("/hooks/", "/hooks/0");
        let nowhere = house.sender.with_secret(house.wall.client(), &house.sender.secret).at(&nowhere);
        let forger = house.sender.with_secret(house.wall.client(), other);
        let good = house.sender.sign("m1", now / 1_000, BODY);
        let secs = (now / 1_000).to_string();
        let answers = [
            nowhere.send("m1", now, BODY).await,
            forger.send("m1", now, BODY).await,
            house.sender.send("m1", now - 301_000, BODY).await,
            house.sender.send("m1", now + 301_000, BODY).await,
            house.sender.send_signed("m1", &secs, &good, &BODY.replace("Titel", "Anderer")).await,
            house.sender.send_signed("m2", &secs, &good, BODY).await,
            house.sender.send_signed("m1", &secs, "", BODY).await,
            house.sender.send_signed("m1", "bald", &good, BODY).await,
        ];

        let told: Vec<_> = answers
            .into_iter()
            .map(|answer| {
                let mut headers: Vec<_> = answer.headers.iter().filter(|(name, _)| *name != "date").collect();
                headers.sort_by_key(|(name, _)| name.as_str());
                (answer.status, format!("{headers:?}"), answer.text())
            })
            .collect();
        assert_eq!(told[0].0, 401);
        assert!(told[0].1.contains("application/problem+json") && !told[0].1.contains("set-cookie"), "{}", told[0].1);
        assert!(told.iter().all(|one| *one == told[0]), "{told:#?}");
        assert_eq!(house.wall.app.store.count_deliveries(&house.sender.source_id).await.unwrap(), 0);
        assert_eq!(house.send("m1", BODY).await, 202, "and the true one is let in");
    }
}

#[tokio::test]
async fn a_session_and_a_foreign_page_neither_help_nor_hinder() {
    for house in House::on_each().await {
        let client = &house.owner.client;
        let secs = house.now() / 1_000;
        let request = client.request(reqwest::Method::POST, &house.sender.address);
        let request = request.header("origin", "https://elsewhere.example").header("sec-fetch-site", "cross-site");
        let unsigned = request.try_clone().unwrap().body(BODY);
        client.send(unsigned).await.expect(401);
        let signature = house.sender.sign("m1", secs, BODY);
        let request = request.header("webhook-id", "m1").header("webhook-timestamp", secs.to_string());
        client.send(request.header("webhook-signature", signature).body(BODY)).await.expect(202);
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_in_words_with_its_place() {
    for house in House::on_each().await {
        let wrong = r#"{"id":"1","title":"T","picture":[],"published":"gestern"}"#;
        for (language, title, words) in [
            ("de", "Der Beitrag kann so nicht angenommen werden", "Hier muss ein Zeitpunkt stehen"),
            ("en", "The post cannot be taken like this", "A point in time belongs here"),
        ] {
            house.sender.speak(language);
            let answer = house.sender.send("m1", house.now(), wrong).await.expect(422);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.header("content-language"), language);
            let problem = answer.json();
            assert_eq!((problem["title"].as_str(), problem["status"].as_i64()), (Some(title), Some(422)));
            let places: Vec<_> =
                problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
            assert_eq!(places, ["/picture", "/published"], "{problem}");
            assert!(problem["errors"][1]["detail"].as_str().unwrap().starts_with(words), "{problem}");
        }
        let long = format!(r#"{{"id":"1","text":"{}"}}"#, "a".repeat(256 * 1024));
        assert_eq!(house.send("m2", &long).await, 413);
        assert_eq!(house.send("m1", BODY).await, 202, "the name of a delivery that was refused is free");
    }
}

#[tokio::test]
async fn who_sends_too_much_waits_and_no_other_source_does() {
    for house in House::on_each().await {
        let other = Sender::new(&house.owner, house.wall.client(), "Bauhof").await;
        for number in 0..120 {
            assert_eq!(house.send(&format!("m{number}"), BODY).await, 202, "{number}");
        }

        let answer = house.sender.send("more", house.now(), BODY).await.expect(429);

        assert_eq!(answer.header("retry-after"), "1");
        other.send("m0", house.now(), BODY).await.expect(202);
        house.wall.wait_secs(1);
        assert_eq!(house.send("more", BODY).await, 202);
    }
}

#[tokio::test]
async fn while_too_much_waits_to_be_taken_senders_keep_what_they_have() {
    for house in House::on_each().await {
        for number in 0..500 {
            let store = &house.wall.app.store;
            assert!(
                store
                    .add_delivery(&house.sender.source_id, (&number.to_string(), ""), BODY, house.now())
                    .await
                    .unwrap()
            );
        }

        let answer = house.sender.send("m1", house.now(), BODY).await.expect(503);

        assert_eq!(answer.header("retry-after"), "60");
        house.visit().await;
        assert_eq!(house.send("m1", BODY).await, 202);
    }
}

#[tokio::test]
async fn a_new_secret_ends_the_old_one_and_is_shown_once() {
    for house in House::on_each().await {
        let place = |leaf: &str| house.owner.path(&format!("sources/{}/{leaf}", house.sender.source_id));
        let before = house.owner.client.get(&place("hook")).await.expect(200).text();
        assert!(!before.contains(&house.sender.secret) && before.contains(&house.sender.address));

        let page = house.owner.client.post(&place("secret"), &[]).await.expect(200).text();

        let renewed = Sender::of_page(house.wall.client(), &page);
        assert_eq!(renewed.address, house.sender.address, "the address stays");
        assert_eq!(house.send("m1", BODY).await, 401);
        renewed.send("m1", house.now(), BODY).await.expect(202);
        let after = house.owner.client.get(&place("hook")).await.expect(200).text();
        assert!(!after.contains("id=\"the-secret\"") && !after.contains(&renewed.secret));
    }
}

#[tokio::test]
async fn a_name_is_needed_and_taken_once() {
    for house in House::on_each().await {
        for (name, words) in [("  ", "Bitte geben Sie der Quelle einen Namen"), ("Rathaus", "schon verbunden")] {
            let fields = [("network", "webhook"), ("own", "true"), ("address", name)];
            let page = house.owner.client.post(&house.owner.path("sources"), &fields).await.expect(422).text();
            assert!(page.contains(words), "{name}: {page}");
        }
    }
}
