//! Reading JSON that may be anything, by paths (RFC 6901): what is missing or odd is `None`, never an error.

use serde_json::Value;

/// A text that is not empty.
pub(super) fn text<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    value.pointer(path)?.as_str().filter(|text| !text.trim().is_empty())
}

/// An id: text, or a number as it is written.
pub(super) fn id(value: &Value, path: &str) -> Option<String> {
    match value.pointer(path)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The entries of a list; none where there is no list.
pub(super) fn list<'v>(value: &'v Value, path: &str) -> &'v [Value] {
    value.pointer(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether something is said to be so.
pub(super) fn is(value: &Value, path: &str) -> bool {
    value.pointer(path) == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_texts_or_numbers_and_nothing_else() {
        let value = json!({ "a": "1", "b": 9_007_199_254_740_993_u64, "c": "", "d": null, "e": [1], "f": true });
        let ids = ["/a", "/b", "/c", "/d", "/e", "/f", "/g"].map(|path| id(&value, path));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(ids, [some("1"), some("9007199254740993"), None, None, None, None, None]);
        assert!(is(&value, "/f") && !is(&value, "/a"));
        assert_eq!(list(&value, "/e").len() + list(&value, "/a").len(), 1);
    }
}
