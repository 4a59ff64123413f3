//! Places by their names: Open-Meteo's geocoding interface, which serves GeoNames (CC BY 4.0).
//!
//! Facts, from <https://open-meteo.com/en/docs/geocoding-api>: `GET /v1/search` with `name` (one character finds nothing,
//! two match exactly, three and more loosely; a postal code will do), `count` (10 unless told, at most 100) and `language`.
//! It answers `{"results": [{id, name, latitude, longitude, timezone, population, country, country_code, admin1 … admin4,
//! postcodes}]}`, most important first, and without `results` where nothing is found; what is empty is left out. No key for
//! non-commercial use; whoever runs a commercial instance sets the address of a mirror or of the paid service.

use serde::{Deserialize, Serialize};

use super::{Services, Trouble};
use crate::tools::{http::Client, text};

/// Most places that are looked at.
const MOST: usize = 50;
/// Largest answer.
const LARGEST: usize = 512 * 1_024;
/// A place of so many times the inhabitants of the next is the one that is meant.
const FAR_LARGER: u64 = 8;
/// Places an owner is told of when several have a name.
const NAMED: usize = 3;

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its time zone, IANA.
    #[serde(rename = "timezone")]
    pub zone: String,
    population: u64,
    country: String,
    country_code: String,
    admin1: String,
    admin2: String,
    admin3: String,
    admin4: String,
    postcodes: Vec<String>,
}

/// The name in what was typed, without the areas that tell places of a name apart: `Neustadt, Hessen` is `neustadt`.
pub fn name(typed: &str) -> String {
    key(typed).split(',').next().unwrap_or_default().to_owned()
}

