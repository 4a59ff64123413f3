//! A client for servers that the operator named: they may have private addresses, and lead nowhere else.

use std::time::Duration;

use reqwest::redirect;

use super::{SetupError, tls};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest silence of a server, before it answers and while it does.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Sets one up, with a certificate authority of the server's own if it has one. What it brings is as long as the server likes: whoever reads it counts.
pub fn trusted(authorities_pem: Option<&[u8]>) -> Result<reqwest::Client, SetupError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls(authorities_pem)?)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .user_agent(concat!("Litfass/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .build()
        .map_err(|error| SetupError(error.to_string()))
}
