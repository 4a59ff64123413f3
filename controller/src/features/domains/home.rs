//! Where a newsroom is found: under the handle of its stage, or under a domain of its own.

use super::readable;
use crate::{app::App, store::Stage};

/// The one address of a newsroom, and of everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Scheme and host: `https://news.stadt.example`.
    origin: String,
    /// `/@handle`; empty under a domain of its own.
    prefix: String,
}

impl Home {
    /// Of a stage, as was known a moment ago.
    pub fn of(app: &App, stage: &Stage) -> Self {
        match app.domains.known().of_stage(&stage.id) {
            Some(domain) => Self::at(app, &domain.host),
            None => Self { origin: app.config.address(""), prefix: format!("/@{}", stage.handle) },
        }
    }

    /// Under a domain; reached as the instance is.
    pub fn at(app: &App, host: &str) -> Self {
        let base = &app.config.base_url;
        let port = base.port().map_or_else(String::new, |port| format!(":{port}"));
        Self { origin: format!("{}://{host}{port}", base.scheme()), prefix: String::new() }
    }

    /// Whether it has a domain of its own.
    pub fn is_own(&self) -> bool {
        self.prefix.is_empty()
    }

    /// Scheme and host.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What its paths begin with: `/@handle`, or nothing.
    pub fn path(&self) -> &str {
        &self.prefix
    }

    /// Path of its first page.
    pub fn start(&self) -> &str {
        if self.is_own() { "/" } else { &self.prefix }
    }

    /// What its addresses begin with.
    pub fn root(&self) -> String {
        format!("{}{}", self.origin, self.prefix)
    }

    /// Address of its first page.
    pub fn address(&self) -> String {
        format!("{}{}", self.origin, self.start())
    }

    /// Where a redirect to a path of it leads, whichever host was asked.
    pub fn to(&self, path: &str) -> String {
        if self.is_own() { format!("{}{path}", self.origin) } else { path.to_owned() }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        let bare = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host);
        match bare.split_once(':') {
            Some((host, port)) => format!("{}:{port}{}", readable(host), self.prefix),
            None => format!("{}{}", readable(bare), self.prefix),
        }
    }
}

/// The name of this instance; empty where it is reached by a number.
pub fn instance_host(app: &App) -> &str {
    app.config.base_url.domain().unwrap_or_default()
}
