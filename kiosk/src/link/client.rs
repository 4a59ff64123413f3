//! Requests to the controller: signed, without proxies, redirects or decoding.

use std::{fmt, io, path::Path, sync::Arc, time::Duration};

use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, RANGE, RETRY_AFTER},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use shared::protocol::Refused;
use url::Url;

use super::{failure::Failure, pace, tempo::Tempo, time::Time};
use crate::{library::Library, tools::clock::Clock};

/// Longest refusal that is read.
const LONGEST_REFUSAL: usize = 4_096;
/// Longest time a controller can ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// Speaks to one controller.
pub(super) struct Client {
    http: reqwest::Client,
    tls: Arc<ClientConfig>,
    base: Url,
    time: Arc<Time>,
    library: Arc<Library>,
    tempo: Tempo,
}

impl Client {
    /// Makes one for a controller, trusting the public authorities and an own one.
    pub(super) fn new(
        base: &Url,
        ca: Option<&Path>,
        library: Arc<Library>,
        time: Arc<Time>,
        tempo: Tempo,
    ) -> io::Result<Self> {
        let tls = trust(ca, time.clock.clone())?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .http1_only()
            .connect_timeout(tempo.connect)
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent(concat!("litfass-kiosk/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(io::Error::other)?;
        Ok(Self { http, tls: Arc::new(tls), base: base.clone(), time, library, tempo })
    }

    /// Sends a signed request. One that is refused for its time is signed again with the
    /// controller's.
    pub(super) async fn signed(
        &self,
        method: Method,
        path: &str,
        prepare: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Failure> {
        let mut corrected = false;
        loop {
            let proof = self.proof(method.as_str(), path);
            let request = self.http.request(method.clone(), self.address(path)?).header(AUTHORIZATION, proof);
            let response = self.send(path, prepare(request)).await?;
            match self.check(path, response).await {
                Err(Failure::Clock(_)) if !corrected => corrected = true,
                result => return result,
            }
        }
    }

    /// Sends a request for something anybody may have.
    pub(super) async fn open(&self, path: &str) -> Result<Response, Failure> {
        let response = self.send(path, self.http.get(self.address(path)?)).await?;
        self.check(path, response).await
    }

    /// Sends a request for the rest of something anybody may have, from a byte on.
    pub(super) async fn open_from(&self, path: &str, from: u64) -> Result<Response, Failure> {
        let request = self.http.get(self.address(path)?).header(RANGE, format!("bytes={from}-"));
        let response = self.send(path, request).await?;
        self.check(path, response).await
    }

    /// Value of `authorization` for one request, now.
    pub(super) fn proof(&self, method: &str, path: &str) -> String {
        self.library.key().authorization(method, &format!("/{path}"), self.time.clock.now())
    }

    /// The address of the WebSocket, and what secures it.
    pub(super) fn link_address(&self, path: &str) -> Result<(Url, Arc<ClientConfig>), Failure> {
        let mut url = self.address(path)?;
        let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
        url.set_scheme(scheme).map_err(|()| Failure::Unreachable(format!("{path}: no such address")))?;
        Ok((url, self.tls.clone()))
    }

    /// What a refusal means; sets the clock when it is the clock.
    pub(super) fn refusal(&self, path: &str, status: u16, headers: &HeaderMap, body: &[u8]) -> Failure {
        let refused = serde_json::from_slice::<Refused>(body).ok();
        let reason = refused.as_ref().map_or("", |refused| refused.reason.as_str());
        match (status, reason, &refused) {
            (401, "time", Some(refused)) => {
                self.time.corrected(refused.now);
                Failure::Clock(format!("{path}: the clocks differ too much"))
            }
            // Nothing but this word ends what plays: who knows no such screen may have lost, or not yet found, its database.
            (403, "revoked", _) => Failure::Revoked,
            (429 | 503, ..) => Failure::Later(retry_after(headers)),
            (300..=399, ..) => Failure::Portal(format!("{path}: sent elsewhere with status {status}")),
            (_, _, None) if is_page(headers) => Failure::Portal(format!("{path}: a page with status {status}")),
            _ => Failure::Refused(format!("{path}: status {status} {reason}").trim_end().to_owned()),
        }
    }

    async fn send(&self, path: &str, request: RequestBuilder) -> Result<Response, Failure> {
        match tokio::time::timeout(self.tempo.answer, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(Failure::of_connection(path, &error)),
            Err(_) => Err(Failure::Unreachable(format!("{path}: no answer in {} s", self.tempo.answer.as_secs()))),
        }
    }

    async fn check(&self, path: &str, response: Response) -> Result<Response, Failure> {
        let status = response.status();
        if status.is_success() && is_page(response.headers()) {
            return Err(Failure::Portal(format!("{path}: a page instead of an answer")));
        }
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        let headers = response.headers().clone();
        let body = pace::body(path, response, LONGEST_REFUSAL, self.tempo.slow).await.unwrap_or_default();
        Err(self.refusal(path, status.as_u16(), &headers, &body))
    }

    fn address(&self, path: &str) -> Result<Url, Failure> {
        self.base.join(path).map_err(|e| Failure::Unreachable(format!("{path}: {e}")))
    }
}

/// The controller answers with JSON and pictures; pages come from somebody else.
fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| kind.starts_with("text/html"))
}

fn retry_after(headers: &HeaderMap) -> Duration {
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    Duration::from_secs(seconds.unwrap_or(5)).min(LONGEST_WAIT)
}

fn trust(ca: Option<&Path>, clock: Clock) -> io::Result<ClientConfig> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca {
        let wrong = |e: &dyn fmt::Display| io::Error::other(format!("read {}: {e}", path.display()));
        let mut count = 0;
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| wrong(&e))? {
            roots.add(certificate.map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
            count += 1;
        }
        if count == 0 {
            return Err(wrong(&"no certificate in it"));
        }
    }
    let config =
        ClientConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(CertificateTime(clock)))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Certificates are judged by the best time there is, so that a flat battery does not
/// lock the kiosk out.
struct CertificateTime(Clock);

impl fmt::Debug for CertificateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateTime({})", self.0.now())
    }
}

impl TimeProvider for CertificateTime {
    fn current_time(&self) -> Option<UnixTime> {
        let millis = u64::try_from(self.0.now()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_millis(millis)))
    }
}
