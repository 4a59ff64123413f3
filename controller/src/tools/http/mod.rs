//! The one way to the outside: an HTTP client that reaches public addresses only, and never too much of them.

mod answer;
mod connect;
mod dns;
mod error;
mod guard;
mod trusted;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

pub use answer::{Answer, Hop};
pub use dns::{Lookup, SystemLookup};
pub use error::HttpError;
pub use guard::{BadPermit, Guard, Permit, is_public};
use reqwest::{
    Method,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION},
    redirect,
};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use tokio::time::Instant;
pub use trusted::trusted;
use url::Url;

use self::{dns::GuardedResolver, guard::Port};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(20);
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// Of the large networks many profiles are looked up at the same time, and again in a moment: as many as ever at once.
const IDLE_AT_ONE_HOST: usize = 64;
const LIMIT_BYTES: usize = 5 * 1024 * 1024;
const MOST_HOPS: usize = 5;

/// What the operator decides about requests to the outside.
pub struct HttpSettings {
    /// Exceptions from "public addresses only".
    pub permits: Vec<Permit>,
    /// Further certificate authorities, as PEM.
    pub authorities_pem: Option<Vec<u8>>,
    /// Turns names into addresses.
    pub lookup: Arc<dyn Lookup>,
    /// `User-Agent` when a request brings none.
    pub user_agent: String,
    /// Longest time to wait for a connection.
    pub connect_timeout: Duration,
    /// Longest time for a request with its redirects and its body.
    pub total_timeout: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            permits: Vec::new(),
            authorities_pem: None,
            lookup: Arc::new(SystemLookup),
            user_agent: concat!("Litfass/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: CONNECT_TIMEOUT,
            total_timeout: TOTAL_TIMEOUT,
        }
    }
}

/// The client could not be set up: broken certificates in the settings, or no TLS.
#[derive(Debug, thiserror::Error)]
#[error("http client: {0}")]
pub struct SetupError(String);

/// The guarded client. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    guard: Guard,
    lookup: Arc<dyn Lookup>,
    /// One per port that exceptions name: the resolver inside a connector is told the host only, never the port.
    by_port: BTreeMap<u16, reqwest::Client>,
    usual: reqwest::Client,
    unusual: reqwest::Client,
    total_timeout: Duration,
}

impl Client {
    /// Sets one up.
    pub fn new(settings: HttpSettings) -> Result<Self, SetupError> {
        let tls = tls(settings.authorities_pem.as_deref())?;
        let guard = Guard::new(settings.permits.clone());
        let build = |guard: Guard, port: Port| {
            let resolver = GuardedResolver { guard, port, lookup: Arc::clone(&settings.lookup) };
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .dns_resolver(resolver)
                .no_proxy()
                .redirect(redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .user_agent(settings.user_agent.as_str())
                .connect_timeout(settings.connect_timeout)
                .pool_idle_timeout(IDLE_TIMEOUT)
                .pool_max_idle_per_host(IDLE_AT_ONE_HOST)
                .build()
                .map_err(|error| SetupError(error.to_string()))
        };
        let mut by_port = BTreeMap::new();
        for port in guard.ports() {
            by_port.insert(port, build(guard.for_port(port), Port::of(port))?);
        }
        let others = guard.for_other_ports();
        let usual = build(others.clone(), Port::Usual)?;
        let unusual = build(others, Port::Unusual)?;
        let total_timeout = settings.total_timeout;
        Ok(Self { inner: Arc::new(Inner { guard, lookup: settings.lookup, by_port, usual, unusual, total_timeout }) })
    }

    /// Prepares a `GET`.
    pub fn get(&self, address: &str) -> Request<'_> {
        self.request(Method::GET, address)
    }

    /// Prepares a `POST`.
    pub fn post(&self, address: &str) -> Request<'_> {
        self.request(Method::POST, address)
    }

    /// Which addresses may be reached.
    pub fn guard(&self) -> &Guard {
        &self.inner.guard
    }

    /// Prepares a request of any kind.
    pub fn request(&self, method: Method, address: &str) -> Request<'_> {
        Request {
            client: self,
            method,
            address: address.to_owned(),
            headers: HeaderMap::new(),
            body: None,
            limit_bytes: LIMIT_BYTES,
            total_timeout: self.inner.total_timeout,
            basic: None,
            stays: false,
            problem: None,
        }
    }

    fn for_url(&self, url: &Url) -> &reqwest::Client {
        let port = url.port_or_known_default().unwrap_or_default();
        self.inner.by_port.get(&port).unwrap_or(match Port::of(port) {
            Port::Usual => &self.inner.usual,
            Port::Unusual => &self.inner.unusual,
        })
    }
}

