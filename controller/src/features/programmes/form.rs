//! Forms that slides ask for ([`shared::forms`]), read from what a browser sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use shared::{
    forms::{Field, Input},
    slides::Focus,
};
use url::Url;

use super::draft::About;
use crate::app::Problem;

/// Reads a slide's form: the values under their names, and what is wrong with them.
/// `sent` tells all that stands in a control; a switch that is off is not sent at all.
pub fn read(form: &'static [Field], sent: impl Fn(&str) -> Vec<String>) -> (Map<String, Value>, Vec<Problem>) {
    let mut values = Map::new();
    let mut problems = Vec::new();
    for field in form {
        match value(field.input, &sent(field.name)) {
            Ok(value) => {
                values.insert(field.name.to_owned(), value);
            }
            Err(key) => problems.push(Problem { field: field.name, key }),
        }
    }
    (values, problems)
}

/// What one control says, or the key of what is wrong with it.
fn value(input: Input, sent: &[String]) -> Result<Value, &'static str> {
    let text = sent.first().map(String::as_str).unwrap_or_default().replace("\r\n", "\n");
    let text = text.trim();
    match input {
        Input::Line(longest) | Input::Text(longest) if text.chars().count() > longest => Err("slides.problem.too_long"),
        Input::Line(_) => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ").into()),
        Input::Text(_) => Ok(text.into()),
        Input::Number(least, most) => match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Ok(number.into()),
            _ => Err("slides.problem.number"),
        },
        Input::Switch => Ok((!text.is_empty()).into()),
        // What an older form does not ask for is as in a new slide.
        Input::Choice(names) if text.is_empty() => Ok(names.first().copied().unwrap_or_default().into()),
        Input::Choice(names) if names.contains(&text) => Ok(text.into()),
        Input::Choice(_) => Err("slides.problem.choice"),
        Input::Address => address(text).map(Value::from).ok_or("slides.problem.address"),
        Input::Moment if text.is_empty() => Ok("".into()),
        Input::Moment => {
            let utc = shared::programme::Zone::default();
            super::instant(text, &utc).map(|_| text.into()).ok_or("slides.problem.moment")
        }
        Input::Week => {
            let day = |place: usize| sent.get(place).map_or("", |text| text.trim());
            let week = std::array::from_fn::<_, 7, _>(day);
            let long = week.iter().any(|text| text.chars().count() > LONGEST_DAY);
            if long { Err("slides.problem.too_long") } else { Ok(week.to_vec().into()) }
        }
        // An id; what it stands for is looked up when it is shown.
        Input::Topic if text.len() > 64 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Err("slides.problem.choice")
        }
        Input::Topic => Ok(text.into()),
        Input::Picture | Input::Film if text.is_empty() => Ok(Value::Null),
        Input::Picture | Input::Film => Ok(text.into()),
        Input::Pictures | Input::Document => {
            Ok(sent.iter().filter(|id| !id.is_empty()).take(MOST_PICTURES).cloned().collect::<Vec<_>>().into())
        }
    }
}

