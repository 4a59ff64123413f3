//! A stage that has gathered 100,000 posts.

use harness::{NOON, TestController};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

/// So many posts.
pub(crate) const POSTS: usize = 100_000;
/// Rows of one statement.
const AT_ONCE: usize = 500;

/// Words of posts; the first stand in many, the last in few.
const WORDS: &[&str] = &[
    "der",
    "Stadt",
    "heute",
    "Rat",
    "Museum",
    "Fest",
    "Kinder",
    "Straße",
    "Brücke",
    "Hafen",
    "Markt",
    "Ausstellung",
    "Bücherei",
    "Wochenende",
    "öffnet",
    "beginnt",
    "feiert",
    "lädt",
    "Verein",
    "Konzert",
    "Theater",
    "Schule",
    "Park",
    "Rathaus",
    "Bürgermeisterin",
    "Baustelle",
    "Sommer",
    "Winter",
    "Abend",
    "Morgen",
    "Feuerwehr",
    "Sport",
    "Halle",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or_default()
    }

    fn words(&mut self, count: usize) -> String {
        // Two rolls, of which the lower counts: some words are more frequent than others.
        let word = |dice: &mut Self| WORDS[dice.roll(WORDS.len()).min(dice.roll(WORDS.len()))];
        (0..count).map(|_| word(self)).collect::<Vec<_>>().join(" ")
    }
}

/// Fills a stage, past the store: nobody waits for 100,000 visits.
pub(crate) async fn fill(wall: &TestController, stage_id: &str) {
    let mut dice = Dice(2_026);
    run(wall, &sources(stage_id)).await;
    for start in (0..POSTS).step_by(AT_ONCE) {
        let rows: Vec<_> = (start..start + AT_ONCE).map(|number| post(&mut dice, stage_id, number)).collect();
        let columns =
            "id, stage_id, source_id, remote_id, slug, title, text, html, language, content_hash, published_at,
                       imported_at, changed_at, shown, facts";
        run(wall, &format!("insert into posts ({columns}) values {}", rows.join(", "))).await;
    }
}

fn sources(stage_id: &str) -> String {
    let source = |id: &str| {
        format!(
            "('{id}', '{stage_id}', 'feed', '{id}', '{id}', false, '', 'working', '', '{{}}', 0, 0, 0, {}, 0, 0)",
            i64::MAX
        )
    };
    format!(
        "insert into sources (id, stage_id, network, address, name, held, memory, state, problem, detail, failures, fetched_at,
                              succeeded_at, next_at, claimed_until, created_at) values {}, {}",
        source("usual"),
        source("rare")
    )
}

fn post(dice: &mut Dice, stage_id: &str, number: usize) -> String {
    let (title_words, text_words) = (2 + dice.roll(6), 10 + dice.roll(60));
    let (title, mut text) = (dice.words(title_words), dice.words(text_words));
    if number % 10 == 3 {
        text.push_str(" Freibad");
    }
    if number % 20_000 == 7 {
        text.push_str(" Seltenheit");
    }
    let source = if number % 5_000 == 11 { "rare" } else { "usual" };
    let language = if number % 4 == 1 { "en" } else { "de" };
    // Every hundredth is hidden; ten a day or so.
    let (shown, published_at) = (number % 100 != 50, NOON - 60_000 - (POSTS - number) as i64 * 8_640_000);
    format!(
        "('{number:032x}', '{stage_id}', '{source}', '{number}', '{number}', '{title}', '{text}', '<p>{text}</p>',
          '{language}', '1', {published_at}, {NOON}, {published_at}, {shown}, '{{\"tags\":[],\"media\":[]}}')"
    )
}

async fn run(wall: &TestController, sql: &str) {
    let (sql, config) = (AssertSqlSafe(sql.to_owned()), &wall.app.config);
    if let Some(url) = &config.database {
        let mut database = PgConnection::connect(url).await.expect("connect to PostgreSQL");
        database.execute(sql).await.expect("run a statement");
    } else {
        let file = format!("sqlite://{}", config.data.join("litfass.db").display());
        let mut database = SqliteConnection::connect(&file).await.expect("open SQLite");
        database.execute(sql).await.expect("run a statement");
    }
}

/// What a database does by itself now and then.
pub(crate) async fn settle(wall: &TestController) {
    run(wall, "analyze").await;
}
