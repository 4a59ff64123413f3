//! What a message may say: one post, or that one is withdrawn. What is odd is said, not guessed at: somebody writes a
//! program against this, and reads the answer.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::{
    networks::{
        Flaw,
        assemble::{Assembly, Draft, DraftMedia, Words, identifier, language_tag},
    },
    tools::{dates, html},
};

/// Everything a message may say.
const NAMES: [&str; 12] = [
    "id",
    "title",
    "text",
    "html",
    "link",
    "published",
    "updated",
    "language",
    "author",
    "tags",
    "pictures",
    "withdrawn",
];
const LONGEST_ID: usize = 500;
const MOST_TAGS: usize = 20;
const MOST_PICTURES: usize = 10;

/// One message.
pub(super) enum Message<'v> {
    /// A post with this id, as it is now.
    Post(String, Box<Draft<'v>>),
    /// The post with this id is no longer there.
    Withdrawal(String),
}

/// Says which post a message is about, or what is wrong with it.
pub(super) fn check(body: &str) -> Result<String, Vec<Flaw>> {
    let value: Value = serde_json::from_str(body)
        .map_err(|error| vec![Flaw::at("", "hooks.flaw.no_json").with("detail", error.to_string())])?;
    match read(&value, 1)? {
        Message::Post(id, draft) => {
            let mut assembly = Assembly::new(&[]);
            assembly.add(*draft);
            if assembly.finish().0.is_empty() {
                return Err(vec![Flaw::at("", "hooks.flaw.empty")]);
            }
            Ok(id)
        }
        Message::Withdrawal(id) => Ok(id),
    }
}

/// Reads a message.
pub(super) fn read(value: &Value, position: usize) -> Result<Message<'_>, Vec<Flaw>> {
    let Value::Object(object) = value else { return Err(vec![Flaw::at("", "hooks.flaw.no_object")]) };
    let mut reader = Reader { object, flaws: Vec::new() };
    reader.know_all();
    let id = reader.id();
    let withdrawn = reader.truth("withdrawn");
    let draft = Draft {
        position,
        id: Some(Cow::Owned(id.clone())),
        title: reader.text("title").map(Words::Plain),
        body: reader.text("html").map(Words::Html).or(reader.text("text").map(Words::Plain)),
        link: reader.address("link"),
        published: reader.date("published").into_iter().collect(),
        updated: reader.date("updated").into_iter().collect(),
        language: reader.language(),
        authors: reader.text("author").into_iter().collect(),
        tags: reader.tags(),
        media: reader.pictures(),
        ..Draft::default()
    };
    match reader.flaws {
        flaws if !flaws.is_empty() => Err(flaws),
        _ if withdrawn => Ok(Message::Withdrawal(identifier(&id))),
        _ => Ok(Message::Post(identifier(&id), Box::new(draft))),
    }
}

/// Reads one thing after the other, and notes what is wrong with each.
struct Reader<'v> {
    object: &'v Map<String, Value>,
    flaws: Vec<Flaw>,
}

impl<'v> Reader<'v> {
    /// A misspelt name would be lost without a word.
    fn know_all(&mut self) {
        for name in self.object.keys().filter(|name| !NAMES.contains(&name.as_str())).take(10) {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            self.flaws.push(Flaw::at(pointer, "hooks.flaw.unknown").with("names", NAMES.join(", ")));
        }
    }

    fn wrong<T>(&mut self, place: &str, key: &'static str) -> Option<T> {
        self.flaws.push(Flaw::at(place, key));
        None
    }

