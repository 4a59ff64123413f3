//! From an item of a draft to what a playlist holds.

use std::collections::HashMap;

use serde_json::{Value, json};
use shared::{
    forms::Input,
    programme::{Date, Entry, Schedule, Zone},
    slides::{FilmFile, Picture, Slide},
};

use super::{compile::Given, draft::Item, shares::Group};

/// Widest picture a programme asks for: more than a Full HD display cannot show.
const WIDEST: u32 = 1_920;
/// Shortest and longest time of a slide that an owner can choose, in seconds.
pub const SECONDS: (u64, u64) = (3, 3_600);
/// Entries of the stage's own things keep their names wherever they stand.
pub(super) const POST: &str = "post-";

/// Pictures by the id of their media, each in all its sizes.
pub type Pictures = HashMap<String, Vec<Picture>>;

/// Films that can be shown, by the id of their media.
pub type Films = HashMap<String, FilmFile>;

/// What an item becomes; `taken` knows which names are taken in its playlist.
pub(super) fn group(item: &Item, given: &Given, taken: &mut Vec<String>) -> Group {
    let slide = |item| slide(item, &given.pictures, &given.films, &given.zone);
    let slide = Some(item).filter(|item| !item.paused).and_then(slide);
    let nothing = shared::slides::Material::default();
    let filled = slide.map_or_else(Vec::new, |slide| {
        let material = slide.wants().and_then(|want| given.answers.get(&want)).unwrap_or(&nothing);
        slide.filled(material)
    });
    let mut entry = |(key, slide): (String, Slide)| {
        let own = key.starts_with(POST) && !taken.contains(&key);
        let id = match key.as_str() {
            _ if own => key,
            "" => item.id.clone(),
            key => format!("{}-{key}", item.id),
        };
        taken.push(id.clone());
        let millis = item.seconds.map_or_else(|| slide.reading_millis(), |seconds| seconds.clamp(1, SECONDS.1) * 1_000);
        Entry { id, millis, when: Schedule(item.when.clone()), slide }
    };
    Group { share: item.share, entries: filled.into_iter().map(&mut entry).collect() }
}

/// The slide an item describes, before anything was found out for it.
pub fn slide(item: &Item, pictures: &Pictures, films: &Films, zone: &Zone) -> Option<Slide> {
    let mut values = serde_json::Map::from_iter([("kind".to_owned(), json!(item.kind))]);
    for field in item.slide_type()?.form {
        if let Some(value) = item.values.get(field.name) {
            values.insert(field.name.to_owned(), resolve(item, field.input, value, (pictures, films), zone));
        }
    }
    serde_json::from_value(Value::Object(values)).ok()
}

/// Whether an item shows nothing because its form says nothing, whatever is found out for it.
pub fn says_nothing(item: &Item) -> bool {
    let any = || Picture {
        sha256: String::new(),
        length: 0,
        width: 1,
        height: 1,
        alt: String::new(),
        focus: shared::slides::Focus::default(),
    };
    let film = || FilmFile { sha256: String::new(), length: 0, width: 1, height: 1, millis: 1, poster: None };
    let pictures = item.media().into_iter().map(|id| (id, vec![any()])).collect();
    let films = item.media().into_iter().map(|id| (id, film())).collect();
    let slide = slide(item, &pictures, &films, &Zone::default()).filter(|slide| slide.wants().is_none());
    slide.is_some_and(|slide| slide.filled(&shared::slides::Material::default()).is_empty())
}

fn resolve(item: &Item, input: Input, value: &Value, (pictures, films): (&Pictures, &Films), zone: &Zone) -> Value {
    let picture = |id: &Value| {
        let id = id.as_str()?;
        let mut picture = fitting(pictures.get(id)?)?.clone();
        if let Some(about) = item.about.get(id) {
            picture.alt.clone_from(&about.alt);
            picture.focus = about.focus;
        }
        serde_json::to_value(picture).ok()
    };
    match input {
        Input::Picture => picture(value).unwrap_or(Value::Null),
        Input::Film => {
            let film = value.as_str().and_then(|id| films.get(id));
            film.and_then(|film| serde_json::to_value(film).ok()).unwrap_or(Value::Null)
        }
        Input::Pictures | Input::Document => value.as_array().into_iter().flatten().filter_map(picture).collect(),
        Input::Moment => value.as_str().and_then(|text| instant(text, zone)).unwrap_or(0).into(),
        _ => value.clone(),
    }
}

/// The instant a local time stands for: `2026-12-24T18:00`.
pub fn instant(text: &str, zone: &Zone) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let date: Date = date.parse().ok()?;
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    let valid = (0..24).contains(&hours) && (0..60).contains(&minutes);
    valid.then(|| zone.instant(date, (hours * 60 + minutes) * 60_000))
}

