//! The weather, from its services to the screens and to the owner who spelt the place wrong.

use harness::{NOON, Owner, TestController, within};
use serde_json::{Value, json};
use shared::slides::{Outlook, Sky, Slide};

use super::{
    SECOND, add, press, says,
    server::{Reply, Request, Service, query},
    shows,
};

const MODIFIED: &str = "Mon, 04 May 2026 11:31:00 GMT";

/// A forecast of the shape that the service sends: warmer by a degree every hour from noon on.
fn forecast(degrees: f64) -> String {
    let step = |hour: i32| {
        let at = jiff_like(NOON + i64::from(hour) * 3_600_000);
        let symbol = json!({ "summary": { "symbol_code": "lightrainshowers_day" }, "details": {} });
        let instant = json!({ "details": { "air_temperature": degrees + f64::from(hour) } });
        json!({ "time": at, "data": { "instant": instant, "next_1_hours": symbol, "next_6_hours": symbol } })
    };
    let steps: Vec<Value> = (0..30).map(step).collect();
    let meta = json!({ "updated_at": "2026-05-04T11:31:00Z" });
    json!({ "type": "Feature", "properties": { "meta": meta, "timeseries": steps } }).to_string()
}

/// An instant of 4 or 5 May 2026 as text.
fn jiff_like(millis: i64) -> String {
    let hours = (millis - NOON) / 3_600_000 + 12;
    format!("2026-05-{:02}T{:02}:00:00Z", 4 + hours / 24, hours % 24)
}

fn place(name: &str, country: &str, zone: &str, latitude: f64) -> Value {
    json!({ "id": 1, "name": name, "latitude": latitude, "longitude": 7.0954912, "timezone": zone, "population": 9_000,
            "country": country, "country_code": "XX", "admin1": format!("{country} Nord") })
}

fn places(request: &Request) -> Value {
    let found = match query(&request.path, "name").as_str() {
        "bonn" => vec![place("Bonn", "Deutschland", "Europe/Berlin", 50.7343812)],
        "neustadt" => vec![
            place("Neustadt", "Hessen", "Europe/Berlin", 50.85),
            place("Neustadt", "Bayern", "Europe/Berlin", 49.58),
        ],
        _ => return json!({ "generationtime_ms": 0.2 }),
    };
    json!({ "results": found })
}

fn both(request: &Request) -> Option<Reply> {
    if request.path.starts_with("/v1/search") {
        return Some(Reply::ok(places(request).to_string()));
    }
    if request.header("if-modified-since") == MODIFIED {
        return Some(Reply::status(304).with("expires", "Mon, 04 May 2026 15:00:00 GMT"));
    }
    let reply = Reply::ok(forecast(10.0)).with("last-modified", MODIFIED);
    Some(reply.with("expires", "Mon, 04 May 2026 12:50:00 GMT"))
}

async fn wall(service: &Service) -> TestController {
    let (weather, places) = (service.url("/weather"), service.url("/v1/search"));
    let wall = TestController::with(|config| {
        config.allow = vec![service.address.clone()];
        config.weather_url = weather.parse().unwrap();
        config.places_url = places.parse().unwrap();
    })
    .await;
    controller::jobs::start(&wall.app);
    wall
}

fn outlook(slide: &Slide) -> Option<Outlook> {
    let Slide::Weather(weather) = slide else { return None };
    weather.outlook.clone()
}

