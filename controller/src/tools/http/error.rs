//! Why a request to the outside failed, and what can be done about it.

/// Why a request to the outside failed. Never holds an address: those tell whom a customer follows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The address cannot be read.
    #[error("address cannot be read")]
    BadAddress,
    /// Neither http nor https.
    #[error("scheme is not http or https")]
    Scheme,
    /// The address holds a user name or a password.
    #[error("address holds credentials")]
    CredentialsInAddress,
    /// The address leads into a private network.
    #[error("address is not public")]
    ForbiddenAddress,
    /// The port is not one that websites use.
    #[error("port {port} is not permitted")]
    ForbiddenPort {
        /// The port.
        port: u16,
    },
    /// The name has no address.
    #[error("name has no address")]
    Dns,
    /// Nobody answers there.
    #[error("connection refused or not reachable")]
    Refused,
    /// The certificate is wrong, or no secure connection could be agreed on.
    #[error("tls: {0}")]
    Tls(String),
    /// No complete answer in time.
    #[error("no answer in {secs} s")]
    Timeout {
        /// How long we waited.
        secs: u64,
    },
    /// More bytes than permitted, after decompression.
    #[error("answer larger than {limit_bytes} bytes")]
    TooLarge {
        /// What is permitted.
        limit_bytes: usize,
    },
    /// Redirects in a circle, or more than five.
    #[error("redirected in a circle or too often")]
    Redirects,
    /// The answer broke off or is not HTTP.
    #[error("broken answer: {0}")]
    Broken(String),
    /// 401
    #[error("status 401")]
    Unauthorised,
    /// 403
    #[error("status 403")]
    Denied,
    /// 404
    #[error("status 404")]
    NotFound,
    /// 410
    #[error("status 410")]
    Gone,
    /// 429
    #[error("status 429")]
    RateLimited {
        /// When to come again, in milliseconds since 1970.
        until: i64,
    },
    /// 503
    #[error("status 503")]
    Unavailable {
        /// When to come again, in milliseconds since 1970.
        until: i64,
    },
    /// Any other status that is not a success.
    #[error("status {0}")]
    Status(u16),
}

impl HttpError {
    /// Returns the key of the sentence that says what happened and what to do.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BadAddress => "sources.error.bad_address",
            Self::Scheme => "sources.error.scheme",
            Self::CredentialsInAddress => "sources.error.credentials_in_address",
            Self::ForbiddenAddress => "sources.error.forbidden_address",
            Self::ForbiddenPort { .. } => "sources.error.forbidden_port",
            Self::Dns => "sources.error.dns",
            Self::Refused => "sources.error.refused",
            Self::Tls(_) => "sources.error.tls",
            Self::Timeout { .. } => "sources.error.timeout",
            Self::TooLarge { .. } => "sources.error.too_large",
            Self::Redirects => "sources.error.redirects",
            Self::Broken(_) => "sources.error.broken",
            Self::Unauthorised => "sources.error.unauthorised",
            Self::Denied => "sources.error.denied",
            Self::NotFound => "sources.error.not_found",
            Self::Gone => "sources.error.gone",
            Self::RateLimited { .. } => "sources.error.rate_limited",
            Self::Unavailable { .. } => "sources.error.unavailable",
            Self::Status(_) => "sources.error.status",
        }
    }

    /// Returns what stands in that sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::ForbiddenPort { port } => vec![("port", port.to_string())],
            Self::Timeout { secs } => vec![("secs", secs.to_string())],
            Self::TooLarge { limit_bytes } => vec![("limit", (limit_bytes / 1024 / 1024).max(1).to_string())],
            Self::Status(status) => vec![("status", status.to_string())],
            _ => Vec::new(),
        }
    }
}
