//! What the controller can find out for slides, and so which slides an editor offers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{
    forms::{Field, Input},
    slides::{Material, Picture, Post, TYPES, Type, Want},
};

use super::{
    draft::Item,
    entries::{fitting, says_nothing},
    wanted::want,
};
use crate::{app::Problem, config::Config, features::answers::is_answered, services::converters::Converters};

/// Most pictures of one post.
const MOST_PICTURES: usize = 4;
/// Characters of a post that can be read from afar; the rest is in the newsroom.
const LONGEST_TEXT: usize = 1_200;
const DAY: i64 = 86_400_000;

/// Whether an owner can fill this in, with the converters that there are.
fn is_filled(input: Input, converters: &Converters) -> bool {
    match input {
        Input::Film => converters.films().is_some(),
        Input::Document => converters.documents().is_some(),
        _ => true,
    }
}

/// Every slide type that an editor offers with these settings, where these converters are installed: what cannot be found
/// out or filled in is not.
pub fn offered(config: &Config, converters: &Converters) -> impl Iterator<Item = &'static Type> {
    TYPES.iter().filter(|kind| is_offered(kind, config, converters))
}

fn is_offered(kind: &Type, config: &Config, converters: &Converters) -> bool {
    kind.shelf.is_some()
        && kind.form.iter().all(|field| is_filled(field.input, converters))
        && wants(kind).is_none_or(|want| is_answered(config, &want))
}

/// What a slide of a type asks for once its form is filled in.
fn wants(kind: &Type) -> Option<Want> {
    want(&filled_in(kind, ""))
}

/// Whether a slide of a type shows nothing as long as a field is empty, however the others are filled in.
pub fn is_needed(kind: &Type, field: &str) -> bool {
    !says_nothing(&filled_in(kind, "")) && says_nothing(&filled_in(kind, field))
}

/// What keeps an item whose form is empty from being seen: the fields it cannot do without, or the first where any would do.
pub fn missing(item: &Item) -> Vec<Problem> {
    let Some(kind) = item.slide_type().filter(|_| says_nothing(item)) else { return Vec::new() };
    let is_empty = |field: &&Field| match item.values.get(field.name) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(values)) => values.is_empty(),
        Some(_) => false,
    };
    let needed = kind.form.iter().filter(|field| is_needed(kind, field.name)).filter(is_empty);
    let mut problems: Vec<_> = needed.map(|field| Problem { field: field.name, key: wish(field.input) }).collect();
    if problems.is_empty() {
        let first = kind.form.first();
        problems.extend(first.map(|field| Problem { field: field.name, key: "programmes.missing.any" }));
    }
    problems
}

/// What to do about an empty field, a translation key.
fn wish(input: Input) -> &'static str {
    match input {
        Input::Picture | Input::Pictures => "programmes.missing.picture",
        Input::Film => "programmes.missing.film",
        Input::Document => "programmes.missing.document",
        Input::Address => "slides.problem.address",
        Input::Moment => "slides.problem.moment",
        _ => "programmes.missing.text",
    }
}

/// An item of a type whose form is filled in but for a field.
fn filled_in(kind: &Type, but_for: &str) -> Item {
    let mut item = Item::new("", kind.name);
    for field in kind.form.iter().filter(|field| field.name != but_for) {
        let sample: Value = match field.input {
            Input::Line(_) | Input::Text(_) | Input::Picture | Input::Film => json!("x"),
            Input::Pictures | Input::Document => json!(["x"]),
            Input::Address => json!("https://wall.example"),
            Input::Number(_, most) => json!(most),
            Input::Moment => json!("2026-05-01T12:00"),
            Input::Week | Input::Switch | Input::Choice(_) | Input::Topic => continue,
        };
        item.values.insert(field.name.to_owned(), sample);
    }
    item
}

/// A post that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The post; its pictures are chosen from `pictures`.
    pub post: Post,
    /// Each picture of the post in all its sizes.
    pub pictures: Vec<Vec<Picture>>,
    /// Which of the wanted topics it belongs to, by their ids; the empty one is that of all posts.
    pub topics: Vec<String>,
}

/// Answers what can be answered from the posts that are shown, newest first.
pub fn answer(wants: impl IntoIterator<Item = Want>, posts: &[Shown], now: i64) -> BTreeMap<Want, Material> {
    let one = |want: Want| {
        let Want::Posts { topic, count, days, pictured } = &want else { return None };
        let since = if *days > 0 { now - days * DAY } else { i64::MIN };
        let fits = |shown: &&Shown| {
            // To a topic that was deleted nothing belongs.
            shown.topics.contains(topic)
                && shown.post.published_at >= since
                && !(*pictured && shown.pictures.is_empty())
        };
        let posts = posts.iter().filter(fits).take(*count).map(Shown::slide).collect();
        Some((want, Material { posts, ..Material::default() }))
    };
    wants.into_iter().filter_map(one).collect()
}

impl Shown {
    fn slide(&self) -> Post {
        let pictures = self.pictures.iter().take(MOST_PICTURES).filter_map(|sizes| fitting(sizes)).cloned().collect();
        Post { text: shorten(&self.post.text), pictures, ..self.post.clone() }
    }
}

fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use shared::slides::{Post, TYPES, Want};

    use super::{LONGEST_TEXT, Shown, answer, is_needed, offered, shorten};
    use crate::{
        config::{Config, Options},
        services::converters::Converters,
        tools::words::{Language, knows},
    };

    /// Converters as far as anybody has to know whether they are there.
    fn installed(names: &[&str]) -> Converters {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            std::os::unix::fs::symlink("/bin/true", folder.path().join(name)).unwrap();
        }
        Converters::find(folder.path().as_os_str())
    }

    const ALL: &[&str] = &["setpriv", "nice", "prlimit", "ffmpeg", "ffprobe", "pdfinfo", "pdftoppm"];

    fn shown(id: &str, published_at: i64, pictures: usize) -> Shown {
        let post = Post {
            id: id.into(),
            author: "Museum".into(),
            network: "feed".into(),
            published_at,
            title: None,
            text: "x".into(),
            pictures: Vec::new(),
            permalink: String::new(),
            until: None,
        };
        let mut topics = vec![String::new()];
        topics.extend((id == "old").then(|| "sport".to_owned()));
        Shown { post, pictures: vec![Vec::new(); pictures], topics }
    }

    fn config(page_browser: Option<&str>) -> Config {
        Config::load(&Options { page_browser: page_browser.map(Into::into), ..Options::default() }).unwrap()
    }

    #[test]
    fn what_cannot_be_answered_or_filled_in_is_not_offered() {
        let names = |page_browser: Option<&str>, converters: &[&str]| {
            let config = config(page_browser);
            offered(&config, &installed(converters)).map(|kind| kind.name).collect::<Vec<_>>()
        };

        for name in
            ["posts", "announcement", "photo", "hours", "countdown", "wall", "qr", "ticker", "events", "weather"]
        {
            assert!(names(None, &[]).contains(&name), "{name}");
        }
        for name in ["post", "film", "document", "page"] {
            assert!(!names(None, &[]).contains(&name), "{name}");
        }
        assert!(names(Some("chromium"), &[]).contains(&"page"));
        let names = names(None, ALL);
        assert!(names.contains(&"film") && names.contains(&"document"), "once there are converters: {names:?}");
    }

    #[test]
    fn only_what_a_slide_shows_nothing_without_is_asked_for() {
        let needed = |name: &str| -> Vec<_> {
            let kind = TYPES.iter().find(|kind| kind.name == name).unwrap();
            kind.form.iter().map(|field| field.name).filter(|field| is_needed(kind, field)).collect()
        };

        for (name, fields) in [
            ("events", &["address"][..]),
            ("weather", &["place"]),
            ("page", &["address"]),
            ("qr", &["link"]),
            ("countdown", &["until"]),
            ("photo", &["picture"]),
            ("film", &["film"]),
            ("document", &["pages"]),
            ("announcement", &[]),
            ("posts", &[]),
            ("ticker", &[]),
        ] {
            assert_eq!(needed(name), fields, "{name}");
        }
    }

    #[test]
    fn every_offered_slide_has_its_words_in_every_language() {
        let mut missing = Vec::new();
        for language in Language::ALL {
            for kind in offered(&config(Some("chromium")), &installed(ALL)) {
                let key = |leaf: &str| format!("slides.{}.{leaf}", kind.name);
                let mut keys: Vec<_> = ["name", "about", "icon"].map(key).to_vec();
                for field in kind.form {
                    keys.extend([key(field.name), key(&format!("{}.hint", field.name))]);
                    if let shared::forms::Input::Choice(names) = field.input {
                        keys.extend(names.iter().map(|name| key(&format!("{}.{name}", field.name))));
                    }
                }
                missing.extend(keys.into_iter().filter(|key| !knows(language, key)));
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn posts_are_chosen_by_number_age_and_picture() {
        let day = 86_400_000;
        let now = 100 * day;
        let posts = [shown("new", now, 0), shown("pic", now - 2 * day, 1), shown("old", now - 9 * day, 1)];
        let want = |topic: &str, count, days, pictured| Want::Posts { topic: topic.into(), count, days, pictured };
        let ids = |want: Want| {
            let answers = answer([want.clone()], &posts, now);
            answers[&want].posts.iter().map(|post| post.id.clone()).collect::<Vec<_>>()
        };

        assert_eq!(ids(want("", 2, 0, false)), ["new", "pic"]);
        assert_eq!(ids(want("", 9, 3, false)), ["new", "pic"]);
        assert_eq!(ids(want("", 9, 0, true)), ["pic", "old"]);
        assert_eq!(ids(want("sport", 9, 0, false)), ["old"]);
        assert!(ids(want("sport", 9, 3, false)).is_empty(), "too old");
        assert!(ids(want("deleted", 9, 0, false)).is_empty());
        assert!(answer([Want::Weather { place: "Bonn".into() }], &posts, now).is_empty());
    }

    #[test]
    fn a_novel_is_cut_at_a_word() {
        let text = "wörter ".repeat(LONGEST_TEXT);

        let short = shorten(&text);

        assert!(short.ends_with("wörter…") && short.chars().count() <= LONGEST_TEXT + 1);
        assert_eq!(shorten("kurz"), "kurz");
    }
}
