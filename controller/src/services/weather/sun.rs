//! Whether the sun is up, where a forecast does not say.

/// Whether the sun is above the horizon at a place, to a few minutes: its declination and the equation of time from the
/// day of the year (Spencer 1971, the first terms), as in any textbook on solar engineering.
pub(super) fn is_up(latitude: f64, longitude: f64, millis: i64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of some thousand years")]
    let days = millis as f64 / 86_400_000.0;
    // 1970 began at day 0; a quarter of a day for each year keeps the seasons where they are.
    let year = std::f64::consts::TAU * (days / 365.242_5).fract();
    let declination = 0.006_918 - 0.399_912 * year.cos() + 0.070_257 * year.sin() - 0.006_758 * (2.0 * year).cos()
        + 0.000_907 * (2.0 * year).sin();
    let minutes = 229.18
        * (0.000_075 + 0.001_868 * year.cos()
            - 0.032_077 * year.sin()
            - 0.014_615 * (2.0 * year).cos()
            - 0.040_849 * (2.0 * year).sin());
    let hour = (days.fract() * 24.0 + longitude / 15.0 + minutes / 60.0 - 12.0) * 15.0_f64.to_radians();
    let latitude = latitude.to_radians();
    let height = latitude.sin() * declination.sin() + latitude.cos() * declination.cos() * hour.cos();
    // The upper edge of the sun, with what the air bends.
    height > (-0.833_f64).to_radians().sin()
}

#[cfg(test)]
mod tests {
    use super::is_up;

    #[test]
    fn the_sun_rises_and_sets_when_almanacs_say() {
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        // Bonn: sunrise 05:21 and sunset 21:49 (UTC+2) at midsummer; Tromsø has no sun at Christmas.
        let bonn = |text: &str| is_up(50.73, 7.1, at(text));

        assert_eq!([bonn("2026-06-21T03:10:00Z"), bonn("2026-06-21T03:30:00Z")], [false, true]);
        assert_eq!([bonn("2026-06-21T19:40:00Z"), bonn("2026-06-21T20:00:00Z")], [true, false]);
        assert_eq!([bonn("2026-12-21T07:10:00Z"), bonn("2026-12-21T07:50:00Z")], [false, true]);
        assert!(!is_up(69.65, 18.96, at("2026-12-24T11:00:00Z")));
        assert!(is_up(-33.87, 151.2, at("2026-12-24T01:00:00Z")));
    }
}
