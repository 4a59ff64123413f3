//! What owners paste into their pages.

use std::fmt::Write;

use super::script;
use crate::{
    app::App,
    features::{domains::Home, widget::Setup},
    store::Stage,
};

/// Height of a frame where nobody says one, in pixels.
pub(super) const USUAL_HEIGHT: u32 = 720;

/// The ways in which a stage comes into a page.
pub(super) struct Snippets {
    /// A script tag, always with the newest version.
    pub(super) plain: String,
    /// The same with one version, and the hash of it.
    pub(super) pinned: String,
    /// An element for frameworks.
    pub(super) element: String,
    /// A frame, without any script.
    pub(super) frame: String,
    /// What a content security policy has to permit.
    pub(super) policy: String,
}

impl Snippets {
    pub(super) fn of(app: &App, stage: &Stage, setup: &Setup, title: &str) -> Self {
        let base = app.config.address("");
        let pairs = setup.pairs();
        let attributes = |prefix: &str| {
            let stage = [("stage", stage.handle.clone())];
            stage.iter().chain(&pairs).fold(String::new(), |mut all, (name, value)| {
                // Writing to a text does not fail.
                let _ = write!(all, " {prefix}{name}=\"{}\"", escaped(value));
                all
            })
        };
        let frame = frame(app, stage, setup, None, (None, setup.height.unwrap_or(USUAL_HEIGHT)), title);
        let (address, integrity) = script::pinned();
        let without = format!("<noscript>{frame}</noscript>");
        let place = setup.height.map(reserved).unwrap_or_default();
        // A script that stands for itself can keep no place free.
        let whole = |script: &str| match setup.height {
            Some(_) => format!(
                "<script {script} async></script>\n<litfass-wall{}>{without}{place}</litfass-wall>",
                attributes("")
            ),
            None => format!("<script {script}{} async></script>\n{without}", attributes("data-")),
        };
        Self {
            plain: whole(&format!("src=\"{base}/widget.js\"")),
            pinned: whole(&format!("src=\"{base}{address}\" integrity=\"{integrity}\" crossorigin=\"anonymous\"")),
            element: format!(
                "<script src=\"{base}/widget.js\" async></script>\n<litfass-wall{}>{place}</litfass-wall>",
                attributes("")
            ),
            policy: format!(
                "script-src {base}; connect-src {base}; img-src {base}; frame-src {}",
                Home::of(app, stage).origin()
            ),
            frame,
        }
    }
}

/// A frame for a page; as wide as its place where no width is said.
pub(super) fn frame(
    app: &App,
    stage: &Stage,
    setup: &Setup,
    post: Option<&str>,
    (width, height): (Option<u32>, u32),
    title: &str,
) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in setup.pairs().iter().filter(|(name, _)| *name != "height") {
        query.append_pair(name, value);
    }
    if let Some(slug) = post {
        query.append_pair("post", slug);
    }
    // Where its links lead: some programs that embed it follow no others.
    let origin = Home::of(app, stage).origin().to_owned();
    let address = format!("{}/embed/@{}?{}", origin.trim_end_matches('/'), stage.handle, query.finish());
    let width = width.map_or_else(|| "100%".to_owned(), |width| width.to_string());
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\" loading=\"lazy\" \
         sandbox=\"allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=\"no-referrer\"></iframe>",
        escaped(&address),
        escaped(title),
    )
}

/// What keeps the place of a wall of a fixed height until its script is there, without any style: else what stands below
/// would move.
fn reserved(height: u32) -> String {
    format!("<svg display=\"block\" width=\"1\" height=\"{height}\" aria-hidden=\"true\"></svg>")
}

/// For an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
