//! The Data API with the operator's key: the list of uploads, and single films. One unit of the day's quota a question.

use std::borrow::Cow;

use serde_json::Value;

use super::address::Place;
use crate::networks::{
    Batch, Class, Credential, Doors, PostRef, SourceFacts, Span, Standing, Trouble,
    ask::{self, Refusal, Told, ask},
    assemble::{Assembly, Draft, DraftMedia, Words},
    pace::{self, Harvest, MOST_PAGES, Memory},
    value::{id, list, text},
};

/// Where the interface is, if the operator says nothing else.
const USUAL: &str = "https://www.googleapis.com";
/// Name of that setting.
const BASE: &str = "youtube.api_base";
/// The quota is granted anew at midnight in California.
pub(super) const DAY: Span = Span::Day("America/Los_Angeles");
/// Films of a page, and films that are asked about at once.
const PAGE: usize = 50;

/// Where the interface is.
pub(super) fn base(settings: &crate::networks::Settings) -> &str {
    settings.base(BASE, USUAL).trim_end_matches('/')
}

/// The interface with a key.
pub(super) struct Api<'a> {
    pub(super) doors: &'a Doors<'a>,
    pub(super) key: &'a Credential,
}

impl Api<'_> {
    async fn call(&self, method: &str, query: &[(&str, &str)]) -> Result<Told, Refusal> {
        let query = query.iter().copied().chain([("key", self.key.reveal())]);
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let address = format!("{}/youtube/v3/{method}?{query}", base(self.doors.settings));
        self.doors.meter.asked();
        let told = ask(self.doors, ask::get(self.doors, &address, None)).await;
        told.map_err(|refusal| translate(refusal, self.doors))
    }

    /// Returns the channel of a name or an id, and what it calls itself.
    pub(super) async fn channel(&self, place: &Place) -> Result<(Place, Option<String>), Refusal> {
        let (name, value) = match place {
            Place::Channel(id) => ("id", id.as_str()),
            Place::Page(page) => match page.strip_prefix("user/") {
                Some(user) => ("forUsername", user),
                None => ("forHandle", page.as_str()),
            },
            Place::Playlist(_) => return Ok((place.clone(), None)),
        };
        let told = self.call("channels", &[("part", "id,snippet,contentDetails"), (name, value)]).await?;
        let channel = list(&told.value, "/items").iter().next();
        let channel = channel.ok_or_else(|| pace::missing("the channel is not there"))?;
        let found = text(channel, "/id").filter(|id| super::address::is_channel(id));
        let found = found.ok_or_else(|| ask::not_understood("a channel without an id"))?;
        Ok((Place::Channel(found.to_owned()), text(channel, "/snippet/title").map(str::to_owned)))
    }

    /// The list that holds the uploads of a channel, or the playlist itself.
    async fn uploads(&self, place: &Place, memory: &mut Memory) -> Result<String, Refusal> {
        if let Place::Playlist(id) = place {
            return Ok(id.clone());
        }
        if let Some(known) = memory.account.clone().filter(|_| !memory.wants_all(self.doors.now)) {
            return Ok(known);
        }
        let Place::Channel(channel) = place else {
            return Err(Trouble::new(Class::BadRequest, "networks.error.no_account", "no channel").into());
        };
        let query = [("part", "id,snippet,contentDetails"), ("id", channel.as_str())];
        let told = self.call("channels", &query).await?;
        let found =
            list(&told.value, "/items").iter().next().ok_or_else(|| pace::missing("the channel is not there"))?;
        memory.title = text(found, "/snippet/title").map(str::to_owned);
        let uploads = text(found, "/contentDetails/relatedPlaylists/uploads");
        let uploads = uploads.map_or_else(|| channel.replacen("UC", "UU", 1), str::to_owned);
        memory.account = Some(uploads.clone());
        Ok(uploads)
    }

    /// Lists what was uploaded since the last visit, and once a day all of it.
    pub(super) async fn list(&self, place: &Place, memory: &mut Memory) -> Result<Harvest, Refusal> {
        let all = memory.wants_all(self.doors.now);
        let uploads = self.uploads(place, memory).await?;
        let mut assembly = Assembly::new(&[]);
        let mut batch = Batch::default();
        let (mut cut, mut newest, mut token) = (None, None::<String>, None::<String>);
        let (mut position, most) = (0, PAGE.to_string());
        for page in 0..MOST_PAGES {
            let mut query =
                vec![("part", "snippet,contentDetails,status"), ("playlistId", &uploads), ("maxResults", &most)];
            query.extend(token.as_deref().map(|token| ("pageToken", token)));
            let told = match self.call("playlistItems", &query).await {
                Ok(told) if told.value.get("items").is_some_and(Value::is_array) => told,
                Ok(_) if page == 0 => return Err(ask::not_understood("a page without items").into()),
                Ok(_) => {
                    cut = Some(ask::not_understood("a page without items").into());
                    break;
                }
                Err(refusal) if page == 0 => return Err(refusal),
                Err(refusal) => {
                    cut = Some(refusal);
                    break;
                }
            };
            let mut met_known = false;
            for item in list(&told.value, "/items") {
                position += 1;
                let Some(film) =
                    id(item, "/contentDetails/videoId").or_else(|| id(item, "/snippet/resourceId/videoId"))
                else {
                    assembly.problem(Some(position), "feeds.problem.json_without_id", "");
                    continue;
                };
                met_known |= memory.newest.as_deref() == Some(&*film);
                newest.get_or_insert_with(|| film.clone());
                match text(item, "/status/privacyStatus") {
                    Some("public") => assembly.add(draft(item, film.into(), position)),
                    // The list itself says that it is for the public no more.
                    Some(_) => batch.withdrawn.push(film),
                    None => {}
                }
            }
            let next = text(&told.value, "/nextPageToken").map(str::to_owned);
            if next.is_none() || next == token || (met_known && !all) {
                break;
            }
            token = next;
        }
        if cut.is_none() {
            memory.note_read(newest, all, self.doors.now);
        }
        (batch.posts, batch.problems, _) = assembly.finish();
        batch.source =
            SourceFacts { format: "youtube".to_owned(), title: memory.title.clone(), ..SourceFacts::default() };
        Ok(Harvest { batch, cut, pause: None })
    }

    /// Asks whether films are still there, and still for the public.
    pub(super) async fn verify(&self, posts: &[PostRef]) -> Result<Vec<Standing>, Trouble> {
        let mut standings = Vec::with_capacity(posts.len());
        for some in posts.chunks(PAGE) {
            let ids = some.iter().map(|post| post.remote_id.as_str()).collect::<Vec<_>>().join(",");
            let told = match self.call("videos", &[("part", "snippet,status,contentDetails"), ("id", &ids)]).await {
                Ok(told) if told.value.get("items").is_some_and(Value::is_array) => told,
                Ok(_) => return Err(ask::not_understood("an answer without items")),
                Err(refusal) => return Err(refusal.trouble),
            };
            let standing = |post: &PostRef| {
                let film = list(&told.value, "/items").iter().find(|film| text(film, "/id") == Some(&post.remote_id));
                match film.map(|film| text(film, "/status/privacyStatus")) {
                    Some(Some("public")) => Standing::Stands,
                    Some(None) => Standing::Unknown,
                    Some(Some(_)) | None => Standing::Gone,
                }
            };
            standings.extend(some.iter().map(standing));
        }
        Ok(standings)
    }
}

