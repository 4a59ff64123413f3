//! Name servers: what the records of a name say.

use std::{net::SocketAddr, time::Duration};

use hickory_resolver::{
    ResolveError, Resolver, TokioResolver,
    config::{NameServerConfigGroup, ResolverConfig},
    name_server::TokioConnectionProvider,
    proto::{ProtoError, ProtoErrorKind, op::ResponseCode},
};

/// How long a name server may take, each time it is asked.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often it is asked.
const ATTEMPTS: usize = 2;

/// No name server has answered, or its answer made no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no name server answers")]
pub struct Unanswered;

/// The way to name servers. Answers are not kept: whoever asks wants to know how it is now.
pub struct Dns(Option<TokioResolver>);

impl Dns {
    /// Asks this server, or those that the system asks.
    pub fn new(server: Option<SocketAddr>) -> Self {
        let builder = match server {
            Some(server) => {
                let group = NameServerConfigGroup::from_ips_clear(&[server.ip()], server.port(), true);
                let config = ResolverConfig::from_parts(None, Vec::new(), group);
                Ok(Resolver::builder_with_config(config, TokioConnectionProvider::default()))
            }
            None => TokioResolver::builder_tokio(),
        };
        let Ok(mut builder) = builder.inspect_err(|error| tracing::warn!("read how names are looked up: {error}"))
        else {
            return Self(None);
        };
        let options = builder.options_mut();
        options.cache_size = 0;
        options.timeout = PATIENCE;
        options.attempts = ATTEMPTS;
        Self(Some(builder.build()))
    }

    /// What the TXT records of a name say; nothing where there are none.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, Unanswered> {
        let resolver = self.0.as_ref().ok_or(Unanswered)?;
        match resolver.txt_lookup(whole(name)).await {
            // A text is sent in pieces of at most 255 bytes.
            Ok(found) => {
                Ok(found.iter().map(|text| String::from_utf8_lossy(&text.txt_data().concat()).into_owned()).collect())
            }
            Err(error) => nothing(&error).map(|()| Vec::new()),
        }
    }

    /// Whether a name leads to an address, by whatever other names.
    pub async fn resolves(&self, name: &str) -> Result<bool, Unanswered> {
        let resolver = self.0.as_ref().ok_or(Unanswered)?;
        match resolver.lookup_ip(whole(name)).await {
            Ok(found) => Ok(found.iter().next().is_some()),
            Err(error) => nothing(&error).map(|()| false),
        }
    }
}

/// A name that is looked up as it is, not below the machine's own domain.
fn whole(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

/// Whether it was answered that there is nothing. A server that fails says nothing of that kind.
fn nothing(error: &ResolveError) -> Result<(), Unanswered> {
    match error.proto().map(ProtoError::kind) {
        Some(ProtoErrorKind::NoRecordsFound {
            response_code: ResponseCode::NoError | ResponseCode::NXDomain, ..
        }) => Ok(()),
        _ => Err(Unanswered),
    }
}
