//! Bare connections under the same rules, for programs that speak for themselves.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use tokio::net::TcpStream;
use url::{Host, Url};

use super::{Client, HttpError, guard::Port};

/// Longest time to wait for a name and for a connection.
const LONGEST: Duration = Duration::from_secs(10);

impl Client {
    /// Connects to a host that may be reached. What is checked is what is connected to: there is no second look-up.
    pub async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, HttpError> {
        let timeout = HttpError::Timeout { secs: LONGEST.as_secs() };
        tokio::time::timeout(LONGEST, self.reach(host, port)).await.map_err(|_| timeout)?
    }

    async fn reach(&self, host: &str, port: u16) -> Result<TcpStream, HttpError> {
        let url = Url::parse(&format!("http://{host}:{port}/")).map_err(|_| HttpError::BadAddress)?;
        self.inner.guard.check(&url)?;
        let addresses = match url.host().ok_or(HttpError::BadAddress)? {
            Host::Ipv4(ip) => vec![IpAddr::V4(ip)],
            Host::Ipv6(ip) => vec![IpAddr::V6(ip)],
            Host::Domain(name) => {
                let found = self.inner.lookup.lookup(name).await.map_err(|_| HttpError::Dns)?;
                if found.is_empty() {
                    return Err(HttpError::Dns);
                }
                self.inner.guard.for_port(port).keep(name, Port::of(port), found)
            }
        };
        if addresses.is_empty() {
            return Err(HttpError::ForbiddenAddress);
        }
        for ip in addresses {
            if let Ok(stream) = TcpStream::connect(SocketAddr::new(ip, port)).await {
                return Ok(stream);
            }
        }
        Err(HttpError::Refused)
    }
}
