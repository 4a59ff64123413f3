//! [`Feed`] as one of the networks: its form, its rules, and the three questions.

use futures_util::future::BoxFuture;
use url::Url;

use super::{
    fetch,
    read::{ReadError, Reading},
};
use crate::{
    networks::{
        Answers, Candidate, Credential, Doors, Facts, Fed, Field, Input, Likeness, Link, LinkedBy, MediaRule, Network,
        Policy, PostRef, ReExport, Settings, Standing, Trouble, Visit, Visited,
    },
    tools::http::{Answer, HttpError},
};

/// RSS, Atom and JSON Feed.
pub struct Feed;

static FACTS: Facts = Facts {
    name: "feed",
    label: "networks.feed",
    hint: "networks.feed.hint",
    icon: "rss",
    linked_by: LinkedBy::Form,
    fed: Fed::Visited,
    quota: None,
    form: &[Field {
        name: "address",
        label: "networks.feed.address",
        hint: "networks.feed.address.hint",
        input: Input::Address,
        required: true,
    }],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: None,
        minimum_secs: 1,
    },
};

impl Network for Feed {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn connect<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        answers: &'a Answers,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        Box::pin(connect(doors, answers))
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        // Names of people are no websites, though a browser would open them.
        let is_name = typed.trim().starts_with('@');
        if !is_name && complete(typed).is_some() { Likeness::Perhaps } else { Likeness::No }
    }

    fn probe<'a>(&'a self, _doors: &'a Doors<'a>, _typed: &'a str) -> BoxFuture<'a, bool> {
        // Asked last: whatever it is, linking it says best what is wrong with it.
        Box::pin(std::future::ready(true))
    }

    fn fetch<'a>(&'a self, doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited> {
        Box::pin(fetch::visit(doors, visit))
    }

    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        _link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        Box::pin(async move {
            let mut standings = Vec::with_capacity(posts.len());
            for post in posts {
                standings.push(verify(doors, post).await);
            }
            Ok(standings)
        })
    }
}

/// Tries the address; when it is a website, the feeds that it names.
async fn connect(doors: &Doors<'_>, answers: &Answers) -> Result<Vec<Candidate>, Trouble> {
    let typed = answers.get("address").map(String::as_str).unwrap_or_default();
    let mut address = complete(typed).ok_or(HttpError::BadAddress)?;
    let credential = take_credential(&mut address)?;
    let feeds = match try_out(doors, &address, credential.as_ref()).await? {
        Ok(candidate) => return Ok(vec![candidate]),
        Err(ReadError::Website { feeds }) if !feeds.is_empty() => feeds,
        Err(error) => return Err(fetch::trouble(&error)),
    };
    if let [only] = feeds.as_slice() {
        return match try_out(doors, &only.url, credential.as_ref()).await? {
            Ok(candidate) => Ok(vec![candidate]),
            Err(error) => Err(fetch::trouble(&error)),
        };
    }
    let candidates = feeds.into_iter().map(|feed| Candidate {
        link: Link { address: feed.url, credential: credential.clone() },
        title: feed.title,
        page: Some(address.to_string()),
        preview: None,
    });
    Ok(candidates.collect())
}

async fn try_out(
    doors: &Doors<'_>,
    address: impl AsRef<str>,
    credential: Option<&Credential>,
) -> Result<Result<Candidate, ReadError>, Trouble> {
    let address = address.as_ref();
    let request = fetch::signed(fetch::request(doors, address, 1), credential);
    let answer = request.send().await?.success(doors.now)?;
    // A secret stays with the place it was typed for.
    let moved = answer.moved_to().filter(|target| credential.is_none() || is_same_place(address, target));
    let address = moved.map_or_else(|| address.to_owned(), Url::to_string);
    Ok(read(answer).await.map(|reading| Candidate {
        title: reading.batch.source.title.clone(),
        page: reading.batch.source.link.clone(),
        preview: Some(reading.batch),
        link: Link { address, credential: credential.cloned() },
    }))
}