    /// What stands under a name; `null` is the same as nothing.
    fn value(&self, name: &str) -> Option<&'v Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    fn id(&mut self) -> String {
        match self.value("id") {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(id)) if !id.trim().is_empty() && id.len() <= LONGEST_ID => id.clone(),
            _ => self.wrong("/id", "hooks.flaw.id").unwrap_or_default(),
        }
    }

    fn truth(&mut self, name: &str) -> bool {
        match self.value(name) {
            None => false,
            Some(Value::Bool(truth)) => *truth,
            Some(_) => self.wrong(&format!("/{name}"), "hooks.flaw.truth").unwrap_or_default(),
        }
    }

    fn text(&mut self, name: &str) -> Option<Cow<'v, str>> {
        match self.value(name)? {
            Value::String(text) => Some(Cow::Borrowed(text.as_str())).filter(|text| !text.trim().is_empty()),
            _ => self.wrong(&format!("/{name}"), "hooks.flaw.text"),
        }
    }

    fn date(&mut self, name: &str) -> Option<Cow<'v, str>> {
        let text = self.text(name)?;
        if dates::parse(&text).is_none() {
            return self.wrong(&format!("/{name}"), "hooks.flaw.date");
        }
        Some(text)
    }

    fn address(&mut self, name: &str) -> Option<Cow<'v, str>> {
        let text = self.text(name)?;
        if html::web_url(&text, None, &["http", "https"]).is_none() {
            return self.wrong(&format!("/{name}"), "hooks.flaw.address");
        }
        Some(text)
    }

    fn language(&mut self) -> Option<Cow<'v, str>> {
        let text = self.text("language")?;
        if language_tag(&text).is_none() {
            return self.wrong("/language", "hooks.flaw.language");
        }
        Some(text)
    }

    fn tags(&mut self) -> Vec<Cow<'v, str>> {
        let list = match self.value("tags") {
            None => return Vec::new(),
            Some(Value::Array(list)) if list.len() <= MOST_TAGS => list,
            Some(_) => return self.wrong("/tags", "hooks.flaw.tags").unwrap_or_default(),
        };
        let tags: Option<Vec<_>> = list.iter().map(|tag| tag.as_str().map(Cow::Borrowed)).collect();
        tags.or_else(|| self.wrong("/tags", "hooks.flaw.tags")).unwrap_or_default()
    }

    fn pictures(&mut self) -> Vec<DraftMedia<'v>> {
        let list = match self.value("pictures") {
            None => return Vec::new(),
            Some(Value::Array(list)) if list.len() <= MOST_PICTURES => list,
            Some(_) => return self.wrong("/pictures", "hooks.flaw.pictures").unwrap_or_default(),
        };
        let mut pictures = Vec::with_capacity(list.len());
        for (at, picture) in list.iter().enumerate() {
            let Value::Object(object) = picture else {
                self.wrong::<()>(&format!("/pictures/{at}"), "hooks.flaw.pictures");
                continue;
            };
            let mut inner = Self { object, flaws: Vec::new() };
            let (url, alt) = (inner.address("url"), inner.text("alt").map(Words::Plain));
            if url.is_none() && inner.flaws.is_empty() {
                inner.wrong::<()>("/url", "hooks.flaw.address");
            }
            for flaw in inner.flaws {
                self.flaws.push(Flaw { pointer: format!("/pictures/{at}{}", flaw.pointer), ..flaw });
            }
            let medium = Some(Cow::Borrowed("image"));
            pictures.extend(url.map(|url| DraftMedia { url, medium, alt, ..DraftMedia::default() }));
        }
        pictures
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_cannot_be_taken_is_named_with_its_place() {
        let table = [
            (r#"{"id":"1","title":"T"}"#, ""),
            (r#"{"id":7,"html":"<p>x</p>","title":null,"tags":["a"],"language":"de-AT"}"#, ""),
            (r#"{"id":"1","withdrawn":true}"#, ""),
            (r#"{"id":"1","pictures":[{"url":"https://a.example/1.png","alt":"A"}]}"#, ""),
            (r#"{"id":"1","published":"2026-05-04T10:00:00+02:00","text":"x"}"#, ""),
            ("{", " hooks.flaw.no_json"),
            ("[]", " hooks.flaw.no_object"),
            (r#"{"title":"T"}"#, "/id hooks.flaw.id"),
            (r#"{"id":" ","title":"T"}"#, "/id hooks.flaw.id"),
            (r#"{"id":"1"}"#, " hooks.flaw.empty"),
            (r#"{"id":"1","html":"<script>alert(1)</script>"}"#, " hooks.flaw.empty"),
            (r#"{"id":"1","text":7}"#, "/text hooks.flaw.text"),
            (r#"{"id":"1","title":"T","picture":[]}"#, "/picture hooks.flaw.unknown"),
            (r#"{"id":"1","title":"T","link":"javascript:alert(1)"}"#, "/link hooks.flaw.address"),
            (r#"{"id":"1","title":"T","published":"yesterday"}"#, "/published hooks.flaw.date"),
            (r#"{"id":"1","title":"T","language":"Deutsch!"}"#, "/language hooks.flaw.language"),
            (r#"{"id":"1","title":"T","tags":"a"}"#, "/tags hooks.flaw.tags"),
            (r#"{"id":"1","title":"T","withdrawn":"yes"}"#, "/withdrawn hooks.flaw.truth"),
            (r#"{"id":"1","pictures":[{"alt":"A"}]}"#, "/pictures/0/url hooks.flaw.address"),
            (r#"{"id":"1","pictures":["https://a.example/1.png"]}"#, "/pictures/0 hooks.flaw.pictures"),
        ];
        for (body, expected) in table {
            let flaws = check(body).err().unwrap_or_default();
            let found: Vec<_> = flaws.iter().map(|flaw| format!("{} {}", flaw.pointer, flaw.key)).collect();
            assert_eq!(found.join("; "), expected, "{body}");
        }
    }
}
