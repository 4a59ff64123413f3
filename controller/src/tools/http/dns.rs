//! Names to addresses, with the check on the addresses that are then connected to.

use std::{
    error::Error,
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::{Guard, Port};

/// Turns a name into addresses.
pub trait Lookup: Send + Sync {
    /// Returns all addresses of a name.
    fn lookup<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>>;
}

/// Asks the operating system.
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

/// What the connector says when a name leads to no permitted address.
#[derive(Debug, thiserror::Error)]
#[error("no public address")]
pub(super) struct NotPublic;

/// What the connector says when a name has no address at all.
#[derive(Debug, thiserror::Error)]
#[error("name has no address")]
pub(super) struct NoAddress;

/// Sits inside the connector: whatever it returns is what is connected to, so a name that changes its address between
/// a check and the connection (DNS rebinding) gains nothing.
pub(super) struct GuardedResolver {
    pub(super) guard: Guard,
    pub(super) port: Port,
    pub(super) lookup: Arc<dyn Lookup>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, port, lookup) = (self.guard.clone(), self.port, Arc::clone(&self.lookup));
        Box::pin(async move {
            let host = name.as_str();
            let found = lookup.lookup(host).await.map_err(|_| Box::new(NoAddress) as Box<dyn Error + Send + Sync>)?;
            if found.is_empty() {
                return Err(Box::new(NoAddress) as _);
            }
            let kept = guard.keep(host, port, found);
            if kept.is_empty() {
                return Err(Box::new(NotPublic) as _);
            }
            Ok(Box::new(kept.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}