/// What was typed, as it is compared: `Bonn` and ` bonn` are the same.
fn key(typed: &str) -> String {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.split(',').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Found {
    results: Vec<Place>,
}

/// Asks where a place is, and what it is called in a language (`de`); all that bear the name.
pub async fn find_places(
    http: &Client,
    services: &Services<'_>,
    typed: &str,
    language: &str,
    now: i64,
) -> Result<Vec<Place>, Trouble> {
    let name = name(typed);
    let mut url = url::Url::parse(services.places).map_err(|_| Trouble::Nonsense)?;
    url.query_pairs_mut()
        .append_pair("name", &name)
        .append_pair("count", &MOST.to_string())
        .append_pair("language", language);
    let request = http.get(url.as_str()).limit(LARGEST).header(reqwest::header::USER_AGENT, services.user_agent);
    let answer = request.send().await?.success(now)?;
    let found: Found = serde_json::from_slice(&answer.body).map_err(|_| Trouble::Nonsense)?;
    let sane = |place: &Place| {
        (-90.0..=90.0).contains(&place.latitude)
            && (-180.0..=180.0).contains(&place.longitude)
            && !place.name.is_empty()
    };
    let clean = |place: Place| Place { name: text::line(&place.name, 80), ..place };
    Ok(found.results.into_iter().filter(sane).take(MOST).map(clean).collect())
}

/// The one place that is meant by what was typed: `Bonn`, `Neustadt, Hessen`, `53111`. Where several have the name, one
/// in the venue's time zone comes before others, and one that is far larger before smaller ones.
pub fn resolve(typed: &str, found: &[Place], zone: &str) -> Result<Place, Trouble> {
    let typed = key(typed);
    let mut parts = typed.split(", ");
    let name = parts.next().unwrap_or_default();
    let more: Vec<_> = parts.collect();
    let mut fitting: Vec<&Place> = found.iter().filter(|place| more.iter().all(|part| place.lies_in(part))).collect();
    // What matches loosely counts only where nothing matches.
    narrow(&mut fitting, |place| place.is_called(name));
    narrow(&mut fitting, |place| place.zone == zone);
    fitting.sort_by_key(|place| std::cmp::Reverse(place.population));
    match fitting.as_slice() {
        [] => Err(Trouble::UnknownPlace),
        [one] => Ok((*one).clone()),
        [first, second, ..] if first.is_near(second) || first.population > FAR_LARGER * second.population.max(100) => {
            Ok((*first).clone())
        }
        several => Err(Trouble::ManyPlaces(several.iter().take(NAMED).map(|place| place.said()).collect())),
    }
}

fn narrow(places: &mut Vec<&Place>, wanted: impl Fn(&Place) -> bool) {
    if places.iter().any(|place| wanted(place)) {
        places.retain(|place| wanted(place));
    }
}

impl Place {
    fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name || self.postcodes.iter().any(|code| code.to_lowercase() == name)
    }

    fn areas(&self) -> [&str; 6] {
        [&self.country, &self.country_code, &self.admin1, &self.admin2, &self.admin3, &self.admin4]
    }

    fn lies_in(&self, area: &str) -> bool {
        self.areas().iter().any(|known| known.to_lowercase() == area) || self.postcodes.iter().any(|code| code == area)
    }

    /// A town and its centre, or the same place twice: the weather is the same.
    fn is_near(&self, other: &Self) -> bool {
        (self.latitude - other.latitude).abs() < 0.1 && (self.longitude - other.longitude).abs() < 0.15
    }

    /// As it can be typed to mean this one.
    fn said(&self) -> String {
        let area = [&self.admin3, &self.admin2, &self.admin1, &self.country].into_iter().find(|area| !area.is_empty());
        area.map_or_else(|| self.name.clone(), |area| format!("{}, {}", self.name, text::line(area, 60)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Trouble, key, name, resolve};

    fn place(name: &str, population: u64, area: &str, zone: &str, latitude: f64) -> Place {
        let (admin1, country) = area.split_once('/').unwrap();
        Place {
            name: name.into(),
            latitude,
            zone: zone.into(),
            population,
            admin1: admin1.into(),
            country: country.into(),
            postcodes: vec![population.to_string()],
            ..Place::default()
        }
    }

    #[test]
    fn the_place_that_is_meant_is_found_or_the_owner_is_asked() {
        let berlin = "Europe/Berlin";
        let found = [
            place("Neustadt", 9_000, "Hessen/Deutschland", berlin, 50.8),
            place("Neustadt", 8_000, "Bayern/Deutschland", berlin, 49.5),
            place("Neustadt", 90_000, "Ontario/Kanada", "America/Toronto", 44.0),
            place("Neustadt am Rübenberge", 45_000, "Niedersachsen/Deutschland", berlin, 52.5),
        ];
        let said = |typed: &str| resolve(typed, &found, berlin).map(|place| place.admin1);

        assert_eq!(said("Neustadt, Hessen"), Ok("Hessen".into()));
        assert_eq!(said("neustadt,  KANADA "), Ok("Ontario".into()));
        assert_eq!(said("45000"), Ok("Niedersachsen".into()));
        assert_eq!(said("Neustadt, Mond"), Err(Trouble::UnknownPlace));
        let many = vec!["Neustadt, Hessen".to_owned(), "Neustadt, Bayern".to_owned()];
        assert_eq!(said("Neustadt"), Err(Trouble::ManyPlaces(many)));
        let near = [found[0].clone(), Place { latitude: 50.81, ..found[0].clone() }];
        assert!(resolve("Neustadt", &near, berlin).is_ok());
        let large = [found[0].clone(), place("Neustadt", 500, "Bayern/Deutschland", berlin, 49.5)];
        assert_eq!(resolve("Neustadt", &large, berlin).unwrap().admin1, "Hessen");
        assert_eq!(resolve("Bonn", &[], berlin), Err(Trouble::UnknownPlace));
    }

    #[test]
    fn the_same_place_has_one_key() {
        assert_eq!(key("  Bad  Homburg ,HESSEN,"), "bad homburg, hessen");
        assert_eq!(name("  Bad  Homburg ,HESSEN,"), "bad homburg");
    }
}