/// A header of a request by its name, in small letters.
pub fn header_name(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

/// A request being prepared.
pub struct Request<'a> {
    client: &'a Client,
    method: Method,
    address: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    limit_bytes: usize,
    total_timeout: Duration,
    basic: Option<(String, String)>,
    stays: bool,
    problem: Option<HttpError>,
}

impl Request<'_> {
    /// Sends a header along. `Authorization` and `Cookie` are dropped when a redirect leads to another place.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(mut value) => {
                value.set_sensitive(name == AUTHORIZATION);
                self.headers.insert(name, value);
            }
            Err(_) => self.problem = Some(HttpError::Broken(format!("header {name} cannot be sent"))),
        }
        self
    }

    /// Sends user and password along (`Authorization: Basic`); dropped when a redirect leads to another place.
    #[must_use]
    pub fn basic(mut self, user: &str, password: &str) -> Self {
        self.basic = Some((user.to_owned(), password.to_owned()));
        self
    }

    /// Refuses redirects to another place: what the address or the body holds is meant for this one only.
    #[must_use]
    pub fn stay(mut self) -> Self {
        self.stays = true;
        self
    }

    /// Sends a body along.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self.header(CONTENT_TYPE, content_type)
    }

    /// Sets the largest answer in bytes, counted after decompression.
    #[must_use]
    pub fn limit(mut self, limit_bytes: usize) -> Self {
        self.limit_bytes = limit_bytes;
        self
    }

    /// Sets the longest time for the whole request.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sends the request and reads the whole answer, whatever its status.
    pub async fn send(self) -> Result<Answer, HttpError> {
        let mut answer = self.open().await?;
        answer.read().await?;
        Ok(answer)
    }

    /// Sends the request and returns as soon as status and headers are there; the body is then read piece by piece.
    pub async fn open(mut self) -> Result<Answer, HttpError> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        let deadline = Instant::now() + self.total_timeout;
        let secs = self.total_timeout.as_secs();
        let limit_bytes = self.limit_bytes;
        let (response, url, hops) =
            tokio::time::timeout_at(deadline, self.follow()).await.map_err(|_| HttpError::Timeout { secs })??;
        let declared = response.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        if declared.is_some_and(|bytes| bytes > limit_bytes as u64) {
            return Err(HttpError::TooLarge { limit_bytes });
        }
        Ok(Answer::new(response, url, hops, answer::Bounds { limit_bytes, deadline, secs }))
    }

    async fn follow(mut self) -> Result<(reqwest::Response, Url, Vec<Hop>), HttpError> {
        let mut url = Url::parse(self.address.trim()).map_err(|_| HttpError::BadAddress)?;
        url.set_fragment(None);
        let mut hops: Vec<Hop> = Vec::new();
        loop {
            self.client.inner.guard.check(&url)?;
            let mut request = self.client.for_url(&url).request(self.method.clone(), url.clone());
            request = request.headers(self.headers.clone());
            if let Some((user, password)) = &self.basic {
                request = request.basic_auth(user, Some(password));
            }
            if let Some(body) = &self.body {
                request = request.body(body.clone());
            }
            let response = request.send().await.map_err(|error| answer::translate(&error))?;
            let status = response.status().as_u16();
            let Some(target) = redirect_target(&response, &url, status) else {
                return Ok((response, url, hops));
            };
            let mut target = target?;
            if hops.len() == MOST_HOPS || target == url || hops.iter().any(|hop| hop.from == target) {
                return Err(HttpError::Redirects);
            }
            // A redirect may not plant a log-in.
            let _ = target.set_username("");
            let _ = target.set_password(None);
            target.set_fragment(None);
            if target.origin() != url.origin() {
                if self.stays {
                    return Err(HttpError::Redirects);
                }
                self.basic = None;
                self.headers.remove(AUTHORIZATION);
                self.headers.remove(reqwest::header::COOKIE);
            }
            if status == 303 || (matches!(status, 301 | 302) && self.method == Method::POST) {
                self.method = Method::GET;
                self.body = None;
                self.headers.remove(CONTENT_TYPE);
            }
            hops.push(Hop { from: std::mem::replace(&mut url, target), status });
        }
    }
}

fn redirect_target(response: &reqwest::Response, url: &Url, status: u16) -> Option<Result<Url, HttpError>> {
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?;
    let text = String::from_utf8_lossy(location.as_bytes());
    Some(url.join(text.trim()).map_err(|_| HttpError::BadAddress))
}

fn tls(authorities_pem: Option<&[u8]>) -> Result<rustls::ClientConfig, SetupError> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in CertificateDer::pem_slice_iter(authorities_pem.unwrap_or_default()) {
        let certificate = certificate.map_err(|error| SetupError(format!("certificate authority: {error}")))?;
        roots.add(certificate).map_err(|error| SetupError(format!("certificate authority: {error}")))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SetupError(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
