//! Forms that slides ask for ([`shared::forms`]), read from what a browser sent.

use serde_json::{Map, Value};
use shared::forms::{Field, Input};
use url::Url;

use crate::app::Problem;

/// Reads a slide's form: the values under their names, and what is wrong with them.
/// `sent` tells what stands in a control; a switch that is off is not sent at all.
pub fn read<'a>(form: &'static [Field], sent: impl Fn(&str) -> Option<&'a str>) -> (Map<String, Value>, Vec<Problem>) {
    let mut values = Map::new();
    let mut problems = Vec::new();
    for field in form {
        let text = sent(field.name).unwrap_or_default().replace("\r\n", "\n");
        match value(field.input, text.trim()) {
            Ok(value) => {
                values.insert(field.name.to_owned(), value);
            }
            Err(key) => problems.push(Problem { field: field.name, key }),
        }
    }
    (values, problems)
}

/// What one control says, or the key of what is wrong with it.
pub fn value(input: Input, text: &str) -> Result<Value, &'static str> {
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
        Input::Address => address(text).map(Value::from).ok_or("programmes.link.invalid"),
        Input::Topic => Ok(text.into()),
        Input::Moment => Ok(0.into()),
        Input::Week => Ok(vec![""; 7].into()),
        // Files come by upload, never as text.
        Input::Picture | Input::Film => Ok(Value::Null),
        Input::Pictures | Input::Document => Ok(Value::Array(Vec::new())),
    }
}

/// A web address as it is drawn as a QR code; people leave out `https://`.
fn address(typed: &str) -> Option<String> {
    if typed.is_empty() {
        return Some(String::new());
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).ok()?;
    let named = url.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
    (matches!(url.scheme(), "http" | "https") && named && !whole.contains(char::is_whitespace)).then_some(whole)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::forms::Input;

    use super::{address, value};

    #[test]
    fn an_address_is_completed_and_must_be_one() {
        assert_eq!(address("museum.example/x"), Some("https://museum.example/x".into()));
        assert_eq!(address("http://museum.example"), Some("http://museum.example".into()));
        assert_eq!(address(""), Some(String::new()));
        assert_eq!(address("javascript://museum.example/%0a"), None);
        assert_eq!(address("ask at the desk"), None);
    }

    #[test]
    fn each_control_takes_what_it_can_hold_and_says_what_is_wrong() {
        assert_eq!(value(Input::Line(5), "a  b"), Ok(json!("a b")));
        assert_eq!(value(Input::Line(3), "äöüß"), Err("slides.problem.too_long"));
        assert_eq!(value(Input::Text(9), "a\nb"), Ok(json!("a\nb")));
        assert_eq!(value(Input::Number(1, 9), "9"), Ok(json!(9)));
        assert_eq!(value(Input::Number(1, 9), "10"), Err("slides.problem.number"));
        assert_eq!(value(Input::Number(1, 9), ""), Err("slides.problem.number"));
        assert_eq!(value(Input::Switch, ""), Ok(json!(false)));
        assert_eq!(value(Input::Choice(&["a"]), "b"), Err("slides.problem.choice"));
    }
}