/// The largest picture that is not wider than needed; the narrowest where all are.
pub(super) fn fitting(sizes: &[Picture]) -> Option<&Picture> {
    let fits = sizes.iter().filter(|p| p.width <= WIDEST).max_by_key(|p| p.width);
    fits.or_else(|| sizes.iter().min_by_key(|p| p.width))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::{
        programme::{Offset, Zone},
        slides::{FilmFile, Focus, Material, Picture, Slide},
    };

    use super::{Films, Pictures, fitting, instant, says_nothing, slide};
    use crate::features::programmes::draft::{About, Item};

    fn picture(width: u32) -> Picture {
        Picture {
            sha256: format!("{width}"),
            length: 1,
            width,
            height: 10,
            alt: String::new(),
            focus: Focus::default(),
        }
    }

    #[test]
    fn of_each_picture_the_size_that_fits_is_taken() {
        let wide = |sizes: &[u32]| {
            let sizes: Vec<_> = sizes.iter().map(|width| picture(*width)).collect();
            fitting(&sizes).map(|picture| picture.width)
        };

        assert_eq!([wide(&[320, 1_280, 3_840]), wide(&[4_000, 5_000]), wide(&[])], [Some(1_280), Some(4_000), None]);
    }

    #[test]
    fn an_item_whose_form_is_empty_says_nothing() {
        let mut photo = Item::new("a", "photo");
        assert!(says_nothing(&photo) && says_nothing(&Item::new("b", "announcement")));
        photo.values.insert("picture".into(), json!("m1"));
        let mut film = Item::new("f", "film");
        assert!(says_nothing(&film) && says_nothing(&Item::new("g", "document")));
        film.values.insert("film".into(), json!("m1"));
        for item in [photo, film, Item::new("c", "clock"), Item::new("d", "posts"), Item::new("e", "hologram")] {
            assert!(!says_nothing(&item), "{}", item.kind);
        }
    }

    #[test]
    fn what_is_said_about_a_picture_goes_with_it() {
        let pictures = Pictures::from([("m1".to_owned(), vec![picture(640)])]);
        let mut item = Item::new("a", "photos");
        item.values.insert("pictures".into(), json!(["m1"]));
        let focus = Focus { x: 20, y: 80 };
        item.about.insert("m1".into(), About { alt: "Ein Hafen".into(), focus });

        let Some(Slide::Photos(photos)) = slide(&item, &pictures, &Films::new(), &Zone::default()) else { panic!() };

        assert_eq!((photos.pictures[0].alt.as_str(), photos.pictures[0].focus), ("Ein Hafen", focus));
    }

    #[test]
    fn a_moment_is_local_and_a_picture_is_found_by_its_id() {
        let zone = Zone { name: "Europe/Berlin".into(), offsets: vec![Offset(0, 3_600)] };
        let pictures = Pictures::from([("m1".to_owned(), vec![picture(640)])]);
        let mut item = Item::new("a", "countdown");
        item.values.insert("until".into(), json!("2026-12-24T18:00"));

        let Some(Slide::Countdown(countdown)) = slide(&item, &pictures, &Films::new(), &zone) else { panic!() };
        assert_eq!(countdown.until, 1_798_131_600_000);
        assert_eq!(instant("2026-12-24T18:00:30", &zone), Some(1_798_131_600_000));
        for nonsense in ["", "2026-12-24", "2026-13-24T18:00", "2026-12-24T24:00", "2026-12-24T1é:00"] {
            assert_eq!(instant(nonsense, &zone), None, "{nonsense}");
        }

        let mut item = Item::new("b", "photos");
        item.values.insert("pictures".into(), json!(["m1", "gone"]));
        let Some(Slide::Photos(photos)) = slide(&item, &pictures, &Films::new(), &zone) else { panic!() };
        assert_eq!(photos.pictures, [picture(640)]);
        assert_eq!(slide(&Item::new("c", "hologram"), &pictures, &Films::new(), &zone), None);
    }

    #[test]
    fn a_film_is_shown_once_it_is_prepared_and_a_document_page_by_page() {
        let zone = Zone::default();
        let pictures = Pictures::from([("m1".to_owned(), vec![picture(640)])]);
        let file = FilmFile {
            sha256: "f".into(),
            length: 9,
            width: 1_280,
            height: 720,
            millis: 12_000,
            poster: Some(picture(640)),
        };
        let mut item = Item::new("a", "film");
        item.values.insert("film".into(), json!("m1"));
        let film = |films: Films| match slide(&item, &pictures, &films, &zone) {
            Some(Slide::Film(film)) => film,
            other => panic!("{other:?}"),
        };

        assert_eq!(film(Films::new()).film, None);
        let ready = film(Films::from([("m1".to_owned(), file.clone())]));
        assert_eq!((ready.film.as_ref(), Slide::Film(ready.clone()).media().len()), (Some(&file), 2));
        assert_eq!(Slide::Film(ready).reading_millis(), 12_000);

        let mut item = Item::new("b", "document");
        item.values.insert("pages".into(), json!(["m1", "gone", "m1"]));
        let pages = slide(&item, &pictures, &Films::new(), &zone).unwrap().filled(&Material::default());
        let keys: Vec<_> = pages.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["page-1", "page-2"]);
    }
}
