//! For the press: whom to ask, and what to download.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::get,
};

use super::{
    super::{kept::Fresh, pictures::Image},
    front::Front,
    head::Head,
    list::Which,
    room::Room,
};
use crate::{
    app::{App, Error, Result},
    features::{
        newsroom::{self, Download},
        posts::Picture,
    },
    store::{PressContact, PressRendition},
};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/{at_handle}/press", get(press))
}

#[derive(Template)]
#[template(path = "newsroom/press.html")]
struct Press {
    room: Room,
    head: Head,
    contacts: Vec<PressContact>,
    downloads: Vec<Download>,
}

impl Press {
    /// The picture beside a download.
    fn sight(&self, download: &Download) -> Option<Image> {
        let media = download.media.clone().filter(|media| !media.renditions.is_empty())?;
        Some(Image::of(Picture { alt: download.entry.alt.clone(), media }, "/media"))
    }

    /// What it is called.
    fn called(&self, download: &Download) -> String {
        let entry = &download.entry;
        if entry.name.is_empty() { self.room.t(&format!("media.kind.{}", entry.kind)) } else { entry.name.clone() }
    }

    /// Who made it, and what is allowed.
    fn terms(&self, download: &Download) -> String {
        let licence = download.licence().map(|key| self.room.t(&key));
        let own = Some(download.entry.licence_words.clone()).filter(|words| !words.is_empty());
        let credit = Some(download.entry.credit.clone()).filter(|credit| !credit.is_empty());
        credit.into_iter().chain(licence.or(own)).collect::<Vec<_>>().join(" · ")
    }

    /// What a link to a file says: kind and size.
    fn about(&self, file: &PressRendition) -> String {
        let kind = match file.content_type.as_str() {
            "image/png" => "PNG",
            "video/mp4" => "MP4",
            _ => "JPEG",
        };
        format!("{kind}, {} × {}, {}", file.width, file.height, self.size(file.length))
    }

    fn size(&self, bytes: i64) -> String {
        if bytes < 1_000_000 {
            return self.room.t1("media.size.kb", "size", (bytes.max(0) + 999) / 1_000);
        }
        let tenths = bytes / 100_000;
        let size = format!("{}{}{}", tenths / 10, self.room.t("media.size.point"), tenths % 10);
        self.room.t1("media.size.mb", "size", size)
    }

    /// A telephone number as an address.
    fn tel(&self, phone: &str) -> String {
        phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

async fn press(
    State(app): State<App>,
    Path(at_handle): Path<String>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Response {
    match Front::find(&app, &at_handle, &headers, which.lang.as_deref()).await {
        Ok(front) => front.page(&app, &headers, "press", || draw(&app, &front)).await,
        Err(refusal) => refusal,
    }
}

async fn draw(app: &App, front: &Front) -> Result<Fresh> {
    let room = Room::open(app, front).await?;
    if !room.held.has_press {
        return Err(Error::NotFound("press"));
    }
    let contacts = app.store.list_press_contacts(&room.stage.id).await?;
    let downloads = newsroom::downloads(app, &room.stage).await?;
    let head = Head::of_list(&room, &room.t("newsroom.press"), format!("{}/press", room.path()));
    Fresh::page(&Press { room, head, contacts, downloads })
}
