//! What an own post says: checked and cleaned once, as imported ones are.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    app::Problem,
    tools::{html, text},
};

/// Longest headline, in characters.
pub const LONGEST_TITLE: usize = 200;
/// Longest text, in characters: as of imported posts.
pub const LONGEST_TEXT: usize = 10_000;
/// Longest words about a picture, in characters.
pub const LONGEST_ALT: usize = 300;
/// Most pictures of a post: as of imported posts.
pub const MOST_PICTURES: usize = 10;
/// What cleans a text cuts it at a word: that must still be too long, and not fit by being cut.
const CUT: usize = 200;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Headline; may be empty.
    pub title: String,
    /// The words.
    pub text: String,
    /// A page that tells more; may be empty.
    pub link: String,
    /// Language it is written in; empty for that of the stage.
    pub language: String,
    /// Pictures in their order: the id of each, and what is to be seen on it.
    pub pictures: Vec<(String, String)>,
}

/// What a post says: harmless, and not nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Headline.
    pub title: Option<String>,
    /// The words, plain.
    pub text: String,
    /// The words as harmless HTML.
    pub html: String,
    /// A page that tells more.
    pub link: Option<String>,
    /// BCP 47 language tag; `None` for that of the stage.
    pub language: Option<String>,
    /// Pictures in their order: the id of each, and what is to be seen on it.
    pub pictures: Vec<(String, String)>,
}

impl Words {
    /// Takes what was typed; else what is wrong with it.
    pub fn parse(typed: &Typed) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &'static str, key: &'static str| problems.push(Problem { field, key });
        let title = text::line(&typed.title, LONGEST_TITLE + CUT);
        if title.chars().count() > LONGEST_TITLE {
            wrong("title", "own_posts.title.long");
        }
        let body = html::plain(&typed.text, LONGEST_TEXT + CUT);
        if body.text.chars().count() > LONGEST_TEXT {
            wrong("text", "own_posts.text.long");
        }
        let picture = |(id, alt): &(String, String)| (id.clone(), text::line(alt, LONGEST_ALT));
        let pictures: Vec<_> = typed.pictures.iter().map(picture).collect();
        if title.is_empty() && body.text.is_empty() {
            if pictures.is_empty() {
                wrong("text", "own_posts.text.missing");
            } else if pictures.iter().all(|(_, alt)| alt.is_empty()) {
                // Nothing could be read of it, and nothing would name it.
                wrong("pictures", "own_posts.pictures.words");
            }
        }
        let link = link(&typed.link);
        if link.is_none() {
            wrong("link", "own_posts.link.wrong");
        }
        if typed.pictures.len() > MOST_PICTURES {
            wrong("pictures", "own_posts.pictures.many");
        }
        let words = Self {
            title: Some(title).filter(|title| !title.is_empty()),
            text: body.text,
            html: body.html,
            link: link.filter(|link| !link.is_empty()),
            language: Some(typed.language.clone()).filter(|language| !language.is_empty()),
            pictures,
        };
        if problems.is_empty() { Ok(words) } else { Err(problems) }
    }

    /// What names it in addresses.
    pub fn naming(&self) -> &str {
        let alts = self.pictures.iter().map(|(_, alt)| alt.as_str());
        let mut all = self.title.as_deref().into_iter().chain([self.text.as_str()]).chain(alts);
        all.find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// Another hash is another post.
    pub fn hash(&self) -> String {
        let all = json!([self.title, self.text, self.link, self.language, self.pictures]);
        shared::hex::encode(&Sha256::digest(all.to_string()))
    }
}

/// A web address; people leave out `https://`. Empty for none, `None` for what is no address.
fn link(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(String::new());
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    if whole.contains(char::is_whitespace) {
        return None;
    }
    let address = html::web_url(&whole, None, &["http", "https"])?;
    let host = url::Url::parse(&address).ok()?.host_str()?.to_owned();
    (host.contains('.') || host == "localhost").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TEXT, Typed, Words};

    fn typed(title: &str, text: &str) -> Typed {
        Typed { title: title.to_owned(), text: text.to_owned(), ..Typed::default() }
    }

    fn wrong(typed: &Typed) -> Vec<(&'static str, &'static str)> {
        Words::parse(typed).unwrap_err().iter().map(|problem| (problem.field, problem.key)).collect()
    }

    #[test]
    fn hostile_words_become_plain_ones() {
        let zalgo = format!("Z{}", "\u{300}".repeat(40));
        let words = Words::parse(&typed(&zalgo, "a < b\r\n\r\n<script>alert(1)</script>\u{202e}drow")).unwrap();

        assert_eq!(words.title.as_deref().map(|title| title.chars().count()), Some(3));
        assert_eq!(words.text, "a < b\n\n<script>alert(1)</script>drow");
        assert_eq!(words.html, "<p>a &lt; b</p><p>&lt;script&gt;alert(1)&lt;/script&gt;drow</p>");
    }

    #[test]
    fn what_cannot_be_taken_is_said_at_its_place() {
        let pictures: Vec<_> = (0..11).map(|number| (number.to_string(), "Boot".to_owned())).collect();
        assert_eq!(wrong(&typed(" ", " \n ")), [("text", "own_posts.text.missing")]);
        assert_eq!(wrong(&typed(&"x".repeat(201), "")), [("title", "own_posts.title.long")]);
        assert_eq!(wrong(&typed("", &"ä ".repeat(LONGEST_TEXT))), [("text", "own_posts.text.long")]);
        let many = Typed { pictures: pictures.clone(), ..Typed::default() };
        assert_eq!(wrong(&many), [("pictures", "own_posts.pictures.many")]);

        assert!(Words::parse(&typed("", &"ä".repeat(LONGEST_TEXT))).is_ok());
        let pictured = Typed { pictures: pictures[..10].to_vec(), ..Typed::default() };
        assert_eq!(Words::parse(&pictured).unwrap().naming(), "Boot", "a picture says enough");
        let mute = Typed { pictures: vec![("1".to_owned(), " ".to_owned())], ..Typed::default() };
        assert_eq!(wrong(&mute), [("pictures", "own_posts.pictures.words")]);
    }

    #[test]
    fn a_link_is_completed_and_must_be_one() {
        let link = |text: &str| {
            let typed = Typed { link: text.to_owned(), ..typed("x", "") };
            Words::parse(&typed).map(|words| words.link.unwrap_or_default())
        };
        assert_eq!(link("museum.example/fest").unwrap(), "https://museum.example/fest");
        assert_eq!(link("").unwrap(), "");
        for bad in
            ["javascript://museum.example/%0aalert(1)", "https://name:secret@museum.example/", "am Schalter", "x"]
        {
            assert!(link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_part_of_a_post_changes_its_hash() {
        let one = Typed { pictures: vec![("m".to_owned(), "Boot".to_owned())], ..typed("a", "b") };
        let others = [
            Typed { title: "c".to_owned(), ..one.clone() },
            Typed { text: "c".to_owned(), ..one.clone() },
            Typed { link: "c.example".to_owned(), ..one.clone() },
            Typed { language: "fr".to_owned(), ..one.clone() },
            Typed { pictures: vec![("m".to_owned(), "Schiff".to_owned())], ..one.clone() },
        ];
        let hash = |typed: &Typed| Words::parse(typed).unwrap().hash();

        assert_eq!(hash(&one), hash(&one.clone()));
        assert!(others.iter().all(|other| hash(other) != hash(&one)));
    }
}
