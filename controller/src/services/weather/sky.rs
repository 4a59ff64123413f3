//! What MET Norway calls the sky, as coarse as it is drawn.
//!
//! Facts, from <https://api.met.no/weatherapi/weathericon/2.0/documentation>: a `symbol_code` is one of some forty words
//! (`clearsky`, `fair`, `partlycloudy`, `cloudy`, `fog`, and `light`/`heavy`/nothing before `rain`, `sleet`, `snow`, with
//! or without `showers` and `andthunder`), some of which end in `_day`, `_night` or `_polartwilight`.

use shared::slides::Sky;

/// What the sky does.
pub(super) fn sky(symbol: &str) -> Sky {
    let word = symbol.split('_').next().unwrap_or_default();
    match word {
        _ if word.contains("thunder") => Sky::Thunder,
        _ if word.contains("snow") || word.contains("sleet") => Sky::Snow,
        "clearsky" => Sky::Clear,
        "fair" | "partlycloudy" => Sky::Fair,
        "fog" => Sky::Fog,
        "rain" | "heavyrain" | "heavyrainshowers" => Sky::Rain,
        _ if word.contains("rain") => Sky::Drizzle,
        _ => Sky::Cloudy,
    }
}

/// Whether it is day, where the word says so.
pub(super) fn day(symbol: &str) -> Option<bool> {
    match symbol.rsplit('_').next() {
        Some("day") => Some(true),
        Some("night" | "polartwilight") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use shared::slides::Sky;

    use super::{day, sky};

    #[test]
    fn every_kind_of_sky_is_told() {
        let table = [
            ("clearsky_day", Sky::Clear),
            ("partlycloudy_night", Sky::Fair),
            ("cloudy", Sky::Cloudy),
            ("fog", Sky::Fog),
            ("lightrainshowers_day", Sky::Drizzle),
            ("lightrain", Sky::Drizzle),
            ("heavyrain", Sky::Rain),
            ("lightssleetshowersandthunder_day", Sky::Thunder),
            ("heavysnowshowers_polartwilight", Sky::Snow),
            ("sleet", Sky::Snow),
            ("frogs", Sky::Cloudy),
        ];
        for (symbol, expected) in table {
            assert_eq!(sky(symbol), expected, "{symbol}");
        }
        assert_eq!([day("fair_day"), day("fair_night"), day("rain")], [Some(true), Some(false), None]);
    }
}
