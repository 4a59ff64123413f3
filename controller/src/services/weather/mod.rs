//! The weather from open data: places by GeoNames, forecasts by MET Norway. Both are asked by the controller alone.

mod forecast;
#[cfg(test)]
mod forecast_tests;
mod places;
mod sky;
mod sun;

use serde::{Deserialize, Serialize};

pub use forecast::Forecast;
pub use places::{Place, find_places, name, resolve};

use crate::tools::http::{Client, HttpError};

/// Who is named on every slide: both licences (CC BY 4.0) ask for it.
pub const CREDIT: &str = "MET Norway, GeoNames (CC BY 4.0)";

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The service could not be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// What came makes no sense.
    #[error("answer makes no sense")]
    Nonsense,
    /// Nobody knows a place of this name.
    #[error("unknown place")]
    UnknownPlace,
    /// Several places have this name; the first few of them.
    #[error("several places of this name")]
    ManyPlaces(Vec<String>),
}

/// Where the services are, and who asks.
#[derive(Clone, Copy, Debug)]
pub struct Services<'a> {
    /// Answers with forecasts.
    pub forecasts: &'a str,
    /// Answers with places.
    pub places: &'a str,
    /// Says who asks, with an address at which its operator can be found: MET Norway's terms of service want that.
    pub user_agent: &'a str,
}

/// A forecast as it is kept, with what its service said about asking again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The forecast.
    pub forecast: Forecast,
    /// `Last-Modified`, as it came.
    pub modified: Option<String>,
    /// Nobody asks before, in milliseconds since 1970.
    pub fresh_until: i64,
}

/// Asks for the forecast of a place, unless what is kept is still fresh.
pub async fn visit(
    http: &Client,
    services: &Services<'_>,
    place: &Place,
    kept: Option<Kept>,
    now: i64,
) -> Result<Kept, Trouble> {
    match kept {
        Some(kept) if kept.fresh_until > now => Ok(kept),
        kept => forecast::ask(http, services, place, kept, now).await,
    }
}
