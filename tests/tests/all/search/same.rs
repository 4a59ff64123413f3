//! Both databases find the same, in the same order, and just what a plain look through all posts finds.

use controller::{
    features::posts::Query,
    store::{Below, Post},
    tools::stems::{Tongue, Word, atoms},
};
use harness::{NOON, stores};

use super::{STAGE, post, prepared};

const WORDS: &[&str] = &[
    "Bad",
    "Bäder",
    "Freibad",
    "Schwimmbäder",
    "Museum",
    "Museen",
    "museums",
    "library",
    "libraries",
    "Straße",
    "strassen",
    "neu",
    "neue",
    "neuen",
    "öffnen",
    "öffnet",
    "open",
    "opening",
    "swimming",
    "swim",
    "Kinder",
    "Kindern",
    "Café",
    "cafe",
    "Müller",
    "Mueller",
    "Muller",
    "Stadtfest",
    "Stadtfeste",
    "Rat",
    "Räte",
    "Rathaus",
    "heute",
    "2026",
    "市立美術館",
    "美術",
    "Stadt",
    "Städte",
    "Größe",
    "grosse",
    "Bücherei",
    "Bucherei",
    "Ausstellung",
    "Ausstellungen",
    "der",
    "die",
    "the",
    "a",
];
const LANGUAGES: &[&str] = &["de", "en", "tr", ""];
/// So many that a frequent word is in more than are looked up one by one.
const POSTS: usize = 1_200;
const QUERIES: usize = 300;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn words(&mut self, least: usize, more: usize) -> String {
        let count = least + self.roll(more);
        (0..count).map(|_| WORDS[self.roll(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

fn query(dice: &mut Dice) -> String {
    match dice.roll(5) {
        0 => dice.words(1, 1) + " ",
        1 => dice.words(2, 2) + " ",
        2 => format!("\"{}\"", dice.words(2, 2)),
        3 => {
            let word = WORDS[dice.roll(WORDS.len())];
            let some = 2 + dice.roll(3);
            word.chars().take(some).collect()
        }
        _ => format!("\"{}\" {} ", dice.words(2, 1), dice.words(1, 1)),
    }
}

/// What is looked for, read anew and slowly: rows of words, whether they may be bent, whether the last may go on.
fn parts(typed: &str) -> Vec<(Vec<Word>, bool, bool)> {
    let mut parts = Vec::new();
    for (number, piece) in typed.split('"').enumerate() {
        let words = |text: &str| atoms(text).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        if number % 2 == 1 {
            parts.push((words(piece), false, false));
        } else {
            parts.extend(piece.split_whitespace().map(|word| (words(word), !word.contains('美'), false)));
        }
    }
    if !typed.ends_with([' ', '"'])
        && let Some(last) = parts.last_mut()
    {
        last.2 = last.0.last().is_some_and(|word| word.loose.chars().count() > 1);
    }
    parts
}

/// A post with its words, taken apart once.
struct Read {
    rank: (i64, String),
    tongue: Tongue,
    title: Vec<Word>,
    text: Vec<Word>,
}

impl Read {
    fn of(post: &Post) -> Self {
        let words = |text: &str| atoms(text).into_iter().map(|(_, word)| word).collect();
        Self {
            rank: (post.published_at, post.id.clone()),
            tongue: Tongue::of(post.language.as_deref()),
            title: words(post.title.as_deref().unwrap_or_default()),
            text: words(&post.text),
        }
    }
}

/// Whether words hold a part, and whether they do just as it was typed.
fn holds(words: &[Word], tongue: Tongue, (row, bends, begins): &(Vec<Word>, bool, bool)) -> (bool, bool) {
    let typed = words.windows(row.len()).any(|words| {
        let last = row.len() - 1;
        words.iter().zip(row).enumerate().all(|(at, (word, sought))| {
            word.loose == sought.loose || (*begins && at == last && word.loose.starts_with(&sought.loose))
        })
    });
    let forms = |word: &Word, sought: &Word| {
        let (german, english) = (word.german == sought.german, word.english == sought.english);
        match tongue {
            Tongue::German => german,
            Tongue::English => english,
            Tongue::Unknown => german || english,
            Tongue::Other => false,
        }
    };
    let bent = *bends && words.iter().any(|word| !word.plain.contains(['美', '市']) && forms(word, &row[0]));
    (typed || bent, typed)
}

/// Ids of the posts that fit, as the list should have them.
fn expected(posts: &[Read], typed: &str) -> Vec<String> {
    let parts = parts(typed);
    let mut all = Vec::new();
    for post in posts {
        let look = |words: &[Word], part| holds(words, post.tongue, part);
        let looks: Vec<_> = parts.iter().map(|part| (look(&post.title, part), look(&post.text, part))).collect();
        if !looks.iter().all(|((title, _), (text, _))| *title || *text) {
            continue;
        }
        let in_title = looks.iter().all(|((title, _), _)| *title);
        let as_typed = looks.iter().all(|((_, title), (_, text))| *title || *text);
        all.push((2 * i64::from(in_title) + i64::from(as_typed), post.rank.clone()));
    }
    all.sort_by(|one, other| other.cmp(one));
    all.into_iter().map(|(_, (_, id))| id).collect()
}

#[tokio::test]
async fn both_databases_find_what_is_there_and_in_one_order() {
    let mut dice = Dice(2_026);
    let mut posts = Vec::new();
    for number in 0..POSTS {
        let (title, mut text) = (dice.words(0, 4), dice.words(1, 9));
        if number % 12 > 0 {
            text.push_str(" Stadt");
        }
        let language = LANGUAGES[dice.roll(LANGUAGES.len())];
        // Some at the same instant.
        let published_at = NOON - dice.roll(300) as i64;
        posts.push(Post { published_at, ..post(&format!("p{number:04}"), language, &title, &text) });
    }
    let queries: Vec<_> = (0..QUERIES).map(|_| query(&mut dice)).chain(["Stadt ".to_owned()]).collect();
    let read: Vec<_> = posts.iter().map(Read::of).collect();
    for db in stores().await {
        prepared(&db).await;
        for post in &posts {
            db.store.take_post(post, &[]).await.unwrap();
        }
        let (mut hits, mut empty) = (0, 0);
        for typed in &queries {
            let search = Query::parse(typed).search();
            let found = db.store.search_shown_posts(STAGE, &search, &Below::default(), NOON, 9_999).await.unwrap();
            let found: Vec<_> = found.into_iter().map(|hit| hit.post.id).collect();
            // The tolerance is none: the same posts in the same order.
            assert_eq!(found, expected(&read, typed), "{typed:?} on {}", db.kind);
            hits += found.len();
            empty += usize::from(found.is_empty());
        }
        assert!(hits > 10_000 && empty > 20 && empty < QUERIES / 2, "{hits} hits, {empty} of nothing");
    }
}
