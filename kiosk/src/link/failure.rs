//! Why something did not work, and what the screen's owner is told of it.

use std::{error::Error, io, time::Duration};

use rustls::CertificateError;

use crate::library::{Refusal, Spoiled};

/// What went wrong between kiosk and controller.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The screen was removed: the only thing that ends what plays.
    #[error("the screen was removed")]
    Revoked,
    /// Nobody answers, or the connection broke.
    #[error("{0}")]
    Unreachable(String),
    /// Somebody answers who is not the controller: a captive portal, say.
    #[error("{0}")]
    Portal(String),
    /// Whoever answers cannot prove to be the controller.
    #[error("{0}")]
    Certificate(String),
    /// The clocks of both sides are too far apart.
    #[error("{0}")]
    Clock(String),
    /// The controller asks to be left alone for a while.
    #[error("the controller asks to come back in {} s", .0.as_secs())]
    Later(Duration),
    /// The controller says no.
    #[error("{0}")]
    Refused(String),
    /// A download that takes for ever.
    #[error("{0}")]
    Slow(String),
    /// What came is not what was signed.
    #[error(transparent)]
    Bad(#[from] Refusal),
    /// The disk does not take it.
    #[error("keep it on the disk: {0}")]
    Disk(#[from] io::Error),
}

impl Failure {
    /// Stable name of the fault.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Unreachable(_) | Self::Later(_) => "unreachable",
            Self::Portal(_) => "portal",
            Self::Certificate(_) => "certificate",
            Self::Clock(_) => "clock",
            Self::Refused(_) => "refused",
            Self::Slow(_) => "slow",
            Self::Bad(refusal) => refusal.name(),
            Self::Disk(e) => match e.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
                _ => "disk",
            },
        }
    }

    /// What a connection or a download that broke off says of itself.
    pub(super) fn of_connection(what: &str, error: &(dyn Error + 'static)) -> Self {
        let causes = || std::iter::successors(Some(error), cause);
        let tls = causes().find_map(tls_error);
        let last = tls.map_or_else(|| causes().last().unwrap_or(error).to_string(), ToString::to_string);
        let text = format!("{what}: {last}");
        match tls {
            Some(rustls::Error::InvalidCertificate(
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
            )) => Self::Clock(text),
            Some(rustls::Error::InvalidCertificate(_)) => Self::Certificate(text),
            _ => Self::Unreachable(text),
        }
    }
}

/// The TLS error in an error, however many times it was wrapped: what an I/O error holds
/// is not what it names as its source.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    error.downcast_ref::<rustls::Error>().or_else(|| {
        let held: &'a (dyn Error + 'static) = error.downcast_ref::<io::Error>()?.get_ref()?;
        tls_error(held)
    })
}

/// What lies behind an error.
fn cause<'a>(error: &&'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    (**error).source()
}

impl From<Spoiled> for Failure {
    fn from(spoiled: Spoiled) -> Self {
        match spoiled {
            Spoiled::Refused(refusal) => Self::Bad(refusal),
            Spoiled::Io(e) => Self::Disk(e),
        }
    }
}
