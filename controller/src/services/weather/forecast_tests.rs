//! From what the service answers to what is drawn.

use serde_json::{Value, json};
use shared::slides::Sky;

use super::{Forecast, Place};

/// 2026-05-04, 12:00 UTC.
const NOON: i64 = 1_777_896_000_000;
const HOUR: i64 = 3_600_000;

fn berlin() -> Place {
    serde_json::from_value(
        json!({ "name": "Berlin", "latitude": 52.52, "longitude": 13.41, "timezone": "Europe/Berlin" }),
    )
    .unwrap()
}

/// A step so many hours from noon, of the shape that the service sends.
fn step(hours: i64, degrees: f64, symbol: &str, wet: Option<f64>) -> Value {
    let time = jiff::Timestamp::from_millisecond(NOON + hours * HOUR).unwrap().to_string();
    let mut six = json!({
        "summary": { "symbol_code": symbol },
        "details": { "air_temperature_max": degrees + 1.0, "air_temperature_min": degrees - 1.0 },
    });
    if let Some(wet) = wet {
        six["details"]["probability_of_precipitation"] = json!(wet);
    }
    json!({ "time": time, "data": { "instant": { "details": { "air_temperature": degrees } }, "next_6_hours": six } })
}

fn document(steps: &[Value]) -> Vec<u8> {
    let meta = json!({ "updated_at": "2026-05-04T11:31:00Z", "units": {} });
    json!({ "type": "Feature", "properties": { "meta": meta, "timeseries": steps } }).to_string().into_bytes()
}

#[test]
fn days_are_those_of_the_place() {
    let steps = [
        step(-1, 17.24, "fair_day", None),
        step(0, 18.0, "fair_day", Some(20.4)),
        // Eleven in the evening and one in the night in Berlin.
        step(9, 9.0, "clearsky_night", Some(70.0)),
        step(11, 8.0, "clearsky_night", None),
        step(22, 20.0, "heavyrain", Some(91.0)),
    ];
    let forecast = Forecast::read(&document(&steps), NOON).unwrap();

    let outlook = forecast.outlook(&berlin(), NOON + 10 * 60_000).unwrap();

    assert_eq!((outlook.tenths, outlook.sky, outlook.day, outlook.said_at), (180, Sky::Fair, true, NOON - 29 * 60_000));
    assert_eq!(outlook.credit, "MET Norway, GeoNames (CC BY 4.0)");
    let days: Vec<_> =
        outlook.days.iter().map(|d| (d.date.to_string(), d.low_tenths, d.high_tenths, d.sky, d.wet_percent)).collect();
    assert_eq!(
        days,
        [
            ("2026-05-04".to_owned(), 80, 190, Sky::Fair, Some(70)),
            ("2026-05-05".to_owned(), 70, 210, Sky::Rain, Some(91)),
        ]
    );
    let night = forecast.outlook(&berlin(), NOON + 9 * HOUR).unwrap();
    assert_eq!((night.tenths, night.day), (90, false));
}

#[test]
fn what_was_said_about_the_past_is_not_the_weather() {
    let forecast =
        Forecast::read(&document(&[step(0, 18.0, "rain", None), step(30, 12.0, "fog", None)]), NOON).unwrap();

    assert!(forecast.outlook(&berlin(), NOON + 7 * HOUR).is_none(), "a gap");
    assert_eq!(forecast.outlook(&berlin(), NOON + 31 * HOUR).unwrap().days.len(), 1);
    assert!(forecast.outlook(&berlin(), NOON + 40 * HOUR).is_none(), "all over");
    assert!(forecast.outlook(&berlin(), NOON - HOUR).is_some(), "from the hour to come on");
}

#[test]
fn nonsense_is_none_and_a_bad_step_costs_itself() {
    let bad = json!({ "time": "yesterday", "data": {} });
    let hot = step(1, 9_999.0, "fair_day", None);
    let good = Forecast::read(&document(&[bad.clone(), hot.clone(), step(2, 5.0, "", None)]), NOON).unwrap();

    assert_eq!(good.outlook(&berlin(), NOON + 2 * HOUR).unwrap().tenths, 50);
    for text in [document(&[bad, hot]), document(&[]), b"<html>".to_vec(), b"{}".to_vec(), b"[1,2]".to_vec()] {
        assert!(Forecast::read(&text, NOON).is_none());
    }
}
