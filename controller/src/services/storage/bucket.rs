//! A bucket of any S3: how it is asked, and what its failures mean.

use std::time::Duration;

use object_store::{
    BackoffConfig, ClientOptions, Error as Failure, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{HttpClient, HttpConnector},
};

use super::{Error, Result};
use crate::{config::Bucket, tools::http};

/// What hiccups is asked again, three times within so long.
const RETRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(15);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Longest message that is logged of a failure.
const LONGEST_MESSAGE: usize = 300;

/// Where requests go out: the operator named the server, so it may have a private address; it leads nowhere else.
#[derive(Debug)]
struct Connector {
    authority_pem: Option<Vec<u8>>,
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let failed = |error: http::SetupError| Failure::Generic { store: "S3", source: Box::new(error) };
        Ok(HttpClient::new(http::trusted(self.authority_pem.as_deref()).map_err(failed)?))
    }
}

pub(super) fn open(bucket: &Bucket) -> Result<AmazonS3> {
    let backoff = BackoffConfig { init_backoff: FIRST_PAUSE, max_backoff: LONGEST_PAUSE, base: 2.0 };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(bucket.secret.reveal())
        .with_allow_http(true)
        // Every S3 there is knows one request for one file; many at once not all of them.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig { backoff, max_retries: RETRIES, retry_timeout: PATIENCE })
        .with_http_connector(Connector { authority_pem: bucket.authority_pem.clone() });
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
    }
    builder.build().map_err(|error| Error::Broken(told(&error)))
}

/// Whether a failure is the bucket's, and not that of a folder.
pub(super) fn is_remote(error: &Failure) -> bool {
    match error {
        Failure::Generic { store, .. } => *store != "LocalFileSystem",
        Failure::PermissionDenied { source, .. }
        | Failure::Unauthenticated { source, .. }
        | Failure::Precondition { source, .. }
        | Failure::AlreadyExists { source, .. }
        | Failure::NotModified { source, .. } => source.downcast_ref::<std::io::Error>().is_none(),
        _ => false,
    }
}

/// Whether waiting does not help: no such bucket, a wrong key, another region.
pub(super) fn is_lasting(error: &Failure) -> bool {
    let text = error.to_string();
    let refused =
        matches!(error, Failure::NotFound { .. } | Failure::PermissionDenied { .. } | Failure::Unauthenticated { .. });
    let passing = ["status code: 408", "status code: 429"];
    let lasting = ["status code: 3", "status code: 4", "redirect"];
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    refused || (says(&lasting) && !says(&passing))
}

/// Whether these words say that there is no room.
pub(super) fn is_full(told: &str) -> bool {
    told.contains("status code: 507") || told.contains("(QuotaExceeded)")
}

/// A failure in one line: what was tried, the status, and the code that S3 gives in its answer.
pub(super) fn told(error: &Failure) -> String {
    let text = error.to_string();
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let head = text.split(['\n', '\r', '<']).next().unwrap_or_default().trim_end_matches([':', ' ']);
    let head: String = head.chars().take(LONGEST_MESSAGE).collect();
    match code {
        Some(code) => format!("{head} ({})", code.chars().take(40).collect::<String>()),
        None => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> Failure {
        Failure::Generic { store: "S3", source: text.to_owned().into() }
    }

    #[test]
    fn a_failure_is_told_in_one_line_with_its_code() {
        let answer = "Error performing GET http://s3/b/k in 2ms - Server returned non-2xx status code: 403 Forbidden: \
                      <?xml version=\"1.0\"?>\n<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIA</AWSAccessKeyId>\
                      </Error>";
        let told = told(&failure(answer));
        assert!(told.ends_with("403 Forbidden (SignatureDoesNotMatch)"), "{told}");
        assert!(!told.contains("AKIA"), "{told}");
        assert!(told_of("x".repeat(900)).chars().count() < 400);
    }

    fn told_of(text: String) -> String {
        told(&failure(&text))
    }

    #[test]
    fn what_only_the_operator_can_mend_is_told_from_a_hiccup() {
        assert!(is_lasting(&failure("Server returned non-2xx status code: 403 Forbidden")));
        assert!(is_lasting(&Failure::NotFound { path: String::new(), source: "no such bucket".into() }));
        assert!(!is_lasting(&failure("Server returned non-2xx status code: 503 Slow Down")));
        assert!(!is_lasting(&failure("connection refused")));
        assert!(matches!(Error::from(failure("… status code: 507 Insufficient Storage")), Error::Full));
        assert!(matches!(Error::from(failure("… status code: 503 Slow Down")), Error::Away(_)));
    }
}
