//! Asks what the weather is: of all stages that want the same place, one asks for all.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::slides::{Material, Outlook, Picture, Want};

use super::{Asked, Kind, Reply, Trouble, turns::Turns};
use crate::{
    app::App,
    services::weather::{self, Kept, Place, Services},
    store::Answer,
};

/// The temperature is told anew so often, in milliseconds; the service is asked when it wants to be.
const EVERY_MS: i64 = 30 * 60_000;
/// Where a place lies is looked up again after a month; whether there is one of a name after a day.
pub const FOUND_MS: i64 = 30 * 86_400_000;
const NOT_FOUND_MS: i64 = 86_400_000;

static TURNS: LazyLock<Turns> = LazyLock::new(Turns::default);

pub(super) const KIND: Kind = Kind { name: "weather", most: 100, at_once: 6, at_once_of_one: 2, is_on: |_| true };

pub(super) fn is_wanted(want: &Want) -> bool {
    matches!(want, Want::Weather { .. })
}

/// The places of a name, and until when that is believed.
#[derive(Deserialize, Serialize)]
struct Places {
    found: Vec<Place>,
    until: i64,
}

pub(super) async fn ask(app: &App, asked: &Asked<'_>) -> Result<Reply, Trouble> {
    let Want::Weather { place: typed } = asked.want else { return Err(Trouble::new("answers.problem.unknown")) };
    let user_agent = format!("Litfass/{} {}", env!("CARGO_PKG_VERSION"), app.config.base_url);
    let services = Services {
        forecasts: app.config.weather_url.as_str(),
        places: app.config.places_url.as_str(),
        user_agent: &user_agent,
    };
    let found = places(app, &services, typed, &asked.stage.language, asked.now).await?;
    let place = weather::resolve(typed, &found, &asked.stage.time_zone)?;
    let kept = forecast(app, &services, &place, asked.now).await?;
    let outlook = kept.forecast.outlook(&place, asked.now).ok_or(Trouble::new("answers.problem.weather"))?;
    let next_at = kept.fresh_until.clamp(asked.now, asked.now + EVERY_MS);
    // Numbers and texts: nothing that JSON could not hold.
    let answer = Some(serde_json::to_string(&outlook).unwrap_or_default());
    Ok(Reply { answer, next_at, ..Reply::default() })
}

async fn places(
    app: &App,
    services: &Services<'_>,
    typed: &str,
    language: &str,
    now: i64,
) -> Result<Vec<Place>, Trouble> {
    let name = format!("place:{language}:{}", weather::name(typed));
    let _turn = TURNS.take(&name).await;
    if let Some(known) = find::<Places>(app, &name, now).await?.filter(|known| known.until > now) {
        return Ok(known.found);
    }
    let found = weather::find_places(&app.http, services, typed, language, now).await?;
    let until = now + if found.is_empty() { NOT_FOUND_MS } else { FOUND_MS };
    keep(app, &name, &Places { found: found.clone(), until }, now).await?;
    Ok(found)
}

async fn forecast(app: &App, services: &Services<'_>, place: &Place, now: i64) -> Result<Kept, Trouble> {
    let name = format!("forecast:{:.4},{:.4}", place.latitude, place.longitude);
    let _turn = TURNS.take(&name).await;
    let known: Option<Kept> = find(app, &name, now).await?;
    let kept = weather::visit(&app.http, services, place, known.clone(), now).await?;
    if known.as_ref() != Some(&kept) {
        keep(app, &name, &kept, now).await?;
    }
    Ok(kept)
}

async fn find<T: DeserializeOwned>(app: &App, name: &str, now: i64) -> Result<Option<T>, Trouble> {
    let text = app.store.find_lookup(name, now).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn keep(app: &App, name: &str, value: &impl Serialize, now: i64) -> Result<(), Trouble> {
    let text = serde_json::to_string(value).unwrap_or_default();
    Ok(app.store.keep_lookup(name, &text, now).await?)
}

impl From<weather::Trouble> for Trouble {
    fn from(trouble: weather::Trouble) -> Self {
        match trouble {
            weather::Trouble::Http(error) => Self { key: "answers.problem.weather", ..Self::from(error) },
            weather::Trouble::Nonsense => Self::new("answers.problem.weather"),
            weather::Trouble::UnknownPlace => Self::new("answers.problem.place_unknown"),
            weather::Trouble::ManyPlaces(names) => {
                Self::with("answers.problem.place_many", "places", names.join(" · "))
            }
        }
    }
}

pub(super) fn material(row: &Answer, _: &Want, _: Option<Picture>, _: i64) -> Option<Material> {
    let outlook: Outlook = serde_json::from_str(&row.answer).ok()?;
    Some(Material { weather: Some(outlook), ..Material::default() })
}
