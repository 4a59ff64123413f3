//! Previews as pages show them: the picture with words for it, or words for why there is none.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use shared::{programme::Shown, slides::Slide};

use super::{Owner, Page};
use crate::{
    app::{App, Result},
    features::{
        programmes::preview::{NoPicture, Preview, Size},
        screens,
    },
    store::Stage,
};

/// A preview, drawn or not.
pub(super) struct Face {
    /// Address of the picture; empty when there is none.
    pub(super) src: String,
    /// Why there is none, a translation key; empty when there is one.
    pub(super) trouble: &'static str,
    /// Size of the picture.
    pub(super) size: Size,
    /// What is to be seen, in words.
    pub(super) alt: String,
}

impl Face {
    /// Has a preview drawn; `None` when its owner has asked for another one since. `address` is where the picture is to
    /// be had; its name is added, so that another picture has another address.
    pub(super) async fn draw(
        app: &App,
        owner: &Owner,
        preview: &Preview,
        address: &str,
        alt: String,
    ) -> Result<Option<Self>> {
        let size = preview.size;
        let trouble = match preview.draw(app, &owner.member_id).await? {
            Ok(_) => "",
            Err(NoPicture::Overtaken) => return Ok(None),
            Err(why) => trouble(&why),
        };
        let src = if trouble.is_empty() { format!("{address}&v={}", &preview.key()?[..16]) } else { String::new() };
        Ok(Some(Self { src, trouble, size, alt }))
    }

    /// Has a preview drawn of what nobody has kept: no address could tell of it, so the picture stands in the page itself.
    /// `None` when its owner has asked for another one since.
    pub(super) async fn draw_within(app: &App, owner: &Owner, preview: &Preview, alt: String) -> Result<Option<Self>> {
        let size = preview.size;
        let (src, trouble) = match preview.draw(app, &owner.member_id).await? {
            Ok(bytes) => (format!("data:image/png;base64,{}", STANDARD.encode(bytes)), ""),
            Err(NoPicture::Overtaken) => return Ok(None),
            Err(why) => (String::new(), trouble(&why)),
        };
        Ok(Some(Self { src, trouble, size, alt }))
    }

    /// A class for the shape of the display.
    pub(super) fn shape(&self) -> &'static str {
        if self.size.height > self.size.width { "sight-glass is-tall" } else { "sight-glass" }
    }
}

/// What to tell people, a translation key.
fn trouble(why: &NoPicture) -> &'static str {
    match why {
        NoPicture::Missing => "previews.missing",
        NoPicture::NoDriver => "previews.driver",
        NoPicture::Slow => "previews.slow",
        NoPicture::Busy | NoPicture::Overtaken => "previews.busy",
        NoPicture::Broken(_) => "previews.broken",
    }
}

/// The picture itself, for its owner alone: no cache that others share may keep it.
pub(super) async fn picture(app: &App, owner: &Owner, preview: &Preview, asked: &HeaderMap) -> Result<Response> {
    let tag = format!("\"{}\"", preview.key()?);
    let fixed = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut headers: HeaderMap =
        fixed.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
    headers.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    let held = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    if held.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    match preview.draw(app, &owner.member_id).await? {
        Ok(bytes) => Ok((headers, bytes).into_response()),
        Err(NoPicture::Missing | NoPicture::NoDriver) => Ok(nothing(StatusCode::NOT_IMPLEMENTED)),
        Err(_) => Ok(nothing(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

fn nothing(status: StatusCode) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// Displays to choose from, as value and text: a usual one of either shape, and every screen of the stage.
pub(super) async fn sizes(app: &App, stage: &Stage, page: &Page) -> Result<Vec<(String, String)>> {
    let usual = ["landscape", "portrait"].map(|name| (name.to_owned(), page.t(&format!("previews.size.{name}"))));
    let screens = screens::list(app, &stage.account_id, &stage.id).await?;
    Ok(usual.into_iter().chain(screens.into_iter().map(|one| (one.screen.id, one.screen.name))).collect())
}

/// Size of the display of that name; a usual one where there is none.
pub(super) async fn size(app: &App, stage: &Stage, name: &str) -> Result<Size> {
    match name {
        "portrait" => Ok(Size::PORTRAIT),
        "landscape" | "" => Ok(Size::LANDSCAPE),
        id => {
            let screens = screens::list(app, &stage.account_id, &stage.id).await?;
            let found = screens.iter().find(|status| status.screen.id == id);
            Ok(found.map_or(Size::LANDSCAPE, Size::of_screen))
        }
    }
}

/// What something on the display says by itself, without its owner's draft; empty where that is needed.
pub(super) fn said(page: &Page, shown: &Shown<'_>) -> String {
    let first = |texts: &[&str]| {
        let text = texts.iter().map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
        let words: Vec<_> = text.split_whitespace().take(14).collect();
        words.join(" ")
    };
    match &shown.on.entry.slide {
        Slide::Post(post) => first(&[post.title.as_deref().unwrap_or_default(), &post.text]),
        _ if shown.on.entry.id == "welcome" => page.t("screens.on.welcome"),
        Slide::Announcement(said) => first(&[&said.headline, &said.text]),
        _ => String::new(),
    }
}
