//! A post in words that every network has, and how it is spelt in JSON, XML and dates.

use serde_json::{Value, json};

/// When the first posts are published: 2026-05-01, 00:00 UTC. Each number is a minute later.
const FIRST_MINUTE: u64 = 0;

/// A post on a fake network.
#[derive(Clone, Debug)]
pub struct FakePost {
    /// Newer posts have greater numbers.
    pub number: u64,
    /// What it says, plain.
    pub words: String,
    /// What networks that speak HTML send instead.
    pub html: Option<String>,
    /// Paths of pictures on the fake server, with what is to be seen.
    pub pictures: Vec<(String, String)>,
    /// Whether it was edited.
    pub edited: bool,
    /// When it was published, in milliseconds since 1970, where that is not what its number says.
    pub published_at: Option<i64>,
}

impl FakePost {
    /// A post without pictures.
    pub fn new(number: u64, words: &str) -> Self {
        Self { number, words: words.to_owned(), html: None, pictures: Vec::new(), edited: false, published_at: None }
    }

    /// Gives it pictures: `/media/NAME.png` is always there.
    pub fn with_pictures(mut self, pictures: &[(&str, &str)]) -> Self {
        self.pictures = pictures.iter().map(|(path, alt)| ((*path).to_owned(), (*alt).to_owned())).collect();
        self
    }

    /// Gives it the HTML that networks send which speak it.
    pub fn with_html(mut self, html: &str) -> Self {
        self.html = Some(html.to_owned());
        self
    }

    /// Gives it a date, in milliseconds since 1970.
    pub fn published_at(mut self, at: i64) -> Self {
        self.published_at = Some(at);
        self
    }

    /// What networks send that speak HTML.
    pub(super) fn markup(&self) -> String {
        self.html.clone().unwrap_or_else(|| format!("<p>{}</p>", escape(&self.words)))
    }

    /// When it was published, as RFC 3339.
    pub(super) fn date(&self) -> String {
        if let Some(at) = self.published_at {
            return rfc3339(at / 1_000);
        }
        let minute = FIRST_MINUTE + self.number;
        format!("2026-05-0{}T{:02}:{:02}:00.000Z", 1 + minute / 1440, minute / 60 % 24, minute % 60)
    }
}

/// A time in seconds since 1970, as RFC 3339 has it.
pub(super) fn rfc3339(secs: i64) -> String {
    let at = jiff::Timestamp::from_second(secs).expect("a time");
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// Escapes text for HTML and XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Adds to every object what no reader of today knows.
pub(super) fn season(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(season);
            object.insert("from_the_future".to_owned(), json!({ "$type": "x", "list": [1, null, "a"] }));
        }
        Value::Array(list) => list.iter_mut().for_each(season),
        _ => {}
    }
}

/// A picture that is told from others by its name.
pub(super) fn picture(path: &str) -> Vec<u8> {
    let sum = path.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let [red, green, blue, _] = sum.to_le_bytes();
    let picture = image::RgbImage::from_pixel(48, 32, image::Rgb([red, green, blue]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("write a picture");
    bytes.into_inner()
}
