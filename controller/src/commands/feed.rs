//! `litfass feed FILE|URL…`: what a feed would give. Nothing is stored, no data folder is needed.

use std::{
    fs::File,
    io::{Read, Write},
    process::ExitCode,
};

use fluent_bundle::FluentValue;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use url::Url;

use crate::{
    networks::{
        Batch, ImportedPost,
        feed::{Hints, ReadError, Reading, read},
    },
    tools::{
        clock::Clock,
        http::{Client, HttpError, HttpSettings, Permit},
        words::{Language, say},
    },
};

/// Largest document that is read, in bytes after decompression.
const LIMIT_BYTES: usize = 15 * 1024 * 1024;
/// Documents read at the same time; answers keep their order.
const AT_ONCE: usize = 4;

/// What `--help` says.
pub(super) const ABOUT: &str = "\
Prints what feeds (RSS, Atom, JSON Feed) would give; stores nothing and needs no data folder

Prints JSON Lines: one object a line for each input, in their order, with `input` and

  source     what the feed says about itself: format, title, link, language, icon, hubs, …
  posts      what would be imported: id, title, text, html, link, author, language, published and
             updated (RFC 3339), media (url, kind, alt, width, height, mime), tags, content_hash
  withdrawn  ids of posts that the feed takes back
  problems   what could not be read: post (counted from 1), key, message, detail
  encoding   the encoding that the document was in

or, for an input that cannot be read, with `error` (a sentence), `key`, and `feeds` (those that a web page names). The exit code is 0 if every input could be read, else 1; a bad input never stops the others.

Addresses are fetched like those of sources: public ones only, unless --allow HOST:PORT permits more. Relative addresses inside a feed are completed with --base-url, else with the address it came from.";

/// What an operator types after `litfass feed`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files, http(s) addresses, or - for standard input
    #[arg(required = true, value_name = "FILE|URL")]
    inputs: Vec<String>,
    /// Content type of the files, e.g. "text/xml; charset=iso-8859-1"; addresses bring their own
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
}

/// What is known before the first input is opened.
struct Setting {
    client: Client,
    content_type: Option<String>,
    base: Option<Url>,
    now: i64,
}

/// Why there is nothing to print about an input: a key for programs, a sentence for people.
struct Failure {
    key: &'static str,
    sentence: String,
    feeds: Value,
}

/// Prints one JSON object a line, in the order of the inputs; fails at the end if one could not be read.
pub(super) async fn run(args: Args, base: Option<Url>, permits: &[String]) -> ExitCode {
    let permits = permits.iter().map(|permit| Permit::parse(permit)).collect::<Result<Vec<_>, _>>();
    let client = match permits {
        Ok(permits) => Client::new(HttpSettings { permits, ..HttpSettings::default() }).map_err(|e| e.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let client = match client {
        Ok(client) => client,
        Err(error) => return super::fail(2, &error),
    };
    let now = Clock::System.now();
    let setting = &Setting { client, content_type: args.content_type, base, now };
    let mut answers = stream::iter(args.inputs)
        .map(|input| async move {
            let result = tell(setting, &input).await;
            let all_well = result.is_ok();
            let mut answer = result.unwrap_or_else(|failure| {
                let mut answer = json!({ "error": failure.sentence, "key": failure.key });
                if !failure.feeds.is_null() {
                    answer["feeds"] = failure.feeds;
                }
                answer
            });
            answer["input"] = input.into();
            (answer, all_well)
        })
        .buffered(AT_ONCE);
    let mut code = ExitCode::SUCCESS;
    while let Some((answer, all_well)) = answers.next().await {
        if !all_well {
            code = ExitCode::FAILURE;
        }
        // Whoever reads may have seen enough (`| head`).
        if writeln!(std::io::stdout().lock(), "{answer}").is_err() {
            break;
        }
    }
    code
}

async fn tell(setting: &Setting, input: &str) -> Result<Value, Failure> {
    let reading = if input.starts_with("http://") || input.starts_with("https://") {
        fetched(setting, input).await?
    } else {
        let bytes = open(input).map_err(|error| Failure::new("feeds.error.unread", &[("why", error.to_string())]))?;
        if bytes.len() > LIMIT_BYTES {
            return Err(HttpError::TooLarge { limit_bytes: LIMIT_BYTES }.into());
        }
        let (content_type, base) = (setting.content_type.clone(), setting.base.clone());
        apart(bytes, content_type, base).await?
    };
    Ok(show(reading))
}

async fn fetched(setting: &Setting, address: &str) -> Result<Reading, Failure> {
    let answer = setting.client.get(address).limit(LIMIT_BYTES).send().await?.success(setting.now)?;
    let content_type = setting.content_type.clone().or_else(|| answer.content_type());
    let base = setting.base.clone().unwrap_or(answer.url);
    apart(answer.body, content_type, Some(base)).await
}

async fn apart(bytes: Vec<u8>, content_type: Option<String>, base: Option<Url>) -> Result<Reading, Failure> {
    let work = move || {
        let hints = Hints { content_type: content_type.as_deref(), address: base.as_ref(), shared_ids: &[] };
        read(&bytes, &hints)
    };
    Ok(tokio::task::spawn_blocking(work).await.unwrap_or(Err(ReadError::Failed))?)
}

/// One byte more than permitted is enough to see that a file is too large.
fn open(input: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LIMIT_BYTES as u64 + 1;
    if input == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(input)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn show(reading: Reading) -> Value {
    let Batch { source, posts, withdrawn, problems, .. } = reading.batch;
    let problems = problems.into_iter().map(|problem| {
        let message = say(Language::En, problem.key, &[]);
        json!({ "post": problem.position, "key": problem.key, "message": message, "detail": problem.detail })
    });
    json!({
        "encoding": reading.encoding,
        "source": source,
        "problems": problems.collect::<Vec<_>>(),
        "withdrawn": withdrawn,
        "posts": posts.into_iter().map(show_post).collect::<Vec<_>>(),
    })
}

fn show_post(post: ImportedPost) -> Value {
    json!({
        "id": post.remote_id,
        "title": post.title,
        "text": post.text,
        "html": post.html,
        "link": post.link,
        "author": post.author,
        "language": post.language,
        "published": post.published_at.and_then(rfc3339),
        "updated": post.updated_at.and_then(rfc3339),
        "media": post.media,
        "tags": post.tags,
        "content_hash": post.content_hash,
    })
}

fn rfc3339(millis: i64) -> Option<String> {
    jiff::Timestamp::from_millisecond(millis).ok().map(|time| time.to_string())
}

impl Failure {
    fn new(key: &'static str, args: &[(&'static str, String)]) -> Self {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        Self { key, sentence: say(Language::En, key, &args), feeds: Value::Null }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        Self::new(error.key(), &error.args())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let failure = Self::new(error.key(), &[]);
        match error {
            ReadError::Website { feeds } => Self { feeds: json!(feeds), ..failure },
            _ => failure,
        }
    }
}
