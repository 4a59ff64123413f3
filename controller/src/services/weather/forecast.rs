//! Forecasts: Locationforecast 2.0 of the Norwegian Meteorological Institute (CC BY 4.0), for the whole world.
//!
//! Facts, from <https://api.met.no/weatherapi/locationforecast/2.0/documentation>, <https://api.met.no/doc/TermsOfService>
//! and <https://api.met.no/doc/locationforecast/FAQ>: `GET …/complete?lat=…&lon=…` with at most four decimals (more are
//! refused with 403); every request names program and contact in `User-Agent`; nobody asks before `Expires`, and then with
//! `If-Modified-Since`; 203 means that this version ends soon; 429 that we come too often; at most 20 requests a second.
//! It answers `properties.meta.updated_at` and `properties.timeseries[]`: `time`, `data.instant.details` (at that time:
//! `air_temperature`) and `data.next_1_hours`, `next_6_hours`, `next_12_hours` (from that time on: `summary.symbol_code`,
//! `details.air_temperature_min`/`_max`, `probability_of_precipitation` where there is one): hours for two days and a half,
//! then every six hours, nine days in all.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use reqwest::header::{ACCEPT, EXPIRES, IF_MODIFIED_SINCE, LAST_MODIFIED, USER_AGENT};
use serde::{Deserialize, Serialize};
use shared::slides::{Day, Outlook, Sky};

use super::{Kept, Place, Services, Trouble, sky, sun};
use crate::tools::{dates, http::Client};

/// Largest answer.
const LARGEST: usize = 2 << 20;
/// Most times of a forecast that are kept.
const MOST: usize = 400;
/// Days that are told.
const DAYS: usize = 6;
/// A forecast is asked for again after this long at the earliest and at the latest, in milliseconds.
const SOONEST_MS: i64 = 20 * 60_000;
const LATEST_MS: i64 = 3 * 3_600_000;
const HOUR_MS: i64 = 3_600_000;

/// What is said about the times to come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Forecast {
    said_at: i64,
    times: Vec<Time>,
}

/// What is said about one time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Time {
    at: i64,
    tenths: i32,
    low: Option<i32>,
    high: Option<i32>,
    /// From then on for an hour, or for six.
    symbol: String,
    long_symbol: String,
    wet: Option<u8>,
}

pub(super) async fn ask(
    http: &Client,
    services: &Services<'_>,
    place: &Place,
    kept: Option<Kept>,
    now: i64,
) -> Result<Kept, Trouble> {
    let mut url = url::Url::parse(services.forecasts).map_err(|_| Trouble::Nonsense)?;
    url.query_pairs_mut()
        .append_pair("lat", &format!("{:.4}", place.latitude))
        .append_pair("lon", &format!("{:.4}", place.longitude));
    let mut request = http.get(url.as_str()).limit(LARGEST);
    request = request.header(USER_AGENT, services.user_agent).header(ACCEPT, "application/json");
    if let Some(modified) = kept.as_ref().and_then(|kept| kept.modified.as_deref()) {
        request = request.header(IF_MODIFIED_SINCE, modified);
    }
    let answer = request.send().await?;
    let expires = answer.header(&EXPIRES).and_then(|text| dates::parse(&text)).unwrap_or(0);
    let fresh_until = expires.clamp(now + SOONEST_MS, now + LATEST_MS);
    if answer.status == 304
        && let Some(kept) = kept
    {
        return Ok(Kept { fresh_until, ..kept });
    }
    if answer.status == 203 {
        tracing::warn!("the interface of the weather service ends soon: it answers 203");
    }
    let answer = answer.success(now)?;
    let forecast = Forecast::read(&answer.body, now).ok_or(Trouble::Nonsense)?;
    Ok(Kept { forecast, modified: answer.header(&LAST_MODIFIED), fresh_until })
}

impl Forecast {
    /// Reads what the service answers; `None` where it makes no sense.
    pub(super) fn read(body: &[u8], now: i64) -> Option<Self> {
        let answer: Document = serde_json::from_slice(body).ok()?;
        let said_at = dates::parse(&answer.properties.meta.updated_at).unwrap_or(now).min(now);
        let mut times: Vec<_> = answer.properties.timeseries.iter().take(MOST).filter_map(Step::time).collect();
        times.sort_by_key(|time| time.at);
        (!times.is_empty()).then_some(Self { said_at, times })
    }