fn draft<'v>(item: &'v Value, film: Cow<'v, str>, position: usize) -> Draft<'v> {
    let pictures = item.pointer("/snippet/thumbnails").and_then(Value::as_object).into_iter().flatten();
    let width = |picture: &Value| picture.get("width").and_then(Value::as_u64).unwrap_or_default();
    let best = pictures.map(|(_, picture)| picture).filter(|p| text(p, "/url").is_some()).max_by_key(|p| width(p));
    let date = text(item, "/contentDetails/videoPublishedAt").or_else(|| text(item, "/snippet/publishedAt"));
    Draft {
        position,
        link: Some(Cow::Owned(format!("https://www.youtube.com/watch?v={film}"))),
        id: Some(film),
        title: text(item, "/snippet/title").map(|title| Words::Plain(Cow::Borrowed(title))),
        body: text(item, "/snippet/description").map(|words| Words::Plain(Cow::Borrowed(words))),
        authors: text(item, "/snippet/channelTitle").map(Cow::Borrowed).into_iter().collect(),
        published: date.map(Cow::Borrowed).into_iter().collect(),
        media: best
            .map(|picture| DraftMedia {
                url: text(picture, "/url").map(Cow::Borrowed).unwrap_or_default(),
                medium: Some(Cow::Borrowed("image")),
                width: id(picture, "/width").map(Into::into),
                height: id(picture, "/height").map(Into::into),
                ..DraftMedia::default()
            })
            .into_iter()
            .collect(),
        ..Draft::default()
    }
}

/// What a refusal means: the interface says it in a word.
fn translate(refusal: Refusal, doors: &Doors<'_>) -> Refusal {
    let reason = text(&refusal.body, "/error/errors/0/reason").unwrap_or_default().to_owned();
    let told = |class: Class, key: &'static str| Trouble::new(class, key, format!("youtube says {reason}"));
    match reason.as_str() {
        "quotaExceeded" | "dailyLimitExceeded" => {
            let until = DAY.ends_at(doors.now);
            doors.meter.rest(until);
            Refusal { trouble: told(Class::RateLimited { until }, "networks.youtube.quota"), ..refusal }
        }
        "rateLimitExceeded" | "userRateLimitExceeded" => {
            Refusal { trouble: told(Class::Transient, "sources.error.rate_limited"), ..refusal }
        }
        "keyInvalid" | "badRequest" | "accessNotConfigured" | "ipRefererBlocked" | "forbidden" => {
            Refusal { trouble: told(Class::Transient, "networks.youtube.key"), ..refusal }
        }
        "playlistNotFound" | "channelNotFound" | "videoNotFound" | "channelClosed" | "channelSuspended" => {
            Refusal { trouble: pace::missing("the channel is not there"), ..refusal }
        }
        _ if matches!(refusal.status, 401 | 403) => {
            Refusal { trouble: told(Class::Transient, "networks.youtube.key"), ..refusal }
        }
        _ => refusal,
    }
}