/// Reads what is said about each picture of a form's fields; a focus is `x,y` in percent. What the library says anyway
/// (`usual`) is not said once more.
pub fn read_about(
    form: &'static [Field],
    values: &Map<String, Value>,
    sent: impl Fn(&str) -> Option<String>,
    usual: impl Fn(&str) -> About,
) -> BTreeMap<String, About> {
    let mut all = BTreeMap::new();
    for field in form.iter().filter(|field| matches!(field.input, Input::Picture | Input::Pictures)) {
        let ids = match values.get(field.name) {
            Some(Value::String(id)) => vec![id.clone()],
            Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        for id in ids {
            let usual = usual(&id);
            let alt = sent(&format!("{}_alt_{id}", field.name));
            let words = |alt: String| alt.split_whitespace().collect::<Vec<_>>().join(" ");
            let alt = alt.map_or_else(|| usual.alt.clone(), |alt| words(alt).chars().take(LONGEST_ALT).collect());
            let focus = sent(&format!("{}_focus_{id}", field.name)).and_then(|text| focus(&text));
            let about = About { alt, focus: focus.unwrap_or(usual.focus) };
            if about != usual {
                all.insert(id, about);
            }
        }
    }
    all
}

/// A focus as a form carries it: `20,80`.
fn focus(text: &str) -> Option<Focus> {
    let (x, y) = text.split_once(',')?;
    let percent = |text: &str| text.trim().parse::<u8>().ok().filter(|percent| *percent <= 100);
    Some(Focus { x: percent(x)?, y: percent(y)? })
}

/// Longest words about a picture, in characters.
pub const LONGEST_ALT: usize = 300;
/// Longest opening times of one day, in characters.
pub const LONGEST_DAY: usize = 60;
/// Most pictures of one slide.
const MOST_PICTURES: usize = 50;

/// A web address as it is drawn as a QR code; people leave out `https://`, and links to calendars begin with `webcal://`.
fn address(typed: &str) -> Option<String> {
    if typed.is_empty() {
        return Some(String::new());
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).ok()?;
    let named = url.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
    (matches!(url.scheme(), "http" | "https" | "webcal") && named && !whole.contains(char::is_whitespace))
        .then_some(whole)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::{
        forms::{Field, Input},
        slides::Focus,
    };

    use super::{About, address, read_about, value};

    #[test]
    fn an_address_is_completed_and_must_be_one() {
        assert_eq!(address("museum.example/x"), Some("https://museum.example/x".into()));
        assert_eq!(address("http://museum.example"), Some("http://museum.example".into()));
        assert_eq!(address("webcal://museum.example/a.ics"), Some("webcal://museum.example/a.ics".into()));
        assert_eq!(address(""), Some(String::new()));
        assert_eq!(address("javascript://museum.example/%0a"), None);
        assert_eq!(address("ask at the desk"), None);
    }

    #[test]
    fn each_control_takes_what_it_can_hold_and_says_what_is_wrong() {
        let value = |input, text: &str| value(input, &[text.to_owned()]);
        assert_eq!(value(Input::Line(5), "a  b"), Ok(json!("a b")));
        assert_eq!(value(Input::Line(3), "äöüß"), Err("slides.problem.too_long"));
        assert_eq!(value(Input::Text(9), "a\r\nb"), Ok(json!("a\nb")));
        assert_eq!(value(Input::Number(1, 9), "9"), Ok(json!(9)));
        assert_eq!(value(Input::Number(1, 9), "10"), Err("slides.problem.number"));
        assert_eq!(value(Input::Number(1, 9), ""), Err("slides.problem.number"));
        assert_eq!(value(Input::Switch, ""), Ok(json!(false)));
        assert_eq!(value(Input::Choice(&["a"]), "b"), Err("slides.problem.choice"));
        assert_eq!(value(Input::Choice(&["a"]), ""), Ok(json!("a")));
        assert_eq!(value(Input::Topic, "0190a"), Ok(json!("0190a")));
        assert_eq!(value(Input::Topic, "<b>"), Err("slides.problem.choice"));
        assert_eq!(value(Input::Moment, "2026-12-24T18:00"), Ok(json!("2026-12-24T18:00")));
        assert_eq!(value(Input::Moment, "Christmas"), Err("slides.problem.moment"));
        assert_eq!(value(Input::Picture, ""), Ok(json!(null)));
        assert_eq!(value(Input::Picture, "m1"), Ok(json!("m1")));
        assert_eq!([value(Input::Film, ""), value(Input::Film, "m1")], [Ok(json!(null)), Ok(json!("m1"))]);
    }

    #[test]
    fn what_is_said_about_pictures_is_read_and_what_is_usual_is_not_kept() {
        const FORM: &[Field] = &[Field { name: "pictures", input: Input::Pictures }];
        let values = serde_json::Map::from_iter([("pictures".to_owned(), json!(["a", "b", "c"]))]);
        let sent = |name: &str| match name {
            "pictures_alt_a" => Some("  Ein \n Hafen ".to_owned()),
            "pictures_focus_b" => Some("10, 90".to_owned()),
            "pictures_focus_c" => Some("10,101".to_owned()),
            _ => None,
        };

        let about = read_about(FORM, &values, sent, |_| About::default());

        assert_eq!(about.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((about["a"].alt.as_str(), about["b"].focus), ("Ein Hafen", Focus { x: 10, y: 90 }));
        let harbour = About { alt: "Ein Hafen".to_owned(), focus: Focus::default() };
        let about = read_about(FORM, &values, sent, |_| harbour.clone());
        assert_eq!(about.keys().collect::<Vec<_>>(), ["b"], "what the library says is not said again: {about:?}");
        let silent = |name: &str| (name == "pictures_alt_a").then(String::new);
        let about = read_about(FORM, &values, silent, |_| harbour.clone());
        assert_eq!(about.keys().collect::<Vec<_>>(), ["a"], "words can be taken away for one slide");
    }

    #[test]
    fn a_week_has_seven_days_and_pictures_keep_their_order() {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();

        assert_eq!(value(Input::Week, &texts(&["9–17", " 10 "])), Ok(json!(["9–17", "10", "", "", "", "", ""])));
        assert_eq!(value(Input::Pictures, &texts(&["b", "", "a"])), Ok(json!(["b", "a"])));
        assert_eq!(value(Input::Document, &texts(&["b", "a"])), Ok(json!(["b", "a"])));
    }
}