#[tokio::test]
async fn the_weather_is_asked_for_once_for_all_and_only_when_the_service_wants_to_be() {
    let service = Service::new(both).await;
    let wall = wall(&service).await;
    let owners = [Owner::new(wall.client(), "museum").await, Owner::new(wall.client(), "theatre").await];
    for owner in &owners {
        add(owner, "weather", &[("place", "  Bonn ")]).await;
        press(owner, "publish", "").await;
    }

    for owner in &owners {
        let outlook = shows(&wall, owner, 3 * SECOND, "the weather", outlook).await;
        assert_eq!((outlook.place.as_str(), outlook.tenths, outlook.sky), ("Bonn", 100, Sky::Drizzle));
        assert_eq!(outlook.credit, "MET Norway, GeoNames (CC BY 4.0)");
        assert_eq!((outlook.said_at, outlook.days.len()), (NOON - 29 * 60_000, 2));
    }
    let (forecasts, places) = (service.asked("/weather"), service.asked("/v1/search"));
    assert_eq!((forecasts.len(), places.len()), (1, 1), "one asks for all");
    assert_eq!(forecasts[0].path, "/weather?lat=50.7344&lon=7.0955", "four decimals, else it is refused");
    let agent = forecasts[0].header("user-agent");
    assert!(agent.starts_with("Litfass/") && agent.ends_with(wall.app.config.base_url.as_str()), "{agent}");

    // Half an hour later it is warmer here, without asking; an hour later the service is asked, with what was remembered.
    wall.wait_secs(31 * 60);
    tokio::time::sleep(6 * SECOND).await;
    assert_eq!(service.asked("/weather").len(), 1, "not before it expires");
    wall.wait_secs(40 * 60);
    within(8 * SECOND, "asked again", || async { (service.asked("/weather").len() == 2).then_some(()) }).await;
    assert_eq!(service.asked("/weather")[1].header("if-modified-since"), MODIFIED);
    within(3 * SECOND, "the temperature of one o'clock", || async {
        let outlook = super::shown(&wall, &owners[0]).await.iter().find_map(outlook)?;
        (outlook.tenths == 110).then_some(())
    })
    .await;
}

#[tokio::test]
async fn an_owner_hears_that_a_place_is_unknown_or_not_the_only_one() {
    let service = Service::new(both).await;
    let wall = wall(&service).await;
    let owner = Owner::new(wall.client(), "museum").await;

    let item = add(&owner, "weather", &[("place", "Xyzzy")]).await;
    says(&owner, "Diesen Ort kennt niemand").await;
    press(&owner, "remove", &item).await;
    let item = add(&owner, "weather", &[("place", "Neustadt")]).await;
    let page = says(&owner, "gibt es mehrmals").await;
    assert!(page.contains("Neustadt, Hessen Nord · Neustadt, Bayern Nord"), "{page}");
    assert!(service.asked("/weather").is_empty());
    press(&owner, "remove", &item).await;
    add(&owner, "weather", &[("place", "Neustadt, Bayern")]).await;
    press(&owner, "publish", "").await;

    shows(&wall, &owner, 3 * SECOND, "the weather", outlook).await;
    assert_eq!(service.asked("/weather")[0].path, "/weather?lat=49.5800&lon=7.0955");
    assert_eq!(service.asked("/v1/search").len(), 2, "the places of a name are asked for once");
}

#[tokio::test]
async fn yesterdays_weather_is_not_shown_when_the_service_is_gone() {
    let service = Service::new(both).await;
    let wall = wall(&service).await;
    let owner = Owner::new(wall.client(), "museum").await;
    add(&owner, "weather", &[("place", "Bonn")]).await;
    press(&owner, "publish", "").await;
    shows(&wall, &owner, 3 * SECOND, "the weather", outlook).await;

    service.turn(|_| Some(Reply::status(500)));
    wall.wait_secs(2 * 3_600);
    let page = says(&owner, "Der Wetterdienst antwortet nicht").await;
    assert!(page.contains("Zuletzt gelungen: vor 2 Stunden"), "{page}");
    shows(&wall, &owner, SECOND, "what was said two hours ago", outlook).await;
    wall.wait_secs(25 * 3_600);
    let row = wall.app.store.find_any_programme(&owner.stage_id).await.unwrap().unwrap();
    let envelope: shared::envelope::Envelope = serde_json::from_str(&row.envelope).unwrap();
    let document: shared::programme::Programme = serde_json::from_str(&envelope.document).unwrap();
    let now = wall.app.clock.now();
    let on = document.on::<&str>(now, &[]);
    assert!(!on.iter().any(|shown| matches!(shown.on.entry.slide, Slide::Weather(_))), "it left by itself");
}
