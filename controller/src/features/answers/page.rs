//! Has pictures of web pages taken, where the operator permits it.

use shared::slides::{Material, Picture, Want};

use super::{Asked, Kind, Reply, Trouble};
use crate::{app::App, features::media, services::camera, store::Answer};

/// A picture that could not be taken anew for so long is not shown any more, in milliseconds; longer where it was wanted
/// more rarely.
const LASTS_MS: i64 = 86_400_000;

/// One at a time: a browser takes more than all else that the controller does.
pub(super) const KIND: Kind =
    Kind { name: "page", most: 20, at_once: 1, at_once_of_one: 1, is_on: |config| config.page_browser.is_some() };

pub(super) fn is_wanted(want: &Want) -> bool {
    matches!(want, Want::Page { .. })
}

pub(super) async fn ask(app: &App, asked: &Asked<'_>) -> Result<Reply, Trouble> {
    let (Want::Page { address, minutes }, Some(program)) = (asked.want, &app.config.page_browser) else {
        return Err(Trouble::new("answers.problem.off"));
    };
    let png = camera::picture(program, &app.http, address, &asked.stage.language).await?;
    let media = media::keep(app, &asked.row.account_id, png).await.map_err(|error| {
        tracing::warn!(answer.id = %asked.row.id, "keep the picture of page {}: {error}", asked.row.id);
        Trouble::new("answers.problem.page_blank")
    })?;
    let next_at = app.clock.now() + minutes * 60_000;
    // The same picture has the same id, and changes nothing.
    Ok(Reply { answer: Some(media.id.clone()), media_id: Some(media.id), next_at, ..Reply::default() })
}

impl From<camera::Trouble> for Trouble {
    fn from(trouble: camera::Trouble) -> Self {
        match trouble {
            camera::Trouble::Http(error) => error.into(),
            camera::Trouble::Browser(why) => {
                tracing::error!("take a picture of a page: {why}");
                Self::new("answers.problem.browser")
            }
            camera::Trouble::Slow => Self::new("answers.problem.page_slow"),
            camera::Trouble::Blank => Self::new("answers.problem.page_blank"),
        }
    }
}

pub(super) fn material(row: &Answer, want: &Want, picture: Option<Picture>, now: i64) -> Option<Material> {
    let Want::Page { minutes, .. } = want else { return None };
    let fresh = now - row.answered_at <= LASTS_MS.max(3 * minutes * 60_000);
    Some(Material { page: Some(picture.filter(|_| fresh)?), ..Material::default() })
}
