//! Pictures of web pages, each taken by a Chromium of its own that lives for a minute at most.
//!
//! A page is as hostile as anything from outside, and a browser is a large target. So each picture gets a new process with
//! an empty profile, which goes with it; all it asks for passes a proxy that connects under the rules of the one guarded
//! client, and there is no way around it; nothing is granted, downloaded or clicked; and at the end the whole process group
//! is killed.

mod browser;
mod proxy;
mod wire;

use std::{path::Path, time::Duration};

use url::Url;

use self::{browser::Browser, proxy::Proxy};
use crate::tools::http::{Client, HttpError};

/// Longest time for a picture, from the start of the browser on.
const LONGEST: Duration = Duration::from_secs(60);

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The page cannot be fetched.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The browser does not start, or died.
    #[error("browser: {0}")]
    Browser(String),
    /// The page was not ready in time.
    #[error("not ready in time")]
    Slow,
    /// There is nothing to take a picture of: a download, an empty answer.
    #[error("nothing to be seen")]
    Blank,
}

/// Takes a picture of a page, Full HD, as PNG. Languages are told as browsers do (`de`).
pub async fn picture(program: &Path, http: &Client, address: &str, language: &str) -> Result<Vec<u8>, Trouble> {
    let url = Url::parse(address.trim()).map_err(|_| HttpError::BadAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(HttpError::Scheme.into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(HttpError::CredentialsInAddress.into());
    }
    // Asked here once, because what goes wrong behind the proxy a browser tells in its own words, or as a page of its own.
    let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
    drop(http.connect(host, port).await?);
    let proxy = Proxy::open(http.clone()).await.map_err(|error| Trouble::Browser(format!("proxy: {error}")))?;
    let mut browser = Browser::start(program, proxy.address(), language)?;
    let taken = tokio::time::timeout(LONGEST, browser.picture(&url)).await;
    taken.unwrap_or(Err(Trouble::Slow))
}