async fn read(answer: Answer) -> Result<Reading, ReadError> {
    fetch::read_apart(answer, Vec::new()).await
}

/// Takes `user:password` out of an address (`https://user:password@museum.example/feed`): it is kept apart and sealed.
fn take_credential(address: &mut Url) -> Result<Option<Credential>, HttpError> {
    if address.username().is_empty() && address.password().is_none() {
        return Ok(None);
    }
    let plain = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8().map(String::from);
    let user = plain(address.username()).map_err(|_| HttpError::BadAddress)?;
    let password = plain(address.password().unwrap_or_default()).map_err(|_| HttpError::BadAddress)?;
    // With a colon in it the server could not tell where the name ends (RFC 7617).
    if user.contains(':') {
        return Err(HttpError::BadAddress);
    }
    address.set_username("").and_then(|()| address.set_password(None)).map_err(|()| HttpError::BadAddress)?;
    Ok(Some(Credential::new(format!("{user}:{password}"))))
}

/// Whether an address is at the same scheme, host and port as another.
pub(super) fn is_same_place(address: &str, other: &Url) -> bool {
    Url::parse(address).is_ok_and(|address| address.origin() == other.origin())
}

/// Makes an address of what people type and paste: `museum.example`, `feed://museum.example/rss`, `feed:https://…`.
fn complete(typed: &str) -> Option<Url> {
    let typed = typed.trim();
    let typed = match typed.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("feed:") => typed[5..].trim_start_matches('/'),
        _ => typed,
    };
    if typed.is_empty() || typed.contains(char::is_whitespace) {
        return None;
    }
    let has_scheme =
        typed.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()));
    let mut url = if has_scheme { Url::parse(typed) } else { Url::parse(&format!("https://{typed}")) }.ok()?;
    url.set_fragment(None);
    url.host_str().is_some_and(|host| !host.is_empty()).then_some(url)
}

/// Asks whether the page of a post is still there.
async fn verify(doors: &Doors<'_>, post: &PostRef) -> Standing {
    let Some(link) = post.link.as_deref() else { return Standing::Unknown };
    match fetch::request(doors, link, 1).open().await.map(|answer| answer.status) {
        Ok(200..=299) => Standing::Stands,
        Ok(404 | 410) => Standing::Gone,
        _ => Standing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_out_of_its_address() {
        let table = [
            ("https://museum.example/feed", None, "https://museum.example/feed"),
            ("https://ada:gr%C3%BCn%3A%40@museum.example/feed", Some("ada:grün:@"), "https://museum.example/feed"),
            ("ada:secret@museum.example", Some("ada:secret"), "https://museum.example/"),
            ("https://token@museum.example/", Some("token:"), "https://museum.example/"),
        ];
        for (typed, secret, left) in table {
            let mut address = complete(typed).unwrap();
            let taken = take_credential(&mut address).unwrap();
            assert_eq!(taken.as_ref().map(Credential::reveal), secret, "{typed}");
            assert_eq!(address.as_str(), left);
        }
        let mut odd = Url::parse("https://a%3Ab:c@museum.example/").unwrap();
        assert_eq!(take_credential(&mut odd).err(), Some(HttpError::BadAddress));
    }

    #[test]
    fn addresses_are_completed_as_people_mean_them() {
        let table = [
            ("museum.example", "https://museum.example/"),
            (" https://museum.example/feed#top ", "https://museum.example/feed"),
            ("feed://museum.example/rss", "https://museum.example/rss"),
            ("feed:http://museum.example/rss", "http://museum.example/rss"),
            ("localhost:8080/feed", "https://localhost:8080/feed"),
            ("bücher.example", "https://xn--bcher-kva.example/"),
            ("file:///etc/passwd", ""),
            ("", ""),
            ("two words", ""),
            ("https://", ""),
        ];
        for (typed, expected) in table {
            assert_eq!(complete(typed).map(String::from).unwrap_or_default(), expected, "{typed}");
        }
    }
}