    /// The weather now and on the days to come, by the calendar of the place; `None` once all that was said is over.
    pub fn outlook(&self, place: &Place, now: i64) -> Option<Outlook> {
        let zone = TimeZone::get(&place.zone).unwrap_or(TimeZone::UTC);
        let date = |at: i64| Timestamp::from_millisecond(at).ok().map(|at| at.to_zoned_datetime(zone.clone()));
        let today = date(now)?.date();
        let is_now = |time: &&Time| time.at <= now && now < time.at + 6 * HOUR_MS;
        let current = self.times.iter().rfind(is_now).or_else(|| {
            // The first time of a forecast may be the hour to come.
            self.times.first().filter(|first| first.at > now && first.at - now < 2 * HOUR_MS)
        })?;
        let mut days: BTreeMap<Date, Vec<(i8, &Time)>> = BTreeMap::new();
        for time in &self.times {
            let Some(local) = date(time.at).filter(|local| local.date() >= today) else { continue };
            days.entry(local.date()).or_default().push((local.hour(), time));
        }
        let symbol = if current.symbol.is_empty() { &current.long_symbol } else { &current.symbol };
        Some(Outlook {
            place: place.name.clone(),
            tenths: current.tenths,
            sky: sky::sky(symbol),
            day: sky::day(symbol).unwrap_or_else(|| sun::is_up(place.latitude, place.longitude, now)),
            days: days.into_iter().filter_map(|(date, times)| day(date, &times)).take(DAYS).collect(),
            said_at: self.said_at,
            credit: super::CREDIT.to_owned(),
        })
    }
}

fn day(date: Date, times: &[(i8, &Time)]) -> Option<Day> {
    let lows = times.iter().flat_map(|(_, time)| time.low.into_iter().chain([time.tenths]));
    let highs = times.iter().flat_map(|(_, time)| time.high.into_iter().chain([time.tenths]));
    // What the sky does while people are about: from noon on, or the time nearest to it.
    let noon = times.iter().filter(|(_, time)| !time.long_symbol.is_empty()).min_by_key(|(hour, _)| (hour - 12).abs());
    let symbol = noon.map(|(_, time)| time.long_symbol.as_str()).or_else(|| {
        let any = times.iter().find(|(_, time)| !time.symbol.is_empty());
        any.map(|(_, time)| time.symbol.as_str())
    });
    Some(Day {
        date: date.to_string().parse().ok()?,
        low_tenths: lows.min()?,
        high_tenths: highs.max()?,
        sky: symbol.map_or(Sky::Cloudy, sky::sky),
        wet_percent: times.iter().filter_map(|(_, time)| time.wet).max(),
    })
}

#[derive(Deserialize)]
struct Document {
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    meta: Meta,
    timeseries: Vec<Step>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    updated_at: String,
}

#[derive(Deserialize)]
struct Step {
    time: String,
    data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    instant: Span,
    next_1_hours: Span,
    next_6_hours: Span,
    next_12_hours: Span,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Span {
    summary: Summary,
    details: Details,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    symbol_code: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    air_temperature: Option<f64>,
    air_temperature_min: Option<f64>,
    air_temperature_max: Option<f64>,
    probability_of_precipitation: Option<f64>,
}

impl Step {
    fn time(&self) -> Option<Time> {
        let Data { instant, next_1_hours: one, next_6_hours: six, next_12_hours: twelve } = &self.data;
        let symbol = |span: &Span| span.summary.symbol_code.chars().take(60).collect::<String>();
        let long = [six, twelve, one].into_iter().find(|span| !span.summary.symbol_code.is_empty());
        let wet = [one, six].iter().filter_map(|span| span.details.probability_of_precipitation).fold(None, f64_max);
        Some(Time {
            at: dates::parse(&self.time)?,
            tenths: tenths(instant.details.air_temperature?)?,
            low: six.details.air_temperature_min.and_then(tenths),
            high: six.details.air_temperature_max.and_then(tenths),
            symbol: symbol(one),
            long_symbol: long.map(symbol).unwrap_or_default(),
            wet: wet.map(percent),
        })
    }
}

fn f64_max(one: Option<f64>, other: f64) -> Option<f64> {
    Some(one.map_or(other, |one| one.max(other)))
}

/// Tenths of a degree; `None` for what no thermometer has ever shown.
#[expect(clippy::cast_possible_truncation, reason = "at most a thousand")]
fn tenths(degrees: f64) -> Option<i32> {
    (-100.0..=70.0).contains(&degrees).then(|| (degrees * 10.0).round() as i32)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
fn percent(value: f64) -> u8 {
    value.clamp(0.0, 100.0).round() as u8
}
